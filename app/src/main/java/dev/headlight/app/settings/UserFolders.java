package dev.headlight.app.settings;

import java.nio.file.Path;
import net.harawata.appdirs.AppDirsFactory;

/** Where this system keeps what belongs to a user of Headlight. */
public final class UserFolders {
  private UserFolders() {}

  /** Settings; need not exist. */
  static Path settings() {
    return Path.of(AppDirsFactory.getInstance().getUserConfigDir("headlight", null, null));
  }

  /** What can be made again at any time; need not exist. */
  public static Path cache() {
    return Path.of(AppDirsFactory.getInstance().getUserCacheDir("headlight", null, null));
  }

  /** Sessions that are not saved yet, and which were opened lately; need not exist. */
  public static Path sessions() {
    return Path.of(
        AppDirsFactory.getInstance().getUserDataDir("headlight", null, null), "sessions");
  }

  /** Pictures of prompts, each called after its checksum; need not exist. */
  public static Path pictures() {
    return Path.of(
        AppDirsFactory.getInstance().getUserDataDir("headlight", null, null), "pictures");
  }

  /**
   * Reference values of models, each file called after the SHA-256 of the weights; need not exist.
   */
  public static Path references() {
    String data = AppDirsFactory.getInstance().getUserDataDir("headlight", null, null);
    return Path.of(data, "references");
  }
}
