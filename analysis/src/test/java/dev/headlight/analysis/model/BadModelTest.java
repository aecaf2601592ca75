package dev.headlight.analysis.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.Parity;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.checkpoint.SafetensorsWriter;
import dev.headlight.analysis.checkpoint.StoredType;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.RunRequest;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model that cannot be run says which file, tensor or field is at fault. */
class BadModelTest {
  @TempDir Path folder;

  private HeadlightException openFails() {
    return assertThrows(
        HeadlightException.class,
        () -> {
          try (Model model = Model.open(folder, Progress.NONE)) {
            model.spec();
          }
        });
  }

  private void config(String family, String field, String json) throws IOException {
    Path source = Parity.folder(family);
    JsonObject config =
        JsonParser.parseString(Files.readString(source.resolve("config.json"))).getAsJsonObject();
    JsonElement value = JsonParser.parseString(json);
    config.add(field, value);
    Files.writeString(folder.resolve("config.json"), config.toString());
    Files.copy(source.resolve("model.safetensors"), folder.resolve("model.safetensors"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llama | model_type | \"mamba\" | model_type",
        "llama | hidden_act | \"tropical\" | hidden_act",
        "gpt2 | activation_function | \"tropical\" | activation_function",
        "llama | rope_scaling | {\"rope_type\":\"spiral\",\"factor\":2} | rope_type",
        "llama | rope_scaling | {\"rope_type\":\"linear\"} | factor",
        "llama | quantization_config | {\"bits\":4} | quantized",
        "llama | num_hidden_layers | 7 | lacks the tensor",
        "llama | intermediate_size | 60 | mlp.gate_proj",
        "gpt2 | n_head | 0 | n_head",
        "gpt2 | add_cross_attention | true | add_cross_attention",
        "gpt_neo | attention_layers | [\"global\",\"far\",\"local\",\"local\"] | far",
        "opt | word_embed_proj_dim | 32 | word_embed_proj_dim",
        "opt | layer_norm_elementwise_affine | false | layer_norm_elementwise_affine",
        "bloom | apply_residual_connection_post_layernorm | true | apply_residual",
        "mpt | attn_config | {\"alibi\":false} | attn_config.alibi",
        "mpt | norm_type | \"rmsnorm\" | norm_type",
        "gemma2 | layer_types | [\"full_attention\",\"round\"] | round",
        "gemma3_text | use_bidirectional_attention | true | use_bidirectional_attention",
        "phi3_longrope | rope_scaling | {\"type\":\"longrope\",\"short_factor\":[1],\"long_factor\":[1]} | short_factor",
        "mpt | attn_config | {\"clip_qkv\":-1} | attn_config.clip_qkv",
        "olmoe | clip_qkv | 0 | clip_qkv",
        "falcon_new | parallel_attn | false | parallel_attn",
        "bert | architectures | [\"BertLMHeadModel\"] | BertForSequenceClassification",
        "bert | architectures | [\"RobertaModel\"] | RobertaModel",
        "bert | position_embedding_type | \"relative_key\" | position_embedding_type",
        "llava_siglip | vision_feature_select_strategy | \"default\" | supported: full",
        "bert | is_decoder | true | is_decoder",
        "albert | inner_group_num | 2 | albert_layers.1"
      })
  void fieldsThatCannotBeRunAreNamed(String family, String field, String json, String named)
      throws IOException {
    config(family, field, json);
    HeadlightException e = openFails();
    assertTrue(e.getMessage().contains(named), e.getMessage());
    assertEquals(HeadlightException.Kind.MODEL, e.kind());
  }

  private void weights(BiFunction<String, float[], float[]> change) throws IOException {
    Path source = Parity.folder("llama");
    Files.copy(source.resolve("config.json"), folder.resolve("config.json"));
    try (SafetensorsFile file = SafetensorsFile.open(source.resolve("model.safetensors"))) {
      SafetensorsWriter.Builder builder = SafetensorsWriter.to(folder.resolve("model.safetensors"));
      for (String name : file.names()) {
        if (change.apply(name, file.floats(name)) != null) {
          builder.tensor(name, StoredType.F32, file.info(name).shape());
        }
      }
      try (SafetensorsWriter writer = builder.open()) {
        for (String name : file.names()) {
          float[] values = change.apply(name, file.floats(name));
          if (values != null) {
            writer.floats(name, FloatBuffer.wrap(values));
          }
        }
        writer.commit();
      }
    }
  }

  @Test
  void aMissingTensorIsNamed() throws IOException {
    weights((name, values) -> name.contains("layers.1.self_attn.k_proj") ? null : values);
    HeadlightException e = openFails();
    assertTrue(e.getMessage().contains("layers.1.self_attn.k_proj.weight"), e.getMessage());
  }

  @Test
  void weightsThatAreNotNumbersAreNamed() throws IOException {
    weights(
        (name, values) -> {
          if (name.contains("layers.0.mlp.down_proj")) {
            values[17] = Float.NaN;
          }
          return values;
        });
    HeadlightException e = openFails();
    assertTrue(
        e.getMessage().contains("layers.0.mlp.down_proj.weight")
            && e.getMessage().contains("NaN")
            && e.getMessage().contains("17"),
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"-1,outside the vocabulary", "100000,outside the vocabulary"})
  void idsOutsideTheVocabularyAreNamed(int id, String reason) {
    try (Model model = Model.open(Parity.folder("gpt2"), Progress.NONE)) {
      HeadlightException e =
          assertThrows(
              HeadlightException.class, () -> model.run(RunRequest.of(1, id, 2), Progress.NONE));
      assertTrue(
          e.getMessage().contains(reason) && e.getMessage().contains(String.valueOf(id)),
          e.getMessage());
    }
  }

  @Test
  void tokenTypesThatDoNotFitAreNamed() {
    try (Model bert = Model.open(Parity.folder("bert"), Progress.NONE);
        Model gpt2 = Model.open(Parity.folder("gpt2"), Progress.NONE)) {
      RunRequest request = RunRequest.of(5, 6, 7);
      assertTypesRefused(bert, request.withTokenTypes(List.of(new int[] {0, 0})), "3 tokens");
      assertTypesRefused(bert, request.withTokenTypes(List.of(new int[] {0, 2, 0})), "0 to 1");
      assertTypesRefused(gpt2, request.withTokenTypes(List.of(new int[3])), "no token types");
    }
  }

  private static void assertTypesRefused(Model model, RunRequest request, String reason) {
    HeadlightException e =
        assertThrows(HeadlightException.class, () -> model.run(request, Progress.NONE));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertEquals(HeadlightException.Kind.INPUT, e.kind());
  }

  @Test
  void promptsThatAreEmptyOrTooLongAreRefusedAndTheLongestRuns() {
    assertThrows(HeadlightException.class, () -> RunRequest.of());
    try (Model model = Model.open(Parity.folder("gpt2"), Progress.NONE)) {
      int longest = model.spec().maxPositions();
      HeadlightException e =
          assertThrows(
              HeadlightException.class,
              () -> model.run(RunRequest.of(new int[longest + 1]), Progress.NONE));
      assertTrue(e.getMessage().contains(String.valueOf(longest)), e.getMessage());
      try (Run run = model.run(RunRequest.of(new int[longest]), Progress.NONE).get(0)) {
        assertEquals(longest, run.tokens().length);
      }
      try (Run run = model.run(RunRequest.of(5).forViewing(), Progress.NONE).get(0)) {
        assertEquals(1, run.tokens().length);
      }
    }
  }
}
