package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.pairs.PairAsk;
import dev.headlight.app.pairs.PairDesk;
import dev.headlight.app.view.pairs.PairBuilder;
import dev.headlight.renderer.Theme;
import dev.headlight.samples.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The control that builds pairs, in a window of its own, with the story sample as the model. */
@ExtendWith(ApplicationExtension.class)
class PairBuilderTest {
  private static final String CLEAN = "When Mary and John went to the shop, John gave a drink to";

  @TempDir private Path folder;

  private Model model;
  private PairBuilder builder;
  private Scene scene;
  private Stage stage;

  @Start
  void start(Stage newStage) {
    FxFonts.load();
    model = Model.open(Samples.folder("world-6l"), Progress.NONE);
    builder =
        new PairBuilder(
            new PairAsk() {
              @Override
              public <T> void ask(
                  Object kind, String title, ModelQuestion<T> question, Consumer<T> answer) {
                answer.accept(question.ask(model, Progress.NONE));
              }
            },
            file -> {});
    scene = new Scene(builder, 900, 300);
    Themes.apply(scene, Theme.LIGHT);
    stage = newStage;
    stage.setScene(scene);
    stage.show();
  }

  @AfterEach
  void close(FxRobot robot) {
    robot.interact(stage::hide);
    model.close();
  }

  private void write(FxRobot robot, String style, String text) throws Exception {
    robot.interact(
        () -> {
          Node field = robot.lookup(style).query();
          if (field instanceof TextArea area) {
            area.setText(text);
          } else {
            ((TextField) field).setText(text);
          }
        });
    InWindow.await(() -> builder.desk().shown().isPresent());
  }

  private static long chips(FxRobot robot) {
    return robot.lookup(".pair-tokens .token-chip").queryAll().stream()
        .filter(
            c ->
                c.getPseudoClassStates().stream()
                    .anyMatch(p -> "different".equals(p.getPseudoClassName())))
        .count();
  }

  @Test
  void aPairIsTypedPutRightAndAnswered(FxRobot robot) throws Exception {
    PairDesk desk = builder.desk();
    assertFalse(robot.lookup(".pair-tokens").query().isVisible());
    write(robot, ".pair-clean", CLEAN);
    write(robot, ".pair-corrupt", CLEAN.replace(", John", ", Elizabeth"));
    InWindow.await(() -> desk.shown().orElseThrow().fixes().size() == 1);
    assertTrue(robot.lookup(".pair-gap").tryQuery().isPresent());
    Button first = robot.lookup(".pair-substitute").queryButton();
    assertTrue(first.getText().startsWith("Elizabeth → "), first.getText());
    robot.clickOn(first);
    InWindow.await(() -> desk.shown().orElseThrow().alignment().aligned());
    assertEquals(2, chips(robot));
    TextArea corrupt = robot.lookup(".pair-corrupt").query();
    assertFalse(corrupt.getText().contains("Elizabeth"));

    InWindow.await(() -> !desk.answers().next().isEmpty());
    robot.clickOn(robot.lookup(".pair-next").<Node>query());
    InWindow.await(() -> desk.draft().answer().equals("Mary"));
    write(robot, ".pair-wrong", "John");
    InWindow.await(() -> desk.ready().size() == 1 && desk.answers().clean().isPresent());
    assertTrue(desk.answers().clean().getAsDouble() > 0);
    Label state = robot.lookup(".pair-state").query();
    assertEquals(desk.shown().orElseThrow().alignment().explanation(), state.getText());
  }

  @Test
  void pairsAreDrawnAndLookRightInBothThemes(FxRobot robot) throws Exception {
    robot.clickOn(".pair-draw");
    robot.interact(() -> robot.lookup(".pair-count").<TextField>query().setText("7"));
    robot.clickOn(".pair-draw-now");
    InWindow.await(() -> builder.desk().ready().size() == 7);
    assertEquals(5, robot.lookup(".pair-role").queryAll().stream().filter(Node::isVisible).count());
    assertFalse(robot.lookup(".pair-clean").query().getParent().getParent().isVisible());
    robot.interact(() -> builder.edit(true));
    for (Theme theme : Theme.values()) {
      Path picture = folder.resolve(theme + ".png");
      robot.interact(
          () -> {
            Themes.apply(scene, theme);
            builder.applyCss();
            builder.layout();
            Screenshots.write(builder, 1, picture);
          });
      assertTrue(Files.size(picture) > 2000, picture.toString());
    }
  }
}
