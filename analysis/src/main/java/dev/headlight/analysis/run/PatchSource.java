package dev.headlight.analysis.run;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.image.Pixels;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where the values of a patch come from. */
public sealed interface PatchSource {
  /**
   * A capture in safetensors form.
   *
   * @param path of the file
   */
  record CaptureFile(Path path) implements PatchSource {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * An unchanged pass over another prompt of the same model.
   *
   * @param ids its tokens
   * @param pictures what a processor made of its pictures, once; empty for none. The text form does
   *     not hold them
   */
  record Prompt(List<Integer> ids, List<Pixels> pictures) implements PatchSource {
    /** Copies the lists. */
    public Prompt {
      ids = List.copyOf(ids);
      pictures = List.copyOf(pictures);
    }

    /** A prompt without pictures. */
    public Prompt(List<Integer> ids) {
      this(ids, List.of());
    }

    /** A prompt by its ids. */
    public static Prompt of(int... ids) {
      return new Prompt(Arrays.stream(ids).boxed().toList());
    }

    /** The same with pictures. */
    public Prompt seeing(List<Pixels> all) {
      return new Prompt(ids, all);
    }

    /** The ids as the passes take them. */
    public int[] tokens() {
      return ids.stream().mapToInt(i -> i).toArray();
    }

    @Override
    public String toString() {
      return ids.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }
  }

  /** The form of a prompt's ids; everything else is a path. */
  Pattern IDS = Pattern.compile("\\[\\s*\\d{1,9}(\\s*,\\s*\\d{1,9})*\\s*]");

  /**
   * Reads {@code [1,2,3]} as a prompt and everything else as a path.
   *
   * @throws HeadlightException when it is neither
   */
  static PatchSource parse(String text) {
    String t = text.strip();
    if (IDS.matcher(t).matches()) {
      String[] ids = t.substring(1, t.length() - 1).split(",", -1);
      return new Prompt(Arrays.stream(ids).map(i -> Integer.valueOf(i.strip())).toList());
    }
    try {
      return new CaptureFile(Path.of(t));
    } catch (InvalidPathException e) {
      throw new HeadlightException(
          HeadlightException.Kind.INPUT,
          "\"" + t + "\" is neither a capture file nor a prompt's ids such as [1,2,3]",
          e);
    }
  }
}
