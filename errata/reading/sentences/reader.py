"""Reads a tree as a sentence of probability: arithmetic and names here, the rest by the modules beside it.

Everything is accounted for: what isn't understood raises Unlowered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from claims.sentences import (
    Apply,
    Density,
    Number,
    Place,
    Power,
    Product,
    Quotient,
    Sentence,
    Size,
    Slope,
    Sum,
    Unknown,
    Value,
)
from errata.reading.calculus import is_derivative
from errata.reading.names import is_name, is_outcome, is_power, key
from errata.reading.numbers import plain
from errata.reading.sentences import events, laws, lists, operators, totals
from errata.reading.sentences.heads import (
    argument_of,
    bare,
    canonical,
    is_random,
    letter,
    listed,
    operator,
    subscript,
)
from errata.reading.sentences.layers import Layers
from errata.reading.sentences.survey import Survey, is_operator, law
from errata.reading.tree import (
    Accent,
    Bar,
    Big,
    Brace,
    Call,
    Chain,
    Dots,
    Factors,
    Fence,
    Frac,
    Function,
    Group,
    Node,
    Num,
    Phrase,
    Prefix,
    Root,
    Script,
    Styled,
    Sym,
    Terms,
    walk,
)
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

MOST_DEPTH = 40
FUNCTIONS = {"log": "log", "ln": "log", "exp": "exp", "sqrt": "sqrt"}
_CALLED = frozenset("fghuvφψϕΦΨ")
_MINUS = ("-", "−", "–")
_TIMES = ("", "\\cdot", "\\times", "*", "\\ast", "·", "×")

_AT_VALUE = re.compile(r"=[^,|;]*")
"""The value of a variable in the bracket of a law: P(X | Y = y) is the law P(X | Y)."""

Scope = Mapping[str, int]
"""The numbers that indices stand for where a sum is written out."""


class Family(Enum):
    """What numbered names are: all values of one variable, a sample of its values, or variables of their own."""

    VALUES = "the sum runs over all values"
    SAMPLE = "the numbered names are a sample"
    VARIABLES = "each name with an index is a variable of its own"


@dataclass
class Reader:
    """How a relation is read: what it uses, the choices of one reading, and what was met on the way."""

    survey: Survey
    same: Mapping[str, str] = field(default_factory=dict)
    """Laws that are the same law in this reading: p_θ and p."""
    sizes: Mapping[str, int] = field(default_factory=dict)
    """Names that limit a sum which is written out."""
    family: Family = Family.VALUES
    """What the x_i are, where they are summed or multiplied over."""
    counted: set[str] = field(default_factory=set)
    informed: set[str] = field(default_factory=set)
    """Variables of an entropy H, which are counted where nothing says that they have densities."""
    integrated: set[str] = field(default_factory=set)
    positive: bool = False
    """Whether values must be positive: an integral from 0 to infinity."""
    whole: set[str] = field(default_factory=set)
    marked: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    counts: dict[str, str] = field(default_factory=dict)
    """Limits that say how many values a variable has."""
    codomains: dict[str, str] = field(default_factory=dict)
    """Functions that take values of a variable."""
    required: dict[str, set[Fraction]] = field(default_factory=dict)
    """Numbers that a variable must have among its values."""
    based: bool = True
    """Whether logarithms have the base that is written, or all have one base that is left open."""
    bases: set[str] = field(default_factory=set)
    factors: set[str] = field(default_factory=set)
    """Names with capital letters that were met in arithmetic."""
    parameters: dict[str, str] = field(default_factory=dict)
    """What stood after the semicolon of a law, by the law and its variables."""
    layers: Layers | None = None
    """What is known of laws that are composed of conditional ones."""
    depth: int = 0

    def of(self, node: Node, scope: Scope) -> Sentence:
        """The sentence that a node stands for. Raises Unlowered."""
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise Unlowered("too deep to be read as a sentence")
        found = self._of(node, scope)
        self.depth -= 1
        return found

    def _of(self, node: Node, scope: Scope) -> Sentence:
        match node:
            case Group(body=body) | Styled(body=body) if not (isinstance(node, Styled) and is_name(node)):
                return self.of(body, scope)
            case Brace(body=body):
                return self.of(body, scope)
            case Num():
                return number(node)
            case Frac() if is_derivative(node):
                raise Unlowered("a derivative is no sentence of probability")
            case Frac(top=top, bottom=bottom):
                return Quotient(self.of(top, scope), self.of(bottom, scope))
            case Root(body=body, index=None):
                return Apply("sqrt", self.of(body, scope))
            case Terms():
                return self.sum(node, scope)
            case Factors():
                return self.product(node, scope)
            case Fence():
                return self.fence(node, scope)
            case Function(head=head, argument=argument):
                return self.function(head, argument, scope)
            case Call():
                return self.call(node, scope)
            case Big():
                return totals.total(self, node, scope)
            case Script() | Sym() | Accent() | Styled():
                return self.named(node, scope)
            case Prefix(sign=Script(base=Sym(name="∇"), sub=by, sup=None), operand=operand) if by is not None:
                return self.slope(operand, by, scope)
            case _:
                raise Unlowered(f"{short(node)} is no sentence of probability yet")

    def slope(self, body: Node, by: Node, scope: Scope) -> Sentence:
        """∇_θ of something: θ has to be a number that laws or functions have as a subscript."""
        name = bare(by)
        if not is_name(name) or self.variable(name, scope) is not None:
            raise Unlowered("a derivative in a variable is no sentence of probability")
        return Slope(self.of(body, scope), key(name))

    def sum(self, node: Terms, scope: Scope) -> Sentence:
        terms: list[Sentence] = []
        for sign, item in zip(node.signs, node.items, strict=True):
            if sign not in ("", "+", *_MINUS):
                raise Unlowered(f"{sign} between numbers")
            term = self.of(item, scope)
            terms.append(negative(term) if sign in _MINUS else term)
        return terms[0] if len(terms) == 1 else Sum(tuple(terms))

    def note_parameters(self, found: str, node: Call, body: Node) -> None:
        """What stands after a semicolon may say which law it is: the same law has the same there. Raises Unlowered."""
        text = key(body)
        before, semicolon, after = text.partition(";")
        at = f"{found}({_AT_VALUE.sub('', before).lower()})"
        if self.parameters.setdefault(at, after if semicolon else "") != (after if semicolon else ""):
            raise Unlowered("a law with different parameters")

    def product(self, node: Factors, scope: Scope) -> Sentence:
        if any(isinstance(i, Dots) for i in node.items):
            node = lists.without_dots(self, node, scope)
        derivative = _derivative(node)
        if derivative is not None:
            return self.slope(derivative[0], derivative[1], scope)
        factors: list[Sentence] = []
        items = node.items
        for i, (sign, item) in enumerate(zip(node.signs, items, strict=True)):
            if operators.is_bare(item) and i + 1 < len(items):
                rest = items[i + 1 :]
                if any(node.signs[i + 1 :]):
                    raise Unlowered("how far an expectation without brackets reaches")
                inside = rest[0] if len(rest) == 1 else Factors(rest[0].start, node.end, ("",) * len(rest), rest)
                factors.append(operators.applied(self, item, inside, scope))
                break
            if operators.is_apart(item) and i + 1 < len(items) and isinstance(items[i + 1], Fence):
                factors.append(self.apart(item, items[i + 1 :], scope))
                break
            if sign == "/":
                if i + 1 < len(items):
                    raise Unlowered("how far a slash reaches")
                return Quotient(_times(factors), self.of(item, scope))
            if sign not in _TIMES:
                raise Unlowered(f"the product {sign}")
            factors.append(self.of(item, scope))
        return _times(factors)

    def apart(self, head: Node, rest: Sequence[Node], scope: Scope) -> Sentence:
        """D_KL and the bracket after it, which are no call to the parser."""
        body = rest[0].body if isinstance(rest[0], Fence) else None
        if len(rest) > 1 or body is None:
            raise Unlowered("a divergence among factors")
        return operators.applied(self, head, body, scope)

    def fence(self, node: Fence, scope: Scope) -> Sentence:
        if node.body is None:
            raise Unlowered("an empty bracket")
        if node.open in ("|", "\\lvert", "\\vert"):
            if isinstance(node.body, Sym) and node.body.font == "cal":
                return self.size_of(node.body)
            return self.bars(node.body, scope)
        if node.open in ("(", "[", "\\{", "\\lbrace", "\\lbrack"):
            return self.of(node.body, scope)
        raise Unlowered(f"the bracket {node.open}")

    def bars(self, body: Node, scope: Scope) -> Sentence:
        """An absolute value; around a capital letter alone it may be a determinant, which is a number too."""
        if is_name(body) and letter(body)[0].isupper() and self.variable(body, scope) is None:
            return Apply("abs", Value(f"|{key(body)}|"))
        heads = {id(n) for call in walk(body) if isinstance(call, Call) for n in walk(call.head)}
        names = [n for n in walk(body) if isinstance(n, Sym) and id(n) not in heads and n.name.isalpha()]
        if any(n.font not in ("", "roman") or n.name[:1].isupper() for n in names):
            raise Unlowered("bars around what may be no number")
        return Apply("abs", self.of(body, scope))

    def size_of(self, node: Sym) -> Sentence:
        """|𝒳|: how many values x has."""
        variable = node.name.lower()
        if variable not in self.survey.variables:
            raise Unlowered("the size of an unknown set")
        self.counted.add(variable)
        return Size(variable)

    def function(self, head: Node, argument: Node, scope: Scope) -> Sentence:
        name, _ = letter(head)
        if name not in FUNCTIONS or (isinstance(head, Script) and head.sup is not None):
            raise Unlowered(f"{short(head)} is no function of a sentence")
        found: Sentence = Apply(FUNCTIONS[name], self.of(argument, scope))
        base = subscript(head)
        if base is not None:
            if name != "log" or not (isinstance(base, Num) or is_name(base)):
                raise Unlowered("a logarithm with an unknown base")
            self.bases.add(key(base))
            return Quotient(found, Apply("log", self.of(base, scope))) if self.based else found
        elif name in ("log", "ln"):
            self.bases.add("")
        return found

    def call(self, node: Call, scope: Scope) -> Sentence:
        if (indicator := events.indicator(self, node, scope)) is not None:
            return indicator
        if is_operator(node.head, self.survey):
            return operators.applied_call(self, node, scope)
        if law(node.head, self.survey) is not None and not self._is_factor(node):
            return laws.density(self, node, scope)
        name, _ = letter(node.head)
        body = argument_of(node)
        if body is None:
            raise Unlowered(f"{short(node)} has no argument")
        if name in FUNCTIONS:
            return self.function(node.head, node.fence, scope)
        if not isinstance(node.fence, Fence) or node.fence.open not in ("(", "[", "\\{"):
            raise Unlowered(f"{short(node)} is no call")
        if not node.sure and name not in _CALLED:
            return Product((self.of(node.head, scope), self.of(body, scope)))
        self.unknown.add(key(node.head))
        arguments = tuple(self.value(p, scope) if is_name(p) else self.of(p, scope) for p in listed(body))
        return Unknown(self.indexed(node.head, scope), arguments)

    def _is_factor(self, node: Call) -> bool:
        """p(1 − p), where p is a number."""
        if isinstance(node.fence, Fence) and isinstance(node.fence.body, Bar | Chain | Phrase):
            return False
        return any(key(n) == key(node.head) for n in walk(node.fence) if is_name(n) and n is not node.head)

    def named(self, node: Node, scope: Scope) -> Sentence:
        """A name, or a power of something."""
        if isinstance(node, Script) and isinstance(node.base, Fence) and node.base.open in ("\\langle", "⟨"):
            return operators.angle(self, node, scope)
        if (found := events.indicator(self, node, scope)) is not None:
            return found
        if (deviation := operators.deviation(self, node, scope)) is not None:
            return deviation
        if isinstance(node, Script) and node.sup is not None and not is_name(node):
            return self.power(node, scope)
        if not is_name(node):
            raise Unlowered(f"{short(node)} is no name")
        return self.value(node, scope, arithmetic=True)

    def power(self, node: Script, scope: Scope) -> Sentence:
        assert node.sup is not None
        if node.primes or not is_power(node.sup):
            raise Unlowered(f"{short(node)} is no power")
        base = node.base
        if node.sub is not None:
            base = Script(node.start, node.end, node.base, node.sub, None)
        if isinstance(base, Sym) and base.name == "e" and base.font in ("", "roman"):
            raised = self.of(node.sup, scope)
            if isinstance(raised, Density):
                raise Unlowered("a letter in an exponent alone, as e^{p(s, a)}, is no law")
            return Apply("exp", raised)
        if (
            isinstance(base, Call)
            and operator(base.head) == ""
            and law(base.head, self.survey) is None
            and not base.sure
        ):
            raise Unlowered("a power of what may be a product")
        if is_outcome(node):
            raise Unlowered(f"{short(node)} may be an outcome and no power")
        exponent = bare(node.sup)
        if is_name(exponent) and self.variable(exponent, scope) is None and key(exponent) not in self.sizes:
            self.whole.add(key(exponent))
        return Power(self.of(base, scope), self.of(exponent, scope))

    def value(self, node: Node, scope: Scope, arithmetic: bool = False) -> Sentence:
        """What a name stands for: an index, a size, a value of a variable, or a number."""
        name, font = letter(node)
        plain = key(node)
        if plain in scope:
            return Number(Fraction(scope[plain]))
        if plain in self.counts:
            return Size(self.counts[plain])
        if plain in self.sizes:
            return Number(Fraction(self.sizes[plain]))
        a_law = arithmetic and law(node, self.survey) is not None and plain not in self.survey.random
        if a_law and (self.survey.usages.get(plain.lower()) or name.isupper()):
            raise Unlowered(f"the law {plain} stands for a number")
        if arithmetic and (font in ("bold", "bm", "cal", "double", "script") or "mathbf" in plain):
            raise Unlowered(f"{plain} may be no number")
        if name in ("∞", "i", "e", "∅", "·") and isinstance(node, Sym) and self.variable(node, scope) is None:
            raise Unlowered(f"{name} is read but not judged yet")
        if any(isinstance(n, Accent) for n in walk(node)) or (isinstance(node, Script) and node.sup is not None):
            self.marked.add(plain)
        if self._goes_with_another(node):
            raise Unlowered(f"{plain} may be made of the variable that it has as its subscript")
        if arithmetic and is_random(node):
            self.factors.add(self.indexed(node, scope))
        return Value(self.indexed(node, scope))

    def _goes_with_another(self, node: Node) -> bool:
        """Whether a variable has another as its subscript: D_X, the deviation of X; ϕ_z, which z picks among ϕ."""
        sub = bare(node.sub) if isinstance(node, Script) and node.sub is not None else None
        if not isinstance(node, Script) or not isinstance(sub, Sym) or key(sub).lower() not in self.survey.variables:
            return False
        return (is_random(sub) and is_random(node)) or key(node.base).lower() in self.survey.variables

    def indexed(self, node: Node, scope: Scope) -> str:
        """The key of a name, with the numbers of its indices in it."""
        found = key(node)
        if isinstance(node, Script) and node.sub is not None and (scope or self.sizes):
            at = totals.whole(self, node.sub, scope)
            if at is not None and not isinstance(bare(node.sub), Num):
                found = f"{key(node.base)}_{at}"
        return self.layers.also.get(found, found) if self.layers is not None else found

    def variable(self, node: Node, scope: Scope) -> str | None:
        """The variable of which a name is a value; None where it is a number of its own."""
        if key(node) in self.survey.values:
            return self.survey.values[key(node)]
        base = key(node.base).lower() if isinstance(node, Script) else ""
        if base in self.survey.families and self.family is not Family.VARIABLES:
            return base
        indexed = self.indexed(node, scope).lower()
        if canonical(node) in self.survey.variables:
            return indexed
        return indexed if isinstance(node, Script) and self.name_of(indexed) == indexed else None

    def at(self, variable: str, value: Sentence) -> Sentence:
        """A sentence where a value of a variable must stand. Raises Unlowered where it may be none."""
        match value:
            case Value(name=name) if self.name_of(name) in (None, variable):
                if self.name_of(name) is None:
                    if name[:1].isupper() and variable[:1].islower():
                        raise Unlowered("a random variable where a value should stand")  # P(Y = X) is no P(Y = y)
                    self.survey.values[name] = variable
            case Number(value=number):
                self.required.setdefault(variable, set()).add(number)
            case Unknown(name=name) if self.codomains.setdefault(name, variable) == variable:
                pass
            case _:
                raise Unlowered("a place that is no value of its variable")
        return value

    def name_of(self, name: str) -> str | None:
        """The variable of which a name is a value, by its key; None where it is a number of its own."""
        if name.endswith("°"):
            return name[:-1]
        if name in self.survey.values:
            return self.survey.values[name]
        base = name.partition("_")[0].lower()
        if base in self.survey.families and self.family is not Family.VARIABLES and "_" in name:
            return base
        lowered = name.lower()
        indexed = {v.partition("_")[0] for v in self.survey.variables if "_" in v}
        if lowered in self.survey.variables or ("_" in lowered and base in indexed):
            return lowered
        return None

    def moved(self, found: str, parameters: Sequence[str] = ()) -> tuple[Place, ...]:
        """The θ of p_θ and of p(x; θ) as a condition, where something is made largest over θ."""
        _, _, sub = found.partition("_")
        names = [n for n in sorted(self.survey.moved) if n == sub or n in parameters]
        return tuple(Place(name.lower(), Value(name)) for name in names)

    def is_event(self, node: Node) -> bool:
        """Whether a name is an event, or a member of a family of events."""
        base = f"{key(node.base).lower()}_" if isinstance(node, Script) else None
        known = self.survey.events
        return canonical(node) in known or (base is not None and any(e.startswith(base) for e in known))

    def law_key(self, found: str) -> str:
        return self.same.get(found, found)


def _derivative(node: Factors) -> tuple[Node, Node] | None:
    """What ∂/∂θ acts on at the head of a product, and θ."""
    first = node.items[0]
    if not isinstance(first, Frac) or len(node.items) < 2 or any(node.signs):
        return None
    top, bottom = bare(first.top), bare(first.bottom)
    if not isinstance(top, Sym) or top.name not in ("∂", "d") or not isinstance(bottom, Prefix):
        return None
    if not isinstance(bottom.sign, Sym) or bottom.sign.name != "∂":
        return None
    rest = node.items[1:]
    return (rest[0] if len(rest) == 1 else Factors(rest[0].start, node.end, node.signs[1:], rest)), bottom.operand


def number(node: Num) -> Number:
    try:
        return Number(Fraction(plain(node.text)))
    except ValueError:
        raise Unlowered(f"the number {node.text}") from None


def negative(sentence: Sentence) -> Sentence:
    return Product((Number(Fraction(-1)), sentence))


def short(node: Node) -> str:
    text = to_latex(node)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _times(factors: list[Sentence]) -> Sentence:
    if not factors:
        raise Unlowered("a division of nothing")
    return factors[0] if len(factors) == 1 else Product(tuple(factors))
