"""Fisher divergence (106), entropies and rate-distortion (107), variational free energy (108)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from math import log
from typing import Any

import numpy as np
import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, gradient, true, worst
from reference_models.divergences import information, kullback_leibler

PAGE = "reference_models.divergences.information"


def _normals(model: Model, draw: Draw) -> Outcome:
    """Between N(m₁, v₁) and N(m₂, v₂): v₁(1/v₂ − 1/v₁)² + (m₁ − m₂)²/v₂²."""
    t, w = (draw.tensor(a) for a in np.polynomial.hermite_e.hermegauss(6))
    m1, m2, v1, v2 = draw.normal(), draw.normal(), draw.uniform(0.4, 2), draw.uniform(0.4, 2)
    x = (m1 + torch.sqrt(v1) * t)[:, None]
    found = model.fisher_divergence(-(x - m1) / v1, -(x - m2) / v2, w / w.sum())
    return worst(
        close(found, v1 * (1 / v2 - 1 / v1) ** 2 + (m1 - m2) ** 2 / v2**2),
        equal(model.fisher_divergence(-(x - m1) / v1, -(x - m1) / v1, w / w.sum()), 0.0),
    )


def _by_parts(model: Model, draw: Draw) -> Outcome:
    """Against a smooth density: E_p|∇log q|² + 2 E_p Δlog q + E_p|∇log p|², integrated by parts."""
    t, w = (draw.tensor(a) for a in np.polynomial.hermite_e.hermegauss(12))
    c = draw.uniform(0.1, 1, 2)
    x, w = t[:, None], w / w.sum()
    score = -c[0] * x - c[1] * x**3
    found = model.fisher_divergence(-x, score, w)
    laplacian = -c[0] - 3 * c[1] * x[:, 0] ** 2
    return close(found, (w * (score[:, 0] ** 2 + 2 * laplacian)).sum() + 1)


def _blind(model: Model, draw: Draw) -> Outcome:
    """Two far modes with different weights: the divergence is nearly 0, KL is not; unlike positions are seen."""
    x = torch.linspace(-16, 16, 4001, dtype=torch.float64, device=draw.device)
    a, b = draw.uniform(0.2, 0.4), draw.uniform(0.6, 0.8)
    laws, scores = [], []
    for weight, move in ((a, 0.0), (b, 0.0), (a, 0.5)):
        left, right = torch.log(weight) - (x + 8 - move) ** 2 / 2, torch.log(1 - weight) - (x - 8) ** 2 / 2
        laws.append(torch.softmax(torch.logaddexp(left, right), -1))
        odds = torch.sigmoid(left - right)
        scores.append((-(x + 8 - move) * odds - (x - 8) * (1 - odds))[:, None])
    same = model.fisher_divergence(scores[0], scores[1], laws[0])
    moved = model.fisher_divergence(scores[0], scores[2], laws[0])
    kl = (laws[0] * torch.log(laws[0] / laws[1])).sum()
    return worst(equal(same, 0.0, 1e-6), true(kl > 0.02), equal(moved, 0.25 * a, 1e-3))


FISHER = Specification(
    name="fisher_divergence",
    family="divergences",
    systems=(106,),
    title="Fisher divergence",
    statement="F(p ‖ q) = E_p|∇log p − ∇log q|²",
    page=PAGE,
    functions={"fisher_divergence": information.fisher_divergence},
    properties=(
        Property(
            "closed form between normal laws, 0 for equal ones",
            _normals,
            Mutant("with the factor ½", {"fisher_divergence": lambda s, t, w: (w * ((s - t) ** 2).sum(-1)).sum() / 2}),
        ),
        Property(
            "integration by parts: it needs no score of p but for a constant",
            _by_parts,
            Mutant("not squared", {"fisher_divergence": lambda s, t, w: (w * (s - t).abs().sum(-1)).sum()}),
        ),
        Property(
            "blind to the weights of far modes, not to their places",
            _blind,
            Mutant(
                "points are weighted alike",
                {"fisher_divergence": lambda s, t, w: ((s - t) ** 2).sum(-1).mean()},
            ),
        ),
    ),
    source="Hyvärinen 2005, section 2",
    conventions=("no ½",),
)


def _entropies(model: Model, draw: Draw) -> Outcome:
    p, q = draw.simplex(5, 4), draw.simplex(5, 4)
    kl = (p * torch.log(p / q)).sum(-1)
    even = draw.tensor([0.25] * 4)
    return worst(
        equal(model.cross_entropy(p, q), model.entropy(p) + kl),
        equal(model.entropy(even), log(4)),
        at_most(model.entropy(p), log(4)),
        equal(model.entropy(draw.tensor([0, 1, 0, 0])), 0.0),
    )


def _shared(model: Model, draw: Draw) -> Outcome:
    """I = H(X) + H(Y) − H(X, Y) = H(X) − H(X | Y) ≥ 0, and 0 for a product."""
    joint = draw.simplex(12).reshape(3, 4)
    x, y = joint.sum(1), joint.sum(0)

    def h(law: Tensor) -> Tensor:
        return -(law * torch.log(law)).sum()

    given = -(joint * torch.log(joint / y)).sum()
    found = model.mutual_information(joint)
    return worst(
        equal(found, h(x) + h(y) - h(joint)),
        equal(found, h(x) - given),
        at_most(0.0, found),
        equal(model.mutual_information(x[:, None] * y), 0.0),
    )


def _gaussian_rate(model: Model, draw: Draw) -> Outcome:
    """The forward channel X̂ = (1 − D/σ²)X + noise of variance D(1 − D/σ²) has rate R(D) and distortion D."""
    var = draw.uniform(0.5, 2)
    d = var * draw.uniform(0.05, 0.95)
    gain = 1 - d / var
    noise = d * gain
    out = gain**2 * var + noise
    distortion = (1 - gain) ** 2 * var + noise
    rate = torch.log(out / noise) / 2  # ½ log Var X̂/Var(X̂ | X)
    return worst(
        close(distortion, d), close(model.gaussian_rate(var, d), rate), equal(model.gaussian_rate(var, 1.5 * var), 0.0)
    )


def _binary_rate(model: Model, draw: Draw) -> Outcome:
    """A fair bit with Hamming distortion: R(D) = log 2 − H(D)."""
    slope = float(draw.uniform(1, 4))
    hamming = 1 - torch.eye(2, dtype=torch.float64, device=draw.device)
    rate, d = model.blahut_arimoto(draw.tensor([0.5, 0.5]), hamming, slope)
    h = -(d * torch.log(d) + (1 - d) * torch.log(1 - d))
    return worst(equal(rate, log(2) - h, 1e-8), close(d, 1 / (1 + torch.exp(draw.tensor(slope))), 1e-8))


def _codes(model: Model, draw: Draw) -> Outcome:
    """H ≤ Huffman ≤ Shannon < H + 1 bit; Kraft's sum is 1 for Huffman; no prefix code of four is shorter."""
    p = draw.simplex(4)
    h = -(p * torch.log2(p)).sum()
    best, easy = ((p * lengths).sum() for lengths in (model.huffman_lengths(p), model.shannon_lengths(p)))
    every = torch.tensor(list(itertools.product((1.0, 2.0, 3.0), repeat=4)), dtype=torch.float64, device=p.device)
    allowed = every[(0.5**every).sum(-1) <= 1]
    return worst(
        at_most(h, best),
        at_most(best, easy),
        at_most(easy, h + 1),
        equal((0.5 ** model.huffman_lengths(p)).sum(), 1.0),
        equal(best, (allowed @ p).min()),
    )


