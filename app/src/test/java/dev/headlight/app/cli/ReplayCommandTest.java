package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.text.TextUnit;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.export.ExportRequest;
import dev.headlight.app.export.ExportRequest.Format;
import dev.headlight.app.export.FigureContent;
import dev.headlight.app.export.FigureContent.Kind;
import dev.headlight.app.export.FigureRequest;
import dev.headlight.app.export.FigureScale;
import dev.headlight.app.export.Limits;
import dev.headlight.app.job.Delay;
import dev.headlight.app.job.SameThreadJobRunner;
import dev.headlight.app.session.Compared;
import dev.headlight.app.workbench.Comparison;
import dev.headlight.app.workbench.Keeper;
import dev.headlight.app.workbench.SessionController;
import dev.headlight.app.workbench.Undo;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.app.workbench.WorkbenchController;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.figure.FigureStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a window exported and saved, replayed by the command line. */
class ReplayCommandTest {
  @TempDir Path folder;
  private Path model;
  private Path session;
  private Path window;

  /** A window without a toolkit: opens, types, selects, compares, exports, saves. */
  @BeforeEach
  void work() throws IOException {
    model = copyOfModel(folder.resolve("models").resolve("tiny"));
    session = folder.resolve("s.headlight");
    window = Files.createDirectories(folder.resolve("window"));
    Workbench w = new Workbench();
    SameThreadJobRunner here = new SameThreadJobRunner();
    try (ModelHost host = new ModelHost(folder.resolve("none"))) {
      WorkbenchController controller = new WorkbenchController(w, host, here, Delay.NONE);
      Undo undo = new Undo(w, Delay.NONE, InstantSource.system());
      Keeper keeper = new Keeper(Optional.empty(), e -> {});
      try (SessionController sessions =
          new SessionController(w, controller, undo, here, keeper, f -> {})) {
        controller.open(ModelSource.of(model), () -> {}, () -> {});
        w.prompt.set("the fox met the wolf; the fox met");
        w.head.set(new Head(2, 1));
        w.scale.set(ValueScale.Kind.LOG);
        w.fitLimits.set(true);
        w.query.set(3);
        Comparison comparison = new Comparison(w, host, here, Delay.NONE);
        w.compared.set(new Compared("runs", Optional.empty(), "", "zero:L0H1"));
        sessions.setEffect(() -> Optional.ofNullable(comparison.effect.get()));
        for (Format format : Format.values()) {
          export(controller, w, Kind.HEAD, format, "tiny-L2H1." + format.suffix());
        }
        export(controller, w, Kind.GRID, Format.SVG, "all.svg");
        w.prompt.set("another prompt");
        w.scale.set(ValueScale.Kind.SQRT);
        w.fitLimits.set(false);
        export(controller, w, Kind.HEAD, Format.SVG, "second.svg");
        w.limits.set(Limits.parse("0.05,97.5%"));
        w.hideSink.set(true);
        List<Head> heads = List.of(new Head(0, 1), new Head(2, 3));
        FigureContent mean = new FigureContent(Kind.MEAN, heads, TextUnit.WORD);
        export(controller, w, mean, Format.SVG, "mean.svg");
        export(controller, w, mean, Format.CSV, "mean.csv");
        w.prompt.set("the fox met the wolf; the fox met");
        w.query.set(3);
        sessions.save(session);
        assertFalse(sessions.dirty().get());
        assertTrue(comparison.effect.get().divergence() > 0);
      }
    }
  }

  private static Path copyOfModel(Path to) throws IOException {
    Files.createDirectories(to);
    for (String name : List.of("config.json", "tokenizer.json", "model.safetensors")) {
      Files.copy(CliRun.fixture("gpt2").resolve(name), to.resolve(name));
    }
    return to;
  }

  private void export(
      WorkbenchController controller, Workbench w, Kind kind, Format format, String file) {
    export(controller, w, new FigureContent(kind, List.of(w.head.get())), format, file);
  }

  private void export(
      WorkbenchController controller,
      Workbench w,
      FigureContent content,
      Format format,
      String file) {
    FigureScale scale =
        new FigureScale(
            w.scale.get(),
            w.fitLimits.get(),
            w.hideSink.get(),
            Optional.ofNullable(w.limits.get()));
    FigureRequest figure =
        new FigureRequest(
            w.run.get().id(),
            content,
            w.run.get().tokens(),
            new FigureStyle(Theme.PAPER, 88.5, 7, 150, w.limits.get() == null),
            Optional.of("Title"),
            scale::of,
            scale.common());
    controller.export(new ExportRequest(figure, format, window.resolve(file)));
    assertTrue(Files.exists(window.resolve(file)), file);
  }

  private void sameAsTheWindow(Path out) throws IOException {
    try (Stream<Path> files = Files.list(window)) {
      List<Path> all = files.toList();
      assertEquals(16, all.size(), all.toString());
      for (Path file : all) {
        Path again = out.resolve(file.getFileName());
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again), again.toString());
      }
    }
  }

  @Test
  void replayWritesWhatTheWindowWrote() throws IOException {
    Path out = folder.resolve("out");
    CliRun run = CliRun.of("replay", session, "--out", out);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("every number is the one"), run.err());
    sameAsTheWindow(out);
    JsonObject numbers =
        JsonParser.parseString(Files.readString(out.resolve("numbers.json"))).getAsJsonObject();
    assertEquals(3, numbers.getAsJsonObject("next").get("position").getAsInt());
    assertEquals("L2H1", numbers.getAsJsonObject("without").get("head").getAsString());
    assertTrue(numbers.getAsJsonObject("comparison").get("kl").getAsDouble() > 0);
    assertEquals(12, numbers.getAsJsonArray("heads").size());
  }

  @Test
  void aModelThatMovedIsAskedForAndOtherWeightsAreRefused() throws IOException {
    Path moved = folder.resolve("moved").resolve("tiny");
    Files.createDirectories(moved.getParent());
    Files.move(model, moved);
    Path out = folder.resolve("out");
    CliRun missing = CliRun.of("replay", session, "--out", out);
    assertEquals(3, missing.code());
    assertTrue(missing.err().contains("--model"), missing.err());
    assertFalse(Files.exists(out));
    CliRun run = CliRun.of("replay", session, "--out", out, "--model", moved);
    assertEquals(0, run.code(), run.err());
    sameAsTheWindow(out);

    Path other = CliRun.fixture("llama");
    CliRun refused = CliRun.of("replay", session, "--out", out, "--model", other);
    assertEquals(3, refused.code());
    assertTrue(refused.err().contains("other weights"), refused.err());
    assertTrue(refused.err().contains("--other-weights"), refused.err());
    CliRun told =
        CliRun.of(
            "replay",
            session,
            "--out",
            folder.resolve("o"),
            "--model",
            other,
            "--other-weights",
            "--json");
    assertEquals(0, told.code(), told.err());
    assertTrue(told.err().contains("differs"), told.err());
    assertTrue(JsonParser.parseString(told.out()).getAsJsonObject().has("files"));
  }

  @Test
  void whatIsNoSessionIsSaid() throws IOException {
    Path file = folder.resolve("x.headlight");
    CliRun none = CliRun.of("replay", file, "--out", folder.resolve("out"));
    assertEquals(3, none.code());
    assertTrue(none.err().contains("no such session"), none.err());
    Files.writeString(file, "rubbish");
    CliRun damaged = CliRun.of("replay", file, "--out", folder.resolve("out"));
    assertEquals(3, damaged.code());
    assertTrue(damaged.err().contains("damaged"), damaged.err());
    assertEquals(2, CliRun.of("replay", file).code());
  }
}
