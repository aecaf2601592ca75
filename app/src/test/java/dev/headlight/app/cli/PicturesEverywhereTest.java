package dev.headlight.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.samples.SampleExample;
import dev.headlight.samples.Samples;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prompt with a picture in every command that reads a prompt. */
class PicturesEverywhereTest {
  private static final String SHAPES = "sample:shapes-vlm";
  private static final SampleExample STAR = Samples.examples("shapes-vlm").get(0);
  private static final SampleExample TRIANGLE = Samples.examples("shapes-vlm").get(1);
  private static final Path VIT = CliRun.fixture("vit");

  @TempDir private Path folder;

  private static JsonObject json(Object... line) {
    List<Object> all = new ArrayList<>(List.of(line));
    all.add("--json");
    CliRun run = CliRun.of(all.toArray());
    assertEquals(0, run.code(), run.err());
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private static void refused(String message, Object... line) {
    CliRun run = CliRun.of(line);
    assertEquals(3, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  private static String label(JsonObject next) {
    return next.getAsJsonArray("candidates").get(0).getAsJsonObject().get("label").getAsString();
  }

  private static double value(JsonObject scores, int row, String score) {
    return scores.getAsJsonArray("heads").get(row).getAsJsonObject().get(score).getAsDouble();
  }

  @Test
  void theNextTokenIsOfThePicture() {
    JsonObject star = json("next", SHAPES, "--prompt", STAR.prompt(), "--image", STAR.picture());
    assertEquals("␣" + STAR.answer(), label(star));
    JsonObject other =
        json("next", SHAPES, "--prompt", STAR.prompt(), "--image", TRIANGLE.picture());
    assertNotEquals(star.get("candidates"), other.get("candidates"));
  }

  @Test
  void aTurnTakesThePicture() throws IOException {
    String question = STAR.prompt().replace("<image> ", "");
    Path chat = folder.resolve("chat.json");
    Files.writeString(
        chat,
        "[{\"role\": \"user\", \"content\": [{\"type\": \"image\"}, {\"type\": \"text\", \"text\": \""
            + question
            + "\"}]}]");
    refused("no chat_template", "next", SHAPES, "--chat-file", chat, "--image", STAR.picture());
    Path model = ChatModels.seeing(folder.resolve("shapes"));
    JsonObject file = json("next", model, "--chat-file", chat, "--image", STAR.picture());
    JsonObject option =
        json("next", model, "--chat", "--prompt", question, "--image", STAR.picture());
    JsonObject written =
        json("next", model, "--chat", "--prompt", STAR.prompt(), "--image", STAR.picture());
    assertEquals(file, option);
    assertEquals("␣" + STAR.answer(), label(file));
    assertEquals(label(file), label(written));
  }

  @Test
  void scoresAndSinksAreOfThePicture() {
    JsonObject scores =
        json(
            "scores",
            SHAPES,
            "--kinds",
            "entropy,imageShare,imageToImage,yopo,vhd,patchDistance",
            "--prompt",
            STAR.prompt(),
            "--image",
            STAR.picture());
    JsonObject blind =
        json(
            "scores",
            SHAPES,
            "--kinds",
            "entropy",
            "--prompt",
            STAR.prompt(),
            "--image",
            TRIANGLE.picture());
    assertTrue(scores.getAsJsonObject("definitions").get("vhd").getAsString().contains("‖z"));
    double share = 0;
    double differs = 0;
    double most = 0;
    for (int row = 0; row < scores.getAsJsonArray("heads").size(); row++) {
      share = Math.max(share, value(scores, row, "imageShare"));
      differs += Math.abs(value(scores, row, "entropy") - value(blind, row, "entropy"));
      most = Math.max(most, value(scores, row, "vhd"));
    }
    assertTrue(share > 0.8, "some head of the sample looks at the picture, found " + share);
    assertTrue(most > 1, "some head needs the picture, divergence " + most);
    assertTrue(differs > 0.1, "another picture is looked at differently, by " + differs);
    JsonObject sinks =
        json(
            "sinks",
            SHAPES,
            "--prompt",
            STAR.prompt(),
            "--image",
            STAR.picture(),
            "--mask",
            "--concentration-csv",
            folder.resolve("c.csv"),
            "--gamma",
            "0.5");
    assertEquals(32, sinks.getAsJsonArray("heads").size());
    assertTrue(sinks.getAsJsonObject("zeroTuning").get("baseline").getAsDouble() > 0);
  }

  @Test
  void aTowerHasScoresAndSinksOfItsOwn() {
    Path picture = CliRun.fixture("vit").resolve("image.png");
    Path shown = Files.exists(picture) ? picture : STAR.picture();
    JsonObject scores =
        json("scores", VIT, "--kinds", "first,imageToImage,patchDistance,vhd", "--image", shown);
    JsonArray heads = scores.getAsJsonArray("heads");
    assertEquals(12, heads.size());
    for (JsonElement head : heads) {
      double first = head.getAsJsonObject().get("first").getAsDouble();
      assertTrue(first > 0 && first < 1, "attention to the class token, " + first);
      assertTrue(head.getAsJsonObject().get("patchDistance").getAsDouble() > 0);
      assertTrue(head.getAsJsonObject().get("vhd").isJsonNull());
    }
    JsonObject sinks = json("sinks", VIT, "--image", shown);
    assertEquals(12, sinks.getAsJsonArray("heads").size());
    refused("reads pictures", "scores", VIT, "--kinds", "first", "--prompt", "a");
    refused("leave the prompt out", "sinks", VIT, "--tokens", "1,2", "--image", shown);
    refused("answers once for all of them", "sinks", VIT, "--image", shown, "--gamma", "0.5");
    refused("reads pictures and no text", "scores", VIT, "--random", "8", "--kinds", "entropy");
  }

  @Test
  void patchingMovesWhatOnePictureSaysIntoTheOther() {
    Object[] pair = {
      "--clean",
      STAR.prompt(),
      "--corrupt",
      STAR.prompt(),
      "--answer",
      " green",
      "--wrong",
      " white",
      "--image",
      STAR.picture(),
      "--corrupt-image",
      TRIANGLE.picture()
    };
    JsonObject exact = json(line("patch", pair, "--site", "resid_pre", "--positions", "last"));
    double clean = exact.get("clean").getAsDouble();
    double corrupt = exact.get("corrupt").getAsDouble();
    assertTrue(clean > corrupt + 1, clean + " and " + corrupt);
    JsonArray cells = exact.getAsJsonArray("cells");
    assertEquals(0, cells.get(0).getAsJsonObject().get("normalised").getAsDouble(), 0.02);
    JsonObject first = json(line("patch", pair, "--site", "z", "--method", "attribution"));
    assertEquals(clean, first.get("clean").getAsDouble(), 1e-3);
    JsonObject circuit = json(line("circuit", pair, "--method", "eap", "--top", "60", "--direct"));
    assertEquals(clean, circuit.get("clean").getAsDouble(), 1e-3);
    assertTrue(circuit.getAsJsonArray("edges").size() > 20);
    refused(
        "less than 0.1 apart",
        line(
            "circuit",
            new Object[] {
              "--clean",
              STAR.prompt(),
              "--corrupt",
              STAR.prompt(),
              "--answer",
              " green",
              "--wrong",
              " white",
              "--image",
              STAR.picture()
            },
            "--method",
            "eap"));
  }

  private static Object[] line(String command, Object[] pair, Object... more) {
    List<Object> all = new ArrayList<>(List.of(command, SHAPES));
    all.addAll(List.of(pair));
    all.addAll(List.of(more));
    return all.toArray();
  }

  @Test
  void aPromptAndItsPicturesFitEachOther() {
    String bare = "What colour is the star?";
    refused(
        "the prompt has <image> and no picture is given",
        "next",
        SHAPES,
        "--prompt",
        STAR.prompt());
    refused("the prompt has <image> and no picture", "sinks", SHAPES, "--prompt", STAR.prompt());
    refused(
        "the prompt has no <image>", "next", SHAPES, "--prompt", bare, "--image", STAR.picture());
    refused(
        "2 times <image>",
        "scores",
        SHAPES,
        "--prompt",
        "<image> <image> " + bare,
        "--image",
        STAR.picture());
    refused("and no picture", "next", CliRun.fixture("llava"), "--tokens", "1,319,2");
    refused(
        "takes the place of --image",
        line(
            "patch",
            new Object[] {
              "--clean",
              STAR.prompt(),
              "--corrupt",
              STAR.prompt(),
              "--answer",
              " green",
              "--wrong",
              " white",
              "--corrupt-image",
              STAR.picture()
            },
            "--site",
            "z"));
    refused(
        "a picture stands in one prompt", "scores", SHAPES, "--library", "--image", STAR.picture());
    refused("headlight visual ranks the heads", "retrieval", SHAPES, "--image", STAR.picture());
  }

  @Test
  void aModelOfTextReadsNoPicture() {
    Path gpt2 = CliRun.fixture("gpt2");
    for (String command : List.of("next", "scores", "sinks", "capture", "generate")) {
      List<Object> line =
          new ArrayList<>(List.of(command, gpt2, "--prompt", "the fox", "--image", STAR.picture()));
      if (command.equals("capture")) {
        line.addAll(List.of("--out", folder.resolve("out")));
      }
      refused("gpt2 reads no pictures; leave the picture out", line.toArray());
    }
  }

  @Test
  void badPicturesAreNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    Path cut = folder.resolve("cut.png");
    byte[] whole = Files.readAllBytes(STAR.picture());
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    Path flat = folder.resolve("flat.png");
    byte[] none = whole.clone();
    none[20] = none[21] = none[22] = none[23] = 0; // The height in IHDR.
    Files.write(flat, none);
    for (Path bad : List.of(text, cut, flat, folder.resolve("missing.png"))) {
      refused(bad.toString(), "next", SHAPES, "--prompt", STAR.prompt(), "--image", bad);
    }
  }

  /** 108 million pixels of one bit. */
  @Test
  void anEnormousPictureIsReadInStepsAndItIsSaid() throws IOException {
    BufferedImage image = new BufferedImage(12_000, 9_000, BufferedImage.TYPE_BYTE_BINARY);
    Path file = folder.resolve("large.png");
    ImageIO.write(image, "png", file.toFile());
    CliRun run = CliRun.of("next", SHAPES, "--prompt", STAR.prompt(), "--image", file);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("108 million pixels"), run.err());
  }

  @Test
  void aMissingPreprocessorIsSaid() throws IOException {
    Path model = ChatModels.copy("shapes-vlm", folder.resolve("shapes"));
    Files.delete(model.resolve("preprocessor_config.json"));
    CliRun run = CliRun.of("next", model, "--prompt", STAR.prompt(), "--image", STAR.picture());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("preprocessor_config.json is missing"), run.err());
    assertTrue(run.err().contains("what is usual for"), run.err());
  }
}
