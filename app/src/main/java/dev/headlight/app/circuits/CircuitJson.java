package dev.headlight.app.circuits;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.circuit.Acdc;
import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.EdgeVerification;
import dev.headlight.analysis.circuit.Faithfulness;
import dev.headlight.analysis.circuit.LogitLens;
import dev.headlight.analysis.circuit.LogitParts;
import dev.headlight.analysis.circuit.PathPatching;
import dev.headlight.analysis.circuit.PathRequest;
import dev.headlight.analysis.circuit.Repair;
import dev.headlight.analysis.circuit.Wiring;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.Contrast;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.PatchRequest;
import dev.headlight.analysis.patching.Verification;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.app.session.FiniteNumbers;
import dev.headlight.app.session.InterventionTexts;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a circuits pane has found as a document of a session, so that it need not be asked again.
 */
public final class CircuitJson {
  private static final Logger LOG = LoggerFactory.getLogger(CircuitJson.class);

  private static final Gson GSON = gson(PairJson.BLIND);

  private CircuitJson() {}

  private static Gson gson(PairJson pairs) {
    return new GsonBuilder()
        .registerTypeAdapter(double.class, new FiniteNumbers())
        .registerTypeAdapter(Double.class, new FiniteNumbers())
        .registerTypeAdapter(TokenPair.class, pairs)
        .registerTypeHierarchyAdapter(Intervention.class, new InterventionTexts().nullSafe())
        .create();
  }

  private record Document(
      TokenPair pair,
      MapPart patching,
      MapPart heads,
      Verification verified,
      EdgePart edges,
      PathPart paths,
      LogitParts direct,
      LogitLens lens,
      Map<Integer, String> labels,
      WeightMap weights,
      WeightPairs vocabulary,
      OtherPart other,
      Repair repair,
      List<TokenPair> repaired) {
    boolean empty() {
      return patching == null
          && heads == null
          && edges == null
          && paths == null
          && direct == null
          && weights == null
          && repair == null;
    }
  }

  private record MapPart(
      String choice, PatchMap.Method method, Contrast contrast, double[] values) {}

  private record EdgePart(
      String choice,
      EdgeScores.Method method,
      int steps,
      Contrast contrast,
      Wiring wiring,
      String scores,
      List<TokenPair> over,
      List<Faithfulness.Point> curve,
      Faithfulness.Point here,
      Acdc.Result pruned,
      EdgeVerification verified) {}

  private record PathPart(String choice, Contrast contrast, double[] values) {}

  private record OtherPart(CircuitGraph circuit, String name) {}

  /** What is known; empty where nothing is. */
  public static Optional<JsonObject> write(CircuitState state) {
    if (state.pair().isEmpty()) {
      return Optional.empty();
    }
    Document document =
        new Document(
            state.pair().get(),
            map(state.stream()),
            map(state.heads()),
            state.verification().orElse(null),
            edges(state.edges()),
            paths(state.paths()),
            state.direct().orElse(null),
            state.lens().orElse(null),
            state.labels(),
            state.weights().map().orElse(null),
            state.weights().pairs().orElse(null),
            state.reuse().other().map(c -> new OtherPart(c, state.reuse().name())).orElse(null),
            state.reuse().repair().orElse(null),
            state.reuse().repair().map(r -> state.reuse().over()).orElse(null));
    return document.empty()
        ? Optional.empty()
        : Optional.of(GSON.toJsonTree(document).getAsJsonObject());
  }

  private static MapPart map(PatchView view) {
    return view.map()
        .map(m -> new MapPart(view.choice().text(), m.method(), m.contrast(), m.values()))
        .orElse(null);
  }

  private static EdgePart edges(EdgeState state) {
    EdgeScores scores = state.scores().orElse(null);
    if (scores == null) {
      return null;
    }
    return new EdgePart(
        state.choice().text(),
        scores.method(),
        scores.steps(),
        scores.contrast(),
        scores.wiring(),
        packed(scores),
        state.over(),
        state.curve(),
        state.here().orElse(null),
        state.pruned().orElse(null),
        state.verification().orElse(null));
  }

  private static PathPart paths(PathState state) {
    return state
        .result()
        .map(r -> new PathPart(state.choice().text(), r.contrast(), r.values()))
        .orElse(null);
  }

