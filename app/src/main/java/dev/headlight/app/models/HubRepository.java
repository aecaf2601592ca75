package dev.headlight.app.models;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a server says of a repository.
 *
 * @param commit the revision's commit, so that all files are of one
 * @param files those that a model needs
 */
record HubRepository(String commit, List<HubFile> files) {
  private static final List<String> TOKENIZER =
      List.of("vocab.txt", "merges.txt", "tokenizer.model", "spiece.model", "chat_template.jinja");

  /**
   * Reads the server's answer.
   *
   * @param name of the repository, for errors
   */
  static HubRepository parse(String name, String json) {
    try {
      JsonObject root = JsonParser.parseString(json).getAsJsonObject();
      List<HubFile> all = new ArrayList<>();
      for (JsonElement sibling : root.getAsJsonArray("siblings")) {
        file(sibling.getAsJsonObject()).ifPresent(all::add);
      }
      return new HubRepository(root.get("sha").getAsString(), needed(name, all));
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | ClassCastException
        | NumberFormatException
        | UnsupportedOperationException e) {
      throw new HeadlightException(
          Kind.INPUT, name + ": the server's list of files is not understood; check --from.", e);
    }
  }

  private static Optional<HubFile> file(JsonObject sibling) {
    String name = sibling.get("rfilename").getAsString();
    if (!name.matches("[\\w][\\w.-]*")) {
      return Optional.empty(); // In a folder, or no plain name: never part of a model's own files.
    }
    long size = sibling.has("size") ? sibling.get("size").getAsLong() : HubFile.UNKNOWN;
    String sum = "";
    if (sibling.has("lfs") && sibling.get("lfs").isJsonObject()) {
      sum = sibling.getAsJsonObject("lfs").get("sha256").getAsString();
    } else if (sibling.has("blobId")) {
      sum = sibling.get("blobId").getAsString();
    }
    return Optional.of(new HubFile(name, size, Checksum.ofEtag(sum)));
  }

  private static List<HubFile> needed(String name, List<HubFile> all) {
    List<HubFile> files = new ArrayList<>();
    files.addAll(chosen(all, f -> f.endsWith(".json") || TOKENIZER.contains(f)));
    List<HubFile> weights = chosen(all, f -> f.equals("model.safetensors"));
    if (weights.isEmpty()) {
      weights = chosen(all, f -> f.matches("model-\\d+-of-\\d+\\.safetensors"));
    }
    if (weights.isEmpty()) {
      weights = chosen(all, f -> f.endsWith(".safetensors"));
    }
    if (weights.isEmpty() || files.stream().noneMatch(f -> f.name().equals("config.json"))) {
      throw new HeadlightException(
          Kind.INPUT,
          name
              + ": expected config.json and *.safetensors, found "
              + all.size()
              + " files without them; choose a repository with safetensors weights.");
    }
    files.addAll(weights);
    return List.copyOf(files);
  }

  private static List<HubFile> chosen(List<HubFile> all, Predicate<String> wanted) {
    return all.stream().filter(f -> wanted.test(f.name())).toList();
  }

  /** All bytes; those of unknown size count as none. */
  long bytes() {
    return files.stream().mapToLong(f -> Math.max(0, f.size())).sum();
  }
}
