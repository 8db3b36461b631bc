"""Whether a relation about abstract laws that fails is a mistake, or an assumption, or leans on what stands elsewhere.

A failure counts only where both sides speak of the same laws and names, where no known condition (independence, equal
laws, zero means) would make the relation hold, and where the document says nothing else about these names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from claims.sentences import Number, Part, Sentence, free_names, parts, with_parts
from errata.checking.page_laws import PageLaws
from errata.reading.sentences.readings import Read
from numerics.interpretations.agreement import tallies
from numerics.interpretations.signature import Signature
from numerics.interpretations.worlds import CENTRED, THREE, TWO, Kind

_SPEAKS = re.compile(
    r"\b(?:assum\w*|suppos\w*|provided|unless|independen\w*|i\.?i\.?d|uniform\w*|Markov\w*|mutually|exclusive|disjoint|"
    r"symmetric\w*|orthogonal|uncorrelated|degenerate|subset|approximat\w*|factori[sz]\w*|such that|only if|special|"
    r"equal\w*|equi\w+|flat|balance\w*|stationar\w*|invarian\w*|revers\w*|tight\w*|wrong\w*|incorrect\w*|false\w*|"
    r"not true|not hold|cent(?:er|re)d|zero|standardi[sz]\w*)\b|=\s*0\b|\\perp|\\subset|\\indep",
    re.I,
)
"""Words by which a text may say more of the names in a relation than the relation itself, or may deny it."""
MOST_VARIABLES = 4


def nothing_else_is_said(read: Read, page: PageLaws, around: str) -> bool:
    """Whether neither the text around a relation nor the formulas of the document say anything else about its names."""
    names = {n.lower() for side in (read.left, read.right) for n in free_names(side)}
    names |= read.variables | set(read.laws)
    defined = {name.lower() for name in (*page.definitions.names, *page.definitions.functions)}
    return _SPEAKS.search(around) is None and not names & (defined | page.stated)


def speaks_of_the_same(read: Read, sign: str) -> bool:
    """Whether both sides have the same free names and laws, and nothing in them is unknown or marked.

    An inequality may also have zero on one side.
    """
    if read.unknown or read.doubtful or read.positive or read.condition is not None:
        return False
    if sign != "=" and Number(Fraction(0)) in (read.left, read.right):
        return free_names(read.left) | free_names(read.right) <= set(read.names)
    left, right = free_names(read.left), free_names(read.right)
    return left == right and left <= set(read.names) and _laws(read.left) == _laws(read.right)


MILD = ("all means are zero", "all laws are the same")
"""Conditions under which a relation is no assumption either, unless the text speaks of them."""


def known_condition(read: Read, sign: str, signature: Signature, seed: int) -> str | None:
    """A condition under which a relation that fails in general holds; None where none is known."""
    for condition, changed, kinds in _conditions(signature):
        if _holds(read.left, sign, read.right, changed, seed, kinds):
            return condition
    if len(read.laws) > 1:
        one = min(read.laws)
        same = replace(signature, laws={one: tuple(sorted(read.variables))})
        left, right = (_under_law(side, one) for side in (read.left, read.right))
        if _holds(left, sign, right, same, seed, (TWO, THREE)):
            return MILD[1]
    return None


def _holds(
    left: Sentence, sign: str, right: Sentence, signature: Signature, seed: int, kinds: tuple[Kind, ...]
) -> bool:  # fmt: skip
    found = list(tallies(left, sign, right, signature, seed, kinds=kinds, worlds=3))
    return any(t.agree for t in found) and not any(t.differ for t in found)


def _conditions(signature: Signature) -> Iterator[tuple[str, Signature, tuple[Kind, ...]]]:
    variables = signature.variables[:MOST_VARIABLES]
    for a, b in combinations(variables, 2):
        others = [v for v in variables if v not in (a, b)]
        for size in range(len(others) + 1):
            for given in combinations(others, size):
                changed = replace(signature, independent=((a,), (b,)), given=given)
                yield f"{a} and {b} are independent given {', '.join(given)}", changed, (TWO, THREE)
    if len(variables) > 1:
        apart = replace(signature, independent=tuple((v,) for v in variables))
        yield "all variables are independent", apart, (TWO, THREE)
    yield MILD[0], signature, (CENTRED,)


def _laws(sentence: Sentence) -> frozenset[str]:
    return frozenset(str(getattr(p, "law", "")) for p in parts(sentence) if hasattr(p, "law"))


def _under_law(part: Part, law: str) -> Sentence:
    """A sentence in which every law is this one."""
    changed = with_parts(part, lambda p: _under_law(p, law))
    return replace(changed, law=law) if hasattr(changed, "law") else changed  # type: ignore
