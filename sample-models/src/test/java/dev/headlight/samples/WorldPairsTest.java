package dev.headlight.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.AnswerScore;
import dev.headlight.analysis.pairs.GeneratedPairs;
import dev.headlight.analysis.pairs.PairCsv;
import dev.headlight.analysis.pairs.PairGenerator;
import dev.headlight.analysis.pairs.PairKind;
import dev.headlight.analysis.pairs.PairMeasure;
import dev.headlight.analysis.pairs.PairReader;
import dev.headlight.analysis.pairs.PairRequest;
import dev.headlight.analysis.pairs.PairRequest.Corruption;
import dev.headlight.analysis.pairs.PairRequest.Order;
import dev.headlight.analysis.pairs.PairRole;
import dev.headlight.analysis.pairs.PairScores;
import dev.headlight.analysis.pairs.PairWords;
import dev.headlight.analysis.pairs.PromptPair;
import dev.headlight.analysis.pairs.ReadPair;
import dev.headlight.analysis.pairs.TextSpan;
import dev.headlight.samples.world.WorldPairs;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pairs drawn for the story sample: what they are, and that it answers them. */
class WorldPairsTest {
  private static final PairWords WORDS = WorldPairs.words();

  @TempDir private Path folder;

  private static Model model;
  private static PairReader reader;

