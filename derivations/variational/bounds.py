"""Bounds that grow: importance weighting and EM, for any laws, and mean field, for latents with two values.

Claim   the bound of K importance samples rises with K and stays below log p(x); an EM step never lowers log p(x); the
        mean-field factor is the exponential of an expected log
Route   Jensen's inequality for log at every pair of draws, log t ≤ t − 1 on average; Bayes' rule for the joint.
"""

from __future__ import annotations

from sympy import Expr, Rational, Symbol, exp, log

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.grounds import Ground, Jensen, Mean, Sign, Tangent
from claims.notation import KL, Argmax, Argmin, Density, Entropy, Expectation, NamedLaw

NATS = "log is natural, so the value is in nats"
ANY = "any laws with densities or masses, positive at the same points, for which the expectations are finite"
u = Symbol("u", positive=True)

WHERE = (
    *(Variable(f"z_{k}", Real(), f"the latent of draw {k}, averaged over") for k in (1, 2, 3)),
    Variable("e", Positive(), "p(x), the evidence at the x that was seen"),
    Variable("f", Positive(), "p(x) under the new parameters, where e is that under the old ones"),
)
z1, z2, z3, e, f = symbols_of(WHERE)
guide, exact, renewed = NamedLaw("q"), NamedLaw("r"), NamedLaw("s")
IWAE = (
    "L_K = E log of the mean of K importance weights p(x, z)/q(z) = e r(z)/q(z), the draws independent from q",
    "e = p(x) is the evidence, r = p(z | x) the posterior, by Bayes' rule",
)


def ratio(z: Symbol) -> Expr:
    """The weight of a draw over the evidence: r(z)/q(z), of mean 1."""
    return Density(exact, z) / Density(guide, z)


def over(inner: Expr, *draws: Symbol) -> Expr:
    """The mean over independent draws from q, the first the outermost."""
    for z in reversed(draws):
        inner = Expectation(inner, z, guide)
    return inner


def at_all(ground: Ground, *draws: Symbol) -> Ground:
    """A ground that holds at every draw, on average over independent draws from q."""
    for z in reversed(draws):
        ground = Mean(ground, z, guide)
    return ground


def even(*points: Expr) -> Jensen:
    """The log of the mean of points of equal weight is above the mean of their logs."""
    return Jensen(-log(u), u, (Rational(1, len(points)),) * len(points), points)


pair, triple = (ratio(z1) + ratio(z2)) / 2, (ratio(z1) + ratio(z2) + ratio(z3)) / 3
PAIRS = tuple((ratio(a) + ratio(b)) / 2 for a, b in ((z1, z2), (z1, z3), (z2, z3)))
one, two, three = over(log(e * ratio(z1)), z1), over(log(e * pair), z1, z2), over(log(e * triple), z1, z2, z3)

iwae_one_le_two = Derivation(
    claim=Claim(
        "iwae_one_le_two",
        one,
        two,
        named(WHERE, "z_1 z_2 e"),
        Relation.LE,
        convention=(NATS, ANY, *IWAE, "L_1 is the ELBO"),
        source=Source("burda2016", "section 3, theorem 1"),
    ),
    steps=(
        Step("the ELBO, E log w", one),
        Step("the mean of the logs of two draws", over((log(e * ratio(z1)) + log(e * ratio(z2))) / 2, z1, z2)),
        Step(
            "Jensen: at every pair of draws the log of the mean is above the mean of the logs",
            two,
            Relation.LE,
            (at_all(even(ratio(z1), ratio(z2)), z1, z2),),
        ),
    ),
)

iwae_two_le_three = Derivation(
    claim=Claim(
        "iwae_two_le_three",
        two,
        three,
        named(WHERE, "z_1 z_2 z_3 e"),
        Relation.LE,
        convention=(NATS, ANY, *IWAE, "from K − 1 to K the step is the same: each draw left out in turn"),
        source=Source("burda2016", "section 3, theorem 1"),
    ),
    steps=(
        Step("L_2", two),
        Step(
            "the mean over the pairs of three draws",
            over((log(e * PAIRS[0]) + log(e * PAIRS[1]) + log(e * PAIRS[2])) / 3, z1, z2, z3),
        ),
        Step(
            "Jensen: the mean of three weights is the mean of the means of its pairs",
            three,
            Relation.LE,
            (at_all(even(*PAIRS), z1, z2, z3),),
        ),
    ),
)

