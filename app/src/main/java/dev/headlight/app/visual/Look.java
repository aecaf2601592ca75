package dev.headlight.app.visual;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.ImageProcessor;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.PictureLayout;
import dev.headlight.analysis.image.PictureTile;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.GenerateRequest;
import dev.headlight.analysis.model.Generation;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PatchSpec;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** One look of a model at a picture: the answer, then one pass over prompt and answer. */
final class Look {
  /** Most weights that are kept: 256 MB. Beyond, a tower keeps few queries. */
  private static final long MOST = 64L << 20;

  static final List<String> WORDS = List.of("Picture", "Question", "First token", "Answer");
  static final List<String> PLACES = List.of("Patches", "Class and registers");

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
   * @param tile that is shown of a tower
   * @param patch a cell whose row is kept in any case; -1 for none
   */
  Looked look(Side side, int tile, int patch) {
    ModelSpec spec = model.spec();
    if (!able(spec)) {
      throw new HeadlightException(
          Kind.MODEL,
          model.name()
              + " reads text alone; open a model with a vision tower, such as a llava, idefics3 or"
              + " vit folder.");
    }
    Generation answer = inPrompt(spec) ? generate() : NOTHING;
    RunRequest request = request(answer.tokens()).forViewing();
    try (Run run = model.run(request, progress.part(0.4, 0.7)).get(0)) {
      Sight sight = run.sight().orElseThrow();
      boolean tower = side == Side.TOWER && !sight.tower().isEmpty();
      return tower
          ? tower(run, sight, Math.max(0, tile), patch, answer)
          : main(run, sight, patch, answer);
    }
  }

