"""Rates of large deviations: the exponents of Chernoff's bound, and the divergences that they are.

Claim   the greatest ua − log E e^(uX) is at the exponent that moves the mean of X to a, and is the divergence of the
        law moved there: for a normal law, a coin and a count
Route   the gain is concave in u with one zero of its slope; a divergence by its definition, and the means of the law.
"""

from __future__ import annotations

from sympy import exp, log

from claims.claim import Claim, Derivation, Lemma, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.laws import Bernoulli, Poisson
from claims.notation import KL, Argmax, Density, Expectation, Normal
from derivations.information.identities import kl_bernoulli_eq
from derivations.information.identities import p as p_of_lemma
from derivations.information.identities import q as q_of_lemma

WHERE = (
    Variable("x", Real(), "the point averaged over"),
    Variable("a", Positive(), "the level that is reached; of a normal law, how far above its mean"),
    Variable("m", Real(), "the mean of the normal law"),
    Variable("s", Positive(), "its STANDARD DEVIATION"),
    Variable("u", Real(), "the exponent, chosen"),
    Variable("p", OpenUnit(), "the probability of a one"),
    Variable("q", OpenUnit(), "the share of ones that is reached"),
    Variable("r", Positive(), "the mean of a count"),
)
x, a, m, s, u, p, q, r = symbols_of(WHERE)
SPREAD = Normal(m, s**2)
total = 1 - p + p * exp(u)

chernoff_normal_rate_eq = Derivation(
    claim=Claim(
        "chernoff_normal_rate_eq",
        KL(Normal(m + a, s**2), SPREAD),
        a**2 / (2 * s**2),
        named(WHERE, "x a m s"),
        convention=("log is natural", "the rate of the bound is the divergence of the law moved to the level"),
        source=Source("adhikari2026", "section 19.4, Chernoff bound"),
    ),
    steps=(
        Step("the divergence of N(m + a, s²) from N(m, s²)", KL(Normal(m + a, s**2), SPREAD)),
        Step(
            "the definition of KL",
            Expectation(log(Density(Normal(m + a, s**2), x) / Density(SPREAD, x)), x, Normal(m + a, s**2)),
        ),
        Step(
            "the log of a quotient of normal densities",
            Expectation((x - m) ** 2 / (2 * s**2) - (x - m - a) ** 2 / (2 * s**2), x, Normal(m + a, s**2)),
        ),
        Step("E (x − m)² = s² + a² and E (x − m − a)² = s²", a**2 / (2 * s**2)),
    ),
)

coin_gain = u * q - log(total)
ODDS = log(q * (1 - p) / (p * (1 - q)))

chernoff_coin_exponent_eq = Derivation(
    claim=Claim(
        "chernoff_coin_exponent_eq",
        Argmax(coin_gain, u),
        ODDS,
        named(WHERE, "p q u"),
        convention=("uq − log E e^(uX) of a coin with P(X = 1) = p", "the mean of the tilted coin is q there"),
        source=Source("zhang2023a", "theorem 2.17"),
    ),
    steps=(
        Step("where the rate is greatest", Argmax(coin_gain, u)),
        Step("divided by 1 − p: what is added does not depend on u", Argmax(coin_gain + log(1 - p), u)),
        Step("the slope q − p e^u/(1 − p + p e^u) is zero at the log odds alone, and falls through zero", ODDS),
    ),
)

chernoff_coin_rate_eq = Derivation(
    claim=Claim(
        "chernoff_coin_rate_eq",
        KL(Bernoulli(q), Bernoulli(p)),
        coin_gain.subs(u, ODDS),
        named(WHERE, "p q"),
        convention=("log is natural", "P(K ≥ nq) ≤ e^(−n KL(q ‖ p)) for q > p, K ~ Bin(n, p)"),
        source=Source("zhang2023a", "theorem 2.17"),
    ),
    steps=(
        Step("the divergence of the coin q from the coin p", KL(Bernoulli(q), Bernoulli(p))),
        Step(
            "kl_bernoulli_eq",
            q * log(q / p) + (1 - q) * log((1 - q) / (1 - p)),
            lemmas=(Lemma(kl_bernoulli_eq, ((p_of_lemma, q), (q_of_lemma, p))),),
        ),
        Step(
            "q of the log odds, and what is left: the log of a quotient",
            q * ODDS + log((1 - q) / (1 - p)),
        ),
        Step("1 − p + p e^u is (1 − p)/(1 − q) at the log odds", coin_gain.subs(u, ODDS)),
    ),
)

count_gain = u * a - r * (exp(u) - 1)

chernoff_count_exponent_eq = Derivation(
    claim=Claim(
        "chernoff_count_exponent_eq",
        Argmax(count_gain, u),
        log(a / r),
        named(WHERE, "a r u"),
        convention=("ua − log E e^(uK) of a count K ~ Poisson(r)", "the mean of the tilted count is a there"),
        source=Source("tao2022", "proposition 1, proof"),
    ),
    steps=(
        Step("where the rate is greatest", Argmax(count_gain, u)),
        Step("r less: it does not depend on u", Argmax(count_gain - r, u)),
        Step("the slope a − r e^u is zero at log a/r alone, and falls through zero", log(a / r)),
    ),
)

chernoff_count_rate_eq = Derivation(
    claim=Claim(
        "chernoff_count_rate_eq",
        KL(Poisson(a), Poisson(r)),
        count_gain.subs(u, log(a / r)),
        named(WHERE, "x a r"),
        convention=("log is natural", "P(K ≥ a) ≤ e^(−KL(Poisson(a) ‖ Poisson(r))) for a > r, K ~ Poisson(r)"),
        source=Source("tao2022", "proposition 1, proof"),
    ),
    steps=(
        Step("the divergence of the count of mean a from that of mean r", KL(Poisson(a), Poisson(r))),
        Step(
            "the definition of KL",
            Expectation(log(Poisson(a).density(x) / Poisson(r).density(x)), x, Poisson(a)),
        ),
        Step(
            "the log of a quotient: the factorials cancel",
            Expectation(x * log(a / r) - a + r, x, Poisson(a)),
        ),
        Step("E K = a", count_gain.subs(u, log(a / r))),
    ),
)

DERIVATIONS = (
    chernoff_normal_rate_eq,
    chernoff_coin_exponent_eq,
    chernoff_coin_rate_eq,
    chernoff_count_exponent_eq,
    chernoff_count_rate_eq,
)
