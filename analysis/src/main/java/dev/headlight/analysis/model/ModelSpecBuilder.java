package dev.headlight.analysis.model;

import dev.headlight.analysis.model.ModelSpec.Activation;
import dev.headlight.analysis.model.ModelSpec.BlockForm;
import dev.headlight.analysis.model.ModelSpec.Embedding;
import dev.headlight.analysis.model.ModelSpec.Mlp;
import dev.headlight.analysis.model.ModelSpec.Norm;
import dev.headlight.analysis.model.ModelSpec.Output;
import dev.headlight.analysis.model.ModelSpec.QkNorm;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Puts a {@link ModelSpec} together; what is not said keeps its commonest value. */
public final class ModelSpecBuilder {
  private final String family;
  private final String architecture;
  private int layers;
  private int width;
  private int vocab;
  private int maxPositions;
  private int heads;
  private int kvHeads;
  private int headDim;
  private boolean causal = true;
  private boolean tied;
  private Embedding embedding;
  private Norm norm;
  private BlockForm form = BlockForm.SERIAL;
  private QkNorm qkNorm = QkNorm.NONE;
  private Mlp mlp;
  private double residualScale = 1;
  private Output output = new Output(true, Optional.empty(), 1, 0);
  private IntFunction<LayerSpec> layerSpecs;
  private Optional<PatchSpec> patches = Optional.empty();

  ModelSpecBuilder(String family, String architecture) {
    this.family = family;
    this.architecture = architecture;
  }

  /** Number of blocks, width of the residual stream, size of the vocabulary. */
  public ModelSpecBuilder size(int blocks, int residual, int tokens) {
    layers = blocks;
    width = residual;
    vocab = tokens;
    if (embedding == null) {
      embedding = new Embedding(residual, -1, -1, 0, 1);
    }
    return this;
  }

  /** Query heads, key/value groups and width of a head. */
  public ModelSpecBuilder heads(int queries, int groups, int dimensions) {
    heads = queries;
    kvHeads = groups;
    headDim = dimensions;
    return this;
  }

  /** Longest prompt. */
  public ModelSpecBuilder maxPositions(int longest) {
    maxPositions = longest;
    return this;
  }

  /** An encoder: every query sees every key. */
  public ModelSpecBuilder bidirectional() {
    causal = false;
    return this;
  }

  /** Whether the unembedding is the embedding. */
  public ModelSpecBuilder tied(boolean value) {
    tied = value;
    return this;
  }

  /** What happens before the first block. */
  public ModelSpecBuilder embedding(Embedding value) {
    embedding = value;
    return this;
  }

  /** A table of learned positions; position 0 takes this row. */
  public ModelSpecBuilder learnedPositions(int firstRow) {
    Embedding e = embedding;
    embedding = new Embedding(e.width(), firstRow, e.padId(), e.types(), e.scale());
    return this;
  }

  /** A factor on token embeddings. */
  public ModelSpecBuilder embeddingScale(double scale) {
    Embedding e = embedding;
    embedding = new Embedding(e.width(), e.positions(), e.padId(), e.types(), scale);
    return this;
  }

  /** Mean and variance norms. */
  public ModelSpecBuilder layerNorm(double epsilon) {
    norm = new Norm(Norm.Kind.LAYER, epsilon);
    return this;
  }

  /** Root mean square norms. */
  public ModelSpecBuilder rmsNorm(double epsilon) {
    norm = new Norm(Norm.Kind.RMS, epsilon);
    return this;
  }

  /** How a block puts attention and MLP together. */
  public ModelSpecBuilder form(BlockForm value) {
    form = value;
    return this;
  }

  /** Norm of queries and keys before rotation. */
  public ModelSpecBuilder qkNorm(QkNorm value) {
    qkNorm = value;
    return this;
  }

  /** The feed-forward part: {@code down(act(up x))}. */
  public ModelSpecBuilder mlp(int inner, Activation activation) {
    mlp = new Mlp(inner, activation, false);
    return this;
  }

  /** The feed-forward part: {@code down(act(gate x) · up x)}. */
  public ModelSpecBuilder gatedMlp(int inner, Activation activation) {
    mlp = new Mlp(inner, activation, true);
    return this;
  }

  /** A factor on what attention and MLP add to the residual stream. */
  public ModelSpecBuilder residualScale(double scale) {
    residualScale = scale;
    return this;
  }

  /** What happens after the last block. */
  public ModelSpecBuilder output(Output value) {
    output = value;
    return this;
  }

  /** A factor on logits. */
  public ModelSpecBuilder logitScale(double scale) {
    return output(new Output(output.finalNorm(), output.transform(), scale, output.softcap()));
  }

  /** What may differ from layer to layer, by its index. */
  public ModelSpecBuilder layerSpecs(IntFunction<LayerSpec> specs) {
    layerSpecs = specs;
    return this;
  }

  /** Pictures in place of tokens, cut so; every patch sees every other. */
  public ModelSpecBuilder patches(PatchSpec value) {
    patches = Optional.of(value);
    return bidirectional();
  }

  /** The spec. */
  public ModelSpec build() {
    return new ModelSpec(
        family,
        architecture,
        layers,
        heads,
        kvHeads,
        headDim,
        width,
        vocab,
        maxPositions,
        causal,
        tied,
        embedding,
        norm,
        form,
        qkNorm,
        mlp,
        residualScale,
        output,
        IntStream.range(0, layers).mapToObj(layerSpecs).toList(),
        patches,
        Optional.empty());
  }
}
