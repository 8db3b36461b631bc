"""The routes of maximum entropy: families in the place of any law, searches as written; models of laws and tables."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor
from torch.distributions import Distribution

from claims.laws import Bernoulli, Beta, Uniform
from numerics.casts import Cast
from numerics.information.identities import of_coin
from numerics.named_laws import ON_THE_HALF_LINE, ON_THE_LINE, by_cast, interpreted, of_laws
from numerics.nodes import densities, masses
from numerics.points import CALM, NASTY
from numerics.written import standing_on, torch_model
from reference_models.distributions import families, normal
from reference_models.divergences.kullback_leibler import cross_entropy
from reference_models.divergences.kullback_leibler import entropy as sum_of_masses
from reference_models.learning.estimation import exponential_mle

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
HALF = sp.Rational(1, 2)
ON_THE_UNIT: tuple[Cast, ...] = tuple(
    {"p": p}
    for p in (
        Beta(2, 3), Beta(1, 2), Beta(3, 1), Beta(2, 2), Beta(4, 2), Beta(HALF, 2), Beta(HALF, HALF), Beta(1, 5),
        Uniform(0, HALF), Uniform(HALF, 1), Uniform(0, 1),
    )
)  # fmt: skip
"""Laws between 0 and 1."""


ON_TWO: tuple[Cast, ...] = tuple({"p": Bernoulli(sp.Rational(k, 22))} for k in (1, 2, 4, 6, 8, 10, 11, 13, 17, 20))
"""Laws on two values."""
PAIR = (sp.Integer(2),)


def _of_few(law: Distribution) -> Tensor:
    return sum_of_masses(masses(law))


def entropy(law: Distribution) -> Tensor:
    """−E log p at the nodes of a law."""
    return cross_entropy(*densities(law))


def _best_coin(u: Tensor) -> Tensor:
    """The Boltzmann law of energies −u and 0 at temperature 1."""
    return families.boltzmann(torch.stack([-u, 0 * u]), torch.ones_like(u))[0]


def _best_rate(m: Tensor) -> Tensor:
    """That of a single waiting time."""
    return exponential_mle(m.reshape(1))


def _of_normal(w: Tensor) -> Tensor:
    return normal.entropy(w.reshape(1, 1))


ROUTES = {
    "maxent_bernoulli_le": standing_on(torch_model(of_coin, "p"), pool=COINS),
    "boltzmann_bernoulli_eq": standing_on(torch_model(_best_coin, "u"), 1e-8, CALM),
    "maxent_uniform_le": (interpreted(ON_THE_UNIT), by_cast(of_laws(entropy, "p"), ON_THE_UNIT, 1e-8)),
    "maxent_discrete_uniform_le": (
        interpreted(ON_TWO, PAIR),
        by_cast(of_laws(_of_few, "p"), ON_TWO, 1e-10, PAIR),
    ),
    "maxent_exponential_le": (
        interpreted(ON_THE_HALF_LINE),
        by_cast(of_laws(entropy, "p"), ON_THE_HALF_LINE, 1e-8),
    ),
    "maxent_exponential_rate_eq": standing_on(torch_model(_best_rate, "m"), 1e-9, CALM),
    "maxent_normal_le": (
        interpreted(ON_THE_LINE),
        by_cast(of_laws(entropy, "p"), ON_THE_LINE, 1e-8),
    ),
    "maxent_normal_var_le": standing_on(torch_model(_of_normal, "w"), 1e-9),
}
