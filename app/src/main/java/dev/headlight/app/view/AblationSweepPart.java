package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.ablation.AblationPictures;
import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.MapPicture;
import dev.headlight.app.ablation.Over;
import dev.headlight.app.ablation.Part;
import dev.headlight.app.ablation.SweepMap;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Palette;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** What each target takes with it: a map that fills as they are taken away one by one. */
final class AblationSweepPart extends AblationPart implements PartGrid.Tall {
  private final Workbench w;
  private final CellGrid cells;
  private final MenuButton over = Ui.tool(new MenuButton());
  private final ColourBar bar = new ColourBar();
  private final ProgressBar progress = new ProgressBar(0);
  private final Label status = Ui.label("", "caption");
  private final Label noEffect = Ui.wrap(Ui.label("", "problem"));
  private final HBox doing = Ui.row(8, progress, status);
  private MapPicture picture;
  private SweepMap shown;
  private boolean following;

  AblationSweepPart(AblationDesk desk) {
    super(
        desk,
        Part.SWEEP,
        "Map",
        "Run takes each head away alone and shows what the model loses.",
        "There is nothing to read: write a prompt, or choose others above.");
    this.w = desk.workbench();
    this.cells = new CellGrid(w.theme);
    getStyleClass().add("ablation-sweep");
    over.setAccessibleText("What is taken away, one after the other");
    for (Over each : Over.values()) {
      over.getItems()
          .add(Menus.item(each.title(), "", () -> desk.choose(desk.state().choice().with(each))));
    }
    beside(over);
    below(bar);
    below(noEffect);
    below(doing);
    HBox.setHgrow(status, Priority.ALWAYS);
    progress.getStyleClass().add("busy-bar");
    progress.setPrefWidth(120);
    progress.setMinWidth(Region.USE_PREF_SIZE);
    Ui.show(bar, false);
    Ui.show(noEffect, false);
    offerTable("ablation", false);
    offerFigure(
        "ablation",
        (exports, file) -> exports.figure(question(), picture, file),
        () -> picture != null);
    listen();
    desk.whenChanged(this::progress);
    follow();
    progress();
  }

  private void listen() {
    cells.setAccessibleHelp("Change of the metric, layers down and heads across; Enter takes away");
    cells.chosen.addListener((o, old, now) -> select(now));
    cells.setOnMouseClicked(
        e -> {
          if (e.getClickCount() == 2 && e.getButton() == MouseButton.PRIMARY) {
            toggle();
          }
        });
    cells.addEventHandler(
        KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.SPACE) {
            toggle();
            e.consume();
          }
        });
    w.head.addListener(o -> mark());
    w.theme.addListener(o -> redraw());
  }

  @Override
  public double height(double width) {
    return shows(cells) ? cells.suiting(width) : 0;
  }

  /** The map. */
  CellGrid cells() {
    return cells;
  }

  private boolean heads() {
    return shown != null && (shown.over() == Over.HEADS || shown.over() == Over.LEAVE_ONE_IN);
  }

  /** The heads of a cell. */
  private List<Head> heads(CellGrid.Place place) {
    int all = desk().facts().spec().heads();
    return switch (shown.over()) {
      case HEADS, LEAVE_ONE_IN -> List.of(new Head(place.row(), place.column()));
      case LAYERS -> IntStream.range(0, all).mapToObj(h -> new Head(place.row(), h)).toList();
      case GROUPS ->
          IntStream.range(0, all)
              .filter(h -> desk().facts().spec().kvGroup(h) == place.column())
              .mapToObj(h -> new Head(place.row(), h))
              .toList();
    };
  }

  private void select(CellGrid.Place place) {
    if (place != null && !following && shown != null) {
      w.head.set(heads(place).get(0));
    }
  }

  /** Takes the heads of the chosen cell away, or gives them back. */
  private void toggle() {
    CellGrid.Place place = cells.chosen.get();
    if (place == null || desk().state() == null || shown == null) {
      return;
    }
    Set<Head> now = new TreeSet<>(desk().state().taken());
    List<Head> heads = heads(place);
    if (now.containsAll(heads)) {
      heads.forEach(now::remove);
    } else {
      now.addAll(heads);
    }
    desk().take(now);
  }

  @Override
  boolean ready(AblationState state) {
    over.setText(state.choice().over().title());
    return true;
  }

  @Override
  boolean again() {
    return shown == null || !shown.done();
  }

  @Override
  Node body() {
    return cells;
  }

  @Override
  void found(Object answer) {
    shown = (SweepMap) answer;
    picture = AblationPictures.sweep(shown);
    Palette palette = Palette.diverging(w.theme.get());
    Ui.show(bar, true);
    bar.show(picture.scale(), palette.map(), shown.metric().unit());
    noEffect.setText("No effect, bit by bit: " + String.join(", ", shown.noEffect()));
    Ui.show(noEffect, !shown.noEffect().isEmpty());
    MapPicture now = picture;
    following = true;
    cells.show(
        new CellGrid.Table(
            now.rows(),
            now.columns(),
            now.values(),
            now.scale(),
            palette.map(),
            null,
            (row, column) -> cell(now, row, column)));
    following = false;
    mark();
    grow();
    caption(now.sentence(), "");
  }

  private String cell(MapPicture now, int row, int column) {
    List<Head> heads = heads(new CellGrid.Place(row, column));
    boolean taken = desk().state().taken().containsAll(heads);
    String group = heads() ? ", KV group " + desk().facts().spec().kvGroup(column) : "";
    return now.words().apply(row, column) + group + (taken ? "; taken away" : "");
  }

  @Override
  void nothing(AblationState state) {
    shown = null;
    picture = null;
    Ui.show(bar, false);
    Ui.show(noEffect, false);
    caption(
        "Rows: layer · columns: head. " + Ui.sentence(state.choice().metric().formula()) + ".", "");
  }

  private void mark() {
    following = true;
    boolean heads = heads() && desk().state() != null;
    Head head = w.head.get();
    cells.chosen.set(heads && head != null ? new CellGrid.Place(head.layer(), head.head()) : null);
    cells.outline(
        heads
            ? desk().state().taken().stream()
                .map(h -> new CellGrid.Place(h.layer(), h.head()))
                .collect(Collectors.toSet())
            : Set.of());
    following = false;
  }

  private void progress() {
    AblationState state = desk().state();
    SweepMap sweep = state == null ? null : state.sweep();
    Job<?> job = state == null ? null : desk().job(Part.SWEEP).orElse(null);
    boolean paused = sweep != null && !sweep.done();
    String cost = job == null && sweep == null ? desk().cost() : "";
    Ui.show(doing, job != null || paused || !cost.isEmpty());
    Ui.show(progress, cost.isEmpty());
    if (!cost.isEmpty()) {
      status.setText(Ui.sentence(cost));
    }
    if (sweep != null) {
      progress.setProgress((double) sweep.count() / sweep.size());
      status.setText(
          "%d of %d%s".formatted(sweep.count(), sweep.size(), job == null ? ", stopped" : ""));
      mark();
    }
  }
}
