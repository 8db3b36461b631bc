"""Formulas for tests: generated ones, and a few hand-picked for each notation."""

from __future__ import annotations

from hypothesis import strategies as st

NOTATIONS = (
    r"a = b",
    r"\log p_\theta(x) \ge \mathbb{E}_{q(z\mid x)}[\log p_\theta(x \mid z)] - \mathrm{KL}(q(z\mid x)\,\|\,p(z))",
    r"D_{KL}(p||q) = \int p(x) \log \frac{p(x)}{q(x)} \, dx",
    r"\mathcal{N}(x; \mu, \sigma^2) = \frac{1}{\sqrt{2\pi\sigma^2}} \exp\left(-\frac{(x-\mu)^2}{2\sigma^2}\right)",
    r"\hat\theta_{\text{MLE}} = \arg\max_\theta \sum_{i=1}^N \log P(y_i \mid x_i, \theta)",
    r"x_t = \sqrt{\bar\alpha_t} x_0 + \sqrt{1 - \bar\alpha_t}\,\epsilon, \quad \epsilon \sim \mathcal N(0, I)",
    r"\begin{align} a &= b + c \\ &\quad + d \\ &\le \underbrace{e}_{\text{small}} \end{align}",
    r"f(x) = \begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
    r"\left\{ \begin{array}{rl} p, & \text{if} \; x = 1 \\ 1-p, & \text{if} \; x = 0 \end{array} \right.",
    r"\begin{bmatrix} a & b \\ c & d \end{bmatrix}^{-1} = \frac{1}{ad - bc}"
    r"\begin{pmatrix} d & -b \\ -c & a \end{pmatrix}",
    r"\|x - y\|_2^2 + |z| = 0.5 \sum_x |x|^2",
    r"\nabla_\theta \mathcal{L} = -\frac{\partial f}{\partial \theta}",
    r"X_1, \ldots, X_n \stackrel{\text{iid}}{\sim} p(\cdot \mid \theta)",
    r"{n \choose k} = \frac{n!}{k!(n-k)!}",
    r"p(x_1) p(x_2 \mid x_1) \cdots p(x_T \mid x_{<T})",
    r"0.7 \cdot 0.3 = \mathbf{0.21} \text{ nats}",
    r"200{,}000 \approx 2 \times 10^5",
    r"\sum_{\substack{i=1 \\ i \neq j}}^n a_{ij} \Rightarrow b'",
    r"x^\top \Sigma^{-1} x \odot y^{(i)}",
    r"\left[ a + b \right. \\ \left. + c \right] = d",
    r"\overset{(a)}{\leq} b",
    r"\lim_{n \to \infty} \frac1n = 0",
    r"\iint f(x, y) \,dx\,dy",
    r"\Pr\{X = Y\} = 1 - \varepsilon \%",
    r"(t + 1) \% t + 5 \% x + 7 \% 4",
)

_ATOMS = st.sampled_from(
    ["x", "y_i", r"\mu", r"\sigma^2", "2", "0.5", r"\hat{p}", r"\mathbf{z}", r"\pi", "n", r"\theta_{t-1}", r"x^{(i)}"]
)


def _combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map(lambda t: f"{t[0]} + {t[1]}"),
        pair.map(lambda t: f"{t[0]} - ({t[1]})"),
        pair.map(lambda t: f"{t[0]} \\cdot {t[1]}"),
        pair.map(lambda t: f"\\frac{{{t[0]}}}{{{t[1]}}}"),
        pair.map(lambda t: f"\\left( {t[0]} \\right)^{{{t[1]}}}"),
        pair.map(lambda t: f"p({t[0]} \\mid {t[1]})"),
        pair.map(lambda t: f"\\mathbb{{E}}_{{x \\sim p}}[{t[0]}] / {t[1]}"),
        inner.map(lambda s: f"\\sqrt{{{s}}}"),
        inner.map(lambda s: f"\\log ({s})"),
        inner.map(lambda s: f"\\sum_{{i=1}}^{{n}} {s}"),
        inner.map(lambda s: f"\\int {s} \\, dx"),
        inner.map(lambda s: f"\\| {s} \\|^2"),
    )


EXPRESSIONS = st.recursive(_ATOMS, _combined, max_leaves=12)
RELATIONS = st.sampled_from(["=", r"\le", r"\approx", ":=", r"\propto"])
FORMULAS = st.tuples(EXPRESSIONS, RELATIONS, EXPRESSIONS).map(" ".join)

_COMMANDS = (
    r"\frac \sqrt \left \right \begin{align} \end{align} \begin{cases} \end{cases} \\ \sum \int \mathbb \text{if} "
    r"\text{ \mid \| \{ \} \log \max \over \choose \unknown \overset \underbrace \operatorname{f} \hat \quad \label{x}"
)
_PIECES = st.sampled_from([*"abcxyz0123456789+-*/=<>()[]{}|^_&,.;:!'%~#@?\"`$ \né\x00", *_COMMANDS.split()])
SOUP = st.lists(_PIECES, max_size=40).map("".join)
