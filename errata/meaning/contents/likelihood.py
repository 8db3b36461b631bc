"""Likelihood: what is derived, and what notes call it."""

from __future__ import annotations

from errata.meaning.contents.entry import Entry, Section

SECTION = Section(
    "Likelihood",
    (
        Entry(
            called=(
                "negative log-likelihood of normal noise: squared error, in one dimension, isotropic, heteroscedastic"
            ),
            also=("nll", "mean squared error", "MSE", "gaussian likelihood", "log-variance"),
            derivations=(
                "nll_normal_mse_any_eq",
                "nll_heteroscedastic_any_eq",
                "nll_normal_eq",
                "nll_normal_mse_eq",
                "nll_normal_logvar_eq",
                "nll_isotropic_eq",
                "nll_heteroscedastic_eq",
            ),
            proved_for="any number of observations; three with two coordinates written out",
        ),
        Entry(
            called="negative log-likelihood of Laplace noise: absolute error",
            also=("mean absolute error", "MAE", "L1 loss"),
            derivations=("nll_laplace_any_eq", "nll_laplace_eq"),
            proved_for="any number of observations",
        ),
        Entry(
            called="negative log-likelihood of a coin: binary cross-entropy, and from logits",
            also=("BCE", "logistic loss", "Bernoulli likelihood"),
            derivations=("nll_logistic_any_eq", "nll_bernoulli_eq", "bce_logits_eq"),
            proved_for="any number of labels from logits; one from a probability",
        ),
        Entry(
            called="negative log-likelihood of a categorical law: cross-entropy, and from logits",
            also=("CE", "softmax cross-entropy", "log-sum-exp", "stable softmax"),
            derivations=("nll_categorical_eq", "ce_logits_eq", "logsumexp_shift_eq"),
            proved_for="three classes",
        ),
        Entry(
            called="negative log-likelihood of a count: Poisson loss",
            also=("Poisson regression",),
            derivations=("nll_poisson_any_eq", "nll_poisson_eq"),
            proved_for="any number of counts",
        ),
        Entry(
            called="products to sums: the log-likelihood of independent draws",
            also=("log-likelihood", "iid"),
            derivations=("nll_normal_mse_eq", "nll_isotropic_eq"),
            proved_for="the log of a product, written out",
        ),
        Entry(
            called="maximum likelihood of a coin, of a mean count and of a rate",
            also=("MLE", "maximum-likelihood estimator", "Bernoulli", "Poisson", "exponential"),
            derivations=("mle_bernoulli_eq", "mle_poisson_eq", "mle_exponential_eq"),
            proved_for="any number of observations, by their sums",
        ),
        Entry(
            called=(
                "maximum likelihood of a normal mean and of a rate, and the slopes in a variance, a mean count "
                "and a share, from the observations themselves"
            ),
            also=("MLE", "score", "score equation", "Gaussian"),
            derivations=(
                "mle_normal_mean_any_eq",
                "mle_exponential_any_eq",
                "score_normal_var_any_eq",
                "score_poisson_any_eq",
                "score_bernoulli_any_eq",
            ),
            proved_for="any number of observations",
        ),
        Entry(
            called="sums of squares and products about the mean",
            also=("sum of deviations", "sample variance", "covariance", "computational formula", "least squares mean"),
            derivations=(
                "deviations_sum_eq",
                "squares_about_mean_eq",
                "squares_about_point_eq",
                "products_about_means_eq",
                "mean_argmin_eq",
            ),
            proved_for="any number of observations",
        ),
        Entry(
            called="maximum likelihood of a normal mean and variance, and the bias",
            also=("MLE", "Bessel's correction", "unbiased variance", "Gaussian"),
            derivations=("mle_normal_mean_eq", "mle_normal_var_eq", "var_mle_mean_eq", "var_mle_of_two_eq"),
            proved_for="three observations; any n by sums",
        ),
        Entry(
            called="maximum likelihood of a categorical law, with Lagrange's multiplier",
            also=("MLE", "relative frequencies", "multinomial", "Lagrangian"),
            derivations=("mle_categorical_le", "lagrange_categorical_eq"),
            proved_for="three classes; the slope for one class of any number",
        ),
        Entry(
            called="maximum likelihood of an exponential family",
            also=(
                "MLE",
                "moment matching",
                "log-partition function",
                "cumulants",
                "sufficient statistics",
                "natural parameters",
            ),
            derivations=(
                "family_score_eq",
                "mle_family_ge",
                "family_mean_eq",
                "family_variance_eq",
                "exponential_family_mean_eq",
            ),
            proved_for="any base law",
        ),
        Entry(
            called="normal equations of a line, its residuals, and the squared error as its likelihood",
            also=("simple linear regression", "ordinary least squares", "OLS"),
            derivations=(
                "regression_intercept_slope_eq",
                "regression_weight_slope_eq",
                "residuals_sum_eq",
                "nll_line_any_eq",
            ),
            proved_for="any number of observations; one feature",
        ),
        Entry(
            called="telescoping and geometric sums, moving averages, discounted returns",
            also=("geometric series", "exponential moving average", "EMA", "return"),
            derivations=(
                "telescope_eq",
                "telescope_fractions_eq",
                "geometric_sum_eq",
                "moving_average_step_eq",
                "return_step_eq",
            ),
            proved_for="any number of terms",
        ),
        Entry(
            called="log-sum-exp, cross-entropy from logits and its gradient p̂ − y",
            also=("softmax", "logits", "CE"),
            derivations=("logsumexp_any_eq", "ce_any_eq", "ce_true_slope_eq", "ce_other_slope_eq"),
            proved_for="any number of classes",
        ),
        Entry(
            called="least squares and its normal equations",
            also=("ordinary least squares", "OLS", "linear regression"),
            derivations=("ridge_slope_any_eq", "ols_normal_equations_eq"),
            proved_for="two features with a ridge and any number of observations; three observations in one",
        ),
        Entry(
            called="gradients (p̂ − y)x, softmax Jacobian, logits",
            also=("logistic regression", "sigmoid derivative", "softmax derivative", "cross-entropy gradient"),
            derivations=(
                "logistic_gradient_eq",
                "sigmoid_slope_eq",
                "softmax_jacobian_diag_eq",
                "softmax_jacobian_off_eq",
                "ce_logit_gradient_eq",
            ),
            proved_for="three classes",
        ),
        Entry(
            called="the softmax Jacobian and p̂ − y, in the logit of any class",
            also=("softmax derivative", "cross-entropy gradient"),
            derivations=("softmax_any_own_eq", "softmax_any_other_eq", "ce_any_slope_eq"),
            proved_for="any number of classes",
        ),
        Entry(
            called="the GLM identity: canonical link, any link",
            also=("generalised linear model", "link function", "generalized linear model"),
            derivations=(
                "glm_canonical_slope_eq",
                "glm_any_link_slope_eq",
                "glm_mean_slope_eq",
                "glm_poisson_slope_eq",
            ),
            proved_for="any base law; a link by value and slope",
        ),
        Entry(
            called="conditional mean, median and mode as best predictors",
            also=(
                "Bayes-optimal predictor",
                "risk",
                "squared loss",
                "absolute loss",
                "zero-one loss",
                "Brier score",
                "proper scoring rule",
            ),
            derivations=("squared_risk_eq", "squared_risk_ge", "median_risk_ge", "mode_risk_ge", "brier_eq"),
            proved_for="any law for the mean; three values, two classes",
        ),
        Entry(
            called="empirical risk",
            also=("risk", "average loss", "ERM"),
            derivations=("empirical_risk_eq",),
            proved_for="two losses",
        ),
        Entry(
            called="Fisher information, as the mean square of the score and as minus its mean slope",
            also=("information", "expected Hessian", "Poisson", "Bernoulli", "exponential", "normal"),
            derivations=(
                "fisher_poisson_eq",
                "fisher_bernoulli_eq",
                "fisher_exponential_eq",
                "fisher_normal_mean_eq",
                "fisher_normal_std_eq",
            ),
            proved_for="one observation of each law",
        ),
        Entry(
            called="bias and variance, of any estimate, of ridge, and the best penalty",
            also=("bias-variance decomposition", "trade-off", "mean squared error of an estimator"),
            derivations=("bias_variance_any_eq", "ridge_bias_variance_eq", "ridge_best_penalty_eq"),
            proved_for="any laws of data and noise; ridge with one feature, any number of observations",
        ),
        Entry(
            called="residuals and optimism of least squares",
            also=("degrees of freedom", "training error", "hat matrix"),
            derivations=("least_squares_fit_eq", "optimism_eq"),
            proved_for="any numbers of weights and observations",
        ),
        Entry(
            called="errors of the weights: least squares, ridge, the shortest exact fit, at given inputs",
            also=(
                "variance of the least squares estimator",
                "OLS",
                "ridge regression",
                "minimum-norm interpolation",
                "pseudo-inverse",
                "fixed design",
            ),
            derivations=(
                "ols_weights_any_eq",
                "ridge_weights_any_eq",
                "minimum_norm_weights_any_eq",
                "ols_beside_another_any_eq",
            ),
            proved_for="inputs of any size, by their singular values; the variance of a weight beside one other",
        ),
        Entry(
            called="double descent at normal inputs, on both sides of the threshold",
            also=(
                "ridgeless regression",
                "interpolation threshold",
                "overparameterised",
                "benign overfitting",
                "random design",
            ),
            derivations=("ols_random_inputs_eq", "minimum_norm_random_inputs_eq"),
            proved_for="any numbers of weights and observations, independent standard normal inputs",
        ),
        Entry(
            called="Cauchy-Schwarz, and the bound of Cramér and Rao",
            also=("Cramér-Rao", "Cramer-Rao lower bound", "efficiency"),
            derivations=("covariance_squared_le", "score_covariance_eq", "cramer_rao_le"),
            proved_for="any law; an exponential family with any base law, any estimate",
        ),
        Entry(
            called="the natural gradient: KL to second order, the steepest step, its invariance",
            also=("Fisher metric", "information geometry", "trust region", "reparameterisation"),
            derivations=(
                "kl_bend_eq",
                "natural_gradient_steepest_eq",
                "natural_gradient_ball_le",
                "natural_gradient_invariant_eq",
                "natural_gradient_normal_eq",
            ),
            proved_for="any law, any number of parameters; two parameters for the invariance",
        ),
        Entry(
            called="means that reach the bound of Cramér and Rao",
            also=("efficient estimator", "efficiency", "sample mean"),
            derivations=(
                "efficient_normal_eq",
                "efficient_bernoulli_eq",
                "efficient_poisson_eq",
                "efficient_exponential_eq",
            ),
            proved_for="any number of draws of each law",
        ),
        Entry(
            called="Chernoff's exponent, and the rates that are divergences",
            also=("Chernoff bound", "large deviations", "Cramér", "rate function"),
            derivations=(
                "chernoff_normal_eq",
                "chernoff_normal_rate_eq",
                "chernoff_coin_exponent_eq",
                "chernoff_coin_rate_eq",
                "chernoff_count_exponent_eq",
                "chernoff_count_rate_eq",
            ),
            proved_for="a normal law, a coin, a count",
        ),
        Entry(
            called="tails: Markov, Chebyshev, Chernoff",
            also=("concentration inequality", "Markov's inequality", "Chebyshev's inequality", "tail bound"),
            derivations=("markov_le", "chebyshev_le", "chernoff_le", "chernoff_normal_le", "chernoff_binomial_le"),
            proved_for="any law, any variable; a normal law; any number of coins",
        ),
        Entry(
            called="Hoeffding's lemma and bound",
            also=("concentration inequality", "Hoeffding's inequality", "sub-Gaussian"),
            derivations=(
                "hoeffding_coin_le",
                "hoeffding_lemma_le",
                "hoeffding_exponent_eq",
                "hoeffding_binomial_le",
                "hoeffding_mean_le",
            ),
            proved_for=(
                "any variable between two bounds, under any law; the bound for any number of coins, and of any "
                "draws from the product of their generating functions on"
            ),
        ),
    ),
)
