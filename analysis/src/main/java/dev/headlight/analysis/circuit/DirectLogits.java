package dev.headlight.analysis.circuit;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.circuit.LogitParts.Part;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.EmbeddingWeights;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.BlockForm;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.Weight;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;
import dev.headlight.analysis.run.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Direct logit attribution (Elhage et al. 2021; nostalgebraist 2020): the row of the stream at the
 * last position, taken apart into what wrote it, times the direction in which the two answers'
 * logits differ. Where a norm stands between, each part passes it with the pass's own scale,
 * centred where the norm centres.
 */
public final class DirectLogits {
  private final Model model;
  private final ModelSpec spec;
  private final Run run;
  private final int last;

  private DirectLogits(Model model, Run run) {
    this.model = model;
    this.run = run;
    spec = model.spec();
    last = run.tokens().length - 1;
  }

  /**
   * Takes the logit difference after a prompt apart.
   *
   * @param prompt one, with its pictures
   * @param answer id whose logit counts
   * @param wrong id whose logit is taken away
   * @throws HeadlightException when the model has no logits, or something that is not linear other
   *     than norms between the stream and the logits
   */
  public static LogitParts of(
      Model model, RunRequest prompt, int answer, int wrong, Progress progress) {
    ModelSpec spec = model.spec();
    Sites.require(spec, Site.LOGITS);
    if (spec.output().transform().isPresent()) {
      throw new HeadlightException(
          Kind.INPUT,
          spec.family()
              + " has a layer with an activation between the stream and the logits, so no part adds to them directly; use patching");
    }
    Set<Site> sites = EnumSet.of(Site.RESID_PRE, Site.Z, Site.MLP_OUT);
    if (separatePositions(model)) {
      sites.add(Site.POS_EMBED);
    }
    try (Run run = model.run(prompt.withSites(sites), progress).get(0)) {
      return model.guarded(() -> new DirectLogits(model, run).parts(answer, wrong));
    }
  }

  /** Whether positions are simply added to the stream, so that they can stand apart. */
  private static boolean separatePositions(Model model) {
    EmbeddingWeights w = model.transformer().weights().embedding();
    return w.positions() != null && w.norm() == null && w.projection() == null;
  }

  private LogitParts parts(int answer, int wrong) {
    StreamParts stream = embedding();
    for (int l = 0; l < spec.layers(); l++) {
      block(l, model.transformer().weights().layers().get(l), stream);
    }
    stream.norm(spec.norm(), model.transformer().weights().finalNorm(), "bias", -1);
    double difference = run.logits(-1)[answer] - (double) run.logits(-1)[wrong];
    double[] direction = difference(answer, wrong);
    List<Part> parts = new ArrayList<>();
    double bias = bias(answer, wrong);
    for (StreamParts.Named part : stream.list()) {
      double value = dot(part.vector(), direction);
      if (part.name().equals("bias")) {
        bias += value;
      } else {
        parts.add(new Part(part.name(), part.layer(), part.head(), value));
      }
    }
    parts.add(new Part("bias", -1, -1, bias));
    if (spec.output().softcap() > 0) {
      double sum = parts.stream().mapToDouble(Part::value).sum();
      parts.add(new Part("softcap", -1, -1, difference - sum));
    }
    return new LogitParts(difference, parts);
  }

  private StreamParts embedding() {
    StreamParts stream = new StreamParts();
    double[] whole = row(run.get(HookName.of(Site.RESID_PRE, 0)));
    if (separatePositions(model)) {
      double[] position = row(run.get(HookName.of(Site.POS_EMBED)));
      for (int i = 0; i < whole.length; i++) {
        whole[i] -= position[i];
      }
      stream.add("pos", -1, -1, position);
    }
    stream.add("embed", -1, -1, whole);
    return stream;
  }

