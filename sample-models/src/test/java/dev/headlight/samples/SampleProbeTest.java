package dev.headlight.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.retrieval.NeedleBuilder;
import dev.headlight.analysis.retrieval.NeedleSettings;
import dev.headlight.analysis.retrieval.ProbeTexts;
import dev.headlight.analysis.retrieval.RetrievalJob;
import dev.headlight.analysis.retrieval.RetrievalListener;
import dev.headlight.analysis.retrieval.RetrievalProbe;
import dev.headlight.analysis.retrieval.RetrievalRequest;
import dev.headlight.analysis.retrieval.RetrievalResult;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.ScoreJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The probe that the sample of stories is asked when nobody names texts. */
class SampleProbeTest {
  private static final Set<Head> FETCHING = Set.of(Head.parse("L2H0"), Head.parse("L2H4"));

  @Test
  void theSampleFindsItsOwnNeedlesAndItsTwoHeadsAreFirst() {
    try (Model model = Model.open(Samples.folder("world-6l"), Progress.NONE)) {
      RetrievalJob job = RetrievalJob.STANDARD.reading(SampleProbe.INSTANCE);
      ScoreJob.Result result = job.measure(model, Progress.NONE);
      int found = result.tables().get("retrieval").runs();
      assertTrue(found >= 0.95 * 18, result.conditions());
      assertTrue(result.conditions().contains("stories of the sample"), result.conditions());
      List<Head> heads = new ArrayList<>();
      for (int i = 0; i < 48; i++) {
        heads.add(new Head(i / 8, i % 8));
      }
      heads.sort(Comparator.comparingDouble(h -> -result.tables().get("retrieval").at(h)));
      assertEquals(FETCHING, Set.copyOf(heads.subList(0, 2)), result.tables().toString());
    }
  }

  /** At every depth, up to what the positions hold. */
  @Test
  void needlesAreFoundAtAnyLengthAndDepth() {
    try (Model model = Model.open(Samples.folder("world-6l"), Progress.NONE)) {
      NeedleSettings settings =
          NeedleSettings.of(
              SampleProbe.INSTANCE.of(model),
              List.of(100, 300, 700, 1004),
              List.of(0.0, 0.25, 0.5, 0.75, 1.0));
      RetrievalRequest request =
          RetrievalRequest.of(NeedleBuilder.build(model, settings).episodes());
      RetrievalResult result =
          RetrievalProbe.run(model, request, RetrievalListener.NONE, Progress.NONE);
      assertEquals(60, result.results().size());
      assertTrue(result.success() >= 0.95, "found " + result.success());
    }
  }

  @Test
  void checkpointsAreKnownAndOtherModelsAreNot() {
    try (Model early = Model.open(Samples.folder("world-6l", 10), Progress.NONE);
        Model tales = Model.open(Samples.folder("induction-2l"), Progress.NONE)) {
      assertTrue(SampleProbe.INSTANCE.knows(early));
      assertFalse(SampleProbe.INSTANCE.knows(tales));
      assertSame(ProbeTexts.STANDARD, SampleProbe.INSTANCE.of(tales));
    }
  }
}
