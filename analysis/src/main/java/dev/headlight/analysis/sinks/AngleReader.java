package dev.headlight.analysis.sinks;

import dev.headlight.analysis.attention.ScoreRule;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Tensor;

/** Gathers the {@link SinkAngles} of one sequence, layer by layer. */
final class AngleReader {
  private final ModelSpec spec;
  private final int length;
  private final float[][] tables = new float[3][];
  private final float[] keyNorms;
  private final float[] valueNorms;

  AngleReader(ModelSpec spec, int length) {
    this.spec = spec;
    this.length = length;
    for (int i = 0; i < tables.length; i++) {
      tables[i] = new float[spec.layers() * spec.heads()];
    }
    keyNorms = new float[spec.layers() * spec.kvHeads() * length];
    valueNorms = new float[keyNorms.length];
  }

  /** Reads values {@code [T, G, e]} that begin at {@code at}. */
  void values(int layer, float[] v, int at) {
    norms(layer, v, at, valueNorms);
  }

  private void norms(int layer, float[] x, int at, float[] into) {
    int groups = spec.kvHeads();
    int e = spec.headDim();
    for (int g = 0; g < groups; g++) {
      for (int t = 0; t < length; t++) {
        into[(layer * groups + g) * length + t] = norm(x, at + (t * groups + g) * e, e);
      }
    }
  }

  private static float norm(float[] x, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += (double) x[i] * x[i];
    }
    return (float) Math.sqrt(sum);
  }

  /** Reads queries {@code [T, H, e]} and keys {@code [T, G, e]}, each from where it begins. */
  void rotated(int layer, float[] q, int atQ, float[] k, int atK) {
    norms(layer, k, atK, keyNorms);
    for (int g = 0; g < spec.kvHeads(); g++) {
      double[][] sums = unitSums(layer, g, k, atK);
      int perGroup = spec.heads() / spec.kvHeads();
      for (int h = g * perGroup; h < (g + 1) * perGroup; h++) {
        head(layer, h, q, atQ, sums);
      }
    }
  }

  /** Sums of the unit keys before each position, so that a mean over many is one product. */
  private double[][] unitSums(int layer, int group, float[] k, int at) {
    int e = spec.headDim();
    double[][] sums = new double[length + 1][e];
    for (int t = 0; t < length; t++) {
      double norm = keyNorms[(layer * spec.kvHeads() + group) * length + t];
      int from = at + (t * spec.kvHeads() + group) * e;
      for (int i = 0; i < e; i++) {
        sums[t + 1][i] = sums[t][i] + (norm > 0 ? k[from + i] / norm : 0);
      }
    }
    return sums;
  }

  private void head(int layer, int head, float[] q, int at, double[][] sums) {
    ScoreRule rule = spec.scoreRule(layer);
    int e = spec.headDim();
    double norms = 0;
    double first = 0;
    int firstRows = 0;
    double rest = 0;
    int restRows = 0;
    for (int i = 1; i < length; i++) {
      int from = at + (i * spec.heads() + head) * e;
      double norm = norm(q, from, e);
      norms += norm;
      if (rule.visible(i, 0)) {
        first += cosine(q, from, norm, sums, 0, 1);
        firstRows++;
      }
      int low = Math.max(1, rule.firstKey(i));
      int end = rule.endKey(i + 1, length);
      if (low < end) {
        rest += cosine(q, from, norm, sums, low, end);
        restRows++;
      }
    }
    int cell = layer * spec.heads() + head;
    tables[0][cell] = (float) (norms / (length - 1));
    tables[1][cell] = (float) (first / firstRows);
    tables[2][cell] = (float) (rest / restRows);
  }

  /** Mean cosine of a query with keys {@code [low, end)}. */
  private static double cosine(
      float[] q, int from, double norm, double[][] sums, int low, int end) {
    double dot = 0;
    for (int i = 0; i < sums[0].length; i++) {
      dot += q[from + i] * (sums[end][i] - sums[low][i]);
    }
    return norm > 0 ? dot / norm / (end - low) : 0;
  }

  SinkAngles finish() {
    int layers = spec.layers();
    return new SinkAngles(
        new Tensor(tables[0], layers, spec.heads()),
        new Tensor(keyNorms, layers, spec.kvHeads(), length),
        new Tensor(valueNorms, layers, spec.kvHeads(), length),
        new Tensor(tables[1], layers, spec.heads()),
        new Tensor(tables[2], layers, spec.heads()));
  }
}
