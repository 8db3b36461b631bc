"""A law that the sentence names in words and the formula by another notation.

"Let X follow a normal distribution: X ∼ Gam(μ, σ²)" is a mistake where what the page derives from it holds for the law
in words, and not for the one in the formula. Without such a relation nothing is said: a law may well be introduced as a
case of another one.
"""

from __future__ import annotations

from claims.evidence import Counterexample
from claims.records import replace
from claims.verdict import Tried, decide
from errata.checking.context import At, State, span_of
from errata.checking.families.conventions import holds_under, relations_under
from errata.checking.families.reach import environment_with
from errata.checking.families.ruling import Ruling
from errata.checking.families.spoken import spoken
from errata.reading.families.notation import LawNode, law_node, renamed
from errata.reading.relations import Pair

MOST_ASKED = 6


def judge_naming(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on X ∼ Law(…); None where the words before it agree, or nothing tells which of the two is meant."""
    law = law_node(pair.right)
    if pair.relation.sign != "∼" or law is None or law.point is not None:
        return None
    words = spoken(at.prose)
    if len(words) != 1 or law.name in words:
        return None
    (name,) = words
    meant = renamed(law, name)
    if meant is None:
        return None
    for asked, (line, relation, around) in enumerate(relations_under(state, law)):
        if asked == MOST_ASKED:
            break
        here = holds_under(relation, around, state.options.seed)
        there = holds_under(relation, environment_with(around, law, meant), state.options.seed)
        if here is None or there is None or not here.differs or not here.sound:
            continue
        if there.agrees:
            _correct(state, law, meant)
            return _ruled(at, pair, law, meant, line, here.witness)
    return None


def _correct(state: State, law: LawNode, meant: LawNode) -> None:
    """From here on the statements in this notation are those of the law that is meant: one finding is enough."""
    said = state.said or ()
    wrong = [s.law is not None and s.law.name == law.name and renamed(s.law, meant.name) is not None for s in said]
    state.said = tuple(
        replace(s, law=renamed(s.law, meant.name), misnamed=True) if w and s.law is not None else s
        for s, w in zip(said, wrong, strict=True)
    )


def _ruled(at: At, pair: Pair, law: LawNode, meant: LawNode, line: int, witness: tuple[tuple[str, str], ...]) -> Ruling:
    message = f"the text speaks of another law, under which line {line} holds; under {law.name} it does not"
    by = Counterexample("law", witness, law.name, meant.name, message, True, True)
    where = (f"the words before it name {meant.name}",)
    focus = span_of(at.formula, pair.right.start, pair.right.end)
    return replace(Ruling(decide([Tried(None, (by,))]), where, "E316", message, focus), label="another law is meant")
