package dev.headlight.analysis.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words and sentences that pairs are drawn from, by kind: {@code name}, {@code place}, {@code
 * object}, {@code colour}, {@code thing}, {@code key}, {@code value}, {@code event}, and the
 * sentences {@code ioi}, {@code colours}, {@code years}.
 *
 * @param name what a choice of words calls them
 * @param lists entries by kind
 */
public record PairWords(String name, Map<String, List<String>> lists) {
  private static final Pattern LINE = Pattern.compile("(\\w+)\\s*([:=])\\s*(.+)");
  private static final Pattern SLOT = Pattern.compile("\\{\\w+}");

  /** How much larger the share of single tokens must be to take other words. */
  private static final double CLEARLY = 0.2;

  /** Kinds whose entries are sentences, not words. */
  private static final List<String> SENTENCES = List.of("ioi", "colours", "years");

  /** Copies the lists. */
  public PairWords {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    lists.forEach((kind, entries) -> copy.put(kind, List.copyOf(entries)));
    lists = copy;
  }

  /** English words and sentences of our own: 100 names, 8 places, 8 objects, 15 sentences. */
  public static PairWords english() {
    try (InputStream in = PairWords.class.getResourceAsStream("english.txt")) {
      return parse("english", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads lines {@code kind: word word} and {@code kind = one entry}; a kind may have several. In
   * an entry {@code \n} is a line end; lines that begin with {@code #} say nothing.
   */
  public static PairWords parse(String name, String text) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(
            line -> {
              Matcher parts = LINE.matcher(line.strip());
              if (!parts.matches()) {
                throw new IllegalArgumentException("no list of words: " + line);
              }
              List<String> entries = lists.computeIfAbsent(parts.group(1), k -> new ArrayList<>());
              if (parts.group(2).equals(":")) {
                entries.addAll(Arrays.asList(parts.group(3).split(" +", -1)));
              } else {
                entries.add(parts.group(3).replace("\\n", "\n"));
              }
            });
    return new PairWords(name, lists);
  }

  /** The same words with another list. */
  public PairWords with(String kind, List<String> entries) {
    Map<String, List<String>> all = new LinkedHashMap<>(lists);
    all.put(kind, entries);
    return new PairWords(name, all);
  }

  /** Entries of a kind; none where these words have no such kind. */
  public List<String> list(String kind) {
    return lists.getOrDefault(kind, List.of());
  }

  /**
   * Entries of a kind.
   *
   * @throws HeadlightException when there are none
   */
  List<String> required(String kind) {
    List<String> entries = list(kind);
    if (entries.isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT,
          "the words \"%s\" have no %s, which these pairs need; choose other words or another kind of pairs"
              .formatted(name, kind));
    }
    return entries;
  }

  /** The kind of a word, whatever its case. */
  public Optional<String> kindOf(String word) {
    return lists.entrySet().stream()
        .filter(e -> !SENTENCES.contains(e.getKey()))
        .filter(e -> e.getValue().stream().anyMatch(word::equalsIgnoreCase))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Which words a tokenizer knows best: the first, unless it reads clearly more words of another as
   * single tokens.
   *
   * @param choices at least one
   */
  public static PairWords fitting(List<PairWords> choices, PairReader reader) {
    PairWords best = choices.get(0);
    double most = best.single(reader);
    for (PairWords words : choices.subList(1, choices.size())) {
      double share = words.single(reader);
      if (share > most + CLEARLY) {
        best = words;
        most = share;
      }
    }
    return best;
  }

  /** Share of names and of the words of its sentences that are single tokens. */
  private double single(PairReader reader) {
    List<String> words = new ArrayList<>(list("name"));
    for (String sentence : list("ioi")) {
      String plain = SLOT.matcher(sentence).replaceAll(" ").replaceAll("[.,]", " ");
      words.addAll(Arrays.asList(plain.strip().split("\\s+", -1)));
    }
    Collection<String> different = words.stream().distinct().toList();
    return different.stream().filter(w -> reader.count(w) == 1).count()
        / (double) Math.max(1, different.size());
  }

  /** A word with the indefinite article: "a cup", "an apple". */
  static String withArticle(String words) {
    boolean vowel = "aeiou".indexOf(words.toLowerCase(Locale.ROOT).charAt(0)) >= 0;
    return (vowel ? "an " : "a ") + words;
  }
}
