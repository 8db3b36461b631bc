"""Maximum likelihood, Bayesian learning, MAP, least squares, intervals: rows 54 to 58."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, gradient, worst
from reference_models.learning import estimation

PAGE = "reference_models.learning.estimation"


def _normal_stationary(model: Model, draw: Draw) -> Outcome:
    x = draw.normal(7) * 2 + 1
    mean, var = model.normal_mle(x)
    by_mean = gradient(lambda m: model.mean_nll(model.normal_log_prob(x, m, var)), mean)
    by_var = gradient(lambda v: model.mean_nll(model.normal_log_prob(x, mean, v)), var)
    return worst(equal(by_mean, 0.0), equal(by_var, 0.0))


def _bias_of_variance(model: Model, draw: Draw) -> Outcome:
    values, law, n = draw.normal(3), draw.simplex(3), 4
    index = torch.cartesian_prod(*[torch.arange(3, device=values.device)] * n)
    chance = law[index].prod(-1)
    _, var = model.normal_mle(values[index].mT)
    mean = (law * values).sum()
    return equal((chance * var).sum(), (n - 1) / n * (law * (values - mean) ** 2).sum())


def _projection(model: Model, draw: Draw) -> Outcome:
    counts, law = draw.integers(1, 9, 5).to(torch.float64), draw.simplex(6, 5)
    p = counts / counts.sum()
    kl = (p * torch.log(p / law)).sum(-1)
    entropy = -(p * torch.log(p)).sum()
    best = model.categorical_nll(counts, model.categorical_mle(counts))
    return worst(equal(model.categorical_nll(counts, law) - kl, entropy), equal(best, entropy))


def _equivariance(model: Model, draw: Draw) -> Outcome:
    x = draw.uniform(0.1, 3, 9)
    scale = 1 / model.exponential_mle(x)
    return equal(gradient(lambda s: model.mean_nll(-torch.log(s) - x / s), scale), 0.0)


MAXIMUM_LIKELIHOOD = Specification(
    name="maximum_likelihood",
    family="learning",
    systems=(54,),
    title="Maximum likelihood",
    statement="θ̂ = argmax Σ log p(x_i | θ) = argmin KL(p̂ ‖ p_θ)",
    page=PAGE,
    functions={
        "mean_nll": estimation.mean_nll,
        "normal_log_prob": estimation.normal_log_prob,
        "normal_mle": estimation.normal_mle,
        "exponential_mle": estimation.exponential_mle,
        "categorical_nll": estimation.categorical_nll,
        "categorical_mle": estimation.categorical_mle,
    },
    properties=(
        Property(
            "the gradient vanishes at the normal MLE",
            _normal_stationary,
            Mutant("the variance is divided by n − 1", {"normal_mle": lambda x: (x.mean(0), x.var(0))}),
        ),
        Property(
            "the variance is biased by (n − 1)/n: all samples of a three-point law",
            _bias_of_variance,
            Mutant("the variance is divided by n − 1", {"normal_mle": lambda x: (x.mean(0), x.var(0))}),
        ),
        Property(
            "NLL − KL to the frequencies is their entropy, whatever the model",
            _projection,
            Mutant(
                "the outcomes are weighted by the model",
                {"categorical_nll": lambda n, q: -torch.xlogy(q, n / n.sum()).sum(-1)},
            ),
        ),
        Property(
            "equivariance: the MLE of the scale is one over that of the rate",
            _equivariance,
            Mutant("unbiased instead: (n − 1)/Σx", {"exponential_mle": lambda x: (x.shape[0] - 1) / x.sum(0)}),
        ),
    ),
    source="Casella and Berger 2002, section 7.2",
    conventions=("the variance is divided by n", "sums over the data; mean_nll is a mean"),
)


def _grid(draw: Draw, n: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Log-weights of a uniform prior on 40 Gauss-Legendre nodes in (0, 1), and n tosses' log-likelihoods."""
    t, w = np.polynomial.legendre.leggauss(40)
    p, x = (1 + draw.tensor(t)) / 2, draw.bits(n, 1)
    return torch.log(draw.tensor(w) / 2), p, x[:, 0], torch.xlogy(x, p) + torch.xlogy(1 - x, 1 - p)


def _evidence(model: Model, draw: Draw) -> Outcome:
    prior, _, x, likelihood = _grid(draw, 8)
    s, n = x.sum(), draw.tensor(8.0)
    return equal(
        model.log_evidence(prior, likelihood), torch.lgamma(s + 1) + torch.lgamma(n - s + 1) - torch.lgamma(n + 2)
    )


