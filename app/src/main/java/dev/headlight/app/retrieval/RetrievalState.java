package dev.headlight.app.retrieval;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.retrieval.CurveRequest;
import dev.headlight.analysis.retrieval.EpisodeResult;
import dev.headlight.analysis.retrieval.Masking;
import dev.headlight.analysis.retrieval.NeedleGrid;
import dev.headlight.analysis.scores.HeadTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a retrieval pane knows of one model: what is asked, how far it is, what was found. Belongs
 * to one thread; {@code changed} hears of every change.
 */
public final class RetrievalState {
  private static final Logger LOG = LoggerFactory.getLogger(RetrievalState.class);

  /** How far the probe is. */
  public enum Phase {
    EMPTY,
    RUNNING,
    PAUSED,
    DONE
  }

  private final ModelSpec spec;
  private final Runnable changed;
  private ProbeChoice choice;
  private ProbeChoice ran;
  private ProbePlan plan;
  private ProbeRun run;
  private int runs;
  private EpisodeResult[] results = new EpisodeResult[0];
  private Phase phase = Phase.EMPTY;
  private Findings findings;
  private Definition definition = Definition.CODE;
  private HeadTable imported;
  private String importedFrom = "";
  private Masking.Mode mode = Masking.Mode.ZERO;
  private Masking.When when = Masking.When.DECODING;
  private CurveRequest request;
  private CurveFindings curve;

  /**
   * @param spec of the model
   * @param changed hears of changes
   */
  public RetrievalState(ModelSpec spec, Runnable changed) {
    this(spec, ProbeChoice.standard(spec), changed);
  }

  /**
   * @param spec of the model
   * @param choice what the form says
   * @param changed hears of changes
   */
  public RetrievalState(ModelSpec spec, ProbeChoice choice, Runnable changed) {
    this.spec = spec;
    this.changed = changed;
    this.choice = choice;
    this.ran = choice;
  }

  /** What is chosen, as text; empty where all is as at first. */
  public String text() {
    boolean first =
        choice.equals(ProbeChoice.standard(spec))
            && definition == Definition.CODE
            && mode == Masking.Mode.ZERO
            && when == Masking.When.DECODING;
    JsonObject json = choice.json();
    json.addProperty("definition", definition.name());
    json.addProperty("mode", mode.name());
    json.addProperty("when", when.name());
    return first ? "" : json.toString();
  }

  /** Chooses what {@link #text} told; what cannot be read is as at first. */
  public void restore(String text) {
    choice = ProbeChoice.standard(spec);
    definition = Definition.CODE;
    mode = Masking.Mode.ZERO;
    when = Masking.When.DECODING;
    if (!text.isEmpty()) {
      read(text);
    }
    plan = null;
    request = null;
    changed.run();
  }

  private void read(String text) {
    try {
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      choice = ProbeChoice.of(json);
      Definition shown = Definition.valueOf(word(json, "definition"));
      definition = shown == Definition.FILE && imported == null ? Definition.CODE : shown;
      mode = Masking.Mode.valueOf(word(json, "mode"));
      when = Masking.When.valueOf(word(json, "when"));
    } catch (HeadlightException
        | JsonParseException
        | IllegalArgumentException
        | IllegalStateException e) {
      LOG.debug("A retrieval pane kept something else", e);
    }
  }

  private static String word(JsonObject json, String name) {
    return json.has(name) ? json.get(name).getAsString() : "";
  }

  /** What the probe that was begun last asked. */
  public ProbeChoice ran() {
    return ran;
  }

  /** What the form says. */
  public ProbeChoice choice() {
    return choice;
  }

  /** Changes what the form says; the former plan is void. */
  public void choose(ProbeChoice now) {
    choice = now;
    plan = null;
    changed.run();
  }

  /** What the choice comes to; null while that is not known. */
  public ProbePlan plan() {
    return plan;
  }

  /** Tells what a choice comes to; of a former choice it counts for nothing. */
  public void planned(ProbeChoice of, ProbePlan now) {
    if (of.equals(choice)) {
      plan = now;
      changed.run();
    }
  }

  /**
   * Begins the probe that is planned, with nothing answered.
   *
   * @throws IllegalStateException when there is none
   */
  public ProbeRun begin() {
    if (plan == null || !plan.ready()) {
      throw new IllegalStateException("no probe is planned");
    }
    run = new ProbeRun(runs++, plan.grid());
    ran = choice;
    plan = null; // The next run is a new one, even of the same choice.
    results = new EpisodeResult[run.grid().episodes().size()];
    curve = null;
    request = null;
    return go();
  }

