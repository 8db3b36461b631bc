"""The routes of information of three variables: sums as written, and models of tables."""

from __future__ import annotations

import torch
from torch import Tensor

from numerics.nodes import shares
from numerics.written import standing_on, torch_model
from reference_models.divergences.information import mutual_information

CELLS = tuple(f"j_{i}{k}{m}" for i in (0, 1) for k in (0, 1) for m in (0, 1))


def with_both(*weights: Tensor) -> Tensor:
    """I(X; Y, Z), from weights of X, Y, Z in binary order: eight () -> ()."""
    return mutual_information(shares(*weights).reshape(2, 4))


def with_one(*weights: Tensor) -> Tensor:
    """I(X; Y)."""
    return mutual_information(shares(*weights).reshape(2, 2, 2).sum(2))


def given_one(*weights: Tensor) -> Tensor:
    """I(X; Z | Y): the mean over Y of the information of the tables given Y."""
    table = shares(*weights).reshape(2, 2, 2)
    of_y = table.sum((0, 2))
    return of_y @ torch.stack([mutual_information(table[:, y] / of_y[y]) for y in (0, 1)])


ROUTES = {
    "mi_chain_eq": standing_on(torch_model(with_both, *CELLS)),
    "mi_given_nonneg": standing_on(torch_model(given_one, *CELLS)),
    "mi_grows_ge": standing_on(torch_model(with_both, *CELLS)),
}