def _scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import entropy, norm

    return {"entropy": entropy(inputs["p"]), "normal": [norm(scale=v**0.5).entropy() for v in inputs["var"]]}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    p, var = (torch.tensor(inputs[k], dtype=torch.float64) for k in ("p", "var"))
    return {"entropy": model.entropy(p), "normal": model.gaussian_entropy(var)}


def _sklearn_information(inputs: Mapping[str, Any]) -> Answers:
    from sklearn.metrics import mutual_info_score

    return {"information": mutual_info_score(None, None, contingency=np.array(inputs["counts"]))}


def _our_information(model: Model, inputs: Mapping[str, Any]) -> Answers:
    counts = torch.tensor(inputs["counts"], dtype=torch.float64)
    return {"information": model.mutual_information(counts / counts.sum())}


INFORMATION = Specification(
    name="entropy_and_information",
    family="divergences",
    systems=(107,),
    title="Entropy, cross-entropy, mutual information, rate-distortion",
    statement="H = −Σ p log p, H(p, q) = H + KL, I = H(X) − H(X | Y), R(D) = ½ log(σ²/D)",
    page=PAGE,
    functions={
        "entropy": kullback_leibler.entropy,
        "cross_entropy": kullback_leibler.cross_entropy,
        "mutual_information": information.mutual_information,
        "gaussian_rate": information.gaussian_rate,
        "blahut_arimoto": information.blahut_arimoto,
        "shannon_lengths": information.shannon_lengths,
        "huffman_lengths": information.huffman_lengths,
        "gaussian_entropy": information.gaussian_entropy,
    },
    properties=(
        Property(
            "H(p, q) = H(p) + KL; entropy is at most log k, 0 for certainty",
            _entropies,
            Mutant("base 2", {"entropy": lambda p: kullback_leibler.entropy(p) / log(2)}),
        ),
        Property(
            "mutual information by entropies, not negative, 0 for a product",
            _shared,
            Mutant(
                "the rows' marginal is left out",
                {"mutual_information": lambda j: (j * torch.log(j / j.sum(0))).sum()},
            ),
        ),
        Property(
            "the forward test channel attains R(D) for a normal source",
            _gaussian_rate,
            Mutant("the ½ is left out", {"gaussian_rate": lambda v, d: torch.clamp(torch.log(v / d), min=0)}),
        ),
        Property(
            "Blahut and Arimoto: a fair bit has R(D) = log 2 − H(D)",
            _binary_rate,
            Mutant(
                "the slope is halved",
                {"blahut_arimoto": lambda p, d, s: information.blahut_arimoto(p, d, s / 2)},
            ),
        ),
        Property(
            "code lengths lie within a bit of the entropy; no prefix code beats Huffman's",
            _codes,
            Mutant("Huffman's lengths are Shannon's", {"huffman_lengths": information.shannon_lengths}),
        ),
    ),
    source="Cover and Thomas 2006, chapters 2, 5 and 10",
    oracles=(
        Oracle(
            "scikit-learn",
            {"counts": [[3, 1, 4], [1, 5, 9], [2, 6, 5]]},
            _sklearn_information,
            _our_information,
            1e-13,
            "mutual_info_score takes counts and answers in nats",
        ),
        Oracle(
            "scipy",
            {"p": [0.1, 0.2, 0.3, 0.4], "var": [0.5, 1.0, 3.0]},
            _scipy,
            _ours,
            1e-13,
            "natural logarithms in both",
        ),
    ),
    conventions=("nats; code lengths in bits",),
)


