package dev.headlight.app.models;

import java.nio.file.Path;

/**
 * A model in the local Hugging Face cache.
 *
 * @param name as on the hub, such as {@code HuggingFaceTB/SmolLM2-135M}
 * @param revision the snapshot's commit
 * @param folder of the snapshot
 * @param openable whether it holds config.json and safetensors
 */
public record CachedModel(String name, String revision, Path folder, boolean openable) {
  private static final int SHORT = 7;

  /** For people: the name, and the commit's first digits. */
  public String title() {
    return name + " @ " + revision.substring(0, Math.min(SHORT, revision.length()));
  }
}
