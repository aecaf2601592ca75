package dev.headlight.app.visual;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.ImageProcessor;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.PictureLayout;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.GenerateRequest;
import dev.headlight.analysis.model.Generation;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Sight;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.analysis.vision.ImageSpan;
import dev.headlight.analysis.vision.Maps;
import dev.headlight.app.engine.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** One look of a model at its pictures: the answer, then one pass over prompt and answer. */
final class Look {
  static final List<String> WORDS = List.of("Picture", "Question", "First token", "Answer");

  private static final int VERDICTS = 5;
  private static final Generation NOTHING = new Generation(new int[0], new float[0], false);

  private final Model model;
  private final VisualAsk ask;
  private final Progress progress;

  Look(Model model, VisualAsk ask, Progress progress) {
    this.model = model;
    this.ask = ask;
    this.progress = progress;
  }

  /** Whether a model reads pictures at all. */
  static boolean able(ModelSpec spec) {
    return spec.vision().isPresent() || spec.patches().isPresent();
  }

  /** Whether pictures stand in prompts. */
  static boolean inPrompt(ModelSpec spec) {
    return spec.vision().filter(VisionSpec::inPrompt).isPresent();
  }

  /** The side at which a model is looked at first. */
  static Side side(ModelSpec spec) {
    return spec.patches().isPresent() || inPrompt(spec) ? Side.MAIN : Side.TOWER;
  }

  /**
   * Looks.
   *
   * @param shown which tile a tower reads, and which text
   * @param patch a cell whose row is kept in any case; -1 for none
   */
  Looked look(Side side, Shown shown, int patch) {
    ModelSpec spec = model.spec();
    if (!able(spec)) {
      throw new HeadlightException(
          Kind.MODEL,
          model.name()
              + " reads text alone; open a model with a vision tower, such as a llava, idefics3 or"
              + " vit folder.");
    }
    Generation answer = inPrompt(spec) ? generate() : NOTHING;
    int text = Math.min(shown.text(), Math.max(0, ask.texts().size() - 1));
    RunRequest request = request(text, answer.tokens()).forViewing();
    try (Run run = model.run(request, progress.part(0.4, 0.7)).get(0)) {
      Sight sight = run.sight().orElseThrow();
      if (side == Side.TOWER && !sight.tower().isEmpty()) {
        List<Looked.Agreement> agreements = new Agreements(model, ask).of(run, text);
        return tower(sight, piece(shown, text), patch, answer.logprobs(), agreements);
      }
      return main(run, sight, text, patch, answer);
    }
  }

  /** The tile that is meant, or the first there is. */
  private Shown piece(Shown shown, int text) {
    int picture = Math.min(shown.picture(), ask.pictures().size() - 1);
    int tiles = ask.layout(picture).tiles().size();
    int tile = shown.tile() >= 0 && shown.tile() < tiles ? shown.tile() : 0;
    return new Shown(picture, tile, text);
  }

  /** Prompt and answer with the pictures. */
  RunRequest request(int text, int[] answer) {
    ModelSpec spec = model.spec();
    RunRequest request;
    if (spec.patches().isPresent()) {
      request = RunRequest.ofPicture(spec, ask.prepared().pixels());
    } else {
      request =
          RunRequest.of(joined(ask.text(text), answer))
              .withPictures(List.of(ask.prepared().pixels()));
    }
    return request.withInterventions(ask.changes());
  }