def _sequential(model: Model, draw: Draw) -> Outcome:
    prior, _, _, likelihood = _grid(draw, 8)
    step = model.log_posterior(model.log_posterior(prior, likelihood[:3]), likelihood[3:])
    return equal(step, model.log_posterior(prior, likelihood))


def _predictive(model: Model, draw: Draw) -> Outcome:
    prior, p, x, likelihood = _grid(draw, 6)
    found = model.log_predictive(model.log_posterior(prior, likelihood), torch.log(p))
    return equal(torch.exp(found), (1 + x.sum()) / (2 + 6))


def _prequential(model: Model, draw: Draw) -> Outcome:
    prior, _, _, likelihood = _grid(draw, 5)
    parts = [model.log_predictive(model.log_posterior(prior, likelihood[:i]), likelihood[i]) for i in range(5)]
    return equal(torch.stack(parts).sum(), torch.logsumexp(prior + likelihood.sum(0), 0))


BAYESIAN = Specification(
    name="bayesian_learning",
    family="learning",
    systems=(55,),
    title="Bayesian learning",
    statement="p(θ | D) = p(θ) Π p(x_i | θ) / ∫ p(θ) Π p(x_i | θ) dθ",
    page=PAGE,
    functions={
        "log_evidence": estimation.log_evidence,
        "log_posterior": estimation.log_posterior,
        "log_predictive": estimation.log_predictive,
    },
    properties=(
        Property(
            "the evidence of tosses under a uniform prior is a Beta integral",
            _evidence,
            Mutant("the prior is left out", {"log_evidence": lambda prior, lik: torch.logsumexp(lik.sum(0), -1)}),
        ),
        Property(
            "updating in two steps is updating at once",
            _sequential,
            Mutant(
                "log-likelihoods are averaged",
                {"log_posterior": lambda prior, lik: torch.log_softmax(prior + lik.mean(0), -1)},
            ),
        ),
        Property(
            "the next toss: Laplace's rule (1 + s)/(2 + n)",
            _predictive,
            Mutant(
                "the plug-in estimate at the mode",
                {"log_predictive": lambda post, lik: lik[..., int(post.argmax())]},
            ),
        ),
        Property(
            "the evidence is the product of the predictives",
            _prequential,
            Mutant("the posterior isn't normalised", {"log_posterior": lambda prior, lik: prior + lik.sum(0)}),
        ),
    ),
    source="Bishop 2006, section 1.2.3",
    conventions=("parameters on a grid whose weights are the prior",),
)


def _design(draw: Draw) -> tuple[Tensor, Tensor]:
    X = draw.normal(9, 3)
    w = (2 * draw.bits(3) - 1) * draw.uniform(1, 2, 3)
    return X, X @ w + 0.5 * draw.normal(9)


def _ridge_stationary(model: Model, draw: Draw) -> Outcome:
    X, y = _design(draw)
    var, tau2 = draw.uniform(0.2, 0.9), draw.uniform(1.2, 3)
    w = model.ridge(X, y, var, tau2)
    return equal(gradient(lambda v: model.negative_log_posterior(v, X, y, var, tau2), w), 0.0)


def _ridge_conditional(model: Model, draw: Draw) -> Outcome:
    X, y = _design(draw)
    var, tau2 = draw.uniform(0.2, 0.9), draw.uniform(1.2, 3)
    cov = tau2 * X @ X.mT + var * torch.eye(9, dtype=X.dtype, device=X.device)
    return equal(model.ridge(X, y, var, tau2), tau2 * X.mT @ torch.linalg.solve(cov, y))


def _lasso_kkt(model: Model, draw: Draw) -> Outcome:
    X, y = _design(draw)
    var, b = draw.uniform(0.2, 1), draw.uniform(0.2, 1)
    w = model.lasso(X, y, var, b, 100)
    slope = X.mT @ (y - X @ w) / var
    on = equal(torch.where(w != 0, slope - torch.sign(w) / b, 0.0), 0.0, 1e-8)
    return worst(on, at_most(slope.abs(), 1 / b, 1e-8))


def _flat(model: Model, draw: Draw) -> Outcome:
    X, y = _design(draw)
    return close(
        model.ridge(X, y, draw.tensor(0.5), draw.tensor(1e12)), torch.linalg.lstsq(X, y[:, None])[0][:, 0], 1e-8
    )


