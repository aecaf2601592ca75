package dev.headlight.analysis.model;

import dev.headlight.analysis.attention.ScoreRule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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
 * @param vocab rows of the unembedding; of the token table where there is none
 * @param maxPositions longest prompt; {@link Integer#MAX_VALUE} where positions have no end
 * @param causal whether a query sees no later keys; false for encoders
 * @param tiedEmbeddings whether the unembedding is the embedding
 * @param embedding what happens before the first block
 * @param norm kind and epsilon of every norm
 * @param form how attention and MLP are put together
 * @param qkNorm norm of queries and keys before rotation
 * @param mlp the feed-forward part
 * @param residualScale factor on what attention and MLP add to the residual stream
 * @param output what happens after the last block
 * @param layerSpecs one a layer
 * @param patches how pictures are cut, where the model reads pictures in place of tokens
 * @param vision what makes pictures into rows of a prompt, where the model has it
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
    Embedding embedding,
    Norm norm,
    BlockForm form,
    QkNorm qkNorm,
    Mlp mlp,
    double residualScale,
    Output output,
    List<LayerSpec> layerSpecs,
    Optional<PatchSpec> patches,
    Optional<VisionSpec> vision) {

  /** Copies the list and checks that the counts fit. */
  public ModelSpec {
    layerSpecs = List.copyOf(layerSpecs);
    if (layerSpecs.size() != layers || heads % kvHeads != 0) {
      throw new IllegalArgumentException(
          layers + " layers, " + layerSpecs.size() + " specs; " + heads + "/" + kvHeads + " heads");
    }
  }

  /** Starts a spec with the commonest values: causal, serial pre-norm blocks, nothing scaled. */
  public static ModelSpecBuilder builder(String family, String architecture) {
    return new ModelSpecBuilder(family, architecture);
  }

  /**
   * What happens before the first block.
   *
   * @param width columns of the token table; differs from the residual stream's where a projection
   *     stands between
   * @param positions row of the position table that position 0 takes; -1 without a table
   * @param padId token that takes the row before the first position and is not counted (RoBERTa);
   *     -1 where every token counts
   * @param types rows of the token type table; 0 without one
   * @param scale factor on token embeddings
   */
  public record Embedding(int width, int positions, int padId, int types, double scale) {}

  /**
   * What happens after the last block.
   *
   * @param finalNorm whether the residual stream is normed first
   * @param transform non-linearity of the dense layer before the unembedding, where there is one
   * @param scale factor on logits
   * @param softcap c in c · tanh(logit / c); 0 for none
   * @param vocabulary whether there is an unembedding whose outputs are logits; without one the
   *     model has no logits
   * @param pool which rows the unembedding reads
   */
  public record Output(
      boolean finalNorm,
      Optional<Activation> transform,
      double scale,
      double softcap,
      boolean vocabulary,
      Pool pool) {
    /** Nothing after the last block: the body of an encoder, a classifier. */
    public static final Output NONE = new Output(false, Optional.empty(), 1, 0, false, Pool.EACH);

    /** With an unembedding of each row. */
    public Output(boolean finalNorm, Optional<Activation> transform, double scale, double softcap) {
      this(finalNorm, transform, scale, softcap, true, Pool.EACH);
    }

    /**
     * One output for the whole prompt or picture, behind the final norm.
     *
     * @param classes whether the outputs are logits of classes, or an embedding
     */
    public static Output pooled(Pool pool, boolean classes) {
      return new Output(true, Optional.empty(), 1, 0, classes, pool);
    }
  }

  /**
   * Which rows become the model's output.
   *
   * @param kind how they are found
   * @param id the token looked for by {@link Way#TOKEN}
   */
  public record Pool(Way kind, int id) {
    /** Every row has an output. */
    public static final Pool EACH = of(Way.EACH);

    /** A pool that looks for no token. */
    public static Pool of(Way kind) {
      return new Pool(kind, -1);
    }

    /** Whether the whole prompt or picture has one output. */
    public boolean one() {
      return kind != Way.EACH;
    }

    /** How rows are found. */
    public enum Way {
      /** Every row. */
      EACH,
      /** The first (a class token). */
      FIRST,
      /** The first two side by side (class and distillation). */
      FIRST_TWO,
      /** The first, and the mean of the patches, side by side (DINOv2). */
      FIRST_AND_MEAN,
      /** The last, be it padding. */
      LAST,
      /** The first that has the largest id (older CLIP). */
      LARGEST_ID,
      /** The first with this id; the first of all where there is none. */
      TOKEN,
      /** What an attention with a learned query sees (SigLIP's tower). */
      PROBE
    }
  }

  /** Kind of norm with its epsilon. */
  public record Norm(Kind kind, double epsilon) {
    /** How a norm is computed. */
    public enum Kind {
      /** Mean and variance, weight, and a bias where the weights have one. */
      LAYER,
      /** Root mean square, times weight. */
      RMS
    }
  }

  /** How a block puts attention and MLP together. */
  public enum BlockForm {
    /** x + attn(ln1 x), then + mlp(ln2 of that). */
    SERIAL,
    /** Serial, with a norm on each branch's output too (Gemma 2). */
    SANDWICH,
    /** Serial, with norms on the branches' outputs only (OLMo 2). */
    BRANCH_NORM,
    /** y = ln1(x + attn x), then ln2(y + mlp y) (BERT). */
    POST_NORM,
    /** x + attn(ln1 x) + mlp(ln2 x). */
    PARALLEL,
    /** x + attn(ln1 x) + mlp(ln1 x). */
    PARALLEL_SHARED;

    /** Whether attention and MLP read the same residual stream. */
    public boolean parallel() {
      return this == PARALLEL || this == PARALLEL_SHARED;
    }

    /** Whether the branches read a normed stream. */
    public boolean preNorm() {
      return this != BRANCH_NORM && this != POST_NORM;
    }
  }

  /** Norm of queries and keys before rotation. */
  public enum QkNorm {
    NONE,
    /** One norm over each head's dimensions. */
    HEAD,
    /** One norm over the dimensions of all heads together. */
    WHOLE
  }

  /**
   * The feed-forward part.
   *
   * @param inner its width
   * @param activation its non-linearity
   * @param gated whether a second projection multiplies the activated one
   */
  public record Mlp(int inner, Activation activation, boolean gated) {
    /** Rows at a time of a prompt of more than twice as many; the inner arrays are wide. */
    public static final int ROWS = 1024;
  }

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

  /** Whether the model says which token comes next, or stands in a gap. */
  public boolean hasLogits() {
    return output.vocabulary();
  }

  /** Whether the model has one output for the whole prompt or picture. */
  public boolean pooled() {
    return output.pool().one();
  }

  /** Row of the position table that position 0 takes; -1 without a table. */
  public int learnedPositions() {
    return embedding.positions();
  }

  /** The key/value group of a query head. */
  public int kvGroup(int head) {
    return head / (heads / kvHeads);
  }

  /** What differs by layer. */
  public LayerSpec layer(int layer) {
    return layerSpecs.get(layer);
  }

  /**
   * Longest prompt with the frequencies that short prompts have: once a text grows past it, keys
   * turned before are turned wrongly (LongRoPE). Empty where frequencies do not switch.
   */
  public OptionalInt rotarySwitch() {
    return layerSpecs.stream()
        .flatMap(l -> l.rotary().stream())
        .filter(r -> r.scaling() instanceof RopeScaling.LongRope)
        .mapToInt(r -> ((RopeScaling.LongRope) r.scaling()).original())
        .findFirst();
  }

  /** The same with these layers instead. */
  public ModelSpec withLayers(List<LayerSpec> others) {
    return new ModelSpec(
        family,
        architecture,
        others.size(),
        heads,
        kvHeads,
        headDim,
        width,
        vocab,
        maxPositions,
        causal,
        tiedEmbeddings,
        embedding,
        norm,
        form,
        qkNorm,
        mlp,
        residualScale,
        output,
        others,
        patches,
        vision);
  }

  /** The language model of a model that sees: the same behind a tower. */
  public ModelSpec seeing(String modelType, String reference, VisionSpec sight) {
    return new ModelSpec(
        modelType,
        reference,
        layers,
        heads,
        kvHeads,
        headDim,
        width,
        vocab,
        maxPositions,
        causal,
        tiedEmbeddings,
        embedding,
        norm,
        form,
        qkNorm,
        mlp,
        residualScale,
        output,
        layerSpecs,
        patches,
        Optional.of(sight));
  }

  /** How the scores of a layer become its pattern. */
  public ScoreRule scoreRule(int layer) {
    LayerSpec l = layer(layer);
    return new ScoreRule(causal, l.window(), l.softcap(), l.alibi());
  }
}
