package dev.headlight.analysis.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTextTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "|gave a ring to|,Mary,| Mary|",
        "|gave a ring to |,Mary,Mary",
        "|gave a ring to|,| Mary|,| Mary|",
        "|to the year 17|,45,45",
        "|chapter 17|,two,| two|",
        "|She said (|,no,no",
        "|He is un|,|\\happy|,happy",
        "|It is so|,.,.",
        "||,Mary,Mary"
      })
  void aSpaceIsAddedWhereAWordGoesOn(String prompt, String typed, String follows) {
    assertEquals(follows, AnswerText.continuing(prompt == null ? "" : prompt, typed));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    for (String prompt : List.of("gave to", "gave to ", "year 17", "(", "", "x.")) {
      for (String follows : List.of(" Mary", "Mary", "45", " 45", ".", "\\n", " \\", "é", "")) {
        String typed = AnswerText.typed(prompt, follows);
        assertEquals(follows, AnswerText.continuing(prompt, typed), prompt + "|" + typed);
      }
    }
    assertEquals("Mary", AnswerText.typed("gave to", " Mary"));
  }
}