  /** Goes on with a probe that was paused. */
  public ProbeRun resume() {
    return go();
  }

  private ProbeRun go() {
    phase = Phase.RUNNING;
    refresh();
    return run;
  }

  /** An episode is answered; of a former probe it counts for nothing. */
  public void answered(ProbeRun of, int index, EpisodeResult result) {
    if (of.equals(run)) {
      results[index] = result;
      refresh();
    }
  }

  /** The probe stands still; what is answered stays. */
  public void pause() {
    if (phase == Phase.RUNNING) {
      phase = Phase.PAUSED;
      changed.run();
    }
  }

  /** The probe is done. */
  public void finish(ProbeRun of) {
    if (of.equals(run)) {
      phase = Phase.DONE;
      changed.run();
    }
  }

  /** What a session holds is there: a probe that is done. */
  public void restored(ProbeChoice of, NeedleGrid grid, List<EpisodeResult> answered) {
    run = new ProbeRun(runs++, grid);
    ran = of;
    results = answered.toArray(EpisodeResult[]::new);
    curve = null;
    request = null;
    phase = Phase.DONE;
    refresh();
  }

  private void refresh() {
    findings =
        run == null
            ? null
            : new Findings(spec, run.grid(), Arrays.asList(results.clone()), imported);
    changed.run();
  }

  /** How far the probe is. */
  public Phase phase() {
    return phase;
  }

  /** What is found so far; null before the first probe. */
  public Findings findings() {
    return findings;
  }

  /** How far the probe is, in words. */
  public String status() {
    if (findings == null) {
      return "";
    }
    int done = findings.answered();
    return switch (phase) {
      case EMPTY -> "";
      case RUNNING -> done + " of " + results.length + " episodes answered";
      case PAUSED -> "paused, " + done + " of " + results.length + " episodes answered";
      case DONE -> findings.summary();
    };
  }

  /** What is called the score. */
  public Definition definition() {
    return definition;
  }

  /** Shows another score. */
  public void define(Definition now) {
    definition = now;
    changed.run();
  }

  /** Takes scores of a file and shows them. */
  public void imported(String from, HeadTable table) {
    imported = table;
    importedFrom = from;
    definition = Definition.FILE;
    refresh();
  }

  /** Path of the file whose scores are there; empty for none. */
  public String importedFrom() {
    return importedFrom;
  }

  /** What becomes of masked heads. */
  public Masking.Mode mode() {
    return mode;
  }

  /** From where on. */
  public Masking.When when() {
    return when;
  }

  /** Changes how heads are masked; a curve of another masking stays until the next is there. */
  public void mask(Masking.Mode newMode, Masking.When newWhen) {
    mode = newMode;
    when = newWhen;
    request = null;
    changed.run();
  }

  /** Whether a curve can be asked for: the probe is done and heads rank before others. */
  public boolean maskable() {
    return phase == Phase.DONE && findings.defined(ranking());
  }

  private Definition ranking() {
    return definition == Definition.FILE ? Definition.FILE : Definition.CODE;
  }

  /** The curve as it is set; the same object until something of it changes. */
  public CurveRequest request() {
    HeadTable table = findings.table(ranking());
    if (request == null || !request.ranking().equals(table)) {
      request =
          new CurveRequest(
              findings.result().episodes(),
              table,
              CurveFindings.counts(spec.layers() * spec.heads()),
              CurveFindings.seeds(),
              mode,
              when);
    }
    return request;
  }

  /** The newest curve; null for none. */
  public CurveFindings curve() {
    return curve;
  }

  /** A curve is there. */
  public void curved(CurveFindings now) {
    curve = now;
    changed.run();
  }

  /** What follows the model on the command line that finds the same. */
  public List<String> arguments() {
    List<String> line = new ArrayList<>(ran.arguments());
    if (curve != null) {
      CurveRequest of = curve.request();
      line.addAll(List.of("--curve", ProbeChoice.joined(of.counts())));
      line.addAll(List.of("--draws", Integer.toString(of.seeds().size())));
      line.addAll(List.of("--mode", of.mode().name().toLowerCase(Locale.ROOT)));
      line.addAll(List.of("--when", of.when().name().toLowerCase(Locale.ROOT)));
      if (of.ranking().equals(imported)) {
        line.addAll(List.of("--heads-file", importedFrom));
      }
    }
    return line;
  }
}
