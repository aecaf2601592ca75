package dev.headlight.samples.world;

import dev.headlight.analysis.pairs.PairWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Pairs of prompts that a model of the story world can answer. */
public final class WorldPairs {
  private WorldPairs() {}

  /** The vocabulary's words in sentences as the world has them; it has no years. */
  public static PairWords words() {
    Vocabulary vocabulary = Vocabulary.stories();
    PairWords words = PairWords.parse("story world", resource());
    List<String> colours = new ArrayList<>(words.list("colour"));
    colours.addAll(vocabulary.kind("colour"));
    List<String> values = new ArrayList<>(vocabulary.kind("stuff"));
    values.addAll(vocabulary.kind("adjective"));
    return words
        .with("name", vocabulary.kind("name"))
        .with("place", vocabulary.kind("place"))
        .with("object", vocabulary.kind("thing"))
        .with("thing", vocabulary.kind("thing"))
        .with("colour", colours)
        .with("key", vocabulary.kind("animal"))
        .with("value", values);
  }

  private static String resource() {
    try (InputStream in = WorldPairs.class.getResourceAsStream("pairs.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
