"""The field's notation as SymPy nodes that stay as they are written.

No node evaluates itself: what KL or E *means* is for ``derivations`` to unfold and for ``numerics`` to compute, each in
its own way. All logarithms are natural, so every information quantity is in nats. A normal law is given by its mean and
its VARIANCE. Substituting for a bound variable leaves it alone; substituting a value that mentions it renames it.
"""

from __future__ import annotations

from typing import ClassVar

import sympy as sp
from sympy.core.symbol import Str


class Law(sp.Basic):  # type: ignore[misc]  # sympy is untyped
    """A probability law: what a random variable follows."""


class NamedLaw(Law):
    """A law known by its name alone: ``NamedLaw("p")`` is p. ``NamedLaw("p", x)`` is p(· | x), which depends on what is
    given: another law at each x, and none of them is ``NamedLaw("p")``.
    """

    def __new__(cls, name: str | Str, *given: sp.Expr) -> NamedLaw:
        return super().__new__(cls, name if isinstance(name, Str) else Str(name), *map(_exact, given))  # type: ignore[no-any-return]

    @property
    def name(self) -> str:
        return str(self.args[0])

    @property
    def given(self) -> tuple[sp.Expr, ...]:
        return tuple(self.args[1:])

    def _sympystr(self, printer: sp.StrPrinter) -> str:
        return f"{self.name}(· | {', '.join(map(printer.doprint, self.given))})" if self.given else self.name


class Normal(Law):
    """The univariate normal law N(mean, variance); the second argument is the variance σ², never σ."""

    def __new__(cls, mean: sp.Expr, variance: sp.Expr) -> Normal:
        return super().__new__(cls, _exact(mean), _exact(variance))  # type: ignore[no-any-return]

    @property
    def mean(self) -> sp.Expr:
        return self.args[0]

    @property
    def variance(self) -> sp.Expr:
        return self.args[1]

    def _sympystr(self, printer: sp.StrPrinter) -> str:
        return f"N({printer.doprint(self.mean)}, {printer.doprint(self.variance)})"


class Notation(sp.Expr):  # type: ignore[misc]  # sympy is untyped
    """A scalar written in the notation of probability; never evaluated by SymPy."""

    is_commutative = True
    shape_of_text: ClassVar[str] = "{0}"
    """How ``str`` shows it, with its arguments by position."""

    def __new__(cls, *args: sp.Basic) -> Notation:
        return super().__new__(cls, *map(_exact, args))  # type: ignore[no-any-return]

    @property
    def bound_symbols(self) -> list[sp.Symbol]:
        return []

    def _eval_derivative(self, symbol: sp.Symbol) -> None:
        return None

    def _sympystr(self, printer: sp.StrPrinter) -> str:
        return self.shape_of_text.format(*map(printer.doprint, self.args))


class Density(Notation):
    """p(x): the density (or mass) of ``law`` at ``point``, per unit of x. ``Density(law, point)``."""

    is_nonnegative = True

    @property
    def law(self) -> Law:
        return self.args[0]  # type: ignore[no-any-return]

    @property
    def point(self) -> sp.Expr:
        return self.args[1]

    def _sympystr(self, printer: sp.StrPrinter) -> str:
        law, point = self.law, printer.doprint(self.point)
        if isinstance(law, Normal):
            return f"N({point}; {printer.doprint(law.mean)}, {printer.doprint(law.variance)})"
        if isinstance(law, NamedLaw) and law.given:
            return f"{law.name}({point} | {', '.join(map(printer.doprint, law.given))})"
        return f"{printer.doprint(law)}({point})"


class KL(Notation):
    """KL(p ‖ q) = E_{x ~ p}[log p(x)/q(x)] in nats: p first, q second. ``KL(p, q)``."""

    shape_of_text = "KL({0} ‖ {1})"


class Entropy(Notation):
    """H(p) = −E_{x ~ p}[log p(x)] in nats; differential where p has a density. ``Entropy(p)``."""

    shape_of_text = "H({0})"


