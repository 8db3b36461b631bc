"""log a exp(−b), which is the logarithm of the product: without a sign nobody multiplies it by an exponential; and
log (p(z)/q(z)) p(x | z), in which the logarithm of a ratio of densities may reach over the density behind it."""

from __future__ import annotations

from collections.abc import Callable

from claims.records import replace
from errata.checking.kinds import is_law_of
from errata.reading.lowering import operator_parts
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Call, Factors, Frac, Function, Node, Prefix, Script, Sym, walk

MEANT = "a logarithm reaches over the exponential behind it"
OVER_DENSITIES = "a logarithm reaches over the densities behind it"
_LOGARITHMS = frozenset({"log", "ln", "lg"})
_DENSITIES = frozenset({"p", "q", "π", "ρ"})


def with_wide_logarithms(pair: Pair) -> Pair | None:
    """The relation with an exponential under the logarithm before it; None where there is none."""
    return _rewritten(pair, lambda node: _widened(node, _reaches_over))


def with_logarithms_over_densities(pair: Pair) -> Pair | None:
    """The relation with a density under the logarithm of the ratio before it; None where there is none."""
    return _rewritten(pair, lambda node: _widened(node, _may_reach_over))


def _rewritten(pair: Pair, change: Callable[[Node], Node | None]) -> Pair | None:
    left, right = rebuilt(pair.left, change), rebuilt(pair.right, change)
    return None if left is pair.left and right is pair.right else replace(pair, left=left, right=right)


def _widened(node: Node, reaches: Callable[[Function, Node], bool]) -> Node | None:
    """log(a b) for log(a) b, where no sign stands between the two, and ∇ log(a b) for ∇ log(a) b."""
    if not isinstance(node, Factors):
        return None
    for at, (item, sign, after) in enumerate(zip(node.items, node.signs[1:], node.items[1:], strict=False)):
        log = item.operand if isinstance(item, Prefix) else item
        if sign or not isinstance(log, Function) or not _is_logarithm(log) or not reaches(log, after):
            continue
        items, signs = (log.argument, *node.items[at + 1 :]), ("", *node.signs[at + 1 :])
        whole: Node
        whole = replace(log, argument=replace(node, start=log.argument.start, items=items, signs=signs), end=node.end)
        whole = replace(item, operand=whole, end=node.end) if isinstance(item, Prefix) else whole
        if at == 0:
            return whole
        return replace(node, items=(*node.items[:at], whole), signs=node.signs[: at + 1])
    return None


def _reaches_over(log: Function, after: Node) -> bool:
    return _is_exponential(after)


def _may_reach_over(log: Function, after: Node) -> bool:
    """Whether a density stands right behind the logarithm of a fraction of densities."""
    return isinstance(log.argument, Frac) and any(map(_is_density, walk(log.argument))) and _is_density(after)


def _is_density(node: Node) -> bool:
    return isinstance(node, Call) and is_law_of(node.head, _DENSITIES)


def _is_logarithm(node: Function) -> bool:
    return operator_parts(node.head)[0] in _LOGARITHMS


def _is_exponential(node: Node) -> bool:
    """exp(x), and e^x."""
    if isinstance(node, Script):
        return isinstance(node.base, Sym) and node.base.name == "e" and node.sup is not None
    return isinstance(node, Call | Function) and operator_parts(node.head)[0] == "exp"
