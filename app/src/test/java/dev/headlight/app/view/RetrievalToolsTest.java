package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.retrieval.Definition;
import dev.headlight.app.retrieval.RetrievalState;
import dev.headlight.app.retrieval.SpanPrompt;
import dev.headlight.samples.SampleVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Everything that the retrieval pane offers, once, on the sample whose truth is known. */
class RetrievalToolsTest extends InWindow {
  @TempDir private Path folder;
  private RetrievalPane pane;
  private RetrievalDesk desk;

  /** What is asked for next, and what it was asked with. */
  private Path answer;

  private final List<String> asked = new ArrayList<>();

  @Start
  void start(Stage newStage) {
    show(newStage, "retrieval-tools", 1280, 800);
  }

  @BeforeEach
  void open(FxRobot robot) throws Exception {
    robot.interact(() -> parts.open(ModelSource.of(SampleVersion.parse("world-6l"))));
    await(() -> w.without.get() != null);
    robot.interact(
        () -> {
          parts
              .actions()
              .setFiles(
                  (chooser, save) -> {
                    asked.add(chooser.getTitle() + " " + chooser.getInitialFileName());
                    return answer.toFile();
                  });
          parts.openPane("retrieval");
        });
    WaitForAsyncUtils.waitForFxEvents();
    pane = robot.lookup(".retrieval-pane").queryAs(RetrievalPane.class);
    desk = pane.desk();
  }

  private static <T extends Labeled> T find(Parent in, Class<T> type, String text) {
    for (Node node : in.lookupAll("." + (type == MenuButton.class ? "menu-button" : "button"))) {
      if (type.isInstance(node) && type.cast(node).getText().startsWith(text)) {
        return type.cast(node);
      }
    }
    throw new AssertionError("no " + text);
  }

  private Parent part(FxRobot robot, String style) {
    return robot.lookup(style).queryAs(Parent.class);
  }

  private void fire(FxRobot robot, String part, String text) {
    Button button = find(part(robot, part), Button.class, text);
    robot.interact(
        () -> {
          assertFalse(button.isDisabled(), text);
          button.fire();
        });
  }

  private void choose(FxRobot robot, String part, String item, Path file) throws Exception {
    answer = file;
    MenuItem found =
        find(part(robot, part), MenuButton.class, "…").getItems().stream()
            .filter(i -> i.getText().startsWith(item))
            .findFirst()
            .orElseThrow();
    robot.interact(
        () -> {
          w.notice.set(null);
          assertFalse(found.isDisable(), item);
          found.fire();
        });
    await(90, () -> w.notice.get() != null);
    assertFalse(w.notice.get().problem(), w.notice.get().message());
    assertTrue(Files.size(file) > 0, file.toString());
  }

  private void probe(FxRobot robot) throws Exception {
    robot.clickOn("Probe: stories");
    TextField lengths = robot.lookup(".retrieval-form .text-field").queryAs(TextField.class);
    robot.interact(
        () -> {
          lengths.setText("120");
          lengths.getOnAction().handle(null);
        });
    assertEquals(List.of(120), desk.state().choice().lengths());
    await(90, () -> desk.state().plan() != null && desk.state().plan().ready());
    fire(robot, ".retrieval-form", "Run");
    await(90, () -> desk.state().phase() == RetrievalState.Phase.DONE && desk.atRest());
  }

  @Test
  void everyPartRunsAndIsExported(FxRobot robot) throws Exception {
    probe(robot);
    assertEquals(9, desk.state().findings().answered());
    assertTrue(desk.state().findings().result().success() >= 0.95, desk.state().status());
    List<Head> top = desk.state().findings().top(Definition.CODE, 2);
    assertEquals(Set.of(new Head(2, 0), new Head(2, 4)), Set.copyOf(top));
    figures(robot, ".retrieval-map");
    choose(robot, ".retrieval-map", "Export map", folder.resolve("map.csv"));
    choose(robot, ".retrieval-map", "Export answers", folder.resolve("answers.csv"));
    figures(robot, ".retrieval-heads");

    fire(robot, ".retrieval-curve", "Run");
    await(90, () -> desk.state().curve() != null && desk.atRest());
    choose(robot, ".retrieval-curve", "Export figure", folder.resolve("curve.svg"));
    choose(robot, ".retrieval-curve", "Export as CSV", folder.resolve("curve.csv"));

    fire(robot, ".retrieval-recall", "Run");
    await(90, () -> !desk.recall().isEmpty() && desk.atRest());
    choose(robot, ".retrieval-recall", "Export figure", folder.resolve("recall.png"));
    choose(robot, ".retrieval-recall", "Export as CSV", folder.resolve("recall.csv"));
    assertTrue(Files.readAllLines(folder.resolve("recall.csv")).size() > 2);

    answer =
        Files.writeString(
            folder.resolve("texts.txt"),
            "The red fox met the old owl near the river.\n\nThe password of Anna is silver lamp."
                + " The password of Anna is silver lamp.\n");
    fire(robot, ".retrieval-influence", "Open texts");
    await(90, () -> desk.influence() != null && desk.atRest());
    assertEquals(2, desk.influence().found().size());
    answer = folder.resolve("influence.csv");
    fire(robot, ".retrieval-influence", "CSV");
    await(90, () -> Files.exists(answer) && desk.atRest());
    assertTrue(asked.stream().anyMatch(a -> a.startsWith("Open texts")), asked.toString());
    assertNull(desk.job(RetrievalDesk.Ask.FILE).orElse(null));
  }

  /** A figure in each format, with what it shows beside it. */
  private void figures(FxRobot robot, String part) throws Exception {
    for (String ending : List.of("pdf", "svg", "png")) {
      Path file = folder.resolve(part.substring(1) + "." + ending);
      choose(robot, part, "Export figure", file);
      String begin = new String(Files.readAllBytes(file), 0, 5, StandardCharsets.ISO_8859_1);
      String expected = ending.equals("pdf") ? "%PDF-" : ending.equals("svg") ? "<" : "\u0089PNG";
      assertTrue(begin.startsWith(expected), begin);
    }
    assertTrue(asked.get(asked.size() - 1).contains("world-6l-"), asked.toString());
  }

  @Test
  void partsOfThePromptAreReadBesideASecondOne(FxRobot robot) throws Exception {
    assertTrue(w.prompt.get().contains("\n\nQuestion"));
    fire(robot, ".retrieval-spans", "Run");
    await(90, () -> desk.spans() != null && desk.atRest());
    assertEquals(List.of("This prompt", "Read twice"), desk.spans().titles());
    Parent part = part(robot, ".retrieval-spans");
    Button reader = find(part, Button.class, "Reads the context most");
    robot.interact(reader::fire);
    assertEquals(desk.spans().reader(desk.facts().spec()), w.head.get());
    assertEquals(SpanPrompt.FIRST, desk.spans().shares().get(0).spans().get(0).name());
  }
}
