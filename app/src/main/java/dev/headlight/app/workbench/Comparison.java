package dev.headlight.app.workbench;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.Alignment;
import dev.headlight.app.engine.ComparedMaps;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.ReadPrompt;
import dev.headlight.app.engine.RunEffect;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.job.Delay;
import dev.headlight.app.job.JobRunner;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.session.Changes;
import dev.headlight.app.session.Compared;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.Observable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * A second map beside the selected head's, and the difference. A is the pane's selection in the
 * current pass; B is another head, the same head on another prompt, or the same head in a pass with
 * changes.
 */
public final class Comparison {
  /** What B is. */
  public enum Kind {
    HEADS("Heads"),
    PROMPTS("Prompts"),
    RUNS("Runs");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** Name in the menu. */
    public String title() {
      return title;
    }

    /** Name in files. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** By the name in files; heads where there is no such kind. */
    static Kind of(String word) {
      return Arrays.stream(values()).filter(k -> k.word().equals(word)).findFirst().orElse(HEADS);
    }
  }

  private static final int TYPING_MS = 250;

  private enum Ask {
    RUN,
    MAPS,
    TYPING,
    FORGET
  }

  /** What a held second pass was made of. */
  private record Made(Kind kind, String text, Bos bos, Tokens tokens) {}

  public final ObjectProperty<Kind> kind = new SimpleObjectProperty<>(this, "kind", Kind.HEADS);
  public final ObjectProperty<Head> headB = new SimpleObjectProperty<>(this, "headB");
  public final StringProperty promptB = new SimpleStringProperty(this, "promptB", "");
  public final StringProperty changes = new SimpleStringProperty(this, "changes", "");

  /** Why there is nothing to compare, in a sentence for where B is typed; empty for no problem. */
  public final StringProperty problem = new SimpleStringProperty(this, "problem", "");

  /** What is being computed; empty for nothing. */
  public final StringProperty busy = new SimpleStringProperty(this, "busy", "");

  public final ObjectProperty<RunSnapshot> runB = new SimpleObjectProperty<>(this, "runB");
  public final ObjectProperty<ComparedMaps> maps = new SimpleObjectProperty<>(this, "maps");
  public final ObjectProperty<RunEffect> effect = new SimpleObjectProperty<>(this, "effect");

  private final Workbench w;
  private final ModelHost host;
  private final LatestOnly latest;
  private RunSnapshot second;
  private Made made;
  private boolean closed;
  private boolean adopting;

  /**
   * @param workbench of the pane: its head is A's
   * @param host answers on the runner's thread
   */
  public Comparison(Workbench workbench, ModelHost host, JobRunner runner, Delay delay) {
    this.w = workbench;
    this.host = host;
    this.latest = new LatestOnly(runner);
    adopt(w.compared.get());
    w.compared.addListener((o, old, now) -> adopt(now));
    for (Observable choice : new Observable[] {kind, headB, promptB, changes}) {
      choice.addListener(o -> publish());
    }
    w.run.addListener((o, old, now) -> runChanged(now));
    w.head.addListener((o, old, now) -> update());
    kind.addListener((o, old, now) -> update());
    headB.addListener((o, old, now) -> update());
    w.other.addListener((o, old, now) -> pointedAt(now));
    promptB.addListener((o, old, now) -> delay.after(Ask.TYPING, TYPING_MS, this::update));
    changes.addListener((o, old, now) -> delay.after(Ask.TYPING, TYPING_MS, this::update));
    update();
  }

  /** Compares what the workbench says. */
  private void adopt(Compared now) {
    if (now.equals(compared())) {
      return;
    }
    adopting = true;
    headB.set(now.head().orElse(null));
    promptB.set(now.prompt());
    changes.set(now.changes());
    kind.set(Kind.of(now.kind()));
    adopting = false;
  }

  private void publish() {
    if (!adopting) {
      w.compared.set(compared());
    }
  }

  private Compared compared() {
    return new Compared(
        kind.get().word(), Optional.ofNullable(headB.get()), promptB.get(), changes.get());
  }

  private void pointedAt(Head other) {
    if (other != null && kind.get() == Kind.HEADS) {
      headB.set(other);
    }
  }

  /** Opening another model frees every pass. */
  private void runChanged(RunSnapshot now) {
    if (now == null) {
      made = null;
    }
    update();
  }

