package dev.headlight.app.engine;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sinks.SequenceSinks;
import dev.headlight.analysis.sinks.SinkAnalysis;
import dev.headlight.analysis.sinks.SinkProbe;
import dev.headlight.analysis.sinks.SinkRates;
import dev.headlight.analysis.sinks.SinkRequest;
import dev.headlight.analysis.sinks.SinkStatistics;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.analysis.text.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Everything that passes left about sinks; any ε and length are answered from it.
 *
 * @param model what ran
 * @param read the prompt
 * @param texts what the rate is of
 * @param ofTexts the texts
 * @param ofPrompt the prompt with what is inside; empty for one of fewer than ten tokens
 * @param begins whether the texts begin with the BOS token
 * @param otherStart the texts without that token where they have it, else with it; empty where the
 *     tokenizer has none
 * @param random ids drawn one by one; empty where the model reads none
 * @param repeated one id all along; empty likewise
 */
public record SinkMeasured(
    ModelFacts model,
    ReadPrompt read,
    SinkTexts texts,
    SinkStatistics ofTexts,
    Optional<SinkStatistics> ofPrompt,
    boolean begins,
    Optional<SinkStatistics> otherStart,
    Optional<SinkStatistics> random,
    Optional<SinkStatistics> repeated) {
  /** Sequences of each probe. */
  public static final int COUNT = 8;

  /** Tokens of the prompt. */
  public Tokens prompt() {
    return read.tokens();
  }

  /** The prompt with its pictures, to be run. */
  public RunRequest request() {
    return read.request(model.spec());
  }

  /** The prompt's own numbers; empty where it is too short. */
  public Optional<SequenceSinks> sequence() {
    return ofPrompt.map(s -> s.sequences().get(0));
  }

  /**
   * Measures.
   *
   * @param facts the model it is asked of
   * @param bos how texts begin
   * @param before what was measured last, whose probes serve again; may be null
   * @throws dev.headlight.analysis.HeadlightException when every text is too short, or one too long
   */
  public static SinkMeasured measure(
      ModelHost host,
      ModelFacts facts,
      ReadPrompt prompt,
      SinkTexts texts,
      Bos bos,
      SinkMeasured before,
      Progress progress) {
    return host.ask(
        facts, (model, p) -> measure(model, facts, prompt, texts, bos, before, p), progress);
  }

  private static SinkMeasured measure(
      Model model,
      ModelFacts facts,
      ReadPrompt prompt,
      SinkTexts texts,
      Bos bos,
      SinkMeasured before,
      Progress progress) {
    RunRequest sequences = texts.read(model, prompt, bos);
    boolean same = texts.kind() == SinkTexts.Kind.PROMPT;
    boolean probed = before != null && before.model().equals(facts);
    SinkRequest request = SinkRequest.of(sequences.sequences()).withPictures(sequences.pictures());
    SinkStatistics ofTexts =
        SinkAnalysis.measure(
            model, same ? request : request.withoutInsides(), progress.part(0, 0.4));
    Optional<SinkStatistics> ofPrompt =
        same ? Optional.of(ofTexts) : prompt(model, prompt, progress.part(0.4, 0.5));
    OptionalInt id = bosId(model);
    boolean begins = id.isPresent() && sequences.sequences().get(0)[0] == id.getAsInt();
    Optional<SinkStatistics> other =
        id.isEmpty()
            ? Optional.empty()
            : other(model, request, id.getAsInt(), progress.part(0.5, 0.7));
    return new SinkMeasured(
        facts,
        prompt,
        texts,
        ofTexts,
        ofPrompt,
        begins,
        other,
        probed ? before.random() : probe(model, SinkProbe.RANDOM, progress.part(0.7, 0.85)),
        probed ? before.repeated() : probe(model, SinkProbe.REPEATED, progress.part(0.85, 1)));
  }

  private static OptionalInt bosId(Model model) {
    return model.tokenizer().map(TextTokenizer::bosId).orElse(OptionalInt.empty());
  }

  private static Optional<SinkStatistics> prompt(
      Model model, ReadPrompt prompt, Progress progress) {
    if (prompt.tokens().size() < SinkRequest.LEAST_LENGTH) {
      return Optional.empty();
    }
    RunRequest read = prompt.request(model.spec());
    SinkRequest request = SinkRequest.of(read.sequences()).withPictures(read.pictures());
    return Optional.of(SinkAnalysis.measure(model, request, progress));
  }

  /** The same texts that begin the other way. */
  private static Optional<SinkStatistics> other(
      Model model, SinkRequest request, int bos, Progress progress) {
    int most = model.spec().maxPositions();
    List<int[]> turned = request.sequences().stream().map(ids -> turned(ids, bos, most)).toList();
    boolean some = turned.stream().anyMatch(ids -> ids.length >= SinkRequest.LEAST_LENGTH);
    return some
        ? Optional.of(
            SinkAnalysis.measure(
                model,
                SinkRequest.of(turned).withoutInsides().withPictures(request.pictures()),
                progress))
        : Optional.empty();
  }

  private static int[] turned(int[] ids, int bos, int most) {
    if (ids.length > 0 && ids[0] == bos) {
      return Arrays.copyOfRange(ids, 1, ids.length);
    }
    int[] with = new int[Math.min(most, ids.length + 1)];
    with[0] = bos;
    System.arraycopy(ids, 0, with, 1, with.length - 1);
    return with;
  }

  private static Optional<SinkStatistics> probe(Model model, SinkProbe probe, Progress progress) {
    if (model.spec().patches().isPresent()) {
      return Optional.empty();
    }
    int length = Math.min(SinkRates.LENGTH, model.spec().maxPositions());
    List<int[]> ids = probe.draw(model, length, COUNT, false, new Random(0));
    return Optional.of(SinkAnalysis.measure(model, SinkRequest.of(ids).withoutInsides(), progress));
  }
}
