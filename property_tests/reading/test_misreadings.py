"""Notation that means something else than the product or the power that it looks like."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, Proved, Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.words import words


def judged(text: str) -> tuple[Judged, ...]:
    return examine(read_document("page.md", text.encode()), Options()).judged


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"y[k] = x[k] - x[k-1]", "y[k] = x[k] - x[k - 1]"),
        (r"\varphi[\kappa]", "φ[κ]"),
        (r"a[b-1] = ab - a", "a·[b - 1] = a·b - a"),
        (r"\vec{x}(1 + t)", "x⃗·(1 + t)"),
        (r"\operatorname{vec}(X) + \vec(X)", "vec(X) + vec(X)"),
        (r"p(x \lvert y) + \lvert x \rvert", "p(x | y) + |x|"),
        (r"p \mid\mid q", "p ‖ q"),
        (r"x\_i + n\_train", "x_i + n_train"),
        ("∑_{i=1}^n x_i + ∏_j y_j", "sum[(i = 1)..n](x_i) + product[j](y_j)"),
        ("∫_0^1 x dx, π = 〈a, b〉", "integral[0..1](x dx), π = 〈a, b〉"),
        (r"1 - \phi\_1z - \phi\_2z^2", "1 - ϕ_1·z - ϕ_2·z^2"),
        (r"\mathbb{E}|Y|^k + \mathbb{E}_x\left\|x\right\|^2", "E(|Y|^k) + E_x(‖x‖^2)"),
        (r"\mathbb{E} X |Y| + \mathbb{E}[X | Y] + E|Y|", "E·X·|Y| + E[X | Y] + E·|Y|"),
        (r"\hat\theta \dot{=} \bar x", "θ̂ =[·] x̄"),
        (r"\triangledown f", "∇ f"),
        (r"x^{'} + d^{''}", "x′ + d′′"),
        (r"\left( x + y ) + \big{(} z \big{)}", "(x + y) + (z)"),
        (r"∀x ∈ A", "∀ x ∈ A"),
        (
            r"f(x) = \begin{cases} 1 & \text{if $x > 0$} \\ 0 & \text{else} \end{cases}",
            "f(x) = cases[1, “if” x > 0; 0, “else”]",
        ),
        (r"\text{exp}(x) + \mathrm{Val}(X)", "exp(x) + Val(X)"),
        (r"\begin{IEEEeqnarray}{rCl} a &=& b \\ &=& c \end{IEEEeqnarray}", "a = b = c"),
        ("a = b \\\n + c", "a = b + c"),
        (r"p(x) == 0", "p(x) = 0"),
        (r"\mathit{loss}(x) + \mathit{x}", "loss(x) + x"),
        ("f’(x) + g’’", "f′(x) + g′′"),
        ("n = `r nrow(x)` + 1", "n = rnrow(x) + 1"),
    ],
)
def test_it_is_read_as_meant(latex: str, said: str) -> None:
    assert words(parse(latex)) == said


def test_a_number_in_brackets_above_a_function_counts_derivatives() -> None:
    assert isinstance(judged(r"$$a = \psi^{(1)}(1) = \frac{\pi^2}{6}$$")[-1].verdict, Proved | Supported)
    assert isinstance(judged(r"$$a = \psi^{(1)}(1) = \frac{\pi^2}{5}$$")[-1].verdict, Refuted)
    assert not isinstance(judged(r"$$\psi^{(2)}(1) = \psi(1)^2$$")[-1].verdict, Proved | Supported | Refuted)


def test_a_capital_after_a_number_counts_only_beside_large_numbers() -> None:
    assert isinstance(judged("$$13B = 13$$")[0].verdict, Undecided)
    assert isinstance(judged(r"$$13B = 13 \times 10^9$$")[0].verdict, Proved | Supported)
    assert isinstance(judged(r"$$13B = 13 \times 10^6$$")[0].verdict, Refuted)


def test_an_event_outside_of_any_mean_is_left_open() -> None:
    found = judged(r"For each $B \in \mathcal{F}$ it holds that $\E(Y - Z) \mathbf{1}_B = 0$.")[-1]
    assert isinstance(found.verdict, Undecided)


def test_an_upper_index_beside_a_zeroth_one_may_number() -> None:
    assert not any(isinstance(j.verdict, Refuted) for j in judged("With $h = 2$: $$t^1 = t^0 + h = 0 + 2 = 2$$\n"))
    assert any(isinstance(j.verdict, Refuted) for j in judged("With $h = 2$: $$s = t_0 h^2 + h = t_0 h + 2$$\n"))


def test_an_overline_may_be_the_conjugate_that_the_text_speaks_of() -> None:
    formula = r"$$h = z \overline{z} = |z|^2$$"
    said = judged(f"We write $\\overline{{z}}$ for the conjugate of $z$. {formula}\n")
    assert isinstance(said[-1].verdict, Undecided) and "conjugate" in said[-1].verdict.why
    plain = r"$$h = z \overline{z} = z^2$$"
    assert isinstance(judged(f"The prior is conjugate; $\\overline{{z}}$ is a mean. {plain}\n")[-1].verdict, Refuted)


def test_comments_of_myst_are_not_judged() -> None:
    page = "% The draft said $2 + 2 = 5$.\n\nWe have $1 + 1 = 2$.\n"
    assert [j.read_as for j in judged("```{note}\nA note.\n```\n" + page)] == ["1 + 1 = 2"]
    assert [j.read_as for j in judged(page)] == ["2 + 2 = 5", "1 + 1 = 2"]


def test_a_comment_within_a_display_is_no_part_of_it() -> None:
    assert [j.read_as for j in judged("$$a = <!-- was: b - --> b + c$$\n")] == ["a = b + c"]


def test_an_equation_that_shall_hold_is_no_claim() -> None:
    assert isinstance(judged(r"With $a = 2$ we ask for $3 a \overset{!}{=} 9$.")[-1].verdict, NotAClaim)
    assert isinstance(judged(r"With $a = 2$ we find $3 a \overset{(1)}{=} 9$.")[-1].verdict, Refuted)


def test_a_cross_product_is_no_product_of_numbers() -> None:
    cross = r"$$h = \vec{a} \times \vec{b} = -\vec{b} \times \vec{a}$$"
    assert isinstance(judged(cross)[-1].verdict, Undecided)
    assert isinstance(judged(cross.replace(r"\times", ""))[-1].verdict, Refuted)


def test_typed_sums_and_integrals_are_judged() -> None:
    right = judged("So $∑_{i=1}^4 i = 10$ and $∫_0^1 x dx = 1/2$.")
    wrong = judged("So $∑_{i=1}^4 i = 11$ and $∫_0^1 x dx = 1/3$.")
    assert all(isinstance(j.verdict, Proved | Supported) for j in right) and len(right) == 2
    assert all(isinstance(j.verdict, Refuted) for j in wrong) and len(wrong) == 2
