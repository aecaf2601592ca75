package dev.headlight.app.export;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.ChatMessage;
import dev.headlight.analysis.text.TextUnit;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.NextTokens;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.renderer.figure.FigureStyle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The command lines that make again what the window shows: the same numbers, without a window. */
public final class CopyCommand {
  private final RunSnapshot run;
  private final Bos bos;
  private final Optional<Chat> chat;

  /**
   * @param run the pass that is shown
   * @param bos whether its text begins with the BOS token
   * @param chat the turns that a chat template wrote, or empty for plain text
   */
  public CopyCommand(RunSnapshot run, Bos bos, Optional<Chat> chat) {
    this.run = run;
    this.bos = bos;
    this.chat = chat;
  }

  /**
   * Every cell of a map; of one head between tokens with its score.
   *
   * @param content one map
   * @param hideFirst whether words and sentences leave the first token out
   */
  public String map(FigureContent content, boolean hideFirst) {
    boolean left = hideFirst && content.unit() != TextUnit.TOKEN;
    return line(
        "capture",
        "--sites pattern --heads %s%s%s --format csv --out %s"
            .formatted(names(content), shown(content), left ? " --hide-sink" : "", content.name()));
  }

  private static String names(FigureContent content) {
    return content.heads().stream().map(Head::toString).collect(Collectors.joining(","));
  }

  /** What is done to maps before they are drawn. */
  private static String shown(FigureContent content) {
    String mean = content.kind() == FigureContent.Kind.MEAN ? " --mean" : "";
    return content.unit() == TextUnit.TOKEN ? mean : mean + " --unit " + lower(content.unit());
  }

  /**
   * A figure with all its options.
   *
   * @param scale of its colours
   */
  public String figure(FigureRequest figure, ExportRequest.Format format, FigureScale scale) {
    FigureContent content = figure.content();
    boolean one = content.kind().single();
    boolean all = content.kind() == FigureContent.Kind.GRID;
    String named = all ? "" : "--heads " + names(content) + shown(content) + " ";
    FigureStyle style = figure.style();
    String options =
        "%s--figure %s --format %s --width-mm %s --font-size %s --dpi %d --theme %s%s --scale %s --limits %s%s%s --out %s"
            .formatted(
                named,
                one ? "heads" : "grid",
                format.suffix(),
                number(style.widthMm()),
                number(style.fontSizePt()),
                style.dpi(),
                lower(style.theme()),
                style.colourBar() ? "" : " --no-colour-bar",
                lower(scale.kind()).replace('_', '-'),
                one ? limits(scale) : "fixed",
                scale.hideFirst() ? " --hide-sink" : "",
                figure.title().map(t -> " --title " + quoted(t)).orElse(""),
                content.name());
    return line("capture", options);
  }

  private static String limits(FigureScale scale) {
    return scale.limits().map(Limits::text).orElse(scale.fit() ? "fit" : "fixed");
  }

  /** The tokens that may come next after a position. */
  public String next(NextTokens next) {
    int position = next == null ? run.length() - 1 : next.position();
    return line("next", "--position " + position);
  }

  /** The same prompt with and without a head. */
  public String without(Head head, Intervention.Mode mode) {
    return changed(List.of(new Intervention.Ablate(mode, HeadSet.of(head), Positions.ALL)));
  }

  /** The same prompt with and without changes. */
  public String changed(List<Intervention> changes) {
    String list =
        changes.stream()
            .map(c -> "--intervene " + quoted(c.text()))
            .collect(Collectors.joining(" "));
    return line("next", list);
  }

  /** A score of every head on the prompt at hand. */
  public String scores(HeadScore score) {
    String given = plain();
    return "headlight scores %s --kinds %s %s".formatted(model(), score.id(), given);
  }

  /** A score of every head that took passes of its own. */
  public String scores(HeadScore score, ScoreJob.Result measured) {
    if (score.origin() instanceof HeadScore.OfJob own && !own.job().command().equals("scores")) {
      return "headlight %s %s %s"
          .formatted(own.job().command(), model(), String.join(" ", measured.arguments()));
    }
    String kind = measured.kinds().getOrDefault(score.id(), score.id());
    return "headlight scores %s --kinds %s %s"
        .formatted(
            model(),
            kind,
            measured.arguments().stream().map(CopyCommand::quoted).collect(Collectors.joining(" ")))
        .strip();
  }

