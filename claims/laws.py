"""Laws of one real or whole variable, each given by its definition: parameters, support, and density or mass.

Nothing here is computed: a mean, a variance or an entropy is for ``numerics`` to find from the density. Every
parameterisation is in the names: ``rate`` or ``scale``, ``variance`` or ``std``; a text that means another one is read
into these. A density or mass is the formula on the support, and is zero elsewhere.
"""

from __future__ import annotations

from typing import ClassVar

import sympy as sp

from claims.domains import ClosedUnit, Domain, Integer, OpenUnit, Positive, Real, contains
from claims.notation import Law, Normal
from claims.records import Record

_HALF = sp.Rational(1, 2)


class Support(Record):
    """From ``low`` to ``high``: all reals between them, or the whole numbers from one to the other."""

    low: sp.Expr
    high: sp.Expr
    whole: bool = False


class Family(Law):
    """A law of one variable with a density (or mass) in closed form."""

    parameters: ClassVar[tuple[tuple[str, Domain], ...]]
    """The name and the domain of each argument."""
    shown: ClassVar[str]

    def __new__(cls, *args: sp.Expr) -> Family:
        if len(args) != len(cls.parameters):
            raise TypeError(f"{cls.__name__} has {len(cls.parameters)} parameters; it was given {len(args)}")
        return super().__new__(cls, *(sp.sympify(a, strict=True) for a in args))  # type: ignore[no-any-return]

    @property
    def support(self) -> Support:
        raise NotImplementedError

    def density(self, x: sp.Expr) -> sp.Expr:
        """The density, or the mass for whole numbers, at a point of the support."""
        raise NotImplementedError

    def _sympystr(self, printer: sp.StrPrinter) -> str:
        return f"{self.shown}({', '.join(map(printer.doprint, self.args))})"


class Bernoulli(Family):
    """p^x (1 − p)^(1 − x) on {0, 1}."""

    parameters = (("p", OpenUnit()),)
    shown = "Bern"
    support = Support(sp.S.Zero, sp.S.One, True)

    def density(self, x: sp.Expr) -> sp.Expr:
        (p,) = self.args
        return p**x * (1 - p) ** (1 - x)


class Binomial(Family):
    """The number of successes in n trials."""

    parameters = (("n", Integer(1)), ("p", OpenUnit()))
    shown = "Bin"

    @property
    def support(self) -> Support:
        return Support(sp.S.Zero, self.args[0], True)

    def density(self, x: sp.Expr) -> sp.Expr:
        n, p = self.args
        return sp.binomial(n, x, evaluate=False) * p**x * (1 - p) ** (n - x)


class Poisson(Family):
    """exp(−rate) rate^x / x!."""

    parameters = (("rate", Positive()),)
    shown = "Poisson"
    support = Support(sp.S.Zero, sp.oo, True)

    def density(self, x: sp.Expr) -> sp.Expr:
        (rate,) = self.args
        return rate**x * sp.exp(-rate) / sp.factorial(x)


class Geometric(Family):
    """The number of trials up to and with the first success: 1, 2, …"""

    parameters = (("p", OpenUnit()),)
    shown = "Geom"
    support = Support(sp.S.One, sp.oo, True)

    def density(self, x: sp.Expr) -> sp.Expr:
        (p,) = self.args
        return p * (1 - p) ** (x - 1)


class GeometricFailures(Family):
    """The number of failures before the first success: 0, 1, …"""

    parameters = (("p", OpenUnit()),)
    shown = "Geom₀"
    support = Support(sp.S.Zero, sp.oo, True)

    def density(self, x: sp.Expr) -> sp.Expr:
        (p,) = self.args
        return p * (1 - p) ** x


class NegativeBinomial(Family):
    """The number of failures before the r-th success, p being the probability of a success."""

    parameters = (("r", Positive()), ("p", OpenUnit()))
    shown = "NegBin"
    support = Support(sp.S.Zero, sp.oo, True)

    def density(self, x: sp.Expr) -> sp.Expr:
        r, p = self.args
        return sp.gamma(x + r) / (sp.factorial(x) * sp.gamma(r)) * p**r * (1 - p) ** x


class NegativeBinomialTrials(Family):
    """The number of trials up to and with the r-th success, p being the probability of a success."""

    parameters = (("r", Integer(1)), ("p", OpenUnit()))
    shown = "NegBin₁"

    @property
    def support(self) -> Support:
        return Support(self.args[0], sp.oo, True)

    def density(self, x: sp.Expr) -> sp.Expr:
        r, p = self.args
        return sp.binomial(x - 1, r - 1, evaluate=False) * p**r * (1 - p) ** (x - r)


