package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.export.HeadGroupsFile;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/** What one can do with the chosen heads, their groups and their scores. */
final class HeadActions {
  private final Workbench w;

  HeadActions(Workbench workbench) {
    this.w = workbench;
  }

  /** The heads that are meant, as the command line writes them. */
  String headText() {
    return HeadSet.of(w.meant()).toString();
  }

  void copyHeads() {
    if (!w.meant().isEmpty()) {
      NoticeBar.copy(headText());
      w.notice.set(Notice.info("Copied " + Ui.count(w.meant().size(), "head") + "."));
    }
  }

  /** The line that computes the score that colours the grid. */
  void copyCommand() {
    Optional<HeadScore> score = w.gridColour.get().score();
    if (w.run.get() == null || score.isEmpty()) {
      w.notice.set(Notice.info("Colour the heads by a score first; maps have their own command."));
      return;
    }
    Optional<ScoreJob.Result> measured = w.measured.get().of(score.get());
    if (!(score.get().origin() instanceof HeadScore.OfPass) && measured.isEmpty()) {
      w.notice.set(Notice.info(score.get().title() + " has not been measured yet."));
      return;
    }
    CopyCommand lines = new CopyCommand(w.run.get(), w.bos.get(), w.chatShown());
    NoticeBar.copy(
        measured.map(m -> lines.scores(score.get(), m)).orElseGet(() -> lines.scores(score.get())));
    w.notice.set(Notice.info("Copied the command that computes this score."));
  }

  /** Asks for a file and writes the groups there. */
  void exportGroups(Window window) {
    if (w.groups.get().isEmpty() || w.model.get() == null) {
      w.notice.set(Notice.info("There are no groups of heads yet; choose heads and name them."));
      return;
    }
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Export groups of heads");
    chooser.setInitialFileName("head-groups.json");
    chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("JSON", "*.json"));
    File file = chooser.showSaveDialog(window);
    if (file != null) {
      try {
        Map<String, HeadSet> groups = new LinkedHashMap<>();
        w.groups.get().forEach(group -> groups.put(group.name(), group.heads()));
        HeadGroupsFile.write(file.toPath(), w.model.get().name(), groups);
        w.notice.set(Notice.info("Saved " + file));
      } catch (HeadlightException e) {
        w.notice.set(Notice.of(e));
      }
    }
  }
}
