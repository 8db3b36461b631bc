"""Scores and Fisher information of named laws, of one observation and of a sample."""

from __future__ import annotations

from errata.meaning.results.law_likelihoods import MEAN, MU, ON_LINE, RATE, SCALE, SIGMA, SUCCESSES, XS, N, P
from errata.meaning.results.result import Result, Slot

SOURCE = "Lehmann, Casella, Theory of Point Estimation, section 2.5"
POS, UNIT = "positive", "unit"
INFORMATION = Slot(r"\mathcal I", POS, (), ("J", "F", r"\mathcal J", r"\mathcal F", "i"))
SHAPE = Slot("a", POS, ("shape",), (r"\alpha", "k"))


def _score(name: str, words: tuple[str, ...], *values: tuple[str, str], slots: tuple[Slot, ...] = ()) -> Result:
    """Of a log-likelihood in a parameter; each value stands beside its parameter."""
    sides = [
        side
        for by, value in values
        for side in (
            rf"\frac{{\partial \ell}}{{\partial {by}}} = {value}",
            rf"\frac{{\partial \ell({by})}}{{\partial {by}}} = {value}",
            rf"\frac{{\partial}}{{\partial {by}}} \log L({by}) = {value}",
            rf"\ell'({by}) = {value}",
        )
    ]
    first, *rest = sides
    of_values = (
        Slot(r"\ell'", "real", (), ("s", "U", "u", "S", "V", "L'")),
        Slot(r"\ell", "real", (), ("L", r"\mathcal L", "l")), Slot("L", POS, (), (r"\mathcal L",)),
    )  # fmt: skip
    return Result(f"{name}_score", words, first, (*of_values, *slots), "check", SOURCE, tuple(rest))


def _information(name: str, words: tuple[str, ...], by: str, value: str, *slots: Slot) -> Result:
    """Of one observation. That of n is n times as large; which one is meant, the page must say."""
    return Result(f"{name}_fisher", words, f"I({by}) = {value}", (INFORMATION, *slots), "check", SOURCE,
                  (rf"\mathcal I({by}) = {value}",))  # fmt: skip


