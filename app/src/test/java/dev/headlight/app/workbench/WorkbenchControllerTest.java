package dev.headlight.app.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.parity.ParityReport;
import dev.headlight.analysis.parity.ParityReport.Outcome;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.engine.RowReadout;
import dev.headlight.app.job.Delay;
import dev.headlight.app.job.SameThreadJobRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state and a real model, without a tool-kit: every answer comes at once. */
class WorkbenchControllerTest {
  private final Workbench w = new Workbench();
  private final ModelHost host = new ModelHost(Path.of("no", "references"));
  private final WorkbenchController controller =
      new WorkbenchController(w, host, new SameThreadJobRunner(), Delay.NONE);

  @AfterEach
  void close() {
    host.close();
  }

  private void open(ModelSource source) {
    controller.open(source, () -> {}, () -> {});
  }

  @Test
  void openingShowsEverythingAtOnce() {
    open(Fixtures.stories());
    assertNull(w.notice.get());
    assertEquals("stories260K", w.model.get().name());
    assertEquals(PromptChoice.TEXT, w.prompt.get());
    assertEquals(w.tokens.get().size(), w.run.get().length());
    assertEquals(new Head(0, 0), w.map.get().head());
    assertEquals(w.run.get().length() - 1, w.query.get());
    assertEquals(5, w.next.get().candidates().size());
    assertEquals(w.query.get(), w.row.get().query());
    assertTrue(w.without.get().divergence() > 0);
  }

  @Test
  void typingChangesTokensAndMaps() {
    open(Fixtures.stories());
    long before = w.run.get().id();
    w.prompt.set("Once upon a time");
    assertEquals("Once upon a time", w.tokens.get().text());
    assertNotEquals(before, w.run.get().id());
    assertEquals(w.tokens.get().size(), w.map.get().cells().rows());
  }

  @Test
  void rowAndMapAgree() {
    open(Fixtures.stories());
    w.head.set(new Head(3, 5));
    HeadMap map = w.map.get();
    RowReadout row = w.row.get();
    assertEquals(new Head(3, 5), row.head());
    double sum = 0;
    for (int key = 0; key < row.weights().length; key++) {
      assertEquals(map.weight(row.query(), key), row.weights()[key], 1e-6f);
      sum += row.weights()[key];
    }
    assertEquals(1, sum, 1e-5);
    int top = row.top(1).get(0);
    assertEquals(1, row.rank(top));
    assertEquals(w.run.get().length(), row.visible());
  }

  @Test
  void hoveringReadsAnotherRow() {
    open(Fixtures.stories());
    w.hover.set(new Cell(3, 1));
    RowReadout row = w.readout(w.shownCell());
    assertEquals(3, row.query());
    assertTrue(Float.isNaN(row.weights()[4]), "a later key is masked");
    assertEquals(4, row.visible());
  }

  @Test
  void nextTokensFollowTheSelectedQuery() {
    open(Fixtures.stories());
    w.query.set(2);
    assertEquals(2, w.next.get().position());
    assertEquals(2, w.row.get().query());
  }

  @Test
  void modeOfTheReplacementIsAskedAnew() {
    open(Fixtures.stories());
    double zero = w.without.get().divergence();
    w.withoutMode.set(Intervention.Mode.MEAN);
    assertEquals(Intervention.Mode.MEAN, w.without.get().mode());
    assertNotEquals(zero, w.without.get().divergence());
  }

  @Test
  void brokenFolderLeavesTheFormerModel(@TempDir Path folder) throws IOException {
    open(Fixtures.gpt2());
    ModelFacts former = w.model.get();
    Files.writeString(folder.resolve("config.json"), "{\"model_type\":\"gpt2\"}");
    boolean[] refused = {false};
    controller.open(ModelSource.of(folder), () -> {}, () -> refused[0] = true);
    assertTrue(refused[0]);
    assertTrue(w.notice.get().problem());
    assertTrue(w.notice.get().message().contains(folder.toString()), w.notice.get().message());
    assertSame(former, w.model.get());
    w.prompt.set("the model still answers");
    assertNotNull(w.map.get());
  }

