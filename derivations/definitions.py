"""What each node of the notation means, as rewriting: from the outside in, until only E and abstract densities stay.

KL(p ‖ q), H(p) and H(p, q) become expectations of log-densities, Var and Cov expectations of products, and the density
of a normal law its formula (where SymPy knows the variance to be positive). log p(x)/q(x) is later split into
log p(x) − log q(x), which supposes p ≪ q.
"""

from __future__ import annotations

from sympy import Basic, Dummy, Expr, Symbol, exp, log, pi, sqrt

from claims.notation import KL, Covariance, CrossEntropy, Density, Entropy, Expectation, Normal, Variance


def unfolded(expr: Basic) -> Basic:
    """``expr`` with every node that has a definition replaced by it; what has none (an abstract p(x)) stays."""
    if not expr.args:
        return expr
    meaning = _meaning(expr)
    if meaning is not None:
        return unfolded(meaning)
    return expr.func(*(unfolded(a) for a in expr.args))


def normal_density(point: Expr, mean: Expr, variance: Expr) -> Expr:
    """N(point; mean, variance), Bishop 2006 (1.46)."""
    return exp(-((point - mean) ** 2) / (2 * variance)) / sqrt(2 * pi * variance)


def _meaning(expr: Basic) -> Expr | None:
    x = _fresh()
    match expr:
        case KL(args=(p, q)):
            return Expectation(log(Density(p, x) / Density(q, x)), x, p)
        case Entropy(args=(p,)):
            return -Expectation(log(Density(p, x)), x, p)
        case CrossEntropy(args=(p, q)):
            return -Expectation(log(Density(q, x)), x, p)
        case Variance(args=(f, v, p)):
            return Expectation((f - Expectation(f, v, p)) ** 2, v, p)
        case Covariance(args=(f, g, v, p)):
            return Expectation((f - Expectation(f, v, p)) * (g - Expectation(g, v, p)), v, p)
        case Density(law=Normal() as law, point=point) if law.variance.is_positive:
            return normal_density(point, law.mean, law.variance)
        case _:
            return None


def _fresh() -> Symbol:
    return Dummy("x", real=True)
