"""The fixtures of towers by themselves, of DINOv2 with registers, SigLIP 2 and Qwen2.5-VL: python make_towers.py PARITY
PARITY is the folder of make_parity.py, whose steps these follow: every parameter drawn again (seed 11), float32, eager attention, no
cache. Writes beside itself; the same bytes every time. Needs what README.md names."""
import json, os, re, sys
from pathlib import Path

import torch
import transformers as hf
from safetensors.torch import load_file, save_file

sys.path.insert(0, sys.argv[1])
import make_parity as mp

HERE = Path(__file__).parent
SMALL = dict(hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=40)
PICTURE = dict(SMALL, image_size=32, patch_size=8)
WORDS = dict(SMALL, vocab_size=100, max_position_embeddings=12)
HERS, THEIRS = mp.observe, mp.make_inputs


def towers(model, spec, inputs):
    """A tower by itself: what enters and leaves its blocks, its attention, its heads, its one output."""
    ref, handles, wanted = {}, [], []
    blocks = [m for n, m in model.named_modules() if re.search(r"layers\.\d+$", n)]
    for i, block in enumerate(blocks):
        handles.append(block.register_forward_pre_hook(lambda m, a, i=i: ref.__setitem__(f"hidden_states.{i}", a[0])))
        heads = block.self_attn.num_heads
        out = lambda m, a, i=i, h=heads: ref.__setitem__(f"z.{i}", a[0].reshape(*a[0].shape[:-1], h, -1))
        handles.append(block.self_attn.out_proj.register_forward_pre_hook(out))
    last = f"hidden_states.{len(blocks)}"
    handles.append(blocks[-1].register_forward_hook(lambda m, a, o: ref.__setitem__(last, o[0] if isinstance(o, tuple) else o)))
    source = sys.modules[type(blocks[0].self_attn).__module__]
    original = source.eager_attention_forward

    def eager(*args, **kwargs):
        more = {"output_attentions": True} if "output_attentions" in kwargs else {}
        z, weights = original(*args, **{**kwargs, **more})
        wanted.append(weights)
        return z, weights
    source.eager_attention_forward = eager
    try:
        with torch.no_grad():
            out = model(**inputs)
    finally:
        source.eager_attention_forward = original
        for h in handles:
            h.remove()
    ref.update({f"attentions.{i}": w for i, w in enumerate(wanted)})
    if "input_ids" in inputs:  # of texts the last state is behind the final norm
        ref[last] = out.last_hidden_state
    for key in ("image_embeds", "text_embeds"):
        if getattr(out, key, None) is not None:
            ref["embedding"] = out[key]
    if "embedding" not in ref:
        ref["embedding"] = out.pooler_output
    ref["logits"] = ref["embedding"]
    real = inputs.get("pixel_attention_mask")
    if real is not None:  # padding of SigLIP 2, which nobody sees
        n = int(real.sum())
        ref = {k: v[:, :, :n, :n] if k.startswith("att") else v[:, :n] if re.match("hid|z", k) else v for k, v in ref.items()}
    mp.observe.last_norm = {}
    return {k: v[0].detach().clone().contiguous() for k, v in ref.items()}


def unwindowed(model, inputs, ref):
    """Qwen2.5-VL's tower stands window by window and hands out the attention of each; here patches stand as they are read."""
    tower = model.model.visual
    windows, _ = tower.get_window_index(inputs["image_grid_thw"])
    unit = tower.spatial_merge_unit
    order = (windows[:, None] * unit + torch.arange(unit)).flatten()
    T, parts, at = len(order), [ref.pop(k) for k in sorted((k for k in ref if k.startswith("vision.attentions")), key=lambda k: int(k.split(".")[-1]))], 0
    for layer in range(len(tower.blocks)):
        whole, row = torch.zeros(1, parts[0].shape[-3], T, T), 0
        while row < T:
            n = parts[at].shape[-1]
            whole[0, :, row:row + n, row:row + n] = parts[at].reshape(-1, n, n)
            row, at = row + n, at + 1
        back = torch.zeros_like(whole)
        back[:, :, order[:, None], order[None, :]] = whole
        ref[f"vision.attentions.{layer}"] = back
    assert at == len(parts)
    for key in [k for k in ref if re.match(r"vision\.(hidden_states|z)", k)]:
        rows = ref[key].reshape(T, *ref[key].shape[ref[key].dim() - (2 if ".z." in key else 1):])
        back = torch.zeros_like(rows)
        back[order] = rows
        ref[key] = back
    return ref


