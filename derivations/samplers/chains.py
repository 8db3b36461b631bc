"""Markov chains and weights: what leaves a law alone, and what weighted draws estimate.

Claim   Metropolis-Hastings and Gibbs keep their target; leapfrog keeps volume and reverses; weights correct the mean
Route   detailed balance by minima, finite sums, Jacobians of shears, Gaussian integrals.
"""

from __future__ import annotations

from sympy import Derivative, Determinant, Expr, Integer, Integral, Matrix, Min, exp, oo, pi, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.laws import Bernoulli
from claims.notation import Density, Expectation, Normal

WHERE = (
    *(Variable(f"p_{i}", Positive(), f"target's weight of state {i}; need not be normalised") for i in (1, 2)),
    Variable("q_12", OpenUnit(), "probability of proposing 2 from 1"),
    Variable("q_21", OpenUnit(), "probability of proposing 1 from 2"),
    *(Variable(f"j_{ij}", Positive(), f"joint weight of x = {ij[0]}, y = {ij[1]}") for ij in ("11", "21")),
)
p1, p2, q12, q21, j11, j21 = symbols_of(WHERE)
accept12, accept21 = Min(1, p2 * q21 / (p1 * q12)), Min(1, p1 * q12 / (p2 * q21))
RULE = "a proposal is accepted with probability min(1, π′q(x | x′)/(π q(x′ | x)))"

metropolis_balance_eq = Derivation(
    claim=Claim(
        "metropolis_balance_eq",
        p1 * q12 * accept12,
        p2 * q21 * accept21,
        WHERE,
        convention=(RULE, "detailed balance between any two states; the target's constant cancels"),
        source=Source("bishop2006", "section 11.2.2"),
    ),
    steps=(
        Step("how often 1 goes to 2", p1 * q12 * accept12),
        Step("the lesser of the two proposed flows", Min(p1 * q12, p2 * q21)),
        Step("how often 2 goes to 1", p2 * q21 * accept21),
    ),
)

metropolis_invariance_eq = Derivation(
    claim=Claim(
        "metropolis_invariance_eq",
        p1 * (1 - q12 * accept12) + p2 * q21 * accept21,
        p1,
        WHERE,
        convention=(RULE, "two states; what is rejected stays"),
        source=Source("bishop2006", "section 11.2.2"),
    ),
    steps=(
        Step("the weight of state 1 after a step", p1 * (1 - q12 * accept12) + p2 * q21 * accept21),
        Step("what comes is what goes", p1 * (1 - q12 * accept12) + p1 * q12 * accept12),
        Step("so the weight stays", p1),
    ),
)

gibbs_invariance_eq = Derivation(
    claim=Claim(
        "gibbs_invariance_eq",
        j11 * (j11 / (j11 + j21)) + j21 * (j11 / (j11 + j21)),
        j11,
        WHERE,
        convention=("x is drawn anew from p(x | y) at the y that is there; two values of x, one y after the other",),
        source=Source("bishop2006", "section 11.3"),
    ),
    steps=(
        Step(
            "the weight of (1, y) after x is drawn anew, from either x before",
            j11 * (j11 / (j11 + j21)) + j21 * (j11 / (j11 + j21)),
        ),
        Step("all the weight of y, shared out by p(x = 1 | y)", (j11**2 + j11 * j21) / (j11 + j21)),
        Step("the joint again", j11),
    ),
)

WHERE_PHASE = (
    Variable("x", Real(), "position"),
    Variable("v", Real(), "momentum; the mass is 1"),
    Variable("h", Positive(), "step size"),
    Variable("k", Real(), "the force is −k x − c x²"),
    Variable("c", Real(), "its bend"),
)
x, v, h, k, c = symbols_of(WHERE_PHASE)


def leapfrog(position: Expr, momentum: Expr) -> tuple[Expr, Expr]:
    """Half a kick, a drift, half a kick."""
    kicked = momentum - h / 2 * (k * position + c * position**2)
    moved = position + h * kicked
    return moved, kicked - h / 2 * (k * moved + c * moved**2)


after = leapfrog(x, v)
back = leapfrog(after[0], -after[1])
volume = Determinant(Matrix([[Derivative(z, w) for w in (x, v)] for z in after]))


def kick(at: Expr) -> Determinant:
    """The Jacobian of half a kick at a position: a shear of momenta."""
    return Determinant(Matrix([[1, 0], [-h / 2 * (k + 2 * c * at), 1]]))


leapfrog_volume_eq = Derivation(
    claim=Claim(
        "leapfrog_volume_eq",
        volume,
        Integer(1),
        WHERE_PHASE,
        convention=("kick, drift and kick each shift one coordinate by a function of the other", "U = kx²/2 + cx³/3"),
        source=Source("neal2011", "section 5.2.3"),
    ),
    steps=(
        Step("the determinant of a whole step", volume),
        Step("a product of three shears", kick(x) * Determinant(Matrix([[1, h], [0, 1]])) * kick(after[0])),
        Step("a shear keeps volume", Integer(1)),
    ),
)

leapfrog_position_reverses_eq = Derivation(
    claim=Claim(
        "leapfrog_position_reverses_eq",
        back[0],
        x,
        WHERE_PHASE,
        convention=(
            "a step, momentum turned round, and a step again",
            "U = kx²/2 + cx³/3; any force of x alone will do",
        ),
        source=Source("neal2011", "section 5.2.3"),
    ),
    steps=(
        Step("the position after there and back", back[0]),
        Step("the kick that ended the step begins the way back", x),
    ),
)

