package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.workbench.RolesView;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The pane of roles, driven by mouse and keys. */
class RolesPaneTest extends InWindow {
  private RolesView view;

  @Start
  void start(Stage newStage) {
    show(newStage, "roles-model", 1440, 900);
  }

  @BeforeEach
  void open(FxRobot robot) throws Exception {
    openStories(robot);
    robot.interact(
        () -> {
          parts.openPane("roles");
          view = parts.rolesView().orElseThrow();
        });
    await(90, () -> w.measured.get().results().size() >= 3 && parts.rolesMeasured());
  }

  private static RoleGrid table(FxRobot robot) {
    return robot.lookup(".role-table").queryAs(RoleGrid.class);
  }

  @Test
  void headersSortAndKeysWalkAndOpen(FxRobot robot) throws Exception {
    Label header =
        robot.lookup(".role-header").queryAllAs(Label.class).stream()
            .filter(l -> l.getText().startsWith("First token"))
            .findFirst()
            .orElseThrow();
    robot.clickOn(header);
    assertEquals("first.descending", view.order.get().toString());
    Head top = table(robot).getItems().get(0);
    assertNotEquals(new Head(0, 0), top);
    robot.interact(() -> table(robot).requestFocus());
    robot.push(KeyCode.HOME);
    assertEquals(top, w.head.get());
    robot.push(KeyCode.DOWN);
    assertEquals(table(robot).getItems().get(1), w.head.get());
    robot.push(KeyCode.END);
    assertEquals(table(robot).getItems().get(39), w.head.get());
    int shown = robot.lookup(".role-table .table-row-cell").queryAll().size();
    assertTrue(shown < 40, "rows out of sight have no nodes: " + shown);
    robot.push(KeyCode.ENTER);
    await(90, () -> robot.lookup(".heatmap").tryQuery().isPresent());
  }

  @Test
  void rulesSayWhatIsWrongWhileOneTypes(FxRobot robot) throws Exception {
    robot.interact(
        () -> {
          view.finding.set(true);
          view.query.set("ab(c");
          view.key.set("[Tt]");
        });
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(
        robot.lookup(".problem").queryAllAs(Label.class).stream()
            .anyMatch(l -> l.isVisible() && l.getText().contains("is no regular expression")));
    robot.interact(() -> view.query.set("[a-z]"));
    await(
        () ->
            robot.lookup(".caption").queryAllAs(Label.class).stream()
                .anyMatch(l -> l.getText().startsWith("On this prompt ")));
    robot.clickOn("Find by rule");
    await(90, () -> view.order.get().score().equals("rule"));
    assertNotNull(w.measured.get());
    assertNull(w.notice.get());
    double top = view.table().get().numbers().score("rule", table(robot).getItems().get(0));
    double last = view.table().get().numbers().score("rule", table(robot).getItems().get(39));
    assertTrue(top > last);
  }

  @Test
  void drawnCellsFindHeads(FxRobot robot) throws Exception {
    robot.interact(() -> view.finding.set(true));
    WaitForAsyncUtils.waitForFxEvents();
    assertTrue(robot.lookup("Find by drawing").query().isDisabled());
    PatternPad pad = robot.lookup(".pattern-pad").queryAs(PatternPad.class);
    robot.clickOn(pad.localToScreen(5, 45)); // Row 4, column 0.
    assertTrue(pad.drawn().marked(4, 0));
    robot.push(KeyCode.DOWN).push(KeyCode.SPACE);
    assertTrue(pad.drawn().marked(5, 0));
    assertFalse(pad.drawn().marked(6, 0));
    robot.clickOn("Find by drawing");
    await(90, () -> view.order.get().score().equals("pattern"));
    assertEquals("pattern", view.role.get());
  }
}
