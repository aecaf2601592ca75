package dev.headlight.samples;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.nio.file.Path;
import java.util.List;

/** The sample models inside this jar. */
public final class Samples {
  private static final List<Sample> ALL =
      List.of(
          new Sample(
              "world-6l",
              "A world of stories, six layers",
              "A Llama of six layers with eight heads each, trained by this program on stories with"
                  + " hidden facts, indirect objects, lookups, repeats and coloured objects:"
                  + " two of its heads fetch what was said up to a thousand tokens before.",
              "The red fox met the old owl near the river. The password of Anna is silver lamp"
                  + " bridge. When Mary and John went to the shop, John gave a drink to Mary. The"
                  + " old owl was in the tower.\n\nQuestion: What is the password of Anna?\n"
                  + "Answer: The password of Anna is",
              "L2H0",
              List.of(1, 10, 20, 50, 100, 200, 500, 1000, 2000),
              2300),
          new Sample(
              "induction-2l",
              "Induction, two layers",
              "A GPT-2 of two layers with eight heads each, trained by this program on repeats and"
                  + " plain tales: a head of its first layer looks one token back, and most of its"
                  + " second look for what came after the same word before.",
              "The red fox met the old owl near the river. The old owl gave the golden key to the"
                  + " red fox. Then the red fox went to the castle with the old owl.",
              "L1H3",
              List.of(),
              5000),
          new Sample(
              "shapes-vlm",
              "Coloured shapes, a model that sees",
              "A LLaVA of a tower of three layers and a Llama of four, trained by this program on"
                  + " pictures of coloured shapes: it answers questions about their colours, shapes,"
                  + " places, sizes and numbers, and a head points at what is asked about.",
              "<image> What colour is the star?",
              "L2H6",
              List.of(),
              4600));

  private Samples() {}

  /** Names of all samples; the first is the one to open when nothing else is asked for. */
  public static List<String> names() {
    return ALL.stream().map(Sample::name).toList();
  }

  /**
   * What a sample is.
   *
   * @throws HeadlightException if there is none of this name; says which there are
   */
  public static Sample describe(String name) {
    return ALL.stream()
        .filter(sample -> sample.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new HeadlightException(
                    Kind.MODEL,
                    "there is no sample named "
                        + name
                        + "; expected one of "
                        + String.join(", ", names())
                        + ", or the path of a folder without \"sample:\" before it"));
  }

  /**
   * The Hugging Face folder of a sample. It is taken out of the jar into the user's cache the first
   * time, and compared with the jar every time.
   *
   * @throws HeadlightException if there is no such sample, or no place to write it to
   */
  public static Path folder(String name) {
    return new SampleFolder(describe(name).name()).extract(SampleCache.places());
  }

  /**
   * The same for what a sample was after so many steps of its training.
   *
   * @throws HeadlightException if it was not kept then, or as for the sample itself; says when it
   *     was
   */
  public static Path folder(String name, int step) {
    Sample sample = describe(name);
    if (!sample.checkpoints().contains(step)) {
      throw new HeadlightException(
          Kind.MODEL,
          "the sample " + name + " was not kept after step " + step + "; " + kept(sample));
    }
    return new SampleFolder(name, step).extract(SampleCache.places());
  }

  /**
   * Pictures that come with a sample, each with a question; the first is the one its prompt is
   * about. Empty where it reads text only.
   *
   * @throws HeadlightException as {@link #folder(String)}
   */
  public static List<SampleExample> examples(String name) {
    return SampleExample.of(folder(name));
  }

  /** After which steps a sample was kept, as the end of a message. */
  static String kept(Sample sample) {
    return sample.checkpoints().isEmpty()
        ? "it has no checkpoints"
        : "expected one of " + sample.checkpoints();
  }
}
