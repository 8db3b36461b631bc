"""The notation of moments, densities and distribution functions under laws that a document has named.

E(g(X)), Var(X), H(X), f_X(x), F_X(x), M_X(t), P(X ≤ x), N(x; μ, σ²), KL[P || Q] become integrals and sums of the
density of the law; everything else is read as in any expression of free symbols.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import sympy as sp

from claims.laws import Family, Uniform, density_of, is_outside, support_of
from claims.notation import Normal
from claims.records import replace
from errata.reading.calculus import infinite
from errata.reading.families.given import behind_bar, label_with
from errata.reading.families.notation import LawNode, law_node
from errata.reading.generic import Generic, GenericLowering
from errata.reading.lowering import Locals, operator_parts, short
from errata.reading.names import is_name, key
from errata.reading.special import special
from errata.reading.tree import (
    Accent,
    Bar,
    Big,
    Call,
    Chain,
    Factors,
    Fence,
    Function,
    Group,
    Node,
    Phrase,
    Script,
    Styled,
    Sym,
    Terms,
    children,
    walk,
)
from errata.reading.vectors import Unlowered, multiplied
from numerics.families import moments
from numerics.families.pieces import VARIABLES

Univariate = Family | Normal
_MEAN = frozenset(("E", "𝔼", "mean", "Mean", "Exp"))
_ANGLES = (r"\langle", "⟨")
_SPREADS: dict[str, Callable[[Univariate], sp.Expr]] = {
    "Skew": moments.skewness, "skew": moments.skewness, "Skewness": moments.skewness, "skewness": moments.skewness,
    "Kurt": moments.kurtosis, "kurt": moments.kurtosis,
}  # fmt: skip
_VARIANCE = frozenset(("Var", "var", "V", "𝕍", "Variance"))
_DEVIATION = frozenset(("std", "SD", "sd", "Std", "StdDev"))
_ENTROPY = frozenset(("H", "h", "Ent", "ent"))
_PROBABILITY = frozenset(("P", "Pr", "p", "ℙ", "Prob"))
_DIVERGENCE = frozenset(("KL", "D", "DKL"))


@dataclass
class Laws:
    """The laws in force, the options chosen for them, and what was met on the way."""

    variables: Mapping[str, LawNode]
    """The law of each variable, by the key of its name."""
    labels: Mapping[str, LawNode] = field(default_factory=dict)
    """The law of each name of a law or density: P, p, q."""
    over: Mapping[str, str] = field(default_factory=dict)
    """The variable of each density in ``labels``: p of p(x) is not that of p(y)."""
    choice: Mapping[str, int] = field(default_factory=dict)
    """Which option is taken, by the name of the notation; the first where nothing is said."""
    open: dict[str, int] = field(default_factory=dict)
    """Each notation that was met, with the number of its options."""
    met: list[Univariate] = field(default_factory=list)
    places: dict[sp.Symbol, Univariate] = field(default_factory=dict)
    """Symbols that are values of a variable, which have to lie in its support."""
    small: set[sp.Symbol] = field(default_factory=set)
    """Arguments of generating functions, which exist near zero."""
    within: list[tuple[Univariate, Univariate]] = field(default_factory=list)
    """Pairs of laws of which the first has to live where the second does."""
    bound: dict[sp.Basic, sp.Symbol] = field(default_factory=dict)
    """The names in the notes of the variables that integrals and sums bind."""
    unit: set[sp.Symbol] = field(default_factory=set)
    """Arguments of quantile functions, which are probabilities."""
    inside: set[str] = field(default_factory=set)
    """Names met inside expectations."""
    doubtful: bool = False
    """Whether a letter was taken for an operator that may well mean something else."""
    notes: set[str] = field(default_factory=set)


def _only_parameters(body: Node, law: LawNode) -> bool:
    """Whether all that stands after the bar of p(x | μ, σ) is a parameter of the law: p(x | y) may be any other law.
    What the law is given has to stand there too."""
    given = set(behind_bar(body))
    powers = {key(n) for n in walk(body.right) if _is_power(n)} if isinstance(body, Bar) else set()
    given -= law.given
    return (
        law.given <= behind_bar(body)
        and given <= names_of_law(law)
        and powers <= {key(n) for a in law.arguments for n in walk(a)}
    )


def _is_power(node: Node) -> bool:
    """Whether a node is a power: the σ² of p(x | μ, σ²) has to be the parameter itself."""
    return isinstance(node, Script) and node.sup is not None and not is_name(node)


def names_of_law(law: LawNode) -> set[str]:
    """The names in the parameters of a law."""
    return {key(n) for a in law.arguments for n in walk(a) if isinstance(n, Sym | Script) and is_name(n)}


def lower_under(node: Node, generic: Generic, laws: Laws) -> sp.Basic:
    """The expression in free symbols that a node stands for under the laws. Raises Unlowered."""
    return FamilyLowering(generic, laws).of(node, {}, 0)


def built(law: LawNode, generic: Generic, laws: Laws) -> Univariate:
    """The law with its parameters in free symbols. Raises Unlowered."""
    return FamilyLowering(generic, laws).law(law, {}, 0)


def variable_of(node: Node, laws: Laws) -> LawNode | None:
    """The law of a plain variable: of X, or of x where X has one and x has none."""
    if not is_name(node):
        return None
    return laws.variables.get(_variable_key(key(node), laws))


def _variable_key(name: str, laws: Laws) -> str:
    if name in laws.variables:
        return name
    capital = name[:1].upper() + name[1:]
    law = laws.variables.get(capital)
    return capital if law is not None and capital != name and name not in names_of_law(law) else ""


class FamilyLowering(GenericLowering):
    """Names without a value stand for themselves, and the operators of probability for what they define."""

    def __init__(self, generic: Generic, laws: Laws) -> None:
        super().__init__(generic)
        self.convention = replace(self.convention, slash_takes_all=not laws.choice.get("slash", 0))
        self.laws = laws
        self.depth = 0
        """How many expectations, sums and integrals are open."""
        self.densities: list[tuple[sp.Basic, Univariate]] = []
        """Each point at which a density was taken, with its law."""

    def law(self, node: LawNode, local: Locals, depth: int) -> Univariate:
        self.laws.open[node.name] = len(node.options)
        option = node.options[min(self.laws.choice.get(node.name, 0), len(node.options) - 1)]
        built = option.build(*(self.scalar(a, local, depth + 1) for a in node.arguments))
        if len(node.options) > 1 and option.note:
            self.laws.notes.add(option.note)
        if built not in self.laws.met:
            self.laws.met.append(built)
        return built

    def product(self, node: Factors, local: Locals, depth: int) -> sp.Basic:
        """A product, of which it is noted where it is open how far a slash reaches."""
        value = super().product(node, local, depth)
        if "slash_takes_all" in self.touched:
            self.laws.open["slash"] = 2
            if self.laws.choice.get("slash", 0):
                self.laws.notes.add("a/bc means (a/b)c")
        return value

    def call(self, node: Call, local: Locals, depth: int) -> sp.Basic:
        found = self.under_law(node, local, depth)
        if found is not None:
            return found
        if isinstance(node.fence, Fence) and not isinstance(node.fence.body, Phrase) and self.is_parameter(node.head):
            return multiplied([self.of(node.head, local, depth), self.of(node.fence, local, depth)])
        return super().call(node, local, depth)

    def is_parameter(self, head: Node) -> bool:
        """Whether a name before a bracket is a number: r (1 − p) is a product where r is a parameter of a law."""
        if not is_name(head):
            return False
        laws = (*self.laws.variables.values(), *self.laws.labels.values())
        return any(key(head) in names_of_law(law) for law in laws)

    def script(self, node: Script, local: Locals, depth: int) -> sp.Basic:
        """E[x]_{p(x)} and ⟨x⟩_{p(x)}, and powers of what is written with brackets."""
        if node.sub is not None and isinstance(node.base, Call | Fence):
            body = self.averaged(node.base)
            law = None if body is None else self.law_of_subscript(node.sub)
            if body is not None and law is not None:
                value = self.expected(body, law, local, depth)
                return value if node.sup is None else value ** self.scalar(node.sup, local, depth)
        if node.sub is None and node.sup is not None and isinstance(node.base, Call):
            found = self.under_law(node.base, local, depth)
            if found is not None:
                return found ** self.scalar(node.sup, local, depth)
        return super().script(node, local, depth)

    def symbol(self, node: Sym) -> sp.Basic:
        if node.name == "d" and node.font == "roman":
            raise Unlowered("a differential without an integral")
        return super().symbol(node)

    def fence(self, node: Fence, local: Locals, depth: int) -> sp.Basic:
        body = self.averaged(node)
        if body is not None and (law := self.law_in(body)) is not None:
            return self.expected(body, law, local, depth)
        return super().fence(node, local, depth)

    def function(self, head: Node, argument: Node, local: Locals, depth: int) -> sp.Basic:
        name, sub, sup = operator_parts(head)
        if name == "erf" and sub is None and sup is not None and key(sup) == "-1":
            return sp.erfinv(self.scalar(argument, local, depth), evaluate=False)
        return super().function(head, argument, local, depth)

    def logarithm(self, name: str, sub: Node | None, x: sp.Expr, local: Locals, depth: int) -> sp.Expr:
        """Under an expectation the logarithm of a product is that of its factors, so that exponentials cancel."""
        if self.depth and sub is None and name in ("log", "ln"):
            return moments.log_of(x)
        return super().logarithm(name, sub, x, local, depth)

    def under_law(self, node: Call, local: Locals, depth: int) -> sp.Basic | None:
        """What a call means under the laws; None where it means nothing special."""
        body = node.fence.body if isinstance(node.fence, Fence) else None
        name, sub, sup = operator_parts(node.head)
        if body is None or not name:
            return None
        if sup is not None:
            return self.inverse(node, name, sub, sup, body, local, depth)
        density = law_node(node)
        if density is not None and density.point is not None:
            return self.density(self.law(density, local, depth), density.point, local, depth)
        if name in _DIVERGENCE and isinstance(body, Bar) and body.sign in ("||", r"\|", "‖", r"\Vert", r"\parallel"):
            return self.divergence(body, local, depth)
        italic = isinstance(node.head, Script) or (isinstance(node.head, Sym) and not node.head.font)
        if name in _MEAN:
            law = self.law_of_subscript(sub) if sub is not None else self.law_in(body)
            return None if law is None else self.doubted(self.expected(body, law, local, depth), italic, node)
        if sub is None and (name in _VARIANCE or name in _DEVIATION or name in _SPREADS):
            value = self.spread(name, body, local, depth)
            return None if value is None else self.doubted(value, italic and name == "V", node)
        if sub is None and name in _ENTROPY:
            value = self.entropy_of(body, local, depth)
            return None if value is None else self.doubted(value, italic and name == "h", node)
        event = self.event(body) if name in _PROBABILITY and sub is None else None
        if event is not None:
            return self.probability(event, local, depth)
        return self.function_of(node, name, sub, body, local, depth)

    def doubted(self, value: sp.Basic, doubtful: bool, node: Call) -> sp.Basic:
        """Notes a letter in plain italics before a round bracket: E(x) may be an energy."""
        if doubtful and isinstance(node.fence, Fence) and node.fence.open == "(":
            self.laws.doubtful = True
        return value

    def averaged(self, node: Node) -> Node | None:
        """The inside of E[…] without a law of its own, and of ⟨…⟩."""
        if isinstance(node, Fence) and node.open in _ANGLES:
            return node.body
        if isinstance(node, Call) and isinstance(node.fence, Fence):
            name, sub, sup = operator_parts(node.head)
            return node.fence.body if name in _MEAN and sub is None and sup is None else None
        return None

    def law_of_subscript(self, sub: Node) -> tuple[str, LawNode] | None:
        """The variable and the law that a subscript names: p(x), x ∼ p, X, Bin(n, p)."""
        inner = sub.body if isinstance(sub, Group) else sub
        if isinstance(inner, Chain) and inner.relations[0].sign == "∼" and is_name(inner.items[0]):
            law = law_node(inner.items[1]) or self.labelled(inner.items[1])
            return None if law is None else (key(inner.items[0]), law)
        if isinstance(inner, Call) and isinstance(inner.fence, Fence) and inner.fence.body is not None:
            law = law_node(inner)
            if law is not None:
                return "", law
            body = inner.fence.body
            variable = body.left if isinstance(body, Bar) else body
            law = self.labelled(inner) if is_name(variable) else None
            if law is None and variable is body and is_name(variable):
                law = variable_of(variable, self.laws)
            return None if law is None else (key(variable), law)
        if is_name(inner) and (law := self.laws.variables.get(key(inner))) is not None:
            return key(inner), law
        law = self.labelled(inner)
        return None if law is None else ("", law)

    def labelled(self, node: Node) -> LawNode | None:
        """The law of a name for it: of P, and of the density p of P."""
        if isinstance(node, Call) and isinstance(node.fence, Fence):
            body = node.fence.body
            first = body.left if isinstance(body, Bar) else body
            if body is not None and first is not None and is_name(first):
                name = key(node.head)
                label = name if name in self.laws.labels or len(name) > 1 else name.upper()
                return self.density_of(label, first, body)
            node = node.head
        name = key(node)
        return self.laws.labels.get(name) or (self.laws.labels.get(name.upper()) if len(name) == 1 else None)

    def law_in(self, body: Node) -> tuple[str, LawNode] | None:
        """The one variable in an expression whose law is known; None where there is none, raises for several."""
        found = {name: law for name in _names(body) if (law := self._known(name)) is not None}
        if not found:
            return None
        if len(found) > 1:
            raise Unlowered("an expectation of several variables")
        return next(iter(found.items()))

    def _known(self, name: str) -> LawNode | None:
        return self.laws.variables.get(_variable_key(name, self.laws))

    def expected(self, body: Node, of: tuple[str, LawNode], local: Locals, depth: int) -> sp.Basic:
        """E[g(X)]: every other name in g is a constant, and capitals are none."""
        name, node = of
        names = _names(body)
        if not name:
            name = self.sole(names, node)
        if name in local:
            raise Unlowered("an expectation over a name that is bound")
        self.check_constants(names - {name}, name, node)
        law = self.law(node, local, depth)
        self.depth += 1
        try:
            return moments.expectation(
                law, lambda x: self.scalar(body, {**local, **_both(name, x, names)}, depth + 1), self.level()
            )
        finally:
            self.depth -= 1

    def level(self) -> int:
        if self.depth > len(VARIABLES):
            raise Unlowered("expectations are nested too deeply")
        return self.depth - 1

    def bound(self, name: str) -> sp.Symbol:
        """The symbol for a name that an integral or a sum binds."""
        u = VARIABLES[self.level()]
        self.laws.bound[u] = sp.Symbol(name)
        return u

    def sole(self, names: set[str], node: LawNode) -> str:
        """The variable of E[g(x)]_{Law}: the one name in g that is no parameter."""
        loose = sorted(names - names_of_law(node))
        if len(loose) != 1:
            raise Unlowered("which variable the expectation is over is not said")
        return loose[0]

    def check_constants(self, others: set[str], name: str, law: LawNode) -> None:
        for other in others:
            if other in names_of_law(law) or other.lower() == name.lower():
                continue
            if other[:1].isupper() and other not in ("E", "H", "P"):
                raise Unlowered(f"{other} may vary too")
        self.laws.inside |= others - names_of_law(law)

    def spread(self, name: str, body: Node, local: Locals, depth: int) -> sp.Basic | None:
        """Var(g(X)), its root, and the skewness and kurtosis of X."""
        law = self.law_in(body)
        if law is None:
            return None
        if name in _SPREADS:
            return _SPREADS[name](self.law(law[1], local, depth)) if is_name(body) else None
        self.check_constants(_names(body) - {law[0]}, law[0], law[1])
        known, names = self.law(law[1], local, depth), _names(body)

        def inside(x: sp.Expr) -> sp.Expr:
            return self.scalar(body, {**local, **_both(law[0], x, names)}, depth + 1)

        self.depth += 1
        try:
            first = moments.expectation(known, inside, self.level())
            second = moments.expectation(known, lambda x: inside(x) ** 2, self.level())
        finally:
            self.depth -= 1
        value = second - first**2
        return sp.sqrt(value) if name in _DEVIATION else value

    def entropy_of(self, body: Node, local: Locals, depth: int) -> sp.Basic | None:
        """H(X) and H[p], and H(p, q) of two laws; in nats or in bits."""
        if isinstance(body, Phrase):
            known = [self.labelled(i) for i in body.items]
            if len(known) != 2 or known[0] is None or known[1] is None:
                return None
            laws = [self.law(k, local, depth) for k in known if k is not None]
            return self.in_unit(self.crossed(*laws))
        node = variable_of(body, self.laws) or self.labelled(body)
        return None if node is None else self.in_unit(moments.entropy(self.law(node, local, depth)))

    def in_unit(self, value: sp.Expr) -> sp.Expr:
        self.laws.open["unit"] = 2
        if not self.laws.choice.get("unit", 0):
            return value
        self.laws.notes.add("it is in bits")
        return value / sp.log(2)

    def divergence(self, body: Bar, local: Locals, depth: int) -> sp.Basic | None:
        p, q = self.labelled(body.left), self.labelled(body.right)
        p, q = p or law_node(body.left), q or law_node(body.right)
        if p is None or q is None:
            return None
        first, second = self.law(p, local, depth), self.law(q, local, depth)
        return self.in_unit(self.crossed(first, second) - moments.entropy(first))

    def crossed(self, p: Univariate, q: Univariate) -> sp.Expr:
        """The cross-entropy, where the support of p is that of q whatever the parameters are."""
        if support_of(p) == support_of(q):
            return moments.cross_entropy(p, q)
        if isinstance(p, Uniform) and isinstance(q, Uniform):
            self.laws.within.append((p, q))
            return moments.cross_entropy(p, q)
        raise Unlowered("laws with different supports")

    def density(self, law: Univariate, point: Node, local: Locals, depth: int) -> sp.Basic:
        at = self.scalar(point, local, depth)
        self.note_place(at, law)
        self.densities.append((at, law))
        return sp.S.Zero if isinstance(at, sp.Expr) and is_outside(law, at) else density_of(law, at)

    def note_place(self, at: sp.Basic, law: Univariate) -> None:
        if isinstance(at, sp.Symbol) and at not in VARIABLES:
            self.laws.places.setdefault(at, law)

    def function_of(
        self, node: Call, name: str, sub: Node | None, body: Node, local: Locals, depth: int
    ) -> sp.Basic | None:
        """f_X(x), F_X(x), M_X(t), and p(x) where X has a law or p names one."""
        if sub is not None:
            law = self.laws.variables.get(key(sub))
            if law is None or isinstance(body, Phrase | Bar | Chain):
                return None
            if name in ("f", "p", "P") and is_name(sub):
                if law.written:
                    return None
                return self.density(self.law(law, local, depth), body, local, depth)
            if name == "F":
                return self.distribution(self.law(law, local, depth), body, local, depth)
            return self.generating(name, self.law(law, local, depth), body, local, depth)
        first = body.left if isinstance(body, Bar) else body
        if isinstance(first, Phrase) and ";" in first.separators[0]:
            first = first.items[0]
        label = name if name in self.laws.labels or name not in ("p", "q") else name.upper()
        labelled = self.density_of(label, first, body) if name in ("p", "q", "f", "g") and is_name(first) else None
        if labelled is not None and _only_parameters(body, labelled):
            return self.density(self.law(labelled, local, depth), first, local, depth)
        if name in ("p", "f") and is_name(first):
            law = variable_of(first, self.laws)
            other = law is not None and name == "p" and self.is_of_q(key(first), law)
            if law is not None and not law.written and not other and _only_parameters(body, law):
                self.laws.doubtful = self.laws.doubtful or name == "f"
                return self.density(self.law(law, local, depth), first, local, depth)
        return self.marginal(label, first, local, depth) if first is body and is_name(first) else None

    def marginal(self, label: str, variable: Node, local: Locals, depth: int) -> sp.Basic | None:
        """p(x) where p(x | z) and p(z) are known, by total probability."""
        start = label_with(label, key(variable), frozenset()).removesuffix(")")
        of = [law for n, law in self.laws.labels.items() if n.startswith(start) and len(law.given) == 1]
        given = next(iter(of[0].given)) if len(of) == 1 else ""
        before = self.laws.labels.get(label_with(label, given, frozenset())) or self.laws.variables.get(given)
        if before is None or given in local or {key(variable), given} & names_of_law(before):
            return None
        self.depth += 1
        try:
            u, prior = self.bound(given), self.law(before, local, depth)
            density = self.density(self.law(of[0], {**local, given: u}, depth + 1), variable, local, depth)
        finally:
            self.depth -= 1
        support = support_of(prior)
        body = density_of(prior, u) * density
        return (sp.Sum if support.whole else sp.Integral)(body, (u, support.low, support.high))

    def density_of(self, label: str, variable: Node, body: Node) -> LawNode | None:
        """The law whose density a label is at a variable, given what stands behind the bar."""
        exact = self.laws.labels.get(label_with(label, key(variable), behind_bar(body)))
        if exact is not None:
            return exact
        law = self.laws.labels.get(label) if self.laws.over.get(label) in (None, key(variable)) else None
        return law if law is not None and law.given <= behind_bar(body) else None

    def is_of_q(self, variable: str, law: LawNode) -> bool:
        """Whether the law of a variable is known from its density q alone, beside which p is another one."""
        return self.laws.over.get("q") == variable and self.laws.labels.get("q") is law

    def distribution(self, law: Univariate, body: Node, local: Locals, depth: int) -> sp.Basic:
        at = self.scalar(body, local, depth)
        self.note_place(at, law)
        return moments.cdf(law, at, self.depth)

    def generating(self, name: str, law: Univariate, body: Node, local: Locals, depth: int) -> sp.Basic | None:
        if name not in ("M", "G"):
            return None
        at = self.scalar(body, local, depth)
        if isinstance(at, sp.Symbol):
            self.laws.small.add(at)
        if name == "M":
            return moments.expectation(law, lambda x: sp.exp(at * x), self.depth)
        return moments.expectation(law, lambda x: at**x, self.depth) if moments.is_whole(law) else None

    def inverse(
        self, node: Call, name: str, sub: Node | None, sup: Node, body: Node, local: Locals, depth: int
    ) -> sp.Basic | None:
        """erf⁻¹(y); a power of an operator before its bracket, E(X)² written E²(X), is not read."""
        if key(sup) == "-1" and name == "erf" and sub is None:
            return sp.erfinv(self.scalar(body, local, depth), evaluate=False)
        return None

    def event(self, body: Node) -> Chain | None:
        """X ≤ x of P(X ≤ x), and of P(X ≤ x | λ) where λ is a parameter of the law of X and nothing else."""
        if isinstance(body, Chain):
            return body
        if not isinstance(body, Bar) or not isinstance(body.left, Chain):
            return None
        laws = [law for item in body.left.items if (law := self._variable(item)) is not None]
        return body.left if len(laws) == 1 and _only_parameters(body, laws[0]) else None

    def probability(self, body: Chain, local: Locals, depth: int) -> sp.Basic | None:
        """P(X ≤ x), P(X = x), P(X > x), P(a < X ≤ b)."""
        signs = [r.sign for r in body.relations]
        if len(signs) == 1 and (within := self.within(body, signs[0], local, depth)) is not None:
            return within
        known = [(n, law) for n, i in enumerate(body.items) if (law := self._variable(i)) is not None]
        if len(known) != 1:
            return None
        ((at, node),) = known
        law = self.law(node, local, depth)
        if len(signs) == 2 and at == 1 and all(s in ("<", "≤") for s in signs):
            low, high = body.items[0], body.items[2]
            below = self.up_to(law, low, signs[0] == "<", local, depth)
            return self.up_to(law, high, signs[1] == "≤", local, depth) - below
        if len(signs) != 1:
            return None
        sign = signs[0] if at == 0 else {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}.get(signs[0], signs[0])
        other = body.items[1 - at]
        if sign == "=":
            return self.density(law, other, local, depth) if moments.is_whole(law) else None
        if sign in ("<", "≤"):
            return self.up_to(law, other, sign == "≤", local, depth)
        if sign in (">", "≥"):
            return 1 - self.up_to(law, other, sign == ">", local, depth)
        return None

    def within(self, body: Chain, sign: str, local: Locals, depth: int) -> sp.Expr | None:
        """P(|X − c| ≤ a) and P(|X − c| > a) for a number a that is not below zero, of a law without atoms."""
        if sign not in ("<", "≤", ">", "≥") or not isinstance(body.items[0], Fence) or body.items[0].open != "|":
            return None
        inner = body.items[0].body
        items, minus = ((inner,), ()) if not isinstance(inner, Terms) else (inner.items, inner.signs[1:])
        known = self._variable(items[0]) if items[0] is not None else None
        if known is None or len(items) > 2 or (minus and minus[0] not in ("-", "−")):
            return None
        law = self.law(known, local, depth)
        reach = self.scalar(body.items[1], local, depth)
        if moments.is_whole(law) or not reach.is_nonnegative:
            return None
        centre = self.scalar(items[1], local, depth) if len(items) > 1 else sp.Integer(0)
        for place in (centre - reach, centre + reach):
            self.note_place(place, law)
        inside = moments.cdf(law, centre + reach, self.depth) - moments.cdf(law, centre - reach, self.depth)
        return inside if sign in ("<", "≤") else 1 - inside

    def _variable(self, node: Node) -> LawNode | None:
        """A random variable in an event: its own letter only, so that x in X ≤ x is a value."""
        return self.laws.variables.get(key(node)) if is_name(node) else None

    def up_to(self, law: Univariate, node: Node, included: bool, local: Locals, depth: int) -> sp.Expr:
        if moments.is_whole(law) and not included:
            at = self.scalar(node, local, depth)
            self.note_place(at, law)
            return moments.cdf(law, at - 1, self.depth)
        value = self.distribution(law, node, local, depth)
        return value

    def big(self, node: Big, local: Locals, depth: int) -> sp.Basic:
        """Sums and integrals over the support of a law whose density is taken at the bound variable."""
        name, sub, sup = operator_parts(node.head)
        inner = sub.body if isinstance(sub, Group) else sub
        if name == "∑" and sup is None and isinstance(inner, Chain) and inner.relations[0].sign == "∈":
            found = self.over_support(node, inner.items[0], inner.items[1], local, depth, True)
            if found is not None:
                return found
        if name == "∑" and sup is not None and infinite(sup) == 1 and isinstance(inner, Chain) and node.body:
            return self.infinite(node.body, inner, local, depth)
        if name == "∫" and len(node.differentials) == 1 and hasattr(node.differentials[0], "variable"):
            found = self.over_support(node, node.differentials[0].variable, None, local, depth, False)
            if found is not None:
                return found
        return super().big(node, local, depth)

    def infinite(self, body: Node, start: Chain, local: Locals, depth: int) -> sp.Basic:
        """∑_{k=0}^∞ of a term."""
        if not is_name(start.items[0]) or start.relations[0].sign != "=":
            raise Unlowered("the range of a sum is not given")
        low = self.scalar(start.items[1], local, depth)
        self.depth += 1
        try:
            u = VARIABLES[self.level()]
            return sp.Sum(self.scalar(body, {**local, key(start.items[0]): u}, depth + 1), (u, low, sp.oo))
        finally:
            self.depth -= 1

    def over_support(
        self, node: Big, variable: Node, over: Node | None, local: Locals, depth: int, whole: bool
    ) -> sp.Basic | None:
        """A sum or an integral with the density of a law in it, over that law's support or a part of it.

        None where no density is taken at the variable. Raises Unlowered where the range may leave the support.
        """
        if node.body is None or not is_name(variable):
            return None
        if over is not None and not (isinstance(over, Sym) and (over.font in ("cal", "script", "double"))):
            return None
        before = len(self.densities)
        self.depth += 1
        try:
            u = self.bound(key(variable))
            body = self.scalar(node.body, {**local, key(variable): u}, depth + 1)
        finally:
            self.depth -= 1
        laws = {law for at, law in self.densities[before:] if at == u}
        if not laws:
            return None
        supports = {support_of(law) for law in laws}
        if len(supports) > 1 or {s.whole for s in supports} != {whole}:
            raise Unlowered("densities with different supports")
        (support,) = supports
        low, high = self.range_of(node, support.low, support.high, local, depth)
        return sp.Sum(body, (u, low, high)) if whole else sp.Integral(body, (u, low, high))

    def range_of(self, node: Big, low: sp.Expr, high: sp.Expr, local: Locals, depth: int) -> tuple[sp.Expr, sp.Expr]:
        _, sub, sup = operator_parts(node.head)
        if sup is None:
            if sub is not None and not isinstance(sub, Sym) and not isinstance(sub, Group):
                raise Unlowered(f"{short(node)} has no limits")
            return low, high
        assert sub is not None
        first = low if infinite(sub) else self.scalar(sub, local, depth)
        last = high if infinite(sup) else self.scalar(sup, local, depth)
        for given in (first, last):
            if given not in (low, high) and not isinstance(given, sp.Symbol):
                raise Unlowered("the range may leave the support of the law")
        return first, last


def free_names(node: Node) -> set[str]:
    """The names in an expression, those of operators and functions left out."""
    return _names(node)


def _names(node: Node) -> set[str]:
    if isinstance(node, Sym | Styled | Accent):
        loose = isinstance(node, Sym) and (node.name in ("π", "e", "∞", "∂") or len(node.name) > 1)
        return {key(node)} if is_name(node) and not loose else set()
    if isinstance(node, Script) and is_name(node):
        return {key(node)}
    if isinstance(node, Script) and node.sub is not None and is_name(bare := replace(node, sup=None)):
        return {key(bare)} | (_names(node.sup) if node.sup is not None else set())
    if isinstance(node, Call):
        index = node.head.sub if isinstance(node.head, Script) and special(node) is not None else None
        return _names(node.fence) | (_names(index) if index is not None else set())
    if isinstance(node, Function):
        return _names(node.argument)
    return set().union(*map(_names, children(node)))


def _both(name: str, x: sp.Expr, names: set[str]) -> dict[str, sp.Expr]:
    """The variable under its own letter, and under the capital of it."""
    other = name.upper() if name.islower() else name.lower()
    return {name: x, other: x} if other in names and len(name) == 1 else {name: x}
