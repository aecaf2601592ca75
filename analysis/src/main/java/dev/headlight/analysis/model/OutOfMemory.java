package dev.headlight.analysis.model;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Memory that ran out, in Java or in the engine, told as something the user can put right. */
public final class OutOfMemory {
  private OutOfMemory() {}

  /** Whether this, or what lies under it, says that memory could not be had. */
  public static boolean is(Throwable thrown) {
    return Stream.iterate(thrown, t -> t != null, Throwable::getCause)
        .anyMatch(t -> t instanceof OutOfMemoryError || says(t));
  }

  /** The engine has no type of exception for it; these are its words on CPU, CUDA and MPS. */
  private static boolean says(Throwable t) {
    String text = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("can't allocate memory")
        || text.contains("not enough memory")
        || text.contains("out of memory");
  }

  /**
   * Does something that may need much memory. What it made must be freed on its way out, as all
   * passes do.
   *
   * @throws HeadlightException when memory runs out, saying what to do
   */
  static <T> T told(Supplier<T> work, ResidencyPlan plan) {
    try {
      return work.get();
    } catch (RuntimeException | OutOfMemoryError e) {
      if (e instanceof HeadlightException || !is(e)) {
        throw e;
      }
      throw new HeadlightException(Kind.INPUT, advice(plan), e);
    }
  }

  private static String advice(ResidencyPlan plan) {
    String less = "use a shorter prompt, keep fewer sites or layers";
    return switch (plan.residency()) {
      case FULL -> "out of memory; " + less + ", or open the model with --residency stored";
      case STORED -> "out of memory; " + less + ", or open the model with --residency streamed";
      default -> "out of memory; " + less;
    };
  }

  /** The exception for a model that cannot be opened with the plan that was asked for. */
  static HeadlightException opening(String model, ResidencyPlan plan, Throwable cause) {
    String advice =
        plan.residency() == Residency.STREAMED
            ? "close other programs"
            : "use --residency auto, or streamed";
    return new HeadlightException(
        Kind.MODEL, model + ": out of memory while opening, " + plan.text() + "; " + advice, cause);
  }
}
