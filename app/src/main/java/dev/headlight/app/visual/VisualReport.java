package dev.headlight.app.visual;

import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.vision.Grounding;
import dev.headlight.analysis.vision.ImageShare;
import dev.headlight.analysis.vision.ImageSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** What is known of a look, as one document. */
public final class VisualReport {
  /** How many heads T-VHD sums. */
  private static final int TOP = 10;

  private final VisualState state;
  private final Looked looked;
  private final Map<String, Object> document = new LinkedHashMap<>();

  /**
   * @param state with a look
   */
  public VisualReport(VisualState state) {
    this.state = state;
    this.looked = state.looked();
  }

  /** The document, ready to be written as JSON. */
  public Map<String, Object> document() {
    look();
    heads();
    shares();
    sinks();
    divergence();
    groundings();
    effects();
    return document;
  }

  private void look() {
    document.put("side", lower(looked.side()));
    document.put("tokens", Arrays.copyOf(looked.tokens(), looked.promptLength()));
    if (looked.answered()) {
      int[] answer = Arrays.copyOfRange(looked.tokens(), looked.promptLength(), looked.length());
      document.put("answer", answer);
      document.put("answerLabels", looked.labels().subList(looked.promptLength(), looked.length()));
      document.put("logprobs", doubles(looked.logprobs()));
    }
    List<Map<String, Object>> verdicts = new ArrayList<>();
    for (Looked.Verdict v : looked.verdicts()) {
      verdicts.add(ordered("label", v.label(), "probability", v.value()));
    }
    if (!verdicts.isEmpty()) {
      document.put("verdicts", verdicts);
    }
    agreements();
    List<Map<String, Object>> parts = new ArrayList<>();
    for (ImageSpan.Part part : looked.parts()) {
      PatchGrid grid = part.grid();
      int[] at = part.positions();
      parts.add(
          ordered(
              "picture",
              part.picture(),
              "tile",
              part.tile(),
              "rows",
              grid.rows(),
              "columns",
              grid.columns(),
              "first",
              at[0],
              "last",
              at[at.length - 1]));
    }
    document.put("grid", parts);
    int word = state.word();
    document.put("word", word);
    document.put("wordLabel", looked.labels().get(word));
    document.put("query", looked.query(word));
    document.put("picture", state.picture());
    document.put("map", state.choice().mode().option());
  }

  private void agreements() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Looked.Agreement a : looked.agreements()) {
      rows.add(
          ordered(
              "picture", a.picture(),
              "text", a.text(),
              "label", a.label(),
              "cosine", a.cosine(),
              "score", a.score(),
              "probability", a.probability()));
    }
    if (!rows.isEmpty()) {
      document.put("agreements", rows);
    }
  }

  private void heads() {
    int query = looked.query(state.word());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Head head : state.maps().all()) {
      float[] shares = looked.rows().shares(head, query);
      Map<String, Object> attention = new LinkedHashMap<>();
      for (int g = 0; g < shares.length; g++) {
        attention.put(lowerCamel(looked.groups().get(g)), (double) shares[g]);
      }
      PatchView map = state.small(head);
      int best = best(map);
      rows.add(
          ordered(
              "layer",
              head.layer(),
              "head",
              head.head(),
              "attention",
              attention,
              "largest",
              best < 0 ? null : (double) map.values()[best],
              "tile",
              best < 0 ? null : looked.parts().get(map.partOf(best)).tile(),
              "row",
              best < 0 ? null : map.row(best),
              "column",
              best < 0 ? null : map.column(best)));
    }
    document.put("heads", rows);
  }

  private static int best(PatchView map) {
    int best = -1;
    for (int i = 0; i < map.values().length; i++) {
      boolean there = map.parts().contains(map.partOf(i)) && !Float.isNaN(map.values()[i]);
      best = there && (best < 0 || map.values()[i] > map.values()[best]) ? i : best;
    }
    return best;
  }

  private void shares() {
    state
        .shares()
        .ifPresent(
            s -> {
              ImageShare.Stages stages = s.stages();
              document.put(
                  "shareByLayer",
                  ordered(
                      "textToImage", doubles(stages.textToImage()),
                      "imageToImage", doubles(stages.imageToImage()),
                      "textToText", doubles(stages.textToText())));
            });
  }

  private void sinks() {
    state
        .sunk()
        .ifPresent(
            sunk -> {
              List<Map<String, Object>> layers = new ArrayList<>();
              for (int l = 0; l < looked.layers(); l++) {
                List<Integer> visual = sunk.sinks().visual(l, looked.span());
                if (!visual.isEmpty()) {
                  layers.add(ordered("layer", l, "tokens", visual));
                }
              }
              document.put(
                  "sinks",
                  ordered(
                      "threshold", sunk.sinks().threshold(),
                      "dimensions", sunk.sinks().dimensions(),
                      "layers", layers));
            });
  }

  private void divergence() {
    state
        .divergence()
        .ifPresent(
            d -> {
              List<List<Double>> rows =
                  IntStream.range(0, looked.layers())
                      .mapToObj(l -> doubles(d.divergence().slice(l).data()))
                      .toList();
              document.put(
                  "vhd",
                  ordered(
                      "divergence", rows,
                      "total", d.total(TOP),
                      "vhr", d.vhr().stream().map(Head::toString).toList()));
            });
  }

  private void groundings() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Grounding g : state.groundings()) {
      rows.add(
          ordered(
              "layer", g.head().layer(),
              "head", g.head().head(),
              "hit", g.hit(),
              "inside", Double.isNaN(g.share()) ? null : g.share(),
              "iou", g.iou()));
    }
    if (!rows.isEmpty()) {
      document.put("groundings", rows);
    }
  }

  private void effects() {
    List<Effect> effects = state.effects();
    if (!effects.isEmpty()) {
      document.put("effects", effects.stream().map(ChangeReport::effect).toList());
    }
    List<LayerCurve> curves = state.curves();
    if (!curves.isEmpty()) {
      document.put("byLayer", curves.stream().map(ChangeReport::curve).toList());
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String lowerCamel(String words) {
    String[] parts = words.toLowerCase(Locale.ROOT).split(" ", -1);
    StringBuilder name = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      name.append(Character.toUpperCase(parts[i].charAt(0))).append(parts[i].substring(1));
    }
    return name.toString();
  }

  private static List<Double> doubles(float[] values) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> Float.isNaN(values[i]) ? null : Double.valueOf(values[i]))
        .collect(java.util.stream.Collectors.toList());
  }

  static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
