package dev.headlight.app.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.job.Progress;
import dev.headlight.app.Fixtures;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.job.SameThreadJobRunner;
import dev.headlight.app.pictures.PictureShelf;
import dev.headlight.app.pictures.PromptPicture;
import dev.headlight.samples.SampleVersion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTakerTest {
  @TempDir private Path folder;
  private final ModelHost host = new ModelHost();
  private final Workbench w = new Workbench();
  private PictureShelf shelf;
  private PictureTaker taker;

  @BeforeEach
  void open() {
    shelf = new PictureShelf(folder);
    taker = new PictureTaker(w, new LatestOnly(new SameThreadJobRunner()), shelf);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private void open(ModelSource source, String prompt) {
    w.prompt.set(prompt);
    w.model.set(host.open(source, Progress.NONE));
  }

  @Test
  void theSampleBeginsWithThePictureOfItsPrompt() {
    ModelSource sample = ModelSource.of(SampleVersion.parse("shapes-vlm"));
    open(sample, sample.prompt().orElseThrow());
    assertEquals(1, w.pictures.get().size());
  }

  @Test
  void thePicturesOfTheUserStay() {
    PromptPicture own = shelf.of("own.png", "0".repeat(64));
    w.pictures.set(List.of(own));
    ModelSource sample = ModelSource.of(SampleVersion.parse("shapes-vlm"));
    open(sample, sample.prompt().orElseThrow());
    assertEquals(List.of(own), w.pictures.get());
  }

  @Test
  void aPictureBringsItsPlaceAndTakesItAway() {
    open(ModelSource.of(SampleVersion.parse("shapes-vlm")), "What is there?");
    PromptPicture own = shelf.of("own.png", "0".repeat(64));
    taker.taken(own);
    assertEquals("<image>\nWhat is there?", w.prompt.get());
    assertEquals(List.of(own), w.pictures.get());
    taker.remove(own);
    assertEquals("What is there?", w.prompt.get());
    assertEquals(List.of(), w.pictures.get());
  }

  @Test
  void aModelOfTextAloneTakesNone() {
    open(Fixtures.stories(), "Once");
    taker.taken(shelf.of("own.png", "0".repeat(64)));
    assertEquals(List.of(), w.pictures.get());
    assertTrue(w.notice.get().message().contains("reads text only"), w.notice.get().message());
  }
}
