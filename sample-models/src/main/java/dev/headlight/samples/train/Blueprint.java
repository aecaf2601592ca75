package dev.headlight.samples.train;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import dev.headlight.analysis.checkpoint.StoredType;
import java.util.Map;
import java.util.Random;

/** An architecture to train: what its config.json says and how its parameters begin. */
interface Blueprint {
  /** Contents of config.json. */
  JsonObject config();

  /** Longest prompt. */
  int positions();

  /** Type of the numbers in the files of models; states of trainings are fp32. */
  default StoredType stored() {
    return StoredType.F32;
  }

  /** Contents of further files of a model's folder, by their names. */
  default Map<String, JsonObject> settings() {
    return Map.of();
  }

  /** New parameters, owned by {@code manager}; the same random numbers give the same ones. */
  TrainedWeights begin(Random random, NDManager manager);
}
