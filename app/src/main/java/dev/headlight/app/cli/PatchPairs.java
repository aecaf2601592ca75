package dev.headlight.app.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.image.PreparedPictures;
import dev.headlight.analysis.image.PromptExpansion;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.pairs.PairCsv;
import dev.headlight.analysis.pairs.PairReader;
import dev.headlight.analysis.pairs.PairRole;
import dev.headlight.analysis.pairs.PromptPair;
import dev.headlight.analysis.pairs.ReadPair;
import dev.headlight.analysis.pairs.RoleText;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.Contrast;
import dev.headlight.analysis.text.TextTokenizer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Pairs of prompts: as ids in three files, as a table, or as texts on the line. */
final class PatchPairs {
  private static final String ANSWERS = "{\"answers\": [7, …], \"wrong\": [9, …]}";

  /** Ids; the three files go together. */
  static final class Given {
    @Option(
        names = "--clean-file",
        required = true,
        paramLabel = "FILE",
        description = "JSON: {\"sequences\": [[ids], …]}, the clean prompts.")
    private Path clean;

    @Option(
        names = "--corrupt-file",
        required = true,
        paramLabel = "FILE",
        description = "The same for the corrupt prompts, one for each clean one.")
    private Path corrupt;

    @Option(
        names = "--answers",
        required = true,
        paramLabel = "FILE",
        description = "JSON: {\"answers\": [id, …], \"wrong\": [id, …]}, one a pair.")
    private Path answers;
  }

  /** Texts; the four go together, and may come again for the next pair. */
  static final class Written {
    @Option(
        names = "--clean",
        required = true,
        paramLabel = "TEXT",
        description = "The clean prompt as text; the four texts again for each further pair.")
    private String clean;

    @Option(
        names = "--corrupt",
        required = true,
        paramLabel = "TEXT",
        description = "The corrupt prompt, of as many tokens.")
    private String corrupt;

    @Option(
        names = "--answer",
        required = true,
        paramLabel = "TEXT",
        description = "The right answer of the clean prompt, with its space: \" Mary\".")
    private String answer;

    @Option(
        names = "--wrong",
        required = true,
        paramLabel = "TEXT",
        description = "The answer it is held against.")
    private String wrong;

    @Option(
        names = "--roles",
        defaultValue = "",
        paramLabel = "ROLES",
        description = "Where words with a role stand, such as \"IO=5-9 S1=14-18\", in characters.")
    private String roles;

    private PromptPair pair() {
      return new PromptPair(clean, corrupt, answer, wrong, PairRole.parse(roles));
    }
  }

  /** One of the three. */
  static final class Source {
    @ArgGroup(exclusive = false)
    private Given given;

    @Option(
        names = "--pairs",
        paramLabel = "FILE",
        description = "Pairs as CSV with the columns clean,corrupt,answer,wrong (headlight pairs).")
    private Path table;

