package dev.headlight.analysis.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ConfigTest {
  private static final Path FILE = Path.of("m", "config.json");

  private static Config config(String json) {
    return Config.parse(FILE, json);
  }

  private static void fails(String message, Executable code) {
    CheckpointException e = assertThrows(CheckpointException.class, code);
    assertEquals(FILE + ": " + message, e.getMessage());
  }

  @Test
  void nullIsNotTheSameAsAbsent() {
    Config config = config("{\"head_dim\":null,\"layers\":3}");
    assertTrue(config.has("head_dim"));
    assertTrue(config.isNull("head_dim"));
    assertFalse(config.hasValue("head_dim"));
    assertFalse(config.has("other"));
    assertFalse(config.isNull("other"));
    assertTrue(config.hasValue("layers"));
    assertEquals(64, config.intValue("head_dim", 64));
    assertEquals(OptionalInt.empty(), config.optionalInt("head_dim"));
    fails(
        "head_dim should be a whole number, found null; the file belongs to another kind of model or is incomplete.",
        () -> config.requireInt("head_dim"));
    fails(
        "other should be a text, found no such field; the file belongs to another kind of model or is incomplete.",
        () -> config.requireString("other"));
  }

  @Test
  void valuesOfEveryKind() {
    Config config =
        config(
            "{\"s\":\"x\",\"i\":3,\"f\":1e-5,\"whole\":1e4,\"l\":5000000000,\"b\":true,\"inf\":Infinity}");
    assertEquals("x", config.string("s", "y"));
    assertEquals("y", config.string("none", "y"));
    assertEquals(Optional.of("x"), config.optionalString("s"));
    assertEquals(3, config.requireInt("i"));
    assertEquals(10000, config.intValue("whole", 0));
    assertEquals(5_000_000_000L, config.longValue("l", 0));
    assertEquals(1e-5, config.requireNumber("f"));
    assertEquals(3.0, config.number("i", 0));
    assertEquals(OptionalDouble.empty(), config.optionalNumber("none"));
    assertTrue(config.bool("b", false));
    assertTrue(config.bool("none", true));
    assertEquals(Double.POSITIVE_INFINITY, config.number("inf", 0));
  }

  @Test
  void aWrongKindIsNeverTheDefault() {
    Config config =
        config("{\"s\":\"3\",\"f\":1.5,\"l\":5000000000,\"o\":{},\"a\":[\"x\"],\"b\":1}");
    fails("s should be a number, found \"3\".", () -> config.intValue("s", 7));
    fails("f should be a whole number, found 1.5.", () -> config.intValue("f", 7));
    fails(
        "l should be a whole number of 32 bits, found 5000000000.", () -> config.intValue("l", 7));
    fails("o should be a text, found an object.", () -> config.string("o", "x"));
    fails("a should be a number, found \"x\".", () -> config.intList("a"));
    fails("b should be true or false, found 1.", () -> config.bool("b", true));
    fails("a should be an object, found a list.", () -> config.object("a"));
    fails("z should be 1 or more, found 0.", () -> config("{\"z\":0}").requirePositive("z"));
  }

  @Test
  void listsAndObjects() {
    Config config =
        config(
            "{\"architectures\":[\"A\",\"B\"],\"one\":2,\"ints\":[1,2],\"numbers\":[1,2.5],"
                + "\"rope\":{\"type\":\"linear\",\"in\":{\"x\":\"y\"}},\"model_type\":\"gpt2\"}");
    assertEquals(Optional.of("A"), config.architecture());
    assertEquals("gpt2", config.modelType());
    assertEquals(List.of(2), config.intList("one"));
    assertEquals(List.of(1, 2), config.intList("ints"));
    assertEquals(List.of(1.0, 2.5), config.numberList("numbers"));
    assertEquals(List.of(), config.stringList("none"));
    assertEquals("linear", config.requireObject("rope").requireString("type"));
    assertTrue(config.isObject("rope"));
    assertFalse(config.isObject("ints"));
    assertTrue(config.object("none").isEmpty());
    fails(
        "rope.in.x should be a number, found \"y\".",
        () -> config.requireObject("rope").requireObject("in").requireInt("x"));
    fails(
        "rope.type is 'zigzag', which is not supported; supported: linear, yarn.",
        () -> {
          throw config
              .requireObject("rope")
              .unsupported("type", "zigzag", List.of("linear", "yarn"));
        });
  }

  @Test
  void whatIsNotAnObjectIsRefused() {
    fails("should be a JSON object, found a list; fetch it again.", () -> config("[]"));
    fails("should be a JSON object, found null; fetch it again.", () -> config(""));
    for (String text : List.of("{", "{\"a\":}", "{} x", "{\"a\":1,\"b\"")) {
      CheckpointException e = assertThrows(CheckpointException.class, () -> config(text));
      assertTrue(e.getMessage().contains("is not valid JSON"), e.getMessage());
      assertFalse(e.getMessage().contains("\n"), e.getMessage());
    }
    String deep = "[".repeat(200_000);
    assertThrows(CheckpointException.class, () -> config("{\"a\":" + deep));
  }
}
