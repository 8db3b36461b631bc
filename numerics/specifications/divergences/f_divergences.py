"""χ² (99), total variation (100), the family of f-divergences (101)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from math import pi
from typing import Any

import numpy as np
import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, gradient, worst
from reference_models.divergences import f_divergences as fd

PAGE = "reference_models.divergences.f_divergences"


def _kl(p: Tensor, q: Tensor) -> Tensor:
    return (p * torch.log(p / q)).sum(-1)


LAWS: Mapping[str, Any] = {
    "p": [[0.2, 0.3, 0.5], [0.7, 0.1, 0.2], [0.05, 0.9, 0.05]],
    "q": [[0.1, 0.6, 0.3], [0.25, 0.5, 0.25], [0.4, 0.2, 0.4]],
}


def _laws(inputs: Mapping[str, Any]) -> tuple[Tensor, Tensor]:
    p, q = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("p", "q"))
    return p, q


def _power(inputs: Mapping[str, Any], kind: str | float) -> Any:
    """A statistic of Cressie and Read's family, of p for observed and q for expected shares."""
    from scipy.stats import power_divergence

    return power_divergence(np.array(inputs["p"]), np.array(inputs["q"]), lambda_=kind, axis=1).statistic


def _pearson(inputs: Mapping[str, Any]) -> Answers:
    return {"chi_square": _power(inputs, "pearson")}


def _our_chi_square(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"chi_square": model.chi_square(*_laws(inputs))}


def _city_block(inputs: Mapping[str, Any]) -> Answers:
    from scipy.spatial.distance import cityblock
    from scipy.stats import norm

    pairs = zip(inputs["p"], inputs["q"], strict=True)
    gap, std = np.array(inputs["gap"]), np.array(inputs["std"])
    beyond = norm(0, std).cdf(gap / 2) - norm(gap, std).cdf(gap / 2)  # the event x < gap/2
    return {"total_variation": [cityblock(p, q) / 2 for p, q in pairs], "normal": beyond}


def _our_total_variation(model: Model, inputs: Mapping[str, Any]) -> Answers:
    gap, std = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("gap", "std"))
    return {
        "total_variation": model.total_variation(*_laws(inputs)),
        "normal": model.normal_total_variation(gap, std),
    }


def _cressie_read(inputs: Mapping[str, Any]) -> Answers:
    from scipy.spatial.distance import cityblock, jensenshannon

    p, q = np.array(inputs["p"]), np.array(inputs["q"])
    return {
        "kl": _power(inputs, "log-likelihood") / 2,
        "reverse_kl": _power(inputs, "mod-log-likelihood") / 2,
        "chi_square": _power(inputs, "pearson"),
        "squared_hellinger": _power(inputs, "freeman-tukey") / 8,
        "total_variation": [cityblock(a, b) / 2 for a, b in zip(p, q, strict=True)],
        "jensen_shannon": jensenshannon(p, q, axis=1) ** 2,
    }


def _our_generators(model: Model, inputs: Mapping[str, Any]) -> Answers:
    p, q = _laws(inputs)
    names = ("kl", "reverse_kl", "chi_square", "squared_hellinger", "total_variation", "jensen_shannon")
    return {name: model.f_divergence(p, q, getattr(model, f"{name}_generator")) for name in names}


def _weights_spread(model: Model, draw: Draw) -> Outcome:
    p, q = draw.simplex(6, 5), draw.simplex(6, 5)
    w = p / q
    return close(model.chi_square(p, q), (q * w**2).sum(-1) - (q * w).sum(-1) ** 2)


def _above_kl(model: Model, draw: Draw) -> Outcome:
    p, q = draw.simplex(30, 4), draw.simplex(30, 4)
    even = (q + 0.25) / 2
    near = even + 1e-4 * (p - even)
    small = model.chi_square(near, even) / (2 * _kl(near, even))
    found = model.chi_square(p, q)
    return worst(at_most(_kl(p, q), torch.log1p(found)), equal(small, 1.0, 0.05))


def _normal(model: Model, draw: Draw) -> Outcome:
    m1, m2, v = draw.normal(), draw.normal(), draw.uniform(0.5, 2)
    x = torch.linspace(-25, 25, 4001, dtype=torch.float64, device=m1.device)
    p, q = (torch.exp(-((x - m) ** 2) / (2 * v)) / torch.sqrt(2 * pi * v) * 50 / 4000 for m in (m1, m2))
    keep = q > 1e-200
    return close(model.normal_chi_square(m1, m2, v), (p**2 / q)[keep].sum() - 1, 1e-8)


