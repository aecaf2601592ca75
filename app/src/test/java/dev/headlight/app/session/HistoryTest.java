package dev.headlight.app.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private Instant now = Instant.parse("2026-01-01T10:00:00Z");
  private final SessionState first = SessionState.first();
  private final History history = new History(first, "New session", () -> now);

  private void later(long millis) {
    now = now.plusMillis(millis);
  }

  private void type(String text) {
    history.record(history.state().withPrompt(PromptState.of(text)));
  }

  private void select(int layer, int head) {
    Selection selection = new Selection(Optional.of(new Head(layer, head)), 3, Selection.NONE);
    history.record(history.state().withSelection(selection));
  }

  private List<String> titles() {
    return history.entries().stream().map(History.Entry::title).toList();
  }

  @Test
  void undoAndRedoWalkThroughTheStates() {
    type("a");
    later(5000);
    select(1, 3);
    assertEquals(List.of("New session", "Prompt “a”", "Select L1H3"), titles());
    assertEquals("a", history.undo().prompt().text());
    assertEquals(first, history.undo());
    assertEquals(first, history.undo(), "there is nothing before the first");
    assertFalse(history.canUndo());
    assertEquals(Optional.empty(), history.redo().selection().head());
    assertEquals(Optional.of(new Head(1, 3)), history.redo().selection().head());
    assertFalse(history.canRedo());
  }

  @Test
  void fastTypingIsOneChangeAndAPauseEndsIt() {
    for (String text : List.of("h", "he", "hel")) {
      type(text);
      later(300);
    }
    later(5000);
    type("hell");
    assertEquals(List.of("New session", "Prompt “hel”", "Prompt “hell”"), titles());
    assertEquals("hel", history.undo().prompt().text());
  }

  @Test
  void typingBackToTheBeginningIsNoChange() {
    type("a");
    type("");
    assertEquals(List.of("New session"), titles());
    assertFalse(history.canUndo());
  }

  @Test
  void typingAfterGoingBackIsAnotherChange() {
    type("a");
    later(100);
    history.undo();
    type("b");
    assertEquals(List.of("New session", "Prompt “b”"), titles());
    assertFalse(history.canRedo());
  }

  @Test
  void anotherKindOfChangeIsNeverMerged() {
    type("a");
    select(0, 1);
    type("ab");
    assertEquals(4, history.entries().size());
  }

  @Test
  void goingToAnyEntryKeepsAllOfThem() {
    for (int i = 0; i < 5; i++) {
      later(5000);
      select(i, 0);
    }
    assertEquals(Optional.of(new Head(1, 0)), history.goTo(2).selection().head());
    assertEquals(6, history.entries().size());
    assertTrue(history.canRedo());
  }

  @Test
  void theSameStateIsNotNoted() {
    assertFalse(history.record(first));
    assertEquals(1, history.entries().size());
  }

  @Test
  void whatFollowsByItselfBelongsToTheEntry() {
    type("a b");
    history.settle(history.state().withSelection(new Selection(Optional.empty(), 2, -1)));
    assertEquals(2, history.entries().size());
    assertEquals(2, history.state().selection().query());
  }

  @Test
  void arrangingPanesIsNoStep() {
    ViewState arranged = new ViewState("{\"a\":1}", Map.of());
    assertFalse(history.record(first.withView(arranged)));
  }

  @Test
  void theOldestOfVeryManyAreDropped() {
    for (int i = 0; i < History.MOST + 20; i++) {
      later(5000);
      select(i, 0);
    }
    assertEquals(History.MOST, history.entries().size());
    assertEquals(History.MOST - 1, history.position());
    later(5000);
    for (int i = 0; i < 12; i++) {
      later(5000);
      type("x".repeat(1_000_000) + i);
    }
    assertTrue(history.entries().size() < 12, "long prompts are limited too");
    assertTrue(history.state().prompt().text().endsWith("11"));
  }

  @Test
  void titlesSayWhatChanged() {
    assertEquals("Intervene zero:L0H3", title(first.withCompared(compared("zero:L0H3"))));
    ViewState view = new ViewState("", Map.of("hide_first_key", "true"));
    assertEquals("Hide first key: on", title(first.withView(view)));
    assertEquals(
        "Head group mine: L1H2",
        title(first.withGroups(List.of(new HeadGroup("mine", HeadSet.parse("L1H2"))))));
    assertEquals(
        "Prompt “" + "é".repeat(48) + "…”",
        title(first.withPrompt(PromptState.of("é".repeat(60)))));
  }

  private static Compared compared(String changes) {
    return new Compared("heads", Optional.empty(), "", changes);
  }

  private String title(SessionState state) {
    return Change.between(first, state).orElseThrow().title();
  }
}
