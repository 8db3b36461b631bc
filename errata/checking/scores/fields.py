"""The value of a formula of densities and their slopes at one point of an interpretation.

Derivatives are exact: every value carries its Taylor series along. What has no meaning here raises Unlowered; shapes
that don't fit raise Misshapen; a point outside of a domain gives a value that is not finite.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from flint import arb, arb_series, fmpq

from claims.records import replace
from errata.checking.scores import shaped
from errata.checking.scores.averages import Average, Spot, along_the_line, around_a_normal, average_in
from errata.checking.scores.operators import Kind, Slope, narrowed, slope_in, slope_of_factors
from errata.checking.scores.shaped import Shaped, added, joined, multiplied, number, reciprocal, scaled
from errata.checking.scores.stated import Density, applied, is_density
from errata.checking.scores.world import TIME, Sort, World
from errata.reading.lowering import operator_parts, short
from errata.reading.names import is_inverse, is_name, is_power, is_transpose, key
from errata.reading.tree import (
    Brace,
    Call,
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
)
from errata.reading.vectors import Unlowered
from numerics.gradient_jets import Misshapen
from numerics.smooth_laws import Mixture, random_field
from numerics.taylor import Taylor
from numerics.undetermined import Undetermined

TIMES = frozenset({"t", "s", "τ", r"\tau"})
"""Names of times, which a density moves with and is no density of."""
_EACH: Mapping[str, Callable[[arb_series], arb_series]] = {
    "exp": arb_series.exp, "log": arb_series.log, "ln": arb_series.log, "sin": arb_series.sin, "cos": arb_series.cos,
}  # fmt: skip
_WHOLE = frozenset({"tr", "Tr", "trace", "div"})
_NORMS = frozenset({r"\|", "||", r"\lVert", r"\Vert", "‖"})
_UNITS = frozenset({"I", r"\mathbfI", r"\mathbf{I}"})
MOST_DEEP = 6
CLOSE = 1e-7
"""How far two rules for a mean may be apart."""

Bound = Mapping[str, Shaped]
"""The values of names that an argument has been put in for."""


class Fields:
    """Evaluates nodes in one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.plan = world.plan
        self.deep = 0
        self.deriving = 0

    def of(self, node: Node, bound: Bound) -> Shaped:
        """The value of a node."""
        if self.plan.tight:
            node = narrowed(node)
        slope = slope_in(node)
        if slope is not None:
            return self.slope(slope, bound)
        match node:
            case Num(text=text):
                return number(self.world.one.constant(fmpq(*_fraction(text))))
            case Group(body=body) | Brace(body=body):
                return self.of(body, bound)
            case Styled(body=body) if not is_name(node):
                return self.of(body, bound)
            case Fence():
                return self.fence(node, bound)
            case Terms(signs=signs, items=items):
                return added([self.signed(s, i, bound) for s, i in zip(signs, items, strict=True)])
            case Factors():
                return self.product(node, bound)
            case Frac(top=top, bottom=bottom):
                return multiplied(self.of(top, bound), reciprocal(self.of(bottom, bound)))
            case Root(body=body, index=None):
                return number(self.of(body, bound).number.root())
            case Function(head=head, argument=argument):
                return self.function(head, argument, bound)
            case Call():
                return self.call(node, bound)
            case Prefix(sign=Sym(name="-" | "−"), operand=operand):
                return scaled(-1, self.of(operand, bound))
            case Script(base=base, sub=sub, sup=sup) if sup is not None and (is_power(sup) or is_transpose(sup)):
                return self.raised(base if sub is None else replace(node, sup=None), sup, bound)
        if is_name(node):
            return self.name(node, bound)
        raise Unlowered(f"{short(node)} is read but not judged yet")

    def signed(self, sign: str, node: Node, bound: Bound) -> Shaped:
        if sign not in ("", "+", "-", "−", "–"):
            raise Unlowered(f"the sign {sign} is not arithmetic")
        value = self.of(node, bound)
        return value if sign in ("", "+") else scaled(-1, value)

    def fence(self, node: Fence, bound: Bound) -> Shaped:
        if node.body is None or isinstance(node.body, Phrase):
            raise Unlowered(f"{short(node)} is read but not judged yet")
        if node.open in _NORMS:
            return shaped.length(self.of(node.body, bound))
        if node.open not in ("(", "[", r"\{", "."):
            raise Unlowered(f"{short(node)} is read but not judged yet")
        return self.of(node.body, bound)

    def product(self, node: Factors, bound: Bound) -> Shaped:
        """A product from left to right."""
        value: Shaped = number(self.world.one)
        n = 0
        while n < len(node.items):
            sign = node.signs[n] if n else ""
            found = slope_of_factors(node, n)
            part, taken = (self.slope(found[0], bound), found[1]) if found else (self.of(node.items[n], bound), 1)
            n += taken
            if sign != "/":
                value = joined(value, sign, part)
            elif n < len(node.items) and not node.signs[n]:
                raise Unlowered("how far a slash reaches is not clear")
            else:
                value = multiplied(value, reciprocal(part))
        return value

    def function(self, head: Node, argument: Node, bound: Bound) -> Shaped:
        """A named function of what follows it."""
        name, sub, sup = operator_parts(head)
        if sub is not None or sup is not None:
            raise Unlowered(f"{short(head)} is not a function with a value here")
        if name == "div":
            return self.slope(Slope(Kind.DIVERGENCE, argument, None), bound)
        if name in _WHOLE:
            value = self.of(argument, bound)
            return shaped.trace(value) if self.plan.dim else value
        if name not in _EACH:
            raise Unlowered(f"{short(head)} is not a function with a value here")
        return number(self.of(argument, bound).number.mapped(_EACH[name]))

    def call(self, node: Call, bound: Bound) -> Shaped:
        """A density, a function of the document, a known function, or a product."""
        fence = node.fence
        if not isinstance(fence, Fence) or fence.body is None:
            raise Unlowered(f"{short(node)} has no value here")
        name, sub, sup = operator_parts(node.head)
        if sub is None and sup is None and (name in _EACH or name in _WHOLE):
            return self.function(node.head, fence, bound)
        if is_density(node.head):
            return number(self.density(node, bound))
        average = average_in(node)
        if average is not None:
            return self.mean(average, bound)
        sort = self.plan.functions.get(key(node.head))
        if sort is not None:
            arguments = fence.body.items if isinstance(fence.body, Phrase) else (fence.body,)
            inside = [e for a in arguments for e in self.of(a, bound).entries]
            return self.field(key(node.head), sort, inside)
        if node.sure or isinstance(fence.body, Phrase):
            raise Unlowered(f"{short(node)} has no value here")
        return joined(self.of(node.head, bound), "", self.of(fence, bound))

    def field(self, name: str, sort: Sort, arguments: list[Taylor]) -> Shaped:
        """A random smooth function: of the document nothing is known but its name."""
        many = sort is Sort.FIELD and self.plan.dim > 0
        seeds = (f"{self.world.seed} field {name} {k}" for k in range(self.plan.size if many else 1))
        found = [random_field(seed, arguments, self.world.one) for seed in seeds]
        return shaped.column(found) if many else number(found[0])

    def density(self, node: Call, bound: Bound) -> Taylor:
        """A density at the values of its names: as the document states it, or a random one."""
        taken = applied(node)
        if taken is None:
            raise Unlowered(f"{short(node)} has no value here")
        of_letter = [d for d in self.plan.densities if d.applied.head == taken.head]
        if not of_letter:
            return self.random_density(taken.head, taken.points, taken.given, bound)
        fitting = [d for d in of_letter if d.applied.written == taken.written]
        if len(fitting) != 1:
            raise Unlowered(f"what {short(node)} is beside the density that is stated")
        return self.stated(fitting[0], bound)

    def stated(self, density: Density, bound: Bound) -> Taylor:
        """A density that the document states, at the values of its names."""
        if density.up_to_a_factor:
            factor = self.world.value(f"the factor of {density.applied.head}", Sort.NUMBER).number
            return factor * self.of(density.body, bound).number
        if density.normal is None:
            return self.of(density.body, bound).number
        point, mean, cov = (self.of(n, bound) for n in (density.applied.points[0], *density.normal))
        return shaped.normal_density(point, mean, cov)

    def random_density(self, head: str, points: tuple[Node, ...], given: tuple[Node, ...], bound: Bound) -> Taylor:
        moves = self.moves(head) or any(key(n) in TIMES for n in (*points, *given))
        law = Mixture(f"{self.world.seed} law {head}", self.time() if moves else None)
        above, below = ([(key(n), self.of(n, bound).entries) for n in names if key(n) not in TIMES]
                        for names in (points, given))  # fmt: skip
        names = [name for name, _ in (*above, *below)]
        if len(set(names)) < len(names) or not above:
            raise Unlowered("one name stands twice in a density")
        one = self.world.one
        return law.density([*above, *below], one) / law.density(below, one)

    def mean(self, average: Average, bound: Bound) -> Shaped:
        """A mean by two rules, one of which checks the other. Raises Undetermined where they differ."""
        if bound or self.deriving or self.world.places:
            raise Unlowered("a mean that something is put into, or that is derived")
        self.world.approximate = True
        name, spots, weighs = self.rule(average)
        fine: list[Shaped] = []
        coarse: list[Shaped] = []
        for spot in spots:
            inside = Fields(replace(self.world, places={name: spot.place}))
            value = inside.of(average.body, {})
            mass = inside.of(average.density, {}).number.value if weighs else arb(1)
            for weight, total in ((spot.weight, fine), (spot.coarse, coarse)):
                if weight:
                    parts = (self.world.one.constant(e.value * mass * weight) for e in value.entries)
                    total.append(Shaped(tuple(parts), value.shape))
        found, check = added(fine), added(coarse)
        for a, b in zip(found.entries, check.entries, strict=True):
            if not abs(a.value - b.value) < CLOSE * (1 + abs(a.value)):
                raise Undetermined("two rules for a mean differ")
        return found

    def rule(self, average: Average) -> tuple[str, Iterable[Spot], bool]:
        """What a mean runs over, where its rule looks, and whether the density there still has to be weighed."""
        taken = applied(average.density) if isinstance(average.density, Call) else None
        variable = average.variable if average.variable is not None else taken.points[0] if taken else None
        name = self.plan.points[0] if variable is None else key(variable)
        head = taken.head if taken else key(average.density)
        stated = [d for d in self.plan.densities if d.applied.head == head]
        if taken is None and name != self.plan.points[0]:
            raise Unlowered("what a density is taken at is not clear")
        if not stated and not self.plan.dim:
            return name, along_the_line(self.world.one, None, None), True
        if len(stated) != 1 or stated[0].normal is None or stated[0].applied.names[0] != name:
            raise Unlowered("a mean under a law that has no rule here")
        mean, cov = (self.of(n, {}) for n in stated[0].normal)
        if self.plan.dim:
            if mean.shape != (self.plan.dim, 1):
                raise Misshapen("a mean of another shape")
            return name, around_a_normal(self.world.one, mean, cov), False
        spread = cov.number.value.sqrt()
        return name, along_the_line(self.world.one, mean.number.value, spread), True

    def bare_density(self, name: str, bound: Bound) -> Taylor:
        """p, p_t: a density at the point that is meant."""
        point = self.plan.points[0]
        of = [d for d in self.plan.densities if d.applied.head == name]
        if of:
            if len(of) != 1 or of[0].applied.names != (point,):
                raise Unlowered(f"what {name} is taken at is not clear")
            return self.stated(of[0], bound)
        law = Mixture(f"{self.world.seed} law {name}", self.time() if self.moves(name) else None)
        return law.density([(point, self.here(bound).entries)], self.world.one)

    def moves(self, name: str) -> bool:
        """Whether a density moves with the time: by its index, or as something is derived by the time."""
        return name.endswith("_t") or TIME in self.plan.along

    def time(self) -> Taylor:
        """The time that densities move with."""
        return self.world.value(TIME, Sort.NUMBER).number

    def here(self, bound: Bound) -> Shaped:
        """The point that is meant where none is written."""
        point = self.plan.points[0]
        return bound[point] if point in bound else self.world.value(point, self.plan.sorts.get(point, Sort.VECTOR))

    def raised(self, base: Node, sup: Node, bound: Bound) -> Shaped:
        """A power, a transpose or an inverse."""
        if isinstance(base, Sym) and base.name == "e" and base.font in ("", "roman"):
            return number(self.of(sup, bound).number.exponential())
        value = self.of(base, bound)
        if is_transpose(sup):
            if isinstance(base, Call) and is_density(base.head):
                raise Unlowered("what is transposed is not clear")
            return value.transposed
        if not value.shape:
            return number(value.number.power(self.of(sup, bound).number))
        if is_inverse(sup):
            return shaped.inverse(value)
        raise Misshapen("a power of a vector")

    def name(self, node: Node, bound: Bound) -> Shaped:
        """A name: what is bound to it, what it stands for, a function, or a value of its own."""
        name = key(node)
        if name in bound:
            return bound[name]
        if is_density(node) and name not in self.plan.sorts:
            return number(self.bare_density(name, bound))
        if name in (r"\pi", "π"):
            return number(self.world.one.constant(arb.pi()))
        if name in self.plan.bodies:
            return self.body(self.plan.bodies[name], bound)
        sort = self.plan.sorts.get(name)
        if sort is None:
            return self.unit(node)
        if sort in (Sort.FIELD, Sort.FUNCTION):
            return self.field(name, sort, list(self.here(bound).entries))
        return self.world.value(name, sort)

    def unit(self, node: Node) -> Shaped:
        """The unit matrix, and the dimension."""
        plain = node.base if isinstance(node, Script) else node
        one = self.world.one
        if key(plain) in _UNITS:
            size = self.plan.dim
            rows = [[one.constant(int(i == j)) for j in range(size)] for i in range(size)]
            return shaped.matrix(rows) if size else number(one)
        if key(node) in ("d", "D"):
            return number(one.constant(self.plan.size))
        raise Unlowered(f"{short(node)} has no value here")

    def body(self, node: Node, bound: Bound) -> Shaped:
        """What a name stands for."""
        if self.deep > MOST_DEEP:
            raise Unlowered("definitions lead around in a circle")
        self.deep += 1
        found = self.of(node, bound)
        self.deep -= 1
        return found

    def slope(self, slope: Slope, bound: Bound) -> Shaped:
        """The slopes of a quantity, by its coordinates."""
        name = self.plan.points[0] if slope.variable is None else key(slope.variable)
        along = self.plan.numbers.get(name)
        if along is None:
            raise Unlowered("a derivative in what is no point of a density")
        self.deriving += 1
        value = self.of(slope.operand, {k: v for k, v in bound.items() if k != name})
        self.deriving -= 1
        for _ in range(slope.order):
            flat = not self.plan.dim or name == TIME
            value = shaped.derived(slope.kind, value, along, flat, self.plan.summed)
        return value


def _fraction(text: str) -> tuple[int, int]:
    """A printed number as a fraction."""
    whole, _, decimals = text.replace(",", "").partition(".")
    if not (whole + decimals).isdigit():
        raise Unlowered(f"{text} is read but not judged yet")
    return int(whole + decimals), 10 ** len(decimals)
