package dev.headlight.app.view;

/** A pane that shows one head, with the tools that keys and menus reach. */
interface HeadTools {
  /** Puts the caret where one types what to find. */
  void find();

  /** Goes to the next token that was found, or the one before. */
  void findNext(boolean forward);

  /** Goes to the next weaker strong cell (1) or the next stronger one (−1). */
  void strongCell(int by);

  /** Rows and columns become words, then sentences, then tokens again. */
  void nextUnit();

  /** Shows or hides the curves beside the map. */
  void flipProfiles();

  /** Shows or hides what the head's weights say. */
  void flipCircuit();

  /** Asks which heads to average. */
  void average();
}