  /** The scores of all receivers, one after the other, as big-endian floats in base 64. */
  private static String packed(EdgeScores scores) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * scores.wiring().edges());
    for (float[] row : scores.values()) {
      for (float score : row) {
        bytes.putFloat(score);
      }
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static float[][] unpacked(String text, Wiring wiring) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    if (bytes.remaining() != Float.BYTES * wiring.edges()) {
      throw new IllegalArgumentException("scores of another model");
    }
    float[][] values = new float[wiring.receivers()][];
    for (int r = 0; r < values.length; r++) {
      values[r] = new float[wiring.reads(r)];
      for (int s = 0; s < values[r].length; s++) {
        values[r][s] = bytes.getFloat();
      }
    }
    return values;
  }

  /**
   * The pair that a document is about; empty where it is of no use at all.
   *
   * @param pictures of a clean and a corrupt prompt, where pairs show some; may be empty
   */
  static Optional<TokenPair> pair(JsonElement json, ModelSpec spec, List<Pixels> pictures) {
    try {
      Gson gson = gson(PairJson.of(spec, pictures));
      return Optional.ofNullable(gson.fromJson(json, Document.class).pair());
    } catch (JsonParseException | IllegalArgumentException | NullPointerException e) {
      LOG.debug("A session holds a circuit that is none; it can be found again", e);
      return Optional.empty();
    }
  }

  /**
   * Shows what {@link #write} told, with the choices that it belongs to.
   *
   * @return whether the document was of the state's pair, or of no use at all
   */
  public static boolean restore(JsonElement json, ModelSpec spec, CircuitState state) {
    try {
      List<Pixels> pictures = state.pair().map(TokenPair::pictures).orElse(List.of());
      Document document = gson(PairJson.of(spec, pictures)).fromJson(json, Document.class);
      if (!state.pair().filter(document.pair()::equals).isPresent()) {
        return false;
      }
      map(document.patching(), state.stream(), spec, state);
      map(document.heads(), state.heads(), spec, state);
      if (document.verified() != null) {
        state.verified(document.verified());
      }
      edges(document.edges(), spec, state.edges());
      paths(document.paths(), spec, state);
      if (document.direct() != null && document.lens() != null) {
        state.read(document.direct(), document.lens(), document.labels());
      }
      weights(document, spec, state.weights());
      if (document.other() != null) {
        state.reuse().against(document.other().circuit(), document.other().name());
      }
      if (document.repair() != null) {
        state.reuse().repaired(document.repair(), document.repaired());
      }
    } catch (JsonParseException
        | IllegalArgumentException
        | IllegalStateException
        | NullPointerException
        | HeadlightException e) {
      LOG.debug("A session holds a circuit that is none; it can be found again", e);
    }
    return true;
  }

  private static void map(MapPart part, PatchView view, ModelSpec spec, CircuitState state) {
    if (part == null) {
      return;
    }
    PatchChoice choice = PatchChoice.parse(part.choice());
    PatchRequest request = choice.request(state.pair().orElseThrow());
    PatchMap map =
        new PatchMap(request, part.method(), part.contrast(), request.cells(spec), part.values());
    if (map.cells().size() != map.values().length) {
      throw new IllegalArgumentException("a map of another model");
    }
    state.choose(view, choice);
    state.found(view, map);
  }

  private static void edges(EdgePart part, ModelSpec spec, EdgeState state) {
    if (part == null) {
      return;
    }
    if (!part.wiring().equals(Wiring.of(spec))) {
      throw new IllegalArgumentException("edges of another model");
    }
    float[][] values = unpacked(part.scores(), part.wiring());
    state.choose(EdgeChoice.parse(part.choice()));
    state.scored(
        new EdgeScores(part.wiring(), part.method(), part.steps(), part.contrast(), values),
        part.over());
    part.curve().forEach(state::point);
    if (part.pruned() != null) {
      state.pruned(state.circuit().orElseThrow(), part.pruned());
    }
    if (part.here() != null) {
      state.measured(state.circuit().orElseThrow(), part.here());
    }
    if (part.verified() != null) {
      state.verified(state.circuit().orElseThrow(), part.verified());
    }
  }

  private static void paths(PathPart part, ModelSpec spec, CircuitState state) {
    if (part == null) {
      return;
    }
    PathChoice choice = PathChoice.parse(part.choice());
    PathRequest request = choice.request(state.pair().orElseThrow(), spec);
    if (request.senders().size() != part.values().length) {
      throw new IllegalArgumentException("paths of another model");
    }
    state.paths().choose(choice);
    state.paths().found(new PathPatching.Result(request, part.contrast(), part.values()));
  }

  private static void weights(Document document, ModelSpec spec, WeightState state) {
    WeightMap map = document.weights();
    if (map != null && map.head().layer() < spec.layers() && map.head().head() < spec.heads()) {
      state.choose(map.circuit());
      state.found(map);
      if (document.vocabulary() != null) {
        state.found(document.vocabulary());
      }
    }
  }
}
