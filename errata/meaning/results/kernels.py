"""Covariance functions, acquisition functions, and what Bayesian models predict with them."""

from __future__ import annotations

from errata.meaning.results.result import Result, Slot

RASMUSSEN = "Rasmussen, Williams, Gaussian Processes for Machine Learning"
POS, UNIT = "positive", "unit"
R = Slot("r", POS, ("distance",), ("d", r"\tau"))
ELL = Slot(r"\ell", POS, ("length scale", "length-scale", "lengthscale"), ("l", r"\lambda", r"\theta", r"\rho"))
SF = Slot(r"\sigma", POS, ("amplitude", "signal"), (r"\sigma_f", r"\alpha", "s"))
KR = Slot("k", POS, (), ("K", "C", r"\kappa"))
MU, SIGMA = (
    Slot(r"\mu", "real", ("predictive mean", "posterior mean")),
    Slot(r"\sigma", POS, ("standard deviation",), ("s",)),
)
BEST = Slot(
    "f^*",
    "real",
    ("best", "incumbent"),
    ("f^+", r"y^*", r"f_{\mathrm{best}}", r"y_{\min}", r"f_{\min}", "y^+", r"f_{\max}"),
)
PHI_CDF, PHI_PDF = Slot(r"\Phi", UNIT), Slot(r"\phi", POS, (), (r"\varphi",))

