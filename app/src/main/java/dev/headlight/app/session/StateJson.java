package dev.headlight.app.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.ChatMessage;
import dev.headlight.app.pictures.PictureShelf;
import dev.headlight.app.pictures.PromptPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A {@link SessionState} as parts of a JSON object: {@code prompt}, {@code selection}, {@code
 * interventions}, {@code compare}, {@code head_groups}, {@code view}. A part that is not there is
 * as in another state.
 */
final class StateJson {
  private StateJson() {}

  /**
   * @param before parts equal to its are left out
   * @param whole leaves nothing out
   */
  static void write(SessionState before, SessionState state, boolean whole, JsonObject into) {
    if (whole || !state.prompt().equals(before.prompt())) {
      into.add("prompt", prompt(state.prompt()));
    }
    if (whole || !state.selection().equals(before.selection())) {
      JsonObject selection = new JsonObject();
      selection.add("head", head(state.selection().head()));
      selection.addProperty("query", state.selection().query());
      selection.addProperty("key", state.selection().key());
      into.add("selection", selection);
    }
    if (whole || !state.compared().changes().equals(before.compared().changes())) {
      into.addProperty("interventions", state.compared().changes());
    }
    if (whole || !state.compared().equals(before.compared())) {
      JsonObject compare = new JsonObject();
      compare.addProperty("kind", state.compared().kind());
      compare.add("head", head(state.compared().head()));
      compare.addProperty("prompt", state.compared().prompt());
      into.add("compare", compare);
    }
    if (whole || !state.groups().equals(before.groups())) {
      into.add("head_groups", groups(state.groups()));
    }
    if (whole || !state.view().equals(before.view())) {
      into.add("view", view(state.view()));
    }
  }

  /** The prompt as figures have it, too. */
  static JsonObject prompt(PromptState prompt) {
    JsonObject json = new JsonObject();
    json.addProperty("text", prompt.text());
    prompt.chat().ifPresent(chat -> json.add("chat", chat(chat)));
    json.addProperty("bos", prompt.bos().name().toLowerCase(Locale.ROOT));
    if (!prompt.pictures().isEmpty()) {
      json.add("pictures", pictures(prompt.pictures()));
    }
    return json;
  }

  private static JsonArray pictures(List<PromptPicture> pictures) {
    JsonArray list = new JsonArray();
    for (PromptPicture picture : pictures) {
      JsonObject json = new JsonObject();
      json.addProperty("name", picture.name());
      json.addProperty("sha256", picture.sha256());
      list.add(json);
    }
    return list;
  }

  private static JsonObject chat(Chat chat) {
    JsonArray messages = new JsonArray();
    for (ChatMessage message : chat.messages()) {
      JsonObject turn = new JsonObject();
      turn.addProperty("role", message.role());
      turn.addProperty("content", message.content());
      messages.add(turn);
    }
    JsonObject json = new JsonObject();
    json.add("messages", messages);
    json.addProperty("answer_next", chat.answerNext());
    return json;
  }

  private static JsonElement head(Optional<Head> head) {
    return head.<JsonElement>map(h -> new JsonPrimitive(h.toString())).orElse(JsonNull.INSTANCE);
  }

  private static JsonArray groups(List<HeadGroup> groups) {
    JsonArray list = new JsonArray();
    for (HeadGroup group : groups) {
      JsonObject json = new JsonObject();
      json.addProperty("name", group.name());
      json.addProperty("heads", group.heads().toString());
      list.add(json);
    }
    return list;
  }

  private static JsonObject view(ViewState view) {
    JsonObject settings = new JsonObject();
    view.settings().forEach(settings::addProperty);
    JsonObject json = new JsonObject();
    json.add(
        "layout",
        view.layout().isEmpty() ? JsonNull.INSTANCE : JsonParser.parseString(view.layout()));
    json.add("settings", settings);
    return json;
  }

  /** Reads the parts that are there; the others are as before. */
  static SessionState read(SessionState before, JsonObject json) {
    SessionState state = before;
    if (json.has("prompt")) {
      state = state.withPrompt(readPrompt(json.getAsJsonObject("prompt")));
    }
    if (json.has("selection")) {
      JsonObject s = json.getAsJsonObject("selection");
      state =
          state.withSelection(
              new Selection(
                  readHead(s.get("head")), s.get("query").getAsInt(), s.get("key").getAsInt()));
    }
    state = state.withCompared(readCompared(state.compared(), json));
    if (json.has("head_groups")) {
      List<HeadGroup> groups = new ArrayList<>();
      for (JsonElement group : json.getAsJsonArray("head_groups")) {
        JsonObject g = group.getAsJsonObject();
        groups.add(
            new HeadGroup(
                g.get("name").getAsString(), HeadSet.parse(g.get("heads").getAsString())));
      }
      state = state.withGroups(groups);
    }
    return json.has("view") ? state.withView(readView(json.getAsJsonObject("view"))) : state;
  }

  private static Compared readCompared(Compared before, JsonObject json) {
    String changes =
        json.has("interventions") ? json.get("interventions").getAsString() : before.changes();
    if (!json.has("compare")) {
      return new Compared(before.kind(), before.head(), before.prompt(), changes);
    }
    JsonObject c = json.getAsJsonObject("compare");
    return new Compared(
        c.get("kind").getAsString(),
        readHead(c.get("head")),
        c.get("prompt").getAsString(),
        changes);
  }

  static PromptState readPrompt(JsonObject json) {
    Optional<Chat> chat =
        json.has("chat") ? Optional.of(readChat(json.getAsJsonObject("chat"))) : Optional.empty();
    Bos bos = Bos.valueOf(json.get("bos").getAsString().toUpperCase(Locale.ROOT));
    List<PromptPicture> pictures = new ArrayList<>();
    if (json.has("pictures")) {
      for (JsonElement picture : json.getAsJsonArray("pictures")) {
        JsonObject p = picture.getAsJsonObject();
        pictures.add(
            PictureShelf.ofUser().of(p.get("name").getAsString(), p.get("sha256").getAsString()));
      }
    }
    return new PromptState(json.get("text").getAsString(), chat, bos, pictures);
  }

  private static Chat readChat(JsonObject json) {
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonElement message : json.getAsJsonArray("messages")) {
      JsonObject m = message.getAsJsonObject();
      messages.add(new ChatMessage(m.get("role").getAsString(), m.get("content").getAsString()));
    }
    return new Chat(messages, json.get("answer_next").getAsBoolean());
  }

  private static Optional<Head> readHead(JsonElement json) {
    return json.isJsonNull() ? Optional.empty() : Optional.of(Head.parse(json.getAsString()));
  }

  private static ViewState readView(JsonObject json) {
    Map<String, String> settings = new TreeMap<>();
    json.getAsJsonObject("settings")
        .entrySet()
        .forEach(e -> settings.put(e.getKey(), e.getValue().getAsString()));
    JsonElement layout = json.get("layout");
    return new ViewState(layout.isJsonNull() ? "" : layout.toString(), settings);
  }
}
