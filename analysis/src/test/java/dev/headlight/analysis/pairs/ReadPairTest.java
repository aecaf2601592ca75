package dev.headlight.analysis.pairs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.pairs.PairAlignment.Column;
import dev.headlight.analysis.pairs.PairAlignment.Mark;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.TextTokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pairs as the tokenizer of a small trained model reads them. */
class ReadPairTest {
  private static final Path FOLDER = Path.of("src/test/resources/stories260K");
  private static final String CLEAN = "Lily saw Tom in the park. Tom gave a ball to";

  private static Checkpoint checkpoint;
  private static TextTokenizer tokenizer;
  private static PairReader reader;

  @BeforeAll
  static void open() {
    checkpoint = Checkpoint.open(FOLDER);
    tokenizer = TextTokenizer.open(checkpoint).orElseThrow();
    reader = new PairReader(tokenizer);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
    checkpoint.close();
  }

  private static int[] joined(int[] a, int[] b) {
    return IntStream.concat(IntStream.of(a), IntStream.of(b)).toArray();
  }

  @Test
  void anAnswerIsWhatTheModelWouldWrite() {
    for (String answer : List.of("Lily", "Tom", "Elizabeth", ".", "the big dog")) {
      PromptPair pair = PromptPair.typed(CLEAN, CLEAN, answer, "Tom");
      ReadPair read = reader.read(pair);
      assertArrayEquals(
          tokenizer.encode(CLEAN + pair.answer()).ids(),
          joined(read.ids().clean(), read.ids().answer()),
          answer);
    }
    PairReader bare = new PairReader(tokenizer, Bos.OFF);
    PromptPair pair = PromptPair.typed(CLEAN, CLEAN, "Lily", "Tom");
    assertArrayEquals(reader.read(pair).ids().answer(), bare.read(pair).ids().answer());
    assertEquals(reader.read(pair).clean().size() - 1, bare.read(pair).clean().size());
  }

  /** Each pair has its roles at positions of its own. */
  @Test
  void rolesStandForPositions() {
    List<PairRole> roles =
        List.of(
            new PairRole("IO", new TextSpan(0, 4), new TextSpan(0, 4)),
            new PairRole("S1", new TextSpan(9, 12), new TextSpan(9, 12)));
    ReadPair read = reader.read(PromptPair.typed(CLEAN, CLEAN, "Lily", "Tom").withRoles(roles));
    int io = read.inClean(roles.get(0)).orElseThrow().last();
    int s1 = read.inClean(roles.get(1)).orElseThrow().last();
    assertTrue(io < s1);
    String text = "row:L9H6@-1={IO}:0.5,{S1}:0.5";
    assertTrue(RoleText.named(text));
    assertEquals("row:L9H6@-1=" + io + ":0.5," + s1 + ":0.5", RoleText.at(text, read));
    assertEquals("zero:L1H2", RoleText.at("zero:L1H2", read));
    String why =
        assertThrows(HeadlightException.class, () -> RoleText.at("zero:L1H2@{S3}", read))
            .getMessage();
    assertTrue(why.contains("no role {S3}") && why.contains("IO, S1"), why);
  }

  @Test
  void anAnswerWithoutTokensIsRefused() {
    refused("has no token after the prompt", new PromptPair(CLEAN, CLEAN, "", " Tom", List.of()));
    refused("clean prompt is empty", new PromptPair("", CLEAN, " Lily", " Tom", List.of()));
    refused("wrong answer \"\"", new PromptPair(CLEAN, CLEAN, " Lily", "", List.of()));
  }

  @Test
  void anAnswerThatIsPartOfThePromptsLastTokenIsRefused() {
    // "the" and "n" are one token, "then".
    refused("is joined by the tokenizer", new PromptPair("and the", "", "n", "y", List.of()));
  }

  private static void refused(String problem, PromptPair pair) {
    PromptPair whole =
        new PromptPair(
            pair.clean(),
            pair.corrupt().isEmpty() ? pair.clean() + "." : pair.corrupt(),
            pair.answer(),
            pair.wrong(),
            List.of());
    HeadlightException e = assertThrows(HeadlightException.class, () -> reader.read(whole));
    assertTrue(e.getMessage().contains(problem), e.getMessage());
  }

  @Test
  void promptsOfOneLengthStandPositionByPosition() {
    PromptPair pair = PromptPair.typed("Tom saw Lily and Ben", "Tom saw Ben and Lily", "x", "y");
    ReadPair same = reader.read(PromptPair.typed(pair.clean(), pair.clean(), "x", "y"));
    PairAlignment alignment = same.requireAligned().alignment();
    assertEquals(0, alignment.different());
    assertEquals(same.clean().size() + " tokens each", alignment.explanation());
    ReadPair swapped = reader.read(pair);
    PairAlignment other = swapped.alignment();
    if (other.aligned()) {
      for (int i = 0; i < other.columns().size(); i++) {
        Column column = other.columns().get(i);
        assertEquals(i, column.clean());
        assertEquals(i, column.corrupt());
        boolean same1 = swapped.clean().id(i) == swapped.corrupt().id(i);
        assertEquals(same1 ? Mark.SAME : Mark.DIFFERENT, column.mark());
      }
    }
  }

