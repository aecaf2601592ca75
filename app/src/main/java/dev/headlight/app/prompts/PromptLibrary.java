package dev.headlight.app.prompts;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.io.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.harawata.appdirs.AppDirsFactory;

/**
 * Prompts in a folder of the user's, one JSON file each, and those that come with Headlight. Names
 * are free; files are named after them but never leave the folder. Not for the thread that draws.
 */
public final class PromptLibrary {
  private static final List<String> BUILT_IN =
      List.of("indirect-object", "induction-repeat", "needle", "coloured-objects", "chat");
  private static final String SUFFIX = ".json";
  private static final int LONGEST_NAME = 80;
  private static final long LARGEST_FILE = 16L << 20;
  private static final String RESERVED = "(?i)(con|prn|aux|nul|com\\d|lpt\\d)";

  private final Path folder;

  /**
   * What is in the library.
   *
   * @param builtIn those that come with Headlight
   * @param own the user's, by name
   * @param problems one sentence for each file that cannot be read; such files are left alone
   */
  public record Listing(List<SavedPrompt> builtIn, List<SavedPrompt> own, List<String> problems) {}

  /**
   * @param folder of the user's prompts; need not exist
   */
  public PromptLibrary(Path folder) {
    this.folder = folder;
  }

  /** The library where this system keeps such things. */
  public static PromptLibrary ofUser() {
    String data = AppDirsFactory.getInstance().getUserDataDir("headlight", null, null);
    return new PromptLibrary(Path.of(data, "prompts"));
  }

  /** The folder of the user's prompts; it may not be there yet. */
  public Path folder() {
    return folder;
  }

  /** The prompts that come with Headlight. */
  public static List<SavedPrompt> builtIn() {
    return BUILT_IN.stream().map(PromptLibrary::resource).toList();
  }

  private static SavedPrompt resource(String name) {
    try (InputStream in = PromptLibrary.class.getResourceAsStream(name + SUFFIX)) {
      return PromptJson.read(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads all of it. */
  public Listing list() {
    List<String> problems = new ArrayList<>();
    List<SavedPrompt> own = new ArrayList<>(files(problems).values());
    own.sort(Comparator.comparing(SavedPrompt::name, String.CASE_INSENSITIVE_ORDER));
    return new Listing(builtIn(), List.copyOf(own), List.copyOf(problems));
  }

  /** The user's prompts by their files. */
  private Map<Path, SavedPrompt> files(List<String> problems) {
    Map<Path, SavedPrompt> prompts = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return prompts;
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : stream) {
        read(file, prompts, problems);
      }
    } catch (IOException e) {
      problems.add(folder + ": cannot be listed (" + e.getMessage() + ").");
    }
    return prompts;
  }

  private static void read(Path file, Map<Path, SavedPrompt> prompts, List<String> problems) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) > LARGEST_FILE) {
        problems.add(file + ": is no file of a prompt.");
        return;
      }
      SavedPrompt prompt = PromptJson.read(file.toString(), Files.readString(file));
      String name = prompt.name().isBlank() ? stem(file) : prompt.name();
      prompts.put(
          file,
          new SavedPrompt(name, prompt.text(), prompt.messages(), prompt.bos(), prompt.notes()));
    } catch (IOException e) {
      problems.add(file + ": cannot be read as UTF-8.");
    } catch (HeadlightException e) {
      problems.add(e.getMessage());
    }
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - SUFFIX.length());
  }

  /**
   * Saves a prompt; one of the same name is replaced.
   *
   * @return its file
   * @throws HeadlightException if the name is blank or the file cannot be written; then the former
   *     file is as it was
   */
  public Path save(SavedPrompt prompt) {
    Path file = fileOf(prompt.name()).orElseGet(() -> freeFile(prompt.name()));
    AtomicFiles.createFolder(folder);
    AtomicFiles.writeText(file, PromptJson.write(prompt));
    return file;
  }

  /** Whether the user has a prompt of this name. */
  public boolean has(String name) {
    return fileOf(name).isPresent();
  }

  /**
   * Deletes one of the user's prompts.
   *
   * @throws HeadlightException if there is none of the name, or it cannot be deleted
   */
  public void delete(String name) {
    Path file =
        fileOf(name)
            .orElseThrow(
                () ->
                    new HeadlightException(
                        Kind.INPUT, "there is no prompt \"" + name + "\" in " + folder + "."));
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new HeadlightException(
          Kind.OUTPUT, file + ": cannot be deleted (" + e.getMessage() + ").", e);
    }
  }

  private Optional<Path> fileOf(String name) {
    return files(new ArrayList<>()).entrySet().stream()
        .filter(e -> e.getValue().name().equals(name))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Path freeFile(String name) {
    String stem = fileName(name);
    Path file = folder.resolve(stem + SUFFIX);
    for (int i = 2; Files.exists(file, LinkOption.NOFOLLOW_LINKS); i++) {
      file = folder.resolve(stem + "-" + i + SUFFIX);
    }
    return file;
  }

  /** A file name for a prompt's: letters, digits, - and _ only, so it is a plain name anywhere. */
  static String fileName(String name) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new HeadlightException(
          Kind.INPUT, "a prompt's name has 1 to " + LONGEST_NAME + " characters.");
    }
    String stem = name.strip().replaceAll("[^\\p{L}\\p{N}_-]+", "-").replaceAll("^-+|-+$", "");
    String plain = stem.isEmpty() || stem.matches(RESERVED) ? "prompt-" + stem : stem;
    return plain.toLowerCase(Locale.ROOT);
  }
}
