package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.roles.CopyingJob;
import dev.headlight.analysis.roles.DrawnPattern;
import dev.headlight.analysis.roles.PatternJob;
import dev.headlight.analysis.roles.Prompts;
import dev.headlight.analysis.roles.PromptsJob;
import dev.headlight.analysis.roles.RoleScores;
import dev.headlight.analysis.roles.RuleJob;
import dev.headlight.analysis.roles.TokenRule;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.LayerListener;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.sinks.SinkRates;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.ChatMessage;
import dev.headlight.analysis.text.TextUnit;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.HeadEffect;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.engine.NextTokens;
import dev.headlight.app.engine.PromptSource;
import dev.headlight.app.engine.ReadPrompt;
import dev.headlight.app.engine.RunEffect;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.engine.SinkMeasured;
import dev.headlight.app.engine.SinkTexts;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.export.ExportRequest;
import dev.headlight.app.export.ExportRequest.Format;
import dev.headlight.app.export.FigureContent;
import dev.headlight.app.export.FigureContent.Kind;
import dev.headlight.app.export.FigureRequest;
import dev.headlight.app.export.FigureScale;
import dev.headlight.app.export.Limits;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.figure.FigureStyle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the window copies as a command gives the window's own numbers. */
class CopiedLinesTest {
  /** The two compute different sets of rows, so sums differ by rounding. */
  private static final double SAME = 1e-5;

  private static final String STORY =
      "Once upon a time there was a little girl named Lily. She loved to play with her dog.";

  private static final Head HEAD = new Head(1, 2);

  @TempDir private Path folder;
  private final ModelHost host = new ModelHost();

  @AfterEach
  void close() {
    host.close();
  }

  private RunSnapshot view(ModelSource model, String prompt, Bos bos) {
    host.open(model, Progress.NONE);
    return view(host.tokenize(prompt, bos));
  }

  private RunSnapshot view(Tokens tokens) {
    return host.view(ReadPrompt.of(tokens), LayerListener.NONE, Progress.NONE);
  }

