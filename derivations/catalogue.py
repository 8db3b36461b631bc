"""Every derivation there is, page by page. A new page adds one import and one line here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from claims.claim import Derivation
from derivations.adversarial import distances as adversarial_distances
from derivations.adversarial import games as adversarial_games
from derivations.conjugacy import laplace as conjugacy_laplace
from derivations.conjugacy import pareto as conjugacy_pareto
from derivations.conjugacy import posteriors as conjugacy_posteriors
from derivations.conjugacy import sequences as conjugacy_sequences
from derivations.contrastive import candidates as contrastive_candidates
from derivations.contrastive import infonce as contrastive_infonce
from derivations.diffusion import continuous as diffusion_continuous
from derivations.diffusion import drifts as diffusion_drifts
from derivations.diffusion import forward as diffusion_forward
from derivations.diffusion import matching as diffusion_matching
from derivations.diffusion import objective as diffusion_objective
from derivations.diffusion import sampling as diffusion_sampling
from derivations.diffusion import telescoped as diffusion_telescoped
from derivations.diffusion import velocities as diffusion_velocities
from derivations.diffusion import weighting as diffusion_weighting
from derivations.flows import densities as flows_densities
from derivations.flows import layers as flows_layers
from derivations.gaussian import blocks as gaussian_blocks
from derivations.gaussian import closure as gaussian_closure
from derivations.gaussian import decay as gaussian_decay
from derivations.gaussian import dimensions as gaussian_dimensions
from derivations.gaussian import kl as gaussian_kl
from derivations.gaussian import multivariate as gaussian_multivariate
from derivations.gaussian import stein as gaussian_stein
from derivations.graphs import messages as graphs_messages
from derivations.graphs import random as graphs_random
from derivations.information import chain_rules as information_chain_rules
from derivations.information import coding as information_coding
from derivations.information import conditional_laws as information_conditional_laws
from derivations.information import counts as information_counts
from derivations.information import critics as information_critics
from derivations.information import divergences as information_divergences
from derivations.information import entropies as information_entropies
from derivations.information import f_divergences as information_f_divergences
from derivations.information import families as information_families
from derivations.information import fits as information_fits
from derivations.information import identities as information_identities
from derivations.information import jensen_shannon as information_jensen_shannon
from derivations.information import joint as information_joint
from derivations.information import maxent as information_maxent
from derivations.information import rates as information_rates
from derivations.information import reverse_kl as information_reverse_kl
from derivations.information import tails as information_tails
from derivations.information import variation as information_variation
from derivations.information import variational_bounds as information_variational_bounds
from derivations.likelihood import any_classes as likelihood_any_classes
from derivations.likelihood import any_losses as likelihood_any_losses
from derivations.likelihood import bias_variance as likelihood_bias_variance
from derivations.likelihood import cramer_rao as likelihood_cramer_rao
from derivations.likelihood import designs as likelihood_designs
from derivations.likelihood import estimators as likelihood_estimators
from derivations.likelihood import families as likelihood_families
from derivations.likelihood import fisher as likelihood_fisher
from derivations.likelihood import gradients as likelihood_gradients
from derivations.likelihood import losses as likelihood_losses
from derivations.likelihood import models as likelihood_models
from derivations.likelihood import natural_gradients as likelihood_natural_gradients
from derivations.likelihood import predictors as likelihood_predictors
from derivations.likelihood import samples as likelihood_samples
from derivations.likelihood import series as likelihood_series
from derivations.linear_gaussian import axes as linear_gaussian_axes
from derivations.linear_gaussian import filtering as linear_gaussian_filtering
from derivations.linear_gaussian import inverses as linear_gaussian_inverses
from derivations.linear_gaussian import latent as linear_gaussian_latent
from derivations.linear_gaussian import processes as linear_gaussian_processes
from derivations.linear_gaussian import smoothing as linear_gaussian_smoothing
from derivations.linear_gaussian import updates as linear_gaussian_updates
from derivations.metrics import scores as metrics_scores
from derivations.mixtures import conditioning as mixtures_conditioning
from derivations.mixtures import responsibilities as mixtures_responsibilities
from derivations.networks import normalisation as networks_normalisation
from derivations.networks import optimisers as networks_optimisers
from derivations.networks import scales as networks_scales
from derivations.preference import dpo as preference_dpo
from derivations.preference import policies as preference_policies
from derivations.priors import conventions as priors_conventions
from derivations.priors import mixed as priors_mixed
from derivations.priors import penalties as priors_penalties
from derivations.reinforcement import advantages as reinforcement_advantages
from derivations.reinforcement import policy_gradients as reinforcement_policy_gradients
from derivations.samplers import chains as samplers_chains
from derivations.samplers import transforms as samplers_transforms
from derivations.samplers import weights as samplers_weights
from derivations.score import matching as score_matching
from derivations.score import sliced as score_sliced
from derivations.variational import autoencoder as variational_autoencoder
from derivations.variational import bounds as variational_bounds
from derivations.variational import elbo as variational_elbo
from derivations.variational import gradients as variational_gradients
from derivations.variational import hierarchy as variational_hierarchy
from derivations.variational import importance_gradients as variational_importance_gradients

MOST_SUGGESTED = 4


@dataclass(frozen=True, slots=True)
class Page:
    """The derivations of ``derivations/<topic>/<stem>.py``."""

    topic: str
    stem: str
    derivations: tuple[Derivation, ...]


PAGES = (
    Page("gaussian", "kl", gaussian_kl.DERIVATIONS),
    Page("gaussian", "closure", gaussian_closure.DERIVATIONS),
    Page("gaussian", "decay", gaussian_decay.DERIVATIONS),
    Page("gaussian", "multivariate", gaussian_multivariate.DERIVATIONS),
    Page("gaussian", "dimensions", gaussian_dimensions.DERIVATIONS),
    Page("gaussian", "blocks", gaussian_blocks.DERIVATIONS),
    Page("gaussian", "stein", gaussian_stein.DERIVATIONS),
    Page("likelihood", "losses", likelihood_losses.DERIVATIONS),
    Page("likelihood", "estimators", likelihood_estimators.DERIVATIONS),
    Page("likelihood", "gradients", likelihood_gradients.DERIVATIONS),
    Page("likelihood", "models", likelihood_models.DERIVATIONS),
    Page("likelihood", "families", likelihood_families.DERIVATIONS),
    Page("likelihood", "predictors", likelihood_predictors.DERIVATIONS),
    Page("likelihood", "bias_variance", likelihood_bias_variance.DERIVATIONS),
    Page("likelihood", "designs", likelihood_designs.DERIVATIONS),
    Page("likelihood", "fisher", likelihood_fisher.DERIVATIONS),
    Page("likelihood", "cramer_rao", likelihood_cramer_rao.DERIVATIONS),
    Page("likelihood", "natural_gradients", likelihood_natural_gradients.DERIVATIONS),
    Page("likelihood", "samples", likelihood_samples.DERIVATIONS),
    Page("likelihood", "series", likelihood_series.DERIVATIONS),
    Page("likelihood", "any_classes", likelihood_any_classes.DERIVATIONS),
    Page("likelihood", "any_losses", likelihood_any_losses.DERIVATIONS),
    Page("priors", "penalties", priors_penalties.DERIVATIONS),
    Page("priors", "mixed", priors_mixed.DERIVATIONS),
    Page("priors", "conventions", priors_conventions.DERIVATIONS),
    Page("conjugacy", "posteriors", conjugacy_posteriors.DERIVATIONS),
    Page("conjugacy", "sequences", conjugacy_sequences.DERIVATIONS),
    Page("conjugacy", "pareto", conjugacy_pareto.DERIVATIONS),
    Page("conjugacy", "laplace", conjugacy_laplace.DERIVATIONS),
    Page("information", "identities", information_identities.DERIVATIONS),
    Page("information", "entropies", information_entropies.DERIVATIONS),
    Page("information", "counts", information_counts.DERIVATIONS),
    Page("information", "families", information_families.DERIVATIONS),
    Page("information", "divergences", information_divergences.DERIVATIONS),
    Page("information", "jensen_shannon", information_jensen_shannon.DERIVATIONS),
    Page("information", "f_divergences", information_f_divergences.DERIVATIONS),
    Page("information", "joint", information_joint.DERIVATIONS),
    Page("information", "chain_rules", information_chain_rules.DERIVATIONS),
    Page("information", "conditional_laws", information_conditional_laws.DERIVATIONS),
    Page("information", "coding", information_coding.DERIVATIONS),
    Page("information", "maxent", information_maxent.DERIVATIONS),
    Page("information", "fits", information_fits.DERIVATIONS),
    Page("information", "reverse_kl", information_reverse_kl.DERIVATIONS),
    Page("information", "variation", information_variation.DERIVATIONS),
    Page("information", "variational_bounds", information_variational_bounds.DERIVATIONS),
    Page("information", "critics", information_critics.DERIVATIONS),
    Page("information", "tails", information_tails.DERIVATIONS),
    Page("information", "rates", information_rates.DERIVATIONS),
    Page("diffusion", "forward", diffusion_forward.DERIVATIONS),
    Page("diffusion", "objective", diffusion_objective.DERIVATIONS),
    Page("diffusion", "sampling", diffusion_sampling.DERIVATIONS),
    Page("diffusion", "telescoped", diffusion_telescoped.DERIVATIONS),
    Page("diffusion", "continuous", diffusion_continuous.DERIVATIONS),
    Page("diffusion", "matching", diffusion_matching.DERIVATIONS),
    Page("diffusion", "weighting", diffusion_weighting.DERIVATIONS),
    Page("diffusion", "velocities", diffusion_velocities.DERIVATIONS),
    Page("diffusion", "drifts", diffusion_drifts.DERIVATIONS),
    Page("score", "matching", score_matching.DERIVATIONS),
    Page("score", "sliced", score_sliced.DERIVATIONS),
    Page("flows", "densities", flows_densities.DERIVATIONS),
    Page("flows", "layers", flows_layers.DERIVATIONS),
    Page("adversarial", "games", adversarial_games.DERIVATIONS),
    Page("adversarial", "distances", adversarial_distances.DERIVATIONS),
    Page("contrastive", "infonce", contrastive_infonce.DERIVATIONS),
    Page("contrastive", "candidates", contrastive_candidates.DERIVATIONS),
    Page("preference", "dpo", preference_dpo.DERIVATIONS),
    Page("preference", "policies", preference_policies.DERIVATIONS),
    Page("reinforcement", "policy_gradients", reinforcement_policy_gradients.DERIVATIONS),
    Page("reinforcement", "advantages", reinforcement_advantages.DERIVATIONS),
    Page("networks", "scales", networks_scales.DERIVATIONS),
    Page("networks", "normalisation", networks_normalisation.DERIVATIONS),
    Page("networks", "optimisers", networks_optimisers.DERIVATIONS),
    Page("mixtures", "responsibilities", mixtures_responsibilities.DERIVATIONS),
    Page("mixtures", "conditioning", mixtures_conditioning.DERIVATIONS),
    Page("linear_gaussian", "latent", linear_gaussian_latent.DERIVATIONS),
    Page("linear_gaussian", "axes", linear_gaussian_axes.DERIVATIONS),
    Page("linear_gaussian", "filtering", linear_gaussian_filtering.DERIVATIONS),
    Page("linear_gaussian", "smoothing", linear_gaussian_smoothing.DERIVATIONS),
    Page("linear_gaussian", "updates", linear_gaussian_updates.DERIVATIONS),
    Page("linear_gaussian", "inverses", linear_gaussian_inverses.DERIVATIONS),
    Page("linear_gaussian", "processes", linear_gaussian_processes.DERIVATIONS),
    Page("samplers", "transforms", samplers_transforms.DERIVATIONS),
    Page("samplers", "chains", samplers_chains.DERIVATIONS),
    Page("samplers", "weights", samplers_weights.DERIVATIONS),
    Page("variational", "elbo", variational_elbo.DERIVATIONS),
    Page("variational", "bounds", variational_bounds.DERIVATIONS),
    Page("variational", "gradients", variational_gradients.DERIVATIONS),
    Page("variational", "hierarchy", variational_hierarchy.DERIVATIONS),
    Page("variational", "autoencoder", variational_autoencoder.DERIVATIONS),
    Page("variational", "importance_gradients", variational_importance_gradients.DERIVATIONS),
    Page("metrics", "scores", metrics_scores.DERIVATIONS),
    Page("graphs", "random", graphs_random.DERIVATIONS),
    Page("graphs", "messages", graphs_messages.DERIVATIONS),
)


def derivations() -> tuple[Derivation, ...]:
    """All derivations, in the order of the pages."""
    return tuple(d for page in PAGES for d in page.derivations)


def derivation(name: str) -> Derivation:
    """The derivation of the claim called ``name``; KeyError, with the nearest names, where there is none."""
    for d in derivations():
        if d.claim.name == name:
            return d
    raise KeyError(_unknown(name))


def topic(name: str) -> str:
    """The topic of the claim called ``name``; KeyError, with the nearest names, where there is none."""
    for page in PAGES:
        if any(d.claim.name == name for d in page.derivations):
            return page.topic
    raise KeyError(_unknown(name))


def _unknown(name: str) -> str:
    names = [d.claim.name for d in derivations()]
    near = get_close_matches(name, names) or _sharing_words(name, names)
    return f"no derivation is called {name!r}" + (f"; did you mean {' or '.join(near)}?" if near else "")


def _sharing_words(said: str, names: list[str]) -> list[str]:
    """The names with most of the words that are said, as posterior_beta_eq for "posterior of Beta-Bernoulli"."""
    words = {word for word in re.split(r"[^a-z0-9]+", said.lower()) if len(word) > 1}
    shared = {name: len(words & set(name.split("_")[:-1])) for name in names}
    most = max(shared.values(), default=0)
    return [name for name in names if most and shared[name] == most][:MOST_SUGGESTED]
