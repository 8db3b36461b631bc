"""Products whose order may matter: AB = BA holds for all numbers, and for few matrices; f * g may be no product at all.

What algebra says of numbers settles nothing where the capitals of a relation are matrices. Both sides are then taken
at random matrices; what holds there too, as A(B + C) = AB + AC, doesn't depend on the order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from random import Random

from flint import fmpq_mat

from claims.evidence import Agreement
from errata.checking.context import At, State
from errata.checking.linear_relation import COUNTS
from errata.reading.matrix_notation import hint_of
from errata.reading.names import is_inverse, is_name, is_power, key
from errata.reading.relations import Pair
from errata.reading.tree import Call, Factors, Fence, Group, Node, Num, Script, Sym, Terms, walk

SIZE, POINTS, TELLING = 3, 2, 12
BEFORE, AFTER = 1500, 800
"""Characters around a relation in which its plain capitals are said to be matrices."""
MOST_POWER = 6
NUMBERS = COUNTS | {"E", "P"}
"""Plain capitals that are numbers of things, or stand for means and chances."""
IDENTITIES = frozenset({"I", r"\mathbfI"})
"""Names of identity matrices."""
_MATRICES = re.compile(r"\bmatri(?:x|ces)\b", re.I)
_TIMES = frozenset({"", r"\cdot", r"\times", "·", "×", "*"})
_STARS = frozenset({"*", r"\ast", "∗"})
_PLUS, _MINUS = frozenset({"", "+"}), frozenset({"-", "−", "–"})


class _Silent(Exception):
    """A side has a part that says nothing of the order of its factors."""


def why_no_numbers(state: State, at: At, pair: Pair) -> str | None:
    """Why a relation that holds for numbers may be about something else; None where nothing says so."""
    if any(_convolves(n) for side in (pair.left, pair.right) for n in walk(side)):
        return "a convolution is read but not judged yet"
    if _raises_to(pair, _matrices(state, at, pair)):
        return "an exponential of matrices is read but not judged yet"
    names = order_matters(state, at, pair)
    return None if names is None else f"the order of its factors matters if {names} are matrices"


def _raises_to(pair: Pair, names: list[str]) -> bool:
    """Whether e is raised to a sum or product of nothing but these matrices: e^{A + B}."""
    nodes = [n for side in (pair.left, pair.right) for n in walk(side)]
    exponents = [n.sup for n in nodes if isinstance(n, Script) and isinstance(n.base, Sym) and n.base.name == "e"]
    exponents += [n.fence for n in nodes if isinstance(n, Call) and isinstance(n.head, Sym) and n.head.name == "exp"]
    raised = [{key(n) for n in walk(one) if isinstance(n, Sym)} for one in exponents if one is not None]
    return any(len(found) > 1 and found <= set(names) for found in raised)


def _convolves(node: Node) -> bool:
    """Whether a part is (f * g)(t), and no product."""
    if not isinstance(node, Factors):
        return False
    return any(
        isinstance(head, Fence) and isinstance(head.body, Factors) and _STARS & set(head.body.signs)
        and not sign and isinstance(fence, Fence) and not isinstance(fence.body, Terms | Num)
        for head, sign, fence in zip(node.items, node.signs[1:], node.items[1:], strict=False)
    )  # fmt: skip


def order_matters(state: State, at: At, pair: Pair) -> str | None:
    """The matrices of a relation, as far as can be seen, where it holds for numbers in their place and not for them;
    None where it doesn't.

    Those are bold capitals, and plain ones where the text around speaks of matrices, or where the relation says nothing
    but their order: AB = BA is no statement about numbers.
    """
    if (turned := _in_another_order(pair)) is not None:
        return ", ".join(turned)
    names = _matrices(state, at, pair)
    if len(names) < 2:
        return None
    random = Random(state.options.seed)
    try:
        holds = not any(_apart(pair, [], random) for _ in range(POINTS))
        matters = holds and all(_apart(pair, names, random) for _ in range(POINTS))
    except _Silent:
        return None
    return ", ".join(names) if matters else None


def _in_another_order(pair: Pair) -> tuple[str, ...] | None:
    """The capitals whose order is all in which the two sides differ."""
    sides = [
        side.items if isinstance(side, Factors) and set(side.signs) <= _TIMES else ()
        for side in (pair.left, pair.right)
    ]
    if len(sides[0]) < 2 or not all(isinstance(n, Sym) and _is_capital(n) for side in sides for n in side):
        return None
    left, right = ([key(n) for n in side] for side in sides)
    if NUMBERS & {*left}:
        return None
    return tuple(sorted(set(left))) if left != right and sorted(left) == sorted(right) else None


def at_random_matrices(state: State, at: At, pair: Pair) -> Agreement | None:
    """The agreement of the sides at random matrices; None where no names seem to be matrices, or a side has parts that
    can't be taken at any. A proof for numbers is none for matrices, even where both hold."""
    names = _matrices(state, at, pair)
    if len(names) < 2:
        return None
    random = Random(state.options.seed)
    try:
        if any(_apart(pair, names, random) for _ in range(TELLING)):
            return None
    except _Silent:
        return None
    detail = f"{TELLING} random matrices of size {SIZE} for each of {', '.join(names)}"
    return Agreement("matrices", TELLING, 30, detail)


