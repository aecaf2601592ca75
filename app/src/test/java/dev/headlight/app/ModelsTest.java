package dev.headlight.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.app.engine.ModelSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ModelsTest {
  @Test
  void firstIsASampleWithAPromptOfItsOwn() {
    ModelSource first = Models.first();
    assertTrue(first.reference().startsWith("sample:"));
    assertFalse(first.prompt().orElseThrow().isBlank());
    assertEquals(first.reference(), Models.resolve(first.reference()).reference());
  }

  @Test
  void anythingElseIsAFolder() {
    ModelSource folder = Models.resolve("some/../folder");
    assertEquals(Path.of("folder").toAbsolutePath(), folder.location().get());
  }

  @Test
  void unknownSampleIsSaid() {
    HeadlightException e =
        assertThrows(HeadlightException.class, () -> Models.resolve("sample:nothing"));
    assertTrue(e.getMessage().contains("nothing"));
  }
}
