"""Means, variances, densities and distribution functions of named laws."""

from __future__ import annotations

from errata.meaning.results.result import Result, Slot

SOURCE = "Casella, Berger, Statistical Inference, table of common distributions"
X = Slot("X", "random real", (), ("Y", "U", "T", "Z", "N", "K", "x", r"\theta", "S"))
POS, UNIT = "positive", "unit"


def _moments(
    name: str, words: tuple[str, ...], mean: str, variance: str, slots: tuple[Slot, ...],
    means: tuple[str, ...] = (), variances: tuple[str, ...] = (),
) -> tuple[Result, Result]:  # fmt: skip
    """The mean and the variance of a law, with their other parameterisations."""
    return (
        Result(f"{name}_mean", words, rf"\mathbb E[X] = {mean}", (X, *slots), f"check {name}_moments", SOURCE,
               tuple(rf"\mathbb E[X] = {m}" for m in means)),
        Result(f"{name}_variance", words, rf"\operatorname{{Var}}(X) = {variance}", (X, *slots), f"check {name}_moments", SOURCE,
               tuple(rf"\operatorname{{Var}}(X) = {v}" for v in variances)),
    )  # fmt: skip


A, B = Slot("a", POS, (), (r"\alpha",)), Slot("b", POS, (), (r"\beta",))
P = Slot("p", UNIT, (), (r"\theta", r"\pi", "q", r"\mu"))
LAMBDA = Slot(r"\lambda", POS, ("rate",), (r"\theta", r"\mu"))