iwae_le_log_evidence = Derivation(
    claim=Claim(
        "iwae_le_log_evidence",
        two,
        log(e),
        named(WHERE, "z_1 z_2 e"),
        Relation.LE,
        convention=(NATS, ANY, *IWAE, "K = 2; with more draws the step is the same"),
        source=Source("burda2016", "section 3, theorem 1"),
    ),
    steps=(
        Step("L_2", two),
        Step("log p(x) comes out of E", log(e) + over(log(pair), z1, z2)),
        Step(
            "log t ≤ t − 1 for the mean weight over p(x)",
            log(e) + over(pair - 1, z1, z2),
            Relation.LE,
            (at_all(Tangent(pair), z1, z2),),
        ),
        Step("each weight over p(x) has the mean ∫ r = 1", log(e)),
    ),
)

iwae_three_le_log_evidence = Derivation(
    claim=Claim(
        "iwae_three_le_log_evidence",
        three,
        log(e),
        named(WHERE, "z_1 z_2 z_3 e"),
        Relation.LE,
        convention=(NATS, ANY, *IWAE, "K = 3"),
        source=Source("burda2016", "section 3, theorem 1"),
    ),
    steps=(
        Step("L_3", three),
        Step("log p(x) comes out of E", log(e) + over(log(triple), z1, z2, z3)),
        Step(
            "log t ≤ t − 1 for the mean weight over p(x)",
            log(e) + over(triple - 1, z1, z2, z3),
            Relation.LE,
            (at_all(Tangent(triple), z1, z2, z3),),
        ),
        Step("each weight over p(x) has the mean ∫ r = 1", log(e)),
    ),
)

EM = (
    "the joint under the old parameters is e r(z), under the new ones f s(z): evidence times posterior",
    "Q = E log p(x, z) under the old posterior r; one observation; over independent ones both sides add up",
)
gained = log(f) - log(e)
surrogate = Expectation(log(f * Density(renewed, z1)) - log(e * Density(exact, z1)), z1, exact)

em_gain_eq = Derivation(
    claim=Claim(
        "em_gain_eq",
        gained,
        surrogate + KL(exact, renewed),
        named(WHERE, "z_1 e f"),
        convention=(
            NATS,
            ANY,
            *EM,
            "the gain of Q, and the divergence of the old posterior from the new",
        ),
        source=Source("bishop2006", "section 9.4"),
    ),
    steps=(
        Step("the gain in log p(x)", gained),
        Step(
            "joint over posterior, at every z alike",
            surrogate + Expectation(log(Density(exact, z1) / Density(renewed, z1)), z1, exact),
        ),
        Step("the definition of KL(r ‖ s)", surrogate + KL(exact, renewed)),
    ),
)

em_ascent_ge = Derivation(
    claim=Claim(
        "em_ascent_ge",
        gained,
        surrogate,
        named(WHERE, "z_1 e f"),
        Relation.GE,
        convention=(NATS, ANY, *EM, "Q(new) − Q(old): log p(x) gains no less than Q"),
        source=Source("bishop2006", "section 9.4"),
    ),
    steps=(
        Step("the gain in log p(x)", gained),
        Step(
            "joint over posterior, at every z alike",
            surrogate - Expectation(log(Density(renewed, z1) / Density(exact, z1)), z1, exact),
        ),
        Step(
            "log t ≤ t − 1 for new over old posterior",
            surrogate - Expectation(Density(renewed, z1) / Density(exact, z1) - 1, z1, exact),
            Relation.GE,
            (Mean(Tangent(Density(renewed, z1) / Density(exact, z1)), z1, exact),),
        ),
        Step("its mean under the old one is ∫ s = 1", surrogate),
    ),
)

WHERE_FACTOR = (
    *named(WHERE, "z_1"),
    Variable("C", Positive(), "the mass of exp E_{q_2} log p(x, z_1, z_2), summed over z_1"),
)
mass = symbols_of(WHERE_FACTOR)[1]
held, best = NamedLaw("s"), NamedLaw("m")
of_factor = Expectation(log(mass * Density(best, z1)), z1, guide) + Entropy(guide) + Entropy(held)