  private void update() {
    latest.cancel(Ask.RUN);
    latest.cancel(Ask.MAPS);
    busy.set("");
    problem.set("");
    RunSnapshot run = w.run.get();
    Head head = w.head.get();
    if (closed || run == null || head == null) {
      clear();
      return;
    }
    if (run.length() > ModelHost.WHOLE) {
      fail(tooLong(run.length()));
      return;
    }
    switch (kind.get()) {
      case HEADS -> heads(run, head);
      case PROMPTS -> prompts(run, promptB.get(), w.bos.get());
      case RUNS -> changed(run);
    }
  }

  private void clear() {
    runB.set(null);
    maps.set(null);
    effect.set(null);
  }

  private void fail(String why) {
    problem.set(why);
    clear();
  }

  private static String tooLong(int length) {
    return "comparing lays whole maps over one another, up to %,d tokens; this prompt has %,d"
        .formatted(ModelHost.WHOLE, length);
  }

  private void heads(RunSnapshot run, Head head) {
    int count = run.model().spec().heads();
    if (headB.get() == null
        || headB.get().layer() >= run.model().spec().layers()
        || headB.get().head() >= count) {
      headB.set(new Head(head.layer(), (head.head() + 1) % count));
      return; // Setting it has asked.
    }
    effect.set(null);
    askMaps(run, head, run, headB.get());
  }

  private void changed(RunSnapshot run) {
    String text;
    List<Intervention> list;
    try {
      text = Changes.expand(changes.get(), w.groups.get());
      list = Changes.parse(text);
    } catch (HeadlightException e) {
      fail(e.getMessage());
      return;
    }
    second(run, text, run.tokens(), p -> host.compare(run.prompt(), list, p));
  }

  private void prompts(RunSnapshot run, String prompt, Bos bos) {
    second(
        run,
        prompt,
        null,
        p -> {
          ReadPrompt read = host.read(prompt, Optional.empty(), bos, run.prompt().pictures());
          Tokens tokens = read.tokens();
          if (tokens.size() > ModelHost.WHOLE) {
            throw new HeadlightException(HeadlightException.Kind.INPUT, tooLong(tokens.size()));
          }
          return host.compare(read, List.of(), p);
        });
  }

  /** Makes the second pass, unless the one at hand is of the same. */
  private void second(
      RunSnapshot run, String text, Tokens tokens, Function<Progress, RunSnapshot> make) {
    if (text.isBlank()) {
      clear();
      return;
    }
    Made wanted = new Made(kind.get(), text, w.bos.get(), tokens);
    if (wanted.equals(made)) {
      compare(run);
      return;
    }
    made = null;
    ask(
        Ask.RUN,
        "Second pass to compare with",
        make,
        b -> {
          made = wanted;
          second = b;
          compare(run);
        });
  }

  private void compare(RunSnapshot run) {
    RunSnapshot b = second;
    ask(
        Ask.MAPS,
        "Compare maps",
        p -> host.effect(run.id(), b.id()),
        answer -> {
          effect.set(answer);
          askMaps(run, w.head.get(), b, w.head.get());
        });
  }

  private void askMaps(RunSnapshot a, Head headA, RunSnapshot b, Head other) {
    ask(
        Ask.MAPS,
        "Compare " + headA + " with " + other,
        p -> {
          Alignment alignment =
              a.tokens().equals(b.tokens())
                  ? Alignment.same(a.length())
                  : Alignment.of(a.tokens().ids(), b.tokens().ids());
          return host.compareMaps(a.id(), headA, b.id(), other, alignment);
        },
        answer -> {
          runB.set(b);
          maps.set(answer);
        });
  }

  private <T> void ask(Ask what, String title, Function<Progress, T> work, Consumer<T> done) {
    busy.set(title);
    latest.submit(
        what,
        Job.of(title, work),
        result -> {
          busy.set("");
          done.accept(result);
        },
        failure -> {
          busy.set("");
          failed(failure);
        });
  }

  private void failed(Throwable failure) {
    if (failure instanceof HeadlightException e) {
      fail(e.getMessage());
    } else {
      clear();
      w.notice.set(Notice.of(failure));
    }
  }

  /** Frees the second pass. */
  public void close() {
    closed = true;
    update();
    latest.submit(
        Ask.FORGET,
        Job.of(
            "Forget the second pass",
            p -> {
              host.forgetCompared();
              return null;
            }),
        done -> {},
        failure -> w.notice.set(Notice.of(failure)));
  }
}
