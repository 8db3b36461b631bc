"""Random graphs: degrees of Erdős and Rényi, their Poisson limit, blocks, and preferential attachment.

Claim   a degree counts independent edges; with n p = λ it becomes Poisson; attachment in proportion gives exponent 3
Route   generating functions of independent edges, limits, recursions in the degree.
"""

from __future__ import annotations

from sympy import Derivative, Determinant, Expr, Limit, Matrix, Rational, exp, log, oo, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.laws import Bernoulli
from claims.notation import Expectation

WHERE = (
    *(Variable(f"b_{i}", Real(), f"edge to node {i}: 0 or 1, averaged over") for i in (1, 2, 3)),
    Variable("p", OpenUnit(), "probability of an edge"),
    Variable("z", Positive(), "argument of the generating function"),
    Variable("n", Positive(), "the number of other nodes, towards infinity"),
    Variable("lam", Positive(), "expected degree"),
    Variable("k", Integer(1), "a degree"),
)
b1, b2, b3, p, z, n, lam, k = symbols_of(WHERE)


def over_edges(f: Expr) -> Expr:
    """E over three independent edges."""
    edge = Bernoulli(p)
    return Expectation(Expectation(Expectation(f, b1, edge), b2, edge), b3, edge)


degree_generating_eq = Derivation(
    claim=Claim(
        "degree_generating_eq",
        over_edges(z**b1 * z**b2 * z**b3),
        (1 - p + p * z) ** 3,
        named(WHERE, "b_1 b_2 b_3 p z"),
        convention=("E z^degree with three other nodes: the binomial law; z^k has the coefficient P(degree = k)",),
        source=Source("soch2020", "proof P363"),
    ),
    steps=(
        Step("the generating function of the degree", over_edges(z**b1 * z**b2 * z**b3)),
        Step("independent edges: a product of means", Expectation(z**b1, b1, Bernoulli(p)) ** 3),
        Step("each edge is there or not", (1 - p + p * z) ** 3),
    ),
)

degree_variance_eq = Derivation(
    claim=Claim(
        "degree_variance_eq",
        over_edges((b1 + b2 + b3 - 3 * p) ** 2),
        3 * p * (1 - p),
        named(WHERE, "b_1 b_2 b_3 p"),
        convention=("three other nodes; the mean degree is 3p",),
        source=Source("soch2020", "proof P302"),
    ),
    steps=(
        Step("the mean squared deviation of the degree", over_edges((b1 + b2 + b3 - 3 * p) ** 2)),
        Step("independent edges: variances add", 3 * Expectation((b1 - p) ** 2, b1, Bernoulli(p))),
        Step("that of one edge is p(1 − p)", 3 * p * (1 - p)),
    ),
)

sparse = Limit((1 + lam * (z - 1) / n) ** n, n, oo)

poisson_limit_eq = Derivation(
    claim=Claim(
        "poisson_limit_eq",
        sparse,
        exp(lam * (z - 1)),
        named(WHERE, "z n lam"),
        convention=("p = λ/n; a limit of generating functions is one of laws", "e^(λ(z − 1)) is that of Poisson(λ)"),
        source=Source("adhikari2026", "section 6.6, law of small numbers"),
    ),
    steps=(
        Step("(1 − p + p z)^n with p = λ/n, ever more nodes", sparse),
        Step("the exponential of n log(1 + λ(z − 1)/n)", exp(Limit(n * log(1 + lam * (z - 1) / n), n, oo))),
        Step("log(1 + u) is u for small u", exp(lam * (z - 1))),
    ),
)

neighbours = Limit((n - k) / (k + 1) * (lam / n) / (1 - lam / n), n, oo)

poisson_ratio_eq = Derivation(
    claim=Claim(
        "poisson_ratio_eq",
        neighbours,
        lam / (k + 1),
        named(WHERE, "n lam k"),
        convention=("P(k + 1)/P(k) of the binomial law with p = λ/n; with P(0) = e^(−λ) this is Poisson(λ)",),
        source=Source("adhikari2026", "section 6.6, law of small numbers"),
    ),
    steps=(
        Step("the ratio of neighbouring probabilities, ever more nodes", neighbours),
        Step("(n − k)/n and 1 − λ/n go to 1", lam / (k + 1) * Limit((1 - k / n) / (1 - lam / n), n, oo)),
        Step("the ratio of Poisson probabilities", lam / (k + 1)),
    ),
)

WHERE_BLOCKS = (
    Variable("p", OpenUnit(), "probability of an edge within a block"),
    Variable("q", OpenUnit(), "probability of an edge between blocks"),
    Variable("n", Positive(), "nodes in a block"),
    Variable("x", Real(), "where the characteristic polynomial is taken"),
    Variable("w", OpenUnit(), "share of pairs that lie within a block"),
)
_, q, _, x, w = symbols_of(WHERE_BLOCKS)
characteristic = Determinant(Matrix([[n * p - x, n * q], [n * q, n * p - x]]))

