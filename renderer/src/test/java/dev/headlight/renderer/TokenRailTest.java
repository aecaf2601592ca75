package dev.headlight.renderer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.renderer.TokenRail.Axis;
import dev.headlight.renderer.TokenRail.Label;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TokenRailTest {
  private static double width(String text) {
    return 6.0 * text.codePointCount(0, text.length());
  }

  private static List<String> tokens(int count) {
    return IntStream.range(0, count).mapToObj(i -> "token" + i).toList();
  }

  private static List<Integer> indices(TokenRail rail) {
    return rail.labels().stream().map(Label::index).toList();
  }

  @Test
  void everyTokenIsLabelledWhereThereIsRoom() {
    TokenRail rail =
        TokenRail.rows(tokens(4), new Axis(0, 20, 80, 12, 100), Set.of(), TokenRailTest::width);
    assertEquals(List.of(0, 1, 2, 3), indices(rail));
    assertEquals(10, rail.labels().get(0).offset());
    assertEquals(36, rail.thickness());
  }

  @Test
  void denseTokensAreThinnedByPowersOfTwo() {
    TokenRail rail =
        TokenRail.rows(tokens(16), new Axis(0, 5, 80, 12, 100), Set.of(), TokenRailTest::width);
    assertEquals(List.of(0, 4, 8, 12), indices(rail));
  }

  @Test
  void chosenTokensPushTheirNeighboursAway() {
    TokenRail rail =
        TokenRail.rows(
            tokens(16), new Axis(0, 5, 80, 12, 100), Set.of(5, 99), TokenRailTest::width);
    assertEquals(List.of(0, 5, 8, 12), indices(rail));
    assertTrue(rail.labels().get(1).chosen());
  }

  @Test
  void onlyWhatIsInViewIsLabelled() {
    TokenRail rail =
        TokenRail.rows(
            tokens(100), new Axis(10.5, 20, 60, 12, 100), Set.of(50), TokenRailTest::width);
    assertEquals(List.of(10, 11, 12, 13), indices(rail));
    assertEquals(0, rail.labels().get(0).offset());
  }

  @Test
  void columnsStandUprightThenSlantThenStand() {
    List<String> tokens = tokens(4);
    assertEquals(
        0,
        TokenRail.columns(tokens, new Axis(0, 50, 200, 12, 90), Set.of(), TokenRailTest::width)
            .rotation());
    assertEquals(
        -60,
        TokenRail.columns(tokens, new Axis(0, 20, 80, 12, 90), Set.of(), TokenRailTest::width)
            .rotation());
    assertEquals(
        -90,
        TokenRail.columns(tokens, new Axis(0, 5, 20, 12, 90), Set.of(), TokenRailTest::width)
            .rotation());
  }

  @Property
  void labelsNeverOverlap(
      @ForAll @IntRange(min = 1, max = 300) int count,
      @ForAll @DoubleRange(min = 0.2, max = 40) double pixels,
      @ForAll @IntRange(max = 299) int chosen) {
    Axis axis = new Axis(0, pixels, count * pixels, 12, 80);
    TokenRail rail = TokenRail.rows(tokens(count), axis, Set.of(chosen), TokenRailTest::width);
    assertEquals(chosen < count, indices(rail).contains(chosen));
    for (int i = 1; i < rail.labels().size(); i++) {
      double gap = rail.labels().get(i).offset() - rail.labels().get(i - 1).offset();
      assertTrue(gap >= 12 - 1e-6, "gap " + gap);
    }
  }

  @Test
  void longLabelsAreShortenedBetweenCharacters() {
    assertEquals("inte…", TokenRail.shorten("internationalisation", 30, TokenRailTest::width));
    assertEquals("fits", TokenRail.shorten("fits", 24, TokenRailTest::width));
    assertEquals(
        "\ud83d\ude00…",
        TokenRail.shorten("\ud83d\ude00\ud83d\ude00\ud83d\ude00", 12, TokenRailTest::width));
    assertEquals("a…", TokenRail.shorten("abc", 1, TokenRailTest::width));
    assertEquals("e\u0301…", TokenRail.shorten("e\u0301abcdef", 18, TokenRailTest::width));
  }
}