RESULTS = (
    *_moments("uniform", ("uniform",), r"\frac{a + b}{2}", r"\frac{(b - a)^2}{12}", (Slot("a", "real"), Slot("b", "real")), (r"\frac{\theta}{2}",), (r"\frac{\theta^2}{12}",)),
    *_moments("bernoulli", ("bernoulli",), "p", "p (1 - p)", (P,)),
    *_moments("binomial", ("binomial",), "n p", "n p (1 - p)", (P, Slot("n", POS, (), ("N", "m")))),
    *_moments("geometric", ("geometric",), r"\frac{1}{p}", r"\frac{1 - p}{p^2}", (P,), (r"\frac{1 - p}{p}",)),
    *_moments("poisson", ("poisson",), r"\lambda", r"\lambda", (LAMBDA,)),
    *_moments("exponential", ("exponential",), r"\frac{1}{\lambda}", r"\frac{1}{\lambda^2}", (LAMBDA,), (r"\theta",), (r"\theta^2",)),
    *_moments("gamma", ("gamma",), r"\frac{a}{b}", r"\frac{a}{b^2}", (Slot("a", POS, ("shape",), (r"\alpha", "k")), Slot("b", POS, ("rate",), (r"\beta", r"\lambda", r"\theta"))), (r"a b",), (r"a b^2",)),
    *_moments("inverse_gamma", ("inverse gamma", "inverse-gamma"), r"\frac{b}{a - 1}", r"\frac{b^2}{(a - 1)^2 (a - 2)}", (Slot("a", POS, ("shape",), (r"\alpha",)), Slot("b", POS, ("scale",), (r"\beta",)))),
    *_moments("beta", ("beta",), r"\frac{a}{a + b}", r"\frac{a b}{(a + b)^2 (a + b + 1)}", (A, B)),
    *_moments("dirichlet", ("dirichlet",), r"\frac{\alpha_k}{\alpha_0}", r"\frac{\alpha_k (\alpha_0 - \alpha_k)}{\alpha_0^2 (\alpha_0 + 1)}", (Slot(r"\alpha", POS), Slot("k", POS, (), ("i", "j"))), (r"\frac{\alpha_k}{\sum_j \alpha_j}",)),
    *_moments("laplace", ("laplace", "double exponential"), r"\mu", r"2 b^2", (Slot(r"\mu", "real", ("location",), ("m",)), Slot("b", POS, ("scale",))), (), (r"\frac{2}{\lambda^2}",)),
    *_moments("chi_squared", ("chi-square", "chi square", "chi-squared", r"\chi^2"), "k", "2 k", (Slot("k", POS, ("degrees of freedom",), (r"\nu", "n", "d", "p")),)),
    *_moments("student", ("student", "t distribution", "t-distribution"), "0", r"\frac{\nu}{\nu - 2}", (Slot(r"\nu", POS, ("degrees of freedom",), ("k", "n")),)),
    *_moments("lognormal", ("lognormal", "log-normal"), r"\exp\left(\mu + \frac{\sigma^2}{2}\right)", r"\left(e^{\sigma^2} - 1\right) e^{2 \mu + \sigma^2}", (Slot(r"\mu", "real", (), ("m",)), Slot(r"\sigma", POS, (), ("s",))), (r"\exp\left(\mu + \frac{1}{2}\sigma^2\right)",)),
    *_moments("weibull", ("weibull",), r"\lambda \Gamma(1 + 1/k)", r"\lambda^2 (\Gamma(1 + 2/k) - (\Gamma(1 + 1/k))^2)", (LAMBDA, Slot("k", POS, ("shape",)))),
    *_moments("pareto", ("pareto",), r"\frac{a m}{a - 1}", r"\frac{a m^2}{(a - 1)^2 (a - 2)}", (Slot("a", POS, ("shape", "tail index"), (r"\alpha",)), Slot("m", POS, ("minimum", "scale"), ("x_m", "x_0")))),
    *_moments("negative_binomial", ("negative binomial",), r"\frac{r (1 - p)}{p}", r"\frac{r (1 - p)}{p^2}", (P, Slot("r", POS)), (r"\frac{r}{p}", r"\frac{r p}{1 - p}"), (r"\frac{r p}{(1 - p)^2}",)),
    *_moments("hypergeometric", ("hypergeometric",), r"n \frac{K}{N}", r"n \frac{K}{N} \frac{N - K}{N} \frac{N - n}{N - 1}", (Slot("n", POS, ("draws", "sample")), Slot("K", POS, ("successes", "marked")), Slot("N", POS, ("population",)))),
    *_moments("rayleigh", ("rayleigh",), r"\sigma \sqrt{\frac{\pi}{2}}", r"\frac{4 - \pi}{2} \sigma^2", (Slot(r"\sigma", POS, ("scale",)),)),
    *_moments("logistic_law", ("logistic distribution",), r"\mu", r"\frac{s^2 \pi^2}{3}", (Slot(r"\mu", "real"), Slot("s", POS, ("scale",)))),
    *_moments("gumbel", ("gumbel",), r"\mu + \gamma \beta", r"\frac{\pi^2}{6} \beta^2", (Slot(r"\mu", "real", ("location",)), Slot(r"\beta", POS, ("scale",)), Slot(r"\gamma", POS, ("euler",)))),
    Result("normal_density", ("normal", "gaussian"), r"p(x) = \frac{1}{\sqrt{2 \pi \sigma^2}} \exp\left(-\frac{(x - \mu)^2}{2 \sigma^2}\right)", (Slot("p", POS, (), ("f", r"\phi", r"\mathcal N", r"\varphi")), Slot("x", "real", (), ("y", "z", "t")), Slot(r"\mu", "real", (), ("m",)), Slot(r"\sigma", POS, (), ("s",))), "derivation normal_pdf", SOURCE,
           variants=(r"p(x) = \frac{1}{\sqrt{2 \pi}} \exp\left(-\frac{x^2}{2}\right)",)),
    Result("normal_log_density", ("normal", "gaussian", "log-density"), r"\log p(x) = -\frac12 \log(2 \pi \sigma^2) - \frac{(x - \mu)^2}{2 \sigma^2}", (Slot("p", POS, (), ("f", r"\mathcal N")), Slot("x", "real", (), ("y",)), Slot(r"\mu", "real"), Slot(r"\sigma", POS)), "check normal_log_density", SOURCE),
    Result("multivariate_normal_density", ("multivariate normal", "multivariate gaussian", "gaussian", "normal"), r"p(x) = \frac{1}{(2 \pi)^{d/2} |\Sigma|^{1/2}} \exp\left(-\frac12 (x - \mu)^\top \Sigma^{-1} (x - \mu)\right)", (Slot("p", POS, (), ("f", r"\mathcal N", "N")), Slot("x", "vector k", (), ("y", "z")), Slot(r"\mu", "vector k", (), ("m",)), Slot(r"\Sigma", "spd k", (), ("C", "K", "S")), Slot("d", POS, (), ("n", "D", "k", "p"))), "check multivariate_normal_density", SOURCE),
    Result("multivariate_normal_log_density", ("multivariate normal", "multivariate gaussian", "gaussian", "normal"), r"\log \mathcal N(x; \mu, \Sigma) = -\frac d2 \log(2 \pi) - \frac12 \log \det \Sigma - \frac12 (x - \mu)^\top \Sigma^{-1} (x - \mu)", (Slot(r"\mathcal N", POS, (), ("N", "p")), Slot("x", "vector k", (), ("y", "z")), Slot(r"\mu", "vector k", (), ("m",)), Slot(r"\Sigma", "spd k", (), ("C", "K", "S")), Slot("d", POS, (), ("n", "D", "k", "p"))), "check multivariate_normal_density", SOURCE,
           variants=(r"\log p(x) = -\frac d2 \log(2 \pi) - \frac12 \log \det \Sigma - \frac12 (x - \mu)^\top \Sigma^{-1} (x - \mu)", r"\log p(x) = -\frac12 \left((x - \mu)^\top \Sigma^{-1} (x - \mu) + \log \det \Sigma + d \log(2 \pi)\right)")),
    Result("exponential_density", ("exponential",), r"f(x) = \lambda e^{-\lambda x}", (Slot("f", POS, (), ("p",)), Slot("x", POS, (), ("t", "y")), LAMBDA), "check exponential_density", SOURCE, variants=(r"f(x) = \frac{1}{\theta} e^{-x/\theta}",)),
    Result("exponential_cdf", ("exponential",), r"F(x) = 1 - e^{-\lambda x}", (Slot("F", POS), Slot("x", POS, (), ("t", "y")), LAMBDA), "check exponential_cdf", SOURCE, variants=(r"F(x) = 1 - e^{-x/\theta}", r"P(X \le x) = 1 - e^{-\lambda x}")),
    Result("exponential_survival", ("exponential", "survival", "memoryless"), r"P(X > t) = e^{-\lambda t}", (Slot("X", "random real", (), ("T",)), Slot("t", POS, (), ("x",)), LAMBDA), "check exponential_cdf", SOURCE),
    Result("exponential_quantile", ("quantile", "exponential"), r"F^{-1}(u) = -\frac{1}{\lambda} \log(1 - u)", (Slot("F^{-1}", POS, (), ("Q",)), Slot("u", UNIT, (), ("p", "q")), LAMBDA), "check exponential_cdf", SOURCE),
    Result("exponential_median", ("median", "exponential"), r"m = \frac{\log 2}{\lambda}", (LAMBDA, Slot("m", POS)), "check exponential_cdf", SOURCE),
    Result("poisson_pmf", ("poisson",), r"P(X = k) = \frac{\lambda^k e^{-\lambda}}{k!}", (Slot("X", "random real", (), ("N", "K")), Slot("k", POS, (), ("x", "n")), LAMBDA), "check poisson_pmf", SOURCE, variants=(r"p(x) = \frac{\lambda^x e^{-\lambda}}{x!}",)),
    Result("binomial_pmf", ("binomial",), r"P(X = k) = \binom{n}{k} p^k (1 - p)^{n - k}", (Slot("X", "random real", (), ("K", "S")), Slot("k", POS, (), ("x", "m")), Slot("n", POS, (), ("N",)), P), "check binomial_pmf", SOURCE, variants=(r"p(k) = \binom{n}{k} \theta^k (1 - \theta)^{n - k}",)),
    Result("geometric_pmf", ("geometric",), r"P(X = k) = (1 - p)^{k - 1} p", (Slot("X", "random real", (), ("T", "N")), Slot("k", POS, (), ("n", "x")), P), "check geometric_pmf", SOURCE, variants=(r"P(X = k) = (1 - p)^k p",)),
    Result("bernoulli_pmf", ("bernoulli", "coin", "equals $1$ with probability"), r"p(x) = \theta^x (1 - \theta)^{1 - x}", (Slot("p", POS, (), ("P", "f")), Slot("x", UNIT, (), ("y", "k")), Slot(r"\theta", UNIT, (), ("p", r"\mu", r"\pi", "q", r"\phi"))), "check bernoulli_pmf", SOURCE, variants=(r"P(X = x) = \theta^x (1 - \theta)^{1 - x}", r"p(x \mid \theta) = \theta^x (1 - \theta)^{1 - x}")),
    Result("gamma_density", ("gamma",), r"f(x) = \frac{b^a}{\Gamma(a)} x^{a - 1} e^{-b x}", (Slot("f", POS, (), ("p",)), Slot("x", POS, (), ("y", "t", r"\lambda", r"\tau")), Slot("a", POS, ("shape",), (r"\alpha", "k")), Slot("b", POS, ("rate",), (r"\beta", r"\lambda"))), "check gamma_density", SOURCE, variants=(r"f(x) = \frac{1}{\Gamma(a) b^a} x^{a - 1} e^{-x/b}",)),
    Result("beta_density", ("beta",), r"f(x) = \frac{\Gamma(a + b)}{\Gamma(a) \Gamma(b)} x^{a - 1} (1 - x)^{b - 1}", (Slot("f", POS, (), ("p",)), Slot("x", UNIT, (), (r"\theta", "p", r"\mu", r"\pi")), A, B), "check beta_density", SOURCE),
    Result("laplace_density", ("laplace",), r"f(x) = \frac{1}{2 b} \exp\left(-\frac{|x - \mu|}{b}\right)", (Slot("f", POS, (), ("p",)), Slot("x", "real", (), ("w", "y")), Slot(r"\mu", "real", (), ("m",)), Slot("b", POS)), "check laplace_density", SOURCE, variants=(r"f(x) = \frac{\lambda}{2} e^{-\lambda |x|}", r"f(x) = \frac{1}{2 b} e^{-|x|/b}")),
    Result("cauchy_density", ("cauchy",), r"f(x) = \frac{1}{\pi (1 + x^2)}", (Slot("f", POS, (), ("p",)), Slot("x", "real")), "check cauchy_density", SOURCE, variants=(r"f(x) = \frac{1}{\pi \gamma (1 + (x - m)^2/\gamma^2)}",)),
    Result("lognormal_density", ("lognormal", "log-normal"), r"f(x) = \frac{1}{x \sigma \sqrt{2 \pi}} \exp\left(-\frac{(\log x - \mu)^2}{2 \sigma^2}\right)", (Slot("f", POS, (), ("p",)), Slot("x", POS, (), ("y",)), Slot(r"\mu", "real", (), ("m",)), Slot(r"\sigma", POS, (), ("s",))), "check lognormal_density", SOURCE),
    Result("weibull_cdf", ("weibull",), r"F(x) = 1 - e^{-(x/\lambda)^k}", (Slot("F", POS), Slot("x", POS, (), ("t",)), LAMBDA, Slot("k", POS)), "check weibull_cdf", SOURCE),
    Result("exponential_family", ("exponential family",), r"p(x \mid \eta) = h(x) \exp\left(\eta^\top T(x) - A(\eta)\right)", (Slot("p", POS, (), ("f",)), Slot(r"\eta", "vector d", (), (r"\theta",)), Slot("T", "vector d", (), ("t", r"\phi", "u", "s")), Slot("A", "real", (), ("a", r"\psi", "b")), Slot("h", POS), Slot("x", "real")), "definition", SOURCE, variants=(r"p(x) = h(x) \exp\left(\eta^\top T(x) - A(\eta)\right)",)),
    Result("log_partition_gradient", ("log-partition", "log partition", "log-normaliser", "log-normalizer", "exponential family"), r"\nabla A(\eta) = \mathbb E[T(x)]", (Slot(r"\eta", "vector d"), Slot("T", "vector d"), Slot("A", "real"), Slot("x", "random real")), "check log_partition_gradient", SOURCE),
)
