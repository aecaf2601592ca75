package dev.headlight.app.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.retrieval.PromptSpan;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.text.Bos;
import dev.headlight.app.Fixtures;
import dev.headlight.app.retrieval.SpanPrompt.Second;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of prompts, and what answers read of them. */
class SpanPromptTest {
  private static final SpanPrompt PLAIN =
      SpanPrompt.of(
          "This prompt",
          "Lily had a red ball. She was sad.\n\nWho was sad?",
          Optional.empty(),
          Bos.DEFAULT);

  @TempDir private Path folder;

  private static List<String> names(SpanPrompt.Written written) {
    return written.spans().stream().map(PromptSpan::name).toList();
  }

  /** Every token belongs to one part at most. */
  private static void disjoint(SpanPrompt.Written written) {
    int[] seen = new int[written.tokens().length];
    written.spans().forEach(s -> s.positions().forEach(p -> seen[p]++));
    assertTrue(Arrays.stream(seen).allMatch(n -> n <= 1), Arrays.toString(seen));
  }

  @Test
  void questionsFollowAnEmptyLineOrTheLastSentence() {
    assertEquals(6, SpanPrompt.question("A b.\n\nC d?"));
    assertEquals(4, SpanPrompt.question("A b. C d"));
    assertEquals(0, SpanPrompt.question("Who is it?"));
  }

  @Test
  void partsAreThoseOfTheTextAndOfItsRepetition() {
    try (Model model = Model.open(Fixtures.stories().location().get(), Progress.NONE)) {
      SpanPrompt.Written once = PLAIN.write(model);
      assertEquals(List.of("first token", "context", "question"), names(once));
      disjoint(once);
      SpanPrompt.Written twice = PLAIN.second(Second.TWICE, "").orElseThrow().write(model);
      assertEquals(
          List.of("first token", "context", "question", "context, again", "question, again"),
          names(twice));
      disjoint(twice);
      assertTrue(PLAIN.second(Second.NONE, "").isEmpty());
      SpanPrompt blank = PLAIN.second(Second.OWN, " ").orElseThrow();
      assertThrows(
          HeadlightException.class,
          () -> SpanPrompt.of("x", "", Optional.empty(), Bos.OFF).write(model));
      assertEquals(" ", blank.text());
    }
  }

  @Test
  void turnsComeThroughTheChatTemplate() throws Exception {
    try (Model model = Model.open(Fixtures.chatModel(folder.resolve("chat")), Progress.NONE)) {
      SpanPrompt.Written written = PLAIN.second(Second.CHAT, "").orElseThrow().write(model);
      assertTrue(names(written).containsAll(List.of("context", "question", "template")));
      disjoint(written);
      int all = written.spans().stream().mapToInt(s -> s.positions().size()).sum();
      assertEquals(written.tokens().length, all);
    }
  }

  @Test
  void sharesOfAllPartsAndOfTheAnswerItselfAreOne() {
    try (Model model = Model.open(Fixtures.stories().location().get(), Progress.NONE)) {
      ModelSpec spec = model.spec();
      List<SpanPrompt> prompts = List.of(PLAIN, PLAIN.second(Second.TWICE, "").orElseThrow());
      SpanFindings found = new RetrievalWork().spans(prompts).ask(model, Progress.NONE);
      assertEquals(List.of("This prompt", "Read twice"), found.titles());
      List<SpanFindings.Row> rows = found.rows(spec, Optional.of(new Head(1, 2)));
      assertEquals(6, rows.size());
      for (int prompt = 0; prompt < 2; prompt++) {
        int of = prompt;
        double sum =
            rows.stream().mapToDouble(r -> r.share()[of]).filter(v -> !Double.isNaN(v)).sum();
        assertEquals(1, sum, 1e-6);
        assertTrue(rows.get(5).share()[of] > -1e-6, "the answer reads itself or not");
      }
      assertTrue(Double.isNaN(rows.get(4).share()[0]), "the first prompt has no repetition");
      Head reader = found.reader(spec);
      double most = found.rows(spec, Optional.of(reader)).get(1).share()[0];
      for (int i = 0; i < spec.layers() * spec.heads(); i++) {
        Head head = new Head(i / spec.heads(), i % spec.heads());
        assertTrue(found.rows(spec, Optional.of(head)).get(1).share()[0] <= most);
      }
    }
  }
}