def _not_invariant(model: Model, draw: Draw) -> Outcome:
    s, f, a, b = draw.uniform(1, 5, 4)

    def log_density_of_logit(u: Tensor) -> Tensor:
        p = torch.sigmoid(u)
        return (a + s - 1) * torch.log(p) + (b + f - 1) * torch.log(1 - p) + torch.log(p * (1 - p))

    p = model.beta_map(s, f, a, b)
    by_p = gradient(lambda q: (a + s - 1) * torch.log(q) + (b + f - 1) * torch.log(1 - q), p)
    return worst(
        equal(by_p, 0.0), equal(gradient(log_density_of_logit, torch.logit(model.beta_map_of_logit(s, f, a, b))), 0.0)
    )


def _sklearn_map(inputs: Mapping[str, Any]) -> Answers:
    from sklearn.linear_model import Lasso, Ridge

    X, y = np.array(inputs["X"]), np.array(inputs["y"])
    var, tau2, b = inputs["var"], inputs["tau2"], inputs["b"]
    lasso = Lasso(alpha=var / (len(y) * b), fit_intercept=False, tol=1e-14, max_iter=100_000).fit(X, y)
    return {"ridge": Ridge(alpha=var / tau2, fit_intercept=False).fit(X, y).coef_, "lasso": lasso.coef_}


def _our_map(model: Model, inputs: Mapping[str, Any]) -> Answers:
    X, y, var, tau2, b = (torch.tensor(inputs[n], dtype=torch.float64) for n in ("X", "y", "var", "tau2", "b"))
    return {"ridge": model.ridge(X, y, var, tau2), "lasso": model.lasso(X, y, var, b)}


DESIGN = {
    "X": [[1.0, 0.5, -0.3], [0.2, -1.1, 0.8], [-0.7, 0.4, 1.5], [1.3, 0.9, 0.1], [-0.2, -0.6, -1.2], [0.5, 1.4, 0.6]],
    "y": [1.2, -0.4, -1.9, 1.1, 0.9, 0.3],
}

MAP = Specification(
    name="map_estimation",
    family="learning",
    systems=(56,),
    title="Maximum a posteriori estimation",
    statement="θ̂ = argmax Σ log p(x_i | θ) + log p(θ); ridge (XᵀX + (σ²/τ²) I)⁻¹Xᵀy",
    page=PAGE,
    functions={
        "negative_log_posterior": estimation.negative_log_posterior,
        "ridge": estimation.ridge,
        "lasso": estimation.lasso,
        "beta_map": estimation.beta_map,
        "beta_map_of_logit": estimation.beta_map_of_logit,
    },
    properties=(
        Property(
            "ridge is stationary for the negative log-posterior",
            _ridge_stationary,
            Mutant("λ = var · tau2", {"ridge": lambda X, y, v, t: estimation.ridge(X, y, v, 1 / t)}),
        ),
        Property(
            "ridge is the mean of the Gaussian posterior, by conditioning on y",
            _ridge_conditional,
            Mutant(
                "λ = 1/tau2: the noise variance is lost", {"ridge": lambda X, y, v, t: estimation.ridge(X, y, v / v, t)}
            ),
        ),
        Property(
            "lasso meets the conditions of Karush, Kuhn and Tucker",
            _lasso_kkt,
            Mutant("the penalty is halved", {"lasso": lambda X, y, v, b, n: estimation.lasso(X, y, v / 2, b, n)}),
        ),
        Property(
            "a flat prior gives the MLE",
            _flat,
            Mutant(
                "the prior's variance is taken for its precision",
                {"ridge": lambda X, y, v, t: estimation.ridge(X, y, v, 1 / t)},
            ),
        ),
        Property(
            "the mode moves with the parameterisation, by the Jacobian",
            _not_invariant,
            Mutant("the mode in p is taken for that in logit p", {"beta_map_of_logit": estimation.beta_map}),
        ),
    ),
    source="Bishop 2006, section 3.1.4",
    oracles=(
        Oracle(
            package="scikit-learn",
            inputs={**DESIGN, "var": 0.7, "tau2": 1.9, "b": 0.6},
            ask=_sklearn_map,
            tell=_our_map,
            tolerance=1e-10,
            conversion="Ridge alpha = var/tau2; Lasso divides the squares by 2n, so alpha = var/(n b); no intercept",
        ),
    ),
    conventions=("tau2 is a variance, b a scale", "no intercept"),
)


def _orthogonal(model: Model, draw: Draw) -> Outcome:
    X, y = _design(draw)
    return equal(X.mT @ (y - X @ model.least_squares(X, y)), 0.0)


def _gaussian_mle(model: Model, draw: Draw) -> Outcome:
    X, y = _design(draw)
    var = draw.uniform(0.3, 2)
    w = model.least_squares(X, y)
    return equal(gradient(lambda v: estimation.normal_log_prob(y, X @ v, var).sum(), w), 0.0)


