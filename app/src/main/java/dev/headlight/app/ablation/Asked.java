package dev.headlight.app.ablation;

import java.util.List;

/**
 * What is asked for by controls and prompts.
 *
 * @param choice of the controls
 * @param tokens of the prompt at hand; empty where something else is read
 * @param pairs that are read in its place; empty for none
 * @param seen pictures of the prompt, or of the pairs that show some; null, as older sessions have
 *     it, for none
 */
public record Asked(AblationChoice choice, List<Integer> tokens, List<Given> pairs, Seen seen) {
  /** Copies the lists. */
  public Asked {
    tokens = List.copyOf(tokens);
    pairs = List.copyOf(pairs);
    seen = seen == null ? Seen.NOTHING : seen;
  }

  /** Of what is there, without what the choice does not look at. */
  static Asked of(AblationChoice choice, List<Integer> prompt, List<Given> built, Seen seen) {
    return new Asked(
        choice.plain(),
        choice.on().prompt() ? prompt : List.of(),
        choice.on().pairs() ? built : List.of(),
        choice.on().prompt() || choice.on().pairs() ? seen : Seen.NOTHING);
  }

  /** With another choice. */
  Asked with(AblationChoice other) {
    return new Asked(other, tokens, pairs, seen);
  }

  /** About these pictures, where it is about pictures of which only the checksums are known. */
  Asked seeing(Seen known) {
    return new Asked(choice, tokens, pairs, known.equals(seen) ? known : seen);
  }

  /** The prompt as passes take it. */
  public int[] ids() {
    return Given.ids(tokens);
  }

  /** Whether there is something to read. */
  public boolean ready() {
    return choice.on().pairs() ? !pairs.isEmpty() : !choice.on().prompt() || !tokens.isEmpty();
  }
}
