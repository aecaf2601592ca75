package dev.headlight.analysis.text.jinja;

import java.util.List;

/** A part of a template with a name and parameters; a default of null is none. */
record Macro(
    String name,
    List<String> parameters,
    List<Expression> defaults,
    List<Statement> body,
    Scope around)
    implements Callable {
  @Override
  public Object call(Arguments given) {
    if (given.values().size() > parameters.size()) {
      throw new JinjaException("macro '" + name + "' takes " + parameters.size() + " arguments");
    }
    Scope inner = around.inner();
    for (int i = 0; i < parameters.size(); i++) {
      String parameter = parameters.get(i);
      boolean there = i < given.values().size() || given.named().containsKey(parameter);
      inner.set(parameter, there ? given.get(i, parameter, null) : fallback(i, inner));
    }
    return around.rendering().capture(() -> Statement.runAll(body, inner));
  }

  private Object fallback(int index, Scope inner) {
    Expression expression = defaults.get(index);
    return expression == null ? Undefined.name(parameters.get(index)) : expression.value(inner);
  }
}
