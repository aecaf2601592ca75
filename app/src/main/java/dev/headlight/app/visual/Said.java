package dev.headlight.app.visual;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.GenerateRequest;
import dev.headlight.analysis.model.Generation;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.app.engine.Distribution;
import dev.headlight.app.engine.TextStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Reads what a model says of a picture at one place, with and without changes. */
final class Said {
  private final Model model;
  private final Looked looked;
  private final int read;

  /** Logits of the unchanged pass, or its score alone. */
  private final float[] unchanged;

  private final int token;

  /**
   * Reads the unchanged pass.
   *
   * @param word whose token is read
   */
  Said(Model model, Looked looked, int word, Progress progress) {
    this.model = model;
    this.looked = looked;
    read = looked.side() == Side.MAIN ? looked.reads(word) : -1;
    unchanged = read(List.of(), progress);
    if (scored()) {
      token = -1;
    } else {
      boolean written = looked.side() == Side.MAIN && looked.answered();
      token = written ? looked.tokens()[read + 1] : new Distribution(unchanged).top(1).get(0);
    }
  }

  /** Whether two towers are compared. */
  boolean scored() {
    return model.spec().vision().filter(v -> !v.inPrompt()).isPresent();
  }

  private float[] read(List<Intervention> changes, Progress progress) {
    try (Run run = model.run(request(changes), progress).get(0)) {
      if (scored()) {
        return new float[] {run.contrasted().orElseThrow().logits()[looked.at().picture()]};
      }
      if (!model.spec().hasLogits()) {
        throw new HeadlightException(
            Kind.MODEL,
            model.name()
                + " has neither classes nor a vocabulary, so there is no answer to change.");
      }
      return run.logits(-1);
    }
  }

  private RunRequest request(List<Intervention> more) {
    VisualAsk ask = looked.ask();
    ModelSpec spec = model.spec();
    RunRequest request;
    if (spec.patches().isPresent()) {
      request = RunRequest.ofPicture(spec, ask.prepared().pixels());
    } else {
      int[] tokens =
          read < 0 ? ask.text(looked.at().text()) : Arrays.copyOf(looked.tokens(), read + 1);
      request = RunRequest.of(tokens).withPictures(List.of(ask.prepared().pixels()));
    }
    return request.withInterventions(together(more));
  }

  private List<Intervention> together(List<Intervention> more) {
    List<Intervention> all = new ArrayList<>(looked.ask().changes());
    all.addAll(more);
    return all;
  }

  /** The token that is read, as people see it. */
  String token() {
    return scored() ? "picture and text" : label(token);
  }

  /** Its id; -1 for a score. */
  int id() {
    return token;
  }

  /** Its probability, or the score, when nothing is changed. */
  double before() {
    return value(unchanged);
  }

  private double value(float[] read) {
    return scored() ? read[0] : new Distribution(read).probability(token);
  }

  private String label(int id) {
    if (model.spec().patches().isPresent()) {
      return model
          .checkpoint()
          .config()
          .object("id2label")
          .map(n -> n.string("" + id, "class " + id))
          .orElse("class " + id);
    }
    return model.tokenizer().map(t -> t.label(id)).orElse("" + id);
  }

  /**
   * What is read under changes.
   *
   * @param value probability, or score
   * @param top the most probable token or class; empty for a score
   * @param kl KL(unchanged ‖ changed) in nats; NaN for a score
   * @param same whether every number is bit by bit that of the unchanged pass
   */
  record Now(double value, String top, double kl, boolean same) {}

  /** The same under changes; nothing is run where there are none. */
  Now under(List<Intervention> changes, Progress progress) {
    float[] now = changes.isEmpty() ? unchanged : read(changes, progress);
    boolean same = Arrays.equals(now, unchanged);
    if (scored()) {
      return new Now(now[0], "", Double.NaN, same);
    }
    Distribution after = new Distribution(now);
    double kl = new Distribution(unchanged).divergence(after);
    return new Now(value(now), label(after.top(1).get(0)), kl, same);
  }

  /**
   * All that a change does; the text too where the model writes.
   *
   * @param first hears it without the text, where one will be written
   */
  Effect effect(
      VisualChange change,
      List<Intervention> changes,
      String note,
      Consumer<Effect> first,
      Progress progress) {
    Now now = under(changes, progress.part(0, 0.4));
    Effect numbers =
        new Effect(
            change,
            changes,
            token(),
            before(),
            now.value(),
            now.top(),
            now.kl(),
            Written.NOTHING,
            Written.NOTHING,
            scored(),
            now.same(),
            note);
    if (!writes() || changes.isEmpty()) {
      return numbers;
    }
    first.accept(numbers);
    Written baseline = baseline(progress.part(0.4, 0.6));
    return numbers.with(baseline, write(changes, progress.part(0.6, 1)));
  }

  private boolean writes() {
    return Look.inPrompt(model.spec()) && looked.ask().maxNew() > 0;
  }

  /** What is written without the change: known already, unless a tower was looked at. */
  private Written baseline(Progress progress) {
    return looked.side() == Side.TOWER
        ? write(List.of(), progress)
        : written(Arrays.copyOfRange(looked.tokens(), looked.promptLength(), looked.length()));
  }

  private Written write(List<Intervention> changes, Progress progress) {
    Set<Integer> stops =
        model.tokenizer().map(TextTokenizer::eosIds).map(Set::copyOf).orElse(Set.of());
    GenerateRequest request =
        GenerateRequest.greedy(looked.ask().tokens(), looked.ask().maxNew())
            .withStops(stops)
            .withInterventions(together(changes))
            .withPictures(looked.ask().prepared().pixels());
    Generation generation = model.generate(request, (id, logprob) -> {}, progress);
    return written(generation.tokens());
  }

  private Written written(int[] ids) {
    TextStream stream = new TextStream(model.tokenizer(), looked.ask().tokens());
    List<String> pieces = new ArrayList<>();
    for (int id : ids) {
      pieces.add(stream.add(id));
    }
    return new Written(ids, pieces, stream.text().strip());
  }
}
