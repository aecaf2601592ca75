package dev.headlight.analysis.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.Edge;
import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.circuit.Receiver;
import dev.headlight.analysis.circuit.Receiver.Input;
import dev.headlight.analysis.circuit.Wiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class CircuitFilesTest {
  private static final CircuitGraph CIRCUIT =
      new CircuitGraph(
          new Wiring(2, 2, false),
          List.of(
              new Edge(Node.EMBED, new Receiver(Node.head(0, 1), Input.V), -0.25),
              new Edge(Node.head(0, 1), Receiver.of(Node.mlp(1)), 0.5),
              new Edge(Node.mlp(1), Receiver.of(Node.LOGITS), -1.5)));

  private static final Provenance PROVENANCE =
      Provenance.of("a & b <c>", "00", List.of(new int[] {1, 2}), "cpu").with("method", "eap");

  @TempDir private Path folder;

  private Path write(String name) {
    Path file = folder.resolve(name);
    CircuitFiles.write(file, CIRCUIT, PROVENANCE);
    return file;
  }

  @Test
  void jsonComesBack() throws IOException {
    Path file = write("c.json");
    assertEquals(CIRCUIT, CircuitFiles.read(file));
    assertTrue(Files.readString(file).contains("\"provenance\""));
  }

  @Test
  void dotAndTableNameEveryEdge() throws IOException {
    String dot = Files.readString(write("c.dot"));
    assertTrue(dot.startsWith("digraph") && dot.strip().endsWith("}"), dot);
    assertTrue(dot.contains("\"embed\" -> \"L0H1\" [label=\"v\", score=\"-0.25\""), dot);
    assertEquals(3, dot.lines().filter(l -> l.contains("->")).count());
    List<String> rows = Files.readAllLines(write("c.csv"));
    assertEquals("from,to,input,score", rows.get(0));
    assertEquals("embed,L0H1,v,-0.25", rows.get(1));
    assertEquals("MLP1,logits,,-1.5", rows.get(3));
  }

  @Test
  void graphmlIsSoundXml() throws Exception {
    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(write("c.graphml").toFile());
    assertEquals(4, xml.getElementsByTagName("node").getLength());
    assertEquals(3, xml.getElementsByTagName("edge").getLength());
    String desc = xml.getElementsByTagName("desc").item(0).getTextContent();
    assertTrue(desc.contains("a & b <c>"), desc);
  }

  @Test
  void badFilesAreSaid() throws IOException {
    assertThrows(HeadlightException.class, () -> write("c.png"));
    assertFalse(Files.exists(folder.resolve("c.png")));
    String good = Files.readString(write("good.json"));
    for (String bad :
        List.of(
            "",
            "[]",
            "{}",
            good.replace("\"layers\": 2", "\"layers\": 1"),
            good.replace("L0H1.v", "L0H1.w"),
            good.replace("\"to\": \"MLP1\"", "\"to\": \"L0H0.q\""))) {
      Path file = Files.writeString(folder.resolve("bad.json"), bad);
      String message =
          assertThrows(HeadlightException.class, () -> CircuitFiles.read(file)).getMessage();
      assertTrue(message.contains("bad.json"), message);
    }
    assertThrows(HeadlightException.class, () -> CircuitFiles.read(folder.resolve("missing.json")));
  }
}
