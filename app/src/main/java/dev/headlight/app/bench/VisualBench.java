package dev.headlight.app.bench;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.cost.FlopCount;
import dev.headlight.analysis.cost.PassPart;
import dev.headlight.analysis.image.ImageProcessor;
import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.PreparedPictures;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.sweep.RelevantAttention;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.OverlayPainter;
import dev.headlight.app.visual.Shown;
import dev.headlight.app.visual.Side;
import dev.headlight.app.visual.VisualAsk;
import dev.headlight.app.visual.VisualChoice;
import dev.headlight.app.visual.VisualState;
import dev.headlight.app.visual.VisualWork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Times what the visual pane does: from a picture to its overlay, the repaint after a choice, and
 * what processors make of a photograph of twelve megapixels. The model is a random one with 576
 * image tokens.
 */
public final class VisualBench {
  private static final int TEXT = 64;
  private static final int BEFORE = 8;
  private static final int WIDTH = 1386;
  private static final int HEIGHT = 1040;
  private static final int REPEATS = 3;
  private static final int CHOICES = 40;
  private static final int WARM_UP = 5;
  private static final int PHOTOS = 5;
  private static final double OVERLAY_LIMIT = 5000;
  private static final double REPAINT_LIMIT = 50;
  private static final double PHOTO_LIMIT = 500;

  private final Bed bed;
  private final Picture picture = photo(1024, 768);
  private final List<BenchRow> rows = new ArrayList<>();

  private VisualBench(Bed bed) {
    this.bed = bed;
  }

  /** All rows, on a model of {@code RandomModels.seeing}. */
  public static List<BenchRow> run(Bed bed) {
    VisualBench bench = new VisualBench(bed);
    VisualAsk ask = bench.ask();
    bench.overlay(ask);
    Looked looked = bench.look(ask.withMaxNew(1));
    for (VisualChoice.Style style : VisualChoice.Style.values()) {
      bench.repaint(looked, style);
    }
    bench.relevancy(looked);
    bench.photographs();
    return bench.rows;
  }

  private VisualAsk ask() {
    VisionSpec sight = bed.spec().vision().orElseThrow();
    int image = sight.tower().patches().orElseThrow().trained().size();
    int[] tokens = bed.ids(image + TEXT);
    Arrays.fill(tokens, BEFORE, BEFORE + image, sight.imageToken());
    return new VisualAsk(tokens, List.of(picture), prepared());
  }

  private PreparedPictures prepared() {
    ModelSpec tower = bed.spec().vision().orElseThrow().tower();
    int patch = tower.patches().orElseThrow().size();
    int side = patch * tower.patches().orElseThrow().trained().columns();
    return processor("siglip_vision_model", patch, side, "").prepare(picture);
  }

  /** The processor of a family as it is without a file of its own. */
  private static ImageProcessor processor(String type, int patch, int side, String more) {
    String sizes = "\"patch_size\": %d, \"image_size\": %d".formatted(patch, side);
    String json =
        "{\"model_type\": \"%s\", %s, \"vision_config\": {%s}%s}"
            .formatted(type, sizes, sizes, more);
    Path nowhere = Path.of("bench-without-files");
    return ImageProcessor.open(Config.parse(nowhere.resolve("config.json"), json), nowhere);
  }

  private Looked look(VisualAsk ask) {
    return VisualWork.look(ask, Side.MAIN, Shown.FIRST, -1).ask(bed.model(), bed.progress());
  }

  private void overlay(VisualAsk ask) {
    FlopCount count = count(ask.tokens().length);
    String what = "picture to overlay: prepared, seen, read, painted";
    BenchRow row =
        bed.time(
            what,
            ask.tokens().length,
            count,
            1,
            REPEATS,
            () -> {
              VisualAsk again = new VisualAsk(ask.tokens(), List.of(picture), prepared());
              paint(state(look(again.withMaxNew(1))), VisualChoice.Style.PATCHES);
            });
    rows.add(row.with(Fact.Kind.LIMIT, OVERLAY_LIMIT));
    String answer = "the same with an answer of " + VisualAsk.ANSWER + " words";
    rows.add(bed.time(answer, ask.tokens().length, count.plus(count), 0, 1, () -> look(ask)));
  }

