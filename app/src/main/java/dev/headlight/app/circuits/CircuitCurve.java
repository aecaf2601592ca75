package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.Edge;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;

/** The way of an edge as points, from the Bézier curves that ELK's spline routing gives. */
final class CircuitCurve {
  private static final int STEPS = 10;

  private CircuitCurve() {}

  static CircuitLayout.Line line(Edge edge, ElkEdge laidOut) {
    List<double[]> given = new ArrayList<>();
    for (ElkEdgeSection section : laidOut.getSections()) {
      given.add(new double[] {section.getStartX(), section.getStartY()});
      for (ElkBendPoint bend : section.getBendPoints()) {
        given.add(new double[] {bend.getX(), bend.getY()});
      }
      given.add(new double[] {section.getEndX(), section.getEndY()});
    }
    List<double[]> points = given.size() % 3 == 1 ? curve(given) : given;
    return new CircuitLayout.Line(
        edge,
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1]).toArray());
  }

  /** Cubic Bézier curves one after the other: each ends where the next begins. */
  private static List<double[]> curve(List<double[]> control) {
    List<double[]> points = new ArrayList<>();
    points.add(control.get(0));
    for (int from = 0; from + 3 < control.size(); from += 3) {
      for (int step = 1; step <= STEPS; step++) {
        double t = (double) step / STEPS;
        points.add(new double[] {at(control, from, t, 0), at(control, from, t, 1)});
      }
    }
    return points;
  }

  private static double at(List<double[]> control, int from, double t, int axis) {
    double s = 1 - t;
    return s * s * s * control.get(from)[axis]
        + 3 * s * s * t * control.get(from + 1)[axis]
        + 3 * s * t * t * control.get(from + 2)[axis]
        + t * t * t * control.get(from + 3)[axis];
  }
}
