"""Results that lecturers name, on pages in usual words: right forms, slips, and what other conventions say."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(page: str) -> Judged:
    return examine(read_document("a.md", page.encode()), Options()).judged[-1]


RIGHT: dict[str, tuple[str, ...]] = {
    "The EDM preconditioning with $\\sigma_{\\mathrm{data}}$ the standard deviation of the data is": (
        r"c_{\text{skip}}(\sigma) = \frac{\sigma_{\text{data}}^2}{\sigma^2 + \sigma_{\text{data}}^2}",
        r"c_{\mathrm{skip}} = \frac{\sigma_d^2}{\sigma_d^2 + \sigma^2}",
        r"c_{\text{out}}(\sigma) = \sigma \cdot \sigma_{\text{data}} / \sqrt{\sigma^2 + \sigma_{\text{data}}^2}",
        r"c_{\text{in}}(\sigma) = 1 / \sqrt{\sigma^2 + \sigma_{\text{data}}^2}",
        r"\lambda(\sigma) = \frac{\sigma^2 + \sigma_{\text{data}}^2}{(\sigma \cdot \sigma_{\text{data}})^2}",
        (
            r"D_\theta(x; \sigma) = c_{\text{skip}}(\sigma) x + c_{\text{out}}(\sigma) "
            r"F_\theta(c_{\text{in}}(\sigma) x; c_{\text{noise}}(\sigma))"
        ),
        (
            r"\sigma_i = \left(\sigma_{\max}^{1/\rho} + \frac{i}{N-1}(\sigma_{\min}^{1/\rho} - "
            r"\sigma_{\max}^{1/\rho})\right)^{\rho}"
        ),
    ),
    "Min-SNR weighting uses": (r"w_t = \min\{\mathrm{SNR}(t), \gamma\} / \mathrm{SNR}(t)",),
    "In variational diffusion models each term of the diffusion loss is": (
        r"L_i = \frac12 (\mathrm{SNR}(s) - \mathrm{SNR}(t)) \|x - \hat x_\theta\|^2",
    ),
    "The Donsker-Varadhan representation gives": (
        r"D_{\mathrm{KL}}(P \,\|\, Q) \ge \mathbb{E}_{x \sim P}[T(x)] - \log \mathbb{E}_{x \sim Q}[e^{T(x)}]",
        r"D_{\mathrm{KL}}(P \,\|\, Q) \ge \mathbb{E}_P[T(x)] - \log \mathbb{E}_Q[e^{T(x)}]",
    ),
    "The NWJ bound (Nguyen, Wainwright, Jordan) is": (
        r"D_{\mathrm{KL}}(p \,\|\, q) \ge \mathbb{E}_{x \sim p}[T(x)] - \mathbb{E}_{x \sim q}[e^{T(x) - 1}]",
    ),
    "By Stein's lemma, for $X \\sim \\mathcal N(\\mu, \\sigma^2)$,": (
        r"\mathbb{E}[g(X)(X - \mu)] = \sigma^2 \mathbb{E}[g'(X)]",
        r"\mathbb{E}[(X - \mu) g(X)] = \sigma^2 \mathbb{E}[g'(X)]",
    ),
    "The natural gradient, with the Fisher information matrix $F$, is": (
        r"\tilde g = F^{-1} \nabla_\theta L(\theta)",
        r"\theta_{t+1} = \theta_t - \eta F^{-1} \nabla_\theta L(\theta_t)",
    ),
    "To second order, with the Fisher information matrix $F$,": (
        r"\mathrm{KL}(p_\theta \,\|\, p_{\theta + \delta}) \approx \frac12 \delta^\top F \delta",
    ),
    "The gradient of the IWAE bound, with normalised weights $\\tilde w_k$, is": (
        r"\nabla_\theta \mathcal L_K = \mathbb E\left[\sum_{k=1}^K \tilde w_k \nabla_\theta \log w_k\right]",
    ),
    "The DReG estimator, with normalised weights $\\tilde w_k$, is": (
        (
            r"\nabla_\phi \mathcal L_K = \mathbb E\left[\sum_{k=1}^K \tilde w_k^2 \frac{\partial \log "
            r"w_k}{\partial z_k} \frac{\partial z_k}{\partial \phi}\right]"
        ),
    ),
    "The optimal baseline for the policy gradient is": (
        (
            r"b^* = \frac{\mathbb E[\|\nabla_\theta \log \pi_\theta(a)\|^2 R]}{\mathbb E[\|\nabla_\theta \log "
            r"\pi_\theta(a)\|^2]}"
        ),
    ),
    "Titsias' sparse Gaussian process bound with inducing points is": (
        (
            r"\mathcal L = \log \mathcal N(y; 0, Q_{nn} + \sigma^2 I) - \frac{1}{2\sigma^2} "
            r"\operatorname{tr}(K_{nn} - Q_{nn})"
        ),
    ),
    "The Bellman operator $\\mathcal T$ is a contraction with the discount $\\gamma$:": (
        r"\|\mathcal T V - \mathcal T U\|_\infty \le \gamma \|V - U\|_\infty",
    ),
    "The Jacobian of layer norm over $n$ units, before gain and bias, is": (
        (
            r"\frac{\partial \hat x_i}{\partial x_j} = \frac{1}{\sigma} \left(\delta_{ij} - \frac{1}{n} - "
            r"\frac{\hat x_i \hat x_j}{n}\right)"
        ),
        (
            r"\frac{\partial \hat x_i}{\partial x_j} = \frac{1}{n\sigma} \left(n\delta_{ij} - 1 - \hat x_i \hat "
            r"x_j\right)"
        ),
    ),
    "The Jacobian of RMSNorm with root mean square $r$ is": (
        (
            r"\frac{\partial \hat x_i}{\partial x_j} = \frac{1}{r} \left(\delta_{ij} - \frac{\hat x_i \hat "
            r"x_j}{n}\right)"
        ),
    ),
    "Mallows' statistic for $p$ parameters and $n$ observations is": (
        r"C_p = \frac{1}{n} (\mathrm{RSS} + 2 p \hat\sigma^2)",
    ),
    "The optimism of least squares with $p$ features is": (r"\mathrm{op} = \frac{2}{n} p \sigma^2",),
    "With momentum $\\beta$ the effective learning rate is": (r"\eta_{\text{eff}} = \frac{\eta}{1 - \beta}",),
    "By Girsanov's theorem,": (
        r"D_{\mathrm{KL}}(P \,\|\, Q) = \frac12 \mathbb E_P\left[\int_0^T \|u(t)\|^2 dt\right]",
    ),
    "Sliced score matching with random directions $v$ minimises": (
        r"J = \mathbb E\left[v^\top \nabla_x s_\theta(x) v + \frac12 (v^\top s_\theta(x))^2\right]",
        r"J = \mathbb E\left[v^\top \nabla_x s_\theta(x) v + \frac12 \|s_\theta(x)\|^2\right]",
    ),
}
WRONG: dict[str, tuple[str, ...]] = {
    "The EDM preconditioning with $\\sigma_{\\mathrm{data}}$ the standard deviation of the data is": (
        r"c_{\text{skip}}(\sigma) = \frac{\sigma^2}{\sigma^2 + \sigma_{\text{data}}^2}",
        r"c_{\text{out}}(\sigma) = \sigma \cdot \sigma_{\text{data}} / (\sigma^2 + \sigma_{\text{data}}^2)",
        r"c_{\text{out}}(\sigma) = \sigma_{\text{data}} / \sqrt{\sigma^2 + \sigma_{\text{data}}^2}",
        r"c_{\text{in}}(\sigma) = 1 / (\sigma^2 + \sigma_{\text{data}}^2)",
        r"\lambda(\sigma) = \frac{\sigma^2 + \sigma_{\text{data}}^2}{\sigma \cdot \sigma_{\text{data}}}",
        r"\lambda(\sigma) = \frac{\sigma^2 - \sigma_{\text{data}}^2}{(\sigma \cdot \sigma_{\text{data}})^2}",
        (
            r"\sigma_i = \left(\sigma_{\max}^{1/\rho} - \frac{i}{N-1}(\sigma_{\min}^{1/\rho} - "
            r"\sigma_{\max}^{1/\rho})\right)^{\rho}"
        ),
    ),
    "Min-SNR weighting uses": (
        r"w_t = \max\{\mathrm{SNR}(t), \gamma\} / \mathrm{SNR}(t)",
        r"w_t = \frac{\mathrm{SNR}(t)}{\min(\mathrm{SNR}(t), \gamma)}",
    ),
    "In variational diffusion models each term of the diffusion loss is": (
        r"L_i = \frac12 (\mathrm{SNR}(s) + \mathrm{SNR}(t)) \|x - \hat x_\theta\|^2",
    ),
    "The Donsker-Varadhan representation gives": (
        r"D_{\mathrm{KL}}(P \,\|\, Q) \ge \mathbb{E}_{x \sim P}[T(x)] + \log \mathbb{E}_{x \sim Q}[e^{T(x)}]",
        r"D_{\mathrm{KL}}(P \,\|\, Q) \le \mathbb{E}_{x \sim P}[T(x)] - \log \mathbb{E}_{x \sim Q}[e^{T(x)}]",
    ),
    "The NWJ bound (Nguyen, Wainwright, Jordan) is": (
        r"D_{\mathrm{KL}}(p \,\|\, q) \ge \mathbb{E}_{x \sim p}[T(x)] - \mathbb{E}_{x \sim q}[e^{T(x) + 1}]",
    ),
    "By Stein's lemma, for $X \\sim \\mathcal N(\\mu, \\sigma^2)$,": (
        r"\mathbb{E}[g(X)(X - \mu)] = \sigma \mathbb{E}[g'(X)]",
        r"\mathbb{E}[g(X)(X - \mu)] = \sigma^2 \mathbb{E}[g(X)]",
    ),
    "The natural gradient, with the Fisher information matrix $F$, is": (
        r"\tilde g = F \nabla_\theta L(\theta)",
        r"\theta_{t+1} = \theta_t - \eta F \nabla_\theta L(\theta_t)",
        r"\theta_{t+1} = \theta_t - \eta F^{-1/2} \nabla_\theta L(\theta_t)",
    ),
    "To second order, with the Fisher information matrix $F$,": (
        r"\mathrm{KL}(p_\theta \,\|\, p_{\theta + \delta}) \approx \delta^\top F \delta",
    ),
    "The gradient of the IWAE bound, with normalised weights $\\tilde w_k$, is": (
        r"\nabla_\theta \mathcal L_K = \mathbb E\left[\sum_{k=1}^K \tilde w_k \nabla_\theta w_k\right]",
    ),
    "The optimal baseline for the policy gradient is": (
        (
            r"b^* = \frac{\mathbb E[\|\nabla_\theta \log \pi_\theta(a)\|^2]}{\mathbb E[\|\nabla_\theta \log "
            r"\pi_\theta(a)\|^2 R]}"
        ),
    ),
    "Titsias' sparse Gaussian process bound with inducing points is": (
        (
            r"\mathcal L = \log \mathcal N(y; 0, Q_{nn} + \sigma^2 I) + \frac{1}{2\sigma^2} "
            r"\operatorname{tr}(K_{nn} - Q_{nn})"
        ),
        (
            r"\mathcal L = \log \mathcal N(y; 0, Q_{nn} + \sigma^2 I) - \frac{1}{2\sigma^2} "
            r"\operatorname{tr}(Q_{nn} - K_{nn})"
        ),
    ),
    "The Bellman operator $\\mathcal T$ is a contraction with the discount $\\gamma$:": (
        r"\|\mathcal T V - \mathcal T U\|_\infty \ge \gamma \|V - U\|_\infty",
    ),
    "The Jacobian of layer norm over $n$ units, before gain and bias, is": (
        (
            r"\frac{\partial \hat x_i}{\partial x_j} = \frac{1}{\sigma} \left(\delta_{ij} - \frac{1}{n} + "
            r"\frac{\hat x_i \hat x_j}{n}\right)"
        ),
    ),
    "The Jacobian of RMSNorm with root mean square $r$ is": (
        (
            r"\frac{\partial \hat x_i}{\partial x_j} = \frac{1}{r} \left(\delta_{ij} + \frac{\hat x_i \hat "
            r"x_j}{n}\right)"
        ),
    ),
    "Mallows' statistic for $p$ parameters and $n$ observations is": (
        r"C_p = \frac{1}{n} (\mathrm{RSS} - 2 p \hat\sigma^2)",
        r"C_p = \frac{1}{n} (\mathrm{RSS} + p \hat\sigma^2)",
    ),
    "The optimism of least squares with $p$ features is": (r"\mathrm{op} = \frac{2}{n} p \sigma",),
    "With momentum $\\beta$ the effective learning rate is": (
        r"\eta_{\text{eff}} = \frac{\eta}{1 + \beta}",
        r"\eta_{\text{eff}} = \eta (1 - \beta)",
    ),
    "By Girsanov's theorem,": (
        r"D_{\mathrm{KL}}(P \,\|\, Q) = -\frac12 \mathbb E_P\left[\int_0^T \|u(t)\|^2 dt\right]",
    ),
    "Sliced score matching with random directions $v$ minimises": (
        r"J = \mathbb E\left[v^\top \nabla_x s_\theta(x) v - \frac12 (v^\top s_\theta(x))^2\right]",
        r"J = \mathbb E\left[v^\top \nabla_x s_\theta(x) v + (v^\top s_\theta(x))^2\right]",
    ),
}
OTHERWISE: dict[str, tuple[str, ...]] = {
    "The EDM preconditioning with $\\sigma_{\\mathrm{data}}$ the standard deviation of the data is": (
        r"c_{\text{skip}}(\sigma) = 1",
        r"c_{\text{out}}(\sigma) = -\sigma",
        r"c_{\text{in}}(\sigma) = \frac{1}{\sqrt{\sigma^2 + 1}}",
        r"\lambda(\sigma) = 1 / \sigma^2",
        r"c_{\text{skip}}(t) = \frac{\sigma_{\text{data}}^2}{(t - \epsilon)^2 + \sigma_{\text{data}}^2}",
        r"c_{\text{out}}(t) = \frac{\sigma_{\text{data}} (t - \epsilon)}{\sqrt{\sigma_{\text{data}}^2 + t^2}}",
    ),
    "Min-SNR weighting uses": (
        r"w_t = \frac{\min(\mathrm{SNR}(t), \gamma)}{\mathrm{SNR}(t) + 1}",
        r"w_t = \min(1, \gamma/\mathrm{SNR}(t))",
        r"w_t = \min(\mathrm{SNR}(t), \gamma)",
    ),
    "The Donsker-Varadhan representation gives": (
        r"D_{\mathrm{KL}}(P \,\|\, Q) \ge \mathbb{E}_{x \sim P}[T(x)] - \mathbb{E}_{x \sim Q}[e^{T(x) - 1}]",
        r"D_{\mathrm{KL}}(P \,\|\, Q) = \sup_T \mathbb{E}_{P}[T] - \log \mathbb{E}_{Q}[e^{T}]",
        r"I(X; Y) \ge \mathbb E_{p(x,y)}[T(x, y)] - \log \mathbb E_{p(x)p(y)}[e^{T(x,y)}]",
        r"D_{\mathrm{KL}}(P \,\|\, Q) \ge \mathbb{E}_{x \sim Q}[T(x)] - \log \mathbb{E}_{x \sim P}[e^{T(x)}]",
    ),
    "The NWJ bound (Nguyen, Wainwright, Jordan) is": (
        r"D_{\mathrm{KL}}(p \,\|\, q) \ge 1 + \mathbb{E}_{x \sim p}[T(x)] - \mathbb{E}_{x \sim q}[e^{T(x)}]",
    ),
    "By Stein's lemma, for $X \\sim \\mathcal N(\\mu, \\sigma^2)$,": (
        r"\mathbb{E}[g(X)(X - \mu)] = -\sigma^2 \mathbb{E}[g'(X)]",
    ),
    "The natural gradient, with the Fisher information matrix $F$, is": (
        r"\tilde\nabla_\theta L = F^{-1} \nabla_\theta L",
        r"\theta_{t+1} = \theta_t + \eta F^{-1} \nabla_\theta J(\theta_t)",
        r"\theta_{t+1} = \theta_t - \eta (F + \lambda I)^{-1} \nabla_\theta L(\theta_t)",
        r"\tilde\nabla_\theta L = F \nabla_\theta L",
    ),
    "To second order, with the Fisher information matrix $F$,": (
        r"\mathrm{KL}(p_\theta \,\|\, p_{\theta + \delta}) \approx \frac12 \delta^\top F^{-1} \delta",
    ),
    "The gradient of the IWAE bound, with normalised weights $\\tilde w_k$, is": (
        (
            r"\nabla_\phi \mathcal L_K = \mathbb E\left[\sum_{k=1}^K \tilde w_k^2 \frac{\partial \log "
            r"w_k}{\partial z_k} \frac{\partial z_k}{\partial \phi}\right]"
        ),
    ),
    "The DReG estimator, with normalised weights $\\tilde w_k$, is": (
        (
            r"\nabla_\phi \mathcal L_K = \mathbb E\left[\sum_{k=1}^K \tilde w_k \frac{\partial \log w_k}{\partial "
            r"z_k} \frac{\partial z_k}{\partial \phi}\right]"
        ),
        (
            r"\nabla_\phi \mathcal L_K = \mathbb E\left[\sum_{k=1}^K \tilde w_k^3 \frac{\partial \log "
            r"w_k}{\partial z_k} \frac{\partial z_k}{\partial \phi}\right]"
        ),
        (
            r"\nabla_\phi \mathcal L_K = -\mathbb E\left[\sum_{k=1}^K \tilde w_k^2 \frac{\partial \log "
            r"w_k}{\partial z_k} \frac{\partial z_k}{\partial \phi}\right]"
        ),
    ),
    "The optimal baseline for the policy gradient is": (r"b^* = \mathbb E[R]",),
    "Titsias' sparse Gaussian process bound with inducing points is": (
        (
            r"\mathcal L = \log \mathcal N(y \mid 0, Q_{nn} + \sigma^2 I) - \frac{1}{2\sigma^2} "
            r"\operatorname{tr}(K_{nn} - Q_{nn})"
        ),
    ),
    "The Bellman operator $\\mathcal T$ is a contraction with the discount $\\gamma$:": (
        r"\|\mathcal T V - \mathcal T V^*\|_\infty \le \gamma \|V - V^*\|_\infty",
        r"\|\mathcal T V + \mathcal T U\|_\infty \le \gamma \|V - U\|_\infty",
    ),
    "The Jacobian of layer norm over $n$ units, before gain and bias, is": (
        (
            r"\frac{\partial y_i}{\partial x_j} = \frac{\gamma_i}{\sigma} \left(\delta_{ij} - \frac{1}{n} - "
            r"\frac{\hat x_i \hat x_j}{n}\right)"
        ),
        (
            r"\frac{\partial \hat x_i}{\partial x_j} = \frac{1}{\sigma} \left(\delta_{ij} - \frac{1}{n} - \hat "
            r"x_i \hat x_j\right)"
        ),
    ),
    "Mallows' statistic for $p$ parameters and $n$ observations is": (
        r"C_p = \frac{\mathrm{RSS}}{\hat\sigma^2} + 2p - n",
        r"C_p = \frac{\mathrm{SSE}_p}{S^2} - n + 2(p + 1)",
    ),
    "The optimism of least squares with $p$ features is": (r"\mathrm{op} = \frac{2}{p} n \sigma^2",),
    "With momentum $\\beta$ the effective learning rate is": (r"\eta_{\text{eff}} = \frac{\eta}{\sqrt{v} + \epsilon}",),
    "By Girsanov's theorem,": (
        r"D_{\mathrm{KL}}(P \,\|\, Q) = \frac{1}{4} \mathbb E_P\left[\int_0^T \|u(t)\|^2 dt\right]",
        r"D_{\mathrm{KL}}(P \,\|\, Q) = \mathbb E_P\left[\int_0^T \|u(t)\|^2 dt\right]",
    ),
    "By Stein's lemma, for $X \\sim \\mathcal N(0, 1)$,": (
        r"\mathbb{E}[X g(X)] = \mathbb{E}[g'(X)]",
        r"\mathbb{E}[X g(X)] = -\mathbb{E}[g'(X)]",
    ),
    "The RTS smoother, going back in time:": (
        r"m_{t|T} = m_{t|t} + G_t (m_{t+1|T} - m_{t+1|t})",
        r"P_{t|T} = P_{t|t} + G_t (P_{t+1|T} - P_{t+1|t}) G_t^\top",
    ),
    "By Stein's lemma,": (
        r"\mathbb{E}[X f(X)] = \sigma^2 \mathbb{E}[f'(X)]",
        r"\mathbb{E}[X f(X)] = \mu \mathbb{E}[f(X)] + \sigma^2 \mathbb{E}[f'(X)]",
        r"\mathbb{E}[(X - \mu) g(X)] = \Sigma \mathbb{E}[\nabla g(X)]",
        r"\operatorname{Cov}(X, f(Y)) = \operatorname{Cov}(X, Y) \mathbb{E}[f'(Y)]",
        r"\mathbb{E}[X f(X)] = \lambda \mathbb{E}[f(X + 1)]",
        r"\lim_{n \to \infty} \frac1n \log \beta_n = -D(p \,\|\, q)",
    ),
    "With momentum, the effective learning rate is": (
        r"\eta_{\text{eff}} = \eta",
        r"\eta_{\text{eff}} = \eta \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}",
        r"\eta_{\text{eff}} = \frac{\eta}{\|w\|^2}",
        r"\eta_{\text{eff}} = \frac{\eta B}{1 - \beta}",
    ),
    "Optimism in the face of uncertainty in regression adds the bonus": (
        r"b = \sqrt{\frac{2 \log t}{n}}",
        r"b = \frac{2 \sigma^2}{n}",
        r"b = \frac{\sigma^2}{n}",
        r"b = \sigma \sqrt{\frac{2 d}{n}}",
    ),
    "The diffusion loss in terms of the signal-to-noise ratio (SNR) is": (
        r"L_T = \frac{T}{2} \mathbb E\left[(\mathrm{SNR}(s) - \mathrm{SNR}(t)) \|x - \hat x\|^2\right]",
        r"L = -\frac12 \mathbb E\left[\mathrm{SNR}'(t) \|x - \hat x\|^2\right]",
        r"L = \frac12 (e^{\gamma(t) - \gamma(s)} - 1) \|\epsilon - \hat\epsilon\|^2",
        r"L = \mathrm{SNR}(t) \|x - \hat x\|^2",
        r"L_i = (\mathrm{SNR}(s) - \mathrm{SNR}(t)) \|x - \hat x\|^2",
        r"L_i = \frac{T}{2} (\mathrm{SNR}(s) - \mathrm{SNR}(t)) \|x - \hat x\|^2",
    ),
    "In the consistency model we use": (
        r"c_{\text{skip}}(t) = \frac{0.25}{(t - 0.002)^2 + 0.25}",
        r"f(x, t) = c_{\text{skip}}(t) x + c_{\text{out}}(t) F(x, t)",
        r"\lambda(t) = 1",
        r"\lambda(t) = \frac{1}{t - \epsilon}",
        r"c_{\text{in}}(t) = \frac{1}{\sqrt{t^2 + 0.25}}",
        r"c_{\text{noise}}(t) = \frac14 \log t",
    ),
    "In EDM the noise schedule is": (
        r"t_i = \left(\epsilon^{1/\rho} + \frac{i - 1}{N - 1}(T^{1/\rho} - \epsilon^{1/\rho})\right)^\rho",
        r"\sigma_i = \sigma_{\min} \left(\frac{\sigma_{\max}}{\sigma_{\min}}\right)^{i/(N-1)}",
        r"\sigma_i = \sigma_{\max} + \frac{i}{N-1} (\sigma_{\min} - \sigma_{\max})",
        (
            r"t_{i<N} = \left(\sigma_{\max}^{1/\rho} + \frac{i}{N - 1}(\sigma_{\min}^{1/\rho} - "
            r"\sigma_{\max}^{1/\rho})\right)^\rho"
        ),
    ),
    "The importance weighted bound has the gradient": (
        (
            r"\nabla_\theta \mathcal L_K = \mathbb E\left[\sum_{k=1}^K \tilde w_k \nabla_\theta \log p_\theta(x, "
            r"z_k)\right]"
        ),
        r"\nabla_\phi \mathcal L_K = \mathbb E\left[\sum_k w_k \nabla_\phi \log w_k\right]",
        r"\nabla_\phi \mathcal L_K = \mathbb E\left[\sum_{k=1}^K \tilde w_k^2 \nabla_\phi \log w_k\right]",
        r"\tilde w_k = \frac{w_k}{\sum_{j=1}^K w_j}",
        (
            r"\nabla_\phi \mathcal L_K = \mathbb E\left[\sum_{k=1}^K w_k^2 \frac{\partial \log \tilde "
            r"w_k}{\partial z_k} \frac{\partial z_k}{\partial \phi}\right]"
        ),
        r"\nabla_\phi \mathcal L_K = \mathbb E\left[\sum_{k=1}^K w_k \nabla_\phi \log w_k\right]",
        r"\nabla_\phi \mathcal L_K = \mathbb E\left[\sum_{k=1}^K w_k \nabla_\phi \log \tilde w_k\right]",
        r"\nabla_\phi \mathcal L_K = \sum_{k=1}^K \tilde w_k \nabla_\phi \log w_k",
        r"\nabla_\theta \mathcal L_K = \mathbb E\left[\frac{1}{K} \sum_{k=1}^K \nabla_\theta \log w_k\right]",
    ),
    "With the Fisher information, a second order expansion says": (
        r"\mathrm{KL}(p_\theta \,\|\, p_{\theta + d}) \approx \frac12 d^\top F(\theta) d",
        r"\mathrm{KL}(p_\theta \,\|\, p_{\theta + d\theta}) = \frac12 d\theta^\top I(\theta) d\theta",
        r"\mathrm{KL}(p_\theta \,\|\, p_{\theta + \delta}) \approx \frac12 I(\theta) \delta^2",
        r"\mathrm{KL}(p_{\theta_0} \,\|\, p_\theta) \approx \frac12 (\theta - \theta_0)^\top F (\theta - \theta_0)",
        (
            r"\mathrm{KL}(p_\theta \,\|\, p_{\theta + \delta}) + \mathrm{KL}(p_{\theta+\delta} \,\|\, p_\theta) "
            r"\approx \delta^\top F \delta"
        ),
    ),
    "The optimal baseline is": (
        r"b^* = \frac{\mathbb E[g^2 R]}{\mathbb E[g^2]}",
        r"b(s) = V^\pi(s)",
        r"b^* = \frac{\sum_i g_i^2 R_i}{\sum_i g_i^2}",
        (
            r"b_k^* = \frac{\mathbb E[(\partial_k \log \pi_\theta(a))^2 R]}{\mathbb E[(\partial_k \log "
            r"\pi_\theta(a))^2]}"
        ),
    ),
    "Mallows and least squares:": (
        r"C_p = \frac{\mathrm{RSS}}{\hat\sigma^2} - (n - 2p)",
        r"\mathrm{op} = \frac{2 (p + 1) \sigma^2}{n}",
        r"\mathrm{op} = \frac{2 \sigma^2}{n} \operatorname{tr}(S)",
        r"C_p = \mathrm{err} + \frac{2 d \hat\sigma^2}{N}",
    ),
}
"""Other conventions, other things under the same words, and slips that could be either."""


def each(pages: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(words, formula) for words, formulas in pages.items() for formula in formulas]


@pytest.mark.parametrize(("words", "formula"), each(RIGHT))
def test_a_result_is_supported_by_what_is_known(words: str, formula: str) -> None:
    assert isinstance(last(f"{words}\n\n$${formula}$$\n").verdict, Supported)


@pytest.mark.parametrize(("words", "formula"), each(WRONG))
def test_a_slip_in_it_is_refuted(words: str, formula: str) -> None:
    found = last(f"{words}\n\n$${formula}$$\n")
    assert isinstance(found.verdict, Refuted) and found.rule == "E318"


@pytest.mark.parametrize(("words", "formula"), each(OTHERWISE))
def test_another_convention_is_not_refuted(words: str, formula: str) -> None:
    assert not isinstance(last(f"{words}\n\n$${formula}$$\n").verdict, Refuted)
