package dev.headlight.analysis.retrieval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.GenerateRequest;
import dev.headlight.analysis.model.Generation;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.HeadTableBuilder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * How each head's attention is shared out over the parts of a prompt, mean over the queries of the
 * answer (Wang et al. 2024, On the Loss of Context Awareness in General Instruction Fine-tuning;
 * analyze_attention_distribution.py, whose parts are BOS, user, response and template). Parts of
 * any other kind, such as context and question, are measured alike.
 *
 * @param spans parts of the prompt
 * @param shares weight on each span, 0 to 1; {@code runs} is the number of queries
 * @param even what a span would get from a head that attends to all visible keys alike, 0 to 1: a
 *     short span gets little whatever the head does
 */
public record SpanShares(List<PromptSpan> spans, List<HeadTable> shares, double[] even) {
  /** Copies what is mutable. */
  public SpanShares {
    spans = List.copyOf(spans);
    shares = List.copyOf(shares);
    even = even.clone();
  }

  /**
   * Reads the shares off one pass, row by row.
   *
   * @param text prompt with its pictures, and the answer behind it where the queries are the
   *     answer's
   * @param firstQuery first position whose row counts
   * @param endQuery one past the last
   * @throws HeadlightException when the model cannot read the tokens, or there is no such query
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static SpanShares measure(
      Model model,
      RunRequest text,
      List<PromptSpan> spans,
      int firstQuery,
      int endQuery,
      Progress progress) {
    model.runner().check(text);
    int[] tokens = text.sequences().get(0);
    if (firstQuery < 0 || firstQuery >= endQuery || endQuery > tokens.length) {
      throw new HeadlightException(
          Kind.INPUT,
          "queries %d to %d are not in a text of %d tokens"
              .formatted(firstQuery, endQuery - 1, tokens.length));
    }
    Rows rows = new Rows(model, tokens.length, spans, firstQuery, endQuery);
    return model.guarded(
        () -> {
          try (NDManager scope = model.newScope()) {
            PassInput input =
                model.runner().read(text, 0, Integer.MAX_VALUE, scope, progress.silent());
            try (NDArray end = model.transformer().stream(input, rows, progress, scope)) {
              return rows.shares(end.getShape().get(1));
            }
          }
        });
  }

  /** The same for the queries that wrote an answer: greedy, until a stop id or the limit. */
  public static SpanShares ofAnswer(
      Model model, RunRequest prompt, List<PromptSpan> spans, int maxNew, Progress progress) {
    Set<Integer> stops = model.tokenizer().map(t -> Set.copyOf(t.eosIds())).orElse(Set.of());
    GenerateRequest request = GenerateRequest.greedy(prompt, maxNew).withStops(stops);
    Generation answer = model.generate(request, (id, p) -> {}, progress.part(0, 0.7));
    if (answer.tokens().length == 0) {
      throw new HeadlightException(
          Kind.INPUT,
          "the prompt fills the model's positions, so nothing was answered; shorten it");
    }
    // The query that writes the last token stands before it.
    int[] asked = prompt.sequences().get(0);
    int[] text = Arrays.copyOf(asked, asked.length + answer.tokens().length - 1);
    System.arraycopy(answer.tokens(), 0, text, asked.length, text.length - asked.length);
    RunRequest read = RunRequest.of(text).withPictures(prompt.pictures());
    return measure(model, read, spans, asked.length - 1, text.length, progress.part(0.7, 1));
  }

  /** Share of a span over what even attention would give it: 1 is no preference. */
  public double preference(int span, Head head) {
    return shares.get(span).at(head) / even[span];
  }

  /** Sums of rows by span. */
  private static final class Rows implements Hooks {
    private final int layers;
    private final int heads;
    private final List<PromptSpan> spans;
    private final int first;
    private final int end;
    private final int[] spanOf;
    private final double[][][] sums;

    Rows(Model model, int length, List<PromptSpan> spans, int first, int end) {
      layers = model.spec().layers();
      heads = model.spec().heads();
      this.spans = spans;
      this.first = first;
      this.end = end;
      sums = new double[end - first][spans.size()][layers * heads];
      spanOf = new int[length];
      Arrays.fill(spanOf, -1);
      for (int s = 0; s < spans.size(); s++) {
        for (int position : spans.get(s).positions()) {
          spanOf[position] = s;
        }
      }
    }

    @Override
    public void rows(int layer, NDArray scores, NDArray pattern, int row0, int key0) {
      int rows = (int) pattern.getShape().get(2);
      int keys = (int) pattern.getShape().get(3);
      int from = Math.max(row0, first);
      int to = Math.min(row0 + rows, end);
      if (from >= to) {
        return;
      }
      FloatBuffer cells = HostMemory.floats(pattern);
      float[] row = new float[keys];
      for (int head = 0; head < heads; head++) {
        for (int query = from; query < to; query++) {
          cells.get((head * rows + query - row0) * keys, row, 0, keys);
          add(sums[query - first], layer * heads + head, row, key0);
        }
      }
    }

    private void add(double[][] bySpan, int head, float[] row, int key0) {
      for (int i = 0; i < row.length; i++) {
        int span = spanOf[key0 + i];
        if (span >= 0) {
          bySpan[span][head] += row[i];
        }
      }
    }

    SpanShares shares(long rows) {
      if (rows < end) {
        throw new IllegalStateException(rows + " rows of " + end);
      }
      HeadTable[] tables = new HeadTable[spans.size()];
      double[] even = new double[spans.size()];
      for (int s = 0; s < tables.length; s++) {
        HeadTableBuilder builder = new HeadTableBuilder(layers, heads);
        for (int query = first; query < end; query++) {
          builder.add(sums[query - first][s]);
          int last = query;
          long seen = spans.get(s).positions().stream().filter(p -> p <= last).count();
          even[s] += (double) seen / (query + 1) / (end - first);
        }
        tables[s] = builder.build();
      }
      return new SpanShares(spans, List.of(tables), even);
    }
  }
}