class DiscreteUniform(Family):
    """1/(b − a + 1) on the whole numbers from a to b."""

    parameters = (("a", Integer()), ("b", Integer()))
    shown = "U"

    @property
    def support(self) -> Support:
        a, b = self.args
        return Support(a, b, True)

    def density(self, x: sp.Expr) -> sp.Expr:
        a, b = self.args
        return 1 / (b - a + 1)


class BetaBinomial(Family):
    """The number of successes in n trials whose probability follows Beta(alpha, beta)."""

    parameters = (("n", Integer(1)), ("alpha", Positive()), ("beta", Positive()))
    shown = "BetaBin"

    @property
    def support(self) -> Support:
        return Support(sp.S.Zero, self.args[0], True)

    def density(self, x: sp.Expr) -> sp.Expr:
        n, alpha, beta = self.args
        ratio = sp.beta(alpha + x, beta + n - x, evaluate=False) / sp.beta(alpha, beta, evaluate=False)
        return sp.binomial(n, x, evaluate=False) * ratio


class Uniform(Family):
    """1/(b − a) between a and b."""

    parameters = (("a", Real()), ("b", Real()))
    shown = "U"

    @property
    def support(self) -> Support:
        a, b = self.args
        return Support(a, b)

    def density(self, x: sp.Expr) -> sp.Expr:
        a, b = self.args
        return 1 / (b - a)


class _OnHalfLine(Family):
    support = Support(sp.S.Zero, sp.oo)


class Exponential(_OnHalfLine):
    """rate · exp(−rate x)."""

    parameters = (("rate", Positive()),)
    shown = "Exp"

    def density(self, x: sp.Expr) -> sp.Expr:
        (rate,) = self.args
        return rate * sp.exp(-rate * x)


class Gamma(_OnHalfLine):
    """rate^shape / Γ(shape) · x^(shape − 1) exp(−rate x): the second argument is a RATE."""

    parameters = (("shape", Positive()), ("rate", Positive()))
    shown = "Gamma"

    def density(self, x: sp.Expr) -> sp.Expr:
        shape, rate = self.args
        return rate**shape / sp.gamma(shape) * x ** (shape - 1) * sp.exp(-rate * x)


class InverseGamma(_OnHalfLine):
    """scale^shape / Γ(shape) · x^(−shape − 1) exp(−scale/x): 1/X follows Gamma with that rate."""

    parameters = (("shape", Positive()), ("scale", Positive()))
    shown = "InvGamma"

    def density(self, x: sp.Expr) -> sp.Expr:
        shape, scale = self.args
        return scale**shape / sp.gamma(shape) * x ** (-shape - 1) * sp.exp(-scale / x)


class Beta(Family):
    """x^(alpha − 1) (1 − x)^(beta − 1) / B(alpha, beta)."""

    parameters = (("alpha", Positive()), ("beta", Positive()))
    shown = "Beta"
    support = Support(sp.S.Zero, sp.S.One)

    def density(self, x: sp.Expr) -> sp.Expr:
        alpha, beta = self.args
        return x ** (alpha - 1) * (1 - x) ** (beta - 1) / sp.beta(alpha, beta, evaluate=False)


class ChiSquared(_OnHalfLine):
    """x^(k/2 − 1) exp(−x/2) / (2^(k/2) Γ(k/2)), k degrees of freedom."""

    parameters = (("dof", Positive()),)
    shown = "χ²"

    def density(self, x: sp.Expr) -> sp.Expr:
        (k,) = self.args
        return x ** (k / 2 - 1) * sp.exp(-x / 2) / (2 ** (k / 2) * sp.gamma(k / 2))


class F(_OnHalfLine):
    """(X/dof_top) / (Y/dof_bottom) for independent chi-squared X and Y."""

    parameters = (("dof_top", Positive()), ("dof_bottom", Positive()))
    shown = "F"

    def density(self, x: sp.Expr) -> sp.Expr:
        u, v = self.args
        bulk = (u / v) ** (u / 2) * x ** (u / 2 - 1) * (1 + u * x / v) ** (-(u + v) / 2)
        return bulk / sp.beta(u / 2, v / 2, evaluate=False)


