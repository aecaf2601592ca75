package dev.headlight.analysis.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.GradientRun;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.PatchSource;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ablation, patching and attribution of a trained model, against the reference's numbers. */
class StoriesSweepTest {
  private static final Path FOLDER = Path.of("src/test/resources/stories260K");
  private static Model model;

  @BeforeAll
  static void open() {
    model = Model.open(FOLDER, Progress.NONE);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static JsonObject json(String file) throws IOException {
    return JsonParser.parseString(Files.readString(FOLDER.resolve(file))).getAsJsonObject();
  }

  private static int[] ints(JsonElement array) {
    return array.getAsJsonArray().asList().stream().mapToInt(JsonElement::getAsInt).toArray();
  }

  private static int[] field(JsonArray objects, String name) {
    return objects.asList().stream()
        .mapToInt(o -> o.getAsJsonObject().get(name).getAsInt())
        .toArray();
  }

  private static List<Cell> everyHead(String verb) {
    List<Cell> cells = new ArrayList<>();
    for (int l = 0; l < model.spec().layers(); l++) {
      for (int h = 0; h < model.spec().heads(); h++) {
        cells.add(Cell.of(Intervention.parse(verb + ":L" + l + "H" + h)));
      }
    }
    return cells;
  }

  private static void close(JsonElement table, double[] found, double tolerance) {
    int i = 0;
    for (JsonElement row : table.getAsJsonArray()) {
      for (JsonElement cell : row.getAsJsonArray()) {
        assertEquals(cell.getAsDouble(), found[i], tolerance, "cell " + i);
        i++;
      }
    }
    assertEquals(i, found.length);
  }

  private static SweepResult run(List<int[]> sequences, List<Cell> cells, Metric metric) {
    SweepRequest request = new SweepRequest(sequences, cells, metric);
    return Sweep.run(model, request, SweepListener.NONE, Progress.NONE);
  }

  private static double[] deltas(SweepResult result) {
    double[] deltas = new double[result.values().length];
    for (int c = 0; c < deltas.length; c++) {
      deltas[c] = result.delta(c);
    }
    return deltas;
  }

  @Test
  void ablatesAsTheReference() throws IOException {
    JsonObject e = json("e_ablation.json");
    JsonArray prompts = e.getAsJsonArray("prompts");
    List<int[]> ids =
        prompts.asList().stream().map(p -> ints(p.getAsJsonObject().get("ids"))).toList();
    Metric metric = Metrics.logitDiff(field(prompts, "io_id"), field(prompts, "s_id"));
    close(e.get("zero_by_head"), deltas(run(ids, everyHead("zero"), metric)), 1e-3);
    close(e.get("mean_by_head"), deltas(run(ids, everyHead("mean"), metric)), 1e-3);
    List<int[]> texts =
        e.getAsJsonArray("kl_ids").asList().stream().map(StoriesSweepTest::ints).toList();
    SweepResult kl = run(texts, everyHead("zero"), Metrics.kl());
    close(e.get("kl_last_by_head"), deltas(kl), 1e-4);
  }

  @Test
  void patchesAndAttributesAsTheReference() throws IOException {
    for (JsonElement element : json("f_patching.json").getAsJsonArray("pairs")) {
      JsonObject pair = element.getAsJsonObject();
      int[] clean = ints(pair.get("clean_ids"));
      int[] corrupt = ints(pair.get("corrupt_ids"));
      Metric metric =
          Metrics.logitDiff(
              new int[] {pair.get("io_id").getAsInt()}, new int[] {pair.get("s_id").getAsInt()});
      String from = "<-" + PatchSource.Prompt.of(clean);
      double best = run(List.of(clean), List.of(), metric).baseline()[0];
      List<Cell> streams = new ArrayList<>();
      for (int l = 0; l < pair.getAsJsonArray("resid_pre").size(); l++) {
        for (int p = 0; p < clean.length; p++) {
          streams.add(
              Cell.of(
                  Intervention.parse(
                      l < model.spec().layers()
                          ? "patch:resid_pre/L" + l + "@" + p + from
                          : "patch:resid_post/L" + (l - 1) + "@" + p + from)));
        }
      }
      close(pair.get("resid_pre"), normalised(corrupt, streams, metric, best), 2e-3);
      for (String where : List.of("all", "last")) {
        String at = where.equals("last") ? "@-1" : "";
        List<Cell> heads = new ArrayList<>();
        for (int l = 0; l < model.spec().layers(); l++) {
          for (int h = 0; h < model.spec().heads(); h++) {
            heads.add(Cell.of(Intervention.parse("patch:z/L" + l + "H" + h + at + from)));
          }
        }
        close(pair.get("head_z_" + where), normalised(corrupt, heads, metric, best), 2e-3);
        boolean last = where.equals("last");
        double[] estimate = attributed(clean, corrupt, metric, last);
        close(pair.get("attribution_" + where), estimate, 1e-3);
      }
    }
  }

  private static double[] normalised(int[] corrupt, List<Cell> cells, Metric metric, double best) {
    SweepResult result = run(List.of(corrupt), cells, metric);
    double[] values = deltas(result);
    for (int c = 0; c < values.length; c++) {
      values[c] /= best - result.baseline()[0];
    }
    return values;
  }

  /** Σ ∂m/∂z at the corrupt prompt · (z of the clean one − z), by head. */
  private static double[] attributed(int[] clean, int[] corrupt, Metric metric, boolean last) {
    Set<HookName> names = new LinkedHashSet<>();
    for (int l = 0; l < model.spec().layers(); l++) {
      names.add(HookName.of(Site.Z, l));
    }
    SweepRequest request = new SweepRequest(List.of(corrupt), List.of(Cell.of()), metric);
    GradientRun gradients = Gradients.run(model, request, names, Progress.NONE).get(0);
    int heads = model.spec().heads();
    double[] sums = new double[names.size() * heads];
    try (Run run = model.run(RunRequest.of(clean).withSites(Site.Z), Progress.NONE).get(0)) {
      for (HookName name : names) {
        Tensor gradient = gradients.values().get(name).gradient();
        float[] there = gradients.values().get(name).value().data();
        float[] better = run.get(name).data();
        int width = gradient.size(2);
        for (int i = 0; i < there.length; i++) {
          int position = i / (heads * width);
          if (!last || position == corrupt.length - 1) {
            int head = i / width % heads;
            sums[name.layer() * heads + head] +=
                (double) gradient.data()[i] * (better[i] - there[i]);
          }
        }
      }
    }
    return sums;
  }
}
