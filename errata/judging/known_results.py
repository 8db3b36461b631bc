"""A relation held against the known results that the words around it, or its own notation, point to.

Equal in all worlds under some assignment of symbols: supported. One known slip away from it, and equal under none:
refuted, with the result as the witness. Else nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from claims.records import Record
from errata.judging.matching import assignments, renamed, uses
from errata.judging.slips import Slip, slips
from errata.meaning.indices import without_idle_indices
from errata.meaning.results.forms import TURNED, Form, forms
from errata.meaning.results.result import Result
from errata.meaning.terms import Bind, Ref, Term, negative, walk
from errata.worlds.operations import NoValue, Value, close
from errata.worlds.world import endings, world

SEEDS = range(1, 10)
"""The worlds in which two sides must be equal."""


class Stated(Record, frozen=True):
    """A relation of a page under one reading, and what the page says of its symbols in words."""

    left: Term
    sign: str
    right: Term
    said: Mapping[str, str]


class Match(Record, frozen=True):
    """What a known result says of a relation: that it is this result, or this result with one slip."""

    result: Result
    form: Form
    names: Mapping[str, str]
    slip: Slip | None
    left: Value
    right: Value


def pointed_at(results: Sequence[Result], text: str) -> list[Result]:
    """The results whose names stand in a text."""
    plain = _plain(text)
    return [r for r in results if any(_pattern(w).search(plain) for w in r.words)]


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    core = r"[\s\-–]+".join(re.escape(p) for p in re.split(r"[\s\-]+", word.strip().lower()))
    return re.compile(rf"(?<![a-z]){core}(?:s|es|'s|’s)?(?![a-z])")


def _plain(text: str) -> str:
    return re.sub(r"[*_`~\n]+", " ", text.lower()).replace("’", "'")


def match(stated: Sequence[Stated], results: Sequence[Result]) -> Match | None:
    """What the results say of a relation under its readings: a match without a slip first, else one with a slip."""
    slipped: Match | None = None
    for result in results:
        for form in forms(result):
            for reading in stated:
                for found in _against(reading, form, result):
                    if found.slip is None:
                        return found
                    slipped = slipped or found
    return slipped


def _against(reading: Stated, form: Form, result: Result) -> Iterator[Match]:
    """The matches of a relation with one form of a result, those without a slip first."""
    for left, sign, right in _turned(reading, form):
        if sign == form.sign or TURNED.get(sign) == form.sign:
            yield from _sides(left, sign, right, reading, form, result)


def _turned(reading: Stated, form: Form) -> Iterator[tuple[Term, str, Term]]:
    yield reading.left, reading.sign, reading.right
    if not form.names_its_left:
        yield reading.right, TURNED.get(reading.sign, reading.sign), reading.left


def _sides(left: Term, sign: str, right: Term, reading: Stated, form: Form, result: Result) -> Iterator[Match]:
    page_left, page_right = without_idle_indices(left, right)
    ours_left, ours_right = without_idle_indices(form.left, form.right)
    fixed: dict[str, str] = {}
    if form.names_its_left:
        if not isinstance(page_left, Ref) or page_left.head in _heads(page_right):
            return
        assert isinstance(ours_left, Ref)
        fixed[page_left.head] = ours_left.head
    known = uses(ours_left, ours_right)
    companions = [h for h in form.sorts if h not in known and h not in ("π",)]
    page_uses = uses(page_right) if form.names_its_left else uses(page_left, page_right)
    candidates = dict(uses(ours_right) if form.names_its_left else known)
    for head in companions:
        candidates.setdefault(head, next(iter(uses(Ref(head)).values())))
    tried = list(
        assignments(page_uses, candidates, {} if form.names_its_left else fixed, form.letters, form.roles, reading.said)
    )
    if not tried:
        return
    open_ends = endings(form.sorts) if _has_open_range(page_right) or _has_open_range(ours_right) else 1
    for ending in range(open_ends):
        ours = _Ours(form, ours_left, ours_right, ending)
        for names in tried:
            found = _held(ours, renamed(page_left, names), renamed(page_right, names), sign)
            if found is not None:
                yield Match(result, form, names, None, *found)
                return
    if sign != form.sign:  # the inequality is the other way round
        for names in tried:
            ours = _Ours(form, ours_left, ours_right, 0)
            found = _held(ours, renamed(page_left, names), renamed(page_right, names), form.sign)
            if found is not None:
                slip = Slip("direction", ours_right, f"the sign is {form.sign}")
                yield Match(result, form, names, slip, *found)
                return
        return
    for ending in range(open_ends):
        ours = _Ours(form, ours_left, ours_right, ending)
        for names in tried:
            found_slip = _slipped(ours, renamed(page_left, names), renamed(page_right, names), companions, result)
            if found_slip is not None:
                yield Match(result, form, names, *found_slip)
                return


class _Ours:
    """The sides of a form, with their values in each world."""

    def __init__(self, form: Form, left: Term, right: Term, ending: int) -> None:
        self.form, self.left, self.right, self.ending = form, left, right, ending
        self.worlds = [world(seed, form.sorts, ending) for seed in SEEDS]


def _value(ours: _Ours, term: Term, n: int) -> Value | None:
    try:
        return ours.worlds[n].value(term)
    except NoValue:
        return None


def _same(ours: _Ours, a: Term, b: Term, n: int) -> bool:
    x, y = _value(ours, a, n), _value(ours, b, n)
    return x is not None and y is not None and close(x, y)


def _held(ours: _Ours, left: Term, right: Term, sign: str) -> tuple[Value, Value] | None:
    """The values of both sides in a world, where the relation is the form in all of them."""
    if sign != ours.form.sign:
        return None
    for n in range(len(ours.worlds)):
        if not _same(ours, right, ours.right, n):
            return None
        if not ours.form.names_its_left and not _same(ours, left, ours.left, n):
            return None
    value = _value(ours, ours.right, 0)
    assert value is not None
    return value, value


def _slipped(
    ours: _Ours, left: Term, right: Term, companions: Sequence[str], result: Result
) -> tuple[Slip, Value, Value] | None:
    """The slip that makes the right side of the form what the page has, and the values of both."""
    mine = _value(ours, right, 0)
    if mine is None or (not ours.form.names_its_left and not _same(ours, left, ours.left, 0)):
        return None
    for slip in _slips(ours, companions):
        if slip.kind == "order" and _is_same(ours, slip.term):
            continue
        got = _value(ours, slip.term, 0)
        if got is None or not close(got, mine):
            continue
        if all(_same(ours, slip.term, right, n) for n in range(1, 4)) and not _is_same(ours, slip.term):
            if result.sign_is_open and all(_same(ours, negative(ours.right), right, n) for n in range(3)):
                continue
            value = _value(ours, ours.right, 0)
            if value is not None:
                return slip, value, mine
    return None


def _slips(ours: _Ours, companions: Sequence[str]) -> Iterator[Slip]:
    others = [*companions, *_heads(ours.right)]
    for slip in slips(ours.right, others):
        yield Slip(slip.kind, without_idle_indices(ours.left, slip.term)[1], slip.undone)


def _is_same(ours: _Ours, term: Term) -> bool:
    return all(_same(ours, term, ours.right, n) for n in range(3))


def _heads(term: Term) -> tuple[str, ...]:
    heads = [
        h for t in walk(term) for h in ((t.head,) if isinstance(t, Ref) else t.variables if isinstance(t, Bind) else ())
    ]
    return tuple(dict.fromkeys(heads))


def _has_open_range(term: Term) -> bool:
    return any(isinstance(t, Bind) and t.over in ("all", "condition") for t in walk(term))
