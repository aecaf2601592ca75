package dev.headlight.app.visual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A change of a pass over a picture with its parameters. The text form is a name and what differs
 * from the usual, such as {@code cut}, {@code var:p=0.4,layers=2-5} or {@code
 * drop:layer=3,keep=0.25}.
 *
 * @param kind what is done
 * @param values of its parameters, those alone that are not as usual
 */
public record VisualChange(ChangeKind kind, Map<ChangeParameter, String> values) {
  /** As in a new pane. */
  public static final VisualChange FIRST = of(ChangeKind.ZERO);

  /** Checks the values. */
  public VisualChange {
    Map<ChangeParameter, String> own = new EnumMap<>(ChangeParameter.class);
    for (Map.Entry<ChangeParameter, String> each : values.entrySet()) {
      ChangeParameter parameter = each.getKey();
      if (!kind.parameters().contains(parameter)) {
        throw new IllegalArgumentException(
            "%s takes no %s; it takes %s"
                .formatted(kind.option(), parameter.option(), names(kind)));
      }
      String value = parameter.checked(each.getValue());
      if (!value.equals(parameter.usual())) {
        own.put(parameter, value);
      }
    }
    values = Collections.unmodifiableMap(own);
  }

  /** A change as usual. */
  public static VisualChange of(ChangeKind kind) {
    return new VisualChange(kind, Map.of());
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException that says what is expected
   */
  public static VisualChange parse(String text) {
    String[] parts = text.strip().split(":", 2);
    ChangeKind kind =
        Arrays.stream(ChangeKind.values())
            .filter(k -> k.option().equals(parts[0].toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "a change is one of %s; found \"%s\""
                            .formatted(
                                Arrays.stream(ChangeKind.values())
                                    .map(ChangeKind::option)
                                    .collect(Collectors.joining(", ")),
                                text)));
    Map<ChangeParameter, String> values = new EnumMap<>(ChangeParameter.class);
    if (parts.length > 1) {
      for (String pair : parts[1].split(",", -1)) {
        String[] sides = pair.split("=", 2);
        ChangeParameter parameter = parameter(kind, sides[0].strip());
        if (sides.length < 2 || values.put(parameter, sides[1]) != null) {
          throw new IllegalArgumentException(
              "%s: %s=…, once; found \"%s\"".formatted(kind.option(), parameter.option(), text));
        }
      }
    }
    return new VisualChange(kind, values);
  }

  private static ChangeParameter parameter(ChangeKind kind, String name) {
    return kind.parameters().stream()
        .filter(p -> p.option().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s takes no \"%s\"; it takes %s".formatted(kind.option(), name, names(kind))));
  }

  private static String names(ChangeKind kind) {
    return kind.parameters().stream()
        .map(ChangeParameter::option)
        .collect(Collectors.joining(", "));
  }

  /** The text form. */
  public String text() {
    return values.isEmpty()
        ? kind.option()
        : kind.option()
            + ":"
            + values.entrySet().stream()
                .map(e -> e.getKey().option() + "=" + e.getValue())
                .collect(Collectors.joining(","));
  }

  /** The value of a parameter, as text. */
  public String value(ChangeParameter parameter) {
    return values.getOrDefault(parameter, parameter.usual());
  }

  /** The value of a parameter, as a number. */
  public double number(ChangeParameter parameter) {
    return Double.parseDouble(value(parameter));
  }

  /** The same with another value. */
  public VisualChange with(ChangeParameter parameter, String value) {
    Map<ChangeParameter, String> more = new EnumMap<>(ChangeParameter.class);
    more.putAll(values);
    more.put(parameter, value);
    return new VisualChange(kind, more);
  }

  /** Another change; what both take stays. */
  public VisualChange with(ChangeKind other) {
    Map<ChangeParameter, String> shared = new EnumMap<>(ChangeParameter.class);
    shared.putAll(values);
    shared.keySet().retainAll(other.parameters());
    return new VisualChange(other, shared);
  }

  /** Whether heads are named, and not layers. */
  public boolean ofHeads() {
    return kind.parameters().contains(ChangeParameter.HEADS)
        && !value(ChangeParameter.HEADS).equals("layers");
  }

  /** What is asked for: layers only where they count. */
  public List<ChangeParameter> parameters() {
    List<ChangeParameter> asked = new ArrayList<>(kind.parameters());
    if (ofHeads()) {
      asked.remove(ChangeParameter.LAYERS);
    }
    return asked;
  }

  /** The layers of a sweep, where they can be chosen: tokens are dropped behind each layer. */
  public LayerSpread spread(LayerSpread chosen) {
    return kind == ChangeKind.DROP ? LayerSpread.FROM : chosen;
  }

  /** The same without what a sweep over layers says itself. */
  public VisualChange forLayers() {
    Map<ChangeParameter, String> left = new EnumMap<>(ChangeParameter.class);
    left.putAll(values);
    left.remove(ChangeParameter.LAYERS);
    left.remove(ChangeParameter.LAYER);
    if (kind.parameters().contains(ChangeParameter.HEADS)) {
      left.put(ChangeParameter.HEADS, "layers");
    }
    return new VisualChange(kind, left);
  }

  @Override
  public String toString() {
    return text();
  }
}
