package dev.headlight.samples.shapes;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.headlight.analysis.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Draws examples: {@code ShapesMain FOLDER SEED…} writes {@code SEED.png}, {@code SEED-mask.png}
 * with what the question is about, and the questions with their answers, {@code examples.json}.
 */
public final class ShapesMain {
  private static final Gson JSON = new GsonBuilder().setPrettyPrinting().create();

  private ShapesMain() {}

  /** See the class. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    AtomicFiles.createFolder(folder);
    JsonArray examples = new JsonArray();
    for (int i = 1; i < args.length; i++) {
      examples.add(example(folder, Long.parseLong(args[i])));
    }
    AtomicFiles.writeText(folder.resolve("examples.json"), JSON.toJson(examples) + "\n");
  }

  private static JsonObject example(Path folder, long seed) throws IOException {
    ShapeScene scene = ShapesWorld.draw(seed);
    JsonObject example = new JsonObject();
    example.addProperty("picture", seed + ".png");
    example.addProperty("prompt", scene.question().prompt());
    example.addProperty("answer", scene.question().answer());
    byte[] picture = Png.ofRgb(scene.rgb(), scene.size());
    AtomicFiles.write(folder.resolve(seed + ".png"), out -> out.write(picture));
    if (scene.question().target() >= 0) {
      boolean[] about = scene.objects().get(scene.question().target()).mask();
      byte[] mask = Png.ofMask(about, scene.size());
      AtomicFiles.write(folder.resolve(seed + "-mask.png"), out -> out.write(mask));
      example.addProperty("mask", seed + "-mask.png");
    }
    return example;
  }
}
