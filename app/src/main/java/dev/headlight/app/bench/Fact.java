package dev.headlight.app.bench;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;

/**
 * A further number of a row.
 *
 * @param kind which
 * @param value the number
 */
public record Fact(Kind kind, double value) {
  /** What a number can say. */
  public enum Kind {
    /** Most that any repeat took. */
    WORST("worst", "at most %.1f ms", 1),
    /** Tokens written a second. */
    TOKENS_PER_SECOND("tokensPerSecond", "%.1f tokens/s", 1),
    /** Tokens written a second, over those without masks. */
    OF_UNMASKED("ofUnmaskedSpeed", "%.2f of the speed without masks", 1),
    /** The plain loop's time over this one. */
    TIMES_FASTER("timesFasterThanLoop", "%.1f × as fast as the loop", 1),
    /** Memory above the weights that was taken at most. */
    PEAK("peakBytes", "%.2f GB above the weights", 1e9),
    /** Memory that was taken at most, above what the process had. */
    TAKEN("takenBytes", "%.2f GB taken at most", 1e9),
    /** Memory above the weights that was predicted. */
    PREDICTED_PEAK("predictedPeakBytes", "predicted %.2f GB", 1e9),
    /** Memory above the weights that may be taken. */
    LIMIT_BYTES("limitBytes", "limit %.1f GB", 1e9),
    /** Milliseconds that it may take. */
    LIMIT("limitMilliseconds", "limit %.0f ms", 1);

    private final String key;
    private final String text;
    private final double unit;

    Kind(String key, String text, double unit) {
      this.key = key;
      this.text = text;
      this.unit = unit;
    }

    /** Its name in JSON. */
    String key() {
      return key;
    }
  }

  /** For people. */
  String text() {
    return kind.text.formatted(value / kind.unit);
  }

  /** The facts among the fields of a row. */
  static List<Fact> read(JsonObject row) {
    return Arrays.stream(Kind.values())
        .filter(k -> row.has(k.key))
        .map(k -> new Fact(k, row.get(k.key).getAsDouble()))
        .toList();
  }
}
