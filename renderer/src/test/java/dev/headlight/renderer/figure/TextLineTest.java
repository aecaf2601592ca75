package dev.headlight.renderer.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.renderer.Fonts.Face;
import dev.headlight.renderer.figure.TextLine.Run;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextLineTest {
  /** A noncharacter: no font may have a glyph for it. */
  private static final String NO_GLYPH = Character.toString(0x1ffff);

  private static List<Run> runs(String text, Face face) {
    return TextLine.of(text, face, 10).runs();
  }

  private static double width(String text, double size) {
    return TextLine.of(text, Face.INTER, size).width();
  }

  @Test
  void plainTextIsOneRun() {
    List<Run> runs = runs("query → key", Face.INTER);
    assertEquals(1, runs.size());
    assertEquals("query → key", runs.get(0).text());
  }

  @Test
  void aMissingGlyphComesFromTheOtherBundledFace() {
    List<Run> runs = runs("␣Mary", Face.JETBRAINS_MONO);
    assertEquals(2, runs.size());
    assertEquals("Inter", runs.get(0).typeface().family());
    assertEquals("Mary", runs.get(1).text());
    assertEquals(runs.get(0).width(), runs.get(1).x(), 1e-9);
  }

  @Test
  void aCharacterWithoutAnyGlyphIsItsFramedCode() {
    List<Run> runs = runs("a" + NO_GLYPH + "b", Face.INTER);
    assertEquals(List.of("a", "U+1FFFF", "b"), runs.stream().map(Run::text).toList());
    Box frame = runs.get(1).frame().orElseThrow();
    assertTrue(frame.x() >= runs.get(0).width() && frame.right() <= runs.get(2).x());
    assertTrue(frame.x() < runs.get(1).x());
    assertEquals(NO_GLYPH, runs.get(1).source());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u200b", "\u200d", "\u202e", "\ufeff", "\u0301", "\ue000", "\ud83d"})
  void whatCannotBeSeenAloneIsItsFramedCode(String invisible) {
    String code = "U+%04X".formatted((int) invisible.charAt(0));
    assertEquals(List.of(code), runs(invisible, Face.INTER).stream().map(Run::text).toList());
  }

  @Test
  void controlCharactersAreShown() {
    String shown =
        runs("a\u0000b", Face.INTER).stream().map(Run::text).collect(Collectors.joining());
    assertTrue(List.of("a␀b", "aU+0000b").contains(shown), shown);
  }

  @Test
  void marksStayWithTheirLetter() {
    List<Run> runs = runs("e\u0301x", Face.INTER);
    assertEquals(1, runs.size());
    assertEquals(width("éx", 10), width("e\u0301x", 10), 0.01);
  }

  @Test
  void rightToLeftTextIsReordered() {
    // Codes stand for the letters, so that no font for Hebrew is needed.
    String aleph = "\u05d0";
    List<String> shown =
        runs("a " + aleph + NO_GLYPH, Face.INTER).stream().map(Run::source).toList();
    assertEquals("a ", shown.get(0));
    List<Run> hebrew = runs(aleph + "\u05d1", Face.INTER);
    boolean drawn = hebrew.get(0).frame().isEmpty();
    assertEquals(drawn ? aleph + "\u05d1" : "\u05d1", hebrew.get(0).source());
    assertEquals(drawn, hebrew.get(0).shaped());
  }

  @Test
  void everyCharacterIsDrawnOrCoded() {
    String all = "Mary ␣漢字 سلام שלום हिन्दी ภาษา 한국어 \ud83d\ude00\ud83e\udd9c";
    StringBuilder drawn = new StringBuilder();
    for (Run run : runs(all, Face.JETBRAINS_MONO)) {
      drawn.append(run.source());
      assertTrue(run.width() > 0, run.text());
      assertFalse(run.glyphs().getVisualBounds().isEmpty() && !run.text().isBlank(), run.text());
    }
    assertEquals(sorted(all), sorted(drawn.toString()));
  }

  private static List<Integer> sorted(String text) {
    return text.codePoints().sorted().boxed().toList();
  }

  @Test
  void widthsScaleWithTheSize() {
    double small = width("attention", 10);
    assertEquals(2 * small, width("attention", 20), 0.05 * small);
    assertTrue(small > 35 && small < 60, "width " + small);
  }
}
