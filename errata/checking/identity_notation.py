"""Relations in a notation of identities: binomials, factorials, Γ and ψ, infinite series, sums with a mean x̄.

A relation that stands alone may be an equation for its names. In this notation hardly any is, so that one that fails
for both sides' own names is a mistake, also where no single slip mends it.
"""

from __future__ import annotations

import re

from errata.checking.algebra import Found, may_be_identity
from errata.checking.context import At, State
from errata.checking.families.ruling import wishes
from errata.checking.said_matrices import is_doubted
from errata.reading.calculus import infinite
from errata.reading.gloss import glossed
from errata.reading.matrix_notation import names_of_quantities
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.tree import Accent, Big, Binom, Call, Node, Postfix, Script, Sym, walk

BEFORE, AFTER = 400, 200
_APART = re.compile(
    r"\b(?:orthogonal|perpendicular|independen\w*|uncorrelated|centred|centered|standardi[sz]ed)\b", re.I
)
"""Words by which a sum of products may be nothing."""


def fails_as_identity(state: State, at: At, pair: Pair, found: Found) -> bool:
    """Whether a relation at the head of a chain that fails was meant to hold for all values of its names."""
    if pair.position or not (found.known and found.closed and found.sound) or not _is_of_identities(pair):
        return False
    if wishes(at) or is_doubted(state, at) or not may_be_identity(pair, at.chain, at.prose):
        return False
    span, text = at.formula.span, state.document.text
    return _APART.search(glossed(text[max(0, span.start - BEFORE) : span.end + AFTER])) is None


def _is_of_identities(pair: Pair) -> bool:
    nodes = [n for side in (pair.left, pair.right) for n in walk(side)]
    summed = any(isinstance(n, Big) for n in nodes)
    means = any(isinstance(n, Accent) and n.kind in ("bar", "overline") for n in nodes)
    counts = any(isinstance(n, Binom) or (isinstance(n, Postfix) and n.sign == "!") for n in nodes)
    names = {name for side in (pair.left, pair.right) for name in names_of_quantities(side)}
    if summed and means and _all_have_means(nodes):
        return True
    numbered = any(isinstance(n, Script) and n.sub is not None and is_name(n) for n in nodes)  # a_n may be a_0 + n/2
    return not numbered and (any(map(_is_special, nodes)) or (counts and len(names) > 1))


def _all_have_means(nodes: list[Node]) -> bool:
    """Whether each family in a relation stands in it with its mean, too: x̄ beside w_i may be a weighted mean."""
    means = {key(n.body) for n in nodes if isinstance(n, Accent) and n.kind in ("bar", "overline")}
    families = {key(n.base) for n in nodes if isinstance(n, Script) and n.sub is not None and is_name(n.base)}
    return families <= means | {"∑"}


def _is_special(node: Node) -> bool:
    """Whether a node is Γ(x), ψ(x) or an infinite series."""
    if isinstance(node, Call):
        return isinstance(node.head, Sym) and node.head.name in ("Γ", "ψ")
    head = node.head if isinstance(node, Big) else None
    return isinstance(head, Script) and head.sup is not None and infinite(head.sup) == 1
