"""Every reference model there is. A new page adds one import and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from torch import Tensor

from reference_models.gaussian import kl as gaussian_kl
from reference_models.likelihood import estimators as likelihood_estimators
from reference_models.likelihood import gradients as likelihood_gradients
from reference_models.likelihood import losses as likelihood_losses

MODELS: Mapping[str, Callable[..., Tensor]] = MappingProxyType(
    {
        "gaussian.kl": gaussian_kl.kl,
        "likelihood.losses.nll_normal": likelihood_losses.nll_normal,
        "likelihood.losses.nll_normal_batch": likelihood_losses.nll_normal_batch,
        "likelihood.losses.nll_normal_logvar": likelihood_losses.nll_normal_logvar,
        "likelihood.losses.nll_laplace": likelihood_losses.nll_laplace,
        "likelihood.losses.nll_two_classes": likelihood_losses.nll_two_classes,
        "likelihood.losses.nll_bernoulli": likelihood_losses.nll_bernoulli,
        "likelihood.losses.cross_entropy": likelihood_losses.cross_entropy,
        "likelihood.losses.log_partition": likelihood_losses.log_partition,
        "likelihood.losses.nll_poisson": likelihood_losses.nll_poisson,
        "likelihood.estimators.peak": likelihood_estimators.peak,
        "likelihood.estimators.log_likelihood": likelihood_estimators.log_likelihood,
        "likelihood.estimators.coin": likelihood_estimators.coin,
        "likelihood.estimators.normal_mean": likelihood_estimators.normal_mean,
        "likelihood.estimators.normal_variance": likelihood_estimators.normal_variance,
        "likelihood.estimators.expected_variance": likelihood_estimators.expected_variance,
        "likelihood.estimators.exponential_rate": likelihood_estimators.exponential_rate,
        "likelihood.estimators.poisson_rate": likelihood_estimators.poisson_rate,
        "likelihood.gradients.slope": likelihood_gradients.slope,
        "likelihood.gradients.logistic": likelihood_gradients.logistic,
        "likelihood.gradients.sigmoid": likelihood_gradients.sigmoid,
        "likelihood.gradients.softmax_entry": likelihood_gradients.softmax_entry,
        "likelihood.gradients.softmax_own": likelihood_gradients.softmax_own,
        "likelihood.gradients.softmax_other": likelihood_gradients.softmax_other,
        "likelihood.gradients.cross_entropy": likelihood_gradients.cross_entropy,
    }
)
"""``<topic>.<stem>.<function>`` and the function (``gaussian.kl``, where the page has one of its own name); its docstring
gives shapes and units.
"""
