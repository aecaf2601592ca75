package dev.headlight.app.settings;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.renderer.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings as a JSON file with its schema's version. Keys of a newer version are kept; a file that
 * cannot be read counts as none. Losing a setting is never worth an error.
 */
public final class SettingsFile {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsFile.class);
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();
  private static final int SCHEMA = 1;

  private final Path file;
  private JsonObject known = new JsonObject();

  /**
   * @param file need not exist
   */
  public SettingsFile(Path file) {
    this.file = file;
  }

  /** The file where this system keeps such things. */
  public static SettingsFile ofUser() {
    return new SettingsFile(UserFolders.settings().resolve("settings.json"));
  }

  /** What the file says, or the defaults. */
  public Settings load() {
    Settings first = Settings.first();
    try {
      if (!Files.exists(file)) {
        return first;
      }
      known = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      return new Settings(
          number("width", first.width()),
          number("height", first.height()),
          known.has("maximized") && known.get("maximized").getAsBoolean(),
          known.has("theme") && known.get("theme").getAsString().equals("dark")
              ? Theme.DARK
              : Theme.LIGHT,
          recent(),
          known.has("layout") ? known.get("layout").toString() : "",
          PreferencesJson.read(known.get("preferences")));
    } catch (IOException | JsonParseException | IllegalStateException e) {
      LOG.warn("the settings {} cannot be read and are ignored: {}", file, e.getMessage());
      known = new JsonObject();
      return first;
    } catch (NumberFormatException | UnsupportedOperationException | ClassCastException e) {
      LOG.warn("a setting of {} has a wrong type, all are ignored: {}", file, e.getMessage());
      known = new JsonObject();
      return first;
    }
  }

  private double number(String key, double fallback) {
    double value = known.has(key) ? known.get(key).getAsDouble() : fallback;
    return Double.isFinite(value) ? value : fallback;
  }

  private List<String> recent() {
    List<String> list = new ArrayList<>();
    if (known.has("recent")) {
      for (JsonElement element : known.getAsJsonArray("recent")) {
        list.add(element.getAsString());
      }
    }
    return list;
  }

  /** Writes the file whole or not at all. */
  public void save(Settings settings) {
    JsonArray recent = new JsonArray();
    settings.recent().forEach(recent::add);
    known.addProperty("schema", SCHEMA);
    known.addProperty("width", settings.width());
    known.addProperty("height", settings.height());
    known.addProperty("maximized", settings.maximized());
    known.addProperty("theme", settings.theme() == Theme.DARK ? "dark" : "light");
    known.add("recent", recent);
    known.add("preferences", PreferencesJson.write(settings.preferences()));
    known.remove("layout");
    if (!settings.layout().isEmpty()) {
      known.add("layout", JsonParser.parseString(settings.layout()));
    }
    try {
      AtomicFiles.createFolder(file.toAbsolutePath().getParent());
      AtomicFiles.writeText(file, GSON.toJson(known) + "\n");
    } catch (HeadlightException e) {
      LOG.warn("the settings are not remembered: {}", e.getMessage());
    }
  }
}
