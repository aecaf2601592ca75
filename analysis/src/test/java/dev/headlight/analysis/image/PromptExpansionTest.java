package dev.headlight.analysis.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.text.TextTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Special tokens of text fixtures stand for image tokens: {@code <|pad|>} has id 0. */
class PromptExpansionTest {
  private static TextTokenizer llama;
  private static TextTokenizer gemma;

  @BeforeAll
  static void open() {
    llama = tokenizer("llama");
    gemma = tokenizer("gemma");
  }

  @AfterAll
  static void close() {
    llama.close();
    gemma.close();
  }

  private static TextTokenizer tokenizer(String family) {
    try (Checkpoint checkpoint = Checkpoint.open(Parity.folder(family))) {
      return TextTokenizer.open(checkpoint).orElseThrow();
    }
  }

  private static PromptExpansion expansion(String type, String more, TextTokenizer tokenizer) {
    String json = "{\"model_type\": \"" + type + "\", \"vision_config\": {}, " + more + "}";
    return PromptExpansion.open(
        Config.parse(Path.of("config.json"), json), Optional.ofNullable(tokenizer));
  }

  private static PictureTile tile(int row, int column, int rows, int columns) {
    Region source = new Region(0, 0, columns, rows);
    return new PictureTile(row, column, source, columns, rows, 1, 1, 0, false);
  }

  private static PictureLayout layout(int rows, int columns) {
    return new PictureLayout(columns, rows, 0, 0, List.of(tile(-1, -1, rows, columns)));
  }

  private static PictureLayout tiled(int tileRows, int tileColumns) {
    List<PictureTile> tiles = new ArrayList<>();
    for (int r = 0; r < tileRows; r++) {
      for (int c = 0; c < tileColumns; c++) {
        tiles.add(tile(r, c, 1, 2));
      }
    }
    tiles.add(tile(-1, -1, 1, 2));
    return new PictureLayout(4, 4, tileRows, tileColumns, tiles);
  }

  private static String error(Runnable work) {
    return assertThrows(HeadlightException.class, work::run).getMessage();
  }

  @Test
  void placeholderBecomesAllTokens() {
    PromptExpansion llava = expansion("llava", "\"image_token_index\": 0", llama);
    ExpandedPrompt prompt = llava.expand("a<|pad|>b", List.of(layout(2, 3)));
    assertEquals("a" + "<|pad|>".repeat(6) + "b", prompt.text());
    assertTrue(prompt.special());
    int[] ids = llama.encode(prompt.text(), false).ids();
    int[][] positions = llava.positions(ids, List.of(layout(2, 3)));
    assertEquals(6, positions[0].length);
    assertEquals(0, ids[positions[0][0]]);
  }

  @Test
  void placeholdersGoToPicturesInOrder() {
    PromptExpansion llava = expansion("llava", "\"image_token_index\": 0", llama);
    List<PictureLayout> layouts = List.of(layout(1, 2), layout(1, 3));
    String text = llava.expand("<|pad|>x<|pad|>", layouts).text();
    assertEquals("<|pad|>".repeat(2) + "x" + "<|pad|>".repeat(3), text);
    int[][] positions = llava.positions(new int[] {0, 0, 9, 0, 0, 0}, layouts);
    assertArrayEquals(new int[] {0, 1}, positions[0]);
    assertArrayEquals(new int[] {3, 4, 5}, positions[1]);
  }

  @Test
  void expandedPromptStays() {
    PromptExpansion llava = expansion("llava", "\"image_token_index\": 0", llama);
    String text = "<|pad|>".repeat(4);
    assertEquals(text, llava.expand(text, List.of(layout(2, 2))).text());
  }

  @Test
  void noneOrTwoPlaceholdersAreClearErrors() {
    PromptExpansion llava = expansion("llava", "\"image_token_index\": 0", llama);
    String none = error(() -> llava.expand("hello", List.of(layout(2, 2))));
    assertTrue(none.contains("has no <|pad|> and one picture is given"), none);
    String two = error(() -> llava.expand("<|pad|><|pad|>", List.of(layout(2, 2))));
    assertTrue(two.contains("has 2 times <|pad|> and one picture is given"), two);
    String without = error(() -> llava.expand("<|pad|>", List.of()));
    assertTrue(without.contains("no picture is given"), without);
  }

  @Test
  void paliGemmaPutsThePictureInFrontAndSaysSo() {
    PromptExpansion pali = expansion("paligemma", "\"image_token_index\": 3", gemma);
    ExpandedPrompt prompt = pali.expand("what", List.of(layout(1, 2)));
    assertEquals("<unk><unk><bos>what\n", prompt.text());
    assertFalse(prompt.special());
    assertTrue(prompt.notice().orElseThrow().contains("before the text"));
    assertEquals("<unk><unk><bos>what\n", pali.expand("<unk>what", List.of(layout(1, 2))).text());
  }

  @Test
  void gemmaFramesThePicture() {
    PromptExpansion gemma3 =
        expansion(
            "gemma3",
            "\"image_token_index\": 3, \"boi_token_index\": 0, \"eoi_token_index\": 2",
            gemma);
    String text = gemma3.expand("a<pad>b", List.of(layout(1, 2))).text();
    assertEquals("a\n\n<pad><unk><unk><eos>\n\nb", text);
  }

  /** As Idefics3's processor writes them. */
  @Test
  void tilesAreNamed() {
    PromptExpansion smol = expansion("smolvlm", "\"image_token_id\": 0", llama);
    String two = "<|pad|><|pad|>";
    String around = "<fake_token_around_image>";
    assertEquals(
        around
            + "<row_1_col_1>"
            + two
            + around
            + "<row_1_col_2>"
            + two
            + "\n"
            + around
            + "<row_2_col_1>"
            + two
            + around
            + "<row_2_col_2>"
            + two
            + "\n"
            + "\n"
            + around
            + "<global-img>"
            + two
            + around
            + "?",
        smol.expand("<|pad|>?", List.of(tiled(2, 2))).text());
    assertEquals(
        around + "<global-img>" + two + around + "?",
        smol.expand("<|pad|>?", List.of(tiled(0, 0))).text());
  }

  @Test
  void idsAreExpandedWithoutATokenizer() {
    PromptExpansion llava = expansion("llava", "\"image_token_index\": 7", null);
    List<PictureLayout> one = List.of(layout(1, 3));
    assertArrayEquals(new int[] {1, 7, 7, 7, 2}, llava.expand(new int[] {1, 7, 2}, one));
    assertArrayEquals(new int[] {7, 7, 7}, llava.expand(new int[] {7, 7, 7}, one));
    String few = error(() -> llava.expand(new int[] {1, 2}, one));
    assertTrue(few.contains("has 0 image tokens (id 7)"), few);
    String text = error(() -> llava.expand("a", one));
    assertTrue(text.contains("no tokenizer.json"), text);
  }

  @Test
  void classTokenOfTheFullStrategyHasNoPlace() {
    PictureTile tile = new PictureTile(-1, -1, new Region(0, 0, 4, 4), 4, 4, 2, 1, 1, false);
    PictureLayout layout = new PictureLayout(4, 4, 0, 0, List.of(tile));
    assertEquals(5, layout.tokens());
    assertEquals(-1, layout.place(0).row());
    assertTrue(layout.place(0).region().isEmpty());
    assertEquals(new Region(0, 0, 2, 2), layout.place(1).region());
  }
}
