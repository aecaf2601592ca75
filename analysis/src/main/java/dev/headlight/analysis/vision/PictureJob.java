package dev.headlight.analysis.vision;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.HeadTableBuilder;
import dev.headlight.analysis.scores.ScoreJob;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures {@link VisionScores#ofPictures} of prompts with pictures, or of pictures that a tower
 * reads by itself: mean over the prompts. What a prompt lacks, such as text behind the picture, is
 * NaN there.
 *
 * @param prompts with their pictures
 * @param name what they are, for people
 * @param arguments options of {@code headlight scores} that read the same prompts
 */
public record PictureJob(RunRequest prompts, String name, List<String> arguments)
    implements ScoreJob {
  /** Copies the list. */
  public PictureJob {
    arguments = List.copyOf(arguments);
  }

  @Override
  public String title() {
    return "Scores of the picture";
  }

  @Override
  public List<String> scores() {
    return VisionScores.ofPictures().stream().map(HeadScore::id).toList();
  }

  @Override
  public Result measure(Model model, Progress progress) {
    if (prompts.pictures().isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT, "the prompt has no picture, and these scores are of one; give a picture");
    }
    ModelSpec spec = model.spec();
    Map<String, HeadTableBuilder> builders = new LinkedHashMap<>();
    scores().forEach(id -> builders.put(id, new HeadTableBuilder(spec.layers(), spec.heads())));
    double count = prompts.sequences().size();
    for (int s = 0; s < count; s++) {
      Progress part = progress.part(s / count, (s + 1) / count);
      one(model, prompts.only(s), part)
          .forEach((score, table) -> builders.get(score.id()).add(wide(table)));
    }
    Map<String, HeadTable> tables = new LinkedHashMap<>();
    builders.forEach((id, builder) -> tables.put(id, builder.build()));
    return new Result(tables, name, arguments, Map.of());
  }

  private static Map<HeadScore, Tensor> one(Model model, RunRequest prompt, Progress progress) {
    Map<HeadScore, Tensor> found = new LinkedHashMap<>();
    int layers = model.spec().layers();
    int heads = model.spec().heads();
    try (Run run = model.run(prompt.forViewing(), progress.part(0, 0.4)).get(0)) {
      ImageSpan span = ImageSpan.of(run);
      Maps maps = Maps.of(run);
      ImageShare share = ImageShare.of(maps, layers, heads, span, progress.part(0.4, 0.5));
      found.put(VisionScores.IMAGE_SHARE, share.textToImage());
      found.put(VisionScores.IMAGE_TO_IMAGE, share.imageToImage());
      found.put(VisionScores.YOPO, share.yopo());
      found.put(VisionScores.PATCH_DISTANCE, distance(maps, layers, heads, span, progress));
      boolean words = span.behind() < span.length();
      found.put(
          VisionScores.VHD,
          words && run.spec().patches().isEmpty()
              ? VisualProbe.divergence(model, prompt, progress.part(0.6, 1)).divergence()
              : unknown(layers, heads));
    }
    return found;
  }

  /** Mean over the tiles, by their patches. */
  private static Tensor distance(
      Maps maps, int layers, int heads, ImageSpan span, Progress progress) {
    float[] sums = new float[layers * heads];
    double patches = span.parts().stream().mapToInt(p -> p.grid().size()).sum();
    for (ImageSpan.Part part : span.parts()) {
      float[] of =
          SpatialStrength.of(maps, layers, heads, part, progress.part(0.5, 0.6)).distance().data();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += (float) (of[i] * part.grid().size() / patches);
      }
    }
    return new Tensor(sums, layers, heads);
  }

  private static Tensor unknown(int layers, int heads) {
    float[] nothing = new float[layers * heads];
    Arrays.fill(nothing, Float.NaN);
    return new Tensor(nothing, layers, heads);
  }

  /** A ratio over nothing is not known. */
  private static double[] wide(Tensor table) {
    double[] values = new double[table.data().length];
    Arrays.setAll(values, i -> Float.isFinite(table.data()[i]) ? table.data()[i] : Double.NaN);
    return values;
  }
}
