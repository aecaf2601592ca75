package dev.headlight.analysis.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.GenerateRequest;
import dev.headlight.analysis.model.Generation;
import dev.headlight.analysis.model.Model;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Offsets on heads, low rank, and positions that tell reading from writing. */
class HeadChangesTest {
  private static final int[] TOKENS = {3, 14, 15, 92, 65, 35, 89, 79, 32, 38, 46, 26};
  private static Model model;

  @BeforeAll
  static void open() {
    model = Model.open(Parity.folder("llama"), Progress.NONE);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static Tensor site(Site site, String... changes) {
    List<Intervention> all = List.of(changes).stream().map(Intervention::parse).toList();
    RunRequest request = RunRequest.of(TOKENS).withSites(site).withInterventions(all);
    try (Run run = model.run(request, Progress.NONE).get(0)) {
      return run.get(HookName.of(site, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zero:L5H3@-1..",
        "zero:L5H3@0--1",
        "scale:L5H3@4..=0.5",
        "add:z/L5H3<-[7]*2.0",
        "add:z/L5H3@-1..<-/tmp/x.safetensors*1.5",
        "rank:k/L5G1=4",
        "rank:v/L5=12",
        "row:L5H3@7=3:0.6,5:0.4",
        "row:L5H3,L7H1@-1=0:1.0"
      })
  void textsParseToWhatTheyPrint(String text) {
    assertEquals(text, Intervention.parse(text).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rank:q/L5H1=4",
        "rank:k/L5G1=0",
        "rank:k/L5G1",
        "zero:L1H1@3..5",
        "row:L5H3@7",
        "row:L5H3@7=3:0",
        "row:L5H3@7=3:0.7,5:0.7",
        "row:L5H3@7=3:0.5,3:0.5",
        "row:L5H3@7=-1:0.5"
      })
  void refusesOtherTexts(String text) {
    assertThrows(HeadlightException.class, () -> Intervention.parse(text));
  }

  @Test
  void anOffsetIsAddedToOneHeadAtEveryPosition() {
    Tensor before = site(Site.Z);
    Tensor after = site(Site.Z, "add:z/L0H2<-[7]*2");
    float[] offset;
    try (Run run = model.run(RunRequest.of(7).withSites(Site.Z), Progress.NONE).get(0)) {
      offset = run.get(HookName.of(Site.Z, 0)).data();
    }
    int width = before.size(2);
    for (int i = 0; i < before.data().length; i++) {
      boolean head = i / width % before.size(1) == 2;
      float more = head ? 2 * offset[2 * width + i % width] : 0;
      assertEquals(before.data()[i] + more, after.data()[i], 1e-5f);
    }
    HeadlightException outside =
        assertThrows(HeadlightException.class, () -> site(Site.Z, "add:z/L0H99<-[7]*2"));
    assertTrue(outside.getMessage().contains("heads or groups"), outside.getMessage());
  }

  /** Keys of rank 1 are multiples of each other, and a second projection changes nothing. */
  @Test
  void lowRankKeysLieOnOneLine() {
    Tensor keys = site(Site.K, "rank:k/L0G0=1");
    Tensor before = site(Site.K);
    int groups = keys.size(1);
    int width = keys.size(2);
    float[] data = keys.data();
    double most = 0;
    for (int p = 1; p < keys.size(0); p++) {
      double dot = 0;
      double own = 0;
      double first = 0;
      int at = p * groups * width;
      for (int i = 0; i < width; i++) {
        dot += (double) data[at + i] * data[i];
        own += (double) data[at + i] * data[at + i];
        first += (double) data[i] * data[i];
        most = Math.max(most, Math.abs(data[at + i] - before.data()[at + i]));
      }
      assertEquals(1, Math.abs(dot) / Math.sqrt(own * first), 1e-3);
    }
    assertTrue(most > 1e-3, "nothing was taken off");
    for (int i = width; i < 2 * width && groups > 1; i++) {
      assertEquals(before.data()[i], data[i], "another group changed");
    }
    Tensor half = site(Site.K, "rank:k/L0G0=3");
    double kept = 0;
    double whole = 0;
    for (int p = 0; p < half.size(0); p++) {
      for (int i = 0; i < width; i++) {
        kept += Math.pow(half.data()[p * groups * width + i], 2);
        whole += Math.pow(before.data()[p * groups * width + i], 2);
      }
    }
    assertTrue(kept > 0 && kept <= whole * (1 + 1e-6), kept + " of " + whole);
    assertThrows(HeadlightException.class, () -> site(Site.K, "rank:k/L9=1"));
  }

  private static Generation write(String... changes) {
    List<Intervention> all = List.of(changes).stream().map(Intervention::parse).toList();
    GenerateRequest request = GenerateRequest.greedy(TOKENS, 6).withInterventions(all);
    return model.generate(request, (id, logprob) -> {}, Progress.NONE);
  }

  /** What is done to the prompt alone and what is done while writing are two different things. */
  @Test
  void readingAndWritingAreToldApart() {
    String all = "L0H*,L1H*";
    float[] plain = write().logprobs();
    float[] reading = write("zero:" + all + "@0--1").logprobs();
    float[] writing = write("zero:" + all + "@-1..").logprobs();
    float[] both = write("zero:" + all).logprobs();
    // The first token is read off the last position of the prompt, whose own change both share.
    assertTrue(Math.abs(plain[0] - writing[0]) > 1e-4);
    assertTrue(Math.abs(both[0] - writing[0]) > 1e-4);
    assertEquals(both[0], reading[0], 1e-5f);
    assertTrue(Math.abs(both[2] - reading[2]) > 1e-5);
  }
}
