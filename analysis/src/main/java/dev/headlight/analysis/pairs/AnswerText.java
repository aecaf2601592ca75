package dev.headlight.analysis.pairs;

/**
 * What people write as an answer, and what follows the prompt. An answer that begins with a letter
 * or a digit gets a space in front, unless the prompt ends in a blank, in an opening mark, or (a
 * number that goes on) in a digit where the answer begins with one. A backslash in front means: as
 * it is, without a space.
 */
public final class AnswerText {
  private static final String AS_IT_IS = "\\";
  private static final String OPENING = "([{\"'“‘«<-/_@#";

  private AnswerText() {}

  /**
   * What follows the prompt.
   *
   * @param typed as people write it, such as {@code Mary}
   * @return such as {@code " Mary"}; empty where nothing is written
   */
  public static String continuing(String prompt, String typed) {
    if (typed.startsWith(AS_IT_IS)) {
      return typed.substring(AS_IT_IS.length());
    }
    boolean word = !typed.isEmpty() && Character.isLetterOrDigit(typed.codePointAt(0));
    return word && needsSpace(prompt, typed) ? " " + typed : typed;
  }

  private static boolean needsSpace(String prompt, String typed) {
    if (prompt.isEmpty()) {
      return false;
    }
    int last = prompt.codePointBefore(prompt.length());
    boolean number = Character.isDigit(last) && Character.isDigit(typed.codePointAt(0));
    return !number && !Character.isWhitespace(last) && OPENING.indexOf(last) < 0;
  }

  /** How people write what follows the prompt: {@link #continuing} of it gives it back. */
  public static String typed(String prompt, String continuation) {
    String bare = continuation.startsWith(" ") ? continuation.substring(1) : continuation;
    if (!bare.startsWith(AS_IT_IS) && continuing(prompt, bare).equals(continuation)) {
      return bare;
    }
    return !continuation.startsWith(AS_IT_IS)
            && continuing(prompt, continuation).equals(continuation)
        ? continuation
        : AS_IT_IS + continuation;
  }
}
