"""Reinforcement learning, losses, hidden Markov models, moving averages, gates; updates written as assignments."""

from property_tests.checking.named import Case, right, said, wrong

CASES: list[Case] = [
    (
        r"The $\lambda$-return mixes all $n$-step returns: @",
        [
            r"G_t^\lambda = (1 - \lambda) \sum_{n=1}^\infty \lambda^{n-1} G_{t:t+n}",
            r"G_t^\lambda = (1 - \lambda) \sum_{n=1}^\infty \lambda^{n-1} G_t^{(n)}",
        ],
        [r"G_t^\lambda = (1 - \lambda) \sum_{n=1}^\infty \lambda^{n} G_{t:t+n}"],
    ),
    (
        "The eligibility trace decays by @ and grows where a state is visited.",
        [
            r"e_t(s) = \gamma \lambda e_{t-1}(s) + \mathbb 1[s_t = s]",
            r"z_t = \gamma \lambda z_{t-1} + \nabla \hat v(s_t)",
        ],
        [r"z_t = \gamma \lambda z_{t-1} - \nabla \hat v(s_t)"],
    ),
    (
        "Expected SARSA updates with @",
        [r"Q(s, a) \leftarrow Q(s, a) + \alpha \left[r + \gamma \sum_{a'} \pi(a' \mid s') Q(s', a') - Q(s, a)\right]"],
        [
            r"Q(s, a) \leftarrow Q(s, a) + \alpha \left[r + \gamma \sum_{a'} \pi(a' \mid s) Q(s', a') - Q(s, a)\right]",
            r"Q(s, a) \leftarrow Q(s, a) + \alpha \left[r + \gamma \sum_{a'} \pi(a' \mid s') Q(s', a') + Q(s, a)\right]",
        ],
    ),
    (
        "In Double DQN the target is @",
        [r"y = r + \gamma Q_{\theta^-}\left(s', \arg\max_{a'} Q_\theta(s', a')\right)"],
        [r"y = r - \gamma Q_{\theta^-}\left(s', \arg\max_{a'} Q_\theta(s', a')\right)"],
    ),
    (
        "REINFORCE with a baseline changes the parameters by @",
        [
            r"\theta \leftarrow \theta + \alpha (G_t - b(s_t)) \nabla_\theta \log \pi_\theta(a_t \mid s_t)",
            r"\theta \leftarrow \theta + \alpha G_t \nabla_\theta \log \pi_\theta(a_t \mid s_t)",
        ],
        [
            r"\theta \leftarrow \theta + \alpha (G_t + b(s_t)) \nabla_\theta \log \pi_\theta(a_t \mid s_t)",
            r"\theta \leftarrow \theta - \alpha G_t \nabla_\theta \log \pi_\theta(a_t \mid s_t)",
        ],
    ),
    (
        r"The actor of an actor-critic method moves by @ where $\delta_t$ is the TD error.",
        [r"\theta \leftarrow \theta + \alpha \delta_t \nabla_\theta \log \pi_\theta(a_t \mid s_t)"],
        [r"\theta \leftarrow \theta - \alpha \delta_t \nabla_\theta \log \pi_\theta(a_t \mid s_t)"],
    ),
    (
        "The AUC is the probability that a positive is ranked above a negative: @",
        [
            r"\mathrm{AUC} = P(s^+ > s^-)",
            r"\mathrm{AUC} = \frac{1}{n_+ n_-} \sum_{i=1}^{n_+} \sum_{j=1}^{n_-} \mathbb 1[s_i^+ > s_j^-]",
        ],
        [],
    ),
    (
        "With the sum $R$ of the ranks of the positives the AUC is @ for $m$ positives and $n$ negatives.",
        [r"\mathrm{AUC} = \frac{R - m (m + 1) / 2}{m n}", r"\mathrm{AUC} = \frac{R - \frac{m(m+1)}{2}}{m n}"],
        [r"\mathrm{AUC} = \frac{R - m (m - 1) / 2}{m n}", r"\mathrm{AUC} = \frac{R + m (m + 1) / 2}{m n}"],
    ),
    (
        "The Huber loss is quadratic for small residuals and linear for large ones: @",
        [
            r"L_\delta(r) = \begin{cases} \frac12 r^2 & |r| \le \delta \\ \delta \left(|r| - \frac12 \delta\right) & |r| > \delta \end{cases}"
        ],
        [
            r"L_\delta(r) = \begin{cases} r^2 & |r| \le \delta \\ \delta \left(|r| - \frac12 \delta\right) & |r| > \delta \end{cases}"
        ],
    ),
    (
        "The log-cosh loss is @ and is smooth.",
        [r"L = \sum_{i=1}^n \log \cosh(\hat y_i - y_i)", r"L = \sum_{i=1}^n \log(\cosh(y_i - \hat y_i))"],
        [],
    ),
    (
        "The soft Dice loss of a segmentation with predictions $p_i$ and mask $g_i$ is @",
        [
            r"L = 1 - \frac{2 \sum_i p_i g_i}{\sum_i p_i + \sum_i g_i}",
            r"\mathcal L_{\mathrm{Dice}} = 1 - \frac{2 \sum_{i=1}^N p_i g_i}{\sum_{i=1}^N p_i + \sum_{i=1}^N g_i}",
        ],
        [
            r"L = 1 - \frac{\sum_i p_i g_i}{\sum_i p_i + \sum_i g_i}",
            r"L = 1 - \frac{2 \sum_i p_i g_i}{\sum_i p_i - \sum_i g_i}",
        ],
    ),
    (
        "The soft IoU loss is @",
        [r"L = 1 - \frac{\sum_i p_i g_i}{\sum_i p_i + \sum_i g_i - \sum_i p_i g_i}"],
        [r"L = 1 - \frac{\sum_i p_i g_i}{\sum_i p_i + \sum_i g_i + \sum_i p_i g_i}"],
    ),
    (
        "Dice follows from the Jaccard index by @",
        [r"D = \frac{2 J}{1 + J}"],
        [r"D = \frac{J}{1 + J}", r"D = \frac{2 J}{1 - J}"],
    ),
    (
        "Platt scaling turns a score into a probability: @",
        [r"P(y = 1 \mid x) = \frac{1}{1 + \exp(A f(x) + B)}"],
        [r"P(y = 1 \mid x) = \frac{1}{1 - \exp(A f(x) + B)}"],
    ),
    (
        "Baum-Welch needs the posterior of a transition, @",
        [
            r"\xi_t(i, j) = \frac{\alpha_t(i) a_{ij} b_j(o_{t+1}) \beta_{t+1}(j)}{\sum_{i=1}^N \sum_{j=1}^N \alpha_t(i) a_{ij} b_j(o_{t+1}) \beta_{t+1}(j)}",
            r"\xi_t(i, j) = \frac{\alpha_t(i) A_{ij} b_j(x_{t+1}) \beta_{t+1}(j)}{\sum_k \sum_l \alpha_t(k) A_{kl} b_l(x_{t+1}) \beta_{t+1}(l)}",
        ],
        [
            r"\xi_t(i, j) = \frac{\alpha_t(i) a_{ij} b_j(o_{t}) \beta_{t+1}(j)}{\sum_{i=1}^N \sum_{j=1}^N \alpha_t(i) a_{ij} b_j(o_{t+1}) \beta_{t+1}(j)}",
            r"\xi_t(i, j) = \frac{\alpha_t(i) A_{ij} b_j(x_{t+1}) \beta_{t}(j)}{\sum_k \sum_l \alpha_t(k) A_{kl} b_l(x_{t+1}) \beta_{t+1}(l)}",
        ],
    ),
    (
        "The Baum-Welch re-estimate of a transition probability is @",
        [
            r"\hat a_{ij} = \frac{\sum_{t=1}^{T-1} \xi_t(i, j)}{\sum_{t=1}^{T-1} \gamma_t(i)}",
            r"A_{ij} = \frac{\sum_{t=1}^{T-1} \xi_t(i, j)}{\sum_{t=1}^{T-1} \gamma_t(i)}",
        ],
        [
            r"\hat a_{ij} = \frac{\sum_{t=1}^{T-1} \xi_t(i, j)}{\sum_{t=1}^{T-1} \gamma_t(j)}",
            r"\hat a_{ij} = \frac{\sum_{t=1}^{T-1} \gamma_t(i)}{\sum_{t=1}^{T-1} \xi_t(i, j)}",
        ],
    ),
    (
        "In Baum-Welch the state posterior follows from those of transitions: @",
        [r"\gamma_t(i) = \sum_{j=1}^N \xi_t(i, j)"],
        [],
    ),
    (
        "The RTS smoother has the gain @",
        [r"G_t = P_{t|t} F^\top P_{t+1|t}^{-1}", r"C_t = P_{t|t} A^\top P_{t+1|t}^{-1}"],
        ["G_t = P_{t|t} F P_{t+1|t}^{-1}", r"G_t = P_{t+1|t} F^\top P_{t|t}^{-1}"],
    ),
    (
        r"The MA(1) process $x_t = \epsilon_t + \theta \epsilon_{t-1}$ has the variance @",
        [r"\operatorname{Var}(x_t) = \sigma^2 (1 + \theta^2)", r"\gamma_0 = (1 + \theta^2) \sigma^2"],
        [r"\operatorname{Var}(x_t) = \sigma^2 (1 - \theta^2)", r"\gamma_0 = (1 + \theta) \sigma^2"],
    ),
    (
        "The MA(1) process has the lag-one autocorrelation @",
        [r"\rho_1 = \frac{\theta}{1 + \theta^2}", r"\rho(1) = \frac{\theta}{1 + \theta^2}"],
        [r"\rho_1 = \frac{\theta}{1 - \theta^2}"],
    ),
    (
        r"The AR(1) process $x_t = c + \phi x_{t-1} + \epsilon_t$ has the mean @",
        [r"\mathbb E[x_t] = \frac{c}{1 - \phi}", r"\mu = \frac{c}{1 - \phi}"],
        [r"\mathbb E[x_t] = \frac{c}{1 + \phi}"],
    ),
    (
        "The AR(1) process has the spectral density @",
        [
            r"f(\omega) = \frac{\sigma^2}{2 \pi} \cdot \frac{1}{1 - 2 \phi \cos \omega + \phi^2}",
            r"f(\omega) = \frac{\sigma^2}{2 \pi (1 + \phi^2 - 2 \phi \cos \omega)}",
        ],
        [
            r"f(\omega) = \frac{\sigma^2}{2 \pi (1 + \phi^2 + 2 \phi \cos \omega)}",
            r"f(\omega) = \frac{\sigma^2}{2 \pi (1 - \phi^2 - 2 \phi \cos \omega)}",
        ],
    ),
    (
        "The hidden state of an LSTM is @",
        [r"h_t = o_t \odot \tanh(c_t)"],
        [],
    ),
    (
        "The forget gate of an LSTM is @",
        [r"f_t = \sigma(W_f x_t + U_f h_{t-1} + b_f)"],
        [r"f_t = \sigma(W_f x_t + U_f h_{t} + b_f)", r"f_t = \sigma(W_f x_t - U_f h_{t-1} + b_f)"],
    ),
    (
        "The Bellman expectation equation for a policy is @",
        [
            r"Q^\pi(s, a) = r(s, a) + \gamma \sum_{s'} P(s' \mid s, a) \sum_{a'} \pi(a' \mid s') Q^\pi(s', a')",
            r"V^\pi = R^\pi + \gamma P^\pi V^\pi",
            r"V = (I - \gamma P)^{-1} R",
        ],
        [r"V = (I + \gamma P)^{-1} R"],
    ),
    (
        "The Bellman optimality equation reads @",
        [
            r"V^*(s) = \max_a \sum_{s'} P(s' \mid s, a) [R(s, a, s') + \gamma V^*(s')]",
            r"Q^*(s, a) = R(s, a) + \gamma \sum_{s'} P(s' \mid s, a) \max_{a'} Q^*(s', a')",
        ],
        [r"Q^*(s, a) = R(s, a) - \gamma \sum_{s'} P(s' \mid s, a) \max_{a'} Q^*(s', a')"],
    ),
    (
        "The Q-learning update is @",
        [
            r"Q(s_t, a_t) \leftarrow Q(s_t, a_t) + \alpha [r_{t+1} + \gamma \max_a Q(s_{t+1}, a) - Q(s_t, a_t)]",
            r"Q(s, a) \leftarrow (1 - \alpha) Q(s, a) + \alpha (r + \gamma \max_{a'} Q(s', a'))",
        ],
        [
            r"Q(s_t, a_t) \leftarrow Q(s_t, a_t) + \alpha [r_{t+1} + \gamma \max_a Q(s_{t}, a) - Q(s_t, a_t)]",
            r"Q(s, a) \leftarrow (1 - \alpha) Q(s, a) + (r + \gamma \max_{a'} Q(s', a'))",
        ],
    ),
    (
        "The policy gradient theorem states @",
        [r"\nabla_\theta J(\theta) = \mathbb E[A^\pi(s, a) \nabla_\theta \log \pi_\theta(a \mid s)]"],
        [],
    ),
    (
        r"The GAE advantage is @ with $\delta_t = r_t + \gamma V(s_{t+1}) - V(s_t)$.",
        [
            r"\hat A_t = \sum_{l=0}^{T-t-1} (\gamma \lambda)^l \delta_{t+l}",
            r"\hat A_t = \sum_{k=0}^\infty (\gamma \lambda)^k \delta_{t+k}",
            r"A_t = \delta_t + \gamma \lambda A_{t+1}",
        ],
        [],
    ),
]


@right(CASES)
def test_a_form_of_a_result_holds(sentence: str, latex: str) -> None:
    assert said(sentence, latex) == "holds"


@wrong(CASES)
def test_one_with_a_slip_does_not(sentence: str, latex: str) -> None:
    assert said(sentence, latex) == "wrong"
