package dev.headlight.app.session;

import java.util.ArrayList;
import java.util.List;

/**
 * All that a session's file holds; a value.
 *
 * @param model what it is about
 * @param history its states, the present one among them
 * @param exports figures and tables that were written, the oldest first, each file name once
 * @param results what is kept of what was computed
 */
public record Session(
    ModelReference model, History.Saved history, List<ExportedFigure> exports, Results results) {
  /** Copies the list. */
  public Session {
    exports = List.copyOf(exports);
  }

  /** The present state. */
  public SessionState state() {
    return history.state();
  }

  /** With another model. */
  public Session withModel(ModelReference other) {
    return new Session(other, history, exports, results);
  }

  /** With other results. */
  public Session withResults(Results other) {
    return new Session(model, history, exports, other);
  }

  /** A list of exports with one more, which takes the place of one of the same file name. */
  public static List<ExportedFigure> plus(List<ExportedFigure> exports, ExportedFigure more) {
    List<ExportedFigure> list = new ArrayList<>(exports);
    list.removeIf(e -> e.file().equals(more.file()));
    list.add(more);
    return List.copyOf(list);
  }
}
