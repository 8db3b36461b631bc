"""Densities, distribution functions, quantiles, medians, modes and hazards of named laws; order statistics."""

from __future__ import annotations

from errata.meaning.results.result import Result, Slot

SOURCE = "Casella, Berger, Statistical Inference, table of common distributions"
ORDER_SOURCE = "Casella, Berger, Statistical Inference, section 5.4"
POS, UNIT = "positive", "unit"
X = Slot("X", "random real", (), ("Y", "U", "T", "Z", "N", "K", "S"))
AT, ON_LINE = Slot("x", POS, (), ("t", "y")), Slot("x", "real", (), ("y", "z", "t"))
P = Slot("p", UNIT, (), (r"\theta", r"\pi"))
MU, SIGMA = Slot(r"\mu", "real", ("mean", "location"), ("m",)), Slot(r"\sigma", POS, ("standard deviation",), ("s",))
A, B = Slot("a", POS, (), (r"\alpha",)), Slot("b", POS, (), (r"\beta",))
SHAPE, RATE = Slot("a", POS, ("shape",), (r"\alpha", "k")), Slot("b", POS, ("rate",), (r"\beta", r"\lambda"))
SCALE = Slot(r"\theta", POS, ("scale", "mean"), (r"\beta",))
WEIBULL = (
    Slot(r"\lambda", POS, ("scale",), (r"\beta", r"\eta", r"\theta")), Slot("k", POS, ("shape",), (r"\alpha", r"\beta")),
)  # fmt: skip
PARETO = (
    Slot("a", POS, ("shape", "tail index"), (r"\alpha",)), Slot("m", POS, ("minimum", "scale"), ("x_m", "x_0")),
)  # fmt: skip
LAPLACE = (MU, Slot("b", POS, ("scale",)), Slot(r"\lambda", POS, ("rate",)))
LOGISTIC = (MU, Slot("s", POS, ("scale",)))
GUMBEL = (MU, Slot(r"\beta", POS, ("scale",), ("b", r"\sigma")))
CAUCHY = (Slot("m", "real", ("location",), ("x_0", r"\mu")), Slot(r"\gamma", POS, ("scale",), ("b", r"\sigma")))
DEGREES = Slot("k", POS, ("degrees of freedom",), (r"\nu", "n", "d", "p"))
CHI = ("chi-square", "chi square", "chi-squared", r"\chi^2")
NORMAL_CDF = ("cumulative", "cdf", "distribution function", "error function", "quantile", "probit")
N = Slot("n", POS, (), ("N", "m"))


def _result(name: str, words: tuple[str, ...], statements: tuple[str, ...], *slots: Slot) -> Result:
    statement, *others = statements
    return Result(name, words, statement, slots, "check", SOURCE, tuple(others))


def _density(name: str, words: tuple[str, ...], *values: str, slots: tuple[Slot, ...] = ()) -> Result:
    f = Slot("f", POS, (), ("p", "P", "q"))
    return _result(f"{name}_density", words, tuple(f"f(x) = {v}" for v in values), f, *slots)


def _cdf(name: str, words: tuple[str, ...], *values: str, slots: tuple[Slot, ...] = ()) -> Result:
    sides = tuple(f"{left} = {v}" for v in values for left in ("F(x)", r"P(X \le x)"))
    return _result(f"{name}_cdf", words, sides, X, Slot("F", POS), *slots)


def _quantile(name: str, words: tuple[str, ...], *values: str, slots: tuple[Slot, ...] = ()) -> Result:
    level = Slot("p", UNIT, (), ("u", "q", r"\alpha", "y", r"\tau"))
    sides = tuple(f"F^{{-1}}(p) = {v}" for v in values)
    return _result(f"{name}_quantile", words, sides, Slot("F^{-1}", "real", (), ("Q", "q", "x")), level, *slots)


def _median(name: str, words: tuple[str, ...], *values: str, slots: tuple[Slot, ...] = ()) -> Result:
    median = Slot(r"\operatorname{median}", "real", (), (r"\operatorname{med}", r"\tilde x", r"\mathrm{Median}"))
    return _result(
        f"{name}_median", words, tuple(rf"\operatorname{{median}}(X) = {v}" for v in values), X, median, *slots
    )


