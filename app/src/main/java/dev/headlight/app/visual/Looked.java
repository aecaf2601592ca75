package dev.headlight.app.visual;

import dev.headlight.analysis.image.PictureTile;
import dev.headlight.analysis.image.Region;
import dev.headlight.analysis.vision.ImageSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model made of a picture and its prompt: its answer, and where every head looked meanwhile.
 *
 * @param ask what was asked
 * @param side whose attention this is
 * @param at which tile a tower read, and which text; {@link Shown#FIRST} where all is in one
 *     sequence
 * @param tokens ids of prompt and answer, or places of a tower
 * @param labels one a token
 * @param promptLength tokens of the prompt
 * @param logprobs natural logarithm of the probability of each token of the answer
 * @param span which tokens are cells: patches, or the tokens of a {@link #text}
 * @param patches whether cells are a tower's own, and not image tokens
 * @param layers of the transformer whose attention this is
 * @param heads a layer
 * @param rows attention from words to patches
 * @param groups names of the groups of {@link HeadRows#shares}
 * @param verdicts what a classifier says of the picture, the most probable first; may be empty
 * @param agreements what two towers say of every picture and text; else empty
 * @param milliseconds of the pass
 */
public record Looked(
    VisualAsk ask,
    Side side,
    Shown at,
    int[] tokens,
    List<String> labels,
    int promptLength,
    float[] logprobs,
    ImageSpan span,
    boolean patches,
    int layers,
    int heads,
    HeadRows rows,
    List<String> groups,
    List<Verdict> verdicts,
    List<Agreement> agreements,
    double milliseconds) {
  /**
   * What is said of the picture.
   *
   * @param label class
   * @param value probability
   */
  public record Verdict(String label, double value) {}

  /**
   * How a text and a picture agree.
   *
   * @param picture its number
   * @param text its number
   * @param label the text
   * @param cosine of the two embeddings
   * @param score scale · cosine + bias
   * @param probability softmax over the texts (CLIP) or sigmoid of the score (SigLIP)
   * @param pairwise whether it is the sigmoid
   */
  public record Agreement(
      int picture,
      int text,
      String label,
      double cosine,
      double score,
      double probability,
      boolean pairwise) {}

  /** Copies the lists. */
  public Looked {
    labels = List.copyOf(labels);
    groups = List.copyOf(groups);
    verdicts = List.copyOf(verdicts);
    agreements = List.copyOf(agreements);
  }

  /** Whether this is the tower of text beside one of pictures: its cells are tokens. */
  public boolean text() {
    return side == Side.MAIN && !ask.texts().isEmpty();
  }

  /** Number of the tile that a tower read among those of all pictures. */
  int piece() {
    return ask.piece(at.picture(), Math.max(0, at.tile()));
  }

  /** Tokens of the sequence. */
  public int length() {
    return tokens.length;
  }

  /** Whether the model wrote an answer. */
  public boolean answered() {
    return tokens.length > promptLength;
  }

  /** Positions of the answer. */
  public int[] answer() {
    return IntStream.range(promptLength, tokens.length).toArray();
  }

  /** Positions of the prompt that are no patches. */
  public int[] words() {
    return IntStream.range(0, promptLength).filter(i -> text() || !span.isImage(i)).toArray();
  }

  /**
   * The row that belongs to a word: its own in the prompt; of a word of the answer that of the
   * position that wrote it.
   */
  public int query(int word) {
    return word >= promptLength ? word - 1 : word;
  }

  /** The word at which a look begins: the first of the answer, else the last of the prompt. */
  public int firstWord() {
    if (answered()) {
      return promptLength;
    }
    int[] kept = rows.queries();
    return patches && !text() ? kept[0] : kept[kept.length - 1];
  }

  /** The position after which the token comes that is read when something is changed. */
  public int reads(int word) {
    return answered() ? Math.max(promptLength, word) - 1 : tokens.length - 1;
  }

  /** Parts of the picture that the map is of. */
  public List<ImageSpan.Part> parts() {
    return span.parts();
  }

  /** The tile of a part. */
  public PictureTile tileOf(ImageSpan.Part part) {
    return ask.layout(part.picture()).tiles().get(part.tile());
  }

  /** What a cell of a part shows of its picture. */
  public Region region(ImageSpan.Part part, int cell) {
    int row = cell / part.grid().columns();
    int column = cell % part.grid().columns();
    PictureTile of = tileOf(part);
    return patches ? of.patchRegion(row, column) : of.tokenRegion(row, column);
  }

  /**
   * What can be shown of the pictures: each with its parts together, and each whole beside; of a
   * tower each tile.
   *
   * @param text the one that is read
   */
  List<Shown> offered(int text) {
    List<Shown> all = new ArrayList<>();
    boolean tower = side == Side.TOWER;
    for (int p = 0; p < ask.pictures().size(); p++) {
      if (!tower) {
        all.add(new Shown(p, Shown.TOGETHER, text));
      }
      List<PictureTile> tiles = ask.layout(p).tiles();
      for (int t = 0; t < tiles.size(); t++) {
        if (tower || (tiles.get(t).whole() && ask.split(p))) {
          all.add(new Shown(p, t, text));
        }
      }
    }
    return all;
  }
}
