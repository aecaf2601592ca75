package dev.headlight.app.visual;

import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.vision.Grounding;
import dev.headlight.analysis.vision.ImageSpan;
import dev.headlight.analysis.vision.Mask;
import dev.headlight.analysis.vision.PatchMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Maps over a picture, made of what is known of a look; no model is asked. */
public final class VisualMaps {
  private final Looked looked;
  private final VisualChoice choice;
  private final Optional<Looked> blank;
  private final Optional<Sunk> sunk;

  /**
   * @param blank the same words over a grey picture, where that is known
   * @param sunk visual sinks, where they are known
   */
  public VisualMaps(
      Looked looked, VisualChoice choice, Optional<Looked> blank, Optional<Sunk> sunk) {
    this.looked = looked;
    this.choice = choice;
    this.blank = blank;
    this.sunk = sunk;
  }

  /** The word whose look is shown. */
  public int word() {
    int word = choice.word();
    boolean known = word >= 0 && word < looked.length() && looked.rows().has(looked.query(word));
    return known ? word : looked.firstWord();
  }

  /** The row that belongs to it; of a tower that of the chosen patch, where there is one. */
  public int query() {
    return looked.query(word());
  }

  /** The word that is taken off. */
  public int baseline() {
    boolean known = choice.baseline() >= 0 && looked.rows().has(choice.baseline());
    return known ? choice.baseline() : FunctionWords.first(looked);
  }

  /** Heads that a map is the mean of. */
  public List<Head> heads(Head head, Collection<Head> chosen) {
    return switch (choice.over()) {
      case HEAD -> List.of(head);
      case LAYER -> layer(head.layer());
      case CHOSEN -> chosen.isEmpty() ? List.of(head) : List.copyOf(chosen);
      case ALL, EACH -> all();
    };
  }

  private List<Head> layer(int layer) {
    return IntStream.range(0, looked.heads()).mapToObj(h -> new Head(layer, h)).toList();
  }

  /** Every head. */
  public List<Head> all() {
    return IntStream.range(0, looked.layers()).boxed().flatMap(l -> layer(l).stream()).toList();
  }

  /** Number of the picture that is shown. */
  public int picture() {
    boolean one = looked.patches() && !looked.text();
    int last = looked.ask().pictures().size() - 1;
    return one ? looked.at().picture() : Math.min(choice.shown().picture(), last);
  }

  /** Numbers of the parts that are shown: those of the picture, or the one tile that is chosen. */
  public List<Integer> parts() {
    List<ImageSpan.Part> parts = looked.parts();
    List<Integer> numbers = IntStream.range(0, parts.size()).boxed().toList();
    if (looked.patches()) {
      return numbers;
    }
    int picture = picture();
    List<Integer> own = numbers.stream().filter(p -> parts.get(p).picture() == picture).toList();
    int tile = choice.shown().tile();
    if (tile >= 0 && tile < own.size()) {
      return List.of(own.get(tile));
    }
    return looked.ask().split(picture)
        ? own.stream().filter(p -> !looked.tileOf(parts.get(p)).whole()).toList()
        : own;
  }

  /** Whether what the mode takes is known. */
  public boolean ready() {
    return switch (choice.mode()) {
      case MINUS_BLANK -> blank.isPresent();
      case WITHOUT_SINKS -> sunk.isPresent();
      default -> choice.mode().ofHeads();
    };
  }

  /**
   * The map of some heads as the mode says, once that is {@link #ready}.
   *
   * @param heads at least one
   */
  public PatchView view(Collection<Head> heads) {
    List<float[]> maps = new ArrayList<>();
    List<float[]> raws = new ArrayList<>();
    for (Head head : heads) {
      float[] raw = looked.rows().row(head, query());
      raws.add(raw);
      maps.add(done(head, raw));
    }
    boolean each = choice.over() == Over.EACH && heads.size() > 1;
    float[] values = each ? mean(maps.stream().map(VisualMaps::overLargest).toList()) : mean(maps);
    return new PatchView(looked, parts(), values, mean(raws), formula(heads));
  }

  /** A map that was followed through the layers, over all positions. */
  public PatchView followed(float[] row, Head head) {
    int[] cells = Spans.cells(looked.span());
    float[] values = new float[cells.length];
    for (int i = 0; i < cells.length; i++) {
      values[i] = row[cells[i]];
    }
    return new PatchView(
        looked, parts(), values, looked.rows().row(head, query()), choice.mode().formula());
  }

