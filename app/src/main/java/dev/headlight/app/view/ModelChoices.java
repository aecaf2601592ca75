package dev.headlight.app.view;

import dev.headlight.app.engine.ModelSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Which models can be opened from the menu.
 *
 * @param samples that come with Headlight
 * @param recent references of models opened before
 * @param resolve finds the folder of a reference
 */
public record ModelChoices(
    List<ModelSource> samples,
    Supplier<List<String>> recent,
    Function<String, ModelSource> resolve) {}
