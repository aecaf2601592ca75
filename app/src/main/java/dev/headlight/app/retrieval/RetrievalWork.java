package dev.headlight.app.retrieval;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.cost.Calibration;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.retrieval.AnswerReading;
import dev.headlight.analysis.retrieval.AssociativeRecall;
import dev.headlight.analysis.retrieval.AttentionInfluence;
import dev.headlight.analysis.retrieval.CurveRequest;
import dev.headlight.analysis.retrieval.Episode;
import dev.headlight.analysis.retrieval.EpisodeResult;
import dev.headlight.analysis.retrieval.Masking;
import dev.headlight.analysis.retrieval.MaskingCurve;
import dev.headlight.analysis.retrieval.NeedleGrid;
import dev.headlight.analysis.retrieval.ProbeFiles;
import dev.headlight.analysis.retrieval.RetrievalCost;
import dev.headlight.analysis.retrieval.RetrievalListener;
import dev.headlight.analysis.retrieval.RetrievalProbe;
import dev.headlight.analysis.retrieval.RetrievalRequest;
import dev.headlight.analysis.retrieval.RetrievalResult;
import dev.headlight.analysis.retrieval.SpanShares;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.engine.ModelQuestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The questions of a retrieval pane to one model. It remembers how far probe and curve are, so that
 * asking again goes on. Questions are made on any thread and answered on the model's.
 */
public final class RetrievalWork {
  private static final int TEXT_TOKENS = 512;
  private static final int SPAN_TOKENS = 12;
  private static final int RECALL_BATCH = 4;

  private Calibration calibration;
  private ProbeRun run;
  private RetrievalProbe probe;
  private CurveRequest masked;
  private MaskingCurve curve;

  private Calibration calibration(Model model, Progress progress) {
    if (calibration == null) {
      calibration = Calibration.measure(model, progress.silent());
    }
    return calibration;
  }

  /** Makes a probe and tells what it costs; what is wrong with the choice is part of the answer. */
  public ModelQuestion<ProbePlan> plan(ProbeChoice choice) {
    return (model, progress) -> {
      try {
        NeedleGrid made = choice.grid(model);
        if (made.episodes().isEmpty()) {
          return new ProbePlan(null, "", made.problems().get(0).problem());
        }
        RetrievalRequest request = RetrievalRequest.of(made.episodes());
        String cost = RetrievalCost.probe(calibration(model, progress), request).text();
        return new ProbePlan(made, cost, "");
      } catch (HeadlightException e) {
        return new ProbePlan(null, "", e.getMessage());
      }
    };
  }

  /**
   * Answers a probe; one that was cancelled goes on where it ended.
   *
   * @param of what {@link RetrievalState} began
   * @param listener hears on the model's thread
   */
  public ModelQuestion<RetrievalResult> answer(ProbeRun of, RetrievalListener listener) {
    return (model, progress) -> {
      if (!of.equals(run)) {
        probe = new RetrievalProbe(model, RetrievalRequest.of(of.grid().episodes()));
        run = of;
      }
      return probe.run(listener, progress);
    };
  }

  /**
   * A probe of a session.
   *
   * @param choice what was asked
   * @param grid its episodes, made anew
   * @param results one an episode
   */
  public record Restored(ProbeChoice choice, NeedleGrid grid, List<EpisodeResult> results) {
    /** Copies the list. */
    public Restored {
      results = List.copyOf(results);
    }
  }

  /** The probe that a session holds; empty where it is of another model, or no probe at all. */
  public ModelQuestion<Optional<Restored>> restore(JsonElement document) {
    return (model, progress) -> {
      if (!(document instanceof JsonObject json)
          || !(json.get("probe") instanceof JsonObject probe)
          || !json.has("episodes")) {
        return Optional.empty();
      }
      ProbeChoice choice = ProbeChoice.of(probe);
      NeedleGrid grid = choice.grid(model);
      int heads = model.spec().layers() * model.spec().heads();
      return EpisodeJson.read(json.get("episodes"), grid.episodes().size(), heads)
          .map(results -> new Restored(choice, grid, results));
    };
  }