  /** What reads the prompt at hand: options of {@code headlight scores}, not yet quoted. */
  public List<String> promptArguments() {
    List<String> line = new ArrayList<>();
    if (!run.model().spec().patches().isPresent()) {
      if (chat.isPresent() || !run.model().hasTokenizer()) {
        line.addAll(List.of("--tokens", ids()));
      } else {
        line.add("--prompt=" + run.prompt().text());
        line.addAll(bos == Bos.DEFAULT ? List.of() : List.of(flag().strip()));
      }
    }
    run.prompt().pictures().forEach(p -> line.add("--image=" + p.file()));
    return line;
  }

  /**
   * Where attention rests, on the prompt or on the lines of a file.
   *
   * @param file of texts, or empty for the prompt
   * @param length T; 0 for whole texts
   * @param gammas of ZeroTuning head by head; empty for none
   */
  public String sinks(
      Optional<Path> file, double epsilon, double theta, int key, int length, List<Double> gammas) {
    String texts = plain();
    String given = file.map(f -> option("--texts-file", f.toString()) + flag()).orElse(texts);
    String tuned = gammas.stream().map(CopyCommand::number).collect(Collectors.joining(","));
    return "headlight sinks %s %s --epsilon %s --later %s%s%s%s"
        .formatted(
            model(),
            given,
            number(epsilon),
            number(theta),
            key == 0 ? "" : " --key " + key,
            length == 0 ? "" : " --length " + length,
            gammas.isEmpty() ? "" : " --gamma " + tuned);
  }

  /**
   * A command that needs no prompt.
   *
   * @param arguments what follows the model, each one word
   */
  public static String of(String command, ModelFacts model, List<String> arguments) {
    StringJoiner line = new StringJoiner(" ").add("headlight").add(command);
    line.add(quoted(model.source().reference()));
    arguments.forEach(a -> line.add(quoted(a)));
    return line.toString();
  }

  private String model() {
    return quoted(run.model().source().reference());
  }

  private String line(String command, String options) {
    return "headlight " + command + " " + model() + " " + input() + " " + options;
  }

  /** Ids where no text says the same: without a tokenizer, and for longer conversations. */
  private String input() {
    return seeing(words());
  }

  /** The same for commands that know no chat turns. */
  private String plain() {
    return chat.isPresent() ? seeing("--tokens " + ids()) : input();
  }

  private String seeing(String words) {
    String pictures =
        run.prompt().pictures().stream()
            .map(p -> option("--image", p.file().toString()))
            .collect(Collectors.joining(" "));
    if (run.model().spec().patches().isPresent()) {
      return pictures;
    }
    return pictures.isEmpty() ? words : words + " " + pictures;
  }

  private String words() {
    if (!run.model().hasTokenizer()) {
      return "--tokens " + ids();
    }
    return chat.map(turns -> asOptions(turns).orElseGet(() -> "--tokens " + ids()))
        .orElseGet(() -> option("--prompt", run.prompt().text()) + flag());
  }

  /** A user's turn that waits for an answer, after a system turn or none. */
  private Optional<String> asOptions(Chat turns) {
    List<ChatMessage> messages = turns.messages();
    List<String> roles = messages.stream().map(ChatMessage::role).toList();
    String tail = "--chat" + flag();
    if (!turns.answerNext()) {
      return Optional.empty();
    }
    if (roles.equals(List.of(ChatMessage.USER))) {
      return Optional.of(option("--prompt", messages.get(0).content()) + " " + tail);
    }
    if (roles.equals(List.of(ChatMessage.SYSTEM, ChatMessage.USER))) {
      String system = option("--system", messages.get(0).content());
      return Optional.of(option("--prompt", messages.get(1).content()) + " " + system + " " + tail);
    }
    return Optional.empty();
  }

  private String flag() {
    return switch (bos) {
      case DEFAULT -> "";
      case ON -> " --bos";
      case OFF -> " --no-bos";
    };
  }

  private String ids() {
    return Arrays.stream(run.tokens().ids())
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }

  /** A value that begins like an option would be taken for one. */
  private static String option(String name, String value) {
    return value.startsWith("-") ? name + "=" + quoted(value) : name + " " + quoted(value);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /** As a POSIX shell takes it for one word. */
  static String quoted(String text) {
    return text.matches("[\\w./:@%+=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
