package dev.headlight.analysis.io;

import dev.headlight.analysis.patching.PatchCell;
import dev.headlight.analysis.patching.PatchMap;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/** Tables of patching, written as {@link Tables} are. */
public final class PatchTables {
  /**
   * Columns of {@link #cells}; {@code head} and {@code position} are empty where a cell holds all
   * of them, {@code patched} is estimated in a first-order map.
   */
  public static final List<String> PATCHING =
      List.of(
          "component",
          "layer",
          "head",
          "position",
          "token",
          "clean",
          "corrupt",
          "patched",
          "normalised_effect");

  private PatchTables() {}

  /**
   * Every cell of some maps, one map after the other.
   *
   * @param labels what an id is called; a cell's token is that of the prompt that is changed
   */
  public static void cells(Path file, List<PatchMap> maps, IntFunction<String> labels) {
    Tables.write(
        file,
        PATCHING,
        csv -> {
          for (PatchMap map : maps) {
            int[] tokens = map.request().direction().changed(map.request().pair());
            for (int c = 0; c < map.cells().size(); c++) {
              PatchCell cell = map.cells().get(c);
              boolean one = cell.position() >= 0;
              csv.printRecord(
                  map.request().site().shortName(),
                  cell.layer(),
                  cell.head() < 0 ? null : cell.head(),
                  one ? cell.position() : null,
                  one ? labels.apply(tokens[cell.position()]) : null,
                  map.contrast().clean(),
                  map.contrast().corrupt(),
                  map.patched(c),
                  map.normalised(c));
            }
          }
        });
  }
}
