package dev.headlight.app.circuits;

import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.pairs.TokenPair;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

/**
 * A pair as its ids. A session has its pictures elsewhere: pairs with image tokens get them back
 * when they are read.
 *
 * @param image id of image tokens; -1 for none
 * @param pictures of a clean and a corrupt prompt; empty for none
 */
record PairJson(int image, List<Pixels> pictures)
    implements JsonSerializer<TokenPair>, JsonDeserializer<TokenPair> {
  /** Pairs without pictures. */
  static final PairJson BLIND = new PairJson(-1, List.of());

  /** Pairs of a model, with these pictures where they show some. */
  static PairJson of(ModelSpec spec, List<Pixels> pictures) {
    int image = spec.vision().filter(VisionSpec::inPrompt).map(VisionSpec::imageToken).orElse(-1);
    return new PairJson(image, pictures);
  }

  private record Ids(int[] clean, int[] corrupt, int[] answer, int[] wrong) {}

  @Override
  public JsonElement serialize(TokenPair pair, Type type, JsonSerializationContext context) {
    return context.serialize(
        new Ids(pair.clean(), pair.corrupt(), pair.answer(), pair.wrong()), Ids.class);
  }

  @Override
  public TokenPair deserialize(JsonElement json, Type type, JsonDeserializationContext context) {
    Ids ids = context.deserialize(json, Ids.class);
    boolean shows = Arrays.stream(ids.clean()).anyMatch(id -> id == image);
    return new TokenPair(
        ids.clean(), ids.corrupt(), ids.answer(), ids.wrong(), shows ? pictures : List.of());
  }
}
