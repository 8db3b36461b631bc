"""What is said of a random variable: its law, or its moments."""

from __future__ import annotations

from claims.records import Record
from errata.meaning.terms import Ref, Term

FAMILIES = {"normal": 2, "bernoulli": 1, "binomial": 2, "poisson": 1, "exponential": 1, "uniform": 2}
"""Named laws with the number of their parameters."""


class Law(Record, frozen=True):
    """What a page says of a random variable: a family with its parameters, or its mean and its variance, or neither."""

    family: str = ""
    parameters: tuple[Term, ...] = ()
    mean: Term | None = None
    variance: Term | None = None
    index: str = ""
    """The name that numbers the variables of which it is said, where there are several."""


def key_of(variable: Ref) -> str:
    """What laws are known by: the head of a variable, X and the X_i apart."""
    return variable.head + "_" * len(variable.indices)
