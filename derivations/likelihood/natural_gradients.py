"""The natural gradient: the steepest direction where a step costs what it changes the law, in any parameters.

Claim   KL(p ‖ p_v) bends at v = 0 as E s², s the score along the path; ∇·d − λ/2 E(s·d)² is greatest at d = F⁻¹∇/λ,
        and among steps with E(s·d)² = 2ε none gains more than √(2ε ∇ᵀF⁻¹∇); J(JᵀFJ)⁻¹Jᵀ∇ = F⁻¹∇
Route   F = E ssᵀ, so that dᵀFd is the mean of (s·d)² and ∇·d, for ∇ = Fu, that of (s·u)(s·d): two functions of a draw,
        whatever the number of parameters, and squares of them.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Function, Matrix, exp, log

from claims.claim import Claim, Derivation, Lemma, Relation, Source, Step
from claims.domains import Positive, Real, Variable, named, symbols_of
from claims.grounds import Mean, Sign
from claims.notation import KL, Expectation, NamedLaw, Normal
from derivations.gaussian.kl import kl_normal_eq, m1, m2, s1, s2

WHERE = (
    Variable("x", Real(), "a draw, averaged over"),
    Variable("y", Real(), "another draw, averaged over"),
    Variable("v", Real(), "how far the parameters go along a direction"),
    Variable("l", Positive(), "λ, the price of a step"),
    *(Variable(f"f_{k}", Real(), f"entry {k} of the symmetric F") for k in (11, 12, 22)),
    *(Variable(f"j_{k}", Real(), f"entry {k} of J = ∂θ/∂η") for k in (11, 12, 21, 22)),
    *(Variable(f"g_{k}", Real(), f"entry {k} of the gradient in θ") for k in (1, 2)),
    Variable("d", Real(), "by how much the mean is moved"),
    Variable("g", Real(), "the slope of the loss in the mean"),
    Variable("m", Real(), "the mean of the normal law"),
    Variable("s", Positive(), "its STANDARD DEVIATION"),
)
x, y, v, lam, f11, f12, f22, j11, j12, j21, j22, g1, g2, d, g, m, s = symbols_of(WHERE)
law = NamedLaw("p")
U, D, stat = (Function(name, real=True) for name in "gkz")
ANY = "any law p for which the expectations are finite"
ALONG = (
    "any number of parameters: s is the score ∇ log p, F = E ssᵀ is the Fisher information, u = F⁻¹∇; g(x) is s·u and"
    " k(x) is s·d, so that E gk = uᵀFd = ∇·d, E k² = dᵀFd and E g² = ∇ᵀF⁻¹∇"
)
STEEPEST = Source("kristiadi2018", "steepest descent in distribution space")


def under(f: Expr, draw: Expr = x) -> Expectation:
    """The mean of f over one draw."""
    return Expectation(f, draw, law)


def weighted(f: Expr) -> Expr:
    """The mean of f under p(x) e^(vz)/E e^(vz)."""
    return under(f * exp(v * stat(x))) / under(exp(v * stat(x)))


cost = log(under(exp(v * stat(x)))) - v * under(stat(x))
tilted = weighted((stat(x) - weighted(stat(x))) ** 2)

kl_bend_eq = Derivation(
    claim=Claim(
        "kl_bend_eq",
        Derivative(cost, (v, 2)),
        tilted,
        named(WHERE, "x v"),
        convention=(
            ANY,
            "KL(p ‖ p_v) = log E e^(vz) − v E z for p_v = p e^(vz)/E e^(vz), a path with the score z at v = 0; any"
            " other smooth path with this score has the same second slope there, as KL is flat at v = 0",
            "at v = 0 it is Var z, E z² where E z = 0: dᵀFd for z = s·d",
        ),
        source=Source("kristiadi2018", "Fisher and KL-divergence"),
    ),
    steps=(
        Step("the second slope of the divergence along the path", Derivative(cost, (v, 2))),
        Step("the derivative of a log, under E; that of v E z is constant", Derivative(weighted(stat(x)), v)),
        Step("the quotient rule, under E", weighted(stat(x) ** 2) - weighted(stat(x)) ** 2),
        Step("E is linear: the mean square less the square of the mean", tilted),
    ),
)

gained = under(U(x) * D(x)) - lam / 2 * under(D(x) ** 2)

natural_gradient_steepest_eq = Derivation(
    claim=Claim(
        "natural_gradient_steepest_eq",
        gained,
        under(U(x) ** 2) / (2 * lam) - lam / 2 * under((D(x) - U(x) / lam) ** 2),
        named(WHERE, "x l"),
        convention=(
            ANY,
            ALONG,
            "what a step d gains, less λ times half of dᵀFd: greatest where s·d = s·u/λ, at d = F⁻¹∇/λ",
        ),
        source=STEEPEST,
    ),
    steps=(
        Step("∇·d − λ/2 dᵀFd", gained),
        Step("E is linear: one mean", under(U(x) * D(x) - lam / 2 * D(x) ** 2)),
        Step("the square completed in s·d", under(U(x) ** 2 / (2 * lam) - lam / 2 * (D(x) - U(x) / lam) ** 2)),
        Step(
            "E is linear: what does not depend on d, less a square",
            under(U(x) ** 2) / (2 * lam) - lam / 2 * under((D(x) - U(x) / lam) ** 2),
        ),
    ),
)

crossed = (U(x) * D(y) - U(y) * D(x)) ** 2
sizes = under(U(x) ** 2) * under(D(x) ** 2)

natural_gradient_ball_le = Derivation(
    claim=Claim(
        "natural_gradient_ball_le",
        under(U(x) * D(x)) ** 2,
        sizes,
        named(WHERE, "x y"),
        Relation.LE,
        convention=(
            ANY,
            ALONG,
            "(∇·d)² ≤ (∇ᵀF⁻¹∇)(dᵀFd): with dᵀFd = 2ε no step gains more than √(2ε ∇ᵀF⁻¹∇), which d = F⁻¹∇ √(2ε/∇ᵀF⁻¹∇)"
            " does",
        ),
        source=STEEPEST,
    ),
    steps=(
        Step("the square of what a step gains", under(U(x) * D(x)) ** 2),
        Step(
            "of two draws, (gk′ − g′k)²/2 has the mean E g² E k² − (E gk)²: E is linear",
            sizes - under(under(crossed / 2, y)),
        ),
        Step("the mean of a square", sizes, Relation.LE, (Mean(Mean(Sign(crossed / 2), y, law), x, law),)),
    ),
)

F, J, gradient = Matrix([[f11, f12], [f12, f22]]), Matrix([[j11, j12], [j21, j22]]), Matrix([g1, g2])


def turned(a: Matrix) -> Matrix:
    """adj a of two rows, det a · a⁻¹ where there is one."""
    return Matrix([[a[1, 1], -a[0, 1]], [-a[1, 0], a[0, 0]]])


size = j11 * j22 - j12 * j21
moved = (J * turned(J.T * F * J) * J.T * gradient)[0]

natural_gradient_invariant_eq = Derivation(
    claim=Claim(
        "natural_gradient_invariant_eq",
        moved,
        size**2 * (turned(F) * gradient)[0],
        tuple(v for v in WHERE if v.name[0] in "fjg" and "_" in v.name),
        convention=(
            "two parameters, θ of η with J = ∂θ/∂η; in η the gradient is Jᵀ∇ and the information JᵀFJ; the first entry",
            "adj A = det A · A⁻¹: over det(JᵀFJ) = (det J)² det F it says J(JᵀFJ)⁻¹Jᵀ∇ = F⁻¹∇, the same step in θ",
        ),
        source=Source("kristiadi2018", "distribution space"),
    ),
    steps=(
        Step("J adj(JᵀFJ) Jᵀ∇", moved),
        Step("adj(AB) = adj B adj A", (J * turned(J) * turned(F) * turned(J.T) * J.T * gradient)[0]),
        Step("J adj J = det J, on both sides", size**2 * (turned(F) * gradient)[0]),
    ),
)

price = g * d + lam * KL(Normal(m, s**2), Normal(m + d, s**2))
square = lam / (2 * s**2) * (d + s**2 * g / lam) ** 2

natural_gradient_normal_eq = Derivation(
    claim=Claim(
        "natural_gradient_normal_eq",
        price,
        square - s**2 * g**2 / (2 * lam),
        named(WHERE, "l d g m s"),
        convention=(
            "a loss of slope g in the mean of N(m, s²), λ KL being the price of the step d: no step need be small here",
            "least at d = −s²g/λ = −F⁻¹g/λ, as F = 1/s² (fisher_normal_mean_eq)",
        ),
        source=STEEPEST,
    ),
    steps=(
        Step("the loss along the step, and its price", price),
        Step(
            "kl_normal_eq, where the variances are the same: d²/(2s²)",
            g * d + lam * d**2 / (2 * s**2),
            lemmas=(Lemma(kl_normal_eq, ((m1, m), (s1, s), (m2, m + d), (s2, s)), lam),),
        ),
        Step("the square completed in d", square - s**2 * g**2 / (2 * lam)),
    ),
)

DERIVATIONS = (
    kl_bend_eq,
    natural_gradient_steepest_eq,
    natural_gradient_ball_le,
    natural_gradient_invariant_eq,
    natural_gradient_normal_eq,
)
