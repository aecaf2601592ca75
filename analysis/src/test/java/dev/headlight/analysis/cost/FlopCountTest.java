package dev.headlight.analysis.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.RandomModels;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Counts against numbers worked out by hand. */
class FlopCountTest {
  private static final ModelSpec GPT2 = RandomModels.spec("gpt2-small");
  private static final ModelSpec SMOL = RandomModels.spec("smollm2-135m");

  @Test
  void gpt2SmallOverOneBlockOfRows() {
    FlopCount count = FlopCount.computed(GPT2, PassPart.whole(256, 1));

    assertEquals(12.0 * 256 * 2 * 768 * 3 * 768, count.qkv());
    assertEquals(12.0 * 12 * 2 * 64 * 256 * 256, count.scores());
    assertEquals(count.scores(), count.values());
    assertEquals(12.0 * 256 * 2 * 768 * 768, count.out());
    assertEquals(12.0 * 256 * 2 * 2 * 768 * 3072, count.mlp());
    assertEquals(0, count.adapters());
    assertEquals(2.0 * 768 * 50257, count.unembedding());
    assertEquals(46.0e9, count.total(), 0.1e9);
  }

  @Test
  void whatTheMaskHidesIsNotNeeded() {
    FlopCount needed = FlopCount.needed(GPT2, PassPart.whole(512, 1));
    FlopCount computed = FlopCount.computed(GPT2, PassPart.whole(512, 1));

    assertEquals(12.0 * 2 * 768 * 512 * 513 / 2, needed.scores());
    assertEquals(computed.mlp(), needed.mlp());
    assertEquals(computed.unembedding(), needed.unembedding());
  }

  @Test
  void longPromptsGoInBlocksThatStopAtTheDiagonal() {
    // 1024 rows are 8 blocks of 128, the i-th over 128·i keys.
    double cells = 128.0 * 128 * (1 + 2 + 3 + 4 + 5 + 6 + 7 + 8);
    FlopCount count = FlopCount.computed(GPT2, PassPart.whole(1024, 1));
    assertEquals(12.0 * 2 * 768 * cells, count.scores());
  }

  @Test
  void groupedHeadsShareKeysAndGatesAreAThirdMatrix() {
    FlopCount count = FlopCount.computed(SMOL, PassPart.whole(100, 100));

    assertEquals(30.0 * 100 * 2 * 576 * (9 + 2 * 3) * 64, count.qkv());
    assertEquals(30.0 * 100 * 2 * 3 * 576 * 1536, count.mlp());
    assertEquals(100.0 * 2 * 576 * 49152, count.unembedding());
  }

  @Test
  void windowsBoundTheKeysOfABlock() {
    LayerSpec layer = new LayerSpec(100, 0.125, Optional.empty());
    ModelSpec windowed = GPT2.withLayers(List.of(layer));
    // The first block has 128 keys, each other one its own rows and 99 before them.
    double cells = 128.0 * 128 + 7 * 128.0 * (128 + 99);
    FlopCount count = FlopCount.computed(windowed, PassPart.whole(1024, 1));
    assertEquals(2 * 768 * cells, count.scores());
  }

  @Test
  void tokensGoToSomeOfTheExperts() {
    LayerSpec.Experts experts = new LayerSpec.Experts(8, 2, true, 1000, 500);
    LayerSpec layer = SMOL.layer(0).withExperts(experts);
    FlopCount count = FlopCount.computed(SMOL.withLayers(List.of(layer)), PassPart.whole(10, 1));
    assertEquals(10 * 2 * (576.0 * 8 + 3 * 576 * (2 * 1000 + 500) + 576), count.mlp());
  }

  @Test
  void aPartStartsLateReadsFewRowsAndRunsSideBySide() {
    PassPart cell = PassPart.whole(64, 1).reading(1).from(10).times(12);
    FlopCount count = FlopCount.computed(GPT2, cell);

    // Layer 10 whole; layer 11 queries, keys and values of every row, all else of one.
    double rows = 12.0 * 64;
    assertEquals(2 * 2 * 768 * rows * 3 * 768, count.qkv());
    assertEquals(12 * 2 * 768 * (64.0 * 64 + 64), count.scores());
    assertEquals(2 * 2 * 768 * 3072 * (rows + 12), count.mlp());
    assertEquals(12 * 2.0 * 768 * 50257, count.unembedding());
  }

  @Test
  void behindTheHeadsOfALayerItsAttentionIsGiven() {
    FlopCount count = FlopCount.computed(GPT2, PassPart.whole(64, 1).behindHeads(11));

    assertEquals(0, count.qkv());
    assertEquals(0, count.scores());
    assertEquals(64.0 * 2 * 768 * 768, count.out());
    assertEquals(64.0 * 2 * 2 * 768 * 3072, count.mlp());
  }

  @Test
  void lastRowsSeeEveryKey() {
    FlopCount count = FlopCount.computed(GPT2, PassPart.whole(100, 1).lastRows(4));
    assertEquals(12.0 * 2 * 768 * 4 * 100, count.scores());
    assertEquals(12.0 * 4 * 2 * 768 * 768, count.out());
  }

  @Test
  void moreTokensCostMoreAndPartsLess() {
    double before = 0;
    for (int tokens = 1; tokens <= 1024; tokens += 31) {
      double total = FlopCount.computed(GPT2, PassPart.whole(tokens, 1)).total();
      assertTrue(total > before, tokens + " tokens");
      assertTrue(total >= FlopCount.needed(GPT2, PassPart.whole(tokens, 1)).total());
      before = total;
    }
    PassPart whole = PassPart.whole(64, 1);
    for (int layer = 1; layer < 12; layer++) {
      assertTrue(
          FlopCount.computed(GPT2, whole.from(layer)).total()
              < FlopCount.computed(GPT2, whole.from(layer - 1)).total());
    }
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> PassPart.whole(4, 5));
    assertThrows(IllegalArgumentException.class, () -> PassPart.whole(0, 0));
    assertThrows(IllegalArgumentException.class, () -> PassPart.whole(4, 1).times(0));
  }
}
