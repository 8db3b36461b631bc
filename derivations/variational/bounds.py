"""Bounds that grow: importance weighting, EM, and mean field, for latents with two values.

Claim   the bound of K importance samples rises with K and stays below log p(x); an EM step never lowers log p(x); the
        mean-field factor is the exponential of an expected log
Route   Jensen's inequality for log at every pair of draws, and under q.
"""

from __future__ import annotations

from sympy import Expr, Rational, Symbol, binomial, exp, log

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Jensen, Sign, Times
from claims.notation import Argmax, Argmin

NATS = "log is natural, so the value is in nats"
u = Symbol("u", positive=True)

WHERE = (
    Variable("j_1", Positive(), "p(x, z = 1), the joint at the x that was seen"),
    Variable("j_0", Positive(), "p(x, z = 0)"),
    Variable("q", OpenUnit(), "q(z = 1)"),
)
j1, j0, q = symbols_of(WHERE)
W1, W0 = j1 / q, j0 / (1 - q)
WEIGHTS = ((q, W1), (1 - q, W0))
"""Each value of one draw: its probability, and its importance weight p(x, z)/q(z)."""
IWAE = "L_K = E log of the mean of K importance weights p(x, z)/q(z), the draws independent from q; z is 1 or 0"


def summed(terms: tuple[Expr, ...]) -> Expr:
    """The sum of the terms."""
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def mean_log(count: int) -> Expr:
    """E log of the mean of ``count`` weights, by how many of the draws are 1."""
    parts = []
    for ones in range(count + 1):
        chance = binomial(count, ones) * q**ones * (1 - q) ** (count - ones)
        parts.append(chance * log((ones * W1 + (count - ones) * W0) / count))
    return summed(tuple(parts))


one, two, three = mean_log(1), mean_log(2), mean_log(3)
concave = -log(u)

EVEN = Jensen(concave, u, (Rational(1, 2), Rational(1, 2)), (W1, W0))
"""The mean of two different weights."""

iwae_one_le_two = Derivation(
    claim=Claim(
        "iwae_one_le_two",
        one,
        two,
        WHERE,
        Relation.LE,
        convention=(NATS, IWAE, "L_1 is the ELBO"),
        source=Source("burda2016", "section 3, theorem 1"),
    ),
    steps=(
        Step("the ELBO, E log w", one),
        Step(
            "the mean log of two draws",
            q**2 * log(W1) + 2 * q * (1 - q) * (log(W1) + log(W0)) / 2 + (1 - q) ** 2 * log(W0),
        ),
        Step(
            "where the draws differ, the log of the mean is above the mean of the logs",
            two,
            Relation.LE,
            (Times(2 * q * (1 - q), EVEN),),
        ),
    ),
)


def two_of_three(first: Expr, second: Expr) -> Jensen:
    """Two draws of one value and one of the other: the mean of three weights from the means of its three pairs."""
    return Jensen(concave, u, (Rational(1, 3), Rational(2, 3)), (first, (first + second) / 2))


iwae_two_le_three = Derivation(
    claim=Claim(
        "iwae_two_le_three",
        two,
        three,
        WHERE,
        Relation.LE,
        convention=(NATS, IWAE, "from K − 1 to K the step is the same: each draw left out in turn"),
        source=Source("burda2016", "section 3, theorem 1"),
    ),
    steps=(
        Step("L_2", two),
        Step(
            "the mean over the pairs of three draws, then Jensen where they differ",
            three,
            Relation.LE,
            (
                Times(3 * q**2 * (1 - q), two_of_three(W1, W0)),
                Times(3 * q * (1 - q) ** 2, two_of_three(W0, W1)),
            ),
        ),
    ),
)

iwae_le_log_evidence = Derivation(
    claim=Claim(
        "iwae_le_log_evidence",
        two,
        log(j1 + j0),
        WHERE,
        Relation.LE,
        convention=(NATS, IWAE, "K = 2"),
        source=Source("burda2016", "section 3, theorem 1"),
    ),
    steps=(
        Step("L_2", two),
        Step(
            "Jensen over the draws: the mean weight is p(x) on average",
            log(j1 + j0),
            Relation.LE,
            (Jensen(concave, u, (q**2, 2 * q * (1 - q), (1 - q) ** 2), (W1, (W1 + W0) / 2, W0)),),
        ),
    ),
)

WHERE_EM = (
    *(Variable(f"j_{i}", Positive(), f"p(x, z = {i}) under the old parameters") for i in (1, 0)),
    *(Variable(f"k_{i}", Positive(), f"p(x, z = {i}) under the new parameters") for i in (1, 0)),
)
k1, k0 = symbols_of(WHERE_EM)[2:]
r = j1 / (j1 + j0)
gained = log(k1 + k0) - log(j1 + j0)
surrogate = r * log(k1) + (1 - r) * log(k0) - r * log(j1) - (1 - r) * log(j0)

em_ascent_ge = Derivation(
    claim=Claim(
        "em_ascent_ge",
        gained,
        surrogate,
        WHERE_EM,
        Relation.GE,
        convention=(
            NATS,
            "Q(new) − Q(old), Q = E log p(x, z) under the old posterior: log p(x) gains no less than Q",
            "one observation; over independent ones both sides add up",
        ),
        source=Source("bishop2006", "section 9.4"),
    ),
    steps=(
        Step("the gain in log p(x)", gained),
        Step(
            "the ratio of evidences as a mean over the old posterior",
            log(r * k1 / j1 + (1 - r) * k0 / j0),
        ),
        Step("Jensen", surrogate, Relation.GE, (Jensen(concave, u, (r, 1 - r), (k1 / j1, k0 / j0)),)),
    ),
)

WHERE_FIELD = (
    Variable("q", OpenUnit(), "q_1(z_1 = 1), the factor that is renewed"),
    Variable("s", OpenUnit(), "q_2(z_2 = 1), the factor that is held"),
    *(Variable(f"l_{k}", Real(), f"log p(x, z_1 = 1, z_2 = {k}) − log p(x, z_1 = 0, z_2 = {k})") for k in (1, 0)),
)
_, s, l1, l0 = symbols_of(WHERE_FIELD)
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
    em_ascent_ge,
    mean_field_update_eq,
    mean_field_var_eq,
    mean_field_var_le,
)
