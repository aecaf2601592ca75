package dev.headlight.app.view;

import java.nio.IntBuffer;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/** Shows finished pixels without copying them through a writer. */
final class PixelView extends ImageView {
  PixelView() {
    setManaged(false);
    setMouseTransparent(true);
    setSmooth(false);
  }

  /**
   * Shows a picture.
   *
   * @param argb opaque or fully transparent pixels; not copied
   * @param width pixels
   * @param height pixels
   * @param fitWidth room on the screen, in logical pixels
   * @param fitHeight room on the screen, in logical pixels
   */
  void show(int[] argb, int width, int height, double fitWidth, double fitHeight) {
    PixelBuffer<IntBuffer> buffer =
        new PixelBuffer<>(width, height, IntBuffer.wrap(argb), PixelFormat.getIntArgbPreInstance());
    setImage(new WritableImage(buffer));
    setFitWidth(fitWidth);
    setFitHeight(fitHeight);
  }

  void clear() {
    setImage(null);
  }
}
