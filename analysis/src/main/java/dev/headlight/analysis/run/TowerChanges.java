package dev.headlight.analysis.run;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Intervention.InTower;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes of a request, told apart by where they are made.
 *
 * @param main in the main transformer
 * @param vision in the tower that reads pictures
 */
public record TowerChanges(List<Intervention> main, List<Intervention> vision) {
  /** Copies the lists. */
  public TowerChanges {
    main = List.copyOf(main);
    vision = List.copyOf(vision);
  }

  /**
   * Tells changes apart.
   *
   * @param changes in the order in which they are made
   * @param spec of the model
   * @throws HeadlightException when one is for a tower that the model has not
   */
  public static TowerChanges of(List<Intervention> changes, ModelSpec spec) {
    List<Intervention> main = new ArrayList<>();
    List<Intervention> vision = new ArrayList<>();
    for (Intervention change : changes) {
      if (!(change instanceof InTower in)) {
        main.add(change);
      } else if (in.tower().equals(InTower.VISION) && spec.vision().isPresent()) {
        vision.add(in.change());
      } else if (main(in.tower(), spec)) {
        main.add(in.change());
      } else {
        throw new HeadlightException(
            Kind.INPUT,
            change.text() + ": " + spec.family() + " has no tower called " + in.tower());
      }
    }
    return new TowerChanges(main, vision);
  }

  /** Whether something is changed in the tower. */
  public boolean inTower() {
    return !vision.isEmpty();
  }

  /** Whether the main transformer goes by this name too. */
  private static boolean main(String tower, ModelSpec spec) {
    return tower.equals(InTower.VISION)
        ? spec.patches().isPresent()
        : spec.vision().filter(v -> !v.inPrompt()).isPresent();
  }
}
