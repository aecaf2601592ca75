package dev.headlight.analysis.circuit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.attention.Slices;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.NormWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.Transformer;
import dev.headlight.analysis.model.Weight;
import java.util.List;

/**
 * A model in which every query head has keys and values of its own, so that an edge ends at one
 * head. Where heads share them in groups, the groups' weights are written out once a head; the
 * numbers of a pass stay the same. Everything else is the model's own and must outlive this.
 */
public final class Ungrouped implements AutoCloseable {
  private final Model model;
  private final boolean made;

  private Ungrouped(Model model, boolean made) {
    this.model = model;
    this.made = made;
  }

  /** The model itself where no heads share keys, else one with H/G times its key weights. */
  public static Ungrouped of(Model model) {
    ModelSpec spec = model.spec();
    if (spec.kvHeads() == spec.heads()) {
      return new Ungrouped(model, false);
    }
    NDManager owner = model.newScope();
    try {
      ModelWeights weights = model.guarded(() -> new Writer(spec, owner).all(model));
      Transformer transformer = new Transformer(spec(spec), weights);
      return new Ungrouped(Model.of(model.name(), transformer, owner), true);
    } catch (RuntimeException | Error e) {
      owner.close();
      throw e;
    }
  }

  /** The model whose every head is its own group. */
  public Model model() {
    return model;
  }

  private static ModelSpec spec(ModelSpec s) {
    return new ModelSpec(
        s.family(),
        s.architecture(),
        s.layers(),
        s.heads(),
        s.heads(),
        s.headDim(),
        s.width(),
        s.vocab(),
        s.maxPositions(),
        s.causal(),
        s.tiedEmbeddings(),
        s.embedding(),
        s.norm(),
        s.form(),
        s.qkNorm(),
        s.mlp(),
        s.residualScale(),
        s.output(),
        s.layerSpecs(),
        s.patches(),
        s.vision());
  }

  /** Frees the weights that were written out; the model given stays open. */
  @Override
  public void close() {
    if (made) {
      model.close();
    }
  }

  /** Writes out the weights of groups. */
  private record Writer(ModelSpec spec, NDManager owner) {
    ModelWeights all(Model model) {
      ModelWeights w = model.transformer().weights();
      List<LayerWeights> layers = w.layers().stream().map(this::layer).toList();
      return new ModelWeights(
          w.embedding(), layers, w.finalNorm(), w.head(), w.unembedding(), w.vision(), w.pool());
    }

    private LayerWeights layer(LayerWeights w) {
      try (NDManager scope = owner.newSubManager()) {
        Projection qkv = w.qkv();
        Weight weight;
        try (Weight.Lent lent = qkv.weight().lend(scope)) {
          weight = Weight.of(repeated(view(lent.array(), scope)));
        }
        NDArray bias = qkv.bias() == null ? null : repeated(view(qkv.bias(), scope));
        return new LayerWeights(
            w.ln1(),
            new Projection(weight, bias),
            w.qNorm(),
            norm(w.kNorm(), scope),
            w.out(),
            w.attnPost(),
            w.ln2(),
            w.mlp(),
            w.mlpPost(),
            w.experts(),
            w.leave());
      }
    }

    /** What is made of a weight belongs to the weights' manager unless it is moved. */
    private static NDArray view(NDArray array, NDManager scope) {
      NDArray view = array.get(":");
      view.attach(scope);
      return view;
    }

    /** Rows of all queries, then of each group's keys and values once a head. */
    private NDArray repeated(NDArray rows) {
      int queries = spec.heads() * spec.headDim();
      int keys = spec.kvHeads() * spec.headDim();
      NDArray all =
          NDArrays.concat(
              new NDList(
                  Slices.range(rows, 0, 0, queries),
                  byHead(Slices.range(rows, 0, queries, queries + keys)),
                  byHead(Slices.range(rows, 0, queries + keys, queries + 2L * keys))),
              0);
      all.attach(owner);
      return all;
    }

    private NDArray byHead(NDArray groups) {
      long[] shape = groups.getShape().getShape().clone();
      NDArray split = groups.reshape(new Shape(spec.kvHeads(), groups.size() / spec.kvHeads()));
      shape[0] = (long) spec.heads() * spec.headDim();
      return split.repeat(0, spec.heads() / spec.kvHeads()).reshape(new Shape(shape));
    }

    /** A norm of keys: one for all heads, one a group, or over all groups together. */
    private NormWeights norm(NormWeights norm, NDManager scope) {
      if (norm == null || norm.weight() == null) {
        return norm;
      }
      boolean byGroup = norm.weight().getShape().dimension() == 2;
      if (!byGroup && spec.qkNorm() != ModelSpec.QkNorm.WHOLE) {
        return norm;
      }
      return new NormWeights(
          written(norm.weight(), byGroup, scope), written(norm.bias(), byGroup, scope));
    }

    private NDArray written(NDArray values, boolean byGroup, NDManager scope) {
      if (values == null) {
        return null;
      }
      NDArray view = view(values, scope);
      NDArray all = byGroup ? view.repeat(0, spec.heads() / spec.kvHeads()) : byHead(view);
      all.attach(owner);
      return all;
    }
  }
}
