package dev.headlight.renderer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.headlight.renderer",
    importOptions = ImportOption.DoNotIncludeTests.class)
class RendererArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_NO_WINDOW_NO_ENGINE_AND_NO_OTHER_MODULE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "javafx..",
              "ai.djl..",
              "javax.swing..",
              "dev.headlight.analysis..",
              "dev.headlight.samples..",
              "dev.headlight.app..");

  @ArchTest
  static final ArchRule PAINTING_KNOWS_NO_FIGURES =
      noClasses()
          .that()
          .resideInAPackage("dev.headlight.renderer")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.headlight.renderer.figure..", "dev.headlight.renderer.bench..");

  @ArchTest
  static final ArchRule ONLY_FONTS_USE_AWT_OUTSIDE_FIGURES =
      noClasses()
          .that()
          .resideInAPackage("dev.headlight.renderer")
          .and()
          .doNotBelongToAnyOf(Fonts.class)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.awt..");
}
