package dev.headlight.app.workbench;

import dev.headlight.analysis.image.PromptExpansion;
import dev.headlight.analysis.job.Job;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.pictures.PictureShelf;
import dev.headlight.app.pictures.PromptPicture;
import dev.headlight.samples.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts pictures into the prompt and takes them out again. */
public final class PictureTaker {
  private final Workbench w;
  private final LatestOnly runner;
  private final PictureShelf shelf;

  /**
   * @param runner reads files
   * @param shelf keeps the pictures
   */
  public PictureTaker(Workbench workbench, LatestOnly runner, PictureShelf shelf) {
    this.w = workbench;
    this.runner = runner;
    this.shelf = shelf;
    w.model.addListener((o, old, now) -> begin(now));
  }

  /** A sample's own prompt, with the picture that it is about. */
  private record Begun(String prompt, PromptPicture picture) {}

  /** A sample that reads pictures begins with one. */
  private void begin(ModelFacts model) {
    if (model == null || !model.readsPictures() || !w.pictures.get().isEmpty()) {
      return;
    }
    model
        .source()
        .sample()
        .ifPresent(
            name ->
                runner.submit(
                    this,
                    Job.of("Picture of the sample", p -> first(name)),
                    found -> found.ifPresent(this::begin),
                    failure -> w.notice.set(Notice.of(failure))));
  }

  private Optional<Begun> first(String sample) {
    return Samples.examples(sample).stream()
        .findFirst()
        .map(example -> new Begun(example.prompt(), shelf.take(example.picture())));
  }

  private void begin(Begun begun) {
    if (w.pictures.get().isEmpty() && w.prompt.get().equals(begun.prompt())) {
      w.pictures.set(List.of(begun.picture()));
    }
  }

  /** Adds a picture to the prompt; a model that reads one at a time changes it for the other. */
  public void take(Path file) {
    runner.submit(
        file,
        Job.of("Picture " + file.getFileName(), p -> shelf.take(file)),
        this::taken,
        failure -> w.notice.set(Notice.of(failure)));
  }

  /** Adds a picture that is kept already. */
  public void taken(PromptPicture picture) {
    ModelFacts model = w.model.get();
    if (model == null || !model.readsPictures()) {
      w.notice.set(
          Notice.info(
              (model == null ? "No model is open" : model.name() + " reads text only")
                  + "; open a vision model, then drop the picture again."));
      return;
    }
    boolean one = model.spec().patches().isPresent() || model.placeholder().isEmpty();
    List<PromptPicture> pictures = new ArrayList<>(one ? List.of() : w.pictures.get());
    pictures.add(picture);
    room(model, pictures.size());
    w.pictures.set(List.copyOf(pictures));
  }

  /** Takes a picture out of the prompt. */
  public void remove(PromptPicture picture) {
    List<PromptPicture> pictures = new ArrayList<>(w.pictures.get());
    int index = pictures.indexOf(picture);
    if (index < 0) {
      return;
    }
    pictures.remove(index);
    String placeholder = w.model.get() == null ? "" : w.model.get().placeholder().orElse("");
    if (!placeholder.isEmpty()) {
      w.prompt.set(PromptExpansion.without(w.prompt.get(), placeholder, index));
    }
    w.pictures.set(List.copyOf(pictures));
  }

  /** A prompt that does not say where its pictures stand has them in front. */
  private void room(ModelFacts model, int pictures) {
    String placeholder = model.placeholder().orElse("");
    String prompt = w.prompt.get();
    boolean written = !placeholder.isEmpty() && model.hasTokenizer() && w.chat.get() == null;
    if (written && PromptExpansion.count(prompt, placeholder) == pictures - 1) {
      w.prompt.set(placeholder + "\n" + prompt);
    }
  }
}
