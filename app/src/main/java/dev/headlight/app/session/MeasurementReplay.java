package dev.headlight.app.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.retrieval.NeedleGrid;
import dev.headlight.analysis.retrieval.RetrievalListener;
import dev.headlight.analysis.retrieval.RetrievalProbe;
import dev.headlight.analysis.retrieval.RetrievalRequest;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.sinks.SinkRates;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.ablation.AblationWork;
import dev.headlight.app.ablation.FoundJson;
import dev.headlight.app.ablation.Question;
import dev.headlight.app.ablation.Seen;
import dev.headlight.app.circuits.CircuitReplay;
import dev.headlight.app.engine.ModelAsker;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.engine.ReadPrompt;
import dev.headlight.app.engine.SinkMeasured;
import dev.headlight.app.engine.SinkTexts;
import dev.headlight.app.retrieval.Findings;
import dev.headlight.app.retrieval.ProbeChoice;
import dev.headlight.app.visual.VisualReplay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Measures again what a session holds, on the thread of the model. */
final class MeasurementReplay {
  private final ModelHost host;
  private final ModelFacts model;
  private final Function<List<String>, Optional<ScoreJob>> jobs;
  private PromptState readState;
  private ReadPrompt readPrompt;

  /**
   * @param jobs knows what measures scores of these ids, sorted
   */
  MeasurementReplay(
      ModelHost host, ModelFacts model, Function<List<String>, Optional<ScoreJob>> jobs) {
    this.host = host;
    this.model = model;
    this.jobs = jobs;
  }

  /** The documents of a session as they are now, by name. */
  Map<String, JsonElement> documents(Session session, Progress progress) {
    Map<String, JsonElement> held = session.results().documents();
    Map<String, JsonElement> now = new LinkedHashMap<>();
    if (held.get(Measurements.SCORES) instanceof JsonArray scores) {
      now.put(Measurements.SCORES, scores(scores, progress));
    }
    if (held.get(Measurements.SINKS) instanceof JsonObject sinks) {
      now.put(Measurements.SINKS, sinks(sinks, session.state().prompt(), progress));
    }
    if (held.get(Measurements.RETRIEVAL) instanceof JsonObject retrieval) {
      now.put(Measurements.RETRIEVAL, retrieval(retrieval, progress));
    }
    if (held.get(Measurements.ABLATION) instanceof JsonArray ablation) {
      now.put(Measurements.ABLATION, ablation(ablation, session.state().prompt(), progress));
    }
    if (held.containsKey(Measurements.CIRCUITS)) {
      circuits(held.get(Measurements.CIRCUITS), session.state().prompt(), progress)
          .ifPresent(circuits -> now.put(Measurements.CIRCUITS, circuits));
    }
    if (held.containsKey(Measurements.VISUAL)) {
      visual(held.get(Measurements.VISUAL), session.state().prompt(), progress)
          .ifPresent(visual -> now.put(Measurements.VISUAL, visual));
    }
    return now;
  }

  private JsonArray scores(JsonArray held, Progress progress) {
    List<ScoreJob.Result> again = new ArrayList<>();
    int layers = model.spec().layers();
    for (ScoreJob.Result former : Measurements.scores(held, layers, model.spec().heads())) {
      progress.check();
      jobs.apply(former.tables().keySet().stream().sorted().toList())
          .ifPresent(job -> again.add(host.measure(model, job, progress)));
    }
    return Measurements.scores(again);
  }

  private JsonObject sinks(JsonObject held, PromptState state, Progress progress) {
    JsonArray ids = held.getAsJsonArray("prompt");
    int[] prompt = new int[ids.size()];
    for (int i = 0; i < prompt.length; i++) {
      prompt[i] = ids.get(i).getAsInt();
    }
    SinkMeasured measured =
        SinkMeasured.measure(
            host,
            model,
            read(state, prompt),
            SinkTexts.parse(held.get("texts").getAsString()),
            state.bos(),
            null,
            progress);
    SinkRates rates =
        measured
            .ofTexts()
            .rates(
                held.get("epsilon").getAsDouble(),
                held.get("length").getAsInt(),
                held.get("key").getAsInt());
    return Measurements.sinks(measured, rates);
  }

  /** The prompt of the session with its pictures, which are prepared once. */
  private ReadPrompt seen(PromptState state) {
    if (!state.equals(readState)) {
      readPrompt = host.read(state.text(), state.chat(), state.bos(), state.pictures());
      readState = state;
    }
    return readPrompt;
  }

  /** The pictures of the session for both prompts of a pair; none where it has none. */
  private List<Pixels> pictures(PromptState state) {
    return state.pictures().isEmpty()
        ? List.of()
        : seen(state).prepared().map(p -> List.of(p.pixels(), p.pixels())).orElse(List.of());
  }

  /** The prompt of the session with its pictures, where these are its ids; else the ids alone. */
  private ReadPrompt read(PromptState state, int... ids) {
    if (!state.pictures().isEmpty()) {
      ReadPrompt read = seen(state);
      if (Arrays.equals(read.tokens().ids(), ids)) {
        return read;
      }
    }
    return ReadPrompt.of(Tokens.ofIds(null, ids));
  }

  /** Asks every question of the document again. */
  private JsonElement ablation(JsonArray held, PromptState state, Progress progress) {
    Seen seen = state.pictures().isEmpty() ? Seen.NOTHING : Seen.of(seen(state));
    AblationWork work = new AblationWork();
    Map<Question, Object> again = new LinkedHashMap<>();
    for (Question question : FoundJson.questions(held)) {
      progress.check();
      again.put(question, host.ask(model, work.answer(question.seeing(seen)), progress));
    }
    return FoundJson.document(again);
  }

  private Optional<JsonObject> circuits(JsonElement held, PromptState state, Progress progress) {
    return CircuitReplay.run(held, model.spec(), pictures(state), asker(progress));
  }

  private Optional<JsonElement> visual(JsonElement held, PromptState state, Progress progress) {
    return VisualReplay.run(held, seen(state), model.spec(), asker(progress));
  }

  private ModelAsker asker(Progress progress) {
    return new ModelAsker() {
      @Override
      public <T> T ask(ModelQuestion<T> question) {
        progress.check();
        return host.ask(model, question, progress);
      }
    };
  }

  private JsonObject retrieval(JsonObject held, Progress progress) {
    ProbeChoice choice = ProbeChoice.of(held.getAsJsonObject("probe"));
    Findings findings =
        host.ask(
            model,
            (opened, p) -> {
              NeedleGrid grid = choice.grid(opened);
              RetrievalRequest request = RetrievalRequest.of(grid.episodes());
              return new Findings(
                  opened.spec(),
                  grid,
                  RetrievalProbe.run(opened, request, RetrievalListener.NONE, p).results(),
                  null);
            },
            progress);
    return Measurements.retrieval(choice, findings);
  }
}
