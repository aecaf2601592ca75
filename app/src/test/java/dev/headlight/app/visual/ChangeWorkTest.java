package dev.headlight.app.visual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.text.Bos;
import dev.headlight.app.engine.ModelAsker;
import dev.headlight.app.engine.ModelQuestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of a pass over a picture, on the fixtures: 3 layers of 4 heads, 4 × 4 patches. */
class ChangeWorkTest {
  private static final Path PARITY =
      Path.of("..", "analysis", "src", "test", "resources", "parity");
  private static final Path PICTURE = Path.of("src", "test", "resources", "pictures", "rgb.png");
  private static final int[] PROMPT = {1, 9, 319, 5, 6, 7};
  private static final int WORD = 21;
  private static final List<Head> HEAD = List.of(new Head(1, 2));

  private static Model llava;
  private static VisualAsk ask;
  private static Looked looked;

  @BeforeAll
  static void look() {
    llava = Model.open(PARITY.resolve("llava"), Progress.NONE);
    ask = asked(llava, Optional.of(PROMPT));
    looked = VisualWork.look(ask, Side.MAIN, Shown.FIRST, -1).ask(llava, Progress.NONE);
  }

  @AfterAll
  static void close() {
    llava.close();
  }

  private static VisualAsk asked(Model model, Optional<int[]> tokens) {
    return VisualPrompt.read(model, List.of(PICTURE), Optional.empty(), tokens, Bos.DEFAULT)
        .ask()
        .withMaxNew(4);
  }

  private static Effect effect(String change) {
    return ChangeWork.effect(looked, WORD, HEAD, VisualChange.parse(change))
        .ask(llava, Progress.NONE);
  }

  private static LayerCurve curve(String change, LayerSpread spread) {
    return ChangeWork.byLayer(looked, WORD, VisualChange.parse(change), spread, c -> {})
        .ask(llava, Progress.NONE);
  }

  private static String key(VisualState state, MapMode mode) {
    state.choose(state.choice().with(mode));
    return state.followedKey();
  }

