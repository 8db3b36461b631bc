"""Claims about laws that are names only, read with named families in their place: both sides by definition.

A cast gives each name a law with numbers for its parameters. The claim holds for every law, so it must hold for these;
where it is about any p and q, its casts differ in family as well as in parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

import sympy as sp
import torch
from flint import arb
from torch import Tensor, distributions
from torch.distributions import Distribution

from claims.claim import Claim
from claims.domains import Integer, Variable, symbol_of
from claims.evidence import Agreement, Counterexample, Evidence, Inconclusive
from claims.laws import Bernoulli, Beta, Binomial, Exponential, Family, Gamma, Uniform
from claims.notation import Law, Normal
from numerics.balls import Undetermined
from numerics.casts import GIVEN, Cast, remade, with_laws
from numerics.points import NASTY, Point, points
from numerics.routes import Route, admissible, agreed_digits, contradicts
from numerics.written import worth

BITS = 256
LEAST_DIGITS = 6
Left = Callable[[Cast, Point], float]
HALF, THIRD = sp.Rational(1, 2), sp.Rational(1, 3)


def interpreted(casts: tuple[Cast, ...], pool: tuple[sp.Rational, ...] = NASTY) -> Route:
    """The route that reads both sides by definition under each cast, at one point of the other variables each."""
    detail = "both sides by definition, with a named law for each name"
    return Route(
        "interpreted",
        lambda claim: _judged(claim, "interpreted", detail, tuple(_by_definition(claim, casts, pool))),
        casts=casts,
    )


def by_cast(left: Left, casts: tuple[Cast, ...], rounding: float, pool: tuple[sp.Rational, ...] = NASTY) -> Route:
    """The route that asks a torch model for the left side, right to ``rounding`` (1 + |value|)."""

    def run(claim: Claim) -> Evidence:
        def found() -> Iterator[Reading]:
            for cast, point in _scenes(claim, casts, pool):
                value = left(cast, point)
                yield cast, point, arb(value, rounding * (1 + abs(value))), _side(claim, claim.right, cast, point)

        return _judged(claim, "reference", "the torch model, with a named law for each name", tuple(found()))

    return Route("reference", run)


Reading = tuple[Cast, Point, arb, arb]


def _by_definition(claim: Claim, casts: tuple[Cast, ...], pool: tuple[sp.Rational, ...]) -> Iterator[Reading]:
    for cast, point in _scenes(claim, casts, pool):
        yield cast, point, _side(claim, claim.left, cast, point), _side(claim, claim.right, cast, point)


def _scenes(claim: Claim, casts: tuple[Cast, ...], pool: tuple[sp.Rational, ...]) -> Iterator[tuple[Cast, Point]]:
    """Each cast with a point of its own, and every point once where there is one cast."""
    free = {s.name for e in (claim.left, claim.right) for s in e.free_symbols}
    listed = points(tuple(v for v in claim.where if v.name in free), len(casts), pool=pool)
    for place, cast in enumerate(casts):
        yield cast, listed[place % len(listed)]


def _side(claim: Claim, expr: sp.Expr, cast: Cast, point: Point) -> arb:
    return _read(expr, tuple(cast.items()), tuple(point.items()), claim.where)


@lru_cache(maxsize=4096)
def _read(
    expr: sp.Expr,
    cast: tuple[tuple[str, Law], ...],
    point: tuple[tuple[str, sp.Rational], ...],
    where: tuple[Variable, ...],
) -> arb:  # fmt: skip
    """One side under a cast at a point. The left side of a claim is asked for again with each slip in its right."""
    at = dict(point)
    try:
        return worth(term_by_term(with_laws(expr, dict(cast)), _ends(where, at)), at, where, BITS)
    except (Undetermined, ValueError):  # SymPy raises ValueError for the greater of a number and what has no value
        return arb.nan()


def _ends(where: tuple[Variable, ...], point: Point) -> dict[sp.Symbol, sp.Rational]:
    """The whole numbers among the values of a point, which a range may run to."""
    return {symbol_of(v): point[v.name] for v in where if isinstance(v.domain, Integer) and v.name in point}


def term_by_term(e: sp.Basic, at: Mapping[sp.Symbol, sp.Rational]) -> sp.Basic:
    """Sums and products between ends that are numbers at a point, written out from the outside in."""
    return _written_out(e, at, {})


def _written_out(e: sp.Basic, at: Mapping[sp.Symbol, sp.Rational], met: dict[sp.Basic, sp.Basic]) -> sp.Basic:
    """What stands in many places is written out once, and what has no sum in it stays: SymPy takes long to make it."""
    if not e.args:
        return e
    if e not in met:
        met[e] = _written_out_once(e, at, met)
    return met[e]


def _written_out_once(e: sp.Basic, at: Mapping[sp.Symbol, sp.Rational], met: dict[sp.Basic, sp.Basic]) -> sp.Basic:
    if not isinstance(e, sp.Sum | sp.Product):
        return remade(e, tuple(_written_out(a, at, met) for a in e.args))
    *inner, (index, *ends) = e.limits
    low, high = (end.xreplace(at) for end in ends)
    if not (low.is_Integer and high.is_Integer):
        return e
    term = e.func(e.function, *inner) if inner else e.function
    terms = [_written_out(term.subs(index, k), at, met) for k in range(int(low), int(high) + 1)]
    return sp.Add(*terms) if isinstance(e, sp.Sum) else sp.Mul(*terms)


def _judged(claim: Claim, route: str, detail: str, readings: tuple[Reading, ...]) -> Evidence:
    digits = []
    for cast, point, left, right in readings:
        if contradicts(claim.relation, left, right):
            witness = (*((n, str(law)) for n, law in cast.items()), *((n, str(v)) for n, v in sorted(point.items())))
            known = left.is_finite() and right.is_finite()
            return Counterexample(
                route, witness, left.str(12), right.str(12), detail, admissible(claim, point), confirmed=bool(known)
            )
        digits.append(min(agreed_digits(left), agreed_digits(right)))
        if digits[-1] < LEAST_DIGITS:
            return Inconclusive(route, f"only {digits[-1]} digits under {dict(cast)}, {LEAST_DIGITS} are needed")
    return Agreement(route, len(digits), min(digits), detail)


PAIRS: tuple[Cast, ...] = tuple(
    {"p": p, "q": q}
    for p, q in (
        (Normal(0, 1), Normal(1, 2)),
        (Normal(-HALF, 3), Normal(0, THIRD)),
        (Normal(2, HALF), Normal(2, sp.Rational(51, 100))),
        (Exponential(2), Exponential(THIRD)),
        (Exponential(1), Gamma(3, 2)),
        (Gamma(2, 1), Exponential(HALF)),
        (Beta(2, 3), Uniform(0, 1)),
        (Uniform(0, 1), Beta(2, 2)),
        (Beta(3, 1), Beta(1, 2)),
        (Bernoulli(THIRD), Bernoulli(HALF)),
    )
)
"""Pairs of laws of one support, one pair of near equals among them."""

ON_THE_LINE: tuple[Cast, ...] = tuple(
    {"p": p}
    for p in (
        Normal(0, 1), Normal(-2, 3), Normal(1, HALF), Uniform(-1, 2), Exponential(2), Exponential(HALF), Gamma(2, 1),
        Gamma(3, 2), Beta(2, 3), Beta(1, 2),
    )
)  # fmt: skip
"""Laws with a density."""

ON_THE_HALF_LINE: tuple[Cast, ...] = tuple(
    {"p": p}
    for p in (
        Exponential(2), Exponential(HALF), Exponential(1), Gamma(2, 1), Gamma(3, 2), Gamma(4, THIRD), Beta(2, 3),
        Beta(1, 2), Uniform(1, 3), Uniform(0, 2),
    )
)  # fmt: skip
"""Laws with a density and without mass below zero."""


def torch_law(law: Family | Normal) -> Distribution:
    """torch's own law of the same parameters, in float64. Raises TypeError for a family without one here."""
    a = [torch.tensor(float(v), dtype=torch.float64) for v in law.args]
    match law:
        case Normal():
            return distributions.Normal(a[0], a[1].sqrt())
        case Bernoulli():
            return distributions.Bernoulli(a[0])
        case Binomial():
            return distributions.Binomial(int(law.args[0]), a[1])
        case Exponential():
            return distributions.Exponential(a[0])
        case Gamma():
            return distributions.Gamma(a[0], a[1])
        case Beta():
            return distributions.Beta(a[0], a[1])
        case Uniform():
            return distributions.Uniform(a[0], a[1])
    raise TypeError(f"{law} has no counterpart here")


