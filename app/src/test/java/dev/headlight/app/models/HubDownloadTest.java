package dev.headlight.app.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubDownloadTest {
  private static final int SIZE = 3_000_000;
  private static final String WEIGHTS = "model.safetensors";

  @TempDir Path scratch;
  private FakeHub hub;
  private Path folder;

  @BeforeEach
  void start() throws IOException {
    byte[] weights = new byte[SIZE];
    new Random(1).nextBytes(weights);
    hub =
        new FakeHub()
            .with("config.json", "{\"model_type\": \"llama\"}")
            .with("tokenizer.json", "{}")
            .with("README.md", "# not needed")
            .with("pytorch_model.bin", "pickle")
            .with("onnx/model.onnx", "x")
            .with("../evil.json", "x")
            .with(WEIGHTS, weights);
    folder = scratch.resolve("model");
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private HubDownload download() {
    return new HubDownload(hub.uri(), f -> Long.MAX_VALUE, 1);
  }

  private Path fetch(Progress progress) {
    return download().fetch(FakeHub.NAME, HubDownload.MAIN, folder, progress);
  }

  private HeadlightException failure(String name) {
    return assertThrows(
        HeadlightException.class,
        () -> download().fetch(name, HubDownload.MAIN, folder, Progress.NONE));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private void assertComplete() throws IOException {
    assertEquals(List.of("config.json", WEIGHTS, "tokenizer.json"), names());
    assertArrayEquals(hub.files.get(WEIGHTS), Files.readAllBytes(folder.resolve(WEIGHTS)));
  }

  @Test
  void fetchesWhatAModelNeedsAndNothingElse() throws IOException {
    fetch(Progress.NONE);
    assertComplete();
    assertFalse(Files.exists(scratch.resolve("evil.json")));
  }

  @Test
  void whatIsThereAndRightIsNotFetchedAgain() throws IOException {
    fetch(Progress.NONE);
    hub.asked.clear();
    fetch(Progress.NONE);
    assertEquals(1, hub.asked.size(), hub.asked.toString());
    Files.writeString(folder.resolve(WEIGHTS), "spoilt");
    fetch(Progress.NONE);
    assertComplete();
  }

  @Test
  void goesOnByItselfAfterCuts() throws IOException {
    hub.cuts.addAll(List.of(1_000_000, 500_000));
    fetch(Progress.NONE);
    assertComplete();
    List<String> ranges =
        hub.asked.stream()
            .filter(a -> a.startsWith("/store/model") && a.contains("bytes"))
            .toList();
    assertEquals(2, ranges.size(), hub.asked.toString());
  }

  @Test
  void goesOnInTheNextRunWhereItEnded() throws IOException {
    hub.cuts.addAll(List.of(700_000, 0, 0, 0));
    HeadlightException e = failure(FakeHub.NAME);
    assertTrue(e.getMessage().contains("run it again, it goes on from there"), e.getMessage());
    assertFalse(Files.exists(folder.resolve(WEIGHTS)));
    hub.asked.clear();
    fetch(Progress.NONE);
    assertComplete();
    assertTrue(
        hub.asked.stream().anyMatch(a -> a.startsWith("/store/model") && a.contains("bytes=")),
        hub.asked.toString());
  }

  @Test
  void aServerWithoutRangesStartsAgain() throws IOException {
    hub.ranges = false;
    hub.cuts.add(700_000);
    fetch(Progress.NONE);
    assertComplete();
  }

  @Test
  void aWrongChecksumThrowsTheFileAway() throws IOException {
    hub.lies = true;
    HeadlightException e = failure(FakeHub.NAME);
    assertTrue(e.getMessage().startsWith("config.json: the checksum should be"), e.getMessage());
    assertEquals(List.of(), names());
  }

  @Test
  void theEtagIsTheChecksumWhereTheListHasNone() throws IOException {
    hub.sumsInList = false;
    fetch(Progress.NONE);
    assertComplete();
    hub.lies = true;
    Files.delete(folder.resolve(WEIGHTS));
    assertTrue(failure(FakeHub.NAME).getMessage().contains("checksum"));
  }

  @Test
  void aCutIsResumedEvenIfOnlyTheEtagNamesTheChecksum() throws IOException {
    hub.sumsInList = false;
    hub.cuts.add(700_000);
    fetch(Progress.NONE);
    assertComplete();
  }

  @Test
  void whatIsNotThereIsSaidSo() {
    assertTrue(failure("org/nobody").getMessage().contains("there is no such repository"));
    assertTrue(failure("org/gated").getMessage().contains("only public repositories"));
    assertFalse(Files.exists(folder));
  }

  @Test
  void aRepositoryWithoutSafetensorsIsRefused() {
    hub.files.remove(WEIGHTS);
    assertTrue(
        failure(FakeHub.NAME).getMessage().contains("expected config.json and *.safetensors"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../b", "", "a b", "a/b/c", "/etc/passwd", "a/b?x=1"})
  void badNamesNeverReachTheServer(String name) {
    assertTrue(failure(name).getMessage().contains("expected a repository's name"));
    assertEquals(List.of(), hub.asked);
  }

  @Test
  void aFullDiskIsSeenBeforehand() {
    HubDownload small = new HubDownload(hub.uri(), f -> 1_000_000, 1);
    HeadlightException e =
        assertThrows(
            HeadlightException.class,
            () -> small.fetch(FakeHub.NAME, HubDownload.MAIN, folder, Progress.NONE));
    assertEquals(Kind.OUTPUT, e.kind());
    assertTrue(e.getMessage().contains("3.0 MB are needed and 1.0 MB free"), e.getMessage());
  }

  @Test
  void nobodyListens() {
    hub.close();
    assertTrue(failure(FakeHub.NAME).getMessage().contains("the server cannot be reached"));
  }

  @Test
  void cancelAnswersEvenWhileNothingComes() throws IOException {
    hub.hangs = true;
    hub.cuts.add(500_000);
    Progress cancelledLater =
        new Progress() {
          private volatile long seen = Long.MAX_VALUE;

          @Override
          public void report(double fraction, String message) {
            if (message.startsWith(WEIGHTS) && seen == Long.MAX_VALUE) {
              seen = System.nanoTime();
            }
          }

          @Override
          public boolean cancelled() {
            return seen != Long.MAX_VALUE && System.nanoTime() - seen > 200_000_000L;
          }
        };
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThrows(CancellationException.class, () -> fetch(cancelledLater)));
    assertFalse(Files.exists(folder.resolve(WEIGHTS)));
    hub.hangs = false;
    fetch(Progress.NONE);
    assertComplete();
  }

  @Test
  void addressesAreChecked() {
    assertEquals(URI.create("https://hub.example/"), HubDownload.address("https://hub.example"));
    for (String bad : List.of("hub", "file:///etc", "http://", "ht tp://x")) {
      assertThrows(HeadlightException.class, () -> HubDownload.address(bad), bad);
    }
  }
}
