"""Maps one after the other: f ∘ g, f(g(x)), (g ∘ f)⁻¹, f_K ∘ … ∘ f_1, with what they are applied to."""

from __future__ import annotations

from claims.records import Record, replace
from errata.reading.names import is_name, key
from errata.reading.tree import Call, Dots, Factors, Fence, Group, Node, Script, Sym

_AFTER = frozenset({"∘", r"\circ"})
_IDENTITIES = frozenset({"id", "Id", "ι"})


class Map(Record):
    """A map of a composition: its letter, its index where it has one, and whether its inverse stands there."""

    letter: str
    index: str | None = None
    inverse: bool = False

    @property
    def undone(self) -> Map:
        return replace(self, inverse=not self.inverse)


class Composition(Record):
    """Maps in the order in which they are written, the last one being applied first, None standing for dots; and the
    point that they are applied to, where one is written."""

    maps: tuple[Map | None, ...]
    point: Node | None = None


def composition(node: Node) -> Composition | None:
    """The maps that a node writes, one by itself included; None for anything else."""
    if isinstance(node, Group):
        return composition(node.body)
    if isinstance(node, Fence) and node.open in ("(", "[") and node.body is not None:
        return composition(node.body)
    if isinstance(node, Dots):
        return Composition((None,))
    if isinstance(node, Call):
        return _called(node)
    if isinstance(node, Factors):
        return _product(node)
    if isinstance(node, Script) and node.sup is not None and key(node.sup) == "-1" and not node.primes:
        inner = composition(node.base if node.sub is None else replace(node, sup=None))
        whole = None if inner is None or inner.point is not None or None in inner.maps else inner
        return None if whole is None else Composition(tuple(m.undone for m in reversed(whole.maps) if m is not None))
    return _single(node)


def _single(node: Node) -> Composition | None:
    if isinstance(node, Sym) and node.name in _IDENTITIES:
        return Composition(())
    sub = node.sub if isinstance(node, Script) and node.sup is None and not node.primes else None
    base = node.base if isinstance(node, Script) and sub is not None else node
    if not isinstance(base, Sym) or not is_name(node) or len(base.name) != 1:
        return None
    return Composition((Map(key(base), None if sub is None else key(sub).replace(" ", "")),))


def _called(node: Call) -> Composition | None:
    """f(x) and f(g(x))."""
    head = composition(node.head)
    body = node.fence.body if isinstance(node.fence, Fence) else None
    if head is None or head.point is not None or body is None:
        return None
    inside = composition(body) if isinstance(body, Call | Factors) else None
    if inside is not None and inside.point is not None:
        return Composition((*head.maps, *inside.maps), inside.point)
    return Composition(head.maps, body) if is_name(body) else None


def _product(node: Factors) -> Composition | None:
    """f ∘ g, f ∘ g(x), (f ∘ g)(x), and the … f(x) of f(… f(x))."""
    first, *rest = node.items
    signs = node.signs[1:]
    if len(rest) == 1 and signs == ("",):
        return _applied(first, rest[0])
    if not rest or not _AFTER.issuperset(signs):
        return None
    parts = [composition(item) for item in node.items]
    if any(p is None or p.point is not None for p in parts[:-1]) or parts[-1] is None:
        return None
    return Composition(tuple(m for p in parts if p is not None for m in p.maps), parts[-1].point)


def _applied(first: Node, last: Node) -> Composition | None:
    if isinstance(first, Dots):
        inner = composition(last)
        return None if inner is None or inner.point is None else Composition((None, *inner.maps), inner.point)
    base = first.base if isinstance(first, Script) else first
    whole = composition(first) if isinstance(base, Fence) else None
    body = last.body if isinstance(last, Fence) else None
    if whole is None or whole.point is not None or len(whole.maps) < 2 or body is None or not is_name(body):
        return None
    return Composition(whole.maps, body)


def written_out(maps: tuple[Map | None, ...], size: int) -> tuple[Map, ...] | None:
    """The maps with dots written out, a letter among the indices standing for ``size``; None where dots don't stand
    between maps of one letter that differ in their numbers."""
    numbered = [None if m is None else _numbered(m, size) for m in maps]
    out: list[Map] = []
    for n, one in enumerate(numbered):
        if one is not None:
            out.append(one)
            continue
        after = numbered[n + 1] if n + 1 < len(numbered) else None
        if out and out[-1] == after:  # f_1, f_2, …, f_K for two maps
            out.pop()
            continue
        between = _between(out[-1], after) if out and after is not None else None
        if between is None:
            return None
        out += between
    return tuple(out)


def _numbered(one: Map, size: int) -> Map:
    letter, _, less = (one.index or "").partition("-")
    if one.index is None or not (letter.isalpha() or letter.startswith("\\")) or (less and not less.isdigit()):
        return one
    return replace(one, index=str(size - int(less or 0)))


def _between(one: Map, other: Map) -> list[Map] | None:
    """The maps between two of one letter; None where their numbers don't say which."""
    alike = one.letter == other.letter and one.inverse is other.inverse
    if not alike or not (one.index or "").isdigit() or not (other.index or "").isdigit():
        return None
    a, b = int(one.index or 0), int(other.index or 0)
    step = 1 if b > a else -1
    return [replace(one, index=str(i)) for i in range(a + step, b, step)] if a != b else None


def reduced(maps: tuple[Map, ...]) -> tuple[Map, ...]:
    """Invertible maps without those that undo each other: two compositions are the same for all such maps only where
    these are the same."""
    out: list[Map] = []
    for one in maps:
        if out and out[-1] == one.undone:
            out.pop()
        else:
            out.append(one)
    return tuple(out)
