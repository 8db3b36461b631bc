"""The value of a formula in an interpretation: numbers, vectors and matrices with their slopes, names put in as the
document defines them.

What has no meaning here raises Unlowered; shapes that don't fit raise Misshapen; a point outside of a domain raises
Undetermined.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flint import arb

from claims.records import replace
from errata.checking.coordinates.bodies import Body, Use, bodies_of, is_bold, letter_of, use_of
from errata.checking.coordinates.indexing import Bound, Indexing
from errata.checking.coordinates.operations import (
    entry,
    norm,
    only,
    product_of,
    rational_of,
    reciprocal,
    scaled,
    softmax,
    without_comma,
)
from errata.checking.coordinates.slopes import applied_to, is_at_a_member, is_taken_at_a_place, slope_of
from errata.checking.coordinates.world import Drawn, Place, Plan, Sort
from errata.reading.calculus import bare_operator
from errata.reading.indicators import is_sign
from errata.reading.lowering import operator_parts, short
from errata.reading.names import is_name, is_power, is_transpose, key
from errata.reading.tree import (
    Accent,
    Big,
    Brace,
    Call,
    Chain,
    Factors,
    Fence,
    Frac,
    Function,
    Grid,
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
from errata.reading.vectors import Unlowered
from numerics import gradient_jets as jets
from numerics.gradient_jets import Array, Jet, Misshapen

MOST_DEEP = 12
"""Bodies within bodies that are put in."""
_EACH: Mapping[str, Callable[[Jet], Jet]] = {
    "exp": jets.exponential, "log": jets.logarithm, "ln": jets.logarithm, "sin": jets.sine, "cos": jets.cosine,
    "tanh": jets.tangent_hyperbolic, "sigmoid": jets.sigmoid, "logistic": jets.sigmoid, "expit": jets.sigmoid,
}  # fmt: skip
_WHOLE: Mapping[str, Callable[[Array], Array]] = {
    "det": jets.determinant, "tr": jets.trace, "Tr": jets.trace, "trace": jets.trace, "diag": jets.diagonal,
}  # fmt: skip
_NORMS = frozenset({r"\|", "||", r"\lVert", r"\Vert", "‖"})
_ROUND = frozenset({"(", "[", r"\{", "."})


class Values(Indexing):
    """Evaluates nodes of one relation at one point."""

    def __init__(self, plan: Plan, drawn: Drawn, along: Mapping[Place, int] | None = None) -> None:
        super().__init__(plan, drawn)
        self.along = along or {}
        """The number of each coordinate that slopes are taken along."""

    def of(self, node: Node, bound: Bound) -> Array:
        """The value of a node."""
        slope = slope_of(node)
        if slope is not None:
            return self.slope(*slope, bound)
        match node:
            case Num(text=text):
                return jets.scalar(jets.constant(rational_of(text)))
            case Group(body=body) | Brace(body=body):
                return self.of(body, bound)
            case Styled(body=body) if not is_name(node):
                return self.of(body, bound)
            case Fence():
                return self.fence(node, bound)
            case Terms(signs=signs, items=items):
                return jets.added([self.signed(s, i, bound) for s, i in zip(signs, items, strict=True)])
            case Factors():
                return self.product(node, bound)
            case Frac(top=top, bottom=bottom):
                return jets.multiplied(self.of(top, bound), reciprocal(self.of(bottom, bound)))
            case Root(body=body, index=None):
                return jets.scalar(jets.root(self.number(body, bound)))
            case Function(head=head, argument=argument):
                return self.function(head, argument, bound)
            case Call():
                return self.call(node, bound)
            case Big():
                return self.big(node, bound)
            case Grid():
                return self.cases(node, bound)
            case Script() if (found := self.special_script(node, bound)) is not None:
                return found
            case Prefix(sign=Sym(name="-" | "−"), operand=operand):
                return scaled(-1, self.of(operand, bound))
        if isinstance(node, Script | Sym | Accent | Styled) and (use := use_of(node)) is not None:
            return self.name(use, node, bound)
        raise Unlowered(f"{short(node)} is read but not judged yet")

    def number(self, node: Node, bound: Bound) -> Jet:
        """The value of what has to be a number."""
        found = self.of(node, bound)
        if not found.is_number:
            raise Misshapen(f"{short(node)} where a number is needed")
        return found.items[0]

    def signed(self, sign: str, node: Node, bound: Bound) -> Array:
        if sign not in ("", "+", "-", "−", "–"):
            raise Unlowered(f"the sign {sign} is not arithmetic")
        value = self.of(node, bound)
        return value if sign in ("", "+") else scaled(-1, value)

    def fence(self, node: Fence, bound: Bound) -> Array:
        if node.body is None or isinstance(node.body, Phrase | Chain):
            raise Unlowered(f"{short(node)} is read but not judged yet")
        if isinstance(node.body, Grid) and node.open in (r"\{", r"\lbrace"):
            return self.cases(node.body, bound)
        value = self.of(node.body, bound)
        if node.open in _NORMS:
            return norm(value)
        if node.open in ("|", r"\lvert", r"\vert"):
            return jets.mapped(jets.size, value) if value.is_number else norm(value)
        if node.open not in _ROUND:
            raise Unlowered(f"{short(node)} is read but not judged yet")
        return value

    def product(self, node: Factors, bound: Bound) -> Array:
        """A product from left to right; a number may stand anywhere in it, and a dot between two vectors is their inner
        product."""
        signs, items = node.signs, node.items
        value: Array | None = None
        n = 0
        while n < len(items):
            sign = signs[n] if value is not None else ""
            if is_taken_at_a_place(replace(node, items=items[n:], signs=("", *signs[n + 1 :]))):
                raise Unlowered("a derivative that is taken at a place")
            part, taken = self.factor(node, n, bound)
            n += taken
            if sign == "/":
                while n < len(items) and signs[n] == "":
                    part = jets.multiplied(part, self.of(items[n], bound))
                    n += 1
                part, sign = reciprocal(part), ""
            value = part if value is None else product_of(value, sign, part)
        if value is None:
            raise Unlowered("an empty product")
        return value

    def factor(self, node: Factors, n: int, bound: Bound) -> tuple[Array, int]:
        """The n-th factor, and how many items it is made of: d/dx takes all that follows it."""
        item, after = node.items[n], node.items[n + 1 : n + 2]
        if n and isinstance(item, Frac) and (operator := bare_operator(item)) is not None and after:
            rest = node.items[n + 1 :]
            signs = ("", *node.signs[n + 2 :])
            operand = rest[0] if len(rest) == 1 else replace(node, items=rest, signs=signs)
            if (
                len(operator.variables) != 1
                or operator.squared
                or "/" in signs
                or (len(rest) > 1 and isinstance(rest[0], Fence))
            ):
                raise Unlowered("how far the derivative reaches is not clear")
            return self.slope(operand, operator.variables[0], bound), 1 + len(rest)
        return self.of(item, bound), 1

    def function(self, head: Node, argument: Node, bound: Bound) -> Array:
        """A named function of what follows it, raised to a power or not."""
        name, sub, sup = operator_parts(head)
        value = self.applied(name, self.of(argument, bound)) if sub is None else None
        if value is None or (sup is not None and key(sup) == "-1"):
            raise Unlowered(f"{short(head)} is not a function with a value here")
        return value if sup is None else jets.scalar(jets.power(only(value), self.number(sup, bound)))

    def applied(self, name: str, value: Array) -> Array | None:
        if name in _EACH:
            return jets.mapped(_EACH[name], value)
        if name in _WHOLE:
            return _WHOLE[name](value)
        if name in ("softmax", "Softmax"):
            return softmax(value)
        return None

    def call(self, node: Call, bound: Bound) -> Array:
        """A function at its arguments; h(1 − p) is a product where h is none."""
        value = self.function_at(node, bound)
        return product_of(self.of(node.head, bound), "", self.of(node.fence, bound)) if value is None else value

    def function_at(self, node: Call, bound: Bound) -> Array | None:
        """A function at its arguments, by name or by what the document gives for it; None where it may be a product."""
        body = node.fence.body if isinstance(node.fence, Fence) else None
        if body is None or not isinstance(node.fence, Fence):
            raise Unlowered(f"{short(node)} has no value here")
        name, sub, sup = operator_parts(node.head)
        raised = sup is not None and is_power(sup)
        plain = sub is None and (sup is None or raised) and not isinstance(body, Phrase)
        if plain and (name in _EACH or name in _WHOLE or name in ("softmax", "Softmax")):
            return self.function(node.head, node.fence, bound)
        if (chosen := self.chosen(node, bound)) is not None:
            return chosen
        use = use_of(node)
        if use is not None and (found := self.body_of(use, node, bound)) is not None:
            return self.put_in(*found, bound)
        if plain and name == "σ" and not raised and not any(b.head.arguments for b in self.plan.bodies.get("σ", ())):
            self.drawn.sigmoid = True
            return jets.mapped(jets.sigmoid, self.of(body, bound))
        if use is not None and self.is_about_example(use):
            return self.name(replace(use, arguments=None), node.head, bound)
        if node.sure or isinstance(body, Phrase):
            raise Unlowered(f"{short(node)} has no value here")
        return None

    def is_about_example(self, use: Use) -> bool:
        """Whether the argument of a call is bold or the name of what the letter is defined at, so that it is no factor:
        π_k(x)."""
        given = self.plan.bodies.get(use.letter, ())
        return (
            bool(use.arguments) and any(not b.head.arguments for b in given) and all(map(is_bold, use.arguments or ()))
        )

    def chosen(self, node: Call, bound: Bound) -> Array | None:
        """1[i = j]: whether two whole numbers are the same; None for anything else."""
        body = node.fence.body if isinstance(node.fence, Fence) else None
        return self.indicator(body, bound) if is_sign(node.head) and isinstance(body, Chain) else None

    def indicator(self, condition: Node, bound: Bound) -> Array:
        return jets.scalar(jets.constant(int(self.is_true(condition, bound))))

    def cases(self, node: Grid, bound: Bound) -> Array:
        """The case whose condition on the indices holds."""
        if node.environment not in ("cases", "dcases", "array"):
            raise Unlowered(f"{short(node)} is read but not judged yet")
        for row in node.rows:
            if len(row) != 2:
                raise Unlowered("a case without a condition")
            words = [n for n in walk(row[1]) if isinstance(n, Chain)]
            other = not words and any("otherwise" in getattr(n, "text", "") or "else" in getattr(n, "text", "")
                                      for n in walk(row[1]))  # fmt: skip
            if other or (len(words) == 1 and self.is_true(words[0], bound)):
                return self.of(without_comma(row[0]), bound)
        raise Unlowered("no case applies")

    def big(self, node: Big, bound: Bound) -> Array:
        """A sum or a product over an index."""
        name, sub, sup = operator_parts(node.head)
        if name not in ("∑", "∏") or node.body is None or node.differentials:
            raise Unlowered(f"{short(node)} is read but not judged yet")
        letter, places = self.range(node.body, sub, sup, bound)
        inside = [replace(bound, indices={**bound.indices, letter: i}) for i in places]
        terms = [self.of(node.body, each) for each in inside]
        if not terms:
            return jets.scalar(jets.constant(int(name == "∏")))
        if name == "∑":
            return jets.added(terms)
        value = terms[0]
        for term in terms[1:]:
            value = jets.multiplied(value, term)
        return value

    def special_script(self, node: Script, bound: Bound) -> Array | None:
        """A power, a transpose, δ_ij, the component of a vector; None for a name with its indices."""
        if node.primes:
            raise Unlowered(f"{short(node)} has no value here")
        if node.sub is not None and is_sign(node.base):
            return self.indicator(node.sub, bound)
        if node.sup is not None and (is_power(node.sup) or is_transpose(node.sup)):
            base = node.base if node.sub is None else replace(node, sup=None)
            if node.sub is not None and isinstance(node.base, Fence) and key(node.sub) == "2":
                base = node.base
            return self.raised(base, node.sup, bound)
        if node.sub is not None and isinstance(node.base, Fence | Call):
            if isinstance(node.base, Fence) and node.base.open in _NORMS and key(node.sub) == "2":
                return self.of(node.base, bound)
            return entry(self.of(node.base, bound), self.index(node.sub, bound))
        return None

    def raised(self, base: Node, sup: Node, bound: Bound) -> Array:
        """A power or a transpose; of h(1 − p) where h is a number that of the bracket alone, as in c(1 − p)²."""
        if isinstance(base, Call) and base.fence is not None and self.function_at(base, bound) is None:
            return product_of(self.of(base.head, bound), "", self.raised(base.fence, sup, bound))
        if is_transpose(sup):
            return jets.transposed(self.of(base, bound))
        if isinstance(base, Sym) and base.name == "e" and base.font in ("", "roman"):
            return jets.scalar(jets.exponential(self.number(sup, bound)))
        value = self.of(base, bound)
        if not value.is_number:
            raise Misshapen("a power of a vector")
        return jets.scalar(jets.power(value.items[0], self.number(sup, bound)))

    def name(self, use: Use, node: Node, bound: Bound) -> Array:
        """A name: what is bound, what the document gives for it, or a value of its own."""
        if not use.indices and use.letter in bound.arguments:
            return bound.arguments[use.letter]
        if not use.indices and use.letter in bound.indices:
            return jets.scalar(jets.constant(bound.indices[use.letter]))
        if not use.indices and use.letter in self.plan.extents.limits:
            return jets.scalar(jets.constant(self.plan.extents.limits[use.letter]))
        found = self.body_of(use, node, bound)
        if found is not None:
            return self.put_in(*found, bound)
        if use.letter == "δ" and len(use.indices) == 2:
            one, other = self.places(use, bound)
            return jets.scalar(jets.constant(int(one == other)))
        if use.letter == "π" and not use.indices and ("π", 1) not in self.plan.sorts:
            return jets.scalar(Jet(arb.pi()))
        return self.leaf(use, bound)

    def leaf(self, use: Use, bound: Bound) -> Array:
        """A value drawn for the name."""
        places = self.places(use, bound)
        if self.is_lifted(use, bound):
            places = (*bound.example, *places)
        spot = (use.letter, len(places))
        self.drawn.spots.add(spot)
        extents = self.plan.extents
        length = extents.of(self.plan.lengths[spot]) if spot in self.plan.lengths else extents.features
        rows = extents.of(self.plan.lengths.get((use.letter.lower(), 0), "i"))
        match self.plan.sorts.get(spot, Sort.NUMBER):
            case Sort.NUMBER:
                return jets.scalar(self.jet(use.letter, places))
            case Sort.COLUMN:
                return jets.column([self.jet(use.letter, (*places, k)) for k in range(1, length + 1)])
            case Sort.STACK:
                return jets.column([self.jet(use.letter, (i,)) for i in range(1, rows + 1)])
            case Sort.MATRIX:
                across = range(1, extents.features + 1)
                return jets.matrix([[self.jet(use.letter.lower(), (i, k)) for k in across] for i in range(1, rows + 1)])
            case Sort.SQUARE | Sort.SYMMETRIC as sort:
                across = range(1, extents.features + 1)
                ordered = sort is Sort.SYMMETRIC
                entries = [[(min(i, k), max(i, k)) if ordered else (i, k) for k in across] for i in across]
                return jets.matrix([[self.jet(use.letter, entry) for entry in row] for row in entries])

    def jet(self, letter: str, places: tuple[int, ...]) -> Jet:
        value = arb(self.drawn.value((letter, places), self.plan))
        if not self.along:
            return Jet(value)
        at = self.along.get((letter, places))
        return Jet(value) if at is None else Jet(value, tuple(arb(int(n == at)) for n in range(len(self.along))))

    def body_of(self, use: Use, node: Node, bound: Bound) -> tuple[Body, Use, tuple[int, ...] | None] | None:
        """What the document gives for a name, with the example that it is taken for; None for a leaf."""
        if use.letter in self.plan.held or bound.depth > MOST_DEEP:
            if bound.depth > MOST_DEEP:
                raise Unlowered("definitions lead around in a circle")
            return None
        more, fitting = bodies_of(use, node, self.plan.bodies.get(use.letter, ()))
        if not fitting:
            return None
        places = self.places(use, bound)
        chosen = fitting[min(self.plan.turn, len(fitting) - 1)]
        if more == -1:
            return chosen, replace(use, indices=(*use.indices, chosen.head.indices[-1])), None
        return chosen, use, places

    def put_in(self, body: Body, use: Use, places: tuple[int, ...] | None, bound: Bound) -> Array:
        """The body of a name at its indices; a whole family as the column of its members."""
        if places is None:
            last = key(body.head.indices[-1])
            each = [
                replace(bound, indices={**bound.indices, last: i}) for i in range(1, self.plan.extents.of(last) + 1)
            ]
            return jets.column([only(self.put_in(body, use, self.places(use, one), one)) for one in each])
        self.drawn.used[use.letter] = (body.custom or "", body.formula)
        example = places[: len(places) - len(body.head.indices)]
        own = places[len(example) :]
        indices = dict(zip((key(i) for i in body.head.indices), own, strict=True))
        arguments = self.arguments(body, use, bound)
        if len(indices) != len(own):
            raise Unlowered("an index stands twice")
        inside = Bound({**bound.indices, **indices}, arguments, (*bound.example, *example), bound.depth + 1)
        return self.of(body.node, inside)

    def arguments(self, body: Body, use: Use, bound: Bound) -> dict[str, Array]:
        """The parameters of a function with what it is applied to; a name at itself stays the name."""
        given, wanted = use.arguments or (), body.head.arguments or ()
        out = dict(bound.arguments)
        for parameter, argument in zip(wanted, given, strict=False):
            if isinstance(parameter, Script) and key(parameter) == key(argument):
                continue
            letter = letter_of(parameter)
            if letter is None or (used := use_of(parameter)) is None or used.indices:
                raise Unlowered("an argument that is no name")
            out.pop(letter, None)
            if key(parameter) != key(argument) and any(letter_of(n) == letter for n in walk(body.node)):
                out[letter] = self.of(argument, bound)
            elif letter in bound.arguments:
                out[letter] = bound.arguments[letter]
        return out

    def slope(self, function: Node, variable: Node, bound: Bound) -> Array:
        """The derivative of an expression in all coordinates of a name."""
        use = use_of(variable)
        if self.along or use is None or use.arguments is not None or use.letter not in self.plan.held:
            raise Unlowered("a derivative that is not judged yet")
        if is_at_a_member(function, variable):
            raise Unlowered("a slope at a value of its variable")
        plain = Values(self.plan, Drawn(self.drawn.seed, self.drawn.low, self.drawn.high))
        shape = plain.leaf(use, bound).shape
        self.drawn.spots |= plain.drawn.spots
        coordinates = {place: n for n, place in enumerate(plain.drawn.values)}
        inside = Values(self.plan, self.drawn, coordinates)
        value = inside.of(applied_to(function, variable), bound)
        if not any(j.slopes for j in value.items):
            raise Unlowered("a derivative of something that may depend on the variable")
        return jets.gradient(value, shape)
