"""The small edits that may turn what a page has into what was meant: a slip undone, wherever it may have been made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.records import Record, replace
from errata.judging.slips import moved, slips
from errata.meaning.elaborate import spelled
from errata.meaning.terms import (
    HALF,
    MINUS_ONE,
    ONE,
    TWO,
    Bind,
    Num,
    Op,
    Ref,
    Term,
    add,
    below,
    inverse,
    mul,
    negative,
    power,
    walk,
    with_below,
)

UNDONE = {
    "sign": "another sign", "factor": "another number", "inverse": "multiplied instead of divided, or the reverse",
    "order": "factors in another order", "power": "a lost or an extra power", "transpose": "a transpose",
    "extremum": "a minimum for a maximum", "direction": "a condition the other way round",
    "range": "another end of a sum", "index": "another index",
    "arguments": "arguments the other way round", "swapped": "symbols that changed places",
    "complement": "one minus it", "prime": "a prime", "lost log": "an extra log", "lost exp": "an extra exp",
    "conditional": "conditioned the other way round", "count": "a number of terms",
    "off by one": "a count that is one off",
    "missing exp": "an exp that is left out", "missing log": "a log that is left out",
    "exchanged": "two functions that changed places", "scope": "a root of the whole",
    "diagonal": "a term that is there where two indices are the same",
}  # fmt: skip
"""The kinds of slips that may be undone, in words. A part that is left out may be nothing by a premise, and another
name may be another thing: they tell nothing."""


class Mend(Record, frozen=True):
    """A term with one slip undone."""

    kind: str
    term: Term


def mends(term: Term, counts: Sequence[str] = (), indices: Sequence[str] = ()) -> Iterator[Mend]:
    """Every term that is one small slip away, each once; ``counts`` are numbers that a sum may have left out,
    ``indices`` two that may have to be the same."""
    seen = {spelled(term)}
    for mend in (
        *_candidates(term),
        *_transposed(term),
        *_off_by_one(term, counts),
        *_counted(term, counts),
        *_diagonal(term, indices),
    ):
        if (key := spelled(mend.term)) not in seen:
            seen.add(key)
            yield mend


def _candidates(term: Term) -> Iterator[Mend]:
    for slip in slips(term):
        if slip.kind in UNDONE:
            yield Mend(slip.kind, slip.term)
    yield from _scaled(term)
    yield from _within(term)


def _counted(term: Term, counts: Sequence[str]) -> Iterator[Mend]:
    """A term with a count before one of its summands, or below it."""
    summands = term.arguments if isinstance(term, Op) and term.kind == "add" else (term,)
    for n, part in enumerate(summands):
        for count in counts:
            for factor in (Ref(count), inverse(Ref(count))):
                yield Mend("count", add(*summands[:n], mul(factor, part), *summands[n + 1 :]))


def _off_by_one(term: Term, counts: Sequence[str]) -> Iterator[Mend]:
    """A term with a count one more or one less somewhere."""
    if isinstance(term, Ref) and term.head in counts and not below(term):
        yield from (Mend("off by one", moved(term, by)) for by in (-1, 1))
    if isinstance(term, Op) and term.kind == "add" and len(term.arguments) == 2 and isinstance(term.arguments[1], Num):
        if term.arguments[0] in {Ref(c) for c in counts} and abs(term.arguments[1].value) == 1:
            yield Mend("off by one", term.arguments[0])
        return
    parts = below(term)
    for n, part in enumerate(parts):
        if not (isinstance(term, Ref) and n < len(term.indices)) and not (isinstance(term, Bind) and part != term.body):
            for mend in _off_by_one(part, counts):
                yield replace(mend, term=with_below(term, (*parts[:n], mend.term, *parts[n + 1 :])))


def _transposed(term: Term) -> Iterator[Mend]:
    """A term with a summand transposed, or a symbol transposed wherever it is not, and the other way round."""
    summands = term.arguments if isinstance(term, Op) and term.kind == "add" else (term,)
    for n, part in enumerate(summands):
        yield Mend("transpose", add(*summands[:n], Op("transpose", (part,)), *summands[n + 1 :]))
    marked = [t.arguments[0] for t in walk(term) if isinstance(t, Op) and t.kind == "transpose"]
    for head in sorted({t.head for t in marked if isinstance(t, Ref)}):
        yield Mend("transpose", _turned(term, head))


def _turned(term: Term, head: str) -> Term:
    if isinstance(term, Op) and term.kind == "transpose" and isinstance(term.arguments[0], Ref):
        return term.arguments[0] if term.arguments[0].head == head else term
    if isinstance(term, Ref) and term.head == head and term.arguments is None:
        return Op("transpose", (term,))
    parts = below(term)
    return with_below(term, tuple(_turned(p, head) for p in parts)) if parts else term


def _diagonal(term: Term, indices: Sequence[str]) -> Iterator[Mend]:
    """A term with Kronecker's symbol of two indices for a 1 in a sum."""
    if len(indices) != 2:
        return
    delta = Ref("δ", (Ref(indices[0]), Ref(indices[1])))
    parts = below(term)
    for n, part in enumerate(parts):
        if isinstance(term, Op) and term.kind == "add" and part == ONE:
            yield Mend("diagonal", with_below(term, (*parts[:n], delta, *parts[n + 1 :])))
        for mend in _diagonal(part, indices):
            yield replace(mend, term=with_below(term, (*parts[:n], mend.term, *parts[n + 1 :])))


