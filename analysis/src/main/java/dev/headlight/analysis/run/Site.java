package dev.headlight.analysis.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A place in the forward pass whose value can be read and replaced, named as TransformerLens names
 * it.
 *
 * <p>Letters: {@code T} tokens, {@code d} residual width, {@code H} query heads, {@code G}
 * key/value groups, {@code e} head width, {@code V} vocabulary, {@code X} experts. The order of the
 * constants is the order in which a pass reaches the sites.
 */
public enum Site {
  /**
   * Token embedding, after its scale and projection, and after the embedding norm where positions
   * and types are not summed up before it: {@code [T, d]}, or the width of the tables in ELECTRA
   * and ALBERT.
   */
  EMBED("hook_embed", Scope.MODEL),
  /** Learned position embedding, where the model has one: shaped as {@link #EMBED}. */
  POS_EMBED("hook_pos_embed", Scope.MODEL),
  /** Residual stream entering a block: {@code [T, d]}. */
  RESID_PRE("hook_resid_pre", Scope.BLOCK),
  /**
   * Residual stream as the queries of each head alone read it, before any norm: {@code [T, H, d]}.
   * Where it is asked for, each copy has its own norm, and changes of {@link #LN1_NORMALIZED} do
   * not reach it.
   */
  Q_INPUT("hook_q_input", Scope.HEAD),
  /** The same for the keys of each group: {@code [T, G, d]}. */
  K_INPUT("hook_k_input", Scope.GROUP),
  /** The same for the values of each group: {@code [T, G, d]}. */
  V_INPUT("hook_v_input", Scope.GROUP),
  /** What the attention of a pre-norm block reads: {@code [T, d]}. */
  LN1_NORMALIZED("ln1.hook_normalized", Scope.BLOCK),
  /** Queries before rotation: {@code [T, H, e]}. */
  Q("attn.hook_q", Scope.HEAD),
  /** Keys before rotation: {@code [T, G, e]}. */
  K("attn.hook_k", Scope.GROUP),
  /** Values: {@code [T, G, e]}. */
  V("attn.hook_v", Scope.GROUP),
  /** Queries as the scores use them (after norm and rotation): {@code [T, H, e]}. */
  ROT_Q("attn.hook_rot_q", Scope.HEAD),
  /** Keys as the scores use them (after norm and rotation): {@code [T, G, e]}. */
  ROT_K("attn.hook_rot_k", Scope.GROUP),
  /** Logits of the attention after scale, cap, bias and mask: {@code [H, query, key]}. */
  ATTN_SCORES("attn.hook_attn_scores", Scope.PATTERN),
  /** Attention weights, each row summing to 1: {@code [H, query, key]}. */
  PATTERN("attn.hook_pattern", Scope.PATTERN),
  /** Output of each head before the output projection: {@code [T, H, e]}. */
  Z("attn.hook_z", Scope.HEAD),
  /**
   * What each head adds to the residual stream, without the projection's bias and before any norm
   * of the attention's output: {@code [T, H, d]}.
   */
  RESULT("attn.hook_result", Scope.HEAD),
  /** Output of the attention as added to the residual stream: {@code [T, d]}. */
  ATTN_OUT("hook_attn_out", Scope.BLOCK),
  /** Residual stream between attention and MLP (serial blocks only): {@code [T, d]}. */
  RESID_MID("hook_resid_mid", Scope.BLOCK),
  /**
   * Residual stream as the MLP alone reads it, before any norm: {@code [T, d]}. A change here does
   * not reach the sum behind the MLP.
   */
  MLP_IN("hook_mlp_in", Scope.BLOCK),
  /** What the MLP of a pre-norm block reads: {@code [T, d]}. */
  LN2_NORMALIZED("ln2.hook_normalized", Scope.BLOCK),
  /** Logits of the expert router: {@code [T, X]}. */
  ROUTER_LOGITS("mlp.hook_router_logits", Scope.BLOCK),
  /** Output of the MLP as added to the residual stream: {@code [T, d]}. */
  MLP_OUT("hook_mlp_out", Scope.BLOCK),
  /** Sum of the residual stream and what the block adds to it: {@code [T, d]}. */
  RESID_POST("hook_resid_post", Scope.BLOCK),
  /**
   * Post-norm blocks only: what leaves the block after its last norm (and, behind the last block of
   * OPT-350M, after the projection to the embedding's width): {@code [T, d]}.
   */
  NORMALIZED_RESID_POST("hook_normalized_resid_post", Scope.BLOCK),
  /** Residual stream after the final norm, where the model has one: {@code [T, d]}. */
  LN_FINAL("ln_final.hook_normalized", Scope.MODEL),
  /**
   * Next-token logits, where the model has a vocabulary head: {@code [T, V]}, or {@code [1, V]}
   * when only the last row was asked for.
   */
  LOGITS("logits", Scope.MODEL);

  /** What a site has one of, and what its second axis counts. */
  public enum Scope {
    /** One a model. */
    MODEL,
    /** One a block, {@code [T, d]}. */
    BLOCK,
    /** One a block, one slice a query head. */
    HEAD,
    /** One a block, one slice a key/value group. */
    GROUP,
    /** One a block, {@code [H, query, key]}. */
    PATTERN
  }

  private final String path;
  private final Scope scope;

  Site(String path, Scope scope) {
    this.path = path;
    this.scope = scope;
  }

  /** The hook's name after {@code blocks.{i}.}, or the whole name for sites of the model. */
  public String path() {
    return path;
  }

  /** What the site has one of. */
  public Scope scope() {
    return scope;
  }

  /** Whether the site exists once a block. */
  public boolean perLayer() {
    return scope != Scope.MODEL;
  }

  /** Whether the value is a copy of the residual stream, made only where it is asked for. */
  boolean copiesStream() {
    return this == Q_INPUT || this == K_INPUT || this == V_INPUT || this == MLP_IN;
  }

  /** The layer of a hook, with what stands before the blocks at -1 and what follows them at n. */
  int layerOr(int layer, int layers) {
    return perLayer() ? layer : this == LN_FINAL || this == LOGITS ? layers : -1;
  }

  /** The short name of the command line: {@code resid_post}, {@code pattern}, {@code rot_q}. */
  public String shortName() {
    return switch (this) {
      case LN1_NORMALIZED -> "ln1";
      case LN2_NORMALIZED -> "ln2";
      case LN_FINAL -> "ln_final";
      default -> path.substring(path.lastIndexOf('.') + 1).replaceFirst("^hook_", "");
    };
  }

  /** Finds a site by its short name, its hook path, or a TransformerLens name without the layer. */
  public static Optional<Site> parse(String text) {
    String t = text.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(s -> s.shortName().equals(t) || s.path.equals(t) || s.path.endsWith("." + t))
        .findFirst();
  }
}
