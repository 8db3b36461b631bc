"""Every reference model there is. A new page adds one import and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from torch import Tensor

from reference_models.gaussian import kl as gaussian_kl
from reference_models.likelihood import losses as likelihood_losses

MODELS: Mapping[str, Callable[..., Tensor]] = MappingProxyType(
    {
        "gaussian.kl": gaussian_kl.kl,
        "likelihood.nll_normal": likelihood_losses.nll_normal,
        "likelihood.nll_normal_batch": likelihood_losses.nll_normal_batch,
        "likelihood.nll_normal_logvar": likelihood_losses.nll_normal_logvar,
        "likelihood.nll_laplace": likelihood_losses.nll_laplace,
        "likelihood.nll_two_classes": likelihood_losses.nll_two_classes,
        "likelihood.nll_bernoulli": likelihood_losses.nll_bernoulli,
        "likelihood.cross_entropy": likelihood_losses.cross_entropy,
        "likelihood.log_partition": likelihood_losses.log_partition,
        "likelihood.nll_poisson": likelihood_losses.nll_poisson,
    }
)
"""``<topic>.<function>`` and the function; its docstring gives shapes and units."""
