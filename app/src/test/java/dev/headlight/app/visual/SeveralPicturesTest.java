package dev.headlight.app.visual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.headlight.analysis.image.Region;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.vision.Mask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Prompts with two pictures, and with a picture in tiles. */
class SeveralPicturesTest {
  private static final Path PARITY =
      Path.of("..", "analysis", "src", "test", "resources", "parity");
  private static final Path FIRST = Path.of("src", "test", "resources", "pictures", "rgb.png");
  private static final Path SECOND = Path.of("src", "test", "resources", "pictures", "grey.png");

  private static VisualAsk ask(Model model, List<Path> images, int... ids) {
    return VisualPrompt.read(model, images, Optional.empty(), Optional.of(ids), Bos.DEFAULT)
        .ask()
        .withMaxNew(3);
  }

  private static VisualAsk two(Model llava) {
    return ask(llava, List.of(FIRST, SECOND), 1, 9, 319, 5, 319, 6, 7);
  }

  private static VisualState state(Model model, VisualAsk ask, Side side, Shown shown) {
    VisualState state = new VisualState(() -> {});
    state.choose(VisualChoice.FIRST.with(side).with(shown));
    state.looked(VisualWork.look(ask, side, shown, -1).ask(model, Progress.NONE));
    return state;
  }

  /** The ids of a fixture whose picture is cut into tiles, with the words between them. */
  static int[] tiled() throws IOException {
    JsonElement reference =
        JsonParser.parseString(
            Files.readString(PARITY.resolve("smolvlm").resolve("reference.json")));
    int[][] positions =
        new Gson()
            .fromJson(
                reference.getAsJsonObject().getAsJsonObject("image").get("positions"),
                int[][].class);
    int[] ids = new int[positions[positions.length - 1][15] + 5];
    Arrays.fill(ids, 8);
    for (int[] tile : positions) {
      for (int position : tile) {
        ids[position] = 319;
      }
    }
    return ids;
  }

  @Test
  void eachPictureHasItsOwnCellsOfOneLook() {
    try (Model llava = Model.open(PARITY.resolve("llava"), Progress.NONE)) {
      VisualState state = state(llava, two(llava), Side.MAIN, Shown.FIRST);
      Looked looked = state.looked();
      assertEquals(32, looked.span().image().length);
      assertEquals(List.of(Shown.picture(0), Shown.picture(1)), state.offered());
      assertEquals("p1r0c0", looked.labels().get(19));
      PatchView first = state.view().orElseThrow();
      state.choose(state.choice().with(Shown.picture(1)));
      PatchView second = state.view().orElseThrow();
      assertEquals(looked, second.looked());
      assertEquals(List.of(0), first.parts());
      assertEquals(List.of(1), second.parts());
      assertEquals(16, second.count());
      assertEquals("picture 1", second.place());
      assertEquals(looked.ask().pictures().get(1), second.picture());
      Region corner = looked.region(looked.parts().get(1), 0);
      int cell = second.cellAt(corner.x() + 0.1, corner.y() + 0.1);
      assertEquals(16, cell);
      assertEquals(19, second.token(cell));
      assertEquals(17, second.beside(cell, 1, 0));
      assertEquals(-1, second.beside(cell, -1, 0));
    }
  }

  @Test
  void aMaskBelongsToThePictureItWasPaintedIn() {
    try (Model llava = Model.open(PARITY.resolve("llava"), Progress.NONE)) {
      VisualState state = state(llava, two(llava), Side.MAIN, Shown.picture(1));
      var picture = state.looked().ask().pictures().get(1);
      Mask mask = Mask.box(picture.width(), picture.height(), 2, 3, 20, 14);
      state.mask(mask);
      assertEquals(12, state.single().groundings(mask).size());
      state.choose(state.choice().with(Shown.picture(0)));
      assertEquals(null, state.mask());
      String text = MaskText.of(state.masks());
      assertTrue(text.length() < 150, text);
      Map<Integer, Mask> again = MaskText.parse(text);
      assertArrayEquals(mask.inside(), again.get(1).inside());
      assertEquals(Map.of(), MaskText.parse(""));
    }
  }

  @Test
  void tilesStandAsTheyWereCutAndTheWholeByItself() throws IOException {
    try (Model smolvlm = Model.open(PARITY.resolve("smolvlm"), Progress.NONE)) {
      VisualAsk ask = ask(smolvlm, List.of(FIRST), tiled());
      assertTrue(ask.split(0));
      VisualState state = state(smolvlm, ask, Side.MAIN, Shown.FIRST);
      PatchView tiles = state.view().orElseThrow();
      assertEquals(List.of(0, 1, 2, 3), tiles.parts());
      assertTrue(tiles.cut());
      assertEquals(List.of(Shown.FIRST, Shown.FIRST.withTile(4)), state.offered());
      Region right = tiles.tile(1).source();
      int beyond = tiles.cellAt(right.x() + 0.1, 0.1);
      assertEquals(tiles.first(1), beyond);
      assertEquals(beyond, tiles.beside(3, 1, 0));
      PatchView whole = state.view(Shown.FIRST.withTile(4)).orElseThrow();
      assertEquals(List.of(4), whole.parts());
      assertFalse(whole.cut());
      assertEquals("the whole picture", whole.place());
      int[] painted = painted(tiles);
      int edge = (int) Math.round(right.x() * 4);
      int across = ask.pictures().get(0).width() * 4;
      for (int shift = 0; shift <= 16; shift += 8) {
        int at = (painted[10 * across + edge] >> shift) & 0xff;
        assertTrue(at >= 190, "a light line where the processor cut");
      }
    }
  }

