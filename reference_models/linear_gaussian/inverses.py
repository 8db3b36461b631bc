"""Changed and bordered matrices, by torch's solver and determinant. Standalone: imports torch; nothing of ours.

Idea     matrices are made that have the numbers that are given; the solution that a formula claims is multiplied out.
Source   Wikipedia 2026, Woodbury matrix identity; Stack Exchange 2026, proofs of the Sherman-Morrison formula.
Shapes   rows and solutions are (n,); other arguments and results are scalars. float64.
Error    that of float64, times the condition of the matrices.
"""

import torch
from torch import Tensor


def _vector(*entries: Tensor) -> Tensor:
    return torch.stack(entries)


def rank_one_row(b: Tensor, u: Tensor, q: Tensor, h: Tensor) -> Tensor:
    """A coordinate of (A + uvᵀ)((1 + h) A⁻¹b − q A⁻¹u), with vᵀA⁻¹b = q and vᵀA⁻¹u = h."""
    one, zero = torch.ones_like(b), torch.zeros_like(b)
    matrix = torch.eye(3, dtype=torch.float64) * 2
    change, side = _vector(u, one, zero), _vector(b, zero, one)
    by = 2 * _vector(zero, h, q)
    solution = (1 + h) * torch.linalg.solve(matrix, side) - q * torch.linalg.solve(matrix, change)
    return ((matrix + torch.outer(change, by)) @ solution)[0]


def rank_n_row(row: Tensor, y: Tensor, z: Tensor, c: Tensor, b: Tensor) -> Tensor:
    """The first row of (A + UCV)(A⁻¹ − A⁻¹U(C⁻¹ + VA⁻¹U)⁻¹VA⁻¹)b, with VA⁻¹Uz = y: four of (n,), () -> ()."""
    n = len(row)
    inner = torch.outer(y, z) / (z @ z)
    zeros = torch.zeros(n, 1, dtype=torch.float64)
    u = torch.cat([row[None], torch.eye(n, dtype=torch.float64), zeros.T])
    v = torch.cat([zeros, inner, (y + z / c)[:, None]], 1)
    side = torch.cat([b[None], torch.zeros(n, dtype=torch.float64), torch.ones(1, dtype=torch.float64)])
    middle = torch.diag(1 / c) + v @ u
    solution = side - u @ torch.linalg.solve(middle, v @ side)
    return ((torch.eye(n + 2, dtype=torch.float64) + u @ torch.diag(c) @ v) @ solution)[0]


def pushed_row(row: Tensor, y: Tensor, z: Tensor, r: Tensor) -> Tensor:
    """The first coordinate of HᵀR⁻¹(R + HPHᵀ)z, of which HPHᵀz = y: four of (n,) -> ()."""
    n = len(row)
    h = torch.cat([row[:, None], torch.eye(n, dtype=torch.float64)], 1)
    p = torch.zeros(n + 1, n + 1, dtype=torch.float64)
    p[1:, 1:] = torch.outer(y, z) / (z @ z)
    return (h.T @ torch.linalg.solve(torch.diag(r), (torch.diag(r) + h @ p @ h.T) @ z))[0]


def lower_row(over: Tensor, y: Tensor, schur: Tensor, r: Tensor) -> Tensor:
    """Cx + Dy in one row for Ax + By = p, A one number: three of (n,), () -> ()."""
    upper = torch.cat([torch.ones(1, dtype=torch.float64), over])
    lower = torch.cat([torch.ones(1, dtype=torch.float64), over + schur])
    x = r - over @ y
    whole = torch.stack([upper, lower]) @ torch.cat([x[None], y])
    return whole[1]


def determinant(*entries: Tensor) -> Tensor:
    """det of three rows."""
    value: Tensor = torch.linalg.det(torch.stack(entries).reshape(3, 3))
    return value


def product_determinant(*entries: Tensor) -> Tensor:
    """det(I + UV), U of three rows and two columns, V of two and three."""
    u, v = torch.stack(entries[:6]).reshape(3, 2), torch.stack(entries[6:]).reshape(2, 3)
    value: Tensor = torch.linalg.det(torch.eye(3, dtype=torch.float64) + u @ v)
    return value


def grown_determinant(d: Tensor, f: Tensor, g: Tensor) -> Tensor:
    """det(I + xyᵀ) of two coordinates, of which the first alone has d."""
    x, y = _vector(d - 1, f), _vector(torch.ones_like(d), g)
    value: Tensor = torch.linalg.det(torch.eye(2, dtype=torch.float64) + torch.outer(x, y))
    return value
