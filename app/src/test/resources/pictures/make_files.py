"""The files of PictureFilesTest, written by Pillow: python make_files.py. A picture of four quarters, red, green, blue and
white, 24 wide and 16 high, so that every turn shows."""
import os
import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
COLOURS = [(220, 30, 40), (20, 200, 60), (30, 50, 210), (250, 250, 250)]


def quarters():
    a = np.zeros((16, 24, 3), np.uint8)
    a[:8, :12], a[:8, 12:], a[8:, :12], a[8:, 12:] = COLOURS
    return Image.fromarray(a, "RGB")


def save(image, name, **options):
    image.save(os.path.join(HERE, name), **options)


if __name__ == "__main__":
    rgb = quarters()
    save(rgb, "rgb.png")
    save(rgb, "rgb.jpg", quality=95, subsampling=0)
    save(rgb, "lossless.webp", lossless=True)
    save(rgb, "lossy.webp", quality=95)
    save(rgb.convert("CMYK"), "cmyk.jpg", quality=95)
    save(rgb.convert("L"), "grey.png")
    save(rgb.convert("L"), "grey.jpg", quality=95)
    save(rgb.convert("P", palette=Image.Palette.ADAPTIVE, colors=8), "palette.png")
    rgba = rgb.convert("RGBA")
    rgba.putalpha(Image.fromarray(np.tile(np.linspace(0, 255, 24).astype(np.uint8), (16, 1)), "L"))
    save(rgba, "alpha.png")
    save(rgba, "alpha.webp", lossless=True, exact=True)
    second = Image.new("RGB", rgb.size, (0, 0, 0))
    rgb.convert("P", palette=Image.Palette.ADAPTIVE, colors=8).save(
        os.path.join(HERE, "two.gif"), save_all=True, append_images=[second.convert("P")])
    deep = (np.asarray(rgb.convert("L")).astype(np.uint16) << 8) + 77
    Image.fromarray(deep).save(os.path.join(HERE, "grey16.png"))
    # What a camera stores when the upright picture is `rgb`: the inverse of each turn.
    inverse = {2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
               5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270}
    for number, turn in inverse.items():
        exif = Image.Exif()
        exif[0x0112] = number
        save(rgb.transpose(turn), f"turned{number}.png", exif=exif)
    exif = Image.Exif()
    exif[0x0112] = 6
    save(rgb.transpose(Image.Transpose.ROTATE_90), "turned6.jpg", quality=95, subsampling=0, exif=exif)
    save(rgb.transpose(Image.Transpose.ROTATE_90), "turned6.webp", lossless=True, exif=exif)
