"""Changes of drift, and steps of a gradient flow of laws.

Claim   log dP/dQ of a path is Σ b Δx − ½ h Σ b², whatever the drift may depend on; its mean is half the squared drift;
        a step of Jordan, Kinderlehrer and Otto's scheme between normals, and what it becomes for small steps
Route   the log of a ratio of normals, step by step; the moments of an increment; the slope's only zero.
"""

from __future__ import annotations

from sympy import Expr, Function, Limit, Product, S, Sum, exp, log, pi, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, NonNegative, Positive, Real, Variable, named, symbols_of
from claims.notation import KL, Argmin, Density, Expectation, Normal

WHERE = (
    Variable("n", Integer(1), "the number of steps"),
    Variable("i", Integer(1), "counts them"),
    Variable("h", Positive(), "the length of a step"),
    Variable("t", Positive(), "time"),
    Variable("b", Real(), "the drift, where it is constant"),
    Variable("c", Real(), "the drift under the other law"),
    Variable("x", Real(), "an increment, or where the path ends, averaged over"),
    Variable("l", NonNegative(), "how strongly the potential λx²/2 pulls to zero"),
    Variable("m", Real(), "the mean before the step"),
    Variable("s", Positive(), "the STANDARD DEVIATION before the step"),
    Variable("u", Real(), "the mean after it; or the argument of a generating function"),
    Variable("w", Positive(), "the STANDARD DEVIATION after it"),
    Variable("r", Positive(), "where the step leads: the best of these"),
)
n, i, h, t, b, c, x, lam, m, s, u, w, r = symbols_of(WHERE)
X, B = Function("x", real=True), Function("y", real=True)


def steps(f: Expr) -> Sum:
    """Σ f over all steps."""
    return Sum(f, (i, 1, n))


def path(drift: Expr) -> Product:
    """The density of the increments of a path with noise of variance h."""
    return Product(exp(-((X(i) - drift * h) ** 2) / (2 * h)) / sqrt(2 * pi * h), (i, 1, n))


ratio = log(path(B(i))) - log(path(S.Zero))
BROWNIAN = "dX = b dt + dW, in steps of length h: an increment is N(b h, h)"
GIRSANOV = Source("thiery2026", "equation 1 and the Euler discretization")

girsanov_path_eq = Derivation(
    claim=Claim(
        "girsanov_path_eq",
        ratio,
        steps(B(i) * X(i)) - h / 2 * steps(B(i) ** 2),
        named(WHERE, "n i h"),
        convention=(
            BROWNIAN,
            "increments x_1, …, x_n and drifts y_1, …, y_n, written x(i) and y(i): any numbers, so that a drift may"
            " depend"
            " on the path before it",
            "log dP/dQ, Q without a drift; ∫ b dX − ½ ∫ b² dt for small steps",
        ),
        source=GIRSANOV,
    ),
    steps=(
        Step("the log of the ratio of the densities of a path", ratio),
        Step(
            "the log of a product",
            steps(X(i) ** 2 / (2 * h)) - steps((X(i) - B(i) * h) ** 2 / (2 * h)),
        ),
        Step("term by term: the squares of the increments cancel", steps(B(i) * X(i)) - h / 2 * steps(B(i) ** 2)),
    ),
)

with_drift = Normal(b * h, h)
apart = KL(with_drift, Normal(c * h, h))

girsanov_kl_eq = Derivation(
    claim=Claim(
        "girsanov_kl_eq",
        apart,
        h * (b - c) ** 2 / 2,
        named(WHERE, "h b c x"),
        convention=(
            BROWNIAN,
            "each step adds as much, so that KL(P ‖ Q) = ½ E ∫ (b − c)² dt for paths, the mean taken under P",
        ),
        source=GIRSANOV,
    ),
    steps=(
        Step("the divergence of one increment", apart),
        Step(
            "the definition of KL",
            Expectation(log(Density(with_drift, x) / Density(Normal(c * h, h), x)), x, with_drift),
        ),
        Step(
            "the log of a quotient: the normalisers cancel",
            Expectation(((x - c * h) ** 2 - (x - b * h) ** 2) / (2 * h), x, with_drift),
        ),
        Step("E x = b h: the squares of x cancel", h * (b - c) ** 2 / 2),
    ),
)

