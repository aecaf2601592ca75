package dev.headlight.app.visual;

import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.PictureTile;
import dev.headlight.analysis.image.Region;
import dev.headlight.analysis.vision.ImageSpan;
import dev.headlight.analysis.vision.PatchMap;
import dev.headlight.analysis.vision.Scanpath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A number for each cell of a picture, as it is shown.
 *
 * @param looked whose cells
 * @param parts numbers of the parts that are shown
 * @param values over all parts, one a cell; NaN for a patch that was left out
 * @param raw attention of the same row without what was done to it
 * @param formula what a number is
 */
public record PatchView(
    Looked looked, List<Integer> parts, float[] values, float[] raw, String formula) {
  private static final int LOOKS = 6;
  private static final double SIGMA = 1.5;
  private static final double LEAST = 0.15;

  /** Copies the list. */
  public PatchView {
    parts = List.copyOf(parts);
  }

  /** The picture that the cells are of. */
  public Picture picture() {
    return looked.ask().pictures().get(looked.parts().get(parts.get(0)).picture());
  }

  /** Whether parts of one picture stand side by side as the processor cut it. */
  public boolean cut() {
    return parts.size() > 1;
  }

  /** Whether the picture is one of those that the processor cuts. */
  public boolean tiled() {
    return looked.ask().layout(looked.parts().get(parts.get(0)).picture()).tiles().size() > 1;
  }

  /** Number of the tile that a cell is in. */
  public int tileOf(int cell) {
    return looked.parts().get(partOf(cell)).tile();
  }

  /** The cell with the largest number; -1 where none is shown. */
  public int strongest() {
    int best = -1;
    for (int part : parts) {
      int first = first(part);
      for (int cell = first; cell < first + looked.parts().get(part).grid().size(); cell++) {
        boolean larger = best < 0 || values[cell] > values[best];
        best = !Float.isNaN(values[cell]) && larger ? cell : best;
      }
    }
    return best;
  }

  /** The cell that shows what is one cell further, across the edges of tiles; -1 for none. */
  public int beside(int cell, int across, int down) {
    int part = partOf(cell);
    Region here = looked.region(looked.parts().get(part), cell - first(part));
    double x = here.x() + (0.5 + across) * here.width();
    double y = here.y() + (0.5 + down) * here.height();
    return cellAt(x, y);
  }

  /** Which picture and tile it is where there are several; empty where there is one. */
  public String place() {
    ImageSpan.Part first = looked.parts().get(parts.get(0));
    VisualAsk ask = looked.ask();
    String picture = ask.pictures().size() > 1 ? "picture " + first.picture() : "";
    String tile =
        !tiled() || cut()
            ? ""
            : looked.tileOf(first).whole() ? "the whole picture" : "tile " + first.tile();
    return picture.isEmpty() || tile.isEmpty() ? picture + tile : picture + ", " + tile;
  }

  /** Number of the first cell of a part. */
  public int first(int part) {
    return looked.parts().subList(0, part).stream().mapToInt(p -> p.grid().size()).sum();
  }

  /** The part that holds a cell. */
  public int partOf(int cell) {
    int part = 0;
    int left = cell;
    while (left >= looked.parts().get(part).grid().size()) {
      left -= looked.parts().get(part).grid().size();
      part++;
    }
    return part;
  }

  /** The map of one part. */
  public PatchMap map(int part) {
    PatchGrid grid = looked.parts().get(part).grid();
    int from = first(part);
    return new PatchMap(grid, Arrays.copyOfRange(values, from, from + grid.size()));
  }

  /** Row of a cell in its part. */
  public int row(int cell) {
    int part = partOf(cell);
    return (cell - first(part)) / looked.parts().get(part).grid().columns();
  }

  /** Column of a cell in its part. */
  public int column(int cell) {
    int part = partOf(cell);
    return (cell - first(part)) % looked.parts().get(part).grid().columns();
  }

  /** Position of a cell in the sequence. */
  public int token(int cell) {
    int part = partOf(cell);
    return looked.parts().get(part).positions()[cell - first(part)];
  }

  /** The cell at a position of the sequence; -1 where there is none. */
  public int cellOf(int token) {
    int[] cells = Spans.cells(looked.span());
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] == token) {
        return i;
      }
    }
    return -1;
  }

  /** The largest number that is shown; at least 0. */
  public float largest() {
    float largest = 0;
    for (int part : parts) {
      float here = map(part).largest();
      largest = here > largest ? here : largest;
    }
    return largest;
  }

  /** The map read as a path of looks, cell by cell, over all parts together. */
  public List<Integer> scanpath() {
    List<Integer> cells = new ArrayList<>();
    for (int part : parts) {
      PatchMap map = map(part);
      for (Scanpath.Fixation f : Scanpath.of(map, LOOKS, SIGMA, LEAST).fixations()) {
        cells.add(first(part) + map.grid().index(f.row(), f.column()));
      }
    }
    if (cut()) {
      cells.sort(Comparator.comparingDouble((Integer c) -> -values[c]));
    }
    return cells.size() > LOOKS ? List.copyOf(cells.subList(0, LOOKS)) : cells;
  }

  /** The part of the row, as it is, that is on what is shown. */
  public double share() {
    double sum = 0;
    for (int part : parts) {
      int first = first(part);
      for (int cell = first; cell < first + looked.parts().get(part).grid().size(); cell++) {
        sum += raw[cell];
      }
    }
    return sum;
  }

  /** Cells that are shown. */
  public int count() {
    return parts.stream().mapToInt(p -> looked.parts().get(p).grid().size()).sum();
  }

  /** Rank of a cell among those shown, 1 for the largest. */
  public int rank(int cell) {
    int above = 0;
    for (int part : parts) {
      for (float value : map(part).values()) {
        above += value > values[cell] ? 1 : 0;
      }
    }
    return above + 1;
  }

  /** The cell that shows a place of the original picture; -1 for none. */
  public int cellAt(double x, double y) {
    for (int part : parts) {
      ImageSpan.Part of = looked.parts().get(part);
      for (int cell = 0; cell < of.grid().size(); cell++) {
        Region region = looked.region(of, cell);
        if (x >= region.x()
            && y >= region.y()
            && x < region.x() + region.width()
            && y < region.y() + region.height()) {
          return first(part) + cell;
        }
      }
    }
    return -1;
  }

  /** The tile of a part, cut into the cells of the map. */
  public PictureTile tile(int part) {
    PictureTile tile = looked.tileOf(looked.parts().get(part));
    return looked.patches()
        ? new PictureTile(
            tile.row(),
            tile.column(),
            tile.source(),
            tile.width(),
            tile.height(),
            tile.patch(),
            1,
            0,
            false)
        : tile;
  }
}
