package dev.headlight.app.help;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.io.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** The guide of {@code docs/guide} as HTML pages with their pictures, for any browser. */
public final class GuideBook {
  private static final String FIRST = "README.md";
  private static final String STYLE = "guide.css";
  private static final List<org.commonmark.Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());

  private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();
  private final HtmlRenderer html = HtmlRenderer.builder().extensions(EXTENSIONS).build();
  private final Path folder;
  private final Set<String> pages = new LinkedHashSet<>();
  private final Set<String> pictures = new LinkedHashSet<>();

  private GuideBook(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes every page that the first one leads to, and their pictures.
   *
   * @return the first page
   * @throws HeadlightException when the folder cannot be written
   */
  public static Path write(Path folder) {
    return new GuideBook(folder).write();
  }

  private Path write() {
    AtomicFiles.createFolder(folder);
    Deque<String> waiting = new ArrayDeque<>(List.of(FIRST));
    while (!waiting.isEmpty()) {
      String page = waiting.remove();
      if (pages.add(page)) {
        waiting.addAll(page(page));
      }
    }
    for (String picture : pictures) {
      AtomicFiles.createFolder(folder.resolve(picture).getParent());
      byte[] bytes = bytes("guide/" + picture);
      AtomicFiles.write(folder.resolve(picture), out -> out.write(bytes));
    }
    return folder.resolve(name(FIRST));
  }

  /** Writes a page and says which pages it leads to. */
  private Set<String> page(String page) {
    Node document = parser.parse(text("guide/" + page));
    Set<String> next = new LinkedHashSet<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            String target = link.getDestination();
            String file = target.replaceFirst("#.*", "");
            if (file.matches("[\\w-]+\\.md")) {
              next.add(file);
              link.setDestination(name(file) + target.substring(file.length()));
            }
            visitChildren(link);
          }

          @Override
          public void visit(Image image) {
            pictures.add(image.getDestination());
            visitChildren(image);
          }
        });
    String title = page.equals(FIRST) ? "User guide" : page.replace(".md", "");
    String text =
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Headlight: %s</title>
        <style>%s</style></head><body><main>%s</main></body></html>
        """
            .formatted(title, text(STYLE), html.render(document));
    AtomicFiles.writeText(folder.resolve(name(page)), text);
    return next;
  }

  private static String name(String page) {
    return page.equals(FIRST) ? "index.html" : page.replace(".md", ".html");
  }

  private static String text(String resource) {
    return new String(bytes(resource), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String resource) {
    try (InputStream in = GuideBook.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new HeadlightException(
            Kind.INPUT, "the user guide lacks " + resource + "; build Headlight again.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new HeadlightException(Kind.INPUT, "the user guide cannot be read: " + e, e);
    }
  }
}