block_spectrum_eq = Derivation(
    claim=Claim(
        "block_spectrum_eq",
        characteristic,
        (n * (p + q) - x) * (n * (p - q) - x),
        named(WHERE_BLOCKS, "p q n x"),
        convention=("expected edges between two blocks of n nodes: the spectrum tells how far apart they are",),
        source=Source("stackexchange", "mathematics 4540463, the question"),
    ),
    steps=(
        Step("the characteristic polynomial of the expected adjacency by block", characteristic),
        Step("a difference of squares", (n * p - x) ** 2 - (n * q) ** 2),
        Step("eigenvalues n(p + q), of the degree, and n(p − q), of the blocks", (n * (p + q) - x) * (n * (p - q) - x)),
    ),
)

within, between = w * p, (1 - w) * q
posterior = within / (within + between)

block_posterior_eq = Derivation(
    claim=Claim(
        "block_posterior_eq",
        log(posterior) - log(1 - posterior),
        log(w / (1 - w)) + log(p / q),
        named(WHERE_BLOCKS, "p q w"),
        convention=("the log-odds that two nodes with an edge share a block; log is natural",),
        source=Source("soch2020", "proof P12"),
    ),
    steps=(
        Step("the log-odds of Bayes' rule, given an edge", log(posterior) - log(1 - posterior)),
        Step("the denominators cancel", log(within) - log(between)),
        Step("prior log-odds, and log p/q for the edge", log(w / (1 - w)) + log(p / q)),
    ),
)

THREE = Rational(3)
WHERE_ATTACH = (
    Variable("k", Positive(), "a degree, above m"),
    Variable("m", Positive(), "edges that a new node brings"),
    Variable("t", Positive(), "time, in nodes"),
    Variable("s", Positive(), "when a node arrived"),
)
degree, m, t, s = symbols_of(WHERE_ATTACH)


def share(of: Expr) -> Expr:
    """The share of nodes of a degree, in the long run."""
    return 2 * m * (m + 1) / (of * (of + 1) * (of + 2))


flow = degree / 2 * share(degree) - (degree + 1) / 2 * share(degree + 1)

attachment_recursion_eq = Derivation(
    claim=Claim(
        "attachment_recursion_eq",
        flow,
        share(degree + 1),
        named(WHERE_ATTACH, "k m"),
        convention=(
            "a node of degree k gains an edge at rate k/2 per m edges added: degrees add up to 2 m a node",
            "share that arrives at k + 1 less share that leaves it: what keeps 2m(m + 1)/(k(k + 1)(k + 2)) as it is",
        ),
        source=Source("dovrolis2026", "lesson 12, mathematical analysis of the model"),
    ),
    steps=(
        Step("what comes to degree k + 1 less what leaves it", flow),
        Step(
            "k and k + 1 cancel",
            m * (m + 1) / ((degree + 1) * (degree + 2)) - m * (m + 1) / ((degree + 2) * (degree + 3)),
        ),
        Step("the share of degree k + 1", share(degree + 1)),
    ),
)


def tail(of: Expr) -> Expr:
    """The share of nodes of a degree or a greater one."""
    return m * (m + 1) / (of * (of + 1))


attachment_tail_eq = Derivation(
    claim=Claim(
        "attachment_tail_eq",
        tail(degree) - tail(degree + 1),
        share(degree),
        named(WHERE_ATTACH, "k m"),
        convention=("the shares telescope: all from m on add up to m(m + 1)/(m(m + 1)) = 1",),
        source=Source("dovrolis2026", "lesson 12, mathematical analysis of the model"),
    ),
    steps=(
        Step("one tail less the next", tail(degree) - tail(degree + 1)),
        Step("a common factor", m * (m + 1) / (degree + 1) * (1 / degree - 1 / (degree + 2))),
        Step("the share of degree k", share(degree)),
    ),
)

decay = Limit(-degree * Derivative(log(share(degree)), degree), degree, oo)

attachment_exponent_eq = Derivation(
    claim=Claim(
        "attachment_exponent_eq",
        decay,
        THREE,
        named(WHERE_ATTACH, "k m"),
        convention=("minus the slope of log share in log degree, at great degrees; it does not depend on m",),
        source=Source("dovrolis2026", "lesson 12, mathematical analysis of the model"),
    ),
    steps=(
        Step("minus the slope of the log share in the log degree", decay),
        Step(
            "three factors, each with a slope near 1",
            Limit(degree * (1 / degree + 1 / (degree + 1) + 1 / (degree + 2)), degree, oo),
        ),
        Step("so the share falls like k⁻³", THREE),
    ),
)

grown = m * sqrt(t / s)

attachment_growth_eq = Derivation(
    claim=Claim(
        "attachment_growth_eq",
        Derivative(grown, t),
        grown / (2 * t),
        named(WHERE_ATTACH, "m t s"),
        convention=("k(t) = m √(t/s) for a node that came at s: it gains edges as k/(2t), its share of all degrees",),
        source=Source("dovrolis2026", "lesson 12, degree dynamics"),
    ),
    steps=(
        Step("how fast a degree grows", Derivative(grown, t)),
        Step("the slope of a square root: its share m k/(2 m t) of the m edges that come", grown / (2 * t)),
    ),
)

DERIVATIONS = (
    degree_generating_eq,
    degree_variance_eq,
    poisson_limit_eq,
    poisson_ratio_eq,
    block_spectrum_eq,
    block_posterior_eq,
    attachment_recursion_eq,
    attachment_tail_eq,
    attachment_exponent_eq,
    attachment_growth_eq,
)
