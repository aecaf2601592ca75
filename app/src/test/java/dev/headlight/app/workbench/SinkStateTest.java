package dev.headlight.app.workbench;

import static dev.headlight.analysis.job.Progress.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sinks.ChangeEffect;
import dev.headlight.analysis.sinks.HeadEffect;
import dev.headlight.analysis.sinks.HeadEffects;
import dev.headlight.analysis.sinks.SequenceSinks;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.ReadPrompt;
import dev.headlight.app.engine.SinkMeasured;
import dev.headlight.app.engine.SinkTexts;
import dev.headlight.app.engine.SinkTuning;
import dev.headlight.app.export.SinkExport;
import dev.headlight.renderer.figure.Plot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pane of sinks says follows from one measurement, without another pass. */
class SinkStateTest {
  private static final String STORY =
      "Once upon a time there was a little girl named Lily. She loved to play in the park with"
          + " her dog. One day the dog ran away and Lily was very sad.";

  @TempDir private Path folder;
  private final ModelHost host = new ModelHost();
  private final SinkState state = new SinkState();
  private ModelFacts facts;
  private Tokens prompt;

  @BeforeEach
  void open() {
    facts = host.open(Fixtures.stories(), NONE);
    prompt = host.tokenize(STORY, Bos.DEFAULT);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private SinkMeasured measure(SinkTexts texts) {
    return SinkMeasured.measure(
        host, facts, ReadPrompt.of(prompt), texts, Bos.DEFAULT, state.measured.get(), NONE);
  }

  private RunRequest request() {
    return RunRequest.of(prompt.ids());
  }

  @Test
  void ratesFollowEpsilonLengthAndKey() {
    assertNull(state.numbers().get());
    state.measured.set(measure(SinkTexts.PROMPT));
    host.close(); // No pass is made from here on.
    SinkNumbers at = state.numbers().get();
    assertEquals(0.3, at.rates().epsilon());
    assertEquals(Math.min(64, prompt.size()), at.rates().length());
    state.epsilon.set(0.01);
    assertTrue(state.numbers().get().rates().model() > at.rates().model());
    state.epsilon.set(0.99);
    assertEquals(0, state.numbers().get().rates().model());
    assertEquals("0.0 %", state.numbers().get().figures().get(0).value());
    state.length.set(12);
    assertEquals(12, state.numbers().get().rates().length());
    assertEquals("first 12 tokens, per text", state.numbers().get().caption());
    state.key.set(1);
    assertTrue(state.numbers().get().words(new Head(1, 2)).startsWith("L1H2: α₁ "));
    state.measured.set(null);
    assertNull(state.numbers().get());
  }

  @Test
  void rowOfRatesHasTheNullModelAndTheNegativeControl() {
    state.measured.set(measure(SinkTexts.PROMPT));
    List<SinkNumbers.Figure> figures = state.numbers().get().figures();
    assertEquals(
        List.of(
            "Sink rate, one text",
            "without BOS",
            "random ids",
            "one id repeated",
            "uniform attention"),
        figures.stream().map(SinkNumbers.Figure::name).toList());
    assertEquals("0.0 %", figures.get(3).value());
    assertEquals("0.0 %", figures.get(4).value());
    assertTrue(figures.get(4).nothing());
    state.epsilon.set(0.02);
    assertEquals("100.0 %", state.numbers().get().figures().get(4).value());
    assertTrue(state.numbers().get().caption().endsWith("ε is below uniform attention"));
  }

  @Test
  void linesOfAFileAreTextsAndShortOnesAreLeftOut() throws IOException {
    Path file = Files.writeString(folder.resolve("texts.txt"), STORY + "\n\nThe end\n" + STORY);
    state.texts.set(SinkTexts.of(file));
    state.measured.set(measure(state.texts.get()));
    SinkNumbers numbers = state.numbers().get();
    assertEquals(2, numbers.rates().sequences().size());
    assertTrue(numbers.caption().contains("1 shorter text left out"), numbers.caption());
    Workbench w = new Workbench();
    w.tokens.set(prompt);
    assertFalse(state.stale(w));
    state.texts.set(SinkTexts.PROMPT);
    assertTrue(state.stale(w));
    Path empty = Files.writeString(folder.resolve("empty.txt"), "\n \n");
    HeadlightException refused =
        assertThrows(HeadlightException.class, () -> measure(SinkTexts.of(empty)));
    assertTrue(refused.getMessage().contains("no line has text"));
  }

  @Test
  void probesOfTheSameModelServeAgain() {
    state.measured.set(measure(SinkTexts.PROMPT));
    SinkMeasured again = measure(SinkTexts.PROMPT);
    assertSame(state.measured.get().random(), again.random());
    host.open(Fixtures.gpt2(), NONE);
    assertThrows(CancellationException.class, () -> measure(SinkTexts.PROMPT));
  }

  @Test
  void laterTokensAreThoseAboveTheta() {
    SinkMeasured measured = measure(SinkTexts.PROMPT);
    LaterTokens all = LaterTokens.of(measured, null, 0.1);
    assertEquals(prompt.size(), all.strongest().size());
    assertEquals(prompt.size() - 7, all.counted());
    SequenceSinks sequence = measured.sequence().orElseThrow();
    for (int k : all.above()) {
      assertTrue(sequence.columnMeans(all.by().get(k))[k] > 0.1f);
    }
    assertEquals(
        measured.ofTexts().later(0.1, 0).stream()
            .map(s -> s.position())
            .distinct()
            .sorted()
            .toList(),
        all.above());
    assertTrue(LaterTokens.of(measured, null, 1).above().isEmpty());
    Head head = new Head(2, 3);
    LaterTokens one = LaterTokens.of(measured, head, 0.1);
    assertEquals(head, one.by().get(4));
    assertEquals(sequence.columnMeans(head)[4], one.strongest().get(4));
    assertTrue(one.sentence(prompt).contains("tokens after the first"));
  }

  @Test
  void insidesHoldTheFirstTokenAgainstTheMedianOfTheOthers() {
    SinkMeasured measured = measure(SinkTexts.PROMPT);
    SequenceSinks sequence = measured.sequence().orElseThrow();
    SinkInsides insides = new SinkInsides(facts.spec(), sequence);
    SinkInsides.Sizes stream = insides.sizes(SinkInsides.Quantity.RESIDUAL);
    assertEquals(facts.spec().layers() + 1, stream.first().length);
    assertEquals(sequence.activations().orElseThrow().norm(2, 0), stream.first()[2]);
    SinkInsides.Sizes values = insides.sizes(SinkInsides.Quantity.VALUES);
    assertEquals(facts.spec().layers(), values.others().length);
    double sum = 0;
    for (int g = 0; g < facts.spec().kvHeads(); g++) {
      sum +=
          sequence
              .angles()
              .orElseThrow()
              .valueNorms()
              .data()[(3 * facts.spec().kvHeads() + g) * prompt.size()];
    }
    assertEquals(sum / facts.spec().kvHeads(), values.first()[3], 1e-6);
    assertTrue(insides.of(new Head(1, 2)).value() > 0);
    assertEquals("12", new SinkInsides.Massive(12, 12, 0, 7, 200).layers());
    assertEquals("12–28", new SinkInsides.Massive(12, 28, 0, 7, 200).layers());
  }

  @Test
  void gammaOneIsTheUnchangedModelAndChangesAreHeldAgainstIt() {
    SinkMeasured measured = measure(SinkTexts.PROMPT);
    SinkTuning.Curve curve = SinkTuning.curve(host, facts, request(), HeadSet.parse("L*H*"), NONE);
    SinkTuning.Effect drop =
        SinkTuning.effect(
            host,
            measured,
            SinkTuning.Change.DROP,
            HeadSet.parse("L*H*"),
            SinkTuning.Settings.STANDARD,
            NONE);
    ChangeEffect found = drop.found();
    assertEquals(found.loss(), curve.baseline(), 1e-4);
    assertTrue(found.changedLoss() != found.loss());
    assertEquals(2, drop.written().size());
    SinkTuning.Effect none =
        SinkTuning.effect(
            host,
            measured,
            SinkTuning.Change.CALIBRATE,
            HeadSet.of(new Head(0, 0)),
            new SinkTuning.Settings(1, 0.4, 2, -1, 2),
            NONE);
    assertNull(none.found());
  }

  @Test
  void changesAreAsLargeAsTheirSettings() {
    state.measured.set(measure(SinkTexts.PROMPT));
    SinkTuning.Curve curve = SinkTuning.curve(host, facts, request(), HeadSet.parse("L*H*"), NONE);
    state.gamma.set(0.5);
    double half = effect(SinkTuning.Change.GAMMA).changedLoss();
    assertEquals(curve.losses()[2], half, 1e-4);
    state.gamma.set(1);
    assertTrue(effect(SinkTuning.Change.GAMMA).nothingChanged());
    state.temperature.set(1);
    assertTrue(effect(SinkTuning.Change.TEMPERATURE).nothingChanged());
    state.temperature.set(4);
    ChangeEffect last = effect(SinkTuning.Change.TEMPERATURE);
    assertEquals(last.loss(), last.changedLoss(), 1e-6); // The last query predicts no token.
    state.selectedQuery.set(true);
    assertTrue(effect(SinkTuning.Change.TEMPERATURE).changedLoss() != last.loss());
    state.theta.set(0.02);
    double less = effect(SinkTuning.Change.CALIBRATE).changedLoss();
    state.beta.set(0.8);
    assertTrue(effect(SinkTuning.Change.CALIBRATE).changedLoss() != less);
  }

  /** What a change of all heads does, the fifth query being selected. */
  private ChangeEffect effect(SinkTuning.Change change) {
    return SinkTuning.effect(
            host, state.measured.get(), change, HeadSet.parse("L*H*"), state.settings(4), NONE)
        .found();
  }

  @Test
  void headsAreSortedByWhatServesThem() {
    HeadEffects effects = SinkTuning.heads(host, facts, request(), NONE);
    assertEquals(facts.spec().layers() * facts.spec().heads(), effects.heads().size());
    for (HeadEffect down : effects.of(HeadEffect.Direction.DOWN)) {
      assertEquals(0, down.best());
      assertTrue(down.deltas()[0] < 0);
    }
  }

  @Test
  void tablesAndCurvesAreWritten() throws IOException {
    state.measured.set(measure(SinkTexts.PROMPT));
    SinkNumbers numbers = state.numbers().get();
    for (SinkExport.Table table : SinkExport.Table.values()) {
      Path file = folder.resolve(table + ".csv");
      SinkExport.table(
          host,
          facts,
          numbers.measured().ofTexts(),
          numbers.rates(),
          numbers.entropy(),
          table,
          file);
      assertTrue(Files.readAllLines(file).size() > 4, table.toString());
    }
    Plot plot =
        new Plot(
            Plot.Axis.linear("layer", 0, 2),
            Plot.Axis.linear("‖x‖", 0, 9),
            List.of(
                new Plot.Series(
                    "", new double[] {0, 1, 2}, new double[] {1, 8, 3}, Plot.Role.MAIN)));
    for (String ending : List.of("pdf", "svg", "png")) {
      Path file = folder.resolve("sizes." + ending);
      SinkExport.curves(host, facts, plot, "‖x‖", List.of(prompt.ids()), file);
      String start = new String(Files.readAllBytes(file), 0, 5, StandardCharsets.ISO_8859_1);
      assertEquals(
          ending.equals("pdf") ? "%PDF-" : ending.equals("svg") ? "<?xml" : "\u0089PNG\r", start);
    }
  }

  @Test
  void scopesNameTheirHeads() {
    Head head = new Head(3, 5);
    assertEquals("L3H5", SinkState.Scope.HEAD.heads(head).toString());
    assertEquals("L3H*", SinkState.Scope.LAYER.heads(head).toString());
    assertEquals("L*H*", SinkState.Scope.ALL.heads(head).toString());
  }
}