def _statsmodels(inputs: Mapping[str, Any]) -> Answers:
    from statsmodels.api import OLS

    return {"w": OLS(np.array(inputs["y"]), np.array(inputs["X"])).fit().params}


def _our_squares(model: Model, inputs: Mapping[str, Any]) -> Answers:
    X, y = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("X", "y"))
    return {"w": model.least_squares(X, y)}


LEAST_SQUARES = Specification(
    name="least_squares",
    family="learning",
    systems=(57,),
    title="Least squares",
    statement="ŵ = (XᵀX)⁻¹ Xᵀy",
    page=PAGE,
    functions={"least_squares": estimation.least_squares},
    properties=(
        Property(
            "residuals are orthogonal to the regressors",
            _orthogonal,
            Mutant(
                "a ridge of 0.01 is left in",
                {"least_squares": lambda X, y: estimation.ridge(X, y, y.new_tensor(0.01), y.new_tensor(1.0))},
            ),
        ),
        Property(
            "it maximises the Gaussian likelihood, whatever the variance",
            _gaussian_mle,
            Mutant(
                "regressors are centred without an intercept",
                {"least_squares": lambda X, y: estimation.least_squares(X - X.mean(0), y)},
            ),
        ),
    ),
    source="Bishop 2006, section 3.1.1",
    oracles=(Oracle("statsmodels", DESIGN, _statsmodels, _our_squares, 1e-12, "the same: no constant is added"),),
    conventions=("no intercept",),
)


def _bernoulli(p: Tensor) -> Tensor:
    return torch.stack([1 - p, p])


def _information(model: Model, draw: Draw) -> Outcome:
    p = draw.uniform(0.1, 0.9)
    curvature = torch.func.hessian(lambda q: torch.log(_bernoulli(q)))(p)
    found = model.fisher_information(_bernoulli, p)
    return worst(close(found, 1 / (p * (1 - p))), close(found, -(_bernoulli(p) * curvature).sum()))


def _coverage(model: Model, draw: Draw) -> Outcome:
    n, p = 400, draw.uniform(0.3, 0.7)
    k = torch.arange(1, n, dtype=torch.float64, device=p.device)
    estimate = k / n
    low, high = model.wald_interval(estimate, 1 / (estimate * (1 - estimate)), n, 1.959964)
    ways = torch.lgamma(draw.tensor(n + 1.0)) - torch.lgamma(k + 1) - torch.lgamma(n - k + 1)
    chance = torch.exp(ways + k * torch.log(p) + (n - k) * torch.log(1 - p))
    return equal((chance * ((low <= p) & (p <= high))).sum(), 0.95, 0.015)


def _resampled(model: Model, draw: Draw) -> Outcome:
    x, n = draw.normal(4), 4
    every = torch.cartesian_prod(*[torch.arange(n, device=x.device)] * n)
    means = model.bootstrap(x, torch.mean, every)
    return equal(means.var(correction=0), x.var(correction=0) / n)


INTERVALS = Specification(
    name="wald_and_bootstrap_intervals",
    family="learning",
    systems=(58,),
    title="Fisher-information intervals and the bootstrap",
    statement="θ̂ ± z/√(n I(θ̂)); the statistic of resamples with replacement",
    page=PAGE,
    functions={
        "fisher_information": estimation.fisher_information,
        "wald_interval": estimation.wald_interval,
        "bootstrap": estimation.bootstrap,
    },
    properties=(
        Property(
            "the information is minus the mean curvature, 1/(p(1 − p)) for Bernoulli",
            _information,
            Mutant(
                "outcomes aren't weighted by their probability",
                {"fisher_information": lambda f, t: ((torch.func.jacrev(f)(t) / f(t)) ** 2).mean()},
            ),
        ),
        Property(
            "coverage at n = 400 is near its nominal 95 %, summed over all outcomes",
            _coverage,
            Mutant(
                "z is divided by √(n / I)",
                {"wald_interval": lambda e, i, n, z: (e - z / torch.sqrt(n / i), e + z / torch.sqrt(n / i))},
            ),
        ),
        Property(
            "over all resamples the mean has variance σ̂²/n, which is 1/(n I)",
            _resampled,
            Mutant(
                "resamples lose one observation",
                {"bootstrap": lambda x, f, rows: estimation.bootstrap(x, f, rows[:, 1:])},
            ),
        ),
    ),
    source="Casella and Berger 2002, section 10.4; Efron and Tibshirani 1993, chapter 6",
    conventions=("I is the information in one observation",),
)

SPECIFICATIONS = (MAXIMUM_LIKELIHOOD, BAYESIAN, MAP, LEAST_SQUARES, INTERVALS)
