package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.PicturePrompts;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.image.PreparedPictures;
import dev.headlight.analysis.image.PromptExpansion;
import dev.headlight.analysis.image.StoredPixels;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PatchSpec;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.ChatPrompt;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.pictures.PictureInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Pictures that the model sees, and prompts with room for them. */
final class PictureOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "A picture (PNG, JPEG, WebP, GIF); repeatable, in the order of the prompt.")
  private List<Path> images = List.of();

  @Option(
      names = "--pixels",
      paramLabel = "FILE",
      description =
          "A .safetensors file with pixel_values, and what else the processor made, in place of --image.")
  private Path pixels;

  /**
   * What the model reads.
   *
   * @param prompts token ids; for a tower by itself its places
   * @param pictures one a prompt, or none
   * @param hidden padding, one list a prompt, or none
   */
  record Read(List<Tokens> prompts, List<Pixels> pictures, List<boolean[]> hidden) {
    /** The same in a request. */
    RunRequest in(RunRequest request) {
      return request.withPictures(pictures).hiding(hidden);
    }

    /** All prompts, to be run. */
    RunRequest request() {
      return in(RunRequest.ofSequences(prompts.stream().map(Tokens::ids).toList()));
    }
  }

  /** The pictures of every prompt, and who makes room for them; both may be empty. */
  private record Given(Optional<Pixels> pixels, Optional<InputOptions.Room> room) {
    List<Pixels> of(List<Tokens> prompts) {
      return pixels.map(p -> prompts.stream().map(t -> p).toList()).orElse(List.of());
    }
  }

  /** Whether there is a picture. */
  boolean given() {
    return pixels != null || !images.isEmpty();
  }

  /** Prompts and pictures as the model takes them; notices are told. */
  Read read(InputOptions input, Model model, Terminal terminal) {
    if (model.spec().patches().isPresent()) {
      return tower(input.given(), model, terminal);
    }
    Given given = given(model, terminal);
    boolean masks = model.spec().vision().filter(v -> !v.inPrompt()).isPresent();
    List<Tokens> prompts = input.read(model.tokenizer(), given.room(), masks);
    return new Read(prompts, given.of(prompts), input.hidden());
  }

  /**
   * The same for commands that take several prompts.
   *
   * @param source what was given; null for nothing, as a tower takes it
   */
  Read read(GivenInput source, Bos bos, Model model, Terminal terminal) {
    if (model.spec().patches().isPresent()) {
      return tower(source != null, model, terminal);
    }
    if (source == null) {
      throw new HeadlightException(
          Kind.INPUT, model.name() + " reads a prompt beside the picture; give one with --prompt.");
    }
    Given given = given(model, terminal);
    List<Tokens> prompts =
        source.hasIds()
            ? source.ids().stream()
                .map(ids -> InputOptions.ofIds(model.tokenizer(), given.room(), ids))
                .toList()
            : List.of(
                InputOptions.ofText(
                    model.tokenizer(), given.room(), source.text().orElseThrow(), bos));
    return new Read(prompts, given.of(prompts), List.of());
  }

  private Given given(Model model, Terminal terminal) {
    Optional<VisionSpec> inPrompt = model.spec().vision().filter(VisionSpec::inPrompt);
    if (pixels != null) {
      return new Given(Optional.of(stored(model)), Optional.empty());
    }
    Optional<PreparedPictures> ready = prepared(model, terminal);
    return new Given(
        ready.map(PreparedPictures::pixels), inPrompt.map(v -> room(model, ready, terminal)));
  }

  /**
   * What a processor made of the pictures; notices are told.
   *
   * @return empty without {@code --image}
   */
  Optional<PreparedPictures> prepared(Model model, Terminal terminal) {
    return images.isEmpty() ? Optional.empty() : Optional.of(prepared(images, model, terminal));
  }

  /** The same of other files. */
  static PreparedPictures prepared(List<Path> files, Model model, Terminal terminal) {
    requireSight(model);
    PictureInput read = PictureInput.read(files, model.checkpoint().folder());
    read.notices().forEach(terminal::note);
    return read.prepared();
  }

  private Pixels stored(Model model) {
    if (!images.isEmpty()) {
      throw new ParameterException(
          command.commandLine(), "--image and --pixels exclude each other");
    }
    requireSight(model);
    try (SafetensorsFile stored = SafetensorsFile.open(pixels)) {
      return StoredPixels.read(stored);
    }
  }

  /** Pictures that a processor did not make; empty without {@code --pixels}. */
  Optional<Pixels> storedPixels(Model model) {
    return pixels == null ? Optional.empty() : Optional.of(stored(model));
  }

  private static void requireSight(Model model) {
    if (model.spec().vision().isEmpty() && model.spec().patches().isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT,
          model.name()
              + " reads no pictures; leave the picture out, or open a model with a vision tower.");
    }
  }

  private Read tower(boolean prompted, Model model, Terminal terminal) {
    ModelSpec spec = model.spec();
    if (prompted) {
      throw new HeadlightException(
          Kind.INPUT,
          spec.family() + " reads pictures and no text; leave the prompt out and give --image.");
    }
    Optional<Pixels> seen = given(model, terminal).pixels();
    if (seen.isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT, spec.family() + " reads pictures; give one with --image or --pixels.");
    }
    RunRequest request = RunRequest.ofPicture(spec, seen.get());
    List<Tokens> places = new ArrayList<>();
    for (int i = 0; i < request.sequences().size(); i++) {
      places.add(named(model, request, i));
    }
    return new Read(places, request.pictures(), List.of());
  }

  /** The places of a tower by their names. */
  private static Tokens named(Model model, RunRequest request, int sequence) {
    PatchGrid grid = model.runner().where(request, sequence).patches().get(0);
    PatchSpec patches = model.spec().patches().orElseThrow();
    return Tokens.ofLabels(
        Arrays.stream(request.sequences().get(sequence))
            .mapToObj(token -> patches.label(token, grid))
            .toList());
  }

  /** Without pictures a prompt may not say that there are some. */
  private static InputOptions.Room room(
      Model model, Optional<PreparedPictures> pictures, Terminal terminal) {
    PromptExpansion expansion =
        PromptExpansion.open(model.checkpoint().config(), model.tokenizer());
    PicturePrompts prompts =
        new PicturePrompts(
            expansion,
            model.tokenizer(),
            pictures.map(PreparedPictures::layouts).orElse(List.of()));
    return new InputOptions.Room() {
      @Override
      public Tokens text(String prompt, Bos bos) {
        PicturePrompts.Read read = prompts.text(prompt, bos);
        read.notice().ifPresent(terminal::note);
        return read.tokens();
      }

      @Override
      public ChatPrompt chat(Chat turns, Bos bos) {
        return prompts.chat(turns, bos);
      }

      @Override
      public Tokens ids(int... ids) {
        return prompts.ids(ids);
      }
    };
  }

  /** Refuses pictures where a command takes none with them. */
  static Optional<Pixels> one(Read read) {
    return read.pictures().stream().findFirst();
  }

  /** What the pictures were, for provenance; empty without. */
  String names() {
    return pixels != null
        ? pixels.toString()
        : images.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
