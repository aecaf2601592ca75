package dev.headlight.app.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Findings of panes for sessions. */
class PaneFindingsTest {
  private final PaneFindings findings = new PaneFindings();
  private final List<JsonElement> shown = new ArrayList<>();
  private final JsonElement one = new JsonPrimitive(1);
  private final JsonElement two = new JsonPrimitive(2);

  @Test
  void whatIsHeldIsShownToOpenPanesAndToThoseThatOpenLater() {
    findings.keep("early", Optional::empty, shown::add);
    findings.hold(Map.of("early", one, "late", two));
    assertEquals(List.of(one), shown);
    findings.keep("late", Optional::empty, shown::add);
    assertEquals(List.of(one, two), shown);
    assertEquals(Map.of("early", one, "late", two), findings.documents());
  }

  @Test
  void whatAPaneHasTakesThePlaceOfWhatIsHeldAlsoOnceItIsClosed() {
    findings.hold(Map.of("a", one));
    Runnable close = findings.keep("a", () -> Optional.of(two), shown::add);
    assertEquals(Map.of("a", two), findings.documents());
    close.run();
    assertEquals(Map.of("a", two), findings.documents());
    findings.keep("a", Optional::empty, shown::add);
    assertEquals(List.of(one, two), shown);
  }

  @Test
  void anotherSessionHoldsNothingOfTheFormer() {
    findings.hold(Map.of("a", one));
    findings.hold(Map.of());
    assertEquals(Map.of(), findings.documents());
  }
}
