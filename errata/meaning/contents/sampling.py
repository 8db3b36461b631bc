"""Sampling: what is derived, and what notes call it."""

from __future__ import annotations

from errata.meaning.contents.entry import Entry, Section

SECTION = Section(
    "Sampling",
    (
        Entry(
            called="inverse cdf",
            also=("inverse transform sampling", "quantile", "exponential", "logistic"),
            derivations=("inverse_cdf_exponential_eq", "inverse_cdf_logistic_eq"),
            proved_for="two laws",
        ),
        Entry(
            called="Box-Muller",
            also=("normal random numbers",),
            derivations=("box_muller_eq",),
            proved_for="the volume of the map",
        ),
        Entry(
            called="Gumbel-max",
            also=("Gumbel trick", "categorical sampling", "exponential race"),
            derivations=("gumbel_density_eq", "gumbel_max_eq", "exponential_race_eq"),
            proved_for="three classes",
        ),
        Entry(
            called="invariance of Metropolis-Hastings and Gibbs",
            also=("detailed balance", "MCMC", "acceptance probability", "Gibbs sampling"),
            derivations=("metropolis_balance_eq", "metropolis_invariance_eq", "gibbs_invariance_eq"),
            proved_for="any two states; two coordinates of two values",
        ),
        Entry(
            called="leapfrog: volume and reversibility",
            also=("Hamiltonian Monte Carlo", "HMC", "symplectic", "volume preservation"),
            derivations=("leapfrog_volume_eq", "leapfrog_position_reverses_eq", "leapfrog_momentum_reverses_eq"),
            proved_for="a cubic potential",
        ),
        Entry(
            called="importance sampling",
            also=("importance weights", "variance of weights", "effective sample size"),
            derivations=(
                "importance_any_eq",
                "importance_variance_any_eq",
                "importance_mean_eq",
                "importance_square_shift_eq",
                "importance_square_scale_eq",
            ),
            proved_for="any laws, any function; a coin and normal laws written out",
        ),
        Entry(
            called="AIS",
            also=("annealed importance sampling", "partition function"),
            derivations=("annealed_weight_eq",),
            proved_for="two temperatures, two states",
        ),
        Entry(
            called="temperature and entropy",
            also=("softmax temperature", "sampling temperature"),
            derivations=("temperature_entropy_slope_eq",),
            proved_for="three classes",
        ),
        Entry(
            called="top-k and top-p",
            also=("nucleus sampling", "truncation"),
            derivations=("top_k_kl_eq", "top_p_tv_eq"),
            proved_for="three classes",
        ),
    ),
)
