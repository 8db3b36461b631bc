"""Forward KL (96), reverse KL (97), Jensen-Shannon (98)."""

from __future__ import annotations

from collections.abc import Mapping
from math import log, pi
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, gradient, true, worst
from reference_models.divergences import kullback_leibler as klm

PAGE = "reference_models.divergences.kullback_leibler"


def _grid(draw: Draw, low: float = -14.0, high: float = 14.0, n: int = 1401) -> tuple[Tensor, Tensor]:
    x = torch.linspace(low, high, n, dtype=torch.float64, device=draw.device)
    return x, torch.full_like(x, (high - low) / (n - 1))


def _log_normal(x: Tensor, m: Tensor, v: Tensor) -> Tensor:
    return -((x - m) ** 2) / (2 * v) - torch.log(2 * pi * v) / 2


def _two_modes(draw: Draw, x: Tensor, apart: float) -> Tensor:
    half = draw.tensor(apart)
    v = draw.uniform(0.3, 0.8)
    return torch.logaddexp(_log_normal(x, -half, v), _log_normal(x, half, v)) - log(2)


def _not_negative(model: Model, draw: Draw) -> Outcome:
    p, q = draw.simplex(6, 5), draw.simplex(6, 5)
    found = model.kl(p, q)
    ratio = torch.exp((p * torch.log(q / p)).sum(-1))  # the geometric mean of q/p under p
    return worst(at_most(0.0, found), close(torch.exp(-found), ratio), equal(model.kl(p, p), 0.0))


def _off_support(model: Model, draw: Draw) -> Outcome:
    p, q = draw.simplex(4), draw.simplex(4)
    first, last = draw.tensor([0, 1, 1, 1]), draw.tensor([1, 1, 1, 0])
    some = p * first / (p * first).sum()
    cut = q * last / (q * last).sum()
    return worst(
        true(torch.isinf(model.kl(p, cut)), "infinite"),
        equal(model.kl(some, q), (some[1:] * torch.log(some[1:] / q[1:])).sum()),
    )


def _parts(model: Model, draw: Draw) -> Outcome:
    p, q = draw.simplex(6, 5), draw.simplex(6, 5)
    return worst(
        equal(model.cross_entropy(p, q), model.entropy(p) + (p * torch.log(p / q)).sum(-1)),
        equal(model.entropy(p), -(p * torch.log(p)).sum(-1)),
    )


def _moments(model: Model, draw: Draw) -> Outcome:
    x, w = _grid(draw)
    log_p = torch.logaddexp(
        _log_normal(x, draw.uniform(-3, -1), draw.uniform(0.3, 1)),
        _log_normal(x, draw.uniform(1, 3), draw.uniform(0.3, 1)),
    ) - log(2)
    mean, var = model.forward_gaussian_fit(log_p, x, w)

    def loss(theta: Tensor) -> Tensor:
        return model.kl_of_densities(log_p, _log_normal(x, theta[0], theta[1]), w)

    return equal(gradient(loss, torch.stack([mean, var])), 0.0, 1e-8)


def _closed_normal(model: Model, draw: Draw) -> Outcome:
    x, w = _grid(draw)
    m1, m2, v1, v2 = draw.normal(), draw.normal(), draw.uniform(0.4, 1.5), draw.uniform(0.5, 2)
    found = model.kl_of_densities(_log_normal(x, m1, v1), _log_normal(x, m2, v2), w)
    return close(found, torch.log(v2 / v1) / 2 + (v1 + (m1 - m2) ** 2) / (2 * v2) - 0.5, 1e-8)


def _scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import entropy

    return {"kl": [float(entropy(p, q)) for p, q in zip(inputs["p"], inputs["q"], strict=True)]}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"kl": model.kl(*(torch.tensor(inputs[k], dtype=torch.float64) for k in ("p", "q")))}


def _torch_kl(inputs: Mapping[str, Any]) -> Answers:
    from torch.distributions import Gumbel, Laplace, Normal, kl_divergence

    made = {"Normal": Normal, "Laplace": Laplace, "Gumbel": Gumbel}
    found = []
    for n, *p, m, c, d in inputs["pairs"]:
        a, b, c, d = torch.tensor([*p, c, d], dtype=torch.float64)
        found.append(float(kl_divergence(made[n](a, b), made[m](c, d))))
    return {"kl": found}


