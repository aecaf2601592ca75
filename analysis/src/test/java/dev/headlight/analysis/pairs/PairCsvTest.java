package dev.headlight.analysis.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairCsvTest {
  private static final String HEADER = "clean,corrupt,answer,wrong,roles\n";

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("pairs.csv"), text);
  }

  private void refused(String problem, String text) throws IOException {
    Path file = file(text);
    HeadlightException e = assertThrows(HeadlightException.class, () -> PairCsv.read(file));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(problem), e.getMessage());
  }

  @Test
  void pairsComeBackAsTheyWere() {
    List<PairRole> roles =
        PairRole.parse("IO=5-9/5-8 S1=14-18/13-17 S1+1=19-25/18-24 END=30-32/29-31");
    List<PromptPair> pairs =
        List.of(
            new PromptPair(
                "When Anna and Mark said \"no\", to",
                "When Ben and Sara said \"no\", to",
                " Anna",
                " Mark",
                roles),
            new PromptPair(" two words\nof, a list:", "other\r\nlines", "glued", "45", List.of()),
            new PromptPair("the year 17", "the year 18", "45", " 3", List.of()));
    Path file = folder.resolve("out.csv");
    PairCsv.write(file, pairs);
    assertEquals(pairs, PairCsv.read(file));
  }

  @Test
  void answersAreWrittenAsPeopleWriteThem() throws IOException {
    Path file = folder.resolve("out.csv");
    PairCsv.write(file, List.of(new PromptPair("a b to", "a c to", " b", " c", List.of())));
    assertEquals(
        List.of("clean,corrupt,answer,wrong,roles", "a b to,a c to,b,c,"),
        Files.readAllLines(file));
  }

  @Test
  void rolesAndOtherColumnsMayBeLeftOutOrAdded() throws IOException {
    List<PromptPair> read =
        PairCsv.read(file("\uFEFFnote,wrong,answer,corrupt,clean\nx,Mark,Anna,b to,a to\n\n"));
    assertEquals(List.of(PromptPair.typed("a to", "b to", "Anna", "Mark")), read);
    assertEquals(" Anna", read.get(0).answer());
  }

  @Test
  void whatIsWrongIsSaidWithItsLine() throws IOException {
    refused("line 1: there is no column wrong", "clean,corrupt,answer\na,b,c\n");
    refused("there is no pair", HEADER);
    refused("line 3: has 4 fields, expected 5", HEADER + "a,b,c,d,\na,b,c,d\n");
    refused("line 5: answer is empty", HEADER + "\"a\nx\ny\",b,c,d,\na,b,,d,\n");
    refused("line 2: role 'IO=9': expected NAME=START-END", HEADER + "a,b,c,d,IO=9\n");
    refused("line 2: role 'IO=0-9' ends outside", HEADER + "a,b,c,d,IO=0-9");
    refused("line 3: two roles have one name", HEADER + "\na,b,c,d,IO=0-1 IO=0-1\n");
    refused("quotes in pairs", HEADER + "a,\"b\"x,c,d,\n");
    Path bytes = Files.write(folder.resolve("bytes.csv"), new byte[] {(byte) 0xC3, 0x28});
    HeadlightException e = assertThrows(HeadlightException.class, () -> PairCsv.read(bytes));
    assertTrue(e.getMessage().contains("UTF-8"), e.getMessage());
    Path none = folder.resolve("none.csv");
    e = assertThrows(HeadlightException.class, () -> PairCsv.read(none));
    assertTrue(e.getMessage().contains("no such file"), e.getMessage());
  }

  @Test
  void idsAreWrittenForOtherCommands() throws IOException {
    TokenPair one =
        new TokenPair(new int[] {1, 2}, new int[] {1, 3}, new int[] {4, 5}, new int[] {6});
    TokenPair two = new TokenPair(new int[] {7}, new int[] {8}, new int[] {9}, new int[] {10, 1});
    assertEquals(3, PairFiles.write(folder, List.of(one, two)).size());
    assertEquals(JsonParser.parseString("{\"sequences\": [[1,2],[7]]}"), json(PairFiles.CLEAN));
    assertEquals(JsonParser.parseString("{\"sequences\": [[1,3],[8]]}"), json(PairFiles.CORRUPT));
    assertEquals(
        JsonParser.parseString("{\"answers\": [4,9], \"wrong\": [6,10]}"), json(PairFiles.ANSWERS));
  }

  private JsonElement json(String name) throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve(name)));
  }
}
