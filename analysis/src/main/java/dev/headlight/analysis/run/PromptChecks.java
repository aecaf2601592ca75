package dev.headlight.analysis.run;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.Transformer;
import dev.headlight.analysis.model.VisionSpec;
import java.util.Arrays;
import java.util.List;

/** Whether a model can read what a request gives it: ids, types, padding, pictures. */
final class PromptChecks {
  private final Transformer transformer;
  private final ModelSpec spec;

  PromptChecks(Transformer transformer) {
    this.transformer = transformer;
    spec = transformer.spec();
  }

  /**
   * Checks the prompts of a request.
   *
   * @throws HeadlightException when the model cannot read one of them
   */
  void check(RunRequest request) {
    if (spec.patches().isPresent()) {
      checkPictures(request);
      return;
    }
    boolean seen = !request.pictures().isEmpty();
    request.sequences().forEach(s -> checkTokens(s, seen));
    checkTypes(request);
    requireOne(request, "picture", request.pictures().size(), spec.vision().isEmpty());
    requireOne(request, "list of padding", request.hidden().size(), false);
    for (int s = 0; s < request.hidden().size(); s++) {
      if (request.hidden().get(s).length != request.sequences().get(s).length) {
        throw new HeadlightException(
            Kind.INPUT,
            "prompt %d has %d tokens; its attention mask has %d numbers, give as many"
                .formatted(s, request.sequences().get(s).length, request.hidden().get(s).length));
      }
    }
  }

  /** A tower by itself reads pictures in place of tokens. */
  private void checkPictures(RunRequest request) {
    Pieces pieces = new Pieces(spec);
    if (request.pictures().size() != request.sequences().size()) {
      throw new HeadlightException(
          Kind.INPUT, spec.family() + " reads pictures and no text; give a picture");
    }
    for (int s = 0; s < request.pictures().size(); s++) {
      List<Pixels> own = pieces.of(request.pictures().get(s));
      int length = own.size() == 1 ? pieces.length(own.get(0)) : -1;
      if (request.sequences().get(s).length != length) {
        throw new HeadlightException(
            Kind.INPUT, "a tower reads one picture at a time; start with RunRequest.ofPicture");
      }
    }
  }

  private void requireOne(RunRequest request, String what, int found, boolean none) {
    if (found > 0 && none) {
      throw new HeadlightException(
          Kind.INPUT,
          spec.family()
              + " reads no pictures; leave them out, or open a model with a vision tower");
    }
    if (found > 0 && found != request.sequences().size()) {
      throw new HeadlightException(
          Kind.INPUT,
          "%d prompts and %d times a %s; give one a prompt"
              .formatted(request.sequences().size(), found, what));
    }
  }

  private void checkTypes(RunRequest request) {
    List<int[]> types = request.tokenTypes();
    if (types.isEmpty()) {
      return;
    }
    int count = spec.embedding().types();
    if (count == 0) {
      throw new HeadlightException(
          Kind.INPUT, spec.family() + " has no token types; leave them out");
    }
    for (int s = 0; s < request.sequences().size(); s++) {
      int expected = request.sequences().get(s).length;
      if (types.size() != request.sequences().size() || types.get(s).length != expected) {
        throw new HeadlightException(
            Kind.INPUT,
            "prompt " + s + " has " + expected + " tokens; give it as many token types");
      }
      for (int type : types.get(s)) {
        if (type < 0 || type >= count) {
          throw new HeadlightException(
              Kind.INPUT, "token type " + type + " is outside the model's, 0 to " + (count - 1));
        }
      }
    }
  }

  private void checkTokens(int[] tokens, boolean seen) {
    int maxPositions = spec.maxPositions();
    if (tokens.length == 0) {
      throw new HeadlightException(
          Kind.INPUT, "the prompt has no tokens; type some text or give ids");
    }
    if (tokens.length > maxPositions) {
      throw new HeadlightException(
          Kind.INPUT,
          "the prompt has "
              + tokens.length
              + " tokens, the model's positions end at "
              + maxPositions
              + "; shorten the prompt");
    }
    long rows = transformer.weights().embedding().tokens().rows();
    int image = spec.vision().filter(VisionSpec::inPrompt).map(VisionSpec::imageToken).orElse(-1);
    if (!seen && image >= 0 && Arrays.stream(tokens).anyMatch(id -> id == image)) {
      throw new HeadlightException(
          Kind.INPUT,
          "the prompt has image tokens (id %d) and no picture; give the picture, or leave them out"
              .formatted(image));
    }
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || (tokens[i] >= rows && tokens[i] != image)) {
        throw new HeadlightException(
            Kind.INPUT,
            "token id "
                + tokens[i]
                + " at position "
                + i
                + " is outside the vocabulary, 0 to "
                + (rows - 1));
      }
    }
  }
}
