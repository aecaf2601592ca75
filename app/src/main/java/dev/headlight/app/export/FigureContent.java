package dev.headlight.app.export;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.text.TextUnit;
import java.util.List;

/**
 * What a figure shows of a pass.
 *
 * @param kind what is drawn of the heads
 * @param heads the head, or those side by side or averaged; of no account where all are drawn
 * @param unit what rows and columns stand for; tokens where several maps are drawn
 */
public record FigureContent(Kind kind, List<Head> heads, TextUnit unit) {
  /** What is drawn. */
  public enum Kind {
    /** One head's map with its tokens. */
    HEAD,
    /** The mean of the maps of some heads. */
    MEAN,
    /** Chosen heads side by side. */
    PANELS,
    /** A thumbnail of every head, layers by heads. */
    GRID;

    /** Whether one map is drawn. */
    public boolean single() {
      return this == HEAD || this == MEAN;
    }
  }

  /** Copies the list. */
  public FigureContent {
    heads = List.copyOf(heads);
    unit = kind.single() ? unit : TextUnit.TOKEN;
  }

  /** Of tokens. */
  public FigureContent(Kind kind, List<Head> heads) {
    this(kind, heads, TextUnit.TOKEN);
  }

  /** Begin of the names of its files: the head, else "mean" or "heads". */
  public String name() {
    return switch (kind) {
      case HEAD -> heads.get(0).toString();
      case MEAN -> "mean";
      case PANELS, GRID -> "heads";
    };
  }

  /** One head's map between tokens. */
  public static FigureContent of(Head head) {
    return new FigureContent(Kind.HEAD, List.of(head));
  }
}
