package dev.headlight.app;

import dev.headlight.analysis.job.Progress;
import dev.headlight.app.cli.ScreenshotTaker;
import dev.headlight.app.view.ModelChoices;
import dev.headlight.app.view.ScreenshotTour;
import java.nio.file.Path;
import java.util.List;

/** The window's side of {@code headlight screenshots}. */
public final class WindowScreenshots implements ScreenshotTaker {
  @Override
  public void take(String model, List<String> sizes, Path folder, Progress progress) {
    ModelChoices choices = new ModelChoices(Models.samples(), List::of, Models::resolve);
    new ScreenshotTour(choices, Models.resolve(model), folder, progress).take(sizes);
  }
}
