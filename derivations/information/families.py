"""Entropies of the Dirichlet and Student laws, of a logistic-normal share, and of tilted tables.

Claim   H of Dir(a, b, c) and of t(ν) by ψ; of the logistic-normal law but for one mean; of a table at a temperature and
        of an exponential family by the log of its normaliser
Route   the Dirichlet law breaks into two Betas; 1/(1 + x²/ν) of a t is a Beta; a change of variable adds E log of its
        slope; and the log of e^(…)/Z is linear in its exponent.
"""

from __future__ import annotations

from sympy import E, Expr, Rational, beta, digamma, exp, gamma, log, pi

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Positive, Real, Variable, symbols_of
from claims.laws import Beta, StudentT
from claims.notation import Density, Entropy, Expectation, Normal

NATS = "log is natural, so the value is in nats"
DENSITY = "differential entropy: it depends on the unit of x and may be negative"
HALF = Rational(1, 2)
POINT = Variable("x", Real(), "the point integrated over")

WHERE_SHARES = (POINT, *(Variable(name, Positive(), f"shape of one of three shares, {name}") for name in "abc"))
x, a, b, c = symbols_of(WHERE_SHARES)
first, second = Beta(c, a + b), Beta(b, a)
total = a + b + c
log_beta = log(gamma(a)) + log(gamma(b)) + log(gamma(c)) - log(gamma(total))
"""log B(a, b, c), the log of the normaliser."""

broken = Entropy(first) + Entropy(second) + Expectation(log(1 - x), x, first)
by_shapes = log_beta - (a - 1) * digamma(a) - (b - 1) * digamma(b) - (c - 1) * digamma(c)

entropy_dirichlet_eq = Derivation(
    claim=Claim(
        "entropy_dirichlet_eq",
        broken,
        by_shapes + (total - 3) * digamma(total),
        WHERE_SHARES,
        convention=(
            NATS,
            DENSITY,
            "shares x, (1 − x)y, (1 − x)(1 − y) of shapes c, b, a: x ~ Beta(c, a + b), y ~ Beta(b, a), independent",
            "the density is that of two of the shares; the second is (1 − x)y, which adds E log(1 − x)",
            "log B(a, b, c) = Σ log Γ − log Γ(a + b + c); ψ = Γ′/Γ; with K shares K stands for 3",
        ),
        source=Source("virtanen2020", "stats.dirichlet.entropy"),
    ),
    steps=(
        Step("the entropies of both breaks, and the mean log of the slope", broken),
        Step(
            "the definition of H, for either break",
            Expectation(log(1 - x), x, first)
            - Expectation(log(first.density(x)), x, first)
            - Expectation(log(second.density(x)), x, second),
        ),
        Step(
            "the log of a product; log Γ(a + b) goes out",
            log_beta
            - Expectation((c - 1) * log(x) + (a + b - 2) * log(1 - x), x, first)
            - Expectation((b - 1) * log(x) + (a - 1) * log(1 - x), x, second),
        ),
        Step(
            "E is linear",
            log_beta
            - (c - 1) * Expectation(log(x), x, first)
            - (a + b - 2) * Expectation(log(1 - x), x, first)
            - (b - 1) * Expectation(log(x), x, second)
            - (a - 1) * Expectation(log(1 - x), x, second),
        ),
        Step(
            "E log x = ψ(α) − ψ(α + β) for Beta(α, β), and E log(1 − x) = ψ(β) − ψ(α + β)",
            log_beta
            - (c - 1) * (digamma(c) - digamma(total))
            - (a + b - 2) * (digamma(a + b) - digamma(total))
            - (b - 1) * (digamma(b) - digamma(a + b))
            - (a - 1) * (digamma(a) - digamma(a + b)),
        ),
        Step("ψ(a + b) goes out", by_shapes + (total - 3) * digamma(total)),
    ),
)

WHERE_STUDENT = (POINT, Variable("nu", Positive(), "degrees of freedom"))
nu = symbols_of(WHERE_STUDENT)[1]
student = StudentT(nu)
constant = log(nu) / 2 + log(beta(nu / 2, HALF, evaluate=False))

entropy_student_eq = Derivation(
    claim=Claim(
        "entropy_student_eq",
        Entropy(student),
        constant + (nu + 1) / 2 * (digamma((nu + 1) / 2) - digamma(nu / 2)),
        WHERE_STUDENT,
        convention=(NATS, DENSITY, "scale 1, which is not the standard deviation; a scale s adds log s"),
        source=Source("virtanen2020", "stats, Student t distribution"),
    ),
    steps=(
        Step("the differential entropy", Entropy(student)),
        Step("the definition: −E log p(x)", -Expectation(log(student.density(x)), x, student)),
        Step(
            "the log of a power, and √π = Γ(1/2)",
            constant + (nu + 1) / 2 * Expectation(log(1 + x**2 / nu), x, student),
        ),
        Step(
            "1/(1 + x²/ν) follows Beta(ν/2, 1/2), whose −E log is ψ((ν + 1)/2) − ψ(ν/2)",
            constant + (nu + 1) / 2 * (digamma((nu + 1) / 2) - digamma(nu / 2)),
        ),
    ),
)

WHERE_LOGIT = (
    POINT,
    Variable("m", Real(), "mean of the logit"),
    Variable("s", Positive(), "standard deviation of the logit"),
)
_, m, s = symbols_of(WHERE_LOGIT)
logit = Normal(m, s**2)


