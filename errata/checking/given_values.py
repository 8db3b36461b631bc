"""Steps that rest on an equation for an expression: z₁⁴ + z₂⁴ = 1 − 2 z₁² z₂² where z₁² + z₂² = 1 is said beside it.

So does a step of a chain whose head says under which value it is taken: E(θ | Y = 0) = (1 + y)/(2 + n) = 1/(2 + n).
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import replace
from claims.verdict import Proved, Refuted, Supported
from errata.checking.algebra import judge_identity
from errata.checking.context import At, State, root_of
from errata.checking.judgement import Judged
from errata.reading.names import key
from errata.reading.relations import Pair, stated
from errata.reading.substitution import rebuilt
from errata.reading.tree import Bar, Chain, Node, Num, Sym, Terms, walk
from errata.reading.vectors import Unlowered

REACH = 400
"""Characters on either side of a step in which such an equation may stand."""


def with_given_value(state: State, at: At, pair: Pair, judged: Judged) -> Judged | None:
    """A step that fails, where it holds with the number that the text gives a sum in it; None where it gives none.

    A relation with a number for a side may be such an equation itself, said of other values of its names.
    """
    if not isinstance(judged.verdict, Refuted) or judged.rule != "E311" or pair.relation.sign not in ("=", "≡"):
        return None
    if isinstance(pair.left, Num) or isinstance(pair.right, Num):
        return None
    said = [(f"given what line {line} says", of, value) for line, of, value in _given(state, at)]
    for condition, of, value in (*said, *_conditioned(at, pair)):
        put_in = replace(pair, left=_with(pair.left, of, value), right=_with(pair.right, of, value))
        if put_in.left is pair.left and put_in.right is pair.right:
            continue
        try:
            found = judge_identity(put_in, {}, state.options.seed, bounds=state.bounds)
        except (Unlowered, RecursionError):
            continue
        if found is not None and isinstance(found.verdict, Supported | Proved):
            plain = replace(judged, rule=None, message=None, label=None, focus=None)
            return replace(plain, verdict=Supported(tuple(found.verdict.by), condition))
    return None


def _given(state: State, at: At) -> Iterator[tuple[int, str, Num]]:
    """The sums of which the formulas near by say that they are a number, with the line of each."""
    place = at.formula.span.start
    for index, formula in enumerate(state.document.formulas):
        if index == at.index or abs(formula.span.start - place) > REACH or "=" not in formula.latex:
            continue
        for chain in stated(root_of(state, index)):
            items = chain.chain.items
            of, value = items[0], items[-1]
            equates = len(items) == 2 and chain.chain.relations[0].sign == "="
            if equates and isinstance(of, Terms) and isinstance(value, Num):
                yield state.document.place(formula.span.start).line, key(of), value


def _conditioned(at: At, pair: Pair) -> Iterator[tuple[str, str, Num]]:
    """The values that the head of a chain is taken under, of the variables and of what small letters stand for them."""
    head = at.chain.chain.items[0]
    if pair.position == 0:
        return
    for bar in (n for n in walk(head) if isinstance(n, Bar)):
        for given in (n for n in walk(bar.right) if isinstance(n, Chain)):
            name, value = given.items[0], given.items[-1]
            equates = len(given.items) == 2 and given.relations[0].sign == "="
            if equates and isinstance(name, Sym) and isinstance(value, Num):
                for letter in dict.fromkeys((key(name), key(name).lower())):
                    yield f"{letter} = {value.text}, as its left side says", letter, value


def _with(node: Node, of: str, value: Num) -> Node:
    """An expression with a number in the place of a part of it."""
    return rebuilt(node, lambda n: value if isinstance(n, Terms | Sym) and key(n) == of else None)
