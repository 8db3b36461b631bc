"""Maximum mean discrepancy (103), Kolmogorov-Smirnov (104), classifier two-sample test (105)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from math import comb
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
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, true, worst
from reference_models.divergences import two_samples as ts

PAGE = "reference_models.divergences.two_samples"


def _characteristic(model: Model, draw: Draw) -> Outcome:
    """Zero for equal laws; else above 0, the square of the distance of mean embeddings in any factor of the kernel."""
    z, p, q = draw.normal(5, 2) * 2, draw.simplex(5), draw.simplex(5)
    kernel = model.gaussian_kernel(z, z, 1.0)
    root = torch.linalg.cholesky(kernel)
    found = model.mmd_of_laws(p, q, kernel)
    return worst(
        equal(found, (((p - q) @ root) ** 2).sum()), equal(model.mmd_of_laws(p, p, kernel), 0.0), true(found > 1e-12)
    )


def _only_means(model: Model, draw: Draw) -> Outcome:
    x, y = draw.normal(6, 2), draw.normal(5, 2)
    k = model.linear_kernel
    found = model.mmd_biased(k(x, x), k(y, y), k(x, y))
    return close(found, ((x.mean(0) - y.mean(0)) ** 2).sum())


def _unbiased(model: Model, draw: Draw) -> Outcome:
    """Over all samples of 2 and 3 from two laws on two points, the mean is MMD²: 0 for equal laws."""
    z, p, q = draw.normal(2, 1), draw.simplex(2), draw.simplex(2)
    kernel = torch.exp(-((z - z.mT) ** 2) / 2)
    exact = p @ kernel @ p + q @ kernel @ q - 2 * p @ kernel @ q
    outcomes = []
    for other, wanted in ((q, exact), (p, 0 * exact)):
        total = 0 * exact
        for a in itertools.product(range(2), repeat=2):
            for b in itertools.product(range(2), repeat=3):
                x, y = list(a), list(b)
                chance = p[x].prod() * other[y].prod()
                total = total + chance * model.mmd_unbiased(kernel[x][:, x], kernel[y][:, y], kernel[x][:, y])
        outcomes.append(equal(total, wanted))
    return worst(*outcomes)


def _normal_closed(model: Model, draw: Draw) -> Outcome:
    """N(0, 1) and N(m, 1): 2ℓ(1 − e^(−m²/(2(ℓ² + 2))))/√(ℓ² + 2), by laws on a fine grid."""
    m, length = float(draw.uniform(0.3, 2)), float(draw.uniform(0.5, 2))
    x = torch.linspace(-8, 10, 300, dtype=torch.float64, device=draw.device)
    p, q = (torch.softmax(-((x - c) ** 2) / 2, -1) for c in (0.0, m))
    found = model.mmd_of_laws(p, q, model.gaussian_kernel(x[:, None], x[:, None], length))
    wide = length**2 + 2
    return close(found, 2 * length / wide**0.5 * (1 - torch.exp(draw.tensor(-(m**2) / (2 * wide)))), 1e-8)


def _torchmetrics(inputs: Mapping[str, Any]) -> Answers:
    from torchmetrics.image.kid import poly_mmd

    x, y = (torch.tensor(inputs[k], dtype=torch.float64) for k in ("x", "y"))
    return {"unbiased": poly_mmd(x, y, degree=inputs["degree"], coef=1.0)}


def _our_mmd(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, y = (torch.tensor(inputs[k], dtype=torch.float64) for k in ("x", "y"))
    kxx, kyy, kxy = ((a @ b.mT / x.shape[1] + 1) ** inputs["degree"] for a, b in ((x, x), (y, y), (x, y)))
    return {"unbiased": model.mmd_unbiased(kxx, kyy, kxy)}


def _sklearn_kernel(inputs: Mapping[str, Any]) -> Answers:
    from sklearn.metrics.pairwise import rbf_kernel

    return {"kernel": rbf_kernel(inputs["x"], inputs["y"], gamma=1 / (2 * inputs["length"] ** 2))}


def _our_kernel(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, y = (torch.tensor(inputs[k], dtype=torch.float64) for k in ("x", "y"))
    return {"kernel": model.gaussian_kernel(x, y, inputs["length"])}


MMD = Specification(
    name="maximum_mean_discrepancy",
    family="divergences",
    systems=(103,),
    title="Maximum mean discrepancy",
    statement="MMD² = E k(x, x′) + E k(y, y′) − 2 E k(x, y)",
    page=PAGE,
    functions={
        "gaussian_kernel": ts.gaussian_kernel,
        "linear_kernel": ts.linear_kernel,
        "mmd_of_laws": ts.mmd_of_laws,
        "mmd_biased": ts.mmd_biased,
        "mmd_unbiased": ts.mmd_unbiased,
    },
    properties=(
        Property(
            "the squared distance of mean embeddings, 0 only for equal laws",
            _characteristic,
            Mutant(
                "the cross term is taken once",
                {"mmd_of_laws": lambda p, q, k: p @ k @ p + q @ k @ q - p @ k @ q},
            ),
        ),
        Property(
            "a linear kernel sees the means alone",
            _only_means,
            Mutant("pairs of a point with itself are left out", {"mmd_biased": ts.mmd_unbiased}),
        ),
        Property(
            "the U-statistic is unbiased: all small samples",
            _unbiased,
            Mutant("pairs of a point with itself are counted", {"mmd_unbiased": ts.mmd_biased}),
        ),
        Property(
            "between shifted normal laws it has a closed form",
            _normal_closed,
            Mutant(
                "ℓ² for 2ℓ² in the kernel",
                {"gaussian_kernel": lambda x, y, s: ts.gaussian_kernel(x, y, s) ** 2},
            ),
        ),
    ),
    source="Gretton et al. 2012, sections 2 and 3",
    oracles=(
        Oracle(
            "scikit-learn",
            {"x": [[0.1, 0.5], [-1.0, 0.3]], "y": [[1.1, 0.0], [0.4, -0.8], [0.2, 0.2]], "length": 0.7},
            _sklearn_kernel,
            _our_kernel,
            1e-13,
            "rbf_kernel's gamma is 1/(2ℓ²)",
        ),
        Oracle(
            package="torchmetrics",
            inputs={
                "x": [[0.1, 0.5], [-1.0, 0.3], [0.7, 1.2], [0.2, -0.4]],
                "y": [[1.1, 0.0], [0.4, -0.8], [-0.6, 0.9], [0.3, 0.3]],
                "degree": 3,
            },
            ask=_torchmetrics,
            tell=_our_mmd,
            tolerance=1e-10,
            conversion="poly_mmd takes the unbiased statistic with the kernel (⟨x, y⟩/d + 1)³",
        ),
    ),
    conventions=("squared",),
)


def _brute(model: Model, draw: Draw) -> Outcome:
    """Between any two neighbours of the pooled sample the gap is constant: look there and beyond both ends."""
    return worst(*[_brute_gap(model, draw.normal(7), draw.normal(5)) for _ in range(12)])


def _brute_gap(model: Model, x: Tensor, y: Tensor) -> Outcome:
    pooled = torch.cat([x, y]).sort().values
    between = torch.cat([pooled[:1] - 1, (pooled[1:] + pooled[:-1]) / 2, pooled[-1:] + 1])
    gaps = [((x < t).double().mean() - (y < t).double().mean()).abs() for t in between]
    return equal(model.ks_statistic(x, y), torch.stack(gaps).max())


def _distribution_free(model: Model, draw: Draw) -> Outcome:
    x, y = draw.normal(9), draw.normal(6)
    return worst(
        equal(model.ks_statistic(torch.exp(x), torch.exp(y)), model.ks_statistic(x, y)),
        equal(model.ks_statistic(x, x + 100), 1.0),
        equal(model.ks_statistic(x, x), 0.0),
    )


def _limit_law(model: Model, draw: Draw) -> Outcome:
    """Exactly, by counting lattice paths within a band, for n = m = 300: near the limit, and P = 1 − paths/C(2n, n)."""
    n, t = 300, float(draw.uniform(0.8, 1.4))
    band = int(t * (2 * n) ** 0.5)  # n D > band
    state = torch.zeros(2 * band + 1, dtype=torch.float64)
    state[band] = 1.0
    log_paths = draw.tensor(0.0).cpu()
    for _ in range(2 * n):
        state = torch.nn.functional.pad(state[1:], (0, 1)) + torch.nn.functional.pad(state[:-1], (1, 0))
        total = state.sum()
        log_paths, state = log_paths + torch.log(total), state / total
    size = torch.tensor(float(n), dtype=torch.float64)
    inside = torch.exp(log_paths + torch.log(state[band]) - torch.lgamma(2 * size + 1) + 2 * torch.lgamma(size + 1))
    return equal(model.ks_limit((band + 1) / (2 * n) ** 0.5), 1 - inside, 0.005)


def _one_sided(x: Tensor, y: Tensor) -> Tensor:
    points = torch.cat([x, y])
    return ((x <= points[:, None]).double().mean(-1) - (y <= points[:, None]).double().mean(-1)).max()


def _scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.special import kolmogorov
    from scipy.stats import ks_2samp

    return {"statistic": ks_2samp(inputs["x"], inputs["y"]).statistic, "limit": kolmogorov(inputs["t"])}


def _our_ks(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, y = (torch.tensor(inputs[k], dtype=torch.float64) for k in ("x", "y"))
    return {
        "statistic": model.ks_statistic(x, y),
        "limit": torch.tensor([model.ks_limit(t) for t in inputs["t"]], dtype=torch.float64),
    }


def _calibrated(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """1 000 pairs of samples of 150 from one law: how often the limit law calls them different at 5 %."""
    n, times, rejected = 150, 1000, 0
    for i in range(times):
        d = float(model.ks_statistic(draw.normal(n), draw.normal(n)))
        rejected += model.ks_limit(d * (n / 2) ** 0.5) <= 0.05
        progress((i + 1) / times)
    least = next(k for k in range(1, n) if model.ks_limit(k / n * (n / 2) ** 0.5) <= 0.05)  # n D from which it rejects
    paths = [comb(2 * n, n - j * least) / comb(2 * n, n) for j in range(1, n // least + 1)]
    exact = 2 * sum(paths[::2]) - 2 * sum(paths[1::2])
    shifted = float(model.ks_statistic(draw.normal(3000), 1 + draw.normal(3000)))
    apart = float(2 * torch.special.ndtr(draw.tensor(0.5)) - 1)
    return Result(
        (
            Figure("share called different", rejected / times, exact, 6.2 * (exact * (1 - exact) / times) ** 0.5),
            Figure("D of N(0, 1) and N(1, 1)", shifted, apart, 0.08),
        ),
    )


KOLMOGOROV = Specification(
    name="kolmogorov_smirnov",
    family="divergences",
    systems=(104,),
    title="Kolmogorov-Smirnov statistic",
    statement="D = sup_t |F_n(t) − G_m(t)|",
    page=PAGE,
    functions={"ks_statistic": ts.ks_statistic, "ks_limit": ts.ks_limit},
    properties=(
        Property(
            "the largest gap between neighbours of the pooled sample",
            _brute,
            Mutant("without the absolute value", {"ks_statistic": _one_sided}),
        ),
        Property(
            "it doesn't change under a rising map; 1 for separate samples",
            _distribution_free,
            Mutant(
                "samples are centred first", {"ks_statistic": lambda x, y: ts.ks_statistic(x - x.mean(), y - y.mean())}
            ),
        ),
        Property(
            "its limit law is near the exact one at n = m = 300: counted lattice paths",
            _limit_law,
            Mutant("e^(−j²t²) for e^(−2j²t²)", {"ks_limit": lambda t: ts.ks_limit(t / 2**0.5)}),
        ),
    ),
    source="van der Vaart 1998, section 19.3",
    oracles=(
        Oracle(
            package="scipy",
            inputs={"x": [0.1, 0.7, -0.3, 1.5, 0.2], "y": [0.9, 1.1, 0.4, 2.0], "t": [0.7, 1.0, 1.36]},
            ask=_scipy,
            tell=_our_ks,
            tolerance=1e-12,
            conversion="ks_2samp's statistic is not scaled; kolmogorov(t) is the limit's tail",
        ),
    ),
    task=Task("pairs of samples of one normal law", _calibrated),
    conventions=("not scaled by √n",),
)


def _best_rule(model: Model, draw: Draw) -> Outcome:
    p, q = draw.simplex(8, 6), draw.simplex(8, 6)
    rules = torch.tensor(list(itertools.product((0.0, 1.0), repeat=6)), dtype=torch.float64, device=p.device)
    found = model.expected_accuracy(model.bayes_classifier(p, q), p, q)
    every = (p @ rules.mT + q @ (1 - rules).mT) / 2
    return worst(equal(found, every.amax(-1)), equal(found, (1 + (p - q).abs().sum(-1) / 2) / 2))


def _equal_laws(model: Model, draw: Draw) -> Outcome:
    p, rules = draw.simplex(6), draw.bits(8, 6)
    return equal(model.expected_accuracy(rules, p, p), 0.5)


def _p_value(model: Model, draw: Draw) -> Outcome:
    """All 2^10 labellings of ten held-out points are equally likely where both laws are equal."""
    hits = torch.tensor(list(itertools.product((0, 1), repeat=10))).sum(-1)
    values = torch.stack([model.c2st_p_value(k, 10) for k in range(11)])
    wanted = torch.stack([(hits >= k).double().mean() for k in range(11)])
    level = torch.stack([(values[hits] <= a).double().mean() for a in (0.01, 0.05, 0.2)])
    return worst(equal(values, wanted), at_most(level, torch.tensor([0.01, 0.05, 0.2], dtype=torch.float64)))


def _binomial(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import binomtest

    return {"p": [binomtest(k, inputs["n"], alternative="greater").pvalue for k in inputs["correct"]]}


def _our_p(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"p": torch.stack([model.c2st_p_value(k, inputs["n"]) for k in inputs["correct"]])}


def _threshold(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """N(0, 1) against N(1, 1): the rule x > ½ is right (1 + TV)/2 = Φ(½) of the time on 20 000 held-out draws."""
    n = 20_000
    x = torch.cat([draw.normal(n // 2), 1 + draw.normal(n // 2)])
    right = torch.cat([x[: n // 2] <= 0.5, x[n // 2 :] > 0.5])
    exact = float(torch.special.ndtr(draw.tensor(0.5)))
    progress(1.0)
    return Result(
        (
            Figure("held-out accuracy", float(right.double().mean()), exact, 0.022),
            Figure("p-value of equal laws", float(model.c2st_p_value(int(right.sum()), n)), 0.0, 1e-9),
        ),
    )


C2ST = Specification(
    name="classifier_two_sample_test",
    family="divergences",
    systems=(105,),
    title="Classifier two-sample test",
    statement="held-out accuracy > ½; at the Bayes classifier it is (1 + TV)/2",
    page=PAGE,
    functions={
        "bayes_classifier": ts.bayes_classifier,
        "expected_accuracy": ts.expected_accuracy,
        "c2st_p_value": ts.c2st_p_value,
    },
    properties=(
        Property(
            "the Bayes classifier beats all others, with accuracy (1 + TV)/2",
            _best_rule,
            Mutant(
                "it calls outcomes above the mean probability p's", {"bayes_classifier": lambda p, q: (p > 1 / 6).to(p)}
            ),
        ),
        Property(
            "any classifier is right half the time where both laws are equal",
            _equal_laws,
            Mutant(
                "both classes' hits are added, not averaged over the rule",
                {"expected_accuracy": lambda r, p, q: ((r * p).sum(-1) + (r * q).sum(-1)) / 2},
            ),
        ),
        Property(
            "the p-value is the share of labellings that do as well: all of them",
            _p_value,
            Mutant("at least stands for more than", {"c2st_p_value": lambda k, n: ts.c2st_p_value(k + 1, n)}),
        ),
    ),
    source="Lopez-Paz and Oquab 2017",
    oracles=(
        Oracle(
            "scipy",
            {"n": 40, "correct": [15, 20, 26, 33]},
            _binomial,
            _our_p,
            1e-12,
            "binomtest with the alternative greater",
        ),
    ),
    task=Task("20 000 draws of two shifted normal laws", _threshold),
    conventions=("a fair label",),
)

SPECIFICATIONS = (MMD, KOLMOGOROV, C2ST)
