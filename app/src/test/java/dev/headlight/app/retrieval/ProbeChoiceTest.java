package dev.headlight.app.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.retrieval.Needle;
import dev.headlight.analysis.retrieval.NeedleSettings;
import dev.headlight.analysis.retrieval.ProbeTexts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProbeChoiceTest {
  private static final ProbeChoice CHOICE =
      new ProbeChoice(
          true,
          Optional.empty(),
          Optional.empty(),
          List.of(128, 256),
          List.of(0.0, 0.5),
          false,
          NeedleSettings.Span.ANSWER);

  @Test
  void readsSizesAsTheyAreTyped() {
    assertEquals(List.of(256, 512), ProbeChoice.lengths("256, 512"));
    assertEquals(List.of(64), ProbeChoice.lengths(" 64 "));
    assertEquals(List.of(0.0, 0.5, 1.0), ProbeChoice.depths("0 50% 1"));
  }

  @Test
  void saysWhichSizeIsWrong() {
    String length =
        assertThrows(HeadlightException.class, () -> ProbeChoice.lengths("256, many")).getMessage();
    assertTrue(length.contains("\"many\""), length);
    assertThrows(HeadlightException.class, () -> ProbeChoice.lengths("0"));
    assertThrows(HeadlightException.class, () -> ProbeChoice.lengths(""));
    String depth =
        assertThrows(HeadlightException.class, () -> ProbeChoice.depths("0.5, 1.5")).getMessage();
    assertTrue(depth.contains("\"1.5\""), depth);
  }

  @Test
  void isTheSameOnTheCommandLine() {
    assertEquals(List.of("--lengths", "128,256", "--depths", "0.0,0.5"), CHOICE.arguments());
    ProbeChoice other =
        CHOICE
            .reading(Optional.of(Path.of("book.txt")), Optional.empty())
            .asked(true, NeedleSettings.Span.SENTENCE);
    List<String> line = other.arguments();
    assertEquals(
        List.of("--haystack", "book.txt", "--chat", "--span", "sentence"),
        line.subList(4, line.size()));
    assertEquals("book.txt", other.title(true));
    assertEquals("built-in", CHOICE.title(false));
    assertEquals("stories", CHOICE.title(true));
    assertEquals("built-in", CHOICE.atHand(false).title(true));
    assertTrue(CHOICE.atHand(false).arguments().contains("--plain-english"));
  }

  @Test
  void asksWhatItSays() {
    ProbeTexts world =
        new ProbeTexts("world", "A fox ran.", List.of(Needle.of("The name of the fox", "Tim")));
    assertEquals("A fox ran.", CHOICE.settings(world).haystack());
    assertEquals(Needle.STANDARD, CHOICE.atHand(false).settings(world).needles());
    NeedleSettings plain = CHOICE.settings(ProbeTexts.STANDARD);
    assertEquals(List.of(128, 256), plain.lengths());
    assertEquals(new NeedleSettings.Plain(), plain.form());
    NeedleSettings chat =
        CHOICE.asked(true, NeedleSettings.Span.SENTENCE).settings(ProbeTexts.STANDARD);
    assertEquals(NeedleSettings.Span.SENTENCE, chat.span());
    assertEquals(new NeedleSettings.Chatting(Optional.empty()), chat.form());
  }
}
