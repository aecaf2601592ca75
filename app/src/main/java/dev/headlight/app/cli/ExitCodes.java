package dev.headlight.app.cli;

/** What the process says when it ends. */
final class ExitCodes {
  static final int DONE = 0;
  static final int OUR_BUG = 1;
  static final int WRONG_USAGE = 2;
  static final int BAD_INPUT = 3;
  static final int CANCELLED = 4;

  private ExitCodes() {}
}
