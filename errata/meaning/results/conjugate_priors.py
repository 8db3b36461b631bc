"""Conjugate priors: posterior laws, their means, predictive laws and evidence, by rate and by scale."""

from __future__ import annotations

from errata.meaning.results.law_likelihoods import MEAN, SUCCESSES, N
from errata.meaning.results.result import Result, Slot

SOURCE = "Gelman et al., Bayesian Data Analysis, chapters 2 and 3"
POS, UNIT = "positive", "unit"
A, B = Slot("a", POS, (), (r"\alpha", "a_0", r"\alpha_0")), Slot("b", POS, (), (r"\beta", "b_0", r"\beta_0"))
RATE = Slot("b", POS, ("rate",), (r"\beta", "b_0", r"\beta_0"))
SCALE = Slot(r"\theta", POS, ("scale",), (r"\beta", "b"))
CHANCE = Slot(r"\theta", "random unit", (), ("p", r"\pi", r"\mu"))
LAMBDA = Slot(r"\lambda", "random positive", ("rate",), (r"\theta", r"\mu"))
GIVEN = Slot("x", POS, (), ("D", r"\mathcal D", "y", "X", "k", r"\mathbf x"))
TRIALS = Slot("n", "natural", ("tosses", "trials"), ("N", "m"))
FAILURES = Slot("t", POS, ("tails", "failures", "zeros"), ("f", "N_0", "n_0", "N_T"))
KNOWN = Slot(r"\mu", "real", ("mean",), ("m",))
TAU, SIGMA = Slot(r"\tau", POS, ("prior",), (r"\sigma_0",)), Slot(r"\sigma", POS, ("noise",), ("s",))
ALPHA = Slot(r"\alpha", POS)
COUNTS = Slot("n", POS, (), ("N", "c", "m", "x"))
DENSITY = Slot("p", POS, (), ("f", r"\pi", "P", "m"))


def _posterior(
    name: str, words: tuple[str, ...], parameter: str, law: str, *parameters: str, slots: tuple[Slot, ...] = ()
) -> Result:
    """A posterior law, by each way to write it; its parameters stand in each convention."""
    sides = [
        side
        for inside in parameters
        for side in (
            rf"{parameter} \mid x \sim {law}({inside})", rf"{parameter} \mid x_1, \dots, x_n \sim {law}({inside})",
            rf"p({parameter} \mid x) = {law}({inside})", rf"p({parameter} \mid x) = {law}({parameter} \mid {inside})",
        )
    ]  # fmt: skip
    first, *rest = sides
    return Result(f"{name}_posterior", words, first, (DENSITY, *slots), "check", SOURCE, tuple(rest))


def _moment(
    name: str,
    words: tuple[str, ...],
    parameter: str,
    *values: str,
    slots: tuple[Slot, ...] = (),
    beside: tuple[str, ...] = (),
) -> Result:
    """A mean under the posterior; ``beside`` are its modes."""
    first, *rest = (
        side
        for value in values
        for side in (
            rf"\mathbb E[{parameter} \mid x] = {value}", rf"\mathbb E[{parameter} \mid x_1, \dots, x_n] = {value}",
            rf"\hat{parameter} = {value}",
        )
    )  # fmt: skip
    hat = Slot(
        rf"\hat{parameter}", POS, (), (rf"\hat{parameter}_{{\text{{MAP}}}}", rf"\hat{parameter}_{{\text{{Bayes}}}}")
    )
    return Result(name, words, first, (hat, *slots), "check", SOURCE, tuple(rest), beside=beside)


def _named(
    name: str, words: tuple[str, ...], *forms: str, slots: tuple[Slot, ...] = (), beside: tuple[str, ...] = ()
) -> Result:
    first, *rest = forms
    return Result(name, words, first, slots, "check", SOURCE, tuple(rest), beside=beside)


BETA = r"\operatorname{Beta}"
COIN = (CHANCE, GIVEN, A, B, SUCCESSES, FAILURES, TRIALS)
GAMMA_POISSON = ("gamma-poisson", "poisson", "gamma prior", "conjugate")
GAMMA_EXPONENTIAL = ("gamma-exponential", "exponential")

