package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.text.Bos;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ReadPrompt;
import dev.headlight.app.engine.SinkMeasured;
import dev.headlight.app.engine.SinkTexts;
import dev.headlight.app.engine.SinkTuning;
import dev.headlight.app.workbench.SinkState;
import dev.headlight.app.workbench.Workbench;
import java.util.Optional;

/** What the pane of sinks asks of the model. */
final class SinkWork {
  private final PaneContext context;
  private final Workbench w;
  private final SinkState state;

  private enum Ask {
    MEASURE,
    TUNE
  }

  SinkWork(PaneContext context, SinkState state) {
    this.context = context;
    this.w = context.workbench();
    this.state = state;
  }

  /** The question that has no answer yet. */
  Optional<Job<?>> running() {
    return Optional.ofNullable(context.running().get());
  }

  /** Takes back what was asked. */
  void cancel() {
    context.cancel(Ask.MEASURE);
    context.cancel(Ask.TUNE);
  }

  /** Measures the chosen texts and the probes. */
  void measure() {
    if (w.run.get() == null || w.read.get() == null) {
      return;
    }
    ModelFacts facts = w.model.get();
    ReadPrompt prompt = w.read.get();
    SinkTexts texts = state.texts.get();
    Bos bos = w.bos.get();
    SinkMeasured before = state.measured.get();
    context.ask(
        Ask.MEASURE,
        "Sinks of " + texts.title(),
        (host, progress) -> SinkMeasured.measure(host, facts, prompt, texts, bos, before, progress),
        state.measured::set);
  }

  /** Whether the prompt was measured and has a next token to lose. */
  boolean canTune() {
    SinkMeasured now = state.measured.get();
    return now != null
        && now.sequence().isPresent()
        && now.model().spec().hasLogits()
        && now.model().readsText();
  }

  /** The loss over γ, for the chosen heads. */
  void sweep() {
    if (!canTune()) {
      return;
    }
    SinkMeasured now = state.measured.get();
    HeadSet heads = state.scope.get().heads(w.head.get());
    RunRequest prompt = now.request();
    context.ask(
        Ask.TUNE,
        "ZeroTuning of " + heads,
        (host, progress) -> SinkTuning.curve(host, now.model(), prompt, heads, progress),
        state.curve::set);
  }

  /** Each head alone. */
  void heads() {
    if (!canTune()) {
      return;
    }
    SinkMeasured now = state.measured.get();
    RunRequest prompt = now.request();
    context.ask(
        Ask.TUNE,
        "ZeroTuning, head by head",
        (host, progress) -> SinkTuning.heads(host, now.model(), prompt, progress),
        state.heads::set);
  }

  /** What a change does. */
  void change(SinkTuning.Change change) {
    if (!canTune()) {
      return;
    }
    SinkMeasured now = state.measured.get();
    HeadSet heads = state.scope.get().heads(w.head.get());
    SinkTuning.Settings settings = state.settings(w.query.get());
    context.ask(
        Ask.TUNE,
        "Pass with a change of sinks",
        (host, progress) -> SinkTuning.effect(host, now, change, heads, settings, progress),
        state.effect::set);
  }
}
