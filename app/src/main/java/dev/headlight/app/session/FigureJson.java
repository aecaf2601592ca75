package dev.headlight.app.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.text.TextUnit;
import dev.headlight.app.export.ExportRequest.Format;
import dev.headlight.app.export.FigureContent;
import dev.headlight.app.export.FigureContent.Kind;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.figure.FigureStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An {@link ExportedFigure} as JSON. */
final class FigureJson {
  private FigureJson() {}

  static JsonObject write(ExportedFigure figure) {
    JsonObject json = new JsonObject();
    json.addProperty("file", figure.file());
    json.addProperty("format", figure.format().name());
    json.addProperty("kind", figure.content().kind().name());
    JsonArray heads = new JsonArray();
    figure.content().heads().forEach(h -> heads.add(h.toString()));
    json.add("heads", heads);
    json.addProperty("unit", figure.content().unit().name());
    JsonObject style = new JsonObject();
    style.addProperty("theme", figure.style().theme().name());
    style.addProperty("width_mm", figure.style().widthMm());
    style.addProperty("font_size_pt", figure.style().fontSizePt());
    style.addProperty("dpi", figure.style().dpi());
    style.addProperty("colour_bar", figure.style().colourBar());
    json.add("style", style);
    figure.title().ifPresent(title -> json.addProperty("title", title));
    JsonObject scale = new JsonObject();
    scale.addProperty("kind", figure.scale().kind().name());
    scale.addProperty("min", figure.scale().min());
    scale.addProperty("max", figure.scale().max());
    scale.addProperty("signed", figure.scale().signed());
    scale.addProperty("hide_first_key", figure.scale().hideColumn0());
    json.add("scale", scale);
    json.add("prompt", StateJson.prompt(figure.prompt()));
    return json;
  }

  static ExportedFigure read(JsonObject json) {
    String file = json.get("file").getAsString();
    if (!ExportedFigure.plain(file)) {
      throw new IllegalArgumentException("\"" + file + "\" is no plain file name");
    }
    List<Head> heads = new ArrayList<>();
    json.getAsJsonArray("heads").forEach(h -> heads.add(Head.parse(h.getAsString())));
    JsonObject style = json.getAsJsonObject("style");
    JsonObject scale = json.getAsJsonObject("scale");
    return new ExportedFigure(
        file,
        Format.valueOf(json.get("format").getAsString()),
        new FigureContent(
            Kind.valueOf(json.get("kind").getAsString()),
            heads,
            json.has("unit") ? TextUnit.valueOf(json.get("unit").getAsString()) : TextUnit.TOKEN),
        new FigureStyle(
            Theme.valueOf(style.get("theme").getAsString()),
            style.get("width_mm").getAsDouble(),
            style.get("font_size_pt").getAsDouble(),
            style.get("dpi").getAsInt(),
            !style.has("colour_bar") || style.get("colour_bar").getAsBoolean()),
        json.has("title") ? Optional.of(json.get("title").getAsString()) : Optional.empty(),
        new ValueScale(
            ValueScale.Kind.valueOf(scale.get("kind").getAsString()),
            scale.get("min").getAsDouble(),
            scale.get("max").getAsDouble(),
            scale.get("signed").getAsBoolean(),
            scale.get("hide_first_key").getAsBoolean()),
        StateJson.readPrompt(json.getAsJsonObject("prompt")));
  }
}
