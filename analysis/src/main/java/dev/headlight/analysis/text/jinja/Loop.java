package dev.headlight.analysis.text.jinja;

import java.util.ArrayList;
import java.util.List;

/** {@code for … in … if … else …}. */
record Loop(
    List<String> targets,
    Expression elements,
    Expression filter,
    List<Statement> body,
    List<Statement> other)
    implements Statement {
  @Override
  public End run(Scope scope) {
    List<?> chosen = chosen(scope);
    LoopState state = new LoopState(chosen);
    for (int i = 0; i < chosen.size(); i++) {
      scope.rendering().step();
      state.at(i);
      Scope inner = scope.inner();
      inner.set("loop", state);
      bind(targets, Values.normal(chosen.get(i)), inner);
      if (Statement.runAll(body, inner) == End.BREAK) {
        break;
      }
    }
    return chosen.isEmpty() ? Statement.runAll(other, scope.inner()) : End.NORMAL;
  }

  private List<?> chosen(Scope scope) {
    List<?> all = Values.iterate(elements.value(scope));
    if (filter == null) {
      return all;
    }
    List<Object> kept = new ArrayList<>();
    for (Object element : all) {
      Scope inner = scope.inner();
      bind(targets, Values.normal(element), inner);
      if (Values.truth(filter.value(inner))) {
        kept.add(element);
      }
    }
    return kept;
  }

  /** Sets one name, or several from the elements of a value. */
  static void bind(List<String> targets, Object value, Scope scope) {
    if (targets.size() == 1) {
      scope.set(targets.get(0), value);
      return;
    }
    List<?> parts = Values.iterate(value);
    if (parts.size() != targets.size()) {
      throw new JinjaException(
          "expected %d values for %s, found %d".formatted(targets.size(), targets, parts.size()));
    }
    for (int i = 0; i < parts.size(); i++) {
      scope.set(targets.get(i), Values.normal(parts.get(i)));
    }
  }
}
