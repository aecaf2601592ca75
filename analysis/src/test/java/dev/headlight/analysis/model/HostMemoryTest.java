package dev.headlight.analysis.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.attention.AttentionMap;
import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way over copies, which devices need, gives the same numbers and leaves nothing behind. */
class HostMemoryTest {
  private static final float[] NUMBERS = {1, -2, 3.5f, 0, 5, 6};

  @AfterEach
  void copyNoMore() {
    System.clearProperty(HostMemory.COPY);
  }

  private static void copying(boolean on) {
    System.setProperty(HostMemory.COPY, Boolean.toString(on));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void numbersGoInAndComeOut(boolean copies) {
    copying(copies);
    try (NDManager manager = Engines.manager()) {
      NDArray array = HostMemory.array(NUMBERS, new Shape(2, 3), manager);

      assertSame(manager, array.getManager());
      assertArrayEquals(NUMBERS, HostMemory.copy(array));
      FloatBuffer floats = HostMemory.floats(array.transpose());
      float[] turned = new float[6];
      floats.get(turned);
      assertArrayEquals(new float[] {1, 0, -2, 5, 3.5f, 6}, turned);
    }
  }

  @Test
  void onlyTheWayOverCopiesCopies() {
    try (NDManager manager = Engines.manager()) {
      NDArray array = HostMemory.array(NUMBERS, new Shape(6), manager);
      assertSame(array, HostMemory.visible(array));
      copying(true);
      NDArray copy = HostMemory.visible(array);
      assertNotSame(array, copy);
      array.muli(2f);
      assertArrayEquals(NUMBERS, copy.toFloatArray());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingStaysBehind(boolean copies) {
    copying(copies);
    try (NDManager manager = Engines.manager()) {
      NDArray array = HostMemory.array(NUMBERS, new Shape(6), manager);
      HostMemory.copy(array);
      assertThrows(
          IllegalStateException.class,
          () ->
              HostMemory.filled(
                  new Shape(4),
                  manager,
                  memory -> {
                    throw new IllegalStateException("cancelled");
                  }));
      assertEquals(List.of(array), manager.getManagedArrays());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "gemma2", "mixtral", "bloom"})
  void aPassGivesTheSameNumbersOverCopies(String family) {
    List<float[]> seen = everything(family, List.of());
    copying(true);
    List<float[]> copied = everything(family, List.of());

    assertEquals(seen.size(), copied.size());
    for (int i = 0; i < seen.size(); i++) {
      assertArrayEquals(seen.get(i), copied.get(i), "number " + i);
    }
  }

  @Test
  void anEditedPassGivesTheSameNumbersOverCopies() {
    List<Intervention> edits =
        List.of(
            Intervention.parse("uniform:L0H1"),
            Intervention.parse("scale:L1H0=0.5"),
            Intervention.parse("column:L1H2/0=0.3"));
    List<float[]> seen = everything("gpt2", edits);
    copying(true);
    List<float[]> copied = everything("gpt2", edits);

    for (int i = 0; i < seen.size(); i++) {
      assertArrayEquals(seen.get(i), copied.get(i), "number " + i);
    }
  }

  private static List<float[]> everything(String family, List<Intervention> edits) {
    List<float[]> all = new ArrayList<>();
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      int alive = model.liveArrays();
      int[] ids = IntStream.range(0, 24).map(i -> 3 + i * 7 % 50).toArray();
      RunRequest request =
          RunRequest.of(ids)
              .forViewing()
              .withSites(Site.PATTERN, Site.ATTN_SCORES, Site.Z)
              .withAllLogits()
              .withInterventions(edits);
      try (Run run = model.run(request, Progress.NONE).get(0)) {
        all.add(run.get(HookName.of(Site.LOGITS)).data());
        all.add(run.get(HookName.of(Site.Z, 1)).data());
        all.add(run.get(HookName.of(Site.PATTERN, 1)).data());
        all.add(run.get(HookName.of(Site.ATTN_SCORES, 1)).data());
        add(run.statistics().orElseThrow(), all);
        AttentionMap map = run.map(new Head(1, 0));
        all.add(map.weights(5, 20, 2, 18).data());
        all.add(map.pooled(8).data());
      }
      assertEquals(alive, model.liveArrays());
    }
    return all;
  }

  private static void add(HeadStatistics statistics, List<float[]> all) {
    all.add(statistics.entropy().data());
    all.add(statistics.distance().data());
    all.add(statistics.firstShare().data());
    all.add(statistics.previousShare().data());
    all.add(statistics.thumbnail(1, 0).data());
  }
}
