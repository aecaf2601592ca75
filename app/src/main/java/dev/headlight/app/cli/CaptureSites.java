package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.io.CaptureWriter;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** From names of sites to what a capture keeps. */
final class CaptureSites {
  private static final Set<Site> MAPS =
      Collections.unmodifiableSet(EnumSet.of(Site.PATTERN, Site.ATTN_SCORES));

  /** Scripts ask for these of every model; only some families have them. */
  private static final Set<Site> OPTIONAL =
      Collections.unmodifiableSet(EnumSet.of(Site.NORMALIZED_RESID_POST, Site.ROUTER_LOGITS));

  /** What is no site of a pass: embeddings of two towers, and what the tower reads. */
  private static final Set<String> EXTRAS =
      Set.of(CaptureWriter.EMBEDS, CaptureWriter.PIXEL_VALUES);

  private CaptureSites() {}

  /** The sites named, or what a format writes by default. */
  static Set<Site> parse(List<String> names, CaptureCommand.Format format) {
    boolean figure = format.figure();
    if (names.isEmpty()) {
      return figure ? EnumSet.of(Site.PATTERN) : EnumSet.of(Site.LOGITS, Site.PATTERN);
    }
    Set<Site> sites = EnumSet.noneOf(Site.class);
    names.stream().filter(name -> !EXTRAS.contains(name)).forEach(n -> sites.add(site(n)));
    if (figure && !sites.equals(EnumSet.of(Site.PATTERN))) {
      throw new HeadlightException(
          Kind.INPUT,
          format.name().toLowerCase(Locale.ROOT)
              + " draws pattern, found "
              + String.join(",", names)
              + "; use safetensors, npz or csv for other sites.");
    }
    return sites;
  }

  private static Site site(String name) {
    return Site.parse(name)
        .orElseThrow(
            () ->
                new HeadlightException(
                    Kind.INPUT,
                    "unknown site \"" + name + "\"; there are " + list(Set.of(Site.values()))));
  }

  /** What was asked for besides sites. */
  static Set<String> extras(List<String> names) {
    return names.stream().filter(EXTRAS::contains).collect(Collectors.toUnmodifiableSet());
  }

  /** What stays to be kept when maps are computed tile by tile. */
  static Set<Site> withoutMaps(Set<Site> sites) {
    return sites.stream()
        .filter(site -> !MAPS.contains(site))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Site.class)));
  }

  /**
   * The sites asked for, without those that only some families have and this one lacks.
   *
   * @param named whether they were asked for by name; of a default only what there is is kept
   */
  static Set<Site> of(ModelSpec spec, Set<Site> asked, boolean named) {
    return asked.stream()
        .filter(site -> (named && required(spec, site)) || Sites.of(spec).contains(site))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Site.class)));
  }

  /** Whether a model is asked for a site whether it has it or not, so that it can say so. */
  private static boolean required(ModelSpec spec, Site site) {
    // What two towers say of each other stands in the place of logits.
    boolean compared = site == Site.LOGITS && spec.pooled() && !spec.hasLogits();
    return !OPTIONAL.contains(site) && !compared;
  }

  private static String list(Set<Site> sites) {
    return Arrays.stream(Site.values())
            .filter(sites::contains)
            .map(Site::shortName)
            .collect(Collectors.joining(", "))
        + ".";
  }
}
