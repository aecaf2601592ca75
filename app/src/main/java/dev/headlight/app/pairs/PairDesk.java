package dev.headlight.app.pairs;

import dev.headlight.analysis.pairs.AnswerText;
import dev.headlight.analysis.pairs.PairAlignment.Column;
import dev.headlight.analysis.pairs.PairKind;
import dev.headlight.analysis.pairs.PairRequest;
import dev.headlight.analysis.pairs.PromptPair;
import dev.headlight.analysis.pairs.ReadPair;
import dev.headlight.analysis.pairs.Substitute;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.job.Delay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The pairs of an experiment while they are built: typed, drawn or read from a file, one of them
 * shown. Belongs to one thread; {@code changed} hears of every change.
 */
public final class PairDesk {
  private static final int PAUSE_MS = 250;

  /** What is asked of the model. */
  private enum Ask {
    READ,
    LEFT,
    PAIRS,
    FILE,
    ANSWERS
  }

  private final PairAsk ask;
  private final PairWork work = new PairWork();
  private final Delay delay;
  private final List<Runnable> listeners = new ArrayList<>();
  private final List<PairReading> pairs = new ArrayList<>();
  private int index;
  private PairDraft draft = PairDraft.EMPTY;
  private String origin = "";
  private List<String> notes = List.of();
  private PairAnswers answers = PairAnswers.NONE;
  private PairRequest request = PairRequest.of(PairKind.IOI, 20, 0);
  private boolean settingAnswer = true;
  private boolean busy;
  private boolean able = true;

  /** Whether something is typed that was not read yet. */
  private boolean unread;

  /** Grows when pairs change their places: an answer about a former place counts for nothing. */
  private int generation;

  /** What a session holds and the model has not read yet; null for nothing. */
  private PairsText awaited;

  private String problem = "";

  /**
   * @param delay waits for a pause in typing
   */
  public PairDesk(PairAsk ask, Delay delay) {
    this.ask = ask;
    this.delay = delay;
  }

  /** Runs when something has changed. */
  public void whenChanged(Runnable listener) {
    listeners.add(listener);
  }

  private void changed() {
    List.copyOf(listeners).forEach(Runnable::run);
  }

  /** Every pair, in order. */
  public List<PairReading> pairs() {
    return List.copyOf(pairs);
  }

  /** The pairs as ids, for experiments; those that are not ready are left out. */
  public List<TokenPair> ready() {
    return pairs.stream().filter(PairReading::ready).map(p -> p.ids().orElseThrow()).toList();
  }

  /** The same as text, in the same order. */
  public List<PromptPair> readyTexts() {
    return pairs.stream().filter(PairReading::ready).map(PairReading::text).toList();
  }

  /** The same with their tokens, in the same order. */
  public List<ReadPair> readyRead() {
    return pairs.stream().filter(PairReading::ready).map(p -> p.read().orElseThrow()).toList();
  }

  /** Which pair is shown, 0 and more. */
  public int index() {
    return index;
  }

  /** The pair that is shown, as the model reads it; empty while there is none. */
  public Optional<PairReading> shown() {
    return index < pairs.size() ? Optional.of(pairs.get(index)) : Optional.empty();
  }

  /** What is typed. */
  public PairDraft draft() {
    return draft;
  }

  /** Where the pairs come from, such as "IOI · mixed · seed 0"; empty for typed ones. */
  public String origin() {
    return origin;
  }

  /** What there is to say about the pairs that were drawn. */
  public List<String> notes() {
    return notes;
  }

  /** What the model answers to the pair that is shown. */
  public PairAnswers answers() {
    return answers;
  }

  /** What the next draw is of. */
  public PairRequest request() {
    return request;
  }

  /** Says what the next draw is of. */
  public void choose(PairRequest now) {
    request = now;
    changed();
  }

  /** Whether pairs are being drawn or read. */
  public boolean busy() {
    return busy;
  }

  /** Why pairs could not be drawn or read; empty for nothing. */
  public String problem() {
    return problem;
  }

  /** Whether a token that is clicked becomes the answer, or the wrong answer. */
  public boolean settingAnswer() {
    return settingAnswer;
  }

  /** Says which of the two a clicked token becomes. */
  public void setting(boolean answer) {
    settingAnswer = answer;
    changed();
  }

  /** Another model is open that can read pairs, or cannot: pairs are read again. */
  public void modelChanged(boolean now) {
    able = now;
    answers = PairAnswers.NONE;
    busy = false;
    picturesChanged();
  }

  /** Whether there is a picture that prompts can be about. */
  public boolean seeing() {
    return !ask.pictures().isEmpty();
  }

  /** Other pictures are there: pairs that are about them are read again. */
  public void picturesChanged() {
    PairsText texts = texts();
    if (able && !texts.pairs().isEmpty()) {
      take(texts);
    }
    changed();
  }

  private void take(PairsText now) {
    awaited = now;
    if (!able) {
      return;
    }
    pairsAsked(
        "Read pairs",
        work.read(now.pairs(), ask.pictures()),
        readings -> {
          if (now.equals(awaited)) {
            replace(readings);
            origin = now.origin();
            show(now.index());
          }
        });
  }

  private PairsText texts() {
    return awaited != null
        ? awaited
        : new PairsText(pairs.stream().map(PairReading::text).toList(), index, origin);
  }

  /** The pairs as text, for sessions; empty for none. */
  public String text() {
    return texts().text();
  }

