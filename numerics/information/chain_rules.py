"""The routes of information of three variables: sums as written; torch's tables and their margins."""

from __future__ import annotations

from numerics.written import standing_on, torch_model
from reference_models.information import chain_rules as model

CELLS = tuple(f"j_{i}{k}{m}" for i in (0, 1) for k in (0, 1) for m in (0, 1))

ROUTES = {
    "mi_chain_eq": standing_on(torch_model(model.with_both, *CELLS)),
    "mi_given_nonneg": standing_on(torch_model(model.given_one, *CELLS)),
    "mi_grows_ge": standing_on(torch_model(model.with_both, *CELLS)),
}
