package dev.headlight.app.session;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** Numbers that JSON does not have are null. */
public final class FiniteNumbers extends TypeAdapter<Double> {
  @Override
  public void write(JsonWriter out, Double value) throws IOException {
    if (value == null || !Double.isFinite(value)) {
      out.nullValue();
    } else {
      out.value(value);
    }
  }

  @Override
  public Double read(JsonReader in) throws IOException {
    if (in.peek() == JsonToken.NULL) {
      in.nextNull();
      return Double.NaN;
    }
    return in.nextDouble();
  }
}
