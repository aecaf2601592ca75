package dev.headlight.analysis.roles;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.scores.ScoreJob;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures {@link RoleScores#PATTERN}: which heads' maps look like a drawn one.
 *
 * @param pattern the drawing
 * @param hideFirst whether the first token is left out as a key, so that resting there does not
 *     count
 * @param prompts whose maps are compared with it
 */
public record PatternJob(DrawnPattern pattern, boolean hideFirst, Prompts prompts)
    implements ScoreJob {
  static final String ID = "pattern";
  static final String MASS = "patternMass";

  @Override
  public String title() {
    return "Heads that look like the drawing";
  }

  @Override
  public List<String> scores() {
    return List.of(ID, MASS);
  }

  @Override
  public Result measure(Model model, Progress progress) {
    if (pattern.blank()) {
      throw new HeadlightException(
          Kind.INPUT, "the pattern has no marked cell; mark where heads should look");
    }
    CellTables tables = new CellTables(model.spec());
    int count = prompts.sequences().size();
    for (int s = 0; s < count; s++) {
      int[] ids = prompts.sequences().get(s);
      Progress part = progress.part((double) s / count, (s + 1.0) / count);
      MarkedCells cells =
          Passes.read(
              model, prompts.request().only(s), hideFirst ? 1 : 0, pattern.over(ids.length), part);
      tables.add(cells, cells.correlation());
    }
    if (tables.empty()) {
      throw new HeadlightException(
          Kind.INPUT,
          "the drawing falls on no cell that a query of %s sees; mark others, or use longer prompts"
              .formatted(prompts.name()));
    }
    String conditions =
        "%1$d × %1$d drawing%2$s, on %3$s; uniform attention puts %4$s on it"
            .formatted(
                pattern.size(),
                hideFirst ? " without the first key" : "",
                prompts.name(),
                tables.uniform());
    return new Result(
        Map.of(ID, tables.other(), MASS, tables.mass()), conditions, arguments(), Map.of());
  }

  private List<String> arguments() {
    Stream<String> drawn = Stream.of("--pattern=" + pattern);
    Stream<String> hidden = hideFirst ? Stream.of("--hide-sink") : Stream.empty();
    return Stream.concat(Stream.concat(drawn, hidden), prompts.arguments().stream()).toList();
  }
}
