"""Bounds of sparse processes, contractions, costs of drifts, Jacobians of norms, optimism and risk."""

from __future__ import annotations

from errata.meaning.results.result import Result, Slot

POS, UNIT = "positive", "unit"
HASTIE = "Hastie, Tibshirani, Friedman, The elements of statistical learning"
DIMENSION = Slot("p", "natural", ("parameters", "features"), ("d", "k"))
SAMPLE = Slot("n", "natural", ("observations", "samples"), ("N", "m"))
NOISE = Slot(r"\sigma", POS, ("noise",), (r"\sigma_\epsilon", "s"))
UNITS = Slot("n", "natural", ("units", "features", "dimension"), ("d", "D", "N", "H"))

RESULTS = (
    Result(
        "sparse_process_bound",
        ("titsias", "sparse gaussian process", "inducing", "sparse gp"),
        r"\mathcal L = \log N(y; 0, Q + \sigma^2 I) - \frac{1}{2 \sigma^2} \operatorname{tr}(K - Q)",
        (
            Slot(r"\mathcal L", "real", ("bound", "elbo"), ("F", "L")),
            Slot("y", "vector n"),
            Slot("K", "spd n", (), ("K_{ff}", "K_{nn}")),
            Slot("Q", "spd n", (), ("Q_{ff}", "Q_{nn}")),
            NOISE,
        ),
        "derivation sparse_collapsed_eq",
        "Titsias 2009, Variational learning of inducing variables in sparse Gaussian processes, equation 9",
    ),
    Result(
        "bellman_contraction",
        ("contraction",),
        r"\|T V - T U\| \le \gamma \|V - U\|",
        (
            Slot("T", "square d", ("operator",), (r"\mathcal T", "B", r"\mathcal B")),
            Slot("V", "vector d", ("value",), ("v", "Q")),
            Slot("U", "vector d", ("value",), ("u", "W", "V'")),
            Slot(r"\gamma", UNIT, ("discount",), (r"\beta",)),
        ),
        "derivation bellman_max_step_le",
        "Puterman 1994, Markov decision processes, proposition 6.2.4",
        variants=(
            r"\|T V - T U\|_\infty \le \gamma \|V - U\|_\infty",
            r"\|T(V) - T(U)\|_\infty \le \gamma \|V - U\|_\infty",
            r"\|T(V) - T(U)\| \le \gamma \|V - U\|",
        ),
        needs=("bellman", "discount", "valueiteration", "policy"),
    ),
    Result(
        "layer_norm_jacobian",
        ("layer norm", "layernorm", "layer normali"),
        r"\frac{\partial \hat x_i}{\partial x_j} = \frac{1}{\sigma} \left(\delta_{ij} - \frac1n - \frac{\hat x_i \hat x_j}{n}\right)",
        (
            Slot(r"\hat x", "real", (), ("y", "z")),
            Slot("x", "real", (), ("a", "h")),
            Slot(r"\sigma", POS),
            UNITS,
            Slot(r"\delta", "real"),
        ),
        "derivation layer_norm_own_eq",
        "Ba, Kiros, Hinton 2016, Layer normalization",
    ),
    Result(
        "rms_norm_jacobian",
        ("rmsnorm", "rms norm", "root mean square"),
        r"\frac{\partial \hat x_i}{\partial x_j} = \frac{1}{r} \left(\delta_{ij} - \frac{\hat x_i \hat x_j}{n}\right)",
        (
            Slot(r"\hat x", "real", (), ("y", "z")),
            Slot("x", "real", (), ("a", "h")),
            Slot("r", POS, ("root mean square",), (r"\sigma", r"\mathrm{RMS}")),
            UNITS,
            Slot(r"\delta", "real"),
        ),
        "derivation rms_norm_own_eq",
        "Zhang, Sennrich 2019, Root mean square layer normalization",
    ),
    Result(
        "optimism_of_least_squares",
        ("optimism",),
        r"\omega = \frac{2 p \sigma^2}{n}",
        (Slot(r"\omega", POS, ("optimism",), (r"\mathrm{op}",)), DIMENSION, SAMPLE, NOISE),
        "derivation optimism_eq",
        f"{HASTIE}, equation 7.24",
        variants=(r"\omega = \frac{2}{n} \sum_{i=1}^n \operatorname{Cov}(\hat y_i, y_i)",),
        needs=("trainingerror", "leastsquares", "in-sample", "mallows", "residual", "regression"),
    ),
    Result(
        "mallows",
        ("mallows",),
        r"C_p = \frac{R}{n} + \frac{2 p \hat\sigma^2}{n}",
        (
            Slot("C_p", POS),
            Slot("R", POS, ("residual sum",), (r"\mathrm{RSS}", r"\mathrm{SSE}", "S")),
            DIMENSION,
            SAMPLE,
            Slot(r"\hat\sigma", POS, ("noise",), (r"\sigma", "s")),
        ),
        "derivation optimism_eq",
        f"{HASTIE}, equation 7.26",
        variants=(
            r"C_p = \frac1n (R + 2 p \hat\sigma^2)",
            r"C_p = \frac{R}{\hat\sigma^2} - n + 2 p",
            r"C_p = \frac{R}{\hat\sigma^2} + 2 p - n",
            r"C_p = \frac{R}{\hat\sigma^2} + 2 (p + 1) - n",
            r"C_p = R + 2 p \hat\sigma^2",
        ),
    ),
    Result(
        "effective_learning_rate",
        ("effective learning rate", "effective step"),
        r"\eta_{\mathrm{eff}} = \frac{\eta}{1 - \beta}",
        (
            Slot(r"\eta_{\mathrm{eff}}", POS),
            Slot(r"\eta", POS, ("learning rate", "step size"), (r"\alpha", r"\epsilon")),
            Slot(r"\beta", UNIT, ("momentum",), (r"\mu", r"\gamma", r"\rho")),
        ),
        "derivation momentum_constant_eq",
        "Goodfellow, Bengio, Courville, Deep Learning, section 8.3.2",
        needs=("momentum", "heavyball", "heavy-ball"),
    ),
    Result(
        "relative_entropy_of_drifts",
        ("girsanov",),
        r"\mathrm{KL}(P \,\|\, Q) = \frac12 \mathbb E\left[\int_0^T \|u(t)\|^2 dt\right]",
        (
            Slot("P", POS),
            Slot("Q", POS),
            Slot("u", "vector d", ("drift",), ("b", r"\theta", "h")),
            Slot("T", POS),
            Slot("D", "real"),
        ),
        "derivation girsanov_kl_eq",
        "Øksendal, Stochastic differential equations, theorem 8.6.3",
        variants=(
            r"\mathrm{KL}(P \,\|\, Q) = \frac12 \mathbb E_P\left[\int_0^T \|u(t)\|^2 dt\right]",
            r"\mathrm{KL}(P \,\|\, Q) = \frac14 \mathbb E\left[\int_0^T \|u(t)\|^2 dt\right]",
            r"\mathrm{KL}(P \,\|\, Q) = \frac14 \mathbb E_P\left[\int_0^T \|u(t)\|^2 dt\right]",
            r"\mathrm{KL}(P \,\|\, Q) = \frac{1}{2 \sigma^2} \mathbb E\left[\int_0^T \|u(t)\|^2 dt\right]",
            r"\mathrm{KL}(P \,\|\, Q) = \frac{1}{2 \sigma^2} \mathbb E_P\left[\int_0^T \|u(t)\|^2 dt\right]",
            r"\mathrm{KL}(P \,\|\, Q) = \mathbb E\left[\int_0^T \|u(t)\|^2 dt\right]",
            r"\mathrm{KL}(P \,\|\, Q) = \mathbb E_P\left[\int_0^T \|u(t)\|^2 dt\right]",
        ),
        beside=(
            r"\frac14 \mathbb E\left[\int_0^T \|u(t)\|^2 dt\right]",
            r"\frac14 \mathbb E_P\left[\int_0^T \|u(t)\|^2 dt\right]",
            r"\frac{1}{2 \sigma^2} \mathbb E\left[\int_0^T \|u(t)\|^2 dt\right]",
            r"\frac{1}{2 \sigma^2} \mathbb E_P\left[\int_0^T \|u(t)\|^2 dt\right]",
            r"\mathbb E\left[\int_0^T \|u(t)\|^2 dt\right]",
            r"\mathbb E_P\left[\int_0^T \|u(t)\|^2 dt\right]",
        ),
    ),
    Result(
        "sliced_score_matching",
        ("sliced score matching",),
        r"J = \mathbb E\left[v^\top \nabla_x s_\theta(x) v + \frac12 (v^\top s_\theta(x))^2\right]",
        (
            Slot("J", "real", (), ("L", r"\mathcal L", r"\mathcal J")),
            Slot("v", "vector d", ("direction", "projection"), ("u", "w")),
            Slot(r"s_\theta", "vector d", ("score",), ("s", r"\psi")),
            Slot("x", "vector d"),
        ),
        "derivation sliced_score_step_eq",
        "Song, Garg, Shi, Ermon 2019, Sliced score matching, equation 7",
        variants=(
            r"J = \mathbb E\left[v^\top \nabla_x s_\theta(x) v + \frac12 \|s_\theta(x)\|^2\right]",
            r"J = \mathbb E_{v} \mathbb E_{x}\left[v^\top \nabla_x s_\theta(x) v + \frac12 (v^\top s_\theta(x))^2\right]",
        ),
    ),
)
