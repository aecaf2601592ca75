package dev.headlight.analysis.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationTest {
  private static final int[] PROMPT = {3, 14, 15, 92, 65, 35, 89, 79, 32};

  /** What the cache gives is what whole passes give, for every kind of position and change. */
  @ParameterizedTest
  @CsvSource({
    "gpt2,",
    "gpt_neox,",
    "llama,",
    "mistral,",
    "qwen3,",
    "gpt_neo,",
    "gptj,",
    "opt_350m,",
    "phi3,",
    "phi3_longrope,",
    "gemma2,",
    "gemma3_text,",
    "falcon_new,",
    "bloom,",
    "mpt,",
    "mixtral,",
    "qwen2_moe,",
    "bloom,uniform:L1H*",
    "gemma2,column:L*H*/0=0.2",
    "llama,zero:L0H1",
    "llama,uniform:L1H*",
    "llama,'move:L*H*/1,2=0.4'",
    "llama,temperature:L*H*=2",
    "mistral,column:L*H*/0=0.2",
    "gpt2,scale:L1H0=3"
  })
  void theCacheAgreesWithWholePasses(String family, String change) {
    agrees(family, change, PROMPT);
  }

  /** LongRoPE turns all keys anew when the text outgrows the short frequencies (48 here). */
  @ParameterizedTest
  @ValueSource(ints = {42, 47, 48, 49})
  void theCacheIsReadAgainWhereFrequenciesSwitch(int length) {
    int[] prompt = new Random(5).ints(length, 5, 300).toArray();
    agrees("phi3_longrope", "scale:L1H0@3-9=2", prompt);
  }

  private static void agrees(String family, String change, int[] prompt) {
    List<Intervention> changes = change == null ? List.of() : List.of(Intervention.parse(change));
    try (Model model = Model.open(Parity.folder(family), Progress.NONE)) {
      Generation written =
          model.generate(
              GenerateRequest.greedy(prompt, 12).withInterventions(changes),
              (id, p) -> {},
              Progress.NONE);
      int[] text = prompt;
      for (int i = 0; i < 12; i++) {
        try (Run run =
            model.run(RunRequest.of(text).withInterventions(changes), Progress.NONE).get(0)) {
          float[] logits = run.logits(-1);
          int best = written.tokens()[i];
          for (float logit : logits) {
            assertTrue(logit <= logits[best] + 1e-4, "token " + i);
          }
          assertEquals(logprob(logits, best), written.logprobs()[i], 1e-4);
          text = Arrays.copyOf(text, text.length + 1);
          text[text.length - 1] = best;
        }
      }
    }
  }

  private static double logprob(float[] logits, int id) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    return logits[id] - Math.log(sum);
  }

  @Test
  void encodersDoNotWrite() {
    try (Model model = Model.open(Parity.folder("bert"), Progress.NONE)) {
      GenerateRequest request = GenerateRequest.greedy(PROMPT, 3);
      HeadlightException e =
          assertThrows(
              HeadlightException.class,
              () -> model.generate(request, (id, p) -> {}, Progress.NONE));
      assertTrue(e.getMessage().contains("encoder"), e.getMessage());
    }
  }

  @Test
  void changesChangeWhatIsWritten() {
    try (Model model = Model.open(Parity.folder("llama"), Progress.NONE)) {
      GenerateRequest plain = GenerateRequest.greedy(PROMPT, 20);
      int[] base = model.generate(plain, (id, p) -> {}, Progress.NONE).tokens();
      List<Intervention> zero = List.of(Intervention.parse("zero:L*H*"));
      int[] masked =
          model.generate(plain.withInterventions(zero), (id, p) -> {}, Progress.NONE).tokens();
      assertFalse(Arrays.equals(base, masked));
    }
  }

  @Test
  void stopsAtStopsAtTheLimitAndWhereThePositionsEnd() {
    try (Model model = Model.open(Parity.folder("gpt2"), Progress.NONE)) {
      Generation free =
          model.generate(GenerateRequest.greedy(PROMPT, 5), (id, p) -> {}, Progress.NONE);
      assertEquals(5, free.tokens().length);
      assertFalse(free.stopped());
      Generation stopped =
          model.generate(
              GenerateRequest.greedy(PROMPT, 5).withStops(Set.of(free.tokens()[0])),
              (id, p) -> {},
              Progress.NONE);
      assertArrayEquals(new int[] {free.tokens()[0]}, stopped.tokens());
      assertTrue(stopped.stopped());
      int[] full = new int[model.spec().maxPositions() - 2];
      Generation ended =
          model.generate(GenerateRequest.greedy(full, 50), (id, p) -> {}, Progress.NONE);
      assertEquals(2, ended.tokens().length);
    }
  }

  @Test
  void samplingIsTheSeeds() {
    try (Model model = Model.open(Parity.folder("gpt2"), Progress.NONE)) {
      GenerateRequest hot = GenerateRequest.greedy(PROMPT, 12).sampling(1.5, 1);
      int[] first = model.generate(hot, (id, p) -> {}, Progress.NONE).tokens();
      int[] again = model.generate(hot, (id, p) -> {}, Progress.NONE).tokens();
      int[] other = model.generate(hot.sampling(1.5, 2), (id, p) -> {}, Progress.NONE).tokens();
      assertArrayEquals(first, again);
      assertFalse(Arrays.equals(first, other));
    }
  }

  /** What runs, generations and cancels leave behind is nothing. */
  @Test
  void noArraysAreLeaked() {
    try (Model model = Model.open(Parity.folder("mistral"), Progress.NONE)) {
      int before = model.liveArrays();
      RunRequest request = RunRequest.of(PROMPT).forViewing();
      Run run = model.run(request, Progress.NONE).get(0);
      assertTrue(model.liveArrays() > before);
      run.map(new Head(0, 0)).weights();
      run.close();
      run.close();
      assertEquals(before, model.liveArrays());
      model.generate(GenerateRequest.greedy(PROMPT, 3), (id, p) -> {}, Progress.NONE);
      assertEquals(before, model.liveArrays());
      Job<Integer> job =
          Job.of(
              "cancelled",
              p -> {
                Progress stopping = stopAfter(p, 1);
                return model.run(request, stopping).size();
              });
      assertEquals(Job.State.CANCELLED, job.run());
      assertEquals(before, model.liveArrays());
      assertThrows(
          CancellationException.class,
          () ->
              model.generate(GenerateRequest.greedy(PROMPT, 3), (id, p) -> {}, stopAfter(job, 1)));
      assertEquals(before, model.liveArrays());
    }
  }

  private static Progress stopAfter(Progress outer, int reports) {
    int[] seen = {0};
    return new Progress() {
      @Override
      public void report(double fraction, String message) {
        seen[0]++;
      }

      @Override
      public boolean cancelled() {
        return seen[0] >= reports || outer.cancelled();
      }
    };
  }
}