class CrossEntropy(Notation):
    """H(p, q) = −E_{x ~ p}[log q(x)] in nats: drawn from p, coded by q. ``CrossEntropy(p, q)``."""

    shape_of_text = "H({0}, {1})"


class Indicator(Notation):
    """1 where ``condition`` holds and 0 elsewhere. ``Indicator(condition)``."""

    shape_of_text = "1[{0}]"


class Binder(Notation):
    """Notation that binds a variable: ``scope`` arguments see it, then comes the variable, then what doesn't see it."""

    scope: ClassVar[int] = 1

    def __new__(cls, *args: sp.Basic) -> Binder:
        if len(args) <= cls.scope or not isinstance(args[cls.scope], sp.Symbol):
            raise TypeError(f"{cls.__name__} binds a symbol as argument {cls.scope + 1}; it was given {args}")
        return super().__new__(cls, *args)

    @property
    def variable(self) -> sp.Symbol:
        return self.args[self.scope]

    @property
    def inside(self) -> tuple[sp.Basic, ...]:
        """The arguments in which the variable is bound."""
        return tuple(self.args[: self.scope])

    @property
    def outside(self) -> tuple[sp.Basic, ...]:
        """The arguments after the variable: its law, in which the same letter would be another one."""
        return tuple(self.args[self.scope + 1 :])

    @property
    def bound_symbols(self) -> list[sp.Symbol]:
        return [self.variable]

    @property
    def free_symbols(self) -> set[sp.Symbol]:
        seen = set().union(*(a.free_symbols for a in self.inside)) - {self.variable}
        return seen.union(*(a.free_symbols for a in self.outside))

    def _eval_subs(self, old: sp.Basic, new: sp.Basic) -> sp.Basic:
        inside, variable = self.inside, self.variable
        outside = [a._subs(old, new) for a in self.outside]
        if variable in old.free_symbols:
            return self.func(*inside, variable, *outside)
        if variable in new.free_symbols:
            fresh = sp.Dummy(variable.name, **variable.assumptions0)
            inside, variable = tuple(a.xreplace({variable: fresh}) for a in inside), fresh
        return self.func(*(a._subs(old, new) for a in inside), variable, *outside)


class Expectation(Binder):
    """E_{x ~ p}[f(x)]. ``Expectation(f, x, p)``."""

    shape_of_text = "E_{{{1} ~ {2}}}[{0}]"

    @property
    def law(self) -> Law:
        return self.args[2]  # type: ignore[no-any-return]


class Variance(Binder):
    """Var_{x ~ p}[f(x)] = E[(f − E f)²]: divided by n, not n − 1. ``Variance(f, x, p)``."""

    shape_of_text = "Var_{{{1} ~ {2}}}[{0}]"


class Covariance(Binder):
    """Cov_{x ~ p}[f(x), g(x)] = E[(f − E f)(g − E g)]. ``Covariance(f, g, x, p)``."""

    scope = 2
    shape_of_text = "Cov_{{{2} ~ {3}}}[{0}, {1}]"


class Argmin(Binder):
    """A value of x at which f(x) is least (any of them, where there are several). ``Argmin(f, x)``."""

    shape_of_text = "argmin_{{{1}}}[{0}]"


class Argmax(Binder):
    """A value of x at which f(x) is greatest (any of them, where there are several). ``Argmax(f, x)``."""

    shape_of_text = "argmax_{{{1}}}[{0}]"


class MutualInformation(Notation):
    """I(x; y) = KL(p(x, y) ‖ p(x) p(y)) in nats, under the joint law p. ``MutualInformation(x, y, p)``."""

    shape_of_text = "I_{{{2}}}({0}; {1})"

    @property
    def bound_symbols(self) -> list[sp.Symbol]:
        return list(self.args[:2])

    @property
    def free_symbols(self) -> set[sp.Symbol]:
        return set(self.args[2].free_symbols)


def _exact(value: sp.Basic | int) -> sp.Basic:
    return sp.sympify(value, strict=True)
