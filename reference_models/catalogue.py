"""Every reference model there is. A new page adds one import and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from torch import Tensor

from reference_models.conjugacy import posteriors as conjugacy_posteriors
from reference_models.diffusion import forward as diffusion_forward
from reference_models.diffusion import objective as diffusion_objective
from reference_models.diffusion import sampling as diffusion_sampling
from reference_models.gaussian import kl as gaussian_kl
from reference_models.information import identities as information_identities
from reference_models.likelihood import estimators as likelihood_estimators
from reference_models.likelihood import gradients as likelihood_gradients
from reference_models.likelihood import losses as likelihood_losses
from reference_models.priors import penalties as priors_penalties

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
        "priors.penalties.log_prob": priors_penalties.log_prob,
        "priors.penalties.crossing": priors_penalties.crossing,
        "priors.penalties.joint_normal": priors_penalties.joint_normal,
        "priors.penalties.joint_laplace": priors_penalties.joint_laplace,
        "priors.penalties.ridge": priors_penalties.ridge,
        "priors.penalties.ridge_gradient": priors_penalties.ridge_gradient,
        "priors.penalties.objective": priors_penalties.objective,
        "priors.penalties.excess": priors_penalties.excess,
        "priors.penalties.excess_over_zero": priors_penalties.excess_over_zero,
        "priors.penalties.log_density": priors_penalties.log_density,
        "priors.penalties.mode_in_probability": priors_penalties.mode_in_probability,
        "priors.penalties.mode_in_logit": priors_penalties.mode_in_logit,
        "conjugacy.posteriors.log_prob": conjugacy_posteriors.log_prob,
        "conjugacy.posteriors.line": conjugacy_posteriors.line,
        "conjugacy.posteriors.integral": conjugacy_posteriors.integral,
        "conjugacy.posteriors.normalised": conjugacy_posteriors.normalised,
        "conjugacy.posteriors.averaged": conjugacy_posteriors.averaged,
        "conjugacy.posteriors.coin_weights": conjugacy_posteriors.coin_weights,
        "conjugacy.posteriors.coin_density": conjugacy_posteriors.coin_density,
        "conjugacy.posteriors.coin_mean": conjugacy_posteriors.coin_mean,
        "conjugacy.posteriors.count_joint": conjugacy_posteriors.count_joint,
        "conjugacy.posteriors.count_nodes": conjugacy_posteriors.count_nodes,
        "conjugacy.posteriors.count_density": conjugacy_posteriors.count_density,
        "conjugacy.posteriors.count_mean": conjugacy_posteriors.count_mean,
        "conjugacy.posteriors.mean_joint": conjugacy_posteriors.mean_joint,
        "conjugacy.posteriors.mean_nodes": conjugacy_posteriors.mean_nodes,
        "conjugacy.posteriors.mean_density": conjugacy_posteriors.mean_density,
        "conjugacy.posteriors.mean_mean": conjugacy_posteriors.mean_mean,
        "conjugacy.posteriors.predictive_density": conjugacy_posteriors.predictive_density,
        "information.identities.log_prob": information_identities.log_prob,
        "information.identities.legendre": information_identities.legendre,
        "information.identities.coin": information_identities.coin,
        "information.identities.entropy_coin": information_identities.entropy_coin,
        "information.identities.entropy_exponential": information_identities.entropy_exponential,
        "information.identities.entropy_normal": information_identities.entropy_normal,
        "information.identities.entropy_uniform": information_identities.entropy_uniform,
        "information.identities.kl_coins": information_identities.kl_coins,
        "information.identities.cross_entropy_coins": information_identities.cross_entropy_coins,
        "information.identities.cross_entropy_tables": information_identities.cross_entropy_tables,
        "information.identities.log_evidence": information_identities.log_evidence,
        "information.identities.elbo": information_identities.elbo,
        "diffusion.forward.log_normal": diffusion_forward.log_normal,
        "diffusion.forward.log_step": diffusion_forward.log_step,
        "diffusion.forward.log_start": diffusion_forward.log_start,
        "diffusion.forward.log_composed": diffusion_forward.log_composed,
        "diffusion.forward.composed": diffusion_forward.composed,
        "diffusion.forward.log_posterior": diffusion_forward.log_posterior,
        "diffusion.forward.spread": diffusion_forward.spread,
        "diffusion.forward.score": diffusion_forward.score,
        "diffusion.forward.mixed": diffusion_forward.mixed,
        "diffusion.forward.start": diffusion_forward.start,
        "diffusion.forward.noise": diffusion_forward.noise,
        "diffusion.forward.velocity": diffusion_forward.velocity,
        "diffusion.forward.posterior_mean": diffusion_forward.posterior_mean,
        "diffusion.objective.log_normal": diffusion_objective.log_normal,
        "diffusion.objective.added_variance": diffusion_objective.added_variance,
        "diffusion.objective.log_joint": diffusion_objective.log_joint,
        "diffusion.objective.posterior_variance": diffusion_objective.posterior_variance,
        "diffusion.objective.kl": diffusion_objective.kl,
        "diffusion.objective.start_of": diffusion_objective.start_of,
        "diffusion.objective.kl_by_noise": diffusion_objective.kl_by_noise,
        "diffusion.objective.kl_by_start": diffusion_objective.kl_by_start,
        "diffusion.objective.weight": diffusion_objective.weight,
        "diffusion.objective.velocity": diffusion_objective.velocity,
        "diffusion.objective.velocity_error": diffusion_objective.velocity_error,
        "diffusion.objective.score": diffusion_objective.score,
        "diffusion.objective.start_by_score": diffusion_objective.start_by_score,
        "diffusion.objective.noise_by_score": diffusion_objective.noise_by_score,
        "diffusion.objective.elbo": diffusion_objective.elbo,
        "diffusion.sampling.log_normal": diffusion_sampling.log_normal,
        "diffusion.sampling.step": diffusion_sampling.step,
        "diffusion.sampling.step_variance": diffusion_sampling.step_variance,
        "diffusion.sampling.peak": diffusion_sampling.peak,
        "diffusion.sampling.way_back_mean": diffusion_sampling.way_back_mean,
        "diffusion.sampling.noiseless": diffusion_sampling.noiseless,
        "diffusion.sampling.slope": diffusion_sampling.slope,
        "diffusion.sampling.guided_score": diffusion_sampling.guided_score,
        "diffusion.sampling.guided_noise": diffusion_sampling.guided_noise,
        "diffusion.sampling.guided_peak": diffusion_sampling.guided_peak,
        "diffusion.sampling.free_score": diffusion_sampling.free_score,
        "diffusion.sampling.extrapolated": diffusion_sampling.extrapolated,
    }
)
"""``<topic>.<stem>.<function>`` and the function (``gaussian.kl``, the page of one function);
its docstring gives shapes and units.
"""
