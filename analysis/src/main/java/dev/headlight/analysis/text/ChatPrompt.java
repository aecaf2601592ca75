package dev.headlight.analysis.text;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A conversation as the model reads it.
 *
 * @param written what the template wrote
 * @param tokens of it
 */
public record ChatPrompt(ChatText written, Tokens tokens) {
  /** The special tokens that stand outside of the messages, each once, as their labels. */
  public List<String> added() {
    return IntStream.range(0, tokens.size())
        .filter(i -> tokens.special(i) && !written.said(tokens.start(i), tokens.end(i)))
        .mapToObj(tokens::label)
        .distinct()
        .toList();
  }

  /** One sentence for people: which roles were applied, and what was added around them. */
  public String summary() {
    String roles = written.roles().isEmpty() ? "none" : String.join(", ", written.roles());
    StringBuilder text = new StringBuilder("roles applied: " + roles);
    Set<String> lost =
        written.turns().stream()
            .filter(t -> !t.applied())
            .map(ChatText.Turn::role)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!lost.isEmpty()) {
      text.append("; left out or rewritten: ").append(String.join(", ", lost));
    }
    if (written.ownSystem()) {
      text.append("; the template adds a system turn of its own");
    }
    List<String> added = added();
    if (!added.isEmpty()) {
      text.append("; special tokens added: ").append(String.join(" ", added));
    }
    return text.toString();
  }
}
