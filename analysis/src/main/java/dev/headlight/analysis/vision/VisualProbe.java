package dev.headlight.analysis.vision;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.sweep.RelevantAttention;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs the passes that the measures of this package read, on one prompt with its pictures. */
public final class VisualProbe {
  private VisualProbe() {}

  /**
   * What is known of every head without asking further.
   *
   * @param span where the picture stands
   * @param share of attention between text and picture
   * @param sinks of the prompt
   */
  public record Findings(ImageSpan span, ImageShare share, VisualSinks sinks) {}

  /**
   * Runs a prompt and measures shares and sinks.
   *
   * @param request one prompt with its pictures; its sites are replaced
   * @throws HeadlightException when the prompt or the picture does not fit the model
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static Findings measure(Model model, RunRequest request, Progress progress) {
    RunRequest viewing = request.withSites(Site.RESID_PRE).forViewing();
    try (Run run = model.run(viewing, progress.part(0, 0.5)).get(0)) {
      ImageSpan span = ImageSpan.of(run);
      int layers = run.spec().layers();
      Progress rest = progress.part(0.5, 1);
      ImageShare share = ImageShare.of(Maps.of(run), layers, run.spec().heads(), span, rest);
      VisualSinks sinks = VisualSinks.find(all(run, Site.RESID_PRE), VisualSinks.TAU);
      return new Findings(span, share, sinks);
    }
  }

  private static List<Tensor> all(Run run, Site site) {
    List<Tensor> all = new ArrayList<>();
    for (int l = 0; l < run.spec().layers(); l++) {
      all.add(run.get(HookName.of(site, l)));
    }
    return all;
  }

  /**
   * Runs a prompt with and without its picture and compares every head's output at the last
   * position. Without means without the image tokens.
   *
   * @param request one prompt with its pictures and no changes
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static HeadDivergence divergence(Model model, RunRequest request, Progress progress) {
    RunRequest with = request.withSites(Site.Z);
    try (Run seeing = model.run(with, progress.part(0, 0.7)).get(0)) {
      ImageSpan span = ImageSpan.of(seeing);
      int[] tokens = seeing.tokens();
      int[] words = Arrays.stream(span.text()).map(i -> tokens[i]).toArray();
      if (words.length == 0 || span.behind() >= tokens.length) {
        throw new HeadlightException(
            Kind.INPUT, "no text follows the picture, so nothing is written after it; add a word.");
      }
      RunRequest without = RunRequest.of(words).withSites(Site.Z);
      try (Run blind = model.run(without, progress.part(0.7, 1)).get(0)) {
        return HeadDivergence.of(all(seeing, Site.Z), all(blind, Site.Z));
      }
    }
  }

  /**
   * LVLM-Interpret's relevancy of every position for the word that follows the prompt.
   *
   * @param prompt one prompt with its pictures, its image tokens included, and the changes in force
   * @param answer id whose log-probability y is
   * @return {@code [T]}, see {@link Relevancy#row()}
   * @throws HeadlightException when memory does not suffice, see {@link RelevantAttention#bytes}
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static float[] relevancy(Model model, RunRequest prompt, int answer, Progress progress) {
    int length = prompt.sequences().get(0).length;
    Relevancy relevancy = new Relevancy(length, length - 1);
    RelevantAttention.run(
        model, prompt, answer, (layer, attention) -> relevancy.below(attention), progress);
    return relevancy.row();
  }
}
