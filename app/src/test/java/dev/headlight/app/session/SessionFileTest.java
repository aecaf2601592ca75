package dev.headlight.app.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.ChatMessage;
import dev.headlight.app.export.ExportRequest.Format;
import dev.headlight.app.pictures.PictureShelf;
import dev.headlight.app.pictures.PromptPicture;
import dev.headlight.renderer.ValueScale;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionFileTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("my session.headlight");
  }

  /** A session with something in every part. */
  static Session full() {
    SessionState state =
        new SessionState(
            new PromptState(
                "a \"quoted\" <text>\n🙂 é",
                Optional.of(new Chat(List.of(new ChatMessage("user", "hi\u0007")), false)),
                Bos.OFF,
                List.of()),
            new Selection(Optional.of(new Head(1, 3)), 7, 2),
            new Compared("runs", Optional.of(new Head(0, 1)), "other", "zero:L0H1; bro"),
            List.of(new HeadGroup("ind, uction", HeadSet.parse("L1H*"))),
            new ViewState(
                "{\"panes\":{\"panes\":[\"head\"],\"selected\":\"head\"},\"left\":true}",
                Map.of("colour_scale", "LOG", "of_the_future", "7")));
    History history = new History(SessionState.first(), "New session", Instant::now);
    history.record(SessionState.first().withPrompt(PromptState.of("first")));
    history.record(state);
    history.record(state.withGroups(List.of()));
    history.undo();
    ExportedFigure figure =
        ExportedFigure.of(
            new Head(1, 3),
            Format.SVG,
            new ValueScale(ValueScale.Kind.LOG, 1e-4, 0.1 + 0.2, false, true),
            state.prompt());
    return new Session(
        new ModelReference("/some/where", "tiny", "ab12"),
        history.saved(),
        List.of(figure),
        Results.none().with("numbers", JsonParser.parseString("{\"a\":[1.5,null]}")));
  }

  @Test
  void everythingComesBack() {
    SessionFile.write(file(), full());
    SessionReader.Opened opened = SessionReader.read(file());
    assertEquals(full().model(), opened.session().model());
    assertEquals(full().state(), opened.session().state());
    assertEquals(full().exports(), opened.session().exports());
    assertEquals(full().results(), opened.session().results());
    assertEquals(List.of(), opened.problems());
    assertEquals(
        full().history().entries().stream().map(History.Entry::state).toList(),
        opened.session().history().entries().stream().map(History.Entry::state).toList());
    assertEquals(2, opened.session().history().position());
  }

  @Test
  void picturesOfPromptsComeAlong() throws IOException {
    BufferedImage image = new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 2, 0xff8800);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    PromptPicture picture = PictureShelf.ofUser().take("dot.png", bytes.toByteArray());
    PromptState prompt = new PromptState("see", Optional.empty(), Bos.DEFAULT, List.of(picture));
    History history =
        new History(SessionState.first().withPrompt(prompt), "dot", Clock.systemUTC());
    Session session =
        new Session(ModelReference.none(), history.saved(), List.of(), Results.none());
    SessionFile.write(file(), session);
    Files.delete(picture.file());

    SessionReader.Opened opened = SessionReader.read(file());
    assertEquals(prompt, opened.session().state().prompt());
    assertArrayEquals(bytes.toByteArray(), Files.readAllBytes(picture.file()));
    assertEquals(List.of(), opened.problems());
    Files.delete(picture.file());
  }

  @Test
  void savedAgainIsTheSame() throws IOException {
    Session session = full();
    SessionFile.write(file(), session);
    Session read = SessionReader.read(file()).session();
    assertEquals(session, read);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file()), files.toList(), "nothing else stays behind");
    }
  }

  @Test
  void arraysAreReadWhereTheyAreLookedAt() {
    float[] values = new float[3 * 50_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 7f;
    }
    Results results =
        Results.none()
            .with("pattern.L0", new SessionArray.Held(new Tensor(values, 3, 50_000)))
            .with("empty", new SessionArray.Held(new Tensor(new float[0], 0, 4)))
            .with("nan", new SessionArray.Held(new Tensor(new float[] {Float.NaN, -0f}, 2)));
    SessionFile.write(file(), full().withResults(results));
    Results read = SessionReader.read(file()).session().results();
    assertEquals(List.of("empty", "nan", "pattern.L0"), List.copyOf(read.arrays().keySet()));
    SessionArray array = read.arrays().get("pattern.L0");
    assertArrayEquals(new long[] {3, 50_000}, array.shape());
    float[] part = new float[4];
    array.read(99_999, FloatBuffer.wrap(part));
    assertArrayEquals(Arrays.copyOfRange(values, 99_999, 100_003), part);
    assertArrayEquals(values, array.tensor().data());
    SessionFile.write(file(), full().withResults(read));
    Results again = SessionReader.read(file()).session().results();
    assertArrayEquals(values, again.arrays().get("pattern.L0").tensor().data(), "written from it");
  }

  @Test
  void aKeptSessionNamesArraysOfAnotherFile() throws IOException {
    Tensor tensor = new Tensor(new float[] {1, 2, 3}, 3);
    Session session = full().withResults(Results.none().with("a", new SessionArray.Held(tensor)));
    SessionFile.write(file(), session);
    Path kept = folder.resolve("kept.headlight");
    SessionFile.writeLinked(kept, SessionReader.read(file()).session());
    Session read = SessionReader.read(kept).session();
    assertArrayEquals(tensor.data(), read.results().arrays().get("a").tensor().data());
    Files.delete(file());
    SessionReader.Opened alone = SessionReader.read(kept);
    assertEquals(Map.of(), alone.session().results().arrays());
    assertTrue(alone.problems().get(0).contains("my session"), alone.problems().toString());
  }

  @Test
  void aNewerVersionIsRefused() throws IOException {
    zip("{\"format\":\"headlight-session\",\"version\":2,\"headlight\":\"9.9\"}");
    refused("newer Headlight", "9.9", "version 1", "update");
  }

  @Test
  void damageIsToldAndTheFileStays() throws IOException {
    SessionFile.write(file(), full());
    byte[] whole = Files.readAllBytes(file());
    for (int length : new int[] {0, 10, whole.length / 2, whole.length - 5}) {
      Files.write(file(), Arrays.copyOf(whole, length));
      refused("damaged");
      assertEquals(length, Files.size(file()));
    }
    byte[] flipped = whole.clone();
    flipped[60] ^= 0x55;
    Files.write(file(), flipped);
    refused("damaged");
    Files.writeString(file(), "no zip at all");
    refused("damaged");
  }

  @Test
  void otherZipsAndOtherJsonAreRefused() throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file()))) {
      zip.putNextEntry(new ZipEntry("readme.txt"));
    }
    refused("no session.json");
    zip("{}");
    refused("no session of Headlight");
    for (String json : List.of("[]", "{\"format\":\"headlight-session\"}", "{\"format\":")) {
      zip(json);
      refused("damaged");
    }
    zip("{\"format\":\"headlight-session\",\"version\":1,\"x\":" + "[".repeat(100_000));
    refused("damaged");
    Files.delete(file());
    refused("there is no such session");
  }

  @Test
  void anExportNeverLeavesItsFolder() throws IOException {
    SessionFile.write(file(), full());
    String json = SessionJson.write(full(), Map.of()).replace("L1H3.svg", "../../L1H3.svg");
    zip(json);
    refused("L1H3.svg", "damaged");
  }

  @Test
  void whatCannotBeWrittenLeavesTheFormerFile() throws IOException {
    SessionFile.write(file(), full());
    byte[] before = Files.readAllBytes(file());
    Session broken = withArraysOfAFileThatChanged();
    assertThrows(HeadlightException.class, () -> SessionFile.write(file(), broken));
    assertArrayEquals(before, Files.readAllBytes(file()));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
    assertThrows(
        HeadlightException.class,
        () -> SessionFile.write(folder.resolve("no").resolve("folder.headlight"), full()));
  }

  @Test
  void leftoversOfAKilledProcessAreSweptUp() throws IOException {
    Path left = folder.resolve(".my session.headlight.999999999-0.tmp");
    Path own = folder.resolve(".my session.headlight." + ProcessHandle.current().pid() + "-7.tmp");
    Path other = folder.resolve(".other.headlight.999999999-0.tmp");
    for (Path path : List.of(left, own, other)) {
      Files.createFile(path);
    }
    SessionFile.write(file(), full());
    assertFalse(Files.exists(left));
    assertTrue(Files.exists(own));
    assertTrue(Files.exists(other));
  }

  /** Its writing fails half-way. */
  private Session withArraysOfAFileThatChanged() throws IOException {
    Path source = Files.createTempDirectory("arrays").resolve("source.headlight");
    Tensor tensor = new Tensor(new float[100], 100);
    SessionFile.write(
        source, full().withResults(Results.none().with("a", new SessionArray.Held(tensor))));
    Session read = SessionReader.read(source).session();
    Files.write(source, new byte[10]);
    return read;
  }

  private void refused(String... words) {
    String message =
        assertThrows(SessionException.class, () -> SessionReader.read(file())).getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
    assertTrue(message.contains(file().toString()), message);
  }

  private void zip(String json) throws IOException {
    try (OutputStream out = Files.newOutputStream(file());
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("session.json"));
      zip.write(json.getBytes(StandardCharsets.UTF_8));
    }
  }
}
