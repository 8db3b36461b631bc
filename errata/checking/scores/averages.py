"""Means over a density, as notes write them, and where they are computed: E_p[f(x)], E_{x ∼ p}[…], E_{p(x | y)}[…]."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from flint import arb, fmpq

from claims.records import Record
from errata.checking.scores.shaped import Shaped, column, fixed, number
from errata.checking.scores.stated import applied, is_density
from errata.reading.names import is_name
from errata.reading.tree import Call, Chain, Fence, Group, Node, Script, Sym
from errata.reading.vectors import Unlowered
from numerics.smooth_laws import REACH, hermite, trapezoid
from numerics.taylor import Taylor

STEPS = 120
WIDE = 10
"""Standard deviations on either side of a mean, beyond which a normal law has no mass to speak of."""
NODES = (5, 6)
"""Nodes of the rules that are compared."""


class Average(Record):
    """The mean of ``body`` over ``variable``, None where it isn't written, under a density: p or p(x | y)."""

    body: Node
    density: Node
    variable: Node | None


class Spot(Record):
    """A place of a rule with its weight; ``coarse`` is its weight in the rule that checks it."""

    place: Shaped
    weight: fmpq
    coarse: fmpq


def average_in(node: Call) -> Average | None:
    """The mean that a call is; None for anything else, a mean under no density that is written included."""
    head, fence = node.head, node.fence
    if not isinstance(head, Script) or head.sub is None or head.sup is not None or not isinstance(fence, Fence):
        return None
    if not isinstance(head.base, Sym) or head.base.name not in ("E", "𝔼") or fence.body is None:
        return None
    sub = head.sub.body if isinstance(head.sub, Group) else head.sub
    if isinstance(sub, Chain):
        if [r.sign for r in sub.relations] != ["∼"] or not is_name(sub.items[0]):
            return None
        return Average(fence.body, sub.items[1], sub.items[0]) if _is_of_density(sub.items[1]) else None
    return Average(fence.body, sub, None) if _is_of_density(sub) else None


def _is_of_density(node: Node) -> bool:
    if isinstance(node, Call):
        found = applied(node)
        return found is not None and len(found.points) == 1
    return is_name(node) and is_density(node)


def along_the_line(one: Taylor, centre: arb | None, spread: arb | None) -> Iterator[Spot]:
    """The places of a rule for a density of numbers: around the mean of a normal law, or wherever a mixture may be."""
    if centre is None or spread is None:
        low, high = fmpq(-REACH), fmpq(REACH)
    else:
        middle, width = _rational(centre), WIDE * _rational(spread)
        low, high = middle - width, middle + width
    for k, (place, weight) in enumerate(trapezoid(low, high, STEPS)):
        yield Spot(number(one.constant(place)), weight, 2 * weight if k % 2 == 0 else fmpq(0))


def around_a_normal(one: Taylor, mean: Shaped, cov: Shaped) -> Iterator[Spot]:
    """The places of two rules for a normal law of vectors, one after the other."""
    root = _root(cov)
    dim = mean.shape[0]
    for count in NODES:
        for nodes in product(hermite(count), repeat=dim):
            steps = [z for z, _ in nodes]
            entries = [m.value + sum((root[i][j] * steps[j] for j in range(i + 1)), arb(0))
                       for i, m in enumerate(mean.entries)]  # fmt: skip
            weight = fmpq(1)
            for _, w in nodes:
                weight *= w
            fine = count == NODES[-1]
            yield Spot(
                column([one.constant(_rational(e)) for e in entries]), weight if fine else fmpq(0),
                fmpq(0) if fine else weight,
            )  # fmt: skip


def _root(cov: Shaped) -> Sequence[Sequence[arb]]:
    """The lower triangle whose product with its transpose is a covariance."""
    of = fixed(cov)
    size = cov.shape[0]
    out = [[arb(0)] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = of[i, j] - sum((out[i][k] * out[j][k] for k in range(j)), arb(0))
            out[i][j] = rest.sqrt() if i == j else rest / out[j][j]
    return out


def _rational(value: arb) -> fmpq:
    """The middle of a ball. Raises Unlowered where it has none."""
    if not value.is_finite():
        raise Unlowered("a law without finite parameters")
    mantissa, exponent = value.mid().man_exp()
    return fmpq(mantissa) * fmpq(2) ** int(exponent)
