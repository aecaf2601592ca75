package dev.headlight.app.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.retrieval.RetrievalListener;
import dev.headlight.analysis.retrieval.RetrievalResult;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.text.Bos;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.engine.SinkMeasured;
import dev.headlight.app.engine.SinkTexts;
import dev.headlight.app.job.Delay;
import dev.headlight.app.job.SameThreadJobRunner;
import dev.headlight.app.retrieval.Findings;
import dev.headlight.app.retrieval.ProbeChoice;
import dev.headlight.app.retrieval.ProbeRun;
import dev.headlight.app.retrieval.RetrievalWork;
import dev.headlight.app.session.Measurements;
import dev.headlight.app.session.Numbers;
import dev.headlight.app.session.Replay;
import dev.headlight.app.session.Session;
import dev.headlight.app.session.SessionReader;
import dev.headlight.samples.SampleVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What panes measured, in a session's file and out of it, and measured again without a window. */
class MeasuredSessionTest {
  private static final ModelSource EARLY = ModelSource.of(SampleVersion.parse("world-6l@2000"));

  private static final List<String> KEPT =
      List.of(Measurements.SCORES, Measurements.SINKS, Measurements.RETRIEVAL);

  @TempDir private Path folder;
  private final SameThreadJobRunner here = new SameThreadJobRunner();
  private final List<JsonElement> shown = new ArrayList<>();
  private Map<String, JsonElement> found = Map.of();

  private SessionController sessions(Workbench w, ModelHost host) {
    WorkbenchController controller = new WorkbenchController(w, host, here, Delay.NONE);
    Undo undo = new Undo(w, Delay.NONE, InstantSource.system());
    Keeper keeper = new Keeper(Optional.empty(), e -> {});
    SessionController sessions = new SessionController(w, controller, undo, here, keeper, f -> {});
    for (String name : Measurements.OF_PANES) {
      w.findings.keep(name, () -> Optional.ofNullable(found.get(name)), shown::add);
    }
    controller.open(EARLY, () -> {}, () -> {});
    return sessions;
  }

  private static HeadScore score(String id) {
    return KnownScores.all().find(id).orElseThrow();
  }

  private static void measure(Workbench w, ModelHost host, String id) {
    ScoreJob job = ((HeadScore.OfJob) score(id).origin()).job();
    w.measured.set(w.measured.get().plus(job, host.measure(w.model.get(), job, Progress.NONE)));
  }

  private Path save() {
    Workbench w = new Workbench();
    Path file = folder.resolve("s.headlight");
    try (ModelHost host = new ModelHost(folder.resolve("none"));
        SessionController sessions = sessions(w, host)) {
      measure(w, host, "copying");
      measure(w, host, "induction");
      ModelFacts facts = w.model.get();
      SinkMeasured sinks =
          SinkMeasured.measure(
              host, facts, w.read.get(), SinkTexts.PROMPT, Bos.DEFAULT, null, Progress.NONE);
      found =
          Map.of(
              Measurements.SINKS,
              Measurements.sinks(sinks, sinks.ofTexts().rates(0.2, 20, 0)),
              Measurements.RETRIEVAL,
              probe(host, facts));
      PaneMemory memory = new PaneMemory(w, "roles");
      RolesView view = new RolesView(w, new ArrangedHeads(w));
      memory.keep(view);
      view.role.set("copying");
      view.query.set("[a-z]");
      sessions.save(file);
    }
    return file;
  }

  private static JsonElement probe(ModelHost host, ModelFacts facts) {
    ProbeChoice choice = ProbeChoice.standard(facts.spec()).sized(List.of(120), List.of(0.5));
    RetrievalWork work = new RetrievalWork();
    ProbeRun run =
        new ProbeRun(0, host.ask(facts, (model, p) -> choice.grid(model), Progress.NONE));
    RetrievalResult result =
        host.ask(facts, work.answer(run, RetrievalListener.NONE), Progress.NONE);
    Findings findings = new Findings(facts.spec(), run.grid(), result.results(), null);
    return Measurements.retrieval(choice, findings);
  }

  @Test
  void scoresAndSettingsComeBack() {
    Path file = save();
    Session session = SessionReader.read(file).session();
    assertEquals("sample:world-6l@2000", session.model().reference());
    assertFalse(session.model().sha256().isEmpty());
    assertTrue(session.results().documents().keySet().containsAll(KEPT));
    found = Map.of();
    Workbench w = new Workbench();
    try (ModelHost host = new ModelHost(folder.resolve("none"));
        SessionController sessions = sessions(w, host)) {
      PaneMemory memory = new PaneMemory(w, "roles");
      RolesView view = new RolesView(w, new ArrangedHeads(w));
      memory.keep(view);
      assertTrue(w.measured.get().table(score("copying")).isEmpty());
      sessions.resume(
          new SessionController.Resumed(session, Optional.of(file), Optional.empty(), true));
      assertEquals("copying", view.role.get());
      assertEquals("[a-z]", view.query.get());
      double[] back = w.measured.get().table(score("copying")).orElseThrow().values();
      measure(w, host, "copying");
      double[] again = w.measured.get().table(score("copying")).orElseThrow().values();
      for (int i = 0; i < back.length; i++) {
        assertEquals(again[i], back[i], 1e-9);
      }
      assertTrue(w.measured.get().table(score("induction")).isPresent());
      assertEquals(
          List.of(
              session.results().documents().get(Measurements.SINKS),
              session.results().documents().get(Measurements.RETRIEVAL)),
          shown,
          "each open pane is shown its own");
      assertTrue(w.measured.get().table(score("positionOnly")).isEmpty());
    }
  }

  @Test
  void aReplayMeasuresAgain() throws Exception {
    Session session = SessionReader.read(save()).session();
    Path out = Files.createDirectories(folder.resolve("out"));
    try (ModelHost host = new ModelHost(folder.resolve("none"))) {
      ModelFacts facts = host.open(EARLY, Progress.NONE);
      Replay.Written written =
          new Replay(host, facts, session, KnownScores::job).write(out, Progress.NONE);
      assertEquals(0, written.difference().orElseThrow(), 1e-6);
      for (String name : KEPT) {
        assertTrue(Files.exists(out.resolve(name + ".json")), name);
      }
      assertTrue(Files.readString(out.resolve("retrieval.json")).contains("\"found\": 3"));
    }
  }

  @Test
  void aProbeIsShownWithoutAskingAgain() {
    JsonElement held =
        SessionReader.read(save()).session().results().documents().get(Measurements.RETRIEVAL);
    try (ModelHost host = new ModelHost(folder.resolve("none"))) {
      ModelFacts facts = host.open(EARLY, Progress.NONE);
      RetrievalWork.Restored back =
          host.ask(facts, new RetrievalWork().restore(held), Progress.NONE).orElseThrow();
      Findings shown = new Findings(facts.spec(), back.grid(), back.results(), null);
      assertEquals(3, shown.result().successes().size());
      assertEquals(0, Numbers.difference(held, Measurements.retrieval(back.choice(), shown)), 1e-6);
      assertTrue(
          host.ask(facts, new RetrievalWork().restore(new JsonObject()), Progress.NONE).isEmpty());
    }
  }

  @Test
  void whatIsNoMeasurementIsLeftOut() {
    JsonElement wrong = JsonParser.parseString("[{\"tables\": {\"a\": {\"runs\": 1}}}, 3, {}]");
    assertTrue(Measurements.scores(wrong, 2, 2).isEmpty());
    assertTrue(Measurements.scores(null, 2, 2).isEmpty());
  }
}
