package dev.headlight.analysis.scores;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every score there is, in the order of menus and tables. Immutable. */
public final class HeadScores {
  private final Map<String, HeadScore> scores = new LinkedHashMap<>();

  /**
   * These scores.
   *
   * @throws IllegalArgumentException when two have one id
   */
  public HeadScores(List<HeadScore> all) {
    for (HeadScore score : all) {
      if (scores.put(score.id(), score) != null) {
        throw new IllegalArgumentException("two scores are called " + score.id());
      }
    }
  }

  /** The scores of this package. */
  public static HeadScores standard() {
    return new HeadScores(StandardScores.all());
  }

  /** With scores of another package after these. */
  public HeadScores plus(List<HeadScore> more) {
    List<HeadScore> all = new ArrayList<>(all());
    all.addAll(more);
    return new HeadScores(all);
  }

  /** In order. */
  public List<HeadScore> all() {
    return List.copyOf(scores.values());
  }

  /** Their ids, in order. */
  public List<String> ids() {
    return List.copyOf(scores.keySet());
  }

  /** A score by its id. */
  public Optional<HeadScore> find(String id) {
    return Optional.ofNullable(scores.get(id));
  }

  /**
   * A score by its id.
   *
   * @throws HeadlightException when there is none, naming those that there are
   */
  public HeadScore get(String id) {
    return find(id)
        .orElseThrow(
            () ->
                new HeadlightException(
                    Kind.INPUT,
                    "no score is called \"%s\"; there are %s"
                        .formatted(id, String.join(", ", scores.keySet()))));
  }
}
