package dev.headlight.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.CircuitPasses;
import dev.headlight.analysis.circuit.EdgeAttribution;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.circuit.PathPatching;
import dev.headlight.analysis.circuit.PathRequest;
import dev.headlight.analysis.circuit.Receiver;
import dev.headlight.analysis.circuit.Ungrouped;
import dev.headlight.analysis.image.ImageProcessor;
import dev.headlight.analysis.image.PreparedPictures;
import dev.headlight.analysis.image.PromptExpansion;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.PairReader;
import dev.headlight.analysis.pairs.PromptPair;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.ActivationPatching;
import dev.headlight.analysis.patching.AttributionPatching;
import dev.headlight.analysis.patching.Contrast;
import dev.headlight.analysis.patching.Direction;
import dev.headlight.analysis.patching.PatchCell;
import dev.headlight.analysis.patching.PatchGrid;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.patching.Places;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.samples.shapes.Colour;
import dev.headlight.samples.shapes.Shape;
import dev.headlight.samples.shapes.ShapeQuestion.Kind;
import dev.headlight.samples.shapes.ShapeScene;
import dev.headlight.samples.shapes.ShapesWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One question about two pictures: a red circle, and a blue one in its place. */
class ShapesPatchingTest {
  private static final int IMAGE = ShapesWorld.PATCHES;

  private static Model model;
  private static TokenPair pair;

