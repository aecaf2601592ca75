package dev.headlight.app.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.renderer.figure.Figure;
import dev.headlight.renderer.figure.FigureFormat;
import dev.headlight.renderer.figure.FigureStyle;
import dev.headlight.renderer.figure.FigureWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Writes figures, by the ending of the file's name, and what a paper says of them. */
public final class FigureFiles {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  private FigureFiles() {}

  /**
   * Writes a figure, whole or not at all.
   *
   * @return the file
   * @throws HeadlightException when it cannot be written or would be too large
   */
  public static Path write(Figure figure, Path file) {
    String name = file.getFileName().toString();
    for (FigureFormat format : FigureFormat.values()) {
      if (name.toLowerCase(Locale.ROOT).endsWith("." + format.suffix())) {
        return write(figure, format, file);
      }
    }
    return write(figure, FigureFormat.PNG, file);
  }

  /** Like the other form, with the format given, whatever the name. */
  public static Path write(Figure figure, FigureFormat format, Path file) {
    if (format == FigureFormat.PNG) {
      checkPixels(figure);
    }
    AtomicFiles.write(file, out -> FigureWriter.write(figure, format, out));
    return file;
  }

  private static void checkPixels(Figure figure) {
    try {
      FigureWriter.checkPixels(figure);
    } catch (IOException e) {
      throw new HeadlightException(Kind.INPUT, e.getMessage() + ".", e);
    }
  }

  /** Writes a figure's caption, settings and provenance beside it. */
  public static Path writeSidecar(Figure figure, FigureFormat format, Path file) {
    Path sidecar = sidecar(file);
    AtomicFiles.writeText(sidecar, GSON.toJson(about(figure, format)) + "\n");
    return sidecar;
  }

  /** The file that says what a figure shows. */
  public static Path sidecar(Path figure) {
    return figure.resolveSibling(figure.getFileName() + ".json");
  }

  private static JsonObject about(Figure figure, FigureFormat format) {
    JsonObject about = new JsonObject();
    about.addProperty("caption", figure.caption());
    about.addProperty("title", figure.title());
    about.add("figure", style(figure.style(), format));
    JsonObject provenance = new JsonObject();
    figure.provenance().entries().forEach((key, text) -> provenance.add(key, value(text)));
    about.add("provenance", provenance);
    return about;
  }

  private static JsonObject style(FigureStyle style, FigureFormat format) {
    JsonObject settings = new JsonObject();
    settings.addProperty("format", format.suffix());
    settings.addProperty("width_mm", style.widthMm());
    settings.addProperty("font_size_pt", style.fontSizePt());
    settings.addProperty("dpi", style.dpi());
    settings.addProperty("colour_bar", style.colourBar());
    settings.addProperty("theme", style.theme().name().toLowerCase(Locale.ROOT));
    return settings;
  }

  /** Lists are written as JSON among the entries; all else is text. */
  private static JsonElement value(String text) {
    return text.startsWith("[") ? JsonParser.parseString(text) : new JsonPrimitive(text);
  }
}
