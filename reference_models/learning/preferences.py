"""Learning from preferences: Bradley-Terry, reward models and RLHF, DPO, critique and revision.

Standalone: imports torch; nothing of ours.
Source   Bradley and Terry 1952; Hunter 2004, section 2; Ouyang et al. 2022, section 3;
         Schulman et al. 2017, section 3; Rafailov et al. 2023, section 4; Bai et al. 2022.
Shapes   rewards and log-probabilities broadcast to (*batch,); wins is (k, k), wins[i, j] counts i beating j;
         policies on k answers are (*batch, k). float64, nats.
Here     log-probabilities of an answer are sums over its tokens, not means. β multiplies the KL penalty, which is
         KL(π ‖ π_ref). Strengths r are logarithmic, with Σ r = 0 where they are estimated.
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor


def win_prob(r1: Tensor, r2: Tensor) -> Tensor:
    """P(1 beats 2) = σ(r₁ − r₂) = e^r₁/(e^r₁ + e^r₂)."""
    return torch.sigmoid(r1 - r2)


def log_likelihood(wins: Tensor, r: Tensor) -> Tensor:
    """Σ_ij wins_ij log σ(r_i − r_j): (k, k), (k,) -> ()."""
    return (wins * torch.nn.functional.logsigmoid(r[:, None] - r)).sum()


def strengths(wins: Tensor, steps: int = 2000) -> Tensor:
    """The maximum-likelihood strengths by Zermelo's iteration, Σ r = 0; wins (k, k) may be shares: (k,)."""
    wins = wins - torch.diag(wins.diagonal())
    won, games = wins.sum(1), wins + wins.mT
    s = torch.ones_like(won)
    for _ in range(steps):
        s = won / (games / (s[:, None] + s)).sum(1)  # s_i = W_i / Σ_j n_ij/(s_i + s_j)
        s = s / torch.exp(torch.log(s).mean())
    return torch.log(s)


def estimable(wins: Tensor) -> Tensor:
    """Whether a maximum exists: every player has beaten every other through a chain of wins, () boolean."""
    k = len(wins)
    reach = (wins > 0) | torch.eye(k, dtype=torch.bool, device=wins.device)
    paths: Tensor = torch.linalg.matrix_power(reach.to(torch.float64), k)
    return (paths > 0).all()


def reward_loss(chosen: Tensor, rejected: Tensor) -> Tensor:
    """−log σ(r_w − r_l)."""
    return -torch.nn.functional.logsigmoid(chosen - rejected)


def regularised_value(policy: Tensor, reference: Tensor, reward: Tensor, beta: Tensor) -> Tensor:
    """E_π r − β KL(π ‖ π_ref): (*batch, k) -> (*batch,)."""
    return (policy * reward).sum(-1) - beta * (policy * (torch.log(policy) - torch.log(reference))).sum(-1)


def best_policy(reference: Tensor, reward: Tensor, beta: Tensor) -> Tensor:
    """π*(y) = π_ref(y) e^(r(y)/β)/Z."""
    return torch.softmax(torch.log(reference) + reward / beta, -1)


def clipped_objective(ratio: Tensor, advantage: Tensor, clip: float) -> Tensor:
    """PPO: min(ρA, clip(ρ, 1 − ε, 1 + ε) A), ρ = π(y)/π_old(y)."""
    return torch.minimum(ratio * advantage, torch.clamp(ratio, 1 - clip, 1 + clip) * advantage)


def implicit_reward(log_policy: Tensor, log_reference: Tensor, beta: Tensor) -> Tensor:
    """r̂(y) = β log π(y)/π_ref(y)."""
    return beta * (log_policy - log_reference)


def dpo_loss(chosen: Tensor, rejected: Tensor, ref_chosen: Tensor, ref_rejected: Tensor, beta: Tensor) -> Tensor:
    """−log σ(β log π(y_w)/π_ref(y_w) − β log π(y_l)/π_ref(y_l)), of log-probabilities."""
    margin = implicit_reward(chosen, ref_chosen, beta) - implicit_reward(rejected, ref_rejected, beta)
    return -torch.nn.functional.logsigmoid(margin)


def revised(
    answer: str, principles: Sequence[str], critique: Callable[[str, str], str], revise: Callable[[str, str], str]
) -> str:
    """Critique and revise, one principle after the other: each sees the answer as revised so far."""
    for principle in principles:
        answer = revise(answer, critique(answer, principle))
    return answer


def judged_preference(log_a: Tensor, log_b: Tensor) -> Tensor:
    """P(A preferred) = e^log_a/(e^log_a + e^log_b), from a judge's log-probabilities of the two labels."""
    return torch.softmax(torch.stack([log_a, log_b], -1), -1)[..., 0]
