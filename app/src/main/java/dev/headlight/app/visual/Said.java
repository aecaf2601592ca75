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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Reads what a model says of a picture at one place, with and without changes. */
final class Said {
  private final Model model;
  private final Looked looked;
  private final int read;
  private final Distribution before;
  private final double score;
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
    try (Run run = run(List.of(), progress)) {
      if (scored()) {
        before = null;
        score = score(run);
        token = -1;
      } else {
        before = new Distribution(logits(run));
        score = Double.NaN;
        token = looked.answered() ? looked.tokens()[read + 1] : before.top(1).get(0);
      }
    }
  }

  /** Whether two towers are compared. */
  private boolean scored() {
    return model.spec().vision().filter(v -> !v.inPrompt()).isPresent();
  }

  private double score(Run run) {
    return run.contrasted().orElseThrow().logits()[looked.at().picture()];
  }

  private float[] logits(Run run) {
    if (!model.spec().hasLogits()) {
      throw new HeadlightException(
          Kind.MODEL,
          model.name() + " has neither classes nor a vocabulary, so there is no answer to change.");
    }
    return run.logits(-1);
  }

  private Run run(List<Intervention> more, Progress progress) {
    return model.run(request(more), progress).get(0);
  }

  private RunRequest request(List<Intervention> more) {
    VisualAsk ask = looked.ask();
    ModelSpec spec = model.spec();
    RunRequest request;
    if (spec.patches().isPresent()) {
      request = RunRequest.ofPicture(spec, ask.prepared().pixels());
    } else {
      int[] tokens = read < 0 ? all() : Arrays.copyOf(looked.tokens(), read + 1);
      request = RunRequest.of(tokens).withPictures(List.of(ask.prepared().pixels()));
    }
    return request.withInterventions(together(more));
  }

  private int[] all() {
    return looked.ask().text(looked.at().text());
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
    return scored() ? score : before.probability(token);
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

  /** A probability, and what is most probable. */
  record Now(double value, String top) {}

  /** The same under changes. */
  Now under(List<Intervention> changes, Progress progress) {
    if (changes.isEmpty()) {
      return new Now(before(), scored() ? "" : label(before.top(1).get(0)));
    }
    try (Run run = run(changes, progress)) {
      if (scored()) {
        return new Now(score(run), "");
      }
      Distribution after = new Distribution(logits(run));
      return new Now(after.probability(token), label(after.top(1).get(0)));
    }
  }

  /** All that a change does; the text too where the model writes. */
  Effect effect(String name, List<Intervention> changes, String note, Progress progress) {
    Now now = under(changes, progress.part(0, 0.4));
    boolean writes = looked.answered();
    String baseline = writes ? text(looked.tokens(), looked.promptLength()) : "";
    String text = !writes || changes.isEmpty() ? baseline : write(changes, progress.part(0.4, 1));
    return new Effect(
        name, changes, token(), before(), now.value(), now.top(), text, baseline, scored(), note);
  }

  private String write(List<Intervention> changes, Progress progress) {
    Set<Integer> stops =
        model.tokenizer().map(TextTokenizer::eosIds).map(Set::copyOf).orElse(Set.of());
    GenerateRequest request =
        GenerateRequest.greedy(looked.ask().tokens(), looked.ask().maxNew())
            .withStops(stops)
            .withInterventions(together(changes))
            .withPictures(looked.ask().prepared().pixels());
    Generation written = model.generate(request, (id, logprob) -> {}, progress);
    return text(written.tokens(), 0);
  }

  private String text(int[] ids, int from) {
    int[] part = Arrays.copyOfRange(ids, from, ids.length);
    return model
        .tokenizer()
        .map(t -> t.decode(part, true).strip())
        .orElseGet(() -> Arrays.toString(part));
  }
}
