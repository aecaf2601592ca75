package dev.headlight.app.ablation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an ablation pane knows of one model: what is taken away, how, on what, and what that did as
 * far as it is known. What was found is kept by its question, so that it is there again when the
 * controls come back to it. Belongs to one thread; {@code changed} hears of every change.
 */
public final class AblationState {
  private final ModelSpec spec;
  private final Runnable changed;
  private final Found found = new Found();
  private SortedSet<Head> taken = new TreeSet<>();
  private AblationChoice choice = AblationChoice.STANDARD;
  private AblationSettings settings = AblationSettings.STANDARD;
  private List<Integer> prompt = List.of();
  private Seen seen = Seen.NOTHING;
  private List<Given> pairs = List.of();

  /**
   * @param spec of the model
   * @param changed hears of changes
   */
  public AblationState(ModelSpec spec, Runnable changed) {
    this.spec = spec;
    this.changed = changed;
  }

  /** The model's shape. */
  public ModelSpec spec() {
    return spec;
  }

  /** What is taken away. */
  public SortedSet<Head> taken() {
    return Collections.unmodifiableSortedSet(taken);
  }

  /** Takes these heads away and no others. */
  public void take(Collection<Head> heads) {
    TreeSet<Head> now = new TreeSet<>(heads);
    now.removeIf(h -> h.layer() >= spec.layers() || h.head() >= spec.heads());
    if (!now.equals(taken)) {
      taken = now;
      changed.run();
    }
  }

  /** Takes a head away, or gives it back. */
  public void toggle(Head head) {
    TreeSet<Head> now = new TreeSet<>(taken);
    if (!now.remove(head)) {
      now.add(head);
    }
    take(now);
  }

  /** How heads are taken away and what is read. */
  public AblationChoice choice() {
    return choice;
  }

  /** Chooses otherwise. */
  public void choose(AblationChoice now) {
    if (!now.equals(choice)) {
      choice = now;
      changed.run();
    }
  }

  /** What parts are asked with beside the choice. */
  public AblationSettings settings() {
    return settings;
  }

  /** Sets what parts are asked with. */
  public void set(AblationSettings now) {
    if (!now.equals(settings)) {
      settings = now;
      changed.run();
    }
  }

  /** Another prompt is at hand. */
  public void prompt(List<Integer> now) {
    prompt(now, Seen.NOTHING);
  }

  /** Another prompt with its pictures is at hand. */
  public void prompt(List<Integer> now, Seen pictures) {
    if (!now.equals(prompt) || !pictures.equals(seen)) {
      prompt = List.copyOf(now);
      seen = pictures;
      changed.run();
    }
  }

  /** Other pairs are built. */
  public void pairs(List<Given> now) {
    if (!now.equals(pairs)) {
      pairs = List.copyOf(now);
      changed.run();
    }
  }

  /** Whether there is a prompt to write after. */
  public boolean hasPrompt() {
    return !prompt.isEmpty();
  }

  /** What the controls and the prompts ask. */
  public Asked asked() {
    return Asked.of(choice, prompt, pairs, seen);
  }

  /** The question of a part that the controls and the prompts make. */
  public Question question(Part part) {
    Asked asked = asked();
    if (part == Part.TEXTS) {
      // Texts are written after the prompt at hand, whatever metrics are read on.
      AblationChoice how = choice.with(ReadOn.PROMPT).withAnswers("", "");
      how = how.with(AblationChoice.STANDARD.metric()).with(Over.HEADS);
      asked = Asked.of(how, prompt, List.of(), seen);
    }
    return Question.of(part, asked, List.copyOf(taken), settings);
  }

  /** What is known of a question; null for nothing. */
  public Object found(Question question) {
    return found.get(question);
  }

  private <T> T now(Part part, Class<T> type) {
    return type.cast(found.get(question(part)));
  }

  /** Something is known, wholly or so far; it is shown while its question is asked. */
  public void found(Question question, Object now) {
    found.put(question, now);
    changed.run();
  }

  /** The sweep so far; null for none. */
  public SweepMap sweep() {
    return now(Part.SWEEP, SweepMap.class);
  }

  /** What the heads that are away take; null while that is not known. */
  public Effect effect() {
    return now(Part.EFFECT, Effect.class);
  }

  /** What was written so far; null for nothing. */
  public Texts texts() {
    return now(Part.TEXTS, Texts.class);
  }

  /** A token was written; of a question that was begun anew it counts for nothing. */
  public void wrote(Question question, Piece piece) {
    if (found.get(question) instanceof Texts before) {
      found(question, before.with(piece));
    }
  }

  /** What the answers are as ids, as far as that is known. */
  private AnswerIds answers() {
    if (choice.on().pairs()) {
      return new AnswerIds(
          pairs.stream().map(Given::answer).toList(), pairs.stream().map(Given::wrong).toList());
    }
    return effect() != null
        ? effect().answers()
        : sweep() != null ? sweep().answers() : AnswerIds.NONE;
  }

  /**
   * What follows the model on the command line that finds the same.
   *
   * @param part that is meant; of heads that are away together while there are none, the sweep
   * @param given options that give the prompt at hand
   */
  public List<String> arguments(Part part, List<String> given) {
    Question question = question(part == Part.EFFECT && taken.isEmpty() ? Part.SWEEP : part);
    return AblationArguments.of(question, found.get(question), answers(), given);
  }

  /** What is found, for sessions; empty for nothing. */
  public Optional<JsonElement> document() {
    JsonArray entries = FoundJson.write(found.all());
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries);
  }

  /** Takes what a session holds; what is no answer of this model counts for nothing. */
  public void restore(JsonElement document) {
    FoundJson.read(document).forEach(found::put);
    changed.run();
  }
}