CHI_SQUARE = Specification(
    name="chi_square",
    family="divergences",
    systems=(99,),
    title="χ² divergence",
    statement="χ²(p ‖ q) = E_q(p/q − 1)²",
    page=PAGE,
    functions={"chi_square": fd.chi_square, "normal_chi_square": fd.normal_chi_square},
    properties=(
        Property(
            "the variance of importance weights p/q under q",
            _weights_spread,
            Mutant("the mean is taken under p", {"chi_square": lambda p, q: (p * (p / q - 1) ** 2).sum(-1)}),
        ),
        Property(
            "KL ≤ log(1 + χ²), and χ² is twice KL for near laws",
            _above_kl,
            Mutant("divided by p", {"chi_square": lambda p, q: ((p - q) ** 2 / (p + q)).sum(-1)}),
        ),
        Property(
            "e^(δ²/σ²) − 1 between normal laws, by quadrature",
            _normal,
            Mutant("e^(δ²/2σ²) − 1", {"normal_chi_square": lambda a, b, v: torch.expm1((a - b) ** 2 / (2 * v))}),
        ),
    ),
    source="Tsybakov 2009, section 2.4",
    oracles=(
        Oracle(
            package="scipy",
            inputs=LAWS,
            ask=_pearson,
            tell=_our_chi_square,
            tolerance=1e-13,
            conversion="power_divergence of shares: p stands for observed counts, q for expected ones",
        ),
    ),
    conventions=("divided by the second law",),
)


def _events(model: Model, draw: Draw) -> Outcome:
    """The largest difference over all events."""
    p, q = draw.simplex(8, 6), draw.simplex(8, 6)
    events = torch.tensor(list(itertools.product((0.0, 1.0), repeat=6)), dtype=torch.float64, device=p.device)
    return equal(model.total_variation(p, q), ((p - q) @ events.mT).abs().amax(-1))


def _metric(model: Model, draw: Draw) -> Outcome:
    a, b, c = draw.simplex(3, 30, 4)
    a[0], b[0] = draw.tensor([1, 0, 0, 0]), draw.tensor([0, 0.5, 0.5, 0])
    two = (model.total_variation(a, b), model.total_variation(b, c))
    return worst(
        at_most(model.total_variation(a, c), two[0] + two[1]),
        equal(two[0][0], 1.0),
        at_most(two[0], 1.0),
        equal(model.total_variation(a, a), 0.0),
    )


def _pinsker(model: Model, draw: Draw) -> Outcome:
    """TV ≤ √(KL/2), tight at second order for two near fair coins."""
    p, q = draw.simplex(30, 4), draw.simplex(30, 4)
    e = draw.uniform(1e-4, 1e-3)
    near, fair = torch.stack([0.5 + e, 0.5 - e]), draw.tensor([0.5, 0.5])
    tight = model.total_variation(near, fair) / torch.sqrt(_kl(near, fair) / 2)
    return worst(at_most(model.total_variation(p, q), torch.sqrt(_kl(p, q) / 2)), equal(tight, 1.0, 1e-5))


def _classifier(model: Model, draw: Draw) -> Outcome:
    """The best of all classifiers of a fair label is right with probability (1 + TV)/2."""
    p, q = draw.simplex(8, 5), draw.simplex(8, 5)
    rules = torch.tensor(list(itertools.product((0.0, 1.0), repeat=5)), dtype=torch.float64, device=p.device)
    right = (p @ rules.mT + q @ (1 - rules).mT) / 2
    return equal(right.amax(-1), (1 + model.total_variation(p, q)) / 2)


def _normal_gap(model: Model, draw: Draw) -> Outcome:
    gap, s = draw.uniform(-3, 3), draw.uniform(0.5, 2)
    x = torch.linspace(-20, 20, 8001, dtype=torch.float64, device=s.device)
    p, q = (torch.exp(-(((x - m) / s) ** 2) / 2) / (s * (2 * pi) ** 0.5) for m in (0 * gap, gap))
    return equal(model.normal_total_variation(gap, s), ((p - q).abs() * 40 / 8000).sum() / 2, 1e-5)


