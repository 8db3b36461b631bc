"""Which parameterisation the words beside a law fix: of Gamma(a, b) "with rate $b$", where b may be a scale."""

from __future__ import annotations

from collections.abc import Mapping

from claims.records import Record
from errata.checking.context import At, State
from errata.checking.families.reach import reaches, same_law
from errata.checking.families.trials import Environment
from errata.checking.families.written_laws import said_in
from errata.reading.families.notation import LawNode
from errata.reading.families.said_parameters import roles_said, sentence_around
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.tree import walk


class Spoken(Record):
    """The options that words fix, by the name of the law, and the lines of these words."""

    choice: Mapping[str, int]
    lines: tuple[int, ...]


def options_said(state: State, at: At, pair: Pair, around: Environment) -> Spoken:
    """What the words beside the laws of the variables in a relation fix of what their notation leaves open."""
    names = {key(n) for side in (pair.left, pair.right) for n in walk(side)}
    laws = [law for name, law in {**around.labels, **around.variables}.items() if name in names and law.arguments]
    found = {
        (law.name, option) for law in laws if len(law.options) > 1 and (option := _option(state, at, law)) is not None
    }
    choice = {name: option for name, (option, _) in found}
    if any(option != choice[name] for name, (option, _) in found):
        return Spoken({}, ())
    return Spoken(choice, tuple(sorted({line for _, (_, line) in found})))


def _option(state: State, at: At, law: LawNode) -> tuple[int, int] | None:
    """The one option that calls the last parameter what the words do where the law is stated, and the line of these;
    None where they say nothing of it, or two things."""
    document, last, place = state.document, key(law.arguments[-1]), at.formula.offset(at.chain.chain.start)
    found = set[tuple[int, int]]()
    for said in said_in(state):
        known = said.place < place or said.formula == at.index
        if said.law is None or not known or not same_law(said.law, law) or not reaches(said, place, document):
            continue
        start, sentence = sentence_around(document.text, said.place)
        for role, name, where in roles_said(sentence):
            options = [n for n, option in enumerate(law.options) if role in option.roles]
            if name == last and len(options) == 1:
                found.add((options[0], document.place(start + where).line))
    return min(found, key=lambda one: one[1]) if len({option for option, _ in found}) == 1 else None