class StudentT(Family):
    """Γ((ν + 1)/2) / (√(νπ) Γ(ν/2)) · (1 + x²/ν)^(−(ν + 1)/2)."""

    parameters = (("dof", Positive()),)
    shown = "t"
    support = Support(-sp.oo, sp.oo)

    def density(self, x: sp.Expr) -> sp.Expr:
        (nu,) = self.args
        constant = sp.gamma((nu + 1) / 2) / (sp.sqrt(nu * sp.pi) * sp.gamma(nu / 2))
        return constant * (1 + x**2 / nu) ** (-(nu + 1) / 2)


class Laplace(Family):
    """exp(−|x − mean|/scale) / (2 scale)."""

    parameters = (("mean", Real()), ("scale", Positive()))
    shown = "Laplace"
    support = Support(-sp.oo, sp.oo)

    def density(self, x: sp.Expr) -> sp.Expr:
        mean, scale = self.args
        return sp.exp(-sp.Abs(x - mean) / scale) / (2 * scale)


class LogNormal(_OnHalfLine):
    """exp of a normal variable; ``mean`` and ``variance`` are those of the logarithm."""

    parameters = (("mean", Real()), ("variance", Positive()))
    shown = "LogN"

    def density(self, x: sp.Expr) -> sp.Expr:
        mean, variance = self.args
        return sp.exp(-((sp.log(x) - mean) ** 2) / (2 * variance)) / (x * sp.sqrt(2 * sp.pi * variance))


class Logistic(Family):
    """e^(−z) / (scale (1 + e^(−z))²) with z = (x − mean)/scale."""

    parameters = (("mean", Real()), ("scale", Positive()))
    shown = "Logistic"
    support = Support(-sp.oo, sp.oo)

    def density(self, x: sp.Expr) -> sp.Expr:
        mean, scale = self.args
        z = (x - mean) / scale
        return 1 / (scale * (sp.exp(z) + 2 + sp.exp(-z)))


class Pareto(Family):
    """shape · least^shape / x^(shape + 1) from ``least`` on."""

    parameters = (("least", Positive()), ("shape", Positive()))
    shown = "Pareto"

    @property
    def support(self) -> Support:
        return Support(self.args[0], sp.oo)

    def density(self, x: sp.Expr) -> sp.Expr:
        least, shape = self.args
        return shape * least**shape * x ** (-shape - 1)


class Weibull(_OnHalfLine):
    """(shape/scale) (x/scale)^(shape − 1) exp(−(x/scale)^shape)."""

    parameters = (("shape", Positive()), ("scale", Positive()))
    shown = "Weibull"

    def density(self, x: sp.Expr) -> sp.Expr:
        shape, scale = self.args
        return shape * scale**-shape * x ** (shape - 1) * sp.exp(-(scale**-shape) * x**shape)


class Rayleigh(_OnHalfLine):
    """x/scale² · exp(−x²/(2 scale²))."""

    parameters = (("scale", Positive()),)
    shown = "Rayleigh"

    def density(self, x: sp.Expr) -> sp.Expr:
        (scale,) = self.args
        return x / scale**2 * sp.exp(-(x**2) / (2 * scale**2))


class Cauchy(Family):
    """1 / (π scale (1 + ((x − location)/scale)²)); it has no mean."""

    parameters = (("location", Real()), ("scale", Positive()))
    shown = "Cauchy"
    support = Support(-sp.oo, sp.oo)

    def density(self, x: sp.Expr) -> sp.Expr:
        location, scale = self.args
        return 1 / (sp.pi * scale * (1 + ((x - location) / scale) ** 2))


class InverseGaussian(_OnHalfLine):
    """√(shape/(2π x³)) exp(−shape (x − mean)²/(2 mean² x)): the first passage of a Brownian motion with drift."""

    parameters = (("mean", Positive()), ("shape", Positive()))
    shown = "InvGauss"

    def density(self, x: sp.Expr) -> sp.Expr:
        mean, shape = self.args
        exponent = -shape * x / (2 * mean**2) + shape / mean - shape / (2 * x)
        return sp.sqrt(shape / (2 * sp.pi)) * x ** sp.Rational(-3, 2) * sp.exp(exponent)


class Wigner(Family):
    """The semicircle 2/(π R²) √(R² − x²) between −R and R."""

    parameters = (("radius", Positive()),)
    shown = "Wigner"

    @property
    def support(self) -> Support:
        return Support(-self.args[0], self.args[0])

    def density(self, x: sp.Expr) -> sp.Expr:
        (radius,) = self.args
        return 2 / (sp.pi * radius**2) * sp.sqrt(radius - x) * sp.sqrt(radius + x)


