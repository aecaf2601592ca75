package dev.headlight.renderer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class RendererArchitectureTest {
  private static final String ROOT = "dev.headlight.renderer";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void rulesLookAtTheWholeModule() {
    assertTrue(CLASSES.contain(HeatmapPainter.class));
    assertTrue(CLASSES.contain(ROOT + ".figure.FigureWriter"));
  }

  @Test
  void knowsNoWindowNoEngineAndNoOtherModule() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "javafx..",
            "ai.djl..",
            "javax.swing..",
            "dev.headlight.analysis..",
            "dev.headlight.samples..",
            "dev.headlight.app..")
        .check(CLASSES);
  }

  @Test
  void paintingKnowsNeitherFiguresNorTheBench() {
    noClasses()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".figure..", ROOT + ".bench..")
        .check(CLASSES);
  }

  @Test
  void onlyFontsUseAwtOutsideFigures() {
    noClasses()
        .that()
        .resideInAPackage(ROOT)
        .and()
        .doNotBelongToAnyOf(Fonts.class)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..")
        .check(CLASSES);
  }
}
