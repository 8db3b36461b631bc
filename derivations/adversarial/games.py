"""The adversarial game: the optimal discriminator, the Jensen-Shannon divergence, and the generator's two losses.

Claim   D* = p/(p + q); at D* the game is worth 2 JS − log 4; the losses' slopes are −D and −(1 − D)
Route   a slope that changes sign once; logs of products; the chain rule.
"""

from __future__ import annotations

from sympy import Derivative, Expr, exp, log

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.notation import Argmax

NATS = "log is natural, so values are in nats"

WHERE = (
    Variable("D", OpenUnit(), "the discriminator's probability of real"),
    Variable("p", Positive(), "density of the data at a point"),
    Variable("q", Positive(), "density of the generator there"),
    Variable("a", Real(), "the discriminator's logit of real"),
)
D, p, q, a = symbols_of(WHERE)
pointwise = p * log(D) + q * log(1 - D)

optimal_discriminator_eq = Derivation(
    claim=Claim(
        "optimal_discriminator_eq",
        Argmax(pointwise, D),
        p / (p + q),
        named(WHERE, "D p q"),
        convention=("at each point apart: a network that can take any value there", "as many fakes as data are seen"),
        source=Source("goodfellow2014", "section 4.1, proposition 1"),
    ),
    steps=(
        Step("where the integrand p log D + q log(1 − D) is greatest", Argmax(pointwise, D)),
        Step("over p + q, a cross-entropy", Argmax(p / (p + q) * log(D) + q / (p + q) * log(1 - D), D)),
        Step("the slope p/D − q/(1 − D) falls through zero once", p / (p + q)),
    ),
)

WHERE_COINS = (
    Variable("p", OpenUnit(), "probability of outcome 1 in the data"),
    Variable("q", OpenUnit(), "probability of outcome 1 from the generator"),
)
pc, qc = symbols_of(WHERE_COINS)


def log_share(one: Expr, other: Expr) -> Expr:
    """log of the optimal discriminator."""
    return log(one / (one + other))


game = (
    pc * log_share(pc, qc)
    + (1 - pc) * log_share(1 - pc, 1 - qc)
    + qc * log_share(qc, pc)
    + (1 - qc) * log_share(1 - qc, 1 - pc)
)
divergence = (
    pc * log(2 * pc / (pc + qc))
    + (1 - pc) * log(2 * (1 - pc) / (2 - pc - qc))
    + qc * log(2 * qc / (pc + qc))
    + (1 - qc) * log(2 * (1 - qc) / (2 - pc - qc))
)

game_value_eq = Derivation(
    claim=Claim(
        "game_value_eq",
        game,
        divergence - log(4),
        WHERE_COINS,
        convention=(NATS, "two outcomes", "JS = ½KL(p ‖ m) + ½KL(q ‖ m) with m = (p + q)/2"),
        source=Source("goodfellow2014", "section 4.1, theorem 1, equation 6"),
    ),
    steps=(
        Step("E_p log D* + E_q log(1 − D*)", game),
        Step(
            "the log of a quotient: a 2 above and below",
            divergence - (pc + (1 - pc) + qc + (1 - qc)) * log(2),
        ),
        Step("the probabilities sum to one, twice: 2 JS − log 4", divergence - log(4)),
    ),
)

fake = 1 / (1 + exp(-a))

saturating_slope_eq = Derivation(
    claim=Claim(
        "saturating_slope_eq",
        Derivative(log(1 - fake), a),
        -1 / (1 + exp(-a)),
        named(WHERE, "a"),
        convention=("D = 1/(1 + e^(−a)) on a fake; the generator lowers log(1 − D)", "vanishes where D is near 0"),
        source=Source("goodfellow2014", "section 3"),
    ),
    steps=(
        Step("the slope of log(1 − D) in the logit", Derivative(log(1 - fake), a)),
        Step("1 − D = 1/(1 + e^a)", -Derivative(log(1 + exp(a)), a)),
        Step("minus D", -1 / (1 + exp(-a))),
    ),
)

non_saturating_slope_eq = Derivation(
    claim=Claim(
        "non_saturating_slope_eq",
        Derivative(-log(fake), a),
        -1 / (1 + exp(a)),
        named(WHERE, "a"),
        convention=("D = 1/(1 + e^(−a)) on a fake; the generator lowers −log D", "close to −1 where D is near 0"),
        source=Source("goodfellow2014", "section 3"),
    ),
    steps=(
        Step("the slope of −log D in the logit", Derivative(-log(fake), a)),
        Step("−log D = log(1 + e^(−a))", Derivative(log(1 + exp(-a)), a)),
        Step("minus 1 − D", -1 / (1 + exp(a))),
    ),
)

DERIVATIONS = (
    optimal_discriminator_eq,
    game_value_eq,
    saturating_slope_eq,
    non_saturating_slope_eq,
)
