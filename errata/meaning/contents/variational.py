"""Variational: what is derived, and what notes call it."""

from __future__ import annotations

from errata.meaning.contents.entry import Entry, Section

SECTION = Section(
    "Variational",
    (
        Entry(
            called="the ELBO three ways, and its gap",
            also=(
                "evidence lower bound",
                "variational lower bound",
                "variational free energy",
                "variational inference",
                "marginal likelihood",
            ),
            derivations=(
                "elbo_entropy_eq",
                "elbo_reconstruction_eq",
                "elbo_gap_eq",
                "elbo_le_log_evidence",
                "elbo_at_posterior_eq",
                "importance_evidence_eq",
                "elbo_le_of_jensen",
                "log_evidence_two_eq",
            ),
            proved_for="any laws; by Jensen, and in numbers, one latent of two values",
        ),
        Entry(
            called="the ELBO as reconstruction − KL",
            also=("evidence lower bound", "VAE loss", "variational autoencoder"),
            derivations=("elbo_reconstruction_eq", "vae_loss_eq"),
            proved_for="any laws; a normal latent",
        ),
        Entry(
            called="which arg max of the ELBO is which, θ fixed or free",
            also=("evidence lower bound", "variational EM"),
            derivations=("elbo_argmax_eq", "elbo_argmax_theta_eq", "gap_argmin_theta_eq"),
            proved_for="one latent of two values",
        ),
        Entry(
            called="β and the decoder's variance",
            also=("beta-VAE", "variational autoencoder"),
            derivations=("beta_variance_eq", "decoder_variance_eq"),
            proved_for="a linear decoder",
        ),
        Entry(
            called="the hierarchical ELBO in its four forms",
            also=("hierarchical VAE", "ladder", "evidence lower bound"),
            derivations=(
                "hierarchical_gap_any_eq",
                "hierarchical_elbo_any_le",
                "hierarchical_top_down_any_eq",
                "hierarchical_gap_eq",
                "hierarchical_entropy_eq",
                "hierarchical_joint_kl_eq",
                "hierarchical_top_down_eq",
                "hierarchical_elbo_eq",
                "hierarchical_elbo_le",
            ),
            proved_for=(
                "any laws of two latents, the gap, the bound and from the top down; the others for latents of "
                "two values"
            ),
        ),
        Entry(
            called="IWAE and its monotonicity",
            also=("importance-weighted autoencoder", "importance-weighted bound", "multi-sample bound"),
            derivations=("iwae_one_le_two", "iwae_two_le_three", "iwae_le_log_evidence", "iwae_three_le_log_evidence"),
            proved_for="any laws; one, two and three samples",
        ),
        Entry(
            called="the gradient of the importance-weighted bound",
            also=("IWAE", "importance-weighted autoencoder"),
            derivations=("iwae_gradient_any_eq",),
            proved_for="any number of samples, any log weights by value and slope",
        ),
        Entry(
            called="the doubly reparameterised gradient",
            also=("DReG", "IWAE", "importance-weighted autoencoder"),
            derivations=("dreg_weight_any_eq", "score_as_path_integrand_eq", "dreg_integrand_eq"),
            proved_for=(
                "any number of samples, any log weight; a normal latent, a coordinate at a time, up to a slope "
                "that integrates to zero"
            ),
        ),
        Entry(
            called="mean field",
            also=("mean-field approximation", "coordinate ascent", "CAVI", "factorised posterior"),
            derivations=("mean_field_bound_eq", "mean_field_update_eq", "mean_field_var_eq", "mean_field_var_le"),
            proved_for=(
                "any laws of two groups of latents; the best factor in numbers for two values; two normal ones"
            ),
        ),
        Entry(
            called="the aggregated posterior",
            also=("aggregate posterior", "VAE", "marginal KL"),
            derivations=("mean_kl_any_eq", "aggregated_posterior_eq"),
            proved_for="any laws; two data, a latent of two values",
        ),
        Entry(
            called="reparameterised and score-function gradients, and the naive one",
            also=(
                "reparameterisation trick",
                "reparametrisation",
                "pathwise gradient",
                "REINFORCE",
                "likelihood-ratio gradient",
                "log-derivative trick",
                "baseline",
            ),
            derivations=(
                "reparameterised_eq",
                "pathwise_gradient_eq",
                "score_gradient_eq",
                "baseline_eq",
                "score_gradient_coin_eq",
                "naive_gradient_eq",
            ),
            proved_for="cubics under a normal law; a coin",
        ),
        Entry(
            called="EM ascent",
            also=("expectation-maximisation", "EM algorithm", "monotone likelihood"),
            derivations=("em_gain_eq", "em_ascent_ge"),
            proved_for="any laws",
        ),
        Entry(
            called="free energy",
            also=("Helmholtz", "Gibbs", "temperature", "Boltzmann"),
            derivations=("free_energy_eq",),
            proved_for="any laws, any temperature",
        ),
    ),
)
