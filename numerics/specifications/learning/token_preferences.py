"""RLHF token by token: row 72."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import product
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
from numerics.specifications.draws import Draw, t
from numerics.specifications.outcomes import at_most, close, equal, worst
from numerics.specifications.training import curve, learned
from reference_models.autoregressive import transformers
from reference_models.learning import preferences, token_preferences

LETTERS, LENGTH = 3, 3


def _answers(draw: Draw, length: int = LENGTH) -> Tensor:
    """Every answer of so many letters: (3^T, T)."""
    return torch.tensor(list(product(range(LETTERS), repeat=length)), device=draw.device)


def _prefixes(answers: Tensor) -> Tensor:
    """Which row of a table of prefixes each token's prefix is: 0 the empty one, then those of a letter, and so on."""
    found, at = [], torch.zeros_like(answers[:, 0])
    for letter in answers.unbind(-1):
        found.append(at)
        at = LETTERS * at + letter + 1
    return torch.stack(found, -1)


def _log_tokens(logits: Tensor, answers: Tensor) -> Tensor:
    """log π(y_t | y_<t) of a table of logits, a row for each prefix: (n, T)."""
    law = torch.log_softmax(logits, -1)[_prefixes(answers)]
    return law.gather(-1, answers[..., None])[..., 0]


def _two_policies(draw: Draw) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """All answers, logits of a policy and of the reference for every prefix, scores of answers, and β."""
    answers = _answers(draw)
    return answers, draw.normal(13, LETTERS), draw.normal(13, LETTERS), draw.normal(27), draw.uniform(0.1, 2)


def _whole_reward(model: Model, draw: Draw) -> Outcome:
    """Rewards of tokens sum to the score less β log π/π_ref; their mean is the value of whole answers."""
    answers, logits, other, score, beta = _two_policies(draw)
    log_policy, log_reference = _log_tokens(logits, answers), _log_tokens(other, answers)
    total = model.rewards(log_policy, log_reference, score, beta).sum(-1)
    policy, reference = torch.exp(log_policy.sum(-1)), torch.exp(log_reference.sum(-1))
    return worst(
        close(total, score - beta * (log_policy - log_reference).sum(-1)),
        close((policy * total).sum(), preferences.regularised_value(policy, reference, score, beta)),
    )


def _penalised_once(log_policy: Tensor, log_reference: Tensor, score: Tensor, beta: Tensor) -> Tensor:
    found = token_preferences.token_rewards(log_policy, log_reference, score, beta)
    return torch.cat([0 * found[..., :-1], found[..., -1:]], -1)


def _last_only(model: Model, draw: Draw) -> Outcome:
    """The score stands on the last token; every other has its own penalty."""
    a, b, score, beta = draw.normal(4, 5), draw.normal(4, 5), draw.normal(4), draw.uniform(0.1, 2)
    found = model.rewards(a, b, score, beta)
    expected = [[float(beta * (b[i, k] - a[i, k]) + (score[i] if k == 4 else 0)) for k in range(5)] for i in range(4)]
    return close(found, draw.tensor(expected))


def _spread(log_policy: Tensor, log_reference: Tensor, score: Tensor, beta: Tensor) -> Tensor:
    return -beta * (log_policy - log_reference) + score[..., None] / log_policy.shape[-1]


def _by_sums(model: Model, draw: Draw) -> Outcome:
    """A_t = Σ_l (γλ)^l δ_{t+l}, term by term; at λ = 1 the discounted rewards to come, less the value."""
    rewards, values = draw.normal(2, 5), draw.normal(2, 5)
    discount, lam, one = draw.uniform(0.5, 1), draw.uniform(0, 1), draw.tensor(1.0)
    beyond = torch.cat([values, torch.zeros_like(values[:, :1])], 1)
    deltas = [rewards[:, k] + discount * beyond[:, k + 1] - values[:, k] for k in range(5)]
    sums = [sum((discount * lam) ** (k - s) * deltas[k] for k in range(s, 5)) for s in range(5)]
    ahead = [sum(discount ** (k - s) * rewards[:, k] for k in range(s, 5)) - values[:, s] for s in range(5)]
    return worst(
        close(model.advantages(rewards, values, discount, lam), torch.stack(sums, -1)),  # type: ignore[arg-type]
        close(model.advantages(rewards, values, discount, one), torch.stack(ahead, -1)),
    )