  @BeforeAll
  static void swap() {
    model = Model.open(Samples.folder("shapes-vlm"), Progress.NONE);
    PreparedPictures red = prepared(circle(Colour.RED));
    PreparedPictures blue = prepared(circle(Colour.BLUE));
    String asked = "<image> What colour is the circle?";
    PairReader reader =
        new PairReader(model.tokenizer().orElseThrow())
            .seeing(
                PromptExpansion.open(model.checkpoint().config(), model.tokenizer()), red, blue);
    pair = reader.read(new PromptPair(asked, asked, " red", " blue", List.of())).ids();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  /** A picture of nothing else. */
  private static ShapeScene circle(Colour colour) {
    for (long seed = 0; ; seed++) {
      ShapeScene scene = ShapesWorld.draw(new Random(seed), Kind.COLOUR);
      boolean alone = scene.objects().size() == 1;
      if (alone
          && scene.objects().get(0).shape() == Shape.CIRCLE
          && scene.objects().get(0).colour() == colour) {
        return scene;
      }
    }
  }

  private static PreparedPictures prepared(ShapeScene scene) {
    return ImageProcessor.open(model.checkpoint().folder()).prepare(List.of(scene.picture()));
  }

  private static PatchMap exact(Site site, PatchGrid grid, Places places) {
    PatchRequest request = new PatchRequest(pair, site, grid, places, Direction.DENOISING);
    return ActivationPatching.run(model, request, SweepListener.NONE, Progress.NONE);
  }

  /** What is asked is the same, so only image tokens carry the answer into the language model. */
  @Test
  void theAnswerEntersAtTheImageTokens() {
    PatchMap map = exact(Site.RESID_PRE, PatchGrid.LAYER_POSITION, Places.ALL);
    assertTrue(map.contrast().clean() > 5 && map.contrast().corrupt() < -5, map.toString());
    double seen = 0;
    for (int c = 0; c < map.cells().size(); c++) {
      int position = map.cells().get(c).position();
      boolean image = position >= 1 && position <= IMAGE;
      if (map.cells().get(c).layer() == 0 && image) {
        seen += map.normalised(c);
      } else if (map.cells().get(c).layer() == 0) {
        assertEquals(0, map.normalised(c), 1e-4, "position " + position);
      }
    }
    assertTrue(seen > 0.5, "the patches of the circle bring back " + seen);
  }

  @Test
  void headsMoveItToTheLastPosition() {
    PatchMap stream = exact(Site.RESID_PRE, PatchGrid.LAYER_POSITION, Places.LAST);
    assertEquals(0, stream.normalised(0), 0.01, "nothing of the picture stands there at first");
    assertTrue(stream.normalised(3) > 0.9, "layer 3 reads " + stream.normalised(3));

    PatchMap heads = exact(Site.Z, PatchGrid.HEAD, Places.LAST);
    double layers = 0;
    for (int c = 0; c < heads.cells().size(); c++) {
      int layer = heads.cells().get(c).layer();
      layers += layer == 1 || layer == 2 ? heads.normalised(c) : 0;
    }
    assertTrue(layers > 0.5, "heads of layers 1 and 2 bring back " + layers);
  }

  @Test
  void firstOrderFindsTheSameHeads() {
    PatchMap exact = exact(Site.Z, PatchGrid.HEAD, Places.ALL);
    PatchMap first = AttributionPatching.run(model, exact.request(), Progress.NONE);
    assertEquals(exact.contrast().clean(), first.contrast().clean(), 1e-3);
    assertEquals(exact.contrast().corrupt(), first.contrast().corrupt(), 1e-3);
    List<PatchCell> strongest = cells(exact, 6);
    strongest.retainAll(cells(first, 6));
    assertTrue(strongest.size() >= 4, strongest.toString());
  }

  private static List<PatchCell> cells(PatchMap map, int count) {
    return new ArrayList<>(map.strongest(count).stream().map(map.cells()::get).toList());
  }

  /** With all edges clean it is the pass over the red circle, with none that over the blue one. */
  @Test
  void circuitsSeeBothPictures() {
    List<TokenPair> pairs = List.of(pair);
    try (Ungrouped ungrouped = Ungrouped.of(model);
        CircuitPasses passes = new CircuitPasses(ungrouped.model(), pairs, Progress.NONE)) {
      EdgeScores scores =
          EdgeAttribution.run(ungrouped.model(), pairs, EdgeScores.Method.EAP, 1, Progress.NONE);
      CircuitGraph all = CircuitGraph.above(scores, 0);
      CircuitGraph none = CircuitGraph.above(scores, Double.MAX_VALUE);
      double[] left = passes.logitDiffs(List.of(all, none, all), Progress.NONE);
      assertEquals(passes.contrast().clean(), left[0], 1e-2);
      assertEquals(passes.contrast().corrupt(), left[1], 1e-2);
      assertEquals(left[0], left[2], 1e-4);
    }
  }

  @Test
  void pathsSeeBothPictures() {
    PathRequest request =
        new PathRequest(
            pair,
            List.of(Node.EMBED),
            Receiver.parseList("L0H*,L1H*,L2H*,L3H*,MLP0,MLP1,MLP2,MLP3,logits", model.spec()),
            Places.ALL,
            Direction.DENOISING,
            true);
    try (Ungrouped ungrouped = Ungrouped.of(model)) {
      PathPatching.Result found =
          PathPatching.run(ungrouped.model(), request, SweepListener.NONE, Progress.NONE);
      assertEquals(1, found.normalised(0), 1e-3, "all that differs is what is seen");
    }
  }

  @Test
  void onePictureForBothLeavesNothingToPatch() {
    TokenPair same = pair.seeing(pair.pictures().get(0), pair.pictures().get(0));
    Contrast contrast = Contrast.measure(model, same, Progress.NONE);
    assertEquals(contrast.clean(), contrast.corrupt(), 1e-6);
    assertFalse(contrast.distinct());
  }

  @Test
  void picturesOfOtherSizesAreRefused() {
    PreparedPictures one = prepared(circle(Colour.RED));
    PreparedPictures two =
        new PreparedPictures(one.pixels(), List.of(one.layouts().get(0), one.layouts().get(0)));
    PairReader reader = new PairReader(model.tokenizer().orElseThrow());
    PromptExpansion expansion =
        PromptExpansion.open(model.checkpoint().config(), model.tokenizer());
    HeadlightException e =
        assertThrows(HeadlightException.class, () -> reader.seeing(expansion, one, two));
    assertTrue(
        e.getMessage().contains("[81] image tokens and the corrupt one [81, 81]"), e.getMessage());
  }
}
