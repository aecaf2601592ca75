package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.job.Progress;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.job.FxDelay;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.workbench.Comparison;
import dev.headlight.app.workbench.HeadView;
import dev.headlight.app.workbench.Notice;
import dev.headlight.app.workbench.PaneMemory;
import dev.headlight.app.workbench.PaneWorkbench;
import dev.headlight.app.workbench.Workbench;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** What an open pane is given: the state it binds to, and how it asks the model. */
final class PaneContext {
  private final PaneWorkbench state;
  private final PaneMemory memory;
  private final Services services;
  private final LatestOnly latest;
  private final Map<Object, Job<?>> asked = new LinkedHashMap<>();
  private final ReadOnlyObjectWrapper<Job<?>> running = new ReadOnlyObjectWrapper<>();
  private final List<Runnable> whenClosed = new ArrayList<>();

  /**
   * @param pane id among the open panes
   */
  PaneContext(String pane, Workbench shared, Services services) {
    this.services = services;
    this.state = new PaneWorkbench(shared, services.host(), services.models());
    this.memory = new PaneMemory(shared, pane);
    memory.keep(state);
    this.latest = new LatestOnly(services.models());
  }

  /** Model, run, theme and notices of the window; the selection is the pane's own when pinned. */
  Workbench workbench() {
    return state.workbench();
  }

  /** Whether the pane keeps a selection of its own. */
  BooleanProperty pinned() {
    return state.pinned;
  }

  /** Paints pictures off the JavaFX thread. */
  LatestOnly painter() {
    return services.painter();
  }

  Actions actions() {
    return services.actions();
  }

  /** A second map beside the selected head's; ends with the pane. */
  Comparison comparison() {
    Comparison comparison =
        new Comparison(workbench(), services.host(), services.models(), new FxDelay());
    onClose(comparison::close);
    return comparison;
  }

  /** How the pane looks at a head; ends with the pane. */
  HeadView headView() {
    HeadView view = new HeadView(workbench(), services.host(), services.models());
    memory.keep(view);
    onClose(view::close);
    return view;
  }

  /** What the pane keeps for sessions, undo and the next window. */
  PaneMemory memory() {
    return memory;
  }

  /** The oldest question of this pane that has no answer yet, else null. */
  ReadOnlyObjectProperty<Job<?>> running() {
    return running.getReadOnlyProperty();
  }

  /**
   * Asks the model thread. Of each kind only the newest question counts; a failure becomes a
   * notice.
   *
   * @param title what the list of tasks says
   * @return the question, which can be watched and cancelled
   */
  <T> Job<T> ask(
      Object kind,
      String title,
      BiFunction<ModelHost, Progress, T> work,
      Consumer<? super T> answer) {
    Job<T> job = Job.of(title, progress -> work.apply(services.host(), progress));
    asked.put(kind, job);
    running.set(first());
    latest.submit(
        kind,
        job,
        result -> {
          ended(kind, job);
          answer.accept(result);
        },
        failure -> {
          ended(kind, job);
          workbench().notice.set(Notice.of(failure));
        });
    return job;
  }

  /** Takes a question back. */
  void cancel(Object kind) {
    latest.cancel(kind);
    asked.remove(kind);
    running.set(first());
  }

  private void ended(Object kind, Job<?> job) {
    asked.remove(kind, job);
    running.set(first());
  }

  private Job<?> first() {
    Optional<Job<?>> oldest = asked.values().stream().findFirst();
    return oldest.orElse(null);
  }

  /** Runs something when the pane is closed. */
  void onClose(Runnable action) {
    whenClosed.add(action);
  }

  void close() {
    List.copyOf(asked.keySet()).forEach(this::cancel);
    memory.close();
    whenClosed.forEach(Runnable::run);
    state.close();
  }
}
