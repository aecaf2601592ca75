package dev.headlight.analysis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.Buffer;
import org.junit.jupiter.api.Test;

/** The arrows inside the analysis, and what it must not know. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.headlight.analysis");

  private static final String ROOT = "dev.headlight.analysis.";

  @Test
  void knowsNoToolkitAndNoOtherModule() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "javafx..",
            "java.awt..",
            "javax.swing..",
            "dev.headlight.app..",
            "dev.headlight.renderer..",
            "dev.headlight.samples..")
        .check(CLASSES);
  }

  @Test
  void checkpointAndJobKnowNoOtherRoom() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "checkpoint..", ROOT + "job..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "text..", ROOT + "model..", ROOT + "run..", ROOT + "attention..", ROOT + "io..")
        .check(CLASSES);
  }

  @Test
  void textKnowsOnlyCheckpoints() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "text..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "model..", ROOT + "run..", ROOT + "attention..", ROOT + "io..")
        .check(CLASSES);
  }

  @Test
  void thePassKnowsNotWhatIsDoneWithIt() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "model..", ROOT + "run..", ROOT + "attention..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "io..", ROOT + "parity..")
        .check(CLASSES);
  }

  /** Tables are written by who knows both. */
  @Test
  void analysesKnowNoFiles() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "sinks..", ROOT + "scores..", ROOT + "sweep..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "io..")
        .check(CLASSES);
  }

  /** Pictures are read by the pass and by measures, and know neither. */
  @Test
  void picturesKnowOnlyFilesAndText() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "image..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "model..", ROOT + "run..", ROOT + "attention..", ROOT + "vision..", "ai.djl..")
        .check(CLASSES);
  }

  @Test
  void measuresOfPicturesKnowNoOtherMethod() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "vision..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "io..",
            ROOT + "sinks..",
            ROOT + "roles..",
            ROOT + "retrieval..",
            ROOT + "ablation..",
            ROOT + "circuit..",
            ROOT + "patching..")
        .check(CLASSES);
  }

  @Test
  void familiesKnowOnlyTheFormOfAModel() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "model.family..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "run..", ROOT + "attention..", "ai.djl.engine..")
        .check(CLASSES);
  }

  /** On a device these read a copy that stays, and what is written to it is lost. */
  @Test
  void onlyTheirOwnersTouchTheMemoryOfArrays() {
    noClasses()
        .that()
        .doNotHaveSimpleName("HostMemory")
        .should()
        .callMethod(NDArray.class, "toFloatArray")
        .orShould()
        .callMethod(NDArray.class, "set", Buffer.class)
        .check(CLASSES);
    noClasses()
        .that()
        .doNotHaveSimpleName("HostMemory")
        .and()
        .doNotHaveSimpleName("Scratch")
        .and()
        .doNotHaveSimpleName("WeightReader")
        .should()
        .callMethod(NDArray.class, "toByteBuffer", boolean.class)
        .orShould()
        .callMethod(NDArray.class, "toByteBuffer")
        .check(CLASSES);
  }

  @Test
  void nothingPrints() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }
}
