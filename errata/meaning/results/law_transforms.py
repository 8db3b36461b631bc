"""Moment generating, characteristic and probability generating functions of named laws; their raw moments."""

from __future__ import annotations

from claims.records import replace
from errata.meaning.results.result import Result, Slot

SOURCE = "Casella, Berger, Statistical Inference, table of common distributions"
POS, UNIT = "positive", "unit"
X = Slot("X", "random real", (), ("Y", "U", "T", "Z", "N", "K", "x", "S"))
P, Q = Slot("p", UNIT, (), (r"\theta", r"\pi", r"\mu")), Slot("q", UNIT)
RATE = Slot(r"\lambda", POS, ("rate", "mean", "intensity"), (r"\theta", r"\mu", r"\beta"))
SCALE = Slot(r"\theta", POS, ("scale", "mean"), (r"\beta", r"\mu"))
MU, SIGMA = Slot(r"\mu", "real", ("mean", "location"), ("m",)), Slot(r"\sigma", POS, ("standard deviation",), ("s",))
SHAPE, RATE_B = Slot("a", POS, ("shape",), (r"\alpha", "k")), Slot("b", POS, ("rate",), (r"\beta", r"\lambda"))
TRIALS, FAILURES = Slot("n", POS, (), ("N", "m")), Slot("r", POS, (), ("n", "k"))
MGF = ("moment generating", "moment-generating", "mgf")
NORMAL = ("normal", "gaussian")


def _transform(
    kind: str, left: str, expected: str, extra: tuple[Slot, ...], name: str, words: tuple[str, ...],
    values: tuple[str, ...], slots: tuple[Slot, ...],
) -> Result:  # fmt: skip
    """A transform of a law under its letter and as an expectation, in each parameterisation."""
    statement, *others = [f"{side} = {value}" for value in values for side in (left, expected)]
    return Result(f"{name}_{kind}", words, statement, (X, *extra, *slots), "check", SOURCE, tuple(others))


def _mgf(name: str, words: tuple[str, ...], *values: str, slots: tuple[Slot, ...] = ()) -> Result:
    extra = (Slot("M", POS, (), ("m", r"\psi", r"\phi")), Slot("t", "real", (), ("s",)))
    return _transform("mgf", "M(t)", r"\mathbb E[e^{t X}]", extra, name, words, values, slots)


def _characteristic(name: str, words: tuple[str, ...], *values: str, slots: tuple[Slot, ...] = ()) -> Result:
    extra = (Slot(r"\varphi", "real", (), (r"\phi", r"\psi")), Slot("t", "real", (), ("u", "s", r"\omega")))
    return _transform(
        "characteristic_function", r"\varphi(t)", r"\mathbb E[e^{i t X}]", extra, name, words, values, slots
    )


def _pgf(name: str, words: tuple[str, ...], *values: str, slots: tuple[Slot, ...] = ()) -> Result:
    extra = (Slot("G", POS, (), ("g", "P", r"\Pi")), Slot("s", "real", (), ("z", "t")))
    return _transform("pgf", "G(s)", r"\mathbb E[s^X]", extra, name, words, values, slots)


def _moment(name: str, words: tuple[str, ...], *statements: str, slots: tuple[Slot, ...] = ()) -> Result:
    statement, *others = statements
    kind = "unit" if "beta" in words or "1 - X" in "".join(others) else "positive"
    x = replace(X, sort=f"random {kind}") if r"\log" in statement or "X^n" in statement else X
    return Result(name, words, statement, (x, *slots), "check", SOURCE, tuple(others))


ORDER = Slot("n", POS, (), ("k", "r", "m"))
PSI = Slot(r"\psi", "real", ("digamma",))

