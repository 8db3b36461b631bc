"""The factorisation of a law that a relation writes down: p(z_2) p(z_1 | z_2) p(x | z_1) as a premise about p."""

from __future__ import annotations

from collections.abc import Mapping

from claims.sentences import Density, Sentence, parts
from errata.reading.sentences.readings import Read
from numerics.interpretations.signature import Factor

LEAST_FACTORS = 2


def written_factors(read: Read) -> Mapping[str, tuple[Factor, ...]]:
    """For each law that one side writes as a product of conditionals, these in an order in which they can be drawn."""
    out: dict[str, tuple[Factor, ...]] = {}
    for law, variables in read.laws.items():
        for side in (read.right, read.left):
            found = ordered_factors(side, law, variables)
            if found and law not in out:
                out[law] = found
    return out


def ordered_factors(side: Sentence, law: str, variables: tuple[str, ...]) -> tuple[Factor, ...]:
    """The densities of a law in a sentence as the factors of a joint law; empty where they are none."""
    return _ordered(_conditionals(side, law), variables)


def _conditionals(side: Sentence, law: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The heads of the densities of a law in a sentence, each with its conditions; none where heads overlap."""
    out: dict[tuple[str, ...], tuple[str, ...]] = {}
    for part in parts(side):
        if isinstance(part, Density) and part.law == law:
            head, given = (tuple(sorted(p.variable for p in places)) for places in (part.at, part.given))
            if out.setdefault(head, given) != given:
                return {}
    heads = [v for head in out for v in head]
    return out if len(heads) == len(set(heads)) else {}


def _ordered(
    conditionals: Mapping[tuple[str, ...], tuple[str, ...]], variables: tuple[str, ...]
) -> tuple[Factor, ...]:  # fmt: skip
    """The factors, each after those that it is conditioned on; empty where there is no such order."""
    if len(conditionals) < LEAST_FACTORS:
        return ()
    heads = {v for head in conditionals for v in head}
    roots = tuple(v for v in variables if v not in heads)
    out = [Factor(roots)] if roots else []
    placed = set(roots)
    waiting = dict(conditionals)
    while waiting:
        ready = [head for head, given in waiting.items() if set(given) <= placed]
        if not ready:
            return ()
        for head in ready:
            out.append(Factor(head, waiting.pop(head)))
            placed.update(head)
    return tuple(out)
