package dev.headlight.app.cli;

import dev.headlight.analysis.io.PatchTables;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.patching.PatchCell;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.Verification;
import dev.headlight.analysis.run.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** What {@code patch} says of one pair, for people and for machines. */
record PatchReport(ModelSpec spec, PatchMap map, Optional<Verification> verification)
    implements PatchFindings {
  private static final int SHOWN = 20;

  @Override
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("clean", map.contrast().clean());
    document.put("corrupt", map.contrast().corrupt());
    document.put("site", map.request().site().shortName());
    document.put("grid", map.request().grid().toString());
    document.put("positions", map.request().places().toString());
    document.put("method", map.method().name().toLowerCase(Locale.ROOT));
    document.put("direction", map.request().direction().name().toLowerCase(Locale.ROOT));
    document.put("cells", cells());
    map.contrast().refusal().ifPresent(why -> document.put("notNormalised", why));
    verification.ifPresent(v -> document.put("verified", verified(v)));
    Map<String, String> definitions = new LinkedHashMap<>();
    definitions.put("normalised", "(patched − corrupt) / (clean − corrupt)");
    definitions.put("value", map.method().text());
    definitions.put("direction", map.request().direction().text());
    document.put("definitions", definitions);
    return document;
  }

  private List<Map<String, Object>> cells() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int c = 0; c < map.cells().size(); c++) {
      Map<String, Object> row = place(map.cells().get(c));
      row.put("value", map.values()[c]);
      row.put("normalised", map.contrast().distinct() ? map.normalised(c) : null);
      rows.add(row);
    }
    return rows;
  }

  private Map<String, Object> place(PatchCell cell) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("layer", cell.layer());
    if (cell.head() >= 0 && !grouped()) {
      row.put("head", cell.head());
      row.put("kvGroup", spec.kvGroup(cell.head()));
    } else if (cell.head() >= 0) {
      row.put("kvGroup", cell.head());
    }
    if (cell.position() >= 0) {
      row.put("position", cell.position());
    }
    return row;
  }

  /** Whether a cell's head is a group that several query heads share. */
  private boolean grouped() {
    return map.request().site().scope() == Site.Scope.GROUP && spec.kvHeads() < spec.heads();
  }

  private List<Map<String, Object>> verified(Verification v) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Verification.Row row : v.rows()) {
      Map<String, Object> one = place(row.cell());
      one.put("estimated", row.estimated());
      one.put("exact", row.exact());
      rows.add(one);
    }
    return rows;
  }

  @Override
  public List<PatchTables.Row> rows(IntFunction<String> labels) {
    return PatchTables.rows(map, labels);
  }

  /** The scale, and the cells that change most. */
  @Override
  public void print(Terminal terminal) {
    map.contrast().refusal().ifPresent(terminal::note);
    terminal
        .out()
        .printf(
            "logit difference: clean %.4f, corrupt %.4f; %s%n",
            map.contrast().clean(), map.contrast().corrupt(), map.request().direction().text());
    terminal.out().printf("%s of %s: %s%n", map.method(), site(), map.method().text());
    terminal.out().printf("%-14s %12s %12s%n", "cell", "change", "normalised");
    for (int c : map.strongest(SHOWN)) {
      terminal
          .out()
          .printf(
              "%-14s %+12.4f %12s%n",
              name(map.cells().get(c)), map.change(c), PatchFindings.share(map.normalised(c)));
    }
    verification.ifPresent(v -> printVerified(terminal, v));
  }

  private String site() {
    return map.request().site().shortName() + " by " + map.request().grid();
  }

  private String name(PatchCell cell) {
    return grouped() ? cell.toString().replace('H', 'G') : cell.toString();
  }

  private void printVerified(Terminal terminal, Verification v) {
    terminal.out().printf("%n%-14s %12s %12s%n", "verified", "first order", "exact");
    for (Verification.Row row : v.rows()) {
      terminal
          .out()
          .printf("%-14s %+12.4f %+12.4f%n", name(row.cell()), row.estimated(), row.exact());
    }
  }
}
