"""RLHF token by token: rewards with a KL penalty, advantages from a value function (GAE), PPO. Imports torch.

Source   Ouyang et al. 2022, section 3.5; Stiennon et al. 2020, section 3.4; Schulman et al. 2016 (GAE), section 3;
         Schulman et al. 2017 (PPO), sections 3 and 5.
Shapes   everything is (*batch, T), one number a token; scores of whole answers are (*batch,). float64, nats.
Here     values[t] is V(prefix before token t), and the value after the last token is 0. Losses are SUMS over tokens,
         to be made small; β multiplies the penalty of each token; λ = 1 gives returns less values, λ = 0 one step.
"""

import torch
from torch import Tensor


def token_rewards(log_policy: Tensor, log_reference: Tensor, score: Tensor, beta: Tensor) -> Tensor:
    """r_t = −β (log π(y_t | y_<t) − log π_ref(y_t | y_<t)), and the score of the whole answer on its last token."""
    penalty = -beta * (log_policy - log_reference)
    return torch.cat([penalty[..., :-1], penalty[..., -1:] + score[..., None]], -1)


def advantages(rewards: Tensor, values: Tensor, discount: Tensor, lam: Tensor) -> Tensor:
    """A_t = δ_t + γλ A_{t+1} with δ_t = r_t + γ V_{t+1} − V_t, from the last token backwards."""
    after = torch.cat([values[..., 1:], torch.zeros_like(values[..., :1])], -1)
    deltas = rewards + discount * after - values
    found, running = [], torch.zeros_like(deltas[..., 0])
    for delta in deltas.flip(-1).unbind(-1):
        running = delta + discount * lam * running
        found.append(running)
    return torch.stack(found[::-1], -1)


def policy_loss(log_new: Tensor, log_old: Tensor, advantage: Tensor, clip: float) -> Tensor:
    """−Σ_t min(ρ_t A_t, clip(ρ_t, 1 − ε, 1 + ε) A_t) with ρ_t = π(y_t | y_<t)/π_old(y_t | y_<t): (*batch,)."""
    ratio = torch.exp(log_new - log_old)
    return -torch.minimum(ratio * advantage, torch.clamp(ratio, 1 - clip, 1 + clip) * advantage).sum(-1)


def value_loss(values: Tensor, old: Tensor, targets: Tensor, clip: float) -> Tensor:
    """½ Σ_t max((V − R)², (V_clip − R)²), V_clip within ε of the value before the update: (*batch,)."""
    near = old + torch.clamp(values - old, -clip, clip)
    return torch.maximum((values - targets) ** 2, (near - targets) ** 2).sum(-1) / 2
