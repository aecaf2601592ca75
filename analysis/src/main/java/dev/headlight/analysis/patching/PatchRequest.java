package dev.headlight.analysis.patching;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.PatchSource;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is patched.
 *
 * @param pair the two prompts, of one length, and the two answers
 * @param site whose values are moved, one of {@link #SITES}
 * @param grid what a cell is
 * @param places at which positions; queries, of a pattern
 * @param direction which prompt is changed
 */
public record PatchRequest(
    TokenPair pair, Site site, PatchGrid grid, Places places, Direction direction) {
  /** Sites that can be patched. */
  public static final Set<Site> SITES =
      Collections.unmodifiableSet(
          EnumSet.of(
              Site.RESID_PRE,
              Site.ATTN_OUT,
              Site.MLP_OUT,
              Site.Z,
              Site.PATTERN,
              Site.Q,
              Site.K,
              Site.V));

  /**
   * Checks that the parts fit each other.
   *
   * @throws HeadlightException naming what does not fit, and what would
   */
  public PatchRequest {
    if (!SITES.contains(site)) {
      String names = SITES.stream().map(Site::shortName).collect(Collectors.joining(", "));
      throw bad(site.shortName() + " cannot be patched cell by cell; expected one of " + names);
    }
    if (!grid.fits(site)) {
      throw bad(
          "%s has no heads, so it has no cells by %s; use the grid %s"
              .formatted(site.shortName(), grid, PatchGrid.LAYER_POSITION));
    }
    if (!pair.aligned()) {
      throw bad(
          "the clean prompt has %d tokens and the corrupt one %d; values move position by position, so both need the same number: change words until they agree (headlight tokens shows how a text is cut)"
              .formatted(pair.clean().length, pair.corrupt().length));
    }
    places.in(pair.clean().length);
  }

  private static HeadlightException bad(String message) {
    return new HeadlightException(Kind.INPUT, message);
  }

  /** Tokens of each prompt. */
  public int length() {
    return pair.clean().length;
  }

  /** The cells of a model, by layer, then head, then position. */
  public List<PatchCell> cells(ModelSpec spec) {
    List<Integer> heads =
        grid.byHead() ? IntStream.range(0, slices(spec)).boxed().toList() : List.of(-1);
    List<Integer> positions = grid.byPosition() ? places.in(length()) : List.of(-1);
    List<PatchCell> cells = new ArrayList<>();
    for (int l = 0; l < spec.layers(); l++) {
      for (int h : heads) {
        for (int p : positions) {
          cells.add(new PatchCell(l, h, p));
        }
      }
    }
    return List.copyOf(cells);
  }

  /** How many heads, or groups, the site has in a block. */
  private int slices(ModelSpec spec) {
    return switch (site.scope()) {
      case GROUP -> spec.kvHeads();
      case HEAD, PATTERN -> spec.heads();
      default -> 1;
    };
  }

  /** The positions that a cell changes. */
  List<Integer> positions(PatchCell cell) {
    return cell.position() < 0 ? places.in(length()) : List.of(cell.position());
  }

  /** The changes of a cell. */
  List<Intervention> changes(PatchCell cell) {
    RunRequest other = direction.sourcePrompt(pair);
    PatchSource source = PatchSource.Prompt.of(direction.source(pair)).seeing(other.pictures());
    Optional<Integer> head = cell.head() < 0 ? Optional.empty() : Optional.of(cell.head());
    List<Intervention> changes = new ArrayList<>();
    for (Positions at : ranges(cell)) {
      changes.add(new Intervention.Patch(site, cell.layer(), head, at, source));
    }
    return changes;
  }

  private List<Positions> ranges(PatchCell cell) {
    return cell.position() >= 0
        ? List.of(Positions.at(cell.position()))
        : places.ranges().isEmpty() ? List.of(Positions.ALL) : places.ranges();
  }
}
