package dev.headlight.analysis.retrieval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.KvCache;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.run.BatchEdits;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.PreparedEdits;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;
import dev.headlight.analysis.text.TextTokenizer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Answers episodes greedily, one after the other, with one key/value cache. What the prompt of an
 * episode shares with that of the episode before is not read again, under the same masking of the
 * prompt; the attention of the prompt is never kept. Memory grows with the length of the longest
 * prompt only.
 */
final class EpisodeDecoder implements AutoCloseable {
  private final Model model;
  private final ModelSpec spec;
  private final StreamingWindow window;
  private final NDManager scope;
  private final KvCache cache;

  /** Ids in the cache, and the masking they were read under. */
  private int[] held = new int[0];

  private Masking heldUnder = Masking.NONE;

  /**
   * @param episodes all that will be answered
   * @param window of the streaming mask whose kept weight is read
   * @throws HeadlightException when the model cannot write, or cannot read one of the prompts
   */
  EpisodeDecoder(Model model, List<Episode> episodes, StreamingWindow window) {
    this.model = model;
    this.window = window;
    spec = model.spec();
    require(model, episodes);
    int capacity = episodes.stream().mapToInt(e -> e.length() + limit(e)).max().orElse(1);
    scope = model.newScope();
    cache = new KvCache(spec, capacity, scope);
  }

  /** Checks that a model can answer these episodes. */
  static void require(Model model, List<Episode> episodes) {
    ModelSpec spec = model.spec();
    if (!spec.causal()) {
      throw new HeadlightException(
          Kind.MODEL, model.name() + " is an encoder: it cannot write an answer; open a decoder");
    }
    Sites.require(spec, Site.LOGITS);
    if (episodes.isEmpty()) {
      throw new HeadlightException(Kind.INPUT, "there are no episodes; give at least one");
    }
    model.runner().check(RunRequest.ofSequences(episodes.stream().map(Episode::tokens).toList()));
    boolean words =
        episodes.stream().anyMatch(e -> e.answer() instanceof Answer.Words || !e.stops().isEmpty());
    if (words && model.tokenizer().isEmpty()) {
      throw new HeadlightException(
          Kind.MODEL,
          model.name()
              + " has no tokenizer.json, so words cannot be compared with what it writes; give"
              + " answers as ids and no stop texts");
    }
  }

  private int limit(Episode episode) {
    return Math.max(0, Math.min(episode.maxNew(), spec.maxPositions() - episode.length()));
  }

  /** An episode with what is in force while it is answered. */
  private record Turn(
      Episode episode, Masking masking, PreparedEdits edits, Set<Head> keep, Progress progress) {
    /** Whether the prompt is read unchanged although the answer is written under changes. */
    boolean promptUnchanged() {
      return edits != null && masking.when() == Masking.When.DECODING;
    }
  }

  /** What a pass gave: the rows it read, and the most probable token after each of them. */
  private record Look(DecodedRows rows, int[] tokens) {}

  /**
   * Answers an episode.
   *
   * @param keep heads whose rows the steps keep
   * @throws java.util.concurrent.CancellationException when the progress was cancelled; the next
   *     episode can still be answered
   */
  EpisodeResult answer(Episode episode, Masking masking, Set<Head> keep, Progress progress) {
    int[] prompt = episode.tokens();
    PreparedEdits edits =
        masking.none()
            ? null
            : model.runner().prepare(prompt, masking.changes(), progress.silent());
    Turn turn = new Turn(episode, masking, edits, keep, progress.silent());
    List<DecodedStep> steps = new ArrayList<>();
    begin(prompt, masking.when() == Masking.When.ALWAYS ? masking : Masking.NONE);
    try {
      write(turn, steps);
    } finally {
      // What the answer left is no part of another prompt, and may be masked.
      forget(Math.min(cache.length(), prompt.length - 1), prompt);
    }
    int[] generated = steps.stream().mapToInt(DecodedStep::token).toArray();
    String text = model.tokenizer().map(t -> t.decode(generated)).orElse("");
    return new EpisodeResult(generated, text, episode.answer().recall(generated, text), steps);
  }

