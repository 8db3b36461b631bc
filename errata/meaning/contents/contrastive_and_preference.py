"""Contrastive and preference: what is derived, and what notes call it."""

from __future__ import annotations

from errata.meaning.contents.entry import Entry, Section

SECTION = Section(
    "Contrastive and preference",
    (
        Entry(
            called="InfoNCE as softmax cross-entropy",
            also=("contrastive loss", "NT-Xent", "SimCLR", "CPC"),
            derivations=("infonce_is_cross_entropy_eq", "infonce_slope_positive_eq", "infonce_slope_negative_eq"),
            proved_for="three candidates",
        ),
        Entry(
            called="InfoNCE's bound and optimum",
            also=("mutual information bound", "log N ceiling", "contrastive predictive coding"),
            derivations=("infonce_optimum_eq", "infonce_gap_eq", "infonce_bound_le", "infonce_ceiling_le"),
            proved_for="three candidates; the bound with two",
        ),
        Entry(
            called="InfoNCE's bound and gap under any laws",
            also=("mutual information bound", "contrastive predictive coding"),
            derivations=("infonce_share_eq", "infonce_any_laws_le", "infonce_any_laws_gap_eq"),
            proved_for="any laws, any critic; three candidates",
        ),
        Entry(
            called="CLIP's two directions",
            also=("symmetric contrastive loss", "image-text"),
            derivations=("clip_loss_eq",),
            proved_for="two pairs",
        ),
        Entry(
            called="Bradley-Terry",
            also=("preference model", "reward model loss", "pairwise logistic"),
            derivations=("bradley_terry_eq", "bradley_terry_slope_eq"),
            proved_for="two answers",
        ),
        Entry(
            called="the KL-regularised optimum",
            also=("RLHF objective", "optimal policy", "reward maximisation with a KL penalty"),
            derivations=("kl_objective_is_distance_eq", "kl_objective_le", "kl_optimum_two_eq"),
            proved_for="any laws over any set of answers; by the slope, two answers",
        ),
        Entry(
            called="DPO",
            also=("direct preference optimisation", "implicit reward"),
            derivations=("dpo_reward_eq", "dpo_reward_difference_eq", "dpo_preference_eq", "dpo_slope_eq"),
            proved_for="any set of answers",
        ),
        Entry(
            called="generalised advantages as TD residuals, in three steps",
            also=("GAE", "generalised advantage estimation", "temporal difference"),
            derivations=("gae_eq",),
            proved_for="three steps",
        ),
        Entry(
            called="the performance difference lemma, with two states",
            also=("Kakade-Langford", "policy improvement"),
            derivations=("performance_difference_eq",),
            proved_for="two states, any policy and any values",
        ),
        Entry(
            called="the gradient of a softmax policy, with its own baseline",
            also=("policy gradient", "REINFORCE"),
            derivations=("policy_gradient_eq",),
            proved_for="one step, three actions",
        ),
        Entry(
            called="the gradient of a softmax policy, baselines, a step of the policy-gradient theorem",
            also=("policy gradient theorem", "REINFORCE", "advantage"),
            derivations=("policy_gradient_any_eq", "baseline_any_eq", "policy_gradient_step_eq"),
            proved_for="any number of actions",
        ),
        Entry(
            called="REINFORCE, the best baseline, the score of a path",
            also=("policy gradient", "score-function estimator", "variance reduction", "trajectory"),
            derivations=("reinforce_eq", "optimal_baseline_eq", "path_score_eq"),
            proved_for="any law of actions, tilted; any number of steps, two actions",
        ),
        Entry(
            called="n-step and generalised advantages as TD residuals",
            also=("GAE", "generalised advantage estimation", "lambda return", "temporal difference"),
            derivations=("n_step_advantage_eq", "gae_any_eq"),
            proved_for="any number of steps",
        ),
        Entry(
            called="the performance difference lemma",
            also=("Kakade-Langford", "policy improvement"),
            derivations=("performance_difference_step_eq",),
            proved_for="any laws of actions and states, a step of the induction",
        ),
        Entry(
            called="Bellman's operators contract",
            also=("Bellman contraction", "value iteration", "fixed point", "discount"),
            derivations=("bellman_mean_le", "bellman_max_step_le"),
            proved_for="any law of the next state; one action more at a time",
        ),
    ),
)
