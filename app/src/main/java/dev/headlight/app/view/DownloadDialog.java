package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Job;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.job.FxJobRunner;
import dev.headlight.app.models.HubDownload;
import dev.headlight.app.workbench.Notice;
import java.io.File;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.Stage;
import javafx.util.Duration;

/**
 * Fetches a public model on the user's word, and opens it. Nothing is asked of any server before
 * the button is pressed.
 */
final class DownloadDialog {
  private static final double WIDTH = 460;
  private static final double FIELD = 300;
  private static final Duration POLL = Duration.millis(100);

  private final Actions actions;
  private final FxJobRunner runner = new FxJobRunner("headlight-download");
  private final Stage stage = new Stage();
  private final TextField name = field("", "Repository, such as HuggingFaceTB/SmolLM2-135M");
  private final TextField folder = field("", "Folder of the model");
  private final TextField address = field(hub(), "Address of the hub");
  private final ProgressBar bar = new ProgressBar(0);
  private final Label message = Ui.label("", "dim");
  private final Button start = Ui.tool(new Button("Download"));
  private final Button stop = Ui.tool(new Button("Close"));
  private final Timeline poll = new Timeline(new KeyFrame(POLL, e -> progress()));
  private Job<Path> job;

  private DownloadDialog(Actions actions) {
    this.actions = actions;
  }

  /** Opens the dialog; it stays open beside the window while it works. */
  static void show(Actions actions) {
    new DownloadDialog(actions).build();
  }

  private static String hub() {
    String own = System.getenv("HF_ENDPOINT");
    return own == null || own.isBlank() ? HubDownload.HUB.toString() : own;
  }

  private static TextField field(String text, String meaning) {
    TextField field = new TextField(text);
    field.setPrefWidth(FIELD);
    field.setAccessibleText(meaning);
    field.setPromptText(meaning);
    return field;
  }

  private void build() {
    name.getStyleClass().add("download-name");
    folder.getStyleClass().add("download-folder");
    address.getStyleClass().add("download-address");
    start.getStyleClass().add("download-start");
    message.getStyleClass().add("download-message");
    Button choose = Ui.tool(new Button("…"));
    choose.setAccessibleText("Choose the folder");
    choose.setOnAction(e -> choose());
    GridPane grid = new GridPane();
    grid.setHgap(10);
    grid.setVgap(8);
    grid.addRow(0, Ui.label("Repository", "dim"), name);
    grid.addRow(1, Ui.label("Folder", "dim"), folder, choose);
    grid.addRow(2, Ui.label("Hub", "dim"), address);
    bar.setMaxWidth(Double.MAX_VALUE);
    message.setWrapText(true);
    message.setMinHeight(Region.USE_PREF_SIZE);
    start.setDefaultButton(true);
    start.setOnAction(e -> start());
    stop.setCancelButton(true);
    stop.setOnAction(e -> stop());
    VBox box = new VBox(12, grid, bar, message, Ui.row(8, Ui.spacer(), start, stop));
    box.getStyleClass().addAll("workbench", "pane");
    box.setPrefWidth(WIDTH);
    Scene scene = new Scene(new Zoomed(box, actions.textSize()));
    Runnable stopLooking = Themes.follow(scene, actions.workbench(), actions.textSize());
    poll.setCycleCount(Animation.INDEFINITE);
    stage.initOwner(actions.window());
    stage.setTitle("Download a model");
    stage.setScene(scene);
    stage.setOnHiding(e -> close());
    stage.setOnHidden(e -> stopLooking.run());
    say("Nothing is sent before you press Download. Only public repositories, only safetensors.");
    stage.show();
  }

  private void choose() {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle("Folder of the model");
    File chosen = chooser.showDialog(stage);
    if (chosen != null) {
      String last = name.getText().strip().replaceAll(".*/", "");
      folder.setText(chosen.toPath().resolve(last).toString());
    }
  }

  private void say(String text) {
    message.setText(text);
    stage.sizeToScene();
  }

  private void start() {
    try {
      String repository = name.getText().strip();
      HubDownload.checkName(repository);
      URI hub = HubDownload.address(address.getText().strip());
      Path to = to();
      job =
          Job.of(
              "Download " + repository,
              p -> new HubDownload(hub).fetch(repository, HubDownload.MAIN, to, p));
      start.setDisable(true);
      stop.setText("Cancel");
      poll.play();
      runner.submit(job, this::done, this::failed);
    } catch (HeadlightException e) {
      say(Ui.sentence(e.getMessage()));
    }
  }

  private Path to() {
    String text = folder.getText().strip();
    try {
      if (!text.isEmpty()) {
        return Path.of(text).toAbsolutePath();
      }
    } catch (InvalidPathException e) {
      throw new HeadlightException(
          HeadlightException.Kind.INPUT, text + ": is no path on this system.", e);
    }
    throw new HeadlightException(
        HeadlightException.Kind.INPUT, "a folder is needed; choose where the model goes.");
  }

  private void progress() {
    if (job != null && !job.state().end()) {
      bar.setProgress(Double.isNaN(job.fraction()) ? -1 : job.fraction());
      message.setText(job.message());
    }
  }

  private void done(Path model) {
    rest(1);
    stage.hide();
    actions.open(ModelSource.of(model));
  }

  private void failed(Throwable failure) {
    rest(0);
    say(
        failure instanceof CancellationException
            ? "Cancelled; what came stays and is not fetched again."
            : Ui.sentence(Notice.of(failure).message()));
  }

  private void rest(double progress) {
    job = null;
    poll.stop();
    bar.setProgress(progress);
    start.setDisable(false);
    stop.setText("Close");
  }

  private void stop() {
    if (job == null) {
      stage.hide();
    } else {
      job.cancel();
      failed(new CancellationException());
    }
  }

  private void close() {
    poll.stop();
    runner.close();
  }
}
