"""Masked prediction and next-token prediction: rows 63 and 64."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
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
from numerics.specifications.outcomes import at_most, equal, gradient, worst
from numerics.specifications.training import read
from reference_models.learning import prediction

PAGE = "reference_models.learning.prediction"


def _sequences(draw: Draw, n: int, v: int) -> Tensor:
    return torch.tensor(list(itertools.product(range(v), repeat=n)), device=draw.device)


def _proper(model: Model, draw: Draw) -> Outcome:
    """E of the masked loss under p, with the model p and with another: the gap is a mean of divergences."""
    p, q = draw.simplex(8).reshape(2, 2, 2), draw.simplex(8).reshape(2, 2, 2)
    mask = draw.tensor([1, 0, 1]).bool()

    def mean(joint: Tensor) -> Tensor:
        losses = [model.masked_nll(x, joint, mask) for x in _sequences(draw, 3, 2)]
        return (p.flatten() * torch.stack(losses)).sum()

    seen = p.sum((0, 2))
    entropies = [-(t * torch.log(t / seen)).sum() for t in (p.sum(2), p.sum(0).mT)]
    return worst(at_most(mean(p), mean(q)), equal(mean(p), entropies[0] + entropies[1]))


def _pseudo(model: Model, draw: Draw) -> Outcome:
    joint, tokens = draw.simplex(8).reshape(2, 2, 2), draw.integers(0, 1, 3)
    a, b, c = (int(t) for t in tokens)
    mass = joint[a, b, c]
    expected = -torch.log(mass**3 / joint[:, b, c].sum() / joint[a, :, c].sum() / joint[a, b].sum())
    return equal(model.pseudo_nll(tokens, joint), expected)


def _hidden(model: Model, draw: Draw) -> Outcome:
    """What stands at another masked position is not seen."""
    joint, mask = draw.simplex(8).reshape(2, 2, 2), draw.tensor([1, 1, 0]).bool()
    b = draw.whole(0, 1)
    found = [model.masked_log_prob(torch.tensor([1, other, b]), joint, mask, 0) for other in (0, 1)]
    return equal(found[0], found[1])


def _leaky(tokens: Tensor, joint: Tensor, mask: Tensor, i: int) -> Tensor:
    alone = torch.zeros_like(mask)
    alone[i] = True
    return prediction.masked_log_prob(tokens, joint, alone, i)


def _leaky_nll(tokens: Tensor, joint: Tensor, mask: Tensor) -> Tensor:
    return -torch.stack([_leaky(tokens, joint, mask, i) for i in range(len(tokens)) if bool(mask[i])]).sum()


MASKED = Specification(
    name="masked_prediction",
    family="learning",
    systems=(63,),
    title="Masked prediction",
    statement="L = −Σ_(i∈M) log p(x_i | x_∖M)",
    page=PAGE,
    functions={
        "masked_log_prob": prediction.masked_log_prob,
        "masked_nll": prediction.masked_nll,
        "pseudo_nll": prediction.pseudo_nll,
    },
    properties=(
        Property(
            "the expected loss is least for the true conditionals: their conditional entropies",
            _proper,
            Mutant("the other masked tokens are seen", {"masked_nll": _leaky_nll}),
        ),
        Property(
            "with one mask at a time it is the pseudo-likelihood",
            _pseudo,
            Mutant(
                "the joint probability of all tokens together",
                {"pseudo_nll": lambda tokens, joint: -torch.log(joint[tuple(int(t) for t in tokens)]) * len(tokens)},
            ),
        ),
        Property(
            "a prediction doesn't see what is masked",
            _hidden,
            Mutant("the other masked tokens are seen", {"masked_log_prob": _leaky}),
        ),
    ),
    source="Devlin et al. 2019, section 3.1",
    conventions=("sum over masked positions",),
)


def _chain_rule(model: Model, draw: Draw) -> Outcome:
    joint = draw.simplex(27).reshape(3, 3, 3)
    every = _sequences(draw, 3, 3)
    losses = torch.stack([model.token_nll(x, model.next_token_logits(x, joint)) for x in every])
    return equal(losses, -torch.log(joint.flatten()))


def _total(model: Model, draw: Draw) -> Outcome:
    """Any table of logits, one row for each prefix, is a law over sequences."""
    tables = [draw.normal(3**t, 3) for t in range(3)]
    every = _sequences(draw, 3, 3)
    prefix = [torch.zeros_like(every[:, 0]), every[:, 0], every[:, 0] * 3 + every[:, 1]]
    logits = torch.stack([tables[t][prefix[t]] for t in range(3)], 1)
    return equal(torch.exp(-model.token_nll(every, logits)).sum(), 1.0)


def _true_conditionals(model: Model, draw: Draw) -> Outcome:
    joint = draw.simplex(9).reshape(3, 3)
    every = _sequences(draw, 2, 3)

    def mean(theta: Tensor) -> Tensor:
        logits = torch.stack([theta[:1].expand(9, 3), theta[1:][every[:, 0]]], 1)
        return (joint.flatten() * model.token_nll(every, logits)).sum()

    at = torch.cat([torch.log(joint.sum(1))[None], torch.log(joint)])
    entropy = -(joint * torch.log(joint)).sum()
    return worst(equal(gradient(mean, at), 0.0), equal(mean(at), entropy))


def _future(model: Model, draw: Draw) -> Outcome:
    joint, tokens = draw.simplex(27).reshape(3, 3, 3), draw.integers(0, 2, 3)
    other = tokens.clone()
    other[1:] = (other[1:] + 1) % 3
    return equal(model.next_token_logits(tokens, joint)[:2], model.next_token_logits(other, joint)[:2])


def _sees_itself(tokens: Tensor, joint: Tensor) -> Tensor:
    shifted = torch.cat([tokens[1:], tokens[:1]])
    return prediction.next_token_logits(shifted, joint)


def _torch(inputs: Mapping[str, Any]) -> Answers:
    logits, tokens = torch.tensor(inputs["logits"], dtype=torch.float64), torch.tensor(inputs["tokens"])
    return {"nll": torch.nn.functional.cross_entropy(logits, tokens, reduction="sum")}


def _our_nll(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"nll": model.token_nll(torch.tensor(inputs["tokens"]), torch.tensor(inputs["logits"], dtype=torch.float64))}


def _bigrams(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """A table of logits trained on 3 000 sequences of a Markov chain: the loss comes to its entropy."""
    v, n, length = 5, 3000, 12
    start, step_law = draw.simplex(v), draw.simplex(v, v)
    x = torch.zeros(n, length, dtype=torch.int64, device=draw.device)
    for t in range(length):
        law = start.expand(n, v) if t == 0 else step_law[x[:, t - 1]]
        x[:, t] = (draw.uniform(0, 1, n, 1) > law.cumsum(-1)[:, :-1]).sum(-1)
    theta = torch.zeros(v + 1, v, dtype=torch.float64, device=draw.device, requires_grad=True)
    previous = torch.nn.functional.pad(x[:, :-1], (1, 0), value=v)
    made, kept = torch.optim.Adam([theta], lr=0.1), []
    for i in range(150):
        loss = model.token_nll(x, theta[previous]).mean()
        made.zero_grad()
        loss.backward()
        made.step()
        kept.append(loss.detach())
        progress((i + 1) / 150)
    curve = read(kept)
    entropy, at = -(start * torch.log(start)).sum(), start
    for _ in range(length - 1):
        entropy = entropy - (at * (step_law * torch.log(step_law)).sum(-1)).sum()
        at = at @ step_law
    apart = (torch.softmax(theta.detach()[:v], -1) - step_law).abs().max()
    return Result(
        (
            Figure("loss of a sequence", curve[-1], float(entropy), 0.25, "nats"),
            Figure("largest error of a transition", float(apart), 0.0, 0.06),
        ),
        (Panel("loss", "lines", {"training": (list(range(150)), curve)}),),
    )


NEXT_TOKEN = Specification(
    name="next_token_prediction",
    family="learning",
    systems=(64,),
    title="Next-token prediction",
    statement="L = −Σ_t log p(x_t | x_<t)",
    page=PAGE,
    functions={"token_nll": prediction.token_nll, "next_token_logits": prediction.next_token_logits},
    properties=(
        Property(
            "the loss is the sequence's negative log-probability",
            _chain_rule,
            Mutant(
                "a mean over positions",
                {"token_nll": lambda x, logits: prediction.token_nll(x, logits) / x.shape[-1]},
            ),
        ),
        Property(
            "probabilities of all sequences sum to 1",
            _total,
            Mutant(
                "targets are shifted by one",
                {"token_nll": lambda x, logits: prediction.token_nll(x.roll(-1, -1), logits)},
            ),
        ),
        Property(
            "the expected loss is least at the true conditionals, and their entropy",
            _true_conditionals,
            Mutant(
                "the last position is left out",
                {"token_nll": lambda x, logits: prediction.token_nll(x[..., :-1], logits[..., :-1, :])},
            ),
        ),
        Property(
            "no prediction sees its own token or a later one",
            _future,
            Mutant("the token itself is in the context", {"next_token_logits": _sees_itself}),
        ),
    ),
    source="Bengio et al. 2003, section 2",
    oracles=(
        Oracle(
            "torch",
            {"logits": [[1.0, 0.2, -0.5], [0.3, 0.1, 0.9], [-1.0, 0.4, 0.0]], "tokens": [0, 2, 1]},
            _torch,
            _our_nll,
            1e-13,
            "cross_entropy with a sum over positions",
        ),
    ),
    task=Task("3 000 sequences of a Markov chain on five tokens", _bigrams, training=True),
    conventions=("sum over positions, nats",),
)

SPECIFICATIONS = (MASKED, NEXT_TOKEN)
