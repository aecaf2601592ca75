package dev.headlight.samples.shapes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Draws one to four objects, no two of one colour and shape, each in a ninth of its own. */
final class Scenery {
  /** Width and height of a picture in pixels. */
  static final int SIZE = 72;

  private static final int MOST = 4;

  /** How often an object takes the shape, or the colour, of one there is. */
  private static final double ALIKE = 0.5;

  private static final double ALIKE_IN_SHAPE = 0.6;
  private static final double SMALL_RADIUS = 6.6;
  private static final double BIG_RADIUS = 9.8;
  private static final double RADII = 1.1;
  private static final double JITTER = 2;
  private static final double EDGE = 0.5;

  private static final double DARKEST_GROUND = 105;
  private static final double GROUNDS = 65;
  private static final double TINT = 12;
  private static final double NOISY = 0.5;
  private static final double MOST_NOISE = 6;

  private static final double HIDDEN = 0.3;
  private static final double MOST_HIDDEN = 0.3;
  private static final int TRIES = 5;
  private static final double DARK_BAR = 70;
  private static final double LIGHT_BAR = 200;

  private final Random random;

  Scenery(Random random) {
    this.random = random;
  }

  /**
   * A picture without a question.
   *
   * @param rgb red, green and blue of each pixel
   * @param objects what is in it
   */
  record View(byte[] rgb, List<ShapeObject> objects) {}

  View draw() {
    Tone ground = Tone.grey(DARKEST_GROUND + GROUNDS * random.nextDouble()).near(random, TINT);
    Canvas canvas = new Canvas(SIZE, ground);
    List<Thing> things = things();
    List<Integer> sizes = new ArrayList<>();
    for (Thing thing : things) {
      int[] points = canvas.points(thing::covers, thing.x(), thing.y(), thing.reach());
      canvas.paint(points, thing.colour().tone().near(random, TINT));
      sizes.add(points.length);
    }
    if (random.nextDouble() < HIDDEN) {
      hide(things, canvas);
    }
    List<ShapeObject> objects = new ArrayList<>();
    for (int i = 0; i < things.size(); i++) {
      Thing t = things.get(i);
      boolean[] mask = canvas.mask(i + 1);
      boolean whole = canvas.owned(i + 1) == sizes.get(i);
      objects.add(new ShapeObject(t.shape(), t.colour(), t.big(), t.place(), mask, whole));
    }
    double noise = random.nextDouble() < NOISY ? MOST_NOISE * random.nextDouble() : 0;
    return new View(canvas.rgb(random, noise), objects);
  }

  private List<Thing> things() {
    List<Place> places = new ArrayList<>(List.of(Place.values()));
    Collections.shuffle(places, random);
    int count = 1 + random.nextInt(MOST);
    List<Thing> things = new ArrayList<>();
    Set<List<Enum<?>>> taken = new HashSet<>();
    while (things.size() < count) {
      Thing thing = thing(places.get(things.size()), things);
      if (taken.add(List.of(thing.colour(), thing.shape()))) {
        things.add(thing);
      }
    }
    return things;
  }

  private Thing thing(Place place, List<Thing> others) {
    Colour colour = any(List.of(Colour.values()));
    Shape shape = any(List.of(Shape.values()));
    if (!others.isEmpty() && random.nextDouble() < ALIKE) {
      Thing other = any(others);
      boolean alikeInShape = random.nextDouble() < ALIKE_IN_SHAPE;
      shape = alikeInShape ? other.shape() : shape;
      colour = alikeInShape ? colour : other.colour();
    }
    boolean big = random.nextBoolean();
    double radius = (big ? BIG_RADIUS : SMALL_RADIUS) + RADII * random.nextDouble();
    double x = middle(place.column(), radius);
    double y = middle(place.row(), radius);
    return new Thing(shape, colour, big, place, x, y, radius);
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private double middle(int ninth, double radius) {
    double middle = (ninth + 0.5) * SIZE / Place.SIDE + JITTER * (2 * random.nextDouble() - 1);
    return Math.min(SIZE - radius - EDGE, Math.max(radius + EDGE, middle));
  }

  /** Puts a bar over an object, unless it would hide too much of any. */
  private void hide(List<Thing> things, Canvas canvas) {
    int[] whole = new int[things.size()];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = canvas.owned(i + 1);
    }
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Bar bar = bar(any(things));
      int[] points = canvas.points(bar::covers, bar.x(), bar.y(), bar.halfLength() + 2);
      boolean little = true;
      for (int i = 0; i < whole.length; i++) {
        little &= canvas.owned(i + 1, points) <= MOST_HIDDEN * whole[i];
      }
      if (little) {
        canvas.paint(
            points, Tone.grey(random.nextBoolean() ? DARK_BAR : LIGHT_BAR).near(random, 6));
        return;
      }
    }
  }

  private Bar bar(Thing thing) {
    double angle = Math.PI * random.nextDouble();
    double aside = 0.9 * thing.radius() * (2 * random.nextDouble() - 1);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double x = thing.x() - aside * sin;
    double y = thing.y() + aside * cos;
    return new Bar(x, y, cos, sin, 10 + 6 * random.nextDouble(), 1.2 + random.nextDouble());
  }
}
