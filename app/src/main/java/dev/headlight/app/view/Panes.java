package dev.headlight.app.view;

import dev.headlight.app.dock.DockLayout;
import dev.headlight.app.dock.DockNode.Group;
import dev.headlight.app.dock.DockNode.Split;
import dev.headlight.app.dock.Docking;
import dev.headlight.app.dock.WindowLayout;
import java.util.List;
import java.util.NoSuchElementException;

/** The kinds of panes there are, and where they stand in a new window. */
final class Panes {
  private static final double HEADS = 0.37;

  private Panes() {}

  /** Every kind, in the order of the menu. */
  static List<Pane> all() {
    return List.of(
        new Pane(
            "heads",
            "Heads",
            "grid",
            "What does every head look at?",
            "Shortcut+1",
            false,
            HeadsPane::new),
        new Pane(
            "head",
            "Head",
            "heatmap",
            "What does this head look at?",
            "Shortcut+2",
            true,
            HeadPane::new),
        new Pane(
            "compare",
            "Compare",
            "scale",
            "What differs between two heads, prompts or passes?",
            "Shortcut+3",
            false,
            ComparePane::new),
        new Pane(
            "sinks",
            "Sinks",
            "stop",
            "Where does attention rest?",
            "Shortcut+4",
            false,
            SinksPane::new),
        new Pane(
            "retrieval",
            "Retrieval",
            "search",
            "Which heads fetch what is asked for?",
            "Shortcut+5",
            false,
            RetrievalPane::new),
        new Pane(
            "roles",
            "Roles",
            "head",
            "What is every head, and how sure is that?",
            "Shortcut+6",
            false,
            RolesPane::new),
        new Pane(
            "ablation",
            "Ablation",
            "cancel",
            "What does the model lose without these heads?",
            "Shortcut+7",
            false,
            AblationPane::new),
        new Pane(
            "circuits",
            "Circuits",
            "lines",
            "Which parts carry the answer, and along which edges?",
            "Shortcut+8",
            false,
            CircuitPane::new),
        new Pane(
            "visual",
            "Visual",
            "image",
            "Where does each word look in the picture?",
            "Shortcut+9",
            false,
            VisualPane::new),
        new Pane(
            "history",
            "History",
            "recent",
            "What did I do, and can I go back?",
            "Shortcut+Shift+H",
            false,
            HistoryPane::new));
  }

  /** The kind of an open pane. */
  static Pane kind(String pane) {
    return all().stream()
        .filter(p -> p.id().equals(Docking.kind(pane)))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException(pane));
  }

  /** Whether an id means a pane that there is. */
  static boolean known(String pane) {
    return all().stream()
        .anyMatch(p -> p.id().equals(pane) || (p.several() && pane.matches(p.id() + ":\\d{1,3}")));
  }

  /** How a new window is arranged. */
  static WindowLayout first() {
    Split split = new Split(true, HEADS, Group.of("heads"), Group.of("head"));
    return new WindowLayout(new DockLayout(split), true, true);
  }
}
