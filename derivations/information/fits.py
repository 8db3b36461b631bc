"""Fitting one law to another: maximum likelihood as a forward KL, MAP likewise, and one bump on two modes.

Claim   the mean NLL is H + KL from the frequencies; the best normal in forward KL has the target's mean and variance
Route   the data enter through their frequencies; a mixture's means are mixtures of means.
"""

from __future__ import annotations

from sympy import Expr, Rational, exp, log, pi

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import ClosedUnit, Integer, OpenUnit, Positive, Real, Variable, symbols_of
from claims.laws import Bernoulli, density_of
from claims.notation import KL, Argmin, CrossEntropy, Density, Entropy, Expectation, NamedLaw, Normal

NATS = "log is natural, so the value is in nats"
model, data = NamedLaw("q"), NamedLaw("p")
POINT = Variable("x", Real(), "the point averaged over")
(x,) = symbols_of((POINT,))

cross_entropy_eq = Derivation(
    claim=Claim(
        "cross_entropy_eq",
        CrossEntropy(data, model),
        Entropy(data) + KL(data, model),
        (POINT,),
        convention=(
            NATS,
            "any two laws with p ≪ q; H(p) doesn't depend on q: the q of least cross-entropy has least KL",
        ),
        source=Source("soch2020", "proof P113"),
    ),
    steps=(
        Step("the expected NLL of data from p under the model q", CrossEntropy(data, model)),
        Step("the definition: −E log q(x)", -Expectation(log(Density(model, x)), x, data)),
        Step(
            "the log of a quotient: log q = log p − log p/q",
            Expectation(log(Density(data, x) / Density(model, x)) - log(Density(data, x)), x, data),
        ),
        Step("E is linear, and the definitions of H and of KL", Entropy(data) + KL(data, model)),
    ),
)

WHERE_COIN = (
    Variable("q", OpenUnit(), "the model's probability of heads"),
    Variable("k", Integer(1), "heads seen, one at least"),
    Variable("f", Integer(1), "tails seen, one at least"),
    POINT,
)
q, k, f, _ = symbols_of(WHERE_COIN)
share = k / (k + f)
mean_nll = -log(q**k * (1 - q) ** f) / (k + f)
split_nll = (
    -share * log(share)
    - (1 - share) * log(1 - share)
    + share * log(share / q)
    + (1 - share) * log((1 - share) / (1 - q))
)

mle_forward_kl_eq = Derivation(
    claim=Claim(
        "mle_forward_kl_eq",
        mean_nll,
        split_nll,
        WHERE_COIN,
        convention=(NATS, "the empirical law comes first in KL: maximum likelihood is a forward KL"),
        source=Source("kuleshov2025", "learning in directed models, maximum likelihood"),
    ),
    steps=(
        Step("minus the log-likelihood of all tosses, per toss", mean_nll),
        Step("logs come down", -share * log(q) - (1 - share) * log(1 - q)),
        Step("the entropy of the frequencies, and their divergence from the model", split_nll),
    ),
)

mle_forward_kl_argmin_eq = Derivation(
    claim=Claim(
        "mle_forward_kl_argmin_eq",
        Argmin(KL(Bernoulli(share), Bernoulli(q)), q),
        share,
        WHERE_COIN,
        convention=(NATS, "the forward KL from the frequencies is least at the frequencies"),
        source=Source("kuleshov2025", "learning in directed models, maximum likelihood"),
    ),
    steps=(
        Step("the model nearest the data", Argmin(KL(Bernoulli(share), Bernoulli(q)), q)),
        Step(
            "the definition of KL",
            Argmin(Expectation(log(Bernoulli(share).density(x) / Bernoulli(q).density(x)), x, Bernoulli(share)), q),
        ),
        Step(
            "the log of a quotient: the entropy of the data doesn't matter",
            Argmin(-Expectation(x * log(q) + (1 - x) * log(1 - q), x, Bernoulli(share)), q),
        ),
        Step("E x is the frequency; a factor doesn't matter", Argmin(-k * log(q) - f * log(1 - q), q)),
        Step("the frequency of heads", share),
    ),
)

WHERE_PRIOR = (
    *WHERE_COIN,
    Variable("a", Positive(), "α − 1 for a prior Beta(α, β) with α above 1"),
    Variable("b", Positive(), "β − 1, with β above 1"),
)
a, b = symbols_of(WHERE_PRIOR)[4:]
total = k + f + a + b
smoothed = (k + a) / total
posterior = -log(q**k * (1 - q) ** f * q**a * (1 - q) ** b) / total
split_posterior = (
    -smoothed * log(smoothed)
    - (1 - smoothed) * log(1 - smoothed)
    + smoothed * log(smoothed / q)
    + (1 - smoothed) * log((1 - smoothed) / (1 - q))
)

map_forward_kl_eq = Derivation(
    claim=Claim(
        "map_forward_kl_eq",
        posterior,
        split_posterior,
        WHERE_PRIOR,
        convention=(
            NATS,
            "likelihood times prior, the prior's constant left out, over n + α + β − 2",
            "MAP is a forward KL from the frequencies smoothed by α − 1 heads and β − 1 tails",
        ),
        source=Source("stackexchange", "cross validated, Laplace smoothing and Dirichlet prior, the answer"),
    ),
    steps=(
        Step("minus the log of likelihood times prior, per observation, imagined ones counted", posterior),
        Step("the exponents add up", -smoothed * log(q) - (1 - smoothed) * log(1 - q)),
        Step("the entropy of the smoothed frequencies, and their divergence from the model", split_posterior),
    ),
)

