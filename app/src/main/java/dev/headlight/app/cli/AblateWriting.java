package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.ablation.Target;
import dev.headlight.analysis.ablation.Treatment;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.GenerateRequest;
import dev.headlight.analysis.model.Generation;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Intervention.InTower;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.app.ablation.TwoTexts;
import dev.headlight.app.engine.TextStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** What the model writes with all heads and without some, side by side. */
final class AblateWriting {
  private static final String OPEN = "⟦";
  private static final String CLOSE = "⟧";

  @Option(
      names = "--generate",
      paramLabel = "N",
      description =
          "Write at most N tokens after each sequence, with all heads and without those of --heads;"
              + " tokens that differ are marked.")
  private Integer count;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0",
      description = "With --generate: sample at this temperature; 0 is greedy.")
  private double temperature;

  /** Two texts after one sequence. */
  private record Written(int sequence, Target heads, int[] prompt, TwoTexts texts) {}

  private final List<Written> written = new ArrayList<>();

  boolean asked() {
    return count != null;
  }

  void check(TargetOptions targets) {
    if (!asked()) {
      return;
    }
    if (count < 1) {
      throw new HeadlightException(
          Kind.INPUT, "--generate: expected 1 or more, found " + count + ".");
    }
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new HeadlightException(
          Kind.INPUT, "--temperature: expected 0 (greedy) or more, found " + temperature + ".");
    }
    if (!targets.named()) {
      throw new HeadlightException(
          Kind.INPUT, "--generate writes without named heads; name them with --heads.");
    }
  }

  /**
   * Writes after every sequence, for every set of heads.
   *
   * @param pictures one a sequence, or none
   */
  void write(
      Model model,
      List<int[]> sequences,
      List<Pixels> pictures,
      List<Target> sets,
      Treatment treatment,
      long seed,
      Progress progress) {
    double all = sequences.size() * (double) sets.size();
    Set<Integer> stops =
        model.tokenizer().map(TextTokenizer::eosIds).map(Set::copyOf).orElse(Set.of());
    for (int s = 0; s < sequences.size(); s++) {
      for (Target heads : sets) {
        GenerateRequest request =
            prompt(sequences.get(s), pictures, s)
                .sampling(temperature, seed)
                .withStops(stops)
                .withInterventions(List.of(treatment.on(heads)))
                .withSubstitutes(treatment.forWriting(sequences, pictures, s));
        double done = written.size();
        Progress part = progress.part(done / all, (done + 1) / all);
        TwoTexts texts = TwoTexts.write(model, request, TwoTexts.Listener.NONE, part);
        written.add(new Written(s, heads, sequences.get(s), texts));
      }
    }
  }

  private GenerateRequest prompt(int[] tokens, List<Pixels> pictures, int sequence) {
    GenerateRequest request = GenerateRequest.greedy(tokens, count);
    return pictures.isEmpty() ? request : request.withPictures(pictures.get(sequence));
  }

  private static List<String> names(Model model, Target target) {
    String tower = target.vision() ? InTower.VISION + "." : "";
    return target.resolve(model.spec()).stream().map(h -> tower + h).toList();
  }

  /** The part of {@code --json}. */
  List<Map<String, Object>> document(Model model) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Written w : written) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("sequence", w.sequence);
      row.put("heads", names(model, w.heads));
      row.put("baseline", text(model, w, w.texts.baseline(), w.texts.baselineSeconds()));
      Map<String, Object> without = text(model, w, w.texts.ablated(), w.texts.ablatedSeconds());
      without.put("differs", w.texts.differs());
      row.put("ablated", without);
      rows.add(row);
    }
    return rows;
  }

  private static Map<String, Object> text(
      Model model, Written w, Generation generation, double seconds) {
    TextStream stream = new TextStream(model.tokenizer(), w.prompt);
    IntStream.of(generation.tokens()).forEach(stream::add);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("tokens", generation.tokens());
    document.put("text", stream.text());
    document.put(
        "logprobs",
        IntStream.range(0, generation.logprobs().length)
            .mapToObj(i -> (double) generation.logprobs()[i])
            .toList());
    document.put("stopped", generation.stopped());
    document.put("tokensPerSecond", generation.tokens().length / seconds);
    return document;
  }

  void print(Model model, Terminal terminal) {
    for (Written w : written) {
      terminal.out().println();
      terminal.out().println("baseline, after sequence " + w.sequence + ":");
      terminal
          .out()
          .println(
              marked(
                  model, w, w.texts.baseline(), new boolean[w.texts.baseline().tokens().length]));
      terminal.out().println("without " + w.heads.name() + ":");
      terminal.out().println(marked(model, w, w.texts.ablated(), w.texts.differs()));
    }
  }

  /** The text with brackets around stretches of tokens that differ. */
  private static String marked(Model model, Written w, Generation generation, boolean[] differs) {
    TextStream stream = new TextStream(model.tokenizer(), w.prompt);
    StringBuilder text = new StringBuilder();
    boolean open = false;
    for (int i = 0; i < differs.length; i++) {
      if (differs[i] != open) {
        text.append(open ? CLOSE : OPEN);
        open = differs[i];
      }
      text.append(stream.add(generation.tokens()[i]));
    }
    return text.append(stream.rest()).append(open ? CLOSE : "").toString();
  }
}
