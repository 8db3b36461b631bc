"""From the tree of a formula to a SymPy expression of numbers, by the bindings that are in force where it stands.

The expression stays as written (nothing is evaluated or reordered), printed decimals remain ``Printed``, and vectors
are ``Tuple``. A name without a value, or notation without a numeric meaning here, raises ``Unlowered`` with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from math import prod

import sympy as sp
from flint import fmpq

from claims.printed import Printed, about
from claims.records import Record, field, replace
from errata.reading import indicator_terms, indicators, vectors
from errata.reading.calculus import between, infinite
from errata.reading.families.deciding import holding, plain_cases
from errata.reading.mixed_numbers import has_spaced_numbers, mixed_at
from errata.reading.names import in_bold, is_inverse, is_power, is_transpose, key, unraised
from errata.reading.numbers import plain
from errata.reading.scope import FunctionBody, Scope, Value
from errata.reading.special import Special, special
from errata.reading.total_probability import is_probability, total_probability
from errata.reading.tree import (
    Accent,
    Bar,
    Big,
    Binom,
    Brace,
    Call,
    Chain,
    Factors,
    Fence,
    Frac,
    Function,
    Gap,
    Grid,
    Group,
    Lines,
    Node,
    Num,
    Opaque,
    Phrase,
    Postfix,
    Root,
    Script,
    Styled,
    Sym,
    Terms,
    Text,
    walk,
)
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, rational

MOST_TERMS = 2_000
"""Terms of a sum with numeric limits that are written out."""
MOST_DEPTH = 12
"""Definitions unfolded inside each other."""


_ROUNDED: Mapping[tuple[str, str], Callable[[sp.Expr], sp.Expr]] = {
    (r"\lfloor", r"\rfloor"): sp.floor,
    ("⌊", "⌋"): sp.floor,
    (r"\lceil", r"\rceil"): sp.ceiling,
    ("⌈", "⌉"): sp.ceiling,
}
"""What brackets that round do."""


class LogBase(Enum):
    """What a logarithm without a base means."""

    NATURAL = "natural"
    TWO = "base 2"
    TEN = "base 10"


class Convention(Record):
    """One admissible way to read what the notation leaves open."""

    log: LogBase = LogBase.NATURAL
    derived: bool = False
    """Whether a name stands for the expression it came from rather than for its printed value."""
    slash_takes_all: bool = False
    """Whether a/bc means a/(bc)."""
    first_index: int = 1
    word_index: int = 1
    """The component that a word in place of an index names: π_cat."""
    spread_is_std: bool = False
    """Whether the second parameter of N(·, ·) is a standard deviation."""
    mixed: bool = False
    """Whether 2 1/2 is a mixed number, not a product."""


class Lowered(Record):
    """An expression, with what it took from the document and which open conventions it touched."""

    expression: sp.Basic
    used: dict[str, Value | FunctionBody] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)


def lower(node: Node, scope: Scope, convention: Convention | None = None) -> Lowered:
    """The expression that a node stands for. Raises Unlowered."""
    lowering = Lowering(scope, convention or Convention())
    counted = _thousands(node)
    if counted is not node:
        lowering.touched.add("thousands")
    return Lowered(lowering.of(counted, {}, 0), lowering.used, lowering.touched)


_UNARY = {
    "exp": sp.exp, "sin": sp.sin, "cos": sp.cos, "tan": sp.tan, "sinh": sp.sinh, "cosh": sp.cosh, "tanh": sp.tanh,
    "arcsin": sp.asin, "arccos": sp.acos, "arctan": sp.atan, "erf": sp.erf, "erfc": sp.erfc, "Γ": sp.gamma,
    "ψ": sp.digamma,
}  # fmt: skip
_LOGS = {"log": None, "ln": sp.E, "lg": sp.Integer(10)}
_TIMES = frozenset({r"\times", "×"})
Locals = Mapping[str, sp.Basic]


def product(*factors: sp.Basic) -> sp.Basic:
    return factors[0] if len(factors) == 1 else sp.Mul(*factors, evaluate=False)


def negative(x: sp.Basic) -> sp.Basic:
    return vectors.scaled(sp.Integer(-1), x)


def reciprocal(x: sp.Basic) -> sp.Basic:
    return sp.Pow(x, -1, evaluate=False)


NAMED: frozenset[type] = frozenset((Sym, Script, Accent, Styled, Call))
"""Kinds of nodes that can be the name of a value."""


class Lowering:
    """One pass over a tree; remembers what it used. Subclasses say what a name without a value stands for."""

    def __init__(self, scope: Scope, convention: Convention) -> None:
        self.scope = scope
        self.convention = convention
        self.used: dict[str, Value | FunctionBody] = {}
        self.touched: set[str] = set()
        self.terms = 0

    def of(self, node: Node, local: Locals, depth: int) -> sp.Basic:
        kind = node.__class__
        found = self.named(node, local) if kind in NAMED and depth <= MOST_DEPTH * 20 else None
        return self.by_rule(node, kind, local, depth) if found is None else found

    def by_rule(self, node: Node, kind: type, local: Locals, depth: int) -> sp.Basic:
        """The expression of a node that is not itself the name of a value."""
        if depth > MOST_DEPTH * 20:
            raise Unlowered("definitions are nested too deeply")
        rule = _RULES.get(kind)
        if rule is None:
            raise Unlowered(f"{short(node)} is read but not judged yet")
        lowered: sp.Basic = getattr(self, rule)(node, local, depth + 1)
        return lowered

    def number(self, node: Num, local: Locals, depth: int) -> sp.Basic:
        value = number(node.text)
        return about(value) if isinstance(value, Printed) and self.scope.is_rounded(node.text) else value

    def named_by_sign(self, node: Sym, local: Locals, depth: int) -> sp.Basic:
        return self.symbol(node)

    def body(self, node: Group | Styled | Brace, local: Locals, depth: int) -> sp.Basic:
        return self.of(node.body, local, depth)

    def named_function(self, node: Function, local: Locals, depth: int) -> sp.Basic:
        return self.function(node.head, node.argument, local, depth)

    def only_line(self, node: Lines, local: Locals, depth: int) -> sp.Basic:
        if len(node.statements) != 1:
            raise Unlowered(f"{short(node)} is read but not judged yet")
        return self.of(node.statements[0], local, depth)

    def refuse(self, node: Gap | Opaque | Text, local: Locals, depth: int) -> sp.Basic:
        match node:
            case Opaque(text=text):
                raise Unlowered(f"{text!r} was not understood")
            case Text(text=text):
                raise Unlowered(f"the words {text.strip()!r} have no value")
            case _:
                raise Unlowered("nothing stands on one side")

    def fraction(self, node: Frac, local: Locals, depth: int) -> sp.Basic:
        numerator, denominator = self.of(node.top, local, depth), self.scalar(node.bottom, local, depth)
        return vectors.scaled(reciprocal(denominator), numerator)

    def root(self, node: Root, local: Locals, depth: int) -> sp.Basic:
        degree = sp.Integer(2) if node.index is None else self.scalar(node.index, local, depth)
        whole = isinstance(degree, sp.Integer) and degree != 0
        exponent = sp.Rational(1, degree) if whole else reciprocal(degree)
        return sp.Pow(self.scalar(node.body, local, depth), exponent, evaluate=False)

    def chosen(self, node: Binom, local: Locals, depth: int) -> sp.Basic:
        n, k = self.scalar(node.top, local, depth), self.scalar(node.bottom, local, depth)
        return sp.binomial(n, k, evaluate=False)

    def postfix(self, node: Postfix, local: Locals, depth: int) -> sp.Basic:
        value = self.scalar(node.operand, local, depth)
        if node.sign == "!!":
            return sp.factorial2(value, evaluate=False)
        return sp.factorial(value, evaluate=False) if node.sign == "!" else product(value, sp.Rational(1, 100))

    def scalar(self, node: Node, local: Locals, depth: int) -> sp.Expr:
        value = self.of(node, local, depth)
        if isinstance(value, sp.Tuple):
            raise Unlowered(f"{short(node)} is a vector where a number is needed")
        return value

    def named(self, node: Node, local: Locals) -> sp.Basic | None:
        """The value of a bound name, or of a bound P(D)."""
        if node.__class__ not in NAMED:
            return None
        name = key(node)
        if name in local:
            return local[name]
        value = self.scope.value(name)
        if value is None:
            return None
        self.used[name] = value
        return value.derived if self.convention.derived else value.printed

    def symbol(self, node: Sym) -> sp.Basic:
        if node.name == "π" and not node.font:
            return sp.pi
        if node.name == "e" and node.font in ("", "roman"):
            return sp.E
        raise Unlowered(f"{node.name} has no value here")

    def fence(self, node: Fence, local: Locals, depth: int) -> sp.Basic:
        if node.body is None:
            raise Unlowered("an empty bracket has no value")
        if isinstance(node.body, Grid):
            return self.distinction(node, local, depth)
        if (asked := indicators.bracketed(node)) is not None:
            return self.indicator(asked, local, depth)
        inner = self.of(node.body, local, depth)
        if node.open in (r"\{", r"\lbrace") and isinstance(inner, sp.Tuple):
            raise Unlowered("a set has no value")
        if node.open in ("|", r"\lvert", r"\vert") and isinstance(inner, sp.Tuple) and vectors.is_matrix(inner):
            return self.determinant(inner)
        if node.open in ("|", r"\lvert", r"\vert"):
            return vectors.norm(inner, sp.Integer(2)) if isinstance(inner, sp.Tuple) else sp.Abs(inner, evaluate=False)
        if node.open in (r"\|", "||", r"\lVert", r"\Vert", "‖"):
            return vectors.norm(inner, sp.Integer(2))
        if (node.open, node.close) in _ROUNDED and isinstance(inner, sp.Expr):
            return _rounded(_ROUNDED[node.open, node.close], inner)
        if node.open in ("(", "[", r"\{", ".", r"\lbrace") and node.close in (")", "]", r"\}", ".", r"\rbrace"):
            return inner
        raise Unlowered(f"{short(node)} is read but not judged yet")

    def indicator(self, asked: Node, local: Locals, depth: int) -> sp.Basic:
        """1 where all that is asked holds, and 0 elsewhere."""
        return indicator_terms.holding(
            asked, lambda part: self.scalar(part, local, depth), lambda x, among: self.membership(x, among, local)
        )

    def membership(self, element: Node | None, among: Node, local: Locals) -> sp.Expr:
        """1 where an element is in a set, or where an event happens: a set has no value."""
        raise Unlowered(f"{short(among)} is a set, or an event")

    def distinction(self, node: Grid | Fence, local: Locals, depth: int) -> sp.Basic:
        """The one case of a distinction that holds where the function which it defines is applied to numbers."""

        def worth(part: Node) -> fmpq | None:
            try:
                return rational(self.scalar(part, local, depth))
            except (Unlowered, Undetermined):
                return None

        found = holding(plain_cases(node), worth) if local else None  # it is of all values of its names elsewhere
        if found is None or len({key(case.value) for case in found}) != 1:
            raise Unlowered(f"{short(node)} is read but not judged yet")
        return self.of(found[0].value, local, depth)

    def listed(self, node: Phrase, local: Locals, depth: int) -> sp.Basic:
        if any(s.strip(", ") for s in node.separators) or any(isinstance(i, Text | Chain) for i in node.items):
            raise Unlowered(f"{short(node)} is not a list of numbers")
        return sp.Tuple(*(self.scalar(i, local, depth) for i in node.items))

    def script(self, node: Script, local: Locals, depth: int) -> sp.Basic:
        if node.primes:
            raise Unlowered(f"{short(node)} has no value here")
        raised = indicators.with_power(node)
        if (asked := indicators.condition(node if raised is None else raised[0])) is not None:
            value = self.indicator(asked, local, depth)
            return value if raised is None else sp.Pow(value, self.scalar(raised[1], local, depth), evaluate=False)
        if isinstance(node.base, Fence) and node.base.open in (r"\|", "||", r"\lVert", r"\Vert", "‖"):
            return self.norm_power(node, local, depth)
        if node.sub is not None:
            base: sp.Basic = self.component(node, local, depth)
        elif node.sup is not None and isinstance(node.base, Call) and (not node.base.sure or in_itself(node.base)):
            return self.loose_call(node.base, local, depth, node.sup)
        elif node.sup is not None and isinstance(node.base, Sym) and node.base.name == "e" and not node.base.font:
            if self.scope.value("e") is None and "e" not in local:
                return sp.exp(self.scalar(node.sup, local, depth), evaluate=False)
            base = self.of(node.base, local, depth)
        else:
            base = self.of(node.base, local, depth)
        if node.sup is None:
            return base
        if not is_power(node.sup):
            if node.sub is not None and self.named(replace(node, sub=None), local) is not None:
                return base
            if is_transpose(node.sup) and isinstance(base, sp.Tuple):
                return vectors.transposed(base)
            if is_inverse(node.sup) and isinstance(base, sp.Tuple):
                return vectors.inverse(base)
            raise Unlowered(f"{short(node)} has no value here")
        if isinstance(base, sp.Tuple):
            if is_inverse(node.sup) and vectors.is_matrix(base):
                return vectors.inverse(base)
            raise Unlowered("a power of a vector")
        return sp.Pow(base, self.scalar(node.sup, local, depth), evaluate=False)

    def component(self, node: Script, local: Locals, depth: int) -> sp.Basic:
        """A component of a vector that has a value."""
        name = unraised(node)
        found = self.named(name, local)
        if found is not None:
            return found
        if local and node.sub is not None:
            index = self._index(node.sub, local)
            if index is not None:
                found = self.named(Script(0, 0, node.base, index, None), local)
                if found is not None:
                    return found
        whole = self.named(node.base, local)
        if node.sup is not None and not is_power(node.sup):
            whole = self.named(replace(node, sub=None), local)  # the third of x^{(0)}
        if whole is None and (vector := in_bold(node.base)) is not None:
            whole = self.named(vector, local)
        if whole is not None and vectors.is_matrix(whole):
            raise Unlowered(f"{short(name)} is a part of a matrix")
        if isinstance(whole, sp.Tuple) and _is_word(node.sub):
            self.touched.add(f"word of {len(whole)}")
            if self.convention.word_index <= len(whole):
                return whole[self.convention.word_index - 1]
        if isinstance(whole, sp.Tuple) and node.sub is not None:
            place = self.scalar(node.sub, local, depth)
            self.touched.add("first_index")
            i = int(place) - self.convention.first_index if place.is_Integer else -1
            if 0 <= i < len(whole):
                return whole[i]
        raise Unlowered(f"{short(name)} has no value here")

    def _index(self, sub: Node, local: Locals) -> Num | None:
        """An index that is a bound variable, as the number it has in this term."""
        value = local.get(key(sub))
        return None if value is None or not value.is_Integer else Num(0, 0, str(value))

    def norm_power(self, node: Script, local: Locals, depth: int) -> sp.Basic:
        assert isinstance(node.base, Fence)
        inner = self.of(node.base.body, local, depth) if node.base.body is not None else sp.Tuple()
        order = sp.Integer(2) if node.sub is None else self._order(node.sub, local, depth)
        norm = vectors.norm(inner, order)
        if node.sup is None:
            return norm
        return sp.Pow(norm, self.scalar(node.sup, local, depth), evaluate=False)

    def _order(self, sub: Node, local: Locals, depth: int) -> sp.Expr:
        if isinstance(sub, Sym) and sub.name == "∞":
            return sp.oo
        return self.scalar(sub, local, depth)

    def sum(self, node: Terms, local: Locals, depth: int) -> sp.Basic:
        parts: list[sp.Basic] = []
        for sign, item in zip(node.signs, node.items, strict=True):
            if sign not in ("", "+", "-", "−", "–"):
                raise Unlowered(f"the sign {sign} is not arithmetic")
            value = self.of(item, local, depth)
            parts.append(negative(value) if sign in ("-", "−", "–") else value)
        return vectors.added(parts) if len(parts) > 1 else parts[0]

    def product(self, node: Factors, local: Locals, depth: int) -> sp.Basic:
        if has_spaced_numbers(node):
            raise Unlowered(f"{short(node)}: numbers side by side without a sign")
        out: list[sp.Basic] = []
        i = 0
        while i < len(node.items):
            sign, item = node.signs[i], node.items[i]
            if sign not in ("", r"\cdot", r"\times", "*", "/", "·", "×", r"\div", r"\ast", r"\odot", "⊙"):
                raise Unlowered(f"the sign {sign} is not arithmetic")
            if sign in _TIMES and is_vector(item) and is_vector(node.items[i - 1]):
                raise Unlowered(f"{short(node)}: a cross product of vectors")
            taken, value = self.run(node, i, local) or self.mixed(node, i, local, depth) or (1, None)
            if value is None:
                value = self.applied_beside(node, i, local, depth)
                taken = 1 if value is None else 2
            if value is None:
                value = self.of(item, local, depth)
            i += taken
            if sign in ("/", r"\div"):
                below = [value]
                while i < len(node.items) and node.signs[i] == "":
                    self.touched.add("slash_takes_all")
                    if not self.convention.slash_takes_all:
                        break
                    below.append(self.of(node.items[i], local, depth))
                    i += 1
                value = reciprocal(vectors.multiplied(below))
            out.append(value)
        return vectors.multiplied(out)

    def run(self, node: Factors, i: int, local: Locals) -> tuple[int, sp.Basic] | None:
        """How many factors from the i-th on are a product that the notes give a value to, X^⊤ X, and that value."""
        if self.scope.is_empty:
            return None
        end = i + 1
        while end < len(node.items) and not node.signs[end]:
            end += 1
        for last in range(end, i + 1, -1):
            items = node.items[i:last]
            name = key(replace(node, signs=("",) * len(items), items=items, start=items[0].start, end=items[-1].end))
            found = self.scope.value(name)
            if found is not None and name not in local:
                self.used[name] = found
                return last - i, found.derived if self.convention.derived else found.printed
        return None

    def mixed(self, node: Factors, i: int, local: Locals, depth: int) -> tuple[int, sp.Basic] | None:
        """Two factors that are a mixed number, and its value, where that is how 2 1/2 is read."""
        found = mixed_at(node, i)
        if found is None:
            return None
        self.touched.add("mixed")
        return (2, self.of(found, local, depth)) if self.convention.mixed else None

    def grid(self, node: Grid, local: Locals, depth: int) -> sp.Basic:
        """A matrix of numbers by its rows; a single row or column is a vector. Of cases, the one that holds."""
        if "matrix" not in node.environment:
            return self.distinction(node, local, depth)
        rows = [[self.of(cell, local, depth) for cell in row] for row in node.rows]
        if node.environment == "Vmatrix" or len({len(row) for row in rows}) != 1:
            raise Unlowered(f"{short(node)} is read but not judged yet")
        if any(isinstance(cell, sp.Tuple) for row in rows for cell in row):
            raise Unlowered(f"{short(node)}: a matrix of blocks")
        if len(rows) == 1 or len(rows[0]) == 1:
            return sp.Tuple(*(cell for row in rows for cell in row))
        matrix = sp.Tuple(*(sp.Tuple(*row) for row in rows))
        return self.determinant(matrix) if node.environment == "vmatrix" else matrix

    def determinant(self, matrix: sp.Tuple) -> sp.Expr:
        return vectors.determinant(matrix)

    def applied_beside(self, node: Factors, i: int, local: Locals, depth: int) -> sp.Basic | None:
        """f (3) read as a product, where f is a function that the document has defined."""
        if i + 1 >= len(node.items) or node.signs[i + 1] or not isinstance(node.items[i + 1], Fence):
            return None
        head, fence = node.items[i], node.items[i + 1]
        if not isinstance(head, Sym | Script | Accent) or self.scope.function(key(head)) is None:
            return None
        return self.applied(Call(head.start, fence.end, head, fence, True), local, depth)

    def function(self, head: Node, argument: Node, local: Locals, depth: int) -> sp.Basic:
        name, sub, sup = operator_parts(head)
        if sup is not None and key(sup) == "-1":
            raise Unlowered(f"{name} to the power −1 may be an inverse function")
        if isinstance(sup, Fence):
            return self.derived(name, sup, argument, local, depth)
        if name in _LOGS:
            value = self.logarithm(name, sub, self.scalar(argument, local, depth), local, depth)
        elif name in _UNARY and sub is None:
            value = _UNARY[name](self.scalar(argument, local, depth), evaluate=False)
        elif name in ("tr", "det") and sub is None:
            matrix = self.of(argument, local, depth)
            if not isinstance(matrix, sp.Tuple):
                raise Unlowered(f"{name} of what is no matrix of numbers")
            value = self.determinant(matrix) if name == "det" else vectors.trace(matrix)
        else:
            raise Unlowered(f"{name} is not a function with a value here")
        return value if sup is None else sp.Pow(value, self.scalar(sup, local, depth), evaluate=False)

    def derived(self, name: str, order: Fence, argument: Node, local: Locals, depth: int) -> sp.Basic:
        """The derivative of a function that a number in brackets counts: ψ^{(1)}(x) is the trigamma function."""
        number = sp.S.Zero if order.body is None else self.scalar(order.body, local, depth)
        if name != "ψ" or order.open != "(" or not (isinstance(number, sp.Integer) and number >= 0):
            raise Unlowered(f"{name} with a number in brackets above it may be a derivative")
        return sp.polygamma(number, self.scalar(argument, local, depth), evaluate=False)

    def logarithm(self, name: str, sub: Node | None, x: sp.Expr, local: Locals, depth: int) -> sp.Expr:
        base = _LOGS[name]
        if sub is not None:
            base = self.scalar(sub, local, depth)
        elif base is None:
            self.touched.add("log")
            base = {LogBase.NATURAL: sp.E, LogBase.TWO: sp.Integer(2), LogBase.TEN: sp.Integer(10)}[self.convention.log]
        natural = sp.log(x, evaluate=False)
        return natural if base is sp.E else product(natural, reciprocal(sp.log(base, evaluate=False)))

    def call(self, node: Call, local: Locals, depth: int) -> sp.Basic:
        name, sub, _ = operator_parts(node.head)
        body = node.fence.body if isinstance(node.fence, Fence) else None
        if body is None:
            raise Unlowered(f"{short(node)} has no value here")
        if (asked := indicators.condition(node)) is not None:
            return self.indicator(asked, local, depth)
        if name in ("max", "min") and sub is None and isinstance(body, Phrase):
            values = self.listed(body, local, depth)
            return (sp.Max if name == "max" else sp.Min)(*values, evaluate=False)
        if name in _LOGS or (name in _UNARY and self.scope.value(key(node.head)) is None):
            if isinstance(node.fence, Fence) and node.fence.open in ("|", r"\lvert"):
                return self.function(node.head, node.fence, local, depth)
            if not isinstance(body, Phrase | Bar) and self.scope.function(key(node.head)) is None:
                return self.function(node.head, body, local, depth)
        if vectors.is_divergence(name, sub) and isinstance(body, Bar):
            self.touched.add("log")
            return self.information(self.of(body.left, local, depth), self.of(body.right, local, depth), local, depth)
        if name == "H" and sub is None:
            entropy = self.entropy(body, local, depth)
            if entropy is not None:
                return entropy
        if vectors.is_normal(node.head) and isinstance(node.fence, Fence):
            return self.normal_density(node.fence, local, depth)
        component = self.mass(node, body, local)
        if component is not None:
            return component
        total = total_probability(node, self.scope) if is_probability(node) else None
        if total is not None:
            self.used |= total.used
            derived = self.convention.derived
            values = [[v.derived if derived else v.printed for v in term] for term in total.terms]
            return vectors.added([vectors.multiplied(term) for term in values])
        applied = self.applied(node, local, depth)
        if applied is not None:
            return applied
        if (known := self.special(node)) is not None:
            return known.build(*(self.scalar(a, local, depth) for a in known.arguments))
        if not node.sure or in_itself(node):
            return self.loose_call(node, local, depth, None)
        raise Unlowered(f"{short(node)} has no value here")

    def special(self, node: Call) -> Special | None:
        """The special function that a call is written like."""
        return special(node)

    def information(self, p: sp.Basic, q: sp.Basic, local: Locals, depth: int) -> sp.Basic:
        """KL(p ‖ q) of two vectors of probabilities, terms with p = 0 left out."""
        if not isinstance(p, sp.Tuple) or not isinstance(q, sp.Tuple) or len(p) != len(q):
            raise Unlowered("a divergence of laws that are not given as numbers")
        terms = [
            product(a, self.logarithm("log", None, product(a, reciprocal(b)), local, depth))
            for a, b in zip(p, q, strict=True)
            if not (a.is_zero or (isinstance(a, Printed) and a.value == 0))
        ]
        return vectors.added(terms)

    def entropy(self, body: Node, local: Locals, depth: int) -> sp.Basic | None:
        """H(p) and H(p, q) of vectors of probabilities; None where the arguments are anything else."""
        parts = body.items if isinstance(body, Phrase) else (body,)
        try:
            laws = [self.of(part, local, depth) for part in parts]
        except Unlowered:
            return None
        if (
            len(laws) not in (1, 2)
            or not all(isinstance(law, sp.Tuple) for law in laws)
            or len(laws[0]) != len(laws[-1])
        ):
            return None
        self.touched.add("log")
        terms = [
            product(a, self.logarithm("log", None, b, local, depth))
            for a, b in zip(laws[0], laws[-1], strict=True)
            if not (a.is_zero or (isinstance(a, Printed) and a.value == 0))
        ]
        return negative(vectors.added(terms)) if terms else sp.Integer(0)

    def normal_density(self, fence: Fence, local: Locals, depth: int) -> sp.Basic:
        """N(x | m, s²) or N(x; m, s²) at numbers. The second parameter is a variance, or a standard deviation."""
        body = fence.body
        if isinstance(body, Bar):
            parts = (body.left, *(body.right.items if isinstance(body.right, Phrase) else (body.right,)))
        else:
            parts = body.items if isinstance(body, Phrase) and ";" in body.separators[0] else ()
        if len(parts) != 3:
            raise Unlowered("a law has no single value")
        x, mean, spread = (self.scalar(part, local, depth) for part in parts)
        if not fence.variance:
            self.touched.add("spread")
        variance = sp.Pow(spread, 2, evaluate=False) if self.convention.spread_is_std else spread
        return vectors.normal_density(x, mean, variance)

    def mass(self, node: Call, body: Node, local: Locals) -> sp.Basic | None:
        """p(y) for a law that is given as a vector, y running over its places."""
        law = self.named(node.head, local)
        place = local.get(key(body))
        if not isinstance(law, sp.Tuple) or place is None or not place.is_Integer:
            return None
        return law[int(place) - 1] if 1 <= int(place) <= len(law) else None

    def applied(self, node: Call, local: Locals, depth: int) -> sp.Basic | None:
        """A function with a known body at these arguments."""
        function = self.scope.function(key(node.head))
        if function is None or not isinstance(node.fence, Fence) or node.fence.body is None:
            return None
        if depth > MOST_DEPTH * 10:
            raise Unlowered("definitions are nested too deeply")
        arguments = _arguments(node.fence.body)
        if len(arguments) > len(function.parameters):
            return None
        self.used["function " + function.key] = function
        bound = {p: self.of(a, local, depth + 10) for p, a in zip(function.parameters, arguments, strict=False)}
        return self.of(function.body, {**local, **bound}, depth + 10)

    def loose_call(self, node: Call, local: Locals, depth: int, power: Node | None) -> sp.Basic:
        """h(1 − p) as a product, where h is a number and not a function."""
        if isinstance(node.fence, Fence) and self.scope.function(key(node.head)) is None:
            factor = self.of(node.head, local, depth)
            inner = self.of(node.fence, local, depth)
            if power is not None:
                inner = sp.Pow(inner, self.scalar(power, local, depth), evaluate=False)
            return vectors.multiplied([factor, inner])
        raise Unlowered(f"{short(node)} has no value here")

    def big(self, node: Big, local: Locals, depth: int) -> sp.Basic:
        name, sub, sup = operator_parts(node.head)
        if name == "∫":
            return self.integral(node, local, depth)
        if name not in ("∑", "∏") or node.body is None:
            raise Unlowered(f"{short(node)} is read but not judged yet")
        if name == "∑" and sup is not None and infinite(sup) > 0:
            return self.series(node, sub, local, depth)
        index, numbers = self.limits(node, sub, sup, local, depth)
        if name == "∏" and isinstance(node.body, Factors) and (cut := self.reach(node.body, index)):
            inside, outside = split_factors(node.body, cut)
            return vectors.multiplied(
                [self.big(replace(node, body=inside), local, depth), self.of(outside, local, depth)]
            )
        self.terms += len(numbers)
        if self.terms > MOST_TERMS:
            raise Unlowered(f"a sum of more than {MOST_TERMS:,} terms")
        terms = self.over(node.body, index, numbers, local, depth)
        if not terms:
            return sp.Integer(0 if name == "∑" else 1)
        return vectors.added(terms) if name == "∑" else vectors.multiplied(terms)

    def series(self, node: Big, sub: Node | None, local: Locals, depth: int) -> sp.Basic:
        """An infinite sum, not evaluated; its index hides the name outside."""
        sub = sub.body if isinstance(sub, Group) else sub
        if node.body is None or not isinstance(sub, Chain) or [r.sign for r in sub.relations] != ["="]:
            raise Unlowered(f"{short(node)} is read but not judged yet")
        name = key(sub.items[0])
        if any(isinstance(n, Script) and n.sub is not None and _mentions(n.sub, name) for n in walk(node.body)):
            raise Unlowered("an infinite sum of what has its own value for each index")
        low = _worked_out(self.scalar(sub.items[1], local, depth))
        index = sp.Symbol(f"∑{name}", real=True)
        body = self.scalar(node.body, {**local, name: index}, depth)
        return sp.Sum(body, (index, low, sp.oo))

    def over(self, body: Node, index: str, numbers: range, local: Locals, depth: int) -> list[sp.Basic]:
        """What a sum or a product is of, for each number that its index takes."""
        return [self.of(body, {**local, index: sp.Integer(i)}, depth) for i in numbers]

    def integral(self, node: Big, local: Locals, depth: int) -> sp.Basic:
        """An integral in one variable between limits, not evaluated; its variable hides the name outside."""
        found = between(node)
        if found is None:
            raise Unlowered(f"{short(node)} is read but not judged yet")
        low = -sp.oo if found.low is None else self.scalar(found.low, local, depth)
        high = sp.oo if found.high is None else self.scalar(found.high, local, depth)
        name = key(found.variable)
        variable = sp.Symbol(f"∫{name}", real=True)
        body = self.scalar(found.body, {**local, name: variable}, depth)
        return indicator_terms.narrowed(body, variable, low, high)

    def reach(self, body: Factors, index: str) -> int:
        """How many factors a product sign takes; 0 for all of them."""
        return 0

    def limits(self, node: Big, sub: Node | None, sup: Node | None, local: Locals, depth: int) -> tuple[str, range]:
        if isinstance(sub, Group):
            sub = sub.body
        if isinstance(sub, Chain) and sup is not None and [r.sign for r in sub.relations] == ["="]:
            low, high = (_worked_out(self.scalar(limit, local, depth)) for limit in (sub.items[1], sup))
            if low.is_Integer and high.is_Integer and high - low < MOST_TERMS:
                return key(sub.items[0]), range(int(low), int(high) + 1)
            raise Unlowered("the limits of a sum are not numbers")
        if sup is None and node.body is not None:
            return self.implicit_range(node.body, sub, local)
        raise Unlowered(f"{short(node)} has no limits")

    def implicit_range(self, body: Node, sub: Node | None, local: Locals) -> tuple[str, range]:
        """The range of a sum without limits: all i for which every indexed name in it has a value."""
        wanted = None if sub is None else key(sub)
        found: dict[str, set[int]] = {}
        index = wanted
        for n in walk(body):
            if isinstance(n, Script) and isinstance(n.sub, Sym) and self.scope.value(key(n)) is None:
                if index is None:
                    index = key(n.sub)
                if key(n.sub) == index:
                    whole = self.named(n.base, local)
                    places = (
                        range(1, len(whole) + 1) if isinstance(whole, sp.Tuple) else self.scope.indexed(key(n.base))
                    )
                    found[key(n.base)] = set(places)
            if isinstance(n, Call) and isinstance(n.fence, Fence) and isinstance(n.fence.body, Sym):
                law = self.named(n.head, local)
                if isinstance(law, sp.Tuple) and key(n.fence.body) == wanted:
                    found[key(n.head)] = set(range(1, len(law) + 1))
        sizes = {frozenset(s) for s in found.values()}
        if index is None or index in local or len(sizes) != 1:
            raise Unlowered("the range of a sum is not given")
        numbers = sorted(next(iter(sizes)))
        if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[-1] + 1)) or numbers[0] > 1:
            raise Unlowered("the range of a sum is not given")
        return index, range(numbers[0], numbers[-1] + 1)


def _mentions(node: Node, name: str) -> bool:
    return any(key(n) == name for n in walk(node))


def _worked_out(limit: sp.Expr) -> sp.Expr:
    """5 − 1, as it is written, as the whole number that it is; anything else as it stands."""
    parts = [_worked_out(part) for part in limit.args] if isinstance(limit, sp.Add | sp.Mul) else []
    if not parts or not all(part.is_Integer for part in parts):
        return limit
    return sum(parts, sp.Integer(0)) if isinstance(limit, sp.Add) else prod(parts, start=sp.Integer(1))


def _thousands(node: Node) -> Node:
    """800K as a whole side of a relation: 800 thousand. A smaller number before K is a product with a number K."""
    if not isinstance(node, Factors) or len(node.items) != 2 or any(node.signs):
        return node
    count, unit = node.items
    if not (isinstance(count, Num) and isinstance(unit, Sym) and len(count.text) > 1 and unit.start == count.end):
        return node
    power = {"K": 3, "M": 6, "B": 9}.get(unit.name)
    if power is None:
        return node
    ten = Script(unit.start, unit.end, Num(unit.start, unit.end, "10"), None, Num(unit.start, unit.end, str(power)))
    return Factors(node.start, node.end, ("", r"\cdot"), (count, ten))


def is_vector(node: Node) -> bool:
    """Whether a factor is a name in bold or with an arrow, or a sum of such in brackets."""
    match node:
        case Script(base=base, sup=None):
            return is_vector(base)
        case Accent(kind=kind):
            return kind in ("vec", "overrightarrow")
        case Sym(font="bold"):
            return True
        case Fence(body=Terms(items=items)):
            return all(map(is_vector, items))
        case Factors(items=items):
            return is_vector(items[-1])
    return False


def split_factors(node: Factors, count: int) -> tuple[Node, Node]:
    """The first ``count`` factors and the rest."""
    first, rest = node.items[:count], node.items[count:]
    inside = first[0] if count == 1 else Factors(node.start, first[-1].end, node.signs[:count], first)
    outside = Factors(
        rest[0].start, node.end, ("" if node.signs[count] != "/" else "/", *node.signs[count + 1 :]), rest
    )
    return inside, outside


def _rounded(rounds: Callable[..., sp.Expr], inner: sp.Expr) -> sp.Expr:
    """The floor or ceiling of an expression. Where its exact value is known that is rounded: sympy takes the floor of a
    sum that is zero, and not evaluated, for −1 at times."""
    try:
        value = None if inner.has(Printed) else rational(inner)
    except Undetermined:
        value = None
    return rounds(inner) if value is None else rounds(sp.Rational(int(value.p), int(value.q)))


def number(text: str) -> sp.Expr:
    """A printed number: an exact integer, or a decimal with its precision."""
    digits = plain(text)
    return Printed(digits if not digits.startswith(".") else "0" + digits) if "." in digits else sp.Integer(int(digits))


def _arguments(body: Node) -> list[Node]:
    parts: list[Node] = [body]
    out: list[Node] = []
    while parts:
        part = parts.pop(0)
        if isinstance(part, Bar):
            parts = [part.left, part.right, *parts]
        elif isinstance(part, Phrase):
            parts = [*part.items, *parts]
        else:
            out.append(part)
    return out


def operator_parts(head: Node) -> tuple[str, Node | None, Node | None]:
    """The name of an operator, its subscript and its superscript; a primed one has no name here."""
    if isinstance(head, Script) and not head.primes and isinstance(head.base, Sym) and not head.primes:
        return head.base.name, head.sub, head.sup
    return (head.name, None, None) if isinstance(head, Sym) else ("", None, None)


def _is_word(sub: Node | None) -> bool:
    """Whether an index is a word, such as the name of a class."""
    return isinstance(sub, Sym) and len(sub.name) > 1 and sub.font in ("text", "roman")


def in_itself(node: Call) -> bool:
    """Whether a name stands before a bracket that holds it: p(1 − p), p^x (1 − p) are products, f(f(x)) is not."""
    head = node.head.base if isinstance(node.head, Script) and node.head.sub is None else node.head
    body = node.fence.body if isinstance(node.fence, Fence) else None
    if body is None or not isinstance(head, Sym) or isinstance(body, Phrase | Bar | Chain):
        return False
    called = {id(n.head) for n in walk(body) if isinstance(n, Call)}
    return any(isinstance(n, Sym) and n.name == head.name and n.font == head.font and id(n) not in called
               for n in walk(body))  # fmt: skip


def short(node: Node) -> str:
    text = " ".join(to_latex(node).split())
    return text if len(text) <= 40 else text[:37] + "…"


_RULES: Mapping[type, str] = {
    Num: "number",
    Sym: "named_by_sign",
    Group: "body",
    Styled: "body",
    Brace: "body",
    Fence: "fence",
    Script: "script",
    Frac: "fraction",
    Binom: "chosen",
    Root: "root",
    Terms: "sum",
    Factors: "product",
    Postfix: "postfix",
    Function: "named_function",
    Call: "call",
    Big: "big",
    Phrase: "listed",
    Grid: "grid",
    Lines: "only_line",
    Gap: "refuse",
    Opaque: "refuse",
    Text: "refuse",
}
"""The method for each kind of node: a table is quicker than a question for each kind, and parts are lowered often."""
