package dev.headlight.samples;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A sample as it is, or as it was after a step of its training.
 *
 * @param sample which
 * @param step after which it was kept; empty for the end of its training
 */
public record SampleVersion(Sample sample, OptionalInt step) {
  private static final String AT = "@";
  private static final String FINAL = "final";

  /** The sample itself. */
  public static SampleVersion of(Sample sample) {
    return new SampleVersion(sample, OptionalInt.empty());
  }

  /**
   * Reads {@code NAME}, {@code NAME@STEP} or {@code NAME@final}.
   *
   * @throws HeadlightException if there is no such sample, or it was not kept then; says what there
   *     is
   */
  public static SampleVersion parse(String text) {
    int at = text.indexOf(AT);
    Sample sample = Samples.describe(at < 0 ? text : text.substring(0, at));
    String step = at < 0 ? FINAL : text.substring(at + 1);
    return all(sample).stream()
        .filter(v -> v.label().equals(step))
        .findFirst()
        .orElseThrow(
            () ->
                new HeadlightException(
                    Kind.MODEL,
                    "the sample %s was not kept after step %s; %s"
                        .formatted(sample.name(), step, Samples.kept(sample))));
  }

  /** Every checkpoint of a sample, the steps rising, and at last the sample itself. */
  public static List<SampleVersion> all(Sample sample) {
    List<SampleVersion> all = new ArrayList<>();
    sample.checkpoints().forEach(s -> all.add(new SampleVersion(sample, OptionalInt.of(s))));
    all.add(of(sample));
    return all;
  }

  /** What {@link #parse} reads. */
  public String name() {
    return step.isEmpty() ? sample.name() : sample.name() + AT + label();
  }

  /** The step, or {@code final}. */
  public String label() {
    return step.isEmpty() ? FINAL : Integer.toString(step.getAsInt());
  }

  /** Steps of training until then. */
  public int trained() {
    return step.orElse(sample.steps());
  }

  /**
   * Its Hugging Face folder, as {@link Samples#folder(String, int)} says.
   *
   * @throws HeadlightException if there is no place to write it to
   */
  public Path folder() {
    return step.isEmpty()
        ? Samples.folder(sample.name())
        : Samples.folder(sample.name(), step.getAsInt());
  }
}