TOTAL_VARIATION = Specification(
    name="total_variation",
    family="divergences",
    systems=(100,),
    title="Total variation distance",
    statement="TV = ½ Σ|p − q| = max_A |p(A) − q(A)|",
    page=PAGE,
    functions={"total_variation": fd.total_variation, "normal_total_variation": fd.normal_total_variation},
    properties=(
        Property(
            "the largest difference over all events",
            _events,
            Mutant("the largest difference of one outcome", {"total_variation": lambda p, q: (p - q).abs().amax(-1)}),
        ),
        Property(
            "a metric in [0, 1], 1 for disjoint supports",
            _metric,
            Mutant("squared differences", {"total_variation": lambda p, q: ((p - q) ** 2).sum(-1) / 2}),
        ),
        Property(
            "Pinsker: TV ≤ √(KL/2), with equality in the limit",
            _pinsker,
            Mutant("the ½ is left out", {"total_variation": lambda p, q: (p - q).abs().sum(-1)}),
        ),
        Property(
            "the best classifier is right with probability (1 + TV)/2",
            _classifier,
            Mutant("the largest difference of one outcome", {"total_variation": lambda p, q: (p - q).abs().amax(-1)}),
        ),
        Property(
            "erf(δ/(2√2 σ)) between normal laws",
            _normal_gap,
            Mutant(
                "√2 for 2√2",
                {"normal_total_variation": lambda g, s: fd.normal_total_variation(2 * g, s)},
            ),
        ),
    ),
    source="Tsybakov 2009, section 2.4",
    oracles=(
        Oracle(
            package="scipy",
            inputs={**LAWS, "gap": [0.5, 2.0, 0.1], "std": [1.0, 0.7, 2.0]},
            ask=_city_block,
            tell=_our_total_variation,
            tolerance=1e-13,
            conversion="half of cityblock; between normals, the chance of the event x < gap/2 by norm.cdf",
        ),
    ),
    conventions=("½ in front",),
)


def _table(model: Model, draw: Draw) -> Outcome:
    p, q = draw.simplex(6, 5), draw.simplex(6, 5)
    m = (p + q) / 2
    expected = {
        "kl_generator": _kl(p, q),
        "reverse_kl_generator": _kl(q, p),
        "chi_square_generator": (p**2 / q).sum(-1) - 1,
        "total_variation_generator": torch.maximum(p, q).sum(-1) - 1,
        "jensen_shannon_generator": (_kl(p, m) + _kl(q, m)) / 2,
        "squared_hellinger_generator": 1 - torch.sqrt(p * q).sum(-1),
    }
    return worst(
        *[close(model.f_divergence(p, q, getattr(model, name)), v, 1e-9, name) for name, v in expected.items()]
    )


GENERATORS = (
    "kl_generator reverse_kl_generator chi_square_generator total_variation_generator jensen_shannon_generator "
    "squared_hellinger_generator"
).split()


def _processing(model: Model, draw: Draw) -> Outcome:
    """Through any channel laws come nearer; equal laws are at 0."""
    p, q, channel = draw.simplex(5), draw.simplex(5), draw.simplex(5, 3)
    outcomes = []
    for name in GENERATORS:
        f = getattr(model, name)
        before, after = model.f_divergence(p, q, f), model.f_divergence(p @ channel, q @ channel, f)
        outcomes += [at_most(after, before), at_most(0.0, after), equal(model.f_divergence(p, p, f), 0.0)]
    return worst(*outcomes)


def _dual(model: Model, draw: Draw) -> Outcome:
    """E_p T − E_q f*(T) never exceeds KL and reaches it at T = f′(p/q) = 1 + log p/q."""
    p, q, t = draw.simplex(5), draw.simplex(5), draw.normal(20, 5)
    best = 1 + torch.log(p / q)
    value = model.dual_value(best, p, q, model.kl_conjugate)
    return worst(
        at_most(model.dual_value(t, p, q, model.kl_conjugate), _kl(p, q)),
        equal(value, _kl(p, q)),
        equal(gradient(lambda v: model.dual_value(v, p, q, model.kl_conjugate), best), 0.0),
    )


F_DIVERGENCES = Specification(
    name="f_divergences",
    family="divergences",
    systems=(101,),
    title="f-divergences",
    statement="D_f(p ‖ q) = E_q f(p/q), f convex, f(1) = 0",
    page=PAGE,
    functions={
        "f_divergence": fd.f_divergence,
        **{name: getattr(fd, name) for name in GENERATORS},
        "kl_conjugate": fd.kl_conjugate,
        "dual_value": fd.dual_value,
    },
    properties=(
        Property(
            "the table of generators",
            _table,
            Mutant("log u for −log u", {"reverse_kl_generator": torch.log}),
        ),
        Property(
            "not negative, 0 for equal laws, never larger after a channel",
            _processing,
            Mutant("p is the weight, not q", {"f_divergence": lambda p, q, f: (p * f(p / q)).sum(-1)}),
        ),
        Property(
            "the dual bound holds and is tight at f′(p/q)",
            _dual,
            Mutant("f*(t) = e^t", {"kl_conjugate": torch.exp}),
        ),
    ),
    source="Csiszár and Shields 2004, section 4; Nguyen et al. 2010",
    oracles=(
        Oracle(
            package="scipy",
            inputs=LAWS,
            ask=_cressie_read,
            tell=_our_generators,
            tolerance=1e-12,
            conversion="power_divergence: 2 KL, 2 reverse KL, χ², 8 H²; jensenshannon is a root; half of cityblock",
        ),
    ),
    conventions=("weighted by the second law",),
)

SPECIFICATIONS = (CHI_SQUARE, TOTAL_VARIATION, F_DIVERGENCES)
