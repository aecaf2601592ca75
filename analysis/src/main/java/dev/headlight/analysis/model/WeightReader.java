package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.checkpoint.CheckpointException;
import dev.headlight.analysis.checkpoint.TensorInfo;
import dev.headlight.analysis.checkpoint.TensorMemory;
import dev.headlight.analysis.checkpoint.Tensors;
import dev.headlight.analysis.checkpoint.WeightCheck;
import dev.headlight.analysis.job.Progress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads tensors of a checkpoint, each checked against the shape that config.json implies. Families
 * say names and shapes, and how rows are put in order; everything else is here. Matrices stay where
 * the plan says; vectors are small and always in memory as fp32. Numbers that are not finite are
 * refused whenever they are decoded: while opening, or, for what stays on disk, when first lent.
 */
public final class WeightReader {
  private static final int NONE = -1;

  private final Checkpoint checkpoint;
  private final NDManager manager;
  private final Residency residency;
  private final TensorMemory memory;
  private final Scratch scratch;
  private final Progress progress;
  private Map<String, String> beginnings = Map.of();
  private String prefix = "";
  private long bytesRead;
  private long resident;

  /**
   * A reader whose arrays belong to {@code manager}.
   *
   * @param checkpoint where tensors come from
   * @param manager owner of the arrays
   * @param residency where matrices stay, decided: not {@link Residency#AUTO}
   * @param progress told how many bytes are read, and asked whether to stop
   */
  public WeightReader(
      Checkpoint checkpoint, NDManager manager, Residency residency, Progress progress) {
    this.checkpoint = checkpoint;
    this.manager = manager;
    this.residency = residency;
    memory = new TensorMemory(checkpoint, this::allocate);
    scratch = new Scratch(manager.newSubManager());
    this.progress = progress;
  }

  /** Bytes of memory that what was read so far takes. */
  long residentBytes() {
    return resident + scratch.bytes();
  }

  /** Puts the first of these prefixes for which {@code probe} exists before every name. */
  public WeightReader withPrefix(String probe, String... prefixes) {
    prefix =
        Arrays.stream(prefixes)
            .filter(p -> checkpoint.has(renamed(p + probe)))
            .findFirst()
            .orElse(prefixes[0]);
    return this;
  }

  /**
   * Takes tensors whose names begin so from those that begin otherwise, from here on: a language
   * model inside another keeps its own names behind a longer beginning.
   *
   * @param others beginning by beginning; none for the names as they are
   */
  public WeightReader renaming(Map<String, String> others) {
    beginnings = Map.copyOf(others);
    prefix = "";
    return this;
  }

  private String renamed(String name) {
    for (Map.Entry<String, String> entry : beginnings.entrySet()) {
      if (name.startsWith(entry.getKey())) {
        return entry.getValue() + name.substring(entry.getKey().length());
      }
    }
    return name;
  }

  /** Puts nothing before names from here on: heads lie beside the body, not in it. */
  public WeightReader withoutPrefix() {
    prefix = "";
    return this;
  }

  private String full(String name) {
    return renamed(prefix + name);
  }

  /** Whether the checkpoint has this tensor, under the prefix. */
  public boolean has(String name) {
    return checkpoint.has(full(name));
  }

  /** Whether the checkpoint has this tensor under exactly this name. */
  public boolean hasExact(String name) {
    return checkpoint.has(renamed(name));
  }

  /** A small tensor as it is stored, in memory as fp32 whatever the plan. */
  public NDArray array(String name, long... shape) {
    return upload(floats(full(name), shape), shape);
  }

  /** A small tensor under exactly this name, without the prefix. */
  public NDArray exact(String name, long... shape) {
    return upload(floats(renamed(name), shape), shape);
  }

  /** A matrix as it is stored, kept where the plan says. */
  public Weight matrix(String name, long rows, long columns) {
    return rows(full(name), rows, columns, null);
  }

  /** A matrix under exactly this name, without the prefix. */
  public Weight exactMatrix(String name, long rows, long columns) {
    return rows(renamed(name), rows, columns, null);
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
    float[] stored = floats(full(name + ".weight"), width);
    for (int i = 0; i < stored.length; i++) {
      stored[i] += 1;
    }
    return new NormWeights(upload(stored, width), null);
  }

