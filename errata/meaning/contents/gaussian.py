"""Gaussian: what is derived, and what notes call it."""

from __future__ import annotations

from errata.meaning.contents.entry import Entry, Section

SECTION = Section(
    "Gaussian",
    (
        Entry(
            called="KL of normal laws in one dimension, in d dimensions, against N(0, I)",
            also=(
                "Gaussian KL",
                "KL between two Gaussians",
                "Kullback-Leibler divergence",
                "closed form",
                "VAE regulariser",
                "standard normal",
            ),
            derivations=(
                "kl_normal_eq",
                "kl_normal_std_eq",
                "kl_normal_of_two_eq",
                "kl_normal_of_two_std_eq",
                "kl_normal_diagonal_eq",
                "kl_normal_any_step_eq",
                "kl_isotropic_any_eq",
                "kl_product_eq",
            ),
            proved_for="two dimensions in full; any number a coordinate at a time",
        ),
        Entry(
            called="entropy of normal laws",
            also=("Gaussian differential entropy", "multivariate normal"),
            derivations=("entropy_normal_of_two_eq", "entropy_normal_any_eq", "entropy_product_eq"),
            proved_for="any dimension, by the law of the squared distance",
        ),
        Entry(
            called="sums and affine maps of normal laws",
            also=(
                "convolution of Gaussians",
                "linear transformation",
                "moment-generating function",
                "covariance of a linear map",
            ),
            derivations=(
                "sum_normal_eq",
                "affine_normal_eq",
                "linear_map_cov_eq",
                "linear_map_any_step_eq",
                "affine_generating_any_eq",
                "generating_normal_eq",
            ),
            proved_for="any dimension a coordinate at a time",
        ),
        Entry(
            called="conditioning and marginals of normal laws",
            also=(
                "conditional Gaussian",
                "marginal Gaussian",
                "Schur complement",
                "multivariate normal",
                "Mahalanobis distance",
            ),
            derivations=(
                "conditional_normal_eq",
                "marginal_normal_eq",
                "conditional_normal_of_three_eq",
                "conditional_mean_any_step_eq",
                "conditional_cov_any_step_eq",
                "squared_distance_any_step_eq",
                "normal_density_any_step_eq",
                "bordered_solution_eq",
            ),
            proved_for="any dimension a coordinate at a time",
        ),
        Entry(
            called="product of densities, completing the square",
            also=("product of Gaussians",),
            derivations=("product_normal_eq", "complete_square_eq"),
            proved_for="one dimension",
        ),
        Entry(
            called="maximum entropy of a normal law",
            also=("maxent",),
            derivations=("maxent_normal_le", "maxent_normal_var_le"),
            proved_for="any density of that variance",
        ),
        Entry(
            called="decay factors",
            also=("autoregression", "AR(1)", "Ornstein-Uhlenbeck", "variance preserving"),
            derivations=(
                "decay_normal_eq",
                "ar_one_variance_eq",
                "ar_one_correlation_eq",
                "ou_covariance_eq",
                "ou_two_stretches_eq",
                "ou_variance_slope_eq",
                "vp_signal_eq",
            ),
            proved_for="one dimension",
        ),
        Entry(
            called="Stein's identity",
            also=("Stein's lemma", "integration by parts", "Gaussian"),
            derivations=("stein_integrand_eq", "stein_exponential_eq", "stein_covariance_eq"),
            proved_for="any function, up to what is left far out; exponentials outright, a normal pair",
        ),
        Entry(
            called="Tweedie's formula, the heat equation, de Bruijn's identity",
            also=("posterior mean by the score", "entropy and Fisher information", "Gaussian smoothing"),
            derivations=("tweedie_any_law_eq", "heat_equation_eq", "de_bruijn_integrand_eq", "de_bruijn_normal_eq"),
            proved_for=(
                "any law that noise is added to, de Bruijn's up to what is left far out; a normal law outright"
            ),
        ),
    ),
)
