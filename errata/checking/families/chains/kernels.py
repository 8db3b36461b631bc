"""The normal laws of a chain as a document writes them: q(x_t | x_{t−1}) = N(x_t; a_t x_{t−1}, b_t I), and the law of a
member given the one after it and the first one.
"""

from __future__ import annotations

from functools import lru_cache

from claims.records import Record, replace
from errata.checking.families.chains.defined_families import bare
from errata.checking.kinds import is_law_of
from errata.reading.families.notation import identity_factor, law_call
from errata.reading.names import key
from errata.reading.relations import stated
from errata.reading.tree import Bar, Call, Factors, Fence, Lines, Node, Num, Phrase, Script

LAWS = frozenset({"p", "q", "P", "Q", "π"})
EQUATES = frozenset({"=", "≡", ":=", "≜"})


class Kernel(Record):
    """A normal law of one member given another one: the factors of the other one and of the identity."""

    law: str
    to: Script
    given: Script
    slope: Node
    spread: Node


class Between(Record):
    """A normal law of a member given the one after it and the first one: its mean, and the factor of the identity."""

    law: str
    to: Script
    last: Script
    first: Script
    mean: Node
    spread: Node


class _Normal(Record):
    law: str
    to: Script
    given: tuple[Script, ...]
    mean: Node
    spread: Node


def index_of(member: Script) -> Node:
    """Which member of a chain it is."""
    return bare(member.sub or member)


def is_first(member: Script) -> bool:
    """Whether it is the member that the chain begins with."""
    return key(index_of(member)) == "0"


def follows(member: Script, other: Script) -> bool:
    """Whether a member comes right after another one: x_t after x_{t−1}."""
    return key(index_of(other)).replace(" ", "") == f"{key(index_of(member))}-1"


def kernel_of(left: Node, right: Node) -> Kernel | None:
    """q(x_t | x_r) = N(x_t; a x_r, b I), the point of the density left out or not; None for anything else."""
    found = _normal(left, right)
    if found is None or len(found.given) != 1:
        return None
    (given,) = found.given
    slope = _factor_of(given, found.mean)
    return None if slope is None else Kernel(found.law, found.to, given, slope, found.spread)


def between_of(left: Node, right: Node) -> Between | None:
    """q(x_{t−1} | x_t, x_0) = N(x_{t−1}; m, v I); None for anything else."""
    found = _normal(left, right)
    if found is None or len(found.given) != 2:
        return None
    first = next((g for g in found.given if is_first(g)), None)
    last = next((g for g in found.given if not is_first(g)), None)
    if first is None or last is None or not follows(last, found.to):
        return None
    return Between(found.law, found.to, last, first, found.mean, found.spread)


Laws = tuple[tuple[Kernel | Between, int], ...]


@lru_cache(maxsize=8)
def laws_in(roots: tuple[Lines, ...]) -> Laws:
    """The laws of members of chains that formulas state, each with the number of its formula; the last documents are
    remembered, as every relation of one asks."""
    out: list[tuple[Kernel | Between, int]] = []
    for number, root in enumerate(roots):
        for pair in (p for chain in stated(root) for p in chain.pairs()):
            if pair.relation.sign in EQUATES and isinstance(pair.left, Call):
                found = kernel_of(pair.left, pair.right) or between_of(pair.left, pair.right)
                out += [] if found is None else [(found, number)]
    return tuple(out)


def _normal(left: Node, right: Node) -> _Normal | None:
    """The law of a member of a chain given others, with a multiple of the identity as its covariance."""
    body = left.fence.body if isinstance(left, Call) and isinstance(left.fence, Fence) else None
    if not isinstance(left, Call) or not isinstance(body, Bar) or not is_law_of(left.head, LAWS):
        return None
    to, law = bare(body.left), law_call(right)
    if not isinstance(to, Script) or to.sub is None or law is None or law.name != "N" or len(law.arguments) != 2:
        return None
    given = [bare(g) for g in (body.right.items if isinstance(body.right, Phrase) else (body.right,))]
    members = tuple(g for g in given if isinstance(g, Script) and g.sub is not None and key(g.base) == key(to.base))
    spread = identity_factor(law.arguments[1])
    if len(members) != len(given) or spread is None or (law.point is not None and key(law.point) != key(to)):
        return None
    return _Normal(key(left.head), to, members, law.arguments[0], spread[0])


def _factor_of(name: Script, mean: Node) -> Node | None:
    """What a name is multiplied by in a mean that is nothing but a multiple of it."""
    mean = bare(mean)
    if key(mean) == key(name):
        return Num(mean.start, mean.end, "1")
    if not isinstance(mean, Factors) or key(mean.items[-1]) != key(name) or "/" in mean.signs:
        return None
    first, *rest = mean.items[:-1]
    return replace(mean, items=(first, *rest), signs=mean.signs[:-1]) if rest else first
