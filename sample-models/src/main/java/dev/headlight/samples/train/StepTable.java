package dev.headlight.samples.train;

import dev.headlight.analysis.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A CSV file of numbers, one line for some steps of a training; the first column is the step. */
final class StepTable {
  private final List<String> lines = new ArrayList<>();

  private StepTable(String header) {
    lines.add(header);
  }

  /** A table that begins, or goes on after {@code steps} steps where the file has some. */
  static StepTable begin(Path file, String header, int steps) throws IOException {
    StepTable table = new StepTable(header);
    if (steps > 0 && Files.exists(file)) {
      table.lines.addAll(
          Files.readAllLines(file).stream()
              .skip(1)
              .filter(line -> numbers(line)[0] <= steps)
              .toList());
    }
    return table;
  }

  /** A whole file. */
  static StepTable read(Path file) throws IOException {
    List<String> all = Files.readAllLines(file);
    StepTable table = new StepTable(all.get(0));
    table.lines.addAll(all.subList(1, all.size()));
    return table;
  }

  void add(String line) {
    lines.add(line);
  }

  /** Names of the columns. */
  List<String> columns() {
    return List.of(lines.get(0).split(","));
  }

  /** The numbers of each line. */
  List<double[]> rows() {
    return lines.stream().skip(1).map(StepTable::numbers).toList();
  }

  private static double[] numbers(String line) {
    return Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
  }

  void write(Path file) {
    AtomicFiles.writeText(file, String.join("\n", lines) + "\n");
  }
}