def mean(f: Expr) -> Expectation:
    """E f(x) of the logit x."""
    return Expectation(f, x, logit)


slope = (exp(x / 2) + exp(-x / 2)) ** 2
"""1/(p(1 − p)), the slope of the logit in p."""

entropy_logistic_normal_eq = Derivation(
    claim=Claim(
        "entropy_logistic_normal_eq",
        -mean(log(Density(logit, x)) + log(slope)) + 2 * mean(log(exp(x / 2) + exp(-x / 2))),
        log(2 * pi * E * s**2) / 2,
        WHERE_LOGIT,
        convention=(
            NATS,
            DENSITY,
            "p = 1/(1 + e^(−x)) has the density N(x; m, s²)/(p(1 − p)), and 1/(p(1 − p)) = (e^(x/2) + e^(−x/2))²",
            "H = ½ log(2πes²) − 2 E log(e^(x/2) + e^(−x/2)); the mean that is left has no closed form",
        ),
        source=Source("soch2020", "proof P262"),
    ),
    steps=(
        Step(
            "−E log of the density of p, and the mean without a closed form",
            -mean(log(Density(logit, x)) + log(slope)) + 2 * mean(log(exp(x / 2) + exp(-x / 2))),
        ),
        Step("the log of the slope goes out", -mean(log(Density(logit, x)))),
        Step("the log-density is a quadratic", mean((x - m) ** 2) / (2 * s**2) + log(2 * pi * s**2) / 2),
        Step("E(x − m)² = s²", HALF + log(2 * pi * s**2) / 2),
        Step("the log of a product: 1/2 = log(e)/2", log(2 * pi * E * s**2) / 2),
    ),
)

WHERE_ENERGIES = (
    *(Variable(f"e_{i}", Real(), f"energy of state {i}") for i in (1, 2, 3)),
    Variable("T", Positive(), "temperature, in units of energy"),
)
e1, e2, e3, temperature = symbols_of(WHERE_ENERGIES)
energies = (e1, e2, e3)


def summed(terms: tuple[Expr, ...]) -> Expr:
    """The sum over three states."""
    return terms[0] + terms[1] + terms[2]


partition = summed(tuple(exp(-e / temperature) for e in energies))
boltzmann = tuple(exp(-e / temperature) / partition for e in energies)

entropy_boltzmann_eq = Derivation(
    claim=Claim(
        "entropy_boltzmann_eq",
        -summed(tuple(p * log(p) for p in boltzmann)),
        log(partition) + summed(tuple(e * p for e, p in zip(energies, boltzmann, strict=True))) / temperature,
        WHERE_ENERGIES,
        convention=(
            NATS,
            "three states, p = e^(−E/T)/Z; −T log Z = (mean energy) − T H is the free energy",
        ),
        source=Source("paszke2019", "distributions.ExponentialFamily.entropy"),
    ),
    steps=(
        Step("−Σ p log p", -summed(tuple(p * log(p) for p in boltzmann))),
        Step(
            "log p = −E/T − log Z",
            summed(tuple(p * (e / temperature + log(partition)) for e, p in zip(energies, boltzmann, strict=True))),
        ),
        Step(
            "the probabilities sum to one",
            log(partition) + summed(tuple(e * p for e, p in zip(energies, boltzmann, strict=True))) / temperature,
        ),
    ),
)

WHERE_FAMILY = (
    Variable("e", Real(), "the natural parameter η"),
    *(Variable(f"t_{i}", Real(), f"the statistic T at point {i}") for i in (1, 2, 3)),
    *(Variable(f"h_{i}", Positive(), f"the base measure at point {i}") for i in (1, 2, 3)),
)
eta, t1, t2, t3, h1, h2, h3 = symbols_of(WHERE_FAMILY)
statistics, bases = (t1, t2, t3), (h1, h2, h3)
normaliser = summed(tuple(h * exp(eta * t) for h, t in zip(bases, statistics, strict=True)))
tilted = tuple(h * exp(eta * t) / normaliser for h, t in zip(bases, statistics, strict=True))
mean_statistic = summed(tuple(p * t for p, t in zip(tilted, statistics, strict=True)))
mean_base = summed(tuple(p * log(h) for p, h in zip(tilted, bases, strict=True)))

entropy_exponential_family_eq = Derivation(
    claim=Claim(
        "entropy_exponential_family_eq",
        -summed(tuple(p * log(p) for p in tilted)),
        log(normaliser) - eta * mean_statistic - mean_base,
        WHERE_FAMILY,
        convention=(
            NATS,
            "p = h e^(ηT − A(η)) on three points: H = A(η) − η A′(η) − E log h, since A′ = E T",
        ),
        source=Source("paszke2019", "distributions.ExponentialFamily.entropy"),
    ),
    steps=(
        Step("−Σ p log p", -summed(tuple(p * log(p) for p in tilted))),
        Step(
            "log p = log h + ηT − A",
            -summed(
                tuple(
                    p * (log(h) + eta * t - log(normaliser)) for p, h, t in zip(tilted, bases, statistics, strict=True)
                )
            ),
        ),
        Step("the probabilities sum to one", log(normaliser) - eta * mean_statistic - mean_base),
    ),
)

DERIVATIONS = (
    entropy_dirichlet_eq,
    entropy_student_eq,
    entropy_logistic_normal_eq,
    entropy_boltzmann_eq,
    entropy_exponential_family_eq,
)
