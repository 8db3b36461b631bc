"""Conjugacy: what is derived, and what notes call it."""

from __future__ import annotations

from errata.meaning.contents.entry import Entry, Section

SECTION = Section(
    "Conjugacy",
    (
        Entry(
            called="conjugate posteriors: Beta-Bernoulli, Dirichlet-categorical, Normal-Normal, Gamma-Poisson",
            also=("conjugacy", "conjugate prior", "Bayes", "posterior"),
            derivations=("posterior_beta_eq", "posterior_dirichlet_eq", "posterior_normal_eq", "posterior_gamma_eq"),
            proved_for="three classes; else as stated",
        ),
        Entry(
            called="Pareto: the end of a uniform law, and the shape",
            also=("conjugate prior", "German tank", "uniform likelihood"),
            derivations=(
                "posterior_pareto_eq",
                "predictive_pareto_eq",
                "posterior_pareto_shape_eq",
                "mle_pareto_shape_eq",
            ),
            proved_for="any number of data",
        ),
        Entry(
            called="Laplace's approximation",
            also=("Laplace approximation", "Gaussian approximation of a posterior", "saddle point"),
            derivations=("laplace_parabola_eq", "laplace_gamma_eq", "laplace_gamma_mode_eq", "laplace_beta_logit_eq"),
            proved_for="one parameter: a parabola, a Gamma and a Beta posterior",
        ),
        Entry(
            called="BIC",
            also=("Bayesian information criterion", "Schwarz criterion", "model evidence", "marginal likelihood"),
            derivations=("bic_normal_eq", "bic_limit_eq", "bic_dimension_eq"),
            proved_for="any number of normal draws; three parameters",
        ),
        Entry(
            called="sequential = batch",
            also=("sequential updating", "online Bayes", "recursive posterior"),
            derivations=("sequential_beta_eq", "sequential_normal_eq"),
            proved_for="two batches",
        ),
        Entry(
            called="predictive laws",
            also=("posterior predictive", "predictive distribution", "rule of succession"),
            derivations=(
                "predictive_coin_eq",
                "predictive_normal_eq",
                "predictive_poisson_eq",
                "predictive_variance_eq",
            ),
            proved_for="one new observation",
        ),
        Entry(
            called="the posterior mean between prior mean and MLE",
            also=("shrinkage", "pseudo-counts", "weighted average"),
            derivations=("beta_posterior_mean_eq", "gamma_posterior_mean_eq", "normal_posterior_mean_eq"),
            proved_for="any data, by their mean",
        ),
    ),
)
