package dev.headlight.app.session;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Opens what {@link SessionFile} wrote. Arrays are not read, only their header. */
public final class SessionReader {
  private static final int LARGEST_JSON = 256 << 20;
  private static final int LOCAL_HEADER = 30;
  private static final int LOCAL_SIGNATURE = 0x04034b50;

  /**
   * An opened session.
   *
   * @param session all that could be read
   * @param problems one sentence for each result that is not there any more
   */
  public record Opened(Session session, List<String> problems) {}

  private final Path file;
  private final List<String> problems = new ArrayList<>();

  private SessionReader(Path file) {
    this.file = file.toAbsolutePath().normalize();
  }

  /**
   * Opens a session.
   *
   * @throws SessionException if there is no such file, it is damaged, or a newer version wrote it
   */
  public static Opened read(Path file) {
    return new SessionReader(file).read();
  }

  private Opened read() {
    if (!Files.isRegularFile(file)) {
      throw new SessionException(file + ": there is no such session; check the path.", null);
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry json = zip.getEntry(SessionFile.JSON);
      if (json == null) {
        throw new SessionException(
            file + ": this is no session, it has no " + SessionFile.JSON + ".", null);
      }
      SessionJson.Read read = SessionJson.read(file.toString(), text(zip, json));
      SessionPictures.read(zip, read.session(), problems);
      Results results = documents(zip, read.documents());
      Map<String, SessionArray> arrays = new TreeMap<>();
      ZipEntry stored = zip.getEntry(SessionFile.ARRAYS);
      if (stored != null) {
        arrays.putAll(mapped(stored));
      }
      read.arraysElsewhere().forEach((name, path) -> linked(name, path, arrays));
      return new Opened(
          read.session().withResults(results.withArrays(arrays)), List.copyOf(problems));
    } catch (ZipException e) {
      throw damaged(e.getMessage(), e);
    } catch (IOException e) {
      throw new SessionException(
          file + ": cannot be read (" + e.getMessage() + "); check the disk and its rights.", e);
    }
  }

  private SessionException damaged(String why, Throwable cause) {
    return new SessionException(
        "%s: this is no session or it is damaged (%s); open an earlier copy.".formatted(file, why),
        cause);
  }

  private String text(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(LARGEST_JSON);
      if (in.read() >= 0) {
        throw damaged(entry.getName() + " is larger than 256 MB", null);
      }
      CRC32 sum = new CRC32();
      sum.update(bytes);
      if (sum.getValue() != entry.getCrc()) {
        throw damaged("the checksum of " + entry.getName() + " is wrong", null);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private Results documents(ZipFile zip, List<String> names) throws IOException {
    Results results = Results.none();
    for (String name : names) {
      ZipEntry entry = zip.getEntry(SessionFile.RESULTS + name + ".json");
      if (!Results.named(name) || entry == null) {
        problems.add("The result " + name + " is missing in " + file + ".");
        continue;
      }
      results = results.with(name, json(entry.getName(), text(zip, entry)));
    }
    return results;
  }

  private JsonElement json(String name, String text) {
    try {
      return JsonParser.parseString(text);
    } catch (JsonParseException | StackOverflowError e) {
      throw damaged(name + " is no JSON", e);
    }
  }

  private Map<String, SessionArray> mapped(ZipEntry entry) throws IOException {
    Map<String, SessionArray> arrays = new TreeMap<>();
    if (entry.getMethod() != ZipEntry.STORED) {
      problems.add(
          file + ": its arrays were compressed by another program and are left out; unpack it.");
      return arrays;
    }
    try {
      SafetensorsFile source = SafetensorsFile.openInside(file, firstContent(), entry.getSize());
      for (String name : source.names()) {
        if (Results.named(name) && source.info(name).type().decodable()) {
          arrays.put(name, new SessionArray.Mapped(source, name));
        }
      }
      return arrays;
    } catch (SessionException e) {
      throw e;
    } catch (HeadlightException e) {
      throw damaged("its arrays: " + e.getMessage(), e);
    }
  }

  /** Where the content of the archive's first entry begins, which must be the arrays. */
  private long firstContent() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LOCAL_HEADER + SessionFile.ARRAYS.length());
      ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int nameLength = bytes.length - LOCAL_HEADER;
      if (nameLength < SessionFile.ARRAYS.length()
          || header.getInt(0) != LOCAL_SIGNATURE
          || Short.toUnsignedInt(header.getShort(26)) != nameLength
          || !SessionFile.ARRAYS.equals(
              new String(bytes, LOCAL_HEADER, nameLength, StandardCharsets.UTF_8))) {
        throw damaged(SessionFile.ARRAYS + " is not the first entry", null);
      }
      return bytes.length + (long) Short.toUnsignedInt(header.getShort(28));
    }
  }

  private void linked(String name, String path, Map<String, SessionArray> arrays) {
    try {
      SessionReader other = new SessionReader(Path.of(path));
      try (ZipFile zip = new ZipFile(other.file.toFile())) {
        SessionArray array = other.mapped(zip.getEntry(SessionFile.ARRAYS)).get(name);
        if (array != null) {
          arrays.put(name, array);
          return;
        }
      }
      problems.add("The array " + name + " is not in " + path + " any more.");
    } catch (IOException | HeadlightException | NullPointerException e) {
      problems.add("The array " + name + " was in " + path + ", which cannot be read any more.");
    }
  }
}
