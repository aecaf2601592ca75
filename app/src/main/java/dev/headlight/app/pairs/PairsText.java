package dev.headlight.app.pairs;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.pairs.PairRole;
import dev.headlight.analysis.pairs.PromptPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pairs of a pane as text, as sessions keep them.
 *
 * @param pairs in order
 * @param index of the one that is shown
 * @param origin where they come from
 */
record PairsText(List<PromptPair> pairs, int index, String origin) {
  private static final Logger LOG = LoggerFactory.getLogger(PairsText.class);

  /** No pair. */
  static final PairsText NONE = new PairsText(List.of(), 0, "");

  PairsText {
    pairs = List.copyOf(pairs);
  }

  /** Empty for no pairs. */
  String text() {
    if (pairs.isEmpty()) {
      return "";
    }
    JsonArray list = new JsonArray();
    for (PromptPair pair : pairs) {
      JsonArray one = new JsonArray();
      one.add(pair.clean());
      one.add(pair.corrupt());
      one.add(pair.answer());
      one.add(pair.wrong());
      one.add(PairRole.text(pair.roles()));
      list.add(one);
    }
    JsonObject json = new JsonObject();
    json.add("pairs", list);
    json.addProperty("shown", index);
    json.addProperty("origin", origin);
    return json.toString();
  }

  /** Reads what {@link #text} wrote; anything else means no pairs. */
  static PairsText parse(String text) {
    return text.isEmpty() ? NONE : read(text).orElse(NONE);
  }

  private static Optional<PairsText> read(String text) {
    try {
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      List<PromptPair> pairs = new ArrayList<>();
      for (JsonElement element : json.getAsJsonArray("pairs")) {
        JsonArray one = element.getAsJsonArray();
        pairs.add(
            new PromptPair(
                one.get(0).getAsString(),
                one.get(1).getAsString(),
                one.get(2).getAsString(),
                one.get(3).getAsString(),
                PairRole.parse(one.get(4).getAsString())));
      }
      int shown = Math.max(0, Math.min(pairs.size() - 1, json.get("shown").getAsInt()));
      return Optional.of(new PairsText(pairs, shown, json.get("origin").getAsString()));
    } catch (HeadlightException
        | JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | NullPointerException
        | ClassCastException
        | UnsupportedOperationException e) {
      LOG.debug("A session holds pairs that are none", e);
      return Optional.empty();
    }
  }
}
