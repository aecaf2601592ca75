package dev.headlight.analysis.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Two prompts that differ in what decides the answer, as text.
 *
 * @param clean the prompt whose answer is asked for
 * @param corrupt the prompt that leads to another answer
 * @param answer what follows the clean prompt, character by character: with its leading space where
 *     one belongs there (see {@link AnswerText})
 * @param wrong the answer it is held against, likewise
 * @param roles what words of both prompts are; may be empty
 */
public record PromptPair(
    String clean, String corrupt, String answer, String wrong, List<PairRole> roles) {
  /**
   * Copies the list.
   *
   * @throws HeadlightException when a role lies outside of its prompt, or two have one name
   */
  public PromptPair {
    roles = List.copyOf(roles);
    for (PairRole role : roles) {
      if (role.clean().end() > clean.length() || role.corrupt().end() > corrupt.length()) {
        throw new HeadlightException(
            Kind.INPUT,
            "role '%s' ends outside of its prompt: the clean one has %d characters, the corrupt one %d; correct the numbers"
                .formatted(role.text(), clean.length(), corrupt.length()));
      }
    }
    if (roles.stream().map(PairRole::name).distinct().count() < roles.size()) {
      throw new HeadlightException(
          Kind.INPUT, "two roles have one name: " + PairRole.text(roles) + "; rename one");
    }
  }

  /** A pair without roles whose answers are as people write them; see {@link AnswerText}. */
  public static PromptPair typed(String clean, String corrupt, String answer, String wrong) {
    return new PromptPair(
        clean,
        corrupt,
        AnswerText.continuing(clean, answer),
        AnswerText.continuing(clean, wrong),
        List.of());
  }

  /** The role of a name. */
  public Optional<PairRole> role(String name) {
    return roles.stream().filter(r -> r.name().equals(name)).findFirst();
  }

  /** With other roles. */
  public PromptPair withRoles(List<PairRole> other) {
    return new PromptPair(clean, corrupt, answer, wrong, other);
  }
}
