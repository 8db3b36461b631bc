"""NICE, RealNVP and Glow: rows 144, 145 and 146."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
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
from numerics.specifications.outcomes import close, equal, jacobian_log_det, true, worst
from numerics.specifications.training import read
from reference_models.flows import coupling

Net = Callable[[Tensor], Tensor]


def _net(draw: Draw, d: int) -> Net:
    w, v = draw.normal(6, d), draw.normal(d, 6) / 3
    return lambda x: torch.tanh(x @ w.mT) @ v.mT


def _mask(draw: Draw, d: int) -> Tensor:
    return draw.tensor([1.0] * (d // 2) + [0.0] * (d - d // 2))[draw.permutation(d)]


def _volume(model: Model, draw: Draw) -> Outcome:
    z, mask, t = draw.normal(3, 4), _mask(draw, 4), _net(draw, 4)
    return equal(jacobian_log_det(lambda at: model.additive(at, mask, t), z), 0.0)


def _reads_all(z: Tensor, mask: Tensor, t: Net) -> Tensor:
    return z + (1 - mask) * t(z)


def _nice_inverse(model: Model, draw: Draw) -> Outcome:
    z, mask, t = draw.normal(5, 4), _mask(draw, 4), _net(draw, 4)
    x = model.additive(z, mask, t)
    return worst(close(model.additive_inverse(x, mask, t), z), equal(x * mask, z * mask))


def _reads_the_moved(x: Tensor, mask: Tensor, t: Net) -> Tensor:
    return x - (1 - mask) * t(x * (1 - mask))


def _is_realnvp_without_scale(model: Model, draw: Draw) -> Outcome:
    z, mask, t = draw.normal(5, 4), _mask(draw, 4), _net(draw, 4)
    x, log_det = coupling.affine(z, mask, torch.zeros_like, t)
    return worst(close(model.additive(z, mask, t), x), equal(log_det, 0.0))


NICE = Specification(
    name="nice",
    family="flows",
    systems=(144,),
    title="NICE, additive coupling",
    statement="x_A = z_A, x_B = z_B + t(z_A)",
    page="reference_models.flows.coupling",
    functions={"additive": coupling.additive, "additive_inverse": coupling.additive_inverse},
    properties=(
        Property("keeps volume", _volume, Mutant("t reads the part that moves too", {"additive": _reads_all})),
        Property(
            "the inverse undoes, and A stays",
            _nice_inverse,
            Mutant("the inverse reads the part that moved", {"additive_inverse": _reads_the_moved}),
        ),
        Property(
            "affine coupling with s = 0",
            _is_realnvp_without_scale,
            Mutant("t reads the part that moves too", {"additive": _reads_all}),
        ),
    ),
    source="Dinh, Krueger and Bengio 2014, section 3",
    conventions=("ones in the mask stay", "latent to data"),
)


def _nets(draw: Draw, d: int, layers: int) -> list[tuple[Net, Net]]:
    return [(_net(draw, d), _net(draw, d)) for _ in range(layers)]


def _affine_jacobian(model: Model, draw: Draw) -> Outcome:
    z, mask, (s, t) = draw.normal(3, 4), _mask(draw, 4), _nets(draw, 4, 1)[0]
    return close(model.affine(z, mask, s, t)[1], jacobian_log_det(lambda at: model.affine(at, mask, s, t)[0], z), 1e-8)


def _all_scales(z: Tensor, mask: Tensor, s: Net, t: Net) -> tuple[Tensor, Tensor]:
    return coupling.affine(z, mask, s, t)[0], s(z * mask).sum(-1)


def _realnvp_inverse(model: Model, draw: Draw) -> Outcome:
    z, mask, nets = draw.normal(4, 4), _mask(draw, 4), _nets(draw, 4, 3)
    x, log_det = model.realnvp(z, mask, nets)
    back, other = model.realnvp_inverse(x, mask, nets)
    return worst(close(back, z, 1e-7), close(other, -log_det, 1e-7))


def _same_mask(x: Tensor, mask: Tensor, nets: Sequence[tuple[Net, Net]]) -> tuple[Tensor, Tensor]:
    return coupling.realnvp_inverse(x, 1 - mask, nets)


def _all_move(model: Model, draw: Draw) -> Outcome:
    z, mask, nets = draw.normal(1, 4), _mask(draw, 4), _nets(draw, 4, 2)
    slopes = torch.func.jacrev(lambda at: model.realnvp(at[None], mask, nets)[0][0])(z[0])
    off = slopes - torch.eye(4, dtype=slopes.dtype, device=slopes.device)
    return true((off.abs().sum(1) > 1e-6).all(), "two layers move every coordinate")


def _never_alternates(z: Tensor, mask: Tensor, nets: Sequence[tuple[Net, Net]]) -> tuple[Tensor, Tensor]:
    total = torch.zeros(z.shape[:-1], dtype=z.dtype, device=z.device)
    for s, t in nets:
        z, log_det = coupling.affine(z, mask, s, t)
        total = total + log_det
    return z, total


def _scales(model: Model, draw: Draw) -> Outcome:
    x = draw.normal(2, 2, 8, 8)
    pieces = model.multiscale(x, 2)
    whole = torch.cat(pieces, 1)
    kept = close(whole.sort(1).values, x.flatten(1).sort(1).values)  # a permutation: d stays, log-det 0
    sizes = true([p.shape[1] for p in pieces] == [64, 32, 32], "half is put aside at each level")
    return worst(kept, sizes)


def _loses_half(x: Tensor, levels: int) -> list[Tensor]:
    pieces = []
    for _ in range(levels):
        x, kept = coupling.squeeze(x).chunk(2, 1)
        pieces.append(kept.flatten(1))
    return [*pieces, kept.flatten(1)]


def _moons(draw: Draw, n: int) -> Tensor:
    """Points about two half circles, each of noise 0.1."""
    angle, side = draw.uniform(0, torch.pi, n), draw.bits(n)
    x = torch.stack([torch.cos(angle), torch.sin(angle)], -1)
    x = torch.where(side[:, None] == 0, x, draw.tensor([1.0, 0.5]) - x)
    return x + 0.1 * draw.normal(n, 2)


def _fit_moons(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """RealNVP by maximum likelihood on two moons: its density has mass 1, and it beats a fitted normal law."""
    data, test, steps = _moons(draw, 1000), _moons(draw, 1000), 400
    mean, std = data.mean(0), data.std(0)
    at = [[(0.3 * draw.normal(*s)).requires_grad_() for s in ((2, 24), (24,), (24, 2))] for _ in range(12)]

    def net(w: Tensor, b: Tensor, v: Tensor) -> Net:
        return lambda x: 2 * torch.tanh(torch.tanh(x @ w + b) @ v / 2)

    nets = [(net(*at[i]), net(*at[i + 1])) for i in range(0, 12, 2)]
    mask = draw.tensor([1.0, 0.0])

    def log_prob(x: Tensor) -> Tensor:
        z, log_det = model.realnvp_inverse((x - mean) / std, mask, nets)
        return torch.distributions.Normal(0.0, 1.0).log_prob(z).sum(-1) + log_det - torch.log(std).sum()

    optimiser, kept = torch.optim.Adam([p for net in at for p in net], lr=0.01), []
    for step in range(steps):
        optimiser.param_groups[0]["lr"] = 0.01 * min(1.0, 2 * (1 - step / steps))
        optimiser.zero_grad()
        loss = -log_prob(data[draw.integers(0, 999, 256)]).mean()
        torch.autograd.backward(loss)
        optimiser.step()
        kept.append(loss.detach() / 2 / 0.6931471805599453)
        progress((step + 1) / steps)
    losses = read(kept)
    grid = torch.linspace(-4, 4, 401, dtype=torch.float64, device=draw.device)
    cells = torch.cartesian_prod(grid, grid)
    with torch.no_grad():
        mass = float(torch.exp(log_prob(cells)).sum() * (grid[1] - grid[0]) ** 2)
        bits = float(-log_prob(test).mean()) / 2 / 0.6931471805599453
        points = model.realnvp(draw.normal(500, 2), mask, nets)[0] * std + mean
    normal = torch.distributions.MultivariateNormal(mean, torch.cov(data.T))
    gaussian = float(-normal.log_prob(test).mean()) / 2 / 0.6931471805599453
    return Result(
        figures=(
            Figure("integral of the density over a square", mass, predicted=1.0, allowed=0.02),
            Figure("bits per dimension on new points", bits, unit="bits"),
            Figure("of a normal law fitted to the same points", gaussian, unit="bits"),
            Figure("the flow is better: 1", float(bits < gaussian), predicted=1.0, allowed=0.0),
        ),
        panels=(
            Panel("draws of the flow", "points", {"flow": points.T.tolist(), "data": test[:500].T.tolist()}),
            Panel("bits per dimension", "lines", {"training": (range(steps), losses)}),
        ),
    )


def _from_zuko(inputs: Mapping[str, Any]) -> Answers:
    from zuko.transforms import CouplingTransform, MonotonicAffineTransform

    x, s, t = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "s", "t"))
    mask = torch.tensor([True, False, True, False])

    def meta(kept: Tensor) -> Any:
        scale = torch.tanh(kept @ s)
        return MonotonicAffineTransform(torch.tanh(kept @ t), scale / (1 - scale.abs() / 10), slope=math.exp(-10))

    y, log_det = CouplingTransform(meta, mask).call_and_ladj(x)
    return {"x": y.tolist(), "log_det": log_det.reshape(len(x), -1).sum(-1).tolist()}


def _zuko_answers(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, s, t = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "s", "t"))
    mask = torch.tensor([1.0, 0.0, 1.0, 0.0], dtype=torch.float64)

    def spread(w: Tensor) -> Net:
        return lambda at: torch.zeros_like(at).index_copy(1, torch.tensor([1, 3]), torch.tanh(at[:, ::2] @ w))

    y, log_det = model.affine(x, mask, spread(s), spread(t))
    return {"x": y, "log_det": log_det}


REALNVP = Specification(
    name="realnvp",
    family="flows",
    systems=(145,),
    title="RealNVP, affine coupling",
    statement="x_B = z_B e^{s(z_A)} + t(z_A), log-det Σ s(z_A)",
    page="reference_models.flows.coupling",
    functions={
        "affine": coupling.affine,
        "affine_inverse": coupling.affine_inverse,
        "realnvp": coupling.realnvp,
        "realnvp_inverse": coupling.realnvp_inverse,
        "multiscale": coupling.multiscale,
    },
    properties=(
        Property(
            "the log-det is that of autograd's Jacobian",
            _affine_jacobian,
            Mutant("the scales of the part that stays are added", {"affine": _all_scales}),
        ),
        Property(
            "the inverse undoes, with the opposite log-det",
            _realnvp_inverse,
            Mutant("the inverse starts with the other mask", {"realnvp_inverse": _same_mask}),
        ),
        Property(
            "masks in turn move every coordinate",
            _all_move,
            Mutant("the mask never changes", {"realnvp": _never_alternates}),
        ),
        Property(
            "several scales keep every number of an image",
            _scales,
            Mutant("the piece put aside is used again", {"multiscale": _loses_half}),
        ),
    ),
    source="Dinh, Sohl-Dickstein and Bengio 2016, section 3",
    oracles=(
        Oracle(
            package="zuko",
            inputs={
                "x": [[0.3, -1.2, 0.8, 2.0], [-0.4, 0.9, 1.1, -0.7]],
                "s": [[0.5, -1.0], [0.3, 0.8]],
                "t": [[1.0, 0.2], [-0.6, 0.4]],
            },
            ask=_from_zuko,
            tell=_zuko_answers,
            tolerance=1e-9,
            conversion="zuko bends scales a to a/(1 + |a|/10) at slope e⁻¹⁰, which is undone",
        ),
    ),
    task=Task("two moons of 1000 points", _fit_moons, training=True),
    conventions=("ones in the mask stay", "latent to data", "s is a log-scale"),
)


def _pixelwise(model: Model, draw: Draw) -> Outcome:
    x, w = draw.normal(2, 3, 2, 2), draw.normal(3, 3)
    found = model.one_by_one(x, w)[1]
    return close(
        found, jacobian_log_det(lambda at: model.one_by_one(at.reshape(-1, 3, 2, 2), w)[0].flatten(1), x.flatten(1))
    )


def _once(x: Tensor, w: Tensor) -> tuple[Tensor, Tensor]:
    return coupling.one_by_one(x, w)[0], torch.linalg.slogdet(w)[1].expand(x.shape[0])


def _actnorm(model: Model, draw: Draw) -> Outcome:
    x, scale, bias = draw.normal(2, 3, 2, 3), draw.normal(3) + 0.1, draw.normal(3)
    found = model.actnorm(x, scale, bias)[1]
    slopes = jacobian_log_det(
        lambda at: model.actnorm(at.reshape(-1, 3, 2, 3), scale, bias)[0].flatten(1), x.flatten(1)
    )
    return close(found, slopes, 1e-8)


def _rows_only(x: Tensor, scale: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    out, log_det = coupling.actnorm(x, scale, bias)
    return out, log_det / x.shape[-1]


def _first_batch(model: Model, draw: Draw) -> Outcome:
    x = 3 * draw.normal(4, 3, 3, 3) + draw.normal(3, 1, 1)
    out = model.actnorm(x, *model.actnorm_start(x))[0]
    return worst(equal(out.mean((0, 2, 3)), 0.0), equal((out**2).mean((0, 2, 3)), 1.0))


def _bias_first(x: Tensor) -> tuple[Tensor, Tensor]:
    return 1 / x.std((0, 2, 3), correction=0), -x.mean((0, 2, 3))


def _factored(model: Model, draw: Draw) -> Outcome:
    order, sign = draw.permutation(4), torch.sign(draw.normal(4))
    w, log_det = model.plu(order, draw.normal(4, 4), draw.normal(4, 4), draw.normal(4), sign)
    return close(log_det, torch.linalg.slogdet(w)[1], 1e-8)


def _keeps_the_diagonal(
    order: Tensor, lower: Tensor, upper: Tensor, log_s: Tensor, sign: Tensor
) -> tuple[Tensor, Tensor]:
    eye = torch.eye(log_s.numel(), dtype=log_s.dtype, device=log_s.device)
    right = torch.triu(upper) + torch.diag(sign * torch.exp(log_s))
    return eye[order] @ (torch.tril(lower, -1) + eye) @ right, log_s.sum()


def _permutes(model: Model, draw: Draw) -> Outcome:
    x, order = draw.normal(2, 4, 2, 2), draw.permutation(4)
    zero = torch.zeros(4, 4, dtype=torch.float64, device=draw.device)
    w, _ = model.plu(order, zero, zero, zero[0], zero[0] + 1)
    out, log_det = model.one_by_one(x, w)
    return worst(equal(out, x[:, order]), equal(log_det, 0.0))


def _over_columns(x: Tensor, w: Tensor) -> tuple[Tensor, Tensor]:
    return torch.einsum("ji,bjhw->bihw", w, x) + 1e-3 * x, coupling.one_by_one(x, w)[1]


def _from_normflows(inputs: Mapping[str, Any]) -> Answers:
    from normflows.flows import Invertible1x1Conv

    x, w = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "w"))
    layer = Invertible1x1Conv(2, use_lu=False).double()
    layer.W.data.copy_(torch.linalg.inv(w))
    out, log_det = layer(x)
    return {"x": out.tolist(), "log_det": log_det.expand(x.shape[0]).tolist()}


def _normflows_answers(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, w = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "w"))
    out, log_det = model.one_by_one(x, w)
    return {"x": out, "log_det": log_det}


GLOW = Specification(
    name="glow",
    family="flows",
    systems=(146,),
    title="Glow: actnorm and invertible 1×1 convolution",
    statement="y_{hw} = W x_{hw}, log-det h w log |det W|, W = P L (U + diag s)",
    page="reference_models.flows.coupling",
    functions={
        "one_by_one": coupling.one_by_one,
        "actnorm": coupling.actnorm,
        "actnorm_start": coupling.actnorm_start,
        "plu": coupling.plu,
    },
    properties=(
        Property(
            "the log-det is that of the whole image's Jacobian",
            _pixelwise,
            Mutant("one pixel's log-det for all", {"one_by_one": _once}),
        ),
        Property(
            "actnorm's log-det is that of the whole image's Jacobian",
            _actnorm,
            Mutant("one row's log-det for all columns", {"actnorm": _rows_only}),
        ),
        Property(
            "its first batch has mean 0 and variance 1",
            _first_batch,
            Mutant("the mean is not divided by the deviation", {"actnorm_start": _bias_first}),
        ),
        Property(
            "log |det W| = Σ log s",
            _factored,
            Mutant("the diagonal of U is added to s", {"plu": _keeps_the_diagonal}),
        ),
        Property(
            "a permutation is a special case",
            _permutes,
            Mutant("W transposed, and a skip", {"one_by_one": _over_columns}),
        ),
    ),
    source="Kingma and Dhariwal 2018, section 3",
    oracles=(
        Oracle(
            package="normflows",
            inputs={
                "x": [
                    [[[0.1 * (r + 2 * c + 3 * k + 5 * b) for c in range(3)] for r in range(2)] for k in range(2)]
                    for b in range(2)
                ],
                "w": [[1.5, -0.4], [0.3, 0.8]],
            },
            ask=_from_normflows,
            tell=_normflows_answers,
            tolerance=1e-10,
            conversion="normflows' forward is latent to data by W⁻¹: it is given our inverse",
        ),
    ),
    conventions=("latent to data", "W acts on channels from the left"),
)

SPECIFICATIONS = (NICE, REALNVP, GLOW)
