"""Likelihoods and log-likelihoods of samples of named laws and of regressions, in every usual convention.

A log-likelihood stands with its constant and without it; both signs are used.
"""

from __future__ import annotations

from errata.meaning.results.result import Result, Slot

SOURCE = "Casella, Berger, Statistical Inference, chapter 7"
POS, UNIT = "positive", "unit"
ELL = Slot(r"\ell", "real", (), ("L", r"\mathcal L", "l", r"\mathrm{LL}"))
L = Slot("L", POS, (), (r"\mathcal L", r"\ell"))
N = Slot("n", "natural", (), ("N", "m", "T"))
XS = Slot("x", POS, (), ("y", "t", "X", "z", "d", "k"))
ON_LINE = Slot("x", "real", (), ("y", "t", "X", "z"))
MEAN = Slot(r"\bar x", POS, (), (r"\bar y", r"\bar X", r"\bar t"))
TOTAL = Slot("S", POS, (), ("s", "T", "t", "k"))
RATE = Slot(r"\lambda", POS, ("rate",), (r"\theta", r"\beta", r"\mu"))
SCALE = Slot(r"\theta", POS, ("scale", "mean"), (r"\beta", r"\mu", r"\tau"))
P = Slot("p", UNIT, (), (r"\theta", r"\pi", r"\mu", "q"))
MU, SIGMA = Slot(r"\mu", "real", ("mean", "location"), ("m", r"\theta")), Slot(r"\sigma", POS, (), ("s",))
PRECISION = Slot(r"\tau", POS, ("precision",), (r"\lambda", r"\beta"))
SUCCESSES = Slot("k", POS, ("heads", "successes", "ones"), ("h", "s", "x", "y", "m", "N_1", "n_1", "N_H"))
A, B = Slot("a", POS, ("shape",), (r"\alpha", "k")), Slot("b", POS, ("rate",), (r"\beta", r"\lambda"))
COUNTS = Slot("n", POS, (), ("N", "c", "m", "x"))
SHARES = Slot(r"\pi", UNIT, (), ("p", r"\theta", r"\mu"))
LABELS = Slot("y", UNIT, ("labels", "responses"), ("t",))
WEIGHTS = Slot("w", "vector d", ("weights", "coefficients"), (r"\beta", r"\theta", r"\mathbf w"))
INPUTS = Slot("x", "vector d", ("features", "inputs"), (r"\mathbf x", r"\phi"))


def _log_likelihood(
    name: str, words: tuple[str, ...], parameter: str, *values: str, slots: tuple[Slot, ...] = ()
) -> Result:
    """Of which the first value is whole, and others may lack what the parameters don't touch."""
    first, *rest = (rf"\ell = {v}" for v in values)
    logs = (rf"\log L({parameter}) = {v}" for v in values) if parameter else ()
    return Result(
        f"{name}_log_likelihood", words, first, (ELL, *slots), "check", SOURCE, (*rest, *logs), sign_is_open=True
    )


def _likelihood(name: str, words: tuple[str, ...], *values: str, slots: tuple[Slot, ...] = ()) -> Result:
    first, *rest = (f"L = {v}" for v in values)
    return Result(f"{name}_likelihood", words, first, (L, *slots), "check", SOURCE, tuple(rest))