  /** Keeps what the cache shares with a prompt. */
  private void begin(int[] prompt, Masking under) {
    int shared = 0;
    if (heldUnder.equals(under)) {
      int mismatch = Arrays.mismatch(held, prompt);
      shared = mismatch < 0 ? held.length : mismatch;
    }
    // The last token is read again: its logits are what is asked for.
    shared = Math.min(shared, prompt.length - 1);
    // Frequencies that depend on the length turned the keys of another length another way.
    shared = spec.rotarySwitch().isPresent() ? 0 : shared;
    heldUnder = under;
    forget(Math.min(shared, cache.length()), prompt);
  }

  private void forget(int length, int[] prompt) {
    cache.truncate(length);
    held = Arrays.copyOf(prompt, length);
  }

  /** Reads the prompt up to its last token, unchanged, for nothing but its keys and values. */
  private void read(Turn turn) {
    int[] prompt = turn.episode().tokens();
    if (cache.length() < prompt.length - 1) {
      int[] rest = Arrays.copyOfRange(prompt, cache.length(), prompt.length - 1);
      pass(PassInput.lastRow(List.of(rest), cache), Hooks.NONE, turn.progress()).close();
    }
  }

  private NDArray pass(PassInput input, Hooks hooks, Progress progress) {
    return model.transformer().forward(input, hooks, progress, scope);
  }

  private void write(Turn turn, List<DecodedStep> steps) {
    int limit = limit(turn.episode());
    int[] text = turn.episode().tokens();
    boolean stopped = false;
    while (steps.size() < limit && !stopped) {
      int last = steps.isEmpty() ? -1 : text[text.length - 1];
      int[] guess = guess(turn.episode(), last, limit - steps.size() - 1);
      Look look = look(turn, text, guess);
      boolean right = true;
      for (int i = 0; right && !stopped; i++) {
        int token = look.tokens()[i];
        steps.add(look.rows().step(i, token));
        text = with(text, token);
        stopped = stops(turn.episode(), token);
        right = i < guess.length && guess[i] == token;
      }
      cache.truncate(text.length - 1);
    }
  }

  /** LongRoPE's keys change with the length of the text, so there nothing is tried. */
  private int[] guess(Episode episode, int last, int room) {
    return spec.rotarySwitch().isPresent() ? new int[0] : Guess.after(episode, last, room);
  }

  /** Reads what is not in the cache yet, and the guesses behind it. */
  private Look look(Turn turn, int[] text, int[] guess) {
    if (switches(text.length)) {
      cache.truncate(0);
    }
    if (turn.promptUnchanged()) {
      read(turn);
    }
    int end = text.length + guess.length;
    int[] feed = Arrays.copyOfRange(text, cache.length(), end);
    System.arraycopy(guess, 0, feed, text.length - cache.length(), guess.length);
    int rows = guess.length + 1;
    Hooks changes = turn.edits() == null ? Hooks.NONE : new BatchEdits(List.of(turn.edits()), end);
    DecodedRows hooks =
        new DecodedRows(spec, turn.episode(), window, turn.keep(), changes, text.length - 1, rows);
    PassInput input = new PassInput(List.of(feed), List.of(), cache, true, rows, false);
    try (NDArray logits = pass(input, hooks, turn.progress())) {
      return new Look(hooks, largest(logits, rows));
    }
  }

  private boolean switches(int length) {
    int limit = spec.rotarySwitch().orElse(Integer.MAX_VALUE);
    return cache.length() > 0 && cache.length() <= limit && length > limit;
  }

  private static int[] largest(NDArray logits, int rows) {
    int vocab = (int) logits.getShape().get(2);
    FloatBuffer values = HostMemory.floats(logits);
    int[] best = new int[rows];
    for (int r = 0; r < rows; r++) {
      float most = values.get(r * vocab);
      for (int v = 1; v < vocab; v++) {
        float value = values.get(r * vocab + v);
        if (value > most) {
          most = value;
          best[r] = v;
        }
      }
    }
    return best;
  }

  private static int[] with(int[] text, int token) {
    int[] longer = Arrays.copyOf(text, text.length + 1);
    longer[text.length] = token;
    return longer;
  }

  private boolean stops(Episode episode, int token) {
    if (model.tokenizer().isEmpty()) {
      return false;
    }
    TextTokenizer tokenizer = model.tokenizer().get();
    String said = tokenizer.decode(token);
    return tokenizer.eosIds().contains(token) || episode.stops().stream().anyMatch(said::contains);
  }

  @Override
  public void close() {
    scope.close();
  }
}
