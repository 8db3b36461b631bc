"""The routes of normal laws in any dimension: sums and integrals as written; torch's own multivariate laws."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor
from torch.distributions import Binomial as TorchBinomial

from claims.laws import Binomial, Family
from claims.notation import Normal
from numerics.casts import Cast
from numerics.named_laws import HALF, THIRD, by_cast, interpreted
from numerics.points import NASTY, Point
from numerics.written import standing_on, torch_model
from reference_models.gaussian import dimensions as model

SIZES = tuple(r for r in NASTY if r >= 1)
TENTH = sp.Rational(1, 10)

COUNTS: tuple[Cast, ...] = tuple(
    {"p": Binomial(n, p), "q": Binomial(n, q), "r": Binomial(m, r), "s": Binomial(m, s)}
    for n, p, q, m, r, s in (
        (1, THIRD, HALF, 1, HALF, TENTH), (1, HALF, THIRD, 2, THIRD, HALF), (2, THIRD, TENTH, 1, TENTH, HALF),
        (2, HALF, THIRD, 2, HALF, TENTH), (1, TENTH, HALF, 3, THIRD, HALF), (3, HALF, THIRD, 1, TENTH, THIRD),
        (3, TENTH, THIRD, 2, HALF, THIRD), (1, HALF, TENTH, 1, THIRD, TENTH), (2, TENTH, HALF, 3, HALF, THIRD),
    )
)  # fmt: skip
"""Two pairs of laws of few outcomes."""


def _table(law: Family | Normal) -> Tensor:
    counts = TorchBinomial(int(law.args[0]), torch.tensor(float(law.args[1]), dtype=torch.float64))
    return torch.exp(counts.log_prob(counts.enumerate_support()))  # type: ignore[no-untyped-call]  # torch's own


def _kl_of_pair(cast: Cast, _: Point) -> float:
    return float(model.kl_of_pair(*(_table(cast[name]) for name in "pqrs")))


def _entropy_of_pair(cast: Cast, _: Point) -> float:
    return float(model.entropy_of_pair(_table(cast["p"]), _table(cast["r"])))


ROUTES = {
    "kl_product_eq": (interpreted(COUNTS), by_cast(_kl_of_pair, COUNTS, 1e-10)),
    "entropy_product_eq": (interpreted(COUNTS), by_cast(_entropy_of_pair, COUNTS, 1e-10)),
    "kl_normal_any_step_eq": standing_on(torch_model(model.one_more, "d", "T", "M", "L", "m", "l"), 1e-9),
    "entropy_normal_any_eq": standing_on(torch_model(model.entropy, "d", "D"), 1e-9, SIZES),
    "kl_isotropic_any_eq": standing_on(torch_model(model.kl_isotropic, "n", "s_1", "s_2", "m"), 1e-9, SIZES),
}
