package dev.headlight.analysis.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the weight files of a model folder, and says why when there are none. */
final class WeightFiles {
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  private static final List<String> PICKLES = List.of(".bin", ".pt", ".pth", ".ckpt", ".pkl");

  private static final Pattern PLAIN_NAME = Pattern.compile("[^/\\\\:\\x00]+\\.safetensors");

  private WeightFiles() {}

  /** The weight files in the order of their names. */
  static List<Path> find(Path folder) {
    if (Files.exists(folder.resolve(SINGLE))) {
      return List.of(folder.resolve(SINGLE));
    }
    if (Files.exists(folder.resolve(INDEX))) {
      return shards(folder, Config.read(folder.resolve(INDEX)));
    }
    List<Path> files = list(folder);
    List<Path> safetensors =
        files.stream()
            .filter(ending(".safetensors").and(ending(Checkpoint.REFERENCE).negate()))
            .toList();
    if (safetensors.size() == 1) {
      return safetensors;
    }
    if (safetensors.size() > 1) {
      throw new CheckpointException(
          "%s: expected %s, or %s with its shards, or one .safetensors file; found %d of them. Name the one to open."
              .formatted(folder, SINGLE, INDEX, safetensors.size()));
    }
    throw none(folder, files);
  }

  /** Refuses a file that is not a safetensors file, with the reason. */
  static void requireSafetensors(Path file) {
    if (ending(".safetensors").test(file)) {
      return;
    }
    if (isPickle(file)) {
      throw pickle(file);
    }
    if (ending(".gguf").test(file)) {
      throw gguf(file);
    }
    throw new CheckpointException(
        file
            + ": expected a model folder or a .safetensors file; name the folder that holds config.json.");
  }

  private static List<Path> shards(Path folder, Config index) {
    Config map = index.requireObject("weight_map");
    TreeSet<String> names = new TreeSet<>();
    for (String tensor : map.names()) {
      String shard = map.requireString(tensor);
      if (!PLAIN_NAME.matcher(shard).matches()) {
        throw new CheckpointException(
            "%s: tensor '%s' should lie in a .safetensors file of the same folder, found '%s'."
                .formatted(index.file(), tensor, shard));
      }
      names.add(shard);
    }
    if (names.isEmpty()) {
      throw new CheckpointException(index.file() + ": weight_map names no file; fetch it again.");
    }
    for (String name : names) {
      if (!Files.exists(folder.resolve(name))) {
        throw new CheckpointException(
            "%s: the shard %s named in %s is missing; the download may be incomplete: fetch it again."
                .formatted(folder, name, INDEX));
      }
    }
    return names.stream().map(folder::resolve).toList();
  }

  static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new CheckpointException(FileProblems.cannotRead(folder, e), e);
    }
  }

  /** The exception for a folder without safetensors. */
  static CheckpointException none(Path folder, List<Path> files) {
    for (Path file : files) {
      if (isPickle(file)) {
        return pickle(file);
      }
    }
    for (Path file : files) {
      if (ending(".gguf").test(file)) {
        return gguf(file);
      }
    }
    if (!Files.exists(folder.resolve("config.json"))) {
      return new CheckpointException(
          "%s: expected a model folder with config.json and %s, found neither; name the folder the model was downloaded to."
              .formatted(folder, SINGLE));
    }
    return new CheckpointException(
        "%s: expected %s or %s, found no .safetensors file; the download may be incomplete: fetch it again."
            .formatted(folder, SINGLE, INDEX));
  }

  private static boolean isPickle(Path file) {
    return PICKLES.stream().anyMatch(end -> ending(end).test(file));
  }

  private static CheckpointException pickle(Path file) {
    return new CheckpointException(
        file
            + ": a pickle can run any code when it is read, so it is refused; get the model's safetensors files, or write"
            + " them with save_pretrained(folder, safe_serialization=True) where you trust the pickle.");
  }

  private static CheckpointException gguf(Path file) {
    return new CheckpointException(
        file
            + ": GGUF files are not supported; get the original model folder with config.json and safetensors files.");
  }

  private static Predicate<Path> ending(String end) {
    return file -> String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(end);
  }
}
