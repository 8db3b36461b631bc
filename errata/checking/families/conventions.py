"""Which parameterisation a document uses, told by what else it says: relations that hold under one option only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claims.records import Record
from errata.checking.context import At, State, root_of
from errata.checking.families.reach import environments, same_law
from errata.checking.families.trials import Environment, Outcome, outcome
from errata.reading.families.notation import LawNode
from errata.reading.names import key
from errata.reading.relations import Pair, stated
from errata.reading.tree import Call, walk
from errata.reading.vectors import Unlowered

ENOUGH = 2
"""Relations elsewhere that have to hold under one option only before it counts as that of the document."""
MOST_ASKED = 24
"""Relations that are asked."""


class Witnesses(Record):
    """Relations that hold under the usual options only, and under the other ones only, each by its line and text."""

    usual: tuple[tuple[int, str], ...]
    other: tuple[tuple[int, str], ...]


def contradicted(state: State, pair: Pair, around: Environment, choice: Mapping[str, int]) -> tuple[int, ...]:
    """The lines that hold only under the usual options, where a relation needs ``choice`` and stands alone in that."""
    found, own = _known_witnesses(state, around, choice), _text(pair)
    usual = sorted({line for line, text in found.usual if text != own})
    alone = all(text == own for _, text in found.other)
    return tuple(usual) if alone and len(usual) >= ENOUGH else ()


def stands_alone_in(
    state: State, pair: Pair, around: Environment, choice: Mapping[str, int], spoken: Mapping[str, int]
) -> bool:
    """Whether no other relation holds only under the options that this one needs, against those that words fix."""
    usual = not any(spoken.values())
    found = _known_witnesses(state, around, choice if usual else {**choice, **spoken})
    return all(text == _text(pair) for _, text in (found.other if usual else found.usual))


def _known_witnesses(state: State, around: Environment, choice: Mapping[str, int]) -> Witnesses:
    laws = ";".join(sorted(f"{law.name}({','.join(map(key, law.arguments))})" for law in around.laws()))
    name = laws + str(sorted(choice.items()))
    found = state.conventions.get(name)
    if not isinstance(found, Witnesses):
        found = state.conventions[name] = _witnesses(state, around, choice)
    return found


def _witnesses(state: State, around: Environment, choice: Mapping[str, int]) -> Witnesses:
    usual: list[tuple[int, str]] = []
    other: list[tuple[int, str]] = []
    for asked, (line, pair) in enumerate(_relations(state, around)):
        if asked == MOST_ASKED:
            break
        first, second = _holds(pair, around, {}, state.options.seed), _holds(pair, around, choice, state.options.seed)
        if first is None or second is None or first.agrees == second.agrees:
            continue
        (usual if first.agrees else other).append((line, _text(pair)))
    return Witnesses(tuple(usual), tuple(other))


def relations_under(state: State, law: LawNode) -> Iterator[tuple[int, Pair, Environment]]:
    """Every relation with operators on its left that stands where a variable or a label has a law."""
    document = state.document
    for index, formula in enumerate(document.formulas):
        if "=" not in formula.latex:
            continue
        for chain in stated(root_of(state, index)):
            around = environments(state, At(index, formula, chain, None, "", None))[0]
            if not any(same_law(law, other) for other in around.laws()):
                continue
            for pair in chain.pairs():
                if pair.relation.sign in ("=", "≡") and any(isinstance(n, Call) for n in walk(pair.left)):
                    yield document.place(formula.offset(pair.right.start)).line, pair, around


def holds_under(pair: Pair, around: Environment, seed: int) -> Outcome | None:
    """What the points say under the usual options; None where the relation can't be computed."""
    return _holds(pair, around, {}, seed)


def _relations(state: State, around: Environment) -> Iterator[tuple[int, Pair]]:
    """Every relation of the document that stands under the same laws."""
    wanted = {name: _last(law) for name, law in around.variables.items()}
    document = state.document
    for index, formula in enumerate(document.formulas):
        if "=" not in formula.latex or not any(name in formula.latex for name in wanted):
            continue
        for chain in stated(root_of(state, index)):
            here = environments(state, At(index, formula, chain, None, "", None))
            if not any({n: _last(law) for n, law in e.variables.items()} == wanted for e in here):
                continue
            for pair in chain.pairs():
                if pair.relation.sign in ("=", "≡") and any(isinstance(n, Call) for n in walk(pair.left)):
                    yield document.place(formula.offset(pair.right.start)).line, pair


def _holds(pair: Pair, around: Environment, choice: Mapping[str, int], seed: int) -> Outcome | None:
    try:
        return outcome(pair, around, choice, seed)
    except (Unlowered, TypeError, ValueError, RecursionError):
        return None


def _text(pair: Pair) -> str:
    return f"{key(pair.left)}={key(pair.right)}"


def _last(law: LawNode) -> str:
    """The last parameter of a law, of which it is open what it is; "" where it has none."""
    return key(law.arguments[-1]) if law.arguments else ""
