package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.roles.DrawnPattern;
import dev.headlight.analysis.roles.PatternJob;
import dev.headlight.analysis.roles.Prompts;
import dev.headlight.analysis.roles.RoleScores;
import dev.headlight.analysis.roles.RuleJob;
import dev.headlight.analysis.roles.TokenRule;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.LayerListener;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.scores.StandardScores;
import dev.headlight.analysis.sinks.SinkRates;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.ChatMessage;
import dev.headlight.analysis.vision.PictureJob;
import dev.headlight.analysis.vision.VisionScores;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.HeadEffect;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.engine.NextTokens;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.engine.SinkMeasured;
import dev.headlight.app.engine.SinkTexts;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.pictures.PictureShelf;
import dev.headlight.app.pictures.PromptPicture;
import dev.headlight.samples.SampleExample;
import dev.headlight.samples.SampleVersion;
import dev.headlight.samples.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the window copies as a command of a prompt with a picture gives the window's numbers. */
class PictureLinesTest {
  private static final double SAME = 1e-5;
  private static final SampleExample STAR = Samples.examples("shapes-vlm").get(0);

  @TempDir private Path folder;
  private final ModelHost host = new ModelHost();

  @AfterEach
  void close() {
    host.close();
  }

  private RunSnapshot open(ModelSource source, String prompt) {
    host.open(source, Progress.NONE);
    return view(prompt, Optional.empty());
  }

  private RunSnapshot view(String prompt, Optional<Chat> chat) {
    PromptPicture picture = new PictureShelf(folder.resolve("a shelf")).take(STAR.picture());
    return host.view(
        host.read(prompt, chat, Bos.DEFAULT, List.of(picture)), LayerListener.NONE, Progress.NONE);
  }

