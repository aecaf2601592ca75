package dev.headlight.app.engine;

import dev.headlight.analysis.run.Head;
import dev.headlight.samples.SampleVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a model comes from.
 *
 * @param reference how the command line names it: a path, {@code sample:NAME} or {@code
 *     sample:NAME@STEP}
 * @param location finds its files; may take a moment, and throws when there are none
 * @param prompt a text that shows what its heads do, where one is known
 * @param head a head worth seeing first, where one is known
 * @param training the checkpoints that it is one of, the steps rising; empty where there is one
 *     only
 */
public record ModelSource(
    String reference,
    Supplier<Path> location,
    Optional<String> prompt,
    Optional<Head> head,
    List<SampleVersion> training) {
  /** What a reference to a sample begins with. */
  public static final String SAMPLE = "sample:";

  /** Copies the list. */
  public ModelSource {
    training = List.copyOf(training);
  }

  /** A folder of the user's. */
  public static ModelSource of(Path folder) {
    return of(folder.toString(), folder);
  }

  /** A folder by the name that was used for it. */
  public static ModelSource of(String reference, Path folder) {
    return new ModelSource(reference, () -> folder, Optional.empty(), Optional.empty(), List.of());
  }

  /** A sample or a checkpoint of it. */
  public static ModelSource of(SampleVersion version) {
    List<SampleVersion> all = SampleVersion.all(version.sample());
    return new ModelSource(
        SAMPLE + version.name(),
        version::folder,
        Optional.of(version.sample().prompt()),
        Optional.of(Head.parse(version.sample().head())),
        all.size() > 1 ? all : List.of());
  }

  /** Name of the sample that this is, or is a checkpoint of; empty for other models. */
  public Optional<String> sample() {
    return reference.startsWith(SAMPLE)
        ? Optional.of(reference.substring(SAMPLE.length()).replaceFirst("@.*", ""))
        : Optional.empty();
  }

  /** Whether both are checkpoints of one training. */
  public boolean grewWith(ModelSource other) {
    return !training.isEmpty() && training.equals(other.training);
  }

  /** The checkpoint that this is; empty where there is one only. */
  public Optional<SampleVersion> version() {
    return training.stream().filter(v -> reference.equals(SAMPLE + v.name())).findFirst();
  }
}
