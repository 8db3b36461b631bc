"""Whether a value or an expression that a document gives a name makes a relation hold that fails in general."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from errata.checking.context import At, State, root_of
from errata.checking.definitions import bodies_in
from errata.checking.families.reach import given_names_in, section_start
from errata.checking.families.trials import Environment, outcome
from errata.reading.families.notation import LawNode
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.substitution import replaced
from errata.reading.tree import Node, walk
from errata.reading.vectors import Unlowered

MOST_BODIES = 3
"""Expressions of one name that are put in, the last ones that the document gives."""
_GOES_ON = re.compile(r"\s*(?:\$\$|\\\]|\\end\{\w+\*?\})?[\s,;]*(?=[a-z$\\(])")
"""What stands between a formula and the words that go on with its sentence: where $b = 1$."""


def saved_by_what_is_given(state: State, at: At, pair: Pair, around: Environment) -> bool:
    """Whether a relation holds under the laws in force once names are what its section gives them up to its sentence's
    end, or may hold, where such a value can't be put in."""
    here = _formulas(state, at)
    names = {key(n) for side in _sides(pair, around) for n in walk(side) if is_name(n)}
    bodies = bodies_in(root_of(state, index) for index in here)
    if (given_names_in(state, here) & names) - bodies.keys():
        return True
    given = {name: bodies[name][-MOST_BODIES:] for name in sorted(names) if name in bodies}
    return any(_holds_with(values, pair, around, state.options.seed) for values in _choices(given))


def _formulas(state: State, at: At) -> list[int]:
    """The formulas of the section up to this one, and those in the rest of its sentence."""
    document, start = state.document, section_start(state, at.formula.span.start)
    here = [n for n, f in enumerate(document.formulas) if start <= f.span.start <= at.formula.span.start]
    after = document.text[at.formula.span.end :]
    goes_on = _GOES_ON.match(after) if not at.formula.latex.rstrip().endswith(".") else None
    if goes_on is None or "\n\n\n" in goes_on.group():
        return here
    sentence = re.split(r"\.\s|\n\s*\n", after[goes_on.end() :], maxsplit=1)[0]
    end = at.formula.span.end + goes_on.end() + len(sentence)
    return here + [n for n, f in enumerate(document.formulas) if at.formula.span.start < f.span.start < end]


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
    return found is not None and found.agree > 0


def _with(law: LawNode, values: Mapping[str, Node]) -> LawNode:
    return replace(law, arguments=tuple(replaced(a, values) for a in law.arguments))
