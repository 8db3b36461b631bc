"""f-divergences of any two laws: KL, reverse KL, χ² and Hellinger are among them, and none is negative.

Claim   D_f(p ‖ q) = E_q[f(p/q)] with f convex and f(1) = 0; t log t gives KL(p ‖ q), −log t gives KL(q ‖ p)
Route   densities change places under E; a convex f lies above its line of support at 1, and E_q[p/q − 1] = 0.
"""

from __future__ import annotations

from sympy import Expr, Integer, log, sqrt

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import NonNegative, Positive, Real, Variable, named, symbols_of
from claims.grounds import Mean, OverTangent, Sign
from claims.notation import KL, Density, Expectation, NamedLaw

NATS = "log is natural, so the value is in nats"
ANY = "any two laws with densities or masses, positive at the same points, for which the expectations are finite"
BLUEPRINT = Source("degenne2025", "f-divergences")

WHERE = (
    Variable("x", Real(), "the point averaged over"),
    Variable("t", Positive(), "a ratio of densities"),
    Variable("a", Positive(), "a power"),
    Variable("s", Real(), "the slope of a line through (1, 0)"),
)
x, t, a, s = symbols_of(WHERE)
p, q = NamedLaw("p"), NamedLaw("q")
ratio = Density(p, x) / Density(q, x)


def divergence(f: Expr) -> Expectation:
    """E_{x ~ q}[f(p/q)] for f given in the symbol t."""
    return Expectation(f.subs(t, ratio), x, q)


f_divergence_kl_eq = Derivation(
    claim=Claim(
        "f_divergence_kl_eq",
        divergence(t * log(t)),
        KL(p, q),
        named(WHERE, "x"),
        convention=(NATS, ANY, "f(t) = t log t"),
        source=BLUEPRINT,
    ),
    steps=(
        Step("E_q[(p/q) log(p/q)]", divergence(t * log(t))),
        Step("q · p/q = p: an expectation under p", Expectation(log(ratio), x, p)),
        Step("the definition of KL(p ‖ q)", KL(p, q)),
    ),
)

f_divergence_reverse_kl_eq = Derivation(
    claim=Claim(
        "f_divergence_reverse_kl_eq",
        divergence(-log(t)),
        KL(q, p),
        named(WHERE, "x"),
        convention=(NATS, ANY, "f(t) = −log t: the arguments are swapped"),
        source=BLUEPRINT,
    ),
    steps=(
        Step("E_q[−log(p/q)]", divergence(-log(t))),
        Step("the log of a quotient, upside down", Expectation(log(Density(q, x) / Density(p, x)), x, q)),
        Step("the definition of KL(q ‖ p)", KL(q, p)),
    ),
)

f_divergence_chi_squared_eq = Derivation(
    claim=Claim(
        "f_divergence_chi_squared_eq",
        divergence((t - 1) ** 2),
        divergence(t**2) - 1,
        named(WHERE, "x"),
        convention=(ANY, "f(t) = (t − 1)²: the mean squared weight of importance sampling less 1"),
        source=BLUEPRINT,
    ),
    steps=(
        Step("E_q[(p/q − 1)²]", divergence((t - 1) ** 2)),
        Step("multiplied out", divergence(t**2) - 2 * divergence(t) + 1),
        Step("E_q[p/q] = 1", divergence(t**2) - 1),
    ),
)

f_divergence_hellinger_eq = Derivation(
    claim=Claim(
        "f_divergence_hellinger_eq",
        divergence((sqrt(t) - 1) ** 2),
        2 - 2 * divergence(sqrt(t)),
        named(WHERE, "x"),
        convention=(ANY, "f(t) = (√t − 1)², twice the squared Hellinger distance where that has a ½"),
        source=BLUEPRINT,
    ),
    steps=(
        Step("E_q[(√(p/q) − 1)²]", divergence((sqrt(t) - 1) ** 2)),
        Step("multiplied out", divergence(t) - 2 * divergence(sqrt(t)) + 1),
        Step("E_q[p/q] = 1", 2 - 2 * divergence(sqrt(t))),
    ),
)

