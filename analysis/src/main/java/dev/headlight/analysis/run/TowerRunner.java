package dev.headlight.analysis.run;

import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.Transformer;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.model.VisionTower;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Runs the tower of a model over the pictures of its prompts. */
final class TowerRunner {
  private final ModelSpec main;
  private final VisionSpec vision;
  private final Pieces pieces;
  private final Runner runner;

  /** The tower of a model that has one. */
  TowerRunner(Transformer transformer, NDManager manager) {
    main = transformer.spec();
    vision = main.vision().orElseThrow();
    pieces = new Pieces(vision.tower());
    VisionTower tower = new VisionTower(vision, transformer.weights().vision());
    Runner.Forward forward =
        vision.inPrompt()
            ? (input, hooks, progress, owner) -> tower.features(input, true, hooks, progress, owner)
            : tower.transformer()::forward;
    runner = new Runner(tower.transformer(), manager, forward);
  }

  /**
   * The pictures of a request made ready.
   *
   * @param request what the tower is asked for: one sequence a picture or tile
   * @param first sequence of the request at which each prompt's pictures begin, and the end
   * @param preparer of its changes
   */
  record Ready(RunRequest request, int[] first, Preparer preparer) {}

  /** Cuts the pictures of all prompts and makes the changes in the tower ready. */
  Ready ready(RunRequest request, List<Intervention> changes, Progress progress) {
    List<Pixels> all = new ArrayList<>();
    int[] first = new int[request.sequences().size() + 1];
    for (int s = 0; s < request.sequences().size(); s++) {
      List<Pixels> own = request.pictures().isEmpty() ? List.of() : of(request, s);
      all.addAll(own);
      first[s + 1] = all.size();
    }
    if (all.isEmpty()) {
      if (!changes.isEmpty()) {
        throw bad(changes.get(0).text() + " is for the tower of pictures; give a picture too");
      }
      return new Ready(null, first, null);
    }
    RunRequest seen = request(request, all).withInterventions(changes);
    return new Ready(seen, first, new Preparer(runner, seen, changes, progress.silent()));
  }

  private List<Pixels> of(RunRequest request, int sequence) {
    List<Pixels> own = pieces.of(request.pictures().get(sequence));
    if (vision.inPrompt()) {
      own.forEach(this::requireMerged);
      positions(request.sequences().get(sequence), own);
    }
    return own;
  }

  private void requireMerged(Pixels piece) {
    int factor = vision.projector().orElseThrow().factor();
    PatchGrid grid = pieces.grid(piece);
    if (grid.rows() % factor != 0 || grid.columns() % factor != 0) {
      throw bad(
          "the picture has %d × %d patches; %s reads blocks of %d × %d"
              .formatted(grid.rows(), grid.columns(), main.family(), factor, factor));
    }
  }

  /** What the tower is asked for: the same as the model, as far as it has it. */
  private RunRequest request(RunRequest request, List<Pixels> all) {
    ModelSpec tower = vision.tower();
    List<int[]> places =
        all.stream().map(p -> IntStream.range(0, pieces.length(p)).toArray()).toList();
    Set<Site> sites = new TreeSet<>(request.sites());
    sites.retainAll(Sites.of(tower));
    int last = tower.layers() - 1;
    Optional<int[]> layers = request.layers().map(l -> new int[] {l[0], Math.min(l[1], last)});
    if (layers.isPresent() && layers.get()[0] > last) {
      sites.removeIf(Site::perLayer);
    }
    return new RunRequest(
        places,
        List.of(),
        sites,
        layers.filter(l -> l[0] <= last),
        Optional.empty(),
        false,
        request.maps(),
        request.statistics(),
        List.of(),
        all,
        List.of());
  }

  /** Where the pictures of a prompt stand. */
  Sight where(RunRequest request, int sequence) {
    return sight(List.of(), request.sequences().get(sequence), of(request, sequence));
  }

  private Sight sight(List<Run> runs, int[] tokens, List<Pixels> own) {
    List<PatchGrid> patches = own.stream().map(pieces::grid).toList();
    if (!vision.inPrompt()) {
      return new Sight(runs, patches, List.of(), List.of());
    }
    List<PatchGrid> grids = patches.stream().map(vision::tokens).toList();
    return new Sight(runs, patches, positions(tokens, own), grids);
  }

  /** Runs the pictures of a prompt. */
  Sight see(Ready ready, int sequence, int[] tokens, Progress progress) {
    List<Run> runs = new ArrayList<>();
    int from = ready.first()[sequence];
    int to = ready.first()[sequence + 1];
    double count = to - from;
    try {
      for (int i = from; i < to; i++) {
        Progress part = progress.part((i - from) / count, (i + 1 - from) / count);
        PreparedEdits edits = ready.preparer().prepare(ready.request().interventions(), i);
        runs.add(runner.one(ready.request(), i, edits, Optional.empty(), LayerListener.NONE, part));
      }
      return sight(runs, tokens, ready.request().pictures().subList(from, to));
    } catch (RuntimeException | Error e) {
      runs.forEach(Run::close);
      throw e;
    }
  }

  /** Positions of the patches of each picture or tile among the tokens of a prompt. */
  private List<int[]> positions(int[] tokens, List<Pixels> own) {
    int id = vision.imageToken();
    int[] found = vision.places(tokens);
    int[] sizes = own.stream().mapToInt(p -> vision.rows(pieces.length(p))).toArray();
    int needed = Arrays.stream(sizes).sum();
    if (found.length == 0) {
      throw bad(
          "the prompt has no image token (id %d); put %d where the picture belongs"
              .formatted(id, needed));
    }
    if (found.length != needed) {
      throw bad(
          "the prompt has %d image tokens (id %d), its pictures take %d; give as many as they take"
              .formatted(found.length, id, needed));
    }
    List<int[]> positions = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < sizes.length; i++) {
      // What stands before the patches (LLaVA's "full") is no place of the picture.
      int before = sizes[i] - vision.tokens(pieces.grid(own.get(i))).size();
      positions.add(Arrays.copyOfRange(found, at + before, at + sizes[i]));
      at += sizes[i];
    }
    return positions;
  }

  private static HeadlightException bad(String message) {
    return new HeadlightException(Kind.INPUT, message);
  }
}
