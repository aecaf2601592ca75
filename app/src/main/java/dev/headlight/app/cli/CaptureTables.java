package dev.headlight.app.cli;

import dev.headlight.analysis.attention.AttentionMap;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.analysis.io.CaptureWriter;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.io.Tables;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.text.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** A capture as tables: one file a site, the tokens, and where all of it came from. */
final class CaptureTables {
  private final Path folder;
  private final MapOptions maps;
  private final boolean hideFirst;
  private final Provenance provenance;
  private final Progress progress;
  private final List<Path> files = new ArrayList<>();

  /**
   * @param maps what is done to maps
   * @param hideFirst whether words and sentences leave the first token out
   */
  CaptureTables(
      Path folder, MapOptions maps, boolean hideFirst, Provenance provenance, Progress progress) {
    this.folder = folder;
    this.maps = maps;
    this.hideFirst = hideFirst;
    this.provenance = provenance;
    this.progress = progress;
  }

  List<Path> write(
      Iterator<Run> runs, Set<Site> sites, List<Tokens> prompts, Collection<Head> heads) {
    for (int i = 0; i < prompts.size(); i++) {
      try (Run run = runs.next()) {
        Tokens tokens = prompts.get(i);
        Tables.tokens(file("tokens", i), tokens);
        for (Site site : sites) {
          if (maps.given() && site == Site.PATTERN) {
            shown(run, tokens, heads, i);
          } else if (site == Site.PATTERN || site == Site.ATTN_SCORES) {
            List<AttentionMap> all = heads.stream().map(run::map).toList();
            Tables.attentionCells(file(site.shortName(), i), all, tokens, progress);
          } else if (run.names().stream().anyMatch(name -> name.site() == site)) {
            Tables.site(file(site.shortName(), i), run, site, tokens, progress);
          }
        }
      }
    }
    Path about = folder.resolve("provenance.json");
    AtomicFiles.writeText(about, provenance.toJson() + "\n");
    files.add(about);
    return files;
  }

  /** A mean, or maps between words or sentences: a table each, since their labels differ. */
  private void shown(Run run, Tokens tokens, Collection<Head> heads, int sequence) {
    List<List<Head>> groups = maps.groups(heads);
    for (List<Head> group : groups) {
      String name = Site.PATTERN.shortName() + (groups.size() == 1 ? "" : "_" + group.get(0));
      maps.map(run, tokens, group, hideFirst, progress).write(file(name, sequence), progress);
    }
  }

  private Path file(String name, int sequence) {
    Path file = folder.resolve(name + CaptureWriter.suffix(sequence) + ".csv");
    files.add(file);
    return file;
  }
}