def _matrices(state: State, at: At, pair: Pair) -> list[str]:
    return list(_capitals(pair, speaks=lambda: _MATRICES.search(_near(state, at)) is not None))


def _near(state: State, at: At) -> str:
    span = at.formula.span
    return state.document.text[max(0, span.start - BEFORE) : span.end + AFTER]


def _capitals(pair: Pair, speaks: Callable[[], bool]) -> Iterator[str]:
    hints = {key(n): hint_of(n) for side in (pair.left, pair.right) for n in walk(side) if _is_capital(n)}
    bold = [name for name, hint in hints.items() if hint.font == "bold"]
    scripts = [n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Script)]
    inverted = {key(n.base) for n in scripts if is_inverse(n.sup)}
    plain = [name for name, hint in hints.items() if hint.letter not in NUMBERS or name in inverted]
    bold, plain = ([name for name in some if name not in IDENTITIES] for some in (bold, plain))
    if len(bold) > 1:
        yield from bold
    elif len(plain) > 1 and (speaks() or any(_inverts_a_product(n, plain) for n in scripts)):
        yield from plain


def _inverts_a_product(node: Script, names: list[str]) -> bool:
    """Whether a node is (A B)⁻¹ or (I + A B)⁻¹, which for numbers would be a fraction."""
    if not isinstance(node.base, Fence) or not is_inverse(node.sup):
        return False
    products = (n.items for n in walk(node.base) if isinstance(n, Factors))
    return any(sum(is_name(i) and key(i) in names for i in items) > 1 for items in products)


def _is_capital(node: Node) -> bool:
    hint = hint_of(node) if is_name(node) else None
    return hint is not None and len(hint.letter) == 1 and hint.letter.isupper() and hint.font in ("", "bold")


def _apart(pair: Pair, names: list[str], random: Random) -> bool:
    """Whether the sides differ where these names are matrices and all others are numbers."""
    values: dict[str, fmpq_mat] = {name: _drawn(random) for name in names}
    for name in sorted({key(n) for side in (pair.left, pair.right) for n in walk(side) if is_name(n)} - set(names)):
        values[name] = _times_one(1 if name in IDENTITIES else random.randint(2, 99))
    return bool(_value(pair.left, values) != _value(pair.right, values))


def _drawn(random: Random) -> fmpq_mat:
    while True:
        drawn = fmpq_mat(SIZE, SIZE, [random.randint(-9, 9) for _ in range(SIZE * SIZE)])
        if drawn.det() != 0:
            return drawn


def _times_one(number: int) -> fmpq_mat:
    return fmpq_mat([[number * (i == j) for j in range(SIZE)] for i in range(SIZE)])


def _value(node: Node, values: Mapping[str, fmpq_mat]) -> fmpq_mat:
    """The matrix that a side is at a point. Raises _Silent."""
    if is_name(node) and key(node) in values:
        return values[key(node)]
    match node:
        case Num(text=text) if text.isdigit():
            return _times_one(int(text))
        case Sym(name="I"):
            return _times_one(1)
        case Group(body=body):
            return _value(body, values)
        case Fence(open="(" | "[", body=body) if body is not None:
            return _value(body, values)
        case Call(head=head, fence=fence) if hint_of(head).font == "bold" and _is_capital(head):
            return _value(head, values) * _value(fence, values)
        case Factors(signs=signs, items=items) if set(signs) <= _TIMES:
            out = _times_one(1)
            for item in items:
                out = out * _value(item, values)
            return out
        case Terms(signs=signs, items=items) if set(signs) <= _PLUS | _MINUS:
            total = _times_one(0)
            for sign, item in zip(signs, items, strict=True):
                total = total - _value(item, values) if sign in _MINUS else total + _value(item, values)
            return total
        case Script(base=base, sub=None, sup=sup, primes=0) if sup is not None and is_power(sup):
            return _raised(_value(base, values), key(sup))
    raise _Silent


def _raised(base: fmpq_mat, power: str) -> fmpq_mat:
    if power == "-1" and base.det() != 0:
        return base.inv()
    if not power.isdigit() or int(power) > MOST_POWER:
        raise _Silent
    out = _times_one(1)
    for _ in range(int(power)):
        out = out * base
    return out
