"""What a relation owes to an author's word on the second parameter of N(μ, ·): it is told, and no other one believed.

A known result whose letters are those of such a law takes them for what they usually are; where the author says that
N(μ, σ) takes a variance, that may be another quantity, and the known result tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claims.records import replace
from claims.verdict import Proved, Refuted, Supported, Undecided
from errata.checking.context import State, root_of
from errata.checking.judgement import Judged
from errata.reading.families.notation import law_call
from errata.reading.families.spread import Spread, is_settled, is_variance
from errata.reading.names import is_name, key
from errata.reading.tree import Call, Lines, Node, Script, walk
from errata.reading.unparse import as_the_author_writes

_OTHER = "the second parameter of N(·, ·) is a standard deviation"
_KNOWN = "the known result"


def with_normals(state: State, index: int, judged: Sequence[Judged], root: Lines) -> list[Judged]:
    """The relations of a formula, each with what the author says of the normal laws that it speaks of."""
    if not state.normals.said:
        return list(judged)
    names = _names(root)
    spreads = [s for other in _stating(state, index) if other is root or names & _names(other) for s in _written(other)]
    told = tuple(dict.fromkeys(_told(state, index, kind) for _, kind in spreads))
    taken = {key(spread) for spread, kind in spreads if kind is Spread.VARIANCE and is_name(spread)}
    return [_as_written(_with(one, told, taken & names)) for one in judged]


def _written(root: Node) -> Iterator[tuple[Node, Spread]]:
    """The second parameter of each law in a tree of which only a convention, or words, tell what it is."""
    for node in walk(root):
        law = law_call(node) if isinstance(node, Call) and is_settled(node) else None
        last = law.arguments[-1] if law is not None else None
        if isinstance(last, Script) and last.unwritten:
            yield last, Spread.DEVIATION
        elif last is not None and not is_variance(last) and key(last) not in ("0", "1"):
            yield last, Spread.VARIANCE


def _stating(state: State, index: int) -> Iterator[Lines]:
    """The formulas with normal laws, up to a formula."""
    for n, formula in enumerate(state.document.formulas[: index + 1]):
        if re.search("[Nn]", formula.latex):
            yield root_of(state, n)


def _names(root: Lines) -> set[str]:
    return {key(n) for n in walk(root) if is_name(n)} | {key(n.head) for n in walk(root) if isinstance(n, Call)}


def _told(state: State, index: int, kind: Spread) -> str:
    said = f"the second parameter of N(·, ·) is a {kind.value}"
    place = state.document.formulas[index].span.end
    reach = state.normals.reaching(place)
    if reach is None or reach.spread is not kind:
        return f"{said}, as the text calls it"
    return (
        f"{said} (line {state.document.place(reach.start).line})"
        if reach.start >= 0
        else f"{said} (from the configuration)"
    )


def _with(judged: Judged, told: tuple[str, ...], variances: set[str]) -> Judged:
    if not told or not isinstance(judged.verdict, Proved | Supported | Refuted):
        return judged
    if isinstance(judged.verdict, Supported) and _OTHER in (judged.verdict.holds_if or ""):
        return _undecided(judged, f"it holds if {judged.verdict.holds_if}, and the author says otherwise")
    if variances and any(_KNOWN in line for line in judged.where):
        return _undecided(judged, f"{min(variances)} is a variance here, and may be something else in the known result")
    kept = (line for line in judged.where if not any(line == said[: len(line)] for said in told))
    return replace(judged, where=(*kept, *told))


def _undecided(judged: Judged, why: str) -> Judged:
    return replace(judged, verdict=Undecided((), why), rule=None, message=None, focus=None, label=None, where=())


def _as_written(judged: Judged) -> Judged:
    """A relation without the squares that no one wrote, in what stands for the notes."""
    verdict = judged.verdict
    if isinstance(verdict, Refuted) and verdict.repair is not None:
        latex = as_the_author_writes(verdict.repair.latex)
        verdict = replace(verdict, repair=replace(verdict.repair, latex=latex))
    return replace(
        judged,
        verdict=verdict,
        left=as_the_author_writes(judged.left),
        right=as_the_author_writes(judged.right),
        where=tuple(line.replace(r"\relax ", "") for line in judged.where),
        message=None if judged.message is None else judged.message.replace(r"\relax ", ""),
    )
