package dev.headlight.app.view;

/** A pane in which one can look for tokens and strong cells. */
interface Searchable {
  /** Puts the caret where one types what to find. */
  void find();

  /** Goes to the next token that was found, or the one before. */
  void findNext(boolean forward);

  /** Goes to the next weaker strong cell (1) or the next stronger one (−1). */
  void strongCell(int by);
}
