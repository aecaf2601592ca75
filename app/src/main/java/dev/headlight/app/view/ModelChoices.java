package dev.headlight.app.view;

import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.models.CachedModel;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Which models can be opened from the menu.
 *
 * @param samples that come with Headlight
 * @param recent references of models opened before
 * @param resolve finds the folder of a reference
 * @param cached looks into the local Hugging Face cache; asked off the thread that draws
 */
public record ModelChoices(
    List<ModelSource> samples,
    Supplier<List<String>> recent,
    Function<String, ModelSource> resolve,
    Supplier<List<CachedModel>> cached) {
  /** Without a cache. */
  public ModelChoices(
      List<ModelSource> samples,
      Supplier<List<String>> recent,
      Function<String, ModelSource> resolve) {
    this(samples, recent, resolve, List::of);
  }
}
