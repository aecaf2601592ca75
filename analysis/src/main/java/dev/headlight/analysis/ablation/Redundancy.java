package dev.headlight.analysis.ablation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.FreeMemory;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How alike heads are, every one against every other.
 *
 * @param heads n heads of the model, in order
 * @param cosine mean over positions of the cosine of what two heads add to the stream ({@code
 *     hook_result}), −1 to 1, {@code [n][n]}; 0 where one adds nothing
 * @param divergence mean over queries of the Jensen–Shannon divergence of two heads' attention,
 *     nats, 0 to ln 2, {@code [n][n]}
 */
public record Redundancy(List<Head> heads, double[][] cosine, double[][] divergence) {
  /** Tokens of each sequence that are looked at, where nothing else is asked for. */
  public static final int LENGTH = 64;

  /** Copies what is mutable. */
  public Redundancy {
    heads = List.copyOf(heads);
    cosine = copy(cosine);
    divergence = copy(divergence);
  }

  private static double[][] copy(double[][] matrix) {
    return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * An order in which heads of alike outputs stand side by side, by average linkage of 1 − cosine.
   */
  public int[] orderByOutput() {
    double[][] distance = copy(cosine);
    for (double[] row : distance) {
      for (int j = 0; j < row.length; j++) {
        row[j] = 1 - row[j];
      }
    }
    return AverageLinkage.order(distance);
  }

  /** An order in which heads of alike patterns stand side by side, by average linkage. */
  public int[] orderByPattern() {
    return AverageLinkage.order(divergence);
  }

  /**
   * Measures both matrices.
   *
   * @param sequences token ids
   * @param length tokens of each sequence that are looked at, from the first on
   * @throws HeadlightException when the outputs of all heads do not fit into memory
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static Redundancy measure(
      Model model, List<int[]> sequences, int length, Progress progress) {
    return measure(model, RunRequest.ofSequences(sequences), length, progress);
  }

  /**
   * The same of prompts with pictures, which are not cut.
   *
   * @param prompts with their pictures; sites and changes are not looked at
   */
  public static Redundancy measure(Model model, RunRequest prompts, int length, Progress progress) {
    Measuring measuring = new Measuring(model);
    double count = prompts.sequences().size();
    for (int s = 0; s < count; s++) {
      int[] tokens = prompts.sequences().get(s);
      RunRequest one =
          prompts.pictures().isEmpty()
              ? RunRequest.of(Arrays.copyOf(tokens, Math.min(length, tokens.length)))
              : prompts.only(s);
      measuring.add(one, progress.part(s / count, (s + 1) / count));
    }
    return measuring.mean();
  }

  /** Sums over rows of all sequences. */
  private static final class Measuring {
    private final Model model;
    private final ModelSpec spec;
    private final double[][] cosine;
    private final double[][] divergence;
    private int rows;

    Measuring(Model model) {
      this.model = model;
      spec = model.spec();
      int n = spec.layers() * spec.heads();
      cosine = new double[n][n];
      divergence = new double[n][n];
    }

    void add(RunRequest prompt, Progress progress) {
      int[] tokens = prompt.sequences().get(0);
      requireMemory(tokens.length);
      RunRequest request = prompt.withSites(Site.RESULT, Site.PATTERN);
      try (Run run = model.run(request, progress.part(0, 0.2)).get(0)) {
        outputs(values(run, Site.RESULT), tokens.length, progress.part(0.2, 0.4));
        patterns(values(run, Site.PATTERN), tokens.length, progress.part(0.4, 1));
      }
      rows += tokens.length;
    }

    /** Twice the outputs of all heads: as the pass leaves them, and as they are read. */
    private void requireMemory(int tokens) {
      double bytes = 2.0 * Float.BYTES * cosine.length * tokens * (spec.width() + tokens);
      double free = FreeMemory.bytes();
      if (bytes > free) {
        throw new HeadlightException(
            Kind.INPUT,
            "redundancy: the outputs of %d heads at %d tokens need %.1f GB, %.1f GB are free; look at fewer tokens"
                .formatted(cosine.length, tokens, bytes / 1e9, free / 1e9));
      }
    }

    private List<Tensor> values(Run run, Site site) {
      return IntStream.range(0, spec.layers())
          .mapToObj(l -> run.get(HookName.of(site, l)))
          .toList();
    }

    private void outputs(List<Tensor> results, int length, Progress progress) {
      for (int p = 0; p < length; p++) {
        progress.report((double) p / length, "outputs of heads");
        progress.check();
        float[] unit = directions(results, p);
        int n = cosine.length;
        try (NDManager scope = model.newScope()) {
          NDArray x = HostMemory.array(unit, new Shape(n, spec.width()), scope);
          float[] products = HostMemory.copy(x.matMul(x.transpose()));
          for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
              cosine[i][j] += products[i * n + j];
            }
          }
        }
      }
    }

    /** What each head adds at a position, of length 1, {@code [n · d]}. */
    private float[] directions(List<Tensor> results, int position) {
      int width = spec.width();
      float[] all = new float[cosine.length * width];
      for (int i = 0; i < cosine.length; i++) {
        float[] from = results.get(i / spec.heads()).data();
        int at = (position * spec.heads() + i % spec.heads()) * width;
        double square = 0;
        for (int d = 0; d < width; d++) {
          square += (double) from[at + d] * from[at + d];
        }
        double scale = square > 0 ? 1 / Math.sqrt(square) : 0;
        for (int d = 0; d < width; d++) {
          all[i * width + d] = (float) (scale * from[at + d]);
        }
      }
      return all;
    }

    private void patterns(List<Tensor> maps, int length, Progress progress) {
      int n = divergence.length;
      double[][] entropies = new double[n][length];
      for (int i = 0; i < n; i++) {
        for (int q = 0; q < length; q++) {
          entropies[i][q] = entropy(maps, i, i, q, length);
        }
      }
      for (int i = 0; i < n; i++) {
        progress.report((double) i / n, "attention of heads");
        progress.check();
        int head = i;
        IntStream.range(i + 1, n)
            .parallel()
            .forEach(
                j -> {
                  double sum = 0;
                  for (int q = 0; q < length; q++) {
                    double both = entropy(maps, head, j, q, length);
                    sum += Math.max(0, both - (entropies[head][q] + entropies[j][q]) / 2);
                  }
                  divergence[head][j] += sum;
                  divergence[j][head] += sum;
                });
      }
    }

    /** Entropy of the mean of two heads' rows; JS is it less the mean of their own entropies. */
    private double entropy(List<Tensor> maps, int a, int b, int query, int length) {
      float[] first = maps.get(a / spec.heads()).data();
      float[] second = maps.get(b / spec.heads()).data();
      int atA = (a % spec.heads() * length + query) * length;
      int atB = (b % spec.heads() * length + query) * length;
      double sum = 0;
      for (int k = 0; k < length; k++) {
        double mean = (first[atA + k] + (double) second[atB + k]) / 2;
        sum -= mean > 0 ? mean * Math.log(mean) : 0;
      }
      return sum;
    }

    Redundancy mean() {
      for (double[][] matrix : List.of(cosine, divergence)) {
        for (double[] row : matrix) {
          for (int j = 0; j < row.length; j++) {
            row[j] /= rows;
          }
        }
      }
      List<Head> heads = new ArrayList<>(HeadSet.parse("L*H*").resolve(spec));
      return new Redundancy(heads, cosine, divergence);
    }
  }
}
