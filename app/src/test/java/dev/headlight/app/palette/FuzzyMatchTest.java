package dev.headlight.app.palette;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FuzzyMatchTest {
  private static int score(String typed, String title) {
    return FuzzyMatch.of(typed, title).orElseThrow().score();
  }

  @Test
  void lettersMustOccurInOrder() {
    assertTrue(FuzzyMatch.of("tdk", "Theme: Dark").isPresent());
    assertFalse(FuzzyMatch.of("kdt", "Theme: Dark").isPresent());
    assertFalse(FuzzyMatch.of("themes", "Theme").isPresent());
  }

  @Test
  void nothingTypedFitsEverything() {
    assertEquals(0, score("", "Quit"));
    assertEquals(0, score("  ", "Quit"));
  }

  @Test
  void caseAndBlanksDoNotMatter() {
    assertEquals(score("exportpng", "Export PNG …"), score("Export  PNG", "Export PNG …"));
  }

  @ParameterizedTest
  @CsvSource({
    "epn, Export PNG …, Open pane",
    "dark, Theme: Dark, Download a remarkable key",
    "l5h3, Go to L5H3, Open sample:l-5-h-3-x",
    "copy, Copy image, Open recent copying"
  })
  void beginningsOfWordsAndLettersSideBySideWin(String typed, String better, String worse) {
    assertTrue(
        score(typed, better) > FuzzyMatch.of(typed, worse).map(FuzzyMatch::score).orElse(-1));
  }

  @Test
  void positionsAreThoseOfTheBestWay() {
    assertArrayEquals(
        new int[] {7, 8, 9}, FuzzyMatch.of("png", "Export PNG …").orElseThrow().positions());
    assertArrayEquals(new int[] {4, 5}, FuzzyMatch.of("ab", "xab ab").orElseThrow().positions());
  }

  @Test
  void whatWasChosenLatelyComesFirst() {
    Search<String> search = new Search<>(s -> s, s -> s);
    List<String> things = List.of("Open folder", "Open Heads", "Quit");
    assertEquals(things, order(search, "", things));
    search.chosen("Quit");
    assertEquals(List.of("Quit", "Open folder", "Open Heads"), order(search, "", things));
    search.chosen("Open Heads");
    assertEquals(List.of("Open Heads", "Open folder"), order(search, "open", things));
  }

  private static List<String> order(Search<String> search, String typed, List<String> things) {
    return search.rank(typed, things).stream().map(Search.Hit::thing).toList();
  }
}