leapfrog_momentum_reverses_eq = Derivation(
    claim=Claim(
        "leapfrog_momentum_reverses_eq",
        -back[1],
        v,
        WHERE_PHASE,
        convention=("a step, momentum turned round, a step, and turned round again", "U = kx²/2 + cx³/3"),
        source=Source("neal2011", "section 5.2.3"),
    ),
    steps=(
        Step("the momentum after there and back, turned round", -back[1]),
        Step("each half kick is taken back at its own position", v),
    ),
)

WHERE_WEIGHTS = (
    Variable("x", Real(), "what is drawn, or integrated over"),
    Variable("p", OpenUnit(), "probability of 1 under the target"),
    Variable("q", OpenUnit(), "probability of 1 under the proposal"),
    *(Variable(f"f_{i}", Real(), f"the function at {i}") for i in (0, 1)),
    Variable("m", Real(), "distance of the two means"),
    Variable("g", Positive(), "the proposal's variance is (1 + g)/2, the target's 1"),
)
_, p, q, f0, f1, m, g = symbols_of(WHERE_WEIGHTS)
weight = Bernoulli(p).density(x) / Bernoulli(q).density(x)

importance_mean_eq = Derivation(
    claim=Claim(
        "importance_mean_eq",
        Expectation(weight * (f0 * (1 - x) + f1 * x), x, Bernoulli(q)),
        f0 * (1 - p) + f1 * p,
        WHERE_WEIGHTS,
        convention=("weight p(x)/q(x), two outcomes; the proposal must not miss what the target can give",),
        source=Source("bishop2006", "section 11.1.4"),
    ),
    steps=(
        Step("the weighted mean under the proposal", Expectation(weight * (f0 * (1 - x) + f1 * x), x, Bernoulli(q))),
        Step("q cancels: the mean under the target", Expectation(f0 * (1 - x) + f1 * x, x, Bernoulli(p))),
        Step("both outcomes", f0 * (1 - p) + f1 * p),
    ),
)


def squared(target: Normal, proposal: Normal) -> Integral:
    """E under the proposal of the squared weight: ∫ p²/q."""
    return Integral(Density(target, x) ** 2 / Density(proposal, x), (x, -oo, oo))


shifted = squared(Normal(m, 1), Normal(0, 1))

importance_square_shift_eq = Derivation(
    claim=Claim(
        "importance_square_shift_eq",
        shifted,
        exp(m**2),
        WHERE_WEIGHTS,
        convention=(
            "target N(m, 1), proposal N(0, 1); the share of effective draws is one over this",
            "d dimensions: m² is |m|²",
        ),
        source=Source("owen2013", "section 9.1"),
    ),
    steps=(
        Step("the mean squared weight", shifted),
        Step("a normal density around 2m is left", exp(m**2) * Integral(Density(Normal(2 * m, 1), x), (x, -oo, oo))),
        Step("which integrates to 1", exp(m**2)),
    ),
)

scaled = squared(Normal(0, 1), Normal(0, (1 + g) / 2))

importance_square_scale_eq = Derivation(
    claim=Claim(
        "importance_square_scale_eq",
        scaled,
        (1 + g) / (2 * sqrt(g)),
        WHERE_WEIGHTS,
        convention=("target N(0, 1), proposal N(0, (1 + g)/2); without bound as the variance falls to a half",),
        source=Source("owen2013", "section 9.1"),
    ),
    steps=(
        Step("the mean squared weight", scaled),
        Step(
            "the exponent is −x² g/(1 + g)",
            sqrt((1 + g) / 2) / sqrt(2 * pi) * Integral(exp(-(x**2) * g / (1 + g)), (x, -oo, oo)),
        ),
        Step("a Gaussian integral", (1 + g) / (2 * sqrt(g))),
    ),
)

WHERE_PATH = (
    *(Variable(f"f_{t}{i}", Positive(), f"weight of state {i} at temperature {t}") for t in (0, 1, 2) for i in (1, 2)),
    Variable("k", Positive(), "flow between the states in a step that keeps the weights at 1"),
)
f01, f02, f11, f12, f21, f22, flow = symbols_of(WHERE_PATH)
stays, goes = (1 - flow / f11, 1 - flow / f12), (flow / f11, flow / f12)
normaliser = f01 + f02
from_first = f01 / normaliser * (f11 / f01) * (stays[0] * f21 / f11 + goes[0] * f22 / f12)
from_second = f02 / normaliser * (f12 / f02) * (goes[1] * f21 / f11 + stays[1] * f22 / f12)

annealed_weight_eq = Derivation(
    claim=Claim(
        "annealed_weight_eq",
        from_first + from_second,
        (f21 + f22) / (f01 + f02),
        WHERE_PATH,
        convention=(
            "weight f₁(x₀)/f₀(x₀) · f₂(x₁)/f₁(x₁), x₀ from f₀ normalised, x₁ by a step that keeps f₁; two states",
            "the mean weight is the ratio of the constants Z₂/Z₀",
        ),
        source=Source("neal2001", "section 2"),
    ),
    steps=(
        Step("the mean weight over both states before and after the step", from_first + from_second),
        Step(
            "sorted by the state after the step, whose weight at 1 is kept",
            (f11 * stays[0] + f12 * goes[1]) / normaliser * f21 / f11
            + (f12 * stays[1] + f11 * goes[0]) / normaliser * f22 / f12,
        ),
        Step("f₁ cancels", (f21 + f22) / (f01 + f02)),
    ),
)

DERIVATIONS = (
    metropolis_balance_eq,
    metropolis_invariance_eq,
    gibbs_invariance_eq,
    leapfrog_volume_eq,
    leapfrog_position_reverses_eq,
    leapfrog_momentum_reverses_eq,
    importance_mean_eq,
    importance_square_shift_eq,
    importance_square_scale_eq,
    annealed_weight_eq,
)
