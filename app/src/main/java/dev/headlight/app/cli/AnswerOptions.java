package dev.headlight.app.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.ablation.Answers;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.analysis.text.Tokens;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The tokens that a metric asks for: ids in a file, or texts for every sequence. */
final class AnswerOptions {
  @Option(
      names = "--answers",
      paramLabel = "FILE",
      description =
          "JSON: {\"answers\": [id, …], \"wrong\": [id, …]}, one a sequence, read at the last"
              + " position.")
  private Path answers;

  @Option(
      names = "--answer",
      paramLabel = "TEXT",
      description =
          "The right answer of every sequence as text, with its leading space where it has one; of"
              + " several tokens the first is read.")
  private String answer;

  @Option(names = "--wrong", paramLabel = "TEXT", description = "The wrong answer as text.")
  private String wrong;

  @Option(
      names = "--answer-id",
      paramLabel = "ID,…",
      description = "The right answer as a token id: one for every sequence, or one each.")
  private String answerId;

  @Option(
      names = "--wrong-id",
      paramLabel = "ID,…",
      description = "The wrong answer as an id, likewise.")
  private String wrongId;

  /**
   * What was asked for; says which token a text is.
   *
   * @param sequences number of them
   */
  Optional<Answers> read(Model model, int sequences, Terminal terminal) {
    if (answers != null) {
      if (answer != null || wrong != null || answerId != null || wrongId != null) {
        throw new HeadlightException(
            Kind.INPUT, "--answers holds the answers; leave out --answer and --wrong.");
      }
      return Optional.of(file());
    }
    Optional<int[]> right = all(model, "--answer", answer, answerId, sequences, terminal);
    Optional<int[]> other = all(model, "--wrong", wrong, wrongId, sequences, terminal);
    if (right.isEmpty() && other.isPresent()) {
      throw new HeadlightException(
          Kind.INPUT, "--wrong needs the right answer beside it; give --answer too.");
    }
    return right.map(ids -> new Answers(ids, other));
  }

  private static Optional<int[]> all(
      Model model, String option, String text, String ids, int sequences, Terminal terminal) {
    if (text != null && ids != null) {
      throw new HeadlightException(
          Kind.INPUT, "%s and %s-id say the same; give one of them.".formatted(option, option));
    }
    if (text == null && ids == null) {
      return Optional.empty();
    }
    int[] given =
        ids == null
            ? new int[] {token(model, option, text, terminal)}
            : SequencesText.ids(option + "-id", ids);
    return Optional.of(given.length == 1 ? all(given[0], sequences) : given);
  }

  private static int[] all(int id, int sequences) {
    int[] ids = new int[sequences];
    Arrays.fill(ids, id);
    return ids;
  }

  private static int token(Model model, String option, String text, Terminal terminal) {
    TextTokenizer tokenizer = InputOptions.required(model.tokenizer());
    Tokens tokens = tokenizer.encode(text, false);
    if (tokens.size() == 0) {
      throw new HeadlightException(
          Kind.INPUT, "%s: \"%s\" is no token; give some text.".formatted(option, text));
    }
    String rest = tokens.size() == 1 ? "" : ", the first of its " + tokens.size() + " tokens";
    terminal.note(
        "%s \"%s\" is token %d, %s%s".formatted(option, text, tokens.id(0), tokens.label(0), rest));
    return tokens.id(0);
  }

  private Answers file() {
    JsonObject root = root();
    int[] right = ids(root, "answers");
    return root.has("wrong") ? Answers.against(right, ids(root, "wrong")) : Answers.of(right);
  }

  private JsonObject root() {
    try {
      JsonElement root = JsonParser.parseString(InputFiles.text(answers));
      if (root.isJsonObject() && root.getAsJsonObject().has("answers")) {
        return root.getAsJsonObject();
      }
    } catch (JsonParseException e) {
      throw wrongFile("found no sound JSON", e);
    }
    throw wrongFile("found no \"answers\"", null);
  }

  private int[] ids(JsonObject root, String key) {
    if (!root.get(key).isJsonArray()) {
      throw wrongFile("\"" + key + "\" is " + root.get(key), null);
    }
    return root.getAsJsonArray(key).asList().stream().mapToInt(e -> id(key, e)).toArray();
  }

  private int id(String key, JsonElement element) {
    try {
      if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber()) {
        return new BigDecimal(element.getAsString()).intValueExact();
      }
    } catch (ArithmeticException e) {
      throw wrongFile("found " + element + " in \"" + key + "\"", e);
    }
    throw wrongFile("found " + element + " in \"" + key + "\"", null);
  }

  private HeadlightException wrongFile(String found, Exception cause) {
    return InputFiles.input(
        answers, "expected {\"answers\": [id, …], \"wrong\": [id, …]}, " + found, cause);
  }
}
