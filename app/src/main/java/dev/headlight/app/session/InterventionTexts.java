package dev.headlight.app.session;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import dev.headlight.analysis.run.Intervention;
import java.io.IOException;

/** Interventions are written as the command line has them. */
public final class InterventionTexts extends TypeAdapter<Intervention> {
  @Override
  public void write(JsonWriter out, Intervention value) throws IOException {
    out.value(value.text());
  }

  @Override
  public Intervention read(JsonReader in) throws IOException {
    return Intervention.parse(in.nextString());
  }
}
