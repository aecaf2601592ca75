package dev.headlight.analysis.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
  private final Provenance provenance =
      Provenance.of("m", "ab", List.of(new int[] {1, 2}, new int[] {3}), "cpu")
          .withInterventions(List.of("zero:L0H1", "patch:z/L0H1@-1<-f.npz"))
          .with("heads", "L0H1");

  @Test
  void metadataIsTexts() {
    Map<String, String> map = provenance.toMetadata();
    assertEquals("[[1,2],[3]]", map.get("tokens"));
    assertEquals("[\"zero:L0H1\",\"patch:z/L0H1@-1<-f.npz\"]", map.get("interventions"));
    assertEquals("L0H1", map.get("heads"));
    assertEquals("Headlight " + Version.text(), map.get("version"));
  }

  @Test
  void jsonKeepsItsTypes() {
    JsonObject json = JsonParser.parseString(provenance.toJson()).getAsJsonObject();
    assertEquals(2, json.getAsJsonArray("tokens").size());
    assertEquals(json, JsonParser.parseString(provenance.toCompactJson()));
    assertEquals("[[3]]", provenance.ofSequence(1).toMetadata().get("tokens"));
  }

  @Test
  void nothingChangesAfterwards() {
    assertThrows(
        UnsupportedOperationException.class, () -> provenance.settings().put("heads", "none"));
  }

  @Test
  void theBuildWritesTheVersion() {
    assertFalse(Version.text().contains("$"), Version.text());
  }
}
