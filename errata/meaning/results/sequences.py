"""Re-estimation of hidden Markov models, smoothers, particles; moving averages and spectra; recurrent gates."""

from __future__ import annotations

from errata.meaning.results.filters import BISHOP13, SARKKA
from errata.meaning.results.result import Result, Slot
from errata.meaning.results.time_series import HAMILTON, OPPENHEIM

POS, UNIT = "positive", "unit"
XI = Slot(r"\xi", UNIT, ("transition posterior",), ("z", r"\zeta"))
GAMMA = Slot(r"\gamma", UNIT, ("state posterior", "posterior"))
ALPHA, BETA = Slot(r"\alpha", POS, ("forward",)), Slot(r"\beta", POS, ("backward",))
TRANS = Slot("A", POS, ("transition",), ("a", r"\hat A", r"\hat a"))
EMIT = Slot("b", POS, ("emission",), ("B",))
X = Slot("x", "real", ("observation",), ("o", "y"))
N, T = Slot("N", "natural", ("number of states",), ("K", "M")), Slot("T", "natural", ("length",), ("n", "N"))
HMM = ("baum-welch", "baum–welch", "hidden markov", "hmm", "re-estimat")
THETA = Slot(r"\theta", UNIT, ("coefficient",), ("b", r"\beta"))
PHI = Slot(r"\phi", UNIT, ("coefficient",), ("a", r"\rho", r"\alpha", r"\varphi"))
SIGMA = Slot(r"\sigma", POS, ("noise", "innovation"), (r"\sigma_\epsilon", r"\sigma_w", "s"))
OMEGA = Slot(r"\omega", POS, ("frequency",), (r"\lambda", "f"))

