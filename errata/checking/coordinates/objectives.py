"""Objectives of extremes: what arg max f, arg min f and min f make best, over which names, and in which other words.

A normal log-density is an objective in other words: log N(x; m, σ² I) is −‖x − m‖² / (2 σ²) and what depends on neither
x nor m. So are two sums over one sample: they are best together where their terms are.
"""

from __future__ import annotations

from claims.records import Record, replace
from errata.reading.families.models import letter_of as plain_letter
from errata.reading.families.notation import LawCall, identity_factor, law_call
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.sentences.heads import bare, letter, listed, subscript
from errata.reading.substitution import replaced
from errata.reading.tree import Big, Call, Chain, Factors, Fence, Function, Group, Node, Num, Script, Sym, Terms, walk
from errata.reading.unparse import to_latex

_PLACES = {"argmax": True, "argmin": False}
_VALUES = {"max": True, "min": False, "maximize": True, "minimize": False}
_SPREADS = frozenset({"σ", "s", "τ"})
"""Letters of a standard deviation, which a law may have in place of a variance."""


class Extreme(Record):
    """The place at which the body is largest, or smallest, over some names; or, with ``value``, what it is there."""

    node: Node
    over: tuple[Node, ...]
    body: Node
    largest: bool
    value: bool = False

    @property
    def letters(self) -> frozenset[str]:
        return frozenset(plain_letter(n) for n in self.over)


def extreme_of(node: Node) -> Extreme | None:
    """The place of an extreme that a node is; None for anything else."""
    found = _extreme(node, _PLACES)
    return found if found is not None and found.over else None


def value_of(node: Node) -> Extreme | None:
    """The extreme value that a node is, by which notes often mean a problem: min_θ f; None for anything else."""
    found = _extreme(node, _VALUES)
    return None if found is None else replace(found, value=True)


def _extreme(node: Node, heads: dict[str, bool]) -> Extreme | None:
    node = bare(node)
    if isinstance(node, Fence) and node.body is not None and node.open in ("(", "["):
        return _extreme(node.body, heads)
    if not isinstance(node, Big) or node.body is None or letter(node.head)[0] not in heads:
        return None
    sub = subscript(node.head)
    over = listed(sub.items[0] if isinstance(sub, Chain) and sub.relations[0].sign == "∈" else sub) if sub else []
    if not all(is_name(n) for n in over) or getattr(node.head, "sup", None) is not None:
        return None
    return Extreme(node, tuple(over), node.body, heads[letter(node.head)[0]])


def over_the_same(left: Extreme, right: Extreme) -> tuple[Extreme, Extreme, str | None] | None:
    """Two extremes over the same names, and what that takes for granted. Where neither says over which, over all that
    stand in both objectives; a name may stand for what a call gives then, z for f(x) in min |z|² and min |f(x)|²."""
    if left.letters != right.letters or left.value is not right.value:
        return None
    if left.over:
        return left, right, None
    common = frozenset(bare_names(left.body)) & frozenset(bare_names(right.body))
    if over := _names(left.body, common):
        return replace(left, over=over), replace(right, over=over), None
    if (named := _named_alike(left.body, right.body)) is not None:
        over, body, said = named
        return replace(left, over=over), replace(right, body=body, over=over), said
    if (named := _named_alike(right.body, left.body)) is not None:
        over, body, said = named
        return replace(left, body=body, over=over), replace(right, over=over), said
    return None


def _named_alike(plain: Node, called: Node) -> tuple[tuple[Node, ...], Node, str] | None:
    """The one name of an objective, another objective with this name in the place of its one call, and what that takes
    for granted."""
    names = set(bare_names(plain))
    calls = {key(n): n for n in walk(called) if isinstance(n, Call) and is_name(n.head)}
    if len(names) != 1 or len(calls) != 1 or any(isinstance(n, Call) for n in walk(plain)):
        return None
    (name,), (call,) = names, calls.values()
    if not set(bare_names(called)) <= set(bare_names(call.fence)):
        return None
    over = _names(plain, frozenset(names))
    return (over, replaced(called, {key(call): over[0]}), f"{name} is {to_latex(call)}") if over else None


def _names(node: Node, wanted: frozenset[str]) -> tuple[Node, ...]:
    """Those of the names, given by their keys, that are single letters in an expression."""
    found = {key(n): n for n in walk(node) if isinstance(n, Sym) and is_name(n)}
    return tuple(found[name] for name in sorted(wanted) if name in found)


