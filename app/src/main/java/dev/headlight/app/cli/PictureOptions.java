package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.PictureLayout;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.image.PromptExpansion;
import dev.headlight.analysis.image.StoredPixels;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PatchSpec;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.pictures.PictureInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
  }

  private record Given(Pixels pixels, List<PictureLayout> layouts) {}

  /** Prompts and pictures as the model takes them; notices are told. */
  Read read(InputOptions input, Model model, Terminal terminal) {
    Optional<Given> given = given(model, terminal);
    if (model.spec().patches().isPresent()) {
      return tower(input, model, given);
    }
    boolean inPrompt = model.spec().vision().filter(v -> v.inPrompt()).isPresent();
    Optional<InputOptions.Room> room =
        given
            .filter(g -> inPrompt && !g.layouts().isEmpty())
            .map(g -> room(model, g.layouts(), terminal));
    boolean masks = model.spec().vision().isPresent() && !inPrompt;
    List<Tokens> prompts = input.read(model.tokenizer(), room, masks);
    List<Pixels> pictures =
        given.map(g -> prompts.stream().map(p -> g.pixels()).toList()).orElse(List.of());
    return new Read(prompts, pictures, input.hidden());
  }

  private Optional<Given> given(Model model, Terminal terminal) {
    if (pixels != null && !images.isEmpty()) {
      throw new ParameterException(
          command.commandLine(), "--image and --pixels exclude each other");
    }
    if (pixels != null) {
      try (SafetensorsFile stored = SafetensorsFile.open(pixels)) {
        return Optional.of(new Given(StoredPixels.read(stored), List.of()));
      }
    }
    if (images.isEmpty()) {
      return Optional.empty();
    }
    PictureInput read = PictureInput.read(images, model.checkpoint().folder());
    read.notices().forEach(terminal::note);
    return Optional.of(new Given(read.prepared().pixels(), read.prepared().layouts()));
  }

  private Read tower(InputOptions input, Model model, Optional<Given> given) {
    ModelSpec spec = model.spec();
    if (input.given()) {
      throw new HeadlightException(
          Kind.INPUT,
          spec.family() + " reads pictures and no text; leave the prompt out and give --image.");
    }
    if (given.isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT, spec.family() + " reads pictures; give one with --image or --pixels.");
    }
    RunRequest request = RunRequest.ofPicture(spec, given.get().pixels());
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

  private static InputOptions.Room room(
      Model model, List<PictureLayout> layouts, Terminal terminal) {
    PromptExpansion expansion =
        PromptExpansion.open(model.checkpoint().config(), model.tokenizer());
    return new InputOptions.Room() {
      @Override
      public Tokens text(String prompt) {
        var expanded = expansion.expand(prompt, layouts);
        expanded.notice().ifPresent(terminal::note);
        return InputOptions.required(model.tokenizer()).encode(expanded.text(), expanded.special());
      }

      @Override
      public Tokens ids(int... ids) {
        int[] all = expansion.expand(ids, layouts);
        return Tokens.ofIds(model.tokenizer().orElse(null), all);
      }
    };
  }

  /** Refuses pictures where a command takes none with them. */
  static Optional<Pixels> one(Read read) {
    return read.pictures().stream().findFirst();
  }

  /** What the pictures were, for provenance; empty without. */
  String names() {
    return pixels != null ? pixels.toString() : String.join(", ", texts());
  }

  private String[] texts() {
    return Arrays.stream(images.toArray(Path[]::new)).map(Path::toString).toArray(String[]::new);
  }
}
