"""Direct preference optimisation: row 73."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from math import log
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Answers,
    Figure,
    Model,
    Mutant,
    Oracle,
    Outcome,
    Panel,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import close, equal, gradient, worst
from numerics.specifications.training import read
from reference_models.learning import preferences

PAGE = "reference_models.learning.preferences"


def _as_bradley_terry(model: Model, draw: Draw) -> Outcome:
    w, loser, rw, rl = draw.normal(4, 6) - 3
    beta = draw.uniform(0.1, 1)
    odds = torch.exp(w - rw) ** beta / (torch.exp(w - rw) ** beta + torch.exp(loser - rl) ** beta)
    return worst(
        close(model.dpo_loss(w, loser, rw, rl, beta), -torch.log(odds)),
        equal(model.dpo_loss(w, loser, rw, rl, 0 * beta), log(2)),
    )


def _weight(model: Model, draw: Draw) -> Outcome:
    w, loser, rw, rl = draw.normal(4, 6) - 3
    beta = draw.uniform(0.1, 1)
    gap = model.implicit_reward(loser, rl, beta) - model.implicit_reward(w, rw, beta)
    slope = gradient(lambda t: model.dpo_loss(t, loser, rw, rl, beta), w)
    back = gradient(lambda t: model.dpo_loss(w, t, rw, rl, beta), loser)
    return worst(equal(slope, -beta * torch.sigmoid(gap)), equal(back, beta * torch.sigmoid(gap)))


def _population(model: Model, logits: Tensor, ref: Tensor, r: Tensor, beta: Tensor) -> Tensor:
    """E of the loss over all pairs of different answers, preferred as Bradley-Terry with reward r says."""
    law = torch.log_softmax(logits, -1)
    loss = model.dpo_loss(law[:, None], law, torch.log(ref)[:, None], torch.log(ref), beta)
    off = 1 - torch.eye(len(r), dtype=r.dtype, device=r.device)
    return (off * torch.sigmoid(r[:, None] - r) * loss).sum() / off.sum()


def _closed_form(model: Model, draw: Draw) -> Outcome:
    ref, r, beta = draw.simplex(4), draw.normal(4), draw.uniform(0.2, 1)
    best = torch.log(ref) + r / beta
    reward = model.implicit_reward(torch.log_softmax(best, -1), torch.log(ref), beta)
    return worst(
        equal(gradient(lambda t: _population(model, t, ref, r, beta), best), 0.0),
        equal(reward - reward[0], r - r[0]),
    )


def _toy_policy(
    model: Model, draw: Draw, progress: Callable[[float], None], k: int = 6, n: int = 200_000, steps: int = 1500
) -> Result:
    """Logits of k answers trained by Adam on n drawn preferences, against π_ref e^(r/β)/Z."""
    beta = draw.tensor(0.5)
    ref, r = draw.simplex(k), draw.uniform(-1, 1, k)
    best = torch.softmax(torch.log(ref) + r / beta, -1)
    first = draw.integers(0, k - 1, n)
    second = (first + draw.integers(1, k - 1, n)) % k
    first_wins = draw.uniform(0, 1, n) < torch.sigmoid(r[first] - r[second])
    w, lose = torch.where(first_wins, first, second), torch.where(first_wins, second, first)
    counts = torch.bincount(w * k + lose, minlength=k * k).reshape(k, k).to(torch.float64) / n
    logits = torch.log(ref).clone().requires_grad_(True)
    made, kept = torch.optim.Adam([logits], lr=0.02), []
    for step in range(steps):
        law, base = torch.log_softmax(logits, -1), torch.log(ref)
        loss = (counts * model.dpo_loss(law[:, None], law, base[:, None], base, beta)).sum()
        made.zero_grad()
        loss.backward()
        made.step()
        kept.append(loss.detach())
        if step % 50 == 0:
            progress(step / steps)
    curve = read(kept)
    found = torch.softmax(logits.detach(), -1)
    apart = float((found - best).abs().sum() / 2)
    chance = torch.sigmoid(r[:, None] - r)
    off = 1 - torch.eye(k, dtype=r.dtype, device=r.device)
    floor = float(-2 * (off * chance * torch.log(chance)).sum() / off.sum())  # each pair stands there twice
    progress(1.0)
    return Result(
        (
            Figure("total variation from the RLHF closed form", apart, 0.0, 0.03),
            Figure("loss", curve[-1], floor, 0.01, "nats"),
        ),
        (
            Panel("loss", "lines", {"DPO": (list(range(0, steps, 10)), curve[::10])}),
            Panel("policies", "points", {"found against closed form": (best.tolist(), found.tolist())}),
        ),
    )


def _by_choix(inputs: Mapping[str, Any]) -> Answers:
    from choix import mm_pairwise

    rows = [(i, j) for i, row in enumerate(inputs["wins"]) for j, n in enumerate(row) for _ in range(n)]
    return {"rewards": mm_pairwise(len(inputs["wins"]), rows, alpha=0.0, max_iter=100_000, tol=1e-13)}


def _implicit_rewards(model: Model, inputs: Mapping[str, Any]) -> Answers:
    """A policy table that minimises the loss over the comparisons, by L-BFGS; its rewards with mean 0."""
    wins, reference = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("wins", "reference"))
    ref, beta = torch.log(reference), torch.tensor(inputs["beta"], dtype=torch.float64)
    logits = torch.zeros_like(ref).requires_grad_(True)
    k = len(ref)
    descent = torch.optim.LBFGS(
        [logits], max_iter=500, tolerance_grad=1e-13, tolerance_change=0.0, line_search_fn="strong_wolfe"
    )

    def loss() -> Tensor:
        descent.zero_grad()
        p = torch.log_softmax(logits, -1)
        of_pairs = model.dpo_loss(
            p[:, None].expand(k, k), p.expand(k, k), ref[:, None].expand(k, k), ref.expand(k, k), beta
        )
        total = (wins * of_pairs).sum() / wins.sum()
        torch.autograd.backward(total)
        found: Tensor = total.detach()
        return found

    descent.step(loss)
    rewards = model.implicit_reward(torch.log_softmax(logits.detach(), -1), ref, beta)
    return {"rewards": rewards - rewards.mean()}


DPO = Specification(
    name="dpo",
    family="learning",
    systems=(73,),
    title="Direct preference optimisation",
    statement="L = −log σ(β log π(y_w)/π_ref(y_w) − β log π(y_l)/π_ref(y_l))",
    page=PAGE,
    functions={"implicit_reward": preferences.implicit_reward, "dpo_loss": preferences.dpo_loss},
    properties=(
        Property(
            "Bradley-Terry with the reward β log π/π_ref; log 2 at β = 0",
            _as_bradley_terry,
            Mutant(
                "the reference is left out",
                {"dpo_loss": lambda w, x, a, b, beta: preferences.dpo_loss(w, x, a, a, beta)},
            ),
        ),
        Property(
            "the slope is −β σ(r̂_l − r̂_w)",
            _weight,
            Mutant(
                "β stands outside the logarithm of σ only",
                {"dpo_loss": lambda w, x, a, b, beta: beta * preferences.dpo_loss(w, x, a, b, beta / beta)},
            ),
        ),
        Property(
            "over all pairs the optimum is RLHF's π_ref e^(r/β)/Z, whose Z cancels",
            _closed_form,
            Mutant(
                "the chosen answer alone has a reference",
                {"dpo_loss": lambda w, x, a, b, beta: preferences.dpo_loss(w, x, a, 0 * b, beta)},
            ),
        ),
    ),
    source="Rafailov et al. 2023, section 4",
    oracles=(
        Oracle(
            package="choix",
            inputs={
                "wins": [[0, 7, 4, 9], [3, 0, 6, 5], [5, 2, 0, 8], [1, 4, 3, 0]],
                "reference": [0.1, 0.4, 0.3, 0.2],
                "beta": 0.5,
            },
            ask=_by_choix,
            tell=_implicit_rewards,
            tolerance=1e-9,
            conversion="the best policy's implicit rewards are the Bradley-Terry scores of the wins, mean 0 in both",
        ),
    ),
    task=Task(
        "200 000 simulated preferences among 6 answers",
        _toy_policy,
        training=True,
        long=partial(_toy_policy, k=20, n=20_000_000, steps=8000),
        long_data="20 000 000 simulated preferences among 20 answers",
    ),
    conventions=("log-probabilities are sums over tokens",),
)

SPECIFICATIONS = (DPO,)
