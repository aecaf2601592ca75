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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Ids of a byte-level vocabulary: the beginning-of-sequence token, the 256 bytes, then one token a
 * word, each with the space before it. Any text can be written with it; listed words are one token.
 * Words of the kind {@code line} stand at the beginning of a line: they are written without a
 * space, and {@link #words} and {@link #id} know them with the line break before them.
 */
public final class Vocabulary {
  /** The token that begins a sequence. */
  public static final String BOS = "<|bos|>";

  /** Its id. */
  public static final int BOS_ID = 0;

  private static final String LINE = "line";
  private static final Pattern PIECE = Pattern.compile("<[a-z]+>|[A-Za-z]+|[^A-Za-z ]");
  private static final int FIRST_BYTE = 1;
  private static final int FIRST_WORD = FIRST_BYTE + 256;

  private final Map<String, List<String>> kinds;
  private final List<String> words;
  private final List<String> marks;
  private final Map<String, Integer> ids = new HashMap<>();

  private Vocabulary(Map<String, List<String>> kinds, List<String> marks) {
    this.kinds = kinds;
    this.marks = List.copyOf(marks);
    this.words = kinds.values().stream().flatMap(List::stream).toList();
    for (String word : words) {
      if (ids.put(word, FIRST_WORD + ids.size()) != null) {
        throw new IllegalArgumentException("the word " + word + " is listed twice");
      }
    }
    marks.forEach(mark -> ids.put(mark, FIRST_WORD + ids.size()));
  }

  /** The words of {@code words.txt}. */
  public static Vocabulary english() {
    return parse(resource("words.txt"));
  }

  /** The words of {@code words.txt}, and those of {@code story-words.txt} after them. */
  public static Vocabulary stories() {
    return parse(resource("words.txt") + "\n" + resource("story-words.txt"));
  }

  /** The words of {@code shape-words.txt}, and {@code <image>} after them. */
  public static Vocabulary shapes() {
    return new Vocabulary(kinds(resource("shape-words.txt")), List.of("<image>"));
  }

  private static String resource(String name) {
    try (InputStream in = Vocabulary.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Lines {@code kind: word word}; a kind may have several. Lines that begin with {@code #} say
   * nothing.
   */
  static Vocabulary parse(String text) {
    return new Vocabulary(kinds(text), List.of());
  }

  private static Map<String, List<String>> kinds(String text) {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              String kind = line.substring(0, colon);
              String before = kind.equals(LINE) ? "\n" : "";
              Arrays.stream(line.substring(colon + 1).strip().split(" +"))
                  .map(word -> before + word)
                  .forEach(kinds.computeIfAbsent(kind, k -> new ArrayList<>())::add);
            });
    kinds.replaceAll((kind, words) -> List.copyOf(words));
    return kinds;
  }

  /** Number of ids. */
  public int size() {
    return FIRST_WORD + words.size() + marks.size();
  }

  /** First id of a word; words and then {@link #marks} are the ids from here to {@link #size()}. */
  public int firstWord() {
    return FIRST_WORD;
  }

  /** All words, in the order of their ids. */
  public List<String> words() {
    return words;
  }

  /** Tokens of their own that are no words, such as the place of a picture; after the words. */
  public List<String> marks() {
    return marks;
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

  /**
   * Ids of a text of listed words and ASCII marks, as the tokenizer of {@link TokenizerFiles} gives
   * them.
   *
   * @throws IllegalArgumentException if a word is not listed, or stands at the beginning of a line
   *     and is not listed there
   */
  public int[] ids(String text) {
    return PIECE.matcher(text).results().mapToInt(piece -> id(piece, text)).toArray();
  }

  private int id(MatchResult piece, String text) {
    boolean word = Character.isLetter(piece.group().charAt(0));
    boolean begins = piece.start() > 0 && text.charAt(piece.start() - 1) == '\n';
    return id(word && begins ? "\n" + piece.group() : piece.group());
  }

  /** Every token as a byte-level tokenizer file writes it, in the order of ids. */
  public List<String> pieces() {
    List<String> pieces = new ArrayList<>();
    pieces.add(BOS);
    String[] bytes = visibleBytes();
    pieces.addAll(Arrays.asList(bytes));
    words.forEach(
        word -> pieces.add(word.startsWith("\n") ? word.substring(1) : bytes[' '] + word));
    pieces.addAll(marks);
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
