package dev.headlight.app.ablation;

import dev.headlight.analysis.io.AtomicFiles;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Two texts as a table, a row a token. */
final class TextsTable {
  private static final String[] COLUMNS = {
    "text", "index", "token_id", "token", "probability", "differs"
  };

  private TextsTable() {}

  static void write(Path file, Texts texts) {
    AtomicFiles.write(
        file,
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          CSVFormat format = CSVFormat.RFC4180.builder().setHeader(COLUMNS).get();
          CSVPrinter csv = new CSVPrinter(writer, format);
          rows(csv, "baseline", texts.baseline(), texts.missing());
          rows(csv, "without", texts.without(), texts.differs());
          csv.flush();
        });
  }

  private static void rows(CSVPrinter csv, String text, List<Piece> pieces, boolean[] differs)
      throws IOException {
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      csv.printRecord(text, i, piece.id(), piece.text(), piece.probability(), differs[i]);
    }
  }
}
