"""Many steps of a chain of normal laws at once: with q(x_t | x_{t−1}) = N(x_t; a_t x_{t−1}, b_t I) the law q(x_t | x_0)
has the mean ∏ a_s x_0 and the variance ∑_s b_s ∏_{r>s} a_r².

Both are held against what a relation says of them, as sums and products over the steps, with what the document defines
put in for its families of numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claims.evidence import Evidence
from claims.records import Record, replace
from claims.verdict import Proved, Refuted, Supported
from errata.checking.algebra import Found, judge_identity
from errata.checking.context import At, State, roots_of, span_of
from errata.checking.families.ruling import Ruling, supposes
from errata.checking.kinds import is_law_of, is_number
from errata.reading.families.notation import identity_factor, law_call
from errata.reading.names import is_name, is_power, key
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.substitution import rebuilt
from errata.reading.tree import Bar, Call, Factors, Fence, Group, Node, Num, Script, Sym, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

RULE = "E316"
LAWS = frozenset({"p", "q", "P", "Q", "π"})
MOST_DEEP = 4
"""Definitions within definitions that are put in."""
FIRST, LATER = "s", "r"
"""Names for steps, which stand for nothing else in the relations that are made with them."""


class Kernel(Record):
    """A normal law of one variable given another one: the factors of the other one and of the identity."""

    law: str
    to: Script
    given: Script
    slope: Node
    spread: Node


def kernel_of(left: Node, right: Node) -> Kernel | None:
    """q(x_t | x_r) = N(x_t; a x_r, b I), the point of the density left out or not; None for anything else."""
    body = left.fence.body if isinstance(left, Call) and isinstance(left.fence, Fence) else None
    if not isinstance(left, Call) or not isinstance(body, Bar) or not is_law_of(left.head, LAWS):
        return None
    to, given, law = _bare(body.left), _bare(body.right), law_call(right)
    if not isinstance(to, Script) or not isinstance(given, Script) or law is None or law.name != "N":
        return None
    if key(to.base) != key(given.base) or len(law.arguments) != 2 or to.sub is None or given.sub is None:
        return None
    if law.point is not None and key(law.point) != key(to):
        return None
    slope, spread = _factor_of(given, law.arguments[0]), identity_factor(law.arguments[1])
    return None if slope is None or spread is None else Kernel(key(left.head), to, given, slope, spread[0])


def judge_jump(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on the law after many steps, where the document gives the one of each; None where it gives none, or
    nothing is settled."""
    jump = kernel_of(pair.left, pair.right) if pair.relation.sign in ("=", "≡") else None
    if jump is None or key(jump.given.sub or jump.given) != "0" or not isinstance(_bare(jump.to.sub or jump.to), Sym):
        return None
    steps = list(_steps(state, jump))
    if len({(key(k.slope), key(k.spread)) for k, _ in steps}) != 1:
        return None
    step, line = steps[0]
    index = _bare(jump.to.sub or jump.to)
    bodies = _families(state)
    slope, spread = (_unfolded(n, bodies) for n in (step.slope, step.spread))
    before = f"\\prod_{{{FIRST}=1}}^{{{to_latex(index)}}} ({_at(slope, index, FIRST)})^2"
    rest = f"\\prod_{{{LATER}={FIRST}+1}}^{{{to_latex(index)}}} ({_at(slope, index, LATER)})^2"
    after = f"\\sum_{{{FIRST}=1}}^{{{to_latex(index)}}} ({_at(spread, index, FIRST)}) {rest}"
    said = (f"({to_latex(_unfolded(jump.slope, bodies))})^2", to_latex(_unfolded(jump.spread, bodies)))
    found = [_judged(pair, *sides, state) for sides in zip((before, after), said, strict=True)]
    where = (f"line {line} gives the law of each step",)
    if all(f is not None and isinstance(f.verdict, Proved | Supported) for f in found):
        by = tuple(e for f in found if f is not None for e in _evidence(f))
        return Ruling(Supported(by, f"given what line {line} says"), where)
    if supposes(at) or not _of_the_same(said, (before, after)):
        return None
    for part, one in zip(("squared factor of the mean", "variance"), found, strict=True):
        if one is not None and one.known and isinstance(one.verdict, Refuted):
            message = f"after the steps of line {line} the {part} is another one: {one.message}"
            focus = span_of(at.formula, pair.right.start, pair.right.end)
            return Ruling(replace(one.verdict, repair=None), where, RULE, message, focus)
    return None


