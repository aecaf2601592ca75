package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.ChatMessage;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.export.FigureContent;
import dev.headlight.app.job.FxJobRunner;
import dev.headlight.app.models.CachedModel;
import dev.headlight.app.models.FakeHub;
import dev.headlight.app.prompts.PromptLibrary;
import dev.headlight.app.prompts.SavedPrompt;
import dev.headlight.app.workbench.Workbench;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javafx.application.Platform;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Prompts, chat turns and where models come from, in the window. */
@ExtendWith(ApplicationExtension.class)
class PromptEditorTest {
  private static final int PATIENCE_SECONDS = 60;
  private static final long BLOCKED_NANOS = 50_000_000L;

  @TempDir Path scratch;
  private WorkbenchParts parts;
  private Workbench w;
  private Stage stage;
  private Path model;

  @Start
  void start(Stage newStage) {
    ModelChoices choices =
        new ModelChoices(
            List.of(),
            List::of,
            r -> ModelSource.of(Path.of(r)),
            () -> List.of(new CachedModel("org/tiny", "0123456789", model, true)));
    parts = new WorkbenchParts(new FxJobRunner("test-model"), choices, reference -> {});
    w = parts.workbench();
    stage = newStage;
    stage.setScene(parts.scene(1280, 800));
    stage.show();
  }

  @BeforeEach
  void open(FxRobot robot) throws Exception {
    model = Fixtures.chatModel(scratch.resolve("chat-model"));
    robot.interact(
        () -> {
          parts.open(ModelSource.of(model));
          w.prompt.set("Hi");
        });
    await(() -> w.run.get() != null && w.next.get() != null);
  }

  @AfterEach
  void close(FxRobot robot) {
    robot.interact(
        () -> {
          stage.hide();
          parts.close();
        });
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, condition);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private static PromptEditor editor(FxRobot robot) {
    return robot.lookup(n -> n instanceof PromptEditor).queryAs(PromptEditor.class);
  }

  @Test
  void aPromptBecomesTurnsAndSaysWhatWasApplied(FxRobot robot) throws Exception {
    ToggleButton chat =
        robot
            .lookup(n -> n instanceof ToggleButton b && "Chat".equals(b.getText()))
            .queryAs(ToggleButton.class);
    robot.interact(chat::fire);
    await(() -> w.written.get() != null && w.run.get() != null);
    assertEquals(List.of(new ChatMessage("user", "Hi")), w.chat.get().messages());
    assertEquals("<|endoftext|>user: Hi\nassistant:", w.tokens.get().text());
    Label said =
        robot
            .lookup(
                n ->
                    n instanceof Label l && "%s".formatted(l.getText()).startsWith("Roles applied"))
            .queryAs(Label.class);
    assertEquals("Roles applied: user; special tokens added: <|endoftext|>", said.getText());
    Label special = robot.lookup(".special-chip").queryAs(Label.class);
    assertEquals("<|endoftext|>", special.getText());
    assertEquals(
        "index 0 · id 0\npiece <|endoftext|>\ncharacters 0–13\nspecial token",
        TokenChips.details(w.tokens.get(), 0));

    robot.interact(
        () ->
            w.chat.set(
                Chat.of(
                    List.of(
                        new ChatMessage("system", "Be kind."), new ChatMessage("user", "Yo")))));
    await(() -> w.tokens.get().text().contains("Be kind.") && w.run.get() != null);
    assertEquals(2, robot.lookup(".turn").queryAll().size());
    CopyCommand line = new CopyCommand(w.run.get(), Bos.DEFAULT, w.chatShown());
    String copied = line.map(FigureContent.of(w.head.get()), false);
    assertTrue(copied.contains("--prompt Yo --system 'Be kind.' --chat "), copied);

    robot.interact(chat::fire);
    await(() -> w.written.get() == null && w.tokens.get().text().equals("Hi"));
    assertNull(w.chat.get());
  }

  @Test
  void rubbishIsRefusedOrMadeVisible(FxRobot robot) {
    robot.interact(() -> editor(robot).paste("\0\1\2"));
    assertEquals("Hi", w.prompt.get());
    assertTrue(w.notice.get().message().startsWith("This is not text"), w.notice.get().message());
    robot.interact(() -> editor(robot).paste("a long line with one bell\7 in it, "));
    assertTrue(w.prompt.get().contains("bell␇"), w.prompt.get());
  }

