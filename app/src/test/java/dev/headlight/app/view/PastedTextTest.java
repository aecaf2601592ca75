package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PastedTextTest {
  @Test
  void plainTextOfAnyScriptIsLeftAlone() {
    String text = "a\tb\n日本 🙂 مرحبا e\u0301";
    assertEquals(new PastedText(text, false, ""), PastedText.of(text));
    assertEquals("a\nb\nc", PastedText.of("a\r\nb\rc").text());
  }

  @Test
  void whatCannotBeSeenBecomesASign() {
    PastedText pasted = PastedText.of("a long line with a bell\u0007 and half\ud83d a character");
    assertEquals("a long line with a bell␇ and half\ufffd a character", pasted.text());
    assertFalse(pasted.refused());
    assertTrue(pasted.sentence().contains("1 control character"), pasted.sentence());
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    PastedText nul = PastedText.of("\u007fELF\u0002\u0001\u0001\0\0\0\0");
    assertTrue(nul.refused());
    assertEquals("", nul.text());
    assertTrue(nul.sentence().contains("(4 NUL)"), nul.sentence());
    assertTrue(PastedText.of("\u0001\u0002\u0003abc").refused());
    assertTrue(PastedText.of("\udc00\udc00").refused());
    assertFalse(PastedText.of("").refused());
  }
}
