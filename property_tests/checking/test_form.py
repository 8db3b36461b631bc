"""The form of sums, integrals, values, laws, calls and shapes: faults are found, and usage beside them is let pass."""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.form import faults_of_form
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document
from property_tests.reading.formulas import NOTATIONS


def codes(latex: str, prose: str = "") -> list[str]:
    return [m.rule for m in faults_of_form(parse(latex), prose)]


WRONG = [
    (r"\sum_{x} x p(x) \, dx", "E407", r"dx"),
    (r"\sum_{x} x p(x) \mathrm{d}x = 1", "E407", r"\mathrm{d}x"),
    (r"\int_{-\infty}^\infty f(z) \, dx", "W404", "f(z)"),
    (r"h(z) = (f * g)(z) = \int_0^\infty f(z) g(z - \tau) d\tau", "E408", "f(z)"),
    (r"\Pr(X = 1) = 1.2", "E409", "1.2"),
    (r"\Pr(X = 1) = -0.2", "E409", "-0.2"),
    (r"P(X = 1) = 130\%", "E409", r"130\%"),
    (r"\mathbb{P}(A) = 0.6 + 0.7 = 1.3", "E409", "1.3"),
    (r"P(X > 1 \mid Y) = 2", "E409", "2"),
    (r"\mathrm{Var}(X) = -2", "E409", "-2"),
    (r"\sigma^2 = -3", "E409", "-3"),
    (r"\mathbb{V}[X] = -4", "E409", "-4"),
    (r"\mathrm{Var}(X) = -\sigma^2", "E409", r"-\sigma^2"),
    (r"\Pr(A) > 1", "E409", r"\Pr(A) > 1"),
    (r"P(X > 1) = \frac{4}{3}", "E409", r"\frac{4}{3}"),
    (r"X \sim N(0, -1)", "E409", "-1"),
    (r"\sigma^2 < 0", "E409", r"\sigma^2 < 0"),
    (r"P(X = 1, Y = 2) = 1.1", "E409", "1.1"),
    (r"X \sim \mathrm{Bern}(1.5)", "E409", "1.5"),
    (r"X \sim \mathrm{Bin}(10, -0.2)", "E409", "-0.2"),
    (r"X \sim \mathcal{N}(0, -1)", "E409", "-1"),
    (r"p(x) = \mathcal{N}(x; 0, -1)", "E409", "-1"),
    (r"X \sim \mathrm{Poisson}(-3)", "E409", "-3"),
    (r"Q_X(p) = \begin{cases} 1 + a & p > 1 \\ 0 & p = 0 \end{cases}", "E409", "p > 1"),
    (r"F_X^{-1}(p) = \begin{cases} 1 + a & \text{if } p < 0 \\ 0 & p \ge 0 \end{cases}", "E409", "p < 0"),
    (r"X \sim \mathrm{Bern}(p, q)", "E410", r"\mathrm{Bern}(p, q)"),
    (r"p(x) = \mathrm{Poiss}(x; a, b)", "E410", r"\mathrm{Poiss}(x; a, b)"),
    (r"X \sim \mathcal{N}(0, 1, 2, 3)", "E410", r"\mathcal{N}(0, 1, 2, 3)"),
    (r"c \cdot \mathcal{N}(\mu; \lambda^{-1}) \cdot b", "E410", r"\mathcal{N}(\mu; \lambda^{-1})"),
    (r"p(x_T, \ldots, x_0) = p(x_T \mid x_{t-1}, \ldots, x_0) p(x_{T-1}, \ldots, x_0)", "E403", "t"),
    (r"\int_{-\infty}^a f(x) = 3", "W401", r"\int_{-\infty}^a f(x)"),
    (r"c = D(\theta) - D(\beta, \tau)", "W402", r"D(\beta, \tau)"),
    (r"\sum_x \sum_y x p(x, y) = \sum_x y \sum_y p(x, y)", "E412", "y"),
    (r"\int_0^1 f(x) x \, dx = \frac{1}{x} \int_0^1 f(x) \, dx", "E412", "x"),
    (r"p(m_i | y) = \frac{p(y | m_j) p(m_i)}{\sum_{j} p(y | m_j) p(m_j)}", "E412", "j"),
    (r"\mathrm{E}[X] = \log(x) \sum_x p(x)", "E412", "x"),
    (r"R(h) = \sum_{y_k \in S} (y_i - h(x_k))^2 + c \sum_{i=0}^m a_i^2", "E412", "i"),
    (r"F(a, b) = \int_0^t G_t \cdot H_t \, dt", "E412", "t"),
    (r"R(h) = \sum_{i=1}^n (a_{kj} - b_i) = n a_{kij} - \sum_{i=1}^n b_i", "E412", "i"),
    (r"E \sim \mathcal{N}(0, I, S)", "W403", r"\mathcal{N}(0, I, S)"),
    (r"\nabla L = g(y) - \sum_y p(y | x) f(y, x)", "E412", "y"),
    (r"\nabla L = f(y, x) \sum_y p(y | x) f(y, x)", "E412", "y"),
    (r"\mathrm{E}[X] = \sum_{c=0}^{c} w_c", "E412", "c"),
    (r"g(y) = \sum_{i=1}^{N_{ik}} a_{ij} x_i^2", "E412", "i"),
    (r"(v_1, \dots, v_d) = (v_1, \dots, v_t, \dots, v_d)", "E403", "t"),
    (r"1 - \sigma(a, b) = \sigma(-a b)", "W402", r"\sigma(-a b)"),
    (r"c = 2 D(x, y) - D(z)", "W402", "D(z)"),
    (r"X \sim \mathcal{N}(X, 1)", "E410", "X"),
    (r"x \sim \mathrm{Bin}(n, x)", "E410", "x"),
    (r"p(\theta) = \mathcal{N}(\theta; \theta, 1)", "E410", r"\theta"),
    (r"Y \sim \mathrm{Bin}(n, Y), X \mid Y \sim \mathrm{Bin}(4, Y)", "E410", "Y"),
    (r"F(x) = \sum_{i=1}^n w_i x_j", "E403", "j"),
    (r"H(x) = \int_0^x f(u) \, dv", "W404", "f(u)"),
]
RIGHT = [
    r"X \sim \mathcal{N}(x, 1)",
    r"x_{t+1} \sim \mathcal{N}(x_t, 1)",
    r"Y \mid X = x \sim \mathrm{Bin}(4, x)",
    r"Y \mid x \sim \mathrm{Bin}(4, x)",
    r"Y_i \mid X_i, n_i \sim \mathrm{Bin}(n_i, g(X_i))",
    r"c = \mathcal{N}(\theta; \theta, 1)",
    r"p(\theta) = \mathcal{N}(\theta; m, 1)",
    r"F(x) = \sum_{i=1}^n w_{ij} x_i",
    r"F_j(x) = \sum_{i=1}^n w_i x_j",
    r"F(x) = \sum_{i=1}^n w_i \sum_{j} x_j",
    r"F(x, j) = \sum_{i=1}^n w_i x_j",
    r"H(x) = \int_0^x f(u) \, du",
    r"H(x, u) = \int_0^x f(u) \, dv",
    r"H(x) = \int_0^x f(u(v)) \, dv",
    r"g(y) = \sum_{i=1}^{N_{in}} a_{ij} x_i^2",
    r"\frac{\partial E}{\partial y_j} = \sum_{k=1}^{n_k} \frac{\partial E}{\partial x_k} w_{jk}",
    r"S = S_1 \times \dots \times S_1 = S_1^n",
    r"T_m = \{x_i\}",
    r"S_n = \{(x_i, y_i) \sim P\}",
    r"\int x^2 \sin x \, dx = - x^2 \cos x + 2 \int x \cos x \, dx",
    r"\frac{1}{2} \int_{t=a}^{t=b} c \, dt = \frac{c}{2} \int_{t=0}^{t=1} \, dt",
    r"\sum_{x} x p(x)",
    r"R(h) = \sum_{t=1}^n (a^{opt} - b_t) = n a^{opt} - \sum_{t=1}^n b_t",
    r"R(h) = \sum_{t=1}^n (a_{opt} - b_t) = n a_{opt} - \sum_{t=1}^n b_t",
    r"\sum_{i} f(x_i) \, dx",
    r"\sum_{x} d x",
    r"\sum_{i} \int p_i(x) \, dx",
    r"p(x_T, \ldots, x_0) = p(x_T \mid x_{T-1}, \ldots, x_0) p(x_{T-1}, \ldots, x_0)",
    r"p(x_1, \ldots, x_n) = p(x_1) \cdots p(x_t \mid x_{t-1}, \ldots, x_1) \cdots p(x_n \mid x_{n-1}, \ldots, x_1)",
    r"p(x_1, \ldots, x_n) = \prod_{i=1}^n p(x_i \mid x_{i-1}, \ldots, x_1)",
    r"\max(x_1, \ldots, x_n) = x_k",
    r"\int_{-\infty}^\infty f(z) g(z - \tau) \, d\tau",
    r"h(z) = (f * g)(z) = \int_0^\infty f(\tau) g(z - \tau) d\tau",
    r"\int_0^z f(z) \, dx",
    r"J = \int_0^\infty L(x, u) \, dt",
    r"Q(s) = \begin{cases} 1 + a & s > 1 \\ 0 & s = 0 \end{cases}",
    r"\int_{-\infty}^x 0 \, dz",
    r"\int_{-\infty}^\infty \frac{1}{Z} \, dx",
    r"\int p = 1",
    r"\int_0^1 \frac{d}{dx} f(x)",
    r"\int_A f(x) \, \mathrm{d}(x + 1)",
    r"\Pr(X = 1) = 1.0",
    r"\Pr(X = 1) \le 1.5",
    r"p(x) = 1.5",
    r"P(x) = 3",
    r"P(2) = 5",
    r"\mathrm{Cov}(X, Y) = -2",
    r"\sigma^2 \le 0",
    r"s^2 < 0",
    r"\mathrm{Var}(X) = -a",
    r"\Pr(A) \ge 1",
    r"\Pr(A) < 1.5",
    r"P(X > 1) = \frac{3}{4}",
    r"X \sim \mathcal{N}(-1, 1)",
    r"X \sim \mathrm{Bin}(10, 1)",
    r"a = \mathrm{Beta}(-1/2, 3)",
    r"X \sim \mathrm{Exp}(2)",
    r"\mathrm{Var}(X) = 2",
    r"s^2 = -1",
    r"Q_X(p) = \begin{cases} 1 + a & p > 0 \\ 0 & p = 0 \end{cases}",
    r"f(x) = \begin{cases} 1 + a & x > 1 \\ 0 & x \le 1 \end{cases}",
    r"X \sim \mathrm{Bern}(p)",
    r"p(x) = \mathrm{Bern}(x; p)",
    r"X \sim \mathcal{N}(\mu, \sigma^2)",
    r"\mathcal{N}(x; \mu, \sigma^2)",
    r"\mathcal{N}(x \mid \mu, \sigma^2) c",
    r"\mathcal{N}(x; \theta) c",
    r"X \sim \mathcal{N}(\mu; \lambda^{-1})",
    r"N(a, b, c)",
    r"c = D(\theta) - D(\mu)",
    r"p(x) = p(x, y) / p(y)",
    r"F(x) = B(x; a, b) / B(a, b)",
    r"L(\theta; x) = L(\theta)",
    r"\sum_i a_i = \sum_i x_i + y_i",
    r"c = x \sum_x p(x)",
    r"x \sum_y p(x, y) = x^2 \sum_x p(x)",
    r"\int f(t) \, dt = \left[x f(x)\right]_0^1 - \int_0^1 x f'(x) \, dx",
    r"\int f(t) \, dt = x f(x)|_{x=0} - \int_0^1 x f'(x) \, dx",
    r"G(f) = \frac{d}{dx} f(x) + \int f(x) \, dx",
    r"\mathrm{KL}[f || g] = -\mathrm{H}[f(x)] - \sum_x f(x) \log g(x)",
    r"\Phi(x) = \int_{-\infty}^x \varphi(x) \, dx",
    r"R(h) = \sum_{y_i \in S} (y_i - h(x_i))^2 + c \sum_{i=0}^m a_i^2",
    r"F(a, b) = \int_{c(t)} G_t \cdot H_t \, dt",
    r"\nabla L = f(y, x) - \sum_y p(y | x) f(y, x)",
    r"f(x) = sign(\sum_i a_i x_i + b)",
    r"\mathrm{E}[X] = \sum_{c=0}^{channels} w_c",
    r"(v_1, \dots, v_d) = (v_{11}, \dots, v_{dr})",
    r"D = \frac{2 c(x, y)}{c(x) + c(y)}",
    r"k(x, z) = k(x - z)",
]


