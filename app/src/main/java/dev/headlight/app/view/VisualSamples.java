package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.pictures.PictureShelf;
import dev.headlight.app.pictures.PromptPicture;
import dev.headlight.app.workbench.Notice;
import dev.headlight.samples.SampleExample;
import dev.headlight.samples.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.MenuButton;

/** Pictures with questions that come with a sample. */
final class VisualSamples {
  private final VisualDesk desk;

  VisualSamples(VisualDesk desk) {
    this.desk = desk;
  }

  /** The sample that is open; empty for other models. */
  private static Optional<String> sample(ModelFacts facts) {
    return Optional.ofNullable(facts).flatMap(f -> f.source().sample());
  }

  /** Whether the open model is a sample. */
  static boolean there(ModelFacts facts) {
    return sample(facts).isPresent();
  }

  /** A button that offers them; it stays hidden while there are none. */
  MenuButton button(ModelFacts facts) {
    MenuButton button = Ui.tool(new MenuButton("Sample pictures"));
    fill(button, facts);
    return button;
  }

  /** Offers those of a model. */
  void fill(MenuButton button, ModelFacts facts) {
    Ui.show(button, false);
    sample(facts)
        .ifPresent(
            name ->
                read(
                    button,
                    name,
                    examples -> {
                      button.getItems().clear();
                      examples.forEach(
                          e -> button.getItems().add(Menus.item(words(e), "", () -> take(e))));
                      Ui.show(button, !examples.isEmpty());
                    }));
  }

  private static String words(SampleExample example) {
    return example.prompt().replace("<image>", "").strip();
  }

  private void read(MenuButton button, String name, Consumer<List<SampleExample>> answer) {
    desk.context()
        .painter()
        .submit(
            button,
            Job.of("Sample pictures", p -> Samples.examples(name)),
            answer,
            failure -> desk.workbench().notice.set(Notice.of(failure)));
  }

  /** Asks an example's question of its picture. */
  private void take(SampleExample example) {
    desk.context()
        .painter()
        .submit(
            "sample picture",
            Job.of("Sample picture", p -> kept(example.picture())),
            picture -> {
              desk.files().awaitMask(example.mask());
              desk.workbench().prompt.set(example.prompt());
              desk.workbench().pictures.set(List.of(picture));
            },
            failure -> desk.workbench().notice.set(Notice.of(failure)));
  }

  private static PromptPicture kept(Path file) {
    return PictureShelf.ofUser().take(file);
  }
}
