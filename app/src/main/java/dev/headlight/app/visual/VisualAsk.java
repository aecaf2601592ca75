package dev.headlight.app.visual;

import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.PictureLayout;
import dev.headlight.analysis.image.PictureTile;
import dev.headlight.analysis.image.PreparedPictures;
import dev.headlight.analysis.run.Intervention;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A prompt with pictures, as the model reads it.
 *
 * @param tokens ids of the prompt, image tokens written out; empty where the model is a tower
 *     itself; of two towers the first text
 * @param texts of two towers ids of every text that pictures are held against; else empty
 * @param pictures as they were given, at least one
 * @param prepared what the tower reads
 * @param maxNew how many tokens the model writes at most
 * @param changes in force
 */
public record VisualAsk(
    int[] tokens,
    List<int[]> texts,
    List<Picture> pictures,
    PreparedPictures prepared,
    int maxNew,
    List<Intervention> changes) {
  /** How many tokens are written unless asked otherwise. */
  public static final int ANSWER = 16;

  /** Copies what is mutable. */
  public VisualAsk {
    tokens = tokens.clone();
    texts = texts.stream().map(int[]::clone).toList();
    pictures = List.copyOf(pictures);
    changes = List.copyOf(changes);
  }

  /** A prompt without changes. */
  public VisualAsk(int[] tokens, List<Picture> pictures, PreparedPictures prepared) {
    this(tokens, List.of(), pictures, prepared, ANSWER, List.of());
  }

  /** Texts beside pictures, without changes. */
  public static VisualAsk ofTexts(
      List<int[]> texts, List<Picture> pictures, PreparedPictures prepared) {
    return new VisualAsk(texts.get(0), texts, pictures, prepared, ANSWER, List.of());
  }

  /** With an answer of another length. */
  public VisualAsk withMaxNew(int count) {
    return new VisualAsk(tokens, texts, pictures, prepared, count, changes);
  }

  /** Under changes. */
  public VisualAsk withChanges(List<Intervention> others) {
    return new VisualAsk(tokens, texts, pictures, prepared, maxNew, others);
  }

  /** With other ids and other pictures of the same sizes, and nothing written. */
  VisualAsk with(int[] ids, List<Picture> others, PreparedPictures ready) {
    return new VisualAsk(ids, texts, others, ready, 0, changes);
  }

  /** Ids of a text, or of the prompt where there is one alone. */
  int[] text(int number) {
    return texts.isEmpty() ? tokens : texts.get(Math.min(number, texts.size() - 1));
  }

  /** How the tokens of a picture map back to it. */
  public PictureLayout layout(int picture) {
    return prepared.layouts().get(picture);
  }

  /** Number of a picture's tile among those of all pictures, as a tower reads them. */
  public int piece(int picture, int tile) {
    return prepared.layouts().subList(0, picture).stream().mapToInt(l -> l.tiles().size()).sum()
        + tile;
  }

  /** Whether the tiles of a picture are parts of it with the whole beside them. */
  public boolean split(int picture) {
    List<PictureTile> tiles = layout(picture).tiles();
    return tiles.size() > 1 && tiles.stream().anyMatch(PictureTile::whole);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VisualAsk ask
        && Arrays.equals(tokens, ask.tokens)
        && sameTexts(ask)
        && pictures.equals(ask.pictures)
        && maxNew == ask.maxNew
        && changes.equals(ask.changes);
  }

  private boolean sameTexts(VisualAsk ask) {
    return texts.size() == ask.texts.size()
        && IntStream.range(0, texts.size())
            .allMatch(i -> Arrays.equals(texts.get(i), ask.texts.get(i)));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens) + 31 * pictures.hashCode() + changes.hashCode();
  }
}
