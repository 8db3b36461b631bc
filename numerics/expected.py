"""Means under the laws of a cast, for torch models: sums over outcomes, or over nodes, of polynomials."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
import torch
from torch import Tensor

from claims.laws import Family
from claims.notation import Normal
from numerics.casts import GIVEN, Cast
from numerics.named_laws import torch_law
from numerics.nodes import LEAST, nodes
from numerics.points import Point

Function = Callable[[Tensor], Tensor]


def weighed(law: Family | Normal) -> tuple[Tensor, Tensor]:
    """Outcomes or nodes of a law, and their masses: (nodes,), (nodes,)."""
    torchs = torch_law(law)
    x, lengths = nodes(torchs)
    logs: Tensor = torchs.log_prob(x)
    kept = logs > LEAST
    return x[kept], torch.exp(logs[kept]) * lengths[kept]


def mean(law: Family | Normal, f: Function) -> Tensor:
    """E f(x), f being given all nodes at once: (nodes,) -> (nodes,)."""
    x, masses = weighed(law)
    return (masses * f(x)).sum()


def given(cast: Cast, name: str, value: Tensor) -> Family | Normal:
    """The law behind a name that depends on what is given, at a value."""
    law: Family | Normal = cast[name].xreplace({GIVEN: sp.Rational(float(value))})
    return law


def polynomial(cast: Cast, name: str) -> Function:
    """The formula of a name, a polynomial in what is given, as a function of tensors."""
    coefficients = [float(c) for c in sp.Poly(cast[name], GIVEN).all_coeffs()]

    def value(x: Tensor) -> Tensor:
        found = torch.zeros_like(x)
        for c in coefficients:
            found = found * x + c
        return found

    return value


def members(cast: Cast, name: str, first: int, last: int) -> Tensor:
    """Members of a sequence from one place to another: (last − first + 1,)."""
    values = [float(cast[name].xreplace({GIVEN: sp.Integer(n)})) for n in range(first, last + 1)]
    return torch.tensor(values, dtype=torch.float64)


def scalar(place: Point, name: str) -> Tensor:
    """A letter at a point, in float64."""
    return torch.tensor(float(place[name]), dtype=torch.float64)
