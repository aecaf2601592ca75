package dev.headlight.app.cli;

import dev.headlight.analysis.job.Progress;
import java.nio.file.Path;
import java.util.List;

/**
 * Takes pictures of the window. The command line knows no window, so whoever does is found as a
 * service.
 */
public interface ScreenshotTaker {
  /**
   * Takes the pictures in this process, whose toolkit has not been started.
   *
   * @param model as the command line names it
   * @param sizes of the window, such as 1280x800
   */
  void take(String model, List<String> sizes, Path folder, Progress progress);
}
