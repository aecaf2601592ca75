package dev.headlight.app.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.GeneratedPairs;
import dev.headlight.analysis.pairs.PairCsv;
import dev.headlight.analysis.pairs.PairGenerator;
import dev.headlight.analysis.pairs.PairKind;
import dev.headlight.analysis.pairs.PairReader;
import dev.headlight.analysis.pairs.PairRequest;
import dev.headlight.analysis.pairs.PairWords;
import dev.headlight.analysis.pairs.PromptPair;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.app.engine.Distribution;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.pictures.PromptPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The questions about pairs to a model; each is answered on its thread. */
final class PairWork {
  private static final int NEXT = 6;

  private final PairPictures pictures = new PairPictures();

  /**
   * Pairs that were drawn, and how they are read.
   *
   * @param readings one a pair
   */
  record Drawn(GeneratedPairs pairs, List<PairReading> readings) {
    /** Such as "IOI · mixed · seed 0". */
    String origin() {
      PairRequest of = pairs.request();
      String names =
          of.kind() == PairKind.IOI
              ? " · %s · %s".formatted(lower(of.order()), lower(of.corruption()))
              : "";
      return "%s%s · seed %d".formatted(of.kind().title(), names, of.seed());
    }

    private static String lower(Enum<?> value) {
      return value.name().toLowerCase(Locale.ROOT);
    }

    /** What there is to say about them. */
    List<String> notes() {
      List<String> notes = new ArrayList<>();
      notes.add(pairs.request().kind().definition());
      pairs.dropped().forEach(d -> notes.add(d.text()));
      if (pairs.redrawn() > 0) {
        notes.add(pairs.redrawn() + " pairs were drawn again, as their tokens did not fit");
      }
      return notes;
    }
  }

  private static PairReader reader(Model model) {
    return new PairReader(
        model
            .tokenizer()
            .orElseThrow(
                () ->
                    new HeadlightException(
                        Kind.MODEL,
                        model.name() + " has no tokenizer, so it reads no pairs of text")));
  }

  private List<PairReading> readings(
      Model model, List<PromptPair> pairs, List<PromptPicture> seen) {
    PairReader plain = reader(model);
    PairWords words = PairVocabularies.fitting(plain);
    return pairs.stream()
        .map(p -> PairReading.of(p, pictures.reader(model, plain, p, seen), words))
        .toList();
  }

  /**
   * How the model reads some pairs.
   *
   * @param seen pictures of the prompts that say so
   */
  ModelQuestion<List<PairReading>> read(List<PromptPair> pairs, List<PromptPicture> seen) {
    return (model, progress) -> readings(model, pairs, seen);
  }

  /** Draws pairs from the words that the tokenizer reads best. */
  ModelQuestion<Drawn> draw(PairRequest request) {
    return (model, progress) -> {
      PairReader reader = reader(model);
      PairWords words = PairVocabularies.fitting(reader);
      GeneratedPairs drawn = PairGenerator.draw(request, words, reader);
      return new Drawn(drawn, readings(model, drawn.texts(), List.of()));
    };
  }

  /** Reads a file of pairs. */
  ModelQuestion<List<PairReading>> open(Path file, List<PromptPicture> seen) {
    return (model, progress) -> readings(model, PairCsv.read(file), seen);
  }

  /** Writes a file of pairs. */
  static ModelQuestion<Path> save(Path file, List<PromptPair> pairs) {
    return (model, progress) -> {
      PairCsv.write(file, pairs);
      return file;
    };
  }

  /** What the model answers to a pair; of one that is not whole, what it would go on with. */
  static ModelQuestion<PairAnswers> answers(PairReading of) {
    return (model, progress) -> {
      if (!model.spec().hasLogits() || of.clean().size() == 0) {
        return PairAnswers.NONE;
      }
      Distribution clean = after(model, of.cleanPrompt(), progress);
      List<PairAnswers.Next> next =
          clean.top(NEXT).stream()
              .map(id -> next(model, of.clean().ids(), id, clean.probability(id)))
              .toList();
      if (of.ids().isEmpty()) {
        return new PairAnswers(next, OptionalDouble.empty(), OptionalDouble.empty());
      }
      TokenPair ids = of.ids().get();
      Distribution corrupt = after(model, ids.corruptPrompt(), progress);
      return new PairAnswers(next, difference(clean, ids), difference(corrupt, ids));
    };
  }

  private static Distribution after(Model model, RunRequest prompt, Progress progress) {
    try (Run run = model.run(prompt, progress).get(0)) {
      return new Distribution(run.logits(-1));
    }
  }

  private static PairAnswers.Next next(Model model, int[] prompt, int id, double probability) {
    TextTokenizer tokenizer = model.tokenizer().orElseThrow();
    int[] both = Arrays.copyOf(prompt, prompt.length + 1);
    both[prompt.length] = id;
    String before = tokenizer.decode(prompt);
    String after = tokenizer.decode(both);
    String text = after.startsWith(before) ? after.substring(before.length()) : "";
    return new PairAnswers.Next(tokenizer.label(id), text, probability);
  }

  /** The difference of two logits is that of the logarithms of their probabilities. */
  private static OptionalDouble difference(Distribution distribution, TokenPair ids) {
    return OptionalDouble.of(
        distribution.logProbability(ids.answer()[0]) - distribution.logProbability(ids.wrong()[0]));
  }
}
