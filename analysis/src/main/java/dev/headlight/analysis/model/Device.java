package dev.headlight.analysis.model;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A device that is asked for.
 *
 * @param kind what it is
 * @param index which of several; 0 where there is one
 */
public record Device(Kinds kind, int index) {
  /** Kinds of devices. */
  public enum Kinds {
    /** The fastest that is there. */
    AUTO,
    CPU,
    CUDA,
    MPS
  }

  /** The fastest that is there. */
  public static final Device AUTO = new Device(Kinds.AUTO, 0);

  private static final Pattern FORM = Pattern.compile("(auto|cpu|mps|cuda)(?::(\\d{1,3}))?");

  /**
   * Reads {@code auto}, {@code cpu}, {@code cuda}, {@code cuda:1} or {@code mps}.
   *
   * @throws HeadlightException when the text is none of these
   */
  public static Device parse(String text) {
    Matcher m = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!m.matches() || (m.group(2) != null && !m.group(1).equals("cuda"))) {
      throw new HeadlightException(
          Kind.INPUT, "device: expected auto, cpu, cuda[:n] or mps, found " + text);
    }
    int index = m.group(2) == null ? 0 : Integer.parseInt(m.group(2));
    return new Device(Kinds.valueOf(m.group(1).toUpperCase(Locale.ROOT)), index);
  }

  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return kind == Kinds.CUDA ? name + ":" + index : name;
  }
}
