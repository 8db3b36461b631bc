"""The form of sums and integrals: differentials that are missing or stray, integrands without their variable."""

from __future__ import annotations

from collections.abc import Iterator

from errata.checking.kinds import is_number
from errata.checking.structure import Malformed, index_of
from errata.reading.calculus import infinite
from errata.reading.generic import free_names
from errata.reading.names import key
from errata.reading.tree import (
    Big,
    Call,
    Chain,
    Differential,
    Dots,
    Factors,
    Fence,
    Grid,
    Group,
    Lines,
    Node,
    Num,
    Opaque,
    Script,
    Sym,
    Terms,
    Text,
    walk,
)
from errata.reading.words import words

_TIMES = frozenset({"t", "s", "\\tau", "u"})


def wrong_integrals(root: Lines) -> Iterator[Malformed]:
    """What is wrong with the sums and integrals of a formula."""
    if any(isinstance(n, Opaque | Dots) for n in walk(root)):
        return
    yield from _stray_differentials(root)
    yield from _missing_differentials(root)
    yield from _constant_integrands(root)
    yield from _convolutions(root)


def _is_integral(node: Node) -> bool:
    head = node.head.base if isinstance(node, Big) and isinstance(node.head, Script) else getattr(node, "head", None)
    return isinstance(node, Big) and isinstance(head, Sym) and head.name == "∫"


def _is_d(node: Node) -> bool:
    return isinstance(node, Sym) and node.name == "d"


def _stray_differentials(root: Lines) -> Iterator[Malformed]:
    """∑_x p(x) dx: both the sum and the differential bind x."""
    for big in walk(root):
        bound = index_of(big)
        if bound is None or not isinstance(big, Big) or not isinstance(big.body, Factors) or len(big.body.items) < 3:
            continue
        index, variable = bound
        d, last = big.body.items[-2:]
        if _is_d(d) and key(last) == index and sum(_is_d(n) for n in walk(root)) == 1:
            detail = f"the sum runs over {words(variable)}, and d{words(last)} is a differential of the same"
            yield Malformed("E407", detail, d.start, last.end, "a differential under a sum")


def _missing_differentials(root: Lines) -> Iterator[Malformed]:
    """∫_a^b f(x) without dx, where no other sign of it is about."""
    if any(_is_d(n) or isinstance(n, Differential) for n in walk(root)):
        return
    for big in walk(root):
        if not isinstance(big, Big) or not _is_integral(big) or not isinstance(big.head, Script) or big.body is None:
            continue
        if any(_takes_a_letter(n) for n in walk(big.body)):
            detail = f"nothing says over which variable {words(big.body)} is integrated"
            yield Malformed("W401", detail, big.start, big.end, "no differential")


def _takes_a_letter(node: Node) -> bool:
    return isinstance(node, Call) and isinstance(node.fence, Fence) and any(
        isinstance(n, Sym) and len(n.name) == 1 for n in walk(node.fence)
    )  # fmt: skip


def _constant_integrands(root: Lines) -> Iterator[Malformed]:
    """∫_{-∞}^∞ f(z) dx: infinite, or z depends on x. Of time everything may depend, without a word."""
    for big in walk(root):
        if not isinstance(big, Big) or not _is_integral(big) or big.body is None or len(big.differentials) != 1:
            continue
        (differential,) = big.differentials
        if not isinstance(differential, Differential) or not isinstance(differential.variable, Sym):
            continue
        variable = key(differential.variable)
        if not _plainly_lacks(big.body, variable):
            continue
        if (variable in _TIMES or not _reaches_infinity(big)) and not _has_a_stranger(root, big, variable):
            continue
        detail = f"{words(big.body)} does not contain {words(differential.variable)}, over which it is integrated"
        label = f"{words(differential.variable)} does not occur"
        yield Malformed("W404", detail, big.body.start, big.body.end, label)