RESULTS = (
    _log_likelihood(
        "exponential", ("exponential",), r"\lambda",
        r"n \log \lambda - \lambda \sum_{i=1}^n x_i", r"n \log \lambda - n \lambda \bar x",
        r"n \log \lambda - \lambda S", r"-n \log \theta - \frac{1}{\theta} \sum_{i=1}^n x_i",
        r"-n \log \theta - \frac{n \bar x}{\theta}", slots=(N, XS, MEAN, TOTAL, RATE, SCALE),
    ),
    _log_likelihood(
        "poisson", ("poisson",), r"\lambda",
        r"\left(\sum_{i=1}^n x_i\right) \log \lambda - n \lambda - \sum_{i=1}^n \log(x_i!)",
        r"\left(\sum_{i=1}^n x_i\right) \log \lambda - n \lambda", r"n \bar x \log \lambda - n \lambda",
        r"S \log \lambda - n \lambda",
        r"\sum_{i=1}^n \left(x_i \log \lambda - \lambda\right) - \log \prod_{i=1}^n x_i!",
        slots=(N, XS, MEAN, TOTAL, RATE),
    ),
    _log_likelihood(
        "coin", ("bernoulli", "coin", "heads", "tosses"), "p",
        r"k \log p + (n - k) \log(1 - p)",
        r"\left(\sum_{i=1}^n x_i\right) \log p + \left(n - \sum_{i=1}^n x_i\right) \log(1 - p)",
        r"n \bar x \log p + n (1 - \bar x) \log(1 - p)", r"n_1 \log p + n_0 \log(1 - p)",
        slots=(Slot("n", "natural", ("tosses", "trials"), ("N", "m")), Slot("x", UNIT, (), ("y", "X")), SUCCESSES,
               Slot(r"\bar x", UNIT, (), (r"\bar y", r"\hat p")), P),
    ),
    _log_likelihood(
        "binomial", ("binomial",), "p",
        r"\log \binom{n}{k} + k \log p + (n - k) \log(1 - p)", r"k \log p + (n - k) \log(1 - p)",
        slots=(Slot("n", POS, ("tosses", "trials"), ("N", "m")), SUCCESSES, P),
    ),
    _log_likelihood(
        "geometric", ("geometric",), "p",
        r"n \log p + \left(\sum_{i=1}^n x_i - n\right) \log(1 - p)",
        r"n \log p + n (\bar x - 1) \log(1 - p)",
        r"n \log p + \left(\sum_{i=1}^n x_i\right) \log(1 - p)", r"n \log p + n \bar x \log(1 - p)",
        slots=(N, XS, MEAN, P),
    ),
    _log_likelihood(
        "negative_binomial", ("negative binomial",), "",
        r"\sum_{i=1}^n \log \binom{x_i + r - 1}{x_i} + n r \log p + \left(\sum_{i=1}^n x_i\right) \log(1 - p)",
        r"n r \log p + \left(\sum_{i=1}^n x_i\right) \log(1 - p)",
        r"n r \log p + \left(\sum_{i=1}^n x_i - n r\right) \log(1 - p)",
        r"n r \log(1 - p) + \left(\sum_{i=1}^n x_i\right) \log p",
        slots=(N, XS, P, Slot("r", POS, (), ("k",))),
    ),
    _log_likelihood(
        "categorical", ("categorical", "multinomial", "multinoulli"), r"\pi",
        r"\sum_{k=1}^K n_k \log \pi_k", r"\log n! - \sum_{k=1}^K \log n_k! + \sum_{k=1}^K n_k \log \pi_k",
        r"\sum_{i=1}^N \sum_{k=1}^K y_{ik} \log \pi_k",
        slots=(COUNTS, Slot("N", "natural", (), ("n", "m")), SHARES, Slot("K", "natural", (), ("k", "d", "V", "J")), Slot("y", UNIT, (), ("x", "z"))),
    ),
    _log_likelihood(
        "multivariate_normal", ("multivariate normal", "multivariate gaussian", "gaussian", "normal"), "",
        r"-\frac{n d}{2} \log(2 \pi) - \frac n2 \log \det \Sigma - \frac12 \sum_{i=1}^n (x_i - \mu)^\top \Sigma^{-1} (x_i - \mu)",
        r"-\frac n2 \log \det \Sigma - \frac12 \sum_{i=1}^n (x_i - \mu)^\top \Sigma^{-1} (x_i - \mu)",
        r"-\frac n2 \log \det \Sigma - \frac n2 \operatorname{tr}(\Sigma^{-1} S)",
        r"-\frac{n d}{2} \log(2 \pi) - \frac n2 \log \det \Sigma - \frac n2 \operatorname{tr}(\Sigma^{-1} S)",
        r"\frac n2 \log \det \Lambda - \frac n2 \operatorname{tr}(S \Lambda)",
        slots=(N, Slot("d", "natural", ("dimension",), ("D", "p", "k")), Slot("x", "vector d", (), ("y", r"\mathbf x")),
               Slot(r"\mu", "vector d", ("mean",), ("m", r"\bar x")), Slot(r"\Sigma", "spd d", ("covariance",)),
               Slot("S", "spd d", ("sample covariance", "scatter"), (r"\hat\Sigma",)),
               Slot(r"\Lambda", "spd d", ("precision",), (r"\Theta", "K", r"\Omega"))),
    ),
    _log_likelihood(
        "normal_precision", ("precision",), "",
        r"\frac n2 \log \tau - \frac n2 \log(2 \pi) - \frac \tau2 \sum_{i=1}^n (x_i - \mu)^2",
        r"\frac n2 \log \tau - \frac \tau2 \sum_{i=1}^n (x_i - \mu)^2", slots=(N, ON_LINE, MU, PRECISION),
    ),
    _log_likelihood(
        "gamma", ("gamma",), "",
        r"n a \log b - n \log \Gamma(a) + (a - 1) \sum_{i=1}^n \log x_i - b \sum_{i=1}^n x_i",
        r"-n a \log \theta - n \log \Gamma(a) + (a - 1) \sum_{i=1}^n \log x_i - \frac1\theta \sum_{i=1}^n x_i",
        slots=(N, XS, A, B, SCALE),
    ),
    _log_likelihood(
        "beta", ("beta",), "",
        r"n \log \Gamma(a + b) - n \log \Gamma(a) - n \log \Gamma(b) + (a - 1) \sum_{i=1}^n \log x_i + (b - 1) \sum_{i=1}^n \log(1 - x_i)",
        r"-n \log B(a, b) + (a - 1) \sum_{i=1}^n \log x_i + (b - 1) \sum_{i=1}^n \log(1 - x_i)",
        slots=(N, Slot("x", UNIT, (), ("y",)), Slot("a", POS, (), (r"\alpha",)), Slot("b", POS, (), (r"\beta",))),
    ),
    _log_likelihood(
        "pareto", ("pareto", "power law", "power-law"), "",
        r"n \log a + n a \log m - (a + 1) \sum_{i=1}^n \log x_i",
        r"n \log a - n \log m - (a + 1) \sum_{i=1}^n \log \frac{x_i}{m}",
        r"n \log(s - 1) - n \log m - s \sum_{i=1}^n \log \frac{x_i}{m}",
        slots=(N, XS, Slot("a", POS, ("shape", "tail index"), (r"\alpha", r"\theta")),
               Slot("m", POS, ("minimum", "scale"), ("x_m", r"x_{\min}")), Slot("s", POS, ("exponent",), (r"\alpha",))),
    ),
    _log_likelihood(
        "laplace", ("laplace", "double exponential"), "",
        r"-n \log(2 b) - \frac1b \sum_{i=1}^n |x_i - \mu|", r"-n \log b - \frac1b \sum_{i=1}^n |x_i - \mu|",
        r"n \log \frac{\lambda}{2} - \lambda \sum_{i=1}^n |x_i - \mu|",
        slots=(N, ON_LINE, MU, Slot("b", POS, ("scale",), (r"\sigma",)), Slot(r"\lambda", POS, ("rate",))),
    ),
    _log_likelihood(
        "rayleigh", ("rayleigh",), "",
        r"\sum_{i=1}^n \log x_i - n \log \sigma^2 - \frac{1}{2 \sigma^2} \sum_{i=1}^n x_i^2",
        r"-n \log \sigma^2 - \frac{1}{2 \sigma^2} \sum_{i=1}^n x_i^2",
        slots=(N, XS, Slot(r"\sigma", POS, ("scale",), ("s",))),
    ),
    _log_likelihood(
        "weibull", ("weibull",), "",
        r"n \log k - n k \log \lambda + (k - 1) \sum_{i=1}^n \log x_i - \sum_{i=1}^n \left(\frac{x_i}{\lambda}\right)^k",
        slots=(N, XS, Slot(r"\lambda", POS, ("scale",), (r"\beta", r"\eta", r"\theta")),
               Slot("k", POS, ("shape",), (r"\alpha", r"\beta"))),
    ),
    _log_likelihood(
        "lognormal", ("lognormal", "log-normal"), "",
        r"-\sum_{i=1}^n \log x_i - \frac n2 \log(2 \pi \sigma^2) - \frac{1}{2 \sigma^2} \sum_{i=1}^n (\log x_i - \mu)^2",
        r"-\frac n2 \log(2 \pi \sigma^2) - \frac{1}{2 \sigma^2} \sum_{i=1}^n (\log x_i - \mu)^2",
        r"-\frac n2 \log(\sigma^2) - \frac{1}{2 \sigma^2} \sum_{i=1}^n (\log x_i - \mu)^2",
        slots=(N, XS, MU, SIGMA),
    ),
    _log_likelihood(
        "cauchy", ("cauchy",), "",
        r"n \log \gamma - n \log \pi - \sum_{i=1}^n \log\left(\gamma^2 + (x_i - m)^2\right)",
        r"-n \log \pi - \sum_{i=1}^n \log\left(1 + (x_i - m)^2\right)", r"-\sum_{i=1}^n \log\left(1 + (x_i - m)^2\right)",
        slots=(N, ON_LINE, Slot("m", "real", ("location",), (r"\theta", "x_0", r"\mu")),
               Slot(r"\gamma", POS, ("scale",), (r"\sigma",))),
    ),
    _log_likelihood("uniform", ("uniform",), "", r"-n \log \theta", r"-n \log(b - a)",
                    slots=(N, Slot("a", "real"), Slot("b", "real"), Slot(r"\theta", POS, (), ("b",)))),
    _log_likelihood(
        "linear_regression", ("linear regression", "linear model", "regression", "least squares"), "",
        r"-\frac n2 \log(2 \pi \sigma^2) - \frac{1}{2 \sigma^2} \sum_{i=1}^n (t_i - w^\top x_i)^2",
        r"-\frac n2 \log(2 \pi \sigma^2) - \frac{1}{2 \sigma^2} \|y - X w\|^2",
        r"\frac n2 \log \beta - \frac n2 \log(2 \pi) - \frac \beta2 \sum_{i=1}^n (t_i - w^\top x_i)^2",
        r"-\frac{1}{2 \sigma^2} \sum_{i=1}^n (t_i - w^\top x_i)^2", r"-\frac n2 \log \sigma^2 - \frac{1}{2 \sigma^2} \|y - X w\|^2",
        slots=(N, WEIGHTS, INPUTS, Slot("t", "real", ("targets", "responses"), ("y",)),
               Slot("y", "vector n", ("targets", "responses"), ("t", r"\mathbf y", "Y")),
               Slot("X", "matrix n d", ("design matrix",), (r"\Phi", r"\mathbf X")), SIGMA,
               Slot(r"\beta", POS, ("precision",))),
    ),
    _log_likelihood(
        "logistic_regression", ("logistic regression",), "w",
        r"\sum_{i=1}^n \left(y_i w^\top x_i - \log\left(1 + e^{w^\top x_i}\right)\right)",
        r"\sum_{i=1}^n \left(y_i \log \sigma(w^\top x_i) + (1 - y_i) \log(1 - \sigma(w^\top x_i))\right)",
        r"-\sum_{i=1}^n \log\left(1 + e^{-y_i w^\top x_i}\right)",
        slots=(N, WEIGHTS, INPUTS, LABELS, Slot(r"\sigma", UNIT, (), ("h", "g"))),
    ),
    _log_likelihood(
        "poisson_regression", ("poisson regression", "log-linear", "count regression"), "w",
        r"\sum_{i=1}^n \left(y_i w^\top x_i - e^{w^\top x_i} - \log(y_i!)\right)",
        r"\sum_{i=1}^n \left(y_i w^\top x_i - e^{w^\top x_i}\right)",
        slots=(N, WEIGHTS, INPUTS, Slot("y", POS, ("counts", "responses"), ("t",))),
    ),
    _log_likelihood(
        "markov_chain", ("markov chain", "transition"), "P",
        r"\sum_{i=1}^K \sum_{j=1}^K n_{ij} \log P_{ij}", r"\log \pi_{x_1} + \sum_{i=1}^K \sum_{j=1}^K n_{ij} \log P_{ij}",
        slots=(COUNTS, Slot("P", UNIT, ("transition",), ("p", "A", "T", r"\theta", "a")),
               Slot("K", "natural", (), ("n", "k", "S", "N"))),
    ),
    _likelihood("coin", ("bernoulli", "coin", "heads", "tosses", "binomial"), r"p^k (1 - p)^{n - k}",
                r"p^{\sum_{i=1}^n x_i} (1 - p)^{n - \sum_{i=1}^n x_i}", r"\binom{n}{k} p^k (1 - p)^{n - k}",
                slots=(Slot("n", "natural", ("tosses", "trials"), ("N", "m")), Slot("x", UNIT, (), ("y", "X")), SUCCESSES, P)),
    _likelihood("exponential", ("exponential",), r"\lambda^n e^{-\lambda \sum_{i=1}^n x_i}", r"\lambda^n e^{-n \lambda \bar x}",
                r"\theta^{-n} e^{-\sum_{i=1}^n x_i / \theta}", slots=(N, XS, MEAN, RATE, SCALE)),
    _likelihood("poisson", ("poisson",), r"\frac{\lambda^{\sum_{i=1}^n x_i} e^{-n \lambda}}{\prod_{i=1}^n x_i!}",
                r"\lambda^{\sum_{i=1}^n x_i} e^{-n \lambda}", r"\lambda^{n \bar x} e^{-n \lambda}",
                slots=(N, XS, MEAN, RATE)),
    _likelihood("normal", ("normal", "gaussian"),
                r"(2 \pi \sigma^2)^{-n/2} \exp\left(-\frac{1}{2 \sigma^2} \sum_{i=1}^n (x_i - \mu)^2\right)",
                r"(2 \pi)^{-n/2} \exp\left(-\frac12 \sum_{i=1}^n (x_i - \mu)^2\right)", slots=(N, ON_LINE, MU, SIGMA)),
    _likelihood("geometric", ("geometric",), r"p^n (1 - p)^{\sum_{i=1}^n x_i - n}", r"p^n (1 - p)^{\sum_{i=1}^n x_i}",
                slots=(N, XS, P)),
)  # fmt: skip