  private static int[] painted(PatchView view) {
    int width = view.picture().width() * 4;
    int height = view.picture().height() * 4;
    return new OverlayPainter(view.picture(), view, VisualChoice.Style.PATCHES, 0.5)
        .paint(width, height);
  }

  @Test
  void aTowerReadsEachTileByItself() throws IOException {
    try (Model smolvlm = Model.open(PARITY.resolve("smolvlm"), Progress.NONE)) {
      VisualAsk ask = ask(smolvlm, List.of(FIRST), tiled());
      VisualState state = state(smolvlm, ask, Side.TOWER, Shown.FIRST.withTile(2));
      assertEquals(5, state.offered().size());
      assertEquals(2, state.looked().parts().get(0).tile());
      assertEquals("tile 2", state.view().orElseThrow().place());
      VisualState other = state(smolvlm, ask, Side.TOWER, Shown.FIRST.withTile(4));
      assertEquals("the whole picture", other.view().orElseThrow().place());
      assertNotEquals(
          state.small(new Head(0, 0)).values()[0], other.small(new Head(0, 0)).values()[0]);
    }
  }

  @Test
  void gridsOfAnyShapeAreShown() {
    try (Model qwen = Model.open(PARITY.resolve("qwen2_vl"), Progress.NONE)) {
      VisualAsk ask = ask(qwen, List.of(FIRST), 1, 318, 319, 5, 6);
      VisualState state = state(qwen, ask, Side.MAIN, Shown.FIRST);
      assertEquals(2, state.looked().parts().get(0).grid().rows());
      assertEquals(3, state.looked().parts().get(0).grid().columns());
      VisualState tower = state(qwen, ask, Side.TOWER, Shown.FIRST);
      assertEquals(4, tower.looked().parts().get(0).grid().rows());
      assertEquals(6, tower.looked().parts().get(0).grid().columns());
    }
  }

  @Test
  void registersStandBesideThePicture() {
    try (Model dino = Model.open(PARITY.resolve("dinov2_registers"), Progress.NONE)) {
      VisualAsk ask =
          VisualPrompt.read(dino, List.of(FIRST), Optional.empty(), Optional.empty(), Bos.DEFAULT)
              .ask();
      VisualState state = state(dino, ask, Side.MAIN, Shown.FIRST);
      Looked looked = state.looked();
      int before = dino.spec().patches().orElseThrow().before();
      assertTrue(before > 1);
      assertEquals(before, looked.words().length);
      assertEquals(before + 1, looked.groups().size());
      assertEquals("reg0", looked.labels().get(1));
      assertEquals("reg0", looked.groups().get(2));
      assertEquals(looked.length() - before, looked.parts().get(0).grid().size());
      float sum = 0;
      for (float share : looked.rows().shares(new Head(1, 0), 1)) {
        sum += share;
      }
      assertEquals(1, sum, 1e-5);
      state.choose(state.choice().withWord(1));
      assertEquals(1, state.maps().query());
    }
  }

  @Test
  void whatWasFoundComesBackWithTheSameLook() {
    try (Model llava = Model.open(PARITY.resolve("llava"), Progress.NONE)) {
      VisualAsk ask = ask(llava, List.of(FIRST), 1, 9, 319, 5, 6, 7);
      VisualState state = state(llava, ask, Side.MAIN, Shown.FIRST);
      assertEquals(Optional.empty(), state.document());
      Looked looked = state.looked();
      state.sunk(VisualWork.sinks(looked).ask(llava, Progress.NONE));
      state.shares(VisualWork.shares(looked).ask(llava, Progress.NONE));
      state.divergence(
          looked.reads(state.word()),
          VisualWork.divergence(looked, state.word()).ask(llava, Progress.NONE));
      state.effect(
          state.effectKey(),
          ChangeWork.effect(looked, state.word(), state.changed(), VisualChange.FIRST)
              .ask(llava, Progress.NONE));
      state.curve(
          state.curveKey(),
          ChangeWork.byLayer(
                  looked, state.word(), VisualChange.FIRST, state.choice().spread(), now -> {})
              .ask(llava, Progress.NONE));
      state.choose(state.choice().with(MapMode.RELEVANCY));
      float[] relevant = VisualWork.relevancy(looked, state.word()).ask(llava, Progress.NONE);
      state.followed(state.followedKey(), relevant);
      JsonElement document = JsonParser.parseString(state.document().orElseThrow().toString());

      VisualState other = new VisualState(() -> {});
      other.choose(state.choice());
      other.restore(document);
      assertEquals(Optional.empty(), other.sunk());
      other.looked(VisualWork.look(ask, Side.MAIN, Shown.FIRST, -1).ask(llava, Progress.NONE));
      assertArrayEquals(relevant, other.followed().orElseThrow());
      assertArrayEquals(
          state.shares().orElseThrow().textToImage().data(),
          other.shares().orElseThrow().textToImage().data());
      assertArrayEquals(
          state.sunk().orElseThrow().sinks().phi().data(),
          other.sunk().orElseThrow().sinks().phi().data());
      assertEquals(state.effect().orElseThrow().after(), other.effect().orElseThrow().after());
      assertEquals(
          state.effect().orElseThrow().written().text(),
          other.effect().orElseThrow().written().text());
      assertEquals(state.curve().orElseThrow(), other.curve().orElseThrow());
      assertTrue(other.divergence().isPresent());

      VisualState elsewhere = new VisualState(() -> {});
      elsewhere.restore(document);
      VisualAsk changed = ask(llava, List.of(SECOND), 1, 9, 319, 5, 6, 7);
      elsewhere.looked(
          VisualWork.look(changed, Side.MAIN, Shown.FIRST, -1).ask(llava, Progress.NONE));
      assertEquals(Optional.empty(), elsewhere.sunk());
    }
  }
}
