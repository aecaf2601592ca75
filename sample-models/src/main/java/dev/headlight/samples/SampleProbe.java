package dev.headlight.samples;

import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.retrieval.Needle;
import dev.headlight.analysis.retrieval.ProbeSource;
import dev.headlight.analysis.retrieval.ProbeTexts;
import dev.headlight.samples.world.Haystack;
import dev.headlight.samples.world.Vocabulary;
import java.util.Arrays;
import java.util.Random;

/**
 * Needle probes in the world of the samples: their models know no other words. They are told by how
 * they read a text, so that checkpoints and copies count too; every other model gets plain English.
 */
public final class SampleProbe implements ProbeSource {
  /** The only one. */
  public static final SampleProbe INSTANCE = new SampleProbe();

  private static final int TOKENS = 1024;
  private static final int NEEDLES = 3;
  private static final long SEED = 20261123;

  private SampleProbe() {}

  /** Drawn when they are first asked for. */
  private static final class Stories {
    static final Vocabulary VOCABULARY = Vocabulary.stories();
    static final ProbeTexts TEXTS = draw();

    private static ProbeTexts draw() {
      Haystack drawn = Haystack.draw(VOCABULARY, new Random(SEED), TOKENS, NEEDLES);
      return new ProbeTexts(
          "stories of the sample",
          drawn.text(),
          drawn.needles().stream()
              .map(n -> new Needle(n.sentence(), n.question(), n.answer(), n.lead()))
              .toList());
    }
  }

  @Override
  public ProbeTexts of(Model model) {
    return knows(model) ? Stories.TEXTS : ProbeTexts.STANDARD;
  }

  /** Whether a model reads stories word by word, as the sample of stories does. */
  public boolean knows(Model model) {
    if (model.spec().vocab() != Stories.VOCABULARY.size() || model.tokenizer().isEmpty()) {
      return false;
    }
    Needle needle = Stories.TEXTS.needles().get(0);
    String text = needle.sentence() + "\n\nQuestion: " + needle.question();
    int[] words = Stories.VOCABULARY.ids(text);
    return Arrays.equals(words, model.tokenizer().get().encode(text, false).ids());
  }
}
