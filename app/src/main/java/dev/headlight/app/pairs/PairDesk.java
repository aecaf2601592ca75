package dev.headlight.app.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.AnswerText;
import dev.headlight.analysis.pairs.GeneratedPairs;
import dev.headlight.analysis.pairs.PairAlignment.Column;
import dev.headlight.analysis.pairs.PairKind;
import dev.headlight.analysis.pairs.PairRequest;
import dev.headlight.analysis.pairs.PromptPair;
import dev.headlight.analysis.pairs.Substitute;
import dev.headlight.analysis.pairs.TextSpan;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.ModelQuestion;
import dev.headlight.app.job.Delay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    PAIRS,
    FILE,
    ANSWERS
  }

  private final PairAsk ask;
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

  /** Another model is open, or none: pairs are read again. */
  public void modelChanged(boolean able) {
    answers = PairAnswers.NONE;
    busy = false;
    if (able && !pairs.isEmpty()) {
      List<PromptPair> texts = pairs.stream().map(PairReading::text).toList();
      pairsAsked("Read pairs", PairWork.read(texts), this::replaceKeeping);
    }
    changed();
  }

  private void replaceKeeping(List<PairReading> readings) {
    int at = index;
    replace(readings);
    show(at);
  }

  /** Types something else; the pair is read when typing pauses. */
  public void type(PairDraft now) {
    if (now.equals(draft)) {
      return;
    }
    draft = now;
    delay.after(Ask.READ, PAUSE_MS, this::read);
    changed();
  }

  private void read() {
    PairDraft of = draft;
    if (of.blank()) {
      return;
    }
    ask.ask(
        Ask.READ,
        "Read a pair",
        PairWork.read(List.of(of.pair())),
        readings -> {
          if (of.equals(draft)) {
            put(readings.get(0));
          }
        });
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
      PairReading copy = pairs.get(index);
      pairs.add(copy);
      origin = "";
      notes = List.of();
      show(pairs.size() - 1);
    }
  }

  /** Takes the pair that is shown away. */
  public void remove() {
    if (index < pairs.size()) {
      pairs.remove(index);
      show(index);
    }
  }

  /** Draws pairs as they are chosen, in place of those that are there. */
  public void draw() {
    PairRequest of = request;
    pairsAsked(
        "Draw pairs",
        PairWork.draw(of),
        drawn -> {
          replace(drawn.readings());
          origin = origin(of);
          notes = notes(drawn.pairs());
          show(0);
        });
  }

  private static String origin(PairRequest of) {
    String names =
        of.kind() == PairKind.IOI
            ? " · %s · %s".formatted(lower(of.order()), lower(of.corruption()))
            : "";
    return "%s%s · seed %d".formatted(of.kind().title(), names, of.seed());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static List<String> notes(GeneratedPairs drawn) {
    List<String> notes = new ArrayList<>();
    notes.add(drawn.request().kind().definition());
    drawn.dropped().forEach(d -> notes.add(d.text()));
    if (drawn.redrawn() > 0) {
      notes.add(drawn.redrawn() + " pairs were drawn again, as their tokens did not fit");
    }
    return notes;
  }

  /** Reads a file of pairs, in place of those that are there. */
  public void open(Path file) {
    pairsAsked(
        "Read " + file.getFileName(),
        PairWork.open(file),
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

  /** An answer, or why there is none. */
  private record Outcome<T>(T value, String problem) {
    static <T> Outcome<T> of(ModelQuestion<T> question, Model model, Progress progress) {
      try {
        return new Outcome<>(question.ask(model, progress), "");
      } catch (HeadlightException e) {
        return new Outcome<>(null, e.getMessage());
      }
    }
  }

  private void replace(List<PairReading> readings) {
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
    if (tokens.special(position) || tokens.spanText(position).isBlank()) {
      return;
    }
    String text = tokens.spanText(position).strip();
    boolean begins = tokens.label(position).startsWith("␣") || tokens.start(position) == 0;
    answer(begins ? " " + text : text);
  }

  /** Says what a column is, or with an empty name that it is nothing. */
  public void mark(Column column, String role) {
    PairReading of = shown().orElseThrow();
    if (column.clean() < 0 || column.corrupt() < 0) {
      return;
    }
    TextSpan clean = span(of.clean(), column.clean());
    TextSpan corrupt = span(of.corrupt(), column.corrupt());
    if (clean.end() > clean.start() && corrupt.end() > corrupt.start()) {
      type(role.isEmpty() ? draft.unmarked(clean) : draft.marked(role, clean, corrupt));
    }
  }

  /** The characters of a token without the blanks around them. */
  private static TextSpan span(Tokens tokens, int position) {
    String text = tokens.spanText(position);
    int start = tokens.start(position) + text.length() - text.stripLeading().length();
    return new TextSpan(start, Math.max(start, start + text.strip().length()));
  }
}