def _our_densities(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x = torch.linspace(-40, 40, 160_001, dtype=torch.float64)
    shapes = {
        "Normal": lambda z: -(z**2) / 2 - log(2 * pi) / 2,
        "Laplace": lambda z: -z.abs() - log(2),
        "Gumbel": lambda z: -z - torch.exp(-z),
    }
    found = []
    for n, a, b, m, c, d in inputs["pairs"]:
        p, q = shapes[n]((x - a) / b) - log(b), shapes[m]((x - c) / d) - log(d)
        seen = p > -700  # elsewhere e^p is 0
        found.append(model.kl_of_densities(p[seen], q[seen], torch.full_like(p[seen], 80 / 160_000)))
    return {"kl": torch.stack(found)}


PAIRS = {
    "p": [[0.2, 0.3, 0.5], [0.0, 0.4, 0.6], [0.1, 0.2, 0.7]],
    "q": [[0.3, 0.3, 0.4], [0.2, 0.3, 0.5], [0.5, 0.5, 0.0]],
}

FORWARD = Specification(
    name="forward_kl",
    family="divergences",
    systems=(96,),
    title="Forward Kullback-Leibler divergence",
    statement="KL(p ‖ q) = Σ p log(p/q)",
    page=PAGE,
    functions={
        "kl": klm.kl,
        "cross_entropy": klm.cross_entropy,
        "entropy": klm.entropy,
        "kl_of_densities": klm.kl_of_densities,
        "forward_gaussian_fit": klm.forward_gaussian_fit,
    },
    properties=(
        Property(
            "not negative, 0 for equal laws, the geometric mean of p/q",
            _not_negative,
            Mutant("the weights are q's", {"kl": lambda p, q: (q * torch.log(p / q)).sum(-1)}),
        ),
        Property(
            "infinite where q has no mass and p has; 0 log 0 = 0",
            _off_support,
            Mutant(
                "q is clamped at 1e-12",
                {"kl": lambda p, q: klm.kl(p, q.clamp_min(1e-12))},
            ),
        ),
        Property(
            "cross-entropy is entropy plus KL",
            _parts,
            Mutant("the arguments are swapped", {"cross_entropy": lambda p, q: klm.cross_entropy(q, p)}),
        ),
        Property(
            "of all normal laws the one with p's moments is nearest",
            _moments,
            Mutant(
                "the second moment stands for the variance",
                {"forward_gaussian_fit": lambda f, x, w: ((w * f.exp() * x).sum(), (w * f.exp() * x**2).sum())},
            ),
        ),
        Property(
            "quadrature over normal densities gives the closed form",
            _closed_normal,
            Mutant("p and q are swapped", {"kl_of_densities": lambda f, g, w: klm.kl_of_densities(g, f, w)}),
        ),
    ),
    source="Cover and Thomas 2006, section 2.3",
    oracles=(
        Oracle(
            "torch",
            {
                "pairs": [
                    ["Normal", 0.0, 1.0, "Normal", 0.7, 1.5],
                    ["Laplace", 0.3, 0.8, "Normal", 0.0, 1.2],
                    ["Normal", 0.5, 0.6, "Laplace", -0.2, 1.1],
                    ["Gumbel", 0.1, 0.7, "Normal", 0.4, 1.6],
                ]
            },
            _torch_kl,
            _our_densities,
            1e-6,
            "kl_divergence(p, q) of location and scale, ours by a sum over nodes 5e-4 apart",
        ),
        Oracle(
            "scipy", PAIRS, _scipy, _ours, 1e-14, "scipy.stats.entropy(p, q), natural logarithm, inf off the support"
        ),
    ),
    conventions=("nats", "0 log 0 = 0", "infinite off the support of q"),
)


def _zero_forcing(model: Model, draw: Draw) -> Outcome:
    """With the model first, mass where the data have none is infinite; dropping an outcome costs −log of the rest."""
    data, drop = draw.simplex(5), draw.whole(0, 4)
    rest = data * (1 - torch.nn.functional.one_hot(torch.tensor(drop), 5).to(data))
    kept = rest / rest.sum()
    return worst(
        equal(model.kl(kept, data), -torch.log(1 - data[drop])), true(torch.isinf(model.kl(data, kept)), "infinite")
    )


def _one_of_m(model: Model, draw: Draw) -> Outcome:
    """One of m equal modes far apart costs log m; all of them together nothing."""
    x, w = _grid(draw)
    v = draw.uniform(0.2, 0.4)
    modes = [_log_normal(x, draw.tensor(c), v) for c in (-9.0, -3.0, 3.0, 9.0)]
    m = draw.whole(2, 4)
    log_p = torch.logsumexp(torch.stack(modes[:m]), 0) - log(m)
    return equal(model.kl_of_densities(modes[0], log_p, w), log(m), 1e-3)


def _local_modes(model: Model, draw: Draw) -> Outcome:
    """Reverse KL to two far modes is stationary near each of them and not at their mean and variance."""
    x, w = _grid(draw)
    log_p = _two_modes(draw, x, 5.0)
    v = torch.exp(-2 * (log_p.max() + log(2))) / (2 * pi)  # the mode's height gives the component's variance

    def loss(theta: Tensor) -> Tensor:
        return model.kl_of_densities(_log_normal(x, theta[0], theta[1]), log_p, w)

    near = torch.stack([draw.tensor(5.0), v])
    mean, var = klm.forward_gaussian_fit(log_p, x, w)
    far = gradient(loss, torch.stack([mean, var])).abs().max()
    return worst(equal(gradient(loss, near), 0.0, 1e-3), true(far > 0.01, "not stationary"))


REVERSE = Specification(
    name="reverse_kl",
    family="divergences",
    systems=(97,),
    title="Reverse Kullback-Leibler divergence",
    statement="KL(q ‖ p) with the model q first: zero-forcing",
    page=PAGE,
    functions={"kl": klm.kl, "kl_of_densities": klm.kl_of_densities},
    properties=(
        Property(
            "zero-forcing: dropping an outcome costs −log of the mass left, adding one is infinite",
            _zero_forcing,
            Mutant("the forward direction", {"kl": lambda q, p: klm.kl(p, q)}),
        ),
        Property(
            "keeping one of m far modes costs log m",
            _one_of_m,
            Mutant("the forward direction", {"kl_of_densities": lambda f, g, w: klm.kl_of_densities(g, f, w)}),
        ),
        Property(
            "a normal fit has a local optimum at each far mode",
            _local_modes,
            Mutant("the forward direction", {"kl_of_densities": lambda f, g, w: klm.kl_of_densities(g, f, w)}),
        ),
    ),
    source="Minka 2005, section 2",
    conventions=("the model comes first",),
)


def _js_range(model: Model, draw: Draw) -> Outcome:
    p, q = draw.simplex(6, 5), draw.simplex(6, 5)
    found = model.jensen_shannon(p, q)
    apart = model.jensen_shannon(draw.tensor([0.3, 0.7, 0, 0]), draw.tensor([0, 0, 0.5, 0.5]))
    return worst(
        at_most(found, log(2)), at_most(0.0, found), equal(apart, log(2)), equal(found, model.jensen_shannon(q, p))
    )


def _information(model: Model, draw: Draw) -> Outcome:
    """It is the mutual information of a fair label and an outcome of that label's law."""
    p, q = draw.simplex(5), draw.simplex(5)
    joint = torch.stack([p, q]) / 2
    found = (joint * torch.log(joint / joint.sum(0) / joint.sum(1, keepdim=True))).sum()
    return equal(model.jensen_shannon(p, q), found)


def _metric(model: Model, draw: Draw) -> Outcome:
    a, b, c = draw.simplex(3, 40, 4) ** 2
    a, b, c = (v / v.sum(-1, keepdim=True) for v in (a, b, c))
    a[0], b[0], c[0] = draw.tensor([1, 0, 0, 0]), draw.tensor([0.5, 0.5, 0, 0]), draw.tensor([0, 1, 0, 0])
    root = [torch.sqrt(model.jensen_shannon(x, y)) for x, y in ((a, b), (b, c), (a, c))]
    return at_most(root[2], root[0] + root[1])


def _game(model: Model, draw: Draw) -> Outcome:
    p, q = draw.simplex(5), draw.simplex(5)
    d = p / (p + q)
    value = (p * torch.log(d)).sum() + (q * torch.log(1 - d)).sum()
    return equal(2 * model.jensen_shannon(p, q) - log(4), value)


def _scipy_js(inputs: Mapping[str, Any]) -> Answers:
    from scipy.spatial.distance import jensenshannon

    return {"js": [float(jensenshannon(p, q)) ** 2 for p, q in zip(inputs["p"], inputs["q"], strict=True)]}


def _our_js(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"js": model.jensen_shannon(*(torch.tensor(inputs[k], dtype=torch.float64) for k in ("p", "q")))}


def _half_kl(p: Tensor, q: Tensor) -> Tensor:
    return (klm.kl(p, q) + klm.kl(q, p)) / 2


JENSEN_SHANNON = Specification(
    name="jensen_shannon",
    family="divergences",
    systems=(98,),
    title="Jensen-Shannon divergence",
    statement="JS = ½ KL(p ‖ m) + ½ KL(q ‖ m), m = (p + q)/2",
    page=PAGE,
    functions={"jensen_shannon": klm.jensen_shannon},
    properties=(
        Property(
            "symmetric, between 0 and log 2, log 2 for disjoint supports",
            _js_range,
            Mutant("the halves are left out", {"jensen_shannon": lambda p, q: 2 * klm.jensen_shannon(p, q)}),
        ),
        Property(
            "the information that an outcome carries about its law",
            _information,
            Mutant("half of Jeffreys' divergence: no mixture", {"jensen_shannon": _half_kl}),
        ),
        Property(
            "its root satisfies the triangle inequality",
            _metric,
            Mutant("its square", {"jensen_shannon": lambda p, q: klm.jensen_shannon(p, q) ** 2}),
        ),
        Property(
            "the value of the adversarial game at its best discriminator is 2 JS − log 4",
            _game,
            Mutant("base 2", {"jensen_shannon": lambda p, q: klm.jensen_shannon(p, q) / log(2)}),
        ),
    ),
    source="Lin 1991",
    oracles=(
        Oracle(
            "scipy", PAIRS, _scipy_js, _our_js, 1e-12, "scipy's jensenshannon is the root: squared; natural logarithm"
        ),
    ),
    conventions=("nats", "not square-rooted"),
)

SPECIFICATIONS = (FORWARD, REVERSE, JENSEN_SHANNON)
