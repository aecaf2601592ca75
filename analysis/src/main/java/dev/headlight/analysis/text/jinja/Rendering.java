package dev.headlight.analysis.text.jinja;

import java.util.ArrayDeque;
import java.util.Deque;

/** The text of one rendering, and its limits: a template must end and stay small. */
final class Rendering {
  /** Steps a template may take; families' templates take some dozens for each message. */
  static final int STEPS = 2_000_000;

  /** Characters a template may write: what it was given, some times over. */
  static final int CHARACTERS = 16 << 20;

  /** Calls of macros inside one another. */
  static final int DEPTH = 64;

  private final Deque<StringBuilder> outputs = new ArrayDeque<>();
  private int steps;
  private int depth;
  private long written;

  Rendering() {
    outputs.push(new StringBuilder());
  }

  void step() {
    if (++steps > STEPS) {
      throw new JinjaException("the template took more than " + STEPS + " steps and was stopped");
    }
  }

  void write(String text) {
    written += text.length();
    if (written > CHARACTERS) {
      throw new JinjaException("the template wrote more than " + CHARACTERS + " characters");
    }
    outputs.element().append(text);
  }

  /** What {@code body} writes, instead of writing it. */
  String capture(Runnable body) {
    if (++depth > DEPTH) {
      throw new JinjaException("more than " + DEPTH + " macros are inside one another");
    }
    outputs.push(new StringBuilder());
    try {
      body.run();
      return outputs.element().toString();
    } finally {
      outputs.pop();
      depth--;
    }
  }

  String text() {
    return outputs.element().toString();
  }
}
