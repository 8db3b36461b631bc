"""Whether a slip changes what a relation says, told apart from the judge: floating point, evaluated by mpmath.

Formulas in free names are compared at random points of another kind than the judge's. Formulas of numbers are
compared with their neighbours in the chain: a printed decimal stands for everything that rounds to it, so a slip that
stays within the rounding of what is printed changes nothing that could be told. Where no value can be found (laws,
means, matrices) nothing is said, nor where a limit is infinite. Six things are known of names: the probability of Ω,
and of an event or its complement, is 1, and so is the mean of ((x − μ)/σ)², the density of a positive law is nothing
from −∞ to 0, erf^{-1}(0) is 0, I_n is its own square, and so is a name that is in {0, 1}, as the notes say just
before, or whose probability they write out as Bernoulli's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import product
from random import Random
from types import MappingProxyType

import sympy as sp

from claims.printed import Printed
from claims.records import replace
from errata.reading.alike import bare
from errata.reading.endpoints import differentials_in, names_elsewhere
from errata.reading.families.notation import law_node
from errata.reading.generic import Generic, lower_generic, whole_numbers
from errata.reading.lowering import lower
from errata.reading.names import is_inverse, is_name, key
from errata.reading.scope import Scope
from errata.reading.substitution import rebuilt, unfolded
from errata.reading.tree import Accent, Big, Call, Chain, Factors, Fence, Frac, Node, Num, Script, Sym, Terms, walk
from errata.reading.vectors import Unlowered

POINTS = 6
MORE_POINTS = 40
"""The same where names are zero or one: what differs may do so for few choices of them."""
DIGITS = 30
NEAR = sp.Float("1e-15")
FAR = sp.Float("1e30")
"""What is beyond it where something is let go to infinity is taken for no value."""
SIZES = (4, 3, 2, 5)
POSITIVE = frozenset({"Exp", "Gamma", "χ²", "LN", "Weibull", "Wald", "InvGamma", "Pareto", "Rayleigh"})
"""Laws on the positive numbers."""
MOST_CORNERS = 64
"""Ways of rounding the decimals of a formula that are tried, each up or down; drawn where there are more."""

Range = tuple[sp.Expr, sp.Expr]
NOTHING: Mapping[str, Node] = MappingProxyType({})


def changed(
    old: Node,
    new: Node,
    neighbours: Sequence[Node],
    scope: Scope,
    seed: int,
    binary: Set[str] = frozenset(),
    given: Mapping[str, Node] = NOTHING,
) -> bool | None:
    """Whether putting ``new`` for ``old`` beside its neighbours can be told; None where there are no values to compare.

    ``scope`` holds the values that the notes give to names, and ``given`` the expressions, with which nothing may be
    changed: ∑ c_i is 0 for c_i = x_i − x̄; ``binary`` are the letters of those that are zero or one.
    """
    ranges = [_range(n, scope) for n in (new, *neighbours)]
    if all(r is not None for r in ranges) and ranges:
        mine, *others = (r for r in ranges if r is not None)
        before = _range(old, scope)
        met = [r for r in others if before is None or _overlap(before, r)]  # what is in another unit tells nothing
        if met or not others:
            return not all(_overlap(mine, other) for other in met)
    sides = _with_ones(old), _with_ones(new)
    found = _differs(*sides, neighbours, seed, binary)
    if found and given:
        put_in = unfolded(sides[0], given), unfolded(sides[1], given)
        return _differs(*put_in, neighbours, seed, binary) is not False
    return found


def in_zero_and_one(roots: Iterable[Node]) -> frozenset[str]:
    """The letters of the names that formulas say to be in {0, 1}, or to have their members there."""
    chains = (n for root in roots for n in walk(root) if isinstance(n, Chain) and n.relations[0].sign == "∈")
    return frozenset(letter_of(c.items[0]) for c in chains if _is_zero_and_one(c.items[1]))


def bernoulli(roots: Iterable[Node]) -> frozenset[str]:
    """The letters of the names y of which formulas write out Bernoulli's probability, p^y (1 - p)^{1 - y}."""
    products = (n.items for root in roots for n in walk(root) if isinstance(n, Factors))
    return frozenset(letter_of(a.sup) for items in products for a in items for b in items if _are_chances(a, b))


