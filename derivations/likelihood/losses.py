"""Losses are negative log-likelihoods: each one from the density or mass it comes from.

Claim   −log N(y; m, s²) = (y − m)²/(2s²) + log s + log(2π)/2, and so on for Laplace, Bernoulli, categorical, Poisson
Route   the log of a product is a sum, and the log of an exponential its exponent.
"""

from __future__ import annotations

from sympy import Abs, Expr, Max, Rational, exp, factorial, log, pi

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import ClosedUnit, Integer, OpenUnit, Positive, Real, Variable, symbols_of
from claims.laws import Bernoulli, Laplace, Poisson
from claims.notation import Density, Normal

NATS = "log is natural, so the loss is in nats"
BISHOP = "section 1.2.5"

WHERE = (
    Variable("y", Real(), "the target"),
    Variable("m", Real(), "the prediction: the mean of y"),
    Variable("s", Positive(), "standard deviation of the noise, not its variance"),
)
y, m, s = symbols_of(WHERE)
squared = (y - m) ** 2 / (2 * s**2) + log(s) + log(2 * pi) / 2

nll_normal_eq = Derivation(
    claim=Claim(
        "nll_normal_eq",
        -log(Density(Normal(m, s**2), y)),
        squared,
        WHERE,
        convention=(NATS, "N(m, v) has variance v", "one observation"),
        source=Source("zhang2023", "the normal distribution and squared loss"),
    ),
    steps=(
        Step("the negative log-likelihood of one target", -log(Density(Normal(m, s**2), y))),
        Step("the exponent leaves a square, the normaliser a log", (y - m) ** 2 / (2 * s**2) + log(2 * pi * s**2) / 2),
        Step("log 2πs² = log 2π + 2 log s", squared),
    ),
)

WHERE_BATCH = (
    *(Variable(f"y_{i}", Real(), f"target {i}") for i in (1, 2, 3)),
    *(Variable(f"m_{i}", Real(), f"prediction {i}") for i in (1, 2, 3)),
    Variable("s", Positive(), "standard deviation of the noise, shared by all three"),
)
y1, y2, y3, m1, m2, m3, _ = symbols_of(WHERE_BATCH)
mse = ((y1 - m1) ** 2 + (y2 - m2) ** 2 + (y3 - m3) ** 2) / 3
product = Density(Normal(m1, s**2), y1) * Density(Normal(m2, s**2), y2) * Density(Normal(m3, s**2), y3)
summed = -log(Density(Normal(m1, s**2), y1)) - log(Density(Normal(m2, s**2), y2)) - log(Density(Normal(m3, s**2), y3))
n = 3

nll_normal_mse_eq = Derivation(
    claim=Claim(
        "nll_normal_mse_eq",
        -log(product),
        n / (2 * s**2) * mse + n * log(2 * pi * s**2) / 2,
        WHERE_BATCH,
        convention=(NATS, "three independent observations, noise of one variance", "the squared error is a mean"),
        source=Source("goodfellow2016", "section 5.5.1"),
    ),
    steps=(
        Step("the negative log-likelihood of independent targets", -log(product)),
        Step("the log of a product is a sum", summed),
        Step("each term is a square over 2s² and a constant", n / (2 * s**2) * mse + n * log(2 * pi * s**2) / 2),
    ),
)

WHERE_HETERO = (
    Variable("y", Real(), "the target"),
    Variable("m", Real(), "the predicted mean"),
    Variable("r", Real(), "the predicted LOG-VARIANCE log σ²"),
)
r = symbols_of(WHERE_HETERO)[2]
attenuated = exp(-r) * (y - m) ** 2 / 2 + r / 2 + log(2 * pi) / 2

nll_normal_logvar_eq = Derivation(
    claim=Claim(
        "nll_normal_logvar_eq",
        -log(Density(Normal(m, exp(r)), y)),
        attenuated,
        WHERE_HETERO,
        convention=(NATS, "the network gives log σ², so σ² = e^r is positive whatever it gives"),
        source=Source("paszke2019", "nn.GaussianNLLLoss"),
    ),
    steps=(
        Step("the negative log-likelihood at a predicted variance", -log(Density(Normal(m, exp(r)), y))),
        Step("the square is divided by twice the variance", (y - m) ** 2 / (2 * exp(r)) + log(2 * pi * exp(r)) / 2),
        Step("the log of the variance is r", attenuated),
    ),
)

