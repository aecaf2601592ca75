package dev.headlight.app.engine;

import dev.headlight.analysis.image.PromptExpansion;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ResidencyPlan;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.samples.SampleProbe;
import java.util.Optional;

/**
 * What the panes say about a model.
 *
 * @param source where it was opened
 * @param name folder name
 * @param spec its shape
 * @param parameters number of weights
 * @param storedType type of the stored weights, such as {@code F16}
 * @param device where it computes
 * @param residency where its weights stay
 * @param hasTokenizer whether prompts are text; else they are ids
 * @param hasChatTemplate whether prompts can be chat turns
 * @param placeholder what a prompt writes where a picture stands; empty where none does
 * @param ownTexts whether there are texts of its own world to hide needles in
 */
public record ModelFacts(
    ModelSource source,
    String name,
    ModelSpec spec,
    long parameters,
    String storedType,
    String device,
    ResidencyPlan residency,
    boolean hasTokenizer,
    boolean hasChatTemplate,
    Optional<String> placeholder,
    boolean ownTexts) {
  /** Whether prompts are words or ids; a tower reads a picture alone. */
  public boolean readsText() {
    return spec.patches().isEmpty();
  }

  /** Whether prompts can hold pictures, or are one. */
  public boolean readsPictures() {
    return spec.vision().isPresent() || spec.patches().isPresent();
  }

  static ModelFacts of(ModelSource source, Model model) {
    return new ModelFacts(
        source,
        model.name(),
        model.spec(),
        model.checkpoint().parameters(),
        model.checkpoint().storedType().toString(),
        model.device(),
        model.residency(),
        model.tokenizer().isPresent(),
        model.tokenizer().flatMap(TextTokenizer::chatTemplate).isPresent(),
        placeholder(model),
        SampleProbe.INSTANCE.knows(model));
  }

  private static Optional<String> placeholder(Model model) {
    return model
        .spec()
        .vision()
        .filter(VisionSpec::inPrompt)
        .map(v -> PromptExpansion.open(model.checkpoint().config(), model.tokenizer()))
        .map(PromptExpansion::placeholder);
  }
}
