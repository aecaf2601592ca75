package dev.headlight.app.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts beside pictures, one a line, on two towers with a tokenizer of another model. */
class SideTextsTest {
  private static final Path PARITY =
      Path.of("..", "analysis", "src", "test", "resources", "parity");

  @TempDir private Path folder;

  private Model open(String family) throws IOException {
    try (Stream<Path> files = Files.list(PARITY.resolve(family))) {
      for (Path file : files.filter(f -> !f.toString().contains("reference")).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Path tokenizer = PARITY.resolve("gpt2").resolve("tokenizer.json");
    Files.copy(tokenizer, folder.resolve("tokenizer.json"));
    return Model.open(folder, Progress.NONE);
  }

  @Test
  void siglipsTextsAreFilledUpToItsLength() throws IOException {
    try (Model siglip = open("siglip")) {
      assertTrue(SideTexts.of(siglip.spec()));
      List<Tokens> texts = SideTexts.read(siglip, "a cat\n\n  two dogs \n", Bos.DEFAULT);
      assertEquals(2, texts.size());
      assertEquals("two dogs", texts.get(1).text());
      for (Tokens text : texts) {
        assertEquals(siglip.spec().maxPositions(), text.size());
        assertEquals(1, text.id(text.size() - 1));
        assertTrue(text.special(text.size() - 1));
        assertFalse(text.special(0));
      }
    }
  }

  @Test
  void clipsTextsStayAsTheyAre() throws IOException {
    try (Model clip = open("clip")) {
      Tokens text = SideTexts.read(clip, "a cat", Bos.DEFAULT).get(0);
      assertEquals(clip.tokenizer().orElseThrow().encode("a cat").size(), text.size());
    }
  }
}
