package dev.headlight.analysis.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models without a vocabulary head have everything but logits. */
class BodyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert_body",
        "albert_body",
        "roberta_tokens",
        "distilbert_classes",
        "electra_discriminator"
      })
  void haveMapsAndStreamsButNoLogits(String folder) {
    try (Model model = Model.open(Parity.folder(folder), Progress.NONE)) {
      assertFalse(model.spec().hasLogits());
      assertFalse(model.spec().tiedEmbeddings());
      assertFalse(Sites.of(model.spec()).contains(Site.LOGITS));
      RunRequest request = RunRequest.of(5, 6, 7).withSites(Site.RESID_POST).forViewing();
      try (Run run = model.run(request.withAllLogits(), Progress.NONE).get(0)) {
        assertEquals(3, run.get(HookName.of(Site.RESID_POST, 1)).size(0));
        assertEquals(3, run.map(new Head(1, 2)).length());
        assertTrue(run.statistics().isPresent());
        assertNamesSites(() -> run.logits(-1));
        assertNamesSites(() -> run.get(HookName.of(Site.LOGITS)));
      }
    }
  }

  @Test
  void logitsThatAreAskedForNameTheSitesThereAre() {
    try (Model model = Model.open(Parity.folder("bert_body"), Progress.NONE)) {
      int before = model.liveArrays();
      RunRequest request = RunRequest.of(5, 6, 7);
      assertNamesSites(() -> model.run(request.withSites(Site.LOGITS), Progress.NONE));
      assertEquals(before, model.liveArrays());
      // A change of what comes before works all the same.
      RunRequest zero = request.plus(Intervention.parse("mean:L0H1"));
      model.run(zero, Progress.NONE).forEach(Run::close);
      assertEquals(before, model.liveArrays());
    }
  }

  @Test
  void cannotWriteOn() {
    try (Model model = Model.open(Parity.folder("bert_body"), Progress.NONE)) {
      GenerateRequest request = GenerateRequest.greedy(new int[] {5, 6}, 3);
      HeadlightException e =
          assertThrows(
              HeadlightException.class,
              () -> model.generate(request, (id, logprob) -> {}, Progress.NONE));
      assertTrue(e.getMessage().contains("encoder"), e.getMessage());
    }
  }

  private static void assertNamesSites(Executable asked) {
    HeadlightException e = assertThrows(HeadlightException.class, asked);
    assertTrue(e.getMessage().contains("no logits"), e.getMessage());
    assertTrue(e.getMessage().contains("normalized_resid_post"), e.getMessage());
    assertEquals(HeadlightException.Kind.INPUT, e.kind());
  }
}
