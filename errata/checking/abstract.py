"""Judges a relation of probability notation about abstract laws: it is interpreted in random finite worlds.

Supported needs worlds of every kind in which it could have failed and held. Where it holds in some kinds only, the
condition is named, if the document speaks of it; else nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.evidence import Agreement, Inconclusive
from claims.sentences import Sentence, Value, parts
from claims.verdict import Tried, Undecided, decide
from errata.checking.algebra import Found
from errata.checking.page_laws import PageLaws
from errata.reading.relations import Pair
from errata.reading.sentences.heads import NAMED_LAWS, PLAIN_LAWS, letter, operator
from errata.reading.sentences.readings import Read, readings
from errata.reading.tree import Call, Fence, Node, Script, Sym, walk
from errata.reading.vectors import Unlowered
from numerics.interpretations.agreement import Tally, says_something, tallies
from numerics.interpretations.signature import Signature
from numerics.interpretations.worlds import (
    ABOVE_ZERO,
    ANY,
    DENSITIES,
    KINDS,
    POSITIVE,
    POSITIVE_DENSITIES,
    UNIT,
    ZEROS,
    Kind,
    Parameters,
)

SIGNS = {"=": "=", "≡": "=", "≤": "≤", "≥": "≥", "<": "<", ">": ">"}
LEAST = 8
"""Worlds in which a relation must have held."""
MOST_OUTCOMES = 300
"""Joint outcomes of a law in the largest worlds."""


@dataclass(frozen=True, slots=True)
class Premise:
    """What is taken for granted in the worlds that are tried: which kinds, which parameters, what is independent."""

    condition: str | None
    kinds: tuple[Kind, ...] = KINDS
    parameters: Parameters = ANY
    independent: bool = False


def judge_abstract(pair: Pair, page: PageLaws, seed: int) -> Found | None:
    """The verdict on a relation between sentences about abstract laws; None where it is not read as one."""
    sign = SIGNS.get(pair.relation.sign)
    if sign is None or not (speaks_of_laws(pair.left) or speaks_of_laws(pair.right)):
        return None
    try:
        reads = readings(pair.left, pair.right, page.letters)
    except Unlowered:
        return None
    if any(read.left == read.right for read in reads):
        return Found(Undecided((), "both sides are read as the same expression"), (), False)
    for read in reads:
        found = _under(read, sign, page, seed)
        if found is not None:
            return found
    return Found(
        Undecided((Inconclusive("worlds", "it fails in random worlds"),), "it may use what is said elsewhere"),
        (),
        False,
    )


def speaks_of_laws(node: Node) -> bool:
    """Whether anything in a node may be a law, an expectation or an entropy."""
    for n in walk(node):
        if isinstance(n, Call) and (operator(n.head) or letter(n.head)[0] in (*NAMED_LAWS, *PLAIN_LAWS, *"fghF")):
            return True
        if isinstance(n, Script | Sym) and operator(n) == "E":
            return True
        if isinstance(n, Script) and isinstance(n.base, Fence) and n.base.open in ("\\langle", "⟨"):
            return True
    return False


def _under(read: Read, sign: str, page: PageLaws, seed: int) -> Found | None:
    """What the worlds of one reading say, the weakest premise first; None where it fails in all of them."""
    kinds = _small_enough(read)
    if not kinds:
        return None
    for premise in _premises(read, page, kinds):
        signature = signature_of(read, premise.independent)
        worlds = 2 if sign == "=" else 5
        found: list[Tally] = []
        for tally in tallies(read.left, sign, read.right, signature, seed, premise.parameters, premise.kinds, worlds):
            found.append(tally)
            if tally.differ:
                break
        agreed = sum(t.agree for t in found)
        if found[-1].differ or agreed < LEAST:
            continue
        if not _could_have_failed(found, read, sign, signature, seed):
            return Found(Undecided((), "both sides are the same constant in every world"), (), False)
        return _supported(read, premise, found, agreed)
    return None


def signature_of(read: Read, independent: bool = False) -> Signature:
    """What the worlds of a reading interpret."""
    groups = (tuple(sorted({v for vs in read.laws.values() for v in vs})),) if independent else ()
    return Signature(read.laws, read.names, read.counted, read.events, groups, whole=read.whole)


def _could_have_failed(found: Sequence[Tally], read: Read, sign: str, signature: Signature, seed: int) -> bool:
    if len(frozenset().union(*(t.values for t in found))) > 1:
        return True
    return sign == "=" and says_something(read.left, sign, read.right, signature, seed)


def _supported(read: Read, premise: Premise, found: Sequence[Tally], agreed: int) -> Found:
    condition = premise.condition
    if read.condition is not None:
        condition = read.condition if condition is None else f"{read.condition}; {condition}"
    detail = f"{agreed} random worlds of {len(found)} kinds: every law a table, every function and number at random"
    by = Agreement("worlds", agreed, 38, detail)
    return Found(decide([Tried(condition, (by,))]), _assumed(read), True)


def _assumed(read: Read) -> tuple[str, ...]:
    out = []
    if read.unknown:
        out.append(f"{len(read.unknown)} functions may be anything")
    if read.counted:
        out.append("sums run over all values")
    return tuple(out)


def _premises(read: Read, page: PageLaws, kinds: tuple[Kind, ...]) -> list[Premise]:
    """What may be taken for granted, weakest first: what every reader takes for granted, or the document mentions."""
    if read.positive:
        kinds = tuple(k for k in kinds if k.positive)
        extra = tuple(Kind(f"{k.name}, again", k.size, k.weight, True, k.weighted) for k in kinds)
        kinds = (*kinds, *extra)
    possible = tuple(k for k in kinds if k is not ZEROS)
    out = [Premise(None, kinds), Premise("every outcome is possible", possible)]
    if page.discrete and not read.positive:
        masses = tuple(k for k in possible if not k.weighted)
        out.append(Premise("the variables are discrete", masses))
    if _has_parameters(read):
        if page.unit:
            out.append(Premise("the numbers are between 0 and 1", kinds, UNIT))
        if page.positive:
            out.append(Premise("the numbers are positive", kinds, ABOVE_ZERO))
    if page.positive and not read.positive:
        more = Kind("positive values with nearly sure outcomes", 2, KINDS[5].weight, True)
        three = Kind("three positive values", 3, KINDS[0].weight, True)
        chosen = (POSITIVE, POSITIVE_DENSITIES, more, three)
        if set(kinds) >= {DENSITIES}:
            out.append(Premise("the values and the numbers are positive", chosen, ABOVE_ZERO))
    if page.independent and any(len(vs) > 1 for vs in read.laws.values()):
        out.append(Premise(f"{', '.join(sorted(read.random))} are independent", possible, ANY, True))
    return out


def _has_parameters(read: Read) -> bool:
    return any(
        isinstance(p, Value) and p.name not in read.names and not p.name.endswith("°")
        for side in (read.left, read.right)
        for p in parts(side)
    )


def _small_enough(read: Read) -> tuple[Kind, ...]:
    """The kinds of worlds whose tables are small enough."""
    most = max((len(vs) for vs in read.laws.values()), default=1)
    small = tuple(k for k in KINDS if k.size**most <= MOST_OUTCOMES)
    return small if len(small) >= 4 else ()


__all__ = ["Sentence", "judge_abstract", "signature_of", "speaks_of_laws"]