WHERE_LAPLACE = (
    Variable("y", Real(), "the target"),
    Variable("m", Real(), "the prediction: the median of y"),
    Variable("b", Positive(), "scale of the noise; its variance is 2b²"),
)
b = symbols_of(WHERE_LAPLACE)[2]
laplace = Laplace(m, b).density(y)

nll_laplace_eq = Derivation(
    claim=Claim(
        "nll_laplace_eq",
        -log(laplace),
        Abs(y - m) / b + log(2 * b),
        WHERE_LAPLACE,
        convention=(NATS, "b is a scale"),
        source=Source("goodfellow2016", "section 7.1.2"),
    ),
    steps=(
        Step("the negative log-likelihood of one target", -log(laplace)),
        Step("the exponent and the log of the normaliser are left", Abs(y - m) / b + log(2 * b)),
    ),
)

WHERE_BERNOULLI = (
    Variable("y", Integer(0, 1), "the label"),
    Variable("p", OpenUnit(), "the predicted probability of y = 1"),
)
label, p = symbols_of(WHERE_BERNOULLI)
mass = Bernoulli(p).density(label)

nll_bernoulli_eq = Derivation(
    claim=Claim(
        "nll_bernoulli_eq",
        -log(mass),
        -label * log(p) - (1 - label) * log(1 - p),
        WHERE_BERNOULLI,
        convention=(NATS, "0 < p < 1"),
        source=Source("soch2020", "proof P381"),
    ),
    steps=(
        Step("the negative log-likelihood of one label", -log(mass)),
        Step("the log of a product is a sum", -log(p**label) - log((1 - p) ** (1 - label))),
        Step("exponents come down", -label * log(p) - (1 - label) * log(1 - p)),
    ),
)

WHERE_CLASSES = (
    *(Variable(f"w_{i}", Positive(), f"weight of class {i}; its probability is that over the sum") for i in (1, 2, 3)),
    *(
        Variable(f"k_{i}", Integer(0), f"how often class {i} was seen; of one label 1 for its class, else 0")
        for i in (1, 2, 3)
    ),
)
w1, w2, w3, k1, k2, k3 = symbols_of(WHERE_CLASSES)
P1, P2, P3 = (w / (w1 + w2 + w3) for w in (w1, w2, w3))

nll_categorical_eq = Derivation(
    claim=Claim(
        "nll_categorical_eq",
        -log(P1**k1 * P2**k2 * P3**k3),
        -k1 * log(P1) - k2 * log(P2) - k3 * log(P3),
        WHERE_CLASSES,
        convention=(NATS, "three classes; the order of the labels is known, so there is no multinomial coefficient"),
        source=Source("zhang2023", "softmax and cross-entropy loss"),
    ),
    steps=(
        Step("the negative log-likelihood of independent labels", -log(P1**k1 * P2**k2 * P3**k3)),
        Step("the log of a product is a sum", -log(P1**k1) - log(P2**k2) - log(P3**k3)),
        Step("exponents come down: −Σ kᵢ log pᵢ, the cross-entropy", -k1 * log(P1) - k2 * log(P2) - k3 * log(P3)),
    ),
)

WHERE_LOGIT = (
    Variable("y", Integer(0, 1), "the label"),
    Variable("z", Real(), "the logit log p/(1 − p)"),
)
z = symbols_of(WHERE_LOGIT)[1]
sigmoid = 1 / (1 + exp(-z))

bce_logits_eq = Derivation(
    claim=Claim(
        "bce_logits_eq",
        -label * log(sigmoid) - (1 - label) * log(1 - sigmoid),
        Max(z, 0) - label * z + log(1 + exp(-Abs(z))),
        WHERE_LOGIT,
        convention=(NATS, "p = 1/(1 + e^(−z))"),
        source=Source("goodfellow2016", "section 6.2.2.2"),
    ),
    steps=(
        Step("binary cross-entropy at p = 1/(1 + e^(−z))", -label * log(sigmoid) - (1 - label) * log(1 - sigmoid)),
        Step("−log p = log(1 + e^(−z)), −log(1 − p) = z + log(1 + e^(−z))", (1 - label) * z + log(1 + exp(-z))),
        Step("log(1 + e^(−z)) + z = log(1 + e^z), the softplus", log(1 + exp(z)) - label * z),
        Step(
            "softplus without overflow: log(1 + e^z) = max(z, 0) + log(1 + e^(−|z|))",
            Max(z, 0) - label * z + log(1 + exp(-Abs(z))),
        ),
    ),
)

