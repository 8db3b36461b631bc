"""The routes of updated determinants: sums over permutations as written, and torch."""

from __future__ import annotations

from derivations.linear_gaussian.updates import WHERE
from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.linear_gaussian import updates as model

ROUTES = {
    "determinant_lemma_eq": standing_on(
        torch_model(model.updated_determinant, *(v.name for v in WHERE)), 1e-9, tuple(CALM)
    ),
}
