package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.text.TextUnit;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.report.FigureMap;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** What is done to maps before they are drawn or written as a table. */
final class MapOptions {
  @Option(
      names = "--mean",
      description = "One map for figures and tables: the mean over the heads.")
  private boolean mean;

  @Option(
      names = "--unit",
      paramLabel = "token|word|sentence",
      defaultValue = "token",
      description =
          "What rows and columns of figures and tables stand for; the attention to a word is summed"
              + " over its keys, that of a word is the mean over its queries; default:"
              + " ${DEFAULT-VALUE}.")
  private TextUnit unit;

  /** Whether maps are more than those of single heads between tokens. */
  boolean given() {
    return mean || unit != TextUnit.TOKEN;
  }

  boolean mean() {
    return mean;
  }

  boolean units() {
    return unit != TextUnit.TOKEN;
  }

  /** Complains where no map is drawn or written. */
  void check(CaptureCommand.Format format, Set<Site> sites) {
    if (given() && (format.arrays() || sites.contains(Site.ATTN_SCORES))) {
      throw new HeadlightException(
          Kind.INPUT,
          "--mean and --unit are for figures and for tables of the site pattern; leave them out, or"
              + " give --format csv, png, svg or pdf with --sites pattern.");
    }
  }

  /** A map of some heads, or of one. */
  FigureMap map(Run run, Tokens prompt, List<Head> heads, boolean hideFirst, Progress progress) {
    return FigureMap.of(run, prompt, heads, unit, hideFirst, progress);
  }

  /** The groups of heads that have a map each: all together, or each alone. */
  List<List<Head>> groups(Collection<Head> heads) {
    return mean ? List.of(List.copyOf(heads)) : heads.stream().map(List::of).toList();
  }

  Provenance about(Provenance provenance) {
    return FigureMap.about(provenance, mean, unit);
  }
}
