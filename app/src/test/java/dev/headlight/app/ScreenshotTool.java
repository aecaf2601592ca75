package dev.headlight.app;

import static javafx.scene.input.KeyEvent.KEY_PRESSED;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.TextUnit;
import dev.headlight.app.dock.Side;
import dev.headlight.app.engine.FoldedMap;
import dev.headlight.app.engine.PromptSource;
import dev.headlight.app.export.Limits;
import dev.headlight.app.job.FxJobRunner;
import dev.headlight.app.pictures.PictureShelf;
import dev.headlight.app.pictures.PromptPicture;
import dev.headlight.app.prompts.PromptLibrary;
import dev.headlight.app.prompts.SavedPrompt;
import dev.headlight.app.session.Compared;
import dev.headlight.app.session.HeadGroup;
import dev.headlight.app.view.ModelChoices;
import dev.headlight.app.view.Screenshots;
import dev.headlight.app.view.WorkbenchParts;
import dev.headlight.app.workbench.ArrangedHeads;
import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.Comparison;
import dev.headlight.app.workbench.GridColour;
import dev.headlight.app.workbench.GridOrder;
import dev.headlight.app.workbench.HeadNumbers;
import dev.headlight.app.workbench.HeadView;
import dev.headlight.app.workbench.RolesView;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Theme;
import dev.headlight.samples.SampleExample;
import dev.headlight.samples.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javafx.stage.Window;

/**
 * Takes the pictures of the guide: {@code ScreenshotTool OUT.png model=FOLDER
 * [prompt=TEXT|saved=NAME] [theme=dark] [size=1440x900] [head=L5H3] [cell=43,14] [sink=true]
 * [lines=true] [text=true] [unit=WORD] [mean=L5H*] [limits=0,99%] [find=TEXT] [circuit=true]
 * [lookedAt=true] [promptFile=FILE] [zoom=20] [grid=entropy] [order=entropy] [filter=TEXT]
 * [chosen=L1H2,L3H4] [group=NAME] [compare=HEADS|PROMPTS|RUNS b=TEXT] [split=RIGHT|BOTTOM]
 * [scale=2] [history=true] [palette=TEXT] [sinks=true] [roles=induction] [source=library]
 * [growth=true] [rule=REGEX REGEX] [pattern=./#./.#.] [retrieval=true|curve] [ablation=L1H2,L3H4]
 * [circuits=true] [visual=0|FILE,FILE visual.map=ROLLOUT picture=next,side] [section=IMPORTANCE]
 * [on=pairs] [probabilities=true]}. {@code b} is the head, the prompt or the changes; {@code split}
 * puts the comparison, or a second head, beside the head.
 */
public final class ScreenshotTool {
  private static final int PATIENCE_SECONDS = 900;

  private ScreenshotTool() {}

