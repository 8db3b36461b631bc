"""Markov chains: what leaves a law alone, and what keeps volume.

Claim   Metropolis-Hastings and Gibbs keep their target; leapfrog keeps volume and can be reversed
Route   detailed balance by minima, finite sums, Jacobians of shears.
"""

from __future__ import annotations

from sympy import Derivative, Determinant, Expr, Integer, Matrix, Min

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of

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
        named(WHERE, "p_1 p_2 q_12 q_21"),
        convention=(RULE, "detailed balance between any two states; the target's constant cancels"),
        source=Source("kuleshov2025", "sampling methods, Metropolis-Hastings algorithm"),
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
        named(WHERE, "p_1 p_2 q_12 q_21"),
        convention=(RULE, "two states; what is rejected stays"),
        source=Source("kuleshov2025", "sampling methods, Metropolis-Hastings algorithm"),
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
        named(WHERE, "j_11 j_21"),
        convention=("x is drawn anew from p(x | y) at the y that is there; two values of x, one y after the other",),
        source=Source("kuleshov2025", "sampling methods, Gibbs sampling"),
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
        source=Source("hoffman2014", "section 2"),
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
        source=Source("hoffman2014", "section 2"),
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
        source=Source("hoffman2014", "section 2"),
    ),
    steps=(
        Step("the momentum after there and back, turned round", -back[1]),
        Step("each half kick is taken back at its own position", v),
    ),
)

DERIVATIONS = (
    metropolis_balance_eq,
    metropolis_invariance_eq,
    gibbs_invariance_eq,
    leapfrog_volume_eq,
    leapfrog_position_reverses_eq,
    leapfrog_momentum_reverses_eq,
)