  /** Takes the pairs of {@link #text}; they are read as soon as a model is there. */
  public void restore(String text) {
    PairsText now = PairsText.parse(text);
    if (now.pairs().isEmpty()) {
      replace(List.of());
      show(0);
    } else {
      take(now);
    }
  }

  /** Types something else; the pair is read when typing pauses. */
  public void type(PairDraft now) {
    if (now.equals(draft)) {
      return;
    }
    draft = now;
    unread = true;
    delay.after(Ask.READ, PAUSE_MS, this::read);
    changed();
  }

  private void read() {
    PairDraft of = draft;
    if (!unread || of.blank()) {
      return;
    }
    ask.ask(
        Ask.READ,
        "Read a pair",
        work.read(List.of(of.pair()), ask.pictures()),
        readings -> {
          if (unread && of.equals(draft)) {
            unread = false;
            put(readings.get(0));
          }
        });
  }

  /** The pair that is shown will be another one: what is typed and not read yet stays its own. */
  private void leave() {
    if (unread && !draft.blank() && index < pairs.size()) {
      int at = index;
      int when = generation;
      ask.ask(
          List.of(Ask.LEFT, at),
          "Read a pair",
          work.read(List.of(draft.pair()), ask.pictures()),
          readings -> {
            if (when == generation) {
              pairs.set(at, readings.get(0));
              if (at == index && !unread) {
                show(at);
              }
              changed();
            }
          });
    }
    unread = false;
  }

  private void put(PairReading reading) {
    if (index < pairs.size()) {
      pairs.set(index, reading);
    } else {
      pairs.add(reading);
      index = pairs.size() - 1;
    }
    answer(reading);
    changed();
  }

  private void answer(PairReading of) {
    answers = PairAnswers.NONE;
    ask.ask(
        Ask.ANSWERS,
        "Answers to a pair",
        PairWork.answers(of),
        now -> {
          if (shown().filter(of::equals).isPresent()) {
            answers = now;
            changed();
          }
        });
  }

  /** Shows a pair, or the nearest there is. */
  public void show(int which) {
    leave();
    if (pairs.isEmpty()) {
      index = 0;
      draft = PairDraft.EMPTY;
      answers = PairAnswers.NONE;
    } else {
      index = Math.max(0, Math.min(pairs.size() - 1, which));
      draft = PairDraft.of(pairs.get(index).text());
      answer(pairs.get(index));
    }
    changed();
  }

  /** Begins a new pair behind the others, with what is typed now. */
  public void add() {
    if (!pairs.isEmpty()) {
      PairDraft typed = draft;
      pairs.add(pairs.get(index));
      origin = "";
      notes = List.of();
      show(pairs.size() - 1);
      type(typed);
    }
  }

  /** Takes the pair that is shown away. */
  public void remove() {
    if (index < pairs.size()) {
      unread = false;
      generation++;
      pairs.remove(index);
      show(index);
    }
  }

  /** Draws pairs as they are chosen, in place of those that are there. */
  public void draw() {
    PairRequest of = request;
    pairsAsked(
        "Draw pairs",
        work.draw(of),
        drawn -> {
          replace(drawn.readings());
          origin = drawn.origin();
          notes = drawn.notes();
          show(0);
        });
  }

  /** Reads a file of pairs, in place of those that are there. */
  public void open(Path file) {
    pairsAsked(
        "Read " + file.getFileName(),
        work.open(file, ask.pictures()),
        readings -> {
          replace(readings);
          origin = String.valueOf(file.getFileName());
          show(0);
        });
  }

  private <T> void pairsAsked(String title, ModelQuestion<T> question, Consumer<T> answer) {
    busy = true;
    problem = "";
    changed();
    ask.ask(
        Ask.PAIRS,
        title,
        (model, progress) -> Outcome.of(question, model, progress),
        outcome -> {
          busy = false;
          problem = outcome.problem();
          if (problem.isEmpty()) {
            answer.accept(outcome.value());
          }
          changed();
        });
  }

  private void replace(List<PairReading> readings) {
    awaited = null;
    unread = false;
    generation++;
    pairs.clear();
    pairs.addAll(readings);
    origin = "";
    notes = List.of();
  }

  /** Writes the pairs that are there. */
  public void save(Path file, Consumer<Path> saved) {
    List<PromptPair> texts = pairs.stream().map(PairReading::text).toList();
    ask.ask(Ask.FILE, "Save pairs", PairWork.save(file, texts), saved);
  }

  /** Puts a word in place of another. */
  public void substitute(Substitute substitute) {
    shown().ifPresent(p -> type(PairDraft.of(substitute.in(p.text()))));
  }

  /**
   * Makes a text the answer, or the wrong answer, whichever is set; then it is the other's turn.
   */
  public void answer(String continuation) {
    String typed = AnswerText.typed(draft.clean(), continuation);
    boolean answer = settingAnswer;
    settingAnswer = !answer;
    type(answer ? draft.withAnswer(typed) : draft.withWrong(typed));
  }

  /** Makes a token of a prompt the answer, or the wrong answer. */
  public void answerToken(Tokens tokens, int position) {
    PairDraft.continuation(tokens, position).ifPresent(this::answer);
  }

  /** Says what a column is, or with an empty name that it is nothing. */
  public void mark(Column column, String role) {
    draft.marked(shown().orElseThrow(), column, role).ifPresent(this::type);
  }
}
