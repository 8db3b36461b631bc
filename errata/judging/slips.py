"""What people get wrong: each small edit of a term that turns a right formula into a wrong one.

An edit has a kind, under which its precision is counted, and says in words what was done to the right formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from claims.records import Record, replace
from errata.judging.matching import renamed
from errata.meaning.elaborate import spelled
from errata.meaning.printing import to_latex
from errata.meaning.terms import HALF as _HALF
from errata.meaning.terms import (
    MINUS_ONE,
    Bind,
    Const,
    Num,
    Op,
    Ref,
    Term,
    add,
    below,
    free_heads,
    inverse,
    mapped,
    mul,
    negative,
    number,
    power,
    walk,
    with_below,
)

TWO = number(2)
LAWS = frozenset("pPqQ")
"""Letters of laws, which may be conditional."""


class Slip(Record, frozen=True):
    """A term with one mistake; ``undone`` says what should be there instead, with a place for each of ``shown``."""

    kind: str
    term: Term
    undone: str
    lost: Term | None = None
    """What was left out, where something was."""
    put_in: str | None = None
    """The head of the symbol that was put in for another, where one was."""
    swapped: tuple[str, ...] = ()
    """The heads of the two symbols that were taken for each other, where two were."""
    shown: tuple[Term, ...] = ()

    def said(self, names: Mapping[str, str]) -> str:
        """What should be there instead, in other names of the symbols."""
        return self.undone.format(*(f"${to_latex(renamed(t, names))}$" for t in self.shown))


def slips(term: Term, others: Sequence[str] = ()) -> Iterator[Slip]:
    """Every small mistake in a term; ``others`` are heads of symbols that may stand where another belongs.

    The sign of the whole term isn't among them: it is a convention more often than a mistake.
    """
    seen = {spelled(term)}
    for slip in (*_within(term, tuple(others), top=True), *_swapped(term), *_conditioned(term)):
        if (key := spelled(slip.term)) not in seen:
            seen.add(key)
            yield slip


def _within(term: Term, others: tuple[str, ...], top: bool = False) -> Iterator[Slip]:
    yield from _here(term, others, top)
    parts = below(term)
    for n, part in enumerate(parts):
        for slip in _within(part, others):
            yield replace(slip, term=with_below(term, (*parts[:n], slip.term, *parts[n + 1 :])))


def _swapped(term: Term) -> Iterator[Slip]:
    """The term with two of its symbols taken for each other wherever they stand."""
    refs = [t for t in walk(term) if isinstance(t, Ref)]
    plain = sorted({t.head for t in refs} & set(free_heads(term)))
    plain = [h for h in plain if all(_is_bare(t) for t in refs if t.head == h)]
    for a, b in combinations(plain, 2):
        undone = "{} and {} have changed places"
        yield Slip("swapped", renamed(term, {a: b, b: a}), undone, swapped=(a, b), shown=(Ref(a), Ref(b)))


def _conditioned(term: Term) -> Iterator[Slip]:
    """The term with one law conditioned on what another one of the same letter speaks of: p(z | x) for p(z)."""
    refs = [t for t in walk(term) if isinstance(t, Ref) and t.arguments is not None]
    for law in dict.fromkeys(r for r in refs if r.head in LAWS and not r.given):
        spoken = [a for r in refs if r.head == law.head for a in (*(r.arguments or ()), *r.given)]
        for more in dict.fromkeys(a for a in spoken if isinstance(a, Ref) and a not in (law.arguments or ())):
            wrong = replace(law, given=(more,))
            if wrong not in refs:
                yield Slip("conditional", _with(term, law, wrong), "not conditioned on {}", shown=(more,))


def _with(term: Term, old: Term, new: Term) -> Term:
    return mapped(term, lambda t: new if t == old else t)


def _exchanged(a: Sequence[Term]) -> Iterator[Slip]:
    """A fraction whose numerator and denominator have a function of the same name, the two exchanged."""
    for n, low in enumerate(a):
        if not (isinstance(low, Op) and low.kind == "pow" and low.arguments[1] == MINUS_ONE):
            continue
        below_line = low.arguments[0]
        is_product = isinstance(below_line, Op) and below_line.kind == "mul"
        parts = below_line.arguments if isinstance(below_line, Op) and is_product else (below_line,)
        for (i, up), (j, down) in product(enumerate(a), enumerate(parts)):
            if isinstance(up, Ref) and isinstance(down, Ref) and up.head == down.head and up != down:
                over = [down if k == i else x for k, x in enumerate(a) if k != n]
                under = mul(*(up if k == j else x for k, x in enumerate(parts)))
                undone = "{} and {} have changed places"
                yield Slip("exchanged", mul(*over, inverse(under)), undone, shown=(down, up))


def _scoped(inner: Term) -> Iterator[Slip]:
    """A root of a product or a sum that reaches its first part only; how far a log reaches is open in many notes."""
    if isinstance(inner, Op) and inner.kind in ("mul", "add") and len(inner.arguments) == 2:
        join = mul if inner.kind == "mul" else add
        first, second = inner.arguments
        if first != MINUS_ONE:
            yield Slip("scope", join(power(first, _HALF), second), "the root reaches {}", shown=(second,))
            yield Slip("scope", join(power(second, _HALF), first), "the root reaches {}", shown=(first,))


def _is_bare(term: Ref) -> bool:
    return not term.indices and term.arguments is None


def _here(term: Term, others: tuple[str, ...], top: bool) -> Iterator[Slip]:
    if isinstance(term, Op):
        yield from _of_operation(term, top)
    elif isinstance(term, Bind):
        yield from _of_binder(term)
    elif isinstance(term, Ref):
        yield from _of_symbol(term, others)
    if isinstance(term, Num) and term.value not in (0, 1, -1):
        for value in (term.value * 2, term.value / 2, -term.value):
            yield Slip("factor", Num(value), f"the number is {term.value}")
    if isinstance(term, Num) and term.value == 1 and not top:
        yield Slip("factor", TWO, "the number is 1")


def _is_negative(term: Term) -> bool:
    return isinstance(term, Op) and term.kind == "mul" and term.arguments[0] == MINUS_ONE


def _of_operation(term: Op, top: bool) -> Iterator[Slip]:
    a = term.arguments
    match term.kind:
        case "add":
            for n, part in enumerate(a):
                rest = (*a[:n], *a[n + 1 :])
                yield Slip("sign", add(*a[:n], negative(part), *a[n + 1 :]), "another sign of a term")
                if part == number(1) and len(a) == 2 and _is_negative(rest[0]):
                    yield Slip("complement", negative(rest[0]), "one minus it belongs there")
                yield Slip("lost term", add(*rest), "a term is missing", part)
        case "mul":
            for n in range(len(a)):
                rest = (*a[:n], *a[n + 1 :])
                if rest and a[n] != MINUS_ONE:
                    yield Slip("lost factor", mul(*rest), "a factor is missing", a[n])
                part = a[n]
                if isinstance(part, Op) and part.kind == "pow" and part.arguments[1] == MINUS_ONE:
                    yield Slip("inverse", mul(*a[:n], part.arguments[0], *a[n + 1 :]), "it divides, not multiplies")
            for n in range(len(a) - 1):
                if not isinstance(a[n], Num):
                    yield Slip("order", mul(*a[:n], a[n + 1], a[n], *a[n + 2 :]), "another order of the factors")
            yield from _exchanged(a)
            upside = [x for x in a if isinstance(x, Op) and x.kind == "pow" and x.arguments[1] == MINUS_ONE]
            over: list[Term] = [x for x in a if x not in upside]
            if upside and over:
                turned = [x.arguments[0] for x in upside] + [x if isinstance(x, Num) else inverse(x) for x in over]
                yield Slip("inverse", mul(*turned), "the fraction is the other way up")
        case "pow":
            yield from _of_power(a[0], a[1])
        case "transpose":
            yield Slip("transpose", a[0], "a transpose is missing")
        case "log" | "exp" | "abs" | "sigmoid" | "softmax" | "det" | "tr":
            yield Slip(f"lost {term.kind}", a[0], f"{term.kind} is missing")
        case "max_of" | "min_of":
            other = "min_of" if term.kind == "max_of" else "max_of"
            yield Slip("extremum", Op(other, a), f"it is a {term.kind[:3]}")
        case "KL" | "H" | "P":
            if len(a) == 2 and (term.kind != "P" or _is_given(a[1])):
                yield Slip("arguments", Op(term.kind, _turned(a[0], a[1])), "the arguments are the other way round")
    if term.kind.startswith("is") and len(a) == 2:
        turned_sign = {"is<": "is>", "is>": "is<", "is≤": "is≥", "is≥": "is≤", "is=": "is≠"}.get(term.kind)
        if turned_sign:
            yield Slip("direction", Op(turned_sign, a), "the condition is the other way round")
    if term.kind in ("sigmoid", "exp") and not top:
        yield Slip("sign", Op(term.kind, (negative(a[0]),)), f"another sign within {term.kind}")
    if term.kind in ("norm", "abs"):
        yield Slip("power", power(term, TWO), "no square")
    if term.kind in ("tr", "det", "log") and not top:
        yield Slip("sign", negative(term), f"another sign of {term.kind}")


def _is_given(term: Term) -> bool:
    return isinstance(term, Op) and term.kind == "given"


def _turned(first: Term, second: Term) -> tuple[Term, Term]:
    """Two arguments the other way round; a condition and what is conditioned on it."""
    if isinstance(second, Op) and second.kind == "given":
        return second.arguments[0], Op("given", (first,))
    return second, first


def _of_power(base: Term, exponent: Term) -> Iterator[Slip]:
    yield Slip("power", base, "the power {} is missing", shown=(exponent,))
    if exponent == TWO:
        yield Slip("power", power(base, _HALF), "a square, not a root")
        yield Slip("factor", mul(TWO, base), "a square, not the double")
    if exponent == _HALF:
        yield Slip("power", power(base, TWO), "a root, not a square")
        yield from _scoped(base)
    if isinstance(exponent, Num):
        yield Slip("inverse", power(base, Num(-exponent.value)), "the power has the other sign")
    if exponent == MINUS_ONE:
        yield Slip("power", power(base, number(-2)), "no square")
        yield Slip("power", power(base, Num(-_HALF.value)), "no root")
        if isinstance(base, Op) and base.kind == "pow" and isinstance(base.arguments[1], Num):
            inner = base.arguments
            yield Slip("power", inverse(inner[0]), "the power {} is missing", shown=(inner[1],))
    if not isinstance(exponent, Num):
        yield Slip("power", power(base, negative(exponent)), "the exponent has the other sign")


def _of_binder(term: Bind) -> Iterator[Slip]:
    other = {"max": "min", "min": "max", "argmax": "argmin", "argmin": "argmax", "sum": "prod", "prod": "sum"}
    if term.kind in other:
        kind = "extremum" if ("m" in term.kind[-3:] and "a" in term.kind) or "min" in term.kind else "sum or product"
        yield Slip(kind, replace(term, kind=other[term.kind]), f"it is a {term.kind}")
    if term.over == "range":
        for n, end in enumerate(term.domain):
            for by in (1, -1):
                if isinstance(end, Const):
                    continue
                moved = add(end, number(by)) if not isinstance(end, Num) else Num(end.value + by)
                domain = (*term.domain[:n], moved, *term.domain[n + 1 :])
                which = "starts" if n == 0 else "ends"
                yield Slip("range", replace(term, domain=domain), f"it {which} at {{}}", shown=(end,))
    if term.kind == "Var":
        yield Slip("moment", replace(term, kind="E"), "a variance, not a mean")


def _of_symbol(term: Ref, others: tuple[str, ...]) -> Iterator[Slip]:
    for head in others:
        if head != term.head:
            kind = "index" if not term.indices and term.arguments is None else "name"
            yield Slip(kind, replace(term, head=head), "{} belongs there", None, head, shown=(term,))
    if term.head.endswith("′"):
        yield Slip("prime", replace(term, head=term.head[:-1]), "a prime is missing")
    for n, index in enumerate(term.indices):
        if isinstance(index, Num):
            continue  # where numbering starts is a convention
        for by in (1, -1):
            other = moved(index, by)
            indices = (*term.indices[:n], other, *term.indices[n + 1 :])
            yield Slip("index", replace(term, indices=indices), "the index is {}", shown=(index,))
    if term.arguments is not None:
        a, g = term.arguments, term.given
        for n in range(len(a) - 1):
            turned = (*a[:n], a[n + 1], a[n], *a[n + 2 :])
            yield Slip("arguments", replace(term, arguments=turned), "the arguments are the other way round")
        if len(a) == 1 and len(g) == 1:
            yield Slip("conditional", replace(term, arguments=g, given=a), "conditioned the other way round")
        for n in range(len(g)):
            fewer = (*g[:n], *g[n + 1 :])
            yield Slip("conditional", replace(term, given=fewer), "conditioned on {}", shown=(g[n],))
    if len(term.indices) == 2:
        yield Slip("index", replace(term, indices=term.indices[::-1]), "the indices are the other way round")


def moved(index: Term, by: int) -> Term:
    """An index moved by one: t − 1 for t, t for t − 1."""
    if isinstance(index, Num):
        return Num(index.value + by)
    if isinstance(index, Op) and index.kind == "add" and isinstance(last := index.arguments[-1], Num):
        value = last.value + by
        rest = index.arguments[:-1]
        return add(*rest) if value == 0 else add(*rest, Num(value))
    return add(index, number(by))