    @ArgGroup(exclusive = false, multiplicity = "1..*")
    private List<Written> written;
  }

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--bos",
      negatable = true,
      description = "Begin texts with the BOS token, or not; default: as the tokenizer does.")
  private Boolean bos;

  @Option(
      names = "--corrupt-image",
      paramLabel = "FILE",
      description =
          "With --image: the picture of the corrupt prompts, of the same size; repeatable; default:"
              + " that of the clean ones.")
  private List<Path> corruptImages = List.of();

  /** The pictures of the clean and of the corrupt prompts. */
  private record Seen(PreparedPictures clean, PreparedPictures corrupt) {}

  private final List<ReadPair> read = new ArrayList<>();

  /** The pairs; answers of texts that are several tokens count by their first. */
  List<TokenPair> read(Model model, PictureOptions pictures, Terminal terminal) {
    Optional<Seen> seen = seen(model, pictures, terminal);
    List<TokenPair> pairs =
        source.given != null
            ? given(source.given, model, seen, pictures.storedPixels(model))
            : texts(model, seen, terminal);
    pairs.forEach(p -> Contrast.checkAnswers(model.spec(), p));
    return pairs;
  }

  /**
   * A text with the positions of a pair's roles in the place of their names; ids have no roles.
   *
   * @param pair of those that were read
   */
  String at(String text, int pair) {
    if (!RoleText.named(text)) {
      return text;
    }
    if (read.isEmpty()) {
      throw new HeadlightException(
          HeadlightException.Kind.INPUT,
          "pairs of ids have no roles; give --pairs or texts with --roles, or positions in "
              + text);
    }
    return RoleText.at(text, read.get(pair));
  }

  private Optional<Seen> seen(Model model, PictureOptions pictures, Terminal terminal) {
    Optional<PreparedPictures> clean = pictures.prepared(model, terminal);
    if (clean.isEmpty() && !corruptImages.isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT, "--corrupt-image: takes the place of --image; give that too.");
    }
    return clean.map(
        c ->
            new Seen(
                c,
                corruptImages.isEmpty()
                    ? c
                    : PictureOptions.prepared(corruptImages, model, terminal)));
  }

  private static PromptExpansion expansion(Model model) {
    return PromptExpansion.open(model.checkpoint().config(), model.tokenizer());
  }

  private PairReader reader(Model model, Optional<Seen> seen) {
    TextTokenizer tokenizer = InputOptions.required(model.tokenizer());
    PairReader plain = new PairReader(tokenizer, GivenInput.bos(bos));
    if (model.spec().vision().filter(VisionSpec::inPrompt).isEmpty()) {
      return plain;
    }
    return seen.map(s -> plain.seeing(expansion(model), s.clean(), s.corrupt()))
        .orElseGet(() -> plain.blind(expansion(model)));
  }

  private List<TokenPair> texts(Model model, Optional<Seen> seen, Terminal terminal) {
    TextTokenizer tokenizer = InputOptions.required(model.tokenizer());
    PairReader reader = reader(model, seen);
    List<PromptPair> texts =
        source.table != null
            ? PairCsv.read(source.table)
            : source.written.stream().map(Written::pair).toList();
    List<TokenPair> pairs = new ArrayList<>();
    for (PromptPair text : texts) {
      read.add(read(reader, text, pairs.size() + 1));
      pairs.add(read.get(pairs.size()).ids());
      noteFirst(terminal, tokenizer, "answer", pairs.get(pairs.size() - 1).answer());
      noteFirst(terminal, tokenizer, "wrong answer", pairs.get(pairs.size() - 1).wrong());
    }
    return pairs;
  }

  /** A pair as the window reads it; what is wrong with one of a table says which. */
  private ReadPair read(PairReader reader, PromptPair text, int number) {
    try {
      return reader.read(text);
    } catch (HeadlightException e) {
      String where = source.table == null ? "" : source.table + ": pair " + number + ": ";
      String end = e.getMessage().endsWith(".") ? "" : ".";
      throw new HeadlightException(e.kind(), where + e.getMessage() + end, e);
    }
  }

  private static void noteFirst(
      Terminal terminal, TextTokenizer tokenizer, String what, int[] ids) {
    if (ids.length > 1) {
      terminal.note(
          "the %s is %d tokens; its first, %s, is read"
              .formatted(what, ids.length, tokenizer.label(ids[0])));
    }
  }

  private static List<TokenPair> given(
      Given files, Model model, Optional<Seen> seen, Optional<Pixels> stored) {
    List<int[]> clean = TokensFile.read(files.clean);
    List<int[]> corrupt = TokensFile.read(files.corrupt);
    JsonObject root = answers(files.answers);
    int[] right = ids(files.answers, root, "answers");
    int[] wrong = ids(files.answers, root, "wrong");
    same(files.corrupt, "sequences", corrupt.size(), clean.size());
    same(files.answers, "answers", right.length, clean.size());
    same(files.answers, "wrong answers", wrong.length, clean.size());
    List<TokenPair> pairs = new ArrayList<>();
    for (int i = 0; i < clean.size(); i++) {
      TokenPair pair =
          new TokenPair(clean.get(i), corrupt.get(i), new int[] {right[i]}, new int[] {wrong[i]});
      TokenPair looking = stored.map(p -> pair.seeing(p, p)).orElse(pair);
      pairs.add(seen.map(s -> seeing(model, pair, s)).orElse(looking));
    }
    return pairs;
  }

  /** A pair of ids, with all image tokens and the pictures. */
  private static TokenPair seeing(Model model, TokenPair pair, Seen seen) {
    PromptExpansion expansion = expansion(model);
    return new TokenPair(
        expansion.expand(pair.clean(), seen.clean().layouts()),
        expansion.expand(pair.corrupt(), seen.corrupt().layouts()),
        pair.answer(),
        pair.wrong(),
        List.of(seen.clean().pixels(), seen.corrupt().pixels()));
  }

  private static void same(Path file, String what, int found, int expected) {
    if (found != expected) {
      throw InputFiles.input(
          file,
          "expected %d %s, one for each clean prompt, found %d".formatted(expected, what, found),
          null);
    }
  }

  private static JsonObject answers(Path file) {
    try {
      JsonElement root = JsonParser.parseString(InputFiles.text(file));
      if (root.isJsonObject()) {
        return root.getAsJsonObject();
      }
    } catch (JsonParseException e) {
      throw InputFiles.input(file, "expected " + ANSWERS + ", found no sound JSON", e);
    }
    throw InputFiles.input(file, "expected " + ANSWERS + ", found another JSON value", null);
  }

  private static int[] ids(Path file, JsonObject root, String key) {
    if (!root.has(key) || !root.get(key).isJsonArray()) {
      throw InputFiles.input(file, "expected " + ANSWERS + ", found no list \"" + key + "\"", null);
    }
    JsonArray list = root.getAsJsonArray(key);
    int[] ids = new int[list.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = id(file, list.get(i), "\"" + key + "\", entry " + i);
    }
    return ids;
  }

  private static int id(Path file, JsonElement element, String what) {
    try {
      if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber()) {
        return new BigDecimal(element.getAsString()).intValueExact();
      }
    } catch (ArithmeticException e) {
      throw InputFiles.input(file, what + ": expected a token id, found " + element, e);
    }
    throw InputFiles.input(file, what + ": expected a token id, found " + element, null);
  }
}