@pytest.mark.parametrize(("latex", "code", "part"), WRONG)
def test_the_fault_is_found_in_its_place(latex: str, code: str, part: str) -> None:
    (fault,) = faults_of_form(parse(latex), "")
    assert (fault.rule, latex[fault.start : fault.end]) == (code, part)


@pytest.mark.parametrize("latex", RIGHT + list(NOTATIONS))
def test_usage_that_can_be_meant_is_let_pass(latex: str) -> None:
    assert codes(latex) == []


def test_an_impossible_value_may_be_spoken_of() -> None:
    assert codes(r"\Pr(X = 1) = 1.2", "It cannot be that ") == []
    assert codes(r"\Pr(X = 1) = 12", "In percent, ") == []
    assert codes(r"\Pr(X = 1) = 1.2", "The probability is ") == ["E409"]
    assert codes(r"\sigma^2 < 0", "If it happens that ") == []
    assert codes(r"X \sim \mathrm{Bern}(1.5)", "There is no such law, which would be wrong: ") == []
    assert [rule for rule, _ in found(r"Here $\Pr(X = 1) = 1.2$. It rains.")] == ["E409"]
    assert found(r"Here $\Pr(X = 1) = 1.2$ is impossible.") == []
    assert found(r"Here is $\Pr(X = 1) = 1.2$ a value that can be?") == []


