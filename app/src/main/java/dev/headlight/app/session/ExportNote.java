package dev.headlight.app.session;

import dev.headlight.app.export.ExportRequest;
import dev.headlight.app.export.FigureRequest;
import dev.headlight.renderer.ValueScale;
import java.util.concurrent.atomic.AtomicReference;

/** Watches an export for the limits that it draws, which may follow from the cells. */
public final class ExportNote {
  private final ExportRequest asked;
  private final PromptState prompt;
  private final AtomicReference<ValueScale> drawn = new AtomicReference<>();

  /**
   * @param prompt of the pass that is exported
   */
  public ExportNote(ExportRequest asked, PromptState prompt) {
    this.asked = asked;
    this.prompt = prompt;
  }

  /** What to export: the same, but noted. */
  public ExportRequest request() {
    FigureRequest f = asked.figure();
    FigureRequest noted =
        f.withScale(
            cells -> {
              ValueScale scale = f.scale().apply(cells);
              drawn.set(scale);
              return scale;
            });
    return new ExportRequest(noted, asked.format(), asked.file());
  }

  /** What was written; after the export. */
  public ExportedFigure exported() {
    FigureRequest f = asked.figure();
    ValueScale scale = drawn.get() == null ? f.common() : drawn.get();
    return new ExportedFigure(
        String.valueOf(asked.file().getFileName()).replaceAll("[/\\\\\\p{Cntrl}]", "-"),
        asked.format(),
        f.content(),
        f.style(),
        f.title(),
        scale,
        prompt);
  }
}
