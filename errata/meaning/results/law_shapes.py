"""Skewness, kurtosis and entropies of named laws, and divergences between two members of one family."""

from __future__ import annotations

from errata.meaning.results.result import Result, Slot

SOURCE = "Casella, Berger, Statistical Inference, table of common distributions"
ENTROPIES = "Cover, Thomas, Elements of Information Theory, chapter 8"
DIVERGENCES = (
    "Gil, Alajaji, Linder 2013, Rényi divergence measures for commonly used univariate continuous distributions"
)
POS, UNIT = "positive", "unit"
X = Slot("X", "random real", (), ("Y", "U", "T", "Z", "N", "K", "S"))
P = Slot("p", UNIT, (), (r"\theta", r"\pi"))
A, B = Slot("a", POS, (), (r"\alpha",)), Slot("b", POS, (), (r"\beta",))
SHAPE, RATE_B = Slot("a", POS, ("shape",), (r"\alpha", "k")), Slot("b", POS, ("rate",), (r"\beta", r"\lambda"))
RATE = Slot(r"\lambda", POS, ("rate", "mean", "intensity"), (r"\theta", r"\mu", r"\beta"))
SCALE = Slot(r"\theta", POS, ("scale", "mean"), (r"\beta", r"\mu"))
MU, SIGMA = Slot(r"\mu", "real"), Slot(r"\sigma", POS, (), ("s",))
DEGREES = Slot("k", POS, ("degrees of freedom",), (r"\nu", "n", "d", "p"))
CHI = ("chi-square", "chi square", "chi-squared", r"\chi^2")
TRIALS = Slot("n", POS, (), ("N", "m"))
PSI, EULER = Slot(r"\psi", "real", ("digamma",)), Slot(r"\gamma", POS, ("euler",), (r"\gamma_E",))
WEIBULL = (
    Slot(r"\lambda", POS, ("scale",), (r"\beta", r"\eta", r"\theta")), Slot("k", POS, ("shape",), (r"\alpha",)),
)  # fmt: skip
PARETO = (
    Slot("a", POS, ("shape", "tail index"), (r"\alpha",)), Slot("m", POS, ("minimum", "scale"), ("x_m", "x_0")),
)  # fmt: skip


def _skewness(name: str, words: tuple[str, ...], *values: str, slots: tuple[Slot, ...] = ()) -> Result:
    skew = Slot(
        r"\operatorname{Skew}", "real", (), (r"\operatorname{skew}", r"\mathrm{skewness}", r"\mathrm{Skewness}")
    )
    statement, *others = (f"{left} = {v}" for v in values for left in (r"\operatorname{Skew}(X)", r"\gamma_1"))
    return Result(f"{name}_skewness", words, statement, (X, skew, *slots), "check", SOURCE, tuple(others))


def _kurtosis(name: str, words: tuple[str, ...], excess: str, whole: str, slots: tuple[Slot, ...] = ()) -> Result:
    """The excess under a letter of its own; under the name, both conventions."""
    kurt = Slot(r"\operatorname{Kurt}", "real", (), (r"\operatorname{kurt}", r"\mathrm{kurtosis}", r"\kappa"))
    other = rf"\operatorname{{Kurt}}(X) = {excess}", rf"\operatorname{{Kurt}}(X) = {whole}"
    return Result(f"{name}_kurtosis", words, rf"\gamma_2 = {excess}", (X, kurt, *slots), "check", SOURCE, other)


def _entropy(name: str, words: tuple[str, ...], *values: str, slots: tuple[Slot, ...] = ()) -> Result:
    statement, *others = (f"{left} = {v}" for v in values for left in ("h(X)", "H(X)", "H"))
    h = Slot("h", "real", (), (r"\mathcal H", "H"))
    return Result(f"{name}_entropy", words, statement, (X, h, *slots), "check", ENTROPIES, tuple(others))


def _divergence(
    name: str, words: tuple[str, ...], law: str, *values: str, slots: tuple[Slot, ...] = (), source: str = DIVERGENCES
) -> Result:
    statement, *others = (
        f"{left} = {v}" for v in values for left in (r"\mathrm{KL}(p \,\|\, q)", rf"\mathrm{{KL}}({law})")
    )
    return Result(f"kl_{name}", words, statement, slots, "check", source, tuple(others))