def found(notes: str) -> list[tuple[str | None, str | None]]:
    document = read_document("notes.md", notes)
    return [
        (j.rule, document.text[j.focus.start : j.focus.end] if j.focus else None)
        for j in examine(document, Options()).judged
        if j.rule
    ]


def test_arguments_that_nothing_introduces_are_an_error_beside_a_definition() -> None:
    defined, penalty = (
        r"Let $D(\theta) = -2 \log p(y \mid \theta)$.",
        r"The penalty is $c = D(\theta) - D(\beta, \tau)$.",
    )
    assert found(f"{defined} {penalty}") == [("E413", r"D(\beta, \tau)")]
    assert found(penalty) == [("W402", r"D(\beta, \tau)")]
    assert found(rf"{defined} {penalty} Here $\beta > 0$.") == [("W402", r"D(\beta, \tau)")]


STATED = [
    r"Let $X$ be an $n \times p$ matrix and $S$ an $n \times n$ matrix.",
    r"Let $X \in \mathbb{R}^{n \times p}$ and $S \in \mathbb{R}^{n \times n}$.",
    r"We have an $n \times p$ [design matrix](/X) $X$ and an $n \times n$ covariance matrix $S$.",
]


@pytest.mark.parametrize("stated", STATED)
@pytest.mark.parametrize(
    ("formula", "part"),
    [
        (r"Q = X S X^\top", "S"),
        (r"Q = S X^\top", r"X^\top"),
        (r"Q = X + X^\top", r"X^\top"),
        (r"X^\top X = S", "S"),
        (r"S = \mathrm{tr}(S)", r"\mathrm{tr}(S)"),
        (r"Q = X^\top (2 X^\top)", r"(2 X^\top)"),
    ],
)
def test_matrices_of_stated_shapes_that_do_not_fit_are_found(stated: str, formula: str, part: str) -> None:
    assert found(f"{stated} Now ${formula}$.") == [("E411", part)]