RESULTS = (
    _score(
        "exponential", ("exponential",), (r"\lambda", r"\frac{n}{\lambda} - \sum_{i=1}^n x_i"),
        (r"\lambda", r"\frac{n}{\lambda} - n \bar x"), (r"\theta", r"-\frac{n}{\theta} + \frac{1}{\theta^2} \sum_{i=1}^n x_i"),
        slots=(N, XS, MEAN, RATE, SCALE),
    ),
    _score(
        "poisson", ("poisson",), (r"\lambda", r"\frac{1}{\lambda} \sum_{i=1}^n x_i - n"),
        (r"\lambda", r"\frac{n \bar x}{\lambda} - n"), slots=(N, XS, MEAN, RATE),
    ),
    _score(
        "coin", ("bernoulli", "coin", "binomial", "tosses"), ("p", r"\frac kp - \frac{n - k}{1 - p}"),
        ("p", r"\frac1p \sum_{i=1}^n x_i - \frac{1}{1 - p} \left(n - \sum_{i=1}^n x_i\right)"),
        ("p", r"\frac xp - \frac{1 - x}{1 - p}"),
        slots=(Slot("n", "natural", ("tosses", "trials"), ("N", "m")), SUCCESSES, Slot("x", UNIT, (), ("y", "X")), P),
    ),
    _score(
        "geometric", ("geometric",), ("p", r"\frac np - \frac{1}{1 - p} \left(\sum_{i=1}^n x_i - n\right)"),
        ("p", r"\frac np - \frac{1}{1 - p} \sum_{i=1}^n x_i"), slots=(N, XS, P),
    ),
    _score(
        "normal_mean", ("normal", "gaussian"), (r"\mu", r"\frac{1}{\sigma^2} \sum_{i=1}^n (x_i - \mu)"),
        (r"\mu", r"\frac{n (\bar x - \mu)}{\sigma^2}"), (r"\mu", r"\sum_{i=1}^n (x_i - \mu)"),
        slots=(N, ON_LINE, Slot(r"\bar x", "real", (), (r"\bar y", r"\bar X")), MU, SIGMA),
    ),
    _score(
        "normal_deviation", ("normal", "gaussian"),
        (r"\sigma", r"-\frac n\sigma + \frac{1}{\sigma^3} \sum_{i=1}^n (x_i - \mu)^2"), slots=(N, ON_LINE, MU, SIGMA),
    ),
    _score(
        "gamma_rate", ("gamma",), ("b", r"\frac{n a}{b} - \sum_{i=1}^n x_i"),
        (r"\theta", r"-\frac{n a}{\theta} + \frac{1}{\theta^2} \sum_{i=1}^n x_i"),
        slots=(N, XS, SHAPE, Slot("b", POS, ("rate",), (r"\beta", r"\lambda")), SCALE),
    ),
    _score(
        "pareto", ("pareto",), ("a", r"\frac na + n \log m - \sum_{i=1}^n \log x_i"),
        ("a", r"\frac na - \sum_{i=1}^n \log \frac{x_i}{m}"),
        slots=(N, XS, Slot("a", POS, ("shape",), (r"\alpha", r"\theta")), Slot("m", POS, ("minimum",), ("x_m", r"x_{\min}"))),
    ),
    _score(
        "rayleigh", ("rayleigh",), (r"\sigma", r"-\frac{2 n}{\sigma} + \frac{1}{\sigma^3} \sum_{i=1}^n x_i^2"),
        slots=(N, XS, Slot(r"\sigma", POS, ("scale",), ("s",))),
    ),
    _score(
        "laplace_scale", ("laplace",), ("b", r"-\frac nb + \frac{1}{b^2} \sum_{i=1}^n |x_i - \mu|"),
        slots=(N, ON_LINE, MU, Slot("b", POS, ("scale",), (r"\sigma",))),
    ),
    Result(
        "multivariate_normal_mean_score", ("multivariate normal", "multivariate gaussian", "gaussian", "normal"),
        r"\nabla_\mu \ell = \Sigma^{-1} \sum_{i=1}^n (x_i - \mu)",
        (Slot(r"\ell", "real", (), ("L", r"\mathcal L")), N, Slot("x", "vector d", (), (r"\mathbf x", "y")),
         Slot(r"\bar x", "vector d", (), (r"\bar{\mathbf x}",)), Slot(r"\mu", "vector d", ("mean",)),
         Slot(r"\Sigma", "spd d", ("covariance",))),
        "check", SOURCE,
        (r"\frac{\partial \ell}{\partial \mu} = \Sigma^{-1} \sum_{i=1}^n (x_i - \mu)",
         r"\nabla_\mu \ell = n \Sigma^{-1} (\bar x - \mu)",
         r"\nabla_\mu \log p(x) = \Sigma^{-1} (x - \mu)"),
    ),
    _information("poisson", ("poisson",), r"\lambda", r"\frac{1}{\lambda}", RATE),
    _information("exponential", ("exponential",), r"\lambda", r"\frac{1}{\lambda^2}", RATE),
    _information("geometric", ("geometric",), "p", r"\frac{1}{p^2 (1 - p)}", P),
    _information("binomial", ("binomial",), "p", r"\frac{n}{p (1 - p)}", P, Slot("n", "natural", (), ("N", "m"))),
    _information("negative_binomial", ("negative binomial",), "p", r"\frac{r}{p^2 (1 - p)}", P, Slot("r", POS)),
    _information("normal_mean", ("normal", "gaussian"), r"\mu", r"\frac{1}{\sigma^2}", MU, SIGMA),
    _information("normal_variance", ("normal", "gaussian"), r"\sigma^2", r"\frac{1}{2 \sigma^4}", SIGMA),
    _information("normal_deviation", ("normal", "gaussian"), r"\sigma", r"\frac{2}{\sigma^2}", SIGMA),
    _information("gamma_rate", ("gamma",), "b", r"\frac{a}{b^2}", SHAPE, Slot("b", POS, ("rate",), (r"\beta", r"\lambda"))),
    _information("pareto", ("pareto",), "a", r"\frac{1}{a^2}", Slot("a", POS, (), (r"\alpha", r"\theta"))),
    _information("rayleigh", ("rayleigh",), r"\sigma", r"\frac{4}{\sigma^2}", SIGMA),
    _information("laplace_location", ("laplace",), r"\mu", r"\frac{1}{b^2}", MU, Slot("b", POS, ("scale",))),
    _information("cauchy_location", ("cauchy",), "m", r"\frac{1}{2 \gamma^2}",
                 Slot("m", "real", (), (r"\theta", "x_0", r"\mu")), Slot(r"\gamma", POS, ("scale",), (r"\sigma",))),
    _information("logistic_location", ("logistic distribution",), r"\mu", r"\frac{1}{3 s^2}", MU, Slot("s", POS, ("scale",))),
    _information("weibull_scale", ("weibull",), r"\lambda", r"\frac{k^2}{\lambda^2}",
                 Slot(r"\lambda", POS, ("scale",), (r"\beta", r"\theta")), Slot("k", POS, ("shape",), (r"\alpha",))),
)  # fmt: skip
