package dev.headlight.analysis.checkpoint;

import dev.headlight.analysis.job.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A model folder as Hugging Face lays it out: config.json, and model.safetensors or shards with an
 * index or one other safetensors file. Everything is checked when it is opened; weights are read
 * when they are asked for.
 *
 * <p>Pickles are refused, because reading one can run any code.
 */
public final class Checkpoint implements Tensors, AutoCloseable {
  /** What a file of reference values is called; it never counts as weights. */
  public static final String REFERENCE = "reference.safetensors";

  private final String name;
  private final Path folder;
  private final Config config;
  private final List<SafetensorsFile> files;
  private final Map<String, SafetensorsFile> tensors;
  private String sha256;

  private Checkpoint(String name, Path folder, Config config, List<SafetensorsFile> files) {
    this.name = name;
    this.folder = folder;
    this.config = config;
    this.files = List.copyOf(files);
    this.tensors = byName(files);
  }

  /**
   * Opens a model folder, or a single .safetensors file with config.json beside it.
   *
   * @throws CheckpointException if there is no such folder, or anything in it is not sound
   */
  public static Checkpoint open(Path folderOrSafetensors) {
    Path path = folderOrSafetensors.toAbsolutePath().normalize();
    if (!Files.exists(path)) {
      throw new CheckpointException(path + ": there is no such folder or file; check the path.");
    }
    if (Files.isDirectory(path)) {
      return openFolder(path);
    }
    WeightFiles.requireSafetensors(path);
    Path folder = path.getParent();
    boolean usual = fileName(path).equals(WeightFiles.SINGLE);
    String name = usual ? folderName(folder) : fileName(path).replaceAll("(?i)\\.safetensors$", "");
    return open(name, folder, List.of(path));
  }

  private static Checkpoint openFolder(Path folder) {
    List<Path> files = WeightFiles.list(folder);
    if (files.isEmpty()) {
      throw new CheckpointException(
          folder
              + ": the folder is empty; expected config.json and model.safetensors. Fetch the model again.");
    }
    Checkpoint checkpoint = open(folderName(folder), folder, WeightFiles.find(folder));
    try {
      checkpoint.checkIndex();
    } catch (RuntimeException | Error e) {
      checkpoint.close();
      throw e;
    }
    return checkpoint;
  }

  private static Checkpoint open(String name, Path folder, List<Path> weights) {
    Config config = readConfig(folder);
    List<SafetensorsFile> files = new ArrayList<>();
    try {
      for (Path file : weights) {
        files.add(SafetensorsFile.open(file));
      }
      return new Checkpoint(name, folder, config, files);
    } catch (RuntimeException | Error e) {
      files.forEach(SafetensorsFile::close);
      throw e;
    }
  }

  private static Config readConfig(Path folder) {
    Path file = folder.resolve("config.json");
    if (!Files.exists(file)) {
      String next =
          Files.exists(folder.resolve("adapter_config.json"))
              ? "this is an adapter: merge it into its base model and open that"
              : "fetch it from where the weights came from";
      throw new CheckpointException(
          folder + ": expected config.json beside the weights, found none; " + next + ".");
    }
    return Config.read(file);
  }

  private static Map<String, SafetensorsFile> byName(List<SafetensorsFile> files) {
    Map<String, SafetensorsFile> tensors = new TreeMap<>();
    for (SafetensorsFile file : files) {
      for (String tensor : file.names()) {
        SafetensorsFile other = tensors.put(tensor, file);
        if (other != null) {
          throw new CheckpointException(
              "%s: tensor '%s' is also in %s; remove the file that does not belong here."
                  .formatted(file.path(), tensor, other.path().getFileName()));
        }
      }
    }
    return tensors;
  }

  /** Every tensor the index promises must be in the shard it names. */
  private void checkIndex() {
    Path file = folder.resolve(WeightFiles.INDEX);
    if (Files.exists(folder.resolve(WeightFiles.SINGLE)) || !Files.exists(file)) {
      return;
    }
    Config map = Config.read(file).requireObject("weight_map");
    for (String tensor : map.names()) {
      SafetensorsFile shard = tensors.get(tensor);
      if (shard == null || !fileName(shard.path()).equals(map.requireString(tensor))) {
        throw new CheckpointException(
            "%s: tensor '%s' should be in %s and is not; fetch the shards again."
                .formatted(file, tensor, map.requireString(tensor)));
      }
    }
  }

