"""Preferences: Bradley-Terry, the optimum under a KL penalty, and direct preference optimisation.

Claim   a preference is a sigmoid of a difference of rewards; the optimum tilts the reference; DPO needs no partition
Route   odds and their logs; the objective is a constant less a divergence.
"""

from __future__ import annotations

from sympy import Derivative, exp, log

from claims.claim import Claim, Derivation, Lemma, Relation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.grounds import Mean, Tangent
from claims.notation import KL, Argmax, Density, Expectation, NamedLaw

NATS = "log is natural"

WHERE = (
    *(Variable(f"r_{i}", Real(), f"reward of answer {i}") for i in (1, 2)),
    Variable("beta", Positive(), "weight of the KL penalty"),
    *(Variable(f"q_{i}", Positive(), f"probability of answer {i} under the reference") for i in (1, 2)),
    *(Variable(f"p_{i}", Positive(), f"probability of answer {i} under the policy") for i in (1, 2)),
)
r1, r2, beta, q1, q2, p1, p2 = symbols_of(WHERE)
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

WHERE_LAWS = (
    Variable("y", Real(), "the answer, averaged over"),
    *named(WHERE, "beta"),
    Variable("Z", Positive(), "the partition function, the mean of e^(reward/β) under the reference"),
)
y, _, Z = symbols_of(WHERE_LAWS)
policy, reference, best = NamedLaw("p"), NamedLaw("q"), NamedLaw("t")
ANSWERS = "any laws over any set of answers, finite or not, for which the expectations are finite"
BEST = "t = q e^(r/β)/Z, so that the reward is r = β log(Z t/q): any reward with a finite Z"
reward = beta * log(Z * Density(best, y) / Density(reference, y))
reward_less_kl = Expectation(reward, y, policy) - beta * KL(policy, reference)
distance = beta * log(Z) - beta * KL(policy, best)


def mean_log(one: NamedLaw, other: NamedLaw) -> Expectation:
    """The mean under the first law of the log of the first density over the second."""
    return Expectation(log(Density(one, y) / Density(other, y)), y, one)


kl_objective_is_distance_eq = Derivation(
    claim=Claim(
        "kl_objective_is_distance_eq",
        reward_less_kl,
        distance,
        WHERE_LAWS,
        convention=(
            NATS,
            ANSWERS,
            BEST,
            "E_p[r] − β KL(policy ‖ reference) = β log Z − β KL(policy ‖ optimum): greatest where the policy is t",
        ),
        source=Source("lambert2026", "direct alignment algorithms"),
    ),
    steps=(
        Step("mean reward less β KL(policy ‖ reference)", reward_less_kl),
        Step(
            "the definition of KL(policy ‖ reference)",
            Expectation(reward, y, policy) - beta * mean_log(policy, reference),
        ),
        Step("the log of a product: the reference cancels", beta * log(Z) - beta * mean_log(policy, best)),
        Step("the definition of KL(policy ‖ optimum)", distance),
    ),
)

kl_objective_le = Derivation(
    claim=Claim(
        "kl_objective_le",
        reward_less_kl,
        beta * log(Z),
        WHERE_LAWS,
        Relation.LE,
        convention=(NATS, ANSWERS, BEST, "the optimum of RLHF: no policy does better than t, which reaches β log Z"),
        source=Source("lambert2026", "direct alignment algorithms"),
    ),
    steps=(
        Step("mean reward less β KL(policy ‖ reference)", reward_less_kl),
        Step(
            "β log Z less a divergence (kl_objective_is_distance_eq)",
            distance,
            lemmas=(Lemma(kl_objective_is_distance_eq),),
        ),
        Step("the definition of KL(policy ‖ optimum)", beta * log(Z) - beta * mean_log(policy, best)),
        Step(
            "the log of a quotient, upside down",
            beta * log(Z) + beta * Expectation(log(Density(best, y) / Density(policy, y)), y, policy),
        ),
        Step(
            "log t ≤ t − 1 for the ratio of optimum to policy",
            beta * log(Z) + beta * Expectation(Density(best, y) / Density(policy, y) - 1, y, policy),
            Relation.LE,
            (Mean(Tangent(Density(best, y) / Density(policy, y), beta), y, policy),),
        ),
        Step("the ratio has the mean ∫ t = 1", beta * log(Z)),
    ),
)

WHERE_ANSWERS = (*named(WHERE, "r_1 r_2 beta q_1 q_2"), *named(WHERE_LAWS, "Z"))
tilt1, tilt2 = q1 * exp(r1 / beta), q2 * exp(r2 / beta)
implicit1, implicit2 = beta * (log(tilt1 / Z) - log(q1)), beta * (log(tilt2 / Z) - log(q2))
"""β log of optimum over reference, for either answer."""
ANY_NUMBER = "any set of answers, finite or not: Z is what it sums or integrates to"

dpo_reward_eq = Derivation(
    claim=Claim(
        "dpo_reward_eq",
        implicit1 + beta * log(Z),
        r1,
        named(WHERE_ANSWERS, "r_1 beta q_1 Z"),
        convention=(NATS, ANY_NUMBER, "the reward of an answer by the optimum q e^(r/β)/Z"),
        source=Source("lambert2026", "direct alignment algorithms"),
    ),
    steps=(
        Step("β log of optimum over reference, and β log Z", implicit1 + beta * log(Z)),
        Step("the log of a quotient: Z cancels", beta * (log(tilt1) - log(q1))),
        Step("the log of a product: the reference cancels", r1),
    ),
)

dpo_reward_difference_eq = Derivation(
    claim=Claim(
        "dpo_reward_difference_eq",
        implicit1 - implicit2,
        r1 - r2,
        WHERE_ANSWERS,
        convention=(
            NATS,
            ANY_NUMBER,
            "β log of optimum over reference is the reward less β log Z, and Z is common to all answers",
        ),
        source=Source("lambert2026", "direct alignment algorithms"),
    ),
    steps=(
        Step("the difference of the implicit rewards", implicit1 - implicit2),
        Step(
            "both have −β log Z, which cancels",
            beta * (log(tilt1) - log(q1)) - beta * (log(tilt2) - log(q2)),
        ),
        Step("the difference of the rewards", r1 - r2),
    ),
)

dpo_preference_eq = Derivation(
    claim=Claim(
        "dpo_preference_eq",
        1 / (1 + exp(implicit2 - implicit1)),
        preferred,
        WHERE_ANSWERS,
        convention=(
            NATS,
            ANY_NUMBER,
            "what DPO's loss takes for P(1 ≻ 2) is Bradley and Terry's, where the policy is the optimum",
        ),
        source=Source("lambert2026", "direct alignment algorithms"),
    ),
    steps=(
        Step("the sigmoid of the difference of the implicit rewards", 1 / (1 + exp(implicit2 - implicit1))),
        Step("which is the difference of the rewards", 1 / (1 + exp(-(r1 - r2)))),
        Step("multiplied by the first strength", preferred),
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
    kl_objective_le,
    dpo_reward_eq,
    dpo_reward_difference_eq,
    dpo_preference_eq,
    dpo_slope_eq,
)
