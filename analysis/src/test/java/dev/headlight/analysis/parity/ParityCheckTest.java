package dev.headlight.analysis.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.Parity;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.checkpoint.SafetensorsWriter;
import dev.headlight.analysis.checkpoint.StoredType;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.parity.ParityReport.Outcome;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reference is found, compared, and never in the way. */
class ParityCheckTest {
  @TempDir Path folder;

  private static Model gpt2() {
    return Model.open(Parity.folder("gpt2"), Progress.NONE);
  }

  /** A copy of GPT-2's fixture without its reference. */
  private Path bare(String weights) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("model"));
    Path source = Parity.folder("gpt2");
    Files.copy(source.resolve("config.json"), copy.resolve("config.json"));
    Files.copy(source.resolve("model.safetensors"), copy.resolve(weights));
    return copy;
  }

  private Path written(String name, long[] ids, long[] shape, UnaryOperator<float[]> change)
      throws IOException {
    Path file = folder.resolve("written.safetensors");
    try (SafetensorsFile from =
            SafetensorsFile.open(Parity.folder("gpt2").resolve(Checkpoint.REFERENCE));
        SafetensorsWriter writer =
            SafetensorsWriter.to(file)
                .tensor("input_ids", StoredType.I64, ids == null ? 32 : ids.length)
                .tensor(name, StoredType.F32, shape)
                .open()) {
      writer.longs("input_ids", LongBuffer.wrap(ids == null ? from.longs("input_ids") : ids));
      writer.floats(name, FloatBuffer.wrap(change.apply(from.floats("logits"))));
      writer.commit();
    }
    return file;
  }

  private static ParityReport check(Path file) {
    try (Model model = gpt2()) {
      int before = model.liveArrays();
      ParityReport report = ParityCheck.run(model, Optional.of(file), Progress.NONE);
      assertEquals(before, model.liveArrays());
      return report;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt2",
        "gemma2",
        "opt_350m",
        "bert",
        "bert_body",
        "albert_inner",
        "vit",
        "dinov2",
        "clip",
        "siglip",
        "llava",
        "smolvlm",
        "qwen2_vl",
        "qwen2_5_vl",
        "siglip2_vision",
        "clip_text"
      })
  void fixturesPass(String family) {
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      ParityReport report = ParityCheck.run(model, Progress.NONE);
      assertEquals(Outcome.PASSED, report.outcome(), report.toString());
      assertTrue(report.worst() >= 0 && report.worst() < 5e-5, report.toString());
      assertTrue(report.values() > 1000);
      assertEquals("transformers 4.57.6, torch 2.7.1", report.madeWith());
    }
  }

  /** Logits, patterns and states of both prompts. */
  @Test
  void everyStoredValueCounts() {
    try (Model model = Model.open(Parity.folder("gemma2"), Progress.NONE)) {
      int perPrompt = 0;
      for (int length : new int[] {32, 72}) {
        perPrompt += length * 320 + 4 * (4 * length * length + length * 48);
      }
      assertEquals(perPrompt, ParityCheck.run(model, Progress.NONE).values());
    }
  }

  @Test
  void withoutAReferenceThereIsNone() throws IOException {
    Path stored = folder.resolve("nowhere");
    try (Model model = Model.open(bare("model.safetensors"), Progress.NONE)) {
      assertEquals(Outcome.NONE, ParityCheck.run(model, Progress.NONE).outcome());
      assertEquals(Outcome.NONE, ParityCheck.run(model, stored, Progress.NONE).outcome());
    }
  }

  @Test
  void aStoredReferenceIsFoundByTheHashOfTheWeights() throws IOException {
    Path stored = Files.createDirectory(folder.resolve("references"));
    Path source = Parity.folder("gpt2").resolve(Checkpoint.REFERENCE);
    Files.copy(source, stored.resolve("0".repeat(64) + ".safetensors"));
    try (Model model = Model.open(bare("model.safetensors"), Progress.NONE)) {
      assertEquals(Outcome.NONE, ParityCheck.run(model, stored, Progress.NONE).outcome());
      Path mine = stored.resolve(model.checkpoint().sha256() + ".safetensors");
      Files.copy(source, mine);
      ParityReport report = ParityCheck.run(model, stored, Progress.NONE);
      assertEquals(Outcome.PASSED, report.outcome());
      assertEquals(Optional.of(mine), report.reference());
      assertEquals("", report.madeWith());
    }
  }

  /** One file of weights under a name of its own is still the only one. */
  @Test
  void theReferenceIsNoWeightFile() throws IOException {
    Path copy = bare("weights.safetensors");
    Files.copy(
        Parity.folder("gpt2").resolve(Checkpoint.REFERENCE), copy.resolve(Checkpoint.REFERENCE));
    try (Model model = Model.open(copy, Progress.NONE)) {
      assertEquals(Outcome.PASSED, ParityCheck.run(model, Progress.NONE).outcome());
    }
  }

  @Test
  void aDifferenceFails() throws IOException {
    Path file =
        written(
            "logits",
            null,
            new long[] {1, 32, 320},
            values -> {
              values[1234] += 0.5f;
              return values;
            });
    ParityReport report = check(file);
    assertEquals(Outcome.FAILED, report.outcome());
    assertEquals("logits", report.tensor());
    assertTrue(report.worst() > 0.05 && report.worst() <= 0.5, report.toString());
    assertEquals(32 * 320, report.values());
  }

  private void unreadable(Path file, String reason) {
    ParityReport report = check(file);
    assertEquals(Outcome.UNREADABLE, report.outcome());
    assertTrue(report.reason().contains(reason), report.reason());
    assertEquals(Optional.of(file), report.reference());
  }

  @Test
  void whatDoesNotFitSaysWhy() throws IOException {
    unreadable(
        written("logits", null, new long[] {16, 640}, UnaryOperator.identity()), "[16, 640]");
    unreadable(
        written("attentions.3", null, new long[] {32, 320}, UnaryOperator.identity()),
        "another model");
    unreadable(written("z.0", null, new long[] {32, 320}, UnaryOperator.identity()), "found none");
    unreadable(
        written("logits", new long[] {1, 99999}, new long[] {32, 320}, UnaryOperator.identity()),
        "99999");
    unreadable(
        written("logits", new long[] {1, 1L << 40}, new long[] {32, 320}, UnaryOperator.identity()),
        "no id");
    unreadable(
        written("logits", new long[80], new long[] {32, 320}, UnaryOperator.identity()),
        "80 tokens");
    UnaryOperator<float[]> nan =
        values -> {
          values[7] = Float.NaN;
          return values;
        };
    unreadable(written("logits", null, new long[] {32, 320}, nan), "NaN");
    unreadable(folder.resolve("absent.safetensors"), "absent.safetensors");
  }

  /** Whatever a file holds, the check ends with a report. */
  @Test
  void damageIsNeverThrown() throws IOException {
    byte[] whole = Files.readAllBytes(Parity.folder("gpt2").resolve(Checkpoint.REFERENCE));
    Path file = folder.resolve("damaged.safetensors");
    Random random = new Random(5);
    try (Model model = gpt2()) {
      for (int i = 0; i < 60; i++) {
        byte[] damaged = whole.clone();
        int header = 8 + Math.min(whole.length - 8, 2500);
        for (int k = 0; k < 1 + i % 4; k++) {
          damaged[random.nextInt(header)] = (byte) random.nextInt(256);
        }
        int length = i % 5 == 0 ? random.nextInt(whole.length) : whole.length;
        Files.write(file, Arrays.copyOf(damaged, length));
        ParityReport report = ParityCheck.run(model, Optional.of(file), Progress.NONE);
        assertTrue(report.outcome() != Outcome.NONE);
      }
    }
  }

  @Test
  void aDamagedNoteIsPassedOver() throws IOException {
    Path copy = bare("model.safetensors");
    Files.copy(
        Parity.folder("gpt2").resolve(Checkpoint.REFERENCE), copy.resolve(Checkpoint.REFERENCE));
    for (String note :
        new String[] {"{", "[]", "{\"versions\":[1]}", "{\"versions\":{\"a\":{}}}"}) {
      Files.writeString(copy.resolve("reference.json"), note);
      try (Model model = Model.open(copy, Progress.NONE)) {
        ParityReport report = ParityCheck.run(model, Progress.NONE);
        assertEquals(Outcome.PASSED, report.outcome());
        assertEquals("", report.madeWith());
      }
    }
  }

  @Test
  void stopsWhenCancelled() {
    Progress cancelled =
        new Progress() {
          @Override
          public void report(double fraction, String message) {}

          @Override
          public boolean cancelled() {
            return true;
          }
        };
    try (Model model = gpt2()) {
      int before = model.liveArrays();
      assertThrows(CancellationException.class, () -> ParityCheck.run(model, cancelled));
      assertEquals(before, model.liveArrays());
    }
  }
}
