package dev.headlight.samples.shapes;

import dev.headlight.samples.shapes.ShapeQuestion.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** Questions about objects, each with one answer. */
final class ShapeQuestions {
  private static final List<String> NUMBERS = List.of("zero", "one", "two", "three", "four");
  private static final double OF_ONE_THERE_IS = 0.85;
  private static final double ALIKE = 0.4;

  private final List<ShapeObject> objects;
  private final Random random;

  ShapeQuestions(List<ShapeObject> objects, Random random) {
    this.objects = objects;
    this.random = random;
  }

  /** A question of this kind; none where no object is the only one of its shape or colour. */
  Optional<ShapeQuestion> draw(Kind kind) {
    return switch (kind) {
      case COLOUR -> only(kind);
      case SHAPE -> only(kind);
      default -> Optional.of(ofAny(kind));
    };
  }

  private Optional<ShapeQuestion> only(Kind kind) {
    List<Integer> alone = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      ShapeObject object = objects.get(i);
      Predicate<ShapeObject> same =
          kind == Kind.COLOUR
              ? other -> other.shape() == object.shape()
              : other -> other.colour() == object.colour();
      if (objects.stream().filter(same).count() == 1) {
        alone.add(i);
      }
    }
    if (alone.isEmpty()) {
      return Optional.empty();
    }
    int target = any(alone);
    ShapeObject object = objects.get(target);
    return Optional.of(
        kind == Kind.COLOUR
            ? about(
                kind,
                "What colour is the %s?",
                object.shape().word(),
                object.colour().word(),
                target)
            : about(
                kind,
                "What shape is the %s one?",
                object.colour().word(),
                object.shape().word(),
                target));
  }

  private static ShapeQuestion about(
      Kind kind, String form, String words, String answer, int target) {
    return new ShapeQuestion(kind, String.format(form, words), answer, target);
  }

  private ShapeQuestion ofAny(Kind kind) {
    int target = random.nextInt(objects.size());
    ShapeObject object = objects.get(target);
    return switch (kind) {
      case WHERE -> about(kind, "Where is the %s?", object.words(), object.place().words(), target);
      case SIZE -> about(kind, "What size is the %s?", object.words(), size(object), target);
      case COUNT -> count(object.shape());
      case EXISTS -> exists(target);
      default -> what(target);
    };
  }

  /** The size in words. */
  static String size(ShapeObject object) {
    return object.big() ? "big" : "small";
  }

  private ShapeQuestion count(Shape there) {
    Shape asked = random.nextDouble() < OF_ONE_THERE_IS ? there : any(List.of(Shape.values()));
    int count = (int) objects.stream().filter(o -> o.shape() == asked).count();
    return about(Kind.COUNT, "How many %s are there?", asked.plural(), NUMBERS.get(count), -1);
  }

  /** Half of the answers are yes; where it is no, there is often something alike. */
  private ShapeQuestion exists(int target) {
    String form = "Is there a %s?";
    ShapeObject object = objects.get(target);
    if (random.nextBoolean()) {
      return about(Kind.EXISTS, form, object.words(), "yes", target);
    }
    while (true) {
      double alike = random.nextDouble();
      Colour colour = alike < ALIKE ? object.colour() : any(List.of(Colour.values()));
      Shape shape =
          alike >= ALIKE && alike < 2 * ALIKE ? object.shape() : any(List.of(Shape.values()));
      if (objects.stream().noneMatch(o -> o.colour() == colour && o.shape() == shape)) {
        return about(Kind.EXISTS, form, colour.word() + " " + shape.word(), "no", -1);
      }
    }
  }

  private ShapeQuestion what(int target) {
    String form = "What is at the %s?";
    if (random.nextDouble() < OF_ONE_THERE_IS) {
      ShapeObject object = objects.get(target);
      return about(Kind.WHAT, form, object.place().words(), object.words(), target);
    }
    List<Place> empty =
        Arrays.stream(Place.values())
            .filter(p -> objects.stream().noneMatch(o -> o.place() == p))
            .toList();
    Place place = any(empty);
    return about(Kind.WHAT, form, place.words(), "nothing", -1);
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
