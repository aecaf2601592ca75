package dev.headlight.app.cli;

import com.google.gson.JsonObject;
import dev.headlight.samples.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Samples as folders of their own, to be changed. */
public final class ChatModels {
  /** Parts of a turn one after the other, as LLaVA's template has them, with the sample's words. */
  private static final String TEMPLATE =
      "{{ bos_token }}{% for m in messages %}{% for c in m['content'] %}"
          + "{% if c['type'] == 'image' %}<image> {% else %}{{ c['text'] }}{% endif %}"
          + "{% endfor %}{% endfor %}";

  private ChatModels() {}

  /** A copy of a sample's files. */
  public static Path copy(String sample, Path into) throws IOException {
    Files.createDirectories(into);
    try (Stream<Path> files = Files.list(Samples.folder(sample))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, into.resolve(file.getFileName().toString()));
      }
    }
    return into;
  }

  /** The sample that sees, with a chat template of content parts. */
  public static Path seeing(Path into) throws IOException {
    Path model = copy("shapes-vlm", into);
    JsonObject template = new JsonObject();
    template.addProperty("chat_template", TEMPLATE);
    Files.writeString(model.resolve("chat_template.json"), template.toString());
    return model;
  }
}
