package dev.headlight.app.ablation;

import dev.headlight.analysis.ablation.Curves;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an ablation pane knows of one model and prompt: what is taken away, how, and what that did
 * as far as it is known. Belongs to one thread; {@code changed} hears of every change.
 */
public final class AblationState {
  /** Tokens of each text unless another number is asked for. */
  public static final int TOKENS = 32;

  private final ModelSpec spec;
  private final Runnable changed;
  private SortedSet<Head> taken = new TreeSet<>();
  private AblationChoice choice = AblationChoice.STANDARD;
  private List<Integer> tokens = List.of();
  private int length = TOKENS;
  private SweepMap sweep;
  private Effect effect;
  private Curves curves;
  private final List<Piece> baseline = new ArrayList<>();
  private final List<Piece> without = new ArrayList<>();
  private List<Head> writtenWithout = List.of();
  private boolean[] differs = new boolean[0];

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
      effect = null;
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

  /** Chooses otherwise; what was found under another choice is gone. */
  public void choose(AblationChoice now) {
    if (!now.equals(choice)) {
      choice = now;
      forget();
    }
  }

  /** Another prompt is there; what was found on the former one is gone. */
  public void prompt(List<Integer> now) {
    if (!now.equals(tokens)) {
      tokens = List.copyOf(now);
      baseline.clear();
      without.clear();
      writtenWithout = List.of();
      forget();
    }
  }

  private void forget() {
    sweep = null;
    effect = null;
    curves = null;
    changed.run();
  }

  /** Tokens of each text. */
  public int length() {
    return length;
  }

  /** Writes texts of another length from now on. */
  public void length(int count) {
    length = count;
    changed.run();
  }

  /** Whether there is a prompt. */
  public boolean ready() {
    return !tokens.isEmpty();
  }

  /** The question that the controls and the prompt make. */
  public Asked asked() {
    return new Asked(choice, tokens);
  }

  /** The sweep so far; null for none. */
  public SweepMap sweep() {
    return sweep;
  }

  /** A sweep has come further; one of a former question counts for nothing. */
  public void swept(SweepMap now) {
    if (now.asked().equals(asked())) {
      sweep = now;
      changed.run();
    }
  }

  /** What the heads that are away take; null while that is not known. */
  public Effect effect() {
    return effect;
  }

  /** An effect is known; of other heads or a former question it counts for nothing. */
  public void found(Asked of, Effect now) {
    if (of.equals(asked()) && now.heads().equals(List.copyOf(taken))) {
      effect = now;
      changed.run();
    }
  }

  /** Curves of the newest sweep; null for none. */
  public Curves curves() {
    return curves;
  }

  /** Curves are there. */
  public void curved(Asked of, Curves now) {
    if (of.equals(asked())) {
      curves = now;
      changed.run();
    }
  }

  /** Writing begins: both texts are empty. */
  public void writing() {
    baseline.clear();
    without.clear();
    differs = new boolean[0];
    writtenWithout = List.copyOf(taken);
    changed.run();
  }

  /** A token was written. */
  public void wrote(Asked of, Piece piece) {
    if (of.tokens().equals(tokens)) {
      (piece.ablated() ? without : baseline).add(piece);
      if (piece.ablated()) {
        differs = TwoTexts.differs(ids(baseline), ids(without));
      }
      changed.run();
    }
  }

  private static int[] ids(List<Piece> pieces) {
    return pieces.stream().mapToInt(Piece::id).toArray();
  }

  /** The text with all heads, so far. */
  public List<Piece> baseline() {
    return Collections.unmodifiableList(baseline);
  }

  /** The text without some, so far. */
  public List<Piece> without() {
    return Collections.unmodifiableList(without);
  }

  /** Heads that were away while the second text was written. */
  public List<Head> writtenWithout() {
    return writtenWithout;
  }

  /** For each token of the second text whether the first has none that fits to it. */
  public boolean[] differs() {
    return differs.clone();
  }

  /** What follows the model and the prompt on the command line that finds the same. */
  public List<String> arguments() {
    List<String> line = new ArrayList<>();
    if (taken.isEmpty()) {
      line.addAll(List.of("--sweep", "heads"));
    } else {
      line.addAll(List.of("--heads", HeadSet.of(taken).toString()));
    }
    line.addAll(choice.arguments());
    int[] answers =
        effect != null ? effect.answers() : sweep != null ? sweep.answers() : new int[0];
    if (choice.metric().needsAnswers() && answers.length == 2) {
      line.addAll(List.of("--answer-id", Integer.toString(answers[0])));
      line.addAll(List.of("--wrong-id", Integer.toString(answers[1])));
    }
    if (!without.isEmpty() && !taken.isEmpty()) {
      line.addAll(List.of("--generate", Integer.toString(length)));
    }
    return line;
  }
}
