package dev.headlight.renderer.figure;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes PNG with resolution (pHYs) and text (iTXt, UTF-8) chunks. */
final class Png {
  private static final String FORMAT = "javax_imageio_png_1.0";
  private static final double INCH_IN_METRES = 0.0254;

  private Png() {}

  /** A plain PNG of 0xAARRGGBB pixels. */
  static byte[] bytes(int[] argb, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, width, height, argb, 0, width);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(image, 0, Map.of(), out);
    return out.toByteArray();
  }

  /**
   * @param dpi pixels per inch, or 0 for no statement
   * @param texts by keyword (1..79 Latin-1 characters)
   */
  static void write(BufferedImage image, int dpi, Map<String, String> texts, OutputStream out)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(image), parameters);
      metadata.mergeTree(FORMAT, chunks(dpi, texts));
      writer.setOutput(stream);
      writer.write(metadata, new IIOImage(image, null, metadata), parameters);
      stream.flush();
    } finally {
      writer.dispose();
    }
  }

  private static IIOMetadataNode chunks(int dpi, Map<String, String> texts) {
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    if (dpi > 0) {
      String perMetre = Long.toString(Math.round(dpi / INCH_IN_METRES));
      root.appendChild(
          node(
              "pHYs",
              Map.of(
                  "pixelsPerUnitXAxis", perMetre,
                  "pixelsPerUnitYAxis", perMetre,
                  "unitSpecifier", "meter")));
    }
    if (!texts.isEmpty()) {
      IIOMetadataNode all = new IIOMetadataNode("iTXt");
      texts.forEach((keyword, text) -> all.appendChild(node("iTXtEntry", entry(keyword, text))));
      root.appendChild(all);
    }
    return root;
  }

  private static Map<String, String> entry(String keyword, String text) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("keyword", keyword);
    attributes.put("compressionFlag", "FALSE");
    attributes.put("compressionMethod", "0");
    attributes.put("languageTag", "");
    attributes.put("translatedKeyword", "");
    attributes.put("text", text);
    return attributes;
  }

  private static IIOMetadataNode node(String name, Map<String, String> attributes) {
    IIOMetadataNode node = new IIOMetadataNode(name);
    attributes.forEach(node::setAttribute);
    return node;
  }
}
