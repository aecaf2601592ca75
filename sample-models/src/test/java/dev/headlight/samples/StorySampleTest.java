package dev.headlight.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.samples.measure.NeedleScores;
import dev.headlight.samples.measure.ObjectScores;
import dev.headlight.samples.measure.StoryTrial;
import dev.headlight.samples.world.NeedlePrompt;
import dev.headlight.samples.world.Vocabulary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the shipped model of stories can do, on draws that are new in every run. */
class StorySampleTest {
  private static final String NAME = "world-6l";

  private static Model model;
  private static StoryTrial trial;

  @BeforeAll
  static void open() {
    model = Model.open(Samples.folder(NAME), Progress.NONE);
    trial = new StoryTrial(model.transformer(), Vocabulary.stories(), System.nanoTime());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static List<NeedlePrompt> mixed() {
    List<NeedlePrompt> prompts = new ArrayList<>();
    for (int tokens : new int[] {150, 300, 600, 1000}) {
      prompts.addAll(trial.prompts(11, tokens, 0));
    }
    return prompts;
  }

  /** Hidden facts up to a thousand tokens back are answered, and few heads fetch the answers. */
  @Test
  void needlesAreAnsweredByFewHeads() {
    NeedleScores scores = trial.needles(mixed(), Set.of());
    String found = scores.right() + " of " + scores.asked() + ", seed " + trial.seed();
    assertTrue(scores.share() >= 0.95, found);
    String heads = scores.retrieval() + ", seed " + trial.seed();
    assertTrue(scores.above(0.5) >= 1, heads);
    assertTrue(scores.above(0.1) < 0.15 * scores.retrieval().size(), heads);
  }

  /** Without the heads that fetch, the answers are gone; without as many others, they are not. */
  @Test
  void needlesNeedTheHeadsThatFetch() {
    List<NeedlePrompt> prompts = trial.prompts(16, 400, 0);
    NeedleScores all = trial.needles(prompts, Set.of());
    int count = (int) all.above(0.1);
    Set<Head> top = new HashSet<>(all.ranked().subList(0, count));
    double without = trial.needles(prompts, top).share();
    double others = trial.withoutOthers(prompts, top);
    String found = "without " + top + ": " + without + ", without as many others: " + others;
    assertTrue(without <= 0.4, found + ", seed " + trial.seed());
    assertTrue(others >= 0.85, found + ", seed " + trial.seed());
  }

  @Test
  void indirectObjectsAreRight() {
    ObjectScores scores = trial.objects(300);
    assertTrue(scores.right() >= 0.95, scores + ", seed " + trial.seed());
    assertTrue(scores.difference() > 2, scores + ", seed " + trial.seed());
  }

  @Test
  void someHeadDoesInduction() {
    double best = trial.stripes().induction();
    assertTrue(best >= 0.6, best + ", seed " + trial.seed());
  }

  @Test
  void itIsALlamaOfAThousandPositions() {
    assertEquals("llama", model.spec().family());
    assertTrue(model.spec().maxPositions() >= 1024);
    assertTrue(model.spec().kvHeads() < model.spec().heads());
  }

  @Test
  void textsAreReadAsTheyWereDrawn() {
    for (NeedlePrompt prompt : trial.prompts(4, 200, 2)) {
      Tokens tokens = model.tokenizer().orElseThrow().encode(prompt.text());
      assertArrayEquals(prompt.ids(), tokens.ids(), prompt.text());
      String answer = prompt.needle().answer();
      int end = tokens.end(prompt.to() - 1);
      assertEquals(answer, prompt.text().substring(end - answer.length(), end));
    }
  }

  /** Every checkpoint opens, and the heads that fetch are not there in the first. */
  @Test
  void checkpointsShowHeadsForming() {
    List<Integer> steps = Samples.describe(NAME).checkpoints();
    assertTrue(steps.size() >= 8, steps.toString());
    for (int step : steps) {
      try (Model early = Model.open(Samples.folder(NAME, step), Progress.NONE)) {
        assertEquals(model.spec().layers(), early.spec().layers());
        if (step == steps.get(0)) {
          StoryTrial then = new StoryTrial(early.transformer(), trial.vocabulary(), trial.seed());
          assertTrue(then.stripes().induction() < 0.3);
          assertEquals(0, then.needles(trial.prompts(6, 150, 0), Set.of()).right());
        }
      }
    }
  }
}