def _forwards(rewards: Tensor, values: Tensor, discount: Tensor, lam: Tensor) -> Tensor:
    found = token_preferences.advantages(rewards.flip(-1), values.flip(-1), discount, lam)
    return found.flip(-1)


def _slope(model: Model, draw: Draw) -> Outcome:
    """At the old policy, with λ = γ = 1: −∇ E[loss] is ∇(E score − β KL) over all answers, whatever the values are."""
    answers, start, other, score, beta = _two_policies(draw)
    values, one = draw.normal(13)[_prefixes(answers)], draw.tensor(1.0)
    logits = start.clone().requires_grad_()
    log_policy, log_reference = _log_tokens(logits, answers), _log_tokens(other, answers)
    old = log_policy.detach()
    gains = token_preferences.advantages(
        token_preferences.token_rewards(old, log_reference, score, beta), values, one, one
    )
    chance = torch.exp(old.sum(-1))
    (found,) = torch.autograd.grad((chance * model.policy_loss(log_policy, old, gains, 0.2)).sum(), logits)
    whole = torch.exp(_log_tokens(logits, answers).sum(-1))
    value = preferences.regularised_value(whole, torch.exp(log_reference.sum(-1)), score, beta)
    (slope,) = torch.autograd.grad(value, logits)
    return close(-found, slope)


def _by_logs(log_new: Tensor, log_old: Tensor, advantage: Tensor, clip: float) -> Tensor:
    return (log_new * advantage).mean(-1)


def _pessimistic(model: Model, draw: Draw) -> Outcome:
    """Never below the loss without a clip, equal within it, and flat where a gain has gone beyond it."""
    old, gains = draw.normal(50, 4), draw.normal(50, 4)
    shift = draw.uniform(-1, 1, 50, 4).requires_grad_()
    plain = -(torch.exp(shift) * gains).sum(-1)
    found = model.policy_loss(old + shift, old, gains, 0.2)
    (slopes,) = torch.autograd.grad(found.sum(), shift)
    shift = shift.detach()
    plain, found, ratio = plain.detach(), found.detach(), torch.exp(shift)
    done = ((gains > 0) & (ratio > 1.2)) | ((gains < 0) & (ratio < 0.8))
    near = model.policy_loss(old + 0.1 * shift, old, gains, 0.2)
    return worst(
        at_most(plain, found),
        equal(slopes[done], 0.0),
        close(slopes[~done], (-ratio * gains)[~done]),
        close(near, -(torch.exp(0.1 * shift) * gains).sum(-1)),
    )


def _clipped_always(log_new: Tensor, log_old: Tensor, advantage: Tensor, clip: float) -> Tensor:
    return -(torch.clamp(torch.exp(log_new - log_old), 1 - clip, 1 + clip) * advantage).sum(-1)


def _values_near(model: Model, draw: Draw) -> Outcome:
    """The square of each error is kept unless the clipped value is farther from the target."""
    values, old, targets = draw.normal(50, 4), draw.normal(50, 4), draw.normal(50, 4)
    expected = []
    for row in range(50):
        total = 0.0
        for v, o, r in zip(values[row].tolist(), old[row].tolist(), targets[row].tolist(), strict=True):
            held = min(max(v, o - 0.3), o + 0.3)
            total += max((v - r) ** 2, (held - r) ** 2) / 2
        expected.append(total)
    return close(model.value_loss(values, old, targets, 0.3), draw.tensor(expected))


def _nearest(values: Tensor, old: Tensor, targets: Tensor, clip: float) -> Tensor:
    near = old + torch.clamp(values - old, -clip, clip)
    return torch.minimum((values - targets) ** 2, (near - targets) ** 2).sum(-1) / 2


