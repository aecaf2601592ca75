package dev.headlight.renderer.figure;

import dev.headlight.renderer.Fonts.Face;
import java.awt.Font;
import java.awt.FontFormatException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.fontbox.util.autodetect.FontFileFinder;

/**
 * Which font draws which characters: the face asked for, the other bundled one, then the fonts of
 * the system, the plainest first.
 */
final class Typefaces {
  private static final Map<Face, Typeface> BUNDLED = new ConcurrentHashMap<>();
  private static final Map<String, Optional<Typeface>> FOUND = new ConcurrentHashMap<>();
  private static final List<Typeface> INSTALLED = new ArrayList<>();

  /** Words in file names of fonts that are not plain text faces. */
  private static final List<String> FANCY =
      List.of(
          "bold",
          "black",
          "heavy",
          "semi",
          "light",
          "thin",
          "italic",
          "oblique",
          "condensed",
          "narrow",
          "serif",
          "mono",
          "math",
          "display",
          "medium");

  private static List<File> unread;

  private Typefaces() {}

  static Typeface of(Face face) {
    return BUNDLED.computeIfAbsent(face, Typeface::bundled);
  }

  /** A font that has a glyph for each of these characters. */
  static Optional<Typeface> find(String characters, Face face) {
    Face other = face == Face.JETBRAINS_MONO ? Face.INTER : Face.JETBRAINS_MONO;
    for (Face candidate : List.of(face, other)) {
      if (drawsAll(of(candidate), characters)) {
        return Optional.of(of(candidate));
      }
    }
    return FOUND.computeIfAbsent(characters, Typefaces::search);
  }

  /** Joins and variation selectors: they shape what stands before them and have no look. */
  static boolean isInvisibleJoiner(int codePoint) {
    return codePoint == 0x200c
        || codePoint == 0x200d
        || (codePoint >= 0xfe00 && codePoint <= 0xfe0f);
  }

  private static boolean drawsAll(Typeface typeface, String characters) {
    return characters.codePoints().allMatch(c -> isInvisibleJoiner(c) || typeface.draws(c));
  }

  private static synchronized Optional<Typeface> search(String characters) {
    for (Typeface typeface : INSTALLED) {
      if (drawsAll(typeface, characters)) {
        return Optional.of(typeface);
      }
    }
    if (unread == null) {
      unread = fontFiles();
    }
    while (!unread.isEmpty()) {
      List<Typeface> more = read(unread.remove(0));
      INSTALLED.addAll(more);
      for (Typeface typeface : more) {
        if (drawsAll(typeface, characters)) {
          return Optional.of(typeface);
        }
      }
    }
    return Optional.empty();
  }

  private static List<File> fontFiles() {
    List<File> files = new ArrayList<>();
    for (URI uri : new FontFileFinder().find()) {
      File file = new File(uri);
      String name = file.getName().toLowerCase(Locale.ROOT);
      if (name.endsWith(".ttf") || name.endsWith(".otf") || name.endsWith(".ttc")) {
        files.add(file);
      }
    }
    files.sort(Comparator.comparingInt(Typefaces::fancy).thenComparing(File::getPath));
    return files;
  }

  private static int fancy(File file) {
    String name = file.getName().toLowerCase(Locale.ROOT);
    return (int) FANCY.stream().filter(name::contains).count();
  }

  private static List<Typeface> read(File file) {
    List<Typeface> typefaces = new ArrayList<>();
    try {
      for (Font font : Font.createFonts(file)) {
        typefaces.add(Typeface.installed(font, file));
      }
    } catch (IOException | FontFormatException | RuntimeException e) {
      // A damaged font of the system: another one may serve.
      return List.of();
    }
    return typefaces;
  }
}
