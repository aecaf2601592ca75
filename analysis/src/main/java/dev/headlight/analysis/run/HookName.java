package dev.headlight.analysis.run;

import dev.headlight.analysis.HeadlightException;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a value in a pass, as TransformerLens writes it: {@code blocks.5.attn.hook_pattern}.
 *
 * @param site which value
 * @param layer zero-based block, or -1 for sites of the whole model
 */
public record HookName(Site site, int layer) {
  /** The order of a pass: before the blocks, block by block, after them. */
  public static final Comparator<HookName> ORDER =
      Comparator.comparingInt((HookName n) -> n.site().layerOr(n.layer(), Integer.MAX_VALUE))
          .thenComparing(HookName::site);

  private static final Pattern BLOCK = Pattern.compile("blocks\\.(\\d+)\\.(.+)");

  /** Checks that the layer fits the site. */
  public HookName {
    if (site.perLayer() != (layer >= 0)) {
      throw new IllegalArgumentException(site + " with layer " + layer);
    }
  }

  /** A value of one block. */
  public static HookName of(Site site, int layer) {
    return new HookName(site, layer);
  }

  /** A value of the whole model. */
  public static HookName of(Site site) {
    return new HookName(site, -1);
  }

  /**
   * Reads a full hook name.
   *
   * @throws HeadlightException when no site has this name
   */
  public static HookName parse(String text) {
    Matcher m = BLOCK.matcher(text);
    String path = m.matches() ? m.group(2) : text;
    int layer = m.matches() ? Integer.parseInt(m.group(1)) : -1;
    for (Site site : Site.values()) {
      if (site.path().equals(path) && site.perLayer() == (layer >= 0)) {
        return new HookName(site, layer);
      }
    }
    throw new HeadlightException(
        HeadlightException.Kind.INPUT,
        "unknown hook name \"" + text + "\"; expected one like blocks.5.attn.hook_pattern");
  }

  @Override
  public String toString() {
    return layer < 0 ? site.path() : "blocks." + layer + "." + site.path();
  }
}
