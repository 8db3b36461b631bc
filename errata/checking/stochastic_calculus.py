"""Two facts of stochastic calculus: a Brownian motion begins at zero, and products of differentials vanish but for one.

In (μ S dt + σ S dB)² = σ² S² dt neither the square of dt nor dt dB is left, and (dB)² is dt: as an identity of numbers
this is false, as a rule of the calculus it is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise

from claims.records import replace
from claims.verdict import Proved, Supported
from errata.checking.algebra import judge_identity
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Big, Factors, Frac, Node, Num, Script, Sym, children, walk
from errata.reading.vectors import Unlowered

_BROWNIAN = re.compile(
    r"brownian|wiener|\bit[oô]\b|martingale|random walk|l[ée]vy process|브라운|이토|布朗|维纳|ブラウン", re.I
)
"""Words of pages whose processes begin at zero."""


def of_products_of_differentials(pair: Pair) -> bool:
    """Whether differentials are multiplied in a relation: (dX)², dt dB."""
    return any(_multiplies(side) for side in (pair.left, pair.right))


def _multiplies(side: Node) -> bool:
    for node in _outside(side):
        is_power = isinstance(node, Script) and isinstance(node.sup, Num) and node.sup.text != "1"
        if is_power and isinstance(node, Script) and _differentials(node.base):
            return True
        if isinstance(node, Factors) and len(_differentials(node)) > 1:
            return True
    return False


def _differentials(node: Node) -> list[Node]:
    """What stands behind a d in a product: the B_t of dB_t."""
    return [
        b
        for part in _outside(node)
        if isinstance(part, Factors)
        for a, b in pairwise(part.items)
        if isinstance(a, Sym) and a.name == "d" and a.end == b.start and isinstance(b, Sym | Script)
    ]


def _outside(node: Node) -> Iterator[Node]:
    """The parts of a node that are in no integral and in no quotient of differentials, d/dx."""
    is_quotient = isinstance(node, Frac) and any(isinstance(n, Sym) and n.name == "d" for n in walk(node.top))
    if isinstance(node, Big) or is_quotient:
        return
    yield node
    for child in children(node):
        yield from _outside(child)


def begins_at_zero(pair: Pair, text: str, seed: int) -> Node | None:
    """The start of a process, B_0, by which a relation holds if it is zero, on a page about such processes."""
    starts = [n for side in (pair.left, pair.right) for n in walk(side) if _is_start(n)]
    if not starts or _BROWNIAN.search(text) is None:
        return None

    def zeroed(node: Node) -> Node | None:
        return Num(node.start, node.end, "0") if _is_start(node) else None

    with suppress(Unlowered):
        at_zero = replace(pair, left=rebuilt(pair.left, zeroed), right=rebuilt(pair.right, zeroed))
        if isinstance(judge_identity(at_zero, {}, seed).verdict, Proved | Supported):
            return starts[0]
    return None


def _is_start(node: Node) -> bool:
    return isinstance(node, Script) and isinstance(node.sub, Num) and node.sub.text == "0" and node.sup is None