def _has_a_stranger(root: Lines, big: Big, variable: str) -> bool:
    """Whether an integral between two limits is of a function of one letter, and neither this one nor the variable
    stands anywhere else in the formula: ∫_0^x f(t) ds."""
    if not isinstance(big.head, Script) or big.head.sub is None or big.head.sup is None or big.body is None:
        return False
    calls = [n for n in walk(big.body) if isinstance(n, Call) and isinstance(n.fence, Fence)]
    letters = {key(c.fence.body) for c in calls if isinstance(c.fence, Fence) and isinstance(c.fence.body, Sym)}
    if len(letters) != 1 or len(calls) != len([c for c in calls if _takes_a_letter(c)]):
        return False
    everywhere = [key(n) for n in walk(root) if isinstance(n, Sym)]
    inside = [key(n) for n in walk(big.body) if isinstance(n, Sym)]
    return all(everywhere.count(x) == inside.count(x) for x in letters) and everywhere.count(variable) == 1


def _reaches_infinity(big: Big) -> bool:
    if not isinstance(big.head, Script):
        return False
    limits = (big.head.sub, big.head.sup)
    return all(n is not None for n in limits) and any(infinite(_inside(n)) for n in limits if n is not None)


def _inside(node: Node) -> Node:
    return node.body if isinstance(node, Group) else node


def _plainly_lacks(body: Node, variable: str) -> bool:
    """Whether a body that is a function of something lacks a variable, however its names are read."""
    if is_number(body) or any(isinstance(n, Grid | Text | Big) for n in walk(body)):
        return False
    names = {key(n) for n in walk(body) if isinstance(n, Sym)}
    return variable not in free_names(body) | names and any(_takes_a_letter(n) for n in walk(body))


def _convolutions(root: Lines) -> Iterator[Malformed]:
    """(f * g)(z) = ∫ f(z) g(z − τ) dτ: one factor is shifted, and the other is not taken at the variable."""
    for chain in walk(root):
        if not isinstance(chain, Chain):
            continue
        pairs = [p for item in chain.items if (p := _convolved(item)) is not None]
        for big in (i for i in chain.items if isinstance(i, Big) and _is_integral(i)):
            if pairs and (fault := _lost_variable(big, *pairs[0])) is not None:
                yield fault


def _convolved(node: Node) -> tuple[str, str] | None:
    """The two functions of (f * g)(z)."""
    if not isinstance(node, Factors) or len(node.items) != 2 or not isinstance(node.items[0], Fence):
        return None
    inner = node.items[0].body
    if not isinstance(inner, Factors) or len(inner.items) != 2 or inner.signs[1] not in ("*", r"\ast", "∗"):
        return None
    return key(inner.items[0]), key(inner.items[1])


def _lost_variable(big: Big, first: str, second: str) -> Malformed | None:
    if len(big.differentials) != 1 or not isinstance(big.body, Factors) or len(big.body.items) != 2:
        return None
    (differential,) = big.differentials
    calls = [c for c in big.body.items if isinstance(c, Call)]
    if not isinstance(differential, Differential) or {key(c.head) for c in calls} != {first, second}:
        return None
    variable = key(differential.variable)
    shifted = [c for c in calls if _is_shifted(c.fence, variable)]
    others = [c for c in calls if c not in shifted]
    if len(shifted) != 1 or len(others) != 1 or variable in free_names(others[0].fence):
        return None
    (other,) = others
    detail = f"{words(other)} does not contain {words(differential.variable)}, over which the convolution is integrated"
    return Malformed("E408", detail, other.start, other.end, f"{words(differential.variable)} does not occur")


def _is_shifted(fence: Node, variable: str) -> bool:
    inner = fence.body if isinstance(fence, Fence) else None
    if not isinstance(inner, Terms) or len(inner.items) != 2 or any(isinstance(i, Num) for i in inner.items):
        return False
    return variable in {key(i) for i in inner.items}
