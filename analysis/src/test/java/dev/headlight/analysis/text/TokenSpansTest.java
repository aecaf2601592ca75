package dev.headlight.analysis.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenSpansTest {
  /** Tokens that follow each other without gaps. */
  private static Tokens tokens(String... pieces) {
    int[] starts = new int[pieces.length];
    int[] ends = new int[pieces.length];
    int at = 0;
    for (int i = 0; i < pieces.length; i++) {
      starts[i] = at;
      at += pieces[i].length();
      ends[i] = at;
    }
    return tokens(String.join("", pieces), Arrays.asList(pieces), starts, ends, -1);
  }

  private static Tokens tokens(
      String text, List<String> labels, int[] starts, int[] ends, int special) {
    boolean[] specials = new boolean[labels.size()];
    if (special >= 0) {
      specials[special] = true;
    }
    return new Tokens(text, new int[labels.size()], labels, labels, starts, ends, specials);
  }

  private static List<Integer> starts(TokenSpans spans) {
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      starts.add(spans.start(i));
    }
    return starts;
  }

  @Test
  void partsOfAWordBelongTogether() {
    Tokens tokens = tokens("The", " har", "bour", ",", " don", "'t", " 3", ".14", "\n", "a", ".");
    TokenSpans words = TokenSpans.words(tokens);
    assertEquals(List.of(0, 1, 3, 4, 6, 8, 9, 10), starts(words));
    assertEquals(List.of(" don't", " 3.14"), words.labels(tokens).subList(3, 5));
    assertEquals(3, words.of(5));
    assertEquals(2, words.count(1));
    assertFalse(words.single());
  }

  @Test
  void sentencesEndWithTheirSpacesAndAtNewLines() {
    Tokens tokens = tokens("Hi", " there", ".", " How", " are", "?", "\n", "\n", "Title", "\nEnd");
    assertEquals(List.of(0, 3, 8, 9), starts(TokenSpans.sentences(tokens)));
  }

  @Test
  void specialTokensAndTokensWithoutTextStandAlone() {
    Tokens tokens = tokens("abcd", List.of("<s>", "ab", "cd", "</s>"), new int[4], new int[4], 0);
    assertTrue(TokenSpans.words(tokens).single());
    Tokens some =
        tokens("abcd", List.of("<s>", "ab", "cd"), new int[] {0, 0, 2}, new int[] {0, 2, 4}, 0);
    assertEquals(List.of(0, 1), starts(TokenSpans.words(some)));
  }

  @Test
  void partsOfOneCharacterStayInOneSpan() {
    Tokens tokens =
        tokens("🙂 x", List.of("a", "b", " x"), new int[] {0, 0, 2}, new int[] {2, 2, 4}, -1);
    assertEquals(List.of(0, 2), starts(TokenSpans.words(tokens)));
  }

  @Test
  void eachTokenLiesInOneSpan() {
    TokenSpans single = TokenSpans.single(4);
    assertTrue(single.single());
    assertEquals(3, single.of(3));
    assertEquals(0, TokenSpans.single(0).size());
    assertEquals(0, TokenSpans.words(tokens()).size());
  }
}
