package dev.headlight.analysis.retrieval;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what a probe is made of. Every method throws {@link HeadlightException} (INPUT) naming the
 * file and the entry that is wrong.
 */
public final class ProbeFiles {
  private static final List<String> STOPS = List.of(".", "\n");

  private ProbeFiles() {}

  /**
   * A text of an influence file.
   *
   * @param domain as the file says; empty where it does not
   */
  public record Text(String domain, String text) {}

  /**
   * Episodes: {@code {"episodes": [{"tokens": [ids], "needle": [start, end], "answer": "text" or
   * [ids], "maxNew": 20, "stop": [".", "\n"]}, …]}}; the last two may be left out and then are as
   * shown.
   */
  public static List<Episode> episodes(Path file) {
    JsonInput input = new JsonInput(file);
    JsonObject root = input.object("{\"episodes\": [{\"tokens\": […], \"needle\": [s, e], …}, …]}");
    JsonArray list = input.array(root.get("episodes"), "\"episodes\"");
    List<Episode> episodes = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      episodes.add(episode(input, input.object(list.get(i), "episode " + i), "episode " + i));
    }
    if (episodes.isEmpty()) {
      throw input.wrong("\"episodes\" is empty; give at least one", null);
    }
    return episodes;
  }

  private static Episode episode(JsonInput input, JsonObject entry, String name) {
    int[] needle = input.ids(entry.get("needle"), name + ", needle");
    if (needle.length != 2) {
      throw input.wrong(
          name + ", needle: expected [start, end], found " + needle.length + " numbers", null);
    }
    boolean limited = entry.has("maxNew");
    int limit =
        limited ? input.whole(entry.get("maxNew"), name + ", maxNew") : NeedleSettings.NEW_TOKENS;
    try {
      return new Episode(
          input.ids(entry.get("tokens"), name + ", tokens"),
          needle[0],
          needle[1],
          answer(input, entry.get("answer"), name + ", answer"),
          limit,
          entry.has("stop") ? strings(input, entry.get("stop"), name + ", stop") : STOPS);
    } catch (HeadlightException e) {
      if (e.getMessage().startsWith("an episode")) {
        throw input.wrong(e.getMessage().replaceFirst("an episode", name), e);
      }
      throw e;
    }
  }

  private static Answer answer(JsonInput input, JsonElement element, String name) {
    if (element == null || !element.isJsonArray()) {
      return new Answer.Words(input.string(element, name));
    }
    int[] ids = input.ids(element, name);
    if (ids.length == 0) {
      throw input.wrong(name + ": expected at least one id, found none", null);
    }
    return new Answer.Ids(Arrays.stream(ids).boxed().toList());
  }

  private static List<String> strings(JsonInput input, JsonElement element, String name) {
    List<String> texts = new ArrayList<>();
    for (JsonElement e : input.array(element, name)) {
      // A stop may be a new line, which the check for a text would call blank.
      if (!e.isJsonPrimitive() || e.getAsString().isEmpty()) {
        throw input.wrong(name + ": expected texts, found " + e, null);
      }
      texts.add(e.getAsString());
    }
    return texts;
  }

  /**
   * Needles: {@code {"needles": [{"needle": "…", "question": "…", "answer": "…", "cue": "…"}, …]}};
   * without a cue the answer begins from nothing.
   */
  public static List<Needle> needles(Path file) {
    JsonInput input = new JsonInput(file);
    JsonObject root =
        input.object("{\"needles\": [{\"needle\": …, \"question\": …, \"answer\": …}, …]}");
    List<Needle> needles = new ArrayList<>();
    for (JsonElement element : input.array(root.get("needles"), "\"needles\"")) {
      String name = "needle " + needles.size();
      JsonObject entry = input.object(element, name);
      needles.add(
          new Needle(
              input.string(entry.get("needle"), name + ", needle"),
              input.string(entry.get("question"), name + ", question"),
              input.string(entry.get("answer"), name + ", answer"),
              entry.has("cue") ? entry.get("cue").getAsString() : ""));
    }
    if (needles.isEmpty()) {
      throw input.wrong("\"needles\" is empty; give at least one", null);
    }
    return needles;
  }

  /** A haystack: the file's text, spaces and new lines as single spaces. */
  public static String haystack(Path file) {
    String text = new JsonInput(file).text().strip().replaceAll("\\s+", " ");
    if (text.isEmpty()) {
      throw new JsonInput(file).wrong("the haystack is empty; give a text", null);
    }
    return text;
  }

  /**
   * Texts to rank by influence: of a {@code .jsonl} file one object a line with {@code "text"} and,
   * if it likes, {@code "domain"}; of any other the parts between empty lines.
   */
  public static List<Text> texts(Path file) {
    JsonInput input = new JsonInput(file);
    String all = input.text();
    List<Text> texts = new ArrayList<>();
    if (file.toString().endsWith(".jsonl")) {
      lines(input, all, texts);
    } else {
      for (String part : all.split("\\R\\s*\\R", -1)) {
        if (!part.isBlank()) {
          texts.add(new Text("", part.strip()));
        }
      }
    }
    if (texts.isEmpty()) {
      throw input.wrong("has no text; separate texts by empty lines", null);
    }
    return texts;
  }

  private static void lines(JsonInput input, String all, List<Text> texts) {
    int number = 0;
    for (String line : all.lines().toList()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      String name = "line " + number;
      try {
        JsonObject entry = input.object(JsonParser.parseString(line), name);
        String domain = entry.has("domain") ? input.string(entry.get("domain"), name) : "";
        texts.add(new Text(domain, input.string(entry.get("text"), name + ", text")));
      } catch (JsonParseException e) {
        throw input.wrong(name + ": expected {\"text\": …}, found no sound JSON", e);
      }
    }
  }
}
