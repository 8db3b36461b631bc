"""Entropies, divergences, channels, evidence bounds, mixtures."""

from property_tests.checking.named import Case, right, said, wrong

CASES: list[Case] = [
    (
        "The entropy of a discrete random variable is @ measured in bits.",
        [
            r"H(X) = -\sum_{i=1}^n p(x_i) \log_2 p(x_i)",
            r"H(X) = \mathbb E\left[\log \frac{1}{p(X)}\right]",
            r"H(X) = -\mathbb E[\log p(X)]",
            r"H(p) = \sum_k p_k \log \frac{1}{p_k}",
            r"H(X) = -\sum_{k=1}^K p_k \ln p_k",
        ],
        [r"H(X) = \sum_{i=1}^n p(x_i) \log_2 p(x_i)", r"H(X) = \mathbb E[\log p(X)]"],
    ),
    (
        "The Kullback-Leibler divergence from $q$ to $p$ is @",
        [
            r"D_{\mathrm{KL}}(p \| q) = \sum_{i=1}^n p_i \log \frac{p_i}{q_i}",
            r"D_{KL}(P \| Q) = \sum_{x \in \mathcal X} P(x) \log \frac{P(x)}{Q(x)}",
            r"D(p \| q) = \int p(x) \ln \frac{p(x)}{q(x)} dx",
            r"\mathrm{KL}(p \| q) = \mathbb E_{x \sim p}\left[\log p(x) - \log q(x)\right]",
            r"\mathrm{KL}(p \| q) = -H(p) - \sum_x p(x) \log q(x)",
            r"\mathrm{KL}(q \| p) = -\sum_z q(z) \log \frac{p(z)}{q(z)}",
        ],
        [
            r"D_{\mathrm{KL}}(p \| q) = \sum_{i=1}^n p_i \log \frac{q_i}{p_i}",
            r"D_{KL}(P \| Q) = \sum_{x \in \mathcal X} Q(x) \log \frac{P(x)}{Q(x)}",
        ],
    ),
    (
        "The mutual information of two variables is @",
        [
            r"I(X; Y) = \sum_{x, y} p(x, y) \log \frac{p(x, y)}{p(x) p(y)}",
            r"I(X; Y) = \int\int p(x, y) \log \frac{p(x, y)}{p(x) p(y)} dx dy",
            r"I(X; Y) = \mathbb E\left[\log \frac{p(X, Y)}{p(X) p(Y)}\right]",
            r"I(X; Y) = D_{KL}(p(x, y) \| p(x) p(y))",
            "I(X; Y) = H(X) + H(Y) - H(X, Y)",
            r"I(X; Y) = \sum_{x, y} p(x, y) \log \frac{p(y \mid x)}{p(y)}",
            r"I(X; Y) = \mathbb E_{x}[\mathrm{KL}(p(y \mid x) \| p(y))]",
        ],
        [
            r"I(X; Y) = \sum_{x, y} p(x, y) \log \frac{p(x) p(y)}{p(x, y)}",
            "I(X; Y) = H(X) + H(Y) + H(X, Y)",
            r"I(X; Y) = H(X, Y) - H(X \mid Y)",
        ],
    ),
    (
        "The chain rule says @ for entropies.",
        [r"H(X, Y) = H(X) + H(Y \mid X)", r"I(X; Y, Z) = I(X; Z) + I(X; Y \mid Z)"],
        [r"H(X, Y) = H(X) + H(X \mid Y)"],
    ),
    (
        r"The Jensen-Shannon divergence, with $m = \frac12 (p + q)$, is @",
        [
            r"\mathrm{JSD}(p \| q) = \frac12 D_{KL}(p \| m) + \frac12 D_{KL}(q \| m)",
            r"\mathrm{JSD}(P \| Q) = H\left(\frac{P + Q}{2}\right) - \frac12 (H(P) + H(Q))",
        ],
        [
            r"\mathrm{JSD}(p \| q) = D_{KL}(p \| m) + \frac12 D_{KL}(q \| m)",
            r"\mathrm{JSD}(p \| q) = \frac12 D_{KL}(m \| p) + \frac12 D_{KL}(q \| m)",
        ],
    ),
    (
        r"A Gaussian with variance $\sigma^2$ has the differential entropy @ in nats.",
        [
            r"h(X) = \frac12 \ln(2 \pi e \sigma^2)",
            r"h(X) = \frac12 \log(2\pi\sigma^2) + \frac12",
            r"H[x] = \frac12 \left(1 + \ln(2 \pi \sigma^2)\right)",
            r"h(X) = \ln(\sigma \sqrt{2 \pi e})",
        ],
        [r"h(X) = \frac12 \ln(2 \pi \sigma^2)", r"H[x] = \frac12 \left(1 + \ln(2 \pi \sigma)\right)"],
    ),
    (
        r"A binary symmetric channel with crossover probability $\epsilon$ has the capacity @",
        [
            r"C = 1 - H(\epsilon)",
            r"C = 1 - h_2(\epsilon)",
            r"C = 1 + \epsilon \log_2 \epsilon + (1 - \epsilon) \log_2 (1 - \epsilon)",
            r"C = 1 - H_b(\epsilon)",
        ],
        [r"C = 1 + H(\epsilon)", r"C = 1 + \epsilon \log_2 \epsilon - (1 - \epsilon) \log_2 (1 - \epsilon)"],
    ),
    (
        "The binary erasure channel with erasure probability $p$ has the capacity @",
        ["C = 1 - p"],
        [],
    ),
    (
        "Fano's inequality reads @ where $P_e$ is the probability of error.",
        [
            r"H(X \mid Y) \le H(P_e) + P_e \log(|\mathcal X| - 1)",
            r"H(X \mid Y) \le 1 + P_e \log |\mathcal X|",
            r"P_e \ge \frac{H(X \mid Y) - 1}{\log |\mathcal X|}",
        ],
        [r"H(X \mid Y) \ge H(P_e) + P_e \log(|\mathcal X| - 1)", r"P_e \le \frac{H(X \mid Y) - 1}{\log |\mathcal X|}"],
    ),
    (
        r"The data processing inequality for the chain $X \to Y \to Z$ is @",
        [r"I(X; Z) \le I(X; Y)", r"I(X; Y) \ge I(X; Z)", r"I(X; Z) \le I(Y; Z)"],
        [r"I(X; Z) \ge I(X; Y)", r"I(X; Y) \le I(X; Z)"],
    ),
    (
        "The Shannon-Hartley theorem gives the capacity @ of a band-limited channel with noise.",
        [
            r"C = B \log_2\left(1 + \frac{S}{N}\right)",
            r"C = W \log_2\left(1 + \frac{P}{N_0 W}\right)",
            r"C = B \log_2(1 + \mathrm{SNR})",
        ],
        [],
    ),
    (
        "The evidence lower bound (ELBO) of a latent variable model is @",
        [
            r"\mathcal L(q) = \mathbb E_q[\log p(x, z)] - \mathbb E_q[\log q(z)]",
            r"\mathrm{ELBO}(q) = \mathbb E_{q}[\log p(x, z)] + H[q]",
            r"\mathcal L(\theta, \phi) = \mathbb E_{q_\phi(z \mid x)}\left[\log p_\theta(x, z) - \log q_\phi(z \mid x)\right]",
            r"\mathcal L(\theta, \phi; x) = \mathbb E_{q_\phi(z \mid x)}[\log p_\theta(x \mid z)] - D_{KL}(q_\phi(z \mid x) \| p_\theta(z))",
            r"\log p(x) \ge \mathbb E_{q(z)}\left[\log \frac{p(x, z)}{q(z)}\right]",
            r"\mathcal L = \log p(x) - \mathrm{KL}(q(z) \| p(z \mid x))",
            r"\mathcal F(q, \theta) = \sum_z q(z) \log p(x, z \mid \theta) - \sum_z q(z) \log q(z)",
        ],
        [
            r"\mathcal L(q) = \mathbb E_q[\log p(x, z)] + \mathbb E_q[\log q(z)]",
            r"\mathrm{ELBO}(q) = \mathbb E_{q}[\log p(x, z)] - H[q]",
            r"\mathcal L(\theta, \phi; x) = \mathbb E_{q_\phi(z \mid x)}[\log p_\theta(x \mid z)] + D_{KL}(q_\phi(z \mid x) \| p_\theta(z))",
            r"\mathcal L = \log p(x) + \mathrm{KL}(q(z) \| p(z \mid x))",
        ],
    ),
    (
        "The gap of the bound is a divergence: @",
        [
            r"\log p(x) = \mathcal L(\theta, \phi) + D_{KL}(q_\phi(z \mid x) \| p_\theta(z \mid x))",
            r"\log p_\theta(x) - \mathcal L(\theta, \phi; x) = D_{KL}(q_\phi(z \mid x) \| p_\theta(z \mid x))",
        ],
        [
            r"\log p(x) = \mathcal L(\theta, \phi) - D_{KL}(q_\phi(z \mid x) \| p_\theta(z \mid x))",
            r"\log p_\theta(x) - \mathcal L(\theta, \phi; x) = D_{KL}(p_\theta(z \mid x) \| q_\phi(z \mid x))",
        ],
    ),
    (
        "The E-step computes the responsibility @ of component $k$ for point $i$.",
        [
            r"r_{ik} = \frac{\pi_k \mathcal N(x_i; \mu_k, \Sigma_k)}{\sum_{j} \pi_j \mathcal N(x_i; \mu_j, \Sigma_j)}",
            r"\gamma(z_{nk}) = \frac{\pi_k \mathcal N(x_n \mid \mu_k, \Sigma_k)}{\sum_{j=1}^K \pi_j \mathcal N(x_n \mid \mu_j, \Sigma_j)}",
            r"r_{ik} = \frac{\pi_k p(x_i \mid \theta_k)}{\sum_{k'} \pi_{k'} p(x_i \mid \theta_{k'})}",
        ],
        [r"r_{ik} = \frac{\mathcal N(x_i; \mu_k, \Sigma_k)}{\sum_{j} \pi_j \mathcal N(x_i; \mu_j, \Sigma_j)}"],
    ),
    (
        "The M-step of a Gaussian mixture re-estimates the means by @ from the responsibilities.",
        [
            r"\mu_k = \frac{\sum_{i=1}^n r_{ik} x_i}{\sum_{i=1}^n r_{ik}}",
            r"\mu_k = \frac{\sum_i r_{ik} x_i}{\sum_i r_{ik}}",
        ],
        [],
    ),
    (
        "The M-step of a Gaussian mixture sets the weight to @",
        [r"\pi_k = \frac{1}{n} \sum_{i=1}^n r_{ik}", r"\pi_k = \frac{\sum_i r_{ik}}{n}", r"\pi_k = \frac{N_k}{N}"],
        [r"\pi_k = \frac{N}{N_k}"],
    ),
    (
        "The objective that $k$-means makes small is @",
        [
            r"J = \sum_{k=1}^K \sum_{x \in C_k} \|x - \mu_k\|^2",
            r"J = \sum_{i=1}^n \min_k \|x_i - \mu_k\|^2",
            r"J = \sum_{i=1}^n \|x_i - \mu_{c_i}\|^2",
            r"J = \sum_{n=1}^N \sum_{k=1}^K r_{nk} \|x_n - \mu_k\|_2^2",
        ],
        [r"J = \sum_{i=1}^n \max_k \|x_i - \mu_k\|^2"],
    ),
    (
        "The score function (REINFORCE) gradient estimator rests on @",
        [
            r"\nabla_\theta \mathbb E_{p_\theta(x)}[f(x)] = \mathbb E_{p_\theta(x)}[f(x) \nabla_\theta \log p_\theta(x)]",
            r"\nabla_\theta p_\theta(x) = p_\theta(x) \nabla_\theta \log p_\theta(x)",
            r"\nabla_\phi \mathbb E_{q_\phi(z)}[f(z)] = \mathbb E_{q_\phi(z)}[f(z) \nabla_\phi \log q_\phi(z)]",
        ],
        [r"\nabla_\theta \mathbb E_{p_\theta(x)}[f(x)] = \mathbb E_{p_\theta(x)}[f(x) \nabla_\theta p_\theta(x)]"],
    ),
    (
        "Importance weighting tightens the bound: the IWAE objective is @",
        [
            r"\mathcal L_K = \mathbb E_{z_{1:K} \sim q(z \mid x)}\left[\log \frac1K \sum_{k=1}^K \frac{p(x, z_k)}{q(z_k \mid x)}\right]"
        ],
        [
            r"\mathcal L_K = \mathbb E_{z_{1:K} \sim q(z \mid x)}\left[\log \frac1K \sum_{k=1}^K \frac{q(z_k \mid x)}{p(x, z_k)}\right]"
        ],
    ),
]


@right(CASES)
def test_a_form_of_a_result_holds(sentence: str, latex: str) -> None:
    assert said(sentence, latex) == "holds"


@wrong(CASES)
def test_one_with_a_slip_does_not(sentence: str, latex: str) -> None:
    assert said(sentence, latex) == "wrong"
