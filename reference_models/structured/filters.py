"""Linear filters: Kalman's filter and smoother, Wiener's filter. Standalone: imports math, torch; nothing of ours.

Source   Bishop 2006, section 13.3; Kailath, Sayed and Hassibi 2000, chapters 7 and 9.
Shapes   y is (T, m); F (d, d), H (m, d), Q (d, d), R (m, m); means (T, d), covariances (T, d, d). float64, nats.
Here     m0 and P0 are of the first state itself: the first step updates without predicting. Covariances throughout.
"""

import math

import torch
from torch import Tensor


def predict(mean: Tensor, cov: Tensor, f: Tensor, q: Tensor) -> tuple[Tensor, Tensor]:
    """F m and F P Fᵀ + Q."""
    return f @ mean, f @ cov @ f.mT + q


def gain(cov: Tensor, h: Tensor, r: Tensor) -> Tensor:
    """K = P Hᵀ (H P Hᵀ + R)⁻¹."""
    found: Tensor = torch.linalg.solve(h @ cov @ h.mT + r, h @ cov).mT
    return found


def update(mean: Tensor, cov: Tensor, y: Tensor, h: Tensor, r: Tensor) -> tuple[Tensor, Tensor]:
    """m + K (y − H m) and (I − K H) P."""
    k = gain(cov, h, r)
    return mean + k @ (y - h @ mean), cov - k @ h @ cov


def kalman_filter(
    y: Tensor, m0: Tensor, p0: Tensor, f: Tensor, h: Tensor, q: Tensor, r: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Means and covariances of each state given y up to it, and log p(y) = Σ_t log N(y_t | H m⁻, H P⁻ Hᵀ + R)."""
    mean, cov, total, means, covs = m0, p0, torch.zeros_like(m0[0]), [], []
    for t, seen in enumerate(y):
        if t:
            mean, cov = predict(mean, cov, f, q)
        off, s = seen - h @ mean, h @ cov @ h.mT + r  # innovation and its covariance
        total = total - (off @ torch.linalg.solve(s, off) + torch.linalg.slogdet(2 * math.pi * s)[1]) / 2
        mean, cov = update(mean, cov, seen, h, r)
        means.append(mean)
        covs.append(cov)
    return torch.stack(means), torch.stack(covs), total


def smooth(means: Tensor, covs: Tensor, f: Tensor, q: Tensor) -> tuple[Tensor, Tensor]:
    """Rauch-Tung-Striebel: means and covariances of each state given all of y."""
    out = [(means[-1], covs[-1])]
    for mean, cov in zip(means[:-1].flip(0), covs[:-1].flip(0), strict=True):
        ahead_mean, ahead_cov = predict(mean, cov, f, q)
        g = torch.linalg.solve(ahead_cov, f @ cov).mT  # P Fᵀ (P⁻)⁻¹
        after_mean, after_cov = out[-1]
        out.append((mean + g @ (after_mean - ahead_mean), cov + g @ (after_cov - ahead_cov) @ g.mT))
    return torch.stack([m for m, _ in out[::-1]]), torch.stack([c for _, c in out[::-1]])


def wiener_gain(signal: Tensor, noise: Tensor) -> Tensor:
    """S_x/(S_x + S_n) at each frequency, S_xy/S_yy for y = x + noise independent of x: (*batch, N) -> (*batch, N)."""
    return signal / (signal + noise)


def wiener_filter(y: Tensor, signal: Tensor, noise: Tensor) -> Tensor:
    """The estimate of a periodic x from y: the gain times the Fourier transform, transformed back; real (*batch, N)."""
    transformed: Tensor = torch.fft.fft(y)
    back: Tensor = torch.fft.ifft(wiener_gain(signal, noise) * transformed)
    return back.real
