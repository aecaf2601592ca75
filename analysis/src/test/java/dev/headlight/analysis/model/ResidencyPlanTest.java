package dev.headlight.analysis.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.Parity;
import dev.headlight.analysis.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidencyPlanTest {
  private static ResidencyPlan plan(String family, Residency asked, long free) {
    try (Checkpoint checkpoint = Checkpoint.open(Parity.folder(family))) {
      return ResidencyPlan.choose(checkpoint, asked, free, free);
    }
  }

  /** All limits lie between what the next plan takes and a third more: a quarter stays free. */
  @Test
  void theFirstPlanThatFitsIsChosen() {
    long full = plan("llama_tied", Residency.FULL, 0).residentBytes();
    long stored = plan("llama_tied", Residency.STORED, 0).residentBytes();
    long streamed = plan("llama_tied", Residency.STREAMED, 0).residentBytes();
    assertTrue(streamed < stored && stored < full, streamed + " " + stored + " " + full);

    assertEquals(Residency.FULL, auto(full * 4 / 3 + 4));
    assertEquals(Residency.STORED, auto(full * 4 / 3 - 4));
    assertEquals(Residency.STORED, auto(stored * 4 / 3 + 4));
    assertEquals(Residency.STREAMED, auto(stored * 4 / 3 - 4));
    assertEquals(Residency.STREAMED, auto(0));
  }

  private static Residency auto(long free) {
    return plan("llama_tied", Residency.AUTO, free).residency();
  }

  /** Weights that are stored as fp32 take no less in memory as they are stored. */
  @Test
  void fp32WeightsAreFullOrStreamed() {
    long full = plan("llama", Residency.FULL, 0).residentBytes();
    assertEquals(Residency.STREAMED, plan("llama", Residency.AUTO, full).residency());
    assertEquals(Residency.FULL, plan("llama", Residency.AUTO, full * 2).residency());
  }

  @Test
  void whatIsAskedForIsTaken() {
    ResidencyPlan plan = plan("llama", Residency.FULL, 1);
    assertEquals(Residency.FULL, plan.residency());
    assertTrue(plan.text().startsWith("full: fp32 in memory"), plan.text());
    assertTrue(plan.text().contains("asked for"), plan.text());
  }

  @Test
  void aContainersLimitIsReadInBothForms(@TempDir Path root) throws IOException {
    assertEquals(OptionalLong.empty(), FreeMemory.group(root));
    Path old = Files.createDirectory(root.resolve("memory"));
    Files.writeString(old.resolve("memory.limit_in_bytes"), "5000\n");
    Files.writeString(old.resolve("memory.usage_in_bytes"), "1000\n");
    assertEquals(OptionalLong.of(4000), FreeMemory.group(root));
    Files.writeString(root.resolve("memory.max"), "3000\n");
    Files.writeString(root.resolve("memory.current"), "2500\n");
    Files.writeString(root.resolve("memory.stat"), "anon 1900\nfile 600\nfile_mapped 10\n");
    assertEquals(OptionalLong.of(1100), FreeMemory.group(root));
    Files.writeString(root.resolve("memory.max"), "max\n");
    assertEquals(OptionalLong.empty(), FreeMemory.group(root));
  }

  @Test
  void thisMachineHasMemory() {
    assertTrue(FreeMemory.bytes() > 100L << 20);
  }
}
