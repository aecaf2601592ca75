package dev.headlight.analysis.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pictures as large as they come, whose patches themselves are the values, one a row. */
abstract class PatchRowsProcessor extends ImageProcessor {
  PatchRowsProcessor(String reference, Optional<String> notice, PatchGeometry geometry) {
    super(reference, notice, geometry);
  }

  /** A picture as it is cut: sides that are multiples of a patch's. */
  abstract Picture resized(Picture picture);

  /** Numbers of a patch. */
  abstract int width();

  /** Writes the patch of a number in reading order. */
  abstract void write(Picture picture, PictureTile tile, int number, float[] values, int start);

  @Override
  public final PreparedPictures prepare(List<Picture> pictures) {
    if (pictures.isEmpty()) {
      throw bad("there is no picture to prepare; give at least one.");
    }
    List<Picture> resized = pictures.stream().map(this::resized).toList();
    int patch = geometry().patch();
    int rows = resized.stream().mapToInt(p -> p.height() / patch * (p.width() / patch)).sum();
    float[] values = new float[Math.multiplyExact(rows, width())];
    List<int[]> grids = new ArrayList<>();
    List<PictureLayout> layouts = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < resized.size(); i++) {
      Picture original = pictures.get(i);
      Picture picture = resized.get(i);
      Region source = new Region(0, 0, original.width(), original.height());
      PictureTile tile = geometry().tile(-1, -1, source, picture.width(), picture.height());
      for (int place = 0; place < tile.patches().size(); place++, at += width()) {
        write(picture, tile, tile.patchAt(place), values, at);
      }
      grids.add(new int[] {1, tile.patches().rows(), tile.patches().columns()});
      layouts.add(new PictureLayout(original.width(), original.height(), 0, 0, List.of(tile)));
    }
    long[] shape = {rows, width()};
    return new PreparedPictures(new Pixels(values, shape, null, grids), layouts);
  }
}
