package dev.headlight.samples.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a sample again: {@code TrainMain NAME FOLDER [STEPS]}. A folder that holds a stopped
 * training is gone on with. The number of threads is the property {@code
 * ai.djl.pytorch.num_threads}, 1 unless set: sums in another order give other last digits.
 */
public final class TrainMain {
  private static final Logger LOG = LoggerFactory.getLogger(TrainMain.class);
  private static final int USAGE = 2;

  private TrainMain() {}

  /** See the class. */
  public static void main(String[] args) throws IOException {
    Optional<Recipe> recipe = args.length < 2 ? Optional.empty() : Recipes.named(args[0]);
    if (recipe.isEmpty() || (args.length > 2 && !args[2].matches("[0-9]{1,9}"))) {
      LOG.error("usage: TrainMain NAME FOLDER [STEPS]; NAME is one of {}", Recipes.names());
      System.exit(USAGE);
    }
    oneThread();
    int until = args.length > 2 ? Integer.parseInt(args[2]) : Integer.MAX_VALUE;
    new Trainer(recipe.orElseThrow(), Path.of(args[1])).train(until);
  }

  /** Must come before the engine starts. */
  static void oneThread() {
    for (String threads : new String[] {"num_threads", "num_interop_threads"}) {
      String name = "ai.djl.pytorch." + threads;
      System.setProperty(name, System.getProperty(name, "1"));
    }
    System.setProperty("ai.djl.offline", "true");
  }
}
