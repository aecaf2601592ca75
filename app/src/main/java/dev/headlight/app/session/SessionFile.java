package dev.headlight.app.session;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.io.AtomicFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session as a file: a zip of {@code arrays.safetensors} (first and stored as it is, so that it
 * can be mapped), {@code session.json} and {@code results/NAME.json}. It is written beside its
 * place, forced to the disk, and moved there in one step: whatever happens, the former file or the
 * new one is there whole.
 */
public final class SessionFile {
  /** Ending of file names, without the dot. */
  public static final String SUFFIX = "headlight";

  static final String JSON = "session.json";
  static final String ARRAYS = "arrays.safetensors";
  static final String RESULTS = "results/";

  private static final Logger LOG = LoggerFactory.getLogger(SessionFile.class);
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().setPrettyPrinting().create();
  private static final int BUFFER = 1 << 16;

  private SessionFile() {}

  /** Whether a file looks like a session by its name. */
  public static boolean named(Path file) {
    return String.valueOf(file.getFileName()).endsWith("." + SUFFIX);
  }

  /** The name that people see: without folder and ending. */
  public static String title(Path file) {
    String name = String.valueOf(file.getFileName());
    return named(file) ? name.substring(0, name.length() - SUFFIX.length() - 1) : name;
  }

  /**
   * Writes a session whole, with every array.
   *
   * @throws HeadlightException (OUTPUT) if it cannot be written; the former file is as it was
   */
  public static void write(Path file, Session session) {
    write(file, session, session.results().arrays(), Map.of());
  }

  /**
   * Writes a session without the arrays that other session files hold: it says where they are.
   *
   * @throws HeadlightException (OUTPUT) if it cannot be written; the former file is as it was
   */
  static void writeLinked(Path file, Session session) {
    Path target = file.toAbsolutePath().normalize();
    SortedMap<String, SessionArray> here = new TreeMap<>();
    Map<String, String> elsewhere = new TreeMap<>();
    session
        .results()
        .arrays()
        .forEach(
            (name, array) -> {
              if (array.file().filter(f -> !f.equals(target)).isPresent()) {
                elsewhere.put(name, array.file().get().toString());
              } else {
                here.put(name, array);
              }
            });
    write(file, session, here, elsewhere);
  }

  private static void write(
      Path file,
      Session session,
      SortedMap<String, SessionArray> arrays,
      Map<String, String> elsewhere) {
    sweep(file);
    AtomicFiles.writePath(
        file,
        temporary -> {
          try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
              ZipOutputStream zip =
                  new ZipOutputStream(
                      new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER))) {
            arrays(zip, arrays);
            text(zip, JSON, SessionJson.write(session, elsewhere));
            for (Map.Entry<String, JsonElement> e : session.results().documents().entrySet()) {
              text(zip, RESULTS + e.getKey() + ".json", GSON.toJson(e.getValue()) + "\n");
            }
            SessionPictures.write(zip, session);
            zip.finish();
            zip.flush();
            channel.force(true);
          }
        });
    forceFolder(file);
  }

  private static void arrays(ZipOutputStream zip, SortedMap<String, SessionArray> arrays)
      throws IOException {
    if (arrays.isEmpty()) {
      return;
    }
    ArraysEntry content = new ArraysEntry(arrays);
    ZipEntry entry = new ZipEntry(ARRAYS);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.size());
    entry.setCompressedSize(content.size());
    entry.setCrc(content.crc());
    zip.putNextEntry(entry);
    content.writeTo(zip);
    zip.closeEntry();
  }

  private static void text(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  /** So that the new name is on the disk too; not every system can. */
  private static void forceFolder(Path file) {
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      LOG.debug("the folder of {} cannot be forced to the disk", file, e);
    }
  }

  /** Deletes what processes that were killed while they wrote this file have left. */
  private static void sweep(Path file) {
    Path target = file.toAbsolutePath();
    String begin = "." + target.getFileName() + ".";
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(
            target.getParent(), f -> left(String.valueOf(f.getFileName()), begin))) {
      for (Path temporary : left) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      LOG.debug("cannot look for unfinished files beside {}", file, e);
    }
  }

  private static boolean left(String name, String begin) {
    if (!name.startsWith(begin) || !name.matches(".*\\.\\d{1,9}-\\d+\\.tmp")) {
      return false;
    }
    String rest = name.substring(begin.length());
    return rest.matches("\\d+-\\d+\\.tmp")
        && ProcessHandle.of(Long.parseLong(rest.substring(0, rest.indexOf('-')))).isEmpty();
  }
}
