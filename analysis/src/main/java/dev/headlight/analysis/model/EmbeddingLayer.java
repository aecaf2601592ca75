package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.run.Site;
import java.util.List;
import java.util.stream.IntStream;

/** What happens before the first block: rows of tables, summed, normed, projected. */
final class EmbeddingLayer {
  private final ModelSpec spec;
  private final EmbeddingWeights weights;
  private final PassState pass;
  private final NDManager manager;

  EmbeddingLayer(ModelSpec spec, EmbeddingWeights weights, PassState pass, NDManager manager) {
    this.spec = spec;
    this.weights = weights;
    this.pass = pass;
    this.manager = manager;
  }

  /** The residual stream that enters the first block, {@code [B, T, d]}. */
  NDArray apply(PassInput input) {
    NDArray x = tokens(input);
    boolean alone = weights.positions() == null && weights.types() == null;
    x = pass.hooks().at(Site.EMBED, -1, alone ? normed(x) : x);
    if (weights.positions() != null) {
      x = x.add(pass.hooks().at(Site.POS_EMBED, -1, positions(input)));
    }
    if (weights.types() != null) {
      x = x.add(rows(weights.types(), input.tokenTypes(), input));
    }
    x = alone ? x : normed(x);
    return weights.projection() == null ? x : weights.projection().apply(x);
  }

  private NDArray tokens(PassInput input) {
    if (spec.patches().isPresent()) {
      return new PatchEmbedding(spec, weights, manager).tokens(input.pictures());
    }
    List<int[]> ids = input.pictures() == null ? input.tokens() : known(input.tokens());
    NDArray x = pass.scaled(rows(weights.tokens(), ids, input), scale());
    x = weights.tokenProjection() == null ? x : weights.tokenProjection().apply(x);
    return input.pictures() == null ? x : replaced(x, input.pictures());
  }

  /** An image token need not have a row of the table: it is replaced. */
  private List<int[]> known(List<int[]> tokens) {
    long rows = weights.tokens().rows();
    return tokens.stream()
        .map(ids -> IntStream.of(ids).map(id -> id < rows ? id : 0).toArray())
        .toList();
  }

  /** The same with what was seen in place of the image tokens. */
  private NDArray replaced(NDArray x, PassPictures pictures) {
    Shape shape = x.getShape();
    int length = (int) shape.get(1);
    int rows = (int) shape.get(0) * length;
    int[] order = IntStream.range(0, rows).toArray();
    int next = rows;
    for (int prompt = 0; prompt < pictures.positions().size(); prompt++) {
      for (int position : pictures.positions().get(prompt)) {
        order[prompt * length + position] = next++;
      }
    }
    NDArray both = x.reshape(rows, shape.get(2)).concat(pictures.features(), 0);
    return Gather.rows(both, order, shape.slice(0, 2), manager);
  }

  private double scale() {
    return spec.embedding().scale();
  }

  private NDArray normed(NDArray x) {
    return weights.norm() == null ? x : Norms.apply(spec.norm(), weights.norm(), x, pass.inPlace());
  }

  /** {@code [1, T, E]}, or {@code [B, T, E]} where padding is not counted. */
  private NDArray positions(PassInput input) {
    if (spec.patches().isPresent()) {
      return new PatchEmbedding(spec, weights, manager).positions(input.pictures());
    }
    int first = pass.past() + spec.learnedPositions();
    int length = input.length();
    if (spec.embedding().padId() < 0) {
      int[] rows = IntStream.range(first, first + length).toArray();
      return weights.positions().gather(rows, new Shape(1, length), manager);
    }
    List<int[]> rows = input.tokens().stream().map(t -> counted(t, first)).toList();
    return rows(weights.positions(), rows, input);
  }

  private int[] counted(int[] tokens, int first) {
    int[] rows = new int[tokens.length];
    int next = first;
    for (int i = 0; i < tokens.length; i++) {
      rows[i] = tokens[i] == spec.embedding().padId() ? first - 1 : next++;
    }
    return rows;
  }

  private NDArray rows(Weight table, List<int[]> ids, PassInput input) {
    int[] flat = ids.stream().flatMapToInt(IntStream::of).toArray();
    return table.gather(flat, new Shape(ids.size(), input.length()), manager);
  }
}
