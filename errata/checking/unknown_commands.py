r"""Commands that nothing defines: a relation with one in it is never called wrong, and the document is told once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claims.records import replace
from claims.verdict import IllFormed, Proved, Refuted, Supported, Undecided
from errata.checking.judgement import Judged, Remark
from errata.reading.document import Span
from errata.reading.tree import Node
from errata.reading.undefined import may_act, undefined_in

CODE = "N402"
MOST_NAMED = 12
_DEFINE = "define them in the document, or in a file that it takes in"


def unless_undefined(judged: Sequence[Judged], root: Node) -> list[Judged]:
    """The judgements of a formula, a finding on a command that nothing defines left undecided."""
    names = {name.latex for name in undefined_in(root)}
    acts = bool(names) and may_act(root)
    return [_undecided(j, names, acts) for j in judged] if names else list(judged)


def _undecided(judged: Judged, names: set[str], acts: bool) -> Judged:
    """A judgement that leaves open what the commands stand for; where one may act on what follows it, nothing that was
    found for a product of names is said either."""
    inside = sorted(name for name in names if name in judged.left + judged.right)
    held = inside or sorted(names)
    if acts and inside and isinstance(judged.verdict, Proved | Supported):
        why = f"{held[0]} is defined nowhere: what it does to what follows is not known"
        return replace(judged, verdict=Undecided((), why), rule=None, message=None, label=None, focus=None)
    if not isinstance(judged.verdict, Refuted | IllFormed) and judged.rule is None:
        return judged
    verdict = judged.verdict
    if isinstance(verdict, Refuted | IllFormed):
        by = (verdict.by,) if isinstance(verdict, Refuted) else ()
        verdict = Undecided(by, f"{held[0]} is defined nowhere: what it stands for is not known")
    return replace(judged, verdict=verdict, rule=None, message=None, label=None, focus=None)


def told(names: Mapping[str, Span]) -> tuple[Remark, ...]:
    """What a document is told of the commands in it that nothing defines, with the first place of each: once."""
    if not names:
        return ()
    first = min(names.values(), key=lambda span: span.start)
    named = ", ".join(list(names)[:MOST_NAMED])
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    one = "is defined nowhere; it is read as a name"
    are = one if len(names) == 1 else "are defined nowhere; they are read as names"
    return (Remark(CODE, first, f"{named}{more} {are}", _DEFINE),)
