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
  private final Provenance provenance;
  private final Progress progress;
  private final List<Path> files = new ArrayList<>();

  CaptureTables(Path folder, Provenance provenance, Progress progress) {
    this.folder = folder;
    this.provenance = provenance;
    this.progress = progress;
  }

  List<Path> write(
      Iterator<Run> runs, Set<Site> sites, List<Tokens> prompts, Collection<Head> heads) {
    for (int i = 0; i < prompts.size(); i++) {
      try (Run run = runs.next()) {
        Tokens tokens = prompts.get(i);
        Tables.tokens(file("tokens", i), tokens);
        List<AttentionMap> maps = new ArrayList<>();
        for (Site site : sites) {
          if (site == Site.PATTERN || site == Site.ATTN_SCORES) {
            heads.forEach(head -> maps.add(run.map(head)));
            Tables.attentionCells(file(site.shortName(), i), maps, tokens, progress);
            maps.clear();
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

  private Path file(String name, int sequence) {
    Path file = folder.resolve(name + CaptureWriter.suffix(sequence) + ".csv");
    files.add(file);
    return file;
  }
}
