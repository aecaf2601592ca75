package dev.headlight.renderer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.headlight.renderer.Ticks.Tick;
import dev.headlight.renderer.ValueScale.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {

  @ParameterizedTest
  @CsvSource({
    "0.5728,0.573,0.573",
    "0.24,0.240,0.24",
    "0,0.000,0",
    "1,1.00,1",
    "-0.5,-0.500,−0.5",
    "0.99996,1.00,1",
    "12.34,12.3,12.3",
    "100,100,100",
    "22600,22600,22600",
    "0.00021,2.1e-4,2.1e−4",
    "0.001,0.001,0.001",
    "0.0001,1.0e-4,1e−4",
    "1234567,1.2e6,1.2e6",
    "NaN,N/A,N/A",
    "-Infinity,-∞,−∞"
  })
  void formats(double value, String readOut, String label) {
    assertEquals(readOut, Ticks.format(value));
    assertEquals(label, Ticks.label(value));
  }

  @Test
  void changesHaveTheirSign() {
    assertEquals("+0.573", Ticks.signed(0.573));
    assertEquals("−12.0", Ticks.signed(-12));
    assertEquals("+1.0e−4", Ticks.signed(1e-4));
    assertEquals("0.000", Ticks.signed(0));
    assertEquals("N/A", Ticks.signed(Double.NaN));
  }

  @Test
  void niceNumbersAreRoundAndInside() {
    assertEquals(List.of(0.0, 0.5, 1.0), Ticks.nice(0, 1, 3));
    assertEquals(List.of(0.0, 10.0, 20.0, 30.0), Ticks.nice(-3, 37, 5));
    assertEquals(List.of(0.2, 0.4, 0.6), roundedTo1(Ticks.nice(0.15, 0.65, 4)));
    assertThrows(IllegalArgumentException.class, () -> Ticks.nice(1, 1, 3));
  }

  private static List<Double> roundedTo1(List<Double> values) {
    return values.stream().map(value -> Math.round(value * 10) / 10.0).toList();
  }

  @Test
  void aBarShowsItsLimits() {
    assertEquals(
        List.of(new Tick(0, 0, "0"), new Tick(0.5, 0.25, "0.25"), new Tick(1, 1, "1")),
        Ticks.of(ValueScale.weights()));
    assertEquals(
        List.of("−2", "0", "2"),
        Ticks.of(ValueScale.signed(Kind.LINEAR, 2)).stream().map(Tick::label).toList());
  }

  @Test
  void aLogarithmicBarShowsPowersOfTen() {
    List<Tick> ticks = Ticks.of(ValueScale.of(Kind.LOG, 1e-4, 1));
    assertEquals(
        List.of("1e−4", "0.001", "0.01", "0.1", "1"), ticks.stream().map(Tick::label).toList());
    IntStream.range(0, 5).forEach(i -> assertEquals(i / 4.0, ticks.get(i).position(), 1e-9));
  }
}
