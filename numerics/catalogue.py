"""The routes of every claim. A new page adds one import and one line here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from claims.claim import Claim
from claims.evidence import Evidence
from claims.notation import Law
from derivations.catalogue import derivation
from numerics.adversarial import distances as adversarial_distances
from numerics.adversarial import games as adversarial_games
from numerics.conjugacy import laplace as conjugacy_laplace
from numerics.conjugacy import pareto as conjugacy_pareto
from numerics.conjugacy import posteriors as conjugacy_posteriors
from numerics.conjugacy import sequences as conjugacy_sequences
from numerics.contrastive import candidates as contrastive_candidates
from numerics.contrastive import infonce as contrastive_infonce
from numerics.diffusion import continuous as diffusion_continuous
from numerics.diffusion import drifts as diffusion_drifts
from numerics.diffusion import forward as diffusion_forward
from numerics.diffusion import matching as diffusion_matching
from numerics.diffusion import objective as diffusion_objective
from numerics.diffusion import sampling as diffusion_sampling
from numerics.diffusion import telescoped as diffusion_telescoped
from numerics.diffusion import velocities as diffusion_velocities
from numerics.diffusion import weighting as diffusion_weighting
from numerics.flows import densities as flows_densities
from numerics.flows import layers as flows_layers
from numerics.gauss import by_gauss, has_gauss
from numerics.gaussian import blocks as gaussian_blocks
from numerics.gaussian import closure as gaussian_closure
from numerics.gaussian import decay as gaussian_decay
from numerics.gaussian import dimensions as gaussian_dimensions
from numerics.gaussian import kl as gaussian_kl
from numerics.gaussian import multivariate as gaussian_multivariate
from numerics.gaussian import stein as gaussian_stein
from numerics.graphs import messages as graphs_messages
from numerics.graphs import random as graphs_random
from numerics.information import chain_rules as information_chain_rules
from numerics.information import coding as information_coding
from numerics.information import conditional_laws as information_conditional_laws
from numerics.information import counts as information_counts
from numerics.information import critics as information_critics
from numerics.information import divergences as information_divergences
from numerics.information import entropies as information_entropies
from numerics.information import f_divergences as information_f_divergences
from numerics.information import families as information_families
from numerics.information import fits as information_fits
from numerics.information import identities as information_identities
from numerics.information import jensen_shannon as information_jensen_shannon
from numerics.information import joint as information_joint
from numerics.information import maxent as information_maxent
from numerics.information import rates as information_rates
from numerics.information import reverse_kl as information_reverse_kl
from numerics.information import tails as information_tails
from numerics.information import variation as information_variation
from numerics.information import variational_bounds as information_variational_bounds
from numerics.likelihood import any_classes as likelihood_any_classes
from numerics.likelihood import any_losses as likelihood_any_losses
from numerics.likelihood import bias_variance as likelihood_bias_variance
from numerics.likelihood import cramer_rao as likelihood_cramer_rao
from numerics.likelihood import designs as likelihood_designs
from numerics.likelihood import estimators as likelihood_estimators
from numerics.likelihood import families as likelihood_families
from numerics.likelihood import fisher as likelihood_fisher
from numerics.likelihood import gradients as likelihood_gradients
from numerics.likelihood import losses as likelihood_losses
from numerics.likelihood import models as likelihood_models
from numerics.likelihood import natural_gradients as likelihood_natural_gradients
from numerics.likelihood import predictors as likelihood_predictors
from numerics.likelihood import samples as likelihood_samples
from numerics.likelihood import series as likelihood_series
from numerics.linear_gaussian import axes as linear_gaussian_axes
from numerics.linear_gaussian import filtering as linear_gaussian_filtering
from numerics.linear_gaussian import inverses as linear_gaussian_inverses
from numerics.linear_gaussian import latent as linear_gaussian_latent
from numerics.linear_gaussian import processes as linear_gaussian_processes
from numerics.linear_gaussian import smoothing as linear_gaussian_smoothing
from numerics.linear_gaussian import updates as linear_gaussian_updates
from numerics.metrics import scores as metrics_scores
from numerics.mixtures import conditioning as mixtures_conditioning
from numerics.mixtures import responsibilities as mixtures_responsibilities
from numerics.networks import normalisation as networks_normalisation
from numerics.networks import optimisers as networks_optimisers
from numerics.networks import scales as networks_scales
from numerics.preference import dpo as preference_dpo
from numerics.preference import policies as preference_policies
from numerics.priors import conventions as priors_conventions
from numerics.priors import mixed as priors_mixed
from numerics.priors import penalties as priors_penalties
from numerics.reinforcement import advantages as reinforcement_advantages
from numerics.reinforcement import policy_gradients as reinforcement_policy_gradients
from numerics.routes import Route
from numerics.samplers import chains as samplers_chains
from numerics.samplers import transforms as samplers_transforms
from numerics.samplers import weights as samplers_weights
from numerics.sampling.route import NAME as MONTE_CARLO
from numerics.sampling.route import by_sampling, can_be_sampled
from numerics.score import matching as score_matching
from numerics.score import sliced as score_sliced
from numerics.variational import autoencoder as variational_autoencoder
from numerics.variational import bounds as variational_bounds
from numerics.variational import elbo as variational_elbo
from numerics.variational import gradients as variational_gradients
from numerics.variational import hierarchy as variational_hierarchy
from numerics.variational import importance_gradients as variational_importance_gradients

ROUTES: Mapping[str, tuple[Route, ...]] = MappingProxyType(
    {
        **gaussian_kl.ROUTES,
        **gaussian_closure.ROUTES,
        **gaussian_decay.ROUTES,
        **gaussian_multivariate.ROUTES,
        **gaussian_dimensions.ROUTES,
        **gaussian_blocks.ROUTES,
        **gaussian_stein.ROUTES,
        **likelihood_losses.ROUTES,
        **likelihood_estimators.ROUTES,
        **likelihood_gradients.ROUTES,
        **likelihood_models.ROUTES,
        **likelihood_families.ROUTES,
        **likelihood_predictors.ROUTES,
        **likelihood_bias_variance.ROUTES,
        **priors_mixed.ROUTES,
        **priors_penalties.ROUTES,
        **priors_conventions.ROUTES,
        **conjugacy_posteriors.ROUTES,
        **conjugacy_sequences.ROUTES,
        **conjugacy_pareto.ROUTES,
        **conjugacy_laplace.ROUTES,
        **information_identities.ROUTES,
        **information_entropies.ROUTES,
        **information_counts.ROUTES,
        **information_families.ROUTES,
        **information_divergences.ROUTES,
        **information_jensen_shannon.ROUTES,
        **information_f_divergences.ROUTES,
        **information_joint.ROUTES,
        **information_chain_rules.ROUTES,
        **information_conditional_laws.ROUTES,
        **information_coding.ROUTES,
        **information_maxent.ROUTES,
        **information_fits.ROUTES,
        **information_reverse_kl.ROUTES,
        **information_variation.ROUTES,
        **information_variational_bounds.ROUTES,
        **information_critics.ROUTES,
        **information_tails.ROUTES,
        **information_rates.ROUTES,
        **diffusion_forward.ROUTES,
        **diffusion_objective.ROUTES,
        **diffusion_sampling.ROUTES,
        **diffusion_telescoped.ROUTES,
        **diffusion_continuous.ROUTES,
        **score_matching.ROUTES,
        **flows_densities.ROUTES,
        **flows_layers.ROUTES,
        **adversarial_games.ROUTES,
        **contrastive_infonce.ROUTES,
        **contrastive_candidates.ROUTES,
        **preference_dpo.ROUTES,
        **mixtures_responsibilities.ROUTES,
        **mixtures_conditioning.ROUTES,
        **linear_gaussian_latent.ROUTES,
        **linear_gaussian_axes.ROUTES,
        **linear_gaussian_filtering.ROUTES,
        **linear_gaussian_smoothing.ROUTES,
        **samplers_transforms.ROUTES,
        **samplers_chains.ROUTES,
        **variational_elbo.ROUTES,
        **variational_bounds.ROUTES,
        **variational_gradients.ROUTES,
        **variational_hierarchy.ROUTES,
        **variational_autoencoder.ROUTES,
        **likelihood_fisher.ROUTES,
        **likelihood_cramer_rao.ROUTES,
        **likelihood_designs.ROUTES,
        **likelihood_natural_gradients.ROUTES,
        **likelihood_samples.ROUTES,
        **likelihood_series.ROUTES,
        **likelihood_any_classes.ROUTES,
        **likelihood_any_losses.ROUTES,
        **preference_policies.ROUTES,
        **diffusion_weighting.ROUTES,
        **diffusion_velocities.ROUTES,
        **diffusion_drifts.ROUTES,
        **score_sliced.ROUTES,
        **variational_importance_gradients.ROUTES,
        **reinforcement_policy_gradients.ROUTES,
        **reinforcement_advantages.ROUTES,
        **networks_scales.ROUTES,
        **networks_normalisation.ROUTES,
        **networks_optimisers.ROUTES,
        **diffusion_matching.ROUTES,
        **linear_gaussian_updates.ROUTES,
        **linear_gaussian_inverses.ROUTES,
        **linear_gaussian_processes.ROUTES,
        **metrics_scores.ROUTES,
        **graphs_random.ROUTES,
        **graphs_messages.ROUTES,
        **samplers_weights.ROUTES,
        **adversarial_distances.ROUTES,
    }
)
"""Claim name → its routes. Importing this imports torch."""


@lru_cache(maxsize=1024)
def routes(name: str) -> tuple[Route, ...]:
    """The routes of the claim called ``name``, and quadrature and sampling where they apply; none for a stranger."""
    written = ROUTES.get(name, ())
    if not written or any(route.name == MONTE_CARLO for route in written):
        return written
    claim, casts = derivation(name).claim, casts_of(written)
    if has_gauss(claim):
        written = (*written, by_gauss())
    return (*written, by_sampling(casts=casts)) if can_be_sampled(claim, casts=casts) else written


def casts_of(written: Sequence[Route]) -> tuple[Mapping[str, Law], ...]:
    """The laws that the routes of a page put in the place of names; none where it has no names."""
    return next((route.casts for route in written if route.casts), ())


def evidence(claim: Claim) -> tuple[Evidence, ...]:
    """What each route of ``claim.name`` finds on ``claim``, in order."""
    return tuple(route.run(claim) for route in routes(claim.name))
