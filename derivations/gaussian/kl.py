"""KL divergence between univariate normals, from the definition.

Claim   KL(N(m₁, s₁²) ‖ N(m₂, s₂²)) = log(s₂/s₁) + (s₁² + (m₁ − m₂)²)/(2 s₂²) − 1/2
        KL(N(μ, σ²) ‖ N(0, 1))      = (μ² + σ² − 1 − log σ²)/2
Route   the log-ratio is a quadratic in x, so two moments under p suffice.
"""

from __future__ import annotations

from sympy import Expr, Rational, log

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Positive, Real, Variable, symbols_of
from claims.notation import KL, Density, Expectation, Normal

CONVENTION = ("log is natural, so the value is in nats", "p first, q second", "N(m, v) has variance v")

WHERE = (
    Variable("x", Real(), "the point integrated over"),
    Variable("m_1", Real(), "mean of p"),
    Variable("s_1", Positive(), "standard deviation of p, not its variance"),
    Variable("m_2", Real(), "mean of q"),
    Variable("s_2", Positive(), "standard deviation of q, not its variance"),
)
x, m1, s1, m2, s2 = symbols_of(WHERE)
p, q = Normal(m1, s1**2), Normal(m2, s2**2)


def under_p(f: Expr) -> Expectation:
    """E_{x ~ p}[f]."""
    return Expectation(f, x, p)


log_ratio = log(Density(p, x) / Density(q, x))
quadratic = log(s2 / s1) - (x - m1) ** 2 / (2 * s1**2) + (x - m2) ** 2 / (2 * s2**2)
split = log(s2 / s1) - under_p((x - m1) ** 2) / (2 * s1**2) + under_p((x - m2) ** 2) / (2 * s2**2)
closed_form = log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - Rational(1, 2)

kl_normal_eq = Derivation(
    claim=Claim(
        "kl_normal_eq",
        KL(p, q),
        closed_form,
        WHERE,
        convention=CONVENTION,
        source=Source("bishop2006", "exercise 1.30"),
    ),
    steps=(
        Step("the divergence of p from q", KL(p, q)),
        Step("definition of KL(p ‖ q)", under_p(log_ratio)),
        Step("the log-ratio is a quadratic in x", under_p(quadratic)),
        Step("E is linear", split),
        Step("E(x − m₁)² = s₁² and E(x − m₂)² = s₁² + (m₁ − m₂)²", closed_form),
    ),
)

WHERE_STD = (
    Variable("z", Real(), "the point integrated over"),
    Variable("mu", Real(), "mean of p"),
    Variable("sigma", Positive(), "standard deviation of p, not its variance"),
)
z, mu, sigma = symbols_of(WHERE_STD)
posterior, prior = Normal(mu, sigma**2), Normal(0, 1)


def under_posterior(f: Expr) -> Expectation:
    """E_{z ~ N(μ, σ²)}[f]."""
    return Expectation(f, z, posterior)


log_ratio_std = log(Density(posterior, z) / Density(prior, z))
quadratic_std = z**2 / 2 - (z - mu) ** 2 / (2 * sigma**2) - log(sigma)
split_std = under_posterior(z**2) / 2 - under_posterior((z - mu) ** 2) / (2 * sigma**2) - log(sigma)
closed_form_std = (mu**2 + sigma**2 - 1 - log(sigma**2)) / 2

kl_normal_std_eq = Derivation(
    claim=Claim(
        "kl_normal_std_eq",
        KL(posterior, prior),
        closed_form_std,
        WHERE_STD,
        convention=CONVENTION,
        source=Source("kingma2013", "appendix B"),
    ),
    steps=(
        Step("the divergence of N(μ, σ²) from N(0, 1)", KL(posterior, prior)),
        Step("definition of KL(p ‖ q)", under_posterior(log_ratio_std)),
        Step("log 1/σ − (z − μ)²/(2σ²) + z²/2 is left of the log-ratio", under_posterior(quadratic_std)),
        Step("E is linear", split_std),
        Step("E z² = μ² + σ² and E(z − μ)² = σ²", (mu**2 + sigma**2 - 1) / 2 - log(sigma)),
        Step("the log of a power: log σ² = 2 log σ", closed_form_std),
    ),
)

DERIVATIONS = (kl_normal_eq, kl_normal_std_eq)
