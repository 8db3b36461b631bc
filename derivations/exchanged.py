"""Means over independent draws, taken as one integral: letters that are integrated over may change places.

E_{x ~ p} E_{y ~ q} g(x, y) is ∫∫ p(x) q(y) g(x, y), which is the same with x and y exchanged, so what is integrated may
be averaged over the orders of its letters; sums of such means are one integral, and one over fewer letters is one over
more under any law, whose density integrates to 1. It is zero where what is averaged vanishes. All this is done under
laws that are names, of which a page supposes that the means it speaks of exist and that they are positive at the same
points.
"""

from __future__ import annotations

from itertools import permutations

import sympy as sp

from claims.notation import Density, Expectation, NamedLaw
from derivations.canonical import opaque, vanishes

MOST_DRAWS = 4
"""Letters whose orders are gone through."""

Letters = tuple[tuple[NamedLaw, sp.Symbol], ...]


def averages_out(expr: sp.Expr) -> bool:
    """Whether a canonical expression is zero as an integral of what vanishes when its letters change places."""
    found = [_integral(term) for term in sp.Add.make_args(sp.expand(expr))]
    terms = [term for term in found if term is not None]
    most = max((len(letters) for _, letters in terms), default=0)
    if len(terms) < len(found) or not 2 <= most <= MOST_DRAWS:
        return False
    places = tuple(sp.Dummy("x", real=True) for _ in range(most))
    every = sorted({d.law for f, _ in terms for d in f.atoms(Density)}, key=sp.default_sort_key)
    longest = {tuple(law for law, _ in letters) for _, letters in terms if len(letters) == most}
    wholes = (
        sp.Add(*(_over_orders(f, letters, places, laws) for f, letters in terms))
        for laws in (*longest, *((law,) * most for law in every))
    )
    return any(vanishes(opaque(whole, sure=True)) for whole in wholes)


def _integral(term: sp.Expr) -> tuple[sp.Expr, Letters] | None:
    """What is integrated, densities within, and the letters with their laws; None where it isn't a mean of independent
    real draws.
    """
    means = [f for f in sp.Mul.make_args(term) if isinstance(f, Expectation)]
    rest = sp.Mul(*(f for f in sp.Mul.make_args(term) if f not in means))
    if rest.has(Expectation) or len(means) > 1:
        return None
    if not means:
        return rest, ()
    (mean,) = means
    inner, plain = _integral(mean.inside[0]), sp.Symbol("x", real=True).assumptions0
    if inner is None or type(mean.law) is not NamedLaw or mean.variable.assumptions0 != plain:
        return None
    if any(law.has(mean.variable) for law, _ in inner[1]):
        return None
    name = sp.Dummy("x", real=True)
    f = rest * Density(mean.law, name) * inner[0].subs(mean.variable, name)
    return f, ((mean.law, name), *inner[1])


def _over_orders(f: sp.Expr, letters: Letters, places: tuple[sp.Symbol, ...], laws: tuple[NamedLaw, ...]) -> sp.Expr:
    """The mean over all orders of the places. Those that no letter takes are integrated over under what ``laws`` has
    beside the laws of the letters.
    """
    beside = list(laws)
    for law, _ in letters:
        beside.remove(law if law in beside else beside[-1])
    ways = list(permutations(places))
    turned = (
        f.subs(dict(zip((name for _, name in letters), way, strict=False)), simultaneous=True)
        * sp.Mul(*(Density(law, place) for law, place in zip(beside, way[len(letters) :], strict=True)))
        for way in ways
    )
    return sp.Add(*turned) / len(ways)
