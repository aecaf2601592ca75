package dev.headlight.analysis.model;

import dev.headlight.analysis.attention.PromptMask;
import dev.headlight.analysis.attention.ScoreRule;
import dev.headlight.analysis.image.PatchGrid;
import java.util.Arrays;
import java.util.List;

/**
 * What a prompt says about its pass beyond the layers' rules: what its tokens see, and where they
 * stand.
 *
 * @param mask what is shown and hidden
 * @param windows the same in layers whose patches see their window alone
 * @param places place of each token along each axis of the rotary positions, {@code [axes][T]};
 *     null where tokens stand one behind the other
 */
public record PromptFrame(PromptMask mask, PromptMask windows, int[][] places) {
  /** A prompt like any other. */
  public static final PromptFrame NONE = new PromptFrame(PromptMask.NONE, null);

  private static final int AXES = 3;

  private PromptFrame(PromptMask mask, int[][] places) {
    this(mask, mask, places);
  }

  /** What the prompts of a pass have in common; pictures stand at the same places in all. */
  public static PromptFrame of(ModelSpec spec, PassInput input) {
    if (spec.patches().isPresent()) {
      return ofTower(spec, input);
    }
    boolean begins = input.cache() == null || input.cache().length() == 0;
    VisionSpec vision = spec.vision().orElse(null);
    if (!begins || (vision == null && input.hidden().length == 0)) {
      return NONE;
    }
    boolean pictures = input.pictures() != null && !input.pictures().positions().isEmpty();
    VisionSpec.Sees sees = vision == null ? VisionSpec.Sees.AS_TEXT : vision.sees();
    int open = sees == VisionSpec.Sees.WHOLE_PROMPT ? input.length() : 0;
    int[] spans = pictures && sees == VisionSpec.Sees.OWN_PICTURE ? spans(input) : new int[0];
    PromptMask mask = new PromptMask(open, spans, input.hidden());
    boolean axes = spec.layer(0).rotary().filter(r -> !r.axes().isEmpty()).isPresent();
    return new PromptFrame(
        mask.none() ? PromptMask.NONE : mask, axes && pictures ? places(input) : null);
  }

  private static PromptFrame ofTower(ModelSpec spec, PassInput input) {
    PatchSpec patches = spec.patches().orElseThrow();
    boolean[] real = input.pictures().mask();
    boolean[] hidden = new boolean[real.length == 0 ? 0 : input.length()];
    for (int i = 0; i < real.length; i++) {
      hidden[patches.before() + i] = !real[i];
    }
    PromptMask mask = real.length == 0 ? PromptMask.NONE : new PromptMask(0, new int[0], hidden);
    if (spec.layer(0).rotary().isEmpty()) {
      return new PromptFrame(mask, null);
    }
    PatchGrid grid = input.pictures().grid(patches);
    int[][] places = new int[2][input.length()];
    for (int i = 0; i < grid.size(); i++) {
      places[0][patches.before() + i] = patches.row(i, grid);
      places[1][patches.before() + i] = patches.column(i, grid);
    }
    return new PromptFrame(mask, windows(patches, grid, mask), places);
  }

  private static PromptMask windows(PatchSpec patches, PatchGrid grid, PromptMask mask) {
    if (patches.windows().side() == 0) {
      return mask;
    }
    int[] windows = new int[grid.size()];
    Arrays.setAll(windows, place -> patches.window(place, grid));
    return PromptMask.ofWindows(windows);
  }

  private static int[] spans(PassInput input) {
    int[] spans = new int[input.length()];
    int[] positions = input.pictures().positions().get(0);
    int at = 0;
    List<PatchGrid> grids = input.pictures().grids();
    for (int picture = 0; picture < grids.size(); picture++) {
      for (int i = 0; i < grids.get(picture).size(); i++) {
        spans[positions[at++]] = picture + 1;
      }
    }
    return spans;
  }

  /**
   * Places along time, rows and columns (Qwen2-VL): text goes on along all three, a picture spreads
   * its rows and columns from where it stands, and what follows goes on behind the furthest.
   */
  private static int[][] places(PassInput input) {
    int[][] places = new int[AXES][input.length()];
    int[] positions = input.pictures().positions().get(0);
    List<PatchGrid> grids = input.pictures().grids();
    int next = 0;
    int picture = 0;
    for (int token = 0; token < input.length(); token++) {
      if (Arrays.binarySearch(positions, token) < 0) {
        for (int[] axis : places) {
          axis[token] = next;
        }
        next++;
        continue;
      }
      PatchGrid grid = grids.get(picture++);
      for (int i = 0; i < grid.size(); i++) {
        places[0][token + i] = next;
        places[1][token + i] = next + i / grid.columns();
        places[2][token + i] = next + i % grid.columns();
      }
      token += grid.size() - 1;
      next += Math.max(grid.rows(), grid.columns());
    }
    return places;
  }

  /** The rule of a layer in this prompt. */
  public ScoreRule rule(ModelSpec spec, int layer) {
    boolean apart = spec.patches().filter(p -> p.windows().in(layer)).isPresent();
    return spec.scoreRule(layer).in(apart ? windows : mask);
  }

  /** How much further than its number the token after the prompt stands. */
  int shift() {
    if (places == null) {
      return 0;
    }
    int last =
        Arrays.stream(places)
            .mapToInt(axis -> Arrays.stream(axis).max().orElse(-1))
            .max()
            .orElse(-1);
    return last + 1 - places[0].length;
  }
}