WHERE_SOFTMAX = (
    *(Variable(f"z_{i}", Real(), f"logit {i} of three") for i in (1, 2, 3)),
    *(Variable(f"y_{i}", ClosedUnit(), f"weight of class {i} in the target; y_3 = 1 − y_1 − y_2") for i in (1, 2)),
)
z1, z2, z3, t1, t2 = symbols_of(WHERE_SOFTMAX)
t3 = 1 - t1 - t2
partition = exp(z1) + exp(z2) + exp(z3)


def softmax(logit: Expr) -> Expr:
    """e^z / Σ_j e^(z_j)."""
    return exp(logit) / partition


crossed = -t1 * log(softmax(z1)) - t2 * log(softmax(z2)) - t3 * log(softmax(z3))
spread = t1 * (log(partition) - z1) + t2 * (log(partition) - z2) + t3 * (log(partition) - z3)

ce_logits_eq = Derivation(
    claim=Claim(
        "ce_logits_eq",
        crossed,
        log(partition) - t1 * z1 - t2 * z2 - t3 * z3,
        WHERE_SOFTMAX,
        convention=(NATS, "three classes", "the target's weights sum to one: one-hot or smoothed"),
        source=Source("zhang2023", "softmax and cross-entropy loss"),
    ),
    steps=(
        Step("cross-entropy of the target and softmax(z)", crossed),
        Step("−log softmax(z)_k = log Σ e^z − z_k", spread),
        Step("the weights sum to one", log(partition) - t1 * z1 - t2 * z2 - t3 * z3),
    ),
)

WHERE_SHIFT = (*WHERE_SOFTMAX[:3], Variable("c", Real(), "any shift; the largest logit in practice"))
c = symbols_of(WHERE_SHIFT)[3]
shifted = exp(z1 - c) + exp(z2 - c) + exp(z3 - c)

logsumexp_shift_eq = Derivation(
    claim=Claim(
        "logsumexp_shift_eq",
        log(partition),
        c + log(shifted),
        WHERE_SHIFT,
        convention=(NATS, "three logits"),
        source=Source("stan2026", "user's guide, floating point arithmetic, log sum of exponentials"),
    ),
    steps=(
        Step("log-sum-exp", log(partition)),
        Step("e^(z_k) = e^c e^(z_k − c)", log(exp(c) * shifted)),
        Step("the common factor leaves the log", c + log(shifted)),
    ),
)

WHERE_POISSON = (
    Variable("y", Integer(0), "the count"),
    Variable("rate", Positive(), "the predicted mean of the count"),
)
count, rate = symbols_of(WHERE_POISSON)
poisson = Poisson(rate).density(count)

nll_poisson_eq = Derivation(
    claim=Claim(
        "nll_poisson_eq",
        -log(poisson),
        rate - count * log(rate) + log(factorial(count)),
        WHERE_POISSON,
        convention=(NATS, "log y! does not depend on the prediction and is often dropped"),
        source=Source("paszke2019", "nn.PoissonNLLLoss"),
    ),
    steps=(
        Step("the negative log-likelihood of one count", -log(poisson)),
        Step("the log of a product is a sum", rate - log(rate**count) - log(Rational(1) / factorial(count))),
        Step("exponents come down", rate - count * log(rate) + log(factorial(count))),
    ),
)

DERIVATIONS = (
    nll_normal_eq,
    nll_normal_mse_eq,
    nll_normal_logvar_eq,
    nll_laplace_eq,
    nll_bernoulli_eq,
    nll_categorical_eq,
    bce_logits_eq,
    ce_logits_eq,
    logsumexp_shift_eq,
    nll_poisson_eq,
)