def _scaled(term: Term) -> Iterator[Mend]:
    """A term with a number before it, or its sign changed."""
    yield Mend("sign", negative(term))
    yield Mend("power", power(term, TWO))
    yield Mend("power", power(term, HALF))
    for factor in (TWO, HALF):
        yield Mend("factor", mul(factor, term))


def _within(term: Term, inside_sum: bool = False) -> Iterator[Mend]:
    if inside_sum:
        yield from _scaled(term)
        if not isinstance(term, Num) and not (isinstance(term, Op) and term.kind in ("exp", "log")):
            is_negative = isinstance(term, Op) and term.kind == "mul" and term.arguments[0] == MINUS_ONE
            inner = mul(*term.arguments[1:]) if is_negative and isinstance(term, Op) else term
            for kind in ("exp", "log"):
                value = Op(kind, (inner,))
                yield Mend(f"missing {kind}", negative(value) if is_negative else value)
    if isinstance(term, Ref):
        yield from _of_symbol(term)
    if isinstance(term, Bind) and term.kind in ("sum", "prod", "int", "E"):
        yield from (replace(m, term=replace(term, body=m.term)) for m in _scaled(term.body))
    if isinstance(term, Op) and term.kind == "mul":
        a = term.arguments
        for n, part in enumerate(a):
            if not isinstance(part, Num) and not (isinstance(part, Op) and part.kind == "pow"):
                yield Mend("inverse", mul(*a[:n], inverse(part), *a[n + 1 :]))
    if isinstance(term, Op) and term.kind in ("norm", "abs", "Cov"):
        yield Mend("power", power(term, TWO))
    parts = below(term)
    for n, part in enumerate(parts):
        if isinstance(term, Ref) and n < len(term.indices):
            continue
        is_summand = isinstance(term, Op) and term.kind == "add"
        for mend in _within(part, is_summand):
            yield replace(mend, term=with_below(term, (*parts[:n], mend.term, *parts[n + 1 :])))


def _of_symbol(term: Ref) -> Iterator[Mend]:
    for n, index in enumerate(term.indices):
        if isinstance(index, Op) and index.kind.startswith("slice"):
            for m, end in enumerate(index.arguments):
                for by in (1, -1):
                    ends = (*index.arguments[:m], moved(end, by), *index.arguments[m + 1 :])
                    indices = (*term.indices[:n], Op(index.kind, ends), *term.indices[n + 1 :])
                    yield Mend("index", replace(term, indices=indices))
    yield Mend("power", power(term, TWO))
    yield Mend("power", power(term, HALF))
    if term.arguments is None:
        yield Mend("transpose", Op("transpose", (term,)))
    elif len(term.arguments) == 1 and not term.given:
        yield Mend("prime", replace(term, head=f"{term.head}′"))
    for n, argument in enumerate(term.arguments or ()):
        changed = (*(term.arguments or ())[:n], negative(argument), *(term.arguments or ())[n + 1 :])
        yield Mend("sign", replace(term, arguments=changed))
