"""Normal vectors with full covariances, in blocks. Standalone: imports numpy, torch; nothing of ours.

Idea     matrices with the products asked for are written out, their block turned by a fixed full factor, and torch
         solves the larger system; densities are torch's own; covariances are products of matrices.
Source   Soch and others 2020, proofs P1, P88 and P348.
Shapes   every argument is a scalar tensor; matrices are (d, d); results are scalars. float64, nats.
Here     s is the VARIANCE of the coordinate that comes in, given the block; the block has three coordinates, or n.
"""

import numpy as np
import torch
from torch import Tensor
from torch.distributions import Distribution, MultivariateNormal


def turned(size: int) -> Tensor:
    """A fixed lower triangular factor without zeros below its diagonal, of determinant 1: (size, size)."""
    below = torch.tril(torch.arange(1.0, size**2 + 1, dtype=torch.float64).reshape(size, size).cos(), -1)
    return torch.eye(size, dtype=torch.float64) + below


def column(*entries: Tensor) -> Tensor:
    """Numbers as a vector."""
    return torch.stack([torch.as_tensor(e, dtype=torch.float64) for e in entries])


def bordered(block: Tensor, border: Tensor, corner: Tensor) -> Tensor:
    """[[block, border], [borderᵀ, corner]]: (d, d), (d,) and a scalar to (d + 1, d + 1)."""
    upper = torch.cat([block, border[:, None]], dim=1)
    return torch.cat([upper, torch.cat([border, corner[None]])[None]], dim=0)


def solved(factor: Tensor, border: Tensor, s: Tensor, right: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
    """The bordered matrix of the block F Fᵀ and the border F c, and the solution for the right side (F v, last)."""
    matrix = bordered(factor @ factor.T, factor @ border, s + border @ border)
    return matrix, torch.linalg.solve(matrix, torch.cat([factor @ right, last[None]]))


def last_row(b: Tensor, p: Tensor, q: Tensor, s: Tensor) -> Tensor:
    """The last entry of matrix times solution."""
    zero = 0 * p
    matrix, solution = solved(turned(3), column(q.sqrt(), zero, zero), s, column(p / q.sqrt(), 1 + zero, zero), b)
    return (matrix @ solution)[-1]


def left_over(c: Tensor, r: Tensor, w: Tensor, f: Tensor, b: Tensor, p: Tensor, s: Tensor) -> Tensor:
    """S_ij less the row of i times the solution for the column of j."""
    return c - predicted(r, w, f, b, p, s)


def mean(m: Tensor, r: Tensor, w: Tensor, f: Tensor, b: Tensor, p: Tensor, s: Tensor) -> Tensor:
    """m_i and the row of i times the solution for the residuals."""
    return m + predicted(r, w, f, b, p, s)


def predicted(r: Tensor, w: Tensor, f: Tensor, b: Tensor, p: Tensor, s: Tensor) -> Tensor:
    """A row times the inverse of the larger matrix times a column, whose products with the block are r, w and p."""
    one, zero, factor = 1 + 0 * r, 0 * r, turned(3)
    border, row, right = column(one, zero, zero), column(w, one, zero), column(p, r - w * p, zero)
    _, solution = solved(factor, border, s, right, b)
    return torch.cat([factor @ row, f[None]]) @ solution


def distance(g: Tensor, b: Tensor, p: Tensor, s: Tensor) -> Tensor:
    """The residuals times the solution for them."""
    zero, factor = 0 * g, turned(3)
    right = column(g.sqrt(), zero, zero)
    _, solution = solved(factor, column(p / g.sqrt(), 1 + zero, zero), s, right, b)
    return torch.cat([factor @ right, b[None]]) @ solution


def log_density(n: Tensor, determinant: Tensor, g: Tensor, b: Tensor, p: Tensor, s: Tensor) -> Tensor:
    """torch's log-density of all n + 1 coordinates at once."""
    factor = turned(int(n))
    factor[0] = factor[0] * determinant.sqrt()
    unit = torch.eye(int(n), dtype=torch.float64)[0]
    border, right = unit * p / g.sqrt(), unit * g.sqrt()
    matrix = bordered(factor @ factor.T, factor @ border, s + border @ border)
    law: Distribution = MultivariateNormal(torch.zeros(int(n) + 1, dtype=torch.float64), matrix)
    value: Tensor = law.log_prob(torch.cat([factor @ right, b[None]]))
    return value


def conditional_of_three(x1: Tensor, x2: Tensor, x3: Tensor, *entries: Tensor) -> Tensor:
    """torch's joint log-density less that of the first two; the factor's diagonal first, then below it."""
    l11, l22, l33, l21, l31, l32 = entries
    factor = torch.stack([column(l11, 0 * l11, 0 * l11), column(l21, l22, 0 * l11), column(l31, l32, l33)])
    point, zero = column(x1, x2, x3), torch.zeros(3, dtype=torch.float64)
    joint: Distribution = MultivariateNormal(zero, scale_tril=factor)
    block: Distribution = MultivariateNormal(zero[:2], scale_tril=factor[:2, :2])
    ratio: Tensor = joint.log_prob(point) - block.log_prob(point[:2])
    return ratio


def mapped(a: Tensor, b: Tensor, *entries: Tensor) -> Tensor:
    """An entry of A S Aᵀ, S from its factor row by row."""
    h1, h2, h3, h4, h5, h6 = entries
    zero, one = 0 * a, 1 + 0 * a
    factor = torch.stack([column(h1, zero, zero), column(h2, h3, zero), column(h4, h5, h6)])
    rows = torch.stack([column(one, zero, a), column(zero, one, b)])
    return (rows @ factor @ factor.T @ rows.T)[0, 1]


def generated(c: Tensor, m: Tensor, s: Tensor, nodes: int = 60) -> Tensor:
    """e^c E e^{x}, x a form of two independent coordinates, each averaged by Gauss-Hermite quadrature."""
    z, weights = (torch.as_tensor(v) for v in np.polynomial.hermite_e.hermegauss(nodes))
    shares = (weights / weights.sum() * torch.exp(share * s.sqrt() * z) for share in (0.6, 0.8))
    first, second = (share.sum() for share in shares)
    return torch.exp(c + m) * first * second


if __name__ == "__main__":
    one, two = torch.tensor([1.0, 2.0], dtype=torch.float64)
    print(left_over(two, one / 2, one / 2, one, one, one / 2, two))  # 2 − ½ − ½·½/2 = 1.375
