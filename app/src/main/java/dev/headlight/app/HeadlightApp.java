package dev.headlight.app;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.job.FxJobRunner;
import dev.headlight.app.models.HubCache;
import dev.headlight.app.session.SessionFile;
import dev.headlight.app.settings.Settings;
import dev.headlight.app.settings.SettingsFile;
import dev.headlight.app.settings.SettingsSaver;
import dev.headlight.app.settings.UserFolders;
import dev.headlight.app.view.ModelChoices;
import dev.headlight.app.view.WorkbenchParts;
import dev.headlight.app.workbench.CrashGuard;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The window as an application: what it opens first and what it remembers. */
public final class HeadlightApp extends Application {
  private static final Logger LOG = LoggerFactory.getLogger(HeadlightApp.class);

  private static volatile boolean started;

  private final SettingsFile file = SettingsFile.ofUser();
  private final SettingsSaver saver = new SettingsSaver(file);
  private final Settings[] settings = {Settings.first()};
  private WorkbenchParts parts;

  /** The model loads while the window is built. */
  @Override
  public void init() {
    settings[0] = file.load();
    useThreads(settings[0].preferences().threads());
    ModelChoices choices =
        new ModelChoices(
            Models.samples(),
            () -> settings[0].recent(),
            Models::resolve,
            () -> HubCache.ofUser().list());
    parts =
        new WorkbenchParts(
            new FxJobRunner("headlight-model"),
            choices,
            this::opened,
            Optional.of(UserFolders.sessions()));
    Workbench w = parts.workbench();
    w.theme.set(settings[0].theme());
    w.theme.addListener((o, old, now) -> save(settings[0].withTheme(now)));
    parts.chosen().set(settings[0].preferences());
    parts.chosen().whenChanged(now -> save(settings[0].withPreferences(now)));
    parts.setBrowser(getHostServices()::showDocument);
    Thread.setDefaultUncaughtExceptionHandler(new CrashGuard(w, Platform::runLater));
    logFirstMap(w);
    Platform.runLater(() -> openFirst(w));
  }

  /** The engine reads this when it starts. */
  private static void useThreads(int threads) {
    if (threads > 0) {
      System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    }
  }

  /** Whether the window got as far as to start: later failures are ours, not the system's. */
  static boolean started() {
    return started;
  }

  @Override
  public void start(Stage stage) {
    started = true;
    stage.titleProperty().bind(parts.title());
    stage.getIcons().addAll(icons());
    stage.setScene(
        parts.scene(
            settings[0].width(),
            settings[0].height(),
            settings[0].layout(),
            layout -> save(settings[0].withLayout(layout))));
    stage.setMaximized(settings[0].maximized());
    stage.setOnHiding(e -> rememberSize(stage));
    parts.ownedBy(stage);
    stage.show();
  }

  /** How long the user waited for something to see. */
  private static void logFirstMap(Workbench w) {
    ChangeListener<HeadMap> once =
        new ChangeListener<>() {
          @Override
          public void changed(ObservableValue<? extends HeadMap> map, HeadMap old, HeadMap now) {
            w.map.removeListener(this);
            LOG.info("first map after {} ms", ManagementFactory.getRuntimeMXBean().getUptime());
          }
        };
    w.map.addListener(once);
  }

  private void openFirst(Workbench w) {
    List<String> arguments = getParameters().getUnnamed();
    List<String> last = settings[0].preferences().openLast() ? settings[0].recent() : List.of();
    if (arguments.isEmpty() && last.isEmpty()) {
      parts.open(Models.first());
      parts.recoverSession();
      return;
    }
    if (!arguments.isEmpty() && SessionFile.named(Path.of(arguments.get(0)))) {
      parts.open(Models.first());
      parts.openSession(Path.of(arguments.get(0)));
      return;
    }
    try {
      String first = arguments.isEmpty() ? last.get(0) : arguments.get(0);
      parts.openOr(Models.resolve(first), Models.first());
    } catch (HeadlightException e) {
      parts.open(Models.first());
      w.notice.set(Notice.of(e));
    }
    if (arguments.isEmpty()) {
      parts.recoverSession();
    }
  }

  private static List<Image> icons() {
    return List.of(16, 32, 48, 64, 128, 256).stream()
        .map(size -> "/dev/headlight/icons/png/app/headlight-" + size + ".png")
        .map(HeadlightApp.class::getResourceAsStream)
        .filter(in -> in != null)
        .map((InputStream in) -> new Image(in))
        .toList();
  }

  private void opened(String reference) {
    save(settings[0].opened(reference));
  }

  private void rememberSize(Stage stage) {
    save(
        settings[0].withWindow(
            stage.getScene().getWidth(), stage.getScene().getHeight(), stage.isMaximized()));
  }

  private void save(Settings now) {
    settings[0] = now;
    saver.save(now);
  }

  @Override
  public void stop() {
    parts.close();
    saver.close();
  }
}
