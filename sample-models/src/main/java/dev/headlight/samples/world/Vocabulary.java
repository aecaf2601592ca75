package dev.headlight.samples.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ids of a byte-level vocabulary: the beginning-of-sequence token, the 256 bytes, then one token a
 * word, each with the space before it. Any text can be written with it; listed words are one token.
 */
public final class Vocabulary {
  /** The token that begins a sequence. */
  public static final String BOS = "<|bos|>";

  /** Its id. */
  public static final int BOS_ID = 0;

  private static final int FIRST_BYTE = 1;
  private static final int FIRST_WORD = FIRST_BYTE + 256;

  private final Map<String, List<String>> kinds;
  private final List<String> words;
  private final Map<String, Integer> ids = new HashMap<>();

  private Vocabulary(Map<String, List<String>> kinds) {
    this.kinds = kinds;
    this.words = kinds.values().stream().flatMap(List::stream).toList();
    for (String word : words) {
      if (ids.put(word, FIRST_WORD + ids.size()) != null) {
        throw new IllegalArgumentException("the word " + word + " is listed twice");
      }
    }
  }

  /** The words of {@code words.txt}. */
  public static Vocabulary english() {
    try (InputStream in = Vocabulary.class.getResourceAsStream("words.txt")) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines {@code kind: word word}; lines that begin with {@code #} say nothing. */
  static Vocabulary parse(String text) {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              kinds.put(
                  line.substring(0, colon),
                  List.copyOf(Arrays.asList(line.substring(colon + 1).strip().split(" +"))));
            });
    return new Vocabulary(kinds);
  }

  /** Number of ids. */
  public int size() {
    return FIRST_WORD + words.size();
  }

  /** First id of a word; words are the ids from here to {@link #size()}. */
  public int firstWord() {
    return FIRST_WORD;
  }

  /** All words, in the order of their ids. */
  public List<String> words() {
    return words;
  }

  /** Words of a kind, such as {@code animal}. */
  public List<String> kind(String name) {
    return kinds.get(name);
  }

  /** Id of a listed word, or of a single ASCII character that is none. */
  public int id(String word) {
    Integer id = ids.get(word);
    if (id != null) {
      return id;
    }
    if (word.length() == 1 && word.charAt(0) < 128) {
      return FIRST_BYTE + word.charAt(0);
    }
    throw new IllegalArgumentException("no token for " + word);
  }

  /** Every token as a byte-level tokenizer file writes it, in the order of ids. */
  public List<String> pieces() {
    List<String> pieces = new ArrayList<>();
    pieces.add(BOS);
    String[] bytes = visibleBytes();
    pieces.addAll(Arrays.asList(bytes));
    words.forEach(word -> pieces.add(bytes[' '] + word));
    return pieces;
  }

  /**
   * GPT-2's writing of bytes: the printable ones stand for themselves, the others for the
   * characters from 256 on.
   */
  private static String[] visibleBytes() {
    String[] written = new String[256];
    int next = 256;
    for (int b = 0; b < written.length; b++) {
      boolean printable = (b > 32 && b < 127) || (b > 160 && b != 173);
      written[b] = Character.toString(printable ? b : next++);
    }
    return written;
  }
}
