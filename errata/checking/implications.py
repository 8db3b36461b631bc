"""Implications between statements on random variables: Pr(X = Y) = 1 ⇔ E(X) = E(Y), Cov(X, Y) = 0 ⇒ X ⊥ Y.

Both statements are asked in all small joint laws of the variables. One law in which the premise holds and the
conclusion fails refutes the implication, unless the document says more of the variables than the formula does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from operator import and_, mul
from typing import TYPE_CHECKING, Any

from claims.evidence import Agreement, Counterexample
from claims.records import replace
from claims.verdict import LEAST_POINTS, Tried, decide
from errata.checking.context import At, State, root_of, span_of
from errata.checking.families.reach import environments
from errata.checking.judgement import Judged, Kind
from errata.reading.notation import LOGIC
from errata.reading.relations import Pair
from errata.reading.tree import (
    Call,
    Chain,
    Factors,
    Fence,
    Frac,
    Function,
    Gap,
    Group,
    Logic,
    Node,
    Num,
    Phrase,
    Script,
    Styled,
    Sym,
    Terms,
    walk,
)
from errata.reading.vectors import Unlowered

if TYPE_CHECKING:
    from numerics.interpretations.small_worlds import Array, Implied, Statement, Worlds

Values = Callable[["Worlds"], Any]
"""A value at each cell, or in each world."""
MEANS = frozenset({"E", "𝔼"})
PROBABILITIES = frozenset({"P", "Pr", "Prob", "ℙ"})
AFTERWARDS = 300
"""Characters after a formula in which its sentence may end."""
_END = re.compile(r"(?<=[.!?;])\s|\n\s*\n")
VARIABLES = frozenset("X Y Z U V W".split())
MOST_VARIABLES = 3
_SAYS_MORE = re.compile(
    r"\b(?:independent|normal|gaussian|jointly|bernoulli|binary|indicator|uniform\w*|identical\w*|symmetric|"
    r"positive|non-?negative|i\.?i\.?d|continuous|given|suppose|assum\w*|special|sometimes|false|wrong|not true|"
    r"converse)\b",
    re.I,
)
"""Words after which the variables are not just any, or the implication isn't claimed."""


@dataclass
class _Names:
    """The variables that were met."""

    met: set[str] = field(default_factory=set)


