package dev.headlight.analysis;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** Where the parity fixtures lie. */
public final class Parity {
  private Parity() {}

  /** The folder of a family. */
  public static Path folder(String family) {
    URL url = Parity.class.getResource("/parity/" + family);
    if (url == null) {
      throw new IllegalArgumentException("no parity fixture " + family);
    }
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
