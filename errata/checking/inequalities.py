"""An inequality beside the one that its own sentence starts from: "if $a < b$, then $a - b > 0$".

Both are differences compared with zero. Where one difference is a rational multiple of the other, the first inequality
decides the second, whatever the names stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from random import Random

import sympy as sp
from flint import fmpq

from claims.evidence import Agreement, Counterexample, Proof
from claims.records import replace
from claims.verdict import Tried, decide
from errata.checking.algebra import sizes_in
from errata.checking.context import At, State, root_of, span_of
from errata.checking.judgement import Judged, Kind
from errata.reading.generic import Generic, lower_generic
from errata.reading.gloss import glossed
from errata.reading.names import key
from errata.reading.relations import Pair, stated
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, rational
from numerics.rational_functions import proved_equal

Witness = tuple[tuple[str, str], ...]
BACK = 3
"""Formulas back to where the sentence may have started from an inequality."""
TRIES = 500
"""Random points among which one is looked for where the first inequality holds."""
_SIDES = {"<": (-1, True), ">": (1, True), "≤": (-1, False), "≥": (1, False)}
"""On which side of zero the difference of the sides is, and whether zero is left out."""
_FOLLOWS = re.compile(
    r"\b(?:then|so|hence|thus|therefore|impl(?:y|ies|ying)|means|meaning|i\.e\.|that is|consequently)(?!\w)", re.I
)
_PARTS_WAYS = re.compile(
    r"[.;!?]\s|\n\s*\n|\b(?:if|unless|otherwise|else|or|when(?:ever)?|where(?:as|ver)?|while|but|for|suppos\w+|assum\w+|"
    r"case\w*|either|contra\w+|impossib\w+|not|never|cannot|no|without|rather|instead|until|although|though)\b",
    re.I,
)
"""Words between two inequalities after which the first no longer holds, and ends of sentences."""


def judge_inequality(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on an inequality by one that the sentence has just stated; None where none decides it."""
    if pair.relation.sign not in _SIDES or len(at.chain.chain.relations) != 1 or at.chain.implies:
        return None
    for premise, line in _premises(state, at):
        if {key(premise.left), key(premise.right)} == {key(pair.left), key(pair.right)}:
            continue
        found = _compared(premise, pair)
        if found is not None:
            return _ruled(at, judged, pair, premise, line, *found)
    return None


def _premises(state: State, at: At) -> Iterator[tuple[Pair, int]]:
    """The inequalities from which the sentence says that this one follows, with their lines."""
    document, follows = state.document, False
    for index in range(at.index - 1, max(-1, at.index - 1 - BACK), -1):
        formula = document.formulas[index]
        between = glossed(document.text[formula.span.end : document.formulas[index + 1].span.start])
        if _PARTS_WAYS.search(between):
            return
        follows = follows or _FOLLOWS.search(between) is not None
        chains = stated(root_of(state, index))
        if len(chains) != 1 or chains[0].implies:
            return
        pairs = chains[0].pairs()
        if follows and len(pairs) == 1 and pairs[0].relation.sign in _SIDES:
            yield pairs[0], document.place(formula.span.start).line


def _compared(premise: Pair, pair: Pair) -> tuple[bool, Proof | Agreement, sp.Expr, sp.Expr] | None:
    """Whether an inequality makes another one true or false, by what, and both differences; None where neither."""
    generic = Generic(sizes_in(0, premise.left, premise.right, pair.left, pair.right))
    try:
        sides = [lower_generic(side, generic) for side in (premise.left, premise.right, pair.left, pair.right)]
    except Unlowered:
        return None
    if generic.matrices or generic.approached or any(isinstance(side, sp.Tuple) for side in sides):
        return None
    given, claimed = sides[0] - sides[1], sides[2] - sides[3]
    factor = _ratio(claimed, given)
    if factor is None:
        return None
    by = proved_equal(claimed, factor * given)
    if by is None:
        return None
    (side, strict), (wanted, claims_strict) = _SIDES[premise.relation.sign], _SIDES[pair.relation.sign]
    side = side if factor > 0 else -side
    if side == wanted:
        return (True, by, given, claimed) if strict or not claims_strict else None
    return (False, by, given, claimed) if strict or claims_strict else None


def _ratio(claimed: sp.Expr, given: sp.Expr) -> sp.Rational | None:
    """The rational number that one difference may be of the other, by their values at one point."""
    names = sorted(claimed.free_symbols, key=str)
    if not names or claimed.free_symbols != given.free_symbols:
        return None
    at = {name: fmpq(7 * n + 5, 3 * n + 2) for n, name in enumerate(names)}
    try:
        top, bottom = rational(claimed, at), rational(given, at)
    except Undetermined:
        return None
    return sp.Rational(int((top / bottom).p), int((top / bottom).q)) if top and bottom else None


def _ruled(
    at: At, judged: Judged, pair: Pair, premise: Pair, line: int, holds: bool, by: Proof | Agreement,
    given: sp.Expr, claimed: sp.Expr,
) -> Judged | None:  # fmt: skip
    said = f"{to_latex(premise.left)} {premise.relation.latex} {to_latex(premise.right)}"
    where = (f"{said} (line {line})",)
    if holds:
        return replace(judged, kind=Kind.CLAIM, verdict=decide([Tried(None, (by,))]), where=where)
    found = _witness(given, claimed, _SIDES[premise.relation.sign][0])
    if found is None:
        return None
    at_point, value = found
    message = f"where {said}, the left side less the right side is {value}"
    counter = Counterexample("inequality", at_point, value, "0", message, True, True)
    focus = span_of(at.formula, pair.left.start, pair.right.end)
    return replace(
        judged, kind=Kind.CLAIM, verdict=decide([Tried(None, (counter,))]), where=where, rule="E317", message=message,
        focus=focus, label=f"line {line} says otherwise",
    )  # fmt: skip


def _witness(given: sp.Expr, claimed: sp.Expr, side: int) -> tuple[Witness, str] | None:
    """A point at which the premise holds, and the claimed difference there; None where none was met."""
    names, random = sorted(given.free_symbols, key=str), Random(str(given))
    for _ in range(TRIES):
        at = {name: fmpq(random.randint(-9, 9), random.randint(1, 4)) for name in names}
        value = _value(given, at)
        if value is not None and value * side > 0:
            return tuple((str(n), str(v)) for n, v in at.items()), str(_value(claimed, at))
    return None


def _value(difference: sp.Expr, at: Mapping[sp.Symbol, fmpq]) -> fmpq | None:
    try:
        return rational(difference, at)
    except Undetermined:
        return None
