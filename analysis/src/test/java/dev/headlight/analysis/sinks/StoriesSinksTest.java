package dev.headlight.analysis.sinks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sinks of a trained model, against the reference's numbers. */
class StoriesSinksTest {
  private static final Path FOLDER = Path.of("src/test/resources/stories260K");
  private static Model model;
  private static JsonObject reference;

  @BeforeAll
  static void open() throws IOException {
    model = Model.open(FOLDER, Progress.NONE);
    reference =
        JsonParser.parseString(Files.readString(FOLDER.resolve("b_sinks.json"))).getAsJsonObject();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static int[] ints(JsonElement array) {
    return array.getAsJsonArray().asList().stream().mapToInt(JsonElement::getAsInt).toArray();
  }

  private static double at(JsonObject variant, String key, Head head) {
    JsonArray row = variant.getAsJsonArray(key).get(head.layer()).getAsJsonArray();
    return row.get(head.head()).getAsDouble();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "bos"})
  void sinksAreThoseOfTheReference(String name) {
    JsonObject variant = reference.getAsJsonObject("variants").getAsJsonObject(name);
    List<int[]> sequences = new ArrayList<>();
    variant
        .getAsJsonArray("texts")
        .forEach(t -> sequences.add(ints(t.getAsJsonObject().get("ids"))));
    SinkStatistics statistics =
        SinkAnalysis.measure(model, SinkRequest.of(sequences), Progress.NONE);
    SinkRates at64 = statistics.rates(0.3, 64, 0);
    SinkRates whole = statistics.rates(0.3);
    for (int i = 0; i < 40; i++) {
      Head head = new Head(i / 8, i % 8);
      assertEquals(at(variant, "alpha0_T64_by_head", head), at64.mean(head), 1e-5, "" + head);
      assertEquals(at(variant, "sink_rate_T64_by_head", head), at64.rate(head), 1e-6, "" + head);
      assertEquals(at(variant, "alpha0_full_by_head", head), whole.mean(head), 1e-5, "" + head);
    }
    assertEquals(variant.get("sink_1_percent").getAsDouble(), 100 * at64.model(), 1e-6);
    later(variant, statistics);
    norms(variant, statistics);
  }

  private static void later(JsonObject variant, SinkStatistics statistics) {
    List<LaterSink> all = statistics.later(0.3, 0);
    for (int s = 0; s < statistics.sequences().size(); s++) {
      int sequence = s;
      JsonObject text = variant.getAsJsonArray("texts").get(s).getAsJsonObject();
      List<LaterSink> own = all.stream().filter(l -> l.sequence() == sequence).toList();
      int expected = 0;
      for (JsonElement position : text.getAsJsonArray("later_sinks_by_position")) {
        int key = position.getAsJsonArray().get(0).getAsInt();
        int count = position.getAsJsonArray().get(2).getAsInt();
        assertEquals(count, own.stream().filter(l -> l.position() == key).count());
        expected += count;
      }
      assertEquals(expected, own.size());
      for (JsonElement one : text.getAsJsonArray("strongest_later")) {
        JsonArray row = one.getAsJsonArray();
        Head head = Head.parse(row.get(0).getAsString());
        int key = row.get(1).getAsInt();
        LaterSink found =
            own.stream()
                .filter(l -> l.head().equals(head) && l.position() == key)
                .findFirst()
                .orElseThrow();
        assertEquals(row.get(3).getAsDouble(), found.mean(), 1e-5);
      }
    }
  }

  private static void norms(JsonObject variant, SinkStatistics statistics) {
    for (JsonElement one : variant.getAsJsonArray("activations")) {
      JsonObject layer = one.getAsJsonObject();
      int x = layer.get("x").getAsInt();
      List<Activations> all =
          statistics.sequences().stream().map(s -> s.activations().orElseThrow()).toList();
      double first = all.stream().mapToDouble(a -> a.norm(x, 0)).average().orElseThrow();
      double rest = all.stream().mapToDouble(a -> a.medianRest(x)).average().orElseThrow();
      double ratio =
          all.stream().mapToDouble(a -> a.peaks().get(x).ratio()).average().orElseThrow();
      assertEquals(layer.get("norm_pos0").getAsDouble(), first, 1e-4 * first);
      assertEquals(layer.get("norm_median_rest").getAsDouble(), rest, 1e-4 * rest);
      assertEquals(layer.get("ratio_to_median").getAsDouble(), ratio, 1e-4 * ratio);
      for (int s = 0; s < all.size(); s++) {
        int[] at = ints(layer.getAsJsonArray("max_abs_at").get(s));
        assertEquals(at[0], all.get(s).peaks().get(x).position());
        assertEquals(at[1], all.get(s).peaks().get(x).dimension());
        assertTrue(all.get(s).massive().isEmpty());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "repeated"})
  void probesAreThoseOfTheReference(String name) {
    JsonObject probe = reference.getAsJsonObject("probes").getAsJsonObject(name);
    List<int[]> sequences = new ArrayList<>();
    for (JsonElement ids : probe.getAsJsonArray("ids")) {
      int[] own = ints(ids);
      sequences.add(IntStream.range(0, 64).map(i -> own[i % own.length]).toArray());
    }
    SinkRates rates =
        SinkAnalysis.measure(model, SinkRequest.of(sequences), Progress.NONE).rates(0.3);
    double mean = 0;
    for (float alpha : rates.means().data()) {
      mean += alpha / rates.means().data().length;
    }
    assertEquals(probe.get("alpha0_mean").getAsDouble(), mean, 1e-5);
    assertEquals(probe.get("sink_1_percent").getAsDouble(), 100 * rates.model(), 1e-6);
  }
}