  /** A Linear layer, stored {@code [out, in]}. */
  public Projection linear(String name, long out, long in, boolean bias) {
    return new Projection(
        matrix(name + ".weight", out, in), bias ? array(name + ".bias", out) : null);
  }

  /** A convolution whose stride is its size, as a matrix over the numbers of a patch. */
  public Projection patches(String name, long[] shape, boolean bias) {
    String weight = full(name + ".weight");
    require(weight, shape);
    long out = shape[0];
    long in = Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
    String[] names = {weight};
    long[] counts = {out};
    return new Projection(
        keep(t -> new StoredRows(checkpoint, t, names, counts, in, null), names),
        bias ? array(name + ".bias", out) : null);
  }

  /** A table that is stored with axes of length 1 in front, as a matrix. */
  public Weight table(String name, long... shape) {
    String full = full(name);
    require(full, shape);
    long columns = shape[shape.length - 1];
    String[] names = {full};
    long[] counts = {Arrays.stream(shape).reduce(1, (a, b) -> a * b) / columns};
    return keep(t -> new StoredRows(checkpoint, t, names, counts, columns, null), names);
  }

  /** A Linear layer whose outputs are multiplied by a stored gain each (layer scale). */
  public Projection scaled(String name, String gain, long out, long in) {
    String weight = full(name + ".weight");
    require(weight, out, in);
    float[] gains = floats(full(gain), out);
    String[] names = {weight};
    long[] counts = {out};
    float[] bias = floats(full(name + ".bias"), out);
    for (int i = 0; i < bias.length; i++) {
      bias[i] *= gains[i];
    }
    return new Projection(
        keep(
            t -> {
              StoredRows rows = new StoredRows(checkpoint, t, names, counts, in, null);
              return new ScaledRows(checkpoint, t, rows, gains);
            },
            names),
        upload(bias, out));
  }

  /** A matrix stored {@code [in, out]} and turned. */
  public Projection turned(String name, long out, long in) {
    String full = full(name);
    require(full, in, out);
    return new Projection(keep(t -> new TurnedMatrix(checkpoint, t, full, out, in), full), null);
  }

  /** Two small Linear layers of different inputs, whose mean is that of both side by side. */
  public Projection mean(String one, String other, int out, int in) {
    float[] first = floats(full(one + ".weight"), out, in);
    float[] second = floats(full(other + ".weight"), out, in);
    float[] both = new float[2 * out * in];
    for (int row = 0; row < out; row++) {
      for (int i = 0; i < in; i++) {
        both[2 * row * in + i] = first[row * in + i] / 2;
        both[(2 * row + 1) * in + i] = second[row * in + i] / 2;
      }
    }
    float[] bias = floats(full(one + ".bias"), out);
    float[] add = floats(full(other + ".bias"), out);
    for (int i = 0; i < out; i++) {
      bias[i] = (bias[i] + add[i]) / 2;
    }
    return new Projection(Weight.of(upload(both, out, 2L * in)), upload(bias, out));
  }

  /** A layer with weight and bias under names of their own. */
  public Projection named(String weight, String bias, long out, long in) {
    return new Projection(matrix(weight, out, in), array(bias, out));
  }

  /** A number that is stored as a tensor of one element. */
  public double number(String name, long... shape) {
    return floats(renamed(name), shape)[0];
  }

  /** GPT-2's Conv1D, stored {@code [in, out]} and turned. */
  public Projection conv1d(String name, int out, int in) {
    String weight = full(name + ".weight");
    require(weight, in, out);
    return new Projection(
        keep(t -> new TurnedMatrix(checkpoint, t, weight, out, in), weight),
        array(name + ".bias", out));
  }

  /** Tensors {@code prefix0suffix}, {@code prefix1suffix}, … of one width as rows of one. */
  public NDArray rows(String prefix, String suffix, int count, int width) {
    float[] all = new float[count * width];
    for (int i = 0; i < count; i++) {
      float[] row = floats(full(prefix + i + suffix), width);
      System.arraycopy(row, 0, all, i * width, width);
    }
    return upload(all, count, width);
  }

