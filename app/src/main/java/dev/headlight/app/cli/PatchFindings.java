package dev.headlight.app.cli;

import dev.headlight.analysis.io.PatchTables;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/** What {@code patch} says of one pair. */
interface PatchFindings {
  /** The document of {@code --json}. */
  Map<String, Object> document();

  /** The rows of {@code --csv}. */
  List<PatchTables.Row> rows(IntFunction<String> labels);

  /** A normalised value for people; a dash where the prompts are no scale. */
  static String share(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
  }

  /** For people. */
  void print(Terminal terminal);
}
