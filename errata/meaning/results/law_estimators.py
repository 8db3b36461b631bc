"""Estimators of the parameters of named laws: by maximum likelihood, by moments, and without bias."""

from __future__ import annotations

from errata.meaning.results.law_likelihoods import MEAN, ON_LINE, XS, N
from errata.meaning.results.result import Result, Slot

SOURCE = "Casella, Berger, Statistical Inference, section 7.2"
POS, UNIT = "positive", "unit"
SPREAD = Slot("s", POS, ("standard deviation",), ("S", r"\hat\sigma"))
DATA = (N, XS, MEAN, SPREAD)
MIN = Slot("m", POS, ("minimum", "scale"), ("x_m", r"x_{\min}", r"\hat m"))
GAMMA_SHAPE = Slot(r"\hat a", POS, ("shape",), (r"\hat\alpha", r"\hat k"))
GAMMA_RATE = Slot(r"\hat b", POS, ("rate",), (r"\hat\beta", r"\hat\lambda"))
GAMMA_SCALE = Slot(r"\hat\theta", POS, ("scale",), (r"\hat\beta",))
A_HAT, B_HAT = Slot(r"\hat a", POS, (), (r"\hat\alpha",)), Slot(r"\hat b", POS, (), (r"\hat\beta",))
P_HAT = Slot(r"\hat p", UNIT, (), (r"\hat\theta", r"\hat\pi"))
MU_HAT, SIGMA_HAT = Slot(r"\hat\mu", "real", (), (r"\hat m",)), Slot(r"\hat\sigma", POS, (), ("s",))
FIRST, SECOND = Slot("m_1", POS, ("first moment",), (r"\hat\mu_1",)), Slot("m_2", POS, ("second moment",))


def _estimator(
    name: str, words: tuple[str, ...], *forms: str, slots: tuple[Slot, ...] = (), beside: tuple[str, ...] = ()
) -> Result:
    first, *rest = forms
    return Result(name, words, first, slots, "check", SOURCE, tuple(rest), beside=beside)