def _bare(node: Node) -> Node:
    while isinstance(node, Group):
        node = node.body
    return node


def _factor_of(name: Script, mean: Node) -> Node | None:
    """What a name is multiplied by in a mean that is nothing but a multiple of it."""
    mean = _bare(mean)
    if key(mean) == key(name):
        return Num(mean.start, mean.end, "1")
    if not isinstance(mean, Factors) or key(mean.items[-1]) != key(name) or "/" in mean.signs:
        return None
    first, *rest = mean.items[:-1]
    return replace(mean, items=(first, *rest), signs=mean.signs[:-1]) if rest else first


def _steps(state: State, jump: Kernel) -> Iterator[tuple[Kernel, int]]:
    """The laws of one step that the document gives, each with its line."""
    before = f"{key(_bare(jump.to.sub or jump.to))}-1"
    for number, root in enumerate(roots_of(state)):
        for pair in (p for chain in stated(root) for p in chain.pairs()):
            found = kernel_of(pair.left, pair.right) if pair.relation.sign in ("=", "≡", ":=") else None
            if found is None or found.law != jump.law or key(found.to) != key(jump.to):
                continue
            if key(found.given.sub or found.given).replace(" ", "") == before:
                yield found, state.document.place(state.document.formulas[number].span.start).line


def _families(state: State) -> dict[str, tuple[Node, Node]]:
    """The families of numbers that the document defines in one way only: the letter of each, with its index and its
    body."""
    out: dict[str, dict[str, tuple[Node, Node]]] = {}
    for chain in (c for root in roots_of(state) for c in stated(root)):
        left, right, relation = chain.chain.items[0], chain.chain.items[1], chain.chain.relations[0]
        if relation.sign not in ("=", ":=", "≡") or not isinstance(left, Script) or left.sub is None or left.sup:
            continue
        index = _bare(left.sub)
        if isinstance(index, Sym) and is_name(left) and not is_number(right):
            out.setdefault(key(left.base), {})[key(right)] = (index, right)
    single = {letter: next(iter(found.values())) for letter, found in out.items() if len(found) == 1}
    return {
        name: (index, body) for name, (index, body) in single.items() if any(_index_in(n, index) for n in walk(body))
    }


def _index_in(node: Node, index: Node) -> bool:
    return isinstance(node, Sym) and key(node) == key(index)


def _unfolded(node: Node, bodies: Mapping[str, tuple[Node, Node]], depth: int = 0) -> Node:
    """An expression with the bodies of its families put in, at their indices."""

    def put_in(n: Node) -> Node | None:
        if (
            not isinstance(n, Script)
            or n.sub is None
            or depth == MOST_DEEP
            or (n.sup is not None and not is_power(n.sup))
        ):
            return None
        found = bodies.get(key(n.base))
        if found is None:
            return None
        body = _renamed(found[1], found[0], _bare(n.sub))
        whole = Fence(n.start, n.end, "(", _unfolded(body, bodies, depth + 1), ")")
        return whole if n.sup is None else Script(n.start, n.end, whole, None, n.sup)

    return rebuilt(node, put_in)


def _renamed(node: Node, index: Node, other: Node) -> Node:
    return rebuilt(node, lambda n: other if _index_in(n, index) else None)


def _at(node: Node, index: Node, step: str) -> str:
    """An expression of a step, at another step."""
    return to_latex(_renamed(node, index, Sym(0, 0, step, latex=step)))


def _judged(pair: Pair, left: str, right: str, state: State) -> Found | None:
    sides = [parse(side).statements[0] for side in (left, right)]
    try:
        return judge_identity(replace(pair, left=sides[0], right=sides[1]), {}, state.options.seed, bounds=state.bounds)
    except Unlowered:
        return None


def _evidence(found: Found) -> tuple[Evidence, ...]:
    return tuple(found.verdict.by) if isinstance(found.verdict, Supported | Proved) else ()


def _of_the_same(said: tuple[str, ...], made: tuple[str, ...]) -> bool:
    """Whether what is said has no other letters with an index than the steps: what isn't defined may be anything."""
    letters = [
        {key(n.base) for side in sides for n in walk(parse(side)) if isinstance(n, Script) and n.sub is not None}
        for sides in (said, made)
    ]
    return letters[0] <= letters[1]
