package dev.headlight.analysis.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.HeadlightException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {
  private static List<Device> there(String... names) {
    return Stream.of(names).map(Device::parse).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "auto, AUTO, 0, auto",
    "cpu, CPU, 0, cpu",
    " CUDA , CUDA, 0, cuda:0",
    "cuda:1, CUDA, 1, cuda:1",
    "mps, MPS, 0, mps"
  })
  void namesAreRead(String text, Device.Kinds kind, int index, String written) {
    assertEquals(new Device(kind, index), Device.parse(text));
    assertEquals(written, Device.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "gpu", "cuda:", "cuda:x", "cuda:-1", "cpu:0", "mps:1", "cuda:99999999999"})
  void otherNamesAreRefused(String text) {
    HeadlightException refused = assertThrows(HeadlightException.class, () -> Device.parse(text));
    assertTrue(refused.getMessage().contains("auto, cpu, cuda[:n] or mps"), refused.getMessage());
    assertTrue(refused.getMessage().endsWith("found " + text), refused.getMessage());
  }

  @Test
  void autoIsTheFastestThatIsThere() {
    assertEquals(Device.parse("cpu"), Devices.choose(Device.AUTO, there("cpu")));
    assertEquals(Device.parse("mps"), Devices.choose(Device.AUTO, there("cpu", "mps")));
    assertEquals(
        Device.parse("cuda:0"), Devices.choose(Device.AUTO, there("cpu", "cuda:0", "cuda:1")));
  }

  @Test
  void whatIsThereIsTakenAsAsked() {
    List<Device> two = there("cpu", "cuda:0", "cuda:1");
    assertEquals(Device.parse("cuda:1"), Devices.choose(Device.parse("cuda:1"), two));
    assertEquals(Device.parse("cpu"), Devices.choose(Device.parse("cpu"), two));
  }

  @Test
  void withoutCudaTheMessageNamesWhatIsThereAndBothWaysToGetIt() {
    String message = refusal("cuda", "cpu");

    assertTrue(message.startsWith("cuda:0 is not there, found cpu;"), message);
    assertTrue(message.contains("PYTORCH_LIBRARY_PATH"), message);
    assertTrue(message.contains("2.7.1") || message.contains("2.5.1"), message);
    assertTrue(message.contains("-Pcuda"), message);
  }

  @Test
  void whoAsksForAnotherCardIsNotToldHowToGetCuda() {
    String message = refusal("cuda:2", "cpu", "cuda:0", "cuda:1");

    assertTrue(message.startsWith("cuda:2 is not there, found cpu, cuda:0, cuda:1;"), message);
    assertFalse(message.contains("-Pcuda"), message);
    assertFalse(refusal("mps", "cpu").contains("-Pcuda"));
  }

  private static String refusal(String asked, String... present) {
    return assertThrows(
            HeadlightException.class, () -> Devices.choose(Device.parse(asked), there(present)))
        .getMessage();
  }

  @Test
  void namesOfTheEngineAndOursGoBothWays() {
    for (Device device : there("cpu", "cuda:0", "cuda:3", "mps")) {
      assertEquals(device, Devices.named(Devices.of(device)));
    }
  }

  @Test
  void managersInheritTheDevice() {
    assertEquals(Device.parse("cpu"), Devices.present().get(0));
    for (Device device : Devices.present()) {
      try (NDManager manager = Engines.manager(device);
          NDManager inner = manager.newSubManager();
          NDArray zeros = inner.zeros(new Shape(2))) {
        assertEquals(device, Devices.named(inner.getDevice()));
        assertEquals(device, Devices.named(zeros.getDevice()));
      }
    }
  }
}
