package dev.headlight.app.view;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Theme;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javafx.application.Application;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ObservableDoubleValue;
import javafx.scene.Scene;

/** AtlantaFX below, our tokens and rules above. */
final class Themes {
  private static final double FONT = 13;
  private static final double TIP = 12;

  private Themes() {}

  static void apply(Scene scene, Theme theme) {
    apply(scene, theme, 1);
  }

  /**
   * Dresses a scene whose content is drawn larger by a factor: what pops up over it is not part of
   * that content, so its text grows by itself.
   */
  static void apply(Scene scene, Theme theme, double factor) {
    boolean dark = theme == Theme.DARK;
    Application.setUserAgentStylesheet(
        dark
            ? new PrimerDark().getUserAgentStylesheet()
            : new PrimerLight().getUserAgentStylesheet());
    scene
        .getStylesheets()
        .setAll(List.of(sheet(dark ? "dark.css" : "light.css"), sheet("workbench.css")));
    if (factor != 1) {
      scene.getStylesheets().add(popups(factor));
    }
  }

  /**
   * Dresses a scene of its own window, from now on as theme and size of text say; the window takes
   * the size that its content then needs.
   *
   * @return ends that
   */
  static Runnable follow(Scene scene, Workbench w, ObservableDoubleValue size) {
    InvalidationListener look =
        o -> {
          apply(scene, w.theme.get(), size.get());
          if (scene.getWindow() != null && scene.getWindow().isShowing()) {
            scene.getWindow().sizeToScene();
          }
        };
    w.theme.addListener(look);
    size.addListener(look);
    look.invalidated(w.theme);
    return () -> {
      w.theme.removeListener(look);
      size.removeListener(look);
    };
  }

  private static String popups(double factor) {
    String rules =
        String.format(
            Locale.ROOT,
            ".context-menu { -fx-font-size: %1$.2fpx; } .tooltip { -fx-font-size: %2$.2fpx; }"
                + " .dialog-pane, .dialog-pane .label { -fx-font-size: %1$.2fpx; }",
            FONT * factor,
            TIP * factor);
    byte[] bytes = rules.getBytes(StandardCharsets.UTF_8);
    return "data:text/css;base64," + Base64.getEncoder().encodeToString(bytes);
  }

  private static String sheet(String name) {
    return Themes.class.getResource(name).toExternalForm();
  }
}