def _are_chances(a: Node, b: Node) -> bool:
    """Whether two factors are p^y and (1 - p)^{1 - y}."""
    if not (isinstance(a, Script) and isinstance(b, Script)) or a.sup is None or b.sup is None:
        return False
    return is_name(bare(a.sup)) and _is_rest(b.base, a.base) and _is_rest(b.sup, a.sup)


def _is_rest(node: Node, of: Node) -> bool:
    """Whether a node is 1 − x."""
    terms = bare(node)
    if not isinstance(terms, Terms) or terms.signs != ("", "-"):
        return False
    return key(terms.items[0]) == "1" and key(terms.items[1]) == key(bare(of))


def letter_of(node: Node) -> str:
    """The letter of a name in whatever font: y for a bold y_i."""
    while not isinstance(node, Sym):
        below = getattr(node, "base", None) or getattr(node, "body", None)
        if below is None:
            return ""
        node = below
    return node.name


def _is_zero_and_one(node: Node) -> bool:
    set_ = node.base if isinstance(node, Script) else node
    return isinstance(set_, Fence) and set_.open in (r"\{", r"\lbrace") and key(set_).replace(" ", "") == "0,1"


def _with_ones(node: Node) -> Node:
    """The same with 1 for P(Ω) and E[((x − μ)/σ)²], 0 for what a positive law has below zero, and the identity I_n for
    its powers."""

    def one(part: Node) -> Node | None:
        if (isinstance(part, Big) and _is_below_zero(part)) or _is_error_at_zero(part):
            return Num(part.start, part.end, "0")
        if isinstance(part, Script) and part.sub is not None and part.sup is not None and letter_of(part.base) == "I":
            return replace(part, sup=None) if isinstance(part.sup, Num) else None
        if isinstance(part, Call) and letter_of(part.head) in ("E", "𝔼") and _is_standardised(part.fence):
            return Num(part.start, part.end, "1")
        if not isinstance(part, Call) or letter_of(part.head) not in ("p", "P", "Pr"):
            return None
        inside = part.fence.body if isinstance(part.fence, Fence) else None
        sure = isinstance(inside, Sym) and inside.name == "Ω"
        return Num(part.start, part.end, "1") if sure or _is_either(inside) else None

    return rebuilt(node, one)


def _is_standardised(node: Node) -> bool:
    """Whether a mean is taken of ((x − μ)/σ)², by the letters that everyone uses."""
    square = bare(node)
    if not isinstance(square, Script) or square.sup is None or key(square.sup) != "2":
        return False
    quotient = bare(square.base)
    if not isinstance(quotient, Frac) or key(bare(quotient.bottom)) != r"\sigma":
        return False
    terms = bare(quotient.top)
    if not isinstance(terms, Terms) or terms.signs != ("", "-") or not is_name(terms.items[0]):
        return False
    return key(terms.items[1]) == r"\mu"


def _is_error_at_zero(part: Node) -> bool:
    """Whether a node is erf^{-1}(0), the inverse of an odd function at its zero."""
    if not isinstance(part, Call) or not isinstance(part.head, Script) or part.head.sup is None:
        return False
    at = part.fence.body if isinstance(part.fence, Fence) else None
    return letter_of(part.head.base) == "erf" and is_inverse(part.head.sup) and isinstance(at, Num) and at.text == "0"


def _is_below_zero(part: Big) -> bool:
    """Whether a node is an integral from −∞ to 0 of the density of a law on the positive numbers."""
    head, body = part.head, bare(part.body)
    if not isinstance(head, Script) or letter_of(head.base) != "∫" or head.sub is None or head.sup is None:
        return False
    first = bare(body.items[0]) if isinstance(body, Factors) else body
    law = law_node(first) if isinstance(first, Call) else None
    return law is not None and law.name in POSITIVE and key(bare(head.sup)) == "0" and key(bare(head.sub)) == r"-\infty"


def _is_either(event: Node | None) -> bool:
    """Whether an event is the union of one and its complement: A ∪ Ā."""
    if not isinstance(event, Terms) or event.signs != ("", r"\cup"):
        return False
    pairs = (event.items, event.items[::-1])
    return any(isinstance(b, Accent) and b.kind in ("overline", "bar") and key(a) == key(b.body) for a, b in pairs)


