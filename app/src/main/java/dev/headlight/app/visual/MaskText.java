package dev.headlight.app.visual;

import dev.headlight.analysis.vision.Mask;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.BitSet;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Painted objects as a short text for sessions and undo: of each picture its number, the sides, and
 * the pixels, a bit each, packed.
 */
public final class MaskText {
  private static final int MOST_PIXELS = 100_000_000;

  private MaskText() {}

  /** The text; empty for none. */
  public static String of(Map<Integer, Mask> masks) {
    return new TreeMap<>(masks)
        .entrySet().stream()
            .map(e -> e.getKey() + ":" + written(e.getValue()))
            .collect(Collectors.joining(";"));
  }

  private static String written(Mask mask) {
    BitSet bits = new BitSet(mask.inside().length);
    for (int i = 0; i < mask.inside().length; i++) {
      // What differs from the line above: blobs have long edges and little else.
      boolean above = i >= mask.width() && mask.inside()[i - mask.width()];
      bits.set(i, mask.inside()[i] != above);
    }
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try {
      deflater.setInput(bits.toByteArray());
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      while (!deflater.finished()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
      String pixels = Base64.getEncoder().encodeToString(packed.toByteArray());
      return mask.width() + "x" + mask.height() + ":" + pixels;
    } finally {
      deflater.end();
    }
  }

  /**
   * Reads what {@link #of} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static SortedMap<Integer, Mask> parse(String text) {
    SortedMap<Integer, Mask> masks = new TreeMap<>();
    for (String one : text.isEmpty() ? new String[0] : text.split(";", -1)) {
      String[] parts = one.split(":", -1);
      if (parts.length != 3 || !parts[1].matches("\\d{1,6}x\\d{1,6}")) {
        throw new IllegalArgumentException("no mask");
      }
      String[] sides = parts[1].split("x", -1);
      int width = Integer.parseInt(sides[0]);
      int height = Integer.parseInt(sides[1]);
      masks.put(Integer.parseInt(parts[0]), read(width, height, parts[2]));
    }
    return masks;
  }

  private static Mask read(int width, int height, String pixels) {
    if ((long) width * height > MOST_PIXELS) {
      throw new IllegalArgumentException("a mask of " + width + " × " + height);
    }
    BitSet bits = BitSet.valueOf(unpacked(pixels, width * height / Byte.SIZE + 1));
    boolean[] inside = new boolean[width * height];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = bits.get(i) != (i >= width && inside[i - width]);
    }
    return new Mask(width, height, inside);
  }

  private static byte[] unpacked(String pixels, int most) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(Base64.getDecoder().decode(pixels));
      byte[] bytes = new byte[most];
      int size = 0;
      while (!inflater.finished() && size < most) {
        int more = inflater.inflate(bytes, size, most - size);
        if (more == 0) {
          break;
        }
        size += more;
      }
      return bytes;
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("no mask", e);
    } finally {
      inflater.end();
    }
  }
}
