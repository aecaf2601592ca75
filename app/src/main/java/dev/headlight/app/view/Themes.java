package dev.headlight.app.view;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.headlight.renderer.Theme;
import java.util.List;
import javafx.application.Application;
import javafx.scene.Scene;

/** AtlantaFX below, our tokens and rules above. */
final class Themes {
  private Themes() {}

  static void apply(Scene scene, Theme theme) {
    boolean dark = theme == Theme.DARK;
    Application.setUserAgentStylesheet(
        dark
            ? new PrimerDark().getUserAgentStylesheet()
            : new PrimerLight().getUserAgentStylesheet());
    scene
        .getStylesheets()
        .setAll(List.of(sheet(dark ? "dark.css" : "light.css"), sheet("workbench.css")));
  }

  private static String sheet(String name) {
    return Themes.class.getResource(name).toExternalForm();
  }
}
