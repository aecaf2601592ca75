package dev.headlight.analysis.io;

import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.circuit.PathPatching;
import dev.headlight.analysis.patching.PatchCell;
import dev.headlight.analysis.patching.PatchMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Tables of patching, written as {@link Tables} are. */
public final class PatchTables {
  /** Columns of {@link #write}. */
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
   * A row; what is null is empty.
   *
   * @param component the site, or {@code path} for what goes to some receivers only
   * @param head query head or key/value group; null where a cell holds all of them
   * @param position null where a cell holds all chosen ones
   * @param token what stands there in the prompt that is changed
   * @param clean logit difference of the clean prompt
   * @param corrupt of the corrupt prompt
   * @param patched with the cell patched; estimated in a first-order map
   * @param normalised (patched − corrupt) / (clean − corrupt); null where the two prompts are too
   *     alike to be a scale
   */
  public record Row(
      String component,
      int layer,
      Integer head,
      Integer position,
      String token,
      double clean,
      double corrupt,
      double patched,
      Double normalised) {}

  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /**
   * The cells of a map.
   *
   * @param labels what an id is called
   */
  public static List<Row> rows(PatchMap map, IntFunction<String> labels) {
    int[] tokens = map.request().direction().changed(map.request().pair());
    List<Row> rows = new ArrayList<>();
    for (int c = 0; c < map.cells().size(); c++) {
      PatchCell cell = map.cells().get(c);
      boolean one = cell.position() >= 0;
      rows.add(
          new Row(
              map.request().site().shortName(),
              cell.layer(),
              cell.head() < 0 ? null : cell.head(),
              one ? cell.position() : null,
              one ? labels.apply(tokens[cell.position()]) : null,
              map.contrast().clean(),
              map.contrast().corrupt(),
              map.patched(c),
              known(map.normalised(c))));
    }
    return rows;
  }

  /** The senders of patched paths. */
  public static List<Row> rows(PathPatching.Result result) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < result.values().length; i++) {
      Node sender = result.request().senders().get(i);
      rows.add(
          new Row(
              "path",
              sender.layer(),
              sender.head() < 0 ? null : sender.head(),
              null,
              null,
              result.contrast().clean(),
              result.contrast().corrupt(),
              result.values()[i],
              known(result.normalised(i))));
    }
    return rows;
  }

  /** Writes rows. */
  public static void write(Path file, List<Row> rows) {
    Tables.write(
        file,
        PATCHING,
        csv -> {
          for (Row r : rows) {
            csv.printRecord(
                r.component,
                r.layer,
                r.head,
                r.position,
                r.token,
                r.clean,
                r.corrupt,
                r.patched,
                r.normalised);
          }
        });
  }
}