def observe(model, spec, inputs, ablate=None):
    if spec.kind in ("tower", "words"):
        return towers(model, spec, inputs)
    if spec.config.model_type != "qwen2_5_vl":
        return HERS(model, spec, inputs, ablate)
    kept, hooks = {}, []
    for i, block in enumerate(model.model.visual.blocks):
        split = lambda m, a, i=i, h=block.attn.num_heads: kept.__setitem__(f"vision.z.{i}", a[0].reshape(len(a[0]), h, -1))
        hooks.append(block.attn.proj.register_forward_pre_hook(split))
    ref = HERS(model, spec, inputs, ablate)
    for hook in hooks:
        hook.remove()
    return unwindowed(model, inputs, {**ref, **{k: v.detach().clone() for k, v in kept.items()}})


def make_inputs(spec, g, folder):
    if spec.kind == "words":
        ids = torch.randint(8, spec.config.vocab_size, (1, spec.T), generator=g)
        ids[0, -4:] = 7  # the end token of CLIP, where it is read, and padding of the same id
        return {"input_ids": ids}, {}
    inputs, image = THEIRS(spec, g, folder)
    return {k: v if v.dtype == torch.float32 else v.long() for k, v in inputs.items()}, image


def alone(spec, g, pixels):
    return pixels, {}


def family(f):
    mp.FAMILIES[f.__name__] = f
    return f


@family
def clip_vision(o):
    c = hf.CLIPVisionConfig(**PICTURE, hidden_act="quick_gelu", projection_dim=16)
    return mp.Spec("CLIPVisionModelWithProjection", c, "", "tower", T=1, processor=mp.clip_pixels(32), prompt=alone)


@family
def clip_text(o):
    c = hf.CLIPTextConfig(**WORDS, hidden_act="quick_gelu", projection_dim=16, bos_token_id=0, eos_token_id=7)
    return mp.Spec("CLIPTextModelWithProjection", c, "", "words", T=12)


@family
def siglip_vision(o):
    p = hf.SiglipImageProcessor(size={"height": 32, "width": 32}, resample=3)
    return mp.Spec("SiglipVisionModel", hf.SiglipVisionConfig(**PICTURE), "", "tower", T=0, processor=p, prompt=alone)


@family
def siglip2_vision(o):
    c = hf.Siglip2VisionConfig(**SMALL, patch_size=8, num_patches=36)
    p = hf.Siglip2ImageProcessor(patch_size=8, max_num_patches=22)
    return mp.Spec("Siglip2VisionModel", c, "", "tower", T=0, processor=p, prompt=alone)


@family
def siglip_text(o):
    return mp.Spec("SiglipTextModel", hf.SiglipTextConfig(**WORDS, projection_size=20), "", "words", T=12)


@family
def dinov2_registers(o):
    c = hf.Dinov2WithRegistersConfig(**{**PICTURE, "image_size": 56, "mlp_ratio": 2}, num_register_tokens=3, use_swiglu_ffn=True, num_labels=5)
    p = hf.BitImageProcessor(size={"shortest_edge": 36}, crop_size={"height": 32, "width": 40}, resample=3)
    return mp.Spec("Dinov2WithRegistersForImageClassification", c, r"attention\.output\.dense", "vision", T=4, processor=p)


