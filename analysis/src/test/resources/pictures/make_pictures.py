"""The references of PictureTests: python make_pictures.py FIXTURES
FIXTURES is the folder of the parity fixtures (vit, clip, ...). Needs Pillow, numpy, safetensors; with --processors also
transformers. Writes beside itself; the same bytes every time."""
import json, os, shutil, sys
import numpy as np
from PIL import Image
from safetensors.numpy import load_file, save_file

HERE = os.path.dirname(os.path.abspath(__file__))
FAMILIES = "vit deit dinov2 clip clip_eos siglip llava idefics3 smolvlm paligemma gemma3_vision qwen2_vl".split()


def photo(width, height):
    """Gradients, edges, texture and noise: what a photograph has."""
    g = np.random.default_rng(7)
    y, x = np.mgrid[0:height, 0:width]
    red = 128 + 90 * np.sin(x / 9.0) * np.cos(y / 13.0)
    green = 255.0 * x / width + 20 * ((x // 7 + y // 5) % 2)
    blue = np.where((x - width / 3) ** 2 + (y - height / 2) ** 2 < (height / 4) ** 2, 250, 40) + 0.3 * y
    rgb = np.stack([red, green, blue], -1) + g.normal(0, 12, (height, width, 3))
    return Image.fromarray(np.clip(rgb, 0, 255).astype(np.uint8), "RGB")


def sizes(picture):
    for name, filter in [("nearest", 0), ("lanczos", 1), ("bilinear", 2), ("bicubic", 3), ("box", 4), ("hamming", 5)]:
        for width, height in [(31, 17), (120, 20), (131, 23), (40, 97), (137, 104)]:
            picture.resize((width, height), filter).save(os.path.join(HERE, f"{name}-{width}x{height}.png"), optimize=True)


def families(fixtures):
    for family in FAMILIES:
        out = os.path.join(HERE, family)
        os.makedirs(out, exist_ok=True)
        for name in ("config.json", "preprocessor_config.json"):
            shutil.copyfile(os.path.join(fixtures, family, name), os.path.join(out, name))
        reference = load_file(os.path.join(fixtures, family, "reference.safetensors"))
        keep = {k: reference[k] for k in ("pixel_values", "pixel_attention_mask", "image_grid_thw") if k in reference}
        save_file({k: v.astype(np.int32) if v.dtype == bool else v for k, v in keep.items()}, os.path.join(out, "pixels.safetensors"))
    shutil.copyfile(os.path.join(fixtures, "vit", "image.png"), os.path.join(HERE, "image.png"))


def processors(picture):
    """Shrinking by odd factors through whole processors, which the fixtures' small picture does not do."""
    import transformers as hf
    made = {
        "clip": hf.CLIPImageProcessor(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32}),
        "smolvlm": hf.SmolVLMImageProcessor(size={"longest_edge": 100}, max_image_size={"longest_edge": 48}, resample=1),
        "qwen2_vl": hf.Qwen2VLImageProcessor(min_pixels=1024, max_pixels=5000, patch_size=8, merge_size=2),
    }
    for family, processor in made.items():
        out = os.path.join(HERE, "photo_" + family)
        os.makedirs(out, exist_ok=True)
        values = processor(picture, return_tensors="np")
        save_file({k: np.ascontiguousarray(v) for k, v in values.items() if k in ("pixel_values", "pixel_attention_mask", "image_grid_thw")},
                  os.path.join(out, "pixels.safetensors"))
        processor.save_pretrained(out)
        config = json.load(open(os.path.join(HERE, family, "config.json")))
        config.get("vision_config", config)["image_size"] = 48 if family == "smolvlm" else 32
        json.dump(config, open(os.path.join(out, "config.json"), "w"), indent=1)


if __name__ == "__main__":
    picture = photo(131, 97)
    picture.save(os.path.join(HERE, "photo.png"), optimize=True)
    sizes(picture)
    families(sys.argv[1])
    if "--processors" in sys.argv:
        processors(picture)
