package dev.headlight.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class DisplayTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void linuxNeedsADisplay() {
    assertTrue(Display.missing(Map.of(), "").orElseThrow().contains("DISPLAY"));
    assertTrue(Display.missing(Map.of("DISPLAY", ""), "").isPresent());
    assertEquals(Optional.empty(), Display.missing(Map.of("DISPLAY", ":0"), ""));
    assertEquals(Optional.empty(), Display.missing(Map.of("WAYLAND_DISPLAY", "w"), ""));
  }

  @Test
  void drawingIntoMemoryNeedsNone() {
    assertEquals(Optional.empty(), Display.missing(Map.of(), "Headless"));
  }

  @Test
  void innermostReasonIsGiven() {
    Throwable failure = new RuntimeException(new IllegalStateException("no GTK\nand more"));
    assertEquals("no GTK", Display.reason(failure));
    assertEquals("UnsatisfiedLinkError", Display.reason(new UnsatisfiedLinkError()));
  }
}
