package dev.headlight.app.view;

import dev.headlight.analysis.io.AtomicFiles;
import java.nio.file.Path;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Transform;
import javax.imageio.ImageIO;

/** Pictures of a scene as it stands; on the JavaFX thread. */
public final class Screenshots {
  private Screenshots() {}

  /**
   * Writes a PNG.
   *
   * @param root of a scene
   * @param density pixels a logical pixel
   * @throws dev.headlight.analysis.HeadlightException when the file cannot be written
   */
  public static void write(Node root, double density, Path file) {
    SnapshotParameters parameters = new SnapshotParameters();
    parameters.setTransform(Transform.scale(density, density));
    if (root.getScene() != null && root.getScene().getRoot() == root) {
      double width = root.getScene().getWidth() * density;
      double height = root.getScene().getHeight() * density;
      parameters.setViewport(new Rectangle2D(0, 0, width, height));
    }
    WritableImage image = root.snapshot(parameters, null);
    AtomicFiles.write(
        file, out -> ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", out));
  }
}
