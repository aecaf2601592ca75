package dev.headlight.analysis.model;

import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Utils;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The PyTorch library the engine loads: the one among the jars, or that of a PyTorch installed
 * beside, whose folder {@code PYTORCH_LIBRARY_PATH} names.
 *
 * @param own whether {@code PYTORCH_LIBRARY_PATH} named it
 * @param folder where its files lie
 * @param cuda whether it was built with CUDA; that says nothing of cards and drivers
 * @param build what its files say of themselves, such as {@code 2.7.1+cu126}; empty if nothing
 */
public record TorchLibrary(boolean own, Path folder, boolean cuda, String build) {
  /** How a machine with a CUDA card gets a library for it. */
  public static final String WAYS_TO_CUDA =
      "set PYTORCH_LIBRARY_PATH to the folder torch/lib of an installed PyTorch "
          + wanted()
          + " with CUDA, or build with mvn -Pcuda package (docs/devices.md has the steps)";

  private static final String PATH = "PYTORCH_LIBRARY_PATH";
  private static final String FLAVOR = "PYTORCH_FLAVOR";
  private static final String JNA_PATH = "jna.library.path";
  private static final String CPU = "cpu";

  /** Where pip puts the CUDA runtime, seen from torch/lib. */
  private static final String RUNTIME = "../../nvidia/cuda_runtime/lib";

  /** Flavors that DJL has had bridges for, newest first. */
  private static final List<String> BRIDGES = List.of("cu128", "cu126", "cu124", "cu121", "cu118");

  private static final Pattern BUILD =
      Pattern.compile("(?:__version__ = ')?(\\d+\\.\\d+\\.\\d+[^'\\s]*)");

  /** The library that is loaded; the engine has started. */
  public static TorchLibrary loaded() {
    return at(Path.of(LibUtils.getLibtorchPath()), setting(PATH).isPresent());
  }

  static TorchLibrary at(Path folder, boolean own) {
    boolean cuda = Files.exists(folder.resolve(System.mapLibraryName("torch_cuda")));
    return new TorchLibrary(own, folder, cuda, build(folder));
  }

  /** Whether the system has NVIDIA's driver; a library with CUDA cannot use CUDA without it. */
  public static boolean driver() {
    String windows = System.getenv("SystemRoot");
    return Files.exists(Path.of("/proc/driver/nvidia/version"))
        || Files.exists(Path.of("/usr/lib/wsl/lib/libcuda.so.1"))
        || (windows != null && Files.exists(Path.of(windows, "System32", "nvcuda.dll")));
  }

  /**
   * Checks the folder that {@code PYTORCH_LIBRARY_PATH} names and tells the engine which bridge
   * between Java and the library fits, unless {@code PYTORCH_FLAVOR} says so already: its own guess
   * names one that does not exist.
   *
   * @throws HeadlightException when no library is there, or one of another version
   */
  static void prepare() {
    Optional<String> path = setting(PATH);
    if (path.isEmpty()) {
      return;
    }
    TorchLibrary library = at(named(path.get()), true);
    library.requireVersion(wanted());
    if (setting(FLAVOR).isEmpty()) {
      System.setProperty(FLAVOR, library.flavor(driver()));
    }
    if (!setting(FLAVOR).orElse(CPU).startsWith(CPU)) {
      library.showRuntime();
    }
  }

  private static Optional<String> setting(String name) {
    return Optional.ofNullable(Utils.getEnvOrSystemProperty(name)).filter(s -> !s.isBlank());
  }

  /** The first folder of a path that holds the library. */
  static Path named(String path) {
    String library = System.mapLibraryName("torch");
    for (String part : path.split(File.pathSeparator, -1)) {
      Path entry = Path.of(part.strip()).toAbsolutePath();
      Path folder = entry.endsWith(library) ? entry.getParent() : entry;
      if (!part.isBlank() && Files.isRegularFile(folder.resolve(library))) {
        return folder;
      }
    }
    throw new HeadlightException(
        Kind.INPUT,
        PATH
            + " is "
            + path
            + ", expected a folder with "
            + library
            + ", found none; give the folder torch/lib of an installed PyTorch "
            + wanted()
            + ", or unset it to use the library that comes with Headlight");
  }

  /** The bridge is compiled against one version; with another it would end the JVM. */
  void requireVersion(String wanted) {
    if (!build.isEmpty() && !build.split("\\+", 2)[0].equals(wanted)) {
      throw new HeadlightException(
          Kind.INPUT,
          PATH
              + " names "
              + folder
              + ", which is PyTorch "
              + build
              + ", expected "
              + wanted
              + "; install that version (pip install torch=="
              + wanted
              + "), or unset "
              + PATH);
    }
  }

  /** The bridge that fits: one with CUDA loads the driver and cannot start without it. */
  String flavor(boolean driver) {
    if (!cuda || !driver) {
      return CPU;
    }
    return BRIDGES.stream().filter(TorchLibrary::hasBridge).findFirst().orElse(CPU);
  }

  private static boolean hasBridge(String flavor) {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String system = os.startsWith("win") ? "win" : os.startsWith("mac") ? "osx" : "linux";
    String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
    String bridge = System.mapLibraryName("djl_torch");
    return resource("jnilib/" + system + '-' + arch + '/' + flavor + '/' + bridge);
  }

  private static boolean resource(String name) {
    return TorchLibrary.class.getClassLoader().getResource(name) != null;
  }

  /** Lets the engine find the CUDA runtime that pip installed; it counts the cards with it. */
  private void showRuntime() {
    String before = System.getProperty(JNA_PATH);
    String found =
        Stream.of(folder, folder.resolve(RUNTIME))
            .filter(Files::isDirectory)
            .map(p -> p.toAbsolutePath().normalize().toString())
            .reduce((a, b) -> a + File.pathSeparator + b)
            .orElseThrow();
    if (before == null) {
      System.setProperty(JNA_PATH, found);
    } else if (!Arrays.asList(before.split(File.pathSeparator, -1)).contains(folder.toString())) {
      System.setProperty(JNA_PATH, before + File.pathSeparator + found);
    }
  }

  /** The PyTorch version that this build's bridge is compiled against, such as {@code 2.7.1}. */
  static String wanted() {
    String name = "jnilib/pytorch.properties";
    try (InputStream in = TorchLibrary.class.getClassLoader().getResourceAsStream(name)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("jni_version", "").split("-", 2)[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** pip's torch/version.py, or the file build-version of the archives called libtorch. */
  private static String build(Path folder) {
    for (String name : List.of("version.py", "build-version")) {
      Path file = folder.resolveSibling(name);
      try (Stream<String> lines = Files.exists(file) ? Files.lines(file) : Stream.empty()) {
        Optional<String> version =
            lines.map(BUILD::matcher).filter(Matcher::lookingAt).map(m -> m.group(1)).findFirst();
        if (version.isPresent()) {
          return version.get();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return "";
  }
}
