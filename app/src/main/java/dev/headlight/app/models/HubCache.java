package dev.headlight.app.models;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local cache of the Hugging Face libraries: {@code models--ORG--NAME/snapshots/COMMIT}. Only
 * read, never changed.
 */
public final class HubCache {
  private static final Logger LOG = LoggerFactory.getLogger(HubCache.class);
  private static final String PREFIX = "models--";

  private final Path folder;

  /**
   * @param folder the hub folder; need not exist
   */
  public HubCache(Path folder) {
    this.folder = folder;
  }

  /**
   * The cache where the libraries look for it: {@code HF_HUB_CACHE}, else {@code HF_HOME}/hub, else
   * {@code XDG_CACHE_HOME}/huggingface/hub, else ~/.cache/huggingface/hub.
   */
  public static HubCache of(Map<String, String> environment, Path home) {
    return new HubCache(
        path(environment, "HF_HUB_CACHE")
            .or(() -> path(environment, "HUGGINGFACE_HUB_CACHE"))
            .or(() -> path(environment, "HF_HOME").map(p -> p.resolve("hub")))
            .or(
                () ->
                    path(environment, "XDG_CACHE_HOME")
                        .map(p -> p.resolve("huggingface").resolve("hub")))
            .orElse(home.resolve(".cache").resolve("huggingface").resolve("hub")));
  }

  /** This user's cache. */
  public static HubCache ofUser() {
    return of(System.getenv(), Path.of(System.getProperty("user.home", "")));
  }

  private static Optional<Path> path(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    try {
      return value.isBlank() ? Optional.empty() : Optional.of(Path.of(value));
    } catch (InvalidPathException e) {
      LOG.info("{} is not a path: {}", name, value);
      return Optional.empty();
    }
  }

  /** The hub folder. */
  public Path folder() {
    return folder;
  }

  /** The models in it by name; of each the snapshot that main names first, then the others. */
  public List<CachedModel> list() {
    List<CachedModel> models = new ArrayList<>();
    for (Path repository : folders(folder, PREFIX + "*")) {
      String name =
          String.valueOf(repository.getFileName()).substring(PREFIX.length()).replace("--", "/");
      String main = main(repository);
      List<CachedModel> snapshots = new ArrayList<>();
      for (Path snapshot : folders(repository.resolve("snapshots"), "*")) {
        String revision = String.valueOf(snapshot.getFileName());
        snapshots.add(new CachedModel(name, revision, snapshot, openable(snapshot)));
      }
      snapshots.sort(
          Comparator.comparing((CachedModel m) -> !m.revision().equals(main))
              .thenComparing(CachedModel::revision));
      models.addAll(snapshots);
    }
    models.sort(Comparator.comparing(CachedModel::name, String.CASE_INSENSITIVE_ORDER));
    return List.copyOf(models);
  }

  private static String main(Path repository) {
    try {
      return Files.readString(repository.resolve("refs").resolve("main")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static boolean openable(Path snapshot) {
    try (DirectoryStream<Path> weights = Files.newDirectoryStream(snapshot, "*.safetensors")) {
      return Files.exists(snapshot.resolve("config.json")) && weights.iterator().hasNext();
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Path> folders(Path parent, String glob) {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(parent)) {
      return found;
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent, glob)) {
      stream.forEach(
          path -> {
            if (Files.isDirectory(path)) {
              found.add(path);
            }
          });
    } catch (IOException e) {
      LOG.info("{} cannot be listed: {}", parent, e.getMessage());
    }
    return found;
  }
}
