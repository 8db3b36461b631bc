"""Diffusion models: the step back, what is predicted in place of the noise, processes in continuous time, flows."""

from __future__ import annotations

from errata.meaning.results.generative import HO, SONG
from errata.meaning.results.result import Result, Slot

SALIMANS = "Salimans, Ho 2022, Progressive distillation for fast sampling of diffusion models"
LIPMAN = "Lipman et al. 2023, Flow matching for generative modeling"
POS, UNIT = "positive", "unit"
SCHEDULE = ("alpha_t=1-beta_t", "beta_t=1-alpha_t", "sqrt1-beta_t", "(1-beta_s)", "(1-beta_i)", "ddpm")
"""What tells that ᾱ_t is the product of the 1 − β_s."""
NOISE = (
    "+sqrt1-baralpha_tepsilon", "+sqrt1-baralpha_tvarepsilon", "predictsthenoise", "predictthenoise", "predictednoise",
    "noiseprediction", "noise-prediction",
)  # fmt: skip
"""What tells the sign of the noise: the draw in which it stands, or that a model predicts it."""
X = Slot("x", "real", (), ("z", r"\mathbf x"))
EPS = Slot(r"\epsilon", "real", ("noise",), (r"\varepsilon", r"\boldsymbol\epsilon"))
EPS_MODEL = Slot(r"\epsilon_\theta", "real", (), (r"\varepsilon_\theta", r"\boldsymbol\epsilon_\theta"))
ABAR = Slot(r"\bar\alpha", UNIT, ("cumulative product",))
ALPHA, BETA = Slot(r"\alpha", UNIT), Slot(r"\beta", UNIT)
SIGMA = Slot(r"\sigma", UNIT)
START = Slot(r"\hat x", "real", ("start", "denois", "clean"), (r"\tilde x", r"x_\theta", "D"))
V = Slot("v", "real", ("velocity",), (r"\mathbf v",))
VELOCITY = ("velocity prediction", "velocity target", "v-prediction", "$v$-prediction", "predicted velocity")
RATE = Slot(r"\beta", POS, ("noise schedule", "noise rate"))

