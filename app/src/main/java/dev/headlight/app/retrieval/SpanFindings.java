package dev.headlight.app.retrieval;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.retrieval.PromptSpan;
import dev.headlight.analysis.retrieval.SpanShares;
import dev.headlight.analysis.run.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the answers to one or two prompts read of them.
 *
 * @param titles of the prompts
 * @param shares of the same prompts
 */
public record SpanFindings(List<String> titles, List<SpanShares> shares) {
  /** The name of what is left: the answer reads itself. */
  public static final String ITSELF = "the answer itself";

  /** Copies the lists. */
  public SpanFindings {
    titles = List.copyOf(titles);
    shares = List.copyOf(shares);
  }

  /**
   * A part in each prompt; NaN where a prompt lacks it.
   *
   * @param name of the part
   * @param share weight on it, 0 to 1, one a prompt
   * @param even what even attention would give it, one a prompt
   */
  public record Row(String name, double[] share, double[] even) {}

  /** The parts of all prompts, and what the answers read of themselves; of one head or the mean. */
  public List<Row> rows(ModelSpec spec, Optional<Head> head) {
    List<Row> rows = new ArrayList<>();
    for (String name : names()) {
      rows.add(
          new Row(
              name,
              shares.stream().mapToDouble(s -> share(s, name, spec, head)).toArray(),
              shares.stream().mapToDouble(s -> even(s, name)).toArray()));
    }
    rows.add(
        new Row(
            ITSELF,
            IntStream.range(0, shares.size()).mapToDouble(i -> 1 - sum(rows, i, true)).toArray(),
            IntStream.range(0, shares.size()).mapToDouble(i -> 1 - sum(rows, i, false)).toArray()));
    return rows;
  }

  private static double sum(List<Row> rows, int prompt, boolean share) {
    return rows.stream()
        .mapToDouble(r -> share ? r.share()[prompt] : r.even()[prompt])
        .filter(v -> !Double.isNaN(v))
        .sum();
  }

  private List<String> names() {
    return shares.stream()
        .flatMap(s -> s.spans().stream())
        .map(PromptSpan::name)
        .distinct()
        .toList();
  }

  private static OptionalInt index(SpanShares of, String name) {
    return IntStream.range(0, of.spans().size())
        .filter(i -> of.spans().get(i).name().equals(name))
        .findFirst();
  }

  private static double even(SpanShares of, String name) {
    OptionalInt at = index(of, name);
    return at.isPresent() ? of.even()[at.getAsInt()] : Double.NaN;
  }

  private static double share(SpanShares of, String name, ModelSpec spec, Optional<Head> head) {
    OptionalInt at = index(of, name);
    if (at.isEmpty()) {
      return Double.NaN;
    }
    var table = of.shares().get(at.getAsInt());
    return head.map(table::at)
        .orElseGet(() -> heads(spec).mapToDouble(table::at).average().orElse(Double.NaN));
  }

  private static Stream<Head> heads(ModelSpec spec) {
    return IntStream.range(0, spec.layers() * spec.heads())
        .mapToObj(i -> new Head(i / spec.heads(), i % spec.heads()));
  }

  /**
   * The head that reads the context of the first prompt most (Wang et al. 2024: the head to
   * follow); of a prompt without a context the one that reads the user's words, else the question.
   */
  public Head reader(ModelSpec spec) {
    SpanShares first = shares.get(0);
    String name =
        Stream.of(SpanPrompt.CONTEXT, "user", SpanPrompt.QUESTION)
            .filter(n -> index(first, n).isPresent())
            .findFirst()
            .orElse(first.spans().get(0).name());
    return heads(spec)
        .max((a, b) -> Double.compare(on(first, name, a), on(first, name, b)))
        .orElseThrow();
  }

  private static double on(SpanShares of, String name, Head head) {
    return of.shares().get(index(of, name).orElseThrow()).at(head);
  }
}
