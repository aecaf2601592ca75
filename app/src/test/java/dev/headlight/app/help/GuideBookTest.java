package dev.headlight.app.help;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuideBookTest {
  private static final Pattern TARGET = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

  @TempDir private Path folder;

  @Test
  void everyPageIsThereAndLeadsNowhereWrong() throws IOException {
    Path first = GuideBook.write(folder.resolve("guide"));
    assertEquals("index.html", first.getFileName().toString());
    List<Path> pages;
    try (Stream<Path> files = Files.list(first.getParent())) {
      pages = files.filter(f -> f.toString().endsWith(".html")).toList();
    }
    try (Stream<Path> sources = Files.list(Path.of("..", "docs", "guide"))) {
      long count = sources.filter(f -> f.toString().endsWith(".md")).count();
      assertEquals(count, pages.size(), "pages that no link of the guide leads to");
    }
    for (Path page : pages) {
      String html = Files.readString(page);
      assertTrue(html.contains("<table>") || !html.contains("| ---"), page + " shows its tables");
      Matcher target = TARGET.matcher(html);
      while (target.find()) {
        String link = target.group(1);
        if (!link.matches("https?:.*")) {
          checkTarget(page, link);
        }
      }
    }
  }

  private static void checkTarget(Path page, String link) throws IOException {
    String file = link.replaceFirst("#.*", "");
    Path target = file.isEmpty() ? page : page.resolveSibling(file);
    assertTrue(Files.isRegularFile(target), page.getFileName() + " leads to " + link);
    assertFalse(link.endsWith(".md"), link);
    if (link.contains("#")) {
      String anchor = "id=\"" + link.substring(link.indexOf('#') + 1) + "\"";
      assertTrue(
          Files.readString(target).contains(anchor), page.getFileName() + " leads to " + link);
    }
  }
}