RESULTS = (
    Result(
        "hmm_transition_posterior",
        HMM,
        r"\xi_t(i, j) = \frac{\alpha_t(i) A_{ij} b_j(x_{t+1}) \beta_{t+1}(j)}{\sum_k \sum_l \alpha_t(k) A_{kl} b_l(x_{t+1}) \beta_{t+1}(l)}",
        (XI, ALPHA, TRANS, EMIT, X, BETA, N),
        "check",
        BISHOP13,
        variants=(
            r"\xi_t(i, j) = \frac{\alpha_t(i) A_{ij} b_j(x_{t+1}) \beta_{t+1}(j)}{\sum_{k=1}^N \sum_{l=1}^N \alpha_t(k) A_{kl} b_l(x_{t+1}) \beta_{t+1}(l)}",
            r"\xi_t(i, j) = \frac{\alpha_t(i) A_{ij} b_j(x_{t+1}) \beta_{t+1}(j)}{\sum_k \alpha_T(k)}",
            r"\xi_t(i, j) = \frac{\alpha_t(i) A_{ij} b_j(x_{t+1}) \beta_{t+1}(j)}{\sum_k \alpha_t(k) \beta_t(k)}",
            r"\xi_t(i, j) = \frac{\alpha_t(i) A_{ij} b_j(x_{t+1}) \beta_{t+1}(j)}{\sum_{i=1}^N \sum_{j=1}^N \alpha_t(i) A_{ij} b_j(x_{t+1}) \beta_{t+1}(j)}",
        ),
    ),
    Result(
        "hmm_transition_update",
        HMM,
        r"A_{ij} = \frac{\sum_{t=1}^{T-1} \xi_t(i, j)}{\sum_{t=1}^{T-1} \gamma_t(i)}",
        (TRANS, XI, GAMMA, T),
        "check",
        BISHOP13,
    ),
    Result(
        "hmm_state_from_transitions",
        HMM,
        r"\gamma_t(i) = \sum_{j=1}^N \xi_t(i, j)",
        (GAMMA, XI, N),
        "check",
        BISHOP13,
        variants=(r"\gamma_t(i) = \sum_j \xi_t(i, j)",),
    ),
    Result(
        "smoother_gain",
        ("smoother", "smoothing", "rts", "rauch"),
        r"G_t = P_t F^\top P_{t+1|t}^{-1}",
        (
            Slot("G", "square d", ("smoother gain", "gain"), ("C", "J")),
            Slot("P_t", "spd d", (), ("P_{t|t}",)),
            Slot("F", "square d", ("transition",), ("A", r"\Phi")),
            Slot("P_{t+1|t}", "spd d", (), ("P^-_{t+1}",)),
        ),
        "check",
        "Särkkä, Bayesian Filtering and Smoothing, chapter 8",
        variants=(r"G_t = P_{t|t} F^\top P_{t+1|t}^{-1}", r"G_t = P_{t|t} F_t^\top P_{t+1|t}^{-1}"),
    ),
    Result(
        "particle_weight",
        ("particle filter", "sequential importance", "particle"),
        r"w_t = w_{t-1} \frac{p(y_t \mid x_t) p(x_t \mid x_{t-1})}{q(x_t \mid x_{t-1}, y_t)}",
        (
            Slot("w", POS, ("weight",), ("W", r"\tilde w")),
            Slot("p", POS),
            Slot("q", POS, ("proposal",), (r"\pi",)),
            Slot("x", "real", ("state",), ("z",)),
            Slot("y", "real", ("observation",), ("z",)),
        ),
        "definition",
        SARKKA,
    ),
    Result(
        "moving_average_variance",
        ("ma(1)", "moving-average process", "moving average process", "moving average of order"),
        r"\operatorname{Var}(x_t) = \sigma^2 (1 + \theta^2)",
        (Slot("x", "random real", (), ("X", "y", "Y", "z")), SIGMA, THETA),
        "check",
        HAMILTON,
        variants=(r"\gamma_0 = \sigma^2 (1 + \theta^2)", r"\gamma(0) = \sigma^2 (1 + \theta^2)"),
    ),
    Result(
        "moving_average_autocovariance",
        ("ma(1)", "moving-average process", "moving average process", "moving average of order"),
        r"\gamma_1 = \theta \sigma^2",
        (Slot(r"\gamma", "real", ("autocovariance",)), SIGMA, THETA),
        "check",
        HAMILTON,
        variants=(r"\gamma(1) = \theta \sigma^2",),
    ),
    Result(
        "moving_average_autocorrelation",
        ("ma(1)", "moving-average process", "moving average process", "moving average of order"),
        r"\rho_1 = \frac{\theta}{1 + \theta^2}",
        (Slot(r"\rho", "real", ("autocorrelation",)), THETA),
        "check",
        HAMILTON,
        variants=(r"\rho(1) = \frac{\theta}{1 + \theta^2}",),
    ),
    Result(
        "autoregression_mean",
        ("ar(1)", "autoregressive process", "autoregression", "first-order autoregressive"),
        r"\mathbb E[x_t] = \frac{c}{1 - \phi}",
        (
            Slot("x", "random real", (), ("X", "y", "Y", "z")),
            Slot("c", "real", ("constant", "intercept"), (r"\delta", r"\alpha", r"\mu")),
            PHI,
        ),
        "check",
        HAMILTON,
        variants=(r"\mu = \frac{c}{1 - \phi}",),
    ),
    Result(
        "autoregression_spectrum",
        ("ar(1)", "autoregressive process", "autoregression", "first-order autoregressive", "spectral density"),
        r"f(\omega) = \frac{\sigma^2}{2 \pi (1 + \phi^2 - 2 \phi \cos \omega)}",
        (Slot("f", "real", ("spectral density",), ("S",)), OMEGA, SIGMA, PHI),
        "check",
        HAMILTON,
        variants=(r"f(\omega) = \frac{\sigma^2}{2 \pi (1 - 2 \phi \cos \omega + \phi^2)}",),
    ),
    Result(
        "aliased_frequency",
        ("alias",),
        r"f_a = |f - k f_s|",
        (
            Slot("f_a", POS, ("alias", "apparent"), (r"f_{\text{alias}}",)),
            Slot("f", POS, ("frequency",), ("f_0",)),
            Slot("f_s", POS, ("sampling",), ("F_s",)),
            Slot("k", "natural", (), ("n", "N")),
        ),
        "definition",
        OPPENHEIM,
    ),
    Result(
        "lstm_hidden",
        ("lstm", "long short-term"),
        r"h_t = o_t \odot \tanh(c_t)",
        (
            Slot("h", "real", ("hidden",)),
            Slot("o", UNIT, ("output gate",)),
            Slot("c", "real", ("cell",), ("C",)),
        ),
        "definition",
        "Hochreiter, Schmidhuber 1997, Long short-term memory",
    ),
    Result(
        "lstm_gate",
        ("lstm", "long short-term", "forget gate", "input gate", "output gate"),
        r"f_t = \sigma(W_f x_t + U_f h_{t-1} + b_f)",
        (
            Slot("f", "vector d", ("gate",), ("i", "o")),
            Slot(r"\sigma", "vector d", ("sigmoid",)),
            Slot("W_f", "matrix d m", (), ("W_i", "W_o")),
            Slot("U_f", "square d", (), ("U_i", "U_o", "R_f", "V_f")),
            Slot("x", "vector m", ("input",)),
            Slot("h", "vector d", ("hidden",)),
            Slot("b_f", "vector d", ("bias",), ("b_i", "b_o")),
        ),
        "definition",
        "Hochreiter, Schmidhuber 1997, Long short-term memory",
    ),
)
