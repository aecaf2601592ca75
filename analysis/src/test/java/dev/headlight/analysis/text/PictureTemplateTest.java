package dev.headlight.analysis.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Turns with pictures through templates of models that see, beside the reference. */
class PictureTemplateTest {
  private static final Path CASES = Path.of("src/test/resources/chat/picture-templates.json");

  @TempDir private Path scratch;

  private static JsonObject cases() throws IOException {
    return JsonParser.parseString(Files.readString(CASES)).getAsJsonObject();
  }

  /** The tokenizer with a template beside it, as processors have it. */
  private TextTokenizer opened(String template) throws IOException {
    Path folder = Tokenizers.copy("llama", Files.createTempDirectory(scratch, "model"));
    JsonObject file = new JsonObject();
    file.addProperty("chat_template", template);
    Files.writeString(folder.resolve("chat_template.json"), file.toString());
    return Tokenizers.reopen(folder);
  }

  private static ChatMessage message(JsonObject message) {
    StringBuilder content = new StringBuilder();
    for (JsonElement part : message.getAsJsonArray("content")) {
      JsonObject object = part.getAsJsonObject();
      content.append(
          object.get("type").getAsString().equals("image")
              ? ChatMessage.PICTURE
              : object.get("text").getAsString());
    }
    return new ChatMessage(message.get("role").getAsString(), content.toString());
  }

  private static Chat chat(JsonObject one) {
    List<ChatMessage> messages = new ArrayList<>();
    one.getAsJsonArray("messages").forEach(m -> messages.add(message(m.getAsJsonObject())));
    return Chat.of(messages);
  }

  @Test
  void partsAreWrittenAsTheReferenceWritesThem() throws IOException {
    JsonObject all = cases();
    int count = 0;
    for (JsonElement element : all.getAsJsonArray("cases")) {
      JsonObject one = element.getAsJsonObject();
      String family = one.get("family").getAsString();
      String template = all.getAsJsonObject("templates").get(family).getAsString();
      try (TextTokenizer tokenizer = opened(template)) {
        Chat chat = chat(one);
        ChatText text = tokenizer.template().apply(chat, one.get("placeholder").getAsString());
        assertEquals(one.get("rendered").getAsString(), text.text(), family);
        assertTrue(text.turns().stream().allMatch(ChatText.Turn::applied), family + text.turns());
        count++;
      }
    }
    assertEquals(20, count);
  }

  /** A template that takes one text gets the placeholders in it. */
  @Test
  void textsHavePlaceholders() throws IOException {
    String plain =
        "{% for m in messages %}{{ m['role'] + ': ' + m['content'] + '\n' }}{% endfor %}";
    try (TextTokenizer tokenizer = opened(plain)) {
      Chat chat = Chat.of(List.of(new ChatMessage("user", ChatMessage.PICTURE + "What is this?")));
      ChatText text = tokenizer.template().apply(chat, "<image>");
      assertEquals("user: <image>What is this?\n", text.text());
      assertEquals(13, text.turns().get(0).start());
    }
  }

  @Test
  void picturesStandWhereTheTurnsSayElseBeforeTheLastQuestion() {
    ChatMessage first = new ChatMessage("user", "One?");
    ChatMessage answer = new ChatMessage("assistant", "Yes.");
    ChatMessage last = new ChatMessage("user", "Two?");
    Chat chat = Chat.of(List.of(first, answer, last));
    Chat seeing = chat.seeing(2, "<image>");
    assertEquals(2, seeing.pictures());
    assertEquals(ChatMessage.PICTURE.repeat(2) + "Two?", seeing.messages().get(2).content());
    assertEquals(chat, chat.seeing(0, "<image>"));
    Chat typed = Chat.of(List.of(new ChatMessage("user", "<image> One?"), answer, last));
    assertEquals(
        ChatMessage.PICTURE + " One?", typed.seeing(1, "<image>").messages().get(0).content());
    assertEquals("Two?", typed.seeing(1, "<image>").messages().get(2).content());
  }
}