weighed = Expectation(exp(u * x) * exp(b * x - b**2 * t / 2), x, Normal(0, t))

girsanov_mean_eq = Derivation(
    claim=Claim(
        "girsanov_mean_eq",
        weighed,
        exp(u * b * t + u**2 * t / 2),
        named(WHERE, "t b x u"),
        convention=(
            "x = W_t ~ N(0, t); under the weight e^(b W_t − b² t/2), of mean 1, it has the law N(b t, t): both laws"
            " have"
            " one generating function, which tells a law",
        ),
        source=GIRSANOV,
    ),
    steps=(
        Step("e^(ux), weighed", weighed),
        Step("E e^(kx) = e^(k² t/2), k = u + b", exp(-(b**2) * t / 2) * exp((u + b) ** 2 * t / 2)),
        Step("a square multiplied out: that of N(b t, t)", exp(u * b * t + u**2 * t / 2)),
    ),
)

JKO = (
    "N(m, s²) before the step and N(u, w²) after it: W₂²/(2h) + λ E x²/2 + E log p is ((u − m)² + (w − s)²)/(2h)"
    " + λ(u² + w²)/2 − log w and a constant; among normal laws, to which the steps of this energy keep"
)
SCHEME = Source("noogram2026", "JKO gradient flow, the restriction to normal laws")


def energy(before: Expr) -> Expr:
    """What a step minimises, with the standard deviation ``before`` it."""
    return ((u - m) ** 2 + (w - before) ** 2) / (2 * h) + lam * (u**2 + w**2) / 2 - log(w)


pull = 1 + h * lam

jko_mean_eq = Derivation(
    claim=Claim(
        "jko_mean_eq",
        Argmin(energy(s), u),
        m / pull,
        named(WHERE, "h l m s u w"),
        convention=(JKO, "an implicit Euler step of dm/dt = −λm"),
        source=SCHEME,
    ),
    steps=(
        Step("where the energy is least in the mean", Argmin(energy(s), u)),
        Step("terms without u move no place", Argmin((u - m) ** 2 / (2 * h) + lam * u**2 / 2, u)),
        Step("the slope, (u − m)/h + λu, goes through zero", m / pull),
    ),
)

before_step = r * pull - h / r

jko_deviation_eq = Derivation(
    claim=Claim(
        "jko_deviation_eq",
        Argmin(energy(before_step), w),
        r,
        named(WHERE, "h l m u w r"),
        convention=(
            JKO,
            "r is where the step leads from s = r(1 + hλ) − h/r: (r − s)/h = 1/r − λr, an implicit Euler step",
        ),
        source=SCHEME,
    ),
    steps=(
        Step("where the energy is least in the standard deviation", Argmin(energy(before_step), w)),
        Step(
            "terms without w move no place",
            Argmin((w - before_step) ** 2 / (2 * h) + lam * w**2 / 2 - log(w), w),
        ),
        Step("the slope, (w − s)/h + λw − 1/w, goes through zero at r alone", r),
    ),
)

reached = (s + sqrt(s**2 + 4 * h * pull)) / (2 * pull)
growth = Limit((reached**2 - s**2) / h, h, 0, "+")

jko_limit_eq = Derivation(
    claim=Claim(
        "jko_limit_eq",
        growth,
        2 - 2 * lam * s**2,
        named(WHERE, "h l s"),
        convention=(
            "r = (s + √(s² + 4h(1 + hλ)))/(2(1 + hλ)) solves r(1 + hλ) − h/r = s (jko_deviation_eq)",
            "d(s²)/dt = 2 − 2λs²: the variance under the Fokker-Planck equation of dX = −λX dt + √2 dW",
        ),
        source=SCHEME,
    ),
    steps=(
        Step("how the variance grows", growth),
        Step("for small steps: twice s times the growth of s", 2 * s * Limit((reached - s) / h, h, 0, "+")),
        Step("for small steps: the growth of s is 1/s − λs", 2 - 2 * lam * s**2),
    ),
)

DERIVATIONS = (
    girsanov_path_eq,
    girsanov_kl_eq,
    girsanov_mean_eq,
    jko_mean_eq,
    jko_deviation_eq,
    jko_limit_eq,
)
