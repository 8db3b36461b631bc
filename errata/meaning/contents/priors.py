"""Priors: what is derived, and what notes call it."""

from __future__ import annotations

from errata.meaning.contents.entry import Entry, Section

SECTION = Section(
    "Priors",
    (
        Entry(
            called="priors to penalties: Gaussian → L2, Laplace → L1, elastic net, Student-t",
            also=("MAP", "maximum a posteriori", "regularisation", "ridge", "lasso", "weight penalty"),
            derivations=(
                "map_normal_prior_eq",
                "map_laplace_prior_eq",
                "map_elastic_net_prior_eq",
                "map_student_prior_eq",
                "student_slope_eq",
                "student_penalty_le",
            ),
            proved_for="one weight",
        ),
        Entry(
            called="λ in every convention, and scikit-learn's",
            also=("regularisation strength", "alpha", "C", "ridge", "lasso", "elastic net"),
            derivations=(
                "ridge_half_eq",
                "ridge_mean_eq",
                "ridge_half_mean_eq",
                "map_ridge_eq",
                "lasso_sklearn_eq",
                "elastic_net_sklearn_eq",
                "logistic_sklearn_eq",
            ),
            proved_for="any data, by their sums",
        ),
        Entry(
            called="weight decay",
            also=("L2 regularisation", "SGD"),
            derivations=("weight_decay_eq",),
            proved_for="one step",
        ),
        Entry(
            called="soft threshold, and why zero",
            also=("lasso", "L1", "sparsity", "proximal operator"),
            derivations=("soft_threshold_above_eq", "soft_threshold_within_eq", "lasso_zero_ge"),
            proved_for="one weight",
        ),
        Entry(
            called="ridge in closed form",
            also=("ridge regression", "L2", "Tikhonov"),
            derivations=("ridge_eq", "ridge_gradient_of_two_eq"),
            proved_for="one weight; two weights, two observations",
        ),
        Entry(
            called="MAP = MLE under a flat prior; MAP is not invariant",
            also=("maximum a posteriori", "uniform prior", "reparameterisation"),
            derivations=("map_flat_prior_eq", "map_beta_eq", "map_beta_logit_eq"),
            proved_for="one weight; a coin",
        ),
    ),
)
