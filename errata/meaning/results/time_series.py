"""Autoregressions, smoothing, and signals that are sampled, filtered and quantised."""

from __future__ import annotations

from errata.meaning.results.result import Result, Slot

HAMILTON = "Hamilton, Time Series Analysis"
OPPENHEIM = "Oppenheim, Schafer, Discrete-Time Signal Processing"
POS, UNIT = "positive", "unit"
PHI = Slot(r"\phi", UNIT, ("coefficient",), ("a", r"\rho", r"\alpha", r"\varphi", r"\beta"))
SIGMA = Slot(r"\sigma", POS, ("noise", "innovation"), (r"\sigma_\epsilon", r"\sigma_w", "s"))
N = Slot("n", "natural", (), ("N", "k", "t"))

RESULTS = (
    Result(
        "autoregression_variance",
        ("ar(1)", "autoregressive process", "autoregression", "first-order autoregressive"),
        r"\operatorname{Var}(x_t) = \frac{\sigma^2}{1 - \phi^2}",
        (Slot("x", "random real", (), ("X", "y", "Y", "z")), SIGMA, PHI),
        "check",
        HAMILTON,
        variants=(r"\gamma_0 = \frac{\sigma^2}{1 - \phi^2}", r"\gamma(0) = \frac{\sigma^2}{1 - \phi^2}"),
    ),
    Result(
        "autoregression_autocovariance",
        ("ar(1)", "autoregressive process", "autoregression", "first-order autoregressive"),
        r"\gamma_k = \frac{\sigma^2 \phi^k}{1 - \phi^2}",
        (Slot(r"\gamma", "real", ("autocovariance",)), SIGMA, PHI, Slot("k", "natural", ("lag",), ("h", r"\tau"))),
        "check",
        HAMILTON,
        variants=(r"\gamma(k) = \frac{\sigma^2 \phi^k}{1 - \phi^2}",),
    ),
    Result(
        "exponential_smoothing",
        ("exponential smoothing",),
        r"s_t = \alpha x_t + (1 - \alpha) s_{t-1}",
        (
            Slot("s", "real", ("smoothed", "level"), (r"\ell", "S")),
            Slot(r"\alpha", UNIT, ("smoothing",)),
            Slot("x", "real", ("observation",), ("y", "X")),
        ),
        "definition",
        "Hyndman, Athanasopoulos, Forecasting, section 8.1",
    ),
    Result(
        "random_walk_variance",
        ("random walk",),
        r"\operatorname{Var}(x_t) = t \sigma^2",
        (Slot("x", "random real", (), ("X", "S", "y")), Slot("t", POS, (), ("n",)), SIGMA),
        "definition",
        HAMILTON,
        needs=("startsat0", "x_0=0", "s_0=0", "startsfrom0", "startedat0", "startsatzero", "from0"),
    ),
    Result(
        "autocorrelation",
        ("autocorrelation",),
        r"\rho_k = \frac{\gamma_k}{\gamma_0}",
        (Slot(r"\rho", "real"), Slot(r"\gamma", POS, ("autocovariance",))),
        "definition",
        HAMILTON,
    ),
    Result(
        "quantisation_noise",
        ("quantisation noise", "quantization noise", "quantisation error", "quantization error"),
        r"\sigma^2 = \frac{\Delta^2}{12}",
        (Slot(r"\sigma", POS, (), (r"\sigma_q", r"\sigma_e")), Slot(r"\Delta", POS, ("step",), ("q", r"\delta"))),
        "check",
        OPPENHEIM,
    ),
    Result(
        "decibels",
        ("decibel", "snr in db", "signal-to-noise ratio", " db"),
        r"\mathrm{SNR} = 10 \log_{10} \frac{P}{N}",
        (
            Slot(r"\mathrm{SNR}", "real", (), (r"\mathrm{SNR}_{\mathrm{dB}}", "L")),
            Slot("P", POS, ("signal power", "power of the signal"), ("S", r"P_s")),
            Slot("N", POS, ("noise power", "power of the noise"), (r"P_n",)),
        ),
        "definition",
        OPPENHEIM,
    ),
    Result(
        "hann_window",
        ("hann window", "hanning window", "hann"),
        r"w_n = \frac12 \left(1 - \cos \frac{2 \pi n}{N - 1}\right)",
        (Slot("w", "real"), Slot("n", POS, (), ("k",)), Slot("N", POS, (), ("M", "L"))),
        "definition",
        OPPENHEIM,
        variants=(
            r"w_n = \frac12 \left(1 - \cos \frac{2 \pi n}{N}\right)",
            r"w(n) = \frac12 \left(1 - \cos \frac{2 \pi n}{N - 1}\right)",
            r"w[n] = \frac12 \left(1 - \cos \frac{2 \pi n}{N - 1}\right)",
            r"w_n = \sin^2 \frac{\pi n}{N - 1}",
        ),
    ),
    Result(
        "wiener_filter",
        ("wiener filter",),
        r"H(f) = \frac{S(f)}{S(f) + N(f)}",
        (
            Slot("H", UNIT, (), ("G", "W")),
            Slot("S", POS, ("signal",), (r"S_x", r"P_s", r"S_s")),
            Slot("N", POS, ("noise",), (r"S_n", r"P_n")),
        ),
        "definition",
        "Wiener 1949, Extrapolation, Interpolation, and Smoothing of Stationary Time Series",
    ),
    Result(
        "lms_update",
        ("lms", "least mean squares", "widrow"),
        r"w_{t+1} = w_t + \mu e_t x_t",
        (
            Slot("w", "vector d", ("weight",), ("h",)),
            Slot(r"\mu", POS, ("step size",), (r"\eta", r"\alpha")),
            Slot("e", "real", ("error",)),
            Slot("x", "vector d", ("input",), ("u",)),
        ),
        "definition",
        "Widrow, Hoff 1960, Adaptive switching circuits",
        variants=(r"w_{t+1} = w_t + 2 \mu e_t x_t",),
    ),
    Result(
        "mel_scale",
        ("mel scale", "mel frequency"),
        r"m = 2595 \log_{10} \left(1 + \frac{f}{700}\right)",
        (Slot("m", POS), Slot("f", POS, ("frequency",))),
        "definition",
        "O'Shaughnessy 1987, Speech Communication",
    ),
    Result(
        "energy_of_signal",
        ("energy of a signal", "signal energy"),
        r"E = \sum_{n=1}^{N} |x_n|^2",
        (Slot("E", POS), Slot("N", "natural"), Slot("x", "real")),
        "definition",
        OPPENHEIM,
    ),
)