RESULTS = (
    Result(
        "matern_half",
        ("matérn", "matern", "ornstein-uhlenbeck kernel", "exponential kernel"),
        r"k(r) = \sigma^2 \exp\left(-\frac{r}{\ell}\right)",
        (KR, SF, R, ELL),
        "definition",
        RASMUSSEN,
        variants=(r"k(r) = \exp\left(-\frac{r}{\ell}\right)",),
    ),
    Result(
        "matern_three_halves",
        ("matérn", "matern"),
        r"k(r) = \sigma^2 \left(1 + \frac{\sqrt3 r}{\ell}\right) \exp\left(-\frac{\sqrt3 r}{\ell}\right)",
        (KR, SF, R, ELL),
        "definition",
        RASMUSSEN,
        variants=(r"k(r) = \left(1 + \frac{\sqrt3 r}{\ell}\right) \exp\left(-\frac{\sqrt3 r}{\ell}\right)",),
    ),
    Result(
        "matern_five_halves",
        ("matérn", "matern"),
        r"k(r) = \sigma^2 \left(1 + \frac{\sqrt5 r}{\ell} + \frac{5 r^2}{3 \ell^2}\right) \exp\left(-\frac{\sqrt5 r}{\ell}\right)",
        (KR, SF, R, ELL),
        "definition",
        RASMUSSEN,
        variants=(
            r"k(r) = \left(1 + \frac{\sqrt5 r}{\ell} + \frac{5 r^2}{3 \ell^2}\right) \exp\left(-\frac{\sqrt5 r}{\ell}\right)",
        ),
    ),
    Result(
        "rational_quadratic_kernel",
        ("rational quadratic",),
        r"k(r) = \left(1 + \frac{r^2}{2 \alpha \ell^2}\right)^{-\alpha}",
        (KR, SF, R, ELL, Slot(r"\alpha", POS)),
        "definition",
        RASMUSSEN,
        variants=(r"k(r) = \sigma^2 \left(1 + \frac{r^2}{2 \alpha \ell^2}\right)^{-\alpha}",),
    ),
    Result(
        "periodic_kernel",
        ("periodic kernel", "periodic covariance"),
        r"k(r) = \sigma^2 \exp\left(-\frac{2 \sin^2(\pi r / p)}{\ell^2}\right)",
        (KR, SF, R, ELL, Slot("p", POS, ("period",))),
        "definition",
        RASMUSSEN,
        variants=(r"k(r) = \exp\left(-\frac{2 \sin^2(\pi r / p)}{\ell^2}\right)",),
    ),
    Result(
        "expected_improvement",
        ("expected improvement",),
        r"\mathrm{EI} = (\mu - f^*) \Phi(z) + \sigma \phi(z)",
        (Slot(r"\mathrm{EI}", POS), MU, BEST, PHI_CDF, PHI_PDF, SIGMA, Slot("z", "real", (), ("Z", "u", r"\gamma"))),
        "definition",
        "Jones, Schonlau, Welch 1998",
        variants=(
            r"\mathrm{EI} = (f^* - \mu) \Phi(z) + \sigma \phi(z)",
            r"\mathrm{EI}(x) = (\mu(x) - f^*) \Phi(z) + \sigma(x) \phi(z)",
            r"\mathrm{EI}(x) = (f^* - \mu(x)) \Phi(z) + \sigma(x) \phi(z)",
        ),
    ),
    Result(
        "probability_of_improvement",
        ("probability of improvement",),
        r"\mathrm{PI} = \Phi\left(\frac{\mu - f^*}{\sigma}\right)",
        (Slot(r"\mathrm{PI}", UNIT), MU, BEST, PHI_CDF, SIGMA),
        "definition",
        "Kushner 1964",
        variants=(
            r"\mathrm{PI}(x) = \Phi\left(\frac{\mu(x) - f^*}{\sigma(x)}\right)",
            r"\mathrm{PI}(x) = \Phi\left(\frac{f^* - \mu(x)}{\sigma(x)}\right)",
            r"\mathrm{PI} = \Phi\left(\frac{f^* - \mu}{\sigma}\right)",
        ),
    ),
    Result(
        "partial_correlation",
        ("partial correlation",),
        r"\rho_{ij} = -\frac{\Lambda_{ij}}{\sqrt{\Lambda_{ii} \Lambda_{jj}}}",
        (
            Slot(r"\rho", "real", (), ("r",)),
            Slot(r"\Lambda", POS, ("precision", "inverse covariance"), (r"\Omega", r"\Theta", "K", "Q")),
        ),
        "check",
        "Lauritzen, Graphical Models, section 5.1",
    ),
    Result(
        "partial_correlation_of_three",
        ("partial correlation",),
        r"\rho_{xy} = \frac{r_{xy} - r_{xz} r_{yz}}{\sqrt{(1 - r_{xz}^2) (1 - r_{yz}^2)}}",
        (Slot(r"\rho", "real"), Slot("r", UNIT, ("correlation",))),
        "definition",
        "Fisher 1924, The distribution of the partial correlation coefficient",
    ),
    Result(
        "predictive_variance_of_regression",
        ("predictive variance", "predictive distribution"),
        r"\sigma_*^2 = \sigma^2 + x_*^\top S x_*",
        (
            Slot(r"\sigma_*", POS, (), (r"\sigma_N", r"s")),
            Slot(r"\sigma", POS, ("noise",), (r"\sigma_n", r"\sigma_y")),
            Slot("x_*", "vector d", (), (r"\phi", "x")),
            Slot("S", "spd d", ("posterior covariance",), (r"\Sigma", r"S_N", "V")),
        ),
        "definition",
        "Bishop, Pattern Recognition and Machine Learning, section 3.3",
    ),
    Result(
        "polynomial_kernel",
        ("polynomial kernel",),
        r"k(x, y) = (x^\top y + c)^p",
        (
            KR,
            Slot("x", "vector d"),
            Slot("y", "vector d", (), ("z", "x'")),
            Slot("c", POS),
            Slot("p", "natural", ("degree",), ("d", "M")),
        ),
        "definition",
        "Schölkopf, Smola, Learning with Kernels",
    ),
    Result(
        "laplacian_kernel",
        ("laplacian kernel", "laplace kernel"),
        r"k(x, y) = \exp\left(-\frac{\|x - y\|_1}{\ell}\right)",
        (KR, Slot("x", "vector d"), Slot("y", "vector d", (), ("z", "x'")), ELL),
        "definition",
        "Schölkopf, Smola, Learning with Kernels",
        variants=(r"k(x, y) = \exp(-\gamma \|x - y\|_1)", r"k(x, y) = \exp\left(-\frac{\|x - y\|}{\ell}\right)"),
    ),
)
