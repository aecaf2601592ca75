package dev.headlight.analysis.cost;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Activation;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;

/**
 * Bytes of a pass above the weights, counted array by array: a layer's intermediate arrays live
 * until the layer ends, those of a block of attention rows until the block ends.
 */
final class PassMemory {
  private final ModelSpec spec;

  PassMemory(ModelSpec spec) {
    this.spec = spec;
  }

  /** Most bytes alive at a time while a part of a pass runs, without what it keeps. */
  double passing(PassPart part) {
    double rows = (double) part.batch() * part.rows();
    double most = 2.0 * part.batch() * part.logitRows() * spec.vocab();
    for (int l = part.firstLayer(); l < spec.layers(); l++) {
      most = Math.max(most, rows * layer(l, part) + block(l, part));
    }
    double embedded = 3.0 * rows * spec.embedding().width();
    return Float.BYTES * (embedded + most);
  }

  /** Floats a row of a layer's intermediate arrays. */
  private double layer(int l, PassPart part) {
    double d = spec.width();
    double q = queries();
    double turned = q + groups();
    double norm = (spec.norm().kind() == ModelSpec.Norm.Kind.RMS ? 2 : 1) * d;
    double norms = (spec.form() == ModelSpec.BlockForm.SANDWICH ? 4 : 2) * norm;
    double qkv = turned + groups();
    double normed = spec.qkNorm() == ModelSpec.QkNorm.NONE ? 0 : 2 * turned;
    double rotated = spec.layer(l).rotary().isPresent() ? 4 * turned : 0;
    double mixed = q + (part.blocks(l, spec) > 1 ? 2 : 1) * q + q;
    // What the attention made is gone when the MLP begins.
    return 4 * d + norms + Math.max(qkv + normed + rotated + mixed, mlp(l, part));
  }

  private double mlp(int l, PassPart part) {
    double d = spec.width();
    double inner = spec.mlp().inner() * innerArrays();
    double rows = part.queries(l, spec);
    double share = rows > 2 * ModelSpec.Mlp.ROWS ? ModelSpec.Mlp.ROWS / rows : 1;
    return spec.layer(l).experts().map(e -> experts(e)).orElse(inner * share + d);
  }

  /** Arrays of the inner width: the projections and what the activation makes of them. */
  private double innerArrays() {
    double made = spec.mlp().activation() == Activation.GELU_TANH ? 2 : 1;
    return made + (spec.mlp().gated() ? 2 : 1);
  }

  private double experts(LayerSpec.Experts e) {
    double d = spec.width();
    double sent = e.topK() * (5 * d + e.inner() * innerArrays());
    return 2.0 * e.count() + sent + e.sharedInner() * innerArrays() + 3 * d;
  }

  /** Floats of a block of attention rows. */
  private double block(int l, PassPart part) {
    LayerSpec layer = spec.layer(l);
    double maps = 2 + (layer.softcap() > 0 ? 3 : 0) + (layer.alibi().present() ? 1 : 0);
    double rows = (double) part.queries(l, spec) / part.blocks(l, spec);
    double heads = spec.heads() * maps * part.largestBlock(l, spec);
    return part.batch() * (heads + 2 * rows * queries());
  }

  private double queries() {
    return (double) spec.heads() * spec.headDim();
  }

  private double groups() {
    return (double) spec.kvHeads() * spec.headDim();
  }

  /** Floats that leave a pass and stay. */
  double kept(RunRequest request, int tokens) {
    double floats = (request.allLogits() ? tokens : 1.0) * spec.vocab();
    for (Site site : request.sites()) {
      floats += site == Site.LOGITS ? 0 : layers(request, site) * tokens * perToken(site);
      if (site.scope() == Site.Scope.PATTERN) {
        floats += patternHeads(request) * tokens * tokens;
      }
    }
    if (request.maps()) {
      floats += (double) spec.layers() * tokens * (queries() + groups());
    }
    return floats + (request.statistics() || request.maps() ? statistics(tokens) : 0);
  }

  /** Floats that every head's statistics take: column sums, log-sum-exp, thumbnails. */
  private double statistics(int tokens) {
    double thumbnail = 2.0 * HeadStatistics.THUMBNAIL * HeadStatistics.THUMBNAIL;
    return (double) spec.layers() * spec.heads() * (5.0 * tokens + thumbnail);
  }

  private int layers(RunRequest request, Site site) {
    if (!site.perLayer()) {
      return 1;
    }
    return request.layers().map(l -> l[1] - l[0] + 1).orElse(spec.layers());
  }

  private double patternHeads(RunRequest request) {
    int[] layers = request.layers().orElse(new int[] {0, spec.layers() - 1});
    return request.heads().orElse(HeadSet.parse("L*H*")).resolve(spec).stream()
        .filter(h -> h.layer() >= layers[0] && h.layer() <= layers[1])
        .count();
  }

  private double perToken(Site site) {
    return switch (site) {
      case RESULT, Q_INPUT -> (double) spec.heads() * spec.width();
      case K_INPUT, V_INPUT -> (double) spec.kvHeads() * spec.width();
      case ROUTER_LOGITS ->
          spec.layerSpecs().stream()
              .flatMap(l -> l.experts().stream())
              .mapToInt(LayerSpec.Experts::count)
              .max()
              .orElse(0);
      case ATTN_SCORES, PATTERN -> 0;
      default ->
          switch (site.scope()) {
            case HEAD -> queries();
            case GROUP -> groups();
            default -> spec.width();
          };
    };
  }
}
