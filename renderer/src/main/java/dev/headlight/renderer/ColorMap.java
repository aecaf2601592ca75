package dev.headlight.renderer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * 256 opaque colours from low to high.
 *
 * <p>viridis, magma, inferno, plasma: van der Walt, Smith and Firing, BIDS/colormap (CC0); cividis:
 * Nuñez, Anderton and Renslow 2018 (CC0); blues: ColorBrewer 2.0.
 */
public final class ColorMap {
  /** Number of colours. */
  public static final int SIZE = 256;

  private static final List<String> SEQUENTIAL =
      List.of("viridis", "magma", "inferno", "plasma", "cividis", "blues");
  private static final Map<String, ColorMap> LOADED = new ConcurrentHashMap<>();

  private final String name;
  private final int[] argb;

  private ColorMap(String name, int[] argb) {
    this.name = name;
    this.argb = argb;
  }

  /** Names of the sequential maps, the default first. */
  public static List<String> sequentialNames() {
    return SEQUENTIAL;
  }

  /**
   * A sequential map by its name.
   *
   * @throws IllegalArgumentException for an unknown name, listing the known ones
   */
  public static ColorMap named(String name) {
    if (!SEQUENTIAL.contains(name)) {
      throw new IllegalArgumentException(
          "unknown colour map \"" + name + "\", use one of " + String.join(", ", SEQUENTIAL));
    }
    return LOADED.computeIfAbsent(name, ColorMap::load);
  }

  /** The default for weights. */
  public static ColorMap viridis() {
    return named("viridis");
  }

  /**
   * Red (negative) over the panel's colour (exactly 0, entry 128) to blue (positive), interpolated
   * in OKLab (Ottosson 2020) so that the strength of the colour grows evenly with the value.
   */
  public static ColorMap diverging(Theme theme) {
    return LOADED.computeIfAbsent(
        "rdbu-" + theme,
        key -> {
          int[] table = new int[SIZE];
          for (int i = 0; i < SIZE; i++) {
            table[i] =
                i < SIZE / 2
                    ? OkLab.mix(theme.panel(), theme.negative(), (128 - i) / 128.0)
                    : OkLab.mix(theme.panel(), theme.positive(), (i - 128) / 127.0);
          }
          return new ColorMap("rdbu", table);
        });
  }

  private static ColorMap load(String name) {
    int[] table = new int[SIZE];
    int count = 0;
    try (InputStream in = ColorMap.class.getResourceAsStream("maps/" + name + ".txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          table[count++] = 0xff000000 | Integer.parseInt(line, 16);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the colour map " + name, e);
    }
    if (count != SIZE) {
      throw new IllegalStateException(
          "the colour map %s has %d colours, not 256".formatted(name, count));
    }
    return new ColorMap(name, table);
  }

  /** Short name, such as {@code viridis} or {@code rdbu}. */
  public String name() {
    return name;
  }

  /** The colour 0xffRRGGBB at a position; below 0 and above 1 the ends, for {@code NaN} the low. */
  public int argb(double position) {
    return argb[(int) (Math.min(1, Math.max(0, position)) * (SIZE - 1) + 0.5)];
  }

  /** A copy of the table, low to high, 0xffRRGGBB. */
  public int[] toArray() {
    return argb.clone();
  }

  /** The table itself; only for reading inside this package. */
  int[] table() {
    return argb;
  }

  @Override
  public String toString() {
    return name;
  }
}
