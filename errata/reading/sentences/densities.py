"""What stands between the bars of a divergence: a law, a density, a product or a mixture of them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from claims.records import replace
from claims.sentences import Bound, Density, Number, Place, Product, Quotient, Sentence, Sum, Value
from errata.reading.names import is_name
from errata.reading.sentences.heads import argument_of, bare
from errata.reading.sentences.laws import law_name
from errata.reading.sentences.survey import law
from errata.reading.tree import Bar, Call, Factors, Fence, Frac, Node, Sym, Terms
from errata.reading.vectors import Unlowered

if TYPE_CHECKING:
    from errata.reading.sentences.reader import Reader, Scope


def heads_of(reader: Reader, node: Node, scope: Scope) -> tuple[Bound, ...]:
    """The names of which an expression is a density: those before the bars of its laws."""
    node = bare(node)
    if isinstance(node, Call) and law(node.head, reader.survey) is not None:
        if _is_dotted(node):
            return ()
        found = reader.of(node, scope)
        if not isinstance(found, Density):
            raise Unlowered("a divergence from what is no density")
        return tuple(Bound(p.value.name, p.variable) for p in found.at if isinstance(p.value, Value))
    if isinstance(node, Fence) and node.body is not None:
        return heads_of(reader, node.body, scope)
    if isinstance(node, Terms | Factors):
        return tuple(dict.fromkeys(b for item in node.items for b in heads_of(reader, item, scope)))
    if isinstance(node, Frac):
        return heads_of(reader, node.top, scope)
    return ()


def density_of(reader: Reader, node: Node, over: tuple[Bound, ...], scope: Scope) -> Sentence:
    """The density that an expression of laws stands for, at the names in ``over``."""
    node = bare(node)
    name = law_name(reader, node) if is_name(node) else None
    if name is not None:
        return Density(name, _places(over), reader.moved(name))
    if isinstance(node, Call) and _is_dotted(node):
        return _dotted(reader, node, over, scope)
    if isinstance(node, Fence) and node.body is not None:
        return density_of(reader, node.body, over, scope)
    if isinstance(node, Terms):
        return _mixture(reader, node, over, scope)
    if isinstance(node, Factors) and all(s in ("", "\\cdot", "·", "\\times") for s in node.signs):
        if sum(_is_bare_law(reader, i) for i in node.items) > 1:
            raise Unlowered("a product of two laws without their variables")
        return Product(tuple(density_of(reader, i, over, scope) for i in node.items))
    if isinstance(node, Frac):
        return Quotient(density_of(reader, node.top, over, scope), density_of(reader, node.bottom, over, scope))
    return reader.of(node, scope)


def _mixture(reader: Reader, node: Terms, over: tuple[Bound, ...], scope: Scope) -> Sentence:
    terms = []
    for sign, item in zip(node.signs, node.items, strict=True):
        if sign not in ("", "+", "-", "−"):
            raise Unlowered(f"{sign} between laws")
        term = density_of(reader, item, over, scope)
        terms.append(Product((Number(Fraction(-1)), term)) if sign in ("-", "−") else term)
    return Sum(tuple(terms))


def _is_bare_law(reader: Reader, node: Node) -> bool:
    return is_name(node) and law_name(reader, node) is not None


def _places(over: tuple[Bound, ...]) -> tuple[Place, ...]:
    return tuple(Place(b.variable, Value(b.name)) for b in over)


def _is_dotted(node: Call) -> bool:
    body = argument_of(node)
    left = bare(body.left) if isinstance(body, Bar) else body
    return isinstance(left, Sym) and left.name in ("·", "∙", "•")


def _dotted(reader: Reader, node: Call, over: tuple[Bound, ...], scope: Scope) -> Sentence:
    """q(· | x): the density of q given x at the names in ``over``."""
    body = argument_of(node)
    found = law(node.head, reader.survey)
    if found is None or found.variables:
        raise Unlowered("a law of which it is not said what it is a law of")
    empty = Density(reader.law_key(found.key), _places(over))
    if not isinstance(body, Bar):
        return empty
    from errata.reading.sentences.laws import arguments, place

    return replace(empty, given=tuple(place(reader, p, scope) for p in arguments(reader, bare(body.right), scope)))
