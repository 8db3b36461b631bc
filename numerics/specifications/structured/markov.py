"""Markov chains and hidden Markov models: rows 24 and 42."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, repeated, true, worst
from reference_models.structured import markov

PAGE = "reference_models.structured.markov"


def _words(draw: Draw, n: int, k: int) -> Tensor:
    return torch.tensor(list(product(range(k), repeat=n)), device=draw.device)


def _joint(model: Model, draw: Draw) -> Outcome:
    start, step = draw.simplex(3), draw.simplex(3, 3)
    joint = torch.exp(model.log_prob(_words(draw, 4, 3), start, step))
    direct = torch.einsum("a,ab,bc,cd->abcd", start, step, step, step)
    return worst(equal(joint.sum(), 1.0), equal(joint, direct.flatten()))


def _forgets(model: Model, draw: Draw) -> Outcome:
    start, step = draw.simplex(2), draw.simplex(2, 2)
    joint = torch.exp(model.log_prob(_words(draw, 4, 2), start, step)).reshape(2, 2, 2, 2)
    given = joint / joint.sum(-1, keepdim=True)  # p(d | a, b, c)
    return equal(given, step.expand(2, 2, 2, 2))


def _numbers(model: Model, draw: Draw) -> Outcome:
    n = draw.whole(3, 9)
    tables = [draw.simplex(2), *(draw.simplex(2, 2) for _ in range(n - 1))]
    free = sum(t.numel() - t.shape[:-1].numel() for t in tables)
    return worst(equal(float(model.parameters(n, 2)), float(free)), true(free == 2 * n - 1 < 2**n - 1))


def _stationary(model: Model, draw: Draw) -> Outcome:
    step = 0.1 + draw.simplex(4, 4)
    step = step / step.sum(-1, keepdim=True)
    found = model.stationary(step)
    return worst(equal(found @ step, found), equal(torch.linalg.matrix_power(step, 200), found.expand(4, 4), 1e-9))


def _pairs(model: Model, draw: Draw) -> Outcome:
    start, second, words = draw.simplex(2, 2) / 2, draw.simplex(2, 2, 2), _words(draw, 5, 2)
    direct = torch.log(start[words[:, 0], words[:, 1]])
    for t in range(2, 5):
        direct = direct + torch.log(second[words[:, t - 2], words[:, t - 1], words[:, t]])
    paired = 2 * words[:, :-1] + words[:, 1:]  # the pair (a, b) has number 2a + b
    embedded = model.embed(second)
    return worst(equal(markov.chain_log_prob(paired, start.flatten(), embedded), direct), equal(embedded.sum(-1), 1.0))


def _transposed(x: Tensor, start: Tensor, transition: Tensor) -> Tensor:
    return markov.chain_log_prob(x, start, transition.mT)


def _mixed_start(x: Tensor, start: Tensor, transition: Tensor) -> Tensor:
    blurred = transition.clone()
    blurred[0] = start[: transition.shape[0]]
    return markov.chain_log_prob(x, start, blurred)


def _shared_tables(n: int, k: int) -> int:
    return (k - 1) + n * k * (k - 1)


def _right_vector(transition: Tensor) -> Tensor:
    return markov.stationary(transition.mT / transition.mT.sum(-1, keepdim=True))


def _reversed_pairs(transition: Tensor) -> Tensor:
    return markov.embed(transition.transpose(0, 1))


CHAIN = Specification(
    name="markov_chain",
    family="structured",
    systems=(24,),
    title="Markov chain",
    statement="p(x) = p(x_0) Π_t p(x_t | x_{t−1})",
    page=PAGE,
    functions={
        "log_prob": markov.chain_log_prob,
        "parameters": markov.chain_parameters,
        "stationary": markov.stationary,
        "embed": markov.embed,
    },
    properties=(
        Property("the factors make a joint of mass 1", _joint, Mutant("columns for rows", {"log_prob": _transposed})),
        Property(
            "only the last state matters", _forgets, Mutant("after state 0, the start law", {"log_prob": _mixed_start})
        ),
        Property(
            "2n − 1 numbers for n bits", _numbers, Mutant("n transitions for n states", {"parameters": _shared_tables})
        ),
        Property("π = πP, and Pᵗ tends to it", _stationary, Mutant("the reversed walk", {"stationary": _right_vector})),
        Property(
            "order 2 is order 1 on pairs", _pairs, Mutant("the pair is read backwards", {"embed": _reversed_pairs})
        ),
    ),
    source="Bishop 2006, section 13.1",
    conventions=("row i of the transition is the law after i",),
)


def _parts(draw: Draw) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    y = torch.cat([draw.integers(0, 1, 3), torch.tensor([1, 0], device=draw.device)])
    return y, draw.simplex(3), draw.simplex(3, 3), draw.simplex(3, 2)


def _brute(y: Tensor, start: Tensor, step: Tensor, emission: Tensor) -> tuple[Tensor, Tensor]:
    """Every path of hidden states and its p(z, y)."""
    paths = torch.cartesian_prod(*[torch.arange(3, device=y.device)] * len(y)).reshape(-1, len(y))
    chance = start[paths[:, 0]] * step[paths[:, :-1], paths[:, 1:]].prod(1) * emission[paths, y].prod(1)
    return paths, chance


def _evidence(model: Model, draw: Draw) -> Outcome:
    y, start, step, emission = _parts(draw)
    _, chance = _brute(y, start, step, emission)
    return equal(model.log_evidence(y, start, step, emission), torch.log(chance.sum()))


def _forward(model: Model, draw: Draw) -> Outcome:
    y, start, step, emission = _parts(draw)
    found = model.forward(y, start, step, emission)
    expected = []
    for t in range(1, len(y) + 1):
        paths, chance = _brute(y[:t], start, step, emission)
        expected.append(torch.stack([chance[paths[:, -1] == i].sum() for i in range(3)]))
    return equal(found, torch.stack(expected))


def _constant(model: Model, draw: Draw) -> Outcome:
    y, start, step, emission = _parts(draw)
    product_sum = (model.forward(y, start, step, emission) * model.backward(y, step, emission)).sum(-1)
    return equal(product_sum / product_sum[-1], 1.0)


def _marginals(model: Model, draw: Draw) -> Outcome:
    y, start, step, emission = _parts(draw)
    paths, chance = _brute(y, start, step, emission)
    expected = torch.stack([((paths == i) * chance[:, None]).sum(0) for i in range(3)], -1) / chance.sum()
    return equal(model.smoothed(y, start, step, emission), expected)


def _best_path(model: Model, draw: Draw) -> Outcome:
    y, start, step, emission = _parts(draw)
    paths, chance = _brute(y, start, step, emission)
    found = model.viterbi(y, start, step, emission)
    return equal(chance[(paths == found).all(-1)], chance.max())


def _wrong_way(y: Tensor, start: Tensor, transition: Tensor, emission: Tensor) -> Tensor:
    return markov.forward(y, start, transition.mT, emission)


def _wrong_way_evidence(y: Tensor, start: Tensor, transition: Tensor, emission: Tensor) -> Tensor:
    return markov.log_evidence(y, start, transition.mT, emission)


def _own_symbol(y: Tensor, transition: Tensor, emission: Tensor) -> Tensor:
    shifted = torch.cat([y[:1], y[:-1]])  # the symbol of t for that of t + 1
    return markov.backward(shifted, transition, emission)


def _filtered(y: Tensor, start: Tensor, transition: Tensor, emission: Tensor) -> Tensor:
    alpha = markov.forward(y, start, transition, emission)
    return alpha / alpha.sum(-1, keepdim=True)


def _likeliest_state(y: Tensor, start: Tensor, transition: Tensor, emission: Tensor) -> Tensor:
    return (start[:, None] * emission[:, y]).argmax(0)


def _from_hmmlearn(inputs: Mapping[str, Any]) -> Answers:
    import numpy as np
    from hmmlearn.hmm import CategoricalHMM

    hmm = CategoricalHMM(n_components=2)
    hmm.startprob_, hmm.transmat_ = np.array(inputs["start"]), np.array(inputs["transition"])
    hmm.emissionprob_ = np.array(inputs["emission"])
    y = np.array(inputs["y"])[:, None]
    return {
        "log_evidence": float(hmm.score(y)),
        "smoothed": hmm.predict_proba(y).tolist(),
        "viterbi": hmm.decode(y)[1].tolist(),
    }


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    y = torch.tensor(inputs["y"])
    parts = [torch.tensor(inputs[name], dtype=torch.float64) for name in ("start", "transition", "emission")]
    return {
        "log_evidence": model.log_evidence(y, *parts),
        "smoothed": model.smoothed(y, *parts),
        "viterbi": model.viterbi(y, *parts),
    }


HMM = Specification(
    name="hmm",
    family="structured",
    systems=(42,),
    title="Hidden Markov model, forward-backward",
    statement="α_t(i) = b_i(y_t) Σ_j α_{t−1}(j) P_ji, β_t(i) = Σ_j P_ij b_j(y_{t+1}) β_{t+1}(j)",
    page=PAGE,
    functions={
        "forward": markov.forward,
        "backward": markov.backward,
        "log_evidence": markov.log_evidence,
        "smoothed": markov.smoothed,
        "viterbi": markov.viterbi,
    },
    properties=(
        Property(
            "the evidence is the sum over all paths",
            _evidence,
            Mutant("Pᵀ for P", {"log_evidence": _wrong_way_evidence}),
        ),
        Property("α sums the paths that end in a state", _forward, Mutant("Pᵀ for P", {"forward": _wrong_way})),
        Property("Σ αβ is the same at every time", _constant, Mutant("y_t for y_{t+1}", {"backward": _own_symbol})),
        Property("smoothed marginals sum paths", _marginals, Mutant("filtered, not smoothed", {"smoothed": _filtered})),
        Property(
            "Viterbi's path is the likeliest",
            repeated(_best_path, 10),
            Mutant("state by state", {"viterbi": _likeliest_state}),
        ),
    ),
    source="Bishop 2006, section 13.2",
    oracles=(
        Oracle(
            package="hmmlearn",
            inputs={
                "y": [0, 2, 1, 1, 0, 2],
                "start": [0.6, 0.4],
                "transition": [[0.7, 0.3], [0.2, 0.8]],
                "emission": [[0.5, 0.4, 0.1], [0.1, 0.3, 0.6]],
            },
            ask=_from_hmmlearn,
            tell=_ours,
            tolerance=1e-10,
            conversion="CategoricalHMM with its parameters set; rows of transmat_ are laws after a state",
        ),
    ),
    conventions=("row i of the transition is the law after i", "time from 0"),
)

SPECIFICATIONS = (CHAIN, HMM)
