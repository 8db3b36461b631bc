"""The four kinds of slip that every derivation is held to where they apply: sign, factor, swapped arguments, lost term.

A kind applies to a claim where a slip of that kind, on its right side or else on its left, makes it false; then one of
them at least is planted, and must be refuted. ``python -m property_tests.slip_kinds [NAME…]`` plants them, and says for
each derivation on which side a slip of each kind was refuted; ``–`` is a kind that does not apply.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import sympy as sp

from claims.claim import Claim, Relation
from claims.domains import Variable
from claims.evidence import Counterexample, Evidence
from claims.records import replace
from claims.verdict import Refuted, Tried, decide
from derivations.catalogue import derivation, derivations
from numerics.balls import Undetermined
from numerics.catalogue import routes
from numerics.points import free_variables, points
from numerics.sampling.route import NAME as MONTE_CARLO
from numerics.slips import Slip, slips
from numerics.written import worth

KINDS = ("sign", "factor", "swapped", "lost term")
MOST_OF_A_KIND = 8
"""Slips of one kind that are tried on one side before it counts as not applying; evenly spread."""
MOST_POINTS = 4
"""Points at which it is asked whether a slip that no route refutes makes a claim false."""
READERS = ("as written", "interpreted")
"""Routes that read the left side of the claim they are given, and not the value they were made for."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A claim with one slip on one of its sides."""

    claim: Claim
    slip: Slip
    side: str


def kind_of(slip: Slip) -> str | None:
    """Which of the four kinds a slip is, if any."""
    if slip.name.startswith("factor"):
        return "factor"
    if slip.name.endswith("swapped") or slip.name.startswith("swapped"):
        return "swapped"
    return slip.name if slip.name in KINDS else None


def spread(found: Sequence[Slip], most: int) -> list[Slip]:
    """At most ``most`` slips, evenly spread over all of them."""
    return [found[k * len(found) // most] for k in range(most)] if len(found) > most else list(found)


@lru_cache(maxsize=8)
def slips_of(expression: sp.Basic) -> tuple[Slip, ...]:
    """All slips of an expression."""
    return slips(expression)


def mutants(claim: Claim, kind: str) -> Iterator[Mutant]:
    """The claim with a slip of one kind, on the right side first and then on the left."""
    for side, expression in (("right", claim.right), ("left", claim.left)):
        for slip in spread([s for s in slips_of(expression) if kind_of(s) == kind], MOST_OF_A_KIND):
            changed = replace(claim, right=slip.expression) if side == "right" else replace(claim, left=slip.expression)
            yield Mutant(changed, slip, side)


def until_refuted(mutant: Mutant) -> tuple[Evidence, ...]:
    """What the routes find, up to the first that refutes: those that read a left side as it is written, where the slip
    is there, and no sampling, which is slow.
    """
    found: list[Evidence] = []
    claim = mutant.claim
    for route in routes(claim.name):
        if route.name == MONTE_CARLO or (mutant.side == "left" and route.name not in READERS):
            continue
        try:
            found.append(route.run(claim))
        except KeyError:  # the slip took a letter out of the claim that the route looks for
            continue
        if isinstance(found[-1], Counterexample):
            break
    return tuple(found)


def refuted_on(claim: Claim, kind: str) -> str | None:
    """The side on which a slip of this kind is refuted; None where none is."""
    for mutant in mutants(claim, kind):
        if isinstance(decide([Tried(None, until_refuted(mutant))]), Refuted):
            return mutant.side
    return None


def makes_false(mutant: Mutant, where: tuple[Variable, ...]) -> bool:
    """Whether the two sides of an equality surely differ at some point: values by definition, no route asked.

    A slip that takes the value of a side away somewhere leaves no claim on these domains, which a route can't judge.
    """
    claim = mutant.claim
    if claim.relation is not Relation.EQ:
        return False
    used = tuple({v: None for e in (claim.left, claim.right) for v in free_variables(e, where)})
    apart = False
    for point in points(used, MOST_POINTS):
        try:
            left, right = worth(claim.left, point, where), worth(claim.right, point, where)
        except (Undetermined, TypeError, ValueError, KeyError):
            return False
        apart = apart or (left.is_finite() and right.is_finite() and not left.overlaps(right))
    return apart


def insist_on_every_kind(claim: Claim, refuted: Collection[str] = ()) -> dict[str, str | None]:
    """Each kind that applies is refuted, on the side that is returned; those of ``refuted`` already were on the right.

    A sign applies to every claim, and a factor to every claim but those of a right side of zero. Where no slip of a
    kind is refuted, none of an equality may make it false: of an inequality, slips may leave it true.
    """
    found = {kind: "right" if kind in refuted else refuted_on(claim, kind) for kind in KINDS}
    for kind in (k for k, side in found.items() if side is None):
        escaped = [m for m in mutants(claim, kind) if makes_false(m, claim.where)]
        assert not escaped, (claim.name, kind, escaped[0].slip)
    assert found["sign"], (claim.name, found)
    assert found["factor"] or claim.right == 0, (claim.name, found)
    return found


def main(names: Sequence[str]) -> None:
    """One line for each derivation, and a count."""
    total = {kind: 0 for kind in KINDS}
    claims = [derivation(name).claim for name in names] or [d.claim for d in derivations()]
    for claim in claims:
        found = insist_on_every_kind(claim)
        for kind, side in found.items():
            total[kind] += side is not None
        print(f"{claim.name:34}" + "  ".join(f"{kind}: {side or '–':5}" for kind, side in found.items()), flush=True)
    print(f"{len(claims)} derivations; refuted slips of each kind in: {total}")


if __name__ == "__main__":
    main(sys.argv[1:])
