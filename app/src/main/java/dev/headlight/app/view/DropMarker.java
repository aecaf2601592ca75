package dev.headlight.app.view;

import dev.headlight.app.dock.Docking;
import dev.headlight.app.dock.Side;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.layout.Region;

/** Shows where a dragged tab would go, and puts it there. */
final class DropMarker extends Region {
  private final Docking docking;
  private final Supplier<List<DockGroup>> groups;

  /**
   * @param groups those on view
   */
  DropMarker(Docking docking, Supplier<List<DockGroup>> groups) {
    this.docking = docking;
    this.groups = groups;
    getStyleClass().add("drop-marker");
    setManaged(false);
    setMouseTransparent(true);
    setVisible(false);
  }

  /** Where a point of the scene means. */
  private record Target(DockGroup group, Side side, int index) {}

  private Optional<Target> at(Point2D scene) {
    for (DockGroup group : groups.get()) {
      Bounds area = group.localToScene(group.getLayoutBounds());
      if (area.contains(scene)) {
        double header = group.headerHeight();
        if (scene.getY() < area.getMinY() + header) {
          return Optional.of(new Target(group, Side.INSIDE, group.indexAt(scene.getX())));
        }
        double x = (scene.getX() - area.getMinX()) / area.getWidth();
        double y = (scene.getY() - area.getMinY() - header) / (area.getHeight() - header);
        return Optional.of(new Target(group, Side.at(x, y), -1));
      }
    }
    return Optional.empty();
  }

  /** Marks the place that a point of the scene means. */
  void show(Point2D scene) {
    Optional<Target> target = at(scene);
    setVisible(target.isPresent());
    target.ifPresent(this::place);
    toFront();
  }

  private void place(Target target) {
    Bounds area =
        getParent().sceneToLocal(target.group().localToScene(target.group().getLayoutBounds()));
    double top = target.group().headerHeight();
    double x = area.getMinX();
    double y = area.getMinY() + (target.index() < 0 ? top : 0);
    double width = area.getWidth();
    double height = target.index() < 0 ? area.getHeight() - top : top;
    switch (target.side()) {
      case LEFT -> width /= 2;
      case RIGHT -> {
        width /= 2;
        x += width;
      }
      case TOP -> height /= 2;
      case BOTTOM -> {
        height /= 2;
        y += height;
      }
      case INSIDE -> {
        // The whole of it.
      }
    }
    resizeRelocate(Math.rint(x), Math.rint(y), Math.rint(width), Math.rint(height));
  }

  /** Puts a pane where a point of the scene means. */
  void drop(Point2D scene, String pane) {
    setVisible(false);
    at(scene)
        .ifPresent(
            t -> {
              if (t.index() >= 0) {
                docking.moveInto(pane, t.group().front(), t.index());
              } else {
                docking.move(pane, t.group().front(), t.side());
              }
            });
  }
}
