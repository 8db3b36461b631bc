"""Equations that a text derives from the last one, and that follow from it but for a slip.

A row of a display goes on from the row before it, and a conclusion from its premise; a display goes on from the last
one where the words between them say so, and don't speak of another case.
"""

from __future__ import annotations

import re
from itertools import pairwise

from errata.checking.context import At, State
from errata.checking.derivatives_of_definitions import is_d
from errata.checking.judgement import Judged
from errata.checking.kinds import is_number
from errata.checking.rearranged import Equation, refute_rearranged
from errata.checking.step_slips import refuted_step
from errata.reading.gloss import glossed
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.tree import Factors, walk

_INFERS = re.compile(
    r"\b(?:rearrang\w*|solv\w+ for|expand\w*|simplif\w*|logarithm|follows|gives|yields|implies|becomes|therefore|hence|"
    r"thus|we (?:get|obtain|have)|multipl(?:y|ying|ied)|divid(?:e|ing|ed)|re-?written|equivalent(?:ly)?)\b",
    re.I,
)
"""Words by which a text says that an equation follows from the last one."""
_ELSE = re.compile(
    r"\b(?:(?:if|when)(?! we\b)|case|otherwise|similarly|analogous\w*|likewise|whereas|while|instead|under|let|suppose|"
    r"consider|alternatively|however|but|approximat\w*|other|assum\w*)\b|\bfor \$",
    re.I,
)
"""Words by which it may begin something else, or say more than the last one."""
MOST_BETWEEN = 300
"""Characters of prose between an equation and one that is said to follow from it."""


def misrearranged(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The refutation of a row of a display by the row before it, or of a display by the one before it where the text
    says that it follows, from which it follows but for a slip."""
    if pair.position or pair.relation.sign != "=" or not state.equations:
        return None
    given = next((e for e in state.equations if _leads_to(state, at, pair, e)), None)
    if given is None or at.chain.before or is_number(pair.left) or is_number(pair.right):
        return None
    said = given.formula != at.index
    if at.chain.implies and not said and key(pair.left) != key(given.pair.left):
        return None  # another expression of the same quantity counts, whatever follows
    if _changes_variables(pair):
        return None  # du = … dx equates differentials
    found = refute_rearranged(pair, given, state.options.seed, state.bounds)
    return None if found is None else refuted_step(at, judged, pair, *found)


def _changes_variables(pair: Pair) -> bool:
    """Whether a d opens a product on some side, and isn't before one and the same name wherever a d stands."""
    products = [[n for n in walk(side) if isinstance(n, Factors)] for side in (pair.left, pair.right)]
    if not any(is_d(n.items[0]) for side in products for n in side):
        return False
    after = [{key(b) for n in side for a, b in pairwise(n.items) if is_d(a)} for side in products]
    return len(after[0]) != 1 or after[0] != after[1]


def _leads_to(state: State, at: At, pair: Pair, given: Equation) -> bool:
    """Whether a relation goes on from an equation: from the row before it, or, where the text says so, from the last
    equation or from another expression of the same quantity."""
    last = given is state.equations[0]
    if last and given.formula == at.index:
        here = state.document.place(at.formula.offset(at.chain.chain.start)).line
        return at.chain.concluded or (at.formula.display and given.line < here)
    return (last or key(pair.left) == key(given.pair.left)) and _infers(state, at, given.formula)


def _infers(state: State, at: At, given: int) -> bool:
    """Whether the text between a display and this one says that it follows, and begins nothing else."""
    if given < 0 or given >= at.index or not state.document.formulas[given].display:
        return False
    between = glossed(state.document.text[state.document.formulas[given].span.end : at.formula.span.start])
    return len(between) <= MOST_BETWEEN and bool(_INFERS.search(between)) and not _ELSE.search(between)
