package dev.headlight.app.report;

import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.renderer.Ticks;
import dev.headlight.renderer.ValueScale;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What a paper writes below a figure of attention, in whole sentences. */
final class Captions {
  /** Longer prompts are cut: the sidecar has their tokens. */
  private static final int LONGEST_PROMPT = 240;

  /** More heads than this are counted, not named. */
  private static final int MOST_NAMES = 24;

  private final ModelSpec spec;
  private final Tokens tokens;
  private final Provenance provenance;
  private final ValueScale scale;

  Captions(ModelSpec spec, Tokens tokens, Provenance provenance, ValueScale scale) {
    this.spec = spec;
    this.tokens = tokens;
    this.provenance = provenance;
    this.scale = scale;
  }

  /**
   * @param side most cells drawn along each side of a map
   */
  String ofHeads(Collection<Head> heads, int side) {
    String what = "Attention pattern" + (heads.size() == 1 ? "" : "s");
    return caption(what, heads, pooled(side));
  }

  /**
   * @param side most cells drawn along each side
   */
  String ofMap(FigureMap map, int side) {
    String what = map.heads().size() == 1 ? "Attention pattern" : "Mean attention pattern";
    return caption(what, map.heads(), map.ofTokens() ? pooled(side) : folded(map));
  }

  private String caption(String what, Collection<Head> heads, String cells) {
    return "%s of %s of %s on %s. %s%s%s"
        .formatted(what, names(heads), provenance.model(), prompt(), colours(), cells, changes());
  }

  private static String folded(FigureMap map) {
    String first = map.withoutFirst() ? "; the first token is left out as a key" : "";
    return " Tokens are collapsed to %s: the attention to one is summed over its keys, that of one is the mean over its queries%s."
        .formatted(map.units(), first);
  }

  private String names(Collection<Head> heads) {
    if (heads.size() > MOST_NAMES) {
      return heads.size() + " heads";
    }
    boolean grouped = spec.kvHeads() < spec.heads();
    List<String> names =
        heads.stream()
            .map(h -> grouped ? h + " (KV group " + spec.kvGroup(h.head()) + ")" : h.toString())
            .toList();
    return heads.size() == 1 ? "head " + names.get(0) : "heads " + String.join(", ", names);
  }

  private String prompt() {
    int count = tokens.size();
    if (tokens.text().isEmpty()) {
      return "a prompt of %d given token ids".formatted(count);
    }
    String text = tokens.text().strip().replaceAll("\\s+", " ");
    int end =
        text.offsetByCodePoints(0, Math.min(LONGEST_PROMPT, text.codePointCount(0, text.length())));
    String shown = end < text.length() ? text.substring(0, end) + "…" : text;
    return "the prompt “%s” (%d tokens)".formatted(shown, count);
  }

  private String colours() {
    String masked = scale.hideColumn0() ? " or the hidden first key" : "";
    return "Rows are queries and columns are keys; colours show the attention weight (%s); grey cells are masked%s."
        .formatted(scale(scale), masked);
  }

  /** The curve and its limits, such as "√ scale, 0 to 1". */
  static String scale(ValueScale scale) {
    String curve = scale.caption().isEmpty() ? "linear scale" : scale.caption();
    return curve + ", " + limit(scale.min()) + " to " + limit(scale.max());
  }

  private static String limit(double value) {
    return value == Math.rint(value) ? Long.toString(Math.round(value)) : Ticks.format(value);
  }

  private String pooled(int side) {
    return tokens.size() > side
        ? " Each cell shows the largest weight of those it covers (%d × %d cells)."
            .formatted(side, side)
        : "";
  }

  private String changes() {
    return provenance.interventions().isEmpty()
        ? ""
        : provenance.interventions().stream()
            .collect(Collectors.joining(", ", " Computed under the interventions ", "."));
  }
}
