"""A law that is said twice in one breath: "X ∼ N(m, I), i.e. p(x) = N(x; m, σ² I)".

Of two normal laws the covariances are compared where both are multiples of the identity, by their factors. Laws of
numbers are judged by their densities, elsewhere.
"""

from __future__ import annotations

import re

from claims.records import replace
from claims.verdict import Proved, Refuted, Supported
from errata.checking.algebra import Found, judge_identity
from errata.checking.context import At, State, definitions_of, root_of, roots_of, span_of
from errata.checking.families.reach import given_names
from errata.checking.families.ruling import Ruling
from errata.checking.kinds import is_number
from errata.checking.saving.numbers import saves_numbers
from errata.reading.families.notation import LawCall, identity_factor, law_call
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, stated
from errata.reading.substitution import replaced
from errata.reading.tree import Call, Factors, Node, Sym
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

DIFFERS = "E316"
NORMAL = "N"
ANY = Sym(0, 0, "ι")
"""A name for any number."""
_THAT_IS = re.compile(
    r"\W*(?:i\.\s?e\.|that is(?: to say)?|in other words|(?:which|this) means(?: that)?|meaning(?: that)?|"
    r"(?:or )?equivalently)\W*", re.I,
)  # fmt: skip
"""Words between two formulas that say the same."""


def judge_restated(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on the density of a variable whose law the formula before gives; None where it gives none, or nothing
    is found."""
    if pair.relation.sign not in ("=", "≡") or not isinstance(pair.left, Call):
        return None
    law = law_call(pair.right)
    if law is None or law.name != NORMAL or law.point is None:
        return None
    before = _said_before(state, at)
    if before is None or key(before[0]) != key(law.point) or before[1].name != NORMAL:
        return None
    variable, said = before
    factors = _apart(said, law)
    if factors is None:
        return None
    line = state.document.place(state.document.formulas[at.index - 1].span.start).line
    where = (f"{to_latex(variable)} follows N({', '.join(map(to_latex, said.arguments))}) (line {line})",)
    numbers = replace(pair, left=factors[0], right=factors[1])
    found = _judged(numbers, state)
    if found is not None and isinstance(found.verdict, Proved | Supported):
        return Ruling(found.verdict, where)
    if any(name in given_names(state) for side in factors for name in bare_names(side)):
        return _with_stated_value(state, numbers, where)
    if found is None or not found.known or not isinstance(found.verdict, Refuted):
        return None
    holds_if = saves_numbers(_times_any(numbers), state.document.text, state.options.seed)
    message = f"line {line} gives it the covariance {to_latex(said.arguments[-1])}"
    focus = span_of(at.formula, pair.right.start, pair.right.end)
    return Ruling(replace(found.verdict, holds_if=holds_if, repair=None), where, DIFFERS, message, focus)


def _with_stated_value(state: State, numbers: Pair, where: tuple[str, ...]) -> Ruling | None:
    """The support of a relation of numbers once a name in it has a value that the document gives it somewhere."""
    names = {*bare_names(numbers.left), *bare_names(numbers.right)}
    for index, root in enumerate(roots_of(state)):
        for pair in (p for chain in stated(root) for p in chain.pairs()):
            if pair.relation.sign != "=" or key(pair.left) not in names or not is_number(pair.right):
                continue
            left, right = (replaced(n, {key(pair.left): pair.right}) for n in (numbers.left, numbers.right))
            found = _judged(_times_any(replace(numbers, left=left, right=right)), state)
            if found is not None and isinstance(found.verdict, Proved | Supported):
                line = state.document.place(state.document.formulas[index].span.start).line
                given = f"{to_latex(pair.left)} = {to_latex(pair.right)}"
                said = (*where, f"{given} (line {line})")
                return Ruling(Supported(tuple(found.verdict.by), given), said)
    return None


def _judged(pair: Pair, state: State) -> Found | None:
    try:
        return judge_identity(pair, definitions_of(state), state.options.seed, bounds=state.bounds)
    except Unlowered:
        return None


def _times_any(pair: Pair) -> Pair:
    """Both sides times a number of any size, so that they are looked at in many points once their names have values."""
    left, right = (Factors(n.start, n.end, ("", r"\cdot"), (n, ANY)) for n in (pair.left, pair.right))
    return replace(pair, left=left, right=right)


def _said_before(state: State, at: At) -> tuple[Node, LawCall] | None:
    """The variable and the law at the end of the last formula, where the words after it say that both are the same."""
    if not at.index:
        return None
    last, here = state.document.formulas[at.index - 1], at.formula
    if _THAT_IS.fullmatch(state.document.text, last.span.end, here.span.start) is None:
        return None
    chains = stated(root_of(state, at.index - 1))
    pair = chains[-1].pairs()[-1] if chains and chains[-1].pairs() else None
    law = None if pair is None or pair.relation.sign != "∼" or not is_name(pair.left) else law_call(pair.right)
    return None if pair is None or law is None or law.point is not None else (pair.left, law)


def _apart(one: LawCall, other: LawCall) -> tuple[Node, Node] | None:
    """The factors of the identity in the last parameters of two laws, where all others are written alike."""
    if [key(a) for a in one.arguments[:-1]] != [key(a) for a in other.arguments[:-1]]:
        return None
    factors = [identity_factor(law.arguments[-1]) for law in (one, other)]
    left, right = factors
    return None if left is None or right is None or key(left[1]) != key(right[1]) else (left[0], right[0])
