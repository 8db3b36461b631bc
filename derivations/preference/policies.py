"""Returns, advantages and gradients of policies.

Claim   the mixture of n-step advantages is a sum of TD residuals; the gain of a policy is the other's advantage along
        its way; the gradient of a softmax policy weighs advantages
Route   values solve Bellman's equations, whose solution for two states is a quotient; residuals telescope.
"""

from __future__ import annotations

from sympy import Derivative, Expr, exp, log

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import OpenUnit, Real, Variable, named, symbols_of

WHERE = (
    *(Variable(f"r_{i}", Real(), f"reward of step {i}, of state {i}, or of answer {i}") for i in range(4)),
    *(Variable(f"V_{i}", Real(), f"value that is given to the state of step {i}, or to state {i}") for i in range(4)),
    *(Variable(f"u_{i}", Real(), f"reward of state {i} under the new policy") for i in (1, 2)),
    *(Variable(f"z_{i}", Real(), f"logit of action {i}") for i in (1, 2, 3)),
    Variable("g", OpenUnit(), "discount"),
    Variable("l", OpenUnit(), "λ: how much longer returns weigh"),
    Variable("a", OpenUnit(), "probability of staying in state 1 under the new policy"),
    Variable("b", OpenUnit(), "probability of staying in state 2 under the new policy"),
)
r0, r1, r2, r3, V0, V1, V2, V3, u1, u2, z1, z2, z3, g, lam, a, b = symbols_of(WHERE)

residuals = (r0 + g * V1 - V0, r1 + g * V2 - V1, r2 + g * V3 - V2)
advantages = (
    r0 + g * V1 - V0,
    r0 + g * r1 + g**2 * V2 - V0,
    r0 + g * r1 + g**2 * r2 + g**3 * V3 - V0,
)
mixed = (1 - lam) * (advantages[0] + lam * advantages[1]) + lam**2 * advantages[2]
sums = (
    residuals[0],
    residuals[0] + g * residuals[1],
    residuals[0] + g * residuals[1] + g**2 * residuals[2],
)

gae_eq = Derivation(
    claim=Claim(
        "gae_eq",
        mixed,
        residuals[0] + g * lam * residuals[1] + (g * lam) ** 2 * residuals[2],
        named(WHERE, "r_0 r_1 r_2 V_0 V_1 V_2 V_3 g l"),
        convention=("three steps are left: the longest return takes all the weight that is left, λ²",),
        source=Source("drdh2026", "deep RL course, actor-critic algorithms, other advantages"),
    ),
    steps=(
        Step("the n-step advantages, weighed by (1 − λ)λⁿ⁻¹", mixed),
        Step(
            "each is a discounted sum of TD residuals: the values between cancel",
            (1 - lam) * (sums[0] + lam * sums[1]) + lam**2 * sums[2],
        ),
        Step(
            "a residual is in all longer returns, whose weights sum to λˡ",
            residuals[0] + g * lam * residuals[1] + (g * lam) ** 2 * residuals[2],
        ),
    ),
)


def values(first: Expr, second: Expr, rewards: tuple[Expr, Expr]) -> tuple[Expr, Expr]:
    """The solution of v = r + γPv for two states, which are stayed in with these probabilities."""
    below = (1 - g * first) * (1 - g * second) - g**2 * (1 - first) * (1 - second)
    return (
        ((1 - g * second) * rewards[0] + g * (1 - first) * rewards[1]) / below,
        (g * (1 - second) * rewards[0] + (1 - g * first) * rewards[1]) / below,
    )


after = (a * V1 + (1 - a) * V2, b * V2 + (1 - b) * V1)
new = values(a, b, (u1, u2))[0]
advantages_under_new = (u1 + g * after[0] - V1, u2 + g * after[1] - V2)

performance_difference_eq = Derivation(
    claim=Claim(
        "performance_difference_eq",
        new - V1,
        values(a, b, advantages_under_new)[0],
        named(WHERE, "V_1 V_2 u_1 u_2 g a b"),
        convention=(
            "two states; under the new policy the value is v = (I − γP)⁻¹u, from state 1",
            "V is what the old policy is worth: the lemma asks nothing of it, and any two numbers may stand there",
            "the old policy's advantage, u + γPV − V on average over the new policy's actions, is summed along its way",
        ),
        source=Source("freeenergy2026", "the performance difference lemma"),
    ),
    steps=(
        Step("what state 1 is worth under the new policy, less what it was", new - V1),
        Step(
            "V = (I − γP)⁻¹(V − γPV): it is the value of rewards of its own",
            new - values(a, b, (V1 - g * after[0], V2 - g * after[1]))[0],
        ),
        Step(
            "the equations are linear: what is left of the rewards is the advantage",
            values(a, b, advantages_under_new)[0],
        ),
    ),
)

total = exp(z1) + exp(z2) + exp(z3)
chances = tuple(exp(z) / total for z in (z1, z2, z3))
objective = chances[0] * r1 + chances[1] * r2 + chances[2] * r3

policy_gradient_eq = Derivation(
    claim=Claim(
        "policy_gradient_eq",
        Derivative(objective, z1),
        chances[0] * (r1 - objective),
        named(WHERE, "r_1 r_2 r_3 z_1 z_2 z_3"),
        convention=("one step, three actions, π = softmax(z); the mean reward is the baseline that comes by itself",),
        source=Source("hyzhao2026", "policy gradient introduction"),
    ),
    steps=(
        Step("the slope of the mean reward in a logit", Derivative(objective, z1)),
        Step(
            "E[reward · slope of log π]",
            chances[0] * r1 * Derivative(log(chances[0]), z1)
            + chances[1] * r2 * Derivative(log(chances[1]), z1)
            + chances[2] * r3 * Derivative(log(chances[2]), z1),
        ),
        Step("the slope of log π(k) is 1[k = 1] − π(1)", chances[0] * (r1 - objective)),
    ),
)

DERIVATIONS = (gae_eq, performance_difference_eq, policy_gradient_eq)
