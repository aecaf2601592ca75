package dev.headlight.app.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.LayerListener;
import dev.headlight.analysis.text.Bos;
import dev.headlight.app.Fixtures;
import dev.headlight.app.pictures.PictureShelf;
import dev.headlight.app.pictures.PromptPicture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadPromptTest {
  @TempDir private Path folder;
  private final ModelHost host = new ModelHost();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void aPictureTakesThePlaceOfItsToken() throws IOException {
    host.open(Fixtures.parity("llava"), Progress.NONE);
    ReadPrompt prompt = read("1 2 319 5 6", List.of(picture(Color.RED)));

    assertEquals(4 + 16, prompt.tokens().size());
    assertEquals("r0c0", prompt.tokens().label(2));
    assertEquals("r3c3", prompt.tokens().label(17));
    assertEquals("5", prompt.tokens().label(18));
    RunSnapshot run = host.view(prompt, LayerListener.NONE, Progress.NONE);
    assertEquals(20, run.length());
  }

  @Test
  void whatIsSeenChangesWhatIsSaid() throws IOException {
    host.open(Fixtures.parity("llava"), Progress.NONE);
    ReadPrompt red = read("1 2 319 5 6", List.of(picture(Color.RED)));
    ReadPrompt blue = read("1 2 319 5 6", List.of(picture(Color.BLUE)));
    RunSnapshot a = host.view(red, LayerListener.NONE, Progress.NONE);
    RunSnapshot b = host.compare(blue, List.of(), Progress.NONE);

    assertFalse(host.effect(a.id(), b.id()).unchanged());
    assertTrue(
        host.effect(a.id(), host.compare(red, List.of(), Progress.NONE).id()).unchanged(),
        "the same picture says the same");
    HeadEffect without =
        host.without(a.id(), new Head(1, 1), Intervention.Mode.ZERO, Progress.NONE);
    assertFalse(without.unchanged(), "the pass without a head reads the picture too");
  }

  @Test
  void aTowerReadsThePictureAlone() throws IOException {
    host.open(Fixtures.parity("vit"), Progress.NONE);
    assertEquals(0, read("", List.of()).tokens().size());
    ReadPrompt prompt = read("", List.of(picture(Color.GREEN)));

    assertEquals("cls", prompt.tokens().label(0));
    assertEquals("r0c0", prompt.tokens().label(1));
    assertEquals(
        prompt.tokens().size(), host.view(prompt, LayerListener.NONE, Progress.NONE).length());
    assertThrows(
        HeadlightException.class, () -> read("", List.of(picture(Color.RED), picture(Color.BLUE))));
  }

  @Test
  void aModelOfTextAloneSaysSo() throws IOException {
    host.open(Fixtures.gpt2(), Progress.NONE);
    PromptPicture red = picture(Color.RED);
    HeadlightException e =
        assertThrows(HeadlightException.class, () -> read("the fox", List.of(red)));
    assertTrue(e.getMessage().contains("reads no pictures"), e.getMessage());
  }

  @Test
  void picturesAreKeptByTheirContent() throws IOException {
    PromptPicture red = picture(Color.RED);
    assertEquals(red, picture(Color.RED));
    assertNotEquals(red, picture(Color.BLUE));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("p.png")),
        Files.readAllBytes(picture(Color.BLUE).file()));
    Files.writeString(folder.resolve("bad.png"), "no picture");
    PictureShelf shelf = new PictureShelf(folder.resolve("shelf"));
    assertThrows(HeadlightException.class, () -> shelf.take(folder.resolve("bad.png")));
  }

  private ReadPrompt read(String text, List<PromptPicture> pictures) {
    return host.read(text, Optional.empty(), Bos.DEFAULT, pictures);
  }

  private PromptPicture picture(Color colour) throws IOException {
    BufferedImage image = new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(colour);
    g.fillRect(10, 5, 20, 20);
    g.dispose();
    Path file = folder.resolve("p.png");
    ImageIO.write(image, "png", file.toFile());
    return new PictureShelf(folder.resolve("shelf")).take(file);
  }
}
