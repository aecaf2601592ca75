package dev.headlight.analysis.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.checkpoint.SafetensorsWriter;
import dev.headlight.analysis.checkpoint.StoredType;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sites of every family: each can be read, and each can be written. */
class FamilySitesTest {
  private static final int[] TOKENS = {3, 14, 15, 92, 65, 35, 89, 79, 32, 38, 46, 26};
  private static final int[] OTHER = {31, 41, 59, 26, 53, 58, 97, 93, 23, 84, 62, 64};

  @TempDir Path folder;

  /** These read pictures, not tokens. */
  private static final Set<String> TOWERS =
      Set.of(
          "vit",
          "deit",
          "dinov2",
          "dinov2_registers",
          "clip_vision",
          "siglip_vision",
          "siglip2_vision");

  static Stream<String> families() throws IOException {
    Path root = Parity.folder("gpt2").getParent();
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(f -> Files.exists(f.resolve("reference.json")))
          .map(f -> f.getFileName().toString())
          .filter(name -> !TOWERS.contains(name))
          .sorted()
          .toList()
          .stream();
    }
  }

  /** All sites at once, for one token and for many; nothing is left behind. */
  @ParameterizedTest
  @MethodSource("families")
  void everySiteIsThereForOneTokenAndForMany(String family) {
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      Set<Site> sites = Sites.of(model.spec());
      int before = model.liveArrays();
      for (int[] tokens : new int[][] {{7}, TOKENS}) {
        RunRequest request = RunRequest.of(tokens).withSites(sites).withAllLogits().forViewing();
        try (Run run = model.run(request, Progress.NONE).get(0)) {
          for (Site site : sites) {
            assertTrue(run.names().stream().anyMatch(n -> n.site() == site), site + " is missing");
          }
          for (HookName name : run.names()) {
            float[] data = run.get(name).data();
            assertTrue(data.length > 0, name.toString());
            boolean scores = name.site() == Site.ATTN_SCORES;
            for (float value : data) {
              assertTrue(Float.isFinite(value) || scores, name.toString());
            }
          }
        }
        assertEquals(before, model.liveArrays(), "arrays are left behind");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mixtral",
        "qwen2_moe",
        "bert",
        "electra",
        "opt_350m",
        "gemma2",
        "olmo2",
        "granite",
        "cohere",
        "bloom",
        "falcon_rw",
        "stablelm_qk_norm",
        "mpt_clip",
        "olmo_clip",
        "albert_inner"
      })
  void patchingAnySiteWithItselfIsTheIdentityAndWithAnotherIsNot(String family) {
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      Set<Site> sites = EnumSet.copyOf(Sites.of(model.spec()));
      sites.remove(Site.LOGITS);
      // Positions are the same for all prompts.
      sites.remove(Site.POS_EMBED);
      float[] base = logits(model);
      for (Site site : sites) {
        HookName name = new HookName(site, site.perLayer() ? 1 : -1);
        String place = "patch:" + site.shortName() + (site.perLayer() ? "/L1" : "") + "<-";
        Path own = capture(model, TOKENS, name, family + "-own");
        Path other = capture(model, OTHER, name, family + "-other");
        assertArrayEquals(base, logits(model, place + own), 2e-4f, name.toString());
        assertTrue(distance(base, logits(model, place + other)) > 1e-3, name.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixtral", "bert", "gemma2", "olmo2", "falcon_rw"})
  void neutralChangesChangeNothingAndOthersDo(String family) {
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      float[] base = logits(model);
      assertArrayEquals(base, logits(model, "scale:L*H*=1"), 2e-5f);
      assertArrayEquals(base, logits(model, "column:L*H*/0=1"), 2e-5f);
      for (String change : new String[] {"zero:L0H1", "uniform:L1H0", "column:L0H1/2=0.1"}) {
        assertTrue(distance(base, logits(model, change)) > 1e-3, change);
      }
    }
  }

  @Test
  void aRouterWhereTheMlpIsPlainIsNamed() {
    try (Model model = Model.open(Parity.folder("qwen2_moe"), Progress.NONE)) {
      Path file = capture(model, TOKENS, HookName.of(Site.ROUTER_LOGITS, 1), "router");
      HeadlightException e =
          assertThrows(
              HeadlightException.class, () -> logits(model, "patch:router_logits/L0<-" + file));
      assertTrue(e.getMessage().contains("layers with experts are 1"), e.getMessage());
    }
  }

  @Test
  void tokenTypesAreRead() {
    try (Model model = Model.open(Parity.folder("bert"), Progress.NONE)) {
      RunRequest request = RunRequest.of(TOKENS);
      int[] second = new int[TOKENS.length];
      try (Run none = model.run(request, Progress.NONE).get(0);
          Run zero = model.run(request.withTokenTypes(List.of(second)), Progress.NONE).get(0)) {
        assertArrayEquals(none.logits(-1), zero.logits(-1));
      }
      Arrays.fill(second, 6, second.length, 1);
      try (Run none = model.run(request, Progress.NONE).get(0);
          Run two = model.run(request.withTokenTypes(List.of(second)), Progress.NONE).get(0)) {
        assertTrue(distance(none.logits(-1), two.logits(-1)) > 1e-2);
      }
    }
  }

  private static float[] logits(Model model, String... changes) {
    RunRequest request = RunRequest.of(TOKENS);
    for (String change : changes) {
      request = request.plus(Intervention.parse(change));
    }
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      assertEquals(model.spec().vocab(), run.logits(-1).length);
      return run.logits(-1);
    }
  }

  private static float distance(float[] a, float[] b) {
    float worst = 0;
    for (int i = 0; i < a.length; i++) {
      worst = Math.max(worst, Math.abs(a[i] - b[i]));
    }
    return worst;
  }

  private Path capture(Model model, int[] tokens, HookName name, String file) {
    Path path = folder.resolve(file + "-" + name + ".safetensors");
    RunRequest request = RunRequest.of(tokens).withSites(name.site());
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      Tensor value = run.get(name);
      long[] shape = Arrays.stream(value.shape()).asLongStream().toArray();
      try (SafetensorsWriter writer =
          SafetensorsWriter.to(path).tensor(name.toString(), StoredType.F32, shape).open()) {
        writer.floats(name.toString(), FloatBuffer.wrap(value.data()));
        writer.commit();
      }
    }
    return path;
  }
}
