package dev.headlight.app.session;

import dev.headlight.app.pictures.PictureShelf;
import dev.headlight.app.pictures.PromptPicture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The pictures of a session's prompts, as files of its archive called after their checksum. */
final class SessionPictures {
  private static final String FOLDER = "pictures/";

  private SessionPictures() {}

  /** Writes each picture once, however many states have it. One that is gone is left out. */
  static void write(ZipOutputStream zip, Session session) throws IOException {
    for (PromptPicture picture : of(session)) {
      if (Files.isRegularFile(picture.file())) {
        zip.putNextEntry(new ZipEntry(entry(picture)));
        Files.copy(picture.file(), zip);
        zip.closeEntry();
      }
    }
  }

  /** Keeps the pictures on this machine; tells of those that are missing. */
  static void read(ZipFile zip, Session session, List<String> problems) throws IOException {
    for (PromptPicture picture : of(session)) {
      ZipEntry entry = zip.getEntry(entry(picture));
      if (entry == null) {
        if (!Files.isRegularFile(picture.file())) {
          problems.add("The picture " + picture.name() + " is missing in " + zip.getName() + ".");
        }
        continue;
      }
      try (InputStream in = zip.getInputStream(entry)) {
        PromptPicture kept = PictureShelf.ofUser().take(picture.name(), in.readAllBytes());
        if (!kept.equals(picture)) {
          problems.add("The picture " + picture.name() + " is damaged in " + zip.getName() + ".");
        }
      }
    }
  }

  private static Set<PromptPicture> of(Session session) {
    Set<PromptPicture> all = new LinkedHashSet<>();
    Stream.concat(
            session.history().entries().stream().map(e -> e.state().prompt()),
            session.exports().stream().map(ExportedFigure::prompt))
        .forEach(prompt -> all.addAll(prompt.pictures()));
    return all;
  }

  private static String entry(PromptPicture picture) {
    return FOLDER + picture.file().getFileName();
  }
}
