package dev.headlight.app.workbench;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.sinks.Activations;
import dev.headlight.analysis.sinks.MassiveActivation;
import dev.headlight.analysis.sinks.SequenceSinks;
import dev.headlight.analysis.sinks.SinkAngles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What the first token of one prompt looks like inside, beside the others. */
public final class SinkInsides {
  private final ModelSpec spec;
  private final Activations stream;
  private final SinkAngles angles;

  /** What can be large. */
  public enum Quantity {
    RESIDUAL("Residual", "‖x‖"),
    KEYS("Keys", "‖k‖"),
    VALUES("Values", "‖v‖");

    private final String title;
    private final String sign;

    Quantity(String title, String sign) {
      this.title = title;
      this.sign = sign;
    }

    /** For people. */
    public String title() {
      return title;
    }

    /** In formulas. */
    public String sign() {
      return sign;
    }
  }

  /**
   * A norm by layer.
   *
   * @param first of the first token
   * @param others median of the others
   */
  public record Sizes(double[] first, double[] others) {
    /** Copies the arrays. */
    public Sizes {
      first = first.clone();
      others = others.clone();
    }

    @Override
    public double[] first() {
      return first.clone();
    }

    @Override
    public double[] others() {
      return others.clone();
    }
  }

  /**
   * Numbers of a head.
   *
   * @param value ‖v₀‖ over the median ‖v‖ of the others, of its KV group
   * @param key ‖k₀‖ over the median ‖k‖ of the others
   * @param cosineFirst mean cos(q, k₀)
   * @param cosineRest mean cos(q, k_t) of the others
   */
  public record OfHead(double value, double key, double cosineFirst, double cosineRest) {}

  /**
   * A massive activation over successive layers.
   *
   * @param first first layer whose input has it
   * @param last last such layer
   * @param value the largest of its values, with its sign
   */
  public record Massive(int first, int last, int position, int dimension, float value) {
    /** The layers in short. */
    public String layers() {
      return first == last ? Integer.toString(first) : first + "–" + last;
    }
  }

  /**
   * @param sequence measured with what is inside
   */
  public SinkInsides(ModelSpec spec, SequenceSinks sequence) {
    this.spec = spec;
    this.stream = sequence.activations().orElseThrow();
    this.angles = sequence.angles().orElseThrow();
  }

  /** A norm by layer; of keys and values the mean over the KV groups. */
  public Sizes sizes(Quantity quantity) {
    if (quantity == Quantity.RESIDUAL) {
      int count = stream.norms().size(0);
      double[] first = new double[count];
      double[] others = new double[count];
      for (int l = 0; l < count; l++) {
        first[l] = stream.norm(l, 0);
        others[l] = stream.medianRest(l);
      }
      return new Sizes(first, others);
    }
    Tensor norms = quantity == Quantity.KEYS ? angles.keyNorms() : angles.valueNorms();
    double[] first = new double[spec.layers()];
    double[] others = new double[spec.layers()];
    for (int l = 0; l < spec.layers(); l++) {
      for (int g = 0; g < spec.kvHeads(); g++) {
        first[l] += row(norms, l, g)[0] / spec.kvHeads();
        others[l] += medianRest(row(norms, l, g)) / spec.kvHeads();
      }
    }
    return new Sizes(first, others);
  }

  private static float[] row(Tensor norms, int layer, int group) {
    int length = norms.size(2);
    int from = (layer * norms.size(1) + group) * length;
    return Arrays.copyOfRange(norms.data(), from, from + length);
  }

  /** Median of all but the first, the lower one of two. */
  private static double medianRest(float[] norms) {
    float[] rest = Arrays.copyOfRange(norms, 1, norms.length);
    Arrays.sort(rest);
    return rest[(rest.length - 1) / 2];
  }

  /** The numbers of a head. */
  public OfHead of(Head head) {
    int group = spec.kvGroup(head.head());
    int cell = head.layer() * spec.heads() + head.head();
    return new OfHead(
        ratio(row(angles.valueNorms(), head.layer(), group)),
        ratio(row(angles.keyNorms(), head.layer(), group)),
        angles.cosineFirst().data()[cell],
        angles.cosineRest().data()[cell]);
  }

  private static double ratio(float[] norms) {
    return norms[0] / medianRest(norms);
  }

  /** Massive activations, those of successive layers as one; the largest first. */
  public List<Massive> massive() {
    List<MassiveActivation> all = new ArrayList<>(stream.massive());
    all.sort(
        Comparator.comparingInt(MassiveActivation::position)
            .thenComparingInt(MassiveActivation::dimension)
            .thenComparingInt(MassiveActivation::layer));
    List<Massive> rows = new ArrayList<>();
    for (MassiveActivation m : all) {
      Massive last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
      boolean goesOn =
          last != null
              && last.position() == m.position()
              && last.dimension() == m.dimension()
              && last.last() == m.layer() - 1;
      int first = goesOn ? last.first() : m.layer();
      float value =
          goesOn && Math.abs(last.value()) > Math.abs(m.value()) ? last.value() : m.value();
      if (goesOn) {
        rows.remove(rows.size() - 1);
      }
      rows.add(new Massive(first, m.layer(), m.position(), m.dimension(), value));
    }
    rows.sort(Comparator.comparingDouble(m -> -Math.abs(m.value())));
    return List.copyOf(rows);
  }

  /** The largest entry of the residual stream, massive or not. */
  public MassiveActivation peak() {
    return stream.peaks().stream()
        .max(Comparator.comparingDouble(m -> Math.abs(m.value())))
        .orElseThrow();
  }
}
