package dev.headlight.analysis.retrieval;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Our own text in which needles are hidden when no other is given: about 1,100 plain words. */
public final class Filler {
  private static final String RESOURCE = "filler.txt";
  private static final String TEXT = read();

  private Filler() {}

  /** The text, sentences with single spaces between. */
  public static String text() {
    return TEXT;
  }

  private static String read() {
    try (InputStream in = Filler.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the class path");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.strip().replaceAll("\\s+", " ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