def with_exponents(node: Node, varied: frozenset[str]) -> Node | None:
    """An objective with each normal log-density as its exponent, what is left out being constant in what is varied;
    None where there is none, or one stands where a constant beside it matters, or its covariance may be varied."""
    out = _with_exponents(node, varied)
    rest = any(isinstance(n, Call) and (law := law_call(n)) is not None and law.name == "N" for n in walk(out))
    return None if rest or out is node else out


def _with_exponents(node: Node, varied: frozenset[str]) -> Node:
    """The same in the terms of a sum, and in the factor of a product whose other factors stay as they are."""
    law = _log_density(node)
    if law is not None:
        return _exponent(law, varied) or node
    match node:
        case Group(body=body) | Fence(open="(" | "[" | r"\{", body=body) | Big(body=body) if body is not None:
            if isinstance(node, Big) and (letter(node.head)[0] != "∑" or node.differentials):
                return node
            found = _with_exponents(body, varied)
            return node if found is body else replace(node, body=found)
        case Terms(items=items):
            each = tuple(_with_exponents(item, varied) for item in items)
            return replace(node, items=each) if any(a is not b for a, b in zip(each, items, strict=True)) else node
        case Factors(items=(*others, last)) if not any(_letters(n) & varied for n in others) and "/" not in node.signs:
            found = _with_exponents(last, varied)
            return node if found is last else replace(node, items=(*others, found))
    return node


def _letters(node: Node) -> frozenset[str]:
    return frozenset(plain_letter(n) for n in walk(node) if isinstance(n, Sym | Script))


def _log_density(node: Node) -> LawCall | None:
    """The normal law of a logarithm of its density: log N(x; m, v)."""
    if isinstance(node, Function) and letter(node.head)[0] in ("log", "ln"):
        inner = bare(node.argument)
    elif isinstance(node, Call) and letter(node.head)[0] in ("log", "ln") and isinstance(node.fence, Fence):
        inner = bare(node.fence.body) if node.fence.body is not None else node
    else:
        return None
    law = law_call(inner)
    fits = law is not None and law.name == "N" and law.point is not None and len(law.arguments) == 2
    return law if fits else None


def _exponent(law: LawCall, varied: frozenset[str]) -> Node | None:
    mean, spread = law.arguments
    factor = identity_factor(spread)
    size = spread if factor is None else factor[0]
    of_matrices = any(isinstance(n, Sym) and (n.font or n.name.isupper() or n.name == "Σ") for n in walk(size))
    unclear = isinstance(bare(size), Sym) and letter(size)[0] in _SPREADS and factor is None
    if (
        _letters(size) & varied
        or of_matrices
        or unclear
        or any(isinstance(n, Call) for n in walk(size))
        or law.point is None
    ):
        return None
    apart = to_latex(law.point) if _is_zero(mean) else f"{to_latex(law.point)} - ({to_latex(mean)})"
    square = rf"({apart})^2" if factor is None else rf"\|{apart}\|^2"
    return parse(rf"(-\frac{{{square}}}{{2 ({to_latex(size)})}})").statements[0]


def _is_zero(node: Node) -> bool:
    while isinstance(node, Group):
        node = node.body
    return isinstance(node, Num) and node.text.strip() == "0"


def terms_of(node: Node) -> Node | None:
    """The term of a sum over a sample, ∑_z h(z) or 0.5 ∑_x h(z), with the number before it; None for anything else."""
    node = bare(node)
    if isinstance(node, Factors) and not any(isinstance(n, Sym | Big) for f in node.items[:-1] for n in walk(f)):
        inner = terms_of(node.items[-1])
        if inner is None:
            return None
        return replace(node, items=(*node.items[:-1], Fence(inner.start, inner.end, "(", inner, ")")))
    if not isinstance(node, Big) or letter(node.head)[0] != "∑" or node.body is None:
        return None
    over = subscript(node.head)
    if over is None or not is_name(over) or getattr(node.head, "sup", None) is not None:
        return None
    return None if any(key(i) == key(over) for i in _indices(node.body)) else node.body


def _indices(node: Node) -> list[Node]:
    """The indices of the names in an expression."""
    return [i for n in walk(node) if isinstance(n, Script) and n.sub is not None for i in listed(n.sub)]
