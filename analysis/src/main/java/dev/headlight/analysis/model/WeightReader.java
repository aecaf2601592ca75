package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.checkpoint.CheckpointException;
import dev.headlight.analysis.checkpoint.TensorInfo;
import dev.headlight.analysis.checkpoint.WeightCheck;
import dev.headlight.analysis.job.Progress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Reads tensors of a checkpoint as fp32 arrays, each checked against the shape that config.json
 * implies and for numbers that are not finite. Families say names and shapes, and how rows are put
 * in order; everything else is here.
 */
public final class WeightReader {
  private static final int NONE = -1;

  private final Checkpoint checkpoint;
  private final NDManager manager;
  private final Progress progress;
  private String prefix = "";
  private long bytesRead;

  /**
   * A reader whose arrays belong to {@code manager}.
   *
   * @param checkpoint where tensors come from
   * @param manager owner of the arrays
   * @param progress told how many bytes are read, and asked whether to stop
   */
  public WeightReader(Checkpoint checkpoint, NDManager manager, Progress progress) {
    this.checkpoint = checkpoint;
    this.manager = manager;
    this.progress = progress;
  }

  /** Puts the first of these prefixes for which {@code probe} exists before every name. */
  public WeightReader withPrefix(String probe, String... prefixes) {
    prefix =
        Arrays.stream(prefixes)
            .filter(p -> checkpoint.has(p + probe))
            .findFirst()
            .orElse(prefixes[0]);
    return this;
  }

  /** Puts nothing before names from here on: heads lie beside the body, not in it. */
  public WeightReader withoutPrefix() {
    prefix = "";
    return this;
  }

  /** Whether the checkpoint has this tensor, under the prefix. */
  public boolean has(String name) {
    return checkpoint.has(prefix + name);
  }

  /** Whether the checkpoint has this tensor under exactly this name. */
  public boolean hasExact(String name) {
    return checkpoint.has(name);
  }

  /** A tensor as it is stored. */
  public NDArray array(String name, long... shape) {
    return upload(floats(prefix + name, shape), shape);
  }

  /** A tensor under exactly this name, without the prefix. */
  public NDArray exact(String name, long... shape) {
    return upload(floats(name, shape), shape);
  }

  /**
   * A norm with weight, and a bias where the family has one; the oldest files call them gamma and
   * beta.
   */
  public NormWeights norm(String name, long width, boolean bias) {
    boolean old = !has(name + ".weight") && has(name + ".gamma");
    return new NormWeights(
        array(name + (old ? ".gamma" : ".weight"), width),
        bias ? array(name + (old ? ".beta" : ".bias"), width) : null);
  }

  /** A norm that multiplies by 1 + the stored weight (Gemma). */
  public NormWeights onePlusNorm(String name, long width) {
    float[] stored = floats(prefix + name + ".weight", width);
    for (int i = 0; i < stored.length; i++) {
      stored[i] += 1;
    }
    return new NormWeights(upload(stored, width), null);
  }

  /** A Linear layer, stored {@code [out, in]}. */
  public Projection linear(String name, long out, long in, boolean bias) {
    return new Projection(
        array(name + ".weight", out, in), bias ? array(name + ".bias", out) : null);
  }

  /** GPT-2's Conv1D, stored {@code [in, out]} and turned. */
  public Projection conv1d(String name, int out, int in) {
    float[] stored = floats(prefix + name + ".weight", in, out);
    float[] turned = new float[stored.length];
    for (int i = 0; i < in; i++) {
      for (int o = 0; o < out; o++) {
        turned[o * in + i] = stored[i * out + o];
      }
    }
    return new Projection(upload(turned, out, in), array(name + ".bias", out));
  }

  /** Tensors {@code prefix0suffix}, {@code prefix1suffix}, … of one width as rows of one. */
  public NDArray rows(String prefix, String suffix, int count, int width) {
    float[] all = new float[count * width];
    for (int i = 0; i < count; i++) {
      float[] row = floats(this.prefix + prefix + i + suffix, width);
      System.arraycopy(row, 0, all, i * width, width);
    }
    return upload(all, count, width);
  }

  /** Several Linear layers of the same input as one, their rows one after the other. */
  public Projection stacked(long in, boolean bias, String[] names, long[] outs) {
    int rows = (int) Arrays.stream(outs).sum();
    float[] weight = new float[Math.toIntExact(rows * in)];
    float[] biases = bias ? new float[rows] : null;
    int row = 0;
    for (int i = 0; i < names.length; i++) {
      float[] part = floats(prefix + names[i] + ".weight", outs[i], in);
      System.arraycopy(part, 0, weight, (int) (row * in), part.length);
      if (bias) {
        float[] b = floats(prefix + names[i] + ".bias", outs[i]);
        System.arraycopy(b, 0, biases, row, b.length);
      }
      row += (int) outs[i];
    }
    return new Projection(upload(weight, rows, in), bias ? upload(biases, rows) : null);
  }

  /** A Linear layer whose stored rows are taken in another order: row i of ours is row order[i]. */
  public Projection permuted(String name, long in, boolean bias, int[] order) {
    float[] stored = floats(prefix + name + ".weight", order.length, in);
    float[] weight = new float[stored.length];
    int width = (int) in;
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(stored, order[i] * width, weight, i * width, width);
    }
    NDArray biases = null;
    if (bias) {
      float[] b = floats(prefix + name + ".bias", order.length);
      float[] turned = new float[b.length];
      for (int i = 0; i < order.length; i++) {
        turned[i] = b[order[i]];
      }
      biases = upload(turned, order.length);
    }
    return new Projection(upload(weight, order.length, in), biases);
  }

  private float[] floats(String name, long... shape) {
    if (!checkpoint.has(name)) {
      throw new CheckpointException(
          checkpoint.name()
              + " lacks the tensor "
              + name
              + ", which config.json calls for; expected shape "
              + Arrays.toString(shape)
              + ". The download may be incomplete, or config.json belongs to another model");
    }
    TensorInfo info = checkpoint.info(name);
    if (!info.hasShape(shape)) {
      throw new CheckpointException(
          info.file().getFileName()
              + ": tensor "
              + name
              + " has shape "
              + info.shapeText()
              + ", config.json implies "
              + Arrays.toString(shape)
              + ". Check that both files are of the same model");
    }
    progress.check();
    float[] values = checkpoint.floats(name);
    bytesRead += info.bytes();
    progress.report((double) bytesRead / checkpoint.storedBytes(), "reading " + name);
    long bad = WeightCheck.firstNonFinite(values);
    if (bad != NONE) {
      throw new CheckpointException(
          info.file().getFileName()
              + ": tensor "
              + name
              + " holds "
              + values[(int) bad]
              + " at element "
              + bad
              + "; expected finite numbers. The file is damaged or training diverged");
    }
    return values;
  }

  /**
   * Copies into memory that the engine owns; a direct buffer would only be freed by the collector.
   */
  private NDArray upload(float[] values, long... shape) {
    NDArray array = manager.create(new Shape(shape), DataType.FLOAT32);
    ByteBuffer memory = array.toByteBuffer(true);
    if (memory.isDirect() && array.getDevice().isGpu()) {
      array.set(FloatBuffer.wrap(values));
    } else {
      memory.order(ByteOrder.nativeOrder()).asFloatBuffer().put(values);
    }
    return array;
  }
}
