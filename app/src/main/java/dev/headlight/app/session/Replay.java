package dev.headlight.app.session;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.LayerListener;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.app.engine.HeadEffect;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.NextTokens;
import dev.headlight.app.engine.ReadPrompt;
import dev.headlight.app.engine.RunEffect;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.export.ExportRequest;
import dev.headlight.app.export.ExportRequest.Format;
import dev.headlight.app.export.FigureContent;
import dev.headlight.app.export.FigureRequest;
import dev.headlight.app.export.FigureScale;
import dev.headlight.app.export.HeadExport;
import dev.headlight.app.report.FigureFiles;
import dev.headlight.renderer.figure.FigureStyle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A session again, without a window: the figures and tables that were exported, those of the
 * selected head as a window would export them now, and the numbers on view. Belongs to the thread
 * of the model.
 */
public final class Replay {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().setPrettyPrinting().create();

  private final ModelHost host;
  private final ModelFacts model;
  private final Session session;
  private final Function<List<String>, Optional<ScoreJob>> jobs;
  private final List<Path> files = new ArrayList<>();
  private Path folder;
  private RunSnapshot run;

  /**
   * @param host with the session's model open
   * @param model that model
   * @param jobs knows what measures scores of these ids, sorted
   */
  public Replay(
      ModelHost host,
      ModelFacts model,
      Session session,
      Function<List<String>, Optional<ScoreJob>> jobs) {
    this.host = host;
    this.model = model;
    this.session = session;
    this.jobs = jobs;
  }

  /**
   * What was written.
   *
   * @param files every one
   * @param difference largest between the numbers now and those that the session holds; empty where
   *     it holds none
   */
  public record Written(List<Path> files, Optional<Double> difference) {}

  /** Writes everything into a folder. */
  public Written write(Path into, Progress progress) {
    folder = into;
    SessionState state = session.state();
    view(state.prompt(), progress);
    JsonObject numbers = numbers(state, progress);
    Map<String, JsonElement> documents = new LinkedHashMap<>();
    documents.put(Numbers.NAME, numbers);
    documents.putAll(new MeasurementReplay(host, model, jobs).documents(session, progress));
    documents.forEach(this::document);
    present(state, progress);
    for (Map.Entry<PromptState, List<ExportedFigure>> entry : byPrompt().entrySet()) {
      view(entry.getKey(), progress);
      for (ExportedFigure figure : entry.getValue()) {
        progress.report(Double.NaN, figure.file());
        export(figure.request(run.id(), run.tokens(), folder), progress);
      }
    }
    return new Written(List.copyOf(new TreeSet<>(files)), difference(documents));
  }

  private void document(String name, JsonElement json) {
    Path file = folder.resolve(name + ".json");
    AtomicFiles.writeText(file, GSON.toJson(json) + "\n");
    files.add(file);
  }

  /** Between all documents that the session holds and what they are now. */
  private Optional<Double> difference(Map<String, JsonElement> now) {
    Map<String, JsonElement> held = session.results().documents();
    return now.entrySet().stream()
        .filter(e -> held.containsKey(e.getKey()))
        .map(e -> Numbers.difference(held.get(e.getKey()), e.getValue()))
        .max(Comparator.naturalOrder());
  }

  private Map<PromptState, List<ExportedFigure>> byPrompt() {
    Map<PromptState, List<ExportedFigure>> map = new LinkedHashMap<>();
    for (ExportedFigure figure : session.exports()) {
      map.computeIfAbsent(figure.prompt(), p -> new ArrayList<>()).add(figure);
    }
    return map;
  }

  private void view(PromptState prompt, Progress progress) {
    progress.check();
    ReadPrompt read = host.read(prompt.text(), prompt.chat(), prompt.bos(), prompt.pictures());
    run = host.view(read, LayerListener.NONE, progress);
  }

  /** The selected head as the menu exports it; exports of the same name come after and win. */
  private void present(SessionState state, Progress progress) {
    Optional<Head> head = state.selection().head();
    if (head.isEmpty()) {
      return;
    }
    FigureScale scale = ViewSettings.scale(state.view());
    FigureContent content = ViewSettings.content(state.view(), head.get(), run.model().spec());
    FigureRequest figure =
        new FigureRequest(
            run.id(),
            content,
            run.tokens(),
            FigureStyle.page(),
            Optional.empty(),
            scale::of,
            scale.common());
    for (Format format : Format.values()) {
      String name = model.name() + "-" + content.name() + "." + format.suffix();
      export(new ExportRequest(figure, format, folder.resolve(name)), progress);
    }
  }

  private void export(ExportRequest request, Progress progress) {
    Path file = host.export(request, progress);
    files.add(file);
    files.add(request.format() == Format.CSV ? HeadExport.beside(file) : FigureFiles.sidecar(file));
  }

  private JsonObject numbers(SessionState state, Progress progress) {
    Selection selection = state.selection();
    boolean logits = run.model().spec().hasLogits();
    int last = run.length() - 1;
    int asked = selection.query() == Selection.NONE ? last : Math.min(last, selection.query());
    Optional<NextTokens> next =
        logits
            ? Optional.of(host.next(run.id(), run.everyPosition() ? asked : last))
            : Optional.empty();
    Intervention.Mode mode = ViewSettings.withoutMode(state.view());
    Optional<HeadEffect> without =
        selection
            .head()
            .filter(h -> logits)
            .map(head -> host.without(run.id(), head, mode, progress));
    return Numbers.of(run, next, without, logits ? compared(state, progress) : Optional.empty());
  }

  private Optional<RunEffect> compared(SessionState state, Progress progress) {
    Compared compared = state.compared();
    RunSnapshot other;
    if (compared.kind().equals("runs") && !compared.changes().isBlank()) {
      other = host.compare(run.prompt(), Changes.parse(compared.changes()), progress);
    } else if (compared.kind().equals("prompts") && !compared.prompt().isBlank()) {
      ReadPrompt read =
          host.read(
              compared.prompt(), Optional.empty(), state.prompt().bos(), state.prompt().pictures());
      other = host.compare(read, List.of(), progress);
    } else {
      return Optional.empty();
    }
    return Optional.of(host.effect(run.id(), other.id()));
  }
}
