"""What the judge says of our own derivations, written as notes write them: ``python -m benchmarks.own_notes [TOPIC…]``.

Each statement and line of the catalogue is proved, so each that is refuted is a false alarm; the status is 1 then.

``--slips N`` plants so many slips, one at a time, in a side of a statement or in a line between its ends, and judges
the page of that derivation alone. Whether a relation beside a slip is false is told by the values of its two sides, by
the definitions of their notation in high precision, which share nothing with the judge. One that is false and is proved
or supported is a false support; the status is 1 then, too. ``--written WAY`` writes it all another way first.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from itertools import pairwise
from random import Random

import sympy as sp

from benchmarks.written_otherwise import WAYS
from claims.claim import Claim, Derivation, Relation, Step
from claims.domains import Variable
from claims.latex import latex
from claims.records import Record, replace
from claims.verdict import IllFormed, Proved, Refuted, Supported, Undecided, Unread
from derivations.catalogue import PAGES
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.checking.pool.limits import install_alarm, set_alarm
from errata.commands.derivation_notes import notes_of
from errata.reading.document import Document
from errata.reading.sources import read_document
from numerics.balls import Undetermined
from numerics.points import free_variables, points
from numerics.slips import slips
from numerics.written import worth

MOST_POINTS = 4
"""Points at which it is asked whether a relation is false."""
VERDICTS = ("refuted", "undecided", "supported if", "supported", "proved", "not a claim")
"""Supported if: where a condition that is named holds, such as another convention."""
_UNTOLD = (Undetermined, TypeError, ValueError, KeyError, NotImplementedError, RecursionError)
"""What is raised where a side has no value that can be enclosed."""


class Planted(Record):
    """A derivation with a slip in it: in which line of it, 0 for the statement, and the relations that it stands in.

    The right side of a relation is that of line ``row``, or of the line after it.
    """

    derivation: str
    slip: str
    row: int
    claim: Claim
    steps: tuple[Step, ...]
    was: str
    now: str


class Said(Record):
    """What was said of one relation: its verdict, its place, its text, whether it is false (None: can't tell), why."""

    verdict: str
    place: str
    text: str
    why: str
    is_false: bool | None = None

    @property
    def is_false_support(self) -> bool:
        return self.verdict in ("supported", "proved") and self.is_false is True


def judged(name: str, notes: str) -> tuple[Document, tuple[Judged, ...]]:
    """A page of Markdown by this name, and its relations as ``errata check`` judges them."""
    document, options = read_document(f"{name}.md", notes), Options()
    install_alarm()
    try:
        return document, examine(document, options, lambda index: set_alarm(options.budget_s)).judged
    finally:
        set_alarm(0)


def verdict_of(one: Judged) -> str:
    match one.verdict:
        case Refuted() | IllFormed():
            return "undecided" if (one.rule or "").startswith("W") else "refuted"
        case Proved():
            return "proved"
        case Supported(holds_if=condition):
            return "supported" if condition is None else "supported if"
        case Undecided() | Unread():
            return "undecided"
        case _:
            return "not a claim"


def said_of(document: Document, one: Judged, is_false: bool | None = None) -> Said:
    """What was said of a relation, in words."""
    verdict = one.verdict
    routes = [e.route for e in verdict.by] if isinstance(verdict, Proved | Supported) else []
    why = one.message or getattr(verdict, "why", "") or ", ".join((*routes, *one.where))
    condition = getattr(verdict, "holds_if", None)
    place = f"{document.path}:{document.place(one.span.start).line}"
    text = f"{one.left} {one.relation} {one.right}"
    return Said(verdict_of(one), place, text, f"{why}; if {condition}" if condition else why, is_false)


def of_page(page: tuple[str, tuple[Derivation, ...]], way: str = "plain") -> list[Said]:
    """What is said of each relation of a page that holds these derivations."""
    name, derivations = page
    document, found = judged(name, "\n\n".join(written(d.claim, d.steps, way) for d in derivations))
    return [said_of(document, one) for one in found]


def written(claim: Claim, steps: Sequence[Step], way: str) -> str:
    """The notes of a derivation, written this way."""
    return WAYS[way](notes_of(claim, steps))


def planted(wanted: Sequence[Derivation], count: int, seed: int) -> Iterator[Planted]:
    """So many slips, drawn at random: a derivation, a place in it, one of its slips."""
    draw = Random(seed)
    while count:
        one = draw.choice(wanted)
        row = draw.randrange(0, max(1, len(one.steps) - 1))
        side = draw.choice(("left", "right", "right"))
        before = one.steps[row].expression if row else getattr(one.claim, side)
        found = [s for s in slips(before) if latex(s.expression) != latex(before)]
        if not found:
            continue
        slip, count = draw.choice(found), count - 1
        claim, steps = one.claim, one.steps
        if row == 0:
            claim = replace(claim, left=slip.expression) if side == "left" else replace(claim, right=slip.expression)
        else:
            steps = (*steps[:row], replace(steps[row], expression=slip.expression), *steps[row + 1 :])
        yield Planted(one.claim.name, slip.name, row, claim, steps, latex(before), latex(slip.expression))


def of_slip(one: Planted, way: str = "plain") -> tuple[Planted, list[Said]]:
    """What is said of each relation that a slip stands in."""
    document, found = judged(one.derivation, written(one.claim, one.steps, way))
    if one.row == 0:
        false = is_false(one.claim.left, one.claim.relation, one.claim.right, one.claim.where)
        return one, [said_of(document, j, false) for j in found if j.formula == found[0].formula]
    chain = _chain(found, len(one.steps))
    told = []
    for number, (before, after) in enumerate(pairwise(one.steps), start=1):
        if number in (one.row, one.row + 1) and number <= len(chain):
            false = is_false(before.expression, after.relation, after.expression, one.claim.where)
            told.append(said_of(document, chain[number - 1], false))
    return one, told


def _chain(found: Sequence[Judged], lines: int) -> list[Judged]:
    """The relations of the last formula that has as many as there are steps: those between its lines."""
    of_formula: dict[int, list[Judged]] = {}
    for one in found:
        of_formula.setdefault(one.formula, []).append(one)
    fits = [some for some in of_formula.values() if len(some) == lines - 1]
    return fits[-1] if fits else []


def is_false(left: sp.Expr, relation: Relation, right: sp.Expr, where: tuple[Variable, ...]) -> bool | None:
    """Whether a relation surely fails at some point; None where that can't be told, False where it holds at each."""
    used = tuple({v.name: v for e in (left, right) for v in free_variables(e, where)}.values())
    told = False
    for point in points(used, MOST_POINTS):
        try:
            a, b = (worth(side, point, where) for side in (left, right))
        except _UNTOLD:
            continue
        if not (a.is_finite() and b.is_finite()):
            continue
        told = True
        apart = not a.overlaps(b)
        if apart and (relation is Relation.EQ or (relation is Relation.LE) == (a.mid() > b.mid())):
            return True
    return False if told else None


def counted(found: Sequence[Said]) -> str:
    """How many have each verdict."""
    counts = Counter(said.verdict for said in found)
    return "   ".join(f"{verdict} {counts[verdict]:4d}" for verdict in VERDICTS)


def main(arguments: Sequence[str]) -> int:
    """Judges and prints; 1 where something true is refuted, or something false is proved or supported."""
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.own_notes", description=about)
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help="of the catalogue: flows, score; all without any")
    parser.add_argument("--slips", type=int, metavar="N", help="plant so many slips, drawn at random")
    parser.add_argument("--seed", type=int, default=0, help="seed of the draws")
    parser.add_argument("--written", choices=WAYS, default="plain", help="how the notes are written")
    parser.add_argument("-j", "--jobs", type=int, default=1, help="processes that share the work")
    parser.add_argument("-v", "--verbose", action="store_true", help="list what is undecided, too")
    asked = parser.parse_args(arguments)
    pages = [page for page in PAGES if not asked.topics or page.topic in asked.topics]
    if not pages:
        parser.error(f"no such topic: {' '.join(asked.topics)}")
    with nullcontext() if asked.jobs == 1 else multiprocessing.get_context("fork").Pool(asked.jobs) as pool:
        share = map if pool is None else pool.imap
        if asked.slips is None:
            named = [(f"{page.topic}/{page.stem}", page.derivations) for page in pages]
            found = share(partial(of_page, way=asked.written), named)
            return _told_pages([(name, some) for (name, _), some in zip(named, found, strict=True)], asked.verbose)
        slipped = planted([one for page in pages for one in page.derivations], asked.slips, asked.seed)
        return _told_slips(share(partial(of_slip, way=asked.written), slipped), asked.verbose)


