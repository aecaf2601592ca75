package dev.headlight.app.session;

import java.util.List;

/**
 * All that the user has decided at one moment; a value. Undo goes from one to another.
 *
 * @param prompt what the model reads
 * @param selection what is looked at
 * @param compared what it is compared with, interventions among it
 * @param groups named sets of heads
 * @param view how it is shown
 */
public record SessionState(
    PromptState prompt,
    Selection selection,
    Compared compared,
    List<HeadGroup> groups,
    ViewState view) {
  /** Copies the list. */
  public SessionState {
    groups = List.copyOf(groups);
  }

  /** Before anything was decided. */
  public static SessionState first() {
    return new SessionState(
        PromptState.of(""), Selection.none(), Compared.none(), List.of(), ViewState.first());
  }

  /** With another prompt. */
  public SessionState withPrompt(PromptState other) {
    return new SessionState(other, selection, compared, groups, view);
  }

  /** With another head or cell. */
  public SessionState withSelection(Selection other) {
    return new SessionState(prompt, other, compared, groups, view);
  }

  /** With another comparison. */
  public SessionState withCompared(Compared other) {
    return new SessionState(prompt, selection, other, groups, view);
  }

  /** With other head groups. */
  public SessionState withGroups(List<HeadGroup> other) {
    return new SessionState(prompt, selection, compared, other, view);
  }

  /** Shown in another way. */
  public SessionState withView(ViewState other) {
    return new SessionState(prompt, selection, compared, groups, other);
  }
}
