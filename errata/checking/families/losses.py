"""The negative log-likelihood under its own name: NLL is its sum over the sample, or the mean of that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from errata.reading.families.models import Model, letter_of
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.tree import Big, Call, Chain, Group, Node, Script, Sym, walk
from errata.reading.unparse import to_latex

_LOSSES = frozenset({"NLL", "nll"})


def is_loss(node: Node) -> bool:
    """Whether a name, or a function of parameters, is that of a negative log-likelihood."""
    head = node.head if isinstance(node, Call) else node
    return is_name(head) and any(isinstance(n, Sym) and n.name in _LOSSES for n in walk(head))


def losses(pair: Pair, model: Model) -> Iterator[Pair]:
    """NLL = … as −∑_i log p(y_i | x_i) = …, and as the mean of these; for one example where nothing is summed."""
    names = {n.name for n in walk(pair.right) if isinstance(n, Sym)}
    point, given = letter_latex(model.point), ", ".join(letter_latex(g) for g in model.given)
    point = point if letter_of(model.point) in names else point.lower()
    big = next((n for n in walk(pair.right) if isinstance(n, Big) and _range(n) is not None), None)
    bar = r" \mid " if given else ""
    if big is None:
        sums = [rf"-\log p({point}{bar}{given})"]
    else:
        index, last = _range(big) or ("i", "N")
        each = rf"\log p({point}_{{{index}}}{bar}{', '.join(f'{letter_latex(g)}_{{{index}}}' for g in model.given)})"
        total = rf"\sum_{{{index}=1}}^{{{last}}} {each}"
        sums = [rf"-{total}", rf"-\frac{{1}}{{{last}}} {total}"]
    yield from (replace(pair, left=parse(text).statements[0]) for text in sums)


def letter_latex(node: Node) -> str:
    """A name without its index, as it is written."""
    while isinstance(node, Script | Group):
        node = node.base if isinstance(node, Script) else node.body
    return to_latex(node)


def _range(big: Big) -> tuple[str, str] | None:
    """The index and the last value of a sum from 1; N where the sum is over an index alone."""
    head = big.head
    if not isinstance(head, Script) or not isinstance(head.base, Sym) or head.base.name != "∑" or head.sub is None:
        return None
    sub = head.sub.body if isinstance(head.sub, Group) else head.sub
    if isinstance(sub, Sym) and head.sup is None:
        return key(sub), "N"
    first = sub.items if isinstance(sub, Chain) else ()
    return (to_latex(first[0]), to_latex(head.sup)) if len(first) == 2 and head.sup is not None else None