class Written(Family):
    """A law that is given by the formula of its density or mass, in one or several pieces.

    Its arguments are the pieces, each a function of a place with the ends of its range, whether it is over whole
    numbers, the parameters that are whole numbers, and the parameters that are probabilities. Every other parameter is
    positive. That the total mass is one has to be known before.
    """

    shown = "density"
    parameters = ()

    def __new__(cls, pieces: sp.Tuple, whole: sp.Basic, counted: sp.Tuple, unit: sp.Tuple) -> Written:
        return sp.Basic.__new__(cls, pieces, whole, counted, unit)  # type: ignore[no-any-return]

    @property
    def pieces(self) -> tuple[tuple[sp.Lambda, sp.Expr, sp.Expr], ...]:
        """The formula of each piece, and where it starts and ends."""
        return tuple((p.args[0], p.args[1], p.args[2]) for p in self.args[0].args)

    @property
    def support(self) -> Support:
        return Support(self.pieces[0][1], self.pieces[-1][2], self.args[1] == sp.true)

    def density(self, x: sp.Expr) -> sp.Expr:
        """The density; raises TypeError where it has several pieces."""
        if len(self.pieces) > 1:
            raise TypeError("a density of several pieces has no single formula")
        return self.pieces[0][0](x)

    def domains(self) -> tuple[tuple[sp.Expr, Domain], ...]:
        """Each parameter with its domain."""
        counted, unit = self.args[2].args, self.args[3].args
        free = sorted(self.free_symbols.difference(*(e.free_symbols for e in (*counted, *unit))), key=str)
        listed = ((counted, Integer(1)), (unit, OpenUnit()), (free, Positive()))
        return tuple((e, domain) for group, domain in listed for e in group)

    def _sympystr(self, printer: sp.StrPrinter) -> str:
        place = sp.Symbol("x")
        said = (f"{printer.doprint(f(place))} on [{low}, {high}]" for f, low, high in self.pieces)
        return f"the density {' and '.join(said)}".replace("**", "^").replace("*", " ").replace("oo", "∞")


FAMILIES = (
    Bernoulli, Binomial, Poisson, Geometric, GeometricFailures, NegativeBinomial, NegativeBinomialTrials,
    DiscreteUniform, BetaBinomial, Uniform, Exponential, Gamma, InverseGamma, Beta, ChiSquared, F, StudentT, Laplace,
    LogNormal, Logistic, Pareto, Weibull, Rayleigh, Cauchy, InverseGaussian, Wigner,
)  # fmt: skip
_NORMAL = (("mean", Real()), ("variance", Positive()))


def parameters_of(law: Family | Normal) -> tuple[tuple[str, Domain], ...]:
    """The name and the domain of each argument of a law."""
    return _NORMAL if isinstance(law, Normal) else law.parameters


def domains_of(law: Family | Normal) -> tuple[tuple[sp.Expr, Domain], ...]:
    """Each parameter of a law, as an expression, with its domain."""
    if isinstance(law, Written):
        return law.domains()
    return tuple((a, domain) for a, (_, domain) in zip(law.args, parameters_of(law), strict=True))


def is_none(law: Family | Normal) -> bool:
    """Whether its parameters are numbers that make it no law, as a probability of 3 does; 0 and 1 are probabilities."""
    match law:
        case Uniform(args=(a, b)):
            return bool((b - a).is_nonpositive)
        case DiscreteUniform(args=(a, b)):
            return bool((b - a).is_negative)
    domains = ((a, ClosedUnit() if isinstance(d, OpenUnit) else d) for a, d in domains_of(law))
    return any(contains(domain, argument) is False for argument, domain in domains)


def support_of(law: Family | Normal) -> Support:
    """Where a law has its mass."""
    return Support(-sp.oo, sp.oo) if isinstance(law, Normal) else law.support


def is_outside(law: Family | Normal, x: sp.Expr) -> bool:
    """Whether a number is surely outside of the support of a law, where the density is 0 and its formula isn't."""
    support = support_of(law)
    if not x.is_Rational:
        return False
    below = bool(support.low.is_Rational and x < support.low)
    return below or bool(support.high.is_Rational and x > support.high) or (support.whole and not x.is_Integer)


def density_of(law: Family | Normal, x: sp.Expr) -> sp.Expr:
    """The density, or the mass for whole numbers, at a point of the support."""
    if isinstance(law, Normal):
        return sp.exp(-((x - law.mean) ** 2) / (2 * law.variance)) / sp.sqrt(2 * sp.pi * law.variance)
    return law.density(x)
