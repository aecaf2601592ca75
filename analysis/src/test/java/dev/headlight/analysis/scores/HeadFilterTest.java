package dev.headlight.analysis.scores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadFilterTest {
  private static final List<String> SCORES = List.of("induction", "first", "previousRandom");
  private static final List<String> GROUPS = List.of("movers", "name movers");

  /** Four layers of four heads in two KV groups; induction is a tenth of 4·layer + head. */
  private static final HeadFilter.Facts FACTS =
      new HeadFilter.Facts() {
        @Override
        public double score(String id, Head head) {
          return switch (id) {
            case "induction" -> (4 * head.layer() + head.head()) / 10.0;
            case "first" -> head.layer() == 0 ? Double.NaN : 0.5;
            default -> 0;
          };
        }

        @Override
        public int kvGroup(Head head) {
          return head.head() / 2;
        }

        @Override
        public boolean inGroup(String group, Head head) {
          return group.equals("name movers") && head.equals(new Head(1, 2));
        }
      };

  private static Set<String> chosen(String text) {
    HeadFilter filter = HeadFilter.parse(text, SCORES, GROUPS);
    return IntStream.range(0, 16)
        .mapToObj(i -> new Head(i / 4, i % 4))
        .filter(head -> filter.test(head, FACTS))
        .map(Head::toString)
        .collect(Collectors.toSet());
  }

  @Test
  void blankLetsAllThrough() {
    assertEquals(16, chosen("  ").size());
  }

  @Test
  void comparesScoresAndPlaces() {
    assertEquals(Set.of("L3H2", "L3H3"), chosen("induction > 1.3"));
    assertEquals(Set.of("L1H0", "L1H1"), chosen("induction >= .4 and layer < 2 and head<=1"));
    assertEquals(Set.of("L0H2", "L0H3"), chosen("layer = 0 and kvGroup = 1"));
    assertEquals(chosen("head = 3"), chosen("3 == HEAD"));
    assertEquals(12, chosen("head != 3").size());
    assertEquals(chosen("head ≥ 2"), chosen("not head < 2"));
  }

  @Test
  void comparisonsChain() {
    assertEquals(Set.of("L0H3", "L1H0"), chosen(".2 < induction <= 40%"));
  }

  @Test
  void notBindsTighterThanAndAndAndTighterThanOr() {
    assertEquals(
        Set.of("L0H0", "L3H3"), chosen("layer = 0 and head = 0 or layer = 3 and head = 3"));
    assertEquals(Set.of("L0H0", "L3H0"), chosen("(layer = 0 or layer = 3) and not (head > 0)"));
    assertEquals(chosen("layer = 1"), chosen("not layer = 0 && !(layer = 2 || layer = 3)"));
  }

  @Test
  void groupsAreNamed() {
    assertEquals(Set.of("L1H2"), chosen("group = \"name movers\""));
    assertEquals(15, chosen("group != \"Name Movers\"").size());
    assertTrue(chosen("group = movers").isEmpty());
  }

  @Test
  void whatIsNotKnownIsNotMet() {
    assertEquals(12, chosen("first >= 0").size());
    assertEquals(Set.of(), chosen("layer = 0 and first != 7"));
  }

  @Test
  void saysWhichScoresItAsksFor() {
    HeadFilter filter = HeadFilter.parse("PreviousRandom > 0 or layer < 1", SCORES, GROUPS);
    assertEquals(Set.of("previousRandom"), filter.scores());
    assertFalse(filter.test(new Head(2, 0), FACTS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "'induction >'                 | 11 | 0 | a score, layer, head, kvGroup or a number",
        "'induction .4'                | 10 | 2 | one of <",
        "'inductoin > .4'              | 0  | 9 | there are induction, first",
        "'layer < 6 induction > .4'    | 10 | 9 | and, or, or the end",
        "'(layer < 6'                  | 10 | 0 | and, or, or )",
        "'layer < 6 and and head = 1'  | 14 | 3 | a score, layer",
        "'layer < 6 # head'            | 10 | 1 | found \"#\"",
        "'group > movers'              | 6  | 1 | = or !=",
        "'group = nobody'              | 8  | 6 | no group of heads is called",
        "'group = \"name'              | 8  | 1 | closing quote",
      })
  void errorsSayWhere(String text, int position, int length, String message) {
    HeadFilterException e = assertThrows(HeadFilterException.class, () -> chosen(text));
    assertEquals(position, e.position(), e.getMessage());
    assertEquals(length, e.length(), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