RESULTS = (
    Result(
        "ddpm_posterior_variance",
        ("ddpm", "diffusion", "reverse", "posterior", "reverse step"),
        r"\tilde\beta_t = \frac{1 - \bar\alpha_{t-1}}{1 - \bar\alpha_t} \beta_t",
        (Slot(r"\tilde\beta", UNIT, (), (r"\tilde\sigma", r"\sigma")), ABAR, ALPHA, BETA),
        "check",
        HO,
        variants=(
            r"\tilde\beta_t = \frac{(1 - \alpha_t) (1 - \bar\alpha_{t-1})}{1 - \bar\alpha_t}",
            r"\sigma_t^2 = \frac{1 - \bar\alpha_{t-1}}{1 - \bar\alpha_t} \beta_t",
            r"\sigma_t^2 = \frac{(1 - \alpha_t) (1 - \bar\alpha_{t-1})}{1 - \bar\alpha_t}",
        ),
        needs=SCHEDULE,
    ),
    Result(
        "ddpm_posterior_mean",
        ("ddpm", "diffusion", "reverse", "posterior", "reverse step"),
        r"\tilde\mu_t = \frac{\sqrt{\bar\alpha_{t-1}} \beta_t}{1 - \bar\alpha_t} x_0 + \frac{\sqrt{\alpha_t} (1 - \bar\alpha_{t-1})}{1 - \bar\alpha_t} x_t",
        (Slot(r"\tilde\mu", "real", ("mean",), (r"\mu", r"\mu_q")), X, ABAR, ALPHA, BETA),
        "check",
        HO,
        variants=(
            r"\tilde\mu_t = \frac{\sqrt{\bar\alpha_{t-1}} (1 - \alpha_t)}{1 - \bar\alpha_t} x_0 + \frac{\sqrt{\alpha_t} (1 - \bar\alpha_{t-1})}{1 - \bar\alpha_t} x_t",
        ),
        needs=SCHEDULE,
    ),
    Result(
        "ddpm_reverse_mean",
        ("ddpm", "diffusion", "reverse", "posterior", "reverse step"),
        r"\mu_\theta(x_t, t) = \frac{1}{\sqrt{\alpha_t}} \left(x_t - \frac{\beta_t}{\sqrt{1 - \bar\alpha_t}} \epsilon_\theta(x_t, t)\right)",
        (Slot(r"\mu_\theta", "real", ("mean",), ()), X, ABAR, ALPHA, BETA, EPS_MODEL),
        "check",
        HO,
        variants=(
            r"\mu_\theta(x_t, t) = \frac{1}{\sqrt{\alpha_t}} \left(x_t - \frac{1 - \alpha_t}{\sqrt{1 - \bar\alpha_t}} \epsilon_\theta(x_t, t)\right)",
        ),
        needs=NOISE,
    ),
    Result(
        "velocity_target",
        VELOCITY,
        r"v = \alpha_t \epsilon - \sigma_t x_0",
        (V, ALPHA, SIGMA, EPS, X, ABAR),
        "definition",
        SALIMANS,
        variants=(
            r"v_t = \alpha_t \epsilon - \sigma_t x_0",
            r"v = \alpha_t \epsilon - \sigma_t x",
            r"v = \sqrt{\bar\alpha_t} \epsilon - \sqrt{1 - \bar\alpha_t} x_0",
            r"v_t = \sqrt{\bar\alpha_t} \epsilon - \sqrt{1 - \bar\alpha_t} x_0",
        ),
    ),
    Result(
        "start_from_velocity",
        VELOCITY,
        r"\hat x_0 = \alpha_t x_t - \sigma_t v",
        (START, ALPHA, SIGMA, V, X, ABAR),
        "check",
        SALIMANS,
        variants=(
            r"\hat x_0 = \alpha_t x_t - \sigma_t v_\theta(x_t, t)",
            r"\hat x_0 = \sqrt{\bar\alpha_t} x_t - \sqrt{1 - \bar\alpha_t} v",
            r"\hat x_0 = \sqrt{\bar\alpha_t} x_t - \sqrt{1 - \bar\alpha_t} v_\theta(x_t, t)",
            r"x_0 = \alpha_t x_t - \sigma_t v",
            r"x_0 = \sqrt{\bar\alpha_t} x_t - \sqrt{1 - \bar\alpha_t} v",
        ),
    ),
    Result(
        "noise_from_velocity",
        VELOCITY,
        r"\hat\epsilon = \sigma_t x_t + \alpha_t v",
        (Slot(r"\hat\epsilon", "real", ("noise",), (r"\epsilon", r"\tilde\epsilon")), ALPHA, SIGMA, V, X, ABAR),
        "check",
        SALIMANS,
        variants=(
            r"\hat\epsilon = \sqrt{1 - \bar\alpha_t} x_t + \sqrt{\bar\alpha_t} v",
            r"\hat\epsilon = \sigma_t x_t + \alpha_t v_\theta(x_t, t)",
        ),
    ),
    Result(
        "noise_from_start",
        ("noise", "diffusion", "predict"),
        r"\hat\epsilon = \frac{x_t - \sqrt{\bar\alpha_t} \hat x_0}{\sqrt{1 - \bar\alpha_t}}",
        (
            Slot(r"\hat\epsilon", "real", ("noise",), (r"\epsilon", r"\tilde\epsilon")),
            EPS_MODEL,
            X,
            ABAR,
            START,
            ALPHA,
            SIGMA,
        ),
        "check",
        HO,
        variants=(
            r"\epsilon = \frac{x_t - \sqrt{\bar\alpha_t} x_0}{\sqrt{1 - \bar\alpha_t}}",
            r"\epsilon_\theta(x_t, t) = \frac{x_t - \sqrt{\bar\alpha_t} \hat x_0}{\sqrt{1 - \bar\alpha_t}}",
            r"\hat\epsilon = \frac{x_t - \alpha_t \hat x_0}{\sigma_t}",
            r"\hat\epsilon = \frac{x_t - \sqrt{\bar\alpha_t} x_\theta(x_t, t)}{\sqrt{1 - \bar\alpha_t}}",
        ),
    ),
    Result(
        "score_from_denoiser",
        ("score", "denois", "tweedie"),
        r"s(x_t, t) = \frac{\sqrt{\bar\alpha_t} \hat x_0 - x_t}{1 - \bar\alpha_t}",
        (Slot("s", "real", ("score",), (r"s_\theta",)), X, ABAR, START, SIGMA, Slot("p", POS, (), ("q", "p_t"))),
        "check",
        SONG,
        variants=(
            r"\nabla_{x_t} \log p(x_t) = \frac{\sqrt{\bar\alpha_t} \hat x_0 - x_t}{1 - \bar\alpha_t}",
            r"\nabla_{x_t} \log p(x_t) = \frac{\hat x_0 - x_t}{\sigma_t^2}",
            r"s(x, \sigma) = \frac{D(x, \sigma) - x}{\sigma^2}",
            r"\nabla_x \log p(x, \sigma) = \frac{D(x, \sigma) - x}{\sigma^2}",
        ),
    ),
    Result(
        "variance_preserving_sde",
        ("variance-preserving", "variance preserving", "vp", "ornstein-uhlenbeck"),
        r"dx = -\frac12 \beta(t) x dt + \sqrt{\beta(t)} dw",
        (X, RATE, Slot("w", "real", ("wiener", "brownian"), ("W", "B"))),
        "definition",
        SONG,
        variants=(r"dx_t = -\frac12 \beta(t) x_t dt + \sqrt{\beta(t)} dw_t",),
    ),
    Result(
        "variance_preserving_factor",
        ("variance-preserving", "variance preserving", "vp"),
        r"\alpha(t) = \exp\left(-\frac12 \int_0^t \beta(s) ds\right)",
        (Slot(r"\alpha", UNIT, ("mean factor", "signal"), ("m", r"\mu", "a")), RATE),
        "check",
        SONG,
        variants=(r"\alpha_t = \exp\left(-\frac12 \int_0^t \beta(s) ds\right)",),
    ),
    Result(
        "variance_preserving_variance",
        ("variance-preserving", "variance preserving", "vp"),
        r"\sigma^2(t) = 1 - \exp\left(-\int_0^t \beta(s) ds\right)",
        (SIGMA, RATE),
        "check",
        SONG,
        variants=(r"\sigma_t^2 = 1 - \exp\left(-\int_0^t \beta(s) ds\right)",),
    ),
    Result(
        "conditional_velocity",
        ("conditional velocity", "velocity field", "vector field", "flow matching", "straight path", "straight line"),
        r"u_t(x \mid x_1) = \frac{x_1 - x}{1 - t}",
        (Slot("u", "real", ("velocity",), ("v",)), X, Slot("t", UNIT)),
        "check",
        LIPMAN,
        variants=(r"u_t(x_t \mid x_1) = \frac{x_1 - x_t}{1 - t}",),
        needs=("(1-t)x_0+tx_1", "tx_1+(1-t)x_0", "straight", "linear"),
    ),
    Result(
        "score_matching_by_parts",
        ("score matching", "hyvärinen", "hyvarinen"),
        r"J = \mathbb E_{p}\left[\operatorname{tr}(\nabla_x s_\theta(x)) + \frac12 \|s_\theta(x)\|^2\right]",
        (
            Slot("J", "real", (), ("L", r"\mathcal L", r"\mathcal J")),
            Slot(r"s_\theta", "vector d", ("score",), ("s", r"\psi")),
            Slot("x", "vector d"),
        ),
        "definition",
        "Hyvärinen 2005, Estimation of non-normalized statistical models by score matching",
        variants=(
            r"J = \mathbb E\left[\operatorname{tr}(\nabla_x s_\theta(x)) + \frac12 \|s_\theta(x)\|^2\right]",
            r"J = \mathbb E_{x \sim p}\left[\operatorname{tr}(\nabla_x s_\theta(x)) + \frac12 \|s_\theta(x)\|^2\right]",
        ),
    ),
    Result(
        "boltzmann_machine_energy",
        ("boltzmann machine", "rbm"),
        r"E(v, h) = -a^\top v - b^\top h - v^\top W h",
        (
            Slot("E", "real"),
            Slot("v", "vector d", ("visible",), ("x",)),
            Slot("h", "vector k", ("hidden",), ("z",)),
            Slot("a", "vector d", ("bias",), ("b",)),
            Slot("b", "vector k", ("bias",), ("c",)),
            Slot("W", "matrix d k", ("weight",)),
        ),
        "definition",
        "Goodfellow, Bengio, Courville, Deep Learning, chapter 20",
        variants=(
            r"E(v, h) = -a^\top v - b^\top h - h^\top W^\top v",
            r"E(v, h) = -v^\top W h - a^\top v - b^\top h",
        ),
    ),
    Result(
        "boltzmann_machine_energy_of_units",
        ("boltzmann machine", "rbm"),
        r"E(v, h) = -\sum_i a_i v_i - \sum_j b_j h_j - \sum_i \sum_j v_i W_{ij} h_j",
        (
            Slot("E", "real"),
            Slot("v", "real", ("visible",), ("x",)),
            Slot("h", "real", ("hidden",), ("z",)),
            Slot("a", "real", ("bias",), ("b",)),
            Slot("b", "real", ("bias",), ("c",)),
            Slot("W", "real", ("weight",), ("w",)),
        ),
        "definition",
        "Goodfellow, Bengio, Courville, Deep Learning, chapter 20",
        variants=(r"E(v, h) = -\sum_i a_i v_i - \sum_j b_j h_j - \sum_{i, j} v_i W_{ij} h_j",),
    ),
    Result(
        "boltzmann_machine_hidden",
        ("boltzmann machine", "rbm"),
        r"p(h_j = 1 \mid v) = \sigma\left(b_j + \sum_{i=1}^d W_{ij} v_i\right)",
        (
            Slot(r"\sigma", UNIT, ("sigmoid", "logistic")),
            Slot("b", "real", ("bias",), ("c",)),
            Slot("W", "real", ("weight",), ("w",)),
            Slot("v", "real", ("visible",), ("x",)),
            Slot("h", "real", ("hidden",), ("z",)),
        ),
        "check",
        "Goodfellow, Bengio, Courville, Deep Learning, chapter 20",
        variants=(
            r"p(h_j = 1 \mid v) = \sigma\left(b_j + \sum_i W_{ij} v_i\right)",
            r"P(h_j = 1 \mid v) = \sigma\left(b_j + \sum_i W_{ij} v_i\right)",
            r"P(h_j = 1 \mid v) = \sigma\left(\sum_i W_{ij} v_i + b_j\right)",
        ),
    ),
    Result(
        "ising_conditional",
        ("ising",),
        r"p(s_i = 1 \mid s_{-i}) = \sigma\left(2 \beta \sum_{j} J_{ij} s_j\right)",
        (
            Slot(r"\sigma", UNIT, ("sigmoid", "logistic")),
            Slot(r"\beta", POS, ("inverse temperature",)),
            Slot("J", "real", ("coupling",), ("w", "W")),
            Slot("s", "real", ("spin",), ("x", r"\sigma")),
        ),
        "check",
        "MacKay, Information Theory, Inference, and Learning Algorithms, chapter 31",
        variants=(
            r"P(s_i = 1 \mid s_{-i}) = \sigma\left(2 \beta \sum_{j} J_{ij} s_j\right)",
            r"p(s_i = 1 \mid s_{-i}) = \frac{1}{1 + \exp\left(-2 \beta \sum_j J_{ij} s_j\right)}",
            r"P(s_i = 1 \mid s_{-i}) = \frac{1}{1 + \exp\left(-2 \beta \sum_j J_{ij} s_j\right)}",
        ),
        needs=("pm1", "-1,1", "-1,+1", "+1,-1", "1,-1"),
    ),
)
