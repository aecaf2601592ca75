package dev.headlight.app.report;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.RepeatedIds;
import dev.headlight.analysis.scores.StandardScores;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.renderer.figure.FigureWriter;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** The report as one page that needs nothing beside it: no network, no script. */
final class TourPage {
  private final TourResult result;
  private final StringBuilder out = new StringBuilder(1 << 16);

  TourPage(TourResult result) {
    this.result = result;
  }

  String html() {
    String title = "Heads of " + result.provenance().model();
    add("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    add(
        "<title>%s</title>\n<style>\n%s</style></head>\n<body><main>",
        title, new Raw(Html.resource("report.css")));
    add("<header><h1>%s</h1><p class=\"dim\">%s</p></header>", title, summary());
    card();
    prompt();
    grid();
    notable();
    table();
    ablation();
    writing();
    provenance();
    add("</main></body></html>\n");
    return out.toString();
  }

  private String summary() {
    TourHeads heads = result.notable();
    Set<Head> induction = heads.inductionHeads(result.heads());
    AblationEffect after = effectOf(induction);
    return Html.format(
        "The largest previous-token score is %.2f, of %s; the largest induction score is %.2f, of"
            + " %s (attention spread evenly would score %.2f and %.2f). Without the output of %s"
            + " the loss on a repeat goes from %.3f to %.3f nats.",
        heads.previous().previous(),
        heads.previous().head(),
        heads.induction().induction(),
        heads.induction().head(),
        result.probe().uniformPrevious(),
        result.probe().uniformInduction(),
        induction.size() == 1
            ? heads.induction().head().toString()
            : "all "
                + induction.size()
                + " heads that score "
                + TourHeads.INDUCTION_FROM
                + " or more",
        result.effects().get(0).loss(),
        after.loss());
  }

  private AblationEffect effectOf(Set<Head> heads) {
    return result.effects().stream()
        .filter(effect -> effect.changes().equals(AblationEffect.zero(heads)))
        .findFirst()
        .orElseThrow();
  }

  private void card() {
    add("<section><h2>Model</h2><dl class=\"card\">");
    result
        .card()
        .forEach(
            (name, value) ->
                add(
                    "<div class=\"%s\"><dt>%s</dt><dd>%s</dd></div>",
                    name.equals("sha256") ? "wide" : "",
                    ModelCard.label(name),
                    ModelCard.text(value)));
    add("</dl></section>");
  }

  private void prompt() {
    add("<section><h2>Prompt</h2>");
    String what =
        result.prompt().text().isEmpty()
            ? "Random tokens that stand twice in a row"
            : result.prompt().text();
    add("<p class=\"dim\">%s</p>", what);
    tokens(result.prompt(), i -> result.prompt().special(i) ? "special" : "");
    add("</section>");
  }

  private void tokens(Tokens tokens, IntFunction<String> style) {
    add("<ol class=\"tokens\">");
    tokenItems(tokens, 0, style);
    add("</ol>");
  }

  private void tokenItems(Tokens tokens, int first, IntFunction<String> style) {
    for (int i = 0; i < tokens.size(); i++) {
      add(
          "<li class=\"%s\" title=\"id %s\">%s<sub>%s</sub></li>",
          style.apply(i), tokens.id(i), tokens.label(i), first + i);
    }
  }

  private void grid() {
    add("<section><h2>All heads</h2>");
    add(
        "<p class=\"dim\">Rows of the grid are layers, columns are heads. In each map rows are"
            + " queries and columns keys; colour is the attention weight on a √ scale, masked cells"
            + " are grey, and cells that share a pixel show their largest weight.</p>");
    figure(result.grid());
    add("</section>");
  }

  private void notable() {
    add("<section><h2>Notable heads</h2>");
    add(
        "<p class=\"dim\">Found by measuring on %s sequences of %s random tokens that stand"
            + " twice in a row: %s has the largest previous-token score, %s the largest induction"
            + " score.</p><div class=\"pair\">",
        result.probe().sequences().size(),
        result.probe().period(),
        result.notable().previous().head(),
        result.notable().induction().head());
    result.large().forEach(this::figure);
    add("</div></section>");
  }

  private void figure(TourFigure figure) {
    add(
        "<figure><picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"%s\">"
            + "<img src=\"%s\" alt=\"%s\"></picture><figcaption>%s</figcaption></figure>",
        Html.data(FigureWriter.svg(figure.dark())),
        Html.data(FigureWriter.svg(figure.light())),
        figure.alt(),
        figure.alt() + "; also as " + figure.file() + ".png and .svg");
  }

