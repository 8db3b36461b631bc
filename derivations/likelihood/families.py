"""Natural exponential families with any base law, and generalised linear models with any link.

Claim   A′(η) = E_η u and A″(η) = Var_η u; the likelihood is greatest where the mean is the one seen; the slope of a
        generalised linear model is (μ − y) times the input, and times the link's own slope where it isn't canonical
Route   A(η) = log E_p[e^(ηu)] is differentiated under E; e^v lies above its tangent.
"""

from __future__ import annotations

from sympy import Derivative, Expr, exp, log

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import Real, Variable, named, symbols_of
from claims.grounds import Mean, OverTangent
from claims.notation import Expectation, NamedLaw

ANY = "p is any base law for which E e^(ηu) is finite near η: the member η has density e^(ηu − A(η)) under p"
SWAP = "E and the slope change places, as they may where E e^(ηu) is finite around η"
WHERE = (
    Variable("u", Real(), "the statistic, averaged over the base law"),
    Variable("e", Real(), "the natural parameter η"),
    Variable("y", Real(), "the mean of the statistics seen; in a generalised linear model, the target"),
    Variable("x", Real(), "the input"),
    Variable("w", Real(), "the weight"),
    Variable("v", Real(), "where e^v is bounded by its tangent"),
    Variable("k_0", Real(), "value of the link at η = 0"),
    Variable("k_1", Real(), "its slope there"),
    Variable("k_2", Real(), "half its bend there"),
)
u, e, y, x, w, v, k0, k1, k2 = symbols_of(WHERE)
p = NamedLaw("p")


def under_p(f: Expr) -> Expectation:
    """E_{u ~ p}[f]."""
    return Expectation(f, u, p)


def total(eta: Expr) -> Expr:
    """E e^(ηu), whose log is A(η)."""
    return under_p(exp(eta * u))


def mean(eta: Expr) -> Expr:
    """The mean of the member η."""
    return under_p(u * exp(eta * u)) / total(eta)


def variance(eta: Expr) -> Expr:
    """Its variance: the mean square less the squared mean."""
    return under_p(u**2 * exp(eta * u)) / total(eta) - mean(eta) ** 2


family_mean_eq = Derivation(
    claim=Claim(
        "family_mean_eq",
        Derivative(log(total(e)), e),
        mean(e),
        named(WHERE, "u e"),
        convention=(ANY, SWAP, "A(η) = log E e^(ηu), A′ is the mean of the member η"),
        source=Source("kuleshov2025", "learning in undirected models, maximum likelihood learning of MRFs"),
    ),
    steps=(
        Step("the slope of the log-normaliser", Derivative(log(total(e)), e)),
        Step("under E, over the normaliser", mean(e)),
    ),
)

family_variance_eq = Derivation(
    claim=Claim(
        "family_variance_eq",
        Derivative(mean(e), e),
        variance(e),
        named(WHERE, "u e"),
        convention=(ANY, SWAP, "A″ is a variance: A is convex, and the log-likelihood concave"),
        source=Source("kuleshov2025", "learning in undirected models, maximum likelihood learning of MRFs"),
    ),
    steps=(
        Step("the slope of the mean", Derivative(mean(e), e)),
        Step(
            "of a quotient",
            (under_p(u**2 * exp(e * u)) * total(e) - under_p(u * exp(e * u)) ** 2) / total(e) ** 2,
        ),
        Step("the mean square less the squared mean", variance(e)),
    ),
)

family_score_eq = Derivation(
    claim=Claim(
        "family_score_eq",
        Derivative(e * y - log(total(e)), e),
        y - mean(e),
        named(WHERE, "u e y"),
        convention=(ANY, SWAP, "zero where the mean of the member is the mean seen: moments are matched"),
        source=Source("kuleshov2025", "learning in undirected models, moment matching"),
    ),
    steps=(
        Step("the slope of the log-likelihood per observation", Derivative(e * y - log(total(e)), e)),
        Step("A′ is the mean", y - mean(e)),
    ),
)

