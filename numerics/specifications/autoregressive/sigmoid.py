"""Fully visible sigmoid belief networks and NADE: rows 121 and 122."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Figure,
    Model,
    Mutant,
    Outcome,
    Panel,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, frequencies_are, repeated, true, worst
from numerics.specifications.training import law_of_words, learned
from reference_models.autoregressive import sigmoid

PIXELS = (18, 19, 20, 26, 27, 28)
NADE_SHAPES = ((5, 4), (5,), (4, 5), (4,))


def _words(d: int, draw: Draw) -> Tensor:
    return draw.tensor(list(product([0.0, 1.0], repeat=d)))


def _sums(model: Model, draw: Draw) -> Outcome:
    x = _words(4, draw)
    return equal(torch.exp(model.log_prob(x, draw.normal(4, 4), draw.normal(4))).sum(), 1.0)


def _with_diagonal(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return sigmoid.bits_log_prob(x, x @ torch.tril(w).mT + b)


def _rank(model: Model, draw: Draw) -> Outcome:
    d = draw.whole(2, 4)
    x, w, b = _words(d, draw), draw.normal(d, d), draw.normal(d)
    slopes = torch.func.jacrev(lambda a: model.log_prob(x, a[:-1], a[-1]))(torch.cat([w, b[None]]))
    return equal(model.free_parameters(d), int(torch.linalg.matrix_rank(slopes.reshape(2**d, -1), rtol=1e-9)))


def _concave(model: Model, draw: Draw) -> Outcome:
    x, found = _words(3, draw), []
    for a, b in draw.normal(20, 2, 4, 3):
        middle = model.log_prob(x, (a + b)[:-1] / 2, (a + b)[-1] / 2)
        chord = (model.log_prob(x, a[:-1], a[-1]) + model.log_prob(x, b[:-1], b[-1])) / 2
        found.append(at_most(chord, middle, 1e-12))
    return worst(*found)


def _squared_weights(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return sigmoid.fvsbn_log_prob(x, w**2, b)


def _xor(model: Model, draw: Draw) -> Outcome:
    x = draw.tensor([[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]])

    def mean(a: Tensor) -> Tensor:
        return model.log_prob(x, a[:-1], a[-1]).mean()

    at = torch.zeros(4, 3, dtype=torch.float64, device=draw.device)
    flat = equal(torch.func.grad(mean)(at), 0.0)  # the log-likelihood is concave, so this is its maximum
    return worst(flat, equal(mean(at), -3 * torch.log(draw.tensor(2.0)), detail="the law has 2 log 2"))


def _with_product(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    logits = sigmoid.fvsbn_logits(x, w, b)
    extra = torch.zeros_like(logits)
    extra[..., 2] = x[..., 0] * x[..., 1] * (w[2, 0] + 1)
    return sigmoid.bits_log_prob(x, logits + extra)


def _fvsbn_draws(model: Model, draw: Draw) -> Outcome:
    w, b = draw.normal(3, 3), draw.normal(3) / 2 + draw.tensor([0.0, 1.5, -1.5])
    x = model.sample(w, b, 20_000, draw.generator())
    index = (x * draw.tensor([4, 2, 1])).sum(-1)
    return frequencies_are(index, torch.exp(model.log_prob(_words(3, draw), w, b)))


def _biases_from_the_end(w: Tensor, b: Tensor, n: int, generator: torch.Generator) -> Tensor:
    return sigmoid.fvsbn_sample(w, b.flip(0), n, generator)


FVSBN = Specification(
    name="fvsbn",
    family="autoregressive",
    systems=(121,),
    title="Fully visible sigmoid belief network",
    statement="p(x_i = 1 | x_{<i}) = σ(Σ_{j<i} w_ij x_j + b_i)",
    page="reference_models.autoregressive.sigmoid",
    functions={
        "log_prob": sigmoid.fvsbn_log_prob,
        "sample": sigmoid.fvsbn_sample,
        "free_parameters": sigmoid.fvsbn_free_parameters,
    },
    properties=(
        Property("sums to 1 over all words", _sums, Mutant("a bit sees itself", {"log_prob": _with_diagonal})),
        Property(
            "d (d + 1)/2 is the rank of the law in its weights",
            _rank,
            Mutant("the whole matrix counts", {"free_parameters": lambda d: d * d + d}),
        ),
        Property(
            "the log-likelihood is concave", _concave, Mutant("weights enter squared", {"log_prob": _squared_weights})
        ),
        Property(
            "XOR is beyond it: the best fit has 3 log 2",
            _xor,
            Mutant("a product of two parents enters", {"log_prob": _with_product}),
        ),
        Property(
            "draws have the law",
            repeated(_fvsbn_draws, 5),
            Mutant("biases are reversed", {"sample": _biases_from_the_end}),
        ),
    ),
    source="Frey 1998, Graphical Models for Machine Learning and Digital Communication",
    conventions=("bits in the order of their index", "zeros and ones, not signs"),
)


def _nade(draw: Draw) -> list[Tensor]:
    return [draw.normal(*shape) for shape in NADE_SHAPES]


def _nade_sums(model: Model, draw: Draw) -> Outcome:
    return equal(torch.exp(model.log_prob(_words(4, draw), *_nade(draw))).sum(), 1.0)


def _reads_first(x: Tensor, w: Tensor, c: Tensor, v: Tensor, b: Tensor) -> Tensor:
    hidden = [torch.sigmoid(c + x[..., : i + 1] @ w[:, : i + 1].mT) for i in range(b.numel())]
    return torch.stack([(h * v[i]).sum(-1) + b[i] for i, h in enumerate(hidden)], -1)


def _running(model: Model, draw: Draw) -> Outcome:
    x, at = draw.bits(6, 4), _nade(draw)
    w, c, v, b = at
    below = torch.tril(torch.ones(4, 4, dtype=torch.float64, device=draw.device), -1)
    hidden = torch.sigmoid(torch.einsum("hj,ij,nj->nih", w, below, x) + c)  # one masked product
    expected = torch.einsum("nih,ih->ni", hidden, v) + b
    return worst(close(model.logits(x, *at), expected), close(model.logits_direct(x, *at), expected))


def _unscaled(x: Tensor, w: Tensor, c: Tensor, v: Tensor, b: Tensor) -> Tensor:
    return sigmoid.nade_logits(x, w, torch.zeros_like(c), v, b)


def _causal(model: Model, draw: Draw) -> Outcome:
    x, at = draw.bits(4), _nade(draw)
    slopes = torch.func.jacrev(lambda v: model.logits(v[None], *at)[0])(x)
    earlier = torch.tril(slopes, -1)
    seen = torch.tril(torch.ones_like(slopes), -1) == (earlier != 0)
    return worst(equal(torch.triu(slopes), 0.0), true(seen.all(), "every earlier bit is seen"))


def _nade_draws(model: Model, draw: Draw) -> Outcome:
    w, c, v, _ = _nade(draw)
    at = (3 * w, c, 2 * v, -v.sum(-1))  # every bit about fair, and strongly bound to those before
    x = model.sample(*at, 12_000, draw.generator())
    index = (x * draw.tensor([8, 4, 2, 1])).sum(-1)
    return frequencies_are(index, torch.exp(model.log_prob(_words(4, draw), *at)))


def _early_sample(w: Tensor, c: Tensor, v: Tensor, b: Tensor, n: int, generator: torch.Generator) -> Tensor:
    u = torch.rand(n, b.numel(), generator=generator, dtype=b.dtype, device=b.device)
    p = torch.sigmoid(sigmoid.nade_logits(torch.zeros_like(u), w, c, v, b))  # every bit as if those before were 0
    return (u < p).to(b.dtype)


def _fit_nade(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """Fit by the exact gradient to the law of six pixels: its cross-entropy is at best the entropy of the law."""
    x, law = _words(6, draw), law_of_words(draw, PIXELS)
    entropy = float(-torch.xlogy(law, law).sum())
    at = [(0.5 * draw.normal(*s)).requires_grad_() for s in ((32, 6), (32,), (6, 32), (6,))]
    steps = 1500

    def loss() -> Tensor:
        found: Tensor = -(law * model.log_prob(x, *at)).sum()
        return found

    losses = learned(at, loss, steps, 0.05, progress)
    final, places = losses[-1], list(range(64))
    with torch.no_grad():
        drawn = model.sample(*at, 5000, draw.generator())
    share = torch.bincount((drawn @ draw.tensor([32, 16, 8, 4, 2, 1])).long(), minlength=64) / 5000
    return Result(
        figures=(
            Figure("cross-entropy", final, predicted=entropy, allowed=2e-3, unit="nats"),
            Figure("KL from the law to NADE", final - entropy, predicted=0.0, allowed=2e-3, unit="nats"),
        ),
        panels=(
            Panel("words", "bars", {"digits": (places, law.tolist()), "draws": (places, share.tolist())}),
            Panel(
                "cross-entropy against the entropy",
                "lines",
                {"NADE": (range(steps), losses), "entropy": ([0, steps], [entropy, entropy])},
            ),
        ),
    )


NADE = Specification(
    name="nade",
    family="autoregressive",
    systems=(122,),
    title="NADE, the neural autoregressive distribution estimator",
    statement="p(x_i = 1 | x_{<i}) = σ(V_i σ(c + W_{·,<i} x_{<i}) + b_i)",
    page="reference_models.autoregressive.sigmoid",
    functions={
        "logits": sigmoid.nade_logits,
        "logits_direct": sigmoid.nade_logits_direct,
        "log_prob": sigmoid.nade_log_prob,
        "sample": sigmoid.nade_sample,
    },
    properties=(
        Property(
            "sums to 1 over all words",
            _nade_sums,
            Mutant(
                "the hidden units see the bit itself",
                {"log_prob": lambda x, *at: sigmoid.bits_log_prob(x, _reads_first(x, *at))},
            ),
        ),
        Property(
            "the running sum is the masked product",
            _running,
            Mutant("the hidden bias is lost", {"logits": _unscaled}),
        ),
        Property(
            "a logit depends on every earlier bit and on no other",
            _causal,
            Mutant("the hidden units see the bit itself", {"logits": _reads_first}),
        ),
        Property(
            "draws have the law",
            repeated(_nade_draws, 4),
            Mutant("bits are drawn all at once", {"sample": _early_sample}),
        ),
    ),
    source="Larochelle and Murray 2011",
    task=Task(
        "six pixels of scikit-learn's digits, binarised: the frequencies of all 64 words", _fit_nade, training=True
    ),
    conventions=("zeros and ones", "O(d H) by running sums"),
)

SPECIFICATIONS = (FVSBN, NADE)
