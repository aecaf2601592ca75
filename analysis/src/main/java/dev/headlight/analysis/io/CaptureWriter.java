package dev.headlight.analysis.io;

import dev.headlight.analysis.checkpoint.SafetensorsWriter;
import dev.headlight.analysis.checkpoint.StoredType;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes what runs kept as {@code capture.safetensors} or {@code capture.npz}: keys are hook names,
 * no batch axis, float32; {@code tokens} is int64 {@code [T]}. From the second sequence on, keys
 * end in {@code #2}, {@code #3}, …. The runs are asked for one at a time and closed once written.
 */
public final class CaptureWriter {
  /** The key of the token ids. */
  public static final String TOKENS = "tokens";

  /** Asks for the embeddings of two towers and what they say of each other. */
  public static final String EMBEDS = "embeds";

  /** Asks for what the tower reads; the key of it. */
  public static final String PIXEL_VALUES = "pixel_values";

  /** The key of the provenance in an npz file. */
  public static final String METADATA = "__metadata__";

  /** What a capture file is. */
  public enum Format {
    SAFETENSORS,
    NPZ;

    /** The file's name, such as {@code capture.npz}. */
    public String fileName() {
      return "capture." + name().toLowerCase(Locale.ROOT);
    }
  }

  private final List<int[]> sequences;
  private final boolean allLogits;
  private final Iterator<Run> runs;
  private final Progress progress;
  private final List<Pixels> pictures;
  private Set<String> extras = Set.of();

  /**
   * @param request what the runs were asked for
   * @param runs one run a sequence of the request, in order, made when asked for; this writer
   *     closes them
   * @param progress is asked between arrays whether to stop
   */
  public CaptureWriter(RunRequest request, Iterator<Run> runs, Progress progress) {
    this.sequences = request.sequences();
    this.allLogits = request.allLogits();
    this.pictures = request.pictures();
    this.runs = runs;
    this.progress = progress;
  }

  /** With what is no site of a pass: {@link #EMBEDS}, {@link #PIXEL_VALUES}. */
  public CaptureWriter with(Set<String> more) {
    extras = Set.copyOf(more);
    return this;
  }

  /**
   * Writes the file, whole or not at all.
   *
   * @return the file
   * @throws dev.headlight.analysis.HeadlightException (OUTPUT) when it cannot be written
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public Path write(Path folder, Format format, Provenance provenance) {
    Path file = folder.resolve(format.fileName());
    if (format == Format.NPZ) {
      NpzWriter.write(
          file,
          npz -> {
            npz.text(METADATA, provenance.toCompactJson());
            try (Run first = runs.next()) {
              writeAll(first, npz);
            }
          });
      return file;
    }
    try (Run first = runs.next()) {
      writeSafetensors(first, file, provenance);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
    return file;
  }

  private void writeSafetensors(Run first, Path file, Provenance provenance) throws IOException {
    SafetensorsWriter.Builder builder =
        SafetensorsWriter.to(file).metadata(provenance.toMetadata());
    for (int i = 0; i < sequences.size(); i++) {
      int length = sequences.get(i).length;
      builder.tensor(TOKENS + suffix(i), StoredType.I64, length);
      String prefix = CapturedSight.prefix(first);
      for (Map.Entry<HookName, int[]> entry : layout(first, length).entrySet()) {
        declare(builder, prefix + entry.getKey() + suffix(i), entry.getValue());
      }
      for (CapturedSight.Entry entry : seen(first, i)) {
        declare(builder, entry.name() + suffix(i), entry.shape());
      }
    }
    try (SafetensorsWriter writer = builder.open()) {
      writeAll(first, new Adapter(writer));
      writer.commit();
    }
  }

  private static void declare(SafetensorsWriter.Builder builder, String name, int... shape) {
    builder.tensor(name, StoredType.F32, Arrays.stream(shape).asLongStream().toArray());
  }

  private List<CapturedSight.Entry> seen(Run run, int index) {
    Optional<Pixels> own =
        extras.contains(PIXEL_VALUES) && !pictures.isEmpty()
            ? Optional.of(pictures.get(index))
            : Optional.empty();
    return CapturedSight.of(run, extras.contains(EMBEDS), own);
  }

  /** The shape of everything kept, for a prompt of another length than the first. */
  private Map<HookName, int[]> layout(Run first, int length) {
    Map<HookName, int[]> layout = new LinkedHashMap<>();
    for (HookName name : first.names()) {
      layout.put(name, shape(first, name, length));
    }
    return layout;
  }

  private int[] shape(Run run, HookName name, int length) {
    ModelSpec spec = run.spec();
    return switch (name.site().scope()) {
      case HEAD ->
          new int[] {
            length, spec.heads(), name.site() == Site.RESULT ? spec.width() : spec.headDim()
          };
      case GROUP -> new int[] {length, spec.kvHeads(), spec.headDim()};
      case PATTERN -> new int[] {run.patternHeads(name.layer()).size(), length, length};
      case BLOCK, MODEL -> {
        boolean one = name.site() == Site.LOGITS && !allLogits;
        if (name.site() == Site.LOGITS && spec.pooled()) {
          yield run.get(name).shape();
        }
        yield new int[] {one ? 1 : length, run.get(name).size(1)};
      }
    };
  }

  private void writeAll(Run first, ArrayFile file) throws IOException {
    writeOne(first, 0, file);
    first.close();
    for (int i = 1; i < sequences.size(); i++) {
      try (Run run = runs.next()) {
        writeOne(run, i, file);
      }
    }
  }

  private void writeOne(Run run, int index, ArrayFile file) throws IOException {
    int[] tokens = sequences.get(index);
    long[] ids = Arrays.stream(tokens).asLongStream().toArray();
    file.longs(TOKENS + suffix(index), ids, tokens.length);
    List<HookName> names = new ArrayList<>(run.names());
    for (int i = 0; i < names.size(); i++) {
      progress.check();
      progress.report((index + (double) i / names.size()) / sequences.size(), "writing");
      Tensor tensor = run.get(names.get(i));
      file.floats(
          CapturedSight.prefix(run) + names.get(i) + suffix(index), tensor.data(), tensor.shape());
    }
    for (CapturedSight.Entry entry : seen(run, index)) {
      progress.check();
      file.floats(entry.name() + suffix(index), entry.values().get(), entry.shape());
    }
  }

  /** What keys of a sequence end in: nothing for the first, then {@code #2}, {@code #3}, …. */
  public static String suffix(int index) {
    return index == 0 ? "" : "#" + (index + 1);
  }

  private record Adapter(SafetensorsWriter writer) implements ArrayFile {
    @Override
    public void floats(String name, float[] data, int... shape) {
      writer.floats(name, FloatBuffer.wrap(data));
    }

    @Override
    public void longs(String name, long[] data, int... shape) {
      writer.longs(name, LongBuffer.wrap(data));
    }
  }
}
