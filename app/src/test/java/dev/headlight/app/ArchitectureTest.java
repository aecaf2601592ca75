package dev.headlight.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows between the modules and between the packages of the app. */
class ArchitectureTest {
  private static final String ANALYSIS = "dev.headlight.analysis..";
  private static final String RENDERER = "dev.headlight.renderer..";
  private static final String SAMPLES = "dev.headlight.samples..";
  private static final String APP = "dev.headlight.app..";
  private static final String VIEW = "dev.headlight.app.view..";
  private static final String CLI = "dev.headlight.app.cli..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.headlight");

  @Test
  void rulesLookAtEveryModule() {
    for (String name :
        List.of(
            "dev.headlight.analysis.model.Model",
            "dev.headlight.renderer.HeatmapPainter",
            "dev.headlight.app.Main")) {
      assertTrue(CLASSES.contain(name), name);
    }
  }

  @Test
  void analysisKnowsNoWindowsAndNoOtherModule() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ANALYSIS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx..", "java.awt..", "javax.swing..", RENDERER, SAMPLES, APP));
  }

  @Test
  void rendererKnowsNoWindowsNoEngineAndNoOtherModule() {
    check(
        noClasses()
            .that()
            .resideInAPackage(RENDERER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx..", "ai.djl..", ANALYSIS, SAMPLES, APP));
  }

  @Test
  void samplesKnowTheAnalysisOnly() {
    check(
        noClasses()
            .that()
            .resideInAPackage(SAMPLES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx..", RENDERER, APP)
            .allowEmptyShould(true));
  }

  @Test
  void onlyTheViewDrawsWindows() {
    check(
        noClasses()
            .that()
            .resideInAPackage(APP)
            .and()
            .resideOutsideOfPackage(VIEW)
            .and()
            .doNotHaveSimpleName("HeadlightApp")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx.scene..", "javafx.stage..", "atlantafx.."));
  }

  @Test
  void sessionsKnowNoToolkitAndNoWindow() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.headlight.app.session..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx..", VIEW, CLI, "dev.headlight.app.workbench.."));
  }

  @Test
  void commandLineAndWindowDoNotKnowEachOther() {
    check(
        noClasses()
            .that()
            .resideInAPackage(CLI)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(VIEW));
    check(
        noClasses()
            .that()
            .resideInAPackage(VIEW)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLI));
  }

  @Test
  void onlyTheModelThreadOfTheWindowCallsTheModel() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(VIEW, "dev.headlight.app.workbench..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("dev.headlight.analysis.model.Model"));
  }

  @Test
  void nobodyPrintsOutsideTheCommandLine() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(CLI, "dev.headlight.renderer.bench..", SAMPLES)
            .and()
            .doNotHaveSimpleName("Main")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"));
  }

  @Test
  void everyClassIsInAModule() {
    check(classes().should().resideInAnyPackage(ANALYSIS, RENDERER, SAMPLES, APP));
    assertTrue(
        CLASSES.stream().map(JavaClass::getPackageName).anyMatch("dev.headlight.app"::equals));
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
