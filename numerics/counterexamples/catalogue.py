"""Every refuted statement, by name."""

from __future__ import annotations

from numerics.counterexamples import arithmetic, coding, fitting, generating, latent, laws
from numerics.counterexamples.refutation import Refutation

REFUTATIONS: tuple[Refutation, ...] = (
    *arithmetic.CASES,
    *coding.CASES,
    *fitting.CASES,
    *latent.CASES,
    *generating.CASES,
    *laws.CASES,
)
BY_NAME = {case.name: case for case in REFUTATIONS}
