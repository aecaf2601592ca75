package dev.headlight.analysis.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.io.AtomicFiles;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * Pairs as a table: UTF-8 CSV (RFC 4180) with the columns {@code clean,corrupt,answer,wrong} and,
 * where words have roles, {@code roles}. Answers are written as people write them ({@link
 * AnswerText}), roles as {@link PairRole#text}. Other columns are not looked at.
 */
public final class PairCsv {
  /** Columns that are written. */
  public static final List<String> COLUMNS =
      List.of("clean", "corrupt", "answer", "wrong", "roles");

  private static final List<String> NEEDED = COLUMNS.subList(0, 4);
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .get();

  private final Path file;

  private PairCsv(Path file) {
    this.file = file;
  }

  /**
   * Writes pairs, the file as a whole or not at all.
   *
   * @throws HeadlightException (OUTPUT) when it cannot be written
   */
  public static void write(Path file, List<PromptPair> pairs) {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader(COLUMNS.toArray(String[]::new)).get();
    AtomicFiles.write(
        file,
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          CSVPrinter csv = new CSVPrinter(writer, format);
          for (PromptPair pair : pairs) {
            csv.printRecord(
                pair.clean(),
                pair.corrupt(),
                AnswerText.typed(pair.clean(), pair.answer()),
                AnswerText.typed(pair.clean(), pair.wrong()),
                PairRole.text(pair.roles()));
          }
          csv.flush();
        });
  }

  /**
   * Reads pairs.
   *
   * @return at least one
   * @throws HeadlightException naming the file, the line and what is wrong there
   */
  public static List<PromptPair> read(Path file) {
    return new PairCsv(file).read();
  }

  private List<PromptPair> read() {
    List<PromptPair> pairs = new ArrayList<>();
    try (CSVParser csv = CSVParser.parse(new StringReader(text()), FORMAT)) {
      for (String column : NEEDED) {
        if (!csv.getHeaderNames().contains(column)) {
          throw wrong(
              "line 1: there is no column %s, expected %s; name the columns in the first line"
                  .formatted(column, String.join(",", NEEDED)),
              null);
        }
      }
      Iterator<CSVRecord> records = csv.iterator();
      while (records.hasNext()) {
        CSVRecord row = records.next();
        pairs.add(pair(row, csv.getCurrentLineNumber() - breaks(row)));
      }
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw wrong("expected CSV with quotes in pairs, found other text: " + said(e), e);
    }
    if (pairs.isEmpty()) {
      throw wrong("there is no pair below the names of the columns; write one a line", null);
    }
    return pairs;
  }

  private static String said(Exception e) {
    return e instanceof UncheckedIOException wrapped
        ? wrapped.getCause().getMessage()
        : e.getMessage();
  }

  private String text() {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw wrong("expected UTF-8 text, found other bytes; save it as UTF-8", e);
    } catch (NoSuchFileException e) {
      throw wrong("there is no such file; check the path", e);
    } catch (IOException e) {
      throw wrong("cannot be read (" + e.getMessage() + "); check its permissions", e);
    }
  }

  /** Line ends inside of a row's fields. */
  private static long breaks(CSVRecord row) {
    return row.stream().flatMapToInt(String::chars).filter(c -> c == '\n').count();
  }

  private PromptPair pair(CSVRecord row, long line) {
    if (!row.isConsistent()) {
      throw wrong(
          "line %d: has %d fields, expected %d; put a field with a comma in quotes"
              .formatted(line, row.size(), row.getParser().getHeaderNames().size()),
          null);
    }
    for (String column : NEEDED) {
      if (row.get(column).isBlank()) {
        throw wrong("line %d: %s is empty; write one".formatted(line, column), null);
      }
    }
    try {
      String roles = row.isMapped("roles") ? row.get("roles") : "";
      return PromptPair.typed(
              row.get("clean"), row.get("corrupt"), row.get("answer"), row.get("wrong"))
          .withRoles(PairRole.parse(roles));
    } catch (HeadlightException e) {
      throw wrong("line " + line + ": " + e.getMessage(), e);
    }
  }

  private HeadlightException wrong(String problem, Exception cause) {
    return new HeadlightException(Kind.INPUT, file + ": " + problem + ".", cause);
  }
}
