package dev.headlight.app.visual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of changes and of the layers they are made in. */
class VisualChangeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "zero",
        "zero:heads=layers,layers=2-5",
        "scale:factor=0.5",
        "var:layers=3,p=1,rho=0.5",
        "vhr:factor=4",
        "cut:layers=0-2",
        "drop:layer=3,keep=0.25",
        "see",
        "near:radius=0",
        "window:size=7",
        "top:k=8"
      })
  void whatIsWrittenIsRead(String text) {
    VisualChange change = VisualChange.parse(text);
    assertEquals(change, VisualChange.parse(change.text()));
    assertEquals(
        List.of(text.split("[:,]", -1)).stream().sorted().toList(),
        List.of(change.text().split("[:,]", -1)).stream().sorted().toList());
  }

  @Test
  void theUsualIsLeftOut() {
    assertEquals("var", VisualChange.parse("VAR:p=0.60,rho=0.8,layers=all").text());
    assertEquals("scale:factor=3", VisualChange.parse("scale:factor=3.0,heads=one").text());
    assertEquals(0.6, VisualChange.of(ChangeKind.VAR).number(ChangeParameter.KEPT));
  }

  @Test
  void whatBothTakeStays() {
    VisualChange scale = VisualChange.parse("scale:factor=3,heads=layers,layers=1-2");
    assertEquals("vhr:layers=1-2,factor=3", scale.with(ChangeKind.VHR).text());
    assertEquals("zero:layers=1-2,heads=layers", scale.with(ChangeKind.ZERO).text());
    assertEquals("drop", scale.with(ChangeKind.DROP).text());
  }

  @Test
  void aSweepSaysItsLayersItself() {
    assertEquals("zero:heads=layers", VisualChange.FIRST.forLayers().text());
    assertEquals("var:p=1", VisualChange.parse("var:p=1,layers=2").forLayers().text());
    assertEquals("drop:keep=0.1", VisualChange.parse("drop:layer=1,keep=0.1").forLayers().text());
    assertTrue(VisualChange.FIRST.ofHeads());
    assertFalse(VisualChange.FIRST.parameters().contains(ChangeParameter.LAYERS));
    assertTrue(VisualChange.FIRST.forLayers().parameters().contains(ChangeParameter.LAYERS));
  }

  @Test
  void wrongTextsSayWhatIsExpected() {
    refused("one of zero, scale, var", "twice");
    refused("var takes no \"factor\"; it takes p, rho, layers", "var:factor=2");
    refused("0 to 1", "var:p=2");
    refused("such as 2-5", "cut:layers=5-2");
    refused("once", "top:k=2,k=3");
    refused("once", "near:radius");
    refused("How many keys", "top:k=0");
  }

  private static void refused(String message, String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> VisualChange.parse(text));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void layersOfABar() {
    LayerSpread three = LayerSpread.parse("3");
    assertEquals(0, three.from(0));
    assertEquals(1, three.to(0, 6));
    assertEquals(2, three.from(3));
    assertEquals(4, three.to(3, 6));
    assertEquals(5, three.to(5, 6));
    assertEquals(4, LayerSpread.FROM.from(4));
    assertEquals(5, LayerSpread.FROM.to(4, 6));
    assertEquals(0, LayerSpread.UP_TO.from(4));
    assertEquals(4, LayerSpread.UP_TO.to(4, 6));
    for (LayerSpread each : LayerSpread.OFFERED) {
      assertEquals(each, LayerSpread.parse(each.text()));
    }
    assertThrows(IllegalArgumentException.class, () -> LayerSpread.parse("0"));
  }
}
