package dev.headlight.samples.shapes;

import dev.headlight.samples.world.Aim;
import dev.headlight.samples.world.Sight;
import dev.headlight.samples.world.Vocabulary;
import java.util.List;

/**
 * Words for the patches of a picture: of an object its colour, shape, size and place; of the ground
 * that there is nothing, and the place. Patches with little of an object have none.
 */
final class PatchWords {
  /** Words a patch: colour, shape, size, two of the place. */
  private static final int WORDS = 5;

  private static final int SIDE = ShapesWorld.SIZE / ShapesWorld.PATCH;
  private static final int ENOUGH = ShapesWorld.PATCH * ShapesWorld.PATCH / 4;
  private static final int GROUND = 2;

  private static final float COLOUR = 0.3f;
  private static final float SHAPE = 0.45f;
  private static final float SIZE = 0.1f;
  private static final float PLACE = 0.15f;
  private static final float NOTHING = 0.2f;
  private static final float PLACE_OF_NOTHING = 0.03f;

  private final Vocabulary vocabulary;
  private final int[] words = new int[SIDE * SIDE * WORDS];
  private final float[] weights = new float[words.length];

  PatchWords(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** The words of a view. */
  Sight of(Scenery.View view, List<Aim> aims) {
    for (int patch = 0; patch < SIDE * SIDE; patch++) {
      int most = 0;
      int best = 0;
      List<ShapeObject> objects = view.objects();
      for (int i = 0; i < objects.size(); i++) {
        int covered = objects.get(i).covered(patch);
        best = covered > most ? i : best;
        most = Math.max(most, covered);
      }
      if (most >= ENOUGH) {
        object(patch, objects.get(best));
      } else if (most <= GROUND) {
        put(patch, 0, vocabulary.id("nothing"), NOTHING);
        place(patch, PLACE_OF_NOTHING);
      }
    }
    return new Sight(view.rgb(), words, weights, aims);
  }

  private void object(int patch, ShapeObject object) {
    put(patch, 0, vocabulary.id(object.colour().word()), COLOUR);
    put(patch, 1, vocabulary.id(object.shape().word()), SHAPE);
    put(patch, 2, vocabulary.id(ShapeQuestions.size(object)), SIZE);
    place(patch, PLACE);
  }

  private void place(int patch, float weight) {
    int row = patch / SIDE * Place.SIDE / SIDE;
    int column = patch % SIDE * Place.SIDE / SIDE;
    int[] names = vocabulary.ids(Place.at(row, column).words());
    for (int i = 0; i < names.length; i++) {
      put(patch, WORDS - 1 - i, names[i], weight / names.length);
    }
  }

  private void put(int patch, int number, int word, float weight) {
    words[patch * WORDS + number] = word;
    weights[patch * WORDS + number] = weight;
  }
}