  /** What a masking curve will take, for people. */
  public ModelQuestion<String> cost(CurveRequest request) {
    return (model, progress) -> RetrievalCost.curve(calibration(model, progress), request).text();
  }

  /** Answers under maskings; a curve that was cancelled goes on where it ended. */
  public ModelQuestion<CurveFindings> curve(CurveRequest request, double baseline) {
    return (model, progress) -> {
      if (!request.equals(masked)) {
        curve = new MaskingCurve(model, request);
        masked = request;
      }
      return new CurveFindings(request, curve.run(progress), baseline);
    };
  }

  /** Answers an episode again and keeps where a head looked. */
  public ModelQuestion<ReadAnswer> reading(Episode episode, Head head) {
    return (model, progress) -> {
      AnswerReading read =
          AnswerReading.read(model, episode, List.of(head), Masking.NONE, progress);
      int steps = read.result().steps().size();
      return new ReadAnswer(
          episode,
          head,
          texts(model, episode.tokens()),
          texts(model, Arrays.copyOf(read.result().generated(), steps)),
          IntStream.range(0, steps).mapToObj(s -> read.weights(s, head)).toList());
    };
  }

  private static List<String> texts(Model model, int[] ids) {
    return model
        .tokenizer()
        .map(t -> t.labels(ids))
        .orElseGet(() -> Arrays.stream(ids).mapToObj(Integer::toString).toList());
  }

  /** The words of a prompt, without special tokens. */
  public ModelQuestion<String> prompt(Episode episode) {
    return (model, progress) ->
        model
            .tokenizer()
            .map(t -> t.decode(episode.tokens(), true))
            .orElseGet(() -> String.join(" ", texts(model, episode.tokens())));
  }

  /** How much the texts of a file need some heads. */
  public ModelQuestion<TextInfluence> influence(Path file, List<Head> heads) {
    return (model, progress) -> {
      int cut = Math.min(TEXT_TOKENS, model.spec().maxPositions());
      List<AttentionInfluence.Sample> samples = new ArrayList<>();
      for (ProbeFiles.Text text : ProbeFiles.texts(file)) {
        int[] ids = model.tokenizer().orElseThrow().encode(text.text()).ids();
        String title = text.text().replaceAll("\\s+", " ");
        int[] part = Arrays.copyOf(ids, Math.min(cut, ids.length));
        samples.add(new AttentionInfluence.Sample(text.domain(), title, part));
      }
      return new TextInfluence(
          file, heads, samples, new AttentionInfluence(model, samples, heads).run(progress));
    };
  }

  /** What the answers to some prompts read of them. */
  public ModelQuestion<SpanFindings> spans(List<SpanPrompt> prompts) {
    return (model, progress) -> {
      List<SpanShares> shares = new ArrayList<>();
      for (int i = 0; i < prompts.size(); i++) {
        SpanPrompt.Written written = prompts.get(i).write(model);
        int room = model.spec().maxPositions() - written.tokens().length;
        double part = 1.0 / prompts.size();
        shares.add(
            SpanShares.ofAnswer(
                model,
                written.request(),
                written.spans(),
                Math.max(1, Math.min(SPAN_TOKENS, room)),
                progress.part(i * part, (i + 1) * part)));
      }
      return new SpanFindings(prompts.stream().map(SpanPrompt::title).toList(), shares);
    };
  }

  /** Associative recall over numbers of pairs that the model has positions for. */
  public ModelQuestion<List<AssociativeRecall.Point>> recall(List<Integer> pairs) {
    return (model, progress) ->
        AssociativeRecall.curve(model, pairs, RECALL_BATCH, 0, Masking.NONE, progress);
  }
}