  private void table() {
    Set<Head> notable = new TreeSet<>(Set.of(result.notable().induction().head()));
    notable.add(result.notable().previous().head());
    boolean grouped = result.heads().stream().anyMatch(r -> r.kvGroup() != r.head().head());
    add("<section><h2>Every head in numbers</h2><div class=\"scroll\"><table><thead><tr>");
    add("<th>head</th>%s", new Raw(grouped ? "<th>KV group</th>" : ""));
    add("<th>entropy, nats</th><th>distance, tokens</th><th>first token</th>");
    add("<th>previous</th><th>induction</th></tr></thead><tbody>");
    for (HeadRow row : result.heads()) {
      add("<tr class=\"%s\">", notable.contains(row.head()) ? "notable" : "");
      add("<td>%s</td>%s", row.head(), new Raw(grouped ? "<td>" + row.kvGroup() + "</td>" : ""));
      add(
          "<td>%.3f</td><td>%.2f</td><td>%.3f</td><td>%.3f</td><td>%.3f</td></tr>",
          row.entropy(), row.distance(), row.firstShare(), row.previous(), row.induction());
    }
    add("</tbody></table></div>");
    formulas();
    add("</section>");
  }

  private void formulas() {
    RepeatedIds probe = result.probe();
    add("<p class=\"formula\">A[i, j] is how much query i attends to key j. On the prompt: ");
    add("entropy = mean over rows of −Σ A ln A; distance = mean over rows of Σ A·|i − j|; ");
    add("first token = mean over rows of A[i, 0], row 0 counted. ");
    add(
        "On %s sequences of S = %s random tokens, twice in a row, after b = %s"
            + " beginning-of-sequence tokens: previous = %s; induction = %s; each the mean over the"
            + " sequences.</p>",
        probe.sequences().size(),
        probe.period(),
        probe.front(),
        StandardScores.PREVIOUS.formula(),
        StandardScores.INDUCTION.formula());
  }

  private void ablation() {
    AblationEffect baseline = result.effects().get(0);
    add("<section><h2>Switching heads off</h2>");
    add(
        "<p class=\"dim\">“zero” sets the output of heads (hook_z) to 0 at every position: of the"
            + " best induction head, of all heads with an induction score of %s or more, of the"
            + " best previous-token head, and, to compare with, of %s, which has the"
            + " smallest induction score of its layer.</p>",
        TourHeads.INDUCTION_FROM, result.notable().control().head());
    add("<table><thead><tr><th>change</th><th>loss, nats</th><th>change of loss</th>");
    add("<th>right tokens</th></tr></thead><tbody>");
    for (AblationEffect effect : result.effects()) {
      double delta = effect.loss() - baseline.loss();
      add(
          "<tr><td class=\"change\">%s</td><td>%.3f</td><td class=\"%s\">%s</td><td>%.0f %%</td></tr>",
          AblationEffect.name(effect.changes()),
          effect.loss(),
          delta > 0 ? "worse" : "",
          effect.changes().isEmpty() ? "" : Html.format("%+.3f", delta),
          100 * effect.accuracy());
    }
    add("</tbody></table>");
    add(
        "<p class=\"formula\">Loss = %s. Right tokens = share of the same positions where the most"
            + " probable token is the next one.</p></section>",
        AblationEffect.LOSS);
  }

  private void writing() {
    add("<section><h2>What the model writes</h2>");
    add("<p class=\"dim\">Greedy: each token is the most probable one.</p>");
    for (Continuation c : result.continuations()) {
      String changes = AblationEffect.name(c.changes());
      String note =
          c.expected().isPresent()
              ? Html.format(
                  "%s: %d of %d tokens repeat the sequence",
                  changes, c.right(), c.expected().get().length)
              : changes;
      add("<h2>%s</h2><ol class=\"tokens\">", note);
      tokenItems(c.prompt(), 0, i -> "given");
      tokenItems(c.written(), c.prompt().size(), i -> style(c, i));
      add("</ol>");
    }
    add("</section>");
  }

  private static String style(Continuation c, int index) {
    if (c.expected().isEmpty() || index >= c.expected().get().length) {
      return "";
    }
    return c.expected().get()[index] == c.written().id(index) ? "right" : "wrong";
  }

  private void provenance() {
    add("<section><h2>Where this comes from</h2>");
    add("<p>Made again by <code>%s</code></p>", result.command());
    add("<p><code>%s</code></p>", result.provenance().toCompactJson());
    add(
        "<p class=\"dim\">Beside this page: heads.csv, tokens.csv, one CSV with every cell of each"
            + " notable head, the figures as PNG and SVG, provenance.json.</p></section>");
  }

  /** Text that is already HTML. */
  private record Raw(String html) {
    @Override
    public String toString() {
      return html;
    }
  }

  /** Adds a line; every argument is escaped but numbers and {@link Raw}. */
  private void add(String format, Object... args) {
    Object[] safe = new Object[args.length];
    for (int i = 0; i < args.length; i++) {
      boolean asIs = args[i] instanceof Number || args[i] instanceof Raw;
      safe[i] = asIs ? args[i] : Html.escape(String.valueOf(args[i]));
    }
    out.append(args.length == 0 ? format : Html.format(format, safe)).append('\n');
  }
}
