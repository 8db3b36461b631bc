"""Entropies of four laws, and three sums that hold for any two laws.

Claim   entropies in nats; H(p, q) = H(p) + KL(p ‖ q); log p(x) = ELBO + KL(q ‖ p(z | x))
Route   E of a log-density that is linear in x, or a finite sum, and logs of products.
"""

from __future__ import annotations

from sympy import E, Expr, Rational, log, pi

from claims.claim import Claim, Derivation, Lemma, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.laws import Bernoulli, Exponential, Uniform
from claims.notation import KL, CrossEntropy, Density, Entropy, Expectation, Normal

NATS = "log is natural, so the value is in nats"
DENSITY = "differential entropy: it depends on the unit of x and may be negative"

WHERE_COIN = (
    Variable("p", OpenUnit(), "the probability of 1 under the first law"),
    Variable("x", Real(), "the outcome, 1 or 0, averaged over"),
)
p, x = symbols_of(WHERE_COIN)
first = Bernoulli(p)
binary_entropy = -p * log(p) - (1 - p) * log(1 - p)

entropy_bernoulli_eq = Derivation(
    claim=Claim(
        "entropy_bernoulli_eq",
        Entropy(first),
        binary_entropy,
        WHERE_COIN,
        convention=(NATS,),
        source=Source("soch2020", "proof P334"),
    ),
    steps=(
        Step("the entropy of a coin", Entropy(first)),
        Step("the definition: −E log p(x)", -Expectation(log(first.density(x)), x, first)),
        Step("the log of a product", -Expectation(x * log(p) + (1 - x) * log(1 - p), x, first)),
        Step("E x = p", binary_entropy),
    ),
)

WHERE_EXPONENTIAL = (
    Variable("x", Real(), "the point integrated over"),
    Variable("r", Positive(), "the rate, one over the mean"),
)
r = symbols_of(WHERE_EXPONENTIAL)[1]
waiting = Exponential(r)

entropy_exponential_eq = Derivation(
    claim=Claim(
        "entropy_exponential_eq",
        Entropy(waiting),
        1 - log(r),
        WHERE_EXPONENTIAL,
        convention=(NATS, DENSITY, "the density is r e^(−r x): a rate"),
        source=Source("virtanen2020", "stats, exponential distribution"),
    ),
    steps=(
        Step("the differential entropy", Entropy(waiting)),
        Step("the definition: −E log p(x)", -Expectation(log(waiting.density(x)), x, waiting)),
        Step("the log of a product", -Expectation(log(r) - r * x, x, waiting)),
        Step("E is linear", r * Expectation(x, x, waiting) - log(r)),
        Step("E x = 1/r", 1 - log(r)),
    ),
)

WHERE_NORMAL = (
    Variable("x", Real(), "the point integrated over"),
    Variable("m", Real(), "the mean"),
    Variable("s", Positive(), "the standard deviation, not the variance"),
)
_, m, s = symbols_of(WHERE_NORMAL)
normal = Normal(m, s**2)

entropy_normal_eq = Derivation(
    claim=Claim(
        "entropy_normal_eq",
        Entropy(normal),
        log(2 * pi * E * s**2) / 2,
        WHERE_NORMAL,
        convention=(NATS, DENSITY),
        source=Source("bishop2006", "section 1.6, equation 1.110"),
    ),
    steps=(
        Step("the differential entropy", Entropy(normal)),
        Step("the definition: −E log p(x)", -Expectation(log(Density(normal, x)), x, normal)),
        Step(
            "the log of a product: a square and a constant",
            Expectation((x - m) ** 2 / (2 * s**2) + log(2 * pi * s**2) / 2, x, normal),
        ),
        Step("E is linear", Expectation((x - m) ** 2, x, normal) / (2 * s**2) + log(2 * pi * s**2) / 2),
        Step("E(x − m)² = s²", Rational(1, 2) + log(2 * pi * s**2) / 2),
        Step("1/2 = log(e)/2", log(2 * pi * E * s**2) / 2),
    ),
)

WHERE_UNIFORM = (
    Variable("x", Real(), "the point integrated over"),
    Variable("a", Real(), "the lower end"),
    Variable("w", Positive(), "the width"),
)
_, a, w = symbols_of(WHERE_UNIFORM)
flat = Uniform(a, a + w)

entropy_uniform_eq = Derivation(
    claim=Claim(
        "entropy_uniform_eq",
        Entropy(flat),
        log(w),
        WHERE_UNIFORM,
        convention=(NATS, DENSITY, "from a to a + w"),
        source=Source("soch2020", "proof P397"),
    ),
    steps=(
        Step("the differential entropy", Entropy(flat)),
        Step("the definition: the density is 1/w throughout", -Expectation(log(1 / w), x, flat)),
        Step("the mean of a constant", log(w)),
    ),
)

WHERE_COINS = (*WHERE_COIN, Variable("q", OpenUnit(), "the probability of 1 under the second law"))
q = symbols_of(WHERE_COINS)[-1]
second = Bernoulli(q)
divergence = p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))