  private static int[] joined(int[] first, int[] second) {
    int[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private Generation generate() {
    if (ask.maxNew() <= 1) {
      return NOTHING;
    }
    Set<Integer> stops =
        model.tokenizer().map(TextTokenizer::eosIds).map(Set::copyOf).orElse(Set.of());
    GenerateRequest request =
        GenerateRequest.greedy(ask.tokens(), ask.maxNew())
            .withStops(stops)
            .withInterventions(ask.changes())
            .withPictures(ask.prepared().pixels());
    return model.generate(request, (id, logprob) -> {}, progress.part(0, 0.4));
  }

  private Looked main(Run run, Sight sight, int text, int patch, Generation written) {
    ModelSpec spec = model.spec();
    if (spec.patches().isPresent()) {
      ImageSpan span = Spans.places(spec, sight.patches().get(0), run.tokens().length, Shown.FIRST);
      return places(
          run,
          new Whose(Side.MAIN, Shown.FIRST, new float[0]),
          span,
          patch,
          classes(run),
          List.of());
    }
    if (!inPrompt(spec)) {
      return words(run, text);
    }
    // A single word needs no pass of its own: the prompt's says it.
    Generation answer = ask.maxNew() == 1 ? word(run) : written;
    ImageSpan span = Spans.words(sight, ask.prepared().layouts(), run.tokens().length);
    int[] tokens = joined(ask.tokens(), answer.tokens());
    int[] group = Spans.wordGroups(span, ask.tokens().length);
    HeadRows rows = rows(run, Spans.queries(span.length(), span, spec), span, group, WORDS);
    return new Looked(
        ask,
        Side.MAIN,
        Shown.FIRST,
        tokens,
        new Labels(model).of(tokens, span),
        ask.tokens().length,
        answer.logprobs(),
        span.lengthened(tokens.length),
        false,
        spec.layers(),
        spec.heads(),
        rows,
        WORDS,
        List.of(),
        List.of(),
        run.milliseconds());
  }

  private static Generation word(Run run) {
    Distribution next = new Distribution(run.logits(-1));
    int top = next.top(1).get(0);
    return new Generation(new int[] {top}, new float[] {(float) next.logProbability(top)}, false);
  }

  /** The tower of text that stands beside one of pictures: its cells are the tokens. */
  private Looked words(Run run, int text) {
    int[] tokens = run.tokens();
    ImageSpan span = Spans.text(tokens.length);
    int[] queries = IntStream.range(0, tokens.length).toArray();
    int[] group = Spans.textGroups(tokens.length);
    return new Looked(
        ask,
        Side.MAIN,
        Shown.FIRST.withText(text),
        tokens,
        new Labels(model).of(tokens),
        tokens.length,
        new float[0],
        span,
        true,
        run.spec().layers(),
        run.spec().heads(),
        rows(run, queries, span, group, Spans.TEXT),
        Spans.TEXT,
        List.of(),
        new Agreements(model, ask).of(run, text),
        run.milliseconds());
  }

  private Looked tower(
      Sight sight, Shown at, int patch, float[] logprobs, List<Looked.Agreement> agreements) {
    int piece = ask.piece(at.picture(), at.tile());
    Run seen = sight.tower().get(piece);
    ImageSpan span =
        Spans.places(seen.spec(), sight.patches().get(piece), seen.tokens().length, at);
    return places(seen, new Whose(Side.TOWER, at, logprobs), span, patch, List.of(), agreements);
  }

  /** Whose attention a look at patches is. */
  private record Whose(Side side, Shown at, float[] logprobs) {}

  private Looked places(
      Run run,
      Whose whose,
      ImageSpan span,
      int patch,
      List<Looked.Verdict> verdicts,
      List<Looked.Agreement> agreements) {
    ModelSpec spec = run.spec();
    PatchGrid grid = span.parts().get(0).grid();
    int[] tokens = run.tokens();
    List<String> groups = Spans.placeNames(spec.patches().orElseThrow(), grid);
    int[] queries = Spans.few(spec, tokens.length, span, patch);
    int[] group = Spans.placeGroups(span, groups.size());
    return new Looked(
        ask,
        whose.side(),
        whose.at(),
        tokens,
        Labels.of(spec, grid, tokens),
        tokens.length,
        whose.logprobs(),
        span,
        true,
        spec.layers(),
        spec.heads(),
        rows(run, queries, span, group, groups),
        groups,
        verdicts,
        agreements,
        run.milliseconds());
  }

  private HeadRows rows(Run run, int[] queries, ImageSpan span, int[] group, List<String> groups) {
    return HeadRows.read(
        Maps.of(run),
        run.spec().layers(),
        run.spec().heads(),
        queries,
        Spans.cells(span),
        group,
        groups.size(),
        progress.part(0.7, 1));
  }

  private List<Looked.Verdict> classes(Run run) {
    if (!run.spec().hasLogits()) {
      return List.of();
    }
    Distribution said = new Distribution(run.logits(-1));
    var names = model.checkpoint().config().object("id2label");
    return said.top(VERDICTS).stream()
        .map(
            id ->
                new Looked.Verdict(
                    names.map(n -> n.string("" + id, "class " + id)).orElse("class " + id),
                    said.probability(id)))
        .toList();
  }

  /**
   * The same prompt over grey pictures: what words do whatever is shown.
   *
   * @param tokens of the prompt, with what was written
   * @param processor of the model
   */
  static VisualAsk blank(VisualAsk ask, int[] tokens, ImageProcessor processor) {
    List<Picture> all = new ArrayList<>();
    for (PictureLayout layout : ask.prepared().layouts()) {
      all.add(Picture.blank(layout.width(), layout.height(), 128, 128, 128));
    }
    return ask.with(tokens, all, processor.prepare(all));
  }
}