  /** Several Linear layers of the same input as one, their rows one after the other. */
  public Projection stacked(long in, boolean bias, String[] names, long[] outs) {
    String[] weights = new String[names.length];
    float[] biases = new float[(int) Arrays.stream(outs).sum()];
    int row = 0;
    for (int i = 0; i < names.length; i++) {
      weights[i] = full(names[i] + ".weight");
      require(weights[i], outs[i], in);
      if (bias) {
        float[] b = floats(full(names[i] + ".bias"), outs[i]);
        System.arraycopy(b, 0, biases, row, b.length);
      }
      row += (int) outs[i];
    }
    return new Projection(
        keep(t -> new StoredRows(checkpoint, t, weights, outs, in, null), weights),
        bias ? upload(biases, row) : null);
  }

  /** A Linear layer whose stored rows are taken in another order: row i of ours is row order[i]. */
  public Projection permuted(String name, long in, boolean bias, int[] order) {
    Weight weight = rows(full(name + ".weight"), order.length, in, order);
    if (!bias) {
      return new Projection(weight, null);
    }
    float[] stored = floats(full(name + ".bias"), order.length);
    float[] turned = new float[stored.length];
    for (int i = 0; i < order.length; i++) {
      turned[i] = stored[order[i]];
    }
    return new Projection(weight, upload(turned, order.length));
  }

  private Weight rows(String name, long rows, long columns, int[] order) {
    require(name, rows, columns);
    String[] names = {name};
    long[] counts = {rows};
    return keep(t -> new StoredRows(checkpoint, t, names, counts, columns, order), names);
  }

  /** Reads a matrix into memory, or leaves it where it is. */
  private Weight keep(Function<Tensors, StoredMatrix> matrix, String... names) {
    if (residency == Residency.STREAMED) {
      return stored(matrix.apply(checkpoint));
    }
    boolean narrow =
        Arrays.stream(names).allMatch(n -> checkpoint.info(n).type().bytes() < Float.BYTES);
    if (residency == Residency.FULL || !narrow) {
      Weight weight = Weight.of(wide(matrix.apply(checkpoint)));
      Arrays.stream(names).forEach(this::advance);
      return weight;
    }
    for (String name : names) {
      memory.copy(name);
      advance(name);
    }
    return stored(matrix.apply(memory));
  }

  private Weight stored(StoredMatrix matrix) {
    scratch.reserve(matrix);
    return new StoredWeight(matrix, scratch);
  }

  /** Whole in memory as fp32, read panel by panel: what Java can write to ends at 2 GiB. */
  private NDArray wide(StoredMatrix matrix) {
    long step = Weight.panelRows(matrix.columns());
    resident += matrix.rows() * matrix.columns() * Float.BYTES;
    if (matrix.rows() <= step) {
      return matrix.read(0, matrix.rows(), manager);
    }
    NDArray whole = manager.create(new Shape(matrix.rows(), matrix.columns()), DataType.FLOAT32);
    for (long row = 0; row < matrix.rows(); row += step) {
      progress.check();
      long end = Math.min(matrix.rows(), row + step);
      try (NDArray panel = matrix.read(row, end, manager)) {
        whole.set(new NDIndex(row + ":" + end), panel);
      }
    }
    return whole;
  }

  /** Memory of the engine: Java's own is limited, and only freed by the collector. */
  private ByteBuffer allocate(int bytes) {
    resident += bytes;
    return manager
        .create(new Shape(bytes), DataType.UINT8, ai.djl.Device.cpu())
        .toByteBuffer(true)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private void advance(String name) {
    bytesRead += checkpoint.info(name).bytes();
    progress.report((double) bytesRead / checkpoint.storedBytes(), "reading " + name);
    progress.check();
  }

  private void require(String name, long... shape) {
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
    // Nothing is read, but a type that cannot be is told.
    checkpoint.decode(name, 0, FloatBuffer.allocate(0));
  }

  private float[] floats(String name, long... shape) {
    require(name, shape);
    float[] values = checkpoint.floats(name);
    advance(name);
    long bad = WeightCheck.firstNonFinite(values);
    if (bad != NONE) {
      throw StoredMatrix.notFinite(checkpoint, name, values[(int) bad], bad);
    }
    return values;
  }

  private NDArray upload(float[] values, long... shape) {
    resident += (long) values.length * Float.BYTES;
    return HostMemory.array(values, new Shape(shape), manager);
  }
}
