package dev.headlight.app.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.ChatMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptLibraryTest {
  @TempDir Path scratch;

  private PromptLibrary library() {
    return new PromptLibrary(scratch.resolve("prompts"));
  }

  private static SavedPrompt prompt(String name, String text) {
    return new SavedPrompt(
        name,
        text,
        List.of(new ChatMessage("system", "a\n\"b\""), new ChatMessage("user", "日本 🙂 <&>")),
        Bos.OFF,
        "notes");
  }

  @Test
  void whatIsSavedIsReadBackEqual() throws IOException {
    PromptLibrary library = library();
    assertEquals(List.of(), library.list().own());
    SavedPrompt saved = prompt("My prompt: one/two", "text\twith ends \n");
    Path file = library.save(saved);
    assertEquals(List.of(saved), library.list().own());
    assertTrue(Files.readString(file).contains("日本 🙂 <&>"));

    SavedPrompt changed = prompt("My prompt: one/two", "other");
    assertEquals(file, library.save(changed));
    Path second = library.save(prompt("My prompt: one two", "x"));
    assertEquals("my-prompt-one-two-2.json", second.getFileName().toString());
    assertEquals(2, library.list().own().size());

    library.delete("My prompt: one/two");
    assertFalse(library.has("My prompt: one/two"));
    assertThrows(HeadlightException.class, () -> library.delete("My prompt: one/two"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../evil", "/etc/passwd", "C:\\x", "..", ".hidden", "con", "a\0b", "\n", "日本"})
  void filesNeverLeaveTheFolder(String name) {
    PromptLibrary library = library();
    if (name.isBlank()) {
      assertThrows(HeadlightException.class, () -> library.save(prompt(name, "x")));
      return;
    }
    Path file = library.save(prompt(name, "x"));
    assertEquals(library.folder().toAbsolutePath(), file.toAbsolutePath().normalize().getParent());
    assertTrue(file.getFileName().toString().matches("[\\p{L}\\p{N}][\\p{L}\\p{N}_-]*\\.json"));
    assertEquals(name, library.list().own().get(0).name());
  }

  @Test
  void filesThatAreNoPromptsAreNamedAndLeftAlone() throws IOException {
    PromptLibrary library = library();
    library.save(prompt("good", "x"));
    Path bad = library.folder().resolve("bad.json");
    Files.writeString(bad, "{\"schema\": 9}");
    Files.write(library.folder().resolve("bytes.json"), new byte[] {(byte) 0xff, 0, 1});
    Files.writeString(library.folder().resolve("note.txt"), "no prompt");

    PromptLibrary.Listing listing = library.list();

    assertEquals(1, listing.own().size());
    assertEquals(2, listing.problems().size(), listing.problems().toString());
    assertTrue(listing.problems().toString().contains("bad.json: \"schema\" is 9"));
    assertTrue(Files.exists(bad));
  }

  @Test
  void comesWithPromptsForWhatPeopleLookAtFirst() {
    List<SavedPrompt> builtIn = PromptLibrary.builtIn();
    assertEquals(5, builtIn.size());
    for (SavedPrompt prompt : builtIn) {
      assertFalse(prompt.name().isBlank() || prompt.notes().isBlank() || prompt.text().isBlank());
    }
    assertTrue(builtIn.stream().anyMatch(SavedPrompt::chat));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "[]# found no messages",
        "{\"text\": \"x\"}# found no messages",
        "{\"messages\": 1}# \"messages\": expected a list",
        "[1]# message 0: expected {\"role\"",
        "[{\"role\": \"user\"}]# message 0: \"content\": expected a text, found nothing",
        "[{\"role\": \" \", \"content\": \"\"}]# \"role\": expected a text",
        "[{\"role\": \"user\", \"content\": 5}]# expected a text, found 5",
        "[{\"role\"# found no sound JSON",
        "7# found 7",
        "{\"bos\": \"maybe\", \"messages\": []}# expected default, on or off, found maybe",
      })
  void saysWhatIsWrongWithAChatFile(String json, String part) {
    HeadlightException e =
        assertThrows(HeadlightException.class, () -> PromptJson.messages("chat.json", json));
    assertTrue(e.getMessage().startsWith("chat.json: "), e.getMessage());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
