"""Two integrals over the same range compared under the integral sign.

c ∫ f dx and k ∫ g dx are equal where c f = k g everywhere. Where c f / (k g) is one and the same number other than 1
for all x, they differ, since one is that multiple of the other. Where the ratio varies with x, nothing follows.
"""

from __future__ import annotations

from random import Random

import sympy as sp
from flint import arb, fmpq

from claims.evidence import Agreement, Counterexample
from claims.records import Record, replace
from claims.verdict import Refuted, Tried, Undecided, decide
from errata.checking.algebra import TURNS, Found, sizes_in
from errata.reading.generic import Generic, lower_generic, symbol_of
from errata.reading.matrix_notation import bare_names
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.tree import Big, Differential, Factors, Group, Node, Num, Script, Sym, Terms, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, enclose
from numerics.identity import KINDS

POINTS = 8
"""Choices of the other names; at each, the ratio is looked at for several x."""
ATTEMPTS = 24
"""Choices that are tried, where many have no value: (b − t)^a where t is above b."""
PLACES = 4
"""Values of the variable of integration."""


def names_compared(pair: Pair) -> frozenset[str]:
    """The names on which the ratio of two integrands depends: neither the variable nor what the limits hold."""
    found: set[str] = set()
    for side in (side_of(pair.left), side_of(pair.right)):
        if side is not None:
            parts = [n for n in (side.factors, side.integrand) if n is not None]
            found |= {name for part in parts for name in bare_names(part)} - {key(side.variable)}
    return frozenset(found)


class Side(Record):
    """factors · ∫ integrand d variable."""

    factors: Node | None
    integrand: Node
    variable: Node
    limits: str
    dimensions: frozenset[str]
    """Names that count the dimensions of the range: n in ℝⁿ."""


_IN_DIMENSION_ONE = Undecided((), "the integrands agree in dimension one")


def judge_integrals(pair: Pair, seed: int) -> Found | None:
    """The verdict on two multiples of integrals; None where the sides aren't, or the ratio settles nothing.

    Vectors and matrices are taken in dimension one, which is one of the dimensions that the claim speaks of: a
    difference there refutes it, agreement there doesn't support it.
    """
    found = _judged(pair, seed)
    return None if found is None or (found.verdict == _IN_DIMENSION_ONE) else found


def agree_everywhere(pair: Pair, seed: int) -> bool:
    """Whether two multiples of integrals have the same integrand, be it in dimension one only."""
    found = _judged(pair, seed, until_apart=True)
    return found is not None and not isinstance(found.verdict, Refuted)


def _judged(pair: Pair, seed: int, until_apart: bool = False) -> Found | None:
    """``until_apart`` asks only whether they agree: nothing is said of those that don't."""
    left, right = side_of(pair.left), side_of(pair.right)
    if left is None or right is None or not same_range(left, right):
        return None
    try:
        return _compared(left, right, seed, until_apart)
    except Unlowered:
        return None


def same_range(left: Side, right: Side) -> bool:
    """Whether two integrals are over the same variable between the same limits."""
    return (key(left.variable), left.limits) == (key(right.variable), right.limits)


def side_of(node: Node) -> Side | None:
    """A multiple of an integral; None for anything else."""
    while isinstance(node, Group):
        node = node.body
    if isinstance(node, Terms) and node.signs == ("-",) and (inner := side_of(node.items[0])) is not None:
        beside = Num(node.start, node.start, "1") if inner.factors is None else inner.factors
        return replace(inner, factors=Terms(node.start, node.end, ("-",), (beside,)))
    items = node.items if isinstance(node, Factors) else (node,)
    if isinstance(node, Factors) and any(s not in ("", r"\cdot", r"\times") for s in node.signs):
        return None
    integral = items[-1]
    if not isinstance(integral, Big) or integral.body is None or len(integral.differentials) != 1:
        return None
    head = integral.head
    base = head.base if isinstance(head, Script) else head
    d = integral.differentials[0]
    if not isinstance(base, Sym) or base.name != "∫" or not isinstance(d, Differential):
        return None
    rest = items[:-1]
    factors: Node | None = None
    if rest:
        factors = rest[0] if len(rest) == 1 else Factors(node.start, rest[-1].end, ("", *[""] * (len(rest) - 1)), rest)
    return Side(factors, integral.body, d.variable, to_latex(head), _dimensions(head))