mle_family_ge = Derivation(
    claim=Claim(
        "mle_family_ge",
        total(e),
        exp(e * under_p(u)),
        named(WHERE, "u e v"),
        Relation.GE,
        convention=(
            ANY,
            "p itself is the member whose mean is the one seen: any member may be the base",
            "so e^(ηy − A(η)) ≤ 1, the likelihood of p, for every η: where moments match it is greatest",
        ),
        source=Source("kuleshov2025", "learning in undirected models, moment matching"),
    ),
    steps=(
        Step("the normaliser of another member", total(e)),
        Step(
            "e^v lies above its tangent at the mean of v = ηu",
            exp(e * under_p(u)),
            Relation.GE,
            (Mean(OverTangent(exp(v), v, e * under_p(u), e * u), u, p),),
        ),
    ),
)

loss = log(total(w * x)) - w * x * y

glm_canonical_slope_eq = Derivation(
    claim=Claim(
        "glm_canonical_slope_eq",
        Derivative(loss, w),
        (mean(w * x) - y) * x,
        named(WHERE, "u y x w"),
        convention=(ANY, SWAP, "the natural parameter is η = wx: the link is canonical", "(μ − y)x: coins, counts, …"),
        source=Source("dillon2017", "glm.fit_sparse, gradient of the negative log-likelihood"),
    ),
    steps=(
        Step("the slope of A(wx) − ywx in the weight", Derivative(loss, w)),
        Step("A′ at wx is the mean μ, and wx has the slope x", (mean(w * x) - y) * x),
    ),
)


def link(eta: Expr) -> Expr:
    """The natural parameter by the linear predictor: any value, slope and bend."""
    return k0 + k1 * eta + k2 * eta**2


linked_loss = log(total(link(w * x))) - link(w * x) * y

glm_any_link_slope_eq = Derivation(
    claim=Claim(
        "glm_any_link_slope_eq",
        Derivative(linked_loss, w),
        (mean(link(w * x)) - y) * (k1 + 2 * k2 * w * x) * x,
        named(WHERE, "u y x w k_0 k_1 k_2"),
        convention=(
            ANY,
            SWAP,
            "θ(η) = k₀ + k₁η + k₂η² has any value and slope at wx, and a slope needs no more of a link",
            "(μ − y) θ′(η) x; θ′ = 1 where the link is canonical",
        ),
        source=Source("dillon2017", "glm.fit_sparse, gradient of the negative log-likelihood"),
    ),
    steps=(
        Step("the slope of A(θ(wx)) − yθ(wx) in the weight", Derivative(linked_loss, w)),
        Step("A′(θ) is the mean; θ′ and x by the chain rule", (mean(link(w * x)) - y) * (k1 + 2 * k2 * w * x) * x),
    ),
)

glm_mean_slope_eq = Derivation(
    claim=Claim(
        "glm_mean_slope_eq",
        Derivative(mean(link(e)), e),
        (k1 + 2 * k2 * e) * variance(link(e)),
        named(WHERE, "u e k_0 k_1 k_2"),
        convention=(
            ANY,
            SWAP,
            "here η is the linear predictor: μ′(η) = θ′(η) V, so θ′ = μ′/V and the slope is (μ − y) μ′ x/V",
        ),
        source=Source("dillon2017", "glm.fit_sparse, gradient of the negative log-likelihood"),
    ),
    steps=(
        Step("the slope of the mean in the linear predictor", Derivative(mean(link(e)), e)),
        Step("θ′ times A″ at θ, which is the variance", (k1 + 2 * k2 * e) * variance(link(e))),
    ),
)

DERIVATIONS = (
    family_mean_eq,
    family_variance_eq,
    family_score_eq,
    mle_family_ge,
    glm_canonical_slope_eq,
    glm_any_link_slope_eq,
    glm_mean_slope_eq,
)
