"""Preferences: Bradley-Terry, the optimum under a KL penalty, and direct preference optimisation.

Claim   a preference is a sigmoid of a difference of rewards; the optimum tilts the reference; DPO needs no partition
Route   odds and their logs; the objective is a constant less a divergence.
"""

from __future__ import annotations

from sympy import Derivative, Expr, exp, log

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.notation import Argmax

NATS = "log is natural"

WHERE = (
    *(Variable(f"r_{i}", Real(), f"reward of answer {i}") for i in (1, 2, 3)),
    Variable("beta", Positive(), "weight of the KL penalty"),
    *(Variable(f"q_{i}", Positive(), f"probability of answer {i} under the reference") for i in (1, 2, 3)),
    *(Variable(f"p_{i}", Positive(), f"probability of answer {i} under the policy") for i in (1, 2, 3)),
)
r1, r2, r3, beta, q1, q2, q3, p1, p2, p3 = symbols_of(WHERE)
preferred = exp(r1) / (exp(r1) + exp(r2))

bradley_terry_eq = Derivation(
    claim=Claim(
        "bradley_terry_eq",
        preferred,
        1 / (1 + exp(-(r1 - r2))),
        named(WHERE, "r_1 r_2"),
        convention=("P(1 ≻ 2) from strengths e^r: adding a constant to all rewards changes nothing",),
        source=Source("lambert2026", "reward models"),
    ),
    steps=(
        Step("the share of the first strength", preferred),
        Step("divided by the first strength", 1 / (1 + exp(r2) / exp(r1))),
        Step("the sigmoid of the difference", 1 / (1 + exp(-(r1 - r2)))),
    ),
)

bradley_terry_slope_eq = Derivation(
    claim=Claim(
        "bradley_terry_slope_eq",
        Derivative(-log(preferred), r1),
        -1 / (1 + exp(r1 - r2)),
        named(WHERE, "r_1 r_2"),
        convention=("the loss is −log P(1 ≻ 2); the slope is minus the probability of the wrong order", NATS),
        source=Source("lambert2026", "reward models"),
    ),
    steps=(
        Step("the slope of the loss in the preferred reward", Derivative(-log(preferred), r1)),
        Step("the loss is a softplus", Derivative(log(1 + exp(r2 - r1)), r1)),
        Step("minus the probability of the wrong order", -1 / (1 + exp(r1 - r2))),
    ),
)

WHERE_TWO = (
    Variable("p", OpenUnit(), "the policy's probability of answer 1"),
    Variable("q", OpenUnit(), "the reference's"),
    Variable("d", Real(), "reward of answer 1 less that of answer 2, over β"),
)
p, q, d = symbols_of(WHERE_TWO)
objective = p * d - p * log(p / q) - (1 - p) * log((1 - p) / (1 - q))

kl_optimum_two_eq = Derivation(
    claim=Claim(
        "kl_optimum_two_eq",
        Argmax(objective, p),
        q * exp(d) / (q * exp(d) + 1 - q),
        WHERE_TWO,
        convention=("two answers; (E reward)/β − KL(policy ‖ reference), less a constant", NATS),
        source=Source("lambert2026", "direct alignment algorithms"),
    ),
    steps=(
        Step("where reward less divergence is greatest", Argmax(objective, p)),
        Step("the slope d − log p/(1 − p) + log q/(1 − q) falls through zero once", q * exp(d) / (q * exp(d) + 1 - q)),
    ),
)

tilt1, tilt2, tilt3 = q1 * exp(r1 / beta), q2 * exp(r2 / beta), q3 * exp(r3 / beta)
partition = tilt1 + tilt2 + tilt3


def over_answers(first: Expr, second: Expr, third: Expr) -> Expr:
    """The mean under the policy, whose probabilities sum to one."""
    return p1 * first + p2 * second + (1 - p1 - p2) * third


rest = 1 - p1 - p2
reward_less_kl = over_answers(r1, r2, r3) - beta * over_answers(log(p1 / q1), log(p2 / q2), log(rest / q3))
distance = beta * log(partition) - beta * over_answers(
    log(p1 * partition / tilt1), log(p2 * partition / tilt2), log(rest * partition / tilt3)
)

kl_objective_is_distance_eq = Derivation(
    claim=Claim(
        "kl_objective_is_distance_eq",
        reward_less_kl,
        distance,
        named(WHERE, "r_1 r_2 r_3 beta q_1 q_2 q_3 p_1 p_2"),
        convention=(
            "three answers; any policy p₁, p₂, 1 − p₁ − p₂ and any reference",
            "β log Z − β KL(policy ‖ optimum) with optimum q e^(r/β)/Z: greatest where the policy is the optimum",
            NATS,
        ),
        source=Source("lambert2026", "direct alignment algorithms"),
    ),
    steps=(
        Step("mean reward less β KL(policy ‖ reference)", reward_less_kl),
        Step(
            "rewards as β log e^(r/β), taken into the logs",
            -beta * over_answers(log(p1 / tilt1), log(p2 / tilt2), log(rest / tilt3)),
        ),
        Step("log Z added and taken away", distance),
    ),
)

optimum1, optimum2 = tilt1 / partition, tilt2 / partition
implicit = beta * log(optimum1 / q1) - beta * log(optimum2 / q2)

dpo_reward_difference_eq = Derivation(
    claim=Claim(
        "dpo_reward_difference_eq",
        implicit,
        r1 - r2,
        named(WHERE, "r_1 r_2 r_3 beta q_1 q_2 q_3"),
        convention=("β log of optimum over reference is the reward less β log Z, and Z is common to all answers", NATS),
        source=Source("lambert2026", "direct alignment algorithms"),
    ),
    steps=(
        Step("the difference of the implicit rewards", implicit),
        Step("both have −β log Z, which cancels", beta * (log(tilt1) - log(q1)) - beta * (log(tilt2) - log(q2))),
        Step("the difference of the rewards", r1 - r2),
    ),
)

margin = beta * (log(p1 / q1) - log(p2 / q2))
dpo_loss = -log(1 / (1 + exp(-margin)))

dpo_slope_eq = Derivation(
    claim=Claim(
        "dpo_slope_eq",
        Derivative(dpo_loss, p1),
        -beta / (p1 * (1 + exp(margin))),
        named(WHERE, "beta q_1 q_2 p_1 p_2"),
        convention=(
            "answer 1 preferred; the slope in log p₁ is p₁ times this: −β times the wrong order's probability",
            NATS,
        ),
        source=Source("lambert2026", "direct alignment algorithms"),
    ),
    steps=(
        Step("the slope of −log σ(margin) in the policy's probability", Derivative(dpo_loss, p1)),
        Step("minus σ(−margin) times the slope of the margin", -Derivative(margin, p1) / (1 + exp(margin))),
        Step("the margin's slope is β/p₁", -beta / (p1 * (1 + exp(margin)))),
    ),
)

DERIVATIONS = (
    bradley_terry_eq,
    bradley_terry_slope_eq,
    kl_optimum_two_eq,
    kl_objective_is_distance_eq,
    dpo_reward_difference_eq,
    dpo_slope_eq,
)
