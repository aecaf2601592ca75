package dev.headlight.app.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.renderer.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("headlight").resolve("settings.json");
  }

  @Test
  void whatIsSavedIsLoaded() {
    Settings settings =
        Settings.first().withTheme(Theme.DARK).opened("/a").opened("/b").opened("/a");
    new SettingsFile(file()).save(settings.withWindow(1280, 800, false));
    Settings loaded = new SettingsFile(file()).load();
    assertEquals(Theme.DARK, loaded.theme());
    assertEquals(List.of("/a", "/b"), loaded.recent());
    assertEquals(1280, loaded.width());
  }

  @Test
  void theNewestIsSavedAtTheLatestWhenTheWindowCloses() {
    try (SettingsSaver saver = new SettingsSaver(new SettingsFile(file()))) {
      saver.save(Settings.first().opened("/a"));
      saver.save(Settings.first().opened("/b"));
    }
    assertEquals(List.of("/b"), new SettingsFile(file()).load().recent());
  }

  @Test
  void brokenFileCountsAsNone() throws IOException {
    Files.createDirectories(file().getParent());
    for (String text :
        List.of("{", "[]", "{\"width\":\"wide\"}", "{\"recent\":[[]]}", "{\"recent\":7}", "")) {
      Files.writeString(file(), text);
      assertEquals(Settings.first(), new SettingsFile(file()).load(), text);
    }
  }

  @Test
  void layoutIsLoadedAsItWasSaved() {
    String layout = "{\"panes\":{\"panes\":[\"head\"],\"selected\":\"head\"}}";
    new SettingsFile(file()).save(Settings.first().withLayout(layout));
    assertEquals(layout, new SettingsFile(file()).load().layout());
    new SettingsFile(file()).save(Settings.first());
    assertEquals("", new SettingsFile(file()).load().layout());
  }

  @Test
  void keysOfANewerVersionAreKept() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "{\"schema\":1,\"future\":{\"a\":1}}");
    SettingsFile settings = new SettingsFile(file());
    settings.save(settings.load());
    assertTrue(Files.readString(file()).contains("future"));
  }

  @Test
  void maximizedWindowKeepsItsFormerSize() {
    Settings settings = Settings.first().withWindow(1000, 700, false).withWindow(2560, 1440, true);
    assertEquals(1000, settings.width());
    assertTrue(settings.maximized());
  }

  @Test
  void recentModelsAreFew() {
    Settings settings = Settings.first();
    for (int i = 0; i < 30; i++) {
      settings = settings.opened("/m" + i);
    }
    assertEquals(Settings.RECENT, settings.recent().size());
    assertEquals("/m29", settings.recent().get(0));
  }
}
