package dev.headlight.analysis.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is inside a value: attributes, elements and slices. */
final class Members {
  private Members() {}

  /** {@code value.name}: a method or attribute, else the element of this key. */
  static Object attribute(Object value, String name) {
    Values.refuseUndefined(value);
    if (name.startsWith("__")) {
      throw new JinjaException(
          "access to attribute '%s' of '%s' object is unsafe".formatted(name, Values.type(value)));
    }
    if (value instanceof Namespace namespace) {
      return namespace.get(name);
    }
    if (value instanceof LoopState loop) {
      return loop.get(name);
    }
    Callable method = Methods.find(value, name);
    if (method != null) {
      return method;
    }
    return value instanceof Map<?, ?> map && map.containsKey(name)
        ? Values.normal(map.get(name))
        : Undefined.member(value, name);
  }

  /** {@code value[key]}: the element of this key, else the attribute of this name. */
  static Object element(Object value, Object key) {
    Values.refuseUndefined(value);
    if (value instanceof Map<?, ?> map && map.containsKey(key)) {
      return Values.normal(map.get(key));
    }
    if (key instanceof Long index && (value instanceof List || value instanceof String)) {
      List<?> elements = Values.iterate(value);
      long at = index < 0 ? index + elements.size() : index;
      return at >= 0 && at < elements.size()
          ? Values.normal(elements.get((int) at))
          : new Undefined("%s object has no element %d".formatted(Values.type(value), index));
    }
    return key instanceof String name && !(value instanceof Map)
        ? attribute(value, name)
        : Undefined.member(value, key);
  }

  /** {@code value[start:stop:step]}, each of which may be null. */
  static Object slice(Object value, Object start, Object stop, Object step) {
    Values.refuseUndefined(value);
    if (!(value instanceof List || value instanceof String)) {
      throw new JinjaException("'%s' object has no slices".formatted(Values.type(value)));
    }
    List<?> elements = Values.iterate(value);
    long by = step == null ? 1 : Values.requireWhole(step, "step of a slice");
    if (by == 0) {
      throw new JinjaException("slice step cannot be zero");
    }
    int size = elements.size();
    long from = bound(start, by > 0 ? 0 : size - 1, size, by);
    long to = bound(stop, by > 0 ? size : -1, size, by);
    List<Object> chosen = new ArrayList<>();
    for (long i = from; by > 0 ? i < to : i > to; i += by) {
      chosen.add(elements.get((int) i));
    }
    return value instanceof String ? String.join("", chosen.toArray(String[]::new)) : chosen;
  }

  private static long bound(Object given, long absent, int size, long by) {
    if (given == null) {
      return absent;
    }
    long value = Values.requireWhole(given, "bound of a slice");
    long at = value < 0 ? value + size : value;
    return by > 0 ? Math.max(0, Math.min(size, at)) : Math.max(-1, Math.min(size - 1, at));
  }
}
