package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.text.ChatPrompt;
import dev.headlight.analysis.text.ChatText;
import dev.headlight.analysis.text.Tokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Some tokens of a prompt under a name, such as {@code system}, {@code user}, {@code context} or
 * {@code question}. They need not be neighbours.
 *
 * @param name for people
 * @param positions of its tokens, each once, ascending
 */
public record PromptSpan(String name, List<Integer> positions) {
  /** What belongs to no turn: what the chat template wrote, and special tokens. */
  public static final String TEMPLATE = "template";

  /** Copies the list. */
  public PromptSpan {
    positions = List.copyOf(positions);
  }

  /** Neighbours {@code [from, to)}. */
  public static PromptSpan of(String name, int from, int to) {
    List<Integer> positions = new ArrayList<>();
    for (int i = from; i < to; i++) {
      positions.add(i);
    }
    return new PromptSpan(name, positions);
  }

  /**
   * The tokens of a passage of the prompt's text.
   *
   * @throws HeadlightException when the passage is not in the text
   */
  public static PromptSpan of(String name, Tokens tokens, String passage) {
    int start = tokens.text().indexOf(passage);
    if (passage.isEmpty() || start < 0) {
      throw new HeadlightException(
          Kind.INPUT,
          name + ": the passage \"" + passage + "\" is not in the prompt; copy it from there");
    }
    return new PromptSpan(name, within(tokens, start, start + passage.length()));
  }

  /** The tokens that share a character with a part {@code [start, end)} of the prompt's text. */
  public static PromptSpan of(String name, Tokens tokens, int start, int end) {
    return new PromptSpan(name, within(tokens, start, end));
  }

  /** The same without some positions. */
  public PromptSpan without(List<Integer> others) {
    return new PromptSpan(name, positions.stream().filter(p -> !others.contains(p)).toList());
  }

  /**
   * One span for each role whose words are in a conversation, and one for the template.
   *
   * @return in order of their first tokens
   */
  public static List<PromptSpan> of(ChatPrompt prompt) {
    List<PromptSpan> spans = new ArrayList<>();
    List<Integer> rest = new ArrayList<>(of(TEMPLATE, 0, prompt.tokens().size()).positions());
    for (String role : prompt.written().roles()) {
      List<Integer> said = new ArrayList<>();
      for (ChatText.Turn turn : prompt.written().turns()) {
        if (turn.applied() && turn.role().equals(role)) {
          said.addAll(within(prompt.tokens(), turn.start(), turn.end()));
        }
      }
      said.retainAll(rest);
      rest.removeAll(said);
      spans.add(new PromptSpan(role, said));
    }
    spans.add(new PromptSpan(TEMPLATE, rest));
    spans.removeIf(s -> s.positions().isEmpty());
    spans.sort((a, b) -> Collections.min(a.positions()) - Collections.min(b.positions()));
    return spans;
  }

  /** Tokens that share a character with a part of the text. */
  private static List<Integer> within(Tokens tokens, int start, int end) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.start(i) < end && tokens.end(i) > start) {
        found.add(i);
      }
    }
    return found;
  }
}