WHERE_HOT = (
    Variable("e", ClosedUnit(), "the share spread evenly over the classes; 0 for a one-hot target"),
    *(Variable(f"q_{i}", Positive(), f"the model's probability of class {i}; class 1 is the label") for i in (1, 2, 3)),
)
e, q1, q2, q3 = symbols_of(WHERE_HOT)
target = (1 - e + e / 3, e / 3, e / 3)
crossed = -target[0] * log(q1) - target[1] * log(q2) - target[2] * log(q3)
hot = -(1 - e) * log(q1) - e * (log(q1) + log(q2) + log(q3)) / 3

one_hot_cross_entropy_eq = Derivation(
    claim=Claim(
        "one_hot_cross_entropy_eq",
        crossed,
        hot,
        WHERE_HOT,
        convention=(NATS, "three classes", "at e = 0 all that is left is −log q of the label"),
        source=Source("paszke2019", "nn.CrossEntropyLoss, label_smoothing"),
    ),
    steps=(
        Step("the cross-entropy of a smoothed label and the model", crossed),
        Step("the label's part and the even part", hot),
    ),
)

WHERE_MODES = (
    Variable("x", Real(), "the point integrated over"),
    Variable("w", OpenUnit(), "the share of the first mode"),
    Variable("c_1", Real(), "place of the first mode"),
    Variable("c_2", Real(), "place of the second mode"),
    Variable("s", Positive(), "standard deviation within either mode"),
    Variable("m", Real(), "mean of the fitted normal"),
    Variable("v", Positive(), "VARIANCE of the fitted normal"),
)
x, w, c1, c2, s, m, v = symbols_of(WHERE_MODES)
FORWARD = "the target is w N(c_1, s²) + (1 − w) N(c_2, s²) and comes first: E under the target of −log N(m, v)"


def under_target(g: Expr) -> Expr:
    """E of g(x) under the mixture."""
    return w * Expectation(g, x, Normal(c1, s**2)) + (1 - w) * Expectation(g, x, Normal(c2, s**2))


mean = w * c1 + (1 - w) * c2
spread = s**2 + w * (1 - w) * (c1 - c2) ** 2
loss = under_target((x - m) ** 2 / (2 * v) + log(2 * pi * v) / 2)
squared = (spread + (m - mean) ** 2) / (2 * v) + log(2 * pi * v) / 2

forward_kl_loss_eq = Derivation(
    claim=Claim(
        "forward_kl_loss_eq",
        loss,
        squared,
        WHERE_MODES,
        convention=(
            NATS,
            FORWARD,
            "least at the target's own mean and variance (maxent_normal_var_le): between the modes, where there may be "
            "next to no mass; forward KL covers",
        ),
        source=Source("bishop2006", "section 10.1.2"),
    ),
    steps=(
        Step("the cross-entropy of the two modes and one normal", loss),
        Step(
            "E(x − m)² = s² + (c − m)² in either mode",
            (s**2 + w * (c1 - m) ** 2 + (1 - w) * (c2 - m) ** 2) / (2 * v) + log(2 * pi * v) / 2,
        ),
        Step("the squares about the target's mean", squared),
    ),
)

about_mean = under_target((x - mean) ** 2)

forward_kl_var_eq = Derivation(
    claim=Claim(
        "forward_kl_var_eq",
        about_mean,
        spread,
        WHERE_MODES[:5],
        convention=(FORWARD, "the variance of the normal nearest in forward KL, E(x − m)² at its mean"),
        source=Source("bishop2006", "section 10.1.2"),
    ),
    steps=(
        Step("the mean square of the target about its mean", about_mean),
        Step(
            "within the modes and between them",
            w * (s**2 + (1 - w) ** 2 * (c1 - c2) ** 2) + (1 - w) * (s**2 + w**2 * (c1 - c2) ** 2),
        ),
        Step("w(1 − w)² + (1 − w)w² = w(1 − w)", spread),
    ),
)

WHERE_REVERSE = (
    Variable("z", Real(), "standard normal noise, integrated over"),
    Variable("m", Real(), "mean of the fitted normal, of variance 1"),
    Variable("c", Positive(), "the modes lie at −c and c, each of variance 1 and weight 1/2"),
)
z, _, c = symbols_of(WHERE_REVERSE)
at = m + z


def mixture(y: Expr) -> Expr:
    """½N(y; c, 1) + ½N(y; −c, 1)."""
    return (Density(Normal(c, 1), y) + Density(Normal(-c, 1), y)) / 2


def humps(y: Expr) -> Expr:
    """cosh(cy) in exponentials."""
    return (exp(c * y) + exp(-c * y)) / 2


two_modes_eq = Derivation(
    claim=Claim(
        "two_modes_eq",
        mixture(at),
        density_of(Normal(0, 1), at) * exp(-(c**2) / 2) * humps(at),
        WHERE_REVERSE,
        convention=("y = m + z is any point", "½(e^(cy) + e^(−cy)) = cosh(cy)"),
        source=Source("bishop2006", "section 10.1.2"),
    ),
    steps=(
        Step("both bumps", mixture(at)),
        Step(
            "(y ∓ c)² = y² ∓ 2cy + c²",
            (exp(-(at**2) / 2 + c * at - c**2 / 2) + exp(-(at**2) / 2 - c * at - c**2 / 2))
            / (2 * (2 * pi) ** Rational(1, 2)),
        ),
        Step("what they share, taken out", density_of(Normal(0, 1), at) * exp(-(c**2) / 2) * humps(at)),
    ),
)

DERIVATIONS = (
    cross_entropy_eq,
    mle_forward_kl_eq,
    mle_forward_kl_argmin_eq,
    map_forward_kl_eq,
    one_hot_cross_entropy_eq,
    forward_kl_loss_eq,
    forward_kl_var_eq,
    two_modes_eq,
)
