package dev.headlight.renderer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.renderer.Fonts.Face;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
}
