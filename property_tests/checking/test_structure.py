"""The form of formulas: each rule finds its fault, and stays silent on the usage beside it."""

from __future__ import annotations

import pytest

from errata.checking.structure import malformed
from errata.reading.parser import parse
from property_tests.reading.formulas import NOTATIONS


def codes(latex: str) -> list[str]:
    return [m.rule for m in malformed(parse(latex))]


WRONG = [
    (r"S = \sum_{j=1}^n a_k", "E401"),
    (r"Q(s) = \sum_{k=1}^K \sum_{u=1}^T G_{u,i}", "E401"),
    (r"\frac{\partial (\sum_{i=1}^m w_{ji} x_i)}{\partial b_j} = x_i", "E403"),
    (r"w_k = u_i \cup u_j", "E403"),
    (r"r_t = \frac{p_a}{q_{a_k}}", "E403"),
    (r"r(x) \approx \sum_{i=1}^J \beta_j \phi_j(x)", "E401"),
    (r"\sum_{i=1}^n y_i \log \lambda - \sum_{i=1}^n \log y!", "E401"),
    (r"\frac{1}{n} \sum_{j=1}^{n} \epsilon_t \epsilon_t", "E401"),
    (r"-\sum_{x \in A} \sum_{x \in B} p(x, y)", "E402"),
    (r"q_j = \sum_{i=1}^m f_{ij} = r_i", "E403"),
    (r"\mu_k = \frac{n}{n + 1} x_i", "E403"),
    (r"K_{mn} = k(x_i, z_j)", "E403"),
    (r"P_{ij} = \Pr(s' = s_j \mid s = s_k)", "E403"),
    (r"\frac1m \sum_i l(z_i) = \frac1m \sum_i l(z)", "E401"),
    (r"\sum_{i=1}^n D(x_i) = \sum_{i=1}^n D(x)", "E401"),
    (r"\begin{aligned} a_n &= a_0 + n \bar{y} \\ a_n &= a_0 + n \bar{x} \end{aligned}", "E404"),
    (r"\begin{cases} 0 & p < 0 \\ -\ln(1-p) & \text{if } p > 1 \end{cases}", "E405"),
    (r"p(X=0) a + \ldots + p(X=0) a", "E406"),
    (r"x_1 + \dots + x_1", "E406"),
    (r"\sum_{i=1}^n \sum_{i=1}^n", "E402"),
    (r"\sum_{u \in A} \sum_{u = 1}^k f(u)", "E402"),
    (r"\sum_{i=1}^n \int \prod_{i=1}^n q_i(z_i) \ln q_i(z_i) dz", "E402"),
    (r"\sum_{i=1}^n b_{ij} = \sum_{j=1}^n b_{ij} = c_i", "E403"),
    (r"f_k = g(x_i), \quad k = 1", "E403"),
    (r"\log_2 x_1 + \dots + \log_2 x_1", "E406"),
]
RIGHT = [
    r"K_{mn} = [k(x_i, z_j)]",
    r"c = b - c, \quad c = a - c",
    r"\frac{\partial (\sum_{i=1}^m w_{ji} x_i)}{\partial w_{ji}} = x_i",
    r"w_k = w_i \cup w_j",
    r"r_t = \frac{p_\theta}{p_{\theta^k}}",
    r"s_{kl} = \mathop{\text{max}}_i\ x_{ik}",
    r"r(x) \approx \sum_{j=1}^J \beta_j \phi_j(x)",
    r"\sum_{i=1}^n 1 = n",
    r"\sum_{i=1}^n f(t_i) + \sum_{i=1}^m g(t^{\text{cens}})",
    r"\sum_{k=1}^n \log p(x_i) + x_i",
    r"\sum_{i=1}^n \sigma^2 = n \sigma^2",
    r"\sum_{i=1}^n c_j = n c_j",
    r"\sum_{i=1}^n y_i \log \lambda - \sum_{i=1}^n \log y_i!",
    r"\sum_{i=1}^n x_1 \cdots x_n",
    r"\sum_{i} a_i \sum_{i} b_i",
    r"\prod_{i=1}^n a_i \prod_{i=1}^n b_i",
    r"-\sum_{x \in A} \sum_{y \in B} p(x, y)",
    r"q_j = \sum_{i=1}^m f_{ij} = r_j",
    r"P_{ij} = \Pr(s' = s_j \mid s = s_i)",
    r"y = y_i",
    r"\begin{cases} 0 & p \le 0 \\ -\ln(1-p) & \text{if } p > 0 \end{cases}",
    r"\begin{cases} \sqrt{x} & x \ge 0 \\ f(x) & x < 0 \end{cases}",
    r"1 + \dots + 1",
    r"x_1 + x_1 + \dots + x_1 = n x_1",
    r"-0 \log_2 0 - \dots - 0 \log_2 0 = 0",
    r"\sum_{i=2}^3 \sum_{i=1}^3",
    r"\sum_{i=1}^n \frac{x_i}{\sum_{i=1}^n x_i}",
    r"\sum_{u \in A} \sum_{u = s(i) = t(j)} 1",
    r"\sum_{i=1}^n b_{ij} = \sum_{j=1}^n b_{ij} = 0",
    r"f_k = g(x_i), \quad i = 2, \quad k = 1",
    r"x_1 = (\text{size} = \text{big}; \text{hue} = 1), x_2 = (\text{size} = \text{small}; \text{hue} = 1)",
    r"f_{A, centredRisk} = f_{A, Risk} - \frac{1}{n} \sum_{k=1}^K N_j(k) f_{A, Risk}",
    r"\sigma^2 + \dots + \sigma^2",
    r"x_1 + \dots + x_n",
    r"x_{t+1} = x_t - \eta g_t",
    r"s_t = \bar{s}_i",
    r"\mu_{k^\star} = \frac{n}{n + 1} x_i",
    r"d_{method} = \frac{count_{pre} - count_{post}}{count_{pre}}",
    r"L_t = a \sum_{y^{(i)} \neq g(x^{(i)})} w_i + b \sum_{y^{(i)} = g(x^{(i)})} w_i",
    r"\hat{i}_t = \arg\max_i [v_{ij} - c^t_i]",
    r"A_t = \int_0^t \beta X_s \, ds",
    r"Z_t = \exp(\int_0^t a_s \, dW_s)",
    r"\nu_s = \nu_t Q",
    r"y_{t+1} = \Phi_s \Lambda^t z",
    r"\begin{aligned} a_n &= a_0 + n \bar{y} \\ b_n &= b_0 + n \bar{x} \end{aligned}",
    r"\begin{aligned} s &= a + b \\ s &= a + b \end{aligned}",
    r"\begin{aligned} m &= \frac{s}{n} \quad (\text{known } s) \\ m &= \frac{t}{n} \quad (\text{else}) \end{aligned}",
    r"\frac1m \sum_i \mathbb{E}[l(z_i)] = \frac1m \sum_i \mathbb{E}[l(z)]",
    r"D\left(\sum_{i=1}^n X_i\right) = \sum_{i=1}^n D(X) = n D(X)",
    r"\begin{aligned} s &= a + b \\ s &= 2a + c^2 \end{aligned}",
    r"f = \begin{cases} a & \text{if } m = \text{red} \\ b & \text{if } m = \text{blue} \end{cases}",
]


@pytest.mark.parametrize(("latex", "code"), WRONG)
def test_the_fault_is_found(latex: str, code: str) -> None:
    assert codes(latex) == [code]


@pytest.mark.parametrize("latex", RIGHT + list(NOTATIONS))
def test_usage_that_can_be_meant_is_let_pass(latex: str) -> None:
    assert codes(latex) == []


def test_the_place_is_that_of_the_fault() -> None:
    latex = r"\sum_{i=1}^n y_i - \sum_{i=1}^n \log y!"
    (fault,) = malformed(parse(latex))
    assert latex[fault.start : fault.end] == "y" and fault.start == latex.rindex("y")


def test_an_index_that_two_sums_lack_in_the_same_way_is_found_in_both() -> None:
    assert codes(r"Q = \sum_{k=1}^n \log p(x_i) = - \sum_{k=1}^n - \log p(x_i)") == ["E401", "E401"]