@pytest.mark.parametrize("stated", STATED)
@pytest.mark.parametrize(
    "formula",
    [
        r"Q = [X S]",
        r"Q = X^\top S X",
        r"Q = X^\top 2 X",
        r"Q = X B X",
        r"Q = S X + X",
        r"Q = X^{-1} y + (X + X^\top) y",
        r"Q = K_{X X} y",
        r"Q = \mathrm{tr}(S) X + X",
        r"Q = X \odot S",
    ],
)
def test_matrices_that_fit_or_may_fit_are_let_pass(stated: str, formula: str) -> None:
    assert found(f"{stated} Now ${formula}$.") == []


@pytest.mark.parametrize(
    "more",
    [
        r"Here $n = p$.",
        r"Here $p = 3$ and $n = p$.",
        r"Later $X \in \mathbb{R}^n$.",
        r"Or $X$ is a $p \times n$ matrix.",
    ],
)
def test_what_the_notes_say_otherwise_of_a_shape_is_heard(more: str) -> None:
    notes = r"Let $X$ be an $n \times p$ matrix. Now $Q = X X$."
    assert found(notes) == [("E411", "X")] and found(f"{notes} {more}") == []


def test_a_shape_holds_in_its_section() -> None:
    stated = "# One\n\nLet $X$ be an $n \\times p$ matrix.\n\n## Sub\n\nNow $Q = X X$.\n\n# Two\n\nNow $Q = X X$.\n"
    assert len(found(stated)) == 1


