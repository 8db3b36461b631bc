"""Variational bounds of divergences, identities of normal noise, and gradients that geometry or a second path changes."""

from __future__ import annotations

from errata.meaning.results.result import Result, Slot

POS, UNIT = "positive", "unit"
P, Q = Slot("p", POS, (), ("P", r"\mu", "f")), Slot("q", POS, (), ("Q", r"\nu", "g"))
CRITIC = Slot("T", "real", ("critic",), ("f", "g", r"T_\theta", r"f_\theta"))
AMARI = "Amari 1998, Natural gradient works efficiently in learning"
FISHER = Slot("F", "spd d", ("fisher",), ("I", "G", r"\mathcal I"))
THETA = Slot(r"\theta", "vector d", ("parameters",), ("w", r"\phi", r"\lambda"))
TUCKER = "Tucker, Lawson, Gu, Maddison 2019, Doubly reparameterized gradient estimators, equation 8"
WEIGHT = Slot(r"\tilde w", UNIT, ("weight", "normalised", "normalized"), (r"\bar w", r"\hat w", "w"))

RESULTS = (
    Result(
        "donsker_varadhan",
        ("donsker", "varadhan", "mutual information neural estimation"),
        r"\mathrm{KL}(p \,\|\, q) \ge \mathbb E_{x \sim p}[T(x)] - \log \mathbb E_{x \sim q}[e^{T(x)}]",
        (P, Q, CRITIC, Slot("D", "real")),
        "derivation donsker_varadhan_reached_eq",
        "Donsker, Varadhan 1983, Asymptotic evaluation of certain Markov process expectations",
        variants=(
            r"\mathrm{KL}(p \,\|\, q) \ge \mathbb E_p[T(x)] - \log \mathbb E_q[e^{T(x)}]",
            r"\mathrm{KL}(p \,\|\, q) \ge \mathbb E_{x \sim p}[T(x)] - \mathbb E_{x \sim q}[e^{T(x) - 1}]",
        ),
    ),
    Result(
        "nguyen_wainwright_jordan",
        ("nguyen", "nwj"),
        r"\mathrm{KL}(p \,\|\, q) \ge \mathbb E_{x \sim p}[T(x)] - \mathbb E_{x \sim q}[e^{T(x) - 1}]",
        (P, Q, CRITIC, Slot("D", "real")),
        "derivation nwj_best_constant_le",
        "Nguyen, Wainwright, Jordan 2010, Estimating divergence functionals by convex risk minimization",
        variants=(
            r"\mathrm{KL}(p \,\|\, q) \ge \mathbb E_p[T(x)] - \mathbb E_q[e^{T(x) - 1}]",
            r"\mathrm{KL}(p \,\|\, q) \ge \mathbb E_{x \sim p}[T(x)] - e^{-1} \mathbb E_{x \sim q}[e^{T(x)}]",
            r"\mathrm{KL}(p \,\|\, q) \ge \mathbb E_{x \sim p}[T(x)] - \log \mathbb E_{x \sim q}[e^{T(x)}]",
            r"\mathrm{KL}(p \,\|\, q) \ge 1 + \mathbb E_{x \sim p}[T(x)] - \mathbb E_{x \sim q}[e^{T(x)}]",
        ),
    ),
    Result(
        "stein_identity",
        ("stein's lemma", "stein's identity", "stein lemma", "stein identity"),
        r"\mathbb E[g(X) (X - \mu)] = \sigma^2 \mathbb E[g'(X)]",
        (
            Slot("g", "real", (), ("f", "h")),
            Slot("X", "random real", (), ("x", "Z")),
            Slot(r"\mu", "real", ("mean",), (r"\theta", "m")),
            Slot(r"\sigma", POS, ("standard deviation",), ("s",)),
        ),
        "derivation stein_integrand_eq",
        "Stein 1981, Estimation of the mean of a multivariate normal distribution, lemma 1",
        variants=(
            r"\mathbb E[X g(X)] = \mathbb E[g'(X)]",
            r"\mathbb E[X g(X)] = \sigma^2 \mathbb E[g'(X)]",
            r"\mathbb E[X g(X)] = \mu \mathbb E[g(X)] + \sigma^2 \mathbb E[g'(X)]",
            r"\operatorname{Cov}(X, g(X)) = \sigma^2 \mathbb E[g'(X)]",
        ),
    ),
    Result(
        "natural_gradient",
        ("natural gradient",),
        r"\tilde g = F(\theta)^{-1} \nabla_\theta L(\theta)",
        (
            Slot("L", "real", ("loss",), ("J", r"\mathcal L", "f")),
            FISHER,
            THETA,
            Slot(r"\tilde g", "vector d"),
            Slot("g", "vector d", ("gradient",)),
        ),
        "derivation natural_gradient_steepest_eq",
        AMARI,
        variants=(
            r"\tilde g = F^{-1} g",
            r"\tilde g = F^{-1} \nabla_\theta L(\theta)",
        ),
    ),
    Result(
        "natural_gradient_step",
        ("natural gradient",),
        r"\theta_{t+1} = \theta_t - \eta F^{-1} \nabla L(\theta_t)",
        (Slot("L", "real", ("loss",), ("J", r"\mathcal L", "f")), FISHER, THETA, Slot(r"\eta", POS, (), (r"\alpha",))),
        "derivation natural_gradient_steepest_eq",
        AMARI,
        variants=(
            r"\theta_{t+1} = \theta_t - \eta F(\theta_t)^{-1} \nabla L(\theta_t)",
            r"\theta_{t+1} = \theta_t - \eta F^{-1} \nabla_\theta L(\theta_t)",
            r"\theta_{t+1} = \theta_t - \eta F(\theta_t)^{-1} \nabla_\theta L(\theta_t)",
            r"\theta_{t+1} = \theta_t + \eta F^{-1} \nabla L(\theta_t)",
            r"\theta_{t+1} = \theta_t + \eta F^{-1} \nabla_\theta L(\theta_t)",
            r"\theta_{t+1} = \theta_t + \eta F(\theta_t)^{-1} \nabla_\theta L(\theta_t)",
        ),
        beside=(
            r"\theta_t + \eta F^{-1} \nabla L(\theta_t)",
            r"\theta_t + \eta F^{-1} \nabla_\theta L(\theta_t)",
            r"\theta_t + \eta F(\theta_t)^{-1} \nabla_\theta L(\theta_t)",
        ),
    ),
    Result(
        "divergence_to_second_order",
        ("fisher information", "natural gradient", "second order", "second-order"),
        r"\mathrm{KL}(p_\theta \,\|\, p_{\theta + \delta}) \approx \frac12 \delta^\top F \delta",
        (P, THETA, FISHER, Slot(r"\delta", "vector d", ("step",), ("d", r"\Delta", r"\epsilon"))),
        "derivation kl_bend_eq",
        "Kullback 1959, Information theory and statistics, section 2.6",
        variants=(
            r"\mathrm{KL}(p_\theta \,\|\, p_{\theta + \delta}) \approx \frac12 \delta^\top F(\theta) \delta",
            r"\mathrm{KL}(p_{\theta + \delta} \,\|\, p_\theta) \approx \frac12 \delta^\top F \delta",
        ),
    ),
    Result(
        "importance_weighted_gradient",
        ("iwae", "importance weighted", "importance-weighted"),
        r"\nabla_\theta \mathcal L_K = \mathbb E\left[\sum_{k=1}^K \tilde w_k \nabla_\theta \log w_k\right]",
        (
            Slot(r"\mathcal L", "real", ("bound",), ("L", r"\mathcal L_{\mathrm{IWAE}}")),
            WEIGHT,
            Slot("w", POS, ("weight",)),
            Slot("K", "natural", ("samples",), ("k", "S", "N")),
            Slot(r"\theta", "real", ("parameters",), (r"\phi",)),
        ),
        "derivation iwae_gradient_any_eq",
        "Burda, Grosse, Salakhutdinov 2016, Importance weighted autoencoders, equation 14",
        variants=(
            r"\nabla_\theta \mathcal L_K = \mathbb E\left[\sum_{k=1}^K w_k \nabla_\theta \log w_k\right]",
            r"\nabla_\theta \mathcal L_K = \mathbb E\left[\sum_{k=1}^K \tilde w_k^2 \nabla_\theta \log w_k\right]",
        ),
        beside=(
            r"\mathbb E\left[\sum_{k=1}^K w_k \nabla_\theta \log w_k\right]",
            r"\mathbb E\left[\sum_{k=1}^K \tilde w_k^2 \nabla_\theta \log w_k\right]",
        ),
    ),
    Result(
        "doubly_reparameterised_gradient",
        ("dreg", "doubly reparam", "doubly-reparam"),
        r"\nabla_\phi \mathcal L_K = \mathbb E\left[\sum_{k=1}^K \tilde w_k^2 \frac{\partial \log w_k}{\partial z_k} \frac{\partial z_k}{\partial \phi}\right]",
        (
            Slot(r"\mathcal L", "real", ("bound",), ("L", r"\mathcal L_{\mathrm{IWAE}}")),
            WEIGHT,
            Slot("w", POS, ("weight",)),
            Slot("z", "real", ("latent",)),
            Slot("K", "natural", ("samples",), ("k", "S", "N")),
            Slot(r"\phi", "real", ("parameters",), (r"\lambda", r"\theta")),
        ),
        "derivation dreg_integrand_eq",
        TUCKER,
        variants=(
            r"\nabla_\phi \mathcal L_K = \mathbb E\left[\sum_{k=1}^K \tilde w_k \frac{\partial \log w_k}{\partial z_k} \frac{\partial z_k}{\partial \phi}\right]",
            r"\nabla_\phi \mathcal L_K = \mathbb E\left[\sum_{k=1}^K (\tilde w_k - \tilde w_k^2) \frac{\partial \log w_k}{\partial z_k} \frac{\partial z_k}{\partial \phi}\right]",
        ),
        beside=(
            r"\mathbb E\left[\sum_{k=1}^K \tilde w_k \frac{\partial \log w_k}{\partial z_k} \frac{\partial z_k}{\partial \phi}\right]",
            r"\mathbb E\left[\sum_{k=1}^K (\tilde w_k - \tilde w_k^2) \frac{\partial \log w_k}{\partial z_k} \frac{\partial z_k}{\partial \phi}\right]",
        ),
    ),
    Result(
        "optimal_baseline",
        ("optimal baseline", "best baseline", "baseline that minimi"),
        r"b^* = \frac{\mathbb E\left[\|\nabla_\theta \log \pi_\theta(a)\|^2 R\right]}{\mathbb E\left[\|\nabla_\theta \log \pi_\theta(a)\|^2\right]}",
        (
            Slot("b", "real", ("baseline",)),
            Slot(r"\pi", POS, ("policy",), ("p",)),
            Slot("a", "real", ("action",), (r"\tau", "x")),
            Slot("R", "random real", ("return", "reward"), ("G", "r", "Q", "f")),
            Slot(r"\theta", "real", ("parameters",)),
        ),
        "derivation optimal_baseline_eq",
        "Greensmith, Bartlett, Baxter 2004, Variance reduction techniques for gradient estimates",
        variants=(
            r"b^* = \frac{\mathbb E\left[g^2 R\right]}{\mathbb E\left[g^2\right]}",
            r"b = \mathbb E\left[R\right]",
        ),
        beside=(r"\mathbb E\left[R\right]",),
    ),
)
