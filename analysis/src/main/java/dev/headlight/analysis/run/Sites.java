package dev.headlight.analysis.run;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.ModelSpec;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which sites a model has. */
public final class Sites {
  private Sites() {}

  /** The sites of a model, in the order of the pass. */
  public static Set<Site> of(ModelSpec spec) {
    Set<Site> sites = EnumSet.allOf(Site.class);
    ModelSpec.BlockForm form = spec.form();
    keep(sites, Site.POS_EMBED, spec.learnedPositions() >= 0);
    keep(sites, Site.LN1_NORMALIZED, form.preNorm());
    keep(sites, Site.RESID_MID, !form.parallel());
    keep(sites, Site.LN2_NORMALIZED, form.preNorm() && form != ModelSpec.BlockForm.PARALLEL_SHARED);
    keep(sites, Site.ROUTER_LOGITS, expertLayers(spec).findAny().isPresent());
    keep(sites, Site.NORMALIZED_RESID_POST, form == ModelSpec.BlockForm.POST_NORM);
    keep(sites, Site.LN_FINAL, spec.output().finalNorm());
    keep(sites, Site.LOGITS, spec.hasLogits());
    return sites;
  }

  private static void keep(Set<Site> sites, Site site, boolean exists) {
    if (!exists) {
      sites.remove(site);
    }
  }

  private static IntStream expertLayers(ModelSpec spec) {
    return IntStream.range(0, spec.layers()).filter(l -> spec.layer(l).experts().isPresent());
  }

  /**
   * Checks that a model has a site at a layer.
   *
   * @throws HeadlightException naming the sites that it has, or the layers that have this one
   */
  public static void require(ModelSpec spec, Site site, int layer) {
    require(spec, site);
    if (site == Site.ROUTER_LOGITS && spec.layer(layer).experts().isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT,
          "layer "
              + layer
              + " has no "
              + site.shortName()
              + ": its MLP is plain; the layers with experts are "
              + expertLayers(spec).mapToObj(String::valueOf).collect(Collectors.joining(", ")));
    }
  }

  /**
   * Checks that a model has a site.
   *
   * @throws HeadlightException naming the sites that it has
   */
  public static void require(ModelSpec spec, Site site) {
    if (!of(spec).contains(site)) {
      throw new HeadlightException(
          Kind.INPUT,
          spec.family()
              + " has no "
              + site.shortName()
              + "; its sites are "
              + of(spec).stream().map(Site::shortName).collect(Collectors.joining(", ")));
    }
  }
}