  @BeforeAll
  static void open() {
    model = Model.open(Samples.folder("world-6l"), Progress.NONE);
    reader = new PairReader(model.tokenizer().orElseThrow());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static GeneratedPairs draw(PairRequest request) {
    return PairGenerator.draw(request, WORDS, reader);
  }

  private static List<ReadPair> ioi(int count, Order order, Corruption corruption) {
    return draw(new PairRequest(PairKind.IOI, count, 7, order, corruption)).pairs();
  }

  private static String clean(PromptPair pair, String role) {
    return pair.role(role).orElseThrow().clean().in(pair.clean());
  }

  private static String corrupt(PromptPair pair, String role) {
    return pair.role(role).orElseThrow().corrupt().in(pair.corrupt());
  }

  @ParameterizedTest
  @EnumSource(
      value = PairKind.class,
      names = {"GREATER_THAN"},
      mode = EnumSource.Mode.EXCLUDE)
  void pairsAreOfOneLengthDifferentAndTheSameForASeed(PairKind kind) {
    GeneratedPairs drawn = draw(PairRequest.of(kind, 30, 3));
    assertEquals(30, drawn.pairs().size());
    assertEquals(30, new HashSet<>(drawn.texts()).size());
    assertEquals(drawn.texts(), draw(PairRequest.of(kind, 30, 3)).texts());
    assertNotEquals(drawn.texts(), draw(PairRequest.of(kind, 30, 4)).texts());
    for (ReadPair pair : drawn.pairs()) {
      assertTrue(pair.ids().aligned(), pair.text().toString());
      assertNotEquals(pair.ids().answer()[0], pair.ids().wrong()[0]);
      assertEquals(1, pair.ids().answer().length, pair.text().answer());
      assertTrue(pair.alignment().different() > 0);
      for (PairRole role : pair.text().roles()) {
        assertEquals(pair.inClean(role), pair.inCorrupt(role), role.text());
        ReadPair.Range range = pair.inClean(role).orElseThrow();
        assertEquals(range.first(), range.last(), role.text());
      }
      ReadPair.Range end = pair.inClean(pair.text().role("END").orElseThrow()).orElseThrow();
      assertEquals(pair.clean().size() - 1, end.last());
    }
    Path file = folder.resolve(kind + ".csv");
    PairCsv.write(file, drawn.texts());
    assertEquals(drawn.texts(), PairCsv.read(file));
  }

  @Test
  void abcPutsThreeOtherNamesIn() {
    for (ReadPair read : ioi(20, Order.ABBA, Corruption.ABC)) {
      PromptPair pair = read.text();
      Set<String> names = new HashSet<>();
      for (String role : List.of("IO", "S1", "S2")) {
        names.add(corrupt(pair, role));
      }
      assertEquals(3, names.size(), pair.corrupt());
      assertEquals(clean(pair, "S1"), clean(pair, "S2"));
      assertFalse(names.contains(clean(pair, "IO")) || names.contains(clean(pair, "S1")));
      assertEquals(3, read.alignment().different());
      assertEquals(" " + clean(pair, "IO"), pair.answer());
      assertEquals(" " + clean(pair, "S1"), pair.wrong());
      TextSpan s1 = pair.role("S1").orElseThrow().clean();
      TextSpan next = pair.role("S1+1").orElseThrow().clean();
      assertTrue(pair.clean().substring(s1.end(), next.start()).isBlank());
      assertEquals("to", clean(pair, "END"));
    }
  }

  @Test
  void s2SwapsTheAnswer() {
    for (ReadPair read : ioi(20, Order.BABA, Corruption.S2)) {
      PromptPair pair = read.text();
      assertEquals(1, read.alignment().different());
      assertEquals(clean(pair, "IO"), corrupt(pair, "S2"));
      assertEquals(clean(pair, "S1"), corrupt(pair, "S1"));
    }
  }

  @Test
  void orderSaysWhoComesFirst() {
    for (Order order : Order.values()) {
      List<ReadPair> pairs = ioi(10, order, Corruption.ABC);
      long first = pairs.stream().filter(p -> start(p, "IO") < start(p, "S1")).count();
      assertEquals(order == Order.ABBA ? 10 : order == Order.BABA ? 0 : 5, first);
    }
  }

  private static int start(ReadPair pair, String role) {
    return pair.text().role(role).orElseThrow().clean().start();
  }

  @Test
  void repeatsRepeatOnOneSideOnly() {
    for (ReadPair read : draw(PairRequest.of(PairKind.REPEATS, 10, 1)).pairs()) {
      int front = read.clean().size() - 18;
      int[] clean = Arrays.copyOfRange(read.ids().clean(), front, front + 18);
      int[] corrupt = Arrays.copyOfRange(read.ids().corrupt(), front, front + 18);
      assertArrayEquals(Arrays.copyOf(clean, 6), Arrays.copyOfRange(clean, 12, 18));
      assertEquals(clean[6], read.ids().answer()[0]);
      assertEquals(corrupt[6], read.ids().wrong()[0]);
      assertEquals(18, Arrays.stream(corrupt).distinct().count());
    }
  }

  @Test
  void anotherThingOrKeyIsAskedFor() {
    for (PairKind kind : List.of(PairKind.COLOURS, PairKind.KEY_VALUE)) {
      for (ReadPair read : draw(PairRequest.of(kind, 10, 1)).pairs()) {
        PromptPair pair = read.text();
        assertEquals(1, read.alignment().different());
        String right = kind == PairKind.COLOURS ? "RIGHT" : "VALUE";
        assertEquals(pair.answer(), " " + clean(pair, right));
        assertEquals(pair.wrong(), " " + clean(pair, "WRONG"));
        if (kind == PairKind.KEY_VALUE) {
          assertEquals(clean(pair, "KEY"), clean(pair, "QUERY"));
          assertNotEquals(clean(pair, "KEY"), corrupt(pair, "QUERY"));
        } else {
          String asked = clean(pair, "RIGHT") + " " + clean(pair, "ASKED");
          assertTrue(pair.clean().contains(asked), pair.clean());
          String other = clean(pair, "WRONG") + " " + corrupt(pair, "ASKED");
          assertTrue(pair.clean().contains(other), pair.clean());
        }
      }
    }
  }

  /** It never learnt which thing a colour belongs to; of three colours it says any. */
  @ParameterizedTest
  @EnumSource(
      value = PairKind.class,
      names = {"IOI", "REPEATS", "KEY_VALUE"})
  void theSampleAnswersThem(PairKind kind) {
    GeneratedPairs drawn = draw(PairRequest.of(kind, 40, 11));
    PairScores scores = PairMeasure.measure(model, drawn.ids(), AnswerScore.FIRST, Progress.NONE);
    assertTrue(scores.accuracy() >= 0.9, kind + " " + scores);
    assertTrue(scores.clean() > scores.corrupt() + 1, kind + " " + scores);
  }

  @Test
  void theSampleSwapsItsAnswerWithTheSecondSubject() {
    List<ReadPair> pairs = ioi(30, Order.MIXED, Corruption.S2);
    PairScores scores =
        PairMeasure.measure(
            model, pairs.stream().map(ReadPair::ids).toList(), AnswerScore.FIRST, Progress.NONE);
    assertTrue(scores.clean() > 2 && scores.corrupt() < -2, scores.toString());
  }

  @Test
  void wordsThatItDoesNotKnowAreLeftOutAndCounted() {
    PairWords some = WORDS.with("name", List.of("Anna", "Ben", "Zoltan", "Mark", "John", "Lucy"));
    GeneratedPairs drawn = PairGenerator.draw(PairRequest.of(PairKind.IOI, 5, 1), some, reader);
    assertEquals(
        List.of(new GeneratedPairs.Dropped("name", 6, List.of("Zoltan"))), drawn.dropped());
    assertTrue(drawn.dropped().get(0).text().startsWith("1 of 6 words of the kind name"));
    assertEquals(WORDS, PairWords.fitting(List.of(PairWords.english(), WORDS), reader));
  }

  @Test
  void whatCannotBeDrawnIsSaid() {
    HeadlightException e =
        assertThrows(
            HeadlightException.class, () -> draw(PairRequest.of(PairKind.GREATER_THAN, 3, 1)));
    assertTrue(e.getMessage().contains("\"story world\" have no years"), e.getMessage());
    PairWords few =
        WORDS
            .with("name", List.of("Anna", "Ben", "Mark", "John", "Lucy"))
            .with("place", List.of("river"))
            .with("object", List.of("key"))
            .with("ioi", List.of("Then {A} and {B} went to the {place}, and {S} gave {object} to"));
    PairRequest many = new PairRequest(PairKind.IOI, 500, 1, Order.ABBA, Corruption.S2);
    e = assertThrows(HeadlightException.class, () -> PairGenerator.draw(many, few, reader));
    assertTrue(e.getMessage().contains("only 20 of 500 pairs"), e.getMessage());
  }
}
