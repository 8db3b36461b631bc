"""Longer runs of linear and logistic regression, of MAP estimation, and of a head on frozen features, on digits."""

from __future__ import annotations

from collections.abc import Callable
from math import log, pi

import torch
from torch import Tensor

from numerics.specifications.contract import Figure, Model, Panel, Result
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import gradient
from numerics.specifications.training import Longer, Split, curve, digits, learned, network, principal, sheet, through
from reference_models.learning import estimation
from reference_models.structured import classifiers

Progress = Callable[[float], None]


def _with_ones(x: Tensor) -> Tensor:
    """A last column of ones, for the intercept: (n, d) -> (n, d + 1)."""
    return torch.cat([x, torch.ones_like(x[:, :1])], 1)


def _halves(data: Split, d: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """d principal coordinates of the upper half of a digit, and the ink of its lower half: training, then held out."""
    axes = principal(data.x[:, :32], d)
    return (
        axes.codes(data.x[:, :32]),
        data.x[:, 32:].sum(1),
        axes.codes(data.held_x[:, :32]),
        data.held_x[:, 32:].sum(1),
    )


def _left_out(model: Model, x: Tensor, y: Tensor, progress: Progress) -> Tensor:
    """The residual of each datum under the weights that are fitted without it: (n,)."""
    found, keep = [], torch.ones(len(x), dtype=torch.bool, device=x.device)
    for i in range(len(x)):
        keep[i] = False
        found.append(y[i] - x[i] @ model.least_squares(x[keep], y[keep]))
        keep[i] = True
        progress((i + 1) / len(x))
    return torch.stack(found)


def _linear(model: Model, data: Split, d: int, progress: Progress) -> tuple[list[Figure], Panel]:
    """Least squares: leaving each datum out in turn costs what the diagonal of the hat matrix says."""
    x, y, held_x, held_y = _halves(data, d)
    x, held_x = _with_ones(x), _with_ones(held_x)
    w = model.least_squares(x, y)
    off = y - x @ w
    leverage = (x * torch.linalg.solve(x.mT @ x, x.mT).mT).sum(1)
    without, held = _left_out(model, x, y, progress), held_x @ w
    predicted = float(((off / (1 - leverage)) ** 2).mean())  # r_i/(1 − h_ii)
    figures = [
        Figure("linear: squared error of a left-out datum, all refits", float((without**2).mean()), predicted, 1e-8),
        Figure("linear: squared error of a datum fitted", float((off**2).mean())),
        Figure("linear: squared error of held-out digits", float(((held_y - held) ** 2).mean())),
        Figure("linear: variance of what is predicted", float(held_y.var())),
    ]
    return figures, Panel(
        "Ink of the lower half, held-out digits", "points", {"digits": (held.tolist(), held_y.tolist())}
    )


def _logistic(model: Model, data: Split, d: int, steps: int, progress: Progress) -> tuple[list[Figure], list[Panel]]:
    """Each class against the rest: Newton's optimum, which descent reaches too, for the loss is convex."""
    axes, penalty = principal(data.x, d), 0.01
    x, held = _with_ones(axes.codes(data.x)), _with_ones(axes.codes(data.held_x))
    sides = torch.nn.functional.one_hot(data.y, 10).to(x)
    w = torch.stack([model.logistic_mle(x, sides[:, k], penalty, 60) for k in range(10)], 1)  # (d + 1, 10)
    free = torch.zeros_like(w).requires_grad_()

    def loss(v: Tensor) -> Tensor:
        """Summed over classes, from the Bernoulli masses."""
        masses = torch.where(sides == 1, torch.sigmoid(x @ v), torch.sigmoid(-x @ v))
        found: Tensor = model.risk(torch.log(masses)).sum() + penalty * (v**2).sum() / 2
        return found

    losses = learned([free], lambda: loss(free), steps, 0.1, progress)
    shares = torch.sigmoid(x @ w).mean(0) - sides.mean(0) + penalty * w[-1]  # the intercept's own equation
    right = ((held @ w).argmax(1) == data.held_y).to(x).mean()
    images = (axes.into @ w[:-1]).mT
    figures = [
        Figure("logistic: loss of all classes by descent, Newton's", losses[-1], float(loss(w)), 1e-6, "nats"),
        Figure("logistic: mean p − share + penalty w₀, largest", float(shares.abs().max()), 0.0, 1e-10),
        Figure("logistic: held-out digits classified right", float(right)),
        Figure("logistic: the same by chance", 0.1),
    ]
    scale = images.abs().amax(1, keepdim=True)
    return figures, [sheet("Weights of classes 0 to 9", 0.5 + 0.5 * images / scale, 10), curve("Logistic loss", losses)]


def regressions(model: Model, draw: Draw, progress: Progress, d: int = 24, steps: int = 2000) -> Result:
    """Linear and logistic regression, each against what theory says of its optimum."""
    data = digits(draw)
    linear, points = _linear(model, data, d, lambda share: progress(share / 2))
    logistic, panels = _logistic(model, data, d, steps, lambda share: progress((1 + share) / 2))
    return Result((*linear, *logistic), (points, *panels))


def _log_evidence(x: Tensor, y: Tensor, log_var: Tensor, log_prior: Tensor) -> Tensor:
    """log N(y | 0, τ² XXᵀ + σ² I), the weights integrated out."""
    cov = torch.exp(log_prior) * x @ x.mT + torch.exp(log_var) * torch.eye(len(y)).to(x)
    root = torch.linalg.cholesky(cov)
    white = torch.linalg.solve_triangular(root, y[:, None], upper=False)
    return -(white**2).sum() / 2 - torch.diagonal(root).log().sum() - len(y) / 2 * log(2 * pi)


def penalties(model: Model, draw: Draw, progress: Progress, d: int = 28, rounds: int = 200, grid: int = 12) -> Result:
    """Ridge at the variances of greatest evidence, found by Bishop's fixed point (3.92), (3.95); lasso along a path."""
    data = digits(draw)
    x, y, held_x, held_y = _halves(data, d)
    held_y, y = held_y - y.mean(), y - y.mean()
    spectrum, var, prior = torch.linalg.eigvalsh(x.mT @ x), float(y.var()), 1.0
    for k in range(rounds):
        w = model.ridge(x, y, var, prior)
        certain = float((spectrum / (spectrum + var / prior)).sum())  # γ, how many weights the data determine
        var, prior = float(((y - x @ w) ** 2).sum()) / (len(y) - certain), float((w**2).sum()) / certain
        progress(0.5 * (k + 1) / rounds)
    logs = draw.tensor([var, prior]).log()
    slope = gradient(lambda v: _log_evidence(x, y, v[0], v[1]), logs)
    scales = [float(s) for s in torch.logspace(-3, 1, grid, dtype=torch.float64)]
    errors, kept, pulls = [], [], []
    for k, b in enumerate(scales):
        v = model.lasso(x, y, var, b, 100)
        errors.append(float(((held_y - held_x @ v) ** 2).mean()))
        kept.append(float((v != 0).sum()))
        pulls.append(float((x.mT @ (y - x @ v)).abs().max()) * b / var)
        progress(0.5 + 0.5 * (k + 1) / grid)
    plain = estimation.least_squares(x, y)
    return Result(
        (
            Figure("largest slope of the log-evidence at the fixed point", float(slope.abs().max()), 0.0, 1e-5, "nats"),
            Figure("weights that the data determine, γ", certain),
            Figure("lasso: largest b |Xᵀr|/σ² along the path, at most 1", max(pulls), 1.0, 1e-6),
            Figure("held-out squared error, ridge of greatest evidence", float(((held_y - held_x @ w) ** 2).mean())),
            Figure("held-out squared error, the best lasso", min(errors)),
            Figure("held-out squared error, least squares", float(((held_y - held_x @ plain) ** 2).mean())),
        ),
        (
            Panel("Lasso: held-out squared error by weights kept", "lines", {"digits": (kept, errors)}),
            Panel("Weights", "bars", {"ridge": (list(range(d)), w.tolist()), "free": (list(range(d)), plain.tolist())}),
        ),
    )


def _of_classes(x: Tensor, y: Tensor, low: int) -> tuple[Tensor, Tensor]:
    """The rows of classes low … low + 4, their labels from 0."""
    rows = (y >= low) & (y < low + 5)
    return x[rows], y[rows] - low


def head(model: Model, draw: Draw, progress: Progress, width: int = 32, steps: int = 2000) -> Result:
    """An encoder learned on the digits 0 to 4, then frozen; a head on it for 5 to 9, and one on a random encoder."""
    data = digits(draw)
    old, new = (_of_classes(data.x, data.y, low) for low in (0, 5))
    held = _of_classes(data.held_x, data.held_y, 5)
    encoders = {"learned on 0 to 4": network(draw, 64, 128, width), "random": network(draw, 64, 128, width)}
    top = network(draw, width, 5)
    at = encoders["learned on 0 to 4"]

    def loss() -> Tensor:
        rows = draw.integers(0, len(old[0]) - 1, 128)
        features = torch.nn.functional.silu(through(old[0][rows], at))
        return classifiers.cross_entropy(through(features, top), old[1][rows])

    losses = learned([*at, *top], loss, steps, 2e-3, progress, 0.01)
    figures, shares = [], torch.bincount(new[1]).to(data.x) / len(new[1])
    for name, weights in encoders.items():
        with torch.no_grad():
            z, held_z = (torch.nn.functional.silu(through(x, weights)) for x in (new[0], held[0]))
            mean, std = z.mean(0), z.std(0)
            z, held_z = (z - mean) / std, (held_z - mean) / std
            weight, bias = model.fit(z, new[1], 5, 0.01)
            by_weight, by_bias = model.gradient(z, new[1], weight, bias)
            slope = max(float((by_weight + 0.01 * weight).abs().max()), float(by_bias.abs().max()))
            told = torch.softmax(classifiers.head_logits(z, weight, bias), -1).mean(0)
            right = (classifiers.head_logits(held_z, weight, bias).argmax(-1) == held[1]).to(z).mean()
        figures += [
            Figure(f"{name}: largest gradient at the fit", slope, 0.0, 1e-9),
            Figure(f"{name}: mean predicted − seen share of a class", float((told - shares).abs().max()), 0.0, 1e-9),
            Figure(f"{name}: held-out digits 5 to 9 classified right", float(right)),
        ]
    return Result((*figures, Figure("the same by chance", 0.2)), (curve("Loss of the encoder on 0 to 4", losses),))


LONG: Longer = {
    "empirical_risk": (
        "scikit-learn's digits: ink of the lower half from the upper; each class against the rest",
        regressions,
    ),
    "map_regression": ("scikit-learn's digits: ink of the lower half from the upper", penalties),
    "transfer_head": ("scikit-learn's digits: an encoder of 0 to 4, a head for 5 to 9", head),
}
