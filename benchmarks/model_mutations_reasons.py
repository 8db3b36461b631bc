"""Why a change of a float function's value is not noticed, where nothing is wrong with that; the run insists on it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

UP_TO_SIGN = "the directions are unit vectors without a sign: their negatives are the same answer"

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "autoencoders.deterministic.linear_optimum, sign": UP_TO_SIGN,
        "autoregressive.transformers.causal_mask, factor": "0 and −∞ are themselves times 1.001",
        "autoregressive.transformers.no_mask": "its numbers are 0, which has no sign and no multiples",
        "likelihood.designs._tall, sign": "minus the inputs have the same singular values, and weights the same error",
        "likelihood.designs.noises, sign": "the points come in pairs, ± each",
        "likelihood.designs.reflection, sign": "any orthogonal matrix turns coordinates; its negative is one as well",
        "linear_gaussian.axes.rotation, sign": "any rotation serves to turn coordinates; its negative is one as well",
        "structured.linear_latent.ppca_mle, sign": "W and −W are the same model: only W Wᵀ is seen",
        "structured.linear_latent.principal_axes, sign": UP_TO_SIGN,
    }
)
"""Full name of a function, perhaps with the kind of change, to the reason."""
