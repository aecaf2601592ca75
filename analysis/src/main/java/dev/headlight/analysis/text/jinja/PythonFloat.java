package dev.headlight.analysis.text.jinja;

import java.math.BigDecimal;

/** Python's shortest spelling of a float. */
final class PythonFloat {
  private static final double LARGE = 1e16;
  private static final double SMALL = 1e-4;

  private PythonFloat() {}

  static String text(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    if (size != 0 && (size >= LARGE || size < SMALL)) {
      return exponent(value);
    }
    String plain = new BigDecimal(Double.toString(value)).toPlainString();
    return plain.contains(".") ? plain : plain + ".0";
  }

  private static String exponent(double value) {
    String[] parts = Double.toString(value).split("E", -1);
    String digits =
        parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
    int power = Integer.parseInt(parts[1]);
    return "%se%s%02d".formatted(digits, power < 0 ? "-" : "+", Math.abs(power));
  }
}
