package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;
import dev.headlight.app.visual.VisualPrompt;
import java.nio.file.Path;
import java.util.Arrays;
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
            "Text with the model's placeholder, such as <image>, where the picture stands; of CLIP"
                + " and SigLIP a text a line.")
    private String prompt;

    @Option(names = "--prompt-file", paramLabel = "FILE", description = "A text file, UTF-8.")
    private Path promptFile;

    @Option(
        names = "--tokens",
        paramLabel = "1,2,3",
        description =
            "Token ids; an image token is written out as often as the picture needs. Several texts"
                + " of CLIP and SigLIP: 1,2,3;4,5.")
    private String tokens;
  }

  @Option(
      names = "--image",
      paramLabel = "FILE",
      required = true,
      description = "PNG, JPEG, WebP or GIF; repeatable.")
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

  private List<int[]> ids() {
    return source == null || source.tokens == null
        ? List.of()
        : Arrays.stream(source.tokens.split(";", -1)).map(VisualInput::ids).toList();
  }

  private static int[] ids(String text) {
    try {
      return Arrays.stream(text.split(",", -1))
          .mapToInt(id -> Integer.parseInt(id.strip()))
          .toArray();
    } catch (NumberFormatException e) {
      throw new HeadlightException(
          Kind.INPUT, "--tokens: expected ids such as 1,2,3, found \"" + text + "\".", e);
    }
  }
}
