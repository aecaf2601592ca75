package dev.headlight.analysis.text.jinja;

import java.util.List;

/** The {@code loop} of a {@code for}. */
final class LoopState {
  private final List<?> elements;
  private int index;

  LoopState(List<?> elements) {
    this.elements = elements;
  }

  void at(int position) {
    index = position;
  }

  Object get(String name) {
    int count = elements.size();
    return switch (name) {
      case "index" -> index + 1L;
      case "index0" -> (long) index;
      case "revindex" -> (long) count - index;
      case "revindex0" -> (long) count - index - 1;
      case "first" -> index == 0;
      case "last" -> index == count - 1;
      case "length" -> (long) count;
      case "previtem" -> neighbour(index - 1);
      case "nextitem" -> neighbour(index + 1);
      case "cycle" ->
          (Callable) given -> given.values().get(index % Math.max(1, given.values().size()));
      default -> Undefined.member(this, name);
    };
  }

  private Object neighbour(int position) {
    return position >= 0 && position < elements.size()
        ? elements.get(position)
        : new Undefined("there is no such item");
  }

  @Override
  public String toString() {
    return "<loop>";
  }
}
