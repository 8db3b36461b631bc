"""Kalman's and Wiener's filters: rows 43 and 52."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
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
from numerics.specifications.outcomes import at_most, equal, worst
from reference_models.structured import filters

PAGE = "reference_models.structured.filters"
System = tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]
T, D, M = 4, 2, 1


def _system(draw: Draw) -> System:
    """m0, P0, F, H, Q, R."""
    return draw.normal(D), draw.spd(D), 0.8 * draw.normal(D, D), draw.normal(M, D), draw.spd(D), draw.spd(M)


def _joint(m0: Tensor, p0: Tensor, f: Tensor, h: Tensor, q: Tensor, r: Tensor) -> tuple[Tensor, ...]:
    """Means and covariances of all states and all data, stacked: x, y, Cov x, Cov(x, y), Cov y."""
    powers = [torch.linalg.matrix_power(f, t) for t in range(T)]
    maps = torch.zeros(T * D, T * D).to(f)  # x = maps (x_0 − m0, w_1, …) + means
    for t in range(T):
        for s in range(t + 1):
            maps[t * D : (t + 1) * D, s * D : (s + 1) * D] = powers[t - s]
    cov = maps @ torch.block_diag(p0, *[q] * (T - 1)) @ maps.mT
    mean, see = torch.cat([p @ m0 for p in powers]), torch.block_diag(*[h] * T)
    return mean, see @ mean, cov, cov @ see.mT, see @ cov @ see.mT + torch.block_diag(*[r] * T)


def _conditioned(model: Model, draw: Draw) -> Outcome:
    system, y = _system(draw), draw.normal(T, M)
    x_mean, y_mean, cov, across, data = _joint(*system)
    means, covs, log_evidence = model.filter(y, *system)
    found = []
    for t in range(T):
        rows, seen = slice(t * D, (t + 1) * D), slice(0, (t + 1) * M)
        k = torch.linalg.solve(data[seen, seen], across[rows, seen].mT).mT
        found.append(equal(means[t], x_mean[rows] + k @ (y.flatten() - y_mean)[seen], 1e-8))
        found.append(equal(covs[t], cov[rows, rows] - k @ across[rows, seen].mT, 1e-8))
    off = y.flatten() - y_mean
    dense = -(off @ torch.linalg.solve(data, off) + torch.linalg.slogdet(2 * math.pi * data)[1]) / 2
    return worst(*found, equal(log_evidence, dense, 1e-8))


def _smoothed(model: Model, draw: Draw) -> Outcome:
    system, y = _system(draw), draw.normal(T, M)
    x_mean, y_mean, cov, across, data = _joint(*system)
    filtered = filters.kalman_filter(y, *system)
    means, covs = model.smooth(filtered[0], filtered[1], system[2], system[4])
    k = torch.linalg.solve(data, across.mT).mT
    dense = cov - k @ across.mT
    blocks = torch.stack([dense[t * D : (t + 1) * D, t * D : (t + 1) * D] for t in range(T)])
    return worst(equal(means.flatten(), x_mean + k @ (y.flatten() - y_mean), 1e-8), equal(covs, blocks, 1e-8))


def _data_independent(model: Model, draw: Draw) -> Outcome:
    system = _system(draw)
    return equal(model.filter(draw.normal(T, M), *system)[1], model.filter(5 * draw.normal(T, M), *system)[1])


def _white(model: Model, draw: Draw) -> Outcome:
    m0, p0, f, h, q, r = _system(draw)
    data = _joint(m0, p0, f, h, q, r)[4]

    def innovations(y: Tensor) -> Tensor:
        means = model.filter(y.reshape(T, M), m0, p0, f, h, q, r)[0]
        return torch.cat([y[:M] - h @ m0, *(y[t * M : (t + 1) * M] - h @ f @ means[t - 1] for t in range(1, T))])

    slope = torch.func.jacrev(innovations)(draw.normal(T * M))
    covariance = slope @ data @ slope.mT
    return equal(covariance - torch.diag(torch.diagonal(covariance)), 0.0, 1e-8)


def _least_squares(model: Model, draw: Draw) -> Outcome:
    cov, h, r = draw.spd(D), draw.normal(M, D), draw.spd(M)

    def error(k: Tensor) -> Tensor:
        left = torch.eye(D).to(k) - k @ h
        return torch.trace(left @ cov @ left.mT + k @ r @ k.mT)

    k = model.gain(cov, h, r)
    slope = torch.func.jacrev(error)(k)
    return worst(equal(slope, 0.0, 1e-9), at_most(error(k), error(k + draw.normal(D, M))))


def _predict_first(
    y: Tensor, m0: Tensor, p0: Tensor, f: Tensor, h: Tensor, q: Tensor, r: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    return filters.kalman_filter(y, *filters.predict(m0, p0, f, q), f, h, q, r)


def _adaptive(
    y: Tensor, m0: Tensor, p0: Tensor, f: Tensor, h: Tensor, q: Tensor, r: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    means, covs, total = filters.kalman_filter(y, m0, p0, f, h, q, r)
    return means, covs * (1 + (y - means @ h.mT)[..., None] ** 2), total


def _half_gain(
    y: Tensor, m0: Tensor, p0: Tensor, f: Tensor, h: Tensor, q: Tensor, r: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    return filters.kalman_filter(y, m0, p0, f, h, q, 2 * r)


def _ahead_of_itself(means: Tensor, covs: Tensor, f: Tensor, q: Tensor) -> tuple[Tensor, Tensor]:
    return filters.smooth(means, covs, f, 0.5 * q)


def _gain_without_noise(cov: Tensor, h: Tensor, r: Tensor) -> Tensor:
    return filters.gain(cov, h, 0 * r)


def _from_filterpy(inputs: Mapping[str, Any]) -> Answers:
    from filterpy.kalman import KalmanFilter

    kf = KalmanFilter(dim_x=2, dim_z=1)
    kf.x, kf.P = np.array(inputs["m0"])[:, None], np.array(inputs["p0"])
    kf.F, kf.H, kf.Q, kf.R = (np.array(inputs[name]) for name in ("f", "h", "q", "r"))
    means, covs, total = [], [], 0.0
    for t, seen in enumerate(inputs["y"]):
        if t:
            kf.predict()
        kf.update(np.array(seen))
        means.append(kf.x[:, 0].copy())
        covs.append(kf.P.copy())
        total += kf.log_likelihood
    smoothed, smoothed_covs, _, _ = kf.rts_smoother(np.array(means)[:, :, None], np.array(covs))
    return {
        "means": np.array(means).tolist(),
        "covs": np.array(covs).tolist(),
        "log_evidence": float(total),
        "smoothed": smoothed[:, :, 0].tolist(),
        "smoothed_covs": smoothed_covs.tolist(),
    }


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    y, *system = (torch.tensor(inputs[n], dtype=torch.float64) for n in ("y", "m0", "p0", "f", "h", "q", "r"))
    means, covs, total = model.filter(y, *system)
    smoothed, smoothed_covs = model.smooth(means, covs, system[2], system[4])
    return {
        "means": means,
        "covs": covs,
        "log_evidence": total,
        "smoothed": smoothed,
        "smoothed_covs": smoothed_covs,
    }


def _track(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    n = 6000
    f, h = draw.tensor([[1.0, 1.0], [0.0, 0.95]]), draw.tensor([[1.0, 0.0]])
    q, r, m0, p0 = draw.tensor([[0.02, 0.01], [0.01, 0.05]]), draw.tensor([[4.0]]), draw.tensor([0, 0]), draw.spd(2)
    root, x, states = torch.linalg.cholesky(q), torch.linalg.cholesky(p0) @ draw.normal(2), []
    for t in range(n):
        x = f @ x + root @ draw.normal(2) if t else x
        states.append(x)
    track = torch.stack(states)
    y = track @ h.mT + torch.sqrt(r[0, 0]) * draw.normal(n, 1)
    means, covs, _ = model.filter(y, m0, p0, f, h, q, r)
    progress(0.7)
    smoothed, smoothed_covs = model.smooth(means, covs, f, q)
    off, steady = means[100:, 0] - track[100:, 0], float(covs[-1, 0, 0])
    later, steady_later = smoothed[100:-100, 0] - track[100:-100, 0], float(smoothed_covs[n // 2, 0, 0])
    ahead = (f @ covs[-1] @ f.mT + q)[0, 0] + r[0, 0]
    innovation = y[101:, 0] - (means[100:-1] @ f.mT)[:, 0]
    lag = (innovation[1:] * innovation[:-1]).mean() / ahead
    blocks = [e[:5800] ** 2 for e in (off, later)]
    error, error_later = (float(b.reshape(58, 100).mean(1).std() / math.sqrt(58)) for b in blocks)
    progress(1.0)
    window = list(range(200))
    return Result(
        (
            Figure("mean squared error of the filter, the steady P", float((off**2).mean()), steady, 5 * error),
            Figure(
                "mean squared error of the smoother, its steady P",
                float((later**2).mean()),
                steady_later,
                5 * error_later,
            ),
            Figure("mean squared innovation over its variance", float((innovation**2).mean() / ahead), 1.0, 0.1),
            Figure("correlation of successive innovations", float(lag), 0.0, 0.08),
            Figure("mean squared error of the data themselves", float(((y - track[:, :1]) ** 2).mean())),
        ),
        (
            Panel(
                "Position",
                "lines",
                {
                    "true": (window, track[:200, 0].tolist()),
                    "filtered": (window, means[:200, 0].tolist()),
                    "seen": (window, y[:200, 0].tolist()),
                },
            ),
        ),
    )


KALMAN = Specification(
    name="kalman_filter",
    family="structured",
    systems=(43,),
    title="Linear-Gaussian state space, Kalman filter",
    statement="m⁻ = F m, P⁻ = F P Fᵀ + Q; K = P⁻ Hᵀ (H P⁻ Hᵀ + R)⁻¹; m = m⁻ + K (y − H m⁻), P = (I − K H) P⁻",
    page=PAGE,
    functions={"filter": filters.kalman_filter, "smooth": filters.smooth, "gain": filters.gain},
    properties=(
        Property(
            "conditions the joint normal",
            _conditioned,
            Mutant("predicts before the first datum", {"filter": _predict_first}),
        ),
        Property("smoothing conditions on all data", _smoothed, Mutant("half of Q", {"smooth": _ahead_of_itself})),
        Property(
            "covariances don't see the data", _data_independent, Mutant("residuals widen P", {"filter": _adaptive})
        ),
        Property("innovations are white", _white, Mutant("twice R", {"filter": _half_gain})),
        Property(
            "the gain has the least mean square error",
            _least_squares,
            Mutant("R is missing", {"gain": _gain_without_noise}),
        ),
    ),
    source="Bishop 2006, section 13.3",
    oracles=(
        Oracle(
            package="filterpy",
            inputs={
                "y": [[0.4], [1.3], [1.1], [2.9], [3.4]],
                "m0": [0.1, 0.5],
                "p0": [[1.0, 0.2], [0.2, 0.5]],
                "f": [[1.0, 1.0], [0.0, 0.9]],
                "h": [[1.0, 0.3]],
                "q": [[0.1, 0.02], [0.02, 0.2]],
                "r": [[0.7]],
            },
            ask=_from_filterpy,
            tell=_ours,
            tolerance=1e-10,
            conversion="its x and P are set to the first state's law, and the first step updates only",
        ),
    ),
    task=Task("a simulated track of 6000 positions with noise", _track),
    conventions=("m0 and P0 are of the first state itself",),
)


def _spectra(draw: Draw, n: int = 6) -> tuple[Tensor, Tensor]:
    """Positive spectra of real periodic signals: symmetric in frequency."""
    pair = draw.uniform(0.2, 3, 2, n)
    mirrored = torch.roll(pair.flip(-1), 1, -1)
    even = (pair + mirrored) / 2
    return even[0], even[1]


def _covariance(spectrum: Tensor) -> Tensor:
    """The circulant covariance of a periodic signal with that spectrum."""
    n = len(spectrum)
    t = torch.arange(n).to(spectrum)
    angle = 2 * math.pi * t[:, None] * t / n
    lags = (torch.cos(angle) @ spectrum) / n
    return torch.stack([torch.roll(lags, k) for k in range(n)], 1)


def _orthogonal(model: Model, draw: Draw) -> Outcome:
    signal, noise = _spectra(draw)
    a = model.filter(torch.eye(6).to(signal), signal, noise).mT  # what it does to unit impulses
    left, right = _covariance(signal), _covariance(signal) + _covariance(noise)
    return equal(left - a @ right, 0.0, 1e-9)  # E (x − x̂) yᵀ


def _least_error(model: Model, draw: Draw) -> Outcome:
    signal, noise = _spectra(draw)
    x, e = _covariance(signal), _covariance(noise)

    def error(a: Tensor) -> Tensor:
        off = torch.eye(6).to(a) - a
        return torch.trace(off @ x @ off.mT + a @ e @ a.mT) / 6

    a = model.filter(torch.eye(6).to(signal), signal, noise).mT
    return worst(
        equal(error(a), (signal * noise / (signal + noise)).mean(), 1e-9),
        at_most(error(a), error(a + 0.1 * draw.normal(6, 6))),
    )


def _limits(model: Model, draw: Draw) -> Outcome:
    signal, noise = _spectra(draw)
    gain = model.gain(signal, noise)
    return worst(
        equal(gain + model.gain(noise, signal), 1.0),
        equal(model.gain(signal, 1e-12 * noise), 1.0, 1e-9),
        equal(gain / (1 - gain), signal / noise),
    )


def _amplitude(signal: Tensor, noise: Tensor) -> Tensor:
    return torch.sqrt(signal / (signal + noise))


def _by_amplitude(y: Tensor, signal: Tensor, noise: Tensor) -> Tensor:
    back: Tensor = torch.fft.ifft(_amplitude(signal, noise) * torch.fft.fft(y))
    return back.real


def _subtracted(y: Tensor, signal: Tensor, noise: Tensor) -> Tensor:
    back: Tensor = torch.fft.ifft((1 - noise / signal).clamp_min(0) * torch.fft.fft(y))
    return back.real


WIENER = Specification(
    name="wiener_filter",
    family="structured",
    systems=(52,),
    title="Wiener filter",
    statement="x̂ = F⁻¹ H F y, H = S_xy/S_yy = S_x/(S_x + S_n)",
    page=PAGE,
    functions={"gain": filters.wiener_gain, "filter": filters.wiener_filter},
    properties=(
        Property("the error is orthogonal to the data", _orthogonal, Mutant("√H for H", {"filter": _by_amplitude})),
        Property(
            "least error of linear filters", _least_error, Mutant("spectral subtraction", {"filter": _subtracted})
        ),
        Property("H/(1 − H) = S_x/S_n", _limits, Mutant("√H for H", {"gain": _amplitude})),
    ),
    source="Kailath, Sayed and Hassibi 2000, chapter 7",
    conventions=("periodic signals, power spectra",),
)

SPECIFICATIONS = (KALMAN, WIENER)