def _from_scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.signal import lfilter

    rewards, values = inputs["rewards"], [*inputs["values"], 0.0]
    discount, lam = inputs["discount"], inputs["lam"]
    deltas = [r + discount * b - a for r, a, b in zip(rewards, values[:-1], values[1:], strict=True)]
    return {"advantages": lfilter([1.0], [1.0, -discount * lam], deltas[::-1])[::-1].tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"advantages": model.advantages(*(t(inputs[name]) for name in ("rewards", "values", "discount", "lam")))}


def _comparisons(draw: Draw, answers: Tensor, score: Tensor, n: int) -> tuple[Tensor, Tensor]:
    """Pairs of answers, the one preferred first, as Bradley and Terry have it: two (n,) of places."""
    pair = draw.integers(0, len(answers) - 1, n, 2)
    first = draw.uniform(0, 1, n) < preferences.win_prob(score[pair[:, 0]], score[pair[:, 1]])
    return torch.where(first, pair[:, 0], pair[:, 1]), torch.where(first, pair[:, 1], pair[:, 0])


def _follow_instructions(
    model: Model, draw: Draw, progress: Callable[[float], None], rounds: int = 60, batch: int = 256, length: int = 4
) -> Result:
    """A reward of pairs of letters from comparisons, then PPO of a Transformer: how near it is to the closed form."""
    answers, beta, heads = _answers(draw, length), draw.tensor(0.5), 2
    taste = draw.normal(LETTERS, LETTERS)
    pairs = torch.nn.functional.one_hot(answers[:, :-1] * LETTERS + answers[:, 1:], LETTERS**2).sum(1).to(taste)
    true_score = pairs @ taste.flatten()
    won, lost = _comparisons(draw, answers, true_score, 20_000)
    guess = torch.zeros(LETTERS**2).to(taste).requires_grad_()
    learned(
        [guess],
        lambda: preferences.reward_loss(pairs[won] @ guess, pairs[lost] @ guess).mean(),
        60,
        0.2,
        lambda f: progress(0.1 * f),
    )
    score = (pairs @ guess).detach()
    score = score - score.mean()

    policy, critic = (transformers.weights(LETTERS + 1, length + 1, 8, 1, draw.generator()) for _ in range(2))
    reference = {name: w.clone() for name, w in policy.items()}
    head = (0.1 * draw.normal(LETTERS + 1)).requires_grad_()
    at = [w.requires_grad_() for w in (*policy.values(), *critic.values())]

    def started(y: Tensor) -> Tensor:
        return torch.cat([torch.full_like(y[:, :1], LETTERS), y[:, :-1]], -1)  # a symbol of its own comes first

    def log_tokens(w: Mapping[str, Tensor], y: Tensor) -> Tensor:
        read = transformers.logits(started(y), w, heads)[..., :LETTERS]
        return torch.log_softmax(read, -1).gather(-1, y[..., None])[..., 0]

    def values_of(y: Tensor) -> Tensor:
        return transformers.logits(started(y), critic, heads) @ head

    one, lam, clip = draw.tensor(1.0), draw.tensor(0.95), 0.2
    optimiser, kept, generator = torch.optim.Adam([*at, head], lr=0.01), [], draw.generator()
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, 4 * rounds)
    with torch.no_grad():
        log_reference = log_tokens(reference, answers)
    for k in range(rounds):
        with torch.no_grad():
            whole = torch.exp(log_tokens(policy, answers).sum(-1))
            picked = torch.multinomial(whole, batch, replacement=True, generator=generator)
            y = answers[picked]
            old, old_values = log_tokens(policy, y), values_of(y)
            rewards = model.rewards(old, log_reference[picked], score[picked], beta)
            gains = model.advantages(rewards, old_values, one, lam)
            targets = gains + old_values
            gains = (gains - gains.mean()) / gains.std()
            kept.append(rewards.sum(-1).mean())
        for _ in range(4):
            optimiser.zero_grad()
            loss = model.policy_loss(log_tokens(policy, y), old, gains, clip)
            loss = loss + model.value_loss(values_of(y), old_values, targets, 10 * clip)
            torch.autograd.backward(loss.mean())
            optimiser.step()
            schedule.step()
        progress(0.1 + 0.9 * (k + 1) / rounds)
    with torch.no_grad():
        reached, start = torch.exp(log_tokens(policy, answers).sum(-1)), torch.exp(log_reference.sum(-1))
        best = preferences.best_policy(start, score, beta)
        wanted = preferences.best_policy(start, true_score, beta)
        value, most, before = (preferences.regularised_value(p, start, score, beta) for p in (reached, best, start))
        ahead = score - beta * (torch.log(reached) - torch.log(start))
        first_values = float(values_of(answers)[:, 0].mean())
    return Result(
        (
            Figure("E r − β KL of the policy, its ceiling β log Z", float(value), float(most), 0.05, "nats"),
            Figure("how far it lies above its ceiling", max(0.0, float(value - most)), 0.0, 1e-9, "nats"),
            Figure("the same of the reference, from which it starts", float(before), unit="nats"),
            Figure(
                "value of the empty prefix, E of the rewards to come", first_values, float((reached * ahead).sum()), 0.1
            ),
            Figure("total variation from the closed form", float((reached - best).abs().sum() / 2), 0.0, 0.06),
            Figure(
                "what the learned reward costs: closed forms apart", float((best - wanted).abs().sum() / 2), 0.0, 0.05
            ),
        ),
        (
            curve("Score less penalty, a batch", torch.stack(kept).tolist()),
            Panel(
                "Answers by their closed form",
                "bars",
                {
                    "PPO": (list(range(12)), reached[best.argsort(descending=True)][:12].tolist()),
                    "π*": (list(range(12)), best.sort(descending=True).values[:12].tolist()),
                },
            ),
        ),
    )