RESULTS = (
    _mgf(
        "normal",
        MGF,
        r"\exp\left(\mu t + \frac{\sigma^2 t^2}{2}\right)",
        r"\exp\left(\frac{\sigma^2 t^2}{2}\right)",
        r"\exp\left(\frac{t^2}{2}\right)",
        slots=(MU, SIGMA),
    ),
    _mgf(
        "exponential", ("exponential",), r"\frac{\lambda}{\lambda - t}", r"\frac{1}{1 - \theta t}", slots=(RATE, SCALE)
    ),
    _mgf(
        "gamma",
        ("gamma",),
        r"\left(1 - \frac tb\right)^{-a}",
        r"(1 - \theta t)^{-a}",
        slots=(SHAPE, RATE_B, SCALE),
    ),
    _mgf("chi_squared", ("chi-square", "chi square", "chi-squared", r"\chi^2"), r"(1 - 2 t)^{-k/2}",
         slots=(Slot("k", POS, ("degrees of freedom",), (r"\nu", "n", "d", "p")),)),
    _mgf("bernoulli", ("bernoulli",), r"1 - p + p e^t", r"q + p e^t", slots=(P, Q)),
    _mgf("binomial", ("binomial",), r"(1 - p + p e^t)^n", r"(q + p e^t)^n", slots=(P, Q, TRIALS)),
    _mgf("geometric", ("geometric",), r"\frac{p e^t}{1 - (1 - p) e^t}", r"\frac{p}{1 - (1 - p) e^t}", slots=(P,)),
    _mgf(
        "negative_binomial",
        ("negative binomial",),
        r"\left(\frac{p}{1 - (1 - p) e^t}\right)^r",
        r"\left(\frac{p e^t}{1 - (1 - p) e^t}\right)^r",
        r"\left(\frac{1 - p}{1 - p e^t}\right)^r",
        slots=(P, FAILURES),
    ),
    _mgf("poisson", ("poisson",), r"\exp\left(\lambda (e^t - 1)\right)", slots=(RATE,)),
    _mgf(
        "uniform",
        ("uniform",),
        r"\frac{e^{t b} - e^{t a}}{t (b - a)}",
        r"\frac{e^{\theta t} - 1}{\theta t}",
        r"\frac{e^t - 1}{t}",
        slots=(Slot("a", "real"), Slot("b", "real", (), (r"\theta",))),
    ),
    _mgf(
        "laplace",
        ("laplace", "double exponential"),
        r"\frac{e^{\mu t}}{1 - b^2 t^2}",
        r"\frac{1}{1 - b^2 t^2}",
        r"\frac{\lambda^2}{\lambda^2 - t^2}",
        slots=(MU, Slot("b", POS, ("scale",)), Slot(r"\lambda", POS, ("rate",))),
    ),
    _mgf(
        "gumbel",
        ("gumbel",),
        r"\Gamma(1 - \beta t) e^{\mu t}",
        r"\Gamma(1 - t)",
        slots=(MU, Slot(r"\beta", POS, ("scale",), ("b",))),
    ),
    _mgf(
        "logistic_law",
        ("logistic distribution",),
        r"e^{\mu t} \Gamma(1 - s t) \Gamma(1 + s t)",
        r"\Gamma(1 - t) \Gamma(1 + t)",
        slots=(MU, Slot("s", POS, ("scale",))),
    ),
    Result(
        "multivariate_normal_mgf",
        ("multivariate normal", "multivariate gaussian", *MGF),
        r"M(t) = \exp\left(\mu^\top t + \frac12 t^\top \Sigma t\right)",
        (
            Slot("M", POS),
            Slot("t", "vector d", (), ("s", "u")),
            Slot(r"\mu", "vector d", (), ("m",)),
            Slot(r"\Sigma", "spd d", (), ("C", "K")),
            Slot("X", "random vector d", (), ("Y", "Z", "x")),
        ),
        "check",
        SOURCE,
        variants=(
            r"\mathbb E[e^{t^\top X}] = \exp\left(\mu^\top t + \frac12 t^\top \Sigma t\right)",
            r"M(t) = \exp\left(\frac12 t^\top \Sigma t\right)",
            r"\mathbb E[e^{t^\top X}] = \exp\left(\frac12 t^\top \Sigma t\right)",
        ),
    ),
    _characteristic(
        "normal",
        ("characteristic function",),
        r"\exp\left(i \mu t - \frac{\sigma^2 t^2}{2}\right)",
        r"\exp\left(-\frac{\sigma^2 t^2}{2}\right)",
        r"\exp\left(-\frac{t^2}{2}\right)",
        slots=(MU, SIGMA),
    ),
    _characteristic(
        "exponential",
        ("exponential",),
        r"\frac{\lambda}{\lambda - i t}",
        r"\frac{1}{1 - i \theta t}",
        slots=(RATE, SCALE),
    ),
    _characteristic(
        "gamma", ("gamma",), r"\left(1 - \frac{i t}{b}\right)^{-a}", r"(1 - i \theta t)^{-a}",
        slots=(SHAPE, RATE_B, SCALE),
    ),
    _characteristic("poisson", ("poisson",), r"\exp\left(\lambda (e^{i t} - 1)\right)", slots=(RATE,)),
    _characteristic("bernoulli", ("bernoulli",), r"1 - p + p e^{i t}", r"q + p e^{i t}", slots=(P, Q)),
    _characteristic("binomial", ("binomial",), r"(1 - p + p e^{i t})^n", r"(q + p e^{i t})^n", slots=(P, Q, TRIALS)),
    _characteristic(
        "cauchy",
        ("cauchy",),
        r"\exp\left(i m t - \gamma |t|\right)",
        r"\exp\left(-\gamma |t|\right)",
        r"e^{-|t|}",
        slots=(Slot("m", "real", ("location",), ("x_0", r"\mu")), Slot(r"\gamma", POS, ("scale",), ("b", r"\sigma"))),
    ),
    _characteristic(
        "laplace",
        ("laplace", "double exponential"),
        r"\frac{e^{i \mu t}}{1 + b^2 t^2}",
        r"\frac{1}{1 + b^2 t^2}",
        r"\frac{\lambda^2}{\lambda^2 + t^2}",
        slots=(MU, Slot("b", POS, ("scale",)), Slot(r"\lambda", POS, ("rate",))),
    ),
    _characteristic(
        "uniform",
        ("uniform",),
        r"\frac{e^{i t b} - e^{i t a}}{i t (b - a)}",
        r"\frac{\sin(\theta t)}{\theta t}",
        r"\frac{\sin t}{t}",
        slots=(Slot("a", "real"), Slot("b", "real"), Slot(r"\theta", POS, (), ("a", "c", "b"))),
    ),
    _characteristic("chi_squared", ("chi-square", "chi square", "chi-squared", r"\chi^2"), r"(1 - 2 i t)^{-k/2}",
                    slots=(Slot("k", POS, ("degrees of freedom",), (r"\nu", "n", "d", "p")),)),
    _pgf("poisson", ("poisson",), r"e^{\lambda (s - 1)}", slots=(RATE,)),
    _pgf("binomial", ("binomial",), r"(1 - p + p s)^n", r"(q + p s)^n", slots=(P, Q, TRIALS)),
    _pgf("bernoulli", ("bernoulli",), r"1 - p + p s", r"q + p s", slots=(P, Q)),
    _pgf("geometric", ("geometric",), r"\frac{p s}{1 - (1 - p) s}", r"\frac{p}{1 - (1 - p) s}", slots=(P,)),
    _moment(
        "normal_fourth_moment", ("fourth moment", "kurtosis"), r"\mathbb E[X^4] = \mu^4 + 6 \mu^2 \sigma^2 + 3 \sigma^4",
        r"\mathbb E[X^4] = 3 \sigma^4", r"\mathbb E[(X - \mu)^4] = 3 \sigma^4", slots=(MU, SIGMA),
    ),
    _moment(
        "normal_third_moment", ("third moment", "cubic moment"), r"\mathbb E[X^3] = \mu^3 + 3 \mu \sigma^2",
        slots=(MU, SIGMA),
    ),
    _moment(
        "normal_mean_absolute_value", ("half-normal", "folded normal", "absolute deviation", "absolute value"),
        r"\mathbb E[|X|] = \sigma \sqrt{\frac{2}{\pi}}", r"\mathbb E[|X|] = \sqrt{\frac{2}{\pi}}",
        r"\mathbb E[|X - \mu|] = \sigma \sqrt{\frac{2}{\pi}}", r"\mathbb E[X] = \sigma \sqrt{\frac{2}{\pi}}",
        slots=(MU, SIGMA),
    ),
    _moment(
        "exponential_raw_moments", ("exponential",), r"\mathbb E[X^n] = \frac{n!}{\lambda^n}",
        r"\mathbb E[X^n] = n! \theta^n", slots=(RATE, SCALE, ORDER),
    ),
    _moment(
        "gamma_raw_moments", ("gamma",), r"\mathbb E[X^n] = \frac{\Gamma(a + n)}{\Gamma(a) b^n}",
        r"\mathbb E[X^n] = \frac{\Gamma(a + n)}{\Gamma(a)} \theta^n", slots=(SHAPE, RATE_B, SCALE, ORDER),
    ),
    _moment(
        "beta_raw_moments", ("beta",),
        r"\mathbb E[X^n] = \frac{\Gamma(a + n) \Gamma(a + b)}{\Gamma(a) \Gamma(a + b + n)}",
        r"\mathbb E[X^n] = \frac{B(a + n, b)}{B(a, b)}",
        slots=(Slot("a", POS, (), (r"\alpha",)), Slot("b", POS, (), (r"\beta",)), ORDER, Slot("B", POS)),
    ),
    _moment(
        "lognormal_raw_moments", ("lognormal", "log-normal"),
        r"\mathbb E[X^n] = \exp\left(n \mu + \frac{n^2 \sigma^2}{2}\right)", slots=(MU, SIGMA, ORDER),
    ),
    _moment(
        "weibull_raw_moments", ("weibull",), r"\mathbb E[X^n] = \lambda^n \Gamma\left(1 + \frac nk\right)",
        slots=(Slot(r"\lambda", POS, ("scale",), (r"\beta", r"\eta", r"\theta")),
               Slot("k", POS, ("shape",), (r"\alpha", r"\beta")), Slot("n", POS, (), ("r", "m"))),
    ),
    _moment(
        "pareto_raw_moments", ("pareto",), r"\mathbb E[X^n] = \frac{a m^n}{a - n}",
        slots=(Slot("a", POS, ("shape", "tail index"), (r"\alpha",)),
               Slot("m", POS, ("minimum", "scale"), ("x_m", "x_0")), Slot("n", POS, (), ("r", "k"))),
    ),
    _moment(
        "poisson_second_moment", ("poisson",), r"\mathbb E[X^2] = \lambda^2 + \lambda",
        r"\mathbb E[X (X - 1)] = \lambda^2", slots=(RATE,),
    ),
    _moment(
        "binomial_second_moment", ("binomial",), r"\mathbb E[X^2] = n p (1 - p) + n^2 p^2",
        r"\mathbb E[X (X - 1)] = n (n - 1) p^2", slots=(P, TRIALS),
    ),
    _moment(
        "gamma_mean_log", ("digamma",), r"\mathbb E[\log X] = \psi(a) - \log b",
        r"\mathbb E[\log X] = \psi(a) + \log \theta", slots=(SHAPE, RATE_B, SCALE, PSI),
    ),
    _moment(
        "beta_mean_log", ("digamma",), r"\mathbb E[\log X] = \psi(a) - \psi(a + b)",
        r"\mathbb E[\log(1 - X)] = \psi(b) - \psi(a + b)",
        slots=(Slot("a", POS, (), (r"\alpha",)), Slot("b", POS, (), (r"\beta",)), PSI),
    ),
)  # fmt: skip