  /** The words of a line as a POSIX shell reads them; only single quotes and backslashes. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (c == '\\' && !quoted) {
        word.append(line.charAt(++i));
      } else if (c == ' ' && !quoted) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    assertFalse(quoted, line);
    words.add(word.toString());
    return words;
  }

  private CliRun run(String line, String... more) {
    List<String> words = new ArrayList<>(words(line));
    assertEquals("headlight", words.remove(0));
    int out = words.indexOf("--out");
    if (out >= 0) {
      words.set(out + 1, folder.toString());
    }
    words.addAll(Arrays.asList(more));
    CliRun run = CliRun.of(words.toArray());
    assertEquals(0, run.code(), line + "\n" + run.err());
    return run;
  }

  private JsonObject json(String line) {
    return JsonParser.parseString(run(line, "--json").out()).getAsJsonObject();
  }

  private static CopyCommand of(RunSnapshot run, Bos bos) {
    return new CopyCommand(run, bos, Optional.empty());
  }

  private static FigureRequest figure(RunSnapshot run, Kind kind) {
    ValueScale fixed = ValueScale.of(ValueScale.Kind.LOG, 1e-4, 1).withHideColumn0(true);
    FigureStyle style = new FigureStyle(Theme.DARK, 88.5, 7, 100);
    return new FigureRequest(
        run.id(),
        new FigureContent(kind, kind == Kind.HEAD ? List.of(HEAD) : List.of(new Head(0, 1), HEAD)),
        run.tokens(),
        style,
        Optional.of("It's a title"),
        cells -> fixed,
        fixed);
  }

  @Test
  void theMapHasTheSameCells() throws IOException {
    RunSnapshot run = view(Fixtures.gpt2(), "It's the \"old\" $HOME\nof foxes", Bos.DEFAULT);
    Path window = folder.resolve("window.csv");
    host.export(new ExportRequest(figure(run, Kind.HEAD), Format.CSV, window), Progress.NONE);

    run(of(run, Bos.DEFAULT).map(FigureContent.of(HEAD), false));

    String cells = Files.readString(folder.resolve("pattern.csv"));
    assertTrue(cells.lines().count() > 10);
    assertEquals(Files.readString(window), cells);
  }

  @Test
  void figuresHaveTheSamePixels() throws IOException {
    RunSnapshot run = view(Fixtures.gpt2(), "the fox and the hen", Bos.DEFAULT);
    for (Kind kind : Kind.values()) {
      FigureRequest figure = figure(run, kind);
      Path window = folder.resolve("window.png");
      host.export(new ExportRequest(figure, Format.PNG, window), Progress.NONE);

      run(
          of(run, Bos.DEFAULT)
              .figure(figure, Format.PNG, new FigureScale(ValueScale.Kind.LOG, false, true)));

      String one = figure.content().name();
      assertSamePixels(window, folder.resolve(one + ".png"));
    }
  }

  @Test
  void meansWordsAndLimitsAreTheSame() throws IOException {
    RunSnapshot run = view(Fixtures.stories(), "Lily saw Tom. Tom saw a lighthouse.", Bos.DEFAULT);
    List<Head> both = List.of(new Head(0, 1), HEAD);
    Optional<Limits> limits = Optional.of(Limits.parse("1%,0.75"));
    for (FigureContent content :
        List.of(
            new FigureContent(Kind.MEAN, both),
            new FigureContent(Kind.MEAN, both, TextUnit.WORD),
            new FigureContent(Kind.HEAD, List.of(HEAD), TextUnit.SENTENCE))) {
      for (boolean hide : new boolean[] {false, true}) {
        FigureScale scale = new FigureScale(ValueScale.Kind.SQRT, true, hide, limits);
        FigureRequest figure =
            new FigureRequest(
                run.id(),
                content,
                run.tokens(),
                FigureStyle.page().withDpi(60).withColourBar(!hide),
                Optional.empty(),
                scale::of,
                scale.common());
        Path picture = folder.resolve("window.png");
        host.export(new ExportRequest(figure, Format.PNG, picture), Progress.NONE);
        Path table = folder.resolve("window.csv");
        host.export(new ExportRequest(figure, Format.CSV, table), Progress.NONE);

        run(of(run, Bos.DEFAULT).figure(figure, Format.PNG, scale));
        run(of(run, Bos.DEFAULT).map(content, hide));

        assertSamePixels(picture, folder.resolve(content.name() + ".png"));
        String cells = Files.readString(folder.resolve("pattern.csv"));
        assertTrue(cells.lines().count() > 2);
        assertEquals(Files.readString(table), cells);
      }
    }
  }

  private static void assertSamePixels(Path a, Path b) throws IOException {
    BufferedImage one = ImageIO.read(a.toFile());
    BufferedImage other = ImageIO.read(b.toFile());
    int width = one.getWidth();
    int height = one.getHeight();
    assertEquals(width, other.getWidth(), b.toString());
    assertEquals(height, other.getHeight(), b.toString());
    int[] first = one.getRGB(0, 0, width, height, null, 0, width);
    int[] second = other.getRGB(0, 0, width, height, null, 0, width);
    assertTrue(Arrays.equals(first, second), b.toString());
  }

  @Test
  void nextTokensAreTheSame() {
    RunSnapshot run = view(Fixtures.stories(), "Once upon a time", Bos.OFF);
    for (int position : new int[] {1, run.length() - 1}) {
      NextTokens next = host.next(run.id(), position);
      assertSame(next, json(of(run, Bos.OFF).next(next)));
    }
  }

  private static void assertSame(NextTokens next, JsonObject json) {
    assertEquals(next.position(), json.get("position").getAsInt());
    JsonArray candidates = json.getAsJsonArray("candidates");
    assertEquals(next.candidates().size(), candidates.size());
    for (int i = 0; i < candidates.size(); i++) {
      JsonObject candidate = candidates.get(i).getAsJsonObject();
      assertEquals(next.candidates().get(i).id(), candidate.get("id").getAsInt());
      assertEquals(
          next.candidates().get(i).probability(), candidate.get("probability").getAsDouble(), SAME);
    }
  }

  @Test
  void headsAreFoundAgain() throws IOException {
    RunSnapshot run = view(Fixtures.gpt2(), "-- the fox's \"hen\" and the hen", Bos.DEFAULT);
    CopyCommand lines = of(run, Bos.DEFAULT);
    Prompts here = new Prompts(List.of(run.tokens().ids()), "here", lines.promptArguments());
    same(lines, RoleScores.RULE, new RuleJob(new TokenRule("^ ?\\w+['\"]?", "[^-]"), here), run);
    same(
        lines, RoleScores.PATTERN, new PatternJob(DrawnPattern.parse("./#./.#."), true, here), run);
    same(lines, RoleScores.COPYING, new CopyingJob(), run);

    Path file =
        Files.writeString(folder.resolve("two of them.txt"), "the fox\nthe hen and the hen");
    Prompts prompts = host.prompts(PromptSource.of(file), Bos.DEFAULT);
    same(lines, RoleScores.LOCAL, new PromptsJob(prompts, List.of(RoleScores.LOCAL)), run);
    same(lines, RoleScores.RULE, new RuleJob(new TokenRule("e", "t"), prompts), run);
  }

  private void same(CopyCommand lines, HeadScore score, ScoreJob job, RunSnapshot run) {
    ScoreJob.Result result = host.measure(run.model(), job, Progress.NONE);
    HeadTable table = result.tables().get(score.id());
    for (JsonElement row : json(lines.scores(score, result)).getAsJsonArray("heads")) {
      JsonObject head = row.getAsJsonObject();
      Head of = new Head(head.get("layer").getAsInt(), head.get("head").getAsInt());
      JsonElement value = head.get(score.id());
      assertEquals(
          table.at(of), value.isJsonNull() ? Double.NaN : value.getAsDouble(), SAME, score.id());
    }
  }

  @Test
  void theEffectOfAHeadIsTheSame() {
    RunSnapshot run = view(Fixtures.stories(), "Once upon a time", Bos.DEFAULT);
    for (Intervention.Mode mode :
        List.of(Intervention.Mode.ZERO, Intervention.Mode.MEAN, Intervention.Mode.UNIFORM)) {
      HeadEffect effect = host.without(run.id(), HEAD, mode, Progress.NONE);
      JsonObject json = json(of(run, Bos.DEFAULT).without(HEAD, mode)).getAsJsonObject("changed");
      assertTrue(effect.divergence() > 0, "the head must matter for this test");
      assertEquals(effect.label(), json.get("label").getAsString());
      assertEquals(effect.before(), json.get("before").getAsDouble(), SAME);
      assertEquals(effect.after(), json.get("after").getAsDouble(), SAME);
      assertEquals(effect.divergence(), json.get("kl").getAsDouble(), SAME);
      assertEquals(effect.unchanged(), json.get("unchanged").getAsBoolean());
    }
  }

  @Test
  void theEffectOfChangesIsTheSame() {
    RunSnapshot run = view(Fixtures.gpt2(), "the fox and the hen", Bos.ON);
    List<Intervention> changes =
        List.of(Intervention.parse("zero:L0H3"), Intervention.parse("scale:L1H*=0.5@-1"));
    RunSnapshot other = host.compare(run.prompt(), changes, Progress.NONE);
    RunEffect effect = host.effect(run.id(), other.id());

    JsonObject json = json(of(run, Bos.ON).changed(changes)).getAsJsonObject("changed");

    assertEquals(effect.before(), json.get("before").getAsDouble(), SAME);
    assertEquals(effect.after(), json.get("after").getAsDouble(), SAME);
    assertEquals(effect.divergence(), json.get("kl").getAsDouble(), SAME);
  }

  @Test
  void conversationsAreTheSame() throws IOException {
    host.open(ModelSource.of(Fixtures.chatModel(folder.resolve("chat"))), Progress.NONE);
    ChatMessage system = new ChatMessage(ChatMessage.SYSTEM, "Be kind.");
    ChatMessage user = new ChatMessage(ChatMessage.USER, "-- who's there?");
    ChatMessage answer = new ChatMessage(ChatMessage.ASSISTANT, "Me");
    for (List<ChatMessage> turns :
        List.of(List.of(user), List.of(system, user), List.of(user, answer, user))) {
      Chat chat = Chat.of(turns);
      RunSnapshot run = view(host.read("", Optional.of(chat), Bos.DEFAULT, List.of()).tokens());
      NextTokens next = host.next(run.id(), run.length() - 1);
      String line = new CopyCommand(run, Bos.DEFAULT, Optional.of(chat)).next(next);
      assertEquals(turns.size() < 3, line.contains("--chat"), line);
      assertSame(next, json(line));
    }
  }

  @Test
  void idsServeWhereThereIsNoTokenizer() {
    RunSnapshot run = view(Fixtures.idsOnly(), "5 6 7 8", Bos.DEFAULT);
    String line = of(run, Bos.DEFAULT).next(null);
    assertTrue(line.contains("--tokens 5,6,7,8"), line);
    assertSame(host.next(run.id(), 3), json(line));
  }

  @Test
  void sinks() {
    RunSnapshot run = view(Fixtures.stories(), STORY, Bos.DEFAULT);
    SinkMeasured measured =
        SinkMeasured.measure(
            host, run.model(), run.prompt(), SinkTexts.PROMPT, Bos.DEFAULT, null, Progress.NONE);
    SinkRates rates = measured.ofTexts().rates(0.1, 12, 1);
    String line = of(run, Bos.DEFAULT).sinks(Optional.empty(), 0.1, 0.2, 1, 12, List.of());
    assertTrue(line.endsWith(" --epsilon 0.1 --later 0.2 --key 1 --length 12"), line);
    JsonObject document = json(line);
    assertEquals(rates.model(), document.get("sinkRate").getAsDouble(), SAME);
    JsonObject head = document.getAsJsonArray("heads").get(9).getAsJsonObject();
    assertEquals(rates.means().data()[9], head.get("meanToFirst").getAsDouble(), SAME);
    Path texts = folder.resolve("some texts.txt");
    assertTrue(
        of(run, Bos.OFF)
            .sinks(Optional.of(texts), 0.3, 0.1, 0, 0, List.of(0.5, 2.0))
            .endsWith("some texts.txt' --no-bos --epsilon 0.3 --later 0.1 --gamma 0.5,2"));
  }
}
