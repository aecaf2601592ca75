package dev.headlight.analysis.text.jinja;

import java.util.ArrayList;
import java.util.List;

/** Arithmetic and joining, as Python does them. */
final class Operators {
  private static final long LONGEST = 1 << 24;

  private Operators() {}

  static Object apply(String symbol, Object a, Object b) {
    Values.refuseUndefined(a, b);
    if (Values.number(a) && Values.number(b)) {
      return a instanceof Double || b instanceof Double || symbol.equals("/")
          ? real(symbol, Values.asDouble(a), Values.asDouble(b))
          : whole(symbol, Values.asLong(a), Values.asLong(b));
    }
    return switch (symbol) {
      case "+" -> joined(a, b);
      case "*" -> b instanceof Long count ? repeated(a, count) : repeated(b, a);
      default -> throw unsupported(symbol, a, b);
    };
  }

  private static Object joined(Object a, Object b) {
    if (a instanceof String x && b instanceof String y) {
      return x.concat(y);
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      List<Object> all = new ArrayList<>(x);
      all.addAll(y);
      return all;
    }
    throw unsupported("+", a, b);
  }

  private static Object repeated(Object value, Object count) {
    if (!(value instanceof String text) || !(count instanceof Long times)) {
      throw unsupported("*", value, count);
    }
    if (times > 0 && text.length() > LONGEST / times) {
      throw new JinjaException("a repeated text would have more than " + LONGEST + " characters");
    }
    return text.repeat(Math.toIntExact(Math.max(0, times)));
  }

  private static Object whole(String symbol, long a, long b) {
    try {
      return switch (symbol) {
        case "+" -> Math.addExact(a, b);
        case "-" -> Math.subtractExact(a, b);
        case "*" -> Math.multiplyExact(a, b);
        case "//" -> Math.floorDiv(a, b);
        case "%" -> Math.floorMod(a, b);
        default -> power(a, b);
      };
    } catch (ArithmeticException e) {
      throw new JinjaException("%d %s %d cannot be computed".formatted(a, symbol, b));
    }
  }

  private static Object power(long a, long b) {
    double value = Math.pow((double) a, (double) b);
    if (b < 0) {
      return value;
    }
    if (Math.abs(value) > 1L << 52) {
      throw new ArithmeticException("too large");
    }
    return (long) value;
  }

  private static Object real(String symbol, double a, double b) {
    if (b == 0 && (symbol.equals("/") || symbol.equals("//") || symbol.equals("%"))) {
      throw new JinjaException("division by zero");
    }
    return switch (symbol) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      case "//" -> Math.floor(a / b);
      case "%" -> a - b * Math.floor(a / b);
      default -> Math.pow(a, b);
    };
  }

  static Object negative(Object value) {
    Values.refuseUndefined(value);
    if (value instanceof Double d) {
      return -d;
    }
    return -Values.requireWhole(value, "right of -");
  }

  private static JinjaException unsupported(String symbol, Object a, Object b) {
    return new JinjaException(
        "%s does not join %s and %s".formatted(symbol, Values.type(a), Values.type(b)));
  }
}