def test_eigenvectors_have_the_length_of_their_matrix() -> None:
    stated = r"Let $X$ be an $m \times n$ matrix and $U$ an $m \times m$ matrix. "
    assert found(rf"{stated} The columns of $U$ are eigenvectors of $X^\top X$.") == [("E411", r"X^\top X")]
    assert found(rf"{stated} The columns of $U$ are the unit eigenvectors of $X X^\top$.") == []
    assert found(rf"{stated} The columns of $U$ are not in $X^\top X$.") == []


def rows(*lines: str) -> str:
    return "$$\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}$$\n\n"


FAMILY = rows("B^{(1)} &= I - D", "B^{(2)} &= D - J E", "B^{(2)} &= \\frac{1}{n} J")


def test_a_member_that_is_defined_twice_while_the_next_one_never_is() -> None:
    assert found(f"{FAMILY}Then $B^{{(1)}} + B^{{(2)}} + B^{{(3)}} = I$.") == [("E404", "B^{(2)}")]
    numbered = rows("c_1 &= a", "c_2 &= b + d e", "c_2 &= \\frac{b}{d}")
    assert found(f"{numbered}Then $c_3 > 0$.") == [("E404", "c_2")]


def test_a_member_may_be_rewritten_in_a_second_row() -> None:
    assert found(f"{FAMILY}Then $B^{{(1)}} + B^{{(2)}} = I$.") == []
    complete = rows("c_1 &= a", "c_2 &= b + d e", "c_2 &= \\frac{b}{d}", "c_3 &= 2 a")
    assert found(f"{complete}Then $c_3 > 0$.") == []


def test_a_loose_form_warns_and_leaves_the_verdict_alone() -> None:
    document = read_document("notes.md", r"$2 \cdot 3 = 5$ and $\int_0^a f(x) = 3$ and $\int_0^a f(x)$")
    first, second, third = examine(document, Options()).judged
    assert [j.rule for j in (first, second, third)] == ["E301", "W401", "W401"]
    assert type(third.verdict).__name__ == "NotAClaim" and type(second.verdict).__name__ != "IllFormed"


@pytest.mark.parametrize(
    ("after", "found"), [("as the replacement", False), ("in what follows", True), ("by the correspondence", False)]
)
def test_what_replaces_a_notation_has_an_index_of_its_own(after: str, found: bool) -> None:
    page = f"We take $s_i = \\sqrt{{1 - a_t}}$ {after}."
    judged = examine(read_document("a.md", page), Options()).judged
    assert any(j.rule == "E403" for j in judged) is found


@pytest.mark.parametrize(
    ("page", "rule"),
    [
        (r"We define $\Pr(x) = 2^{-x}$ as a weight that isn't normalised. At minus one, $\Pr(-1) = 2$.", None),
        (r"We define $\Pr(x) = 2^{-x}$ as a weight that isn't normalised. At minus one, $\Pr(-1) = 3$.", "E301"),
        (r"The chance of the first face is $\Pr(-1) = 2$.", "E409"),
    ],
)
def test_what_a_document_defines_a_probability_to_be_may_exceed_one(page: str, rule: str | None) -> None:
    assert examine(read_document("a.md", page.encode()), Options()).judged[-1].rule == rule


def test_what_stands_further_behind_a_bar_may_be_a_condition() -> None:
    law = r"\int p(\lambda \mid v) \operatorname{Poisson}(k %s \lambda, v) \, d\lambda"
    assert "E410" not in codes(law % r"\mid")
    assert "E410" in codes(law % ";")
