package dev.headlight.app.retrieval;

import com.google.gson.JsonObject;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.retrieval.NeedleBuilder;
import dev.headlight.analysis.retrieval.NeedleGrid;
import dev.headlight.analysis.retrieval.NeedleSettings;
import dev.headlight.analysis.retrieval.ProbeFiles;
import dev.headlight.analysis.retrieval.ProbeTexts;
import dev.headlight.analysis.retrieval.RetrievalJob;
import dev.headlight.samples.SampleProbe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A needle probe as the form says it.
 *
 * @param own whether texts of the model's own world come before plain English, where there are some
 * @param haystack file with the text in which needles are hidden; empty for texts at hand
 * @param needles file with what is hidden; empty for those of the texts at hand
 * @param lengths tokens of the prompts
 * @param depths where the needle stands, 0 to 1
 * @param chat whether the chat template asks
 * @param span which tokens count as the needle
 */
public record ProbeChoice(
    boolean own,
    Optional<Path> haystack,
    Optional<Path> needles,
    List<Integer> lengths,
    List<Double> depths,
    boolean chat,
    NeedleSettings.Span span) {
  /** Copies the lists. */
  public ProbeChoice {
    lengths = List.copyOf(lengths);
    depths = List.copyOf(depths);
  }

  /** The probe that is offered first: lengths that the model has positions for. */
  public static ProbeChoice standard(ModelSpec spec) {
    int room = Math.max(1, spec.maxPositions() - NeedleSettings.NEW_TOKENS);
    List<Integer> lengths =
        RetrievalJob.STANDARD.lengths().stream().map(l -> Math.min(l, room)).distinct().toList();
    return new ProbeChoice(
        true,
        Optional.empty(),
        Optional.empty(),
        lengths,
        RetrievalJob.STANDARD.depths(),
        false,
        NeedleSettings.Span.ANSWER);
  }

  /** With other texts. */
  public ProbeChoice reading(Optional<Path> newHaystack, Optional<Path> newNeedles) {
    return new ProbeChoice(own, newHaystack, newNeedles, lengths, depths, chat, span);
  }

  /** With the texts at hand: those of the model's own world, or plain English. */
  public ProbeChoice atHand(boolean ofTheModel) {
    return new ProbeChoice(
        ofTheModel, Optional.empty(), Optional.empty(), lengths, depths, chat, span);
  }

  /** With other lengths and depths. */
  public ProbeChoice sized(List<Integer> newLengths, List<Double> newDepths) {
    return new ProbeChoice(own, haystack, needles, newLengths, newDepths, chat, span);
  }

  /** With another way of asking. */
  public ProbeChoice asked(boolean throughChat, NeedleSettings.Span counted) {
    return new ProbeChoice(own, haystack, needles, lengths, depths, throughChat, counted);
  }

  /**
   * Reads lengths as they are typed, such as {@code 256, 512}.
   *
   * @throws HeadlightException when one is no whole number above 0
   */
  public static List<Integer> lengths(String text) {
    return numbers(
        text,
        part -> {
          int length = Integer.parseInt(part);
          if (length < 1) {
            throw new NumberFormatException(part);
          }
          return length;
        },
        "lengths: expected numbers of tokens such as 256, 512");
  }

  /**
   * Reads depths as they are typed, such as {@code 0, 0.5, 100%}.
   *
   * @throws HeadlightException when one is not between 0 and 1 or 0% and 100%
   */
  public static List<Double> depths(String text) {
    return numbers(
        text,
        part -> {
          boolean percent = part.endsWith("%");
          String digits = percent ? part.substring(0, part.length() - 1).strip() : part;
          double depth = Double.parseDouble(digits) / (percent ? 100 : 1);
          if (!(depth >= 0 && depth <= 1)) {
            throw new NumberFormatException(part);
          }
          return depth;
        },
        "depths: expected numbers from 0 (start) to 1 (end) such as 0, 0.5, 1");
  }

  private static <T> List<T> numbers(String text, Function<String, T> read, String expected) {
    List<T> found = new ArrayList<>();
    for (String part : text.strip().split("[\\s,;]+", -1)) {
      try {
        found.add(read.apply(part));
      } catch (NumberFormatException e) {
        throw new HeadlightException(Kind.INPUT, expected + "; found \"" + part + "\"", e);
      }
    }
    return found;
  }

  /**
   * What the engine is asked, with the texts read from their files.
   *
   * @param ofTheModel texts of the model's own world, or plain English where it has none
   */
  NeedleSettings settings(ProbeTexts ofTheModel) {
    ProbeTexts texts = own ? ofTheModel : ProbeTexts.STANDARD;
    NeedleSettings settings = NeedleSettings.of(texts, lengths, depths).counting(span);
    settings = haystack.isEmpty() ? settings : settings.in(ProbeFiles.haystack(haystack.get()));
    settings = needles.isEmpty() ? settings : settings.hiding(ProbeFiles.needles(needles.get()));
    return chat ? settings.asked(new NeedleSettings.Chatting(Optional.empty())) : settings;
  }

  /**
   * Its episodes for a model; on the thread that uses it.
   *
   * @throws HeadlightException when the model cannot be asked so
   */
  public NeedleGrid grid(Model model) {
    return NeedleBuilder.build(model, settings(SampleProbe.INSTANCE.of(model)));
  }

  /** The same for the command line. */
  public List<String> arguments() {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("--lengths", joined(lengths), "--depths", joined(depths)));
    if (!own) {
      line.add("--plain-english");
    }
    haystack.ifPresent(file -> line.addAll(List.of("--haystack", file.toString())));
    needles.ifPresent(file -> line.addAll(List.of("--needles", file.toString())));
    if (chat) {
      line.add("--chat");
    }
    if (span == NeedleSettings.Span.SENTENCE) {
      line.addAll(List.of("--span", "sentence"));
    }
    return line;
  }

  /** As JSON, to be kept. */
  public JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("own", own);
    haystack.ifPresent(file -> json.addProperty("haystack", file.toString()));
    needles.ifPresent(file -> json.addProperty("needles", file.toString()));
    json.addProperty("lengths", joined(lengths));
    json.addProperty("depths", joined(depths));
    json.addProperty("chat", chat);
    json.addProperty("span", span.name());
    return json;
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws HeadlightException when that is not what it is
   */
  public static ProbeChoice of(JsonObject json) {
    if (!json.keySet().containsAll(List.of("own", "lengths", "depths", "chat", "span"))) {
      throw unread(json, null);
    }
    try {
      return new ProbeChoice(
          json.get("own").getAsBoolean(),
          Optional.ofNullable(json.get("haystack")).map(e -> Path.of(e.getAsString())),
          Optional.ofNullable(json.get("needles")).map(e -> Path.of(e.getAsString())),
          lengths(json.get("lengths").getAsString()),
          depths(json.get("depths").getAsString()),
          json.get("chat").getAsBoolean(),
          NeedleSettings.Span.valueOf(json.get("span").getAsString()));
    } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
      throw unread(json, e);
    }
  }

  private static HeadlightException unread(JsonObject json, Throwable cause) {
    return new HeadlightException(Kind.INPUT, "this is no needle probe: " + json, cause);
  }

  /** Numbers as they are typed. */
  public static String joined(List<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(","));
  }

  /**
   * Its name on a button.
   *
   * @param ofTheModel whether there are texts of the model's own world
   */
  public String title(boolean ofTheModel) {
    return haystack
        .or(() -> needles)
        .map(file -> String.valueOf(file.getFileName()))
        .orElse(own && ofTheModel ? "stories" : "built-in");
  }
}
