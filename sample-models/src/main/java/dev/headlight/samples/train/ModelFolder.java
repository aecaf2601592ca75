package dev.headlight.samples.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.checkpoint.SafetensorsWriter;
import dev.headlight.analysis.checkpoint.StoredType;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.samples.world.TokenizerFiles;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Writes a model as a Hugging Face folder, and the state of its training beside it. */
final class ModelFolder {
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();
  private static final String MEAN = "adam.mean/";
  private static final String SQUARE = "adam.square/";
  private static final String STEPS = "steps";

  private ModelFolder() {}

  /** config.json, model.safetensors, the tokenizer's files and what the blueprint adds. */
  static void write(TrainingRun run, Path folder) {
    AtomicFiles.createFolder(folder);
    Recipe recipe = run.recipe();
    JsonObject config = recipe.blueprint().config();
    int positions = recipe.blueprint().positions();
    writeJson(config, folder.resolve("config.json"));
    recipe.blueprint().settings().forEach((name, json) -> writeJson(json, folder.resolve(name)));
    writeJson(TokenizerFiles.tokenizer(recipe.vocabulary()), folder.resolve("tokenizer.json"));
    writeJson(
        TokenizerFiles.settings(recipe.vocabulary(), positions),
        folder.resolve("tokenizer_config.json"));
    var file = SafetensorsWriter.to(folder.resolve("model.safetensors")).metadata("format", "pt");
    List<Parameter.Stored> tensors =
        Stream.concat(
                run.model().parameters().stream().flatMap(p -> p.tensors().stream()),
                run.model().unread().stream())
            .toList();
    tensors.forEach(t -> file.tensor(t.name(), recipe.blueprint().stored(), t.shape()));
    try (SafetensorsWriter writer = file.open()) {
      tensors.forEach(t -> writer.floats(t.name(), t.values().duplicate()));
      writer.commit();
    }
  }

  private static void writeJson(JsonObject json, Path file) {
    AtomicFiles.writeText(file, JSON.toJson(json) + "\n");
  }

  /** Everything that a training needs to go on. */
  static void writeState(TrainingRun run, Path file) {
    List<Parameter> parameters = run.model().parameters();
    var builder = SafetensorsWriter.to(file).metadata(STEPS, Integer.toString(run.step()));
    for (Parameter parameter : parameters) {
      builder.tensor(parameter.name(), StoredType.F32, parameter.storedShape());
      builder.tensor(MEAN + parameter.name(), StoredType.F32, parameter.size());
      builder.tensor(SQUARE + parameter.name(), StoredType.F32, parameter.size());
    }
    try (SafetensorsWriter writer = builder.open()) {
      for (int i = 0; i < parameters.size(); i++) {
        String name = parameters.get(i).name();
        writer.floats(name, FloatBuffer.wrap(parameters.get(i).stored()));
        writer.floats(MEAN + name, FloatBuffer.wrap(run.optimizer().means().get(i)));
        writer.floats(SQUARE + name, FloatBuffer.wrap(run.optimizer().squares().get(i)));
      }
      writer.commit();
    }
  }

  /** Puts a run where {@link #writeState} left it. */
  static void readState(TrainingRun run, Path file) {
    try (SafetensorsFile state = SafetensorsFile.open(file)) {
      List<Parameter> parameters = run.model().parameters();
      for (int i = 0; i < parameters.size(); i++) {
        String name = parameters.get(i).name();
        parameters.get(i).load(state.floats(name));
        state.decode(MEAN + name, 0, FloatBuffer.wrap(run.optimizer().means().get(i)));
        state.decode(SQUARE + name, 0, FloatBuffer.wrap(run.optimizer().squares().get(i)));
      }
      run.continueFrom(Integer.parseInt(state.metadata().get(STEPS)));
    }
  }
}
