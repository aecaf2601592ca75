package dev.headlight.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.samples.world.TokenizerFiles;
import dev.headlight.samples.world.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped tokenizer takes any text. */
class SampleTextTest {
  private static final Vocabulary WORDS = Vocabulary.english();
  private static Path folder;
  private static Checkpoint checkpoint;
  private static TextTokenizer tokenizer;

  @BeforeAll
  static void open() {
    folder = Samples.folder("induction-2l");
    checkpoint = Checkpoint.open(folder);
    tokenizer = TextTokenizer.open(checkpoint).orElseThrow();
  }

  @AfterAll
  static void close() {
    tokenizer.close();
    checkpoint.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The red fox met the old owl.",
        "unlisted Wörds, and  two spaces",
        "tabs\tand\nlines\r\n",
        "émigré 北京 🙂👩‍👩‍👧 \u202eright to left",
        "fn main() { println!(\"{}\", 1e-9); }",
        " a space before",
        "<|bos|"
      })
  void anyTextComesBack(String text) {
    Tokens tokens = tokenizer.encode(text);
    assertEquals(Vocabulary.BOS_ID, tokens.id(0));
    String back = tokenizer.decode(tokens.ids(), true);
    assertEquals(text.startsWith(" ") ? text : " " + text, back);
    assertEquals(text.length(), tokens.end(tokens.size() - 1));
    for (int i = 1; i < tokens.size(); i++) {
      assertTrue(tokens.start(i) >= tokens.start(i - 1), "token " + i + " of " + text);
    }
  }

  @Test
  void aListedWordIsOneTokenWithItsOwnSpan() {
    for (String word : WORDS.words()) {
      Tokens tokens = tokenizer.encode("the " + word);
      assertEquals(3, tokens.size(), word);
      assertEquals(WORDS.id(word), tokens.id(2));
      assertEquals(word, tokens.spanText(2).strip());
    }
  }

  @Test
  void anUnlistedWordFallsToItsBytes() {
    Tokens tokens = tokenizer.encode("the foxes");
    assertEquals(1 + 1 + " foxes".length(), tokens.size());
  }

  /** A good first picture: words only, that come back, as many as a grid shows well. */
  @Test
  void thePromptIsOfListedWords() {
    Tokens tokens = tokenizer.encode(Samples.describe("induction-2l").prompt());
    assertTrue(tokens.size() >= 30 && tokens.size() <= 44, tokens.size() + " tokens");
    IntStream.range(1, tokens.size())
        .forEach(i -> assertTrue(isWordOrMark(tokens.id(i)), tokens.label(i)));
    assertTrue(IntStream.of(tokens.ids()).distinct().count() <= tokens.size() * 0.6);
  }

  private static boolean isWordOrMark(int id) {
    return id >= WORDS.firstWord() || id == WORDS.id(".") || id == WORDS.id(",");
  }

  @Test
  void theShippedTokenizerIsTheVocabularys() throws IOException {
    assertEquals(
        TokenizerFiles.tokenizer(WORDS),
        JsonParser.parseString(Files.readString(folder.resolve("tokenizer.json"))));
  }
}
