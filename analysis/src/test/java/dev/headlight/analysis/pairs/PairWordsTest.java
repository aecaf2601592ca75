package dev.headlight.analysis.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairWordsTest {
  private static final PairWords ENGLISH = PairWords.english();

  @Test
  void englishHasAsManyWordsAsTheTasksAskFor() {
    Map<String, Integer> counts =
        Map.of("name", 100, "place", 8, "object", 8, "ioi", 15, "thing", 17, "colour", 8);
    counts.forEach((kind, count) -> assertEquals(count, ENGLISH.list(kind).size(), kind));
    ENGLISH
        .lists()
        .forEach((kind, all) -> assertEquals(all.size(), new HashSet<>(all).size(), kind));
  }

  @Test
  void sentencesEndBeforeTheirIndirectObject() {
    for (String sentence : ENGLISH.list("ioi")) {
      assertTrue(sentence.endsWith(" to"), sentence);
      for (String gap : List.of(" {A} and {B}", " {S} ", "{place}", "{object}")) {
        assertTrue(sentence.contains(gap), sentence);
      }
      assertTrue(sentence.indexOf("{S}") > sentence.indexOf("{B}"), sentence);
    }
  }

  @Test
  void wordsHaveKinds() {
    assertEquals(Optional.of("name"), ENGLISH.kindOf("anna"));
    assertEquals(Optional.of("colour"), ENGLISH.kindOf("red"));
    assertEquals(Optional.empty(), ENGLISH.kindOf("zeppelin"));
    PairWords own = PairWords.parse("own", "name: A B\nname: C\nyears = from {x}\\nto: 3\n# no");
    assertEquals(List.of("A", "B", "C"), own.list("name"));
    assertEquals(List.of("from {x}\nto: 3"), own.list("years"));
    HeadlightException e = assertThrows(HeadlightException.class, () -> own.required("event"));
    assertTrue(e.getMessage().contains("\"own\" have no event"), e.getMessage());
  }

  @Test
  void gapsAreFilledAndFoundAgain() {
    Filled filled = Filled.of("{A} met {B}, and {A} ran to", Map.of("A", "Ann", "B", "Bo"));
    assertEquals("Ann met Bo, and Ann ran to", filled.text());
    assertEquals(new TextSpan(16, 19), filled.span("A"));
    assertEquals(",", filled.after(filled.span("B")).in(filled.text()));
    assertEquals("to", filled.last().in(filled.text()));
    assertThrows(IllegalArgumentException.class, () -> Filled.of("{C}", Map.of()));
  }

  @Test
  void kindsHaveNames() {
    for (PairKind kind : PairKind.values()) {
      assertEquals(kind, PairKind.parse(kind.text()));
    }
    HeadlightException e = assertThrows(HeadlightException.class, () -> PairKind.parse("x"));
    assertTrue(e.getMessage().contains("ioi, colours, repeats, key-value, greater-than"));
    assertThrows(HeadlightException.class, () -> PairRequest.of(PairKind.IOI, 0, 1));
  }
}
