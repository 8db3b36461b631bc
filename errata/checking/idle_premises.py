"""Premises under which a relation says nothing: that a law factorises as the relation itself says, or that what both of
its sides are conditioned on makes no difference to them."""

from __future__ import annotations

from collections.abc import Iterator

from claims.sentences import Density, Power, Product, Sentence, parts
from errata.reading.sentences.readings import Read


def only_factorises(read: Read) -> bool:
    """Whether a relation is the factorisation of a law: p(x, y, z) = p(z) p(x | z) p(y | z)."""
    for joint, product in ((read.left, read.right), (read.right, read.left)):
        if isinstance(joint, Density) and isinstance(product, Product):
            factors = list(_factors(product))
            if all(isinstance(f, Density) and f.law == joint.law for f in factors):
                return True
    return False


def _factors(sentence: Sentence) -> Iterator[Sentence]:
    if isinstance(sentence, Product):
        for factor in sentence.factors:
            yield from _factors(factor)
    else:
        yield sentence.base if isinstance(sentence, Power) else sentence


def makes_conditions_idle(read: Read, blocks: tuple[tuple[str, ...], ...], given: tuple[str, ...]) -> bool:
    """Whether a law is given something that it then doesn't depend on, as in p(w | x, y) ∝ p(y | x, w) p(w) where w, x
    and y are independent, and the other side doesn't drop it, as p(y | x) = p(y) does."""
    block = {variable: number for number, variables in enumerate(blocks) for variable in variables}
    here, there = ([part for part in parts(side) if isinstance(part, Density)] for side in (read.left, read.right))
    return any(
        _is_idle(part, block, given) and not any(_drops(density, part) for density in others)
        for densities, others in ((here, there), (there, here))
        for part in densities
    )


def _is_idle(part: Density, block: dict[str, int], given: tuple[str, ...]) -> bool:
    heads = {block.get(p.variable) for p in part.at}
    conditions = {p.variable for p in part.given}
    known = {block[v] for v in conditions if v in block and v not in given}
    return set(given) <= conditions and bool(known) and None not in heads and not heads & known


def _drops(one: Density, other: Density) -> bool:
    """Whether one is the law of the same variables under fewer conditions."""
    heads = [{p.variable for p in density.at} for density in (one, other)]
    conditions = [{p.variable for p in density.given} for density in (one, other)]
    return heads[0] == heads[1] and conditions[0] < conditions[1]
