package dev.headlight.samples.train;

import dev.headlight.analysis.model.Transformer;
import dev.headlight.samples.measure.ShapeScores;
import dev.headlight.samples.shapes.ShapeQuestion.Kind;
import dev.headlight.samples.shapes.ShapeScene;
import dev.headlight.samples.shapes.ShapesWorld;
import dev.headlight.samples.world.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Answers that are right, by kind of question, and the head that points best.
 *
 * @param vocabulary the tokens
 */
record ShapeMeasures(Vocabulary vocabulary) implements Measures {
  private static final int SCENES = 24;
  private static final long SEED = 7;

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>(List.of("pointing"));
    ShapesWorld.ASKED.forEach(kind -> names.add(kind.name().toLowerCase(Locale.ROOT)));
    return names;
  }

  @Override
  public double[] of(Transformer transformer) {
    Random random = new Random(SEED);
    List<ShapeScene> scenes = new ArrayList<>();
    for (Kind kind : ShapesWorld.ASKED) {
      for (int i = 0; i < SCENES; i++) {
        scenes.add(ShapesWorld.draw(random, kind));
      }
    }
    ShapeScores scores = ShapeScores.of(transformer, vocabulary, scenes);
    double[] values = new double[1 + ShapesWorld.ASKED.size()];
    values[0] = scores.pointing().values().stream().mapToDouble(s -> s).max().orElse(0);
    for (int i = 1; i < values.length; i++) {
      values[i] = scores.share(ShapesWorld.ASKED.get(i - 1));
    }
    return values;
  }
}
