package dev.headlight.analysis.text.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against what the reference rendered; chat_templates.py beside the data made it. */
class JinjaTemplateTest {
  private static final Path CASES = Path.of("src/test/resources/chat/chat-templates.json");
  private static final LocalDateTime NOW = LocalDateTime.of(2024, 7, 26, 9, 5, 7);

  @TestFactory
  Stream<DynamicTest> rendersAsTheReference() throws IOException {
    JsonObject root = JsonParser.parseString(Files.readString(CASES)).getAsJsonObject();
    JsonObject templates = root.getAsJsonObject("templates");
    assertTrue(root.getAsJsonArray("cases").size() > 100);
    return root.getAsJsonArray("cases").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.get("name").getAsString(),
                    () -> check(c, templates.get(c.get("template").getAsString()).getAsString())));
  }

  private static void check(JsonObject c, String template) {
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Object> all =
        new Gson().fromJson(c, new TypeToken<Map<String, Object>>() {}.getType());
    for (String name : new String[] {"bos_token", "eos_token", "messages"}) {
      if (all.containsKey(name)) {
        values.put(name, all.get(name));
      }
    }
    if (all.get("variables") instanceof Map<?, ?> variables) {
      variables.forEach((k, v) -> values.put((String) k, v));
    }
    values.put("tools", null);
    values.put("documents", null);
    values.put("add_generation_prompt", c.get("addGenerationPrompt").getAsBoolean());
    if (c.has("rendered")) {
      assertEquals(c.get("rendered").getAsString(), render(template, values));
    } else {
      JinjaException e = assertThrows(JinjaException.class, () -> render(template, values));
      if (template.contains("raise_exception")) {
        assertTrue(e.byTemplate());
        assertEquals(c.get("error").getAsString(), e.getMessage());
      }
    }
  }

  private static String render(String template, Map<String, Object> values) {
    return JinjaTemplate.of(template).render(values, NOW);
  }

  private static String render(String template) {
    return render(template, Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{% for x in [1] %}# line 1: {% for %} has no {% endfor %}",
        "{{ 1 + }}# line 1: expected a value, found '}}'",
        "{{ 'abc }}# line 1: a text in quotes is not closed",
        "{% include 'x' %}# line 1: the tag {% include %} is not known here",
        "{{ 'x' | nonsense }}# line 1: no filter named 'nonsense' is known here",
        "{{ 1 is nonsense }}# line 1: no test named 'nonsense' is known here",
        "{% endif %}# line 1: {% endif %} has no beginning",
        "{% if true %}{% endfor %}# line 1: {% if %} has no {% endif %}",
        "{{ 1 / 0 }}# line 1: division by zero",
        "{{ nobody() }}# line 1: 'nobody' is undefined",
      })
  void saysWhatIsWrongAndWhere(String template, String message) {
    JinjaException e = assertThrows(JinjaException.class, () -> render(template));
    assertEquals(message, e.getMessage());
    assertFalse(e.byTemplate());
  }

  @Test
  void namesTheLineOfAFailure() {
    JinjaException e = assertThrows(JinjaException.class, () -> render("a\n\n{{ 'x' + 1 }}"));
    assertEquals("line 3: + does not join str and int", e.getMessage());
  }

  @Test
  void knowsTheDate() {
    assertEquals("26 Jul 2024, 09:05", render("{{ strftime_now('%d %b %Y, %H:%M') }}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}# steps",
        "{% set x = 'abcdefgh' * 2000000 %}{% for i in range(9) %}{{ x }}{% endfor %}# characters",
        "{{ 'a' * 99999999999 }}# characters",
        "{{ range(999999999) }}# at most",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}# macros",
        "{{ 9 ** 99 }}# cannot be computed",
      })
  void endsWhateverTheTemplateSays(String template, String word) {
    JinjaException e = assertThrows(JinjaException.class, () -> render(template));
    assertTrue(e.getMessage().contains(word), e.getMessage());
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    assertThrows(JinjaException.class, () -> render("{{ " + "(".repeat(5000) + " }}"));
    assertThrows(JinjaException.class, () -> render("{{ " + "[".repeat(100_000) + " }}"));
    assertThrows(JinjaException.class, () -> render("{% if 1 %}".repeat(5000)));
    assertThrows(JinjaException.class, () -> render("{{ " + "not ".repeat(100_000) + "1 }}"));
  }
}
