"""Policy gradients as exercises: rewards to go, the loss of REINFORCE, generalised advantages.

Each is computed from its definition as a double sum over times, which is not how anybody implements it.
"""

from __future__ import annotations

import torch
from torch import Tensor

from numerics.conformance.exercise import AfterLast, Argument, Convention, Exercise, Probabilities, Reals


def _discounts(t: int, gamma: Tensor) -> Tensor:
    """γ^(s − i) for s ≥ i, else 0: (t, t)."""
    times = torch.arange(t)
    ahead = times[None, :] - times[:, None]
    return torch.where(ahead >= 0, gamma ** ahead.clamp_min(0), torch.zeros((), dtype=gamma.dtype))


def returns(rewards: Tensor, gamma: Tensor) -> Tensor:
    """G_i = Σ_{s ≥ i} γ^(s − i) r_s: (t,), () -> (t,)."""
    return _discounts(len(rewards), gamma) @ rewards


def _written_returns(rewards: Tensor, gamma: Tensor) -> Tensor:
    total, found = torch.zeros((), dtype=rewards.dtype), []
    for reward in rewards.flip(0):
        total = reward + gamma * total
        found.append(total)
    return torch.stack(found).flip(0)


def _undiscounted(rewards: Tensor, gamma: Tensor) -> Tensor:
    return returns(rewards, torch.ones_like(gamma))


def _from_the_start(rewards: Tensor, gamma: Tensor) -> Tensor:
    return returns(rewards.flip(0), gamma).flip(0)


def _whole_return(rewards: Tensor, gamma: Tensor) -> Tensor:
    return returns(rewards, gamma)[0].expand(len(rewards))


def _of_times(rewards: Tensor, gamma: Tensor) -> Tensor:
    return returns(rewards, gamma) * gamma ** torch.arange(len(rewards))


RETURNS = Exercise(
    model="policy_gradient",
    function="returns",
    right=returns,
    arguments=(
        Argument("rewards", ("t",), Reals(), "r_0, r_1, …"),
        Argument("gamma", (), Probabilities(), "the discount γ"),
    ),
    returns="(t,), G_i = Σ_{s ≥ i} γ^(s − i) r_s",
    conventions=(
        Convention("nothing is discounted", _undiscounted),
        Convention("rewards are summed from the start, not from now on", _from_the_start),
        Convention("the return of the whole episode at every time", _whole_return),
        Convention("discounted from time 0: γ^s for γ^(s − i)", _of_times),
    ),
    sizes={"t": (2, 5)},
    gradient_in=("rewards",),
    written=(_written_returns,),
)


def loss(log_probs: Tensor, rewards: Tensor, gamma: Tensor) -> Tensor:
    """−Σ_i G_i log π(a_i | s_i), whose gradient is that of REINFORCE: (t,), (t,), () -> ()."""
    return -(log_probs * returns(rewards, gamma)).sum()


def _ascent(log_probs: Tensor, rewards: Tensor, gamma: Tensor) -> Tensor:
    return -loss(log_probs, rewards, gamma)


def _episode(log_probs: Tensor, rewards: Tensor, gamma: Tensor) -> Tensor:
    return -log_probs.sum() * returns(rewards, gamma)[0]


def _of_rewards(log_probs: Tensor, rewards: Tensor, gamma: Tensor) -> Tensor:
    return -(log_probs * rewards).sum()


def _of_probabilities(log_probs: Tensor, rewards: Tensor, gamma: Tensor) -> Tensor:
    return loss(torch.exp(log_probs), rewards, gamma)


LOSS = Exercise(
    model="policy_gradient",
    function="loss",
    right=loss,
    arguments=(
        Argument("log_probs", ("t",), Reals(-4, 0), "log π(a_i | s_i) of the actions taken"),
        Argument("rewards", ("t",), Reals(), "r_0, r_1, …"),
        Argument("gamma", (), Probabilities(), "the discount γ"),
    ),
    returns="(), −Σ_i G_i log π(a_i | s_i), a sum over the episode, with rewards to go",
    conventions=(
        Convention("the sign is the other one: it descends on the reward", _ascent),
        Convention("the return of the whole episode at every time", _episode),
        Convention("each action is weighted by its own reward only", _of_rewards),
        Convention("the logarithm of the probabilities is missing", _of_probabilities),
    ),
    sizes={"t": (2, 5)},
    gradient_in=("log_probs",),
)


def gae(rewards: Tensor, values: Tensor, gamma: Tensor, lam: Tensor) -> Tensor:
    """A_i = Σ_{s ≥ i} (γλ)^(s − i) δ_s with δ_s = r_s + γ V_{s+1} − V_s: (t,), (t + 1,), (), () -> (t,)."""
    delta = rewards + gamma * values[1:] - values[:-1]
    return _discounts(len(rewards), gamma * lam) @ delta


def _written_gae(rewards: Tensor, values: Tensor, gamma: Tensor, lam: Tensor) -> Tensor:
    delta = rewards + gamma * values[1:] - values[:-1]
    total, found = torch.zeros((), dtype=rewards.dtype), []
    for one in delta.flip(0):
        total = one + gamma * lam * total
        found.append(total)
    return torch.stack(found).flip(0)


def _without_lambda(rewards: Tensor, values: Tensor, gamma: Tensor, lam: Tensor) -> Tensor:
    return gae(rewards, values, gamma, torch.ones_like(lam))


def _one_step(rewards: Tensor, values: Tensor, gamma: Tensor, lam: Tensor) -> Tensor:
    return gae(rewards, values, gamma, torch.zeros_like(lam))


def _no_bootstrap(rewards: Tensor, values: Tensor, gamma: Tensor, lam: Tensor) -> Tensor:
    return gae(rewards, torch.cat([values[:-1], torch.zeros_like(values[:1])]), gamma, lam)


def _targets(rewards: Tensor, values: Tensor, gamma: Tensor, lam: Tensor) -> Tensor:
    return gae(rewards, values, gamma, lam) + values[:-1]


def _by_lambda_alone(rewards: Tensor, values: Tensor, gamma: Tensor, lam: Tensor) -> Tensor:
    delta = rewards + gamma * values[1:] - values[:-1]
    return _discounts(len(rewards), lam) @ delta


GAE = Exercise(
    model="policy_gradient",
    function="gae",
    right=gae,
    arguments=(
        Argument("rewards", ("t",), Reals(), "r_0 … r_{t−1}"),
        Argument("values", (AfterLast("t"),), Reals(), "V(s_0) … V(s_t): one more than rewards"),
        Argument("gamma", (), Probabilities(), "the discount γ"),
        Argument("lam", (), Probabilities(), "λ"),
    ),
    returns="(t,) advantages: A_i = Σ_{s ≥ i} (γλ)^(s − i) (r_s + γ V_{s+1} − V_s)",
    conventions=(
        Convention("λ is left out", _without_lambda),
        Convention("one step only: δ, not the sum of them", _one_step),
        Convention("the last value is left out", _no_bootstrap),
        Convention("the values are added back: targets for V, not advantages", _targets),
        Convention("discounted by λ, not γλ", _by_lambda_alone),
    ),
    sizes={"t": (2, 5)},
    gradient_in=("rewards",),
    written=(_written_gae,),
)

EXERCISES = (RETURNS, LOSS, GAE)