TOKEN_RLHF = Specification(
    name="token_rlhf",
    family="learning",
    systems=(72,),
    title="RLHF token by token: reward model, value function, GAE and PPO",
    statement="r_t = [t = T] r(y) − β log π(y_t | y_<t)/π_ref(y_t | y_<t), A_t = Σ_l (γλ)^l δ_{t+l}; PPO",
    page="reference_models.learning.token_preferences",
    functions={
        "rewards": token_preferences.token_rewards,
        "advantages": token_preferences.advantages,
        "policy_loss": token_preferences.policy_loss,
        "value_loss": token_preferences.value_loss,
    },
    properties=(
        Property(
            "rewards of tokens sum to the score less β log π/π_ref",
            _whole_reward,
            Mutant("only the last token is penalised", {"rewards": _penalised_once}),
        ),
        Property(
            "the score stands on the last token",
            _last_only,
            Mutant("it is spread over the tokens", {"rewards": _spread}),
        ),
        Property(
            "advantages are (γλ)-weighted sums; at λ = 1 returns less values",
            _by_sums,
            Mutant("accumulated forwards", {"advantages": _forwards}),
        ),
        Property(
            "its slope at the old policy is that of E r − β KL over all answers",
            _slope,
            Mutant("log π for the ratio, a mean, its sign", {"policy_loss": _by_logs}),
        ),
        Property(
            "the clip is pessimistic, and flat beyond",
            _pessimistic,
            Mutant("clipped on both sides", {"policy_loss": _clipped_always}),
        ),
        Property(
            "the farther of the value and its clip",
            _values_near,
            Mutant("the nearer", {"value_loss": _nearest}),
        ),
    ),
    source="Ouyang et al. 2022, section 3.5; Schulman et al. 2016, section 3; Schulman et al. 2017, section 3",
    oracles=(
        Oracle(
            package="scipy",
            inputs={
                "rewards": [0.3, -1.2, 0.8, 0.1, 2.0],
                "values": [0.5, 0.4, -0.7, 1.1, 0.9],
                "discount": 0.9,
                "lam": 0.8,
            },
            ask=_from_scipy,
            tell=_ours,
            tolerance=1e-12,
            conversion="the filter 1/(1 − γλ z⁻¹) of the δ, run from the last token",
        ),
    ),
    task=Task(
        "20 000 simulated comparisons of 81 answers of four letters",
        _follow_instructions,
        training=True,
        long=partial(_follow_instructions, rounds=300, batch=1024),
        long_data="the same comparisons, more and larger batches",
    ),
    conventions=("the value after the last token is 0", "sums over tokens", "losses are made small"),
)

SPECIFICATIONS = (TOKEN_RLHF,)
