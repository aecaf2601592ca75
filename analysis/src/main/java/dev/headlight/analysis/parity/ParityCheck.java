package dev.headlight.analysis.parity;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.checkpoint.CheckpointException;
import dev.headlight.analysis.image.StoredPixels;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Sight;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs the prompt of a reference file and compares. The file is {@code reference.safetensors}
 * beside the weights, or {@code SHA-256.safetensors} of the weights in a folder of the user's. It
 * holds {@code input_ids [T]} and what the reference implementation made of them in float32 without
 * a cache: {@code logits [T, V]}, {@code attentions.{i} [H, T, T]}, {@code hidden_states.{i} [T,
 * d]} (0 to L, as transformers returns them), each if it likes, and {@code token_type_ids [T]}
 * where the model reads them; {@code long.*} the same for a second prompt. A picture is {@code
 * pixel_values} with what belongs to it, and {@code vision.*} what its tower makes of it. A batch
 * axis of one in front is passed over. {@code reference.json} beside it may say what made it.
 */
public final class ParityCheck {
  private static final List<String> PROMPTS = List.of("", "long.");
  private static final String TOWER = "vision.";

  private final Model model;
  private final ParityReference reference;
  private final Comparison comparison = new Comparison();

  private ParityCheck(Model model, ParityReference reference) {
    this.model = model;
    this.reference = reference;
  }

  /**
   * The reference of a checkpoint, where there is one. Weights are hashed only when the folder of
   * the user's holds a reference at all.
   *
   * @param stored folder of references that lie elsewhere; need not exist
   * @throws java.util.concurrent.CancellationException while hashing, when it was cancelled
   */
  public static Optional<Path> find(Checkpoint checkpoint, Path stored, Progress progress) {
    Optional<Path> beside = checkpoint.file(Checkpoint.REFERENCE);
    if (beside.isPresent() || !holdsAny(stored)) {
      return beside;
    }
    Path file = stored.resolve(checkpoint.sha256(progress) + ".safetensors");
    return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
  }

  private static boolean holdsAny(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(f -> f.toString().endsWith(".safetensors"));
    } catch (IOException e) {
      // A folder that is not there, as most often, or not ours to read: no reference either way.
      return false;
    }
  }

  /** Checks a model against the reference beside its weights. */
  public static ParityReport run(Model model, Progress progress) {
    return run(model, model.checkpoint().file(Checkpoint.REFERENCE), progress);
  }

  /** The same, looking into a folder of references as well. */
  public static ParityReport run(Model model, Path stored, Progress progress) {
    return run(model, find(model.checkpoint(), stored, progress), progress);
  }

  /**
   * Checks a model against a file. What is wrong with the file is said in the report and never
   * thrown.
   *
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static ParityReport run(Model model, Optional<Path> file, Progress progress) {
    if (file.isEmpty()) {
      return ParityReport.none();
    }
    try (ParityReference reference = ParityReference.open(file.get())) {
      return new ParityCheck(model, reference).report(progress);
    } catch (HeadlightException e) {
      return ParityReport.unreadable(file, e.getMessage());
    }
  }

  private ParityReport report(Progress progress) {
    reference.requireLayers(model.spec().layers());
    for (String prompt : PROMPTS) {
      if (prompt.isEmpty() || reference.has(prompt + ParityReference.IDS)) {
        compare(prompt, progress);
      }
    }
    if (comparison.values() == 0) {
      throw new CheckpointException(
          reference.file()
              + ": expected logits, attentions or hidden states to compare with, found none that "
              + model.spec().architecture()
              + " has; store some, or remove the file.");
    }
    return comparison.report(reference);
  }

  private void compare(String prompt, Progress progress) {
    RunRequest request = read(prompt).withSites(sites(prompt));
    boolean logits = model.spec().hasLogits() && reference.has(prompt + ParityReference.LOGITS);
    if (logits) {
      request = request.withAllLogits();
    }
    try (Run run = model.run(request, progress).get(0)) {
      if (logits) {
        add(run, prompt + ParityReference.LOGITS, HookName.of(Site.LOGITS));
      }
      for (int layer = 0; layer < model.spec().layers(); layer++) {
        progress.check();
        add(run, prompt + ParityReference.PATTERN + layer, HookName.of(Site.PATTERN, layer));
        if (reference.hasStates(prompt)) {
          add(run, prompt + ParityReference.STATE + (layer + 1), leaving(layer));
        }
      }
      run.sight().map(Sight::tower).filter(t -> t.size() == 1).ifPresent(t -> tower(t.get(0)));
    }
  }

  /** What the model reads: the prompt with its types and picture, or the picture alone. */
  private RunRequest read(String prompt) {
    ModelSpec spec = model.spec();
    boolean picture = prompt.isEmpty() && reference.has(StoredPixels.VALUES);
    if (spec.patches().isPresent()) {
      return RunRequest.ofPicture(spec, reference.pixels());
    }
    if (picture && spec.vision().isPresent()) {
      boolean inPrompt = spec.vision().get().inPrompt();
      int[] ids = inPrompt ? reference.ids(prompt) : reference.firstIds();
      RunRequest seen = RunRequest.of(ids).withPictures(List.of(reference.pixels()));
      return inPrompt ? seen : seen.hiding(List.of(reference.firstHidden(ids.length)));
    }
    RunRequest request = RunRequest.of(reference.ids(prompt));
    return reference.has(prompt + ParityReference.TYPES)
        ? request.withTokenTypes(List.of(reference.types(prompt)))
        : request;
  }

  /** The tower's blocks; its states are those before its final norm. */
  private void tower(Run run) {
    for (int layer = 0; layer < run.spec().layers(); layer++) {
      add(run, TOWER + ParityReference.PATTERN + layer, HookName.of(Site.PATTERN, layer));
      HookName leaving = HookName.of(Site.RESID_POST, layer);
      add(run, TOWER + ParityReference.STATE + (layer + 1), leaving);
    }
  }

  private void add(Run run, String name, HookName hook) {
    if (reference.has(name)) {
      comparison.add(reference, name, run.get(hook));
    }
  }

  private Set<Site> sites(String prompt) {
    Set<Site> sites = EnumSet.noneOf(Site.class);
    if (reference.hasPatterns(prompt) || reference.hasPatterns(prompt + TOWER)) {
      sites.add(Site.PATTERN);
    }
    if (reference.hasStates(prompt) || reference.has(prompt + TOWER + ParityReference.STATE + 1)) {
      sites.addAll(List.of(Site.RESID_POST, Site.NORMALIZED_RESID_POST, Site.LN_FINAL));
    }
    sites.retainAll(Sites.of(model.spec()));
    return sites;
  }

  /** The site that transformers calls the hidden state after a layer. */
  private HookName leaving(int layer) {
    Set<Site> sites = Sites.of(model.spec());
    boolean text = model.spec().patches().isEmpty();
    if (text && layer == model.spec().layers() - 1 && sites.contains(Site.LN_FINAL)) {
      return HookName.of(Site.LN_FINAL);
    }
    boolean post = sites.contains(Site.NORMALIZED_RESID_POST);
    return HookName.of(post ? Site.NORMALIZED_RESID_POST : Site.RESID_POST, layer);
  }
}
