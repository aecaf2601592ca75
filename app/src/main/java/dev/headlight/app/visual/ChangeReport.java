package dev.headlight.app.visual;

import dev.headlight.analysis.run.Intervention;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What changes do, as parts of a document and as rows of a table. */
final class ChangeReport {
  private ChangeReport() {}

  /** What a change does. */
  static Map<String, Object> effect(Effect e) {
    Map<String, Object> document = head(e.change());
    document.put("interventions", texts(e.changes()));
    document.put("token", e.token());
    document.put("before", e.before());
    document.put("after", e.after());
    document.put("top", e.top());
    document.put("kl", number(e.kl()));
    document.put("text", e.written().text());
    document.put("differs", e.written().differs(e.baseline()));
    document.put("baseline", e.baseline().text());
    document.put("noEffect", e.nothing());
    document.put("note", e.note());
    return document;
  }

  /** What it does layer by layer. */
  static Map<String, Object> curve(LayerCurve c) {
    Map<String, Object> document = head(c.change());
    document.put("spread", c.spread().text());
    document.put("token", c.token());
    document.put("before", c.before());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (LayerCurve.Row row : c.rows()) {
      Map<String, Object> one = VisualReport.ordered();
      if (!Double.isNaN(row.keep())) {
        one.put("keep", row.keep());
      }
      one.put("layers", row.points().stream().map(ChangeReport::point).toList());
      rows.add(one);
    }
    document.put("rows", rows);
    return document;
  }

  private static Map<String, Object> point(LayerCurve.Point p) {
    return VisualReport.ordered(
        "layer", p.layer(),
        "from", p.from(),
        "to", p.to(),
        "interventions", texts(p.changes()),
        "after", p.after(),
        "top", p.top(),
        "kl", number(p.kl()),
        "noEffect", p.same());
  }

  private static Map<String, Object> head(VisualChange change) {
    return VisualReport.ordered(
        "change", change.text(),
        "name", change.kind().title(false),
        "formula", change.kind().formula(),
        "source", change.kind().source());
  }

  static List<String> texts(List<Intervention> changes) {
    return changes.stream().map(Intervention::text).toList();
  }

  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