  private static JsonObject json(String line) {
    List<String> words = new ArrayList<>(CopiedLinesTest.words(line));
    assertEquals("headlight", words.remove(0));
    words.add("--json");
    CliRun run = CliRun.of(words.toArray());
    assertEquals(0, run.code(), line + "\n" + run.err());
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private void everyLine(RunSnapshot run, Optional<Chat> chat) {
    CopyCommand lines = new CopyCommand(run, Bos.DEFAULT, chat);
    if (run.model().spec().hasLogits()) {
      NextTokens next = host.next(run.id(), run.length() - 1);
      same(next, json(lines.next(next)));
    }
    HeadTable entropy = HeadTable.of(run.statistics().entropy());
    same(entropy, StandardScores.ENTROPY, json(lines.scores(StandardScores.ENTROPY)));
    SinkMeasured sinks =
        SinkMeasured.measure(
            host, run.model(), run.prompt(), SinkTexts.PROMPT, Bos.DEFAULT, null, Progress.NONE);
    SinkRates rates = sinks.ofTexts().rates(0.1, 0, 0);
    JsonObject told = json(lines.sinks(Optional.empty(), 0.1, 0.2, 0, 0, List.of()));
    assertEquals(rates.model(), told.get("sinkRate").getAsDouble(), SAME);
    double first =
        told.getAsJsonArray("heads").get(5).getAsJsonObject().get("meanToFirst").getAsDouble();
    assertEquals(rates.means().data()[5], first, SAME);
    assertEquals(run.statistics().firstShare().data()[5], first, 1e-4, "it is the pass on view");
    jobs(run, lines);
  }

  private void jobs(RunSnapshot run, CopyCommand lines) {
    Prompts here =
        new Prompts(
            List.of(run.tokens().ids()),
            "here",
            lines.promptArguments(),
            run.prompt().request(run.model().spec()).pictures());
    same(
        run, lines, RoleScores.PATTERN, new PatternJob(DrawnPattern.parse("./#./.#."), true, here));
    same(
        run,
        lines,
        VisionScores.PATCH_DISTANCE,
        new PictureJob(run.prompt().request(run.model().spec()), "here", lines.promptArguments()));
    if (run.model().spec().patches().isEmpty()) {
      same(run, lines, RoleScores.RULE, new RuleJob(new TokenRule(".", "."), here));
    }
  }

  private void same(RunSnapshot run, CopyCommand lines, HeadScore score, ScoreJob job) {
    ScoreJob.Result result = host.measure(run.model(), job, Progress.NONE);
    same(result.tables().get(score.id()), score, json(lines.scores(score, result)));
  }

  private static void same(HeadTable table, HeadScore score, JsonObject told) {
    for (JsonElement row : told.getAsJsonArray("heads")) {
      JsonObject head = row.getAsJsonObject();
      Head of = new Head(head.get("layer").getAsInt(), head.get("head").getAsInt());
      JsonElement value = head.get(score.id());
      assertEquals(
          table.at(of), value.isJsonNull() ? Double.NaN : value.getAsDouble(), SAME, score.id());
    }
  }

  private static void same(NextTokens next, JsonObject told) {
    JsonArray candidates = told.getAsJsonArray("candidates");
    for (int i = 0; i < candidates.size(); i++) {
      JsonObject candidate = candidates.get(i).getAsJsonObject();
      assertEquals(next.candidates().get(i).id(), candidate.get("id").getAsInt());
      assertEquals(
          next.candidates().get(i).probability(), candidate.get("probability").getAsDouble(), SAME);
    }
  }

  @Test
  void ofTheSampleThatSees() {
    ModelSource sample = ModelSource.of(SampleVersion.parse("shapes-vlm"));
    RunSnapshot run = open(sample, STAR.prompt());
    everyLine(run, Optional.empty());
    Head head = new Head(2, 6);
    HeadEffect effect = host.without(run.id(), head, Intervention.Mode.ZERO, Progress.NONE);
    JsonObject changed =
        json(new CopyCommand(run, Bos.DEFAULT, Optional.empty())
                .without(head, Intervention.Mode.ZERO))
            .getAsJsonObject("changed");
    assertEquals(effect.before(), changed.get("before").getAsDouble(), SAME);
    assertEquals(effect.after(), changed.get("after").getAsDouble(), SAME);
  }

  @Test
  void ofAModelWithoutATokenizer() {
    everyLine(open(Fixtures.parity("llava"), "1 2 319 5 6 7"), Optional.empty());
  }

  @Test
  void ofATowerByItself() {
    everyLine(open(Fixtures.parity("vit"), ""), Optional.empty());
  }

  /**
   * Pixel shuffle; pictures or prompts whose tokens see each other, so that masks are those of the
   * prompt; places along three axes.
   */
  @ParameterizedTest
  @ValueSource(strings = {"idefics3", "gemma3_vision", "paligemma", "qwen2_vl"})
  void ofEveryWayToSee(String family) {
    int image =
        host.ask(
            host.open(Fixtures.parity(family), Progress.NONE),
            (model, p) -> model.spec().vision().orElseThrow().imageToken(),
            Progress.NONE);
    everyLine(view("1 2 3 4 " + image + " 5 6 7 8 9 10", Optional.empty()), Optional.empty());
  }

  @Test
  void ofATurn() throws IOException {
    host.open(ModelSource.of(ChatModels.seeing(folder.resolve("shapes"))), Progress.NONE);
    String question = STAR.prompt().replace("<image> ", "");
    Chat chat = Chat.of(List.of(new ChatMessage(ChatMessage.USER, question)));
    RunSnapshot run = view("", Optional.of(chat));
    NextTokens next = host.next(run.id(), run.length() - 1);
    assertEquals("␣" + STAR.answer(), next.candidates().get(0).label());
    assertTrue(
        run.prompt().written().orElseThrow().summary().startsWith("roles applied: user"),
        run.prompt().written().orElseThrow().summary());
    assertEquals("r0c0", run.tokens().label(1));
    everyLine(run, Optional.of(chat));
  }
}
