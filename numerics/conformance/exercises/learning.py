"""Losses and updates as exercises: cross-entropy, InfoNCE, DPO, Adam, ridge."""

from __future__ import annotations

import torch
from torch import Tensor

from numerics.conformance.exercise import Argument, Convention, Exercise, Positives, Probabilities, Reals, Whole
from numerics.specifications.catalogue import specification

cross_entropy = specification("classifier_cross_entropy").model.cross_entropy
infonce = specification("infonce").model.infonce
dpo_loss = specification("dpo").model.dpo_loss
adam_step = specification("adam").model.adam_step
ridge = specification("map_estimation").model.ridge


def _of_probabilities(logits: Tensor, y: Tensor) -> Tensor:
    return -torch.log(logits.gather(-1, y[:, None])[:, 0].abs() + 1e-300).mean()


def _second_softmax(logits: Tensor, y: Tensor) -> Tensor:
    return cross_entropy(torch.softmax(logits, -1), y)


def _over_points(logits: Tensor, y: Tensor) -> Tensor:
    return -torch.log_softmax(logits, 0).gather(-1, y[:, None])[:, 0].mean()


def _without_normaliser(logits: Tensor, y: Tensor) -> Tensor:
    return -logits.gather(-1, y[:, None])[:, 0].mean()


CROSS_ENTROPY = Exercise(
    model="classifier_cross_entropy",
    function="cross_entropy",
    right=cross_entropy,
    arguments=(
        Argument("logits", ("n", "k"), Reals(), "scores before the softmax"),
        Argument("y", ("n",), Whole(0, "k"), "labels from 0"),
    ),
    returns="(), nats, the mean over n",
    conventions=(
        Convention("the logits are put through a softmax twice", _second_softmax),
        Convention("the softmax runs over the points, not the classes", _over_points),
        Convention("the log of the normaliser is missing", _without_normaliser),
        Convention("the logits are taken for probabilities", _of_probabilities),
    ),
    sizes={"k": (2, 4)},
    gradient_in=("logits",),
    logarithmic=True,
    wide={"logits": 800.0},
)


def _columns(scores: Tensor) -> Tensor:
    return infonce(scores.mT)


def _both_ways(scores: Tensor) -> Tensor:
    return (infonce(scores) + infonce(scores.mT)) / 2


def _without_positive(scores: Tensor) -> Tensor:
    n = scores.shape[-1]
    others = scores.masked_fill(torch.eye(n, dtype=torch.bool), -torch.inf)
    return (torch.logsumexp(others, -1) - scores.diagonal(dim1=-2, dim2=-1)).mean(-1)


def _mean_in_normaliser(scores: Tensor) -> Tensor:
    return infonce(scores) - torch.log(torch.tensor(float(scores.shape[-1])))


INFONCE = Exercise(
    model="infonce",
    function="infonce",
    right=infonce,
    arguments=(Argument("scores", ("n", "n"), Reals(), "s_ij/τ: row i scores the candidates j, j = i the positive"),),
    returns="(), nats, the mean over rows",
    conventions=(
        Convention("the softmax runs over columns, not rows", _columns),
        Convention("both directions are averaged (CLIP's loss)", _both_ways),
        Convention("the positive is left out of the sum", _without_positive),
        Convention("the normaliser is a mean: log n is missing", _mean_in_normaliser),
    ),
    sizes={"n": (2, 4)},
    gradient_in=("scores",),
    logarithmic=True,
    wide={"scores": 800.0},
)


def _swapped(chosen: Tensor, rejected: Tensor, ref_chosen: Tensor, ref_rejected: Tensor, beta: Tensor) -> Tensor:
    return dpo_loss(rejected, chosen, ref_rejected, ref_chosen, beta)


def _no_reference(chosen: Tensor, rejected: Tensor, ref_chosen: Tensor, ref_rejected: Tensor, beta: Tensor) -> Tensor:
    return dpo_loss(chosen, rejected, torch.zeros_like(chosen), torch.zeros_like(chosen), beta)


def _no_beta(chosen: Tensor, rejected: Tensor, ref_chosen: Tensor, ref_rejected: Tensor, beta: Tensor) -> Tensor:
    return dpo_loss(chosen, rejected, ref_chosen, ref_rejected, torch.ones_like(beta))


def _beta_outside(chosen: Tensor, rejected: Tensor, ref_chosen: Tensor, ref_rejected: Tensor, beta: Tensor) -> Tensor:
    return beta * dpo_loss(chosen, rejected, ref_chosen, ref_rejected, torch.ones_like(beta))


def _no_log(chosen: Tensor, rejected: Tensor, ref_chosen: Tensor, ref_rejected: Tensor, beta: Tensor) -> Tensor:
    return -torch.exp(-dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta))


DPO = Exercise(
    model="dpo",
    function="dpo_loss",
    right=dpo_loss,
    arguments=(
        Argument("chosen", ("n",), Reals(-4, 0), "log π(y_w | x), summed over tokens"),
        Argument("rejected", ("n",), Reals(-4, 0), "log π(y_l | x)"),
        Argument("ref_chosen", ("n",), Reals(-4, 0), "log π_ref(y_w | x)"),
        Argument("ref_rejected", ("n",), Reals(-4, 0), "log π_ref(y_l | x)"),
        Argument("beta", (), Positives(0.125, 2), "β"),
    ),
    returns="(n,) nats, a loss for each pair",
    conventions=(
        Convention("chosen and rejected are swapped", _swapped),
        Convention("the reference is left out", _no_reference),
        Convention("β is left out", _no_beta),
        Convention("β stands outside of the logarithm", _beta_outside),
        Convention("the logarithm of the sigmoid is missing", _no_log),
    ),
    gradient_in=("chosen", "rejected"),
    logarithmic=True,
    wide={"chosen": 2000.0},
)

