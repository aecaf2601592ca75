package dev.headlight.analysis.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.family.Families;
import dev.headlight.analysis.model.family.Family;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The engine really fails to allocate here: it is asked for a petabyte. */
class OutOfMemoryTest {
  private static final int[] TOKENS = {3, 14, 15, 92, 65};
  private static final long TOO_MUCH = 1L << 48;

  private final List<NDManager> managers = new ArrayList<>();

  private NDManager manager() {
    managers.add(Engines.manager());
    return managers.get(managers.size() - 1);
  }

  private static void exhaust(NDManager manager) {
    manager.create(new Shape(TOO_MUCH));
  }

  @Test
  void theEnginesFailureIsKnown() {
    try (NDManager manager = Engines.manager()) {
      assertTrue(OutOfMemory.is(assertThrows(RuntimeException.class, () -> exhaust(manager))));
    }
    assertTrue(OutOfMemory.is(new IllegalStateException(new OutOfMemoryError("Java heap space"))));
    assertFalse(OutOfMemory.is(new IllegalStateException("shape mismatch")));
  }

  /** Runs out of memory in the middle of reading, so many times. */
  private WeightLoader loader(Checkpoint checkpoint, int failures) {
    Family family = Families.of(checkpoint.config());
    ModelSpec spec = family.spec(checkpoint.config());
    int[] tries = {0};
    return new WeightLoader(
        checkpoint,
        this::manager,
        reader -> {
          ModelWeights weights = family.weights(spec, checkpoint.config(), reader);
          if (tries[0]++ < failures) {
            exhaust(managers.get(managers.size() - 1));
          }
          return weights;
        });
  }

  @Test
  void openingGoesOnWithCheaperPlans() {
    for (int failures = 0; failures < 3; failures++) {
      try (Checkpoint checkpoint = Checkpoint.open(Parity.folder("llama_tied"))) {
        managers.clear();
        WeightLoader.Loaded loaded =
            loader(checkpoint, failures).load(OpenOptions.AUTO, Progress.NONE);
        Residency expected =
            List.of(Residency.FULL, Residency.STORED, Residency.STREAMED).get(failures);
        assertEquals(expected, loaded.plan().residency());
        assertEquals(failures > 0, loaded.plan().why().contains("memory ran out"));
        managers.subList(0, failures).forEach(m -> assertFalse(m.isOpen(), "a plan was left"));
        loaded.manager().close();
      }
    }
  }

  @Test
  void aPlanThatWasAskedForIsNotReplaced() {
    try (Checkpoint checkpoint = Checkpoint.open(Parity.folder("llama_tied"))) {
      WeightLoader loader = loader(checkpoint, 1);
      HeadlightException thrown =
          assertThrows(
              HeadlightException.class,
              () -> loader.load(new OpenOptions(Device.AUTO, Residency.FULL), Progress.NONE));
      assertTrue(thrown.getMessage().contains("--residency auto"), thrown.getMessage());
      assertEquals(1, managers.size());
      assertFalse(managers.get(0).isOpen());
    }
  }

  @Test
  void aPassThatRunsOutSaysWhatToDoAndLeavesNothing() {
    for (Residency residency : List.of(Residency.FULL, Residency.STREAMED)) {
      OpenOptions options = new OpenOptions(Device.AUTO, residency);
      try (Model model = Model.open(Parity.folder("llama_tied"), options, Progress.NONE)) {
        int alive = model.liveArrays();
        float[] before = logits(model, Progress.NONE);
        HeadlightException thrown =
            assertThrows(HeadlightException.class, () -> logits(model, exhausting()));
        assertTrue(thrown.getMessage().contains("shorter prompt"), thrown.getMessage());
        assertEquals(alive, model.liveArrays());
        assertArrayEquals(before, logits(model, Progress.NONE));
      }
    }
  }

  /** Asks the engine for too much when the second block begins. */
  private static Progress exhausting() {
    return new Progress() {
      @Override
      public void report(double fraction, String message) {
        if (message.equals("layer 1")) {
          try (NDManager manager = Engines.manager()) {
            exhaust(manager);
          }
        }
      }

      @Override
      public boolean cancelled() {
        return false;
      }
    };
  }

  private static float[] logits(Model model, Progress progress) {
    try (Run run = model.run(RunRequest.of(TOKENS).forViewing(), progress).get(0)) {
      return run.logits(-1);
    }
  }
}
