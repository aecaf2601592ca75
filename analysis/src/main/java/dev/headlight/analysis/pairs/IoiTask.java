package dev.headlight.analysis.pairs;

import dev.headlight.analysis.pairs.PairRequest.Corruption;
import dev.headlight.analysis.pairs.PairRequest.Order;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Sentences that end before their indirect object (Wang et al. 2023). */
final class IoiTask implements PairGenerator.Task {
  private final List<String> sentences;
  private final List<String> names;
  private final List<String> places;
  private final List<String> objects;
  private final Order order;
  private final Corruption corruption;

  IoiTask(FittingWords words, Order order, Corruption corruption) {
    this.order = order;
    this.corruption = corruption;
    sentences = words.sentences("ioi");
    names = words.single("name", 5);
    places = words.single("place", 1);
    objects = words.single("object", 1);
  }

  @Override
  public PromptPair draw(int index, Random random) {
    boolean abba = order == Order.MIXED ? index % 2 == 0 : order == Order.ABBA;
    String sentence = FittingWords.any(sentences, random);
    List<String> drawn = FittingWords.some(names, 5, random);
    String object = FittingWords.any(objects, random);
    Map<String, String> words = new HashMap<>();
    words.put("place", FittingWords.any(places, random));
    words.put("object", PairWords.withArticle(object));
    words.put("thing", object);
    String io = drawn.get(0);
    String s = drawn.get(1);
    Filled clean = filled(sentence, words, abba, io, s, s);
    Filled corrupt =
        corruption == Corruption.S2
            ? filled(sentence, words, abba, io, s, io)
            : filled(sentence, words, abba, drawn.get(2), drawn.get(3), drawn.get(4));
    return new PromptPair(
        clean.text(), corrupt.text(), " " + io, " " + s, roles(clean, corrupt, abba));
  }

  private static Filled filled(
      String sentence, Map<String, String> words, boolean abba, String io, String s1, String s2) {
    Map<String, String> all = new HashMap<>(words);
    all.put("A", abba ? io : s1);
    all.put("B", abba ? s1 : io);
    all.put("S", s2);
    return Filled.of(sentence, all);
  }

  private static List<PairRole> roles(Filled clean, Filled corrupt, boolean abba) {
    String io = abba ? "A" : "B";
    String s1 = abba ? "B" : "A";
    return List.of(
        new PairRole("IO", clean.span(io), corrupt.span(io)),
        new PairRole("S1", clean.span(s1), corrupt.span(s1)),
        new PairRole("S1+1", clean.after(clean.span(s1)), corrupt.after(corrupt.span(s1))),
        new PairRole("S2", clean.span("S"), corrupt.span("S")),
        new PairRole("END", clean.last(), corrupt.last()));
  }
}
