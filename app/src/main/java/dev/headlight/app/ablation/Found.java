package dev.headlight.app.ablation;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers by their questions; those that were looked at last stay. */
final class Found {
  private static final int MOST = 60;

  /** Likenesses are large: a number for each two heads. */
  private static final int MOST_LIKENESSES = 2;

  private final Map<Question, Object> answers = new LinkedHashMap<>(16, 0.75f, true);

  /** The answer to a question; null for none. */
  Object get(Question question) {
    return answers.get(question);
  }

  void put(Question question, Object answer) {
    answers.put(question, answer);
    trim(answers.size() - MOST, false);
    long likenesses = answers.keySet().stream().filter(Found::large).count();
    trim(likenesses - MOST_LIKENESSES, true);
  }

  private void trim(long tooMany, boolean large) {
    long left = tooMany;
    Iterator<Question> questions = answers.keySet().iterator();
    while (left > 0 && questions.hasNext()) {
      Question oldest = questions.next();
      if (!large || large(oldest)) {
        questions.remove();
        left--;
      }
    }
  }

  private static boolean large(Question question) {
    return question.part() == Part.LIKENESS;
  }

  /** All, those first that were looked at longest ago. */
  Map<Question, Object> all() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(answers));
  }
}
