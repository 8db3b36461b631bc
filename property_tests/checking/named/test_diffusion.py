"""Diffusion models, Boltzmann machines: the step back, velocities, scores, continuous time."""

from property_tests.checking.named import Case, right, said, wrong

CASES: list[Case] = [
    (
        r"The posterior of the previous step given the start, $q(x_{t-1} \mid x_t, x_0)$ of a DDPM with $\alpha_t = 1 - \beta_t$ and $\bar\alpha_t = \prod_{s \le t} \alpha_s$, is normal with the variance @",
        [r"\tilde\beta_t = \frac{1 - \bar\alpha_{t-1}}{1 - \bar\alpha_t} \beta_t"],
        [],
    ),
    (
        r"The mean of the reverse step of a DDPM given $x_0$, with $\alpha_t = 1 - \beta_t$, is @",
        [
            r"\tilde\mu_t = \frac{\sqrt{\bar\alpha_{t-1}} \beta_t}{1 - \bar\alpha_t} x_0 + \frac{\sqrt{\alpha_t} (1 - \bar\alpha_{t-1})}{1 - \bar\alpha_t} x_t",
            r"\tilde\mu_t(x_t, x_0) = \frac{\sqrt{\bar\alpha_{t-1}} \beta_t}{1 - \bar\alpha_t} x_0 + \frac{\sqrt{\alpha_t} (1 - \bar\alpha_{t-1})}{1 - \bar\alpha_t} x_t",
        ],
        [
            r"\tilde\mu_t(x_t, x_0) = \frac{\sqrt{\bar\alpha_{t-1}} \beta_t}{1 - \bar\alpha_t} x_0 + \frac{\sqrt{\alpha_t} (1 - \bar\alpha_{t})}{1 - \bar\alpha_t} x_t"
        ],
    ),
    (
        "A DDPM that predicts the noise takes the mean @ of the reverse step.",
        [
            r"\mu_\theta(x_t, t) = \frac{1}{\sqrt{\alpha_t}} \left(x_t - \frac{\beta_t}{\sqrt{1 - \bar\alpha_t}} \epsilon_\theta(x_t, t)\right)",
            r"\mu_\theta(x_t, t) = \frac{1}{\sqrt{\alpha_t}} \left(x_t - \frac{1 - \alpha_t}{\sqrt{1 - \bar\alpha_t}} \epsilon_\theta(x_t, t)\right)",
        ],
        [
            r"\mu_\theta(x_t, t) = \frac{1}{\sqrt{\alpha_t}} \left(x_t - \frac{\beta_t}{1 - \bar\alpha_t} \epsilon_\theta(x_t, t)\right)"
        ],
    ),
    (
        "The v-prediction target of a variance-preserving diffusion is @ and the start is recovered from it.",
        [r"v_t = \sqrt{\bar\alpha_t} \epsilon - \sqrt{1 - \bar\alpha_t} x_0"],
        [],
    ),
    (
        r"From a predicted velocity (v-prediction) with $\alpha_t^2 + \sigma_t^2 = 1$ the clean image is @",
        [r"\hat x_0 = \alpha_t x_t - \sigma_t v", r"\hat x_0 = \alpha_t x_t - \sigma_t v_\theta(x_t, t)"],
        [r"\hat x_0 = \alpha_t x_t + \sigma_t v"],
    ),
    (
        "The noise is recovered from the velocity by @ in v-prediction.",
        [r"\hat\epsilon = \sigma_t x_t + \alpha_t v"],
        [r"\hat\epsilon = \sigma_t x_t - \alpha_t v"],
    ),
    (
        "From a predicted start one gets the noise @ in the diffusion model.",
        [
            r"\hat\epsilon = \frac{x_t - \sqrt{\bar\alpha_t} \hat x_0}{\sqrt{1 - \bar\alpha_t}}",
            r"\epsilon_\theta(x_t, t) = \frac{x_t - \sqrt{\bar\alpha_t} \hat x_0}{\sqrt{1 - \bar\alpha_t}}",
        ],
        [
            r"\hat\epsilon = \frac{x_t - \sqrt{\bar\alpha_t} \hat x_0}{1 - \bar\alpha_t}",
            r"\hat\epsilon = \frac{x_t - \bar\alpha_t \hat x_0}{\sqrt{1 - \bar\alpha_t}}",
        ],
    ),
    (
        r"The score is got from the denoiser $\hat x_0$ by @",
        [
            r"s(x_t, t) = \frac{\sqrt{\bar\alpha_t} \hat x_0 - x_t}{1 - \bar\alpha_t}",
            r"\nabla_{x_t} \log p(x_t) = \frac{\hat x_0 - x_t}{\sigma_t^2}",
            r"s_\theta(x, \sigma) = \frac{D_\theta(x, \sigma) - x}{\sigma^2}",
        ],
        [
            r"s(x_t, t) = \frac{\sqrt{\bar\alpha_t} \hat x_0 - x_t}{\sqrt{1 - \bar\alpha_t}}",
            r"s_\theta(x, \sigma) = \frac{D_\theta(x, \sigma) - x}{\sigma}",
        ],
    ),
    (
        "The variance-preserving (VP) process has the SDE @ of Song.",
        [r"dx = -\frac12 \beta(t) x \, dt + \sqrt{\beta(t)} \, dw"],
        [r"dx = -\beta(t) x \, dt + \sqrt{\beta(t)} \, dw", r"dx = -\frac12 \beta(t) x \, dt + \beta(t) \, dw"],
    ),
    (
        "The variance-preserving (VP) SDE has at time $t$ the mean factor @",
        [r"\alpha(t) = \exp\left(-\frac12 \int_0^t \beta(s) ds\right)"],
        [
            r"\alpha(t) = \exp\left(-\int_0^t \beta(s) ds\right)",
            r"\alpha(t) = \exp\left(\frac12 \int_0^t \beta(s) ds\right)",
        ],
    ),
    (
        "The variance-preserving (VP) SDE has at time $t$ the variance @",
        [r"\sigma^2(t) = 1 - \exp\left(-\int_0^t \beta(s) ds\right)"],
        [],
    ),
    (
        "For flow matching the conditional velocity field of the straight path is @",
        [r"u_t(x \mid x_1) = \frac{x_1 - x}{1 - t}"],
        [r"u_t(x \mid x_1) = \frac{x_1 - x}{t}"],
    ),
    (
        "Hyvärinen's score matching objective is @",
        [
            r"J(\theta) = \mathbb E_{p}\left[\operatorname{tr}(\nabla_x s_\theta(x)) + \frac12 \|s_\theta(x)\|^2\right]",
            r"J(\theta) = \mathbb E\left[\frac12 \|s_\theta(x)\|^2 + \operatorname{tr}(\nabla_x s_\theta(x))\right]",
        ],
        [
            r"J(\theta) = \mathbb E_{p}\left[\operatorname{tr}(\nabla_x s_\theta(x)) + \|s_\theta(x)\|^2\right]",
            r"J(\theta) = \mathbb E_{p}\left[\frac12 \|s_\theta(x)\|^2 - \operatorname{tr}(\nabla_x s_\theta(x))\right]",
        ],
    ),
    (
        "A restricted Boltzmann machine has the energy @ with visible $v$ and hidden $h$.",
        [r"E(v, h) = -a^\top v - b^\top h - v^\top W h"],
        [r"E(v, h) = -a^\top v - b^\top h + v^\top W h"],
    ),
    (
        "In a restricted Boltzmann machine a hidden unit is on with probability @",
        [r"P(h_j = 1 \mid v) = \sigma\left(b_j + \sum_i W_{ij} v_i\right)"],
        [r"P(h_j = 1 \mid v) = \sigma\left(b_j - \sum_i W_{ij} v_i\right)"],
    ),
    (
        r"In the Ising model with $s_i \in \{-1, 1\}$ Gibbs sampling draws a spin with @",
        [
            r"P(s_i = 1 \mid s_{-i}) = \sigma\left(2 \beta \sum_{j} J_{ij} s_j\right)",
            r"p(s_i = 1 \mid s_{-i}) = \frac{1}{1 + \exp\left(-2 \beta \sum_j J_{ij} s_j\right)}",
        ],
        [
            r"P(s_i = 1 \mid s_{-i}) = \sigma\left(\beta \sum_{j} J_{ij} s_j\right)",
            r"p(s_i = 1 \mid s_{-i}) = \frac{1}{1 + \exp\left(2 \beta \sum_j J_{ij} s_j\right)}",
        ],
    ),
]


@right(CASES)
def test_a_form_of_a_result_holds(sentence: str, latex: str) -> None:
    assert said(sentence, latex) == "holds"


@wrong(CASES)
def test_one_with_a_slip_does_not(sentence: str, latex: str) -> None:
    assert said(sentence, latex) == "wrong"