def _dimensions(head: Node) -> frozenset[str]:
    sets = (n for n in walk(head) if isinstance(n, Script) and isinstance(n.base, Sym) and n.base.font == "double")
    powers = (n.sup for n in sets if n.sup is not None)
    return frozenset(key(s) for p in powers for s in walk(p) if isinstance(s, Sym) and s.name.isalpha())


def _compared(left: Side, right: Side, seed: int, until_apart: bool) -> Found | None:
    nodes = [n for n in (left.factors, left.integrand, right.factors, right.integrand) if n is not None]
    ratios: list[list[arb]] = []
    matrices, sound = bool(left.dimensions), True
    for turn in range(TURNS):
        generic = Generic(sizes_in(turn, *nodes) | {name: 1 for name in left.dimensions})
        f, names_f = lowered_side(left, generic)
        g, names_g = lowered_side(right, generic)
        variable = symbol_of(left.variable, generic)
        if variable in outside(left, generic) | outside(right, generic):
            return None
        found = _ratios(f, g, variable, seed + turn, until_apart)
        if found is None:
            return None
        ratios += found
        matrices = matrices or generic.matrices
        sound = sound and not generic.uninterpreted and not generic.marked and names_f == names_g
    if all(all(x.contains(1) for x in r) for r in ratios):
        if matrices:
            return Found(_IN_DIMENSION_ONE, (), False)
        by = Agreement("integrands", len(ratios) * PLACES, 38, "the integrands agree", False)
        return Found(decide([Tried(None, (by,))]), (), True)
    if any(any(x.contains(1) for x in r) for r in ratios):
        return None
    shown = ratios[0][0].str(8, radius=False)
    where = ("in dimension one",) if matrices else ()
    detail = f"the left side is {shown} times the right side"
    counter = Counterexample("integrands", (("ratio", shown),), shown, "1", detail, True, True)
    return Found(decide([Tried(None, (counter,))]), where, sound, detail)


def lowered_side(side: Side, generic: Generic) -> tuple[sp.Expr, frozenset[str]]:
    """The integrand with its factors, and its names. Raises Unlowered."""
    generic.names = set()
    parts = [lower_generic(n, generic) for n in (side.factors, side.integrand) if n is not None]
    if any(isinstance(p, sp.Tuple) for p in parts):
        raise Unlowered("a vector under an integral")
    return sp.Mul(*parts, evaluate=False), frozenset(generic.names)


def outside(side: Side, generic: Generic) -> set[sp.Symbol]:
    """The names in what an integral is multiplied by."""
    if side.factors is None:
        return set()
    found: set[sp.Symbol] = lower_generic(side.factors, generic).free_symbols
    return found


def _ratios(f: sp.Expr, g: sp.Expr, variable: sp.Symbol, seed: int, until_apart: bool) -> list[list[arb]] | None:
    """For each choice of the other names, left over right at several values of the variable; None where one of these
    rows varies, or where too few have a value; ``until_apart``, also where one ratio is apart from one."""
    random = Random(f"{seed} integrands")
    symbols = sorted(f.free_symbols | g.free_symbols, key=str)
    out: list[list[arb]] = []
    for _ in range(ATTEMPTS):
        at = {s: KINDS[0].draw(random) for s in symbols}
        row = []
        for _ in range(PLACES):
            at[variable] = fmpq(random.randint(1, 89), 29)
            met: dict[sp.Basic, arb] = {}
            try:
                below = enclose(g, 256, at=at, met=met)
                if below.contains(0):
                    break
                row.append(enclose(f, 256, at=at, met=met) / below)
            except Undetermined:
                break
            if until_apart and not row[-1].contains(1):
                return None
        if len(row) < PLACES:
            continue
        if not _is_constant(row):
            return None
        out.append(row)
        if len(out) == POINTS:
            break
    return out if len(out) >= POINTS // 2 else None


def _is_constant(ratios: list[arb]) -> bool:
    return all(r.overlaps(ratios[0]) for r in ratios)
