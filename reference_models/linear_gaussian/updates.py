"""The determinant of a matrix to which uvᵀ is added, by LU. Standalone: imports torch; nothing of ours.

Idea     torch adds the outer product and factors the sum.
Source   Stack Exchange 2026, proofs of the Sherman-Morrison formula and the matrix determinant lemma.
Shapes   every argument is a scalar tensor: A by rows, then u, then v; the result is a scalar. float64.
Here     three dimensions; A need not be symmetric.
Error    that of float64.
"""

import torch
from torch import Tensor


def updated_determinant(*entries: Tensor) -> Tensor:
    """det(A + uvᵀ) for nine entries of A, three of u and three of v."""
    matrix = torch.stack(entries[:9]).reshape(3, 3)
    value: Tensor = torch.linalg.det(matrix + torch.outer(torch.stack(entries[9:12]), torch.stack(entries[12:])))
    return value
