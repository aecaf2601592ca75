package dev.headlight.app.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.PairAlignment.Column;
import dev.headlight.analysis.pairs.PairKind;
import dev.headlight.analysis.pairs.PairRequest;
import dev.headlight.analysis.pairs.PairRole;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.job.Delay;
import dev.headlight.samples.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs as they are built, with the story sample as the model. */
class PairDeskTest {
  private static final String CLEAN = "When Mary and John went to the shop, John gave a drink to";

  @TempDir private Path folder;

  private static Model model;

  private final AtomicInteger changes = new AtomicInteger();
  private final PairDesk desk = new PairDesk(new Direct(), Delay.NONE);

  PairDeskTest() {
    desk.whenChanged(changes::incrementAndGet);
  }

  @BeforeAll
  static void open() {
    model = Model.open(Samples.folder("world-6l"), Progress.NONE);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  /** Asks at once. */
  private static final class Direct implements PairAsk {
    @Override
    public <T> void ask(Object kind, String title, ModelQuestion<T> question, Consumer<T> answer) {
      answer.accept(question.ask(model, Progress.NONE));
    }
  }

  private void type(String clean, String corrupt, String answer, String wrong) {
    desk.type(desk.draft().withClean(clean));
    desk.type(desk.draft().withCorrupt(corrupt));
    desk.type(desk.draft().withAnswer(answer));
    desk.type(desk.draft().withWrong(wrong));
  }

  private PairReading shown() {
    return desk.shown().orElseThrow();
  }

  @Test
  void aTypedPairIsReadAndAnswered() {
    assertTrue(desk.pairs().isEmpty());
    desk.type(desk.draft().withClean(CLEAN));
    assertEquals("write the corrupt prompt", shown().problem());
    assertFalse(desk.answers().next().isEmpty());
    assertTrue(desk.answers().clean().isEmpty());
    type(CLEAN, CLEAN.replace(", John", ", Mary"), "Mary", "John");
    assertEquals("", shown().problem());
    assertTrue(shown().ready());
    assertEquals(1, shown().alignment().different());
    assertEquals(" Mary", shown().text().answer());
    assertTrue(desk.answers().clean().getAsDouble() > 1);
    assertTrue(desk.answers().corrupt().getAsDouble() < -1);
    assertEquals("␣Mary", desk.answers().next().get(0).label());
    assertEquals(1, desk.ready().size());
    assertTrue(changes.get() > 0);
  }

  @Test
  void aClickedTokenBecomesAnswerThenWrong() {
    type(CLEAN, CLEAN.replace(", John", ", Mary"), "", "");
    assertEquals("choose the answer", shown().problem());
    desk.answer(desk.answers().next().get(0).text());
    assertEquals("Mary", desk.draft().answer());
    assertFalse(desk.settingAnswer());
    desk.answerToken(shown().clean(), 4);
    assertEquals("John", desk.draft().wrong());
    assertTrue(desk.settingAnswer());
    assertTrue(shown().ready());
    desk.answerToken(shown().clean(), 0); // The beginning of the sequence is nobody's answer.
    assertEquals("Mary", desk.draft().answer());
  }

  @Test
  void differentLengthsAreExplainedAndPutRight() {
    type(CLEAN, CLEAN.replace("Mary", "Elizabeth"), "Mary", "John");
    assertFalse(shown().ready());
    assertTrue(desk.ready().isEmpty());
    PairReading.Fix fix = shown().fixes().get(0);
    assertEquals("“Elizabeth” is 10 tokens, “Mary” 1", fix.difference().text());
    assertFalse(fix.substitutes().isEmpty());
    desk.substitute(fix.substitutes().get(0));
    assertTrue(shown().ready(), shown().alignment().explanation());
    assertTrue(shown().fixes().isEmpty());
  }

  @Test
  void anAnswerThatDoesNotFitIsSaid() {
    type(CLEAN + " ", CLEAN + " ", "Mary", "John");
    assertFalse(shown().problem().isEmpty());
    assertTrue(shown().ids().isEmpty());
    assertTrue(shown().alignment().aligned());
  }

  @Test
  void rolesAreMarkedAndMoveWithTheText() {
    type(CLEAN, CLEAN.replace(", John", ", Mary"), "Mary", "John");
    desk.mark(shown().alignment().columns().get(2), "IO");
    desk.mark(shown().alignment().columns().get(4), "S1");
    assertEquals("IO=5-9 S1=14-18", PairRole.text(desk.draft().roles()));
    desk.type(desk.draft().withClean(CLEAN.replace("When", "Then")));
    desk.type(desk.draft().withCorrupt("So " + desk.draft().corrupt()));
    assertEquals("IO=5-9/8-12 S1=14-18/17-21", PairRole.text(desk.draft().roles()));
    desk.type(desk.draft().withClean(desk.draft().clean().replace("Mary", "Thomas")));
    assertEquals("IO=5-11/8-12 S1=16-20/17-21", PairRole.text(desk.draft().roles()));
    desk.type(desk.draft().withClean(desk.draft().clean().replace("Thomas and ", "")));
    assertEquals("S1=5-9/17-21", PairRole.text(desk.draft().roles()));
    Column s1 =
        shown().alignment().columns().stream()
            .filter(c -> c.clean() == 2)
            .findFirst()
            .orElseThrow();
    desk.mark(s1, "");
    assertTrue(desk.draft().roles().isEmpty());
  }

  @Test
  void pairsAreDrawnLeafedThroughAndSaved() throws Exception {
    desk.choose(
        new PairRequest(PairKind.IOI, 6, 3, PairRequest.Order.ABBA, PairRequest.Corruption.S2));
    desk.draw();
    assertEquals(6, desk.ready().size());
    assertEquals("Indirect object · abba · s2 · seed 3", desk.origin());
    assertEquals(0, desk.index());
    desk.show(4);
    assertEquals(desk.pairs().get(4).text().clean(), desk.draft().clean());
    assertTrue(desk.answers().clean().isPresent());
    desk.show(99);
    assertEquals(5, desk.index());
    desk.remove();
    assertEquals(5, desk.pairs().size());
    assertEquals(4, desk.index());
    desk.add();
    assertEquals(6, desk.pairs().size());
    Path file = folder.resolve("pairs.csv");
    List<Path> saved = new ArrayList<>();
    desk.save(file, saved::add);
    assertEquals(List.of(file), saved);
    PairDesk other = new PairDesk(new Direct(), Delay.NONE);
    other.open(file);
    assertEquals(desk.readyTexts(), other.readyTexts());
    assertEquals("pairs.csv", other.origin());
    other.modelChanged(true);
    assertEquals(desk.ready(), other.ready());
  }

  @Test
  void whatCannotBeDrawnOrReadIsSaidAndLeavesThePairs() throws Exception {
    type(CLEAN, CLEAN, "Mary", "John");
    desk.choose(PairRequest.of(PairKind.GREATER_THAN, 3, 0));
    desk.draw();
    assertTrue(desk.problem().contains("have no years"), desk.problem());
    assertFalse(desk.busy());
    desk.open(Files.writeString(folder.resolve("bad.csv"), "clean,corrupt\n"));
    assertTrue(desk.problem().contains("line 1"), desk.problem());
    assertEquals(1, desk.pairs().size());
  }

  /** Waits until it is told to go on. */
  private static final class Slow implements Delay {
    private Runnable waiting = () -> {};

    @Override
    public void after(Object key, int milliseconds, Runnable action) {
      waiting = action;
    }
  }

  @Test
  void anEditStaysWhenAnotherPairIsShownAtOnce() {
    Slow slow = new Slow();
    PairDesk other = new PairDesk(new Direct(), slow);
    other.choose(PairRequest.of(PairKind.IOI, 3, 1));
    other.draw();
    other.type(other.draft().withWrong("tower"));
    other.show(1);
    slow.waiting.run();
    assertEquals(1, other.index());
    assertEquals(" tower", other.pairs().get(0).text().wrong());
    assertEquals(other.pairs().get(1).text().clean(), other.draft().clean());
    other.show(0);
    assertEquals("tower", other.draft().wrong());
    other.type(other.draft().withWrong("river"));
    other.add();
    slow.waiting.run();
    assertEquals(4, other.pairs().size());
    assertEquals(" river", other.pairs().get(0).text().wrong());
    assertEquals(" river", other.pairs().get(3).text().wrong(), "a new pair is what was typed");
  }

  @Test
  void pairsComeBackFromTheirText() {
    desk.choose(PairRequest.of(PairKind.IOI, 3, 1));
    desk.draw();
    desk.show(2);
    String text = desk.text();
    PairDesk other = new PairDesk(new Direct(), Delay.NONE);
    other.modelChanged(false);
    other.restore(text);
    assertEquals(List.of(), other.pairs());
    assertEquals(text, other.text(), "what waits for a model is not lost");
    other.modelChanged(true);
    assertEquals(desk.readyTexts(), other.readyTexts());
    assertEquals(2, other.index());
    assertEquals(desk.origin(), other.origin());
    other.restore("{no pairs");
    assertEquals(List.of(), other.pairs());
    assertEquals("", other.text());
  }
}