f_divergence_line_eq = Derivation(
    claim=Claim(
        "f_divergence_line_eq",
        divergence((sqrt(t) - 1) ** 2 + s * (t - 1)),
        divergence((sqrt(t) - 1) ** 2),
        named(WHERE, "x s"),
        convention=(
            ANY,
            "s(t − 1) adds s(E_q[p/q] − 1) = 0, here to Hellinger's f: a generator is not unique",
        ),
        source=BLUEPRINT,
    ),
    steps=(
        Step("with s(t − 1) added", divergence((sqrt(t) - 1) ** 2 + s * (t - 1))),
        Step("E is linear", divergence((sqrt(t) - 1) ** 2) + s * divergence(t) - s),
        Step("E_q[p/q] = 1", divergence((sqrt(t) - 1) ** 2)),
    ),
)

f_divergence_power_ge = Derivation(
    claim=Claim(
        "f_divergence_power_ge",
        divergence(t ** (1 + a)),
        Integer(1),
        named(WHERE, "x t a"),
        Relation.GE,
        convention=(
            ANY,
            "f(t) = t^(1 + a) − 1 for a > 0, behind the Rényi divergences",
        ),
        source=BLUEPRINT,
    ),
    steps=(
        Step("E_q[(p/q)^(1 + a)]", divergence(t ** (1 + a))),
        Step(
            "a convex power lies above its tangent at 1",
            divergence(1 + (1 + a) * (t - 1)),
            Relation.GE,
            (Mean(OverTangent(t ** (1 + a), t, Integer(1), ratio), x, q),),
        ),
        Step("E_q[p/q] = 1", Integer(1)),
    ),
)

WHERE_CLASS = (
    Variable("b", Positive(), "q at the class"),
    Variable("d", Real(), "p − q at the class"),
    Variable("s", Real(), "the slope of the line of support of f at 1"),
    Variable("r", NonNegative(), "by how much f(p/q) lies above that line"),
)
b, d, _, r = symbols_of(WHERE_CLASS)
of_class = b * (s * ((b + d) / b - 1) + r)

f_divergence_class_ge = Derivation(
    claim=Claim(
        "f_divergence_class_ge",
        of_class,
        s * d,
        WHERE_CLASS,
        Relation.GE,
        convention=(
            "any convex f with f(1) = 0 is s(t − 1) + r with r ≥ 0: it lies above its line of support at 1",
            "one class of any number; summed over the classes, with Σ d = 0: D_f(p ‖ q) ≥ 0",
        ),
        source=BLUEPRINT,
    ),
    steps=(
        Step("what a class adds to E_q[f(p/q)]", of_class),
        Step("q (p/q − 1) = p − q", s * d + b * r),
        Step("q and r are not negative", s * d, Relation.GE, (Sign(b * r),)),
    ),
)

WHERE_THREE = (
    *(Variable(f"b_{i}", Positive(), f"q at class {i}") for i in (1, 2, 3)),
    *(Variable(f"d_{i}", Real(), f"p − q at class {i}; at class 3 it is −d_1 − d_2") for i in (1, 2)),
    Variable("s", Real(), "the slope of the line of support of f at 1"),
    *(Variable(f"r_{i}", NonNegative(), f"by how much f(p/q) lies above that line at class {i}") for i in (1, 2, 3)),
)
b1, b2, b3, d1, d2, _, r1, r2, r3 = symbols_of(WHERE_THREE)
CLASSES = ((b1, d1, r1), (b2, d2, r2), (b3, -d1 - d2, r3))
of_three = sum((q_i * (s * ((q_i + d_i) / q_i - 1) + r_i) for q_i, d_i, r_i in CLASSES), start=Integer(0))
left_over = b1 * r1 + b2 * r2 + b3 * r3

f_divergence_of_three_ge = Derivation(
    claim=Claim(
        "f_divergence_of_three_ge",
        of_three,
        Integer(0),
        WHERE_THREE,
        Relation.GE,
        convention=("three classes, any convex f with f(1) = 0", "zero only where f touches its line at every p/q"),
        source=BLUEPRINT,
    ),
    steps=(
        Step("Σ q f(p/q)", of_three),
        Step("p and q have one sum: the line adds nothing", left_over),
        Step("no term is negative", Integer(0), Relation.GE, (Sign(left_over),)),
    ),
)

DERIVATIONS = (
    f_divergence_kl_eq,
    f_divergence_reverse_kl_eq,
    f_divergence_chi_squared_eq,
    f_divergence_hellinger_eq,
    f_divergence_line_eq,
    f_divergence_power_ge,
    f_divergence_class_ge,
    f_divergence_of_three_ge,
)
