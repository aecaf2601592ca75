package dev.headlight.app.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What the bytes of a file must give: SHA-256 of large files, git's SHA-1 of a blob of small ones,
 * as the hub's etags have them.
 *
 * @param hex lower case, 64 or 40 digits
 */
record Checksum(String hex) {
  private static final int SHA256 = 64;
  private static final int BUFFER = 1 << 16;

  /** From an etag such as {@code "abc…"} or {@code W/"abc…"}; empty if it is no checksum. */
  static Optional<Checksum> ofEtag(String etag) {
    String bare = etag.replace("W/", "").replace("\"", "").toLowerCase(Locale.ROOT);
    return bare.matches("[0-9a-f]{64}|[0-9a-f]{40}")
        ? Optional.of(new Checksum(bare))
        : Optional.empty();
  }

  boolean fits(Path file) throws IOException {
    return of(file).equals(hex);
  }

  /** The same kind of sum over a file. */
  String of(Path file) throws IOException {
    boolean large = hex.length() == SHA256;
    MessageDigest digest = digest(large ? "SHA-256" : "SHA-1");
    if (!large) {
      digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
    }
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + name, e);
    }
  }
}