  @Test
  void aPasteOf200000CharactersDoesNotHoldUpTheWindow(FxRobot robot) throws Exception {
    robot.interact(() -> editor(robot).paste("word and word ".repeat(2000)));
    await(() -> w.tokens.get() != null && w.tokens.get().size() > 1000);
    robot.interact(() -> w.prompt.set("short"));
    await(() -> w.tokens.get().size() < 100);
    String text = "Some words and some more. ".repeat(200_000 / 26);

    AtomicLong longest = new AtomicLong();
    Runnable stop = watch(longest);
    robot.interact(() -> editor(robot).paste(text));
    await(() -> w.tokens.get() != null && w.tokens.get().size() > 20_000);
    TimeUnit.MILLISECONDS.sleep(300);
    stop.run();

    assertEquals(text.length() + "short".length(), w.prompt.get().length());
    assertTrue(robot.lookup(".long-prompt").query().isVisible());
    assertTrue(robot.lookup(".token-chip").queryAll().size() < 200);
    assertTrue(
        longest.get() < BLOCKED_NANOS,
        () -> "the window was held up for " + longest.get() / 1e6 + " ms");
  }

  /**
   * Measures the processor time that the drawing thread spends between two of its events; the clock
   * would also count what other programs do.
   */
  private static Runnable watch(AtomicLong longest) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    AtomicLong last = new AtomicLong(-1);
    boolean[] stopped = {false};
    Runnable[] ping = new Runnable[1];
    ping[0] =
        () -> {
          long now = threads.getCurrentThreadCpuTime();
          if (last.get() >= 0) {
            longest.accumulateAndGet(now - last.get(), Math::max);
          }
          last.set(now);
          if (!stopped[0]) {
            Platform.runLater(ping[0]);
          }
        };
    Platform.runLater(ping[0]);
    return () -> stopped[0] = true;
  }

  @Test
  void promptsAreSavedLoadedAndDeleted(FxRobot robot) throws Exception {
    PromptLibrary library = new PromptLibrary(scratch.resolve("prompts"));
    LibraryMenu menu = new LibraryMenu(w, library, w.prompt::set);
    robot.interact(() -> menu.save("Mine"));
    await(() -> library.has("Mine"));
    assertEquals("Hi", library.list().own().get(0).text());
    SavedPrompt chat = PromptLibrary.builtIn().stream().filter(SavedPrompt::chat).findFirst().get();
    robot.interact(() -> fire(menu.getItems(), chat.name()));
    assertEquals(chat.messages(), w.chat.get().messages());
    robot.interact(() -> fire(menu.getItems(), "Indirect object (IOI)"));
    assertNull(w.chat.get());
    assertTrue(w.prompt.get().startsWith("When Mary and John"));
    robot.interact(() -> menu.getOnShowing().handle(null));
    await(() -> menu.getItems().stream().anyMatch(i -> "Mine".equals(i.getText())));
    robot.interact(
        () -> {
          Menu delete = (Menu) menu.getItems().get(menu.getItems().size() - 1);
          fire(delete.getItems(), "Mine");
        });
    await(() -> !library.has("Mine"));
  }

  private static void fire(List<MenuItem> items, String text) {
    items.stream().filter(i -> text.equals(i.getText())).findFirst().orElseThrow().fire();
  }

  @Test
  void downloadsAModelAndOpensIt(FxRobot robot) throws Exception {
    Path to = scratch.resolve("got");
    try (FakeHub hub = hub()) {
      robot.interact(() -> DownloadDialog.show(parts.actions()));
      robot.interact(
          () -> {
            robot.lookup(".download-name").queryAs(TextField.class).setText("org/none");
            robot.lookup(".download-folder").queryAs(TextField.class).setText(to.toString());
            robot.lookup(".download-address").queryAs(TextField.class).setText("" + hub.uri());
          });
      Label said = robot.lookup(".download-message").queryAs(Label.class);
      robot.interact(() -> robot.lookup(".download-start").queryButton().fire());
      await(() -> said.getText().contains("no such repository"));
      assertFalse(Files.exists(to));
      robot.interact(
          () -> {
            robot.lookup(".download-name").queryAs(TextField.class).setText(FakeHub.NAME);
            robot.lookup(".download-start").queryButton().fire();
          });
      await(() -> w.model.get() != null && w.model.get().name().equals("got"));
    }
  }

  private static FakeHub hub() throws IOException {
    FakeHub hub = new FakeHub();
    Path from = Fixtures.gpt2().location().get();
    for (String name : List.of("config.json", "tokenizer.json", "model.safetensors")) {
      hub.with(name, Files.readAllBytes(from.resolve(name)));
    }
    return hub;
  }

  @Test
  void theCacheIsListedInTheMenu(FxRobot robot) throws Exception {
    Menu cached =
        OpenMenu.cached(
            new ModelChoices(
                List.of(),
                List::of,
                null,
                () ->
                    List.of(
                        new CachedModel("org/tiny", "0123456789", model, true),
                        new CachedModel("org/old", "abcdef0123", model, false))),
            parts.actions());
    robot.interact(() -> cached.getOnShowing().handle(null));
    await(() -> cached.getItems().size() == 2);
    assertEquals("org/tiny @ 0123456", cached.getItems().get(0).getText());
    assertTrue(cached.getItems().get(1).isDisable());
  }
}