  /** Prompt and answer with the picture. */
  RunRequest request(int[] answer) {
    ModelSpec spec = model.spec();
    RunRequest request;
    if (spec.patches().isPresent()) {
      request = RunRequest.ofPicture(spec, ask.prepared().pixels());
    } else {
      int[] all = Arrays.copyOf(ask.tokens(), ask.tokens().length + answer.length);
      System.arraycopy(answer, 0, all, ask.tokens().length, answer.length);
      request = RunRequest.of(all).withPictures(List.of(ask.prepared().pixels()));
    }
    return request.withInterventions(ask.changes());
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

  private Looked main(Run run, Sight sight, int patch, Generation written) {
    ModelSpec spec = model.spec();
    if (spec.patches().isPresent()) {
      return places(run, sight.patches().get(0), patch);
    }
    // A single word needs no pass of its own: the prompt's says it.
    Generation answer = ask.maxNew() == 1 ? word(run) : written;
    ImageSpan span = words(sight, run.tokens());
    int[] tokens = Arrays.copyOf(ask.tokens(), ask.tokens().length + answer.tokens().length);
    System.arraycopy(answer.tokens(), 0, tokens, ask.tokens().length, answer.tokens().length);
    int[] group = wordGroups(span, ask.tokens().length);
    HeadRows rows = rows(run, queries(span.length(), span, spec), span, group, WORDS);
    return new Looked(
        ask,
        Side.MAIN,
        -1,
        tokens,
        labels(tokens, span),
        ask.tokens().length,
        answer.logprobs(),
        span.lengthened(tokens.length),
        false,
        spec.layers(),
        spec.heads(),
        rows,
        WORDS,
        List.of(),
        run.milliseconds());
  }

  private static Generation word(Run run) {
    Distribution next = new Distribution(run.logits(-1));
    int top = next.top(1).get(0);
    return new Generation(new int[] {top}, new float[] {(float) next.logProbability(top)}, false);
  }

  private Looked places(Run run, PatchGrid grid, int patch) {
    ModelSpec spec = model.spec();
    int[] tokens = run.tokens();
    ImageSpan span = places(spec, grid, tokens.length, 0);
    int[] queries = few(spec, tokens.length, span, patch);
    return new Looked(
        ask,
        Side.MAIN,
        -1,
        tokens,
        labels(spec, grid, tokens),
        tokens.length,
        new float[0],
        span,
        true,
        spec.layers(),
        spec.heads(),
        rows(run, queries, span, placeGroups(span), PLACES),
        PLACES,
        classes(run),
        run.milliseconds());
  }

  private Looked tower(Run run, Sight sight, int tile, int patch, Generation answer) {
    Run seen = sight.tower().get(Math.min(tile, sight.tower().size() - 1));
    int at = sight.tower().indexOf(seen);
    ModelSpec spec = seen.spec();
    PatchGrid grid = sight.patches().get(at);
    int[] tokens = seen.tokens();
    ImageSpan span = places(spec, grid, tokens.length, at);
    HeadRows rows =
        rows(seen, few(spec, tokens.length, span, patch), span, placeGroups(span), PLACES);
    return new Looked(
        ask,
        Side.TOWER,
        at,
        tokens,
        labels(spec, grid, tokens),
        tokens.length,
        answer.logprobs(),
        span,
        true,
        spec.layers(),
        spec.heads(),
        rows,
        PLACES,
        agreement(run),
        run.milliseconds());
  }

  private HeadRows rows(Run run, int[] queries, ImageSpan span, int[] group, List<String> groups) {
    return HeadRows.read(
        Maps.of(run),
        run.spec().layers(),
        run.spec().heads(),
        queries,
        cells(span),
        group,
        groups.size(),
        progress.part(0.7, 1));
  }

  /** Positions of the cells of all parts. */
  static int[] cells(ImageSpan span) {
    return span.parts().stream().flatMapToInt(p -> Arrays.stream(p.positions())).toArray();
  }

  private ImageSpan words(Sight sight, int[] tokens) {
    List<PictureLayout> layouts = ask.prepared().layouts();
    List<ImageSpan.Part> parts = new ArrayList<>();
    int piece = 0;
    for (int p = 0; p < layouts.size(); p++) {
      for (int t = 0; t < layouts.get(p).tiles().size(); t++, piece++) {
        PatchGrid grid = sight.tokens().get(piece);
        if (p == 0) {
          parts.add(new ImageSpan.Part(p, t, grid, sight.positions().get(piece)));
        }
      }
    }
    int[] image = sight.positions().stream().flatMapToInt(Arrays::stream).sorted().toArray();
    return new ImageSpan(tokens.length, image, parts);
  }

  /** Patches of a tower row by row, whatever their order in it. */
  private ImageSpan places(ModelSpec spec, PatchGrid grid, int length, int tile) {
    PatchSpec patches = spec.patches().orElseThrow();
    int[] positions = new int[grid.size()];
    for (int i = 0; i < positions.length; i++) {
      int cell = grid.index(patches.row(i, grid), patches.column(i, grid));
      positions[cell] = patches.before() + i;
    }
    int[] image = Arrays.stream(positions).sorted().toArray();
    return new ImageSpan(length, image, List.of(new ImageSpan.Part(0, tile, grid, positions)));
  }

  private static int[] queries(int length, ImageSpan span, ModelSpec spec) {
    int[] words = IntStream.range(0, length).filter(i -> !span.isImage(i)).toArray();
    long size = HeadRows.size(spec.layers(), spec.heads(), words.length, span.image().length);
    int kept = size <= MOST ? words.length : (int) Math.max(1, words.length * MOST / size);
    return Arrays.copyOfRange(words, words.length - kept, words.length);
  }

  /** All places of a tower, or those without a patch and the chosen one. */
  private static int[] few(ModelSpec spec, int length, ImageSpan span, int patch) {
    if (HeadRows.size(spec.layers(), spec.heads(), length, span.image().length) <= MOST) {
      return IntStream.range(0, length).toArray();
    }
    IntStream others = IntStream.range(0, length).filter(i -> !span.isImage(i));
    int chosen = patch >= 0 ? span.parts().get(0).positions()[patch] : span.image()[0];
    return IntStream.concat(others, IntStream.of(chosen)).distinct().sorted().toArray();
  }

  private static int[] wordGroups(ImageSpan span, int promptLength) {
    int[] group = new int[span.length()];
    for (int i = 0; i < group.length; i++) {
      group[i] = span.isImage(i) ? 0 : i == 0 ? 2 : i >= promptLength ? 3 : 1;
    }
    return group;
  }

  private static int[] placeGroups(ImageSpan span) {
    return IntStream.range(0, span.length()).map(i -> span.isImage(i) ? 0 : 1).toArray();
  }

  private static List<String> labels(ModelSpec spec, PatchGrid grid, int[] tokens) {
    PatchSpec patches = spec.patches().orElseThrow();
    return Arrays.stream(tokens).mapToObj(t -> patches.label(t, grid)).toList();
  }

  private List<String> labels(int[] tokens, ImageSpan span) {
    Optional<TextTokenizer> tokenizer = model.tokenizer();
    List<String> labels =
        new ArrayList<>(
            tokenizer
                .map(t -> t.labels(tokens))
                .orElseGet(() -> Arrays.stream(tokens).mapToObj(Integer::toString).toList()));
    for (ImageSpan.Part part : span.parts()) {
      for (int i = 0; i < part.positions().length; i++) {
        int columns = part.grid().columns();
        labels.set(part.positions()[i], "r" + i / columns + "c" + i % columns);
      }
    }
    return labels;
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
                    said.probability(id),
                    false))
        .toList();
  }

  private static List<Looked.Verdict> agreement(Run run) {
    return run.contrasted().stream()
        .flatMap(
            c ->
                IntStream.range(0, c.logits().length)
                    .mapToObj(i -> new Looked.Verdict("picture and text", c.logits()[i], true)))
        .toList();
  }

  /**
   * The same prompt over a grey picture: what words do whatever is shown.
   *
   * @param processor of the model
   */
  static VisualAsk blank(VisualAsk ask, ImageProcessor processor) {
    Picture grey = Picture.blank(ask.picture().width(), ask.picture().height(), 128, 128, 128);
    List<Picture> all = new ArrayList<>();
    for (PictureLayout layout : ask.prepared().layouts()) {
      all.add(Picture.blank(layout.width(), layout.height(), 128, 128, 128));
    }
    return new VisualAsk(ask.tokens(), grey, processor.prepare(all), 0, ask.changes());
  }

  /** Whether tiles are parts of a split picture with the whole beside them. */
  static boolean split(PictureLayout layout) {
    return layout.tiles().stream().anyMatch(PictureTile::whole) && layout.tiles().size() > 1;
  }
}
