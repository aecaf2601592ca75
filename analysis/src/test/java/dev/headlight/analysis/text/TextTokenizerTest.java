package dev.headlight.analysis.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTokenizerTest {
  @TempDir Path scratch;

  @Test
  void aModelWithoutATokenizerStillTakesIds() {
    try (Checkpoint checkpoint = Checkpoint.open(Parity.folder("mistral"))) {
      assertTrue(TextTokenizer.open(checkpoint).isEmpty());
    }
    Tokens tokens = Tokens.ofIds(null, new int[] {5, 17});
    assertEquals(List.of("5", "17"), tokens.labels());
    assertEquals(List.of("5", "17"), tokens.pieces());
    assertEquals(0, tokens.end(1));
    assertEquals("", tokens.text());
  }

  @Test
  void givenIdsAreTakenAsTheyAre() {
    try (TextTokenizer tokenizer = Tokenizers.open("llama", scratch)) {
      Tokens tokens = Tokens.ofIds(tokenizer, tokenizer.encode("The 🙂").ids());
      assertEquals("<|begin_of_text|>", tokens.label(0));
      assertTrue(tokens.special(0));
      assertFalse(tokens.special(1));
      assertEquals("🙂·3/3", tokens.label(tokens.size() - 1));
      assertEquals(2, Tokens.ofIds(tokenizer, new int[] {4, 5}).size());
    }
  }

  @Test
  void theBeginningCanBeForcedAndTakenAway() {
    try (TextTokenizer llama = Tokenizers.open("llama", scratch);
        TextTokenizer gpt2 = Tokenizers.open("gpt2", scratch)) {
      Tokens with = llama.encode("The", Bos.DEFAULT);
      assertEquals(1, with.id(0));
      assertEquals(with, llama.encode("The", Bos.ON));
      Tokens without = llama.encode("The", Bos.OFF);
      assertArrayEquals(Arrays.copyOfRange(with.ids(), 1, with.size()), without.ids());
      assertEquals(0, without.start(0));
      assertEquals(1, without.end(0));
      assertFalse(without.special(0));

      Tokens plain = gpt2.encode("The", Bos.DEFAULT);
      assertEquals(plain, gpt2.encode("The", Bos.OFF));
      Tokens forced = gpt2.encode("The", Bos.ON);
      assertEquals(plain.size() + 1, forced.size());
      assertEquals("<|endoftext|>", forced.label(0));
      assertTrue(forced.special(0));
      assertEquals(0, forced.end(0));
      assertEquals("T", forced.spanText(1));
    }
  }

  @Test
  void aBeginningWrittenInTheTextIsNotTakenAway() {
    try (TextTokenizer gpt2 = Tokenizers.open("gpt2", scratch)) {
      Tokens tokens = gpt2.encode("<|endoftext|>a", Bos.OFF);
      assertEquals(0, tokens.id(0));
      assertTrue(tokens.special(0));
      assertEquals("<|endoftext|>", tokens.spanText(0));
    }
  }

  @Test
  void askingForABeginningThatDoesNotExistIsAnError() {
    try (TextTokenizer bert = Tokenizers.open("bert", scratch)) {
      assertEquals(OptionalInt.empty(), bert.bosId());
      assertThrows(TokenizerException.class, () -> bert.encode("a", Bos.ON));
      assertEquals(bert.encode("a"), bert.encode("a", Bos.OFF));
    }
  }

  @Test
  void aNullBeginningBeatsTheConfig() throws IOException {
    Path folder = Tokenizers.copy("gpt2", scratch);
    Path file = folder.resolve("tokenizer_config.json");
    JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    json.add("bos_token", com.google.gson.JsonNull.INSTANCE);
    Files.writeString(
        file, new com.google.gson.GsonBuilder().serializeNulls().create().toJson(json));
    try (TextTokenizer tokenizer = Tokenizers.reopen(folder)) {
      assertEquals(OptionalInt.empty(), tokenizer.bosId());
    }
    json.remove("bos_token");
    Files.writeString(file, json.toString());
    Files.delete(folder.resolve("special_tokens_map.json"));
    Files.writeString(
        folder.resolve("config.json"), "{\"model_type\":\"gpt2\",\"bos_token_id\":7}");
    try (TextTokenizer tokenizer = Tokenizers.reopen(folder)) {
      assertEquals(OptionalInt.of(7), tokenizer.bosId());
    }
  }

  @Test
  void theGenerationConfigSaysWhatEnds() throws IOException {
    Path folder = Tokenizers.copy("llama", scratch);
    try (TextTokenizer tokenizer = Tokenizers.reopen(folder)) {
      assertEquals(List.of(2), tokenizer.eosIds());
    }
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\":[2,5]}");
    try (TextTokenizer tokenizer = Tokenizers.reopen(folder)) {
      assertEquals(List.of(2, 5), tokenizer.eosIds());
    }
    Files.delete(folder.resolve("generation_config.json"));
    Files.writeString(folder.resolve("config.json"), "{\"model_type\":\"llama\"}");
    try (TextTokenizer tokenizer = Tokenizers.reopen(folder)) {
      assertEquals(List.of(2), tokenizer.eosIds());
    }
  }

  @Test
  void truncationAndPaddingInTheFileAreIgnored() throws IOException {
    Path folder = Tokenizers.copy("gpt2", scratch);
    Path file = folder.resolve("tokenizer.json");
    JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    String cut =
        "{\"direction\":\"Right\",\"max_length\":4,\"strategy\":\"LongestFirst\",\"stride\":0}";
    String pad =
        "{\"strategy\":{\"Fixed\":64},\"direction\":\"Right\",\"pad_to_multiple_of\":null,\"pad_id\":0,"
            + "\"pad_type_id\":0,\"pad_token\":\"<|endoftext|>\"}";
    json.add("truncation", JsonParser.parseString(cut));
    json.add("padding", JsonParser.parseString(pad));
    Files.writeString(file, json.toString());
    try (TextTokenizer tokenizer = Tokenizers.reopen(folder)) {
      assertEquals(26, tokenizer.encode("abcdefghijklmnopqrstuvwxyz").size());
    }
  }

  @Test
  void longTextsAreEncodedWhole() {
    String text = "x 🙂 ".repeat(20_000);
    try (TextTokenizer tokenizer = Tokenizers.open("gpt2", scratch)) {
      Tokens tokens = tokenizer.encode(text);
      assertEquals(text.length() - 1, tokens.start(tokens.size() - 1));
      assertEquals(text.length(), tokens.end(tokens.size() - 1));
      assertEquals(text, tokenizer.decode(tokens.ids()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\uD83D b", "\uDE42", "a\uD83D", "a\u0000b", "\uFFFF", "\uD83D\uD83D\uDE42"})
  void oddTextsDoNoHarm(String text) {
    try (TextTokenizer tokenizer = Tokenizers.open("gpt2", scratch)) {
      Tokens tokens = tokenizer.encode(text);
      assertEquals(text, tokens.text());
      assertEquals(0, tokens.start(0));
      assertEquals(text.length(), tokens.end(tokens.size() - 1));
      assertEquals(tokens.size(), tokens.labels().size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama", "llama_head_dim", "gemma"})
  void randomTextsComeBackAndTheirSpansOnlyGrow(String family) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (TextTokenizer tokenizer = Tokenizers.open(family, scratch)) {
      for (int round = 0; round < 200; round++) {
        String text = randomText(random);
        String where = family + " seed " + seed + " round " + round;
        Tokens tokens = tokenizer.encode(text, false);
        assertEquals(text, tokenizer.decode(tokens.ids(), true), where);
        int end = 0;
        for (int i = 0; i < tokens.size(); i++) {
          assertTrue(tokens.start(i) <= end && tokens.end(i) >= end, where + " token " + i);
          assertFalse(tokens.label(i).isBlank(), where);
          end = tokens.end(i);
        }
        assertEquals(text.length(), end, where);
      }
    }
  }

  /** Letters, spaces, marks and pictures of every width; no special token can appear. */
  private static String randomText(Random random) {
    int[] starts = {' ', 'a', 'A', '0', '\n', 0xE0, 0x300, 0x5D0, 0x627, 0x3042, 0x1F600, 0x20000};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i >= 0; i--) {
      int start = starts[random.nextInt(starts.length)];
      text.appendCodePoint(start <= 32 ? start : start + random.nextInt(10));
    }
    return text.toString();
  }

  @Test
  void piecesAndSpecialIdsComeFromTheFile() {
    try (TextTokenizer tokenizer = Tokenizers.open("llama", scratch)) {
      assertEquals("<|begin_of_text|>", tokenizer.piece(1));
      assertTrue(tokenizer.isSpecial(0));
      assertFalse(tokenizer.isSpecial(50));
      assertFalse(tokenizer.isSpecial(-1));
      assertEquals("⟨100000⟩", tokenizer.piece(100_000));
      assertEquals("", tokenizer.decode(100_000));
      assertTrue(tokenizer.vocabSize() > 256);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "{}",
        "{\"model\":{}}",
        "{\"model\":{\"vocab\":{\"a\":\"x\"}}}",
        "{\"model\":{\"vocab\":{\"a\":-4}}}",
        "{\"model\":{\"vocab\":{\"a\":2000000000}}}",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0}",
        "{\"model\":{\"type\":\"Nonsense\",\"vocab\":{\"a\":0}}}",
        "{\"added_tokens\":[3],\"model\":{\"vocab\":{\"a\":0}}}",
        "{\"added_tokens\":[{\"id\":0}],\"model\":{\"vocab\":{\"a\":0}}}"
      })
  void aDamagedTokenizerIsOneClearLine(String content) throws IOException {
    Path folder = Tokenizers.copy("gpt2", scratch);
    Path file = Files.writeString(folder.resolve("tokenizer.json"), content);
    TokenizerException e = assertThrows(TokenizerException.class, () -> Tokenizers.reopen(folder));
    assertTrue(e.getMessage().startsWith(file.toAbsolutePath().toString()), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
  }
}
