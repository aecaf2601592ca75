"""Edge scores of two fixture models by TransformerLens, to hold ours against.
usage: make_eap.py PARITY_FOLDER OUT_FOLDER
Definitions: Hanna et al. 2024. score(u -> v) = sum over positions of (u_corrupt - u_clean) . grad of m at v's input,
m = logit[answer] - logit[wrong] at the last position; eap: gradient at the clean prompt; eap-ig: mean over k = 0 .. 4 of
gradients with the token embeddings corrupt + k/5 (clean - corrupt). Senders: embed, then by layer heads and MLP;
receivers: by layer q, k and v inputs of every head and the MLP's, then the logits'."""
import json, os, sys
import torch, transformers, transformer_lens
from transformer_lens import HookedTransformer, HookedTransformerConfig
from transformer_lens.pretrained.weight_conversions import convert_gpt2_weights, convert_llama_weights

parity, out = sys.argv[1:3]
torch.manual_seed(0); torch.set_num_threads(1); torch.set_grad_enabled(True)
CLEAN, CORRUPT, ANSWER, WRONG, STEPS = [7, 3, 11, 5, 2, 9, 14, 6, 1], [7, 3, 11, 21, 2, 9, 30, 6, 1], 17, 40, 5

def load(name):
    hf = transformers.AutoModelForCausalLM.from_pretrained(os.path.join(parity, name), attn_implementation="eager", dtype=torch.float32).eval(); c = hf.config
    common = dict(seed=0, device="cpu", dtype=torch.float32, original_architecture=c.architectures[0], use_attn_result=True, use_split_qkv_input=True, use_hook_mlp_in=True)
    if name == "gpt2":
        cfg = HookedTransformerConfig(n_layers=c.n_layer, d_model=c.n_embd, n_ctx=c.n_positions, d_head=c.n_embd // c.n_head, n_heads=c.n_head, d_mlp=4 * c.n_embd, d_vocab=c.vocab_size, act_fn="gelu_new", eps=c.layer_norm_epsilon, normalization_type="LN", **common)
        state = convert_gpt2_weights(hf, cfg)
    else:
        cfg = HookedTransformerConfig(n_layers=c.num_hidden_layers, d_model=c.hidden_size, n_ctx=c.max_position_embeddings, d_head=c.head_dim, n_heads=c.num_attention_heads, n_key_value_heads=c.num_key_value_heads, d_mlp=c.intermediate_size, d_vocab=c.vocab_size, act_fn="silu", eps=c.rms_norm_eps, normalization_type="RMS", positional_embedding_type="rotary", rotary_dim=c.head_dim, rotary_base=int(c.rope_parameters["rope_theta"]), rotary_adjacent_pairs=False, gated_mlp=True, final_rms=True, ungroup_grouped_query_attention=True, **common)
        state = convert_llama_weights(hf, cfg)
    m = HookedTransformer(cfg); m.load_state_dict(state, strict=False)
    ids = torch.tensor([CLEAN]); d = (m(ids) - hf(ids).logits).abs().max().item(); assert d < 1e-4, d
    return m

def written(m, tokens):
    _, cache = m.run_with_cache(torch.tensor([tokens])); L, rows = m.cfg.n_layers, [cache["hook_embed"][0]]
    for l in range(L):
        rows += list(cache[f"blocks.{l}.attn.hook_result"][0].unbind(1)) + [cache[f"blocks.{l}.hook_mlp_out"][0]]
    return torch.stack(rows).detach(), cache["hook_embed"].detach()

def gradients(m, embed=None):
    grads, hooks = {}, []
    L = m.cfg.n_layers; names = [f"blocks.{l}.{n}" for l in range(L) for n in ("hook_q_input", "hook_k_input", "hook_v_input", "hook_mlp_in")] + [f"blocks.{L-1}.hook_resid_post"]
    for n in names: hooks.append((n, lambda g, hook: grads.__setitem__(hook.name, g.detach()[0].clone())))
    fwd = [] if embed is None else [("hook_embed", lambda x, hook: embed.clone().requires_grad_(True))]
    with m.hooks(fwd_hooks=fwd, bwd_hooks=hooks):
        lg = m(torch.tensor([CLEAN]))[0, -1]; (lg[ANSWER] - lg[WRONG]).backward()
    rows = []
    for n in names: g = grads[n]; rows += list(g.unbind(1)) if g.ndim == 3 else [g]
    return torch.stack(rows), (lg[ANSWER] - lg[WRONG]).item()

def reads(m):
    H, counts = m.cfg.n_heads, []
    for l in range(m.cfg.n_layers): b = 1 + l * (H + 1); counts += [b] * (3 * H) + [b + H]
    return counts + [1 + m.cfg.n_layers * (H + 1)]

for name in ("gpt2", "llama"):
    m = load(name); (uc, ec), (u, e) = written(m, CORRUPT), written(m, CLEAN)
    g, clean = gradients(m); ig = torch.stack([gradients(m, ec + k / STEPS * (e - ec))[0] for k in range(STEPS)]).mean(0)
    doc = dict(model=name, seed=0, versions=dict(torch=torch.__version__, transformers=transformers.__version__, transformer_lens="3.8.1"), clean=CLEAN, corrupt=CORRUPT, answer=ANSWER, wrong=WRONG, steps=STEPS, logitDiff=clean)
    for key, grad in (("eap", g), ("eap-ig", ig)):
        s = torch.einsum("rtd,utd->ru", grad, uc - u); doc[key] = [[float(f"{x:.7g}") for x in row[:n].tolist()] for row, n in zip(s, reads(m))]
    json.dump(doc, open(os.path.join(out, name + ".json"), "w")); print(name, clean, s.shape, s.abs().max().item())
