"""What is known of a sample at a place: its law by name, or its mean and variance, and that its members are
independent."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import Record
from errata.checking.context import At, State, roots_of
from errata.checking.families.written_laws import said_in as laws_in
from errata.reading.families.notation import LawNode
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.said_samples import SaidSample, member_letter, said_samples, without_power
from errata.reading.tree import Accent, Node, Script, Sym, walk

TOTALS = frozenset({"S", "T"})
"""Letters of sums of a sample, S_n, that look like members of another one."""
AFTER = 200
"""Characters after a relation in which its sample may still be told of."""


class Sample(Record):
    """A sample of independent copies: X of X_1, …, X_n.

    ``law`` is their law by its name, else None; ``mean`` and ``variance`` are what the text calls theirs, else None.
    """

    letter: str
    law: LawNode | None
    mean: Node | None
    variance: Node | None
    size: str | None
    """The name of how many there are, where they are listed."""
    drawn_from: str | None
    """The letter of the law of the members, q, where nothing else is said of it."""
    line: int


def sample_at(state: State, at: At, *sides: Node) -> Sample | None:
    """The one sample that some expressions are made of; None where it isn't known to be of independent copies, or
    what is said of it can't be told."""
    said = list(_in_reach(state, at))
    known = {s.letter for s in said if s.independent or s.letter not in TOTALS}
    met = _letters(*sides)
    letters = met & known or (known if met <= TOTALS else set())
    if len(letters) != 1:
        return None
    letter = letters.pop()
    own = [s for s in said if s.letter == letter]
    drawn = [s for s in own if s.independent]
    if not drawn:
        return None
    first = next((s.start for s in reversed(drawn) if s.mean is not None or s.variance is not None), 0)
    own = [s for s in own if s.start >= first]
    laws = _laws(state, at, own, first)
    means = [s.mean for s in own if s.mean is not None]
    variances = [s.variance for s in own if s.variance is not None]
    if len(laws) > 1 or any(len({*map(key, found)}) > 1 for found in (means, variances)):
        return None
    law = next(iter(laws.values()), None)
    size = next((s.size for s in reversed(own) if s.size is not None), None)
    drawn_from = {s.drawn_from for s in own if s.drawn_from is not None}
    line = state.document.place(drawn[-1].start).line
    return Sample(
        letter,
        law,
        next(iter(means), None),
        next(iter(variances), None),
        size,
        drawn_from.pop() if len(drawn_from) == 1 else None,
        line,
    )


def _in_reach(state: State, at: At) -> Iterator[SaidSample]:
    """What was said of samples since the section of a place began; what is said right after it, where nothing was."""
    if state.samples is None:
        state.samples = tuple(said_samples(state.document, roots_of(state)))
    here, text = at.formula.span, state.document.text
    before = [s for s in state.samples if s.start < here.end and not _is_cut(state, s.start, here.start)]
    yield from before
    letters = {s.letter for s in before}
    for one in state.samples:
        near = here.end <= one.start < here.end + AFTER and "\n#" not in text[here.end : one.start]
        if near and one.letter not in letters:
            yield one


def _is_cut(state: State, first: int, place: int) -> bool:
    """Whether a heading between two places, the first one before the other, ends the section of the first one."""
    level = next((h.level for h in reversed(state.document.headings) if h.span.start <= first), 0)
    return any(first < h.span.start <= place and h.level <= level for h in state.document.headings)


def _letters(*sides: Node) -> set[str]:
    """The letters of members and of means in expressions: X of X_i, of X̄_n; a sum S_n may be of any."""
    nodes = (without_power(n) for side in sides for n in walk(side))
    found = {letter for n in nodes if (letter := member_letter(n)) is not None}
    accents = (n for side in sides for n in walk(side) if isinstance(n, Accent) and n.kind in ("bar", "overline"))
    bodies = (a.body.base if isinstance(a.body, Script) else a.body for a in accents)
    return found | {key(b) for b in bodies if isinstance(b, Sym)}


def _laws(state: State, at: At, own: list[SaidSample], first: int) -> dict[str, LawNode]:
    """The laws that the text gives to members of a sample from a place on, by how they are written."""
    here = at.formula.span.end
    found = {_written(s.law): s.law for s in own if s.law is not None}
    for one in laws_in(state):
        if one.law is None or one.density or not first <= one.place < here or _is_cut(state, one.place, here):
            continue
        node = parse(one.variable).statements[0]
        if is_name(node) and (member_letter(node) or key(node)) == own[0].letter:
            found[_written(one.law)] = one.law
    return found


def _written(law: LawNode) -> str:
    return f"{law.name}({','.join(map(key, law.arguments))})"
