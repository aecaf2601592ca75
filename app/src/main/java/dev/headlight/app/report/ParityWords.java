package dev.headlight.app.report;

import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.parity.ParityReport;
import dev.headlight.analysis.parity.ParityReport.Outcome;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a parity check found, for people and for scripts. */
public final class ParityWords {
  private ParityWords() {}

  /** The badge of the status bar: "parity 3.2e-06"; empty where there is no reference. */
  public static String badge(ParityReport report) {
    return switch (report.outcome()) {
      case PASSED -> "parity " + number(report.worst());
      case FAILED -> "parity failed: " + number(report.worst());
      case UNREADABLE -> "parity not checked";
      case NONE -> "";
    };
  }

  /** The value of a row that is called parity. */
  public static String brief(ParityReport report) {
    return switch (report.outcome()) {
      case PASSED -> number(report.worst());
      case FAILED -> "failed: " + number(report.worst());
      case UNREADABLE -> "not checked";
      case NONE -> "no reference";
    };
  }

  /** All of it, in one line. */
  public static String sentence(ParityReport report) {
    return switch (report.outcome()) {
      case PASSED ->
          "passed: worst difference %s of %s; %s"
              .formatted(number(report.worst()), report.tensor(), against(report));
      case FAILED ->
          "failed: %s differs by %s, allowed is %s; %s"
              .formatted(
                  report.tensor(),
                  number(report.worst()),
                  number(ParityReport.TOLERANCE),
                  against(report));
      case UNREADABLE -> "not checked: " + report.reason();
      case NONE -> "no reference values beside the weights";
    };
  }

  private static String against(ParityReport report) {
    boolean beside = report.reference().filter(p -> p.endsWith(Checkpoint.REFERENCE)).isPresent();
    String file = beside ? Checkpoint.REFERENCE : "the stored reference";
    String made = report.madeWith().isEmpty() ? "" : " (" + report.madeWith() + ")";
    return String.format(Locale.ROOT, "%,d values of %s%s", report.values(), file, made);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1e", value);
  }

  /** The field {@code parity} of {@code info --json}; what is not there is left out. */
  public static Map<String, Object> facts(ParityReport report) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("outcome", report.outcome().name().toLowerCase(Locale.ROOT));
    report.reference().ifPresent(path -> facts.put("reference", path.toString()));
    if (report.outcome() == Outcome.PASSED || report.outcome() == Outcome.FAILED) {
      // JSON has no infinity: a value of ours that is not finite has no size.
      facts.put("worst", Double.isFinite(report.worst()) ? report.worst() : null);
      facts.put("tensor", report.tensor());
      facts.put("tolerance", ParityReport.TOLERANCE);
      facts.put("values", report.values());
      facts.put("madeWith", report.madeWith());
    }
    if (report.outcome() == Outcome.UNREADABLE) {
      facts.put("reason", report.reason());
    }
    return facts;
  }
}
