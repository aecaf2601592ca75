package dev.headlight.app.session;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.io.Version;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code session.json}. The present state stands there whole, for people and scripts; of the
 * history's entries each holds the parts that differ from the entry before.
 */
final class SessionJson {
  /** Version of the form; a reader refuses a higher one. */
  static final int VERSION = 1;

  static final String FORMAT = "headlight-session";

  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private SessionJson() {}

  /** What {@code session.json} says. Its results are in other files: they are only named here. */
  record Read(Session session, List<String> documents, Map<String, String> arraysElsewhere) {}

  /**
   * @param elsewhere arrays that are not in this file, with the session file that holds them
   */
  static String write(Session session, Map<String, String> elsewhere) {
    JsonObject root = new JsonObject();
    root.addProperty("format", FORMAT);
    root.addProperty("version", VERSION);
    root.addProperty("headlight", Version.text());
    JsonObject model = new JsonObject();
    model.addProperty("reference", session.model().reference());
    model.addProperty("name", session.model().name());
    model.addProperty("sha256", session.model().sha256());
    root.add("model", model);
    StateJson.write(SessionState.first(), session.state(), true, root);
    root.add("history", history(session.history()));
    JsonArray exports = new JsonArray();
    session.exports().forEach(e -> exports.add(FigureJson.write(e)));
    root.add("exports", exports);
    JsonObject results = new JsonObject();
    results.add("documents", GSON.toJsonTree(session.results().documents().keySet()));
    results.add("arrays", GSON.toJsonTree(session.results().arrays().keySet()));
    results.add("arrays_elsewhere", GSON.toJsonTree(elsewhere));
    root.add("results", results);
    return GSON.toJson(root) + "\n";
  }

  private static JsonObject history(History.Saved saved) {
    JsonArray entries = new JsonArray();
    SessionState before = SessionState.first();
    for (History.Entry entry : saved.entries()) {
      JsonObject json = new JsonObject();
      json.addProperty("time", entry.time().toString());
      json.addProperty("kind", entry.kind().name());
      json.addProperty("title", entry.title());
      StateJson.write(before, entry.state(), false, json);
      entries.add(json);
      before = entry.state();
    }
    JsonObject history = new JsonObject();
    history.addProperty("position", saved.position());
    history.add("entries", entries);
    return history;
  }

  /**
   * Reads it.
   *
   * @param place named in errors
   * @throws SessionException if it is no such document, or of a newer version
   */
  static Read read(String place, String text) {
    try {
      JsonObject root = JsonParser.parseString(text).getAsJsonObject();
      checkVersion(place, root);
      JsonObject model = root.getAsJsonObject("model");
      List<ExportedFigure> exports = new ArrayList<>();
      root.getAsJsonArray("exports")
          .forEach(e -> exports.add(FigureJson.read(e.getAsJsonObject())));
      Session session =
          new Session(
              new ModelReference(
                  model.get("reference").getAsString(),
                  model.get("name").getAsString(),
                  model.get("sha256").getAsString()),
              readHistory(root.getAsJsonObject("history")),
              exports,
              Results.none());
      JsonObject results = root.getAsJsonObject("results");
      List<String> documents = new ArrayList<>();
      results.getAsJsonArray("documents").forEach(d -> documents.add(d.getAsString()));
      Map<String, String> elsewhere = new TreeMap<>();
      results
          .getAsJsonObject("arrays_elsewhere")
          .entrySet()
          .forEach(e -> elsewhere.put(e.getKey(), e.getValue().getAsString()));
      return new Read(session, documents, elsewhere);
    } catch (JsonParseException
        | IllegalStateException
        | ClassCastException
        | NullPointerException
        | UnsupportedOperationException
        | IllegalArgumentException
        | DateTimeException
        | StackOverflowError e) {
      throw damaged(place, e);
    } catch (SessionException e) {
      throw e;
    } catch (HeadlightException e) {
      throw damaged(place, e);
    }
  }

  private static SessionException damaged(String place, Throwable cause) {
    String why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    String shown = why.length() > 160 ? why.substring(0, 160) + "…" : why;
    return new SessionException(
        "%s: session.json is damaged (%s); open an earlier copy.".formatted(place, shown), cause);
  }

  private static void checkVersion(String place, JsonObject root) {
    JsonElement format = root.get("format");
    if (format == null || !format.equals(new JsonPrimitive(FORMAT))) {
      throw new SessionException(
          place + ": this is no session of Headlight (no \"format\": \"" + FORMAT + "\").", null);
    }
    int version = root.get("version").getAsInt();
    if (version > VERSION) {
      throw new SessionException(
          "%s: this session was saved by a newer Headlight (%s, session version %d); this one reads version %d: update Headlight."
              .formatted(place, root.get("headlight"), version, VERSION),
          null);
    }
  }

  private static History.Saved readHistory(JsonObject history) {
    List<History.Entry> entries = new ArrayList<>();
    SessionState state = SessionState.first();
    for (JsonElement element : history.getAsJsonArray("entries")) {
      JsonObject json = element.getAsJsonObject();
      state = StateJson.read(state, json);
      entries.add(
          new History.Entry(
              Instant.parse(json.get("time").getAsString()),
              Change.Kind.valueOf(json.get("kind").getAsString()),
              json.get("title").getAsString(),
              state));
    }
    return new History.Saved(entries, history.get("position").getAsInt());
  }
}
