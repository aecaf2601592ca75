package dev.headlight.app.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.image.Picture;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of make_files.py: four quarters, red, green, blue, white, 24 wide and 16 high. */
class PictureFilesTest {
  private static final int[][] QUARTERS = {
    {220, 30, 40}, {20, 200, 60}, {30, 50, 210}, {250, 250, 250}
  };

  private static final int[][] PLACES = {{2, 2}, {20, 2}, {2, 12}, {20, 12}};

  @TempDir Path scratch;

  private static Path file(String name) {
    URL url = PictureFilesTest.class.getResource("/pictures/" + name);
    assertNotNull(url, name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertQuarters(Picture picture, int most) {
    assertEquals(24, picture.width());
    assertEquals(16, picture.height());
    for (int q = 0; q < 4; q++) {
      for (int c = 0; c < 3; c++) {
        int found = picture.at(PLACES[q][1], PLACES[q][0], c);
        assertEquals(QUARTERS[q][c], found, most, "quarter " + q + " channel " + c);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rgb.png,0",
    "rgb.jpg,3",
    "lossless.webp,0",
    "lossy.webp,8",
    "palette.png,2",
    "two.gif,2"
  })
  void readsEveryFormat(String name, int most) {
    assertQuarters(PictureFiles.read(file(name)).picture(), most);
  }

  /** How a camera was held, in three formats. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "turned2.png",
        "turned3.png",
        "turned4.png",
        "turned5.png",
        "turned6.png",
        "turned7.png",
        "turned8.png",
        "turned6.jpg",
        "turned6.webp"
      })
  void turnsUpright(String name) {
    assertQuarters(PictureFiles.read(file(name)).picture(), 3);
  }

  /** The JDK would brighten grey, as if it were linear light. */
  @ParameterizedTest
  @CsvSource({"grey.png,0", "grey.jpg,3", "grey16.png,0"})
  void greyStaysAsItIsStored(String name, int most) {
    Picture picture = PictureFiles.read(file(name)).picture();
    int[] expected = {88, 130, 62, 250};
    for (int q = 0; q < 4; q++) {
      for (int c = 0; c < 3; c++) {
        assertEquals(expected[q], picture.at(PLACES[q][1], PLACES[q][0], c), most + 1);
      }
    }
  }

  @Test
  void cmykBecomesRgb() {
    Picture picture = PictureFiles.read(file("cmyk.jpg")).picture();
    assertTrue(picture.at(2, 2, 0) > 150 && picture.at(2, 2, 1) < 110, "red");
    assertTrue(picture.at(2, 20, 1) > 120 && picture.at(2, 20, 0) < 130, "green");
    assertTrue(picture.at(12, 2, 2) > 120 && picture.at(12, 2, 0) < 110, "blue");
    assertTrue(picture.at(12, 20, 0) > 235, "white");
  }

  /** Colours under transparency stay, so that dropping it gives what the reference has. */
  @ParameterizedTest
  @ValueSource(strings = {"alpha.png", "alpha.webp"})
  void transparencyIsKeptApart(String name) {
    Picture picture = PictureFiles.read(file(name)).picture();
    assertQuarters(picture, 0);
    assertEquals(0, picture.alpha()[0] & 0xFF);
    assertEquals(255, picture.alpha()[23] & 0xFF);
    Picture white = picture.onWhite();
    assertNull(white.alpha());
    assertEquals(255, white.at(0, 0, 1));
    assertEquals(250, white.at(12, 23, 1));
  }

  /** Two bytes a channel: the upper one counts. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sixteenBitColoursAreTheirUpperBytes(boolean transparent) throws IOException {
    int bands = transparent ? 4 : 3;
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            transparent,
            false,
            transparent ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(24, 16);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 24; x++) {
        for (int band = 0; band < bands; band++) {
          int quarter = x / 12 + 2 * (y / 8);
          int value = band == 3 ? 10 * x : QUARTERS[quarter][band];
          raster.setSample(x, y, band, (value << 8) + 201);
        }
      }
    }
    Path file = scratch.resolve("deep.png");
    assertTrue(ImageIO.write(new BufferedImage(model, raster, false, null), "png", file.toFile()));
    Picture picture = PictureFiles.read(file).picture();
    assertQuarters(picture, 0);
    assertEquals(transparent, picture.alpha() != null);
    if (transparent) {
      assertEquals(230, picture.alpha()[23] & 0xFF);
    }
  }

  /** The file's own canvas is 24 × 16; here it is larger, and the frame begins at (5, 3). */
  @Test
  void aFrameSmallerThanItsCanvasIsDrawnWhereItStands() throws IOException {
    byte[] bytes = Files.readAllBytes(file("two.gif"));
    byte[] frame = {0x2C, 0, 0, 0, 0, 24, 0, 16, 0};
    int at = 0;
    while (!Arrays.equals(frame, Arrays.copyOfRange(bytes, at, at + frame.length))) {
      at++;
    }
    bytes[at + 1] = 5;
    bytes[at + 3] = 3;
    bytes[6] = 40;
    bytes[8] = 30;
    Picture picture = PictureFiles.read(Files.write(scratch.resolve("part.gif"), bytes)).picture();
    assertEquals(40, picture.width());
    assertEquals(30, picture.height());
    Picture whole = PictureFiles.read(file("two.gif")).picture();
    for (int c = 0; c < 3; c++) {
      assertEquals(whole.at(0, 0, c), picture.at(3, 5, c));
      assertEquals(whole.at(15, 23, c), picture.at(18, 28, c));
      // The first colour of the palette, behind header and screen descriptor.
      assertEquals(bytes[13 + c] & 0xFF, picture.at(0, 0, c));
      assertEquals(bytes[13 + c] & 0xFF, picture.at(29, 39, c));
    }
  }

  /** A canvas of four thousand million pixels around a small frame. */
  @Test
  void anEnormousCanvasIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file("two.gif"));
    Arrays.fill(bytes, 6, 10, (byte) 0xFF);
    Path huge = Files.write(scratch.resolve("huge.gif"), bytes);
    assertTrue(error(huge).contains("65535"), error(huge));
  }

  private static String error(Path file) {
    String message =
        assertThrows(HeadlightException.class, () -> PictureFiles.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    assertTrue(message.endsWith("."), message);
    return message;
  }

  @Test
  void otherFilesAreNoPictures() throws IOException {
    Path text = Files.writeString(scratch.resolve("a.png"), "not a picture at all");
    assertTrue(error(text).contains("is not a picture"), error(text));
    Path empty = Files.write(scratch.resolve("b.jpg"), new byte[0]);
    assertTrue(error(empty).contains("is not a picture"), error(empty));
    assertTrue(error(scratch.resolve("c.png")).contains("there is no such file"));
    assertTrue(error(scratch).contains("there is no such file"));
  }

  /** The first frame of the GIF ends soon. */
  @ParameterizedTest
  @CsvSource({
    "rgb.png,70",
    "rgb.jpg,85",
    "rgb.jpg,30",
    "lossless.webp,70",
    "lossy.webp,70",
    "two.gif,40"
  })
  void cutFilesAreRefused(String name, int percent) throws IOException {
    byte[] whole = Files.readAllBytes(file(name));
    Path cut = scratch.resolve(name);
    Files.write(cut, Arrays.copyOf(whole, whole.length * percent / 100));
    error(cut);
  }

  @Test
  void damagedFilesAreRefusedOrRead() throws IOException {
    byte[] whole = Files.readAllBytes(file("rgb.png"));
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = whole.clone();
      bytes[8 + random.nextInt(bytes.length - 8)] ^= (byte) (1 << random.nextInt(8));
      Path file = Files.write(scratch.resolve("damaged.png"), bytes);
      try {
        PictureFiles.read(file);
      } catch (HeadlightException e) {
        assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
      }
    }
  }

  @Test
  void noHeightIsRefused() throws IOException {
    error(png("flat.png", 10, 0));
  }

  /** 108 million pixels of one bit: the file is small, the picture is not. */
  @Test
  void enormousPicturesAreReadInStepsAndItIsSaid() throws IOException {
    ReadPicture read = PictureFiles.read(png("huge.png", 12_000, 9_000));
    assertTrue(read.picture().width() <= 6000, read.picture().width() + " wide");
    assertEquals(4.0 / 3, (double) read.picture().width() / read.picture().height(), 0.01);
    assertEquals(1, read.notices().size());
    assertTrue(read.notices().get(0).contains("108 million pixels"), read.notices().get(0));
  }

  @Test
  void beyondAllMeasureIsRefused() throws IOException {
    String message = error(pngHeader("monster.png", 2_000_000, 2_000_000));
    assertTrue(message.contains("million pixels"), message);
  }

  /** A white PNG of one bit a pixel. */
  private Path png(String name, int width, int height) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    byte[] row = new byte[1 + (width + 7) / 8];
    Arrays.fill(row, 1, row.length, (byte) 0xFF);
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(data)) {
      for (int y = 0; y < height; y++) {
        deflater.write(row);
      }
    }
    return write(name, width, height, data.toByteArray());
  }

  private Path pngHeader(String name, int width, int height) throws IOException {
    return write(name, width, height, new byte[0]);
  }

  private Path write(String name, int width, int height, byte[] data) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(header);
    out.writeInt(width);
    out.writeInt(height);
    out.write(new byte[] {1, 0, 0, 0, 0});
    chunk(file, "IHDR", header.toByteArray());
    chunk(file, "IDAT", data);
    chunk(file, "IEND", new byte[0]);
    return Files.write(scratch.resolve(name), file.toByteArray());
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] data)
      throws IOException {
    DataOutputStream out = new DataOutputStream(file);
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeInt((int) crc.getValue());
  }
}
