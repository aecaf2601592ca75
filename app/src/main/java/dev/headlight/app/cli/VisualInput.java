package dev.headlight.app.cli;

import dev.headlight.analysis.model.Model;
import dev.headlight.app.visual.VisualPrompt;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Pictures, and the prompt they stand in. */
final class VisualInput {
  /** The prompt; none for models that read pictures alone. */
  static final class Source {
    @Option(
        names = "--prompt",
        paramLabel = "TEXT",
        description =
            "Text with the model's placeholder, such as <image>, where the picture stands.")
    private String prompt;

    @Option(names = "--prompt-file", paramLabel = "FILE", description = "A text file, UTF-8.")
    private Path promptFile;

    @Option(
        names = "--tokens",
        paramLabel = "1,2,3",
        split = ",",
        description = "Token ids; an image token is written out as often as the picture needs.")
    private List<Integer> tokens;
  }

  @Option(
      names = "--image",
      paramLabel = "FILE",
      required = true,
      description = "PNG, JPEG, WebP or GIF; repeatable, the first one is shown.")
  private List<Path> images;

  @ArgGroup(multiplicity = "0..1")
  private Source source;

  @Option(
      names = "--bos",
      negatable = true,
      description = "Begin text with the BOS token, or not; default: as the tokenizer does.")
  private Boolean bos;

  VisualPrompt read(Model model) {
    return VisualPrompt.read(model, images, text(), ids(), GivenInput.bos(bos));
  }

  private Optional<String> text() {
    if (source == null || source.tokens != null) {
      return Optional.empty();
    }
    return Optional.of(source.prompt != null ? source.prompt : InputFiles.text(source.promptFile));
  }

  private Optional<int[]> ids() {
    return source == null || source.tokens == null
        ? Optional.empty()
        : Optional.of(source.tokens.stream().mapToInt(Integer::intValue).toArray());
  }
}