  private FlopCount count(int length) {
    ModelSpec spec = bed.spec();
    ModelSpec tower = spec.vision().orElseThrow().tower();
    double image = tower.patches().orElseThrow().trained().size();
    double numbers = tower.patches().orElseThrow().numbers();
    double embedded = numbers * tower.width();
    double projected = ((double) tower.width() + spec.width()) * spec.width();
    double between = 2 * image * (embedded + projected);
    return FlopCount.needed(spec, PassPart.whole(length, 1).reading(1))
        .plus(FlopCount.needed(tower, PassPart.whole((int) image, 1)))
        .plus(new FlopCount(0, 0, 0, 0, 0, between, 0));
  }

  private static VisualState state(Looked looked) {
    VisualState state = new VisualState(() -> {});
    state.looked(looked);
    return state;
  }

  private int[] paint(VisualState state, VisualChoice.Style style) {
    return new OverlayPainter(
            picture, state.view().orElseThrow(), style, VisualChoice.FIRST.alpha())
        .paint(WIDTH, HEIGHT);
  }

  /** Another word, another head in another layer, and the picture anew. */
  private void repaint(Looked looked, VisualChoice.Style style) {
    VisualState state = state(looked);
    int[] words = looked.words();
    String name = style.title().toLowerCase(Locale.ROOT);
    String what = "another word, head and layer: %d × %d, %s".formatted(WIDTH, HEIGHT, name);
    rows.add(
        timed(
            what,
            CHOICES,
            REPAINT_LIMIT,
            () -> {
              int word = words[BEFORE + bed.random(words.length - BEFORE)];
              state.choose(state.choice().withWord(word));
              state.select(new Head(bed.random(looked.layers()), bed.random(looked.heads())));
              paint(state, style);
            }));
  }

  private void relevancy(Looked looked) {
    int length = looked.promptLength();
    FlopCount pass = FlopCount.needed(bed.spec(), PassPart.whole(length, 1));
    // Forward, forward again block by block, and a backward pass: every product is of two values or
    // of a value and a weight, and has two gradients or one; two are counted.
    FlopCount all = pass.plus(pass).plus(pass).plus(pass);
    BenchRow row =
        bed.time(
            "relevancy of the word that is written",
            length,
            all,
            0,
            1,
            () -> VisualWork.relevancy(looked, length).ask(bed.model(), bed.progress()));
    double predicted = RelevantAttention.bytes(bed.spec(), length);
    rows.add(row.with(Fact.Kind.PREDICTED_PEAK, predicted));
  }

  private void photographs() {
    Picture photo = photo(4000, 3000);
    String scale = ", \"scale_factor\": 4";
    photograph(photo, "SigLIP, 384", processor("siglip_vision_model", 16, 384, ""));
    photograph(photo, "CLIP, 336", processor("clip_vision_model", 14, 336, ""));
    photograph(photo, "SmolVLM, tiles of 512", processor("smolvlm", 16, 512, scale));
    photograph(photo, "Qwen2-VL", processor("qwen2_vl", 14, 336, ""));
  }

  private void photograph(Picture photo, String name, ImageProcessor processor) {
    String what = "12 megapixels prepared: " + name;
    rows.add(timed(what, PHOTOS, PHOTO_LIMIT, () -> processor.prepare(photo)));
  }

  private BenchRow timed(String what, int repeats, double limit, Runnable work) {
    double[] times = new double[repeats];
    for (int i = -WARM_UP; i < repeats; i++) {
      bed.progress().check();
      long start = System.nanoTime();
      work.run();
      if (i >= 0) {
        times[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(times);
    return BenchRow.of(what, null, times[repeats / 2], times[0])
        .with(Fact.Kind.WORST, times[repeats - 1])
        .with(Fact.Kind.LIMIT, limit);
  }

  /** Gradients with a texture, so that no two rows are the same. */
  private static Picture photo(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    IntStream.range(0, height)
        .forEach(
            y -> {
              for (int x = 0, at = 3 * y * width; x < width; x++, at += 3) {
                rgb[at] = (byte) (255L * x / width);
                rgb[at + 1] = (byte) (255L * y / height);
                rgb[at + 2] = (byte) (x * 31 ^ y * 17);
              }
            });
    return new Picture(width, height, rgb);
  }
}
