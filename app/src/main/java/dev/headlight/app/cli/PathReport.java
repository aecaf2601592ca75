package dev.headlight.app.cli;

import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.circuit.PathPatching;
import dev.headlight.analysis.circuit.PathRequest;
import dev.headlight.analysis.circuit.Receiver;
import dev.headlight.analysis.io.PatchTables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What {@code patch --method path} says of one pair. */
record PathReport(PathPatching.Result result) implements PatchFindings {
  private static final int SHOWN = 20;

  @Override
  public Map<String, Object> document() {
    PathRequest request = result.request();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("clean", result.contrast().clean());
    document.put("corrupt", result.contrast().corrupt());
    document.put("method", "path");
    document.put("positions", request.places().toString());
    document.put("direction", request.direction().name().toLowerCase(Locale.ROOT));
    document.put("mlps", mlps());
    document.put("receivers", request.receivers().stream().map(Receiver::toString).toList());
    result.contrast().refusal().ifPresent(why -> document.put("notNormalised", why));
    document.put("cells", IntStream.range(0, result.values().length).mapToObj(this::cell).toList());
    Map<String, String> definitions = new LinkedHashMap<>();
    definitions.put("normalised", "(patched − corrupt) / (clean − corrupt)");
    definitions.put("value", "only the receivers hear the sender's change; other heads frozen");
    definitions.put("direction", request.direction().text());
    document.put("definitions", definitions);
    return document;
  }

  private String mlps() {
    return result.request().freezeMlps() ? "frozen" : "recomputed";
  }

  private Map<String, Object> cell(int i) {
    Node sender = result.request().senders().get(i);
    Map<String, Object> cell = new LinkedHashMap<>();
    cell.put("layer", sender.layer());
    if (sender.head() >= 0) {
      cell.put("head", sender.head());
    }
    cell.put("value", result.values()[i]);
    cell.put("normalised", result.contrast().distinct() ? result.normalised(i) : null);
    return cell;
  }

  @Override
  public List<PatchTables.Row> rows(IntFunction<String> labels) {
    return PatchTables.rows(result);
  }

  @Override
  public void print(Terminal terminal) {
    result.contrast().refusal().ifPresent(terminal::note);
    terminal
        .out()
        .printf(
            "logit difference: clean %.4f, corrupt %.4f; %s; other heads frozen, MLPs %s%n",
            result.contrast().clean(),
            result.contrast().corrupt(),
            result.request().direction().text(),
            mlps());
    terminal.out().printf("%-14s %12s %12s%n", "sender", "change", "normalised");
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, result.values().length).boxed().toList());
    order.sort(Comparator.comparingDouble(i -> -Math.abs(change(i))));
    for (int i : order.subList(0, Math.min(SHOWN, order.size()))) {
      terminal
          .out()
          .printf(
              "%-14s %+12.4f %12s%n",
              result.request().senders().get(i),
              change(i),
              PatchFindings.share(result.normalised(i)));
    }
  }

  private double change(int sender) {
    return result.values()[sender] - result.request().direction().baseline(result.contrast());
  }
}