def of_laws(model: Callable[..., Tensor], *names: str, at: tuple[str, ...] = ()) -> Left:
    """``model`` of torch's laws of the names, and of the letters in ``at`` as scalars in float64."""

    def left(cast: Cast, place: Point) -> float:
        letters = (torch.tensor(float(place[n]), dtype=torch.float64) for n in at)
        return float(model(*(torch_law(cast[n]) for n in names), *letters))

    return left


def of_sequences(model: Callable[..., Tensor], *names: str, at: tuple[str, ...] = (), more: int = 0) -> Left:
    """``model`` of members 1 to n + more of the sequences, each (n + more,), and of the letters in ``at``: float64."""

    def left(cast: Cast, place: Point) -> float:
        members = range(1, int(place["n"]) + more + 1)
        values = ([float(cast[name].xreplace({GIVEN: sp.Integer(k)})) for k in members] for name in names)
        letters = (torch.tensor(float(place[n]), dtype=torch.float64) for n in at)
        return float(model(*(torch.tensor(v, dtype=torch.float64) for v in values), *letters))

    return left


def of_channels(model: Callable[..., Tensor], names: str, channels: str) -> Left:
    """``model`` of torch's laws of the names, and then of the laws that depend on a value, as functions of it."""

    def channel(law: Family | Normal) -> Callable[[float], Distribution]:
        return lambda x: torch_law(law.xreplace({GIVEN: sp.Rational(x)}))

    return lambda cast, place: float(model(*(torch_law(cast[n]) for n in names), *(channel(cast[n]) for n in channels)))


def of_values(model: Callable[..., Tensor], law: str, *names: str, at: tuple[str, ...] = ()) -> Left:
    """``model`` of the masses (K,) of a law with K outcomes, of the functions ``names`` at them, each (K,), and of the
    letters in ``at``: float64.
    """

    def left(cast: Cast, place: Point) -> float:
        drawn = torch_law(cast[law])
        outcomes: Tensor = drawn.enumerate_support()
        values = ([float(cast[name].xreplace({GIVEN: sp.Rational(float(x))})) for x in outcomes] for name in names)
        letters = (torch.tensor(float(place[n]), dtype=torch.float64) for n in at)
        return float(
            model(
                torch.exp(drawn.log_prob(outcomes)), *(torch.tensor(v, dtype=torch.float64) for v in values), *letters
            )
        )

    return left