  /**
   * The folder's name, or the model's in the hub's cache; where one unusually named file was
   * opened, that name without its ending.
   */
  public String name() {
    return name;
  }

  /** The folder that holds config.json. */
  public Path folder() {
    return folder;
  }

  /** config.json. */
  public Config config() {
    return config;
  }

  /** Names of all tensors, sorted. */
  public Set<String> tensorNames() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  /** Whether there is such a tensor. */
  public boolean has(String tensor) {
    return tensors.containsKey(tensor);
  }

  /**
   * Type, shape and place of a tensor.
   *
   * @throws CheckpointException if there is none of that name
   */
  public TensorInfo info(String tensor) {
    return fileOf(tensor).info(tensor);
  }

  /**
   * Decodes the elements {@code first .. first + into.remaining()} (row major) to fp32.
   *
   * @see SafetensorsFile#decode
   */
  @Override
  public void decode(String tensor, long firstElement, FloatBuffer into) {
    fileOf(tensor).decode(tensor, firstElement, into);
  }

  /**
   * Copies stored bytes as they are.
   *
   * @see SafetensorsFile#copy
   */
  public void copy(String tensor, long firstByte, ByteBuffer into) {
    fileOf(tensor).copy(tensor, firstByte, into);
  }

  /** A whole tensor as fp32, row major. */
  public float[] floats(String tensor) {
    return fileOf(tensor).floats(tensor);
  }

  private SafetensorsFile fileOf(String tensor) {
    SafetensorsFile file = tensors.get(tensor);
    if (file == null) {
      throw new CheckpointException(
          "%s: expected a tensor '%s', found none of that name among %d; the weights do not belong to this config.json."
              .formatted(folder, tensor, tensors.size()));
    }
    return file;
  }

  /** Number of stored elements of all tensors; a tied head, which is not stored, does not count. */
  public long parameters() {
    return tensors.keySet().stream().mapToLong(tensor -> info(tensor).elements()).sum();
  }

  /** Bytes of all weight files. */
  public long storedBytes() {
    return files.stream().mapToLong(SafetensorsFile::size).sum();
  }

  /** The type that most elements are stored in; F32 for a file without tensors. */
  public StoredType storedType() {
    Map<StoredType, Long> elements = new EnumMap<>(StoredType.class);
    for (String tensor : tensors.keySet()) {
      elements.merge(info(tensor).type(), info(tensor).elements(), Long::sum);
    }
    return elements.entrySet().stream()
        .max(Comparator.comparingLong(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .orElse(StoredType.F32);
  }

  /** The weight files, in the order of their names. */
  public List<Path> weightFiles() {
    return files.stream().map(SafetensorsFile::path).toList();
  }

  /** A file of the folder, such as tokenizer.json; empty if it is not there. */
  public Optional<Path> file(String relativeName) {
    Path file = folder.resolve(relativeName);
    return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
  }

  /**
   * SHA-256 over the bytes of the weight files in the order of their names, in hexadecimal. Reads
   * them all the first time and remembers.
   */
  public String sha256() {
    return sha256(Progress.NONE);
  }

  /**
   * The same, stopping where the progress says so.
   *
   * @throws java.util.concurrent.CancellationException when it was cancelled
   */
  public synchronized String sha256(Progress progress) {
    if (sha256 == null) {
      MessageDigest digest = digest();
      for (SafetensorsFile file : files) {
        update(digest, file.path(), progress);
      }
      sha256 = HexFormat.of().formatHex(digest.digest());
    }
    return sha256;
  }

  private static void update(MessageDigest digest, Path file, Progress progress) {
    byte[] block = new byte[1 << 20];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        progress.check();
        digest.update(block, 0, read);
      }
    } catch (IOException e) {
      throw new CheckpointException(FileProblems.cannotRead(file, e), e);
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * The model's name; snapshots in the hub's cache are called after a hash, their model two folders
   * up.
   */
  private static String folderName(Path folder) {
    int count = folder.getNameCount();
    if (count >= 3 && folder.getName(count - 2).toString().equals("snapshots")) {
      String model = folder.getName(count - 3).toString();
      if (model.startsWith("models--")) {
        return model.substring(model.lastIndexOf("--") + 2);
      }
    }
    return fileName(folder);
  }

  private static String fileName(Path path) {
    Path last = path.getFileName();
    return last == null ? path.toString() : last.toString();
  }

  @Override
  public void close() {
    files.forEach(SafetensorsFile::close);
  }
}