def judge_implication(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on the conclusion of an implication; None where a side is not about random variables alone."""
    if pair.position != 0 or not at.chain.concluded:
        return None
    found = _implication(root_of(state, at.index), at.chain.chain)
    if found is None:
        return None
    left, sign, right = found
    names = _Names()
    try:
        premise, conclusion = _statement(left, names), _statement(right, names)
    except Unlowered:
        return None
    if not 1 <= len(names.met) <= MOST_VARIABLES:
        return None
    from numerics.interpretations.small_worlds import implied  # takes numpy, and most relations never come here

    order = sorted(names.met)
    there = implied(order, premise, conclusion)
    back = implied(order, conclusion, premise) if sign == "⇔" else None
    for direction, one in (("⇒", there), ("⇐", back)):
        if one is not None and one.world:
            return _refuted(state, at, judged, pair, order, direction if sign == "⇔" else "⇒", one)
    held = [one for one in (there, back) if one is not None]
    if any(not one.premises or not one.failures or _tested(one) < LEAST_POINTS for one in held):
        return None
    least = min(map(_tested, held))
    by = Agreement("worlds", least, 10, f"{least} small joint laws in which the premise holds or the conclusion fails")
    return replace(judged, kind=Kind.CLAIM, verdict=decide([Tried(None, (by,))]), where=(_about(order),))


def _tested(one: Implied) -> int:
    return one.premises + one.failures


def _about(order: list[str]) -> str:
    return f"{', '.join(order)} {'is a' if len(order) == 1 else 'are'} random variable{'s' * (len(order) > 1)}"


def _implication(root: Node, chain: Chain) -> tuple[Chain, str, Chain] | None:
    """The two chains of ``A ⇒ B`` or ``A ⇔ B`` of which the given one is the second."""
    for node in walk(root):
        if isinstance(node, Logic) and len(node.items) == 2:
            sign = LOGIC.get(node.signs[0], node.signs[0])
            left, right = node.items
            if _same(right, chain) and isinstance(left, Chain) and isinstance(right, Chain) and sign in ("⇒", "⇔"):
                return left, sign, right
    return None


def _same(one: Node, other: Node) -> bool:
    return type(one) is type(other) and (one.start, one.end) == (other.start, other.end)


def _refuted(
    state: State, at: At, judged: Judged, pair: Pair, order: list[str], direction: str, found: Implied
) -> Judged | None:
    around = environments(state, at)
    texts = (at.prose, at.chain.before, at.chain.remark, *_sentences_about(state, at, order))
    if any(set(e.variables) & set(order) for e in around) or any(_SAYS_MORE.search(text) for text in texts):
        return None
    outcomes = ", ".join(
        f"{_named(order, values)} with probability {probability}" for values, probability in found.world
    )
    failing = "the conclusion" if direction == "⇒" else "the premise"
    holding = "the premise" if direction == "⇒" else "the conclusion"
    message = f"{holding} holds and {failing} fails for {outcomes}"
    witness = tuple((_named(order, values), str(probability)) for values, probability in found.world)
    by = Counterexample("worlds", witness, "true", "false", message, True, True)
    focus = span_of(at.formula, pair.left.start, pair.right.end)
    return replace(
        judged, kind=Kind.CLAIM, verdict=decide([Tried(None, (by,))]), where=(_about(order),), rule="E313",
        message=message, focus=focus, label="does not follow" if direction == "⇒" else "only follows, one way",
    )  # fmt: skip


def _sentences_about(state: State, at: At, order: list[str]) -> list[str]:
    """The sentences of the section, up to the formula, in which one of the variables stands; and what follows it.

    "Cov(X, Y) = 0 ⇒ X ⊥ Y for jointly normal variables" says more only after the formula.
    """
    place = at.formula.offset(at.chain.chain.start)
    start = max((h.span.start for h in state.document.headings if h.span.start <= place), default=0)
    letters = re.compile(rf"(?<![A-Za-z\\])(?:{'|'.join(order)})(?![A-Za-z])")
    sentences = re.split(_END, state.document.text[start:place])
    end = at.formula.offset(len(at.formula.latex) - 1)
    rest = re.split(_END, state.document.text[end : end + AFTERWARDS].lstrip("$ \\)]"))[0]
    heading = state.document.text[start : state.document.text.find("\n", start)]
    return [*(s for s in sentences if letters.search(s)), rest, heading]


def _named(order: list[str], values: tuple[int, ...]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in zip(order, values, strict=True))


def _statement(chain: Chain, names: _Names) -> Statement:
    """A chain as a statement on worlds. Raises Unlowered."""
    parts = list(_relations(chain, names))
    if not parts:
        raise Unlowered("no relation")

    def holds(worlds: Worlds) -> Array:
        return worlds.all_of([part(worlds) for part in parts])

    return holds


def _relations(chain: Chain, names: _Names) -> Iterator[Statement]:
    items, signs = list(chain.items), [r.sign for r in chain.relations]
    while any(isinstance(item, Gap) for item in items):  # ⊥⊥ is read as two signs with nothing between them
        gap = next(i for i, item in enumerate(items) if isinstance(item, Gap))
        if gap in (0, len(items) - 1) or signs[gap - 1] != "⊥" or signs[gap] != "⊥":
            raise Unlowered("a side is missing")
        del items[gap], signs[gap]
    for i, sign in enumerate(signs):
        yield _relation(items[i], sign, items[i + 1], names)


def _relation(left: Node, sign: str, right: Node, names: _Names) -> Statement:
    if sign == "⊥":
        x, y = _variable(left, names), _variable(right, names)
        return lambda worlds: worlds.independent(x, y)
    if _is_random(left) or _is_random(right):
        a, b = _cell(left, names), _cell(right, names)
        compare = _comparison(sign)
        return lambda worlds: worlds.is_sure(compare(worlds, a(worlds), b(worlds)))
    a, b = _number(left, names), _number(right, names)
    compare = _comparison(sign)
    return lambda worlds: worlds.all_of([compare(worlds, a(worlds), b(worlds))])


def _comparison(sign: str) -> Callable[[Worlds, Array, Array], Array]:
    table: Mapping[str, Callable[[Worlds, Array, Array], Array]] = {
        "=": lambda worlds, a, b: worlds.equal(a, b),
        "≠": lambda worlds, a, b: ~worlds.equal(a, b),
        ">": lambda worlds, a, b: worlds.greater(a, b),
        "<": lambda worlds, a, b: worlds.greater(b, a),
        "≥": lambda worlds, a, b: ~worlds.greater(b, a),
        "≤": lambda worlds, a, b: ~worlds.greater(a, b),
    }
    if sign not in table:
        raise Unlowered(f"the relation {sign}")
    return table[sign]


def _is_random(node: Node) -> bool:
    """Whether a side is a random variable, or made of such, and not a number computed of them."""
    inner = _plain(node)
    if isinstance(inner, Call | Function):
        return False
    if isinstance(inner, Sym):
        return inner.name in VARIABLES
    parts = inner.items if isinstance(inner, Terms | Factors) else (inner.base,) if isinstance(inner, Script) else ()
    return any(_is_random(part) for part in parts)


def _plain(node: Node) -> Node:
    while isinstance(node, Group | Styled | Fence) and node.body is not None:
        node = node.body
    return node


def _variable(node: Node, names: _Names) -> str:
    inner = _plain(node)
    if not isinstance(inner, Sym) or inner.name not in VARIABLES:
        raise Unlowered("not a random variable")
    names.met.add(inner.name)
    return inner.name


def _cell(node: Node, names: _Names) -> Values:
    """A value at each cell: a polynomial in the variables."""
    inner = _plain(node)
    if isinstance(inner, Sym):
        name = _variable(inner, names)
        return lambda worlds: worlds.values[name]
    return _arithmetic(inner, lambda part: _cell(part, names))


def _number(node: Node, names: _Names) -> Values:
    """A value in each world: means, variances, covariances, probabilities, and what is computed of them."""
    inner = _plain(node)
    operator = _operator(inner)
    if operator is None:
        return _arithmetic(inner, lambda part: _number(part, names))
    name, body = operator
    if name in PROBABILITIES:
        event = _event(body, names)
        return lambda worlds: worlds.probability(event(worlds))
    if name in MEANS:
        f = _cell(body, names)
        return lambda worlds: worlds.mean(f(worlds))
    parts = body.items if isinstance(body, Phrase) else (body,)
    if name == "Var" and len(parts) == 1:
        return _covariance(_cell(parts[0], names), _cell(parts[0], names))
    if name == "Cov" and len(parts) == 2:
        return _covariance(_cell(parts[0], names), _cell(parts[1], names))
    raise Unlowered(f"{name} is not asked in small worlds")


def _operator(node: Node) -> tuple[str, Node] | None:
    """E, Var, Cov, Pr and what they are applied to."""
    if isinstance(node, Call) and isinstance(node.head, Sym) and isinstance(node.fence, Fence) and node.fence.body:
        return node.head.name, node.fence.body
    if isinstance(node, Function) and isinstance(node.head, Sym) and node.head.name in MEANS | PROBABILITIES:
        return node.head.name, _plain(node.argument)
    return None


def _covariance(f: Values, g: Values) -> Values:
    return lambda w: w.mean(f(w) * g(w)) - w.mean(f(w)) * w.mean(g(w))


def _event(node: Node, names: _Names) -> Values:
    if not isinstance(node, Chain):
        raise Unlowered("an event that is no relation")
    parts = [
        (_cell(node.items[i], names), _comparison(r.sign), _cell(node.items[i + 1], names))
        for i, r in enumerate(node.relations)
    ]

    def holds(worlds: Worlds) -> Array:
        return reduce(and_, (compare(worlds, left(worlds), right(worlds)) for left, compare, right in parts))

    return holds


def _arithmetic(node: Node, value: Callable[[Node], Values]) -> Values:
    match node:
        case Num(text=text) if text.isdigit():
            return lambda worlds: worlds.number(int(text))
        case Terms(signs=signs, items=items):
            parts = [(-1 if sign in ("-", "−") else 1, value(item)) for sign, item in zip(signs, items, strict=True)]
            return lambda worlds: sum((sign * part(worlds) for sign, part in parts), worlds.number(0))
        case Factors(signs=signs, items=items) if all(s in ("", r"\cdot", "·", r"\times") for s in signs):
            factors = [value(item) for item in items]
            return lambda worlds: reduce(mul, (factor(worlds) for factor in factors))
        case Script(base=base, sub=None, sup=Num(text=text)) if text.isdigit():
            raised = value(base)
            return lambda worlds: raised(worlds) ** int(text)
        case Frac(top=Num(text=top), bottom=Num(text=bottom)) if top.isdigit() and bottom.isdigit() and int(bottom):
            ratio = Fraction(int(top), int(bottom))
            return lambda worlds: worlds.number(ratio)
    raise Unlowered("not asked in small worlds")
