package dev.headlight.renderer.figure;

import dev.headlight.renderer.Fonts.Face;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.fontbox.ttf.TTFSubsetter;
import org.apache.fontbox.ttf.TrueTypeFont;

/**
 * The fonts of an SVG: of each the glyphs that its texts need, embedded, so that it looks the same
 * where they are not installed. Joined scripts need the whole font's tables; they are left to the
 * font by its name.
 */
final class SvgFonts {
  /** Without the tables of shaping, whose glyph numbers a part of a font no longer has. */
  private static final List<String> TABLES =
      List.of(
          "head", "hhea", "maxp", "OS/2", "name", "post", "cmap", "hmtx", "loca", "glyf", "cvt ",
          "fpgm", "prep", "gasp");

  private static final int LAST_OF_BASIC_PLANE = 0xffff;
  private static final String EMBEDDED = "Headlight ";

  private final Map<Typeface, Set<Integer>> characters = new LinkedHashMap<>();

  /** Takes note of the characters of a run. */
  void use(TextLine.Run run) {
    Set<Integer> used = characters.computeIfAbsent(run.typeface(), t -> new TreeSet<>());
    if (run.shaped() && !isBundled(run.typeface())) {
      return;
    }
    run.text().codePoints().forEach(used::add);
    // Viewers compose letters and marks where the font has the whole character.
    Normalizer.normalize(run.text(), Normalizer.Form.NFC).codePoints().forEach(used::add);
  }

  private static boolean isBundled(Typeface typeface) {
    for (Face face : Face.values()) {
      if (typeface.equals(Typefaces.of(face))) {
        return true;
      }
    }
    return false;
  }

  /** Classes of texts after the parts of fonts that they name. */
  String styleSheet() throws IOException {
    StringBuilder css = new StringBuilder();
    for (Map.Entry<Typeface, Set<Integer>> entry : characters.entrySet()) {
      Typeface typeface = entry.getKey();
      Set<Integer> basic = basic(entry.getValue());
      if (!basic.isEmpty() && typeface.embeddable()) {
        css.append(
            "@font-face{font-family:%s;font-weight:%d;src:url(data:font/ttf;base64,%s)}\n"
                .formatted(
                    quoted(EMBEDDED + typeface.family()),
                    typeface.weight(),
                    Base64.getEncoder().encodeToString(part(typeface, basic))));
      }
    }
    for (Face face : Face.values()) {
      css.append(
          ".%s{font-family:%s;font-weight:%d;white-space:pre;unicode-bidi:plaintext}\n"
              .formatted(cssClass(face), families(face), face.weight()));
    }
    return css.toString();
  }

  private static Set<Integer> basic(Set<Integer> codePoints) {
    return codePoints.stream()
        .filter(c -> c <= LAST_OF_BASIC_PLANE)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static byte[] part(Typeface typeface, Set<Integer> codePoints) throws IOException {
    try (TrueTypeFont ttf = typeface.open()) {
      TTFSubsetter subsetter = new TTFSubsetter(ttf, TABLES);
      codePoints.forEach(subsetter::add);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      subsetter.writeToStream(out);
      return out.toByteArray();
    }
  }

  /** The face asked for first, then the others in use, embedded and by name. */
  private String families(Face face) {
    Set<String> names = new LinkedHashSet<>();
    names.add(EMBEDDED + face.family());
    names.add(face.family());
    for (Typeface typeface : characters.keySet()) {
      names.add(EMBEDDED + typeface.family());
      names.add(typeface.family());
    }
    List<String> list = new ArrayList<>(names.stream().map(SvgFonts::quoted).toList());
    list.add(face == Face.JETBRAINS_MONO ? "monospace" : "sans-serif");
    return String.join(",", list);
  }

  private static String quoted(String family) {
    return "'" + Text.xml(family.replaceAll("['\\\\]", "")) + "'";
  }

  static String cssClass(Face face) {
    return switch (face) {
      case INTER -> "hl-text";
      case INTER_SEMIBOLD -> "hl-title";
      case JETBRAINS_MONO -> "hl-token";
    };
  }
}
