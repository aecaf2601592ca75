package dev.headlight.analysis.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels as people read them, with each kind of tokenizer. */
class LabelsTest {
  @TempDir Path scratch;
  private final Map<String, TextTokenizer> open = new HashMap<>();

  @AfterEach
  void close() {
    open.values().forEach(TextTokenizer::close);
  }

  private List<String> labels(String family, String text) {
    return open.computeIfAbsent(family, name -> Tokenizers.open(name, scratch))
        .encode(text, false)
        .labels();
  }

  @Test
  void byteLevelShowsSpacesAndLines() {
    assertEquals(List.of("T", "he", "␣", "k"), labels("gpt2", "The k"));
    assertEquals(List.of("␣l", "e", "ad"), labels("gpt2", " lead"));
    assertEquals(List.of("↵", "↵", "⇥", "\\r", "↵"), labels("gpt2", "\n\n\t\r\n"));
    assertEquals(List.of("\\u0001"), labels("gpt2", "\u0001"));
  }

  @Test
  void charactersSplitOverTokensStayReadable() {
    assertEquals(List.of("🙂·1/3", "🙂·2/3", "🙂·3/3"), labels("gpt2", "🙂"));
    assertEquals(
        List.of("今·1/3", "今·2/3", "今·3/3", "日·1/3", "日·2/3", "日·3/3"), labels("gpt2", "今日"));
    assertEquals(List.of("é"), labels("gpt2", "é"));
    assertEquals(List.of("ש·1/2", "ש·2/2"), labels("gpt2", "ש"));
  }

  @Test
  void byteFallbackIsPutTogetherToo() {
    for (String family : List.of("llama_head_dim", "gemma")) {
      List<String> found = labels(family, "🙂\n");
      List<String> tail = found.subList(found.size() - 5, found.size());
      assertEquals(List.of("🙂·1/4", "🙂·2/4", "🙂·3/4", "🙂·4/4", "↵"), tail, family);
    }
    assertEquals(List.of("␣", "T", "he", "␣", "k"), labels("llama_head_dim", "The k"));
  }

  @Test
  void metaspaceShowsSpaces() {
    List<String> found = labels("llama_rope_linear", "the walk");
    assertEquals("␣the", found.get(0));
    assertEquals("␣the␣walk", String.join("", found));
  }

  @Test
  void wordPieceKeepsItsOwnMarks() {
    assertEquals(List.of("[UNK]"), labels("bert", "🙂"));
    List<String> found = labels("bert", "walked");
    assertEquals("walked", String.join("", found).replace("##", ""));
    assertEquals("##", found.get(1).substring(0, 2));
  }

  @Test
  void joinersAndMarksAtTheEdgeOfALabelAreShown() {
    assertEquals(List.of("\\u200D·1/2", "\\u200D·2/2"), labels("gpt2", "\u200D"));
    assertEquals(List.of("e", "◌́·1/2", "◌́·2/2"), labels("gpt2", "e\u0301"));
  }

  @Test
  void bytesThatCompleteNothingAreShownAsBytes() {
    TextTokenizer tokenizer = Tokenizers.open("gpt2", scratch);
    open.put("gpt2", tokenizer);
    int[] ids = tokenizer.encode("🙂", false).ids();
    assertEquals("\\xF0\\x9F", tokenizer.label(ids[0]));
    assertEquals(List.of("\\xF0\\x9F", "\\x99"), tokenizer.labels(Arrays.copyOf(ids, 2)));
    assertEquals(
        List.of("\\x82", "🙂·1/3", "🙂·2/3", "🙂·3/3", "\\xF0\\x9F"),
        tokenizer.labels(new int[] {ids[2], ids[0], ids[1], ids[2], ids[0]}));
  }

  @Test
  void theEndOfAWordIsShownAsASpace() throws IOException {
    Path folder = Tokenizers.copy("gpt2", scratch);
    Files.writeString(
        folder.resolve("tokenizer.json"),
        """
        {"version":"1.0","added_tokens":[],"normalizer":null,
         "pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true},
         "decoder":{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true},
         "model":{"type":"BPE","end_of_word_suffix":"</w>","merges":["h i</w>"],
                  "vocab":{"h":0,"i":1,"h</w>":2,"i</w>":3,"hi</w>":4}}}
        """);
    try (TextTokenizer tokenizer = Tokenizers.reopen(folder)) {
      assertEquals(List.of("h", "hi␣"), tokenizer.encode("hhi").labels());
      assertEquals("h␣", tokenizer.label(2));
    }
  }

  @Test
  void specialTokensStandForThemselvesAndEndARun() {
    TextTokenizer tokenizer = Tokenizers.open("gpt2", scratch);
    open.put("gpt2", tokenizer);
    int[] ids = tokenizer.encode("🙂", false).ids();
    assertEquals(
        List.of("\\xF0\\x9F", "<|endoftext|>", "\\x99"),
        tokenizer.labels(new int[] {ids[0], 0, ids[1]}));
    assertEquals(List.of("⟨99999⟩", "⟨-1⟩"), tokenizer.labels(new int[] {99999, -1}));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt2",
        "llama",
        "qwen2",
        "roberta",
        "bert",
        "llama_rope_linear",
        "llama_head_dim",
        "gemma"
      })
  void noLabelIsEmptyOrInvisible(String family) {
    try (TextTokenizer tokenizer = Tokenizers.open(family, scratch)) {
      for (int id = 0; id < tokenizer.vocabSize(); id++) {
        String label = tokenizer.label(id);
        assertFalse(label.isBlank(), family + " " + id);
        assertFalse(
            label.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 'Ġ' || c == '▁'),
            family + " " + id + " " + label);
      }
    }
  }
}
