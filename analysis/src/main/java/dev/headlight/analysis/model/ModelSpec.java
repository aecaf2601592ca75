package dev.headlight.analysis.model;

import java.util.List;

/**
 * Everything about a transformer that config.json decides; the forward pass reads nothing else.
 *
 * @param family value of {@code model_type}
 * @param architecture class name of the reference implementation
 * @param layers number of blocks
 * @param heads query heads a block
 * @param kvHeads key/value groups a block; divides {@code heads}
 * @param headDim width of a head
 * @param width width of the residual stream
 * @param vocab rows of the unembedding
 * @param maxPositions longest prompt
 * @param causal whether a query sees later keys
 * @param tiedEmbeddings whether the unembedding is the embedding
 * @param learnedPositions row of the position table that position 0 takes; -1 without a table
 * @param norm kind and epsilon of every norm
 * @param form how attention and MLP are put together
 * @param qkNorm norm of queries and keys before rotation
 * @param mlp the feed-forward part
 * @param layerSpecs one a layer
 */
public record ModelSpec(
    String family,
    String architecture,
    int layers,
    int heads,
    int kvHeads,
    int headDim,
    int width,
    int vocab,
    int maxPositions,
    boolean causal,
    boolean tiedEmbeddings,
    int learnedPositions,
    Norm norm,
    BlockForm form,
    QkNorm qkNorm,
    Mlp mlp,
    List<LayerSpec> layerSpecs) {

  /** Copies the list and checks that the counts fit. */
  public ModelSpec {
    layerSpecs = List.copyOf(layerSpecs);
    if (layerSpecs.size() != layers || heads % kvHeads != 0) {
      throw new IllegalArgumentException(
          layers + " layers, " + layerSpecs.size() + " specs; " + heads + "/" + kvHeads + " heads");
    }
  }

  /** Kind of norm with its epsilon. */
  public record Norm(Kind kind, double epsilon) {
    /** How a norm is computed. */
    public enum Kind {
      /** Mean and variance, weight and bias. */
      LAYER,
      /** Root mean square, times weight. */
      RMS
    }
  }

  /** How a block puts attention and MLP together. */
  public enum BlockForm {
    /** x + attn(ln1 x), then + mlp(ln2 of that). */
    SERIAL,
    /** x + attn(ln1 x) + mlp(ln2 x). */
    PARALLEL
  }

  /** Norm of queries and keys before rotation. */
  public enum QkNorm {
    NONE,
    /** One norm over each head's dimensions. */
    HEAD
  }

  /**
   * The feed-forward part.
   *
   * @param inner its width
   * @param activation its non-linearity
   * @param gated whether a second projection multiplies the activated one
   */
  public record Mlp(int inner, Activation activation, boolean gated) {}

  /** Non-linearities, by their exact formula. */
  public enum Activation {
    /** x · Φ(x), with the error function. */
    GELU,
    /** The tanh approximation of GELU ({@code gelu_new}, {@code gelu_pytorch_tanh}). */
    GELU_TANH,
    /** x · sigmoid(x). */
    SILU,
    /** max(x, 0). */
    RELU,
    /** x · sigmoid(1.702 x). */
    QUICK_GELU
  }

  /** The key/value group of a query head. */
  public int kvGroup(int head) {
    return head / (heads / kvHeads);
  }

  /** What differs by layer. */
  public LayerSpec layer(int layer) {
    return layerSpecs.get(layer);
  }
}
