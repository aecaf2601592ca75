package dev.headlight.app.settings;

import dev.headlight.analysis.model.Residency;
import dev.headlight.renderer.ValueScale;

/**
 * What the user prefers, apart from the theme.
 *
 * @param scale curve of the colours of weights
 * @param textSize factor of everything in the window, 0.75 to 2
 * @param device where models compute, as the command line names it
 * @param residency where weights stay
 * @param memoryShare share of the free memory that models may take where residency is chosen by
 *     what fits, 0.1 to 1
 * @param threads of the processor; 0 for one a physical core
 * @param openLast whether the last model opens on start, in place of the sample
 * @param hints whether hints for beginners are shown
 */
public record Preferences(
    ValueScale.Kind scale,
    double textSize,
    String device,
    Residency residency,
    double memoryShare,
    int threads,
    boolean openLast,
    boolean hints) {
  private static final double LEAST = 0.75;
  private static final double MOST = 2;
  private static final double LEAST_SHARE = 0.1;

  /** Keeps the factor and the threads usable. */
  public Preferences {
    textSize = Double.isFinite(textSize) ? Math.max(LEAST, Math.min(MOST, textSize)) : 1;
    memoryShare =
        Double.isFinite(memoryShare) ? Math.max(LEAST_SHARE, Math.min(1, memoryShare)) : 1;
    threads = Math.max(0, threads);
  }

  /** Before anything was chosen. */
  public static Preferences first() {
    return new Preferences(ValueScale.Kind.SQRT, 1, "auto", Residency.AUTO, 1, 0, false, true);
  }
}
