"""Which open equations a page says something of: only these are judged in worlds of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from claims.verdict import NotAClaim, NotAClaimKind, Undecided
from errata.checking.context import State, root_of, span_of
from errata.checking.judgement import Judged, Kind
from errata.meaning.elaborate import Notation, elaborate, notations
from errata.meaning.terms import Op, Ref
from errata.meaning.unelaborated import Unelaborated
from errata.meaning.unfolding import used_in
from errata.page.definitions import definitions_near
from errata.page.random_variables import laws_near, says_something
from errata.reading.relations import Pair, stated
from errata.reading.tree import Gap, Lines

_ENERGY = re.compile(r"[\s&]*E\s*\(\s*(?:[a-z]|\\(?:theta|mathbf\{[a-z]\}|bm\{[a-z]\}))\s*\)\s*&?\s*=")
"""An error or an energy as a function of small letters: E(w) = …, which is no mean."""
ESTIMATE = re.compile(r"hat\((?P<hat>[^()]+)\)|(?P<star>[^_^()]+)\^[*∗⋆]|(?P<label>[^_^()]+)_(?:ML|MLE|MAP|opt|best)")
"""Names of estimates: θ̂, θ*, θ_ML."""
FUNCTIONALS = frozenset("EPV")
"""Letters that stay means, probabilities and variances whatever the page defines."""


def open_pairs(state: State, index: int, judged: Sequence[Judged], root: Lines) -> Iterator[tuple[Judged, Pair]]:
    """The equations of a formula that are left undecided, and the definitions whose head may be tied."""
    formula = state.document.formulas[index]
    pairs = {
        span_of(formula, p.left.start, p.right.end): p
        for chain in stated(root)
        for p in chain.pairs()
        if not isinstance(p.left, Gap) and p.relation.sign == "="
    }
    for j in judged:
        if _is_open(j) and j.span in pairs:
            yield j, pairs[j.span]


def _is_open(judged: Judged) -> bool:
    if judged.rule is not None or judged.waived:
        return False
    verdict = judged.verdict
    if isinstance(verdict, NotAClaim):
        return verdict.kind is NotAClaimKind.DEFINITION  # if its head is tied to what was said before
    return judged.kind is Kind.CLAIM and isinstance(verdict, Undecided)


def notations_of(state: State, pair: Pair) -> Iterator[Notation]:
    """The admissible notations of a relation, by what its page applies and defines."""
    called = state.called or frozenset()
    energies = {"E"} if any(_ENERGY.match(f.latex) for f in state.document.formulas) else set[str]()
    defined = (called - FUNCTIONALS) | energies
    applied = defined | (state.functions or frozenset())
    return notations(pair.left, pair.right, applied=applied, defined=defined, numbers_number=False)


def is_spoken_of(state: State, index: int, judged: Sequence[Judged], root: Lines) -> bool:
    """Whether the page says something of the symbols of an open equation of a formula."""
    of = partial(root_of, state)
    for _, pair in open_pairs(state, index, judged, root):
        for notation in notations_of(state, pair):
            try:
                sides = elaborate(pair.left, notation), elaborate(pair.right, notation)
            except Unelaborated:
                continue
            used = used_in(Op("list", sides), definitions_near(state.document, index, of, pair, notation))
            if isinstance(sides[0], Ref) and ESTIMATE.fullmatch(sides[0].head):
                return True
            if says_something(sides, used, laws_near(state.document, index, of, notation)[0]):
                return True
            break
    return False
