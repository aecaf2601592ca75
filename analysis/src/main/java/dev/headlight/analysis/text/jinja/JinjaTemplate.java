package dev.headlight.analysis.text.jinja;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/**
 * A template, read once and rendered any number of times. Safe to use from several threads.
 *
 * <p>Known are the tags for, if, set, macro, with, generation, break, continue and raw; what else
 * Jinja2 has (include, import, extends, call, filter blocks) is refused by its name. A rendering
 * ends after a fixed number of steps and characters, whatever the template says.
 */
public final class JinjaTemplate {
  private final List<Statement> statements;

  private JinjaTemplate(List<Statement> statements) {
    this.statements = statements;
  }

  /**
   * Reads a template.
   *
   * @throws JinjaException naming the line and what is wrong there
   */
  public static JinjaTemplate of(String template) {
    try {
      return new JinjaTemplate(TemplateParser.parse(template));
    } catch (StackOverflowError e) {
      throw new JinjaException("the template's expressions are nested too deep");
    }
  }

  /**
   * Renders the template.
   *
   * @param values null, Boolean, numbers, String, List and Map, each of such values
   * @param now what {@code strftime_now} says
   * @throws JinjaException naming the line and what cannot be done there, or with the template's
   *     own words where it refuses its input
   */
  public String render(Map<String, ?> values, LocalDateTime now) {
    Rendering rendering = new Rendering();
    Scope scope = new Scope(rendering, Functions.all(now));
    values.forEach((name, value) -> scope.set(name, Values.normal(value)));
    try {
      Statement.runAll(statements, scope);
    } catch (StackOverflowError e) {
      throw new JinjaException("the template calls itself without end");
    }
    return rendering.text();
  }
}
