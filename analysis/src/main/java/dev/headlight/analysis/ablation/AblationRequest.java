package dev.headlight.analysis.ablation;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.SweepRequest;
import java.util.List;
import java.util.Optional;

/**
 * What to take away, one after the other, and what to read. Immutable; start with {@link #of} and
 * derive.
 *
 * @param sequences token ids, one prompt each
 * @param tokenTypes types of the tokens, one list a prompt; empty for all 0
 * @param targets heads that are taken away together
 * @param treatment what is done to them
 * @param metric what is read
 * @param answers what some metrics ask for
 * @param pictures what a processor made of the pictures of each prompt; empty for none
 */
public record AblationRequest(
    List<int[]> sequences,
    List<int[]> tokenTypes,
    List<Target> targets,
    Treatment treatment,
    AblationMetric metric,
    Optional<Answers> answers,
    List<Pixels> pictures) {
  /** Copies what is mutable. */
  public AblationRequest {
    pictures = List.copyOf(pictures);
    sequences = sequences.stream().map(int[]::clone).toList();
    tokenTypes = tokenTypes.stream().map(int[]::clone).toList();
    targets = List.copyOf(targets);
  }

  /** Without pictures. */
  public AblationRequest(
      List<int[]> sequences,
      List<int[]> tokenTypes,
      List<Target> targets,
      Treatment treatment,
      AblationMetric metric,
      Optional<Answers> answers) {
    this(sequences, tokenTypes, targets, treatment, metric, answers, List.of());
  }

  /** Zero ablation, read by its KL. */
  public static AblationRequest of(List<int[]> sequences, List<Target> targets) {
    return new AblationRequest(
        sequences,
        List.of(),
        targets,
        Treatment.of(Treatment.Mode.ZERO),
        AblationMetric.KL,
        Optional.empty());
  }

  /** With another treatment. */
  public AblationRequest with(Treatment other) {
    return new AblationRequest(sequences, tokenTypes, targets, other, metric, answers, pictures);
  }

  /** With other heads taken away. */
  public AblationRequest with(List<Target> others) {
    return new AblationRequest(sequences, tokenTypes, others, treatment, metric, answers, pictures);
  }

  /** Read by a metric without answers. */
  public AblationRequest with(AblationMetric other) {
    return new AblationRequest(sequences, tokenTypes, targets, treatment, other, answers, pictures);
  }

  /** Read by a metric of answers. */
  public AblationRequest with(AblationMetric other, Answers given) {
    return new AblationRequest(
        sequences, tokenTypes, targets, treatment, other, Optional.of(given), pictures);
  }

  /** With types of the tokens. */
  public AblationRequest withTokenTypes(List<int[]> types) {
    return new AblationRequest(sequences, types, targets, treatment, metric, answers, pictures);
  }

  /** With pictures, one or more a prompt, as a processor made them. */
  public AblationRequest withPictures(List<Pixels> all) {
    return new AblationRequest(sequences, tokenTypes, targets, treatment, metric, answers, all);
  }

  /** The prompts with their pictures, to be run. */
  public RunRequest prompts() {
    return RunRequest.ofSequences(sequences).withTokenTypes(tokenTypes).withPictures(pictures);
  }

  /** The pictures of one prompt; none where prompts have none. */
  List<Pixels> picturesOf(int sequence) {
    return pictures.isEmpty() ? List.of() : List.of(pictures.get(sequence));
  }

  /**
   * Checks the request against a model.
   *
   * @throws HeadlightException when answers, heads or positions do not fit, or a mean has one
   *     prompt
   */
  void check(ModelSpec spec) {
    checkReading(spec);
    if (targets.isEmpty()) {
      throw new HeadlightException(Kind.INPUT, "no heads are named; name some, such as L5H3");
    }
    treatment.check(sequences.size());
    targets.forEach(t -> t.resolve(spec));
    boolean tower = targets.stream().anyMatch(Target::vision);
    if (tower && !treatment.substitutes().own()) {
      throw new HeadlightException(
          Kind.INPUT,
          "heads of a tower read pictures: other prompts have no outputs for them; use their own mean");
    }
    if (targets.stream().anyMatch(t -> !t.vision())) {
      sequences.forEach(s -> treatment.positions().check(s.length));
    }
  }

  /**
   * Checks what is read, for those who take no heads away.
   *
   * @throws HeadlightException when there is no sequence, or answers do not fit
   */
  void checkReading(ModelSpec spec) {
    if (sequences.isEmpty()) {
      throw new HeadlightException(Kind.INPUT, "there are no sequences; give at least one");
    }
    if (metric.needsAnswers()) {
      metric.read(answers);
      answers.orElseThrow().check(sequences.size(), spec.vocab());
    }
  }

  /** The sweep that computes it, a cell a target. */
  SweepRequest sweep() {
    List<Cell> cells = targets.stream().map(t -> Cell.of(treatment.on(t))).toList();
    return new SweepRequest(
            sequences, tokenTypes, cells, metric.read(answers), treatment.substitutes())
        .withPictures(pictures);
  }
}
