"""Formulas read as sentences about laws: each notation in use, its readings, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.sentences import (
    Covariance,
    CrossEntropy,
    Density,
    Divergence,
    Entropy,
    Expectation,
    Extremum,
    Probability,
    Total,
)
from claims.verdict import Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.sentences.readings import Read, readings
from errata.reading.sources import read_document
from errata.reading.vectors import Unlowered


def read(latex: str, letters: str = "") -> tuple[Read, ...]:
    """The readings of the first relation of a formula."""
    pair = stated(parse(latex, {}))[0].pairs()[0]
    return readings(pair.left, pair.right, letters)


def left(latex: str, letters: str = "") -> object:
    return read(f"{latex} = a", letters)[0].left


SAME = [
    (r"\mathrm{E}[X] + p(x)", r"\mathbb{E}_{X \sim p}[X] + p(x)"),
    (r"\mathbb{E}_{x \sim p(x)}[f(x)]", r"\langle f(x) \rangle_{p(x)}"),
    (r"\mathbb{E}_{x \sim p}[f(x)]", r"\mathbb{E}_{p(x)} f(x)"),
    (r"\mathbb{E}_{z \sim q(z \mid x)}[f(z)]", r"\mathbb{E}_{q(z | x)}\left[ f(z) \right]"),
    (r"\mathrm{KL}(p(x) \,\|\, q(x))", r"D_{\mathrm{KL}}[p(x) || q(x)]"),
    (r"\mathrm{KL}[P(x) || Q(x)]", r"\mathrm{KL}[p(x) \vert \vert q(x)]"),
    (r"\int p(x, z) \, \mathrm{d}z", r"\int_{\mathcal{Z}} \mathrm{d}z \, p(x, z)"),
    (r"\sum_{x \in \mathcal{X}} x p(x)", r"\sum_x x \cdot P(x)"),
    (r"p(x \mid z)", r"p_{X | Z}(x | z)"),
    (r"f_{X, Y}(x, y)", r"p(x, y)"),
    (r"\mathrm{Pr}(X = x)", r"P(X = x)"),
    (r"\Pr(A \cap B^c)", r"P(A \cap \overline{B})"),
    (r"\mathrm{Var}_Z[\mathrm{E}[X | Z]]", r"\mathbb{V}_{Z}[\mathbb{E}[X \mid Z]]"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_notations_are_read_as_the_same_sentence(one, other):
    assert left(one) == left(other)


KINDS = [
    (r"\mathrm{Cov}(X, Y | Z)", Covariance),
    (r"\mathrm{H}(X | Y = y)", Entropy),
    (r"\mathrm{H}(p, q)", CrossEntropy),
    (r"\mathrm{H}[\lambda p + (1 - \lambda) q]", CrossEntropy),
    (r"\mathrm{JS}(p \| q)", Divergence),
    (r"p(A \cup B)", Probability),
    (r"F_X(x)", Probability),
    (r"\sum_{k=1}^K P(z = k)", Total),
    (r"p(x_1, \dots, x_n)", Density),
    (r"q(z_{1:T} | x)", Density),
    (r"\mathbb{E}_X[g(X)]", Expectation),
    (r"\arg\max_\theta \log p(x; \theta)", Extremum),
    (r"\arg\min_\theta \mathrm{KL}(q \| p_\theta)", Extremum),
]


@pytest.mark.parametrize(("latex", "kind"), KINDS)
def test_each_notation_has_its_kind_of_sentence(latex, kind):
    assert isinstance(left(latex), kind)


def test_a_condition_is_given_and_what_stands_before_it_is_drawn():
    mean = left(r"\mathrm{E}[X + Y | Y = y]")
    assert isinstance(mean, Expectation)
    assert [b.name for b in mean.over] == ["X"]
    assert [(p.variable, p.name) for p in mean.given] == [("y", "Y")]


def test_an_expectation_inside_another_has_its_own_variable():
    outer = left(r"\mathrm{E}[(X - \mathrm{E}[X])^2 Y]")
    assert isinstance(outer, Expectation)
    assert {b.name for b in outer.over} == {"X", "Y"}


def test_laws_with_parameters_are_one_law_where_they_are_of_different_things_and_two_where_they_meet():
    first, second = read(r"p_\theta(x) = \int p_\theta(x | z) p(z) \, dz")
    assert set(first.laws) == {"p"}
    assert set(second.laws) == {"p", "p_\\theta"}
    apart = read(r"\mathrm{KL}(p(x) \| p_\theta(x)) = a")
    assert set(apart[0].laws) == {"p", "p_\\theta"}


def test_a_numbered_family_is_a_variable_with_numbered_values():
    first = read(r"p(y) = \sum_{j=1}^M p(y | m_j) p(m_j)")[0]
    assert first.laws == {"p": ("m", "y")}


REFUSED = [
    r"\mathrm{E}[A X] = A \, \mathrm{E}[X]",
    r"\mathrm{E}[X X^{\mathrm{T}}] = a",
    r"\mathrm{E}[\mathbf{x}] = a",
    r"\frac{\mathrm{d}}{\mathrm{d}x} F_X(x) = p(x)",
    r"\int_0^1 p(x) \, dx = a",
    r"\int p(x) g(y) \, dy = a",
    r"\sum_x \int p(x) \, dx = a",
    r"f_Z(z) = \sum_y f_X(z - y) f_Y(y)",
    r"\mathrm{Pr}(X + Y = z) = a",
    r"p(x; \theta) = p(x; \phi)",
    r"p(z_T) p(z_{T-1} | z_T) \cdots p(x | w) = p(x, z_{1:T})",
    r"\mathrm{KL}(p \, q \| p) = a",
    r"\mathrm{H}(a) = b",
    r"x + y = z",
    r"\mathrm{h}(X) = \log |y \Lambda|",
    r"\arg\max_\theta p(x) = a",
    r"1 + \arg\max_x p(x) = a",
]


@pytest.mark.parametrize("latex", REFUSED)
def test_what_is_not_understood_is_refused_and_never_guessed(latex):
    with pytest.raises(Unlowered):
        read(latex)


WORDS = st.sampled_from(
    [r"p(x)", r"p(x|z)", r"q_\phi(z)", r"\mathrm{E}[X]", r"\sum_x", r"\int", "dx", r"\log", "(", ")", "[", "]", "+",
     "-", r"\frac{1}{2}", "X", "a", "|", r"\|", r"\mathrm{KL}", r"\mathrm{H}", r"P(A \cup B)", ",", "^2", r"\dots"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=12))
def test_any_formula_is_read_or_refused(words):
    for chain in stated(parse(" ".join(words) + " = a", {})):
        for pair in chain.pairs():
            try:
                found = readings(pair.left, pair.right)
            except Unlowered:
                continue
            assert found[0].laws


def test_a_sign_before_an_event_is_not_read() -> None:
    for sign, holds in (("", True), ("-", False)):
        notes = f"We have\n\n$$ p(A \\cup B) = p(A) + p(B) - p({sign} A \\cap B) $$\n"
        verdict = examine(read_document("a.md", notes), Options()).judged[-1].verdict
        assert isinstance(verdict, Supported) is holds


@pytest.mark.parametrize(
    ("latex", "verdict"),
    [
        (r"\int \prod_{i=1}^M q_i(z_i) \{\ln p(x) - \ln p(z_1)\} dz_1 = \int \prod_{i=1}^M q_i(z_i) \ln p(x) dz_1"
         r" - \int \prod_{i=1}^M q_i(z_i) \ln p(z_1) dz_1", "Supported"),
        (r"P(X | Y) = \frac{P(Y | X) P(X)}{P(Y)} = \frac{P(Y | X) P(X)}{\sum_x P(Y | X) P(Y)}", "Refuted"),
        (r"H(p) + \sum_{i=1}^n p(x_i) \log \frac{p(x_i)}{q(x_i)} = H(p) - \mathrm{KL}(p \| q)", "Refuted"),
        (r"\hat{g} = E(g | y) = P(g = 1 | y)", "Undecided"),
        (r"\hat{g} = E(g | y) = P(g = 0 | y)", "Refuted"),
    ],
)  # fmt: skip
def test_products_capitals_and_values_by_number(latex: str, verdict: str) -> None:
    judged = examine(read_document("page.md", f"$$ {latex} $$".encode()), Options()).judged
    assert type(judged[-1].verdict).__name__ == verdict


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{p(x)}{\int p(x) dx_i} = \frac{p(x | z)}{\int p(x | z) dx_i}",
        r"E(h) - \widehat{E}(h) \le \frac{\epsilon}{2}",
    ],
)
def test_what_is_not_read_whole_is_not_supported(latex: str) -> None:
    judged = examine(read_document("page.md", f"Let $\\epsilon \\in (0, 1)$. $$ {latex} $$".encode()), Options()).judged
    assert not isinstance(judged[-1].verdict, Supported)
