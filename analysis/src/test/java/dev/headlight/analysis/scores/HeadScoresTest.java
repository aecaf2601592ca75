package dev.headlight.analysis.scores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.scores.HeadScore.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadScoresTest {
  private static HeadScore score(String id) {
    return HeadScore.ofPass(id, "Title", "", "formula", "", Range.SHARE, HeadStatistics::entropy);
  }

  @Test
  void packagesAddTheirScores() {
    HeadScores more = HeadScores.standard().plus(List.of(score("sinkRate")));
    assertEquals(HeadScores.standard().all().size() + 1, more.all().size());
    assertEquals("sinkRate", more.ids().get(more.ids().size() - 1));
    assertEquals("Entropy", more.get("entropy").title());
  }

  @Test
  void idsAreWordsAndEachIsThereOnce() {
    assertThrows(IllegalArgumentException.class, () -> score("sink rate"));
    assertThrows(
        IllegalArgumentException.class,
        () -> HeadScores.standard().plus(List.of(score("entropy"))));
  }

  @Test
  void anUnknownIdNamesTheOthers() {
    HeadlightException e =
        assertThrows(HeadlightException.class, () -> HeadScores.standard().get("inductoin"));
    assertTrue(e.getMessage().contains("entropy, distance, first, previous"), e.getMessage());
  }

  @Test
  void everyScoreSaysWhatItIs() {
    for (HeadScore score : HeadScores.standard().all()) {
      assertTrue(!score.title().isEmpty() && !score.formula().isEmpty(), score.id());
      if (score.origin() instanceof HeadScore.OfJob own) {
        assertTrue(own.job().scores().contains(score.id()), score.id());
      }
    }
  }
}
