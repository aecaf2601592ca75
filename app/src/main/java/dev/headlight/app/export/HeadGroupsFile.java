package dev.headlight.app.export;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.analysis.run.HeadSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups of heads as a file: {@code {"model", "groups": [{"name", "heads": "L5H3,L6H1"}]}}; the
 * heads are written as every option {@code --heads} takes them.
 */
public final class HeadGroupsFile {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  private HeadGroupsFile() {}

  /**
   * Writes the file whole or not at all.
   *
   * @param groups by name, in order
   * @throws dev.headlight.analysis.HeadlightException when it cannot be written
   */
  public static void write(Path file, String model, Map<String, HeadSet> groups) {
    List<Map<String, String>> list = new ArrayList<>();
    groups.forEach(
        (name, heads) -> {
          Map<String, String> entry = new LinkedHashMap<>();
          entry.put("name", name);
          entry.put("heads", heads.toString());
          list.add(entry);
        });
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("model", model);
    document.put("groups", list);
    AtomicFiles.writeText(file, GSON.toJson(document) + "\n");
  }
}
