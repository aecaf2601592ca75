package dev.headlight.app.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.roles.Prompts;
import dev.headlight.analysis.roles.PromptsJob;
import dev.headlight.analysis.roles.RoleScores;
import dev.headlight.analysis.roles.RuleJob;
import dev.headlight.analysis.roles.TokenRule;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.scores.StandardScores;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.PromptSource;
import dev.headlight.app.job.Delay;
import dev.headlight.app.job.SameThreadJobRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of roles on a small trained model, every answer at once. */
class RolesViewTest {
  private final Workbench w = new Workbench();
  private final ModelHost host = new ModelHost();
  private final WorkbenchController controller =
      new WorkbenchController(w, host, new SameThreadJobRunner(), Delay.NONE);
  private RolesView view;

  @TempDir private Path folder;

  @BeforeEach
  void open() {
    view = new RolesView(w, new ArrangedHeads(w));
    assertNull(view.table().get());
    controller.open(Fixtures.stories(), () -> {}, () -> {});
    w.prompt.set("Once upon a time there was a cat. The cat sat. The cat ran.");
  }

  @AfterEach
  void close() {
    host.close();
  }

  private RoleTable table() {
    return view.table().get();
  }

  private void measure(HeadScore score) {
    keep(((HeadScore.OfJob) score.origin()).job());
  }

  private void keep(ScoreJob job) {
    w.measured.set(w.measured.get().plus(job, host.measure(w.model.get(), job, Progress.NONE)));
  }

  @Test
  void headersSortBothWaysAndThenByLayer() {
    assertEquals(40, table().heads().size());
    view.sortBy("local");
    List<Head> down = table().heads();
    for (int i = 1; i < down.size(); i++) {
      assertTrue(
          table().numbers().score("local", down.get(i - 1))
              >= table().numbers().score("local", down.get(i)));
    }
    assertEquals("local", view.role.get());
    view.sortBy("local");
    assertEquals(down.get(0), table().heads().get(39));
    view.sortBy("local");
    assertEquals(new Head(0, 0), table().heads().get(0));
  }

  @Test
  void theFilterIsThatOfTheGrid() {
    w.headFilter.set("layer = 2 and local >= 0");
    assertEquals(8, table().heads().size());
    w.headFilter.set("layer = 2 and copying > -2");
    assertEquals(0, table().heads().size(), "not measured yet");
    assertEquals("–", table().cell(new Head(2, 0), RoleScores.COPYING).text());
    measure(RoleScores.COPYING);
    assertEquals(8, table().heads().size());
    assertEquals("", table().cell(new Head(2, 0), RoleScores.COPYING).spread());
  }

  @Test
  void severalPromptsHaveASpread() throws IOException {
    Path file = folder.resolve("prompts.txt");
    Files.writeString(file, "The cat sat on the mat.\n\nOnce there was a dog and a dog.\n");
    view.source.set(PromptSource.of(file));
    assertEquals("–", table().cell(new Head(1, 1), RoleScores.LOCAL).text(), "not measured yet");
    Prompts prompts = host.prompts(view.source.get(), w.bos.get());
    assertEquals("2 prompts of prompts.txt", prompts.name());
    PromptsJob job = new PromptsJob(prompts, RolesView.ofPass());
    view.averaged.set(host.measure(w.model.get(), job, Progress.NONE));
    assertTrue(table().cell(new Head(1, 1), RoleScores.LOCAL).spread().startsWith("±"));
    assertEquals("2 prompts of prompts.txt", view.conditions().get("local"));
    assertTrue(table().rows(view.conditions()).stream().anyMatch(r -> r.runs() == 2));
    view.source.set(PromptSource.PROMPT);
    assertEquals("", table().cell(new Head(1, 1), RoleScores.LOCAL).spread());
  }

  @Test
  void answersToQuestionsAreColumns() {
    int before = table().columns().size();
    int[] ids = w.run.get().tokens().ids();
    Prompts here = new Prompts(List.of(ids), "here", List.of("--prompt=x"));
    keep(new RuleJob(new TokenRule("c", "[Tt]"), here));
    assertEquals(before + 2, table().columns().size());
    double first = table().numbers().score("rule", new Head(1, 1));
    keep(new RuleJob(new TokenRule("[a-z]", "[Tt]"), here));
    assertEquals(before + 2, table().columns().size(), "the newer answer takes its place");
    assertTrue(first != table().numbers().score("rule", new Head(1, 1)));
    assertTrue(view.conditions().get("rule").contains("/[a-z]/"));
    assertEquals(GridColour.valueOf("rule"), new GridColour("rule"));
  }

  @Test
  void marksWhereDefinitionsDisagree() {
    measure(StandardScores.INDUCTION);
    RoleNumbers numbers = table().numbers();
    for (Head head : table().heads()) {
      double random = numbers.score("induction", head);
      double text = numbers.score("inductionText", head);
      boolean apart = (random >= 0.4) != (text >= 0.4) && Math.abs(random - text) >= 0.2;
      for (HeadScore score : List.of(StandardScores.INDUCTION, RoleScores.INDUCTION_TEXT)) {
        assertEquals(apart, table().cell(head, score).against().isPresent(), head.toString());
      }
    }
    assertFalse(table().cell(new Head(0, 0), StandardScores.ENTROPY).against().isPresent());
  }

  @Test
  void sourcesRoundTripAsText() {
    for (PromptSource source :
        List.of(PromptSource.PROMPT, PromptSource.LIBRARY, PromptSource.of(folder))) {
      assertEquals(source, PromptSource.parse(source.toString()));
    }
    assertEquals(PromptSource.PROMPT, PromptSource.parse("file:"));
  }

  @Test
  void numbersAreShort() {
    assertEquals("0.62", RoleTable.number(0.618));
    assertEquals("−0.62", RoleTable.number(-0.618));
    assertEquals("–", RoleTable.number(Double.NaN));
  }
}