  @Test
  void aLongerWordIsNamed() {
    ReadPair pair =
        reader.read(PromptPair.typed(CLEAN, CLEAN.replace("Lily", "Elizabeth"), "Lily", "Tom"));
    int more = pair.corrupt().size() - pair.clean().size();
    int lily = reader.count("Lily");
    assertTrue(more > 0);
    PairAlignment alignment = pair.alignment();
    assertFalse(alignment.aligned());
    assertEquals(pair.corrupt().size(), alignment.columns().size());
    assertEquals(more, alignment.columns().stream().filter(c -> c.mark() == Mark.GAP).count());
    assertEquals(
        List.of(new LengthDifference("Lily", lily, "Elizabeth", lily + more)),
        alignment.differences());
    assertTrue(
        alignment
            .explanation()
            .endsWith("“Elizabeth” is %d tokens, “Lily” %d".formatted(lily + more, lily)),
        alignment.explanation());
    // Everything behind the name stands under itself again.
    Column last = alignment.columns().get(alignment.columns().size() - 1);
    assertEquals(new Column(pair.clean().size() - 1, pair.corrupt().size() - 1, Mark.SAME), last);
    HeadlightException e = assertThrows(HeadlightException.class, pair::requireAligned);
    assertTrue(e.getMessage().contains("“Elizabeth” is"), e.getMessage());
  }

  @Test
  void aWordTooManyIsNamed() {
    ReadPair pair =
        reader.read(PromptPair.typed("Tom saw a very big dog", "Tom saw a big dog", "x", "y"));
    int very = reader.count("very");
    assertEquals(
        List.of(new LengthDifference("very", very, "", 0)), pair.alignment().differences());
    assertTrue(
        pair.alignment().explanation().contains("stands only in the clean prompt"),
        pair.alignment().explanation());
    assertTrue(
        Substitute.of(
                pair.text(), pair.alignment().differences().get(0), PairWords.english(), reader)
            .isEmpty());
  }

  @Test
  void substitutesMakeBothSidesAsLong() {
    String corrupt = CLEAN.replace("Lily", "Elizabeth");
    PromptPair pair =
        PromptPair.typed(CLEAN, corrupt, "Lily", "Tom")
            .withRoles(PairRole.parse("IO=0-4/0-9 S1=9-12/14-17 END=42-44/47-49"));
    LengthDifference difference = reader.read(pair).alignment().differences().get(0);
    PairWords words =
        PairWords.english()
            .with("name", List.of("Lily", "Tim", "Mom", "Ben", "Max", "Sue", "Anna", "Katherine"));
    List<Substitute> all = Substitute.of(pair, difference, words, reader);
    assertFalse(all.isEmpty());
    for (Substitute substitute : all) {
      PromptPair changed = substitute.in(pair);
      assertTrue(reader.read(changed).alignment().aligned(), substitute.toString());
      for (String name : List.of("S1", "END")) {
        PairRole role = changed.role(name).orElseThrow();
        String word = name.equals("S1") ? "Tom" : "to";
        assertEquals(word, role.clean().in(changed.clean()));
        assertEquals(word, role.corrupt().in(changed.corrupt()));
      }
      PairRole io = changed.role("IO").orElseThrow();
      boolean clean = substitute.from().equals("Lily");
      assertEquals(clean ? substitute.to() : "Lily", io.clean().in(changed.clean()));
      assertEquals(clean ? " " + substitute.to() : " Lily", changed.answer());
      assertEquals(clean ? "Elizabeth" : substitute.to(), io.corrupt().in(changed.corrupt()));
    }
    LengthDifference object = new LengthDifference("zeppelin", 5, "boat", 1);
    assertTrue(Substitute.of(pair, object, PairWords.english(), reader).isEmpty());
  }

  @Test
  void rolesAreTokens() {
    PromptPair pair =
        PromptPair.typed(CLEAN, CLEAN.replace("Lily", "Elizabeth"), "Lily", "Tom")
            .withRoles(PairRole.parse("IO=0-4/0-9 END=42-44/47-49"));
    ReadPair read = reader.read(pair);
    PairRole io = pair.role("IO").orElseThrow();
    PairRole end = pair.role("END").orElseThrow();
    int name = reader.count("Elizabeth");
    assertEquals(new ReadPair.Range(1, name), read.inCorrupt(io).orElseThrow());
    assertEquals(read.clean().size() - 1, read.inClean(end).orElseThrow().last());
    assertEquals(read.corrupt().size() - 1, read.inCorrupt(end).orElseThrow().last());
  }

  @Test
  void wordsThatDoNotFitAreRefusedWithTheirNumber() {
    PairRequest request = PairRequest.of(PairKind.IOI, 4, 1);
    PairWords words = PairWords.english().with("name", List.of("Elizabeth", "Zachary"));
    HeadlightException e =
        assertThrows(HeadlightException.class, () -> PairGenerator.draw(request, words, reader));
    assertTrue(
        e.getMessage().contains("only 0 of 2 words of the kind name (\"english\")"),
        e.getMessage());
  }
}
