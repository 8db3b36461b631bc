"""Worked examples: what binds, how far, and which slips are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.verdict import NotAClaim, Proved, Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.judgement import Examined, Judged, Kind
from errata.checking.options import Options
from errata.reading.sources import read_document
from property_tests.reading.shared import LECTURES, PAGES, shared_paths


def examined(notes: str) -> Examined:
    return examine(read_document("notes.md", notes), Options())


def last(notes: str) -> Judged:
    return examined(notes).judged[-1]


HOLDS = (Proved, Supported)

RIGHT = [
    r"Let $\mu = 1$ and $\sigma = 0.5$. Then $\frac{1}{2}(\mu^2 + \sigma^2 - 1 - \log \sigma^2) \approx 0.82$.",
    "With $h = 6$ heads in $N = 10$ flips, $\\frac{h}{N} = 0.6$.",
    "$$(x_1, y_1) = (1, 1.1)$$\n$$(x_2, y_2) = (2, 1.9)$$\n\n$$\\sum x_i y_i = 4.9$$",
    "$f(x) = x^2 + 1$, so $f(3) = 10$.",
    "$p = (0.5, 0.5)$, $q = (0.9, 0.1)$: $\\mathrm{KL}(p \\| q) = 0.511$ nats.",
    "$p = (0.5, 0.25, 0.25)$ has $H(p) = 1.5$ bits",
    "$r_1 = 1.1 - 1.036 = 0.064$ and $r_2 = 0.3$, so $r_1^2 + r_2^2 \\approx 0.094$.",
    "$P(A) = 0.2$ and $P(B \\mid A) = 0.5$, so $P(B \\mid A) P(A) = 0.1$.",
    "| $x$ | $x^2$ |\n|---|---|\n| 3 | 9 |\n",
    "Marks are $\\mathcal{N}(50, 5^2)$.\n\n| mark $y$ | density $p(y)$ |\n|---|---|\n| 55 | $\\approx 0.0484$ |\n",
    "A code of $-\\log 0.5 = 1$ bit.",
    "$P(D) = 0.02, P(\\bar D) = 0.98$, $P(+ | D) = 0.9, P(+ | \\bar D) = 0.1$. So $P(+) = 0.116$.",
    r"The share is $\frac{1}{6} = 16 \frac{2}{3}\%$, and $2 \frac{1}{2} = 2.5$.",
    r"$$\begin{aligned} S &= 1.5 + 2.5 \\ & \qquad + 3 + 4 \\ &\approx 11 \end{aligned}$$",
    "$$\nS = 1.5 + 2.5 \\\\\n+ 3 + 4 = 11\n$$",
    r"$$\begin{pmatrix} 4 & 2 \\ 7 & 1 \end{pmatrix} / 3 = \begin{pmatrix} 1.3 & 0.7 \\ 2.3 & 0.3 \end{pmatrix}$$",
    r"$$\begin{pmatrix} 1 \\ 2 \end{pmatrix} + \frac{1}{3} \begin{pmatrix} 4 \\ 5 \end{pmatrix}"
    r" = \begin{pmatrix} 2.33 \\ 3.67 \end{pmatrix}$$",
    r"$$\begin{pmatrix} 0.33 & 0.67 \\ 0.5 & 0.5 \end{pmatrix} \begin{pmatrix} 1 & 2 \\ 3 & 1 \end{pmatrix}"
    r" = \begin{pmatrix} 2.34 & 1.33 \\ 2 & 1.5 \end{pmatrix}$$",
    r"$A = \begin{pmatrix} 3 & 0 \\ 4 & 0 \end{pmatrix}$ and $A^\top = \begin{pmatrix} 3 & 4 \\ 0 & 0 \end{pmatrix}$.",
    "| $r$ | $1/(1 - r)$ |\n|---|---|\n| 0.97 | 33 |\n",
    "Below, $A^\\top A$ ·\n\n$$1^2 + 3^2 = 10$$\n\nSo $(A^\\top A)^{-1} \\cdot 7 = 0.7$.",
    "| $y$ | $z$ | $y - z$ | $y$ | $z$ | $y - z$ |\n|---|---|---|---|---|---|\n| 9 | 8 | 1 | 4.1 | 4.4 | -0.3 |\n",
    r"So $t = \frac{0.01253}{\sqrt{(5.2352)(0.0000015)}} = 4.477$.",
    r"$$\begin{vmatrix} 1 & 2 & 3 \\ 0 & 4 & 5 \\ 1 & 0 & 6 \end{vmatrix} = 22$$",
    r"With $A = \begin{pmatrix} 2 & 1 \\ 1 & 3 \end{pmatrix}$: $|A| = 5$.",
    r"With $A = \begin{pmatrix} 2 & 1 \\ 1 & 3 \end{pmatrix}$: $|A| = 5$,"
    r" $A^{-1} = \begin{pmatrix} 0.6 & -0.2 \\ -0.2 & 0.4 \end{pmatrix}$.",
    r"$$\mathrm{tr} \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} = 5$$",
]
WRONG = [
    (RIGHT[0].replace("0.82", "0.85"), "E302"),
    (RIGHT[1].replace("= 0.6", "= 0.7"), "E301"),
    (RIGHT[2].replace("= 4.9", "= 5.9"), "E301"),
    (RIGHT[3].replace("= 10", "= 9"), "E301"),
    (RIGHT[4].replace("0.511", "0.368"), "E301"),
    (RIGHT[5].replace("= 1.5", "= 1.75"), "E301"),
    (RIGHT[6].replace("0.094", "0.364"), "E301"),
    (RIGHT[7].replace("= 0.1", "= 0.01"), "E305"),
    (RIGHT[8].replace("| 9", "| 6"), "E301"),
    (RIGHT[9].replace("0.0484", "0.0584"), "E301"),
    (RIGHT[10].replace("= 1$", "= 3$"), "E301"),
    (RIGHT[11].replace("0.116", "0.16"), "E301"),
    (RIGHT[12].replace("16", "17"), "E301"),
    (RIGHT[12].replace("= 2.5", "= 1.5"), "E301"),
    (RIGHT[13].replace("11", "13"), "E301"),
    (RIGHT[14].replace("11", "7"), "E301"),
    (RIGHT[15].replace("2.3", "2.5"), "E302"),
    (RIGHT[16].replace("3.67", "3.76"), "E302"),
    (RIGHT[17].replace("1.33 \\", "1.43 \\"), "E302"),
    (RIGHT[18].replace("& 4", "& 5"), "E301"),
    (RIGHT[19].replace("33", "35"), "E302"),
    (RIGHT[20].replace("= 0.7", "= 0.8"), "E301"),
    (r"The share is $q = \frac12 - 0.2 = 0.3$. So $q = 0.35$.", "E301"),
    (r"The share is $q = \frac{3}{4} = 0.75$. So $q = 0.25$.", "E301"),
    (r"A fair coin has $p = \frac12$, so $3 p = 0.5$.", "E301"),
    ("Let $\\mathbf{w} = [3, -4]$, so $\\|\\mathbf{w}\\|^2 = 10 + 16$.", "E301"),
]


@pytest.mark.parametrize("notes", RIGHT)
def test_a_right_worked_example_holds(notes: str) -> None:
    result = examined(notes)
    assert [j for j in result.judged if j.rule] == []
    assert any(isinstance(j.verdict, HOLDS) for j in result.judged), result


@pytest.mark.parametrize(("notes", "code"), WRONG)
def test_the_slip_in_it_is_found(notes: str, code: str) -> None:
    found = [j for j in examined(notes).judged if j.rule]
    assert [j.rule for j in found] == [code]
    assert all(isinstance(j.verdict, Refuted) and j.verdict.by.confirmed for j in found)


@pytest.mark.parametrize(
    "notes",
    [
        r"$D = \{1, 2, 3\}$ has $|D| = 3$ members",
        r"$\text{rank of } C = 2$; $C \begin{pmatrix} 3 \\ 4 \end{pmatrix} = \begin{pmatrix} 3 \\ 4 \\ 5\end{pmatrix}$",
        "| $n$ | error (with $s = 50$) |\n|---|---|\n| 25 | 10 |\n",
        "| $n$ | steps until it is $< 0.05$ |\n|---|---|\n| 25 | $> 200$ |\n",
        r"$$\begin{pmatrix} 2^2 \ 10 \\ 10 \ 3^2 \end{pmatrix} = \begin{pmatrix} 4 \ 10 \\ 10 \ 9 \end{pmatrix}$$",
        r"$x_1 = 3$ and $\sum_i x_i = 10$",
        r"$x = (3, 1, 2)$, $x_1 = 3$, $\sum_i x_i = 6$",
        r"$1 - \frac13 = 1 - 0.33 = 0.67$",
        r"$\frac13 + \frac13 = 0.33 + 0.33$",
        r"in the ratio $8:6:4 = 4:3:2$",
        "| $w$ | $0$ | $\\pi/8$ | $\\pi/4$ |\n|---|---|---|---|\n| $f(w)$ | 1.07 | 1.18 | 1.19 |\n",
        "| divergence | generator $f(t)$ |\n|---|---|\n| Chi-squared $\\chi^2$ | $(t-1)^2$ |\n",
        "One nat is $\\frac{1}{\\log(2)} \\approx 1.44$ bit.",
        "Let $r = 0.9$. When $s=0.99$, $M = 0.99 r - 1 = -0.109$. When $s=0.5$, $M = -0.55$.",
        "At rank $W \\in \\mathbb{R}^{d \\times h}$, $X \\in \\mathbb{R}^{n \\times d}$, "
        "$b \\in \\mathbb{R}^{1 \\times h}$ and $H \\in \\mathbb{R}^{n \\times h}$ we have $H = X W + b$.",
        r"$$a(q, k_i) = \frac{a(q, k_i)}{{\sum_j} a(q, k_j)}$$",
        r"$$H(X, Y) = -\int_{x, y} p(x, y) \ \log p(x, y) \;dx \;dy.$$",
        r"$$E = -\exp(s / (\theta^U)^2) \int_a^b f(\theta) \, d\theta$$",
        r"Setting $i = t$: $w_i = \eta_t / \sum_{t=1}^T \eta_t$",
        r"$$\gamma_{11,k} = \gamma_{22,k} = \gamma_{12,k-1}$$",
        r"Consider $g(x) = a x^2 + b x + c$. Then $\frac{dg}{dx}(x) = 2 a x + b$.",
        r"$$v'(x) = \frac{\partial}{\partial x} \beta v(x - c) = \beta v^{\prime}(x - c)$$",
        r"$$\hat{P}(x' \mid x) = \frac{n(x, x') + \epsilon}{n(x) + \epsilon}$$",
        "The function $f(x) = |x|$ has a kink.\n\nThe function $f(x) = x^2$ has none.",
        r"$$Q = \mathcal{N}(0,1)^{\otimes\mathbb{N}}$$",
        r"$$\prod_{j=1}^M x_j^{1/M^2} = \sqrt[M^2]{\prod_{j=1}^M x_j}$$ and $\sqrt[0]{2} = y$",
        r"We find $p = \frac{3}{4}$, and in another case $q = \frac{p}{1 + p} = \frac{1/9}{1 + 1/9}$.",
        r"A fair coin has $p = 1 - p = \frac12$. Another one has $p = 0.25$.",
        r"A fair coin has $p = 1/2$. Another one has $p = 0.25$.",
        r"The two differ even at $n = 2$. A walk takes $n/(n-1) = 1.25$ steps.",
        r"$$\begin{aligned} X_t &= a X_{t-1} + b + W_t \\ &= a^2 X_{t-2} + a b + a W_{t-1} + b + W_t \end{aligned}$$",
        r"$$h^k = \beta h^{k-1} + (1 - \beta) w^k = \beta (\beta h^{k-2} + (1-\beta) w^{k-1}) + (1-\beta) w^k$$",
        r"$$p_t = \sum_{s=t}^T \delta^{s-t} g^s d_0 = d_t \frac{1 - (\delta g)^{T+1-t}}{1 - \delta g}$$",
        r"$$\sum_{k=0}^\infty k p^{k-1} = \frac{d}{dp}\left(\sum_{k=0}^\infty p^k\right) = \frac{1}{(1-p)^2}$$",
        r"$$e_k = (v_i, v_j)$$ and $$D_h = \{(x_i, y_i)\}_{i=1}^n$$",
        r"$$\begin{aligned} g &\gets A(Q = g, K = h) \\ h &\gets A(Q = h, K = h) \end{aligned}$$",
        r"$$\sum_i (1 - c_{ii})^2 + \lambda \sum_i \sum_{i \neq j} c_{ij}^2 = L$$",
        r"$$P(y \mid x) = \sum_{z \sim p(z \mid x)} P(y \mid x, z)$$",
        r"$$T(q' \mid q) = a(q', q) Q(q' \mid q) + (1 - \int dq' \, Q(q' \mid q) a(q', q)) \delta(q - q')$$",
        r"$$V = \log D(x, z) + \underbrace{\log D(x, z)}_{\log D(\text{real})}$$",
        r"$$\text{Cauchy}(x \mid m, s) = \int \mathrm{d} \tau \, \text{Normal}(x \mid m, \tau^{-\frac{1}{2}}) "
        r"\, \text{Gamma}(\tau \mid \frac{1}{2}, \frac{s^{2}}{2})$$",
        r"$$\begin{aligned} L &= \int q(x_{1:T} | x_0) \frac{p(x_{0:T})}{q(x_{1:T} | x_0)} d x_{1:T} \\ "
        r"&= \mathbb{E}_{q(x_{1:T} | x_0)} \frac{p(x_{0:T})}{q(x_{1:T} | x_0)} \end{aligned}$$",
        r"With $Y \mid x \sim \mathrm{Bern}(p)$: $\log p(y \mid x) = \begin{bmatrix} y \\ 1 \end{bmatrix}$",
    ],
)
def test_these_once_false_alarms_stay_silent(notes: str) -> None:
    assert [j.rule for j in examined(notes).judged if j.rule] == []


@pytest.mark.parametrize(
    ("notes", "code"),
    [
        (r"$f(x) = x^2$: $f(3) = 9$. Then $f(3) = 10$.", "E301"),
        (r"$\ell(t) = 2 t$, so $\ell(3) = 7$.", "E301"),
        (r"$x = (3, 1, 2)$ has $2 x_0 = 8$ with indices from 0", "E301"),
        (r"$1 + 1 \ne 2$", "E301"),
        ("| $p$ | $-\\ln p$ |\n|---|---|\n| 0.5 | $0.963$ |\n", "E301"),
        ("| $y$ | $2 y$ | $y$ | $2 y$ |\n|---|---|---|---|\n| 3 | 6 | 4 | 9 |\n", "E301"),
        (r"$$\begin{vmatrix} 1 & 2 \\ 3 & 4 \end{vmatrix} = 10$$", "E301"),
        (r"$$\det \begin{pmatrix} 1 & 2 & 3 \\ 0 & 4 & 5 \\ 1 & 0 & 6 \end{pmatrix} = 23$$", "E301"),
        (r"$$\mathrm{tr} \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} = 6$$", "E301"),
        (
            r"Let $B = \begin{pmatrix} 2 & 1 \\ 1 & 3 \end{pmatrix}$, so "
            r"$B^{-1} = \frac15 \begin{pmatrix} 3 & 1 \\ -1 & 2 \end{pmatrix}$.",
            "E301",
        ),
        (r"So $t = \frac{0.01253}{\sqrt{(5.2352)(0.0000015)}} = 4.977$.", "E301"),
        (r"Here $\log$ has base 2: $-\log 0.5 = 2$.", "E301"),
        (r"$0.306 + 0.361 = 0.657$", "E302"),
        (r"$2^{20} = 10^6$", "W306"),
        (r"$2^{20} = 10^5$", "E305"),
        ("Let $X \\in \\mathbb{R}^{n \\times d}$ and $b \\in \\mathbb{R}^{1 \\times h}$: $X + b$ grows.", "E411"),
    ],
)
def test_these_once_missed_slips_are_found(notes: str, code: str) -> None:
    assert [j.rule for j in examined(notes).judged if j.rule] == [code]


def test_a_correction_has_the_format_of_what_it_corrects() -> None:
    def repair(notes: str) -> str | None:
        verdict = last(notes).verdict
        assert isinstance(verdict, Refuted)
        return verdict.repair.latex if verdict.repair else None

    assert repair(r"$\frac{0.141}{5} = 0.282$") == "0.0282"
    assert repair(r"$\frac{66}{10000} = 6.6\%$") == r"0.66\%"
    assert repair(r"$-3 \ln 10 = -6.94$") == "-6.91"


def test_the_wrong_component_is_underlined() -> None:
    notes = r"$(1, 2) + (3, 4) = (4, 7)$"
    found = last(notes)
    assert found.focus is not None and notes[found.focus.start : found.focus.end] == "7"


def test_a_rebinding_ends_a_binding() -> None:
    notes = "$n = 4$ so $n^2 + 1 = 17$. Now take $n = 5$: $n^2 + 1 = 26$."
    assert [j for j in examined(notes).judged if j.rule] == []
    assert last(notes.replace("26", "17")).rule == "E301"


def test_a_binding_ends_with_its_section() -> None:
    notes = "# One\n\n$n = 4$\n\n# Two\n\n$n^2 + 1 = 25$"
    assert isinstance(last(notes).verdict, Undecided)
    assert last(notes.replace("# Two", "## Two")).rule == "E301"


def test_a_section_goes_on_over_slides() -> None:
    notes = "# Coin example · data\n\n$n = 4$\n\n# Coin example · result\n\n$n^2 + 1 = 25$"
    assert last(notes).rule == "E301"


def test_a_square_may_be_given_anew() -> None:
    assert isinstance(last(r"$\sigma = 2$ for the first, $\sigma^2 = 9$ for the second").verdict, NotAClaim)
    assert isinstance(last(r"$\sigma = 2$, so $\sigma^2 = 4$").verdict, HOLDS)


def test_an_equation_to_be_solved_is_no_claim() -> None:
    notes = "With $h = 6$, $p = 0.5$ set $\\frac{h}{p} - 3 = 0 \\implies p = 2$."
    assert isinstance(examined(notes).judged[2].verdict, NotAClaim)


def test_a_symbolic_relation_is_not_refuted_by_values_that_lie_around() -> None:
    result = examined("Take $a = 2$, $b = 3$. In general $a = b$ and $a + b = b^2 - a$.")
    assert not any(isinstance(j.verdict, Refuted) for j in result.judged)


def test_a_symbol_without_a_value_is_undecided_with_the_reason() -> None:
    verdict = last(r"$\theta + 1 = 3$").verdict
    assert isinstance(verdict, Undecided) and "θ has no value" in verdict.why


def test_accumulated_rounding_is_a_warning_with_the_exact_value() -> None:
    found = last(r"$0.5 \log \frac{0.5}{0.4} + 0.3 \log \frac{0.3}{0.4} = 0.112 - 0.086 = 0.026$")
    assert found.rule == "W303" and isinstance(found.verdict, Supported)
    assert found.message is not None and "0.025267" in found.message
    assert last(r"$0.5 \log \frac{0.5}{0.4} + 0.3 \log \frac{0.3}{0.4} = 0.112 - 0.086 = 0.025$").rule is None


def test_carrying_more_digits_than_printed_is_no_error() -> None:
    assert last(r"$3 \cdot \frac{193}{300} = 3 \cdot 0.64 = 1.93$").rule is None


def test_a_step_between_whole_numbers_is_not_saved_by_the_start_of_its_chain() -> None:
    step, end = examined("Let $w = [3, -4]$, so $a + \\|w\\|^2 - a = 10 + 16 = 25$.").judged[-2:]
    assert not isinstance(step.verdict, HOLDS) and end.rule == "E301"


def test_vectors_of_different_lengths() -> None:
    assert last(r"$(1, 2) + (3, 4) = (4, 6, 1)$").rule == "E304"


def test_the_base_of_logarithms_is_taken_from_the_unit() -> None:
    assert last(r"$-\log 0.25 = 2$ bits").rule is None
    assert last(r"$-\log 0.25 = 1.39$ nats").rule is None
    assert last(r"$-\log 0.25 = 2$ nats").rule == "W307"
    assert "base 2" in " ".join(last(r"$-\log 0.25 = 2$ bits").where)


def test_a_value_in_nats_is_restated_in_bits() -> None:
    notes = "In nats $0.235 - 0.153 = 0.082$ nats, or $\\approx {}$ bits."
    assert isinstance(last(notes.format("0.118")).verdict, HOLDS)
    assert isinstance(last(notes.format("0.119")).verdict, Supported)  # of 0.0825 nats, which is printed 0.082
    assert last(notes.format("0.3")).rule == "E301"
    between = "$0.235 - 0.153 = 0.082$ nats. In bits, divide by $\\ln 2 \\approx 0.693$, giving $\\approx {}$ bits."
    assert isinstance(last(between.format("0.119")).verdict, Supported)
    assert last(between.format("0.3")).right == "0.693"  # the last one may speak of something else, and is no relation


def test_a_word_in_place_of_an_index_names_one_of_the_components() -> None:
    given = r"Let $\hat{\boldsymbol{\pi}} = [0.6, 0.3, 0.1]$. "
    notes = given.replace("{", "{{").replace("}", "}}") + r"Then $-\log \hat{{\pi}}_{{\text{{dog}}}} = -\log {}$."
    found = last(notes.format("0.3"))
    assert isinstance(found.verdict, Supported) and "component 2" in (found.verdict.holds_if or "")
    assert not isinstance(last(notes.format("0.5")).verdict, HOLDS)


def test_the_components_before_the_dots_have_values() -> None:
    notes = "Let $\\pi = (0.05, 0.7, 0.1, \\dots, 0.05)$. Then $2 \\pi_2 = {}$."
    assert isinstance(last(notes.format("1.4")).verdict, HOLDS)
    assert last(notes.format("1.3")).rule == "E302"  # not 1.4 with its digits cut off


def test_a_printed_number_is_rounded_once_wherever_it_stands() -> None:
    notes = "With $r = (0.125, 0.875)$: $\\mathrm{{KL}}(r \\| r) = {}$."
    assert last(notes.format("0.001")).rule is not None
    assert isinstance(last(notes.format("0.000")).verdict, HOLDS)
    assert isinstance(last("$\\frac{0.235}{0.456} = 0.516$").verdict, HOLDS)  # 0.2354 / 0.4561, say


def test_one_bad_formula_does_not_cost_its_neighbour() -> None:
    result = examined("$" + "x_{" * 90 + "}" * 90 + "$ and $1 + 1 = 3$")
    assert [j.rule for j in result.judged] == ["E301"]


def test_a_skipped_formula_is_undecided_and_the_rest_is_judged() -> None:
    document = read_document("notes.md", "$1 + 1 = 3$ and $2 + 2 = 5$")
    result = examine(document, Options(), skip={0: "took longer than 2 s"})
    assert isinstance(result.judged[0].verdict, Undecided) and result.judged[1].rule == "E301"


def test_places_are_exact() -> None:
    notes = "Some text.\n\n$$\n\\begin{aligned}\na &= 1 + 1 \\\\\n  &= 3\n\\end{aligned}\n$$\n"
    found = next(j for j in examined(notes).judged if j.rule)
    document = read_document("notes.md", notes)
    assert found.focus is not None
    assert notes[found.span.start : found.span.end] == "1 + 1 \\\\\n  &= 3"
    place = document.place(found.focus.start)
    assert (place.line, place.column) == (6, 6)


REAL_MISTAKES = {
    ("beta-f.md", 102, "E311"),  # the same slip, against the derivative that the step takes
    ("beta-f.md", 102, "E311"),  # the quotient rule has d_1 − d_1 y, not d_1 + d_1 y
    ("beta-f.md", 114, "E315"),  # the exponent has d_2 twice
    ("dir-ep.md", 126, "E401"),  # the sum over i has Y_j
    ("ng-cond.md", 119, "E311"),  # y is lost in front of the quadratic form
    ("poiss-lme.md", 78, "E311"),  # exp[−(b_0 + nλ)] for exp[−(b_0 + n)λ]
    ("gam-dent.md", 39, "E314"),  # + ln b for − ln b; the proof below derives − ln b
    ("ugkv-lbfmean.md", 67, "E311"),  # − for + in the middle of (λ_0 μ_0 + τ n ȳ)², where − stands before all of it
    ("slr-pss.md", 107, "E311"),  # ŷ_i for ȳ when the bracket is multiplied out, though no residual stood there
    ("slr-mle.md", 48, "E315"),  # σ for σ² under the root
    ("cmi-mjde.md", 57, "W401"),  # p(x) = ∫ p(x, y) without dy
    ("glm-wls.md", 58, "W403"),  # 𝒩(0, I, Σ) for the matrix-normal law of the display above it
    ("poissexp-post.md", 114, "E315"),  # Γ(a_0) for Γ(a_n)
    ("ugkv-mle.md", 52, "E315"),  # N(x; μ, σ²) for the density of y_i
    ("med-mae.md", 61, "W401"),  # ∫ f(x) = Pr(…) without dx, twice
    ("ugkv-anc.md", 75, "E314"),  # the divergence has − log(λ_0/λ_n)
}
"""Mistakes that stand in the published pages, each derived by hand."""


SHARES = 8
"""Parts that the published pages are examined in, so that several processes can share them."""


def alarms_of(path: Path) -> set[tuple[str, int, str]]:
    """Name, line and rule of everything that is said against a document."""
    document = read_document(str(path))
    judged = examine(document, Options()).judged
    return {(path.name, document.place(j.span.start).line, j.rule) for j in judged if j.rule}


@pytest.mark.parametrize("share", range(SHARES))
def test_published_pages_raise_no_alarm_that_is_not_a_real_mistake(share: int) -> None:
    pages = shared_paths(PAGES)[share::SHARES]
    names = {page.name for page in pages}
    assert len(names) > 20
    assert {alarm for page in pages for alarm in alarms_of(page)} == {m for m in REAL_MISTAKES if m[0] in names}


def test_every_page_with_a_real_mistake_is_there() -> None:
    assert {name for name, _, _ in REAL_MISTAKES} <= {path.name for path in shared_paths(PAGES)}


LECTURE_ALARMS = {
    ("foun", 3144, "E311"),  # the inverses of f_K ∘ … ∘ f_1 in the order of the maps, where it is the other one
    ("mode", 253, "E315"),  # a constant that is added stands as a factor
    ("prob", 1175, "E302"),
    ("prob", 1175, "E301"),
    ("prob", 1346, "E302"),
    ("prob", 1945, "W303"),
    ("prob", 1949, "W303"),
    ("mode", 161, "E401"),  # the sum over k has x_i, in both lines
    ("mode", 162, "E401"),
}


LECTURE_NAMES = ["auto", "foun", "mode", "obje", "prob"]


@pytest.mark.parametrize("lecture", LECTURE_NAMES)
def test_the_lectures_raise_the_known_alarms_and_no_other(lecture: str) -> None:
    (path,) = (path for path in shared_paths(LECTURES) if path.name.startswith(lecture))
    found = {(name[:4], line, rule) for name, line, rule in alarms_of(path)}
    assert found == {alarm for alarm in LECTURE_ALARMS if alarm[0] == lecture}


def test_every_lecture_is_examined() -> None:
    assert [path.name[:4] for path in shared_paths(LECTURES)] == LECTURE_NAMES


def test_several_names_get_one_value() -> None:
    found = examine(read_document("a.md", r"Take $\alpha = \beta = 1$, so $\alpha + \beta = 3$."), Options()).judged
    assert [j.kind for j in found[:2]] == [Kind.GIVEN, Kind.GIVEN]
    assert isinstance(found[2].verdict, Refuted)
    known = examine(read_document("a.md", r"With $a = 2$ and $b = 3$, $c = a b$ and $d = c = 5$."), Options()).judged
    assert isinstance(known[-1].verdict, Refuted)  # c was computed


BITS = (
    "| event | $p$ | $I = -\\log_2 p$ |\n|---|---|---|\n| a coin | 0.5 | 1 bit |\n"
    "| a sunrise | $\\approx 1$ | $\\approx 0$ bits |\n"
)


def test_a_value_given_as_about_right_counts_as_far_as_it_is_known() -> None:
    assert isinstance(last(BITS).verdict, Supported)
    assert isinstance(last(BITS.replace("0$ bits", "1$ bits")).verdict, Undecided)
    assert isinstance(last(BITS.replace("0$ bits", "3$ bits")).verdict, Refuted)
    assert isinstance(last(r"With $k \approx 300$, $k/7 = 44$.").verdict, Undecided)
    assert isinstance(last(r"With $k = 300$, $k/7 = 44$.").verdict, Refuted)
    assert isinstance(last(r"With $k \approx 300$, $k/7 = 144$.").verdict, Refuted)


def test_a_function_defined_with_a_power_is_applied_as_it_stands() -> None:
    given = r"It is $f^{-1}(u) = \frac{1}{1 + \exp(-u)}$. "
    assert isinstance(last(given + r"So $f^{-1}(0) = 0.5$.").verdict, Proved)
    assert isinstance(last(given + r"So $f^{-1}(0) = 0.7$.").verdict, Refuted)


def test_repeating_what_is_given_proves_nothing() -> None:
    given = r"Let $q(x) = 0$ for some $x$. In the case that $p(x) = q(x) = 0$ it is so."
    assert isinstance(last(given).verdict, NotAClaim)
    assert isinstance(last(r"Let $a = 2$. Then $q = a + 1 = 3$. Hence $p = q = 4$.").verdict, Refuted)


def test_what_is_given_once_more_is_no_claim():
    assert isinstance(last("Let $a = 0.5$. Hence $$P = a = 0.5$$").verdict, NotAClaim)
    assert isinstance(last("Let $b = 2$ and $a = \\frac{1}{b} = 0.5$. Hence $$P = a = 0.5$$").verdict, HOLDS)
    assert isinstance(last("Let $b = 2$ and $a = \\frac{1}{b} = 0.5$. Hence $$P = 2 a = 0.5$$").verdict, Refuted)


@pytest.mark.parametrize(
    ("notes", "old", "new"),
    [
        (r"$$\begin{aligned} \lefteqn{4 + 5} \\ & \qquad = 9 \end{aligned}$$", "= 9", "= 8"),
        (r"So $\frac{5}{7} \approxeq 0.71$.", "0.71", "0.73"),
        (r"So $\frac{5}{7} \thickapprox 0.71$.", "0.71", "0.73"),
    ],
)
def test_more_ways_to_write_rows_and_signs(notes: str, old: str, new: str) -> None:
    assert isinstance(last(notes).verdict, HOLDS)
    assert isinstance(last(notes.replace(old, new)).verdict, Refuted)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (r"The magnitude is $-2.5 \log 400 + 1.5 = -5$.", None),
        (r"It is $3 \log 40 = 5$.", None),
        (r"It is $3 \log 40 = 7$.", "E301"),
        (r"It is $3 \ln 40 = 5$.", "E301"),
        (r"Here $\log$ is the natural logarithm: $3 \log 40 = 5$.", "E301"),
    ],
)
def test_a_whole_number_may_be_rounded_in_the_base_that_the_text_leaves_open(text: str, rule: str | None) -> None:
    assert last(text).rule == rule