mean_field_bound_eq = Derivation(
    claim=Claim(
        "mean_field_bound_eq",
        of_factor,
        log(mass) + Entropy(held) - KL(guide, best),
        WHERE_FACTOR,
        convention=(
            NATS,
            ANY,
            "the ELBO of q(z) = q_1(z_1) q_2(z_2), with q = q_1, and s = q_2 held",
            "E_{q_2} log p(x, z_1, z_2) = log(C m(z_1)): m is the law ∝ exp E_{q_2} log p(x, z_1, z_2)",
            "greatest where q_1 is m, since KL(q_1 ‖ m) is never negative (kl_nonneg)",
        ),
        source=Source("bishop2006", "section 10.1.1, equation 10.9"),
    ),
    steps=(
        Step("E log p(x, z) under both factors, and the entropies of both", of_factor),
        Step(
            "the definition of the entropy of q",
            Expectation(log(mass * Density(best, z1)), z1, guide)
            - Expectation(log(Density(guide, z1)), z1, guide)
            + Entropy(held),
        ),
        Step(
            "the log of a product",
            log(mass) - Expectation(log(Density(guide, z1) / Density(best, z1)), z1, guide) + Entropy(held),
        ),
        Step("the definition of KL(q ‖ m)", log(mass) + Entropy(held) - KL(guide, best)),
    ),
)

WHERE_FIELD = (
    Variable("q", OpenUnit(), "q_1(z_1 = 1), the factor that is renewed"),
    Variable("s", OpenUnit(), "q_2(z_2 = 1), the factor that is held"),
    *(Variable(f"l_{k}", Real(), f"log p(x, z_1 = 1, z_2 = {k}) − log p(x, z_1 = 0, z_2 = {k})") for k in (1, 0)),
)
q, s, l1, l0 = symbols_of(WHERE_FIELD)
logit = s * l1 + (1 - s) * l0
field = q * logit - q * log(q) - (1 - q) * log(1 - q)

mean_field_update_eq = Derivation(
    claim=Claim(
        "mean_field_update_eq",
        Argmax(field, q),
        1 / (1 + exp(-logit)),
        WHERE_FIELD,
        convention=(
            NATS,
            "the part of the ELBO that depends on q_1, for q(z) = q_1(z_1) q_2(z_2)",
            "q_1(z_1) ∝ exp E_{q_2} log p(x, z_1, z_2), both latents 0 or 1",
        ),
        source=Source("bishop2006", "section 10.1.1, equation 10.9"),
    ),
    steps=(
        Step("the factor of the greatest ELBO, the other held", Argmax(field, q)),
        Step("its logit must be the mean of the log-ratio", 1 / (1 + exp(-logit))),
    ),
)

WHERE_NARROW = (
    Variable("v", Positive(), "variance of the factor of the first coordinate"),
    Variable("a", Positive(), "standard deviation of the first coordinate"),
    Variable("c", Real(), "L_21: what the second gets of the first's noise"),
    Variable("d", Positive(), "L_22"),
)
v, a, c, d = symbols_of(WHERE_NARROW)
precision = (c**2 + d**2) / (a**2 * d**2)
narrow = precision * v / 2 - log(v) / 2

mean_field_var_eq = Derivation(
    claim=Claim(
        "mean_field_var_eq",
        Argmin(narrow, v),
        a**2 * d**2 / (c**2 + d**2),
        WHERE_NARROW,
        convention=(
            NATS,
            "the part of KL(q_1 q_2 ‖ N(m, LLᵀ)) that depends on the variance of q_1; L = [[a, 0], [c, d]]",
            "one over the entry of the PRECISION matrix: the variance given the other coordinate",
        ),
        source=Source("bishop2006", "section 10.1.2, equation 10.12"),
    ),
    steps=(
        Step("the variance of the nearest factor", Argmin(narrow, v)),
        Step("the slope (Λ_11 − 1/v)/2 is zero at 1/Λ_11", a**2 * d**2 / (c**2 + d**2)),
    ),
)

mean_field_var_le = Derivation(
    claim=Claim(
        "mean_field_var_le",
        a**2 * d**2 / (c**2 + d**2),
        a**2,
        WHERE_NARROW[1:],
        Relation.LE,
        convention=("mean field is too sure of itself: equal only where the coordinates don't correlate, c = 0",),
        source=Source("bishop2006", "section 10.1.2"),
    ),
    steps=(
        Step("the variance of the mean-field factor", a**2 * d**2 / (c**2 + d**2)),
        Step(
            "less than the marginal's by a²c²/(c² + d²)",
            a**2,
            Relation.LE,
            (Sign(a**2 * c**2 / (c**2 + d**2)),),
        ),
    ),
)

DERIVATIONS = (
    iwae_one_le_two,
    iwae_two_le_three,
    iwae_le_log_evidence,
    iwae_three_le_log_evidence,
    em_gain_eq,
    em_ascent_ge,
    mean_field_bound_eq,
    mean_field_update_eq,
    mean_field_var_eq,
    mean_field_var_le,
)
