package dev.headlight.analysis.run;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.ModelSpec;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Which sites a model has. */
public final class Sites {
  private Sites() {}

  /** The sites of a model, in the order of the pass. */
  public static Set<Site> of(ModelSpec spec) {
    Set<Site> sites = EnumSet.allOf(Site.class);
    sites.remove(Site.NORMALIZED_RESID_POST);
    sites.remove(Site.ROUTER_LOGITS);
    if (spec.learnedPositions() < 0) {
      sites.remove(Site.POS_EMBED);
    }
    if (spec.form() == ModelSpec.BlockForm.PARALLEL) {
      sites.remove(Site.RESID_MID);
    }
    return sites;
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
