package dev.headlight.renderer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.renderer.Fonts.Face;
import dev.headlight.renderer.Fonts.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FontsTest {

  @ParameterizedTest
  @EnumSource(Face.class)
  void facesAreStaticTrueTypeFiles(Face face) throws IOException {
    try (InputStream in = face.open()) {
      byte[] magic = in.readNBytes(4);
      assertEquals(0x00010000, magic[0] << 24 | magic[1] << 16 | magic[2] << 8 | magic[3]);
    }
    assertTrue(Fonts.font(face, 12).getFamily().startsWith(face.family()));
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void licencesTravelWithTheFonts(Face face) throws IOException {
    String file = face.family().replace(" ", "") + "-LICENSE.txt";
    try (InputStream in = Fonts.class.getResourceAsStream("fonts/" + file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(text.contains("SIL OPEN FONT LICENSE Version 1.1"), file);
    }
  }

  @Test
  void plainTextIsOneRun() {
    List<Run> runs = Fonts.runs("query → key", Face.INTER, 10);
    assertEquals(1, runs.size());
    assertEquals("query → key", runs.get(0).text());
  }

  @Test
  void aMissingGlyphComesFromTheOtherBundledFace() {
    List<Run> runs = Fonts.runs("␣Mary", Face.JETBRAINS_MONO, 10);
    assertEquals(2, runs.size());
    assertTrue(runs.get(0).font().getFamily().startsWith("Inter"));
    assertEquals("Mary", runs.get(1).text());
  }

  @Test
  void aCharacterWithoutAnyGlyphIsABox() {
    // A noncharacter: no font may have a glyph for it.
    String unassigned = Character.toString(0x1ffff);
    assertEquals(
        "a" + Fonts.MISSING + "b",
        String.join(
            "",
            Fonts.runs("a" + unassigned + "b", Face.INTER, 10).stream().map(Run::drawn).toList()));
  }

  @Test
  void marksStayWithTheirLetter() {
    List<Run> runs = Fonts.runs("e\u0301x", Face.INTER, 10);
    assertEquals("e\u0301x", String.join("", runs.stream().map(Run::text).toList()));
    assertEquals(1, runs.size());
  }

  @Test
  void widthsScaleWithTheSize() {
    double small = Fonts.width("attention", Face.INTER, 10);
    assertEquals(2 * small, Fonts.width("attention", Face.INTER, 20), 0.05 * small);
    assertTrue(small > 35 && small < 60, "width " + small);
  }
}