  /** What a session holds is found again, and what another prompt's session holds is not. */
  @Test
  void sessionsAreReplayed() {
    VisualState state = new VisualState(() -> {});
    state.looked(looked);
    state.choose(state.choice().with(VisualChange.parse("scale:factor=3")));
    state.select(HEAD.get(0));
    state.sunk(VisualWork.sinks(looked).ask(llava, Progress.NONE));
    state.shares(VisualWork.shares(looked).ask(llava, Progress.NONE));
    state.divergence(
        looked.reads(state.word()),
        VisualWork.divergence(looked, state.word()).ask(llava, Progress.NONE));
    state.followed(
        key(state, MapMode.ROLLOUT),
        VisualWork.rollout(looked, state.maps().query(), 1).ask(llava, Progress.NONE));
    state.followed(
        key(state, MapMode.RELEVANCY),
        VisualWork.relevancy(looked, state.word()).ask(llava, Progress.NONE));
    state.effect(
        state.effectKey(),
        ChangeWork.effect(looked, state.word(), state.changed(), state.choice().change())
            .ask(llava, Progress.NONE));
    state.curve(state.curveKey(), curve("cut", LayerSpread.ONE));
    JsonElement document = state.document().orElseThrow();
    assertEquals(7, document.getAsJsonObject().getAsJsonObject("found").size());
    ModelAsker asker =
        new ModelAsker() {
          @Override
          public <T> T ask(ModelQuestion<T> question) {
            return question.ask(llava, Progress.NONE);
          }
        };
    assertEquals(Optional.of(document), VisualReplay.run(document, ask, asker));
    VisualAsk other = asked(llava, Optional.of(new int[] {1, 9, 319, 5, 6, 8}));
    assertEquals(Optional.empty(), VisualReplay.run(document, other, asker));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scale:factor=1",
        "scale:factor=1,heads=layers",
        "vhr:factor=1",
        "near:radius=3",
        "window:size=4",
        "top:k=64"
      })
  void neutralSettingsAreTheIdentity(String change) {
    Effect effect = effect(change);
    assertFalse(effect.changes().isEmpty());
    assertTrue(effect.same(), () -> change + ": " + effect);
    assertTrue(effect.nothing());
    assertEquals(effect.before(), effect.after());
    assertEquals(0, effect.kl());
    assertTrue(curve(change, LayerSpread.ONE).nothing());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zero",
        "scale:factor=3",
        "zero:heads=layers,layers=1",
        "vhr",
        "cut",
        "drop:layer=0,keep=0.25",
        "see",
        "near:radius=0",
        "window:size=1",
        "top:k=1"
      })
  void changesChangeTheAnswer(String change) {
    Effect effect = effect(change);
    assertEquals(Math.exp(looked.logprobs()[0]), effect.before(), 1e-5);
    assertNotEquals(effect.before(), effect.after());
    assertTrue(effect.kl() > 0);
    assertFalse(effect.same());
    assertEquals("", effect.note());
    assertEquals(4, effect.baseline().ids().length);
    assertTrue(effect.written().any());
    assertEquals(effect.differs(), marked(effect.written().differs(effect.baseline())));
  }

  private static boolean marked(boolean[] differs) {
    for (boolean each : differs) {
      if (each) {
        return true;
      }
    }
    return false;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zero:heads=layers",
        "scale:factor=3,heads=layers",
        "vhr",
        "cut",
        "see",
        "near:radius=0",
        "window:size=2",
        "top:k=1"
      })
  void aPointIsThePassWithThatLayer(String change) {
    LayerCurve curve = curve(change, LayerSpread.ONE);
    assertEquals(3, curve.rows().get(0).points().size());
    assertTrue(curve.complete());
    for (LayerCurve.Point p : curve.rows().get(0).points()) {
      VisualChange one = VisualChange.parse(change).with(ChangeParameter.LAYERS, "" + p.layer());
      Effect alone = ChangeWork.effect(looked, WORD, HEAD, one).ask(llava, Progress.NONE);
      assertEquals(alone.after(), p.after(), change + " in layer " + p.layer());
      assertEquals(alone.changes(), p.changes());
      assertEquals(alone.kl(), p.kl());
      assertEquals(alone.top(), p.top());
    }
  }

  @Test
  void imageTokensAreDroppedBehindEachLayerForSeveralShares() {
    LayerCurve curve = curve("drop:keep=0.25", LayerSpread.FROM);
    assertEquals(
        List.of("25 %", "75 %", "50 %", "10 %", "5 %"),
        curve.rows().stream().map(LayerCurve.Row::name).toList());
    for (int l = 0; l < 3; l++) {
      Effect alone = effect("drop:keep=0.25,layer=" + l);
      assertEquals(alone.after(), curve.rows().get(0).points().get(l).after());
    }
    assertTrue(curve.rows().get(0).points().get(2).changes().isEmpty());
    assertEquals(curve, curve("drop:keep=0.25", LayerSpread.ONE));
    assertEquals(
        "no image token is dropped, or no layer lies behind", effect("drop:keep=1").note());
  }

  @Test
  void spreadsMeetWhereTheyMeanTheSameLayers() {
    List<LayerCurve.Point> one = points(curve("cut", LayerSpread.ONE));
    List<LayerCurve.Point> from = points(curve("cut", LayerSpread.FROM));
    List<LayerCurve.Point> upTo = points(curve("cut", LayerSpread.UP_TO));
    List<LayerCurve.Point> three = points(curve("cut", LayerSpread.window(3)));
    assertEquals(one.get(2).after(), from.get(2).after());
    assertEquals(one.get(0).after(), upTo.get(0).after());
    assertEquals(from.get(0).after(), upTo.get(2).after());
    assertEquals(from.get(0).after(), three.get(1).after());
    assertEquals(upTo.get(1).after(), three.get(0).after());
    assertEquals(effect("cut").after(), from.get(0).after());
  }

  private static List<LayerCurve.Point> points(LayerCurve curve) {
    return curve.rows().get(0).points();
  }

  @Test
  void whatIsKnownIsToldLayerByLayer() {
    List<LayerCurve> heard = new ArrayList<>();
    LayerCurve all =
        ChangeWork.byLayer(
                looked, WORD, VisualChange.of(ChangeKind.CUT), LayerSpread.ONE, heard::add)
            .ask(llava, Progress.NONE);
    assertEquals(3, heard.size());
    assertEquals(1, points(heard.get(0)).size());
    assertFalse(heard.get(1).complete());
    assertEquals(all, heard.get(2));
    Stopped stopped = new Stopped();
    List<LayerCurve> first = new ArrayList<>();
    assertThrows(
        CancellationException.class,
        () ->
            ChangeWork.byLayer(
                    looked,
                    WORD,
                    VisualChange.of(ChangeKind.CUT),
                    LayerSpread.ONE,
                    c -> {
                      first.add(c);
                      stopped.now = true;
                    })
                .ask(llava, stopped));
    assertEquals(1, first.size());
  }

  private static final class Stopped implements Progress {
    private boolean now;

    @Override
    public void report(double fraction, String message) {}

    @Override
    public boolean cancelled() {
      return now;
    }
  }

  @Test
  void theNumbersComeBeforeTheText() {
    List<Effect> heard = new ArrayList<>();
    Effect all =
        ChangeWork.effect(looked, WORD, HEAD, VisualChange.of(ChangeKind.CUT), heard::add)
            .ask(llava, Progress.NONE);
    assertEquals(1, heard.size());
    assertFalse(heard.get(0).written().any());
    assertEquals(all.after(), heard.get(0).after());
    assertTrue(all.written().any());
  }

  @Test
  void withoutSinksThereIsNothingToMove() {
    Effect var = effect("var");
    assertTrue(var.changes().isEmpty());
    assertEquals("none of these layers has sinks to take from", var.note());
    assertEquals(var.before(), var.after());
    assertFalse(var.nothing(), "nothing was done, so nothing came of nothing");
    assertTrue(curve("var", LayerSpread.ONE).nothing());
  }

  @Test
  void theTowerIsChangedAndTheModelWrites() {
    Looked tower = VisualWork.look(ask, Side.TOWER, Shown.FIRST, -1).ask(llava, Progress.NONE);
    for (String change : List.of("zero", "near:radius=0", "window:size=2", "top:k=2", "cut")) {
      Effect effect =
          ChangeWork.effect(tower, 0, List.of(new Head(0, 1)), VisualChange.parse(change))
              .ask(llava, Progress.NONE);
      assertTrue(
          effect.changes().stream().map(Intervention::text).allMatch(t -> t.contains(":vision.")),
          effect.toString());
      assertNotEquals(effect.before(), effect.after(), change);
      assertTrue(effect.baseline().any());
    }
    assertEquals(
        List.of("zero:vision.L0H1"),
        ChangeWork.effect(tower, 0, List.of(new Head(0, 1)), VisualChange.FIRST)
            .ask(llava, Progress.NONE)
            .changes()
            .stream()
            .map(Intervention::text)
            .toList());
    refused("needs words behind a picture", tower, "see", llava);
    refused("needs words behind a picture", tower, "var", llava);
  }

  @Test
  void layersThatAreNotThereAreNamed() {
    refused("layers 1-7: there are layers 0 to 2", looked, "cut:layers=1-7", llava);
    refused("layer 9: there are layers 0 to 2", looked, "drop:layer=9", llava);
  }

  private static void refused(String message, Looked of, String change, Model model) {
    HeadlightException e =
        assertThrows(
            HeadlightException.class,
            () ->
                ChangeWork.effect(of, of.firstWord(), HEAD, VisualChange.parse(change))
                    .ask(model, Progress.NONE));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void aClassifierIsChangedByMasks() {
    try (Model vit = Model.open(PARITY.resolve("vit"), Progress.NONE)) {
      Looked seen =
          VisualWork.look(asked(vit, Optional.empty()), Side.MAIN, Shown.FIRST, -1)
              .ask(vit, Progress.NONE);
      for (String neutral : List.of("near:radius=30", "window:size=30", "top:k=999")) {
        assertTrue(of(vit, seen, neutral).same(), neutral);
      }
      for (String change : List.of("near:radius=0", "window:size=1", "top:k=1", "cut")) {
        Effect effect = of(vit, seen, change);
        assertEquals(seen.verdicts().get(0).label(), effect.token());
        assertEquals(seen.verdicts().get(0).value(), effect.before(), 1e-6);
        assertNotEquals(effect.before(), effect.after(), change);
        assertFalse(effect.baseline().any());
      }
      refused("needs words behind a picture", seen, "vhr", vit);
    }
  }

  private static Effect of(Model model, Looked seen, String change) {
    return ChangeWork.effect(seen, 0, HEAD, VisualChange.parse(change)).ask(model, Progress.NONE);
  }

  @Test
  void theScoreOfTwoTowersIsChanged() {
    try (Model clip = Model.open(PARITY.resolve("clip"), Progress.NONE)) {
      int[] text = {10, 11, 12, 2};
      Looked seen =
          VisualWork.look(
                  asked(clip, Optional.of(text)),
                  VisualWork.firstSide(clip.spec()),
                  Shown.FIRST,
                  -1)
              .ask(clip, Progress.NONE);
      assertEquals(Side.TOWER, seen.side());
      Effect zero = of(clip, seen, "zero");
      assertTrue(zero.score());
      assertEquals(seen.agreements().get(0).score(), zero.before(), 1e-5);
      assertNotEquals(zero.before(), zero.after());
      assertTrue(of(clip, seen, "scale:factor=1").same());
    }
  }
}
