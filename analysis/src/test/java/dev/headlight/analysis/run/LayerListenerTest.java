package dev.headlight.analysis.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.headlight.analysis.Parity;
import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerListenerTest {
  /** Each layer is told of once, in order, with its own numbers there and later ones not yet. */
  @Test
  void hearsOfLayersAsTheyAreDone() {
    List<Integer> layers = new ArrayList<>();
    List<HeadStatistics> heard = new ArrayList<>();
    LayerListener listener =
        (layer, soFar) -> {
          layers.add(layer);
          heard.add(soFar.get());
        };
    try (Model model = Model.open(Parity.folder("llama"), Progress.NONE);
        Run run =
            model
                .run(RunRequest.of(3, 14, 15, 92, 65).forViewing(), listener, Progress.NONE)
                .get(0)) {
      assertEquals(List.of(0, 1, 2), layers);
      HeadStatistics whole = run.statistics().orElseThrow();
      for (int h = 0; h < model.spec().heads(); h++) {
        float entropy = HeadStatistics.at(whole.entropy(), 0, h);
        assertEquals(entropy, HeadStatistics.at(heard.get(0).entropy(), 0, h));
        assertEquals(Float.NaN, HeadStatistics.at(heard.get(0).entropy(), 1, h));
        assertEquals(Float.NaN, heard.get(0).thumbnail(1, h).data()[0]);
      }
      assertArrayEquals(whole.thumbnails().data(), heard.get(2).thumbnails().data());
    }
  }
}
