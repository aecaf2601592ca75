package dev.headlight.samples.world;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokenizer of a {@link Vocabulary} in the files that Hugging Face reads: byte-level BPE
 * without merges, in which a listed word is taken whole and everything else falls to its bytes.
 */
public final class TokenizerFiles {
  private TokenizerFiles() {}

  /** Contents of tokenizer.json. */
  public static JsonObject tokenizer(Vocabulary vocabulary) {
    JsonObject json = new JsonObject();
    json.addProperty("version", "1.0");
    json.add("truncation", JsonNull.INSTANCE);
    json.add("padding", JsonNull.INSTANCE);
    List<JsonObject> added = new ArrayList<>(List.of(added(Vocabulary.BOS_ID, Vocabulary.BOS)));
    vocabulary.marks().forEach(mark -> added.add(added(vocabulary.id(mark), mark)));
    json.add("added_tokens", array(added));
    json.add("normalizer", JsonNull.INSTANCE);
    json.add("pre_tokenizer", byteLevel());
    json.add("post_processor", postProcessor());
    json.add("decoder", byteLevel());
    json.add("model", model(vocabulary));
    return json;
  }

  /** Contents of tokenizer_config.json. */
  public static JsonObject settings(Vocabulary vocabulary, int positions) {
    JsonObject json = new JsonObject();
    json.addProperty("tokenizer_class", "PreTrainedTokenizerFast");
    json.addProperty("bos_token", Vocabulary.BOS);
    json.addProperty("eos_token", Vocabulary.BOS);
    json.addProperty("clean_up_tokenization_spaces", false);
    json.addProperty("model_max_length", positions);
    if (!vocabulary.marks().isEmpty()) {
      // Processors pass on what the tokenizer gives, and these models take no token types.
      JsonElement ids = new JsonPrimitive("input_ids");
      json.add("model_input_names", array(List.of(ids, new JsonPrimitive("attention_mask"))));
    }
    return json;
  }

  private static JsonObject added(int id, String content) {
    JsonObject token = new JsonObject();
    token.addProperty("id", id);
    token.addProperty("content", content);
    for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
      token.addProperty(flag, false);
    }
    token.addProperty("special", true);
    return token;
  }

  private static JsonObject typed(String type) {
    JsonObject json = new JsonObject();
    json.addProperty("type", type);
    return json;
  }

  private static JsonObject byteLevel() {
    JsonObject json = typed("ByteLevel");
    json.addProperty("add_prefix_space", true);
    json.addProperty("trim_offsets", true);
    json.addProperty("use_regex", true);
    return json;
  }

  private static JsonObject postProcessor() {
    JsonObject template = typed("TemplateProcessing");
    template.add("single", array(List.of(special(), sequence("A"))));
    template.add("pair", array(List.of(special(), sequence("A"), sequence("B"))));
    JsonObject token = new JsonObject();
    token.addProperty("id", Vocabulary.BOS);
    token.add("ids", array(List.of(new JsonPrimitive(Vocabulary.BOS_ID))));
    token.add("tokens", array(List.of(new JsonPrimitive(Vocabulary.BOS))));
    JsonObject tokens = new JsonObject();
    tokens.add(Vocabulary.BOS, token);
    template.add("special_tokens", tokens);
    JsonObject both = typed("Sequence");
    both.add("processors", array(List.of(byteLevel(), template)));
    return both;
  }

  private static JsonObject special() {
    return piece("SpecialToken", Vocabulary.BOS);
  }

  private static JsonObject sequence(String id) {
    return piece("Sequence", id);
  }

  private static JsonObject piece(String kind, String id) {
    JsonObject inner = new JsonObject();
    inner.addProperty("id", id);
    inner.addProperty("type_id", 0);
    JsonObject piece = new JsonObject();
    piece.add(kind, inner);
    return piece;
  }

  private static JsonObject model(Vocabulary vocabulary) {
    JsonObject model = typed("BPE");
    for (String unused :
        List.of("dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix")) {
      model.add(unused, JsonNull.INSTANCE);
    }
    model.addProperty("fuse_unk", false);
    model.addProperty("byte_fallback", false);
    model.addProperty("ignore_merges", true);
    JsonObject ids = new JsonObject();
    List<String> pieces = vocabulary.pieces();
    for (int id = 0; id < pieces.size(); id++) {
      ids.addProperty(pieces.get(id), id);
    }
    model.add("vocab", ids);
    model.add("merges", new JsonArray());
    return model;
  }

  private static JsonArray array(List<? extends JsonElement> elements) {
    JsonArray array = new JsonArray();
    elements.forEach(array::add);
    return array;
  }
}
