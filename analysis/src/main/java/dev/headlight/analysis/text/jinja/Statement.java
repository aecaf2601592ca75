package dev.headlight.analysis.text.jinja;

import java.util.List;

/** Something that writes or sets. */
@FunctionalInterface
interface Statement {
  /** How a statement ends. */
  enum End {
    NORMAL,
    BREAK,
    CONTINUE
  }

  End run(Scope scope);

  /** All of them, until one leaves its loop. */
  static End runAll(List<Statement> statements, Scope scope) {
    for (Statement statement : statements) {
      End end = statement.run(scope);
      if (end != End.NORMAL) {
        return end;
      }
    }
    return End.NORMAL;
  }
}
