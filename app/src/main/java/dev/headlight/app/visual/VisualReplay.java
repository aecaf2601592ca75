package dev.headlight.app.visual;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.app.engine.ModelAsker;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.engine.ReadPrompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds again what a visual pane had found: it looks, and asks every question once more. */
public final class VisualReplay {
  private static final Logger LOG = LoggerFactory.getLogger(VisualReplay.class);

  private VisualReplay() {}

  /**
   * Asks all again.
   *
   * @param document of a session
   * @param prompt of the session, with its pictures
   * @return the document as it is now; empty where the model looks at something else
   */
  public static Optional<JsonElement> run(
      JsonElement document, ReadPrompt prompt, ModelSpec spec, ModelAsker asker) {
    return prompt.prepared().isEmpty()
        ? Optional.empty()
        : run(document, VisualPrompt.ask(spec, prompt), asker);
  }

  static Optional<JsonElement> run(JsonElement document, VisualAsk ask, ModelAsker asker) {
    return look(document, ask, asker)
        .filter(now -> VisualJson.of(document, now))
        .flatMap(
            now -> {
              Map<String, Object> again = new LinkedHashMap<>();
              VisualJson.read(document, now)
                  .forEach(
                      (question, former) ->
                          again.put(question, asker.ask(asked(question, former, now))));
              return VisualJson.write(now, again);
            });
  }

  private static Optional<Looked> look(JsonElement document, VisualAsk ask, ModelAsker asker) {
    try {
      JsonObject look = document.getAsJsonObject().getAsJsonObject("look");
      List<Intervention> changes = new ArrayList<>();
      look.getAsJsonArray("changes").forEach(c -> changes.add(Intervention.parse(c.getAsString())));
      Side side = Side.valueOf(look.get("side").getAsString());
      Shown at = Shown.parse(look.get("at").getAsString()).orElse(Shown.FIRST);
      return Optional.of(asker.ask(VisualWork.look(ask.withChanges(changes), side, at, -1)));
    } catch (JsonParseException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException
        | NullPointerException
        | HeadlightException e) {
      LOG.debug("A session holds a look that this model cannot take", e);
      return Optional.empty();
    }
  }

  /** What was asked, by the words of the question and by what the answer says of it. */
  private static ModelQuestion<?> asked(String question, Object former, Looked looked) {
    String[] words = question.split(" ", 4);
    return switch (words[0]) {
      case "sinks" -> VisualWork.sinks(looked);
      case "shares" -> VisualWork.shares(looked);
      case "distances" -> VisualWork.distances(looked);
      case "vhd" -> VisualWork.divergence(looked, word(words));
      case "rollout" ->
          VisualWork.rollout(looked, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
      case "relevancy" -> VisualWork.relevancy(looked, word(words));
      case "effect" ->
          ChangeWork.effect(looked, word(words), heads(question), ((Effect) former).change());
      case "curve" -> {
        LayerCurve curve = (LayerCurve) former;
        yield ChangeWork.byLayer(looked, word(words), curve.change(), curve.spread(), c -> {});
      }
      default -> throw new IllegalStateException("no question: " + question);
    };
  }

  /** The word that is read after the position which a question names. */
  private static int word(String... words) {
    return Integer.parseInt(words[1]) + 1;
  }

  /** Heads at the end of a question; none where it is of layers. */
  private static List<Head> heads(String question) {
    int from = question.lastIndexOf('[');
    return from < 0 || !question.endsWith("]")
        ? List.of()
        : Arrays.stream(question.substring(from + 1, question.length() - 1).split(", ", -1))
            .map(Head::parse)
            .toList();
  }
}
