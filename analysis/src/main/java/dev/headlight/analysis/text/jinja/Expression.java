package dev.headlight.analysis.text.jinja;

/** Something with a value. */
@FunctionalInterface
interface Expression {
  Object value(Scope scope);
}
