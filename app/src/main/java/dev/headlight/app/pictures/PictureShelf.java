package dev.headlight.app.pictures;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.app.settings.UserFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/** Keeps the pictures of prompts, each called after its checksum. */
public final class PictureShelf {
  private static final Set<String> SUFFIXES = Set.of("png", "jpg", "jpeg", "webp", "gif");

  private final Path folder;

  /**
   * @param folder made when the first picture is kept
   */
  public PictureShelf(Path folder) {
    this.folder = folder;
  }

  /** Where this system keeps what belongs to a user. */
  public static PictureShelf ofUser() {
    return new PictureShelf(UserFolders.pictures());
  }

  /** Whether a file's name is that of a picture. */
  public static boolean named(Path file) {
    return SUFFIXES.contains(suffix(String.valueOf(file.getFileName())));
  }

  /**
   * Keeps a picture; its pixels are read once to see that they can be.
   *
   * @throws HeadlightException naming the file, when it is no picture or damaged
   */
  public PromptPicture take(Path file) {
    PictureFiles.read(file);
    try {
      return take(String.valueOf(file.getFileName()), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new HeadlightException(
          Kind.INPUT, file + ": cannot be read (" + e.getMessage() + "); check its rights.", e);
    }
  }

  /**
   * Keeps the content of a picture's file.
   *
   * @param name of the file
   */
  public PromptPicture take(String name, byte[] content) {
    String sha256 = sha256(content);
    Path kept = place(name, sha256);
    if (!Files.exists(kept)) {
      AtomicFiles.createFolder(folder);
      AtomicFiles.writePath(kept, temporary -> Files.write(temporary, content));
    }
    return new PromptPicture(name, sha256, kept);
  }

  /** A picture that was kept, or is to be. */
  public PromptPicture of(String name, String sha256) {
    return new PromptPicture(name, sha256, place(name, sha256));
  }

  private Path place(String name, String sha256) {
    return folder.resolve(sha256 + "." + suffix(name));
  }

  private static String suffix(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
