"""Adversarial: what is derived, and what notes call it."""

from __future__ import annotations

from errata.meaning.contents.entry import Entry, Section

SECTION = Section(
    "Adversarial",
    (
        Entry(
            called="the optimal discriminator",
            also=("GAN", "D*"),
            derivations=("optimal_discriminator_eq",),
            proved_for="any densities, point by point",
        ),
        Entry(
            called="the value of the game: 2 JS − log 4",
            also=("GAN objective", "Jensen-Shannon", "generator optimum", "minimax"),
            derivations=("game_value_eq",),
            proved_for="two coins",
        ),
        Entry(
            called="the non-saturating loss",
            also=("GAN generator loss", "saturating gradient"),
            derivations=("saturating_slope_eq", "non_saturating_slope_eq"),
            proved_for="one logit",
        ),
        Entry(
            called="the dual of Wasserstein-1 on the line",
            also=("Kantorovich-Rubinstein duality", "WGAN", "earth mover's distance", "optimal transport"),
            derivations=("wasserstein_dual_eq", "wasserstein_dual_le", "wasserstein_step_le", "wasserstein_step_eq"),
            proved_for="three places; any number, a place at a time",
        ),
        Entry(
            called="MMD",
            also=("maximum mean discrepancy", "kernel two-sample"),
            derivations=("mmd_feature_any_eq", "mmd_coins_eq", "mmd_kernel_mean_eq"),
            proved_for="any laws, a feature at a time; two outcomes, any kernel; normal laws, a Gaussian kernel",
        ),
    ),
)
