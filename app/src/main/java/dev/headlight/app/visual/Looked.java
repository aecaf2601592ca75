package dev.headlight.app.visual;

import dev.headlight.analysis.image.PictureTile;
import dev.headlight.analysis.image.Region;
import dev.headlight.analysis.vision.ImageSpan;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model made of a picture and its prompt: its answer, and where every head looked meanwhile.
 *
 * @param ask what was asked
 * @param side whose attention this is
 * @param tile number of the tile that a tower read; -1 where all are in one sequence
 * @param tokens ids of prompt and answer, or places of a tower
 * @param labels one a token
 * @param promptLength tokens of the prompt
 * @param logprobs natural logarithm of the probability of each token of the answer
 * @param span which tokens are patches
 * @param patches whether cells are patches of the tower, and not image tokens
 * @param layers of the transformer whose attention this is
 * @param heads a layer
 * @param rows attention from words to patches
 * @param groups names of the groups of {@link HeadRows#shares}
 * @param verdicts what a classifier or two towers say of the picture, the first first; may be empty
 * @param milliseconds of the pass
 */
public record Looked(
    VisualAsk ask,
    Side side,
    int tile,
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
    double milliseconds) {
  /**
   * What is said of the picture.
   *
   * @param label class, or what is compared
   * @param value probability, or a score where {@code score}
   * @param score whether it is a score without an end, not a probability
   */
  public record Verdict(String label, double value, boolean score) {}

  /** Copies the lists. */
  public Looked {
    labels = List.copyOf(labels);
    groups = List.copyOf(groups);
    verdicts = List.copyOf(verdicts);
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
    return IntStream.range(0, promptLength).filter(i -> !span.isImage(i)).toArray();
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
    return side == Side.TOWER || patches ? kept[0] : kept[kept.length - 1];
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
    return ask.layout().tiles().get(part.tile());
  }

  /** What a cell of a part shows of the original. */
  public Region region(ImageSpan.Part part, int cell) {
    int row = cell / part.grid().columns();
    int column = cell % part.grid().columns();
    PictureTile of = tileOf(part);
    return patches ? of.patchRegion(row, column) : of.tokenRegion(row, column);
  }
}
