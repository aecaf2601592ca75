package dev.headlight.samples.train;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import java.util.Random;

/** An architecture to train: what its config.json says and how its parameters begin. */
interface Blueprint {
  /** Contents of config.json. */
  JsonObject config();

  /** New parameters, owned by {@code manager}; the same random numbers give the same ones. */
  TrainedWeights begin(Random random, NDManager manager);
}
