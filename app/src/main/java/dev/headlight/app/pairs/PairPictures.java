package dev.headlight.app.pairs;

import dev.headlight.analysis.image.PreparedPictures;
import dev.headlight.analysis.image.PromptExpansion;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.pairs.PairReader;
import dev.headlight.analysis.pairs.PromptPair;
import dev.headlight.app.pictures.PictureInput;
import dev.headlight.app.pictures.PromptPicture;
import java.nio.file.Path;
import java.util.List;

/**
 * The pictures of pairs. What a processor made of them is kept while they stay, so that a pair that
 * is read again is the same pair. Belongs to the model's thread.
 */
final class PairPictures {
  private List<Path> last = List.of();
  private Path folder;
  private PreparedPictures prepared;

  /** Who reads a pair: with the pictures where one of its prompts says that there are some. */
  PairReader reader(Model model, PairReader plain, PromptPair pair, List<PromptPicture> pictures) {
    if (model.spec().vision().filter(VisionSpec::inPrompt).isEmpty()) {
      return plain;
    }
    PromptExpansion expansion =
        PromptExpansion.open(model.checkpoint().config(), model.tokenizer());
    boolean seeing = expansion.count(pair.clean()) + expansion.count(pair.corrupt()) > 0;
    if (!seeing || pictures.isEmpty()) {
      return plain.blind(expansion);
    }
    PreparedPictures ready = prepared(model, pictures.stream().map(PromptPicture::file).toList());
    return plain.seeing(expansion, ready, ready);
  }

  private PreparedPictures prepared(Model model, List<Path> files) {
    Path of = model.checkpoint().folder();
    if (prepared == null || !files.equals(last) || !of.equals(folder)) {
      prepared = PictureInput.read(files, of).prepared();
      last = files;
      folder = of;
    }
    return prepared;
  }
}
