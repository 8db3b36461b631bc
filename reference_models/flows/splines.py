"""Monotone rational-quadratic splines with identity tails. Standalone: imports torch; nothing of ours.

Source   Gregory and Delbourgo 1982; Durkan et al. 2019, section 3.1 and appendix A.1.
Shapes   x is (*batch,); knots and slopes are (*batch, K + 1) or (K + 1,), increasing, slopes positive. float64, nats.
Here     bin k goes from knot k to knot k + 1; outside the knots the spline is the identity, so the first and the last
         slope are 1 and the outer knots equal in x and y. ``knots`` makes these from free numbers.
"""

import torch
from torch import Tensor
from torch.nn.functional import pad, softplus


def knots(widths: Tensor, heights: Tensor, slopes: Tensor, bound: float) -> tuple[Tensor, Tensor, Tensor]:
    """Knots in [−B, B] from free numbers (*batch, K), (*batch, K), (*batch, K − 1): x, y, d, each (*batch, K + 1).

    Each bin has at least 1e-3 of the whole width and height, each inner slope is at least 1e-3.
    """

    def ends(free: Tensor) -> Tensor:
        share = 1e-3 + (1 - 1e-3 * free.shape[-1]) * torch.softmax(free, -1)
        return 2 * bound * pad(share.cumsum(-1), (1, 0)) - bound

    return ends(widths), ends(heights), pad(1e-3 + softplus(slopes), (1, 1), value=1.0)


def within(x: Tensor, at: Tensor) -> tuple[Tensor, Tensor]:
    """The bin of each x as an index (*batch, 1), clamped to the knots, and whether x lies inside them."""
    inner = at[..., 1:-1]
    return (x[..., None] >= inner).sum(-1, keepdim=True), (x >= at[..., 0]) & (x <= at[..., -1])


def around(values: Tensor, k: Tensor) -> tuple[Tensor, Tensor]:
    """The values at both ends of bin k: (*batch, K + 1) -> two (*batch,)."""
    values = values.expand(*k.shape[:-1], values.shape[-1])
    return values.gather(-1, k)[..., 0], values.gather(-1, k + 1)[..., 0]


def spline(x: Tensor, at: Tensor, to: Tensor, slope: Tensor) -> tuple[Tensor, Tensor]:
    """y and log dy/dx. With ξ = (x − x_k)/w and s = h/w in bin k:

    y = y_k + h (s ξ² + d_k ξ (1 − ξ)) / (s + (d_{k+1} + d_k − 2 s) ξ (1 − ξ)).
    """
    k, inside = within(x, at)
    (x0, x1), (y0, y1), (d0, d1) = around(at, k), around(to, k), around(slope, k)
    w, h = x1 - x0, y1 - y0
    s, xi = h / w, torch.where(inside, (x - x0) / w, torch.zeros_like(x))
    below = s + (d1 + d0 - 2 * s) * xi * (1 - xi)
    y = y0 + h * (s * xi**2 + d0 * xi * (1 - xi)) / below
    rise = s**2 * (d1 * xi**2 + 2 * s * xi * (1 - xi) + d0 * (1 - xi) ** 2) / below**2
    return torch.where(inside, y, x), torch.where(inside, torch.log(rise), torch.zeros_like(x))


def spline_inverse(y: Tensor, at: Tensor, to: Tensor, slope: Tensor) -> tuple[Tensor, Tensor]:
    """x and log dx/dy: ξ is the root 2c/(−b − √(b² − 4ac)) of a ξ² + b ξ + c = 0 in the bin of y."""
    k, inside = within(y, to)
    (x0, x1), (y0, y1), (d0, d1) = around(at, k), around(to, k), around(slope, k)
    w, h = x1 - x0, y1 - y0
    s, rest = h / w, torch.where(inside, y - y0, torch.zeros_like(y))
    bend = rest * (d1 + d0 - 2 * s)
    a, b, c = h * (s - d0) + bend, h * d0 - bend, -s * rest
    xi = 2 * c / (-b - torch.sqrt(b**2 - 4 * a * c))
    x = torch.where(inside, x0 + xi * w, y)
    return x, -spline(x, at, to, slope)[1]