kl_bernoulli_eq = Derivation(
    claim=Claim(
        "kl_bernoulli_eq",
        KL(first, second),
        divergence,
        WHERE_COINS,
        convention=(NATS, "p first, q second"),
        source=Source("bishop2006", "section 1.6.1, equation 1.113"),
    ),
    steps=(
        Step("the divergence of one coin from another", KL(first, second)),
        Step("the definition: E log p(x)/q(x)", Expectation(log(first.density(x) / second.density(x)), x, first)),
        Step("the log of a product", Expectation(x * log(p / q) + (1 - x) * log((1 - p) / (1 - q)), x, first)),
        Step("E x = p", divergence),
    ),
)

cross_entropy_bernoulli_eq = Derivation(
    claim=Claim(
        "cross_entropy_bernoulli_eq",
        CrossEntropy(first, second),
        binary_entropy + divergence,
        WHERE_COINS,
        convention=(NATS, "p first, q second: drawn from p, coded by q", "the right side is H(p) + KL(p ‖ q)"),
        source=Source("soch2020", "proof P113"),
    ),
    steps=(
        Step("the cross-entropy of two coins", CrossEntropy(first, second)),
        Step("the definition: −E log q(x)", -Expectation(log(second.density(x)), x, first)),
        Step(
            "the log of a quotient: log q = log p − log p/q",
            Expectation(log(first.density(x) / second.density(x)) - log(first.density(x)), x, first),
        ),
        Step("E is linear, and the definitions of H and of KL", Entropy(first) + KL(first, second)),
        Step(
            "entropy_bernoulli_eq and kl_bernoulli_eq",
            binary_entropy + divergence,
            lemmas=(Lemma(entropy_bernoulli_eq), Lemma(kl_bernoulli_eq)),
        ),
    ),
)

WHERE_THREE = (
    *(Variable(f"p_{i}", Positive(), f"probability of class {i} under p") for i in (1, 2, 3)),
    *(Variable(f"q_{i}", Positive(), f"probability of class {i} under q") for i in (1, 2, 3)),
)
p1, p2, p3, q1, q2, q3 = symbols_of(WHERE_THREE)
PAIRS = ((p1, q1), (p2, q2), (p3, q3))


def over_classes(terms: tuple[Expr, ...]) -> Expr:
    """The sum over the three classes."""
    return terms[0] + terms[1] + terms[2]


coded = -over_classes(tuple(a * log(b) for a, b in PAIRS))
own = -over_classes(tuple(a * log(a) for a, _ in PAIRS))
split = -over_classes(tuple(a * (log(a) - log(a / b)) for a, b in PAIRS))
excess = over_classes(tuple(a * log(a / b) for a, b in PAIRS))

cross_entropy_categorical_eq = Derivation(
    claim=Claim(
        "cross_entropy_categorical_eq",
        coded,
        own + excess,
        WHERE_THREE,
        convention=(NATS, "three classes", "holds for positive weights whether or not they sum to one"),
        source=Source("soch2020", "proof P113"),
    ),
    steps=(
        Step("the cross-entropy −Σ p log q", coded),
        Step(
            "−log q = −log p + log(p/q), class by class",
            over_classes(tuple(-a * (log(a) - log(a / b)) for a, b in PAIRS)),
        ),
        Step("entropy and divergence", own + excess),
    ),
)

WHERE_LATENT = (
    *(Variable(f"j_{i}", Positive(), f"p(x, z = {i}), the joint at the x that was seen") for i in (1, 2)),
    Variable("q", OpenUnit(), "q(z = 1); the other value has 1 − q"),
)
j1, j2, _ = symbols_of(WHERE_LATENT)
evidence = j1 + j2
elbo = q * log(j1 / q) + (1 - q) * log(j2 / (1 - q))
gap = q * log(q / (j1 / evidence)) + (1 - q) * log((1 - q) / (j2 / evidence))

log_evidence_two_eq = Derivation(
    claim=Claim(
        "log_evidence_two_eq",
        log(evidence),
        elbo + gap,
        WHERE_LATENT,
        convention=(
            NATS,
            "a latent z with two values; ELBO = E_q[log p(x, z) − log q(z)]",
            "the second sum is KL(q ‖ p(z | x)), q first",
        ),
        source=Source("bishop2006", "section 9.4, equation 9.70"),
    ),
    steps=(
        Step("the log-evidence log Σ_z p(x, z)", log(evidence)),
        Step(
            "q sums to one, and p(x) = p(x, z)/p(z | x) at either z",
            q * log(j1 / (j1 / evidence)) + (1 - q) * log(j2 / (j2 / evidence)),
        ),
        Step("log q added and taken away", elbo + gap),
    ),
)

DERIVATIONS = (
    entropy_bernoulli_eq,
    entropy_exponential_eq,
    entropy_normal_eq,
    entropy_uniform_eq,
    kl_bernoulli_eq,
    cross_entropy_bernoulli_eq,
    cross_entropy_categorical_eq,
    log_evidence_two_eq,
)
