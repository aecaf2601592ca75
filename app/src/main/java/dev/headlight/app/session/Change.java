package dev.headlight.app.session;

import static java.util.stream.Collectors.joining;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.pictures.PromptPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What leads from one state to the next, in words.
 *
 * @param kind what was changed
 * @param title for the history, such as "Select L1H3"
 */
public record Change(Kind kind, String title) {
  /** What can be changed, and for how long one more such change counts as the same. */
  public enum Kind {
    START(0),
    PROMPT(1500),
    HEAD(300),
    CELL(1000),
    INTERVENTIONS(1500),
    COMPARED(1500),
    GROUPS(0),
    SETTING(0),
    ADJUSTMENT(1000),
    SEVERAL(0);

    private final long mergeMillis;

    Kind(long mergeMillis) {
      this.mergeMillis = mergeMillis;
    }

    /** Milliseconds within which another change of this kind continues the last one. */
    public long mergeMillis() {
      return mergeMillis;
    }
  }

  private static final int SHOWN = 48;

  /** What changed; empty if nothing did, or only how panes are arranged: that is not undone. */
  public static Optional<Change> between(SessionState before, SessionState after) {
    List<Change> changes = new ArrayList<>();
    prompt(before.prompt(), after.prompt(), changes);
    selection(before.selection(), after.selection(), changes);
    compared(before.compared(), after.compared(), changes);
    if (!before.groups().equals(after.groups())) {
      changes.add(new Change(Kind.GROUPS, groups(before.groups(), after.groups())));
    }
    settings(before.view().settings(), after.view().settings(), changes);
    return switch (changes.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(changes.get(0));
      default ->
          Optional.of(
              new Change(
                  Kind.SEVERAL, changes.get(0).title + " and " + (changes.size() - 1) + " more"));
    };
  }

  private static void prompt(PromptState before, PromptState after, List<Change> changes) {
    if (!before.text().equals(after.text()) || !before.chat().equals(after.chat())) {
      String words = after.words();
      String what = after.chat().isPresent() ? "Chat " : "Prompt ";
      changes.add(new Change(Kind.PROMPT, words.isBlank() ? "Clear the prompt" : what + q(words)));
    }
    if (!before.pictures().equals(after.pictures())) {
      String names = after.pictures().stream().map(PromptPicture::name).collect(joining(", "));
      changes.add(
          new Change(Kind.PROMPT, names.isEmpty() ? "Remove the picture" : "Picture " + q(names)));
    }
    if (before.bos() != after.bos()) {
      changes.add(new Change(Kind.SETTING, "BOS " + after.bos().name().toLowerCase(Locale.ROOT)));
    }
  }

  private static void selection(Selection before, Selection after, List<Change> changes) {
    if (!before.head().equals(after.head())) {
      changes.add(
          new Change(Kind.HEAD, after.head().map(h -> "Select " + h).orElse("Select no head")));
    } else if (!before.equals(after)) {
      String cell =
          after.key() != Selection.NONE
              ? "Cell: query %d, key %d".formatted(after.query(), after.key())
              : after.query() != Selection.NONE ? "Query " + after.query() : "No query";
      changes.add(new Change(Kind.CELL, cell));
    }
  }

  private static void compared(Compared before, Compared after, List<Change> changes) {
    if (!before.changes().equals(after.changes())) {
      String text = after.changes().strip();
      changes.add(
          new Change(
              Kind.INTERVENTIONS, text.isEmpty() ? "No interventions" : "Intervene " + cut(text)));
    }
    if (!before.kind().equals(after.kind())) {
      if (before.changes().equals(after.changes())) {
        changes.add(new Change(Kind.COMPARED, "Compare " + after.kind()));
      }
    } else if (!before.head().equals(after.head())) {
      changes.add(
          new Change(
              Kind.COMPARED, "Compare with " + after.head().map(Head::toString).orElse("no head")));
    } else if (!before.prompt().equals(after.prompt())) {
      changes.add(new Change(Kind.COMPARED, "Compare with the prompt " + q(after.prompt())));
    }
  }

  private static String groups(List<HeadGroup> before, List<HeadGroup> after) {
    for (HeadGroup group : after) {
      if (!before.contains(group)) {
        return "Head group " + cut(group.name()) + ": " + cut(group.heads().toString());
      }
    }
    return before.stream()
        .filter(g -> !after.contains(g))
        .findFirst()
        .map(g -> "Delete the head group " + cut(g.name()))
        .orElse("Order of head groups");
  }

  private static void settings(
      Map<String, String> before, Map<String, String> after, List<Change> changes) {
    after.forEach(
        (name, value) -> {
          if (!value.equals(before.getOrDefault(name, ""))) {
            changes.add(new Change(kind(name), words(name) + ": " + spoken(value)));
          }
        });
    before.keySet().stream()
        .filter(name -> !after.containsKey(name))
        .forEach(name -> changes.add(new Change(kind(name), words(name) + ": as at first")));
  }

  /** Limits are dragged, and a pinned pane is walked through: one gesture is one change. */
  private static Kind kind(String name) {
    boolean adjusted = name.equals(ViewSettings.LIMITS) || name.startsWith(ViewSettings.PANE);
    return adjusted ? Kind.ADJUSTMENT : Kind.SETTING;
  }

  /** "Colour scale"; of a pane's own settings "Head 2 pane, unit". */
  private static String words(String name) {
    String text = name.replace('_', ' ');
    if (name.startsWith(ViewSettings.PANE)) {
      String own = text.substring(ViewSettings.PANE.length()).replace(':', ' ');
      text = own.replace(".", " pane, ");
    }
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static String spoken(String value) {
    return switch (value) {
      case "true" -> "on";
      case "false" -> "off";
      case "" -> "none";
      default ->
          value.startsWith("{")
              ? "changed"
              : value.matches("[A-Z_]+")
                  ? value.toLowerCase(Locale.ROOT).replace('_', ' ')
                  : cut(value);
    };
  }

  private static String q(String words) {
    return "“" + cut(words) + "”";
  }

  private static String cut(String words) {
    String line = words.length() > 4 * SHOWN ? words.substring(0, 4 * SHOWN) : words;
    line = line.strip().replaceAll("\\s+", " ");
    return line.codePointCount(0, line.length()) <= SHOWN
        ? line
        : line.substring(0, line.offsetByCodePoints(0, SHOWN)) + "…";
  }
}