RESULTS = (
    _skewness("bernoulli", ("bernoulli",), r"\frac{1 - 2 p}{\sqrt{p (1 - p)}}", slots=(P,)),
    _skewness("binomial", ("binomial",), r"\frac{1 - 2 p}{\sqrt{n p (1 - p)}}", slots=(P, TRIALS)),
    _skewness("geometric", ("geometric",), r"\frac{2 - p}{\sqrt{1 - p}}", slots=(P,)),
    _skewness(
        "negative_binomial", ("negative binomial",), r"\frac{2 - p}{\sqrt{(1 - p) r}}",
        r"\frac{1 + p}{\sqrt{p r}}", slots=(P, Slot("r", POS, (), ("n", "k"))),
    ),
    _skewness("poisson", ("poisson",), r"\frac{1}{\sqrt \lambda}", slots=(RATE,)),
    _skewness("gamma", ("gamma",), r"\frac{2}{\sqrt a}", slots=(SHAPE,)),
    _skewness("chi_squared", CHI, r"\sqrt{\frac 8k}", slots=(DEGREES,)),
    _skewness("lognormal", ("lognormal", "log-normal"), r"\left(e^{\sigma^2} + 2\right) \sqrt{e^{\sigma^2} - 1}", slots=(SIGMA,)),
    _skewness(
        "beta", ("beta",), r"\frac{2 (b - a) \sqrt{a + b + 1}}{(a + b + 2) \sqrt{a b}}", slots=(A, B),
    ),
    _skewness("rayleigh", ("rayleigh",), r"\frac{2 \sqrt\pi (\pi - 3)}{(4 - \pi)^{3/2}}"),
    _kurtosis("bernoulli", ("bernoulli",), r"\frac{1 - 6 p (1 - p)}{p (1 - p)}", r"3 + \frac{1 - 6 p (1 - p)}{p (1 - p)}", (P,)),
    _kurtosis(
        "binomial", ("binomial",), r"\frac{1 - 6 p (1 - p)}{n p (1 - p)}", r"3 + \frac{1 - 6 p (1 - p)}{n p (1 - p)}",
        (P, TRIALS),
    ),
    _kurtosis("geometric", ("geometric",), r"6 + \frac{p^2}{1 - p}", r"9 + \frac{p^2}{1 - p}", (P,)),
    _kurtosis("poisson", ("poisson",), r"\frac{1}{\lambda}", r"3 + \frac{1}{\lambda}", (RATE,)),
    _kurtosis("gamma", ("gamma",), r"\frac 6a", r"3 + \frac 6a", (SHAPE,)),
    _kurtosis("chi_squared", CHI, r"\frac{12}{k}", r"3 + \frac{12}{k}", (DEGREES,)),
    _kurtosis(
        "student", ("student", "t distribution", "t-distribution"), r"\frac{6}{\nu - 4}", r"3 + \frac{6}{\nu - 4}",
        (Slot(r"\nu", POS, ("degrees of freedom",), ("k", "n")),),
    ),
    _entropy(
        "uniform", ("uniform",), r"\log(b - a)", r"\log \theta", slots=(Slot("a", "real"), Slot("b", "real"), Slot(r"\theta", POS, (), ("a", "c"))),
    ),
    _entropy("exponential", ("exponential",), r"1 - \log \lambda", r"1 + \log \theta", r"\log(e \theta)",
             r"\log\frac{e}{\lambda}", slots=(RATE, SCALE, Slot("e", POS))),
    _entropy(
        "gamma", ("gamma",), r"a - \log b + \log \Gamma(a) + (1 - a) \psi(a)",
        r"a + \log \theta + \log \Gamma(a) + (1 - a) \psi(a)", slots=(SHAPE, RATE_B, SCALE, PSI),
    ),
    _entropy("inverse_gamma", ("inverse gamma", "inverse-gamma"), r"a + \log b + \log \Gamma(a) - (1 + a) \psi(a)",
             slots=(A, B, PSI)),
    _entropy(
        "beta", ("beta",),
        r"\log B(a, b) - (a - 1) \psi(a) - (b - 1) \psi(b) + (a + b - 2) \psi(a + b)", slots=(A, B, PSI),
    ),
    _entropy("laplace", ("laplace", "double exponential"), r"1 + \log(2 b)", r"\log(2 e b)", r"1 + \log\frac{2}{\lambda}",
             slots=(Slot("b", POS, ("scale",)), Slot(r"\lambda", POS, ("rate",)), Slot("e", POS))),
    _entropy("cauchy", ("cauchy",), r"\log(4 \pi \gamma)", r"\log(4 \pi)", slots=(Slot(r"\gamma", POS, ("scale",), ("b", r"\sigma")),)),
    _entropy("logistic_law", ("logistic distribution",), r"2 + \log s", slots=(Slot("s", POS, ("scale",)),)),
    _entropy("gumbel", ("gumbel",), r"\log \beta + \gamma + 1", slots=(Slot(r"\beta", POS, ("scale",), ("b",)), EULER)),
    _entropy("rayleigh", ("rayleigh",), r"1 + \log\frac{\sigma}{\sqrt 2} + \frac{\gamma}{2}", slots=(SIGMA, EULER)),
    _entropy(
        "lognormal", ("lognormal", "log-normal"), r"\mu + \frac12 \log(2 \pi e \sigma^2)",
        r"\mu + \frac12 + \frac12 \log(2 \pi \sigma^2)", slots=(MU, SIGMA, Slot("e", POS)),
    ),
    _entropy("pareto", ("pareto",), r"\log\frac{m}{a} + \frac1a + 1", slots=PARETO),
    _entropy("weibull", ("weibull",), r"\gamma \left(1 - \frac1k\right) + \log\frac{\lambda}{k} + 1", slots=(*WEIBULL, EULER)),
    _entropy(
        "geometric", ("geometric",), r"\frac{-(1 - p) \log(1 - p) - p \log p}{p}", r"-\log p - \frac{1 - p}{p} \log(1 - p)",
        slots=(P,),
    ),
    _entropy("categorical", ("categorical", "multinoulli"), r"-\sum_{k=1}^K p_k \log p_k", r"-\sum_{k=1}^K p_k \log_2 p_k",
             slots=(Slot("p", UNIT, (), (r"\theta", r"\pi", "q")), Slot("K", "natural", (), ("n", "k", "m", "C")))),
    _divergence(
        "exponentials", ("exponential",), r"\mathrm{Exp}(\lambda_1) \,\|\, \mathrm{Exp}(\lambda_2)",
        r"\log\frac{\lambda_1}{\lambda_2} + \frac{\lambda_2}{\lambda_1} - 1",
        r"\log\frac{\theta_2}{\theta_1} + \frac{\theta_1}{\theta_2} - 1", slots=(RATE, SCALE),
    ),
    _divergence(
        "poissons", ("poisson",), r"\mathrm{Poisson}(\lambda_1) \,\|\, \mathrm{Poisson}(\lambda_2)",
        r"\lambda_1 \log\frac{\lambda_1}{\lambda_2} + \lambda_2 - \lambda_1", slots=(RATE,),
    ),
    _divergence(
        "bernoullis", ("bernoulli",), r"\mathrm{Ber}(p) \,\|\, \mathrm{Ber}(q)",
        r"p \log\frac pq + (1 - p) \log\frac{1 - p}{1 - q}", r"p \log_2\frac pq + (1 - p) \log_2\frac{1 - p}{1 - q}",
        r"p_1 \log\frac{p_1}{p_2} + (1 - p_1) \log\frac{1 - p_1}{1 - p_2}",
        slots=(Slot("p", UNIT, (), (r"\theta", "a")), Slot("q", UNIT, (), ("b", r"\phi"))),
    ),
    _divergence(
        "binomials", ("binomial",), r"\mathrm{Bin}(n, p) \,\|\, \mathrm{Bin}(n, q)",
        r"n p \log\frac pq + n (1 - p) \log\frac{1 - p}{1 - q}",
        slots=(Slot("p", UNIT, (), (r"\theta",)), Slot("q", UNIT), TRIALS),
    ),
    _divergence(
        "geometrics", ("geometric",), r"\mathrm{Geo}(p) \,\|\, \mathrm{Geo}(q)",
        r"\log\frac pq + \frac{1 - p}{p} \log\frac{1 - p}{1 - q}", slots=(Slot("p", UNIT, (), (r"\theta",)), Slot("q", UNIT)),
    ),
    _divergence(
        "gammas", ("gamma",), r"\mathrm{Ga}(a_1, b_1) \,\|\, \mathrm{Ga}(a_2, b_2)",
        r"a_2 \log\frac{b_1}{b_2} - \log\frac{\Gamma(a_1)}{\Gamma(a_2)} + (a_1 - a_2) \psi(a_1) - (b_1 - b_2) \frac{a_1}{b_1}",
        r"(a_1 - a_2) \psi(a_1) - \log \Gamma(a_1) + \log \Gamma(a_2) + a_2 (\log b_1 - \log b_2) + a_1 \frac{b_2 - b_1}{b_1}",
        slots=(SHAPE, RATE_B, PSI),
    ),
    _divergence(
        "betas", ("beta",), r"\mathrm{Be}(a_1, b_1) \,\|\, \mathrm{Be}(a_2, b_2)",
        r"\log\frac{B(a_2, b_2)}{B(a_1, b_1)} + (a_1 - a_2) \psi(a_1) + (b_1 - b_2) \psi(b_1) + (a_2 - a_1 + b_2 - b_1) \psi(a_1 + b_1)",
        slots=(A, B, PSI),
    ),
    _divergence(
        "laplaces", ("laplace",), r"\mathrm{Laplace}(\mu_1, b_1) \,\|\, \mathrm{Laplace}(\mu_2, b_2)",
        r"\log\frac{b_2}{b_1} + \frac{|\mu_1 - \mu_2|}{b_2} + \frac{b_1}{b_2} e^{-|\mu_1 - \mu_2|/b_1} - 1",
        slots=(MU, Slot("b", POS, ("scale",))),
    ),
    _divergence(
        "uniforms", ("uniform",), r"\mathrm U(a_1, b_1) \,\|\, \mathrm U(a_2, b_2)",
        r"\log\frac{b_2 - a_2}{b_1 - a_1}", slots=(Slot("a", "real"), Slot("b", "real")),
    ),
    _divergence(
        "normals_of_one_variance", ("equal variance", "same variance", "common variance", "equal covariance", "same covariance"),
        r"\mathcal N(\mu_1, \sigma^2) \,\|\, \mathcal N(\mu_2, \sigma^2)",
        r"\frac{(\mu_1 - \mu_2)^2}{2 \sigma^2}", slots=(MU, SIGMA),
    ),
)  # fmt: skip
