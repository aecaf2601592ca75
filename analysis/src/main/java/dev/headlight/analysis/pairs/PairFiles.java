package dev.headlight.analysis.pairs;

import com.google.gson.Gson;
import dev.headlight.analysis.io.AtomicFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Pairs as ids, in the files that {@code patch} and {@code ablate} read: the prompts as {@code
 * {"sequences": [[ids], …]}}, the answers as {@code {"answers": [id, …], "wrong": [id, …]}}, of an
 * answer of several tokens the first.
 */
public final class PairFiles {
  /** Name of the file of clean prompts. */
  public static final String CLEAN = "clean.json";

  /** Name of the file of corrupt prompts. */
  public static final String CORRUPT = "corrupt.json";

  /** Name of the file of answers. */
  public static final String ANSWERS = "answers.json";

  private PairFiles() {}

  /**
   * Writes the three files into a folder that is there.
   *
   * @return what was written
   * @throws dev.headlight.analysis.HeadlightException (OUTPUT) when one cannot be written
   */
  public static List<Path> write(Path folder, List<TokenPair> pairs) {
    return List.of(
        json(folder.resolve(CLEAN), Map.of("sequences", prompts(pairs, true))),
        json(folder.resolve(CORRUPT), Map.of("sequences", prompts(pairs, false))),
        json(folder.resolve(ANSWERS), answers(pairs)));
  }

  private static List<int[]> prompts(List<TokenPair> pairs, boolean clean) {
    return pairs.stream().map(p -> clean ? p.clean() : p.corrupt()).toList();
  }

  private static Map<String, int[]> answers(List<TokenPair> pairs) {
    return Map.of(
        "answers", pairs.stream().mapToInt(p -> p.answer()[0]).toArray(),
        "wrong", pairs.stream().mapToInt(p -> p.wrong()[0]).toArray());
  }

  private static Path json(Path file, Object document) {
    AtomicFiles.writeText(file, new Gson().toJson(document) + "\n");
    return file;
  }
}
