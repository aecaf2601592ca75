package dev.headlight.analysis.pairs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Coloured things, one of which is asked for, after one example (Merullo et al. 2024). */
final class ColourTask implements PairGenerator.Task {
  private static final int THINGS = 3;

  private final List<String> sentences;
  private final List<String> surfaces;
  private final List<String> things;
  private final List<String> colours;

  ColourTask(FittingWords words) {
    sentences = words.sentences("colours");
    surfaces = words.single("surface", 1);
    things = words.single("thing", 2 * THINGS);
    colours = words.single("colour", THINGS);
  }

  @Override
  public PromptPair draw(int index, Random random) {
    List<String> all = FittingWords.some(things, 2 * THINGS, random);
    List<String> first = all.subList(0, THINGS);
    List<String> second = all.subList(THINGS, 2 * THINGS);
    List<String> firstColours = FittingWords.some(colours, THINGS, random);
    List<String> secondColours = FittingWords.some(colours, THINGS, random);
    int shown = random.nextInt(THINGS);
    int asked = random.nextInt(THINGS);
    int other = (asked + 1 + random.nextInt(THINGS - 1)) % THINGS;
    Map<String, String> words = new HashMap<>();
    words.put("surface1", FittingWords.any(surfaces, random));
    words.put("surface2", FittingWords.any(surfaces, random));
    words.put("items1", items(first, firstColours));
    words.put("items2", items(second, secondColours));
    words.put("thing1", first.get(shown));
    words.put("colour1", firstColours.get(shown));
    String sentence = FittingWords.any(sentences, random);
    Filled clean = asking(sentence, words, second.get(asked));
    Filled corrupt = asking(sentence, words, second.get(other));
    String right = secondColours.get(asked);
    String wrong = secondColours.get(other);
    List<PairRole> roles =
        List.of(
            role("RIGHT", clean, corrupt, right),
            role("WRONG", clean, corrupt, wrong),
            new PairRole("ASKED", clean.span("thing2"), corrupt.span("thing2")),
            new PairRole("END", clean.last(), corrupt.last()));
    return new PromptPair(clean.text(), corrupt.text(), " " + right, " " + wrong, roles);
  }

  private static PairRole role(String name, Filled clean, Filled corrupt, String colour) {
    return new PairRole(name, clean.inside("items2", colour), corrupt.inside("items2", colour));
  }

  private static Filled asking(String sentence, Map<String, String> words, String thing) {
    Map<String, String> all = new HashMap<>(words);
    all.put("thing2", thing);
    return Filled.of(sentence, all);
  }

  /** "a red cup, a blue book and a green hat". */
  private static String items(List<String> things, List<String> colours) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < things.size(); i++) {
      text.append(i == 0 ? "" : i == things.size() - 1 ? " and " : ", ")
          .append(PairWords.withArticle(colours.get(i) + " " + things.get(i)));
    }
    return text.toString();
  }
}
