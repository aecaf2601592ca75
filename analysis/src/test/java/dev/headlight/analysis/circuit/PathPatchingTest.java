package dev.headlight.analysis.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.ActivationPatching;
import dev.headlight.analysis.patching.Direction;
import dev.headlight.analysis.patching.PatchGrid;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.patching.Places;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.sweep.SweepListener;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatchingTest {
  private static List<Receiver> everyInput(Wiring wiring) {
    return IntStream.range(0, wiring.receivers()).mapToObj(wiring::receiver).toList();
  }

  private static PathPatching.Result path(
      Model model,
      TokenPair pair,
      List<Node> senders,
      List<Receiver> receivers,
      Places places,
      Direction direction,
      boolean frozen) {
    PathRequest request = new PathRequest(pair, senders, receivers, places, direction, frozen);
    return PathPatching.run(model, request, SweepListener.NONE, Progress.NONE);
  }

  /** If every input hears a sender directly, that is the sender's output patched. */
  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama", "gpt_neox", "cohere"})
  void allReceiversAreActivationPatching(String family) {
    Toy.on(
        family,
        grouped -> {
          TokenPair pair = CircuitPassesTest.pair(grouped);
          try (Ungrouped ungrouped = Ungrouped.of(grouped)) {
            Wiring wiring = Wiring.of(ungrouped.model().spec());
            for (Direction direction : Direction.values()) {
              for (Places places : List.of(Places.ALL, Places.parse("3-4,-1"))) {
                PatchMap map =
                    ActivationPatching.run(
                        grouped,
                        new PatchRequest(pair, Site.Z, PatchGrid.HEAD, places, direction),
                        SweepListener.NONE,
                        Progress.NONE);
                List<Node> senders =
                    map.cells().stream().map(c -> Node.head(c.layer(), c.head())).toList();
                PathPatching.Result all =
                    path(
                        ungrouped.model(),
                        pair,
                        senders,
                        everyInput(wiring),
                        places,
                        direction,
                        true);
                for (int c = 0; c < senders.size(); c++) {
                  assertEquals(map.patched(c), all.values()[c], 1e-4, senders.get(c).toString());
                }
              }
            }
          }
        });
  }

  /** The embedding is the prompt itself; an MLP is as a head. */
  @Test
  void theEmbeddingToAllIsTheOtherPrompt() {
    Toy.on(
        "gpt2",
        model -> {
          TokenPair pair = CircuitPassesTest.pair(model);
          List<Receiver> all = everyInput(Wiring.of(model.spec()));
          PathPatching.Result result =
              path(model, pair, List.of(Node.EMBED), all, Places.ALL, Direction.DENOISING, true);
          assertEquals(1, result.normalised(0), 1e-4);
          double exact =
              ActivationPatching.run(
                      model,
                      new PatchRequest(
                          pair,
                          Site.MLP_OUT,
                          PatchGrid.LAYER_POSITION,
                          Places.LAST,
                          Direction.DENOISING),
                      SweepListener.NONE,
                      Progress.NONE)
                  .patched(1);
          PathPatching.Result last =
              path(model, pair, List.of(Node.mlp(1)), all, Places.LAST, Direction.DENOISING, true);
          assertEquals(exact, last.values()[0], 1e-4);
        });
  }

  /**
   * Of the last block's heads only the logits and the last MLP hear: with MLPs recomputed, the
   * logits alone are enough.
   */
  @Test
  void recomputedMlpsPassAChangeOn() {
    Toy.on(
        "gpt2",
        model -> {
          TokenPair pair = CircuitPassesTest.pair(model);
          int last = model.spec().layers() - 1;
          List<Node> senders = List.of(Node.head(last, 0), Node.head(last, 1));
          List<Receiver> logits = List.of(Receiver.of(Node.LOGITS));
          List<Receiver> both = List.of(Receiver.of(Node.LOGITS), Receiver.of(Node.mlp(last)));
          Direction direction = Direction.DENOISING;
          double[] through =
              path(model, pair, senders, logits, Places.ALL, direction, false).values();
          double[] direct =
              path(model, pair, senders, logits, Places.ALL, direction, true).values();
          double[] named = path(model, pair, senders, both, Places.ALL, direction, true).values();
          for (int s = 0; s < senders.size(); s++) {
            assertEquals(named[s], through[s], 1e-4);
            assertTrue(Math.abs(direct[s] - through[s]) > 1e-5, "the MLP adds nothing");
          }
        });
  }

  /** What lies in front of a sender hears nothing of it. */
  @Test
  void earlierReceiversHearNothing() {
    Toy.on(
        "gpt2",
        model -> {
          TokenPair pair = CircuitPassesTest.pair(model);
          List<Receiver> first = Receiver.parseList("L0H*,MLP0,L1H*", model.spec());
          PathPatching.Result result =
              path(
                  model,
                  pair,
                  List.of(Node.head(1, 0), Node.mlp(2)),
                  first,
                  Places.ALL,
                  Direction.DENOISING,
                  false);
          assertEquals(0, result.normalised(0), 1e-5);
          assertEquals(0, result.normalised(1), 1e-5);
          assertThrows(
              HeadlightException.class,
              () -> new PathRequest(pair, List.of(), first, Places.ALL, Direction.DENOISING, true));
        });
  }
}
