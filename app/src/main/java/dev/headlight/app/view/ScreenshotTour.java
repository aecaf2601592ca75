package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.job.FxJobRunner;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Theme;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.Window;

/** Takes pictures of every pane and sheet of a window of its own; never on the JavaFX thread. */
public final class ScreenshotTour {
  private static final int PATIENCE_SECONDS = 900;
  private static final int SETTLE_MS = 500;

  private final ModelChoices choices;
  private final ModelSource model;
  private final Path folder;
  private final Progress progress;
  private WorkbenchParts parts;
  private Stage stage;

  /**
   * @param model what is shown
   * @param folder takes the pictures; must exist
   */
  public ScreenshotTour(ModelChoices choices, ModelSource model, Path folder, Progress progress) {
    this.choices = choices;
    this.model = model;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Starts the toolkit and takes the pictures.
   *
   * @param sizes such as 1280x800
   * @throws HeadlightException when the model cannot be opened
   */
  public void take(List<String> sizes) {
    CompletableFuture<Void> started = new CompletableFuture<>();
    Platform.startup(() -> started.complete(null));
    await(started);
    // Between two sizes no window is open: the toolkit would take that for the end.
    Platform.setImplicitExit(false);
    int done = 0;
    for (String size : sizes) {
      progress.report((double) done++ / sizes.size(), size);
      open(size);
      for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
        fx(() -> parts.workbench().theme.set(theme));
        pictures(theme.name().toLowerCase(Locale.ROOT) + "-" + size);
      }
      fx(this::close);
    }
  }

  private void open(String size) {
    int times = size.indexOf('x');
    double width = Double.parseDouble(size.substring(0, times));
    double height = Double.parseDouble(size.substring(times + 1));
    fx(
        () -> {
          parts = new WorkbenchParts(new FxJobRunner("headlight-model"), choices, reference -> {});
          Scene scene = parts.scene(width, height);
          stage = new Stage();
          parts.ownedBy(stage);
          stage.setScene(scene);
          stage.setWidth(width);
          stage.setHeight(height);
          stage.show();
        });
    for (Theme theme : List.of(Theme.DARK, Theme.LIGHT)) {
      fx(() -> parts.workbench().theme.set(theme));
      picture("empty-" + theme.name().toLowerCase(Locale.ROOT) + "-" + size);
    }
    fx(() -> parts.open(model));
    until(this::answered);
    Notice notice = get(() -> parts.workbench().notice.get());
    if (notice != null && notice.problem()) {
      throw new HeadlightException(HeadlightException.Kind.MODEL, notice.message());
    }
  }

  private boolean answered() {
    Workbench w = parts.workbench();
    boolean body = w.map.get() != null && !w.run.get().model().spec().hasLogits();
    return w.without.get() != null
        || body
        || w.notice.get() != null
        || !w.promptProblem.get().isEmpty();
  }

  private void pictures(String name) {
    for (Pane pane : Panes.all()) {
      progress.check();
      fx(
          () -> {
            parts.docking().reset();
            parts.openPane(pane.id());
          });
      until(() -> parts.comparison().map(c -> c.busy.get().isEmpty()).orElse(true));
      fx(() -> parts.measureSinks());
      until(parts::sinksAtRest);
      fx(() -> parts.tuneSinks());
      until(parts::sinksAtRest);
      until(() -> parts.rolesMeasured());
      if (pane.id().equals("retrieval")) {
        until(() -> parts.retrievalAtRest());
        fx(() -> parts.runRetrieval());
        until(() -> parts.retrievalAtRest());
      }
      if (pane.id().equals("ablation")) {
        fx(() -> parts.ablate(List.of(new Head(0, 0))));
        until(() -> parts.ablationAtRest());
        fx(() -> parts.writeAblated());
        until(() -> parts.ablationAtRest());
      }
      if (pane.id().equals("circuits")) {
        fx(() -> parts.drawCircuitPairs());
        until(() -> parts.circuitsAtRest());
        fx(() -> parts.runCircuits());
        until(() -> parts.circuitsAtRest());
      }
      until(() -> parts.visualAtRest());
      picture(pane.id() + "-" + name);
      if (pane.id().equals("circuits")) {
        circuitParts(name);
      }
    }
    fx(() -> parts.docking().reset());
    sheet("palette-" + name, () -> parts.sheets().commandPalette());
    sheet("keyboard-" + name, () -> parts.sheets().keyboard());
    preferences("preferences-" + name);
  }

  private void circuitParts(String name) {
    for (String part : List.of("Paths", "Compare and repair", "Logits", "Weights")) {
      fx(() -> parts.showCircuitPart(part));
      until(() -> parts.circuitsAtRest());
      String file = part.toLowerCase(Locale.ROOT).replace(' ', '-');
      picture("circuits-" + file + "-" + name);
    }
  }

  private void sheet(String name, Runnable show) {
    fx(show);
    picture(name);
    fx(() -> parts.sheets().close());
  }

  private void preferences(String name) {
    fx(() -> parts.sheets().preferences());
    settle();
    fx(
        () -> {
          Window window =
              Window.getWindows().stream().filter(w -> w != stage).findFirst().orElseThrow();
          write(window, name);
          window.hide();
        });
  }

  private void picture(String name) {
    settle();
    fx(() -> write(stage, name));
  }

  private void write(Window window, String name) {
    Screenshots.write(window.getScene().getRoot(), 1, folder.resolve(name + ".png"));
  }

  private void close() {
    stage.hide();
    parts.close();
  }

  /** Pictures are painted by another thread, and some things fade in. */
  private static void settle() {
    sleep(SETTLE_MS);
  }

  private static void sleep(int milliseconds) {
    try {
      TimeUnit.MILLISECONDS.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!get(condition::getAsBoolean)) {
      progress.check();
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the window did not come to rest");
      }
      sleep(50);
    }
  }

  private static void fx(Runnable action) {
    get(
        () -> {
          action.run();
          return true;
        });
  }

  private static <T> T get(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Platform.runLater(
        () -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return await(answer);
  }

  private static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the window does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
