package dev.headlight.samples;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.io.AtomicFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of one sample, or of one checkpoint of it, and how they get out of the jar. */
final class SampleFolder {
  private static final String WEIGHTS = "model.safetensors";
  private static final List<String> FILES =
      List.of("config.json", WEIGHTS, "tokenizer.json", "tokenizer_config.json");

  /** Names what a sample has beside these, one a line; not taken out itself. */
  private static final String MORE = "files.txt";

  private static final int HASH_DIGITS = 16;

  private final String name;
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  SampleFolder(String name) {
    this(name, name, name + "/" + WEIGHTS);
  }

  /** What the sample was after so many steps of its training. */
  SampleFolder(String name, int step) {
    this(name, name + "-" + step, "%s/checkpoint-%d/%s".formatted(name, step, WEIGHTS));
  }

  private SampleFolder(String source, String name, String weights) {
    this.name = name;
    for (String file : FILES) {
      files.put(file, resource(file.equals(WEIGHTS) ? weights : source + "/" + file));
    }
    if (SampleFolder.class.getResource(source + "/" + MORE) != null) {
      String names = new String(resource(source + "/" + MORE), StandardCharsets.UTF_8);
      names.lines().forEach(file -> files.put(file, resource(source + "/" + file)));
    }
  }

  private static byte[] resource(String path) {
    try (InputStream in = SampleFolder.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new FileNotFoundException("the sample-models jar lacks " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder in the first place that can be written, with every file as in the jar. */
  Path extract(List<Path> places) {
    Exception last = null;
    for (Path place : places) {
      // Another version of the program has another hash, so that both can run side by side.
      Path folder = place.resolve(hash()).resolve(name).toAbsolutePath();
      try {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
          Path target = folder.resolve(file.getKey());
          AtomicFiles.createFolder(target.getParent());
          put(target, file.getValue());
        }
        return folder;
      } catch (IOException | HeadlightException e) {
        last = e;
      }
    }
    throw new HeadlightException(
        Kind.OUTPUT,
        "the sample "
            + name
            + " cannot be taken out of the program: no place to write to among "
            + places
            + " ("
            + last.getMessage()
            + "); make room or rights there, or name a folder with -D"
            + SampleCache.PROPERTY
            + "=FOLDER",
        last);
  }

  /**
   * Writes a file unless it is there already. Several processes may do so at once: each moves the
   * same whole file into place.
   */
  private static void put(Path file, byte[] content) throws IOException {
    if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
      return;
    }
    AtomicFiles.write(file, out -> out.write(content));
  }

  private String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.values().forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