def _negative_elbo(model: Model, draw: Draw) -> Outcome:
    joint, q = draw.simplex(4) * draw.uniform(0.1, 2), draw.simplex(5, 4)
    elbo = (q * torch.log(joint / q)).sum(-1)
    return equal(model.free_energy(q, -torch.log(joint)), -elbo)


def _least(model: Model, draw: Draw) -> Outcome:
    """Least at Boltzmann's law, where it is −log Z; elsewhere KL above it."""
    energy, q = draw.normal(5) * 2, draw.simplex(6, 5)
    boltzmann = torch.exp(-energy) / torch.exp(-energy).sum()
    floor = -torch.log(torch.exp(-energy).sum())
    kl = (q * torch.log(q / boltzmann)).sum(-1)
    slope = gradient(lambda t: model.free_energy(torch.softmax(t, -1), energy), -energy)
    return worst(
        equal(model.free_energy(boltzmann, energy), floor),
        equal(model.free_energy(q, energy), floor + kl),
        equal(slope, 0.0),
    )


FREE_ENERGY = Specification(
    name="variational_free_energy",
    family="divergences",
    systems=(108,),
    title="Variational free energy",
    statement="F = E_q E − H(q) ≥ −log Z",
    page=PAGE,
    functions={"free_energy": information.free_energy},
    properties=(
        Property(
            "it is −ELBO for the energy −log p(x, z)",
            _negative_elbo,
            Mutant("the entropy is added", {"free_energy": lambda q, e: (q * e).sum(-1) + kullback_leibler.entropy(q)}),
        ),
        Property(
            "least at Boltzmann's law, −log Z there, KL above it elsewhere",
            _least,
            Mutant("the entropy is left out", {"free_energy": lambda q, e: (q * e).sum(-1)}),
        ),
    ),
    source="Neal and Hinton 1998",
    conventions=("temperature 1",),
)

SPECIFICATIONS = (FISHER, INFORMATION, FREE_ENERGY)