  private float[] done(Head head, float[] raw) {
    return switch (choice.mode()) {
      case MINUS_BLANK -> minus(raw, blank.orElseThrow().rows().row(head, query()));
      case MINUS_WORD -> minus(raw, looked.rows().row(head, looked.query(baseline())));
      case WITHOUT_SINKS -> without(raw, sunk.orElseThrow().cells(head.layer(), looked));
      default -> raw;
    };
  }

  private static float[] minus(float[] row, float[] baseline) {
    float[] left = row.clone();
    for (int i = 0; i < left.length; i++) {
      left[i] -= baseline[i];
    }
    return left;
  }

  private static float[] without(float[] row, List<Integer> cells) {
    float[] left = row.clone();
    cells.forEach(c -> left[c] = Float.NaN);
    return left;
  }

  private static float[] overLargest(float[] map) {
    return new PatchMap(new PatchGrid(1, map.length), map).overLargest().values();
  }

  /** The mean of what is there, cell by cell. */
  private static float[] mean(List<float[]> maps) {
    if (maps.size() == 1) {
      return maps.get(0);
    }
    float[] mean = new float[maps.get(0).length];
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      int count = 0;
      for (float[] map : maps) {
        sum += Float.isNaN(map[i]) ? 0 : map[i];
        count += Float.isNaN(map[i]) ? 0 : 1;
      }
      mean[i] = count == 0 ? Float.NaN : (float) (sum / count);
    }
    return mean;
  }

  private String formula(Collection<Head> heads) {
    String formula = choice.mode().formula();
    if (choice.mode() == MapMode.MINUS_WORD) {
      formula = formula.replace("function word", "“" + looked.labels().get(baseline()) + "”");
    }
    if (looked.text()) {
      formula = formula.replace("patch", "token");
    }
    return heads.size() < 2 ? formula : formula + " · " + choice.over().says();
  }

  /** How strongly each word looks at a cell: words of prompt and answer by position. */
  public Map<Integer, Double> lookersAt(int cell, Collection<Head> heads) {
    int[] queries = looked.rows().queries();
    double[] mean = new double[queries.length];
    for (Head head : heads) {
      float[] column = looked.rows().column(head, cell);
      for (int q = 0; q < mean.length; q++) {
        mean[q] += column[q] / heads.size();
      }
    }
    Map<Integer, Double> words = new LinkedHashMap<>();
    for (int q = 0; q < mean.length; q++) {
      if (queries[q] < looked.promptLength() && !looked.span().isImage(queries[q])) {
        words.put(queries[q], mean[q]);
      }
      int written = queries[q] + 1;
      if (written >= looked.promptLength() && written < looked.length()) {
        words.put(written, mean[q]);
      }
    }
    return words;
  }

  /** All heads by how well their maps find an object, the best first; empty beside all parts. */
  public List<Grounding> groundings(Mask mask) {
    PatchView any = view(List.of(new Head(0, 0)));
    float[] covered = covered(any, mask);
    PatchMap object = flat(covered);
    if (!(object.largest() > 0)) {
      return List.of();
    }
    Map<Head, PatchMap> maps = new LinkedHashMap<>();
    for (Head head : all()) {
      maps.put(head, flat(positive(shown(view(List.of(head))))));
    }
    return Grounding.rank(maps, object);
  }

  private static float[] covered(PatchView view, Mask mask) {
    List<float[]> parts = view.parts().stream().map(p -> mask.over(view.tile(p)).values()).toList();
    return joined(parts);
  }

  private static float[] shown(PatchView view) {
    return joined(view.parts().stream().map(p -> view.map(p).values()).toList());
  }

  private static float[] joined(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(p -> p.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static float[] positive(float[] values) {
    float[] above = values.clone();
    for (int i = 0; i < above.length; i++) {
      above[i] = above[i] < 0 ? 0 : above[i];
    }
    return above;
  }

  private static PatchMap flat(float[] values) {
    return new PatchMap(new PatchGrid(1, values.length), values);
  }

  /** Share of a head's row that is on the picture. */
  public double share(Head head) {
    return looked.rows().shares(head, query())[0];
  }

  /** Mean over heads of the share of the row that is on the picture, by layer. */
  public double[] shareByLayer() {
    double[] all = new double[looked.layers()];
    for (Head head : all()) {
      all[head.layer()] += share(head) / looked.heads();
    }
    return all;
  }
}