  /** Takes one picture. */
  public static void main(String[] args) throws Exception {
    System.setProperty("java.awt.headless", "true");
    Map<String, String> options = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (equals > 0) {
        options.put(arg.substring(0, equals), arg.substring(equals + 1));
      }
    }
    CountDownLatch started = new CountDownLatch(1);
    Platform.startup(started::countDown);
    started.await();
    int code = 1;
    try {
      take(Path.of(args[0]), options);
      code = 0;
    } finally {
      System.exit(code);
    }
  }

  private static void take(Path out, Map<String, String> options) throws Exception {
    WorkbenchParts parts = onFx(() -> open(options));
    Workbench w = parts.workbench();
    awaitFx(() -> atRest(w));
    onFx(() -> choose(w, options));
    awaitFx(() -> atRest(w));
    onFx(() -> arrange(parts, options));
    onFx(() -> zoom(options));
    if (options.containsKey("sinks")) {
      sinks(parts);
    }
    awaitFx(() -> parts.headView().map(ScreenshotTool::there).orElse(true));
    awaitFx(() -> parts.comparison().map(c -> c.busy.get().isEmpty()).orElse(true));
    awaitFx(() -> new ArrangedHeads(w).wanted().stream().allMatch(s -> known(w, s)));
    if (options.containsKey("roles")) {
      roles(parts, options);
    }
    if (options.containsKey("retrieval")) {
      retrieval(parts, options.get("retrieval").equals("curve"), options.get("head"));
    }
    if (options.containsKey("ablation")) {
      ablation(parts, options);
    }
    if (options.containsKey("circuits")) {
      circuits(parts, options);
    }
    if (options.containsKey("visual")) {
      visual(parts, options);
    }
    if (options.containsKey("palette")) {
      onFx(() -> palette(parts, options.get("palette")));
    }
    TimeUnit.MILLISECONDS.sleep(700);
    if (options.containsKey("dialog")) {
      dialog(parts, out);
    } else {
      onFx(
          () -> {
            Screenshots.write(stage.getScene().getRoot(), scale(options), out);
            return null;
          });
    }
    onFx(
        () -> {
          parts.close();
          return null;
        });
  }

  /** The pane of sinks with everything it can say. */
  private static void sinks(WorkbenchParts parts) throws Exception {
    onFx(() -> done(() -> parts.openPane("sinks")));
    onFx(() -> done(parts::measureSinks));
    awaitFx(parts::sinksAtRest);
    onFx(() -> done(parts::tuneSinks));
    awaitFx(parts::sinksAtRest);
    onFx(() -> done(parts::dropSinks));
    awaitFx(parts::sinksAtRest);
  }

  private static Void done(Runnable action) {
    action.run();
    return null;
  }

  /** The pane of roles, once all is measured; sorted by a score unless one asks for heads. */
  private static void roles(WorkbenchParts parts, Map<String, String> options) throws Exception {
    RolesView view =
        onFx(
            () -> {
              parts.openPane("roles");
              return parts.rolesView().orElseThrow();
            });
    onFx(
        () -> {
          view.source.set(PromptSource.parse(options.getOrDefault("source", "prompt")));
          return null;
        });
    TimeUnit.MILLISECONDS.sleep(300);
    awaitFx(parts::rolesMeasured);
    onFx(
        () -> {
          view.sortBy(options.get("roles"));
          String[] rule = options.getOrDefault("rule", " ").split(" ", 2);
          view.query.set(rule[0]);
          view.key.set(rule[1]);
          view.pattern.set(options.getOrDefault("pattern", ""));
          view.finding.set(options.containsKey("rule") || options.containsKey("pattern"));
          if (view.finding.get()) {
            parts.findHeads();
          }
          if (options.containsKey("growth")) {
            parts.growRoles();
          }
          return null;
        });
    awaitFx(parts::rolesMeasured);
  }

  /** The retrieval pane once its probe is done; with the masking curve. */
  private static void retrieval(WorkbenchParts parts, boolean curve, String head) throws Exception {
    onFx(
        () -> {
          parts.openPane("retrieval");
          parts.docking().close("heads"); // Else there is no room for two columns.
          return null;
        });
    awaitFx(parts::retrievalAtRest);
    onFx(
        () -> {
          parts.runRetrieval();
          return null;
        });
    awaitFx(parts::retrievalAtRest);
    if (curve) {
      onFx(
          () -> {
            parts.runMaskingCurve();
            return null;
          });
      awaitFx(parts::retrievalAtRest);
    }
    if (head != null) {
      onFx(
          () -> {
            parts.workbench().head.set(Head.parse(head));
            return null;
          });
      awaitFx(parts::retrievalAtRest);
    }
  }

  /** The ablation pane with a sweep, heads taken away, two texts and curves. */
  private static void ablation(WorkbenchParts parts, Map<String, String> options) throws Exception {
    HeadSet heads = HeadSet.parse(options.get("ablation"));
    onFx(
        () -> {
          parts.openPane("ablation");
          parts.docking().close("heads");
          return null;
        });
    if (options.containsKey("on")) {
      onFx(() -> done(parts::ablateOnPairs));
      TimeUnit.MILLISECONDS.sleep(1500);
      awaitFx(parts::ablationAtRest);
    }
    if (options.containsKey("probabilities")) {
      onFx(
          () -> {
            ToggleButton numbers =
                (ToggleButton) stage.getScene().lookup(".ablation-texts .toggle-button");
            numbers.setSelected(true);
            return null;
          });
    }
    Set<Head> away = heads.resolve(parts.workbench().model.get().spec());
    if (options.containsKey("section")) {
      onFx(() -> done(() -> parts.takeAway(away)));
      onFx(() -> done(() -> parts.showAblation(options.get("section"))));
    } else {
      onFx(() -> done(() -> parts.ablate(away)));
      awaitFx(parts::ablationAtRest);
      onFx(() -> done(parts::writeAblated));
    }
    awaitFx(parts::ablationAtRest);
  }

  /** The circuits pane with a drawn pair and everything that it can find. */
  private static void circuits(WorkbenchParts parts, Map<String, String> options) throws Exception {
    onFx(
        () -> {
          parts.openPane("circuits");
          parts.docking().close("heads");
          parts.docking().close("head");
          parts.drawCircuitPairs();
          return null;
        });
    awaitFx(parts::circuitsAtRest);
    TimeUnit.MILLISECONDS.sleep(300);
    onFx(() -> done(parts::runCircuits));
    awaitFx(parts::circuitsAtRest);
    onFx(() -> done(parts::verifyCircuits));
    awaitFx(parts::circuitsAtRest);
    if (options.containsKey("section")) {
      onFx(() -> done(() -> parts.showCircuitPart(options.get("section"))));
      awaitFx(parts::circuitsAtRest);
    }
  }

  /** The pane of pictures: an example of the sample by its number, or files. */
  private static void visual(WorkbenchParts parts, Map<String, String> options) throws Exception {
    Workbench w = parts.workbench();
    String which = options.get("visual");
    boolean example = which.matches("\\d+");
    SampleExample asked =
        example ? Samples.examples("shapes-vlm").get(Integer.parseInt(which)) : null;
    List<Path> files =
        example
            ? List.of(asked.picture())
            : Arrays.stream(which.split(",", -1)).map(Path::of).toList();
    List<PromptPicture> pictures = files.stream().map(PictureShelf.ofUser()::take).toList();
    onFx(
        () -> {
          parts.openPane("visual");
          parts.docking().close("heads");
          parts.docking().close("head");
          if (example) {
            w.prompt.set(asked.prompt());
          }
          w.pictures.set(pictures);
          return null;
        });
    TimeUnit.SECONDS.sleep(1);
    awaitFx(() -> parts.visualLooked() && parts.visualAtRest());
    onFx(
        () -> {
          SortedMap<String, String> all = new TreeMap<>(w.panes.get());
          options.forEach(
              (name, value) -> {
                if (name.startsWith("visual.")) {
                  all.put(name, value);
                }
              });
          w.panes.set(all);
          if (example && asked.mask().isPresent()) {
            parts.loadMask(asked.mask().get());
          }
          return null;
        });
    TimeUnit.SECONDS.sleep(1);
    awaitFx(parts::visualAtRest);
    for (String command : options.getOrDefault("picture", "").split(",", -1)) {
      onFx(() -> done(() -> parts.commandPicture(command)));
      TimeUnit.MILLISECONDS.sleep(500);
      awaitFx(parts::visualAtRest);
    }
  }

  /** The command palette with something typed. */
  private static Void palette(WorkbenchParts parts, String typed) {
    parts.find(typed);
    return null;
  }

  /** The export dialog, once its preview is there. */
  private static void dialog(WorkbenchParts parts, Path out) throws Exception {
    Platform.runLater(() -> parts.showFigureDialog());
    awaitFx(() -> preview().isPresent());
    TimeUnit.MILLISECONDS.sleep(300);
    onFx(
        () -> {
          Window window = preview().orElseThrow();
          Screenshots.write(window.getScene().getRoot(), 1, out);
          window.hide();
          return null;
        });
  }

  private static Optional<Window> preview() {
    return Window.getWindows().stream()
        .filter(
            window -> window != stage && window.getScene().getRoot().lookup(".image-view") != null)
        .filter(
            window ->
                ((ImageView) window.getScene().getRoot().lookup(".image-view")).getImage() != null)
        .findFirst();
  }

  private static Stage stage;

  private static boolean atRest(Workbench w) {
    boolean body = w.map.get() != null && !w.run.get().model().spec().hasLogits();
    return w.without.get() != null || body || w.notice.get() != null || empty(w);
  }

  private static boolean known(Workbench w, HeadScore score) {
    return HeadNumbers.of(w).table(score).isPresent();
  }

  private static boolean empty(Workbench w) {
    return !w.promptProblem.get().isEmpty()
        || (w.tokens.get() != null && w.tokens.get().size() == 0);
  }

  private static WorkbenchParts open(Map<String, String> options) {
    ModelChoices choices = new ModelChoices(Models.samples(), List::of, Models::resolve);
    WorkbenchParts parts =
        new WorkbenchParts(new FxJobRunner("headlight-model"), choices, reference -> {});
    String[] size = options.getOrDefault("size", "1440x900").split("x", -1);
    parts
        .workbench()
        .theme
        .set(options.getOrDefault("theme", "light").equals("dark") ? Theme.DARK : Theme.LIGHT);
    Scene scene = parts.scene(Double.parseDouble(size[0]), Double.parseDouble(size[1]));
    stage = new Stage();
    stage.setScene(scene);
    stage.setWidth(Double.parseDouble(size[0]));
    stage.setHeight(Double.parseDouble(size[1]));
    stage.show();
    if (options.containsKey("prompt")) {
      parts.workbench().prompt.set(options.get("prompt"));
    }
    if (options.containsKey("promptFile")) {
      parts.workbench().prompt.set(read(Path.of(options.get("promptFile"))));
    }
    if (options.containsKey("saved")) {
      load(parts.workbench(), options.get("saved"));
    }
    parts.open(Models.resolve(options.getOrDefault("model", Models.first().reference())));
    return parts;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A prompt that comes with Headlight. */
  private static void load(Workbench w, String name) {
    SavedPrompt saved =
        PromptLibrary.builtIn().stream()
            .filter(p -> p.name().equals(name))
            .findFirst()
            .orElseThrow();
    w.prompt.set(saved.text());
    w.chat.set(saved.chat() ? Chat.of(saved.messages()) : null);
  }

  private static Void choose(Workbench w, Map<String, String> options) {
    if (options.containsKey("head")) {
      w.head.set(Head.parse(options.get("head")));
    }
    if (options.containsKey("cell")) {
      String[] cell = options.get("cell").split(",", -1);
      w.lock(new Cell(Integer.parseInt(cell[0]), Integer.parseInt(cell[1])));
    }
    w.hideSink.set(Boolean.parseBoolean(options.get("sink")));
    w.lines.set(Boolean.parseBoolean(options.get("lines")));
    w.gridColour.set(GridColour.valueOf(options.getOrDefault("grid", "MAP")));
    w.headFilter.set(options.getOrDefault("filter", ""));
    if (options.containsKey("order")) {
      w.gridOrder.set(new GridOrder(options.get("order"), true));
    }
    if (options.containsKey("chosen")) {
      w.choose(HeadSet.parse(options.get("chosen")).resolve(w.model.get().spec()));
    }
    if (options.containsKey("group")) {
      w.groups.set(List.of(HeadGroup.of(options.get("group"), w.meant())));
    }
    return null;
  }

  private static int scale(Map<String, String> options) {
    return Integer.parseInt(options.getOrDefault("scale", "1"));
  }

  private static Void arrange(WorkbenchParts parts, Map<String, String> options) {
    parts.docking().activate("head");
    parts.headView().ifPresent(view -> look(view, options));
    if (options.containsKey("compare")) {
      parts.openPane("compare");
      compare(parts.comparison().orElseThrow(), options);
    }
    if (options.containsKey("history")) {
      history(parts);
    }
    if (options.containsKey("split")) {
      parts.docking().split(Side.valueOf(options.get("split")));
    }
    return null;
  }

  private static Void zoom(Map<String, String> options) {
    Node map = stage.getScene().getRoot().lookup(".heatmap");
    KeyEvent plus = new KeyEvent(KEY_PRESSED, "+", "+", KeyCode.PLUS, false, false, false, false);
    for (int i = 0; i < Integer.parseInt(options.getOrDefault("zoom", "0")); i++) {
      Event.fireEvent(map, plus);
    }
    return null;
  }

  /** Whether the map of what is to be shown has come. */
  private static boolean there(HeadView view) {
    Workbench w = view.workbench();
    boolean map = w.map.get() == null || w.map.get().of().equals(w.shown());
    FoldedMap folded = view.folded.get();
    boolean tokens = view.unit.get() == TextUnit.TOKEN;
    return map && (tokens || (folded != null && folded.map().of().equals(w.shown())));
  }

  private static void look(HeadView view, Map<String, String> options) {
    view.unit.set(TextUnit.valueOf(options.getOrDefault("unit", "TOKEN")));
    view.circuit.set(Boolean.parseBoolean(options.get("circuit")));
    view.lookedAt.set(Boolean.parseBoolean(options.get("lookedAt")));
    view.workbench().text.set(Boolean.parseBoolean(options.get("text")));
    view.finding.set(options.containsKey("find"));
    view.find.set(options.getOrDefault("find", ""));
    if (options.containsKey("mean")) {
      view.workbench().mean.set(HeadSet.parse(options.get("mean")));
    }
    if (options.containsKey("limits")) {
      String[] limits = options.get("limits").split(",", -1);
      view.workbench()
          .limits
          .set(new Limits(Limits.Bound.parse(limits[0]), Limits.Bound.parse(limits[1])));
    }
  }

  /** Some steps of work, two of them taken back, with their list. */
  private static void history(WorkbenchParts parts) {
    Workbench w = parts.workbench();
    List<Runnable> steps =
        List.of(
            () -> w.head.set(new Head(1, 5)),
            () -> w.hideSink.set(true),
            () -> w.prompt.set(w.prompt.get() + " The fox"),
            () -> w.compared.set(new Compared("runs", Optional.empty(), "", "zero:L0H*")),
            () -> w.head.set(new Head(1, 3)),
            () -> w.gridColour.set(GridColour.valueOf("entropy")),
            () -> w.lines.set(true));
    for (Runnable step : steps) {
      step.run();
      parts.undo().present();
    }
    parts.undo().undo();
    parts.undo().undo();
    parts.openPane("history");
  }

  private static void compare(Comparison comparison, Map<String, String> options) {
    Comparison.Kind kind = Comparison.Kind.valueOf(options.get("compare"));
    String b = options.getOrDefault("b", "");
    switch (kind) {
      case HEADS -> comparison.headB.set(Head.parse(b));
      case PROMPTS -> comparison.promptB.set(b);
      case RUNS -> comparison.changes.set(b);
    }
    comparison.kind.set(kind);
  }

  private static void awaitFx(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!onFx(condition::getAsBoolean)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the window did not come to rest");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private interface Fx<T> {
    T get();
  }

  private static <T> T onFx(Fx<T> action) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    Platform.runLater(
        () -> {
          try {
            result.complete(action.get());
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