RESULTS = (
    _posterior("beta_binomial", ("beta-binomial", "binomial", "bernoulli", "coin", "beta"), r"\theta", BETA,
               "a + k, b + n - k", "a + k, b + t", "k + 1, n - k + 1", slots=COIN),
    _posterior("beta_bernoulli", ("bernoulli", "coin", "beta"), r"\theta", BETA,
               r"a + \sum_{i=1}^n x_i, b + n - \sum_{i=1}^n x_i", slots=COIN),
    _posterior("beta_geometric", ("geometric",), r"\theta", BETA, r"a + n, b + \sum_{i=1}^n x_i - n",
               r"a + n, b + \sum_{i=1}^n x_i", slots=(CHANCE, GIVEN, A, B, N)),
    _posterior("beta_negative_binomial", ("negative binomial",), r"\theta", BETA, r"a + n r, b + \sum_{i=1}^n x_i",
               slots=(CHANCE, GIVEN, A, B, N, Slot("r", POS))),
    _posterior("inverse_gamma_variance", ("inverse gamma", "inverse-gamma"), r"\sigma^2", r"\operatorname{IG}",
               r"a + \frac n2, b + \frac12 \sum_{i=1}^n (x_i - \mu)^2",
               slots=(Slot(r"\sigma", "random positive"), Slot(r"\operatorname{IG}", POS, (), (r"\operatorname{InvGamma}",
                      r"\operatorname{InverseGamma}")), GIVEN, A, B, N, KNOWN)),
    _named("dirichlet_posterior", ("dirichlet",), r"\alpha'_k = \alpha_k + n_k", r"\tilde\alpha_k = \alpha_k + n_k",
           r"\hat\alpha_k = \alpha_k + n_k", slots=(Slot(r"\alpha'", POS), ALPHA, COUNTS)),
    _moment("gamma_poisson_mean", GAMMA_POISSON, r"\lambda", r"\frac{a + \sum_{i=1}^n x_i}{b + n}", r"\frac{a + n \bar x}{b + n}",
            r"\frac{b}{b + n} \frac ab + \frac{n}{b + n} \bar x", r"\frac{\theta (a + \sum_{i=1}^n x_i)}{n \theta + 1}",
            r"\frac{a + \sum_{i=1}^n x_i - 1}{b + n}",
            slots=(LAMBDA, GIVEN, A, RATE, SCALE, N, MEAN), beside=(r"\frac{a + \sum_{i=1}^n x_i - 1}{b + n}",)),
    _moment("gamma_exponential_mean", GAMMA_EXPONENTIAL, r"\lambda", r"\frac{a + n}{b + \sum_{i=1}^n x_i}", r"\frac{a + n}{b + n \bar x}",
            r"\frac{a + n - 1}{b + \sum_{i=1}^n x_i}", slots=(LAMBDA, GIVEN, A, RATE, N, MEAN),
            beside=(r"\frac{a + n - 1}{b + \sum_{i=1}^n x_i}",)),
    _moment("beta_mean_shrinkage", ("beta", "weighted average", "shrink"), r"\theta",
            r"\frac{a + b}{a + b + n} \frac{a}{a + b} + \frac{n}{a + b + n} \bar x",
            r"\frac{a + b}{a + b + n} \frac{a}{a + b} + \frac{n}{a + b + n} \frac kn",
            slots=(CHANCE, GIVEN, A, B, SUCCESSES, TRIALS, Slot(r"\bar x", UNIT, (), (r"\hat p", r"\bar y")))),
    _named("beta_posterior_variance", ("posterior variance",),
           r"\operatorname{Var}(\theta \mid x) = \frac{(a + k) (b + n - k)}{(a + b + n)^2 (a + b + n + 1)}",
           r"\operatorname{Var}(\theta) = \frac{(a + k) (b + n - k)}{(a + b + n)^2 (a + b + n + 1)}", slots=COIN),
    _moment("dirichlet_posterior_mean", ("dirichlet",), r"\pi_k", r"\frac{\alpha_k + n_k}{\alpha_0 + n}",
            r"\frac{\alpha_k + n_k}{\sum_{j=1}^K (\alpha_j + n_j)}",
            slots=(Slot(r"\pi", "random unit", (), (r"\theta", "p", r"\mu")), GIVEN, ALPHA, COUNTS, Slot("K", "natural"))),
    _named("coin_evidence", ("marginal likelihood", "evidence", "beta-binomial", "beta-bernoulli"),
           r"p(x) = \frac{B(a + k, b + n - k)}{B(a, b)}",
           r"p(x) = \frac{\Gamma(a + b) \Gamma(a + k) \Gamma(b + n - k)}{\Gamma(a) \Gamma(b) \Gamma(a + b + n)}",
           r"p(x) = \binom nk \frac{B(a + k, b + n - k)}{B(a, b)}",
           slots=(DENSITY, GIVEN, A, B, SUCCESSES, TRIALS, Slot("B", POS, (), (r"\mathrm B",)))),
    _named("gamma_poisson_predictive", ("gamma-poisson", "predictive", "gamma mixture"),
           r"p(x) = \frac{\Gamma(a + x)}{\Gamma(a) x!} \left(\frac{b}{b + 1}\right)^a \left(\frac{1}{b + 1}\right)^x",
           r"p(x) = \binom{x + a - 1}{x} \left(\frac{b}{b + 1}\right)^a \left(\frac{1}{b + 1}\right)^x",
           slots=(DENSITY, Slot("x", POS, (), ("k", r"\tilde x", "y", r"\tilde y")), A, RATE)),
    _named("gamma_exponential_predictive", ("lomax", "gamma-exponential", "predictive"),
           r"p(x) = \frac{a b^a}{(b + x)^{a + 1}}", r"p(x) = \frac ab \left(1 + \frac xb\right)^{-(a + 1)}",
           slots=(DENSITY, Slot("x", POS, (), (r"\tilde x", "y", "t")), A, RATE)),
    _named("dirichlet_multinomial_evidence", ("marginal likelihood", "evidence", "dirichlet-multinomial", "dirichlet"),
           r"p(x) = \frac{\Gamma(\alpha_0)}{\Gamma(\alpha_0 + n)} \prod_{k=1}^K \frac{\Gamma(\alpha_k + n_k)}{\Gamma(\alpha_k)}",
           r"p(x) = \frac{\Gamma\left(\sum_{k=1}^K \alpha_k\right)}{\Gamma\left(\sum_{k=1}^K (\alpha_k + n_k)\right)} \prod_{k=1}^K \frac{\Gamma(\alpha_k + n_k)}{\Gamma(\alpha_k)}",
           slots=(DENSITY, GIVEN, ALPHA, COUNTS, Slot("K", "natural"))),
    _named("normal_inverse_gamma_mean", ("normal-inverse-gamma", "normal-gamma", "normal-inverse", "conjugate"),
           r"\mu_n = \frac{\kappa_0 \mu_0 + n \bar x}{\kappa_0 + n}",
           slots=(Slot(r"\mu", "real", (), ("m",)), Slot(r"\kappa", POS, (), (r"\lambda", r"\nu", "k")), N,
                  Slot(r"\bar x", "real", (), (r"\bar y",)))),
    _named("shrinkage_weight", ("shrinkage factor", "shrinkage weight", "reliability", "weight on the data"),
           r"w = \frac{n \tau^2}{n \tau^2 + \sigma^2}", r"w = \frac{\tau^2}{\tau^2 + \sigma^2 / n}",
           r"w = \frac{\sigma^2}{n \tau^2 + \sigma^2}", r"w = \frac{\tau^2}{\tau^2 + \sigma^2}",
           slots=(Slot("w", UNIT, (), ("B", r"\lambda", r"\rho")), TAU, SIGMA, N), beside=(r"\frac{\sigma^2}{n \tau^2 + \sigma^2}",)),
    _named("normal_predictive_variance", ("predictive variance", "predictive distribution", "posterior predictive"),
           r"v = \sigma^2 + \left(\frac{1}{\tau^2} + \frac{n}{\sigma^2}\right)^{-1}",
           r"v = \sigma^2 + \frac{\sigma^2 \tau^2}{n \tau^2 + \sigma^2}",
           slots=(Slot("v", POS, (), ("V",)), TAU, SIGMA, N)),
)  # fmt: skip
