"""Whether a value or an expression that a document gives a name makes a relation hold that fails in general."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from claims.records import replace
from errata.checking.context import At, State, root_of
from errata.checking.definitions import bodies_in
from errata.checking.families.reach import given_names_in
from errata.checking.families.trials import Environment, outcome
from errata.checking.kinds import is_number
from errata.reading.families.notation import LawNode
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.substitution import replaced
from errata.reading.tree import Node, walk
from errata.reading.vectors import Unlowered

MOST_BODIES = 3
"""Expressions of one name that are put in, the last ones that the document gives."""
_GOES_ON = re.compile(r"\s*(?:\$\$|\\\]|\\end\{\w+\*?\})?[\s.,;]*(?=[a-z$\\(]|(?:Here|Where|With|In which)\b)")
"""What stands between a formula and the words that say what is meant in it: where $b = 1$. Here, $b = 1$."""


def in_force(state: State, at: At) -> list[int]:
    """The formulas that may give a name of this one a value: this one, those before it, in whatever section, and those
    in the words right after it that say what is meant in it."""
    document, place = state.document, at.formula.span.start
    before = [n for n, f in enumerate(document.formulas) if f.span.start <= place]
    after = document.text[at.formula.span.end :]
    goes_on = _GOES_ON.match(after)
    if goes_on is None or "\n\n\n" in goes_on.group():
        return before
    sentence = re.split(r"\.\s|\n\s*\n", after[goes_on.end() :], maxsplit=1)[0]
    end = at.formula.span.end + goes_on.end() + len(sentence)
    return before + [n for n, f in enumerate(document.formulas) if place < f.span.start < end]


def is_given_here(state: State, at: At, pair: Pair, around: Environment) -> bool:
    """Whether a value or an expression of a name in a relation, or in the laws in force, may be meant in it."""
    return bool(given_names_in(state, in_force(state, at)) & _names(pair, around))


def saved_by_what_is_given(
    state: State, at: At, pair: Pair, around: Environment, free: Container[str] = frozenset()
) -> bool:
    """Whether a relation holds under the laws in force once names are what is given for them here, or may hold, where
    such a value can't be put in. Names in ``free``, with which the formula itself writes its law, stand for no number:
    who means b = 1 doesn't write X ~ Gam(a, b)."""
    here, names = in_force(state, at), _names(pair, around)
    bodies = bodies_in(root_of(state, index) for index in here)
    if (given_names_in(state, here) & names) - bodies.keys():
        return True
    meant = {n: tuple(b for b in bodies[n] if n not in free or not is_number(b)) for n in names if n in bodies}
    given = {name: meant[name][-MOST_BODIES:] for name in sorted(meant) if meant[name]}
    return any(_holds_with(values, pair, around, state.options.seed) for values in _choices(given))


def _names(pair: Pair, around: Environment) -> set[str]:
    """The names of a relation and of the laws in it, but for the values of the variables: P(Y = y) is said of all y."""
    names = {key(n) for side in _sides(pair, around) for n in walk(side) if is_name(n)}
    return names - {variable.lower() for variable in around.variables if variable.isupper()}


def _sides(pair: Pair, around: Environment) -> Iterator[Node]:
    yield from (pair.left, pair.right)
    for law in around.laws():
        yield from law.arguments


def _choices(given: Mapping[str, tuple[Node, ...]]) -> Iterator[Mapping[str, Node]]:
    """Each name alone with each of its expressions, and all names with the last of theirs."""
    for name, bodies in given.items():
        yield from ({name: body} for body in bodies)
    if len(given) > 1:
        yield {name: bodies[-1] for name, bodies in given.items()}


def _holds_with(values: Mapping[str, Node], pair: Pair, around: Environment, seed: int) -> bool:
    put_in = replace(pair, left=replaced(pair.left, values), right=replaced(pair.right, values))
    laws = replace(
        around, variables={n: _with(law, values) for n, law in around.variables.items()},
        labels={n: _with(law, values) for n, law in around.labels.items()},
    )  # fmt: skip
    try:
        found = outcome(put_in, laws, {}, seed)
    except (Unlowered, TypeError, ValueError, RecursionError):
        return False
    return found is not None and found.agree > 0 and not found.differ


def _with(law: LawNode, values: Mapping[str, Node]) -> LawNode:
    return replace(law, arguments=tuple(replaced(a, values) for a in law.arguments))
