"""The routes of contents and codes: sums as written; models of tosses and of tables."""

from __future__ import annotations

import math

import sympy as sp
import torch
from torch import Tensor

from claims.laws import Binomial
from numerics.casts import Cast
from numerics.expected import scalar
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, torch_law
from numerics.nodes import masses, shares
from numerics.points import CALM, NASTY, Point
from numerics.written import standing_on, torch_model
from reference_models.distributions.trials import bernoulli_log_prob
from reference_models.divergences.kullback_leibler import cross_entropy, entropy

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
SYMBOLS, WORDS = ("w_1", "w_2", "w_3"), ("k_1", "k_2", "k_3")


def _content(*chances: Tensor) -> Tensor:
    """That independent coins all show 1."""
    p = torch.stack(chances)
    return -bernoulli_log_prob(torch.ones_like(p), p).sum()


def _three_outcomes(p: Tensor, q: Tensor) -> Tensor:
    return entropy(torch.stack([p, (1 - p) * q, (1 - p) * (1 - q)]))


def mean_length(*numbers: Tensor) -> Tensor:
    """In bits, words of −log₂ of a share of Kraft's sum: three weights of symbols, three of words, what is unused."""
    return cross_entropy(shares(*numbers[:3]), shares(*numbers[3:])[:3]) / math.log(2)


def _rounded_length(*numbers: Tensor) -> Tensor:
    """Three weights of symbols, then what rounding adds to each word."""
    p = shares(*numbers[:3])
    return entropy(p) / math.log(2) + p @ torch.stack(numbers[3:])


WORDS_OF: tuple[Cast, ...] = tuple(
    {"p": Binomial(count, p), "t": Binomial(count, t)}
    for count, p, t in (
        (1, THIRD, HALF), (1, HALF, THIRD), (2, THIRD, HALF), (2, HALF, HALF), (3, THIRD, sp.Rational(3, 4)),
        (3, HALF, sp.Rational(49, 100)), (4, HALF, THIRD), (5, THIRD, THIRD), (6, sp.Rational(1, 5), THIRD),
        (7, HALF, sp.Rational(2, 5)),
    )
)  # fmt: skip
"""A law of words, and the law that their lengths are the code of."""


def _mean_length(cast: Cast, place: Point) -> float:
    """Each word's length in nats, averaged."""
    p, t = (masses(torch_law(cast[name])) for name in "pt")
    return float(p @ -(torch.log(t) + torch.log(scalar(place, "K"))))


ROUTES = {
    "content_sum_eq": standing_on(torch_model(_content, "p", "q"), pool=COINS),
    "content_rarer_ge": standing_on(torch_model(_content, "p", "q"), pool=COINS),
    "certain_nonneg": standing_on(torch_model(_content, "p"), pool=COINS),
    "entropy_grouping_eq": standing_on(torch_model(_three_outcomes, "p", "q"), pool=COINS),
    "source_coding_ge": standing_on(torch_model(mean_length, *SYMBOLS, *WORDS, "u")),
    "wrong_code_eq": standing_on(torch_model(mean_length, *SYMBOLS, *WORDS)),
    "shannon_code_le": standing_on(torch_model(_rounded_length, *SYMBOLS, "f_1", "f_2", "f_3"), pool=COINS),
    "source_coding_any_ge": (interpreted(WORDS_OF, CALM), by_cast(_mean_length, WORDS_OF, 1e-10, CALM)),
}