def _range(node: Node, scope: Scope) -> Range | None:
    """The least and the greatest value of a formula of numbers, for all roundings of its decimals."""
    try:
        expression = lower(node, scope).expression
    except Unlowered:
        return None
    if isinstance(expression, sp.Tuple):
        return None
    values = [_value(e, {}) for e in _corners(expression)]
    known = [v for v in values if v is not None and v.is_real]
    return (min(known), max(known)) if known and len(known) == len(values) else None


def _corners(expression: sp.Basic) -> Iterator[sp.Basic]:
    printed = sorted(expression.atoms(Printed), key=str)
    random = Random(str(expression))
    every: Iterable[Sequence[int]] = product((-1, 1), repeat=len(printed))
    if 2 ** len(printed) > MOST_CORNERS:
        every = [[random.choice((-1, 1)) for _ in printed] for _ in range(MOST_CORNERS)]
    for signs in (*every, (0,) * len(printed)):
        yield expression.xreplace({p: p.value + s * p.half for p, s in zip(printed, signs, strict=True)})


def _overlap(a: Range, b: Range) -> bool:
    slack = NEAR * (1 + abs(a[0]) + abs(b[0]))
    return bool(a[0] <= b[1] + slack and b[0] <= a[1] + slack)


def _differs(old: Node, new: Node, neighbours: Sequence[Node], seed: int, binary: Set[str]) -> bool | None:
    """Whether two formulas in free names differ at some point; False where they agree at all, but for those with a
    limit, which is only known near its place."""
    try:
        a, b, symbols, approached = _expressions(old, new, neighbours)
    except Unlowered:
        return None
    random = Random(f"{seed} meaning")
    seen = 0
    of_two = {s for s in symbols if s.name.partition("[")[0].removeprefix(r"\mathbf") in binary}
    for n in range(MORE_POINTS if of_two else POINTS):
        at = {s: sp.Float(random.uniform(0.1, 2.5) if n % 2 else random.uniform(0.05, 0.95), DIGITS) for s in symbols}
        at |= {s: sp.Float(random.choice((0, 1)), DIGITS) for s in symbols if s in of_two}
        x, y = _value(a, at), _value(b, at)
        if x is None or y is None or (approached and max(abs(x), abs(y)) > FAR):
            continue
        seen += 1
        if abs(x - y) > NEAR * (1 + abs(x)):
            return True
    return False if seen >= 2 and not approached else None


def _expressions(
    old: Node, new: Node, neighbours: Sequence[Node]
) -> tuple[sp.Basic, sp.Basic, Sequence[sp.Symbol], bool]:
    """Both formulas in the same symbols, and whether a limit is taken in them; what the neighbours are integrated over
    is the variable between the limits of [F]_a^b, too."""
    limits, indices = whole_numbers(old, new)
    sizes = {name: SIZES[i % len(SIZES)] for i, name in enumerate(limits)}
    sizes |= {name: 1 + i % 2 for i, name in enumerate(indices)}
    bodies = (old, new, *neighbours)
    generic = Generic(sizes, differentials=differentials_in(*bodies), elsewhere=names_elsewhere(*bodies))
    a, b = (_plain(lower_generic(node, generic)) for node in (old, new))
    means = _means(generic)
    a, b = a.xreplace(means), b.xreplace(means)
    changing = {str(s) for s in a.free_symbols ^ b.free_symbols}
    if changing & generic.uninterpreted:
        raise Unlowered("what differs is what a function without a body is applied to")
    return a, b, sorted(a.free_symbols | b.free_symbols, key=str), generic.approached


def _means(generic: Generic) -> Mapping[sp.Basic, sp.Basic]:
    """For each bar over a name that has members, their mean."""
    members = {
        generic.symbols[bar]: [s for name, s in generic.symbols.items() if name.startswith(f"{base}[")]
        for bar, base in generic.means.items()
        if bar in generic.symbols
    }
    return {bar: sp.Add(*some) / len(some) for bar, some in members.items() if some}


def _plain(expression: sp.Basic) -> sp.Basic:
    return expression.xreplace({p: p.value for p in expression.atoms(Printed)})


def _value(expression: sp.Basic, at: Mapping[sp.Symbol, sp.Float]) -> sp.Expr | None:
    try:
        value = sp.N(expression.subs(at), DIGITS)
    except (TypeError, ValueError, ArithmeticError, AttributeError, NotImplementedError):
        return None
    return value if isinstance(value, sp.Expr) and value.is_number and value.is_finite else None