  @Test
  void emptyPromptIsNoError() {
    open(Fixtures.stories());
    w.prompt.set("");
    assertEquals(0, w.tokens.get().size());
    assertNull(w.run.get());
    assertNull(w.map.get());
    assertNull(w.notice.get());
    assertEquals("", w.promptProblem.get());
    w.prompt.set("Once");
    assertNotNull(w.map.get());
  }

  @Test
  void promptBeyondTheModelsPositionsIsSaidAtThePrompt() {
    open(Fixtures.gpt2());
    w.prompt.set("a b c d e f g h ".repeat(40));
    assertTrue(w.promptProblem.get().contains("64"), w.promptProblem.get());
    assertNull(w.run.get());
    assertNull(w.notice.get());
    w.prompt.set("a b c");
    assertEquals("", w.promptProblem.get());
    assertNotNull(w.run.get());
  }

  @Test
  void withoutTokenizerThePromptIsIds() {
    open(Fixtures.idsOnly());
    assertTrue(w.prompt.get().startsWith("0 1 2"), w.prompt.get());
    assertNotNull(w.map.get());
    w.prompt.set("5, 6, 7");
    assertEquals(3, w.run.get().length());
    w.prompt.set("5 six");
    assertTrue(w.promptProblem.get().contains("six"), w.promptProblem.get());
    w.prompt.set("5 1000000");
    assertTrue(w.promptProblem.get().contains("1000000"), w.promptProblem.get());
  }

  @Test
  void aBodyHasMapsAndNothingToSayOfTokens() {
    open(Fixtures.body());
    assertNull(w.notice.get());
    assertNotNull(w.map.get());
    assertEquals(w.run.get().length() - 1, w.row.get().query());
    assertNull(w.next.get());
    assertNull(w.without.get());
    w.withoutMode.set(Intervention.Mode.MEAN);
    w.head.set(new Head(1, 2));
    assertEquals(new Head(1, 2), w.map.get().head());
    assertNull(w.notice.get());
    assertEquals(Outcome.PASSED, w.parity.get().outcome());
  }

  @Test
  void parityIsCheckedOnceAModel(@TempDir Path folder) throws IOException {
    open(Fixtures.gpt2());
    ParityReport first = w.parity.get();
    assertEquals(Outcome.PASSED, first.outcome());
    w.prompt.set("another prompt");
    w.head.set(new Head(1, 1));
    assertSame(first, w.parity.get());
    open(Fixtures.wrongReference(folder));
    assertEquals(Outcome.FAILED, w.parity.get().outcome());
    open(Fixtures.stories());
    assertEquals(Outcome.NONE, w.parity.get().outcome());
  }

  @Test
  void aDamagedReferenceIsNotInTheWay(@TempDir Path folder) throws IOException {
    ModelSource source = Fixtures.wrongReference(folder);
    Files.write(folder.resolve("reference.safetensors"), new byte[100]);
    open(source);
    w.prompt.set("a b c");
    assertNotNull(w.map.get());
    assertNull(w.notice.get());
    assertEquals(Outcome.UNREADABLE, w.parity.get().outcome());
  }

  @Test
  void headOfALargerModelFallsBack() {
    open(Fixtures.stories());
    w.prompt.set("a b c");
    w.head.set(new Head(4, 7));
    open(Fixtures.gpt2());
    assertEquals("a b c", w.prompt.get(), "the user's own prompt stays");
    assertEquals(new Head(0, 0), w.head.get());
    assertEquals(new Head(0, 0), w.map.get().head());
  }

  @Test
  void questionsAboutAReplacedPassAreRefused() {
    open(Fixtures.stories());
    long old = w.run.get().id();
    w.prompt.set("Once upon");
    assertThrows(CancellationException.class, () -> host.map(old, new Head(0, 0)));
  }
}
