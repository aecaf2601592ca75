package dev.headlight.app.visual;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What follows {@code headlight visual MODEL} on the line that finds the same, each one word. */
public final class VisualArguments {
  private VisualArguments() {}

  /**
   * The words of a line.
   *
   * @param images files of the pictures
   */
  public static List<String> of(VisualState state, List<String> images) {
    Looked looked = state.looked();
    VisualChoice choice = state.choice();
    List<String> line = new ArrayList<>();
    images.forEach(i -> line.add("--image=" + i));
    List<int[]> texts =
        looked.ask().texts().isEmpty() ? List.of(looked.ask().tokens()) : looked.ask().texts();
    if (texts.get(0).length > 0) {
      line.addAll(
          List.of(
              "--tokens",
              texts.stream().map(VisualArguments::joined).collect(Collectors.joining(";"))));
    }
    line.addAll(List.of("--max-new", "" + looked.ask().maxNew()));
    looked.ask().changes().stream()
        .map(Intervention::text)
        .forEach(t -> line.addAll(List.of("--intervene", t)));
    line.addAll(List.of("--side", lower(looked.side())));
    line.add("--word=" + state.word());
    List<Head> heads = choice.over() == Over.CHOSEN ? state.heads() : List.of(state.head());
    line.addAll(List.of("--heads", HeadSet.of(heads).toString()));
    if (choice.over() != Over.HEAD && choice.mode().ofHeads()) {
      line.addAll(List.of("--mean", lower(choice.over())));
    }
    line.addAll(List.of("--map", choice.mode().option()));
    if (choice.mode() == MapMode.MINUS_WORD) {
      line.addAll(List.of("--minus", "" + state.maps().baseline()));
    }
    line.addAll(List.of("--style", lower(choice.style()), "--alpha", "" + choice.alpha()));
    if (choice.scanpath()) {
      line.add("--scanpath");
    }
    shown(state, line);
    known(state, line);
    line.addAll(List.of("--out", "visual"));
    return line;
  }

  private static void shown(VisualState state, List<String> line) {
    Looked looked = state.looked();
    int tile = looked.side() == Side.TOWER ? looked.at().tile() : state.choice().shown().tile();
    if (looked.ask().pictures().size() > 1) {
      line.addAll(List.of("--picture", "" + state.picture()));
    }
    if (tile >= 0 && looked.ask().layout(state.picture()).tiles().size() > 1) {
      line.addAll(List.of("--tile", "" + tile));
    }
    if (looked.ask().texts().size() > 1) {
      line.addAll(List.of("--text", "" + looked.at().text()));
    }
  }

  private static void known(VisualState state, List<String> line) {
    state.shares().ifPresent(s -> line.add("--shares"));
    state.sunk().ifPresent(s -> line.add("--sinks"));
    state.divergence().ifPresent(d -> line.add("--vhd"));
    state.effect().ifPresent(e -> line.addAll(List.of("--change", e.change().text())));
    state
        .curve()
        .ifPresent(
            c ->
                line.addAll(
                    List.of("--by-layer", c.change().text(), "--spread", c.spread().text())));
  }

  private static String joined(int[] ids) {
    return Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
