"""Elastic net and heavy tails as priors, and λ where the loss is multiplied: scikit-learn's C.

Claim   a prior in proportion to e^(−a|w| − b w²) adds λ₁|w| + λ₂w² with λ₁ = 2s²a, λ₂ = 2s²b to the squared error; a
        Student-t prior adds s²(d + 1) log(1 + w²/d); C on the loss beside ½w² is λ = 1/C beside the plain sum
Route   the log of a product is a sum; the normalisers do not depend on the weight.
"""

from __future__ import annotations

from sympy import Abs, Expr, exp, gamma, log, pi, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Positive, Real, Variable, symbols_of
from claims.laws import StudentT
from claims.notation import Density, Normal

NATS = "log is natural"
SUM = "squared errors are summed: neither halved nor divided by the number of observations"
WHERE = (
    Variable("y", Real(), "the target"),
    Variable("x", Real(), "the input"),
    Variable("w", Real(), "the weight"),
    Variable("s", Positive(), "standard deviation of the noise"),
)
y, x, w, s = symbols_of(WHERE)
noise = (y - w * x) ** 2 / (2 * s**2) + log(2 * pi * s**2) / 2

WHERE_NET = (
    *WHERE,
    Variable("a", Positive(), "the rate of |w| in the exponent of the prior"),
    Variable("b", Positive(), "the rate of w² in it"),
    Variable("Z", Positive(), "the integral of e^(−a|w| − b w²), which does not depend on w"),
)
_, _, _, _, a, b, Z = symbols_of(WHERE_NET)
joint_net = Density(Normal(w * x, s**2), y) * exp(-a * Abs(w) - b * w**2) / Z
net = (y - w * x) ** 2 + 2 * s**2 * a * Abs(w) + 2 * s**2 * b * w**2
net_form = net / (2 * s**2) + log(Z) + log(2 * pi * s**2) / 2

map_elastic_net_prior_eq = Derivation(
    claim=Claim(
        "map_elastic_net_prior_eq",
        -log(joint_net),
        net_form,
        WHERE_NET,
        convention=(NATS, SUM, "λ₁ = 2s²a beside |w|, λ₂ = 2s²b beside w², with the plain squared error"),
        source=Source("lewis2010", "the question"),
    ),
    steps=(
        Step("minus the log of likelihood times prior", -log(joint_net)),
        Step("the log of a product is a sum", noise + a * Abs(w) + b * w**2 + log(Z)),
        Step("1/(2s²) taken out: λ₁ = 2s²a and λ₂ = 2s²b", net_form),
    ),
)

WHERE_STUDENT = (*WHERE, Variable("d", Positive(), "degrees of freedom of the prior"))
d = symbols_of(WHERE_STUDENT)[4]
joint_student = Density(Normal(w * x, s**2), y) * StudentT(d).density(w)
constant = log(sqrt(d * pi)) + log(gamma(d / 2)) - log(gamma((d + 1) / 2)) + log(2 * pi * s**2) / 2
student_form = ((y - w * x) ** 2 + s**2 * (d + 1) * log(1 + w**2 / d)) / (2 * s**2) + constant

map_student_prior_eq = Derivation(
    claim=Claim(
        "map_student_prior_eq",
        -log(joint_student),
        student_form,
        WHERE_STUDENT,
        convention=(NATS, SUM, "the prior is Student's t of scale 1", "λ = s²(d + 1) beside log(1 + w²/d)"),
        source=Source("proofwiki2026", "Probability Density Function of Student's t-Distribution"),
    ),
    steps=(
        Step("minus the log of likelihood times prior", -log(joint_student)),
        Step(
            "the normal leaves a square, the t law (d + 1)/2 times a log",
            noise + (d + 1) / 2 * log(1 + w**2 / d) + constant - log(2 * pi * s**2) / 2,
        ),
        Step("1/(2s²) taken out: λ = s²(d + 1)", student_form),
    ),
)

WHERE_C = (
    Variable("z_1", Real(), "input times label (±1) of the first observation"),
    Variable("z_2", Real(), "of the second"),
    Variable("w", Real(), "the weight"),
    Variable("lam", Positive(), "λ beside ½w², with the plain sum of losses"),
)
z1, z2, _, lam = symbols_of(WHERE_C)


def loss(margin: Expr) -> Expr:
    """The logistic loss of a margin."""
    return log(1 + exp(-margin))


C = 1 / lam
plain = loss(z1 * w) + loss(z2 * w) + lam * w**2 / 2
sklearn = C * (loss(z1 * w) + loss(z2 * w)) + w**2 / 2

logistic_sklearn_eq = Derivation(
    claim=Claim(
        "logistic_sklearn_eq",
        plain,
        lam * sklearn,
        WHERE_C,
        convention=(
            "labels are ±1; losses are summed, not averaged",
            "scikit-learn: C times the sum of losses plus ½w², with C = 1/λ",
            "over n observations a mean loss with λ' beside ½w² has C = 1/(nλ')",
        ),
        source=Source("pedregosa2011", "linear_model, logistic regression"),
    ),
    steps=(
        Step("the sum of losses and ½λw²", plain),
        Step("λ taken out: C = 1/λ stands on the losses", lam * sklearn),
    ),
)

DERIVATIONS = (map_elastic_net_prior_eq, map_student_prior_eq, logistic_sklearn_eq)
