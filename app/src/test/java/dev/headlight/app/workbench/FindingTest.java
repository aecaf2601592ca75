package dev.headlight.app.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.renderer.Matrix;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingTest {
  private static final float NAN = Float.NaN;

  @Test
  void textIsFoundAcrossTokensWhateverItsCase() {
    try (ModelHost host = new ModelHost()) {
      host.open(Fixtures.stories(), Progress.NONE);
      Tokens tokens = host.tokenize("Lily saw a lilypad. lily", Bos.DEFAULT);
      List<Integer> found = TokenSearch.find(tokens, "lily");
      StringBuilder text = new StringBuilder();
      found.forEach(i -> text.append(tokens.spanText(i)));
      assertEquals("Lily lily lily", text.toString().strip().replaceAll("pad", ""));
      List<Integer> across = TokenSearch.find(tokens, "w a l");
      StringBuilder covered = new StringBuilder();
      across.forEach(i -> covered.append(tokens.spanText(i)));
      assertTrue(covered.toString().contains("w a l"), covered.toString());
      assertTrue(across.size() < tokens.size() / 2);
      assertEquals(List.of(), TokenSearch.find(tokens, "zebra"));
      assertEquals(List.of(), TokenSearch.find(tokens, " "));
    }
  }

  @Test
  void tokensWithoutTextAreFoundByTheirLabel() {
    Tokens ids = Tokens.ofIds(null, new int[] {5, 17, 7, 51});
    assertEquals(List.of(0, 3), TokenSearch.find(ids, "5"));
  }

  @Test
  void nextGoesRoundTheEnd() {
    List<Integer> found = List.of(2, 5, 9);
    assertEquals(5, TokenSearch.next(found, 2, true));
    assertEquals(2, TokenSearch.next(found, 9, true));
    assertEquals(2, TokenSearch.next(found, 4, false));
    assertEquals(9, TokenSearch.next(found, 2, false));
    assertEquals(2, TokenSearch.next(found, Workbench.NONE, true));
  }

  @Test
  void strongCellsComeByWeight() {
    Matrix map = Matrix.of(3, 3, new float[] {1, NAN, NAN, 0.7f, 0.3f, NAN, 0.05f, 0.15f, 0.8f});
    StrongCells strong = StrongCells.of(map, 0.1, false);
    assertEquals(
        List.of(new Cell(0, 0), new Cell(2, 2), new Cell(1, 0), new Cell(1, 1), new Cell(2, 1)),
        strong.cells());
    assertEquals(0, strong.next(null, 1));
    assertEquals(1, strong.next(new Cell(0, 0), 1));
    assertEquals(4, strong.next(new Cell(0, 0), -1));
    assertEquals(0, strong.next(new Cell(2, 0), 1));
    assertEquals(new Cell(2, 2), StrongCells.of(map, 0.1, true).cells().get(0));
    assertEquals(-1, StrongCells.of(map, 0.9, true).next(null, 1));
  }
}