def _told_pages(found: Sequence[tuple[str, list[Said]]], verbose: bool) -> int:
    by_topic: dict[str, list[Said]] = {}
    for name, some in found:
        by_topic.setdefault(name.partition("/")[0], []).extend(some)
    for topic, some in by_topic.items():
        print(f"{topic:16s} {len(some):5d}   {counted(some)}")
    every = [said for some in by_topic.values() for said in some]
    print(f"{'all':16s} {len(every):5d}   {counted(every)}")
    for said in every:
        if said.verdict == "refuted" or (verbose and said.verdict == "undecided"):
            print(f"{said.verdict.upper()} {said.place}: {said.text} [{said.why}]")
    return int(any(said.verdict == "refuted" for said in every))


def _told_slips(found: Iterable[tuple[Planted, list[Said]]], verbose: bool) -> int:
    every: list[Said] = []
    for one, some in found:
        every.extend(some)
        for said in some:
            held = said.verdict in ("supported", "proved", "supported if")
            loud = said.is_false is not False if held else said.verdict == "refuted" and said.is_false is False
            if loud or (verbose and said.verdict == "undecided" and said.is_false):
                word = "FALSE SUPPORT" if said.is_false_support else said.verdict
                print(f"{word} ({said.place}, {one.slip}, false: {said.is_false}): {one.was}  →  {one.now}")
                print(f"    {said.text}\n    [{said.verdict}: {said.why}]", flush=True)
    for title, told in (("false", True), ("true all the same", False), ("can't tell", None)):
        some = [said for said in every if said.is_false is told]
        print(f"{title:18s} {len(some):5d}   {counted(some)}")
    return int(any(said.is_false_support for said in every))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