RESULTS = (
    _estimator("rayleigh_mle", ("rayleigh",), r"\hat\sigma^2 = \frac{1}{2 n} \sum_{i=1}^n x_i^2", slots=(SIGMA_HAT, *DATA)),
    _estimator(
        "pareto_shape_mle", ("pareto",), r"\hat a = \frac{n}{\sum_{i=1}^n \log(x_i / m)}",
        r"\hat a = \left(\frac1n \sum_{i=1}^n \log x_i - \log m\right)^{-1}", slots=(A_HAT, MIN, *DATA),
    ),
    _estimator(
        "power_law_exponent_mle", ("power law", "power-law"), r"\hat a = 1 + \frac{n}{\sum_{i=1}^n \log(x_i / m)}",
        slots=(A_HAT, MIN, *DATA),
    ),
    _estimator("lognormal_location_mle", ("lognormal", "log-normal"), r"\hat\mu = \frac1n \sum_{i=1}^n \log x_i",
               slots=(MU_HAT, *DATA)),
    _estimator(
        "lognormal_scale_mle", ("lognormal", "log-normal"), r"\hat\sigma^2 = \frac1n \sum_{i=1}^n (\log x_i - \hat\mu)^2",
        r"\hat\sigma^2 = \frac{1}{n - 1} \sum_{i=1}^n (\log x_i - \hat\mu)^2", slots=(SIGMA_HAT, MU_HAT, *DATA),
        beside=(r"\frac{1}{n - 1} \sum_{i=1}^n (\log x_i - \hat\mu)^2",),
    ),
    _estimator(
        "gamma_rate_mle", ("gamma",), r"\hat b = \frac{n a}{\sum_{i=1}^n x_i}", r"\hat b = \frac{a}{\bar x}",
        r"\hat\theta = \frac{1}{n a} \sum_{i=1}^n x_i", r"\hat\theta = \frac{\bar x}{a}",
        slots=(GAMMA_RATE, GAMMA_SCALE, Slot("a", POS, ("shape",), (r"\alpha", "k", r"\hat\alpha")), *DATA),
    ),
    _estimator(
        "negative_binomial_mle", ("negative binomial",), r"\hat p = \frac{r}{r + \bar x}",
        r"\hat p = \frac{n r}{n r + \sum_{i=1}^n x_i}", r"\hat p = \frac{r}{\bar x}", r"\hat p = \frac{\bar x}{r + \bar x}",
        slots=(P_HAT, Slot("r", POS), *DATA),
    ),
    _estimator(
        "weibull_scale_mle", ("weibull",), r"\hat\lambda = \left(\frac1n \sum_{i=1}^n x_i^k\right)^{1/k}",
        r"\hat\lambda^k = \frac1n \sum_{i=1}^n x_i^k",
        slots=(Slot(r"\hat\lambda", POS, (), (r"\hat\beta", r"\hat\theta", r"\hat\eta")),
               Slot("k", POS, ("shape",), (r"\alpha", r"\beta", r"\hat k")), *DATA),
    ),
    _estimator(
        "normal_variance_mle_of_known_mean", ("zero mean", "zero-mean", "known mean"),
        r"\hat\sigma^2 = \frac1n \sum_{i=1}^n x_i^2", r"\hat\sigma^2 = \frac1n \sum_{i=1}^n (x_i - \mu)^2",
        slots=(SIGMA_HAT, N, ON_LINE, Slot(r"\mu", "real", ("mean",))),
    ),
    _estimator(
        "transition_mle", ("markov chain", "transition"), r"\hat P_{ij} = \frac{n_{ij}}{\sum_{k=1}^K n_{ik}}",
        r"\hat P_{ij} = \frac{n_{ij}}{\sum_{j=1}^K n_{ij}}", r"\hat P_{ij} = \frac{n_{ij}}{n_i}",
        slots=(Slot(r"\hat P", UNIT, (), (r"\hat p", r"\hat A", r"\hat a", "A", "P")), Slot("n", POS, (), ("N", "c", "C", r"\xi")),
               Slot("K", "natural", (), ("n", "S", "N"))),
    ),
    _estimator(
        "autoregression_estimator", ("ar(1)", "autoregress"),
        r"\hat\phi = \frac{\sum_{t=2}^n x_t x_{t-1}}{\sum_{t=2}^n x_{t-1}^2}",
        r"\hat\phi = \frac{\sum_{t=1}^n x_t x_{t-1}}{\sum_{t=1}^n x_{t-1}^2}",
        slots=(Slot(r"\hat\phi", "real", (), (r"\hat\rho", r"\hat a", r"\hat\alpha", r"\hat\beta")), N, ON_LINE),
    ),
    _estimator(
        "uniform_unbiased", ("uniform",), r"\hat\theta = \frac{n + 1}{n} \max(x_1, \dots, x_n)",
        r"\hat\theta = \frac{n + 1}{n} \max_i x_i", r"\hat\theta = \frac{n + 1}{n} x_{(n)}",
        slots=(Slot(r"\hat\theta", POS, (), (r"\hat b", r"\tilde\theta", "T")), N, XS),
    ),
    _estimator("german_tank", ("german tank", "serial numbers"), r"\hat N = m + \frac mk - 1",
               slots=(Slot(r"\hat N", POS), Slot("m", POS, ("maximum", "largest"), ("M",)), Slot("k", POS, ("sample size",), ("n",)))),
    _estimator(
        "gamma_shape_by_moments", ("gamma",), r"\hat a = \frac{\bar x^2}{s^2}", r"\hat a = \frac{m_1^2}{m_2 - m_1^2}",
        slots=(GAMMA_SHAPE, FIRST, SECOND, *DATA),
    ),
    _estimator(
        "gamma_rate_by_moments", ("gamma",), r"\hat b = \frac{\bar x}{s^2}", r"\hat b = \frac{m_1}{m_2 - m_1^2}",
        r"\hat\theta = \frac{s^2}{\bar x}", r"\hat\theta = \frac{m_2 - m_1^2}{m_1}",
        slots=(GAMMA_RATE, GAMMA_SCALE, FIRST, SECOND, *DATA),
    ),
    _estimator(
        "beta_first_by_moments", ("beta",), r"\hat a = \bar x \left(\frac{\bar x (1 - \bar x)}{s^2} - 1\right)",
        slots=(A_HAT, N, Slot(r"\bar x", UNIT, (), (r"\bar y", "m")), SPREAD),
    ),
    _estimator(
        "beta_second_by_moments", ("beta",), r"\hat b = (1 - \bar x) \left(\frac{\bar x (1 - \bar x)}{s^2} - 1\right)",
        slots=(B_HAT, N, Slot(r"\bar x", UNIT, (), (r"\bar y", "m")), SPREAD),
    ),
    _estimator("uniform_by_moments", ("uniform",), r"\hat\theta = 2 \bar x", r"\hat\theta = \frac2n \sum_{i=1}^n x_i",
               slots=(Slot(r"\hat\theta", POS, (), (r"\hat b", r"\tilde\theta")), *DATA)),
    _estimator("pareto_by_moments", ("pareto",), r"\hat a = \frac{\bar x}{\bar x - m}", slots=(A_HAT, MIN, *DATA)),
    _estimator("negative_binomial_probability_by_moments", ("negative binomial",), r"\hat p = \frac{\bar x}{s^2}",
               r"\hat p = 1 - \frac{\bar x}{s^2}", slots=(P_HAT, *DATA), beside=(r"\frac{\bar x}{s^2}", r"1 - \frac{\bar x}{s^2}")),
    _estimator("negative_binomial_size_by_moments", ("negative binomial",), r"\hat r = \frac{\bar x^2}{s^2 - \bar x}",
               slots=(Slot(r"\hat r", POS, (), (r"\hat k", r"\hat n", r"\hat\alpha")), *DATA)),
    _estimator("binomial_size_by_moments", ("binomial",), r"\hat n = \frac{\bar x^2}{\bar x - s^2}",
               slots=(Slot(r"\hat n", POS, (), (r"\hat k", r"\hat N", r"\hat m")), *DATA)),
    _estimator("binomial_probability_by_moments", ("binomial",), r"\hat p = 1 - \frac{s^2}{\bar x}",
               slots=(P_HAT, *DATA)),
    _estimator("gumbel_scale_by_moments", ("gumbel",), r"\hat\beta = \frac{s \sqrt 6}{\pi}",
               slots=(Slot(r"\hat\beta", POS, (), (r"\hat b", r"\hat\sigma")), *DATA)),
    _estimator("gumbel_location_by_moments", ("gumbel",), r"\hat\mu = \bar x - \gamma \hat\beta",
               slots=(MU_HAT, Slot(r"\gamma", POS, ("euler",), (r"\gamma_E",)), Slot(r"\hat\beta", POS, (), (r"\hat b",)), *DATA)),
    _estimator("lognormal_scale_by_moments", ("lognormal", "log-normal"),
               r"\hat\sigma^2 = \log\left(1 + \frac{s^2}{\bar x^2}\right)", slots=(SIGMA_HAT, *DATA)),
    _estimator("lognormal_location_by_moments", ("lognormal", "log-normal"),
               r"\hat\mu = \log \bar x - \frac12 \log\left(1 + \frac{s^2}{\bar x^2}\right)",
               r"\hat\mu = \log \bar x - \frac{\hat\sigma^2}{2}", slots=(MU_HAT, SIGMA_HAT, *DATA)),
    _estimator("rayleigh_by_moments", ("rayleigh",), r"\hat\sigma = \bar x \sqrt{\frac2\pi}",
               slots=(Slot(r"\hat\sigma", POS), *DATA)),
    _estimator("laplace_by_moments", ("laplace",), r"\hat b = \sqrt{\frac{s^2}{2}}", slots=(B_HAT, *DATA)),
)  # fmt: skip
