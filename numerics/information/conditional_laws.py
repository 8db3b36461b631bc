"""The routes of chain rules: laws of few values in the place of names, and models of tables of pairs."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
import torch
from torch import Tensor
from torch.distributions import Distribution

from claims.laws import Binomial
from numerics.casts import GIVEN, Cast
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, of_channels
from numerics.nodes import masses
from numerics.routes import Route
from reference_models.divergences.kullback_leibler import entropy, kl

Channel = Callable[[float], Distribution]


def _cast(n: int, p: sp.Rational, q: sp.Rational, m: int, s: sp.Expr, t: sp.Expr, r: sp.Rational) -> Cast:
    return {
        "p": Binomial(n, p),
        "q": Binomial(n, q),
        "s": Binomial(m, s),
        "t": Binomial(m, t),
        "r": Binomial(m, r),
        "b": Binomial(m, q),
    }


FIFTH = sp.Rational(1, 5)
RISING, FALLING, BENT = (1 + GIVEN) * FIFTH, (4 - GIVEN) * FIFTH, HALF + (GIVEN - 1) ** 2 / 10
PAIRS: tuple[Cast, ...] = (
    _cast(1, THIRD, HALF, 1, RISING, FALLING, HALF),
    _cast(1, HALF, THIRD, 1, FALLING, RISING, FIFTH),
    _cast(1, FIFTH, sp.Rational(9, 10), 1, BENT, RISING, THIRD),
    _cast(1, HALF, sp.Rational(49, 100), 1, RISING, RISING + sp.Rational(1, 100), THIRD),
    _cast(2, THIRD, HALF, 1, RISING, BENT, HALF),
    _cast(2, HALF, FIFTH, 2, FALLING, RISING, THIRD),
    _cast(2, sp.Rational(3, 4), THIRD, 2, BENT, FALLING, HALF),
    _cast(3, THIRD, FIFTH, 1, RISING, FALLING, FIFTH),
    _cast(3, HALF, THIRD, 2, FALLING, BENT, sp.Rational(3, 4)),
    _cast(1, THIRD, FIFTH, 3, BENT, FALLING, HALF),
)
"""Two laws of the first variable, two of the second at each value of it, and two that know nothing of it."""


def rows(law: Distribution, channel: Channel) -> Tensor:
    """The law of the second variable at each value of the first: (values, outputs)."""
    listed: Tensor = law.enumerate_support()
    return torch.stack([masses(channel(float(x))) for x in listed])


def table(law: Distribution, channel: Channel) -> Tensor:
    """The joint law: (values, outputs)."""
    return masses(law)[:, None] * rows(law, channel)


def kl_of_pairs(p: Distribution, q: Distribution, s: Channel, t: Channel) -> Tensor:
    """KL of the pair (p, s) from the pair (q, t)."""
    return kl(table(p, s).flatten(), table(q, t).flatten())


def kl_of_first(p: Distribution, q: Distribution, s: Channel, t: Channel) -> Tensor:
    """KL of the first variable alone, by summing out the second."""
    return kl(table(p, s).sum(1), table(q, t).sum(1))


def kl_of_one_channel(p: Distribution, q: Distribution, s: Channel) -> Tensor:
    """KL of input and output where both inputs go through one channel."""
    return kl_of_pairs(p, q, s, s)


def _entropy_of_pair(p: Distribution, s: Channel) -> Tensor:
    return entropy(table(p, s).flatten())


def _kl_from_independent(p: Distribution, r: Distribution, s: Channel) -> Tensor:
    return kl(table(p, s).flatten(), torch.outer(masses(p), masses(r)).flatten())


def mean_kl(p: Distribution, b: Distribution, s: Channel) -> Tensor:
    """The mean over the first variable of the divergence of the second from b, a row at a time."""
    return masses(p) @ kl(rows(p, s), masses(b))


def _mean_entropy(p: Distribution, s: Channel) -> Tensor:
    """The mean over the first variable of the entropy of the second."""
    return masses(p) @ entropy(rows(p, s))


def _routes(value: Callable[..., Tensor], names: str, channels: str) -> tuple[Route, Route]:
    return interpreted(PAIRS), by_cast(of_channels(value, names, channels), PAIRS, 1e-10)


ROUTES = {
    "kl_chain_any_eq": _routes(kl_of_pairs, "pq", "st"),
    "entropy_chain_any_eq": _routes(_entropy_of_pair, "p", "s"),
    "kl_part_le": _routes(kl_of_first, "pq", "st"),
    "kl_same_channel_eq": _routes(kl_of_one_channel, "pq", "s"),
    "mi_mean_kl_any_eq": _routes(_kl_from_independent, "pr", "s"),
    "mi_nonneg_any": _routes(mean_kl, "pr", "s"),
    "barber_agakov_ge": _routes(mean_kl, "pr", "s"),
    "mean_kl_any_eq": _routes(mean_kl, "pb", "s"),
    "mi_entropies_any_eq": _routes(mean_kl, "pr", "s"),
    "conditioning_entropy_any_le": _routes(_mean_entropy, "p", "s"),
}