State = tuple[Tensor, Tensor, Tensor]


def _no_correction(
    theta: Tensor, m: Tensor, v: Tensor, g: Tensor, step: int, rate: Tensor, beta1: Tensor, beta2: Tensor, eps: Tensor
) -> State:
    _, m, v = adam_step(theta, m, v, g, step, rate, beta1, beta2, eps)
    return theta - rate * m / (torch.sqrt(v) + eps), m, v


def _from_zero(
    theta: Tensor, m: Tensor, v: Tensor, g: Tensor, step: int, rate: Tensor, beta1: Tensor, beta2: Tensor, eps: Tensor
) -> State:
    new: State = adam_step(theta, m, v, g, step + 1, rate, beta1, beta2, eps)
    return new


def _eps_inside(
    theta: Tensor, m: Tensor, v: Tensor, g: Tensor, step: int, rate: Tensor, beta1: Tensor, beta2: Tensor, eps: Tensor
) -> State:
    _, m, v = adam_step(theta, m, v, g, step, rate, beta1, beta2, eps)
    m_hat, v_hat = m / (1 - beta1**step), v / (1 - beta2**step)
    return theta - rate * m_hat / torch.sqrt(v_hat + eps), m, v


def _ascent(
    theta: Tensor, m: Tensor, v: Tensor, g: Tensor, step: int, rate: Tensor, beta1: Tensor, beta2: Tensor, eps: Tensor
) -> State:
    new, m, v = adam_step(theta, m, v, g, step, rate, beta1, beta2, eps)
    return 2 * theta - new, m, v


ADAM = Exercise(
    model="adam",
    function="adam_step",
    right=adam_step,
    arguments=(
        Argument("theta", ("d",), Reals(), "parameters"),
        Argument("m", ("d",), Reals(-1, 1), "first moment"),
        Argument("v", ("d",), Positives(), "second moment"),
        Argument("g", ("d",), Reals(), "gradient"),
        Argument("step", (), Whole(1, 9, plain=True), "the number of this step, from 1"),
        Argument("rate", (), Positives(0.125, 1), "learning rate"),
        Argument("beta1", (), Probabilities(), "β₁"),
        Argument("beta2", (), Probabilities(), "β₂"),
        Argument("eps", (), Positives(0.125, 1), "ε, large here so that its place shows"),
    ),
    returns="(θ, m, v), each (d,)",
    conventions=(
        Convention("the moments are not corrected for their start at 0", _no_correction),
        Convention("steps are counted from 0", _from_zero),
        Convention("ε stands inside the root", _eps_inside),
        Convention("it ascends", _ascent),
    ),
)


def _inverted(X: Tensor, y: Tensor, var: Tensor, tau2: Tensor) -> Tensor:
    return ridge(X, y, tau2, var)


def _no_penalty(X: Tensor, y: Tensor, var: Tensor, tau2: Tensor) -> Tensor:
    return torch.linalg.pinv(X) @ y


def _of_prior_only(X: Tensor, y: Tensor, var: Tensor, tau2: Tensor) -> Tensor:
    return ridge(X, y, torch.ones_like(var), tau2)


def _per_point(X: Tensor, y: Tensor, var: Tensor, tau2: Tensor) -> Tensor:
    return ridge(X, y, var * X.shape[0], tau2)


def _of_deviations(X: Tensor, y: Tensor, var: Tensor, tau2: Tensor) -> Tensor:
    return ridge(X, y, torch.sqrt(var), torch.sqrt(tau2))


def _half_penalty(X: Tensor, y: Tensor, var: Tensor, tau2: Tensor) -> Tensor:
    return ridge(X, y, var / 2, tau2)


def _double_penalty(X: Tensor, y: Tensor, var: Tensor, tau2: Tensor) -> Tensor:
    return ridge(X, y, 2 * var, tau2)


def _centred(X: Tensor, y: Tensor, var: Tensor, tau2: Tensor) -> Tensor:
    return ridge(X - X.mean(0), y - y.mean(), var, tau2)


RIDGE = Exercise(
    model="map_estimation",
    function="ridge",
    right=ridge,
    arguments=(
        Argument("X", ("n", "d"), Reals(), "inputs, a row each"),
        Argument("y", ("n",), Reals(), "targets"),
        Argument("var", (), Positives(), "variance of the noise"),
        Argument("tau2", (), Positives(), "variance of the prior N(0, τ² I)"),
    ),
    returns="(d,), the MAP estimate",
    conventions=(
        Convention("λ = τ²/σ² instead of σ²/τ²", _inverted),
        Convention("nothing is penalised", _no_penalty),
        Convention("the variance of the noise is left out: λ = 1/τ²", _of_prior_only),
        Convention("the penalty is n times too large: the data term is a mean", _per_point),
        Convention("variances are taken for standard deviations: λ = σ/τ", _of_deviations),
        Convention("half of the penalty: the ½ stands before one term only", _half_penalty),
        Convention("twice the penalty: the ½ stands before one term only", _double_penalty),
        Convention("inputs and targets are centred first, for an intercept", _centred),
    ),
    sizes={"n": (2, 5), "d": (1, 3)},
    gradient_in=("y",),
)

EXERCISES = (CROSS_ENTROPY, INFONCE, DPO, ADAM, RIDGE)
