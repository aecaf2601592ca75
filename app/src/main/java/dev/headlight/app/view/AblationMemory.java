package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.analysis.ablation.Treatment;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Positions;
import dev.headlight.app.ablation.AblationChoice;
import dev.headlight.app.ablation.AblationSettings;
import dev.headlight.app.ablation.Over;
import dev.headlight.app.ablation.ReadOn;
import dev.headlight.app.engine.PromptSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javafx.beans.property.LongProperty;
import javafx.beans.property.SimpleLongProperty;

/**
 * Keeps what is set in an ablation pane for sessions and undo, a name a setting. What a session
 * says may come before its model; it waits for that.
 */
final class AblationMemory {
  private static final AblationChoice FIRST = AblationChoice.STANDARD;

  private final AblationDesk desk;
  private final LongProperty revision = new SimpleLongProperty();
  private final Map<String, String> awaited = new HashMap<>();
  private final List<Setting> settings = new ArrayList<>();

  /** A setting as text; empty as at first. */
  private record Setting(String name, Function<AblationDesk, String> get, Put put) {}

  /** Sets it; empty means as at first. */
  @FunctionalInterface
  private interface Put {
    void set(AblationDesk desk, String text);
  }

  AblationMemory(AblationDesk desk) {
    this.desk = desk;
    settings.add(new Setting("taken", AblationMemory::taken, AblationMemory::take));
    choice("mode", c -> c.mode().name(), (c, t) -> c.with(Treatment.Mode.valueOf(t)));
    choice("factor", c -> "" + c.factor(), (c, t) -> c.withFactor(Double.parseDouble(t)));
    choice("when", c -> c.positions().toString(), (c, t) -> c.at(Positions.parse(t)));
    choice("from", c -> c.from().toString(), (c, t) -> c.with(PromptSource.parse(t)));
    choice("metric", c -> c.metric().name(), (c, t) -> c.with(AblationMetric.valueOf(t)));
    choice("read_on", c -> c.on().toString(), (c, t) -> c.with(ReadOn.parse(t)));
    choice("answer", AblationChoice::answer, (c, t) -> c.withAnswers(t, c.wrong()));
    choice("wrong", AblationChoice::wrong, (c, t) -> c.withAnswers(c.answer(), t));
    choice("sweep", c -> c.over().name(), (c, t) -> c.with(Over.valueOf(t)));
    number("tokens", AblationSettings::length, n -> s -> s.withLength(n));
    number("draws", AblationSettings::draws, n -> s -> s.withDraws(n));
  }

  /** Keeps them from now on. */
  void keep() {
    settings.forEach(this::keep);
    desk.whenChanged(this::changed);
  }

  private void choice(
      String name, Function<AblationChoice, String> text, Reading<AblationChoice> read) {
    settings.add(
        new Setting(
            name,
            d -> differing(text.apply(d.state().choice()), text.apply(FIRST)),
            (d, t) -> d.choose(read.of(d.state().choice(), t.isEmpty() ? text.apply(FIRST) : t))));
  }

  /** With a value of its text. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(T before, String text);
  }

  private void number(
      String name,
      Function<AblationSettings, Integer> get,
      Function<Integer, UnaryOperator<AblationSettings>> with) {
    int first = get.apply(AblationSettings.STANDARD);
    settings.add(
        new Setting(
            name,
            d -> differing("" + get.apply(d.state().settings()), "" + first),
            (d, t) -> {
              int now = t.isEmpty() ? first : Integer.parseInt(t);
              d.set(with.apply(now).apply(d.state().settings()));
            }));
  }

  private static String differing(String text, String first) {
    return text.equals(first) ? "" : text;
  }

  private static String taken(AblationDesk desk) {
    return desk.state().taken().isEmpty() ? "" : HeadSet.of(desk.state().taken()).toString();
  }

  private static void take(AblationDesk desk, String text) {
    TreeSet<Head> heads = new TreeSet<>();
    if (!text.isEmpty()) {
      heads.addAll(HeadSet.parse(text).resolve(desk.facts().spec()));
    }
    desk.take(heads);
  }

  private void keep(Setting setting) {
    desk.context()
        .memory()
        .keep(
            setting.name(),
            () ->
                desk.state() == null
                    ? awaited.getOrDefault(setting.name(), "")
                    : setting.get().apply(desk),
            text -> put(setting, text),
            revision);
  }

  private void put(Setting setting, String text) {
    if (desk.state() == null) {
      awaited.put(setting.name(), text);
      return;
    }
    try {
      setting.put().set(desk, text);
    } catch (HeadlightException | IllegalArgumentException e) {
      setting.put().set(desk, "");
    }
  }

  private void changed() {
    if (desk.state() != null && !awaited.isEmpty()) {
      Map<String, String> now = Map.copyOf(awaited);
      awaited.clear();
      settings.stream()
          .filter(s -> now.containsKey(s.name()))
          .forEach(s -> put(s, now.get(s.name())));
    }
    revision.set(revision.get() + 1);
  }
}