  private void block(int layer, LayerWeights w, StreamParts stream) {
    StreamParts heads = heads(layer, w);
    heads.norm(spec.norm(), w.attnPost(), "L" + layer + " bias", layer);
    stream.addAll(heads);
    boolean after = spec.form() == BlockForm.POST_NORM;
    if (after) {
      stream.norm(spec.norm(), w.ln1(), "L" + layer + " bias", layer);
    }
    stream.add("MLP" + layer, layer, -1, row(run.get(HookName.of(Site.MLP_OUT, layer))));
    if (after) {
      stream.norm(spec.norm(), w.ln2(), "L" + layer + " bias", layer);
    }
    if (w.leave() != null) {
      leave(w.leave(), stream, layer);
    }
  }

  /** What each head adds, and the bias of the output projection. */
  private StreamParts heads(int layer, LayerWeights w) {
    StreamParts parts = new StreamParts();
    int e = spec.headDim();
    int heads = spec.heads();
    double[] z = row(run.get(HookName.of(Site.Z, layer)));
    float[] out = matrix(model, w.out().weight());
    for (int h = 0; h < heads; h++) {
      double[] vector = new double[spec.width()];
      for (int i = 0; i < vector.length; i++) {
        double sum = 0;
        for (int j = h * e; j < (h + 1) * e; j++) {
          sum += out[i * heads * e + j] * z[j];
        }
        vector[i] = sum * spec.residualScale();
      }
      parts.add("L" + layer + "H" + h, layer, h, vector);
    }
    if (w.out().bias() != null) {
      double[] bias = StreamParts.doubles(HostMemory.copy(w.out().bias()));
      Arrays.setAll(bias, i -> bias[i] * spec.residualScale());
      parts.add("L" + layer + " bias", layer, -1, bias);
    }
    return parts;
  }

  /** A linear map of every part; its bias is a part. */
  private void leave(Projection projection, StreamParts stream, int layer) {
    List<StreamParts.Named> before = List.copyOf(stream.list());
    stream.list().clear();
    float[] weight = matrix(model, projection.weight());
    for (StreamParts.Named part : before) {
      stream.add(part.name(), part.layer(), part.head(), product(weight, part.vector()));
    }
    if (projection.bias() != null) {
      double[] bias = StreamParts.doubles(HostMemory.copy(projection.bias()));
      stream.add("L" + layer + " bias", layer, -1, bias);
    }
  }

  /** A row-major matrix times a vector. */
  static double[] product(float[] matrix, double[] vector) {
    double[] result = new double[matrix.length / vector.length];
    for (int r = 0; r < result.length; r++) {
      for (int c = 0; c < vector.length; c++) {
        result[r] += matrix[r * vector.length + c] * vector[c];
      }
    }
    return result;
  }

  static float[] matrix(Model model, Weight weight) {
    try (NDManager scope = model.newScope();
        Weight.Lent lent = weight.lend(scope)) {
      return HostMemory.copy(lent.array());
    }
  }

  /** The last position of a value, all its heads side by side. */
  private double[] row(Tensor value) {
    int at = Math.min(last, value.size(0) - 1);
    return StreamParts.doubles(value.slice(at).data());
  }

  /** W_U[answer] − W_U[wrong], with the factor on logits. */
  private double[] difference(int answer, int wrong) {
    Weight weight = model.transformer().weights().unembedding().weight();
    try (NDManager scope = model.newScope()) {
      float[] rows = HostMemory.copy(weight.gather(new int[] {answer, wrong}, new Shape(2), scope));
      double[] direction = new double[rows.length / 2];
      for (int i = 0; i < direction.length; i++) {
        direction[i] = (rows[i] - (double) rows[i + direction.length]) * spec.output().scale();
      }
      return direction;
    }
  }

  private double bias(int answer, int wrong) {
    Projection unembedding = model.transformer().weights().unembedding();
    if (unembedding.bias() == null) {
      return 0;
    }
    float[] all = HostMemory.copy(unembedding.bias());
    return (all[answer] - (double) all[wrong]) * spec.output().scale();
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
