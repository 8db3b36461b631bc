"""From the tree of a formula to a SymPy expression in free symbols: what a relation says for all values of its names.

Whole numbers that count (limits, indices) get sizes; a family x_i becomes one symbol for each index; a function without
a definition becomes a symbol for each argument, and is noted, since nothing can be refuted about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import sympy as sp
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from claims.records import Record, replace
from errata.reading.calculus import (
    Derivation,
    bare_operator,
    derivation,
    derives_by,
    holds_derivative,
    is_derivative,
    is_variation,
    mentions,
)
from errata.reading.derivatives import can_be_enclosed, differentiated, has_value
from errata.reading.endpoints import (
    NEAR,
    Approach,
    Evaluation,
    approach,
    evaluation,
    stand_in,
    variable_of,
)
from errata.reading.indicators import condition
from errata.reading.lowering import NAMED, Convention, Locals, Lowering, in_itself, negative, operator_parts, short
from errata.reading.names import is_name, is_power, is_transpose, key, unraised
from errata.reading.scope import Scope
from errata.reading.special import Special, special
from errata.reading.substitution import rebuilt
from errata.reading.tree import (
    Accent,
    Bar,
    Big,
    Binom,
    Call,
    Chain,
    Factors,
    Fence,
    Frac,
    Function,
    Group,
    Node,
    Num,
    Phrase,
    Postfix,
    Script,
    Styled,
    Sym,
    Terms,
    children,
    walk,
)
from errata.reading.vectors import Unlowered, added, multiplied
from numerics.balls import Point, Undetermined, rational

NORMS = (r"\|", "||", r"\lVert", r"\Vert", "‖")
"""What opens a norm."""
SET_SIZE = 3
"""How many values a variable takes that is summed over without limits."""
MOST_UNFOLDED = 40
"""Definitions unfolded in one expression."""


@dataclass
class Generic:
    """What is shared by the two sides of a relation: sizes of whole numbers, and what was met on the way."""

    sizes: Mapping[str, int]
    definitions: Mapping[str, Node] = field(default_factory=dict)
    symbols: dict[str, sp.Symbol] = field(default_factory=dict)
    uninterpreted: set[str] = field(default_factory=set)
    means: dict[str, str] = field(default_factory=dict)
    """Each bar over a name, with the name: x̄ is the mean of the x_i where those occur."""
    marked: set[str] = field(default_factory=set)
    """Names with a hat, a star or a tilde: what they satisfy is not in the relation."""
    names: set[str] = field(default_factory=set)
    """Every name that was met, whole numbers included."""
    held: set[str] = field(default_factory=set)
    """Names in derivatives: those other than the variable were held constant."""
    inner: set[str] = field(default_factory=set)
    """Inner products of two small letters: numbers of which nothing is used."""
    matrices: bool = False
    determinants: bool = False
    told: frozenset[str] = frozenset()
    """Letters of special functions that the document names."""
    tight_products: bool = False
    """Whether ∏ takes only the factors up to the last one with its index."""
    products: bool = False
    """Whether it made a difference how far a ∏ reaches."""
    opaque: bool = False
    """Whether integrals and special functions are left without a meaning, as any unknown function is."""
    interpreted: bool = False
    """Whether an integral or a special function was given its meaning."""
    at: Point | None = None
    """A point at which all is computed: an integral with a value there is given its meaning, and tried nowhere else."""
    unfolded: int = 0
    differentials: frozenset[str] = frozenset()
    """The variables of the integrals on either side."""
    elsewhere: frozenset[str] = frozenset()
    """The names outside of every [F]_a^b."""
    counted: frozenset[str] = frozenset()
    """Families of whole numbers: the n of n_i, up to which a sum runs."""
    of_indicators: bool = False
    """Whether indicators are given their meaning: they need points on both sides of their conditions."""
    truths: set[str] = field(default_factory=set)
    """Names that stand for whether something is in a set, or whether an event happens: 0 or 1."""
    approached: bool = False
    """Whether a value near a place, or far out, stands for a limit."""
    member_means: dict[str, str] = field(default_factory=dict)
    """Each mean of a part of a family, with how the names of its members begin: ȳ_i and y[2,"""

    def take_in(self, other: Generic) -> None:
        """Notes all that was met in a part that was read by itself."""
        self.symbols |= other.symbols
        self.means |= other.means
        self.member_means |= other.member_means
        self.uninterpreted |= other.uninterpreted
        self.marked |= other.marked
        self.names |= other.names
        self.held |= other.held
        self.inner |= other.inner
        self.matrices |= other.matrices
        self.determinants |= other.determinants
        self.products |= other.products
        self.interpreted |= other.interpreted
        self.approached |= other.approached
        self.truths |= other.truths

    def symbol(self, name: str) -> sp.Symbol:
        self.names.add(name)
        return self.known(name)

    def known(self, name: str) -> sp.Symbol:
        """The symbol of a name; it is made when the name is first met."""
        found = self.symbols.get(name)
        if found is None:
            found = self.symbols[name] = sp.Symbol(name, real=True)
        return found

    def member(self, base: str, places: list[int]) -> sp.Basic:
        """The member of a family at an index, a whole number for one that counts; the family is the name met."""
        if base in self.counted:
            self.names.add(f"{base}[]")
            return sp.Integer(2 + sum(places) % 3)
        self.names.add(f"{base}[]")
        return self.known(f"{base}[{','.join(map(str, places))}]")

    def unknown(self, name: str) -> sp.Symbol:
        self.uninterpreted.add(name)
        return self.symbol(name)


def lower_generic(node: Node, generic: Generic) -> sp.Basic:
    """The expression in free symbols. Raises Unlowered for notation without a meaning here."""
    return GenericLowering(generic).of(node, {}, 0)


def _is_of_an_order(sub: Node) -> bool:
    """Whether an index is a number or a letter in round brackets: X_(1), X_(n)."""
    inner = sub.body if isinstance(sub, Group) else sub
    return isinstance(inner, Fence) and inner.open == "(" and isinstance(inner.body, Num | Sym)


def symbol_of(name: Node, generic: Generic) -> sp.Symbol:
    """The symbol of a name where it stands in what is lowered: x_1 is a member of the family x. Raises Unlowered."""
    found = lower_generic(name, generic) if isinstance(name, Script) else None
    return found if isinstance(found, sp.Symbol) else generic.symbol(key(name))


def whole_numbers(*nodes: Node) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that count: those that limit a sum (or stand in a binomial), and those that only occur as indices."""
    counts = [_counts_in(root) for root in nodes]
    bound = frozenset().union(*(c.bound for c in counts))
    limits = dict.fromkeys(name for c in counts for name in c.limits)
    indices = dict.fromkeys(name for c in counts for name in c.indices)
    only = tuple(i for i in indices if i not in limits and i not in bound)
    return tuple(name for name in limits if name not in bound), only


@lru_cache(maxsize=1_024)
def spans(root: Node) -> tuple[tuple[str, str], ...]:
    """The names in the limits of each sum, one of the lower with one of the upper: (t, T) in ∑_{k=t}^T."""
    found: dict[tuple[str, str], None] = {}
    for node in walk(root):
        head = node.head if isinstance(node, Big) else None
        if not isinstance(head, Script) or head.sup is None or head.sub is None:
            continue
        sub = head.sub.body if isinstance(head.sub, Group) else head.sub
        if isinstance(sub, Chain) and sub.relations[0].sign == "=":
            found |= dict.fromkeys((a, b) for a in _letters(sub.items[1]) for b in _letters(head.sup) if a != b)
    return tuple(found)


def upper_limits(*nodes: Node) -> tuple[str, ...]:
    """The letters up to which sums and products run that begin at a number: n in ∑_{i=1}^n, and in ∑_{i=1}^{n−1}."""
    found: dict[str, None] = {}
    for node in (n for root in nodes for n in walk(root)):
        head = node.head if isinstance(node, Big) else None
        if isinstance(head, Script) and head.sup is not None and head.sub is not None:
            sub = head.sub.body if isinstance(head.sub, Group) else head.sub
            if isinstance(sub, Chain) and isinstance(sub.items[-1], Num) and len(letters := _letters(head.sup)) == 1:
                found[letters[0]] = None
    return tuple(found)


def counted_families(*nodes: Node) -> frozenset[str]:
    """The families up to whose members a sum runs: n where a sum goes to n_i."""
    return frozenset().union(*(_counts_in(root).counted for root in nodes))


class _Counts(Record):
    """What counts in a formula: limits, indices, the names that sums bind, families of limits."""

    limits: tuple[str, ...]
    indices: tuple[str, ...]
    bound: frozenset[str]
    counted: frozenset[str]


@lru_cache(maxsize=1_024)
def _counts_in(root: Node) -> _Counts:
    """The last ones are remembered: where one side of a relation is edited, the other one stays."""
    limits: dict[str, None] = {}
    indices: dict[str, None] = {}
    bound: set[str] = set()
    counted: set[str] = set()
    met = list(walk(root))
    heads = {id(n.head) for n in met if isinstance(n, Call) and special(n) is not None}
    for node in met:
        if node.__class__ not in _COUNTING:
            continue
        if isinstance(node, Big) and isinstance(node.head, Script):
            sup = node.head.sup
            if isinstance(sup, Script) and sup.sub is not None and _is_indexable(sup.base):
                counted.add(key(sup.base))
            _limits_of(node.head, limits, bound)
        elif isinstance(node, Script) and node.sub is not None and _is_indexable(node.base) and id(node) not in heads:
            if condition(node) is not None:
                continue
            indices.update(dict.fromkeys(_letters(node.sub)))
        elif isinstance(node, Binom):
            limits.update(dict.fromkeys([*_letters(node.top), *_letters(node.bottom)]))
        elif isinstance(node, Postfix) and node.sign in ("!", "!!") and not isinstance(node.operand, Script):
            limits.update(dict.fromkeys(_letters(node.operand)))
    return _Counts(tuple(limits), tuple(indices), frozenset(bound), frozenset(counted))


_COUNTING: frozenset[type] = frozenset((Big, Script, Binom, Postfix))
"""Kinds of nodes in which a name may count."""


def _limits_of(head: Script, limits: dict[str, None], bound: set[str]) -> None:
    sub = head.sub.body if isinstance(head.sub, Group) else head.sub
    if isinstance(sub, Chain) and sub.relations[0].sign == "=":
        bound.add(key(sub.items[0]))
        limits.update(dict.fromkeys(_letters(sub.items[1])))
        if head.sup is not None and not (isinstance(head.sup, Script) and head.sup.sub is not None):
            limits.update(dict.fromkeys(_letters(head.sup)))
    elif sub is not None:
        bound.update(_letters(sub))


def _letters(node: Node) -> list[str]:
    """The plain letters in an index or a limit: i, n, t−1; words and bold letters count nothing."""
    return [key(n) for n in walk(node) if isinstance(n, Sym) and _is_letter(n)]


def _is_letter(node: Sym) -> bool:
    return node.name.isalpha() and len(node.name) == 1 and not node.font


def _is_indexable(base: Node) -> bool:
    return isinstance(base, Sym | Accent | Styled)


_SPECIAL: frozenset[type] = frozenset((Accent, Styled, Frac, Script, Bar))
"""Kinds of nodes that may stand for something else here than where names have values."""
_STRAIGHT: frozenset[type] = frozenset((Terms, Factors, Group, Fence, Num, Function, Big))
"""Kinds of nodes that are neither special nor the name of a value."""


class GenericLowering(Lowering):
    """Names without a value stand for themselves."""

    def __init__(self, generic: Generic) -> None:
        super().__init__(Scope(), Convention(slash_takes_all=True))
        self.generic = generic

    def named(self, node: Node, local: Locals) -> sp.Basic | None:
        if node.__class__ not in NAMED:
            return None
        name = key(node)
        if name in local:
            return local[name]
        if name in self.generic.sizes:
            self.generic.names.add(name)
            return sp.Integer(self.generic.sizes[name])
        definition = self.generic.definitions.get(name)
        if definition is not None:
            self.generic.unfolded += 1
            if self.generic.unfolded > MOST_UNFOLDED:
                raise Unlowered("definitions lead around in a circle")
            return self.of(definition, local, 0)
        return None

    def of(self, node: Node, local: Locals, depth: int) -> sp.Basic:
        kind = node.__class__
        if kind in _STRAIGHT:
            return self.by_rule(node, kind, local, depth)
        if kind not in _SPECIAL:
            return super().of(node, local, depth)
        if isinstance(node, Accent) and self.named(node, local) is None:
            return self.accented(node)
        if isinstance(node, Styled) and is_name(node) and self.named(node, local) is None:
            return self.generic.symbol(key(node))
        if is_variation(node):
            raise Unlowered(f"{short(node)} may be a derivative")
        if isinstance(node, Frac) and is_derivative(node):
            return self.derivative(node, node, local, depth)
        if isinstance(node, Script | Bar) and (found := evaluation(node)) is not None:
            return self.evaluated(found, node, local, depth)
        return super().of(node, local, depth)

    def evaluated(self, found: Evaluation, node: Node, local: Locals, depth: int) -> sp.Basic:
        """The body at one place less that at another; a value of its own where the variable can't be told."""
        variable = variable_of(found, self.generic.differentials, self.generic.elsewhere)
        if variable is None:
            return self.generic.unknown(self.shown(node, local))
        places = [p for p in (found.high, found.low) if p is not None]
        values = [self.at_place(found.body, variable, p, local, depth) for p in places]
        return values[0] if len(values) == 1 else added([values[0], negative(values[1])])

    def at_place(self, body: Node, variable: str, place: Node, local: Locals, depth: int) -> sp.Basic:
        far = stand_in(place)
        if far is not None:
            self.generic.marked.add("∞")
            self.generic.approached = True
        value = self.scalar(place, local, depth) if far is None else far
        if variable not in local and derives_by(body, variable):
            name = next(n for n in walk(body) if is_name(n) and key(n) == variable)
            return self.scalar(body, local, depth).xreplace({self.scalar(name, local, depth): value})
        return self.scalar(body, {**local, variable: value}, depth)

    def limit(self, found: Approach, body: Node, local: Locals, depth: int) -> sp.Basic:
        """The value near a place, which never counts against a formula."""
        self.generic.marked.add("lim")
        self.generic.approached = True
        far = stand_in(found.place)
        near = far if far is not None else added([self.scalar(found.place, local, depth), NEAR])
        return self.scalar(body, {**local, found.variable: near}, depth)

    def product(self, node: Factors, local: Locals, depth: int) -> sp.Basic:
        """A product; a bare d/dx takes all factors after it."""
        at = next((i for i, item in enumerate(node.items) if bare_operator(item) is not None), None)
        if at is None and (inner := _inner_product(node, local)) is not None:
            return self.with_inner(node, inner, local, depth)
        if at is None:
            return super().product(node, local, depth)
        if at == len(node.items) - 1 or (at and node.signs[at] == "/"):
            raise Unlowered("a derivative of nothing")
        operator, after = node.items[at], node.items[at + 1 :]
        assert isinstance(operator, Frac)
        names = [key(v) for v in found.variables] if (found := derivation(operator)) is not None else []
        for sign, item in zip(node.signs[at + 2 :], after[1:], strict=True):
            if sign and any(mentions(item, name) for name in names):
                raise Unlowered("how far the derivative reaches is not clear")
        operand = after[0] if len(after) == 1 else replace(node, signs=("", *node.signs[at + 2 :]), items=after)
        value = self.derivative(operator, operand, local, depth)
        if not at:
            return value
        before = node.items[0] if at == 1 else replace(node, signs=node.signs[:at], items=node.items[:at])
        return multiplied([self.of(before, local, depth), value])

    def with_inner(self, node: Factors, inner: int, local: Locals, depth: int) -> sp.Basic:
        """A product in which yᵀx stands at a place: a number, whatever the dimension."""
        transposed, other = node.items[inner : inner + 2]
        names = sorted((key(_untransposed(transposed)), key(other)))
        self.generic.inner.add(f"{names[0]}ᵀ{names[1]}")
        value = self.generic.symbol(f"{names[0]}ᵀ{names[1]}")
        items = (*node.items[:inner], *node.items[inner + 2 :])
        if not items:
            return value
        signs = ("", *(*node.signs[:inner], *node.signs[inner + 2 :])[1:])
        rest = items[0] if len(items) == 1 else replace(node, signs=signs, items=items)
        return multiplied([self.of(rest, local, depth), value])

    def sum(self, node: Terms, local: Locals, depth: int) -> sp.Basic:
        for i, item in enumerate(node.items):
            if isinstance(item, Factors) and (name := _loose_variable(item)) is not None:
                later = [n for n in node.items[i + 1 :] if not holds_derivative(n)]
                if any(mentions(n, name) for n in later):
                    raise Unlowered("how far the derivative reaches is not clear")
        return super().sum(node, local, depth)

    def derivative(self, fraction: Frac, operand: Node, local: Locals, depth: int) -> sp.Basic:
        """The derivative of an operand all of whose parts are known; other names are held constant."""
        found = derivation(fraction)
        if found is None:
            raise Unlowered(f"{short(fraction)} is read but not judged yet")
        inside = found.operand if found.operand is not None else operand
        if inside is fraction:
            raise Unlowered("a derivative of nothing")
        if any(key(v) in local for v in found.variables):
            raise Unlowered("a derivative by a name that is bound")
        before = set(self.generic.uninterpreted)
        value = self.scalar(inside, local, depth + 1)
        if self.generic.uninterpreted != before:
            raise Unlowered("a derivative of something without a definition")
        for variable in found.variables:
            symbol = self.scalar(variable, local, depth + 1)
            self.check_derivable(value, symbol, inside, variable, found)
            value = differentiated(value, symbol, found.squared)
        self.generic.held.update(str(s) for s in value.free_symbols)
        return value

    def check_derivable(
        self, value: sp.Basic, symbol: sp.Basic, inside: Node, variable: Node, found: Derivation
    ) -> None:
        """Raises Unlowered where the derivative may not be the one that is meant."""
        if not isinstance(symbol, sp.Symbol) or symbol not in value.free_symbols:
            raise Unlowered("a derivative of something that may depend on the variable")
        family = symbol.name.partition("[")[0]
        bare = family.partition("_")[0]
        for other in value.free_symbols - {symbol}:
            head, _, index = other.name.partition("[")
            if index not in ("", "0]") and "[" not in symbol.name and head in (family, bare):  # x_0 is a start beside x
                raise Unlowered("a derivative by a whole family of names")
            if other.name in self.generic.inner and {family, bare} & {*other.name.split("ᵀ")}:
                raise Unlowered("a derivative of an inner product")
            if self.generic.means.get(other.name) in (family, bare) or (other.name in self.generic.marked):
                raise Unlowered(f"{other.name} may depend on the variable")
        bracketed = found.operand is None and isinstance(inside, Factors) and isinstance(inside.items[0], Fence)
        if bracketed and any(mentions(n, key(variable)) for n in list(children(inside))[1:]):
            raise Unlowered("how far the derivative reaches is not clear")

    def symbol(self, node: Sym) -> sp.Basic:
        if node.name in ("∞", "∅", "⊤", "⊥", "✓", "∂", "∇") or (node.font in ("text",) and len(node.name) > 1):
            raise Unlowered(f"{node.name} is read but not judged yet")
        if node.name == "π" and not node.font:
            return sp.pi
        if node.name == "e" and node.font in ("", "roman"):
            return sp.E
        if not is_name(node):
            raise Unlowered(f"{node.name} is no quantity")
        if node.name in ("I", "E", "P", "H", "N") or node.font in ("double", "cal", "script"):
            self.generic.uninterpreted.add(key(node))
        return self.generic.symbol(key(node))

    def accented(self, node: Accent) -> sp.Basic:
        name = key(node)
        if node.kind in ("bar", "overline"):
            self.generic.means[name] = key(node.body)
        else:
            self.generic.marked.add(name)
        return self.generic.symbol(name)

    def script(self, node: Script, local: Locals, depth: int) -> sp.Basic:
        if node.primes:
            self.generic.marked.add(key(node))
            return self.generic.symbol(key(node))
        if isinstance(node.base, Fence) and node.sub is not None:
            if node.base.open not in NORMS:
                return self.generic.unknown(self.shown(node, local))
            if isinstance(node.base.body, Factors):  # what numbers say of ‖A B‖ says nothing of matrices
                self.generic.matrices = True
        if node.sup is not None and is_transpose(node.sup):
            self.generic.matrices = True
            bare = node.base if node.sub is None else unraised(node)
            return self.of(bare, local, depth)
        if node.sup is not None and not is_power(node.sup):
            name = key(node) + "".join(f"@{local[k]}" for k in _letters(node.sup) if k in local)
            if not isinstance(node.sup, Fence):
                self.generic.marked.add(name)
            return self.generic.symbol(name)
        return super().script(node, local, depth)

    def component(self, node: Script, local: Locals, depth: int) -> sp.Basic:
        """x_i as one symbol for each index; a subscript that is no whole number belongs to the name, as do the values
        of what a sum binds in it: x_{i, old}."""
        assert node.sub is not None
        bare = unraised(node)
        if (found := self.named(bare, local)) is not None:  # Z_n² where a definition gives Z_n
            return found
        places = self.places(node.sub, local)
        if _is_of_an_order(node.sub):
            return self.of_an_order(key(node.base), node.sub, places)
        if places is None:
            self.note_marks(node.base)
            return self.generic.symbol(key(replace(bare, sub=_numbered(node.sub, local))))
        self.note_marks(node.base)
        if isinstance(node.base, Accent) and node.base.kind in ("bar", "overline"):
            self.generic.marked.add(key(node.base))
            bar = self.generic.member(key(node.base), places)
            self.generic.member_means[str(bar)] = f"{key(node.base.body)}[{','.join(map(str, places))},"
            return bar
        if isinstance(node.sub, Num):
            return self.generic.symbol(f"{key(node.base)}[{node.sub.text}]")
        return self.generic.member(key(node.base), places)

    def note_marks(self, base: Node) -> None:
        if isinstance(base, Accent) and base.kind not in ("bar", "overline"):
            self.generic.marked.add(key(base))

    def of_an_order(self, base: str, sub: Node, places: list[int] | None) -> sp.Basic:
        """X_(n), the largest of X_1, …, X_n. Raises Unlowered for others."""
        inner = sub.body if isinstance(sub, Group) else sub
        assert isinstance(inner, Fence)
        size = self.generic.sizes.get(key(inner.body)) if inner.body is not None else None
        if places is None or len(places) != 1 or size != places[0]:
            raise Unlowered("an order statistic that is not the largest")
        return sp.Max(*(self.generic.member(base, [place]) for place in range(1, size + 1)))

    def places(self, sub: Node, local: Locals) -> list[int] | None:
        """The whole numbers of an index: i, ij, (i, t − 1); None where it isn't made of whole numbers."""
        node = sub.body if isinstance(sub, Group | Fence) and sub.body is not None else sub
        together = isinstance(node, Phrase) or (isinstance(node, Factors) and _side_by_side(node))
        parts = node.items if together and isinstance(node, Phrase | Factors) else (node,)
        out: list[int] = []
        for part in parts:
            if isinstance(part, Num) and part.text.isdigit():
                out.append(int(part.text))
                continue
            if isinstance(part, Sym) and _is_letter(part) and isinstance(local.get(key(part)), sp.Integer):
                out.append(int(local[key(part)]))  # what a sum is over: nearly every index
                continue
            names = _letters(part)
            if not names or not all(n in local or n in self.generic.sizes for n in names):
                return None
            try:
                value = rational(self.of(part, local, 0))
            except (Unlowered, Undetermined):
                return None
            if value is None or value.q != 1:
                return None
            out.append(int(value.p))
        return out

    def call(self, node: Call, local: Locals, depth: int) -> sp.Basic:
        name, _, _ = operator_parts(node.head)
        if name in ("det", "tr", "Tr", "diag", "vec"):
            self.generic.matrices = True
            self.generic.determinants = self.generic.determinants or name == "det"
            return self.of(node.fence, local, depth)
        try:
            return super().call(node, local, depth)
        except Unlowered:
            if name in ("max", "min", "exp", "log", "ln"):
                raise
        return self.generic.unknown(self.shown(node, local))

    def indicator(self, asked: Node, local: Locals, depth: int) -> sp.Basic:
        if not self.generic.of_indicators:
            raise Unlowered(f"{short(asked)} is read but not judged yet")
        return super().indicator(asked, local, depth)

    def membership(self, element: Node | None, among: Node, local: Locals) -> sp.Expr:
        """A name that is 0 or 1, one for each element and set."""
        inside = "" if element is None else f"{self.shown(element, local)} ∈ "
        name = f"[{inside}{self.shown(among, local)}]"
        self.generic.truths.add(name)
        return self.generic.symbol(name)

    def special(self, node: Call) -> Special | None:
        """The special function that a call is written like; where the letters may mean others, that is noted."""
        found = None if self.generic.opaque else super().special(node)
        if found is not None:
            self.generic.interpreted = True
            if not found.sure and operator_parts(node.head)[0] not in self.generic.told:
                self.generic.marked.add(key(node))
        return found

    def loose_call(self, node: Call, local: Locals, depth: int, power: Node | None) -> sp.Basic:
        if not isinstance(node.fence, Fence):
            raise Unlowered(f"{short(node)} has no value here")
        head = node.head.base if isinstance(node.head, Script) else node.head
        if key(head) in local or in_itself(node):
            return super().loose_call(node, local, depth, power)
        self.generic.uninterpreted.add(key(node.head))
        value = self.generic.unknown(self.shown(node, local))
        return value if power is None else sp.Pow(value, self.scalar(power, local, depth), evaluate=False)

    def shown(self, node: Node, local: Locals) -> str:
        """The text of a node with the values of the bound names in it."""
        inside = sorted({f"{key(n)}={local[key(n)]}" for n in walk(node) if isinstance(n, Sym) and key(n) in local})
        return key(node) + ("@" + ",".join(inside) if inside else "")

    def function(self, head: Node, argument: Node, local: Locals, depth: int) -> sp.Basic:
        name, _, sup = operator_parts(head)
        if name in ("tr", "det", "Tr"):
            self.generic.matrices = True
            self.generic.determinants = self.generic.determinants or name == "det"
            value = self.of(argument, local, depth)
            return value if sup is None else sp.Pow(value, self.scalar(sup, local, depth), evaluate=False)
        return super().function(head, argument, local, depth)

    def big(self, node: Big, local: Locals, depth: int) -> sp.Basic:
        name, _, _ = operator_parts(node.head)
        if node.body is not None and (found := approach(node)) is not None:
            return self.limit(found, node.body, local, depth)
        if name not in ("∫", "∬", "∭", "∮"):
            return super().big(node, local, depth)
        if self.generic.opaque:
            return self.generic.unknown(self.shown(node, local))
        met, names = set(self.generic.uninterpreted), set(self.generic.names)
        try:
            value = self.integral(node, local, depth)
            if self.generic.uninterpreted == met and self.can_be_computed(value):
                self.generic.interpreted = True
                return value
        except Unlowered:
            pass
        self.generic.uninterpreted, self.generic.names = met, names
        return self.generic.unknown(self.shown(node, local))

    def series(self, node: Big, sub: Node | None, local: Locals, depth: int) -> sp.Basic:
        """An infinite sum of known functions with a value somewhere. Raises Unlowered for any other."""
        met = set(self.generic.uninterpreted)
        value = super().series(node, sub, local, depth)
        if self.generic.opaque or self.generic.uninterpreted != met or not self.can_be_computed(value):
            raise Unlowered(f"{short(node)} has no value that can be computed")
        self.generic.interpreted = True
        return value

    def can_be_computed(self, value: sp.Basic) -> bool:
        """Whether an integral or an infinite sum has a value at the point at which it is asked for, or anywhere."""
        return (self.generic.at is not None and has_value(value, self.generic.at)) or can_be_enclosed(value)

    def reach(self, body: Factors, index: str) -> int:
        """A product sign takes all factors, or those up to the last one with its index; the first where none has it."""
        varying = [i for i, item in enumerate(body.items, 1) if index in free_names(item)]
        last = varying[-1] if varying else 1
        if last == len(body.items):
            return 0
        self.generic.products = True
        return last if self.generic.tight_products else 0

    def over(self, body: Node, index: str, numbers: range, local: Locals, depth: int) -> list[sp.Basic]:
        """A body without the index is read once, as that of ∑_j (ȳ_i − ȳ)² is; a definition in it may bring it in."""
        if self.generic.definitions or any(key(n) == index for n in walk(body) if isinstance(n, Sym | Script)):
            return super().over(body, index, numbers, local, depth)
        return [self.of(body, local, depth)] * len(numbers) if numbers else []

    def implicit_range(self, body: Node, sub: Node | None, local: Locals) -> tuple[str, range]:
        """A variable that is summed over without limits takes a few values."""
        inner = sub.body if isinstance(sub, Group) else sub
        if isinstance(inner, Chain) and inner.relations[0].sign == "∈" and is_name(inner.items[0]):
            inner = inner.items[0]
        if inner is None or not is_name(inner):
            raise Unlowered("the range of a sum is not given")
        self.generic.uninterpreted.add(f"range of {key(inner)}")
        return key(inner), range(1, SET_SIZE + 1)

    def normal_density(self, body: Node, local: Locals, depth: int) -> sp.Basic:
        raise Unlowered("laws are read but not judged yet")

    def entropy(self, body: Node, local: Locals, depth: int) -> sp.Basic | None:
        return None

    def mass(self, node: Call, body: Node, local: Locals) -> sp.Basic | None:
        return None

    def determinant(self, matrix: sp.Tuple) -> sp.Expr:
        if matrix.has(TrigonometricFunction):  # no block is a sine
            return super().determinant(matrix)
        raise Unlowered("a determinant of symbols, which may be blocks")

    def fence(self, node: Fence, local: Locals, depth: int) -> sp.Basic:
        if node.open in NORMS:
            self.generic.matrices = True
        if node.open in (r"\langle", "⟨"):
            return self.generic.unknown(self.shown(node, local))
        if node.open == "|":
            capitals = any(isinstance(n, Sym) and n.name.isupper() for n in walk(node))
            self.generic.matrices = self.generic.matrices or capitals
            self.generic.determinants = self.generic.determinants or capitals
        return super().fence(node, local, depth)


class Remembering(GenericLowering):
    """Lowers a relation and its edits: what stays of it is lowered once for each value of the names bound around it.

    Only for what holds neither derivatives nor integrals: these ask what was met on the way, which isn't remembered.
    """

    def __init__(self, generic: Generic, *roots: Node) -> None:
        super().__init__(generic)
        self._staying = {id(n): n for root in roots for n in walk(root)}
        self._lowered: dict[tuple[int, frozenset[tuple[str, sp.Basic]]], sp.Basic] = {}

    def of(self, node: Node, local: Locals, depth: int) -> sp.Basic:
        if id(node) not in self._staying:
            return super().of(node, local, depth)
        place = (id(node), frozenset(local.items()))
        found = self._lowered.get(place)
        if found is None:
            found = self._lowered[place] = super().of(node, local, depth)
        return found


def free_names(node: Node) -> set[str]:
    """The names in a node that no sum or product inside it binds."""
    if isinstance(node, Big) and isinstance(node.head, Script):
        sub = node.head.sub.body if isinstance(node.head.sub, Group) else node.head.sub
        bound = {key(sub.items[0])} if isinstance(sub, Chain) else {key(sub)} if sub is not None else set()
        inside = free_names(node.body) if node.body is not None else set()
        return (inside - bound) | (set(_letters(node.head.sup)) if node.head.sup is not None else set())
    found = {key(node)} if isinstance(node, Sym) else set()
    for child in children(node):
        found |= free_names(child)
    return found


def _numbered(sub: Node, local: Locals) -> Node:
    """An index with the whole numbers that a sum gives to the letters in it: 2, old for i, old. A letter that is
    integrated over stays a label: ∫ N(x | m_x, v_x) dx."""

    def numbered(node: Node) -> Num | None:
        value = local.get(key(node)) if isinstance(node, Sym) else None
        return Num(node.start, node.end, str(value)) if isinstance(value, sp.Integer) else None

    return rebuilt(sub, numbered)


def _inner_product(node: Factors, local: Locals) -> int | None:
    """The place of yᵀx in a product that divides by nothing, for small letters that no sum binds; None without one."""
    if any(sign not in ("", r"\cdot", r"\times") for sign in node.signs):
        return None
    for n, (one, other) in enumerate(zip(node.items, node.items[1:], strict=False)):
        plain = _untransposed(one)
        inner = plain is not one and not node.signs[n + 1] and _is_small(plain) and _is_small(other)
        if inner and not any(key(s) in local for side in (plain, other) for s in walk(side) if isinstance(s, Sym)):
            return n
    return None


def _untransposed(node: Node) -> Node:
    if not isinstance(node, Script) or node.sup is None or not is_transpose(node.sup):
        return node
    return node.base if node.sub is None else replace(node, sup=None)


def _is_small(node: Node) -> bool:
    if not is_name(node):
        return False
    while isinstance(node, Script | Accent | Styled | Group):
        node = node.base if isinstance(node, Script) else node.body
    return isinstance(node, Sym) and node.name.islower() and len(node.name) == 1


def _side_by_side(node: Factors) -> bool:
    return not any(node.signs) and all(isinstance(i, Sym | Num) for i in node.items)


def _loose_variable(node: Factors) -> str | None:
    """The variable of a bare d/dx in a product whose last factor has no brackets."""
    found = next((d for item in node.items if (d := bare_operator(item)) is not None), None)
    return None if found is None or isinstance(node.items[-1], Fence) else key(found.variables[0])