def _mode(name: str, words: tuple[str, ...], *values: str, slots: tuple[Slot, ...] = ()) -> Result:
    mode = Slot(r"\operatorname{mode}", "real", (), (r"\mathrm{Mode}", r"x^*", r"\hat x", r"\theta^*"))
    return _result(f"{name}_mode", words, tuple(rf"\operatorname{{mode}}(X) = {v}" for v in values), X, mode, *slots)


def _hazard(name: str, words: tuple[str, ...], *values: str, slots: tuple[Slot, ...] = ()) -> Result:
    hazard = Slot("h", POS, (), (r"\lambda", "r"))
    return _result(f"{name}_hazard", words, tuple(f"h(x) = {v}" for v in values), hazard, AT, *slots)


RESULTS = (
    _density("pareto", ("pareto",), r"\frac{a m^a}{x^{a + 1}}", slots=(AT, *PARETO)),
    _density("rayleigh", ("rayleigh",), r"\frac{x}{\sigma^2} \exp\left(-\frac{x^2}{2 \sigma^2}\right)",
             slots=(AT, Slot(r"\sigma", POS, ("scale",), ("s",)))),
    _density("weibull", ("weibull",), r"\frac{k}{\lambda} \left(\frac{x}{\lambda}\right)^{k - 1} e^{-(x/\lambda)^k}",
             slots=(AT, *WEIBULL)),
    _density("logistic_law", ("logistic distribution",), r"\frac{e^{-(x - \mu)/s}}{s (1 + e^{-(x - \mu)/s})^2}",
             r"\frac{e^{-x}}{(1 + e^{-x})^2}", slots=(ON_LINE, *LOGISTIC)),
    _density("gumbel", ("gumbel",), r"\frac{1}{\beta} \exp\left(-\frac{x - \mu}{\beta} - e^{-(x - \mu)/\beta}\right)",
             r"\exp\left(-x - e^{-x}\right)", slots=(ON_LINE, *GUMBEL)),
    _density(
        "student", ("student", "t distribution", "t-distribution"),
        r"\frac{\Gamma\left(\frac{\nu + 1}{2}\right)}{\sqrt{\nu \pi} \Gamma\left(\frac{\nu}{2}\right)} \left(1 + \frac{x^2}{\nu}\right)^{-(\nu + 1)/2}",
        r"\frac{\Gamma\left(\frac{\nu + 1}{2}\right)}{\sigma \sqrt{\nu \pi} \Gamma\left(\frac{\nu}{2}\right)} \left(1 + \frac{(x - \mu)^2}{\nu \sigma^2}\right)^{-(\nu + 1)/2}",
        slots=(Slot("x", "real", (), ("t", "y")), Slot(r"\nu", POS, ("degrees of freedom",), ("k", "n")), MU,
               Slot(r"\sigma", POS, ("scale",), ("s",))),
    ),
    _density("chi_squared", CHI, r"\frac{1}{2^{k/2} \Gamma(k/2)} x^{k/2 - 1} e^{-x/2}", slots=(AT, DEGREES)),
    _density("inverse_gamma", ("inverse gamma", "inverse-gamma"), r"\frac{b^a}{\Gamma(a)} x^{-a - 1} e^{-b/x}",
             slots=(Slot("x", POS, (), ("y", "v", "z", r"\tau")), Slot("a", POS, ("shape",), (r"\alpha",)),
                    Slot("b", POS, ("scale",), (r"\beta",)))),
    _density("von_mises", ("von mises",), r"\frac{e^{\kappa \cos(x - \mu)}}{2 \pi I_0(\kappa)}",
             slots=(Slot("x", "real", (), (r"\theta", r"\phi")), Slot(r"\mu", "real", (), (r"\theta_0",)),
                    Slot(r"\kappa", POS, ("concentration",), ("m",)))),
    _density("half_normal", ("half-normal", "half normal"),
             r"\sqrt{\frac{2}{\pi \sigma^2}} \exp\left(-\frac{x^2}{2 \sigma^2}\right)", slots=(AT, SIGMA)),
    _density(
        "dirichlet", ("dirichlet",),
        r"\frac{\Gamma\left(\sum_{k=1}^K \alpha_k\right)}{\prod_{k=1}^K \Gamma(\alpha_k)} \prod_{k=1}^K x_k^{\alpha_k - 1}",
        r"\frac{1}{B(\alpha)} \prod_{k=1}^K x_k^{\alpha_k - 1}",
        slots=(Slot("x", UNIT, (), (r"\theta", r"\pi", "p", r"\mu")), Slot(r"\alpha", POS),
               Slot("K", "natural", (), ("n", "d", "k", "m"))),
    ),
    Result(
        "multinomial_pmf",
        ("multinomial",),
        r"p(x) = \frac{n!}{\prod_{k=1}^K x_k!} \prod_{k=1}^K p_k^{x_k}",
        (Slot("n", POS, (), ("N",)), Slot("x", "index", (), ("n", "k", "m", "c")),
         Slot("p", UNIT, (), (r"\theta", r"\pi", r"\mu")), Slot("K", "natural", (), ("k", "m", "d"))),
        "check",
        SOURCE,
        variants=(r"f(x) = \frac{n!}{\prod_{k=1}^K x_k!} \prod_{k=1}^K p_k^{x_k}",),
    ),
    _result(
        "hypergeometric_pmf", ("hypergeometric",),
        (r"P(X = k) = \frac{\binom{K}{k} \binom{N - K}{n - k}}{\binom{N}{n}}",),
        X, Slot("k", POS, (), ("x",)), Slot("n", POS, ("draws", "sample")), Slot("K", POS, ("successes",), ("M",)),
        Slot("N", POS, ("population",)),
    ),
    _result(
        "negative_binomial_pmf", ("negative binomial",),
        (r"P(X = k) = \binom{k + r - 1}{k} p^r (1 - p)^k", r"P(X = k) = \binom{k + r - 1}{r - 1} p^r (1 - p)^k",
         r"P(X = n) = \binom{n - 1}{r - 1} p^r (1 - p)^{n - r}", r"P(X = k) = \binom{k - 1}{r - 1} p^r (1 - p)^{k - r}",
         r"P(X = k) = \binom{k + r - 1}{k} (1 - p)^r p^k"),
        X, P, Slot("r", POS, (), ("n", "m")), Slot("k", POS, (), ("x", "n")), Slot("n", POS, (), ("x",)),
    ),
    _result(
        "beta_binomial_pmf", ("beta-binomial", "beta binomial"),
        (r"P(X = k) = \binom{n}{k} \frac{B(a + k, b + n - k)}{B(a, b)}",),
        X, A, B, Slot("k", POS, (), ("x",)), Slot("n", POS, (), ("N",)), Slot("B", POS, (), (r"\mathrm B",)),
    ),
    _result("beta_binomial_mean", ("beta-binomial", "beta binomial"), (r"\mathbb E[X] = \frac{n a}{a + b}",), X, A, B, N),
    _result(
        "beta_binomial_variance", ("beta-binomial", "beta binomial"),
        (r"\operatorname{Var}(X) = \frac{n a b (a + b + n)}{(a + b)^2 (a + b + 1)}",), X, A, B, N,
    ),
    _result("multinomial_covariance", ("multinomial",), (r"\operatorname{Cov}(X_i, X_j) = -n p_i p_j",),
            X, N, Slot("p", UNIT, (), (r"\theta", r"\pi"))),
    _result("multinomial_variance", ("multinomial",), (r"\operatorname{Var}(X_i) = n p_i (1 - p_i)",),
            X, N, Slot("p", UNIT, (), (r"\theta", r"\pi"))),
    _result(
        "dirichlet_covariance", ("dirichlet",),
        (r"\operatorname{Cov}(X_i, X_j) = -\frac{\alpha_i \alpha_j}{\alpha_0^2 (\alpha_0 + 1)}",),
        Slot("X", "random real", (), ("x", r"\theta", r"\pi", "p")), Slot(r"\alpha", POS),
    ),
    _result("discrete_uniform_mean", ("discrete uniform", "fair die", "uniform on"), (r"\mathbb E[X] = \frac{n + 1}{2}",
            r"\mathbb E[X] = \frac{a + b}{2}"), X, N, Slot("a", POS), Slot("b", POS)),
    _result("discrete_uniform_variance", ("discrete uniform", "fair die", "uniform on"),
            (r"\operatorname{Var}(X) = \frac{n^2 - 1}{12}", r"\operatorname{Var}(X) = \frac{(b - a + 1)^2 - 1}{12}",
             r"\operatorname{Var}(X) = \frac{(b - a)^2}{12}"), X, N, Slot("a", POS), Slot("b", POS)),
    _cdf("normal", NORMAL_CDF, r"\Phi\left(\frac{x - \mu}{\sigma}\right)",
         r"\frac12 \left(1 + \operatorname{erf}\left(\frac{x - \mu}{\sigma \sqrt 2}\right)\right)",
         r"\frac12 \left(1 + \operatorname{erf}\left(\frac{x}{\sqrt 2}\right)\right)",
         slots=(ON_LINE, MU, SIGMA, Slot(r"\Phi", "unit"))),
    _cdf("uniform", ("uniform",), r"\frac{x - a}{b - a}", slots=(ON_LINE, Slot("a", "real"), Slot("b", "real"))),
    _cdf("pareto", ("pareto",), r"1 - \left(\frac{m}{x}\right)^a", slots=(AT, *PARETO)),
    _cdf("rayleigh", ("rayleigh",), r"1 - \exp\left(-\frac{x^2}{2 \sigma^2}\right)",
         slots=(AT, Slot(r"\sigma", POS, ("scale",), ("s",)))),
    _cdf("logistic_law", ("logistic distribution",), r"\frac{1}{1 + e^{-(x - \mu)/s}}", r"\frac{1}{1 + e^{-x}}",
         slots=(ON_LINE, *LOGISTIC)),
    _cdf("gumbel", ("gumbel",), r"\exp\left(-e^{-(x - \mu)/\beta}\right)", r"\exp\left(-e^{-x}\right)",
         slots=(ON_LINE, *GUMBEL)),
    _cdf("cauchy", ("cauchy",), r"\frac12 + \frac{1}{\pi} \arctan\left(\frac{x - m}{\gamma}\right)",
         r"\frac12 + \frac{1}{\pi} \arctan x", slots=(ON_LINE, *CAUCHY)),
    _cdf(
        "laplace", ("laplace", "double exponential"),
        r"\begin{cases} \frac12 e^{(x - \mu)/b} & x < \mu \\ 1 - \frac12 e^{-(x - \mu)/b} & x \ge \mu \end{cases}",
        r"\frac12 + \frac12 \operatorname{sgn}(x - \mu) \left(1 - e^{-|x - \mu|/b}\right)", slots=(ON_LINE, *LAPLACE),
    ),
    _cdf("lognormal", ("lognormal", "log-normal"), r"\Phi\left(\frac{\log x - \mu}{\sigma}\right)",
         slots=(AT, MU, SIGMA, Slot(r"\Phi", "unit"))),
    _cdf("geometric", ("geometric",), r"1 - (1 - p)^x", r"1 - (1 - p)^{x + 1}",
         slots=(P, Slot("x", POS, (), ("k", "n", "m")))),
    _quantile("normal", NORMAL_CDF, r"\mu + \sigma \Phi^{-1}(p)", slots=(MU, SIGMA, Slot(r"\Phi^{-1}", "real", (), ("z",)))),
    _quantile("uniform", ("uniform",), r"a + (b - a) p", slots=(Slot("a", "real"), Slot("b", "real"))),
    _quantile("pareto", ("pareto",), r"m (1 - p)^{-1/a}", slots=PARETO),
    _quantile("rayleigh", ("rayleigh",), r"\sigma \sqrt{-2 \log(1 - p)}", slots=(Slot(r"\sigma", POS, ("scale",), ("s",)),)),
    _quantile("weibull", ("weibull",), r"\lambda (-\log(1 - p))^{1/k}", slots=WEIBULL),
    _quantile("logistic_law", ("logistic distribution",), r"\mu + s \log\frac{p}{1 - p}", r"\log\frac{p}{1 - p}",
              slots=LOGISTIC),
    _quantile("gumbel", ("gumbel",), r"\mu - \beta \log(-\log p)", r"-\log(-\log p)", slots=GUMBEL),
    _quantile("cauchy", ("cauchy",), r"m + \gamma \tan\left(\pi \left(p - \frac12\right)\right)",
              r"\tan\left(\pi \left(p - \frac12\right)\right)", slots=CAUCHY),
    _median("weibull", ("weibull",), r"\lambda (\log 2)^{1/k}", slots=WEIBULL),
    _median("rayleigh", ("rayleigh",), r"\sigma \sqrt{2 \log 2}", slots=(Slot(r"\sigma", POS, ("scale",), ("s",)),)),
    _median("pareto", ("pareto",), r"m 2^{1/a}", slots=PARETO),
    _median("lognormal", ("lognormal", "log-normal"), r"e^\mu", slots=(MU, SIGMA)),
    _median("gumbel", ("gumbel",), r"\mu - \beta \log(\log 2)", slots=GUMBEL),
    _mode("gamma", ("gamma",), r"\frac{a - 1}{b}", r"(a - 1) \theta", slots=(SHAPE, RATE, SCALE)),
    _mode("inverse_gamma", ("inverse gamma", "inverse-gamma"), r"\frac{b}{a + 1}", slots=(A, B)),
    _mode("beta", ("beta",), r"\frac{a - 1}{a + b - 2}", slots=(A, B)),
    _mode("lognormal", ("lognormal", "log-normal"), r"e^{\mu - \sigma^2}", slots=(MU, SIGMA)),
    _mode("weibull", ("weibull",), r"\lambda \left(\frac{k - 1}{k}\right)^{1/k}", slots=WEIBULL),
    _mode("chi_squared", CHI, r"k - 2", slots=(DEGREES,)),
    _mode("binomial", ("binomial",), r"\lfloor (n + 1) p \rfloor", slots=(P, N)),
    _hazard("weibull", ("weibull",), r"\frac{k}{\lambda} \left(\frac{x}{\lambda}\right)^{k - 1}", slots=WEIBULL),
    _hazard("pareto", ("pareto",), r"\frac{a}{x}", slots=PARETO),
    Result(
        "maximum_cdf",
        ("maximum of", "largest order statistic", "order statistic"),
        r"P(\max(X_1, \dots, X_n) \le x) = F(x)^n",
        (Slot("F", UNIT), Slot("n", "natural", (), ("N", "m")), ON_LINE),
        "check",
        ORDER_SOURCE,
        variants=(r"F_{\max}(x) = F(x)^n", r"F_{(n)}(x) = F(x)^n", r"P(M \le x) = F(x)^n"),
    ),
    Result(
        "minimum_cdf",
        ("minimum of", "smallest order statistic", "order statistic"),
        r"P(\min(X_1, \dots, X_n) \le x) = 1 - (1 - F(x))^n",
        (Slot("F", UNIT), Slot("n", "natural", (), ("N", "m")), ON_LINE),
        "check",
        ORDER_SOURCE,
        variants=(r"F_{\min}(x) = 1 - (1 - F(x))^n", r"P(M \le x) = 1 - (1 - F(x))^n"),
    ),
    Result(
        "order_statistic_density",
        ("order statistic",),
        r"f_{(k)}(x) = \frac{n!}{(k - 1)! (n - k)!} F(x)^{k - 1} (1 - F(x))^{n - k} f(x)",
        (Slot("F", UNIT), Slot("f", POS, (), ("p",)), Slot("n", POS, (), ("N",)), Slot("k", POS, (), ("r", "j", "i")), ON_LINE),
        "check",
        ORDER_SOURCE,
        variants=(r"f_{X_{(k)}}(x) = n \binom{n - 1}{k - 1} F(x)^{k - 1} (1 - F(x))^{n - k} f(x)",),
    ),
    Result(
        "uniform_order_statistic_mean",
        ("order statistic",),
        r"\mathbb E[U_{(k)}] = \frac{k}{n + 1}",
        (Slot("U", "random real", (), ("X",)), Slot("k", POS, (), ("r", "j", "i")), Slot("n", POS, (), ("N",))),
        "check",
        ORDER_SOURCE,
    ),
    Result(
        "competing_exponentials",
        ("exponential",),
        r"P(X < Y) = \frac{\lambda}{\lambda + \mu}",
        (X, Slot("Y", "random real"), Slot(r"\lambda", POS), Slot(r"\mu", POS)),
        "check",
        SOURCE,
        variants=(
            r"P(X_1 < X_2) = \frac{\lambda_1}{\lambda_1 + \lambda_2}",
            r"P(X < Y) = \frac{\lambda_1}{\lambda_1 + \lambda_2}",
        ),
    ),
)  # fmt: skip
