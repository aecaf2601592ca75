package dev.headlight.analysis.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenRuleTest {
  @Test
  void expressionsAreFoundInTheText() {
    List<String> texts = List.of(" Mary", " and", "mary", ".");
    assertEquals("{0}", TokenRule.matches("Mary", texts).toString());
    assertEquals("{0, 2}", TokenRule.matches("(?i)mary", texts).toString());
    assertEquals("{2, 3}", TokenRule.matches("^\\S", texts).toString());
  }

  @Test
  void aBrokenExpressionSaysWhere() {
    HeadlightException e =
        assertThrows(HeadlightException.class, () -> TokenRule.matches("ab(c", List.of()));
    assertTrue(e.getMessage().contains("\"ab(c\" is no regular expression"), e.getMessage());
    assertTrue(e.getMessage().contains("unclosed group"), e.getMessage());
  }

  @Test
  void drawingsRoundTripAndRefuseOtherSigns() {
    DrawnPattern drawn = DrawnPattern.empty(3).with(1, 0, true).with(2, 1, true).with(0, 2, true);
    assertEquals("./#./.#.", drawn.toString());
    assertEquals(drawn, DrawnPattern.parse(drawn.toString()));
    assertEquals(DrawnPattern.empty(3), drawn.with(1, 0, false).with(2, 1, false));
    assertTrue(DrawnPattern.empty(4).blank());
    assertThrows(HeadlightException.class, () -> DrawnPattern.parse("./##./..."));
    assertThrows(HeadlightException.class, () -> DrawnPattern.parse("."));
  }
}
