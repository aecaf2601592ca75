package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures from the command line: formats, settings, captions, grids of chosen heads. */
class FigureCaptureTest {
  @TempDir Path folder;

  private void capture(Path model, Object... options) {
    List<Object> line = new ArrayList<>(List.of("capture", model, "--out", folder));
    line.addAll(List.of(options));
    CliRun run = CliRun.of(line.toArray());
    assertEquals(0, run.code(), run.err());
  }

  private JsonObject sidecar(String name) throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve(name))).getAsJsonObject();
  }

  @Test
  void aPdfHasItsWidthItsTitleAndItsTokensAsText() throws IOException {
    capture(
        CliRun.fixture("gpt2"),
        "--prompt",
        "abc",
        "--format",
        "pdf",
        "--heads",
        "L0H1",
        "--width-mm",
        "88",
        "--title",
        "Mine");
    try (PDDocument pdf = Loader.loadPDF(folder.resolve("L0H1.pdf").toFile())) {
      assertEquals(88 / 25.4 * 72, pdf.getPage(0).getMediaBox().getWidth(), 0.01);
      String text = new PDFTextStripper().getText(pdf);
      assertTrue(text.startsWith("Mine"), text);
      assertTrue(text.contains("attention weight · √ scale"), text);
    }
  }

  @Test
  void theSidecarHasACaptionInWholeSentences() throws IOException {
    capture(
        CliRun.fixture("llama"),
        "--tokens",
        "5,6,7",
        "--format",
        "svg",
        "--heads",
        "L1H3",
        "--intervene",
        "zero:L0H0",
        "--font-size",
        "6",
        "--theme",
        "paper");
    JsonObject about = sidecar("L1H3.svg.json");
    String caption = about.get("caption").getAsString();
    assertTrue(
        caption.matches("Attention pattern of head L1H3 \\(KV group \\d\\) of llama on .*"),
        caption);
    assertTrue(caption.contains("a prompt of 3 given token ids"), caption);
    assertTrue(caption.contains("√ scale, 0 to 1"), caption);
    assertTrue(caption.endsWith("Computed under the interventions zero:L0H0."), caption);
    assertEquals(6, about.getAsJsonObject("figure").get("font_size_pt").getAsDouble());
    assertEquals("paper", about.getAsJsonObject("figure").get("theme").getAsString());
    JsonObject provenance = about.getAsJsonObject("provenance");
    assertEquals("[[5,6,7]]", provenance.getAsJsonArray("tokens").toString());
    assertTrue(provenance.get("sha256").getAsString().matches("[0-9a-f]{64}"));
    assertTrue(Files.readString(folder.resolve("L1H3.svg")).contains("<desc>" + caption));
  }

  @Test
  void chosenHeadsStandInOneFigure() throws IOException {
    capture(
        CliRun.fixture("gpt2"),
        "--tokens",
        "1,2,3,4",
        "--format",
        "pdf",
        "--heads",
        "L0H1,L2H*",
        "--figure",
        "grid");
    try (PDDocument pdf = Loader.loadPDF(folder.resolve("heads.pdf").toFile())) {
      String text = new PDFTextStripper().getText(pdf);
      for (String head : List.of("L0H1", "L2H0", "L2H3")) {
        assertTrue(text.contains(head), head + " in " + text);
      }
      assertFalse(text.contains("L1H0"), text);
    }
    assertTrue(
        sidecar("heads.pdf.json")
            .get("caption")
            .getAsString()
            .startsWith("Attention patterns of heads L0H1, L2H0, L2H1, L2H2, L2H3 of gpt2 on"));
  }

  @Test
  void allHeadsStandInLayersByHeads() throws IOException {
    capture(CliRun.fixture("gpt2"), "--tokens", "1,2", "--format", "png", "--figure", "grid");
    assertTrue(Files.size(folder.resolve("heads.png")) > 1000);
    assertTrue(sidecar("heads.png.json").get("caption").getAsString().contains("heads L0H0, L0H1"));
  }

  @Test
  void theSameLineGivesTheSameBytes() throws IOException {
    for (String format : List.of("png", "svg", "pdf")) {
      Object[] options = {"--tokens", "1,2,3", "--format", format, "--heads", "L1H1"};
      capture(CliRun.fixture("gpt2"), options);
      byte[] first = Files.readAllBytes(folder.resolve("L1H1." + format));
      capture(CliRun.fixture("gpt2"), options);
      assertArrayEquals(first, Files.readAllBytes(folder.resolve("L1H1." + format)), format);
    }
  }
}
