package dev.headlight.analysis.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatTemplateTest {
  private static final Chat ASK =
      Chat.of(
          List.of(
              new ChatMessage(ChatMessage.SYSTEM, "Be brief."),
              new ChatMessage(ChatMessage.USER, "The day? ")));
  private static final String PLAIN =
      "{{ bos_token }}{% for m in messages %}{{ m.role + ': ' + m.content|trim + '\\n' }}{% endfor %}"
          + "{% if add_generation_prompt %}{{ 'assistant:' }}{% endif %}";

  @TempDir Path scratch;

  private Path folder(JsonObject changes) throws IOException {
    Path folder = Tokenizers.copy("llama", scratch);
    Path file = folder.resolve("tokenizer_config.json");
    JsonObject config = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    changes.entrySet().forEach(e -> config.add(e.getKey(), e.getValue()));
    Files.writeString(file, config.toString());
    return folder;
  }

  private static JsonObject template(String source) {
    JsonObject changes = new JsonObject();
    changes.addProperty("chat_template", source);
    return changes;
  }

  @Test
  void aModelWithoutATemplateSaysSo() {
    try (TextTokenizer tokenizer = Tokenizers.open("llama", scratch)) {
      assertEquals(Optional.empty(), tokenizer.chatTemplate());
      TokenizerException e =
          assertThrows(TokenizerException.class, () -> tokenizer.encode(ASK, Bos.DEFAULT));
      assertTrue(e.getMessage().contains("has no chat_template"), e.getMessage());
    }
  }

  @Test
  void writesTheTurnsAndOneBeginning() throws IOException {
    try (TextTokenizer tokenizer = Tokenizers.reopen(folder(template(PLAIN)))) {
      int bos = tokenizer.bosId().orElseThrow();
      ChatPrompt prompt = tokenizer.encode(ASK, Bos.DEFAULT);
      String text = "<|begin_of_text|>system: Be brief.\nuser: The day?\nassistant:";
      assertEquals(text, prompt.written().text());
      assertEquals(text, prompt.tokens().text());
      assertArrayEquals(tokenizer.encode(text, false).ids(), prompt.tokens().ids());
      assertEquals(1, Arrays.stream(prompt.tokens().ids()).filter(i -> i == bos).count());
      assertEquals(List.of("system", "user"), prompt.written().roles());
      assertEquals(List.of("<|begin_of_text|>"), prompt.added());
      assertFalse(prompt.written().ownSystem());
      assertEquals(
          "roles applied: system, user; special tokens added: <|begin_of_text|>", prompt.summary());
    }
  }

  @Test
  void theBeginningIsWrittenOnceOrTakenAway() throws IOException {
    String without = PLAIN.replace("{{ bos_token }}", "");
    try (TextTokenizer with = Tokenizers.reopen(folder(template(PLAIN)))) {
      int[] ids = with.encode(ASK, Bos.DEFAULT).tokens().ids();
      assertArrayEquals(ids, with.encode(ASK, Bos.ON).tokens().ids());
      Tokens off = with.encode(ASK, Bos.OFF).tokens();
      assertArrayEquals(Arrays.copyOfRange(ids, 1, ids.length), off.ids());
      assertEquals("system", off.text().substring(off.start(0), off.start(0) + 6));
      Files.writeString(
          with.file().resolveSibling("chat_template.jinja"), without); // The file counts first.
      try (TextTokenizer bare = Tokenizers.reopen(with.file().getParent())) {
        assertArrayEquals(
            Arrays.copyOfRange(ids, 1, ids.length), bare.encode(ASK, Bos.DEFAULT).tokens().ids());
        assertArrayEquals(ids, bare.encode(ASK, Bos.ON).tokens().ids());
      }
    }
  }

  @Test
  void theDefaultOfSeveralCounts() throws IOException {
    JsonArray list = new JsonArray();
    for (String name : List.of("tool_use", "default")) {
      JsonObject entry = new JsonObject();
      entry.addProperty("name", name);
      entry.addProperty("template", name + " {{ messages|length }}");
      list.add(entry);
    }
    JsonObject changes = new JsonObject();
    changes.add("chat_template", list);
    try (TextTokenizer tokenizer = Tokenizers.reopen(folder(changes))) {
      assertEquals("default 2", tokenizer.encode(ASK, Bos.DEFAULT).written().text());
    }
  }

  @Test
  void saysWhatWasLeftOutAndWhatTheTemplateAdds() throws IOException {
    String own =
        "[system] Be kind.{% for m in messages if m.role != 'tool' %}{{ m.content }}{% endfor %}";
    Chat chat =
        Chat.of(List.of(new ChatMessage("user", "Hi"), new ChatMessage("tool", "{\"a\": 1}")));
    try (TextTokenizer tokenizer = Tokenizers.reopen(folder(template(own)))) {
      ChatPrompt prompt = tokenizer.encode(chat, Bos.DEFAULT);
      assertTrue(prompt.written().ownSystem());
      assertEquals(
          "roles applied: user; left out or rewritten: tool;"
              + " the template adds a system turn of its own",
          prompt.summary());
    }
  }

  @Test
  void aRefusalIsToldInTheTemplatesWords() throws IOException {
    String refusing = "{{ raise_exception('System role not supported') }}";
    try (TextTokenizer tokenizer = Tokenizers.reopen(folder(template(refusing)))) {
      TokenizerException e =
          assertThrows(TokenizerException.class, () -> tokenizer.encode(ASK, Bos.DEFAULT));
      assertEquals(Kind.INPUT, e.kind());
      assertTrue(e.getMessage().endsWith("refuses these turns: System role not supported"));
    }
  }

  @Test
  void aBadTemplateKeepsNoModelFromOpening() throws IOException {
    try (TextTokenizer tokenizer = Tokenizers.reopen(folder(template("a\n{% widget %}")))) {
      assertTrue(tokenizer.encode("The day").size() > 1);
      TokenizerException e =
          assertThrows(TokenizerException.class, () -> tokenizer.encode(ASK, Bos.DEFAULT));
      assertEquals(Kind.MODEL, e.kind());
      assertTrue(e.getMessage().contains("line 2: the tag {% widget %}"), e.getMessage());
    }
  }

  @Test
  void theTemplateItselfIsNoSecret() throws IOException {
    try (Checkpoint checkpoint = Checkpoint.open(folder(template(PLAIN)));
        TextTokenizer tokenizer = TextTokenizer.open(checkpoint).orElseThrow()) {
      assertEquals(PLAIN, tokenizer.chatTemplate().orElseThrow().source());
    }
  }
}
