"""What known results say of whole pages: right ones are supported, wrong twins refuted."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(page: str) -> Judged:
    return examine(read_document("a.md", page.encode()), Options()).judged[-1]


GAIN = "The Kalman gain, with process noise covariance $Q$ and measurement noise covariance $R$, is\n\n$$%s$$\n"
TWINS = (
    (GAIN, r"K = P H^\top (H P H^\top + R)^{-1}", r"K = P H^\top (H P H^\top + Q)^{-1}"),
    (GAIN, r"K_t = P_t H^T (H P_t H^T + R)^{-1}", r"K_t = P_t H (H P_t H^T + R)^{-1}"),
    ("Perplexity of a text:\n\n$$%s$$\n", r"\mathrm{PPL} = \exp\Big(-\frac1T \sum_{t=1}^T \ln p(w_t \mid w_{<t})\Big)",
     r"\mathrm{PPL} = \exp\Big(\frac1T \sum_{t=1}^T \ln p(w_t \mid w_{<t})\Big)"),
    ("The Woodbury identity:\n\n$$%s$$\n", "(A + U C V)^{-1} = A^{-1} - A^{-1} U (C^{-1} + V A^{-1} U)^{-1} V A^{-1}",
     "(A + U C V)^{-1} = A^{-1} + A^{-1} U (C^{-1} + V A^{-1} U)^{-1} V A^{-1}"),
    # a model's parameter is no index, and a sum over a set is a sum over all
    ("The perplexity of the model $p_\\phi$ is\n\n$$%s$$\n",
     r"\mathrm{PPL} = \exp\Big(-\frac1T \sum_{t=1}^T \ln p_\phi(w_t \mid w_{<t})\Big)",
     r"\mathrm{PPL} = \exp\Big(\frac1T \sum_{t=1}^T \ln p_\phi(w_t \mid w_{<t})\Big)"),
    ("Bellman's optimality equation:\n\n$$%s$$\n",
     r"Q^*(s, a) = r(s, a) + \gamma \sum_{s' \in \mathcal S} P(s' \mid s, a) \max_{a' \in \mathcal A} Q^*(s', a')",
     r"Q^*(s, a) = r(s, a) + \gamma \sum_{s' \in \mathcal S} P(s' \mid s, a) \min_{a' \in \mathcal A} Q^*(s', a')"),
    # where something goes is what a function is of; two laws exchanged
    ("A Metropolis-Hastings move is accepted with\n\n$$%s$$\n",
     r"\alpha(x \to x') = \min\left(1, \frac{\pi(x') q(x \mid x')}{\pi(x) q(x' \mid x)}\right)",
     r"\alpha(x \to x') = \min\left(1, \frac{\pi(x') q(x' \mid x)}{\pi(x) q(x \mid x')}\right)"),
    # the variables of an information, large or small; a condition that isn't there
    ("InfoNCE bounds mutual information:\n\n$$%s$$\n",
     r"I(x; y) \ge \log N - \mathcal L_N", r"I(x; y) \ge \log N + \mathcal L_N"),
    ("Adjusting for the confounder,\n\n$$%s$$\n", r"p(y \mid \mathrm{do}(x)) = \sum_z p(y \mid x, z) p(z)",
     r"p(y \mid \mathrm{do}(x)) = \sum_z p(y \mid x, z) p(z \mid x)"),
    # how far a root reaches; what an expectation is of may be written in any order
    ("Unadjusted Langevin:\n\n$$%s$$\n", r"x_{k+1} = x_k + \eta \nabla \log p(x_k) + \sqrt{2 \eta} z_k",
     r"x_{k+1} = x_k + \eta \nabla \log p(x_k) + \sqrt{2} \eta z_k"),
    ("The loss of flow matching is\n\n$$%s$$\n", r"L = \mathbb E_{x_0, t, x_1} \|x_0 - x_1 + v_\theta(x_t, t)\|^2",
     r"L = \mathbb E_{x_0, t, x_1} \|x_1 - x_0 + v_\theta(x_t, t)\|^2"),
    # a page that says ≈ where the result does
    ("The Laplace approximation of the evidence:\n\n$$%s$$\n",
     r"\log p(D) \approx \log p(D, \hat\theta) + \frac M2 \log(2 \pi) - \frac12 \log \det A",
     r"\log p(D) \approx \log p(D, \hat\theta) + \frac M2 \log(2 \pi) + \frac12 \log \det A"),
    # both sides of the result, twice
    ("The Polyak-Łojasiewicz inequality is\n\n$$%s$$\n", r"\|\nabla f(x)\|^2 \ge 2 \mu (f(x) - f^*)",
     r"\|\nabla f(x)\|^2 \le 2 \mu (f(x) - f^*)"),
    # what came before, with dots
    ("Perplexity of a text of $T$ words:\n\n$$%s$$\n",
     r"\mathrm{PPL} = \exp\Big(-\frac1T \sum_{t=1}^T \ln p(w_t \mid w_1, \dots, w_{t-1})\Big)",
     r"\mathrm{PPL} = \exp\Big(-\sum_{t=1}^T \ln p(w_t \mid w_1, \dots, w_{t-1})\Big)"),
    # the bars of a matrix in a logarithm are the size of its determinant
    ("The differential entropy of a linear map of a random vector, with an invertible matrix $A$, is\n\n$$%s$$\n",
     r"h(A X) = h(X) + \log |A|", r"h(A X) = h(X) - \log |A|"),
    ("The descent lemma for smooth functions:\n\n$$%s$$\n",
     r"f(y) \le f(x) + \nabla f(x)^T (y - x) + \frac{L}{2} \|y - x\|^2",
     r"f(y) \ge f(x) + \nabla f(x)^T (y - x) + \frac{L}{2} \|y - x\|^2"),
    ("Let $%s$ be the logistic function.", r"g(z) = (1 + e^{-z})^{-1}", r"g(z) = 1 + e^{-z}"),
    ("By Hoeffding's lemma,\n\n$$%s$$\n", r"\mathbb E[e^{s X}] \le \exp\left(\frac{s^2 (b - a)^2}{8}\right)",
     r"\mathbb E[e^{s X}] \ge \exp\left(\frac{s^2 (b - a)^2}{8}\right)"),
)  # fmt: skip


@pytest.mark.parametrize(("page", "right", "wrong"), TWINS)
def test_a_known_result_is_supported_and_its_slip_refuted(page: str, right: str, wrong: str) -> None:
    assert isinstance(last(page % right).verdict, Supported)
    found = last(page % wrong)
    assert isinstance(found.verdict, Refuted)
    assert found.rule in ("E311", "E318")
    assert found.verdict.repair is not None and found.message is not None


def test_words_tell_a_rate_from_a_scale() -> None:
    said = "The entropy of a gamma law with shape $a$ and rate $b$ is"
    found = last(f"{said}\n\n$$h(X) = a + \\ln \\Gamma(a) + (1 - a) \\psi(a) + \\ln b$$\n")
    assert isinstance(found.verdict, Refuted) and found.rule == "E318" and "gamma entropy" in str(found.message)
    unsaid = (
        "The entropy of a gamma law with shape $a$:\n\n$$h(X) = a + \\ln \\Gamma(a) + (1 %s a) \\psi(a) %s \\ln b$$\n"
    )
    assert not isinstance(last(unsaid % ("-", "+")).verdict, Refuted)
    assert isinstance(last(unsaid % ("+", "-")).verdict, Refuted)


def test_a_policy_of_a_pair_is_one_under_a_condition() -> None:
    page = "The policy gradient:\n\n$$\\nabla J(\\theta) = \\mathbb{E}[\\nabla \\log \\pi_\\theta(%s) Q^\\pi(s, a)]$$\n"
    for policy in ("s, a", r"a \mid s"):
        assert not isinstance(last(page % policy).verdict, Refuted)


def test_a_condition_that_is_lost_is_a_slip_though_no_bar_is_left() -> None:
    page = (
        "The gap of the ELBO $\\mathcal L(q)$:\n\n$$\\log p(x) = \\mathcal L(q) + D_{\\mathrm{KL}}(q(z) \\| p(z%s))$$\n"
    )
    assert not isinstance(last(page % r" \mid x").verdict, Refuted)
    assert isinstance(last(page % "").verdict, Refuted)


def test_where_words_or_letters_tell_a_rate_it_is_no_scale() -> None:
    drawn = "To draw an exponential variable with mean $1 / \\lambda$ return\n\n$$X = -%s \\ln U$$\n"
    assert isinstance(last(drawn % r"\lambda").verdict, Refuted)
    assert not isinstance(last(drawn % r"\frac1\lambda").verdict, Refuted)


def test_a_variance_is_no_name_of_a_standard_error() -> None:
    page = "The standard error of a proportion follows from\n\n$$%s = \\frac{p (1 - p)}{n}$$\n"
    assert not isinstance(last(page % "V(Z)").verdict, Refuted)
    assert isinstance(last(page % r"\mathrm{SE}").verdict, Refuted)


SILENT = (
    (
        "The conditional mean of a joint Gaussian:\n\n"
        "$$\\mathbb E[x_a \\mid x_b] = \\mu_a + \\Sigma_{ab} \\Sigma_{aa}^{-1} (x_b - \\mu_b)$$\n",
        "labels are the same wherever they stand",
    ),
    (
        "Dropout removes each unit with probability $p$:\n\n$$\\tilde h_i = \\frac{m_i h_i}{p}$$\n",
        "p is the letter of what is dropped, and of what is kept only where words say so",
    ),
    (
        "Belief propagation, the message of a variable:\n\n"
        "$$\\mu_{x \\to f}(x) = \\prod_{g \\in N(x)} \\mu_{g \\to x}(x)$$\n",
        "the factor that is addressed is among them",
    ),
    (
        "Let $X$ and $Y$ be random variables on the same space. The law of total variance:\n\n"
        "$$\\operatorname{Var}(Y) = E[\\operatorname{Var}(Y \\mid X)] + \\operatorname{Var}(E[X \\mid Y])$$\n",
        "the variance of a conditional mean is not nothing",
    ),
    (
        "With $\\epsilon \\sim \\mathcal{N}(0, 1)$, the reparameterisation trick gives\n\n"
        "$$z = \\mu + \\sigma \\cdot \\epsilon^2$$\n",
        "a square is no number of a name",
    ),
    (
        "The mean $\\bar X$ of $n$ observations, one has the deviation $\\sigma$.\n\n$$SE(\\bar X) = \\sigma$$\n",
        "a size that is left out may be one",
    ),
    ("The sum of $n$ independent steps has variance\n\n$$\\operatorname{Var}(S_n) = n$$\n", "S is no mean of a sample"),
    ("In a binomial experiment with a proportion $p$,\n\n$$E[X] = 1$$\n", "a number is the value of a case"),
    (
        "Change of variables, where $g$ is increasing:\n\n$$f_Y(y) = f_X(g^{-1}(y)) \\frac{1}{g'(g^{-1}(y))}$$\n",
        "the absolute value of a positive slope",
    ),
    ("The points are $x = \\mu - \\sigma$ and\n\n$$x = \\mu + \\sigma$$\n", "a second equation for a bare name"),
    ("Logistic, with Bernoulli targets:\n\n$$\\hat\\mu(x) = \\theta^\\top x$$\n", "k/n is too small to be known"),
    ("A factor graph is drawn below.\n\n$$K = P H$$\n", "nothing names a gain"),
    ("The mean of the gamma law.\n\n$$Z_2 = \\frac{u}{u + v}$$\n", "symbols that nothing tells"),
    ("$\\gamma$ is a parameter, $\\beta$ as well.\n\n$$E[X] = \\gamma \\beta$$\n", "commands of LaTeX name no law"),
    (
        "The best discriminator is\n\n$$D^*(x) = \\frac{q(x)}{p(x) + q(x)}$$\n",
        "which law is that of the data, nobody says",
    ),
    (
        "The entropy of a gamma law is\n\n$$h(X) = a + \\ln \\Gamma(a) + (1 - a) \\psi(a) + \\ln b$$\n",
        "b may be a scale",
    ),
    (
        "The TD(0) method uses the one-step return:\n\n$$R_t^{(1)} = r_t + \\gamma V(s_{t+1})$$\n",
        "what another letter stands for may be a part of what is named",
    ),
    (
        "A sample of $\\mathcal N(\\mu, \\Sigma)$ has the scatter matrix, from which the covariance follows,\n\n"
        "$$S = \\sum_{i=1}^n (x_i - \\mu)(x_i - \\mu)^\\top$$\n",
        "a scatter matrix is no mean",
    ),
    (
        "The descent lemma is for smooth functions. Some functions have this as well:\n\n"
        "$$f(y) \\ge f(x) + \\nabla f(x)^T (y - x) + \\frac{\\mu}{2} \\|y - x\\|^2$$\n",
        "strong convexity, which has another constant",
    ),
    (
        "The descent lemma is for smooth functions. With a constant $c$,\n\n"
        "$$f(y) \\ge f(x) + \\nabla f(x)^T (y - x) + \\frac{c}{2} \\|y - x\\|^2$$\n",
        "which constant that is, nobody says",
    ),
    (
        "The logit is the logarithm of the odds. The **odds** compare both chances:\n\n"
        "$$\\text{Odds} = \\frac{p}{1 - p}$$\n",
        "odds are no log-odds",
    ),
    (
        "The sigmoid function is $u(z)^{-1}$, where $u(z) = 1 + e^{-z}$.",
        "what a letter is to stand for, its author says",
    ),
    (
        "The sigmoid function, by the quotient rule. Let $f(z) = 1$ and $g(z) = 1 + e^{-z}$.",
        "what a letter is to stand for, its author says",
    ),
)


@pytest.mark.parametrize(("page", "why"), SILENT)
def test_nothing_is_said_where_nothing_tells(page: str, why: str) -> None:
    assert isinstance(last(page).verdict, NotAClaim | Undecided), why


HELD = (
    (
        "The standard error is $%s$, where $\\sigma$ is the standard deviation.\n",
        r"SE(S_n) = \sqrt{n} \sigma",
        r"SE(\bar X) = \sqrt{n} \sigma",
    ),
    (
        "Least squares minimises the sum of the squared residuals, with the mean squared error:\n\n$$%s$$\n",
        r"J = \sum_i (y_i - \hat y_i)^2",
        r"\mathrm{MSE} = \sum_{i=1}^n (y_i - \hat y_i)^2",
    ),
    (
        "The discounted return is $%s$.\n",
        r"G_t = \sum_{k=t}^{T-1} \gamma^{k-t} r_k",
        r"G_t = \sum_{k=0}^\infty \gamma^t r_{t+k+1}",
    ),
    ("The variance is\n\n$$%s$$\n", r"Var(X) = E(X - E[X])^2", r"Var(X) = E(X - \mu)"),
    (
        "%s",
        "With $\\mu$ for the mean, a zero-mean variable has a variance, and $E[X^2] = Var[X]$.\n",
        "With $\\mu$ for the mean, a variable has a variance, and $E[X^2] = Var[X]$.\n",
    ),
    (
        "A binomial variable, the number of heads with a proportion $p$, has $\\mu = n p$ and\n\n$$%s$$\n",
        r"\sigma = \sqrt{n p (1 - p)}",
        r"\sigma^2 = n p (1 + p)",
    ),
    (
        "Let $W$ have mean $\\mu$ and variance $\\sigma^2$. By Chebyshev's inequality,\n\n$$%s$$\n",
        r"\Pr(|W - \mu| \geq \epsilon) \leq \frac{\sigma^2}{\epsilon^2}",
        r"\Pr(|X - \mu| \geq t) \leq \frac{\sigma}{t^2}",
    ),
    (
        "Change of variables by a map $g$:\n\n$$%s$$\n",
        r"f_Y(y) = \frac{f_X(g^{-1}(y))}{|g'(g^{-1}(y))|}",
        r"f_Y(y) = \frac{f_X(g^{-1}(y))}{g'(g^{-1}(y))}",
    ),
)


@pytest.mark.parametrize(("page", "right", "wrong"), HELD)
def test_a_result_in_other_letters_is_no_slip_in_its_like(page: str, right: str, wrong: str) -> None:
    assert not isinstance(last(page % right).verdict, Refuted)
    assert isinstance(last(page % wrong).verdict, Refuted)


STEP = "The parameters move by %s:\n\n$$\\theta_{t+1} = \\theta_t %s \\alpha \\nabla_\\theta J(\\theta_t)$$\n"


@pytest.mark.parametrize(
    ("words", "sign", "wrong"),
    [
        ("gradient descent", "-", False),
        ("gradient descent", "+", True),
        ("gradient ascent, not by gradient descent", "+", False),
        ("gradient steps, as $J$ is maximised", "+", False),
        ("a gradient step along the policy gradient", "+", False),
        ("a gradient step", "+", True),
    ],
)
def test_an_objective_that_is_maximised_is_climbed(words: str, sign: str, wrong: bool) -> None:
    assert isinstance(last(STEP % (words, sign)).verdict, Refuted) is wrong


def test_a_worked_case_is_not_the_result_itself() -> None:
    page = "With discount $\\gamma$ the return of a short episode is\n\n$$G = 0 + \\gamma \\cdot 0$$\n"
    assert not isinstance(last(page).verdict, Refuted)


ADMISSIBLE = (
    (
        "The Gaussian density is\n\n$$f(x) = \\frac{1}{\\sqrt{2 \\pi} \\sigma} e^{-(x - \\mu)^2 / 2 \\sigma^2}$$\n",
        "how far a slash reaches is open",
    ),
    (
        "Aliasing sets in below the Nyquist rate:\n\n$$f_s < 2 f_{\\max}$$\n",
        "what is below a bound isn't said to be above it",
    ),
    (
        "The cosine similarity:\n\n$$\\mathrm{sim}(u, v) = \\frac{u \\cdot v}{\\|u\\| \\|v\\|}$$\n",
        "a product of columns",
    ),
    (
        "The policy gradient, with a dot after the log:\n\n$$\\nabla_\\theta J(\\theta) = \\mathbb E_{\\pi_\\theta}"
        "[\\nabla_\\theta \\log \\pi_\\theta(a | s) \\cdot Q^{\\pi_\\theta}(s, a)]$$\n",
        "how far a log reaches is open",
    ),
    (
        "The mean squared error of a leaf:\n\n"
        "$$\\mathrm{MSE}(S) = \\frac{1}{|S|} \\sum_{i \\in S} (y_i - \\bar y_S)^2$$\n",
        "a set has a size",
    ),
    (
        "The discounted return is\n\n$$G_t = \\sum_{k=t}^T \\gamma^{k-t} R_{k+1}$$\n",
        "where rewards are numbered from is a convention",
    ),
    (
        "With all rewards of an episode counting in full, $\\gamma = 1$, the return is\n\n"
        "$$G_t = \\sum_{k=0}^{T-t-1} R_{t+k+1}$$\n",
        "the page gives the discount",
    ),
    (
        "A layer $Y = X W + b$ with a sample per row; backpropagation gives, from the error $G$ of its output, the"
        " gradient with respect to the input\n\n$$\\frac{\\partial L}{\\partial X} = G W^\\top$$\n",
        "samples are rows",
    ),
    (
        "The differential entropy of a linear map $Y = a X$ of a number:\n\n$$h(Y) = h(X) + \\log |a|$$\n",
        "a matrix with one entry",
    ),
    (
        "The capacity of the Gaussian channel is\n\n$$C = \\frac{1}{2} \\log(1 + \\mathrm{SNR})$$\n",
        "the base of a logarithm is open",
    ),
    (
        "Kernel ridge regression is the posterior mean of a Gaussian process with noise $\\lambda$:\n\n"
        "$$f(x_*) = k_*^\\top (K + \\lambda I)^{-1} y$$\n",
        "another letter may stand for the square",
    ),
    (
        "The residual sum of squares of a region:\n\n$$L(R) = \\sum_{i \\in R} (y_i - \\bar y_R)^2$$\n",
        "a set is no index",
    ),
    (
        "Denoising score matching:\n\n$$L = \\mathbb E[\\|s_\\theta(x_t) - (-\\frac{\\epsilon}{\\sigma_t})\\|^2]$$\n",
        "a letter may be the name of what a function is of",
    ),
    (
        "In the variance preserving SDE one writes\n\n$$\\bar\\alpha(t) := e^{-\\int_0^t \\beta(s) ds}$$\n",
        "what a letter is to stand for, its author says",
    ),
    (
        "The SimCLR loss of a pair among $2N$ views is\n\n"
        "$$\\ell_{i,j} = -\\log \\frac{\\exp(\\mathrm{sim}(z_i, z_j)/\\tau)}"
        "{\\sum_{k \\ne i} \\exp(\\mathrm{sim}(z_i, z_k)/\\tau)}$$\n",
        "the result names the range of a sum under a condition",
    ),
)


@pytest.mark.parametrize(
    "page",
    [
        "The return with discount $\\gamma$ is\n\n$$G_t = \\sum_{k=0}^{T-t-1} R_{t+k+1}$$\n",
        "The differential entropy of a linear map by the matrix $A$:\n\n$$h(A X) = h(X) - \\log |\\det A|$$\n",
        "The capacity of the Gaussian channel is\n\n$$C = \\log(1 + \\mathrm{SNR})$$\n",
        "The SimCLR loss of a pair among $2N$ views is\n\n"
        "$$\\ell_{i,j} = \\log \\frac{\\exp(\\mathrm{sim}(z_i, z_j)/\\tau)}"
        "{\\sum_{k \\ne i} \\exp(\\mathrm{sim}(z_i, z_k) \\tau)}$$\n",
    ],
)
def test_what_no_convention_makes_right_is_not_admitted(page: str) -> None:
    assert not isinstance(last(page).verdict, Supported)


def test_a_factor_that_no_convention_explains_is_still_a_slip() -> None:
    page = "The capacity of the Gaussian channel is\n\n$$C = %s$$\n"
    assert isinstance(last(page % r"\frac12 \log(1 + \mathrm{SNR})").verdict, Supported)
    assert isinstance(last(page % r"\log(1 + \mathrm{SNR})").verdict, Refuted)
    assert isinstance(last(page % r"\frac12 \log(1 - \mathrm{SNR})").verdict, Refuted)


@pytest.mark.parametrize(("page", "why"), ADMISSIBLE)
def test_what_is_only_written_otherwise_is_not_refuted(page: str, why: str) -> None:
    assert not isinstance(last(page).verdict, Refuted), why


def test_a_sum_over_a_set_that_is_not_divided_by_its_size_is_no_mean() -> None:
    page = (
        "The mean squared error of a leaf:\n\n$$\\mathrm{MSE} = \\frac{1}{%s} \\sum_{i \\in S} (y_i - \\hat y_i)^2$$\n"
    )
    assert isinstance(last(page % "|S|").verdict, Supported)
    assert not isinstance(last(page % "|S|^2").verdict, Supported)


def test_a_state_with_a_prime_is_no_transpose() -> None:
    page = "The TD error of a transition from $s$ to $s'$ is\n\n$$\\delta = r + \\gamma V(%s) - V(%s)$$\n"
    assert isinstance(last(page % ("s'", "s")).verdict, Supported)
    assert not isinstance(last(page % ("s", "s'")).verdict, Supported)


TAIL = "Chernoff's bound, for $t > 0$:\n\n$$P(X \\ge a) %s \\le e^{-t a} \\mathbb E[e^{t X}]$$\n"


def test_what_the_head_of_a_chain_is_supports_no_link_behind_one_that_is_not_known_to_hold() -> None:
    # the head is below the end, and the member between, the other tail, is not
    assert not isinstance(last(TAIL % r"= P(e^{t X} \le e^{t a})").verdict, Supported)
    assert isinstance(last(TAIL % "").verdict, Supported)


def test_what_the_head_of_a_chain_is_supports_a_link_behind_those_that_hold() -> None:
    page = r"The marginal: $$\log p(x) = \log \sum_z p(x, z) \ge \sum_z q(z) \log \frac{p(x, z)}{q(z)}.$$"
    assert isinstance(last(page).verdict, Supported)
