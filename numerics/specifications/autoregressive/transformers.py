"""Self-attention and GPT: rows 126 and 127."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Answers,
    Figure,
    Model,
    Mutant,
    Oracle,
    Outcome,
    Panel,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import close, equal, repeated, worst
from numerics.specifications.training import read
from reference_models.autoregressive import transformers

Weights = Mapping[str, Tensor]


def _qkv(draw: Draw) -> tuple[Tensor, Tensor, Tensor]:
    return draw.normal(2, 5, 3), draw.normal(2, 5, 3), draw.normal(2, 5, 4)


def _written_out(model: Model, draw: Draw) -> Outcome:
    q, k, v = _qkv(draw)
    mask = model.causal_mask(5).to(draw.device)
    expected = torch.zeros_like(v)
    for b, t in product(range(2), range(5)):
        e = torch.exp(k[b, : t + 1] @ q[b, t] / math.sqrt(3))  # plain exponentials of the allowed scores
        expected[b, t] = (e[:, None] * v[b, : t + 1]).sum(0) / e.sum()
    return close(model.attention(q, k, v, mask), expected)


def _undivided(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    return torch.softmax(q @ k.mT / q.shape[-1] + mask, -1) @ v


def _rows(model: Model, draw: Draw) -> Outcome:
    q, k, _ = _qkv(draw)
    mask = model.no_mask(5).to(draw.device)
    shift = k + draw.normal(2, 1, 3)  # the same vector on every key moves each row of scores by a constant
    same = close(model.attention_weights(q, shift, mask), model.attention_weights(q, k, mask))
    return worst(equal(model.attention_weights(q, k, mask).sum(-1), 1.0), same)


def _over_queries(q: Tensor, k: Tensor, mask: Tensor) -> Tensor:
    return torch.softmax(q @ k.mT / math.sqrt(q.shape[-1]) + mask, -2)


def _equivariant(model: Model, draw: Draw) -> Outcome:
    q, k, v = _qkv(draw)
    order, mask = draw.permutation(5), model.no_mask(5).to(draw.device)
    moved = model.attention(q[:, order], k[:, order], v[:, order], mask)
    return close(moved, model.attention(q, k, v, mask)[:, order])


def _masked_always(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    return transformers.attention(q, k, v, mask + transformers.causal_mask(q.shape[-2]).to(mask))


def _causal(model: Model, draw: Draw) -> Outcome:
    q, k, _ = _qkv(draw)
    mask = model.causal_mask(5).to(draw.device)
    slopes = torch.func.jacrev(lambda x: model.attention(q[0], x, x, mask))(k[0])  # (T, d, S, d)
    size = slopes.abs().sum((1, 3))
    seen = (size > 0).to(torch.float64)
    return equal(seen, torch.tril(torch.ones_like(seen)), detail="which keys each query depends on")


def _late_mask(t: int) -> Tensor:
    return torch.full((t, t), -math.inf, dtype=torch.float64).triu(2)


def _from_torch(inputs: Mapping[str, Any]) -> Answers:
    q, k, v = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("q", "k", "v"))
    attend = torch.nn.functional.scaled_dot_product_attention
    return {"causal": attend(q, k, v, is_causal=True).tolist(), "free": attend(q, k, v).tolist()}


def _attention_answers(model: Model, inputs: Mapping[str, Any]) -> Answers:
    q, k, v = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("q", "k", "v"))
    masks = {"causal": model.causal_mask(4), "free": model.no_mask(4)}
    return {name: model.attention(q, k, v, mask) for name, mask in masks.items()}


ATTENTION = Specification(
    name="attention",
    family="autoregressive",
    systems=(126,),
    title="Transformer self-attention",
    statement="softmax(Q Kᵀ/√d + M) V",
    page="reference_models.autoregressive.transformers",
    functions={
        "attention": transformers.attention,
        "attention_weights": transformers.attention_weights,
        "no_mask": transformers.no_mask,
        "causal_mask": transformers.causal_mask,
    },
    properties=(
        Property(
            "the weighted mean of the values up to each place",
            _written_out,
            Mutant("scores divided by d, not by its root", {"attention": _undivided}),
        ),
        Property(
            "rows sum to 1 and don't see a shift of all keys",
            _rows,
            Mutant("normalised over the queries", {"attention_weights": _over_queries}),
        ),
        Property(
            "without a mask, moving the places moves the outputs",
            repeated(_equivariant, 5),
            Mutant("the causal mask is always on", {"attention": _masked_always}),
        ),
        Property(
            "a place depends on itself and those before, by gradients",
            _causal,
            Mutant("the mask starts one place late", {"causal_mask": _late_mask}),
        ),
    ),
    source="Vaswani et al. 2017, section 3.2.1",
    oracles=(
        Oracle(
            package="torch",
            inputs={
                name: [[((a * r + b * c) % 11 - 5) / 4 for c in range(3)] for r in range(4)]
                for name, a, b in (("q", 3, 5), ("k", 7, 2), ("v", 4, 9))
            },
            ask=_from_torch,
            tell=_attention_answers,
            tolerance=1e-12,
            conversion="scaled_dot_product_attention, the same scale 1/√d",
        ),
    ),
    conventions=("the mask is added: 0 or −inf", "a place may see itself"),
)


def _network(draw: Draw, layers: int = 2) -> dict[str, Tensor]:
    found = transformers.weights(3, 5, 4, layers, torch.Generator().manual_seed(draw.whole(0, 2**31 - 1)))
    return {name: value.to(draw.device) for name, value in found.items()}


def _texts(draw: Draw, vocabulary: int, length: int) -> Tensor:
    return torch.tensor(list(product(range(vocabulary), repeat=length)), device=draw.device)


def _texts_sum(model: Model, draw: Draw) -> Outcome:
    w, ends = _network(draw), _texts(draw, 3, 3)
    start = torch.full((len(ends), 1), draw.whole(0, 2), device=draw.device)
    return equal(torch.exp(model.log_prob(torch.cat([start, ends], 1), w, 2)).sum(), 1.0)


def _same_place(tokens: Tensor, w: Weights, heads: int) -> Tensor:
    law = torch.log_softmax(transformers.logits(tokens, w, heads)[..., 1:, :], -1)
    return law.gather(-1, tokens[..., 1:, None])[..., 0].sum(-1)


def _cached(model: Model, draw: Draw) -> Outcome:
    w, tokens = _network(draw), draw.integers(0, 2, 3, 5)
    cache: list[Tensor] = []
    found = []
    for token in tokens.unbind(-1):
        step, cache = model.step_logits(token, cache, w, 2)
        found.append(step)
    return close(torch.stack(found, -2), model.logits(tokens, w, 2))


def _stale_position(token: Tensor, cache: list[Tensor], w: Weights, heads: int) -> tuple[Tensor, list[Tensor]]:
    table = dict(w) | {"positions": torch.cat([w["positions"][:1], w["positions"][:-1]])}
    return transformers.step_logits(token, cache, table, heads)


def _future_unseen(model: Model, draw: Draw) -> Outcome:
    w, tokens, cut = _network(draw), draw.integers(0, 2, 4, 5), draw.whole(1, 4)
    other = torch.cat([tokens[:, :cut], (tokens[:, cut:] + draw.whole(1, 2)) % 3], 1)
    return close(model.logits(tokens, w, 2)[:, :cut], model.logits(other, w, 2)[:, :cut])


def _all_seen(tokens: Tensor, w: Weights, heads: int) -> Tensor:
    return transformers.decode(transformers.embed(tokens, w), w, heads, transformers.no_mask(tokens.shape[-1]))


def _positions_count(model: Model, draw: Draw) -> Outcome:
    w, tokens = _network(draw, 1), draw.integers(0, 2, 4, 5)
    free = dict(w) | {"positions": 0 * w["positions"]}
    swapped = tokens[:, [1, 0, 2, 3, 4]]  # one layer without positions sees a bag of earlier tokens
    bag = close(model.logits(swapped, free, 2)[:, 2:], model.logits(tokens, free, 2)[:, 2:])
    shuffled = dict(w) | {"positions": w["positions"][[1, 0, 2, 3, 4]]}
    return worst(bag, close(model.logits(swapped, shuffled, 2)[:, 2:], model.logits(tokens, w, 2)[:, 2:]))


def _shifted_inputs(tokens: Tensor, w: Weights, heads: int) -> Tensor:
    x = transformers.embed(tokens, w)
    x = torch.cat([x[:, :1], x[:, :-1] + 0.1 * x[:, 1:]], 1)
    return transformers.decode(x, w, heads, transformers.causal_mask(tokens.shape[-1]))


def _source(draw: Draw) -> tuple[Tensor, Tensor, float]:
    """A Markov chain of four letters, its stationary law and its entropy rate in nats."""
    rows = torch.softmax(2.0 * torch.randn(4, 4, generator=torch.Generator().manual_seed(7), dtype=torch.float64), -1)
    law = torch.linalg.matrix_power(rows, 200)[0]
    return rows, law, float(-(law[:, None] * rows * torch.log(rows)).sum())


def _lines(tokens: Tensor) -> list[str]:
    """Tokens as letters, a line for each row."""
    return ["".join("abcd"[t] for t in row) for row in tokens.tolist()]


def _fit_characters(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """A one-layer Transformer on a Markov source: the loss per letter falls to the entropy rate."""
    rows, law, rate = _source(draw)
    stream, length, steps = torch.Generator().manual_seed(draw.whole(0, 2**31 - 1)), 12, 250
    w = transformers.weights(4, length, 8, 1, torch.Generator().manual_seed(draw.seed))
    w = {name: value.to(draw.device).requires_grad_() for name, value in w.items()}

    def batch(n: int) -> Tensor:
        x = [torch.multinomial(law, n, True, generator=stream)]
        while len(x) < length:
            x.append(torch.multinomial(rows[x[-1]], 1, generator=stream)[:, 0])
        return torch.stack(x, 1).to(draw.device)

    optimiser, kept = torch.optim.Adam(list(w.values()), lr=0.01), []
    for step in range(steps):
        optimiser.param_groups[0]["lr"] = 0.02 * min(1.0, 2 * (1 - step / steps))
        optimiser.zero_grad()
        loss = -model.log_prob(batch(64), w, 2).mean() / (length - 1)
        torch.autograd.backward(loss)
        optimiser.step()
        kept.append(loss.detach())
        progress((step + 1) / steps)
    losses = read(kept)
    test = batch(2000)
    with torch.no_grad():
        found = float(-model.log_prob(test, w, 2).mean()) / (length - 1)
        source = float(-torch.log(rows.to(test.device)[test[:, :-1], test[:, 1:]]).mean())
        drawn = test[:16, :1]  # the first letter is given
        while drawn.shape[1] < length:
            chance = torch.softmax(model.logits(drawn, w, 2)[:, -1], -1).cpu()
            drawn = torch.cat([drawn, torch.multinomial(chance, 1, generator=stream).to(drawn)], 1)
    return Result(
        figures=(
            Figure("loss per letter on new text", found, predicted=source, allowed=0.015, unit="nats"),
            Figure("the source's own loss on that text", source, predicted=rate, allowed=0.03, unit="nats"),
        ),
        panels=(
            Panel("twelve letters", "text", {"source": _lines(test[-16:]), "draws": _lines(drawn)}),
            Panel(
                "loss per letter against the entropy rate",
                "lines",
                {"training": (range(steps), losses), "entropy rate": ([0, steps - 1], [rate, rate])},
            ),
        ),
    )


def _gpt_inputs() -> dict[str, Any]:
    """Tokens, and weights of one layer of width 4, two heads, 3 tokens and 5 places, by rule."""
    shapes = {
        "tokens": (3, 4),
        "positions": (5, 4),
        "qkv.0": (12, 4),
        "proj.0": (4, 4),
        "up.0": (16, 4),
        "down.0": (4, 16),
    }
    found: dict[str, Any] = {"text": [0, 2, 1, 1, 0]}
    for n, (name, (rows, columns)) in enumerate(shapes.items()):
        found[name] = [[((7 * r + 5 * c + 3 * n) % 13 - 6) / 8 for c in range(columns)] for r in range(rows)]
    return found


def _gpt_from_transformers(inputs: Mapping[str, Any]) -> Answers:
    from transformers import GPT2Config, GPT2LMHeadModel

    config = GPT2Config(
        vocab_size=3,
        n_positions=5,
        n_embd=4,
        n_layer=1,
        n_head=2,
        n_inner=16,
        activation_function="gelu",
        attn_implementation="eager",
        bos_token_id=0,
        eos_token_id=0,
    )
    net = GPT2LMHeadModel(config).double().eval()
    names = {"attn.c_attn": "qkv.0", "attn.c_proj": "proj.0", "mlp.c_fc": "up.0", "mlp.c_proj": "down.0"}
    with torch.no_grad():
        for name, ours in names.items():
            layer = net.transformer.h[0].get_submodule(name)
            layer.weight.copy_(torch.tensor(inputs[ours], dtype=torch.float64).T)  # Conv1D keeps (in, out)
            layer.bias.zero_()
        net.transformer.wte.weight.copy_(torch.tensor(inputs["tokens"], dtype=torch.float64))
        net.transformer.wpe.weight.copy_(torch.tensor(inputs["positions"], dtype=torch.float64))
        return {"logits": net(torch.tensor([inputs["text"]])).logits[0].tolist()}


def _gpt_answers(model: Model, inputs: Mapping[str, Any]) -> Answers:
    w = {name: torch.tensor(value, dtype=torch.float64) for name, value in inputs.items() if name != "text"}
    return {"logits": model.logits(torch.tensor([inputs["text"]]), w, 2)[0]}


GPT = Specification(
    name="gpt",
    family="autoregressive",
    systems=(127,),
    title="GPT, a decoder-only Transformer",
    statement="p(x) = Π_t softmax(decoder(x_{<t}))_{x_t}, attention to earlier places only",
    page="reference_models.autoregressive.transformers",
    functions={
        "logits": transformers.logits,
        "step_logits": transformers.step_logits,
        "log_prob": transformers.log_prob,
    },
    properties=(
        Property(
            "all texts after a start have total probability 1",
            _texts_sum,
            Mutant("a place predicts its own token", {"log_prob": _same_place}),
        ),
        Property(
            "with the cache, step by step, the same logits as at once",
            _cached,
            Mutant("positions lag one behind", {"step_logits": _stale_position}),
        ),
        Property("logits don't change with later tokens", _future_unseen, Mutant("no mask", {"logits": _all_seen})),
        Property(
            "earlier tokens are told apart by their positions alone",
            _positions_count,
            Mutant("a place also reads its neighbour's embedding", {"logits": _shifted_inputs}),
        ),
    ),
    source="Radford et al. 2019; Vaswani et al. 2017",
    oracles=(
        Oracle(
            package="transformers",
            inputs=_gpt_inputs(),
            ask=_gpt_from_transformers,
            tell=_gpt_answers,
            tolerance=1e-9,
            conversion="GPT2LMHeadModel in float64, no biases, exact GELU; its Conv1D keeps weights transposed",
        ),
    ),
    task=Task("a Markov source of four letters with known entropy rate", _fit_characters, training=True),
    conventions=("row t of the logits predicts token t + 1", "the first token is given", "normalisation first"),
)

SPECIFICATIONS = (ATTENTION, GPT)