@family
def qwen2_5_vl(o):
    t = dict(mp.LLM, vocab_size=120, hidden_size=48, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
             head_dim=12, rope_scaling={"type": "mrope", "mrope_section": [2, 2, 2]}, max_position_embeddings=128)
    v = dict(depth=3, hidden_size=24, out_hidden_size=48, num_heads=2, intermediate_size=36, patch_size=8, spatial_merge_size=2,
             temporal_patch_size=2, window_size=32, fullatt_block_indexes=[1])
    c = hf.Qwen2_5_VLConfig(text_config=t, vision_config=v, image_token_id=119, video_token_id=118, vision_start_token_id=116, vision_end_token_id=117)
    p = hf.Qwen2VLImageProcessor(min_pixels=32 * 32, max_pixels=64 * 64, patch_size=8, merge_size=2, temporal_patch_size=2)

    def prompt(spec, g, pixels):
        _, h, w = pixels["image_grid_thw"][0].tolist()
        inputs, note = mp.splice(119, h * w // 4, h // 2, w // 2)(spec, g, pixels)
        inputs["input_ids"][0, 5], inputs["input_ids"][0, 6 + h * w // 4] = 116, 117
        return inputs, {**note, "patch_grid_rows_cols": [h, w]}
    return mp.Spec("Qwen2_5_VLForConditionalGeneration", c, r"self_attn\.o_proj", "vlm", processor=p, prompt=prompt)


@family
def llava_siglip(o):
    t = hf.LlamaConfig(**dict(mp.LLM, vocab_size=120, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2))
    c = hf.LlavaConfig(text_config=t, vision_config=hf.SiglipVisionConfig(**PICTURE), image_token_index=119, image_seq_length=16,
                       vision_feature_layer=-1, vision_feature_select_strategy="full")
    p = hf.SiglipImageProcessor(size={"height": 32, "width": 32}, resample=3)
    return mp.Spec("LlavaForConditionalGeneration", c, r"self_attn\.(o_proj|out_proj)", "vlm", processor=p, prompt=mp.splice(119, 16, 4, 4))


def shorten(name):
    """Leaves out what no test reads; the numbers of the processors go to ../pictures."""
    folder = HERE / name
    ref = load_file(folder / "reference.safetensors")
    drop = ["pixel_values_fast"] + (["logits"] if "embedding" in ref else [])
    save_file({k: v for k, v in ref.items() if k not in drop}, folder / "reference.safetensors")
    (folder / "image.png").unlink(missing_ok=True)
    if name in ("siglip2_vision", "dinov2_registers", "qwen2_5_vl"):
        pixels(HERE.parent / "pictures" / name, folder, ref)


def pixels(out, folder, values):
    out.mkdir(exist_ok=True)
    for file in ("config.json", "preprocessor_config.json"):
        (out / file).write_bytes((folder / file).read_bytes())
    keep = {k: torch.as_tensor(values[k]) for k in ("pixel_values", "image_grid_thw") if k in values}
    if "spatial_shapes" in values:  # without the padding
        n = int(torch.as_tensor(values["pixel_attention_mask"]).sum())
        keep["pixel_values"] = keep["pixel_values"][0, :n].contiguous()
        shape = torch.as_tensor(values["spatial_shapes"]).long()
        keep["image_grid_thw"] = torch.cat([torch.ones(1, 1, dtype=torch.long), shape], 1)
    save_file(keep, out / "pixels.safetensors")


def photo():
    """A larger picture, shrunk by odd factors."""
    from PIL import Image
    p = hf.Siglip2ImageProcessor(patch_size=8, max_num_patches=50)
    values = p(Image.open(HERE.parent / "pictures" / "photo.png").convert("RGB"), return_tensors="pt")
    made = HERE / "photo"
    p.save_pretrained(made)
    (made / "config.json").write_text((HERE / "siglip2_vision" / "config.json").read_text())
    pixels(HERE.parent / "pictures" / "photo_siglip2_vision", made, values)
    for file in made.iterdir():
        file.unlink()
    made.rmdir()


def written(name, count=10):
    """What it writes greedily behind its prompt, for generation.json."""
    model = getattr(hf, mp.FAMILIES[name]({}).cls).from_pretrained(HERE / name, dtype=torch.float32, attn_implementation="eager").eval()
    ref = load_file(HERE / name / "reference.safetensors")
    inputs = {k: ref[k] for k in ("pixel_values", "image_grid_thw")}
    ids, tokens, logprobs = ref["input_ids"][None], [], []
    for _ in range(count):
        with torch.no_grad():
            p = model(**inputs, input_ids=ids, use_cache=False).logits[0, -1].log_softmax(-1)
        tokens.append(int(p.argmax()))
        logprobs.append(round(float(p.max()), 5))
        ids = torch.cat([ids, torch.tensor([[tokens[-1]]])], 1)
    return {"tokens": tokens, "logprobs": logprobs}


if __name__ == "__main__":
    torch.set_num_threads(1)
    hf.logging.set_verbosity_error()
    mp.observe, mp.make_inputs, mp.fast_pixels = observe, make_inputs, lambda *a: "not made"
    names = sys.argv[2].split(",") if len(sys.argv) > 2 else list(mp.FAMILIES)[list(mp.FAMILIES).index("clip_vision"):]
    for name in names:
        mp.build(name, HERE, 11)
        shorten(name)
    if "siglip2_vision" in names:
        photo()
    if "qwen2_5_vl" in names:
        print(json.dumps({"qwen2_5_vl": written("qwen2_5_vl")}))
