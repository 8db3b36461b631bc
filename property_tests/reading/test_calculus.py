"""Derivatives, integrals and special functions as they are written: right ones hold, slips are refuted, doubt stays."""

import pytest

from claims.verdict import Proved, Refuted, Supported
from errata.checking.algebra import Found, judge_identity
from errata.reading.calculus import between, derivation, is_derivative
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.tree import Big, Frac
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered


def judged(latex: str) -> Found:
    (chain,) = stated(parse(latex))
    return judge_identity(chain.pairs()[0], {}, 0)


TRUE = [
    r"\frac{d}{dx} a x^2 = 2 a x",
    r"\frac{d}{dx} 0.5 x^2 = x",
    r"\frac{d}{dx} x e^x = e^x + x e^x",
    r"\frac{d \ln x}{dx} = \frac{1}{x}",
    r"\frac{\mathrm{d}(\sigma z + \mu)}{\mathrm{d}z} = \sigma",
    r"\frac{\mathrm{d}^2}{\mathrm{d}x^2} e^{a x} = a^2 e^{a x}",
    r"\frac{\partial^2 (x^2 y^3)}{\partial x \partial y} = 6 x y^2",
    r"\frac{\mathrm{d}}{\mathrm{d}x} \left( \frac{d_1 x}{d_2 + d_1 x} \right) = \frac{d_1 d_2}{(d_2 + d_1 x)^2}",
    r"\frac{\partial}{\partial \beta_1} \sum_{i=1}^n (y_i - \beta_0 - \beta_1 x_i)^2"
    r" = -2 \sum_{i=1}^n x_i (y_i - \beta_0 - \beta_1 x_i)",
    r"\frac{\mathrm{d}}{\mathrm{d}\sigma^2} \left( -\frac{n}{2} \log \sigma^2 - \frac{s}{2\sigma^2} \right)"
    r" = -\frac{n}{2\sigma^2} + \frac{s}{2(\sigma^2)^2}",
    r"\frac{\partial}{\partial x_k} \sum_{i=1}^n x_i^2 = 2 x_k",
    r"\frac{1}{\Gamma(a)} \frac{\mathrm{d}}{\mathrm{d}a} \Gamma(a) = \psi(a)",
    r"\int_a^b (x - \frac{a + b}{2})^2 \, \mathrm{d}x = \frac{(b - a)^3}{12}",
    r"\int_{-\infty}^{\infty} \frac{x^2}{\sqrt{2\pi} \sigma} e^{-\frac{(x - \mu)^2}{2 \sigma^2}} dx = \mu^2 + \sigma^2",
    r"\int_0^x z^{a-1} (1-z)^{b-1} dz = \int_0^x u^{a-1} (1-u)^{b-1} du",
    r"\int_0^x z^{a-1} (1-z)^{b-1} dz = \mathrm{B}(x; a, b)",
    r"\int_0^x x\, dx = \frac{x^2}{2}",
    r"\int_0^\infty f(x) dx + \int_0^\infty f(x) dx = 2 \int_0^\infty f(x) dx",
    r"\mathrm{B}(a, b) = \frac{\Gamma(a) \Gamma(b)}{\Gamma(a + b)}",
    r"I_x(a, b) = 1 - I_{1-x}(b, a)",
    r"\gamma(s, x) + \Gamma(s, x) = \Gamma(s)",
    r"\Phi(x) = \frac{1}{2} \left[ 1 + \mathrm{erf}\left( \frac{x}{\sqrt{2}} \right) \right]",
]


@pytest.mark.parametrize("latex", TRUE)
def test_a_true_relation_of_calculus_is_supported(latex):
    assert isinstance(judged(latex).verdict, Proved | Supported)


WRONG = [
    r"\frac{d}{dx} a x^2 = a x",
    r"\frac{d}{dx} a x^2 = 2 a x^2",
    r"\frac{\mathrm{d}}{\mathrm{d}x} \left( \frac{d_1 x}{d_2 + d_1 x} \right) = \frac{d_1 d_2}{d_2 + d_1 x}",
    r"\frac{\partial}{\partial \beta_1} \sum_{i=1}^n (y_i - \beta_0 - \beta_1 x_i)^2"
    r" = 2 \sum_{i=1}^n x_i (y_i - \beta_0 - \beta_1 x_i)",
    r"\frac{\mathrm{d}}{\mathrm{d}t} T \sqrt{\frac{t}{\nu}} = \frac{T}{2 \sqrt{t \nu}} \nu",
    r"\int_a^b (x - \frac{a + b}{2})^2 \, \mathrm{d}x = \frac{(b - a)^3}{6}",
    r"\int_{-\pi}^{\pi} \cos(\omega)^2 \, d\omega = \frac{\pi}{2}",
    r"\mathrm{B}(a, b) = \frac{\Gamma(a + b)}{\Gamma(a) \Gamma(b)}",
    r"\int_{0}^{x} \frac{z^{a-1} (1-z)^{b-1}}{\mathrm{B}(a, b)} dz"
    r" = \frac{1}{\mathrm{B}(x; a, b)} \int_{0}^{x} z^{a-1} (1-z)^{b-1} dz",
]


@pytest.mark.parametrize("latex", WRONG)
def test_a_slip_in_calculus_is_refuted(latex):
    found = judged(latex)
    assert isinstance(found.verdict, Refuted)
    assert found.sound


DOUBTFUL = [
    r"\frac{dy}{dx} = 2x",
    r"\frac{d f(x)}{dx} = 2x",
    r"\frac{d}{dx} y^2 = 2y",
    r"\frac{d}{dx} x^2 + 3x = 2x + 3",
    r"\frac{d}{dx} (x + 1)(x + 2) = 2x + 3",
    r"\frac{d}{dx} (x + \hat{x}) = 1",
    r"\frac{d}{d\alpha_j} \sum_{j=1}^k \alpha_j^2 = 3 \alpha_j",
    r"\frac{d}{dx} \sum_{i=1}^n x_i^2 = 2x",
    r"\frac{d^n}{dx^n} x^2 = 0",
    r"\frac{d^2 x^3}{dx} = 6x",
    r"\frac{\partial}{\partial x_1} n \bar{x}^2 x_1 = \bar{x}^2",
    r"\int x\, dx = x^2",
    r"\int_{\mathcal{X}} x\, dx = x^2",
    r"\int_0^\infty e^{x} dx = 1",
    r"\int_0^1 p(x) dx = 2",
    r"\Phi(-x) = \Phi(x)",
    r"\gamma(s, t) = \min(s, t)",
    r"B(a, b) = a b",
    r"\mathrm{erf}^{-1}(x) = \frac{1}{\mathrm{erf}(x)}",
    r"\frac{\Gamma'(a)}{\Gamma(a)} = 1",
]


@pytest.mark.parametrize("latex", DOUBTFUL)
def test_what_may_mean_something_else_is_never_refuted_or_supported(latex):
    try:
        found = judged(latex)
    except Unlowered:
        return
    assert not isinstance(found.verdict, Proved | Supported)
    assert not (isinstance(found.verdict, Refuted) and found.sound)


@pytest.mark.parametrize(
    ("latex", "variables", "operand"),
    [
        (r"\frac{d}{dx}", ["x"], None),
        (r"\frac{\mathrm{d}^2 f}{\mathrm{d}x^2}", ["x", "x"], "f"),
        (r"\frac{\partial^2 f}{\partial x \partial y}", ["x", "y"], "f"),
        (r"\frac{\partial x^2 y}{\partial \beta_1}", [r"\beta_1"], "x^2 y"),
    ],
)
def test_a_derivative_is_taken_apart(latex, variables, operand):
    (node,) = parse(latex).statements
    assert isinstance(node, Frac)
    found = derivation(node)
    assert found is not None
    assert [to_latex(v) for v in found.variables] == variables
    assert (None if found.operand is None else to_latex(found.operand)) == operand


@pytest.mark.parametrize("latex", [r"\frac{d_1}{d_2}", r"\frac{d}{2}", r"\frac{d_1^2 x}{d_1 y}", r"\frac{a}{dx}"])
def test_a_fraction_of_names_is_no_derivative(latex):
    (node,) = parse(latex).statements
    assert not is_derivative(node)


@pytest.mark.parametrize(
    ("latex", "low", "high"),
    [
        (r"\int_0^1 x dx", "0", "1"),
        (r"\int_{-\infty}^{+\infty} x dx", None, None),
        (r"\int_{\mathbb{R}} x dx", None, None),
        (r"\int_{-\infty}^{t} x dx", None, "t"),
    ],
)
def test_the_limits_of_an_integral_are_read(latex, low, high):
    (node,) = parse(latex).statements
    assert isinstance(node, Big)
    found = between(node)
    assert found is not None
    assert (None if found.low is None else to_latex(found.low)) == low
    assert (None if found.high is None else to_latex(found.high)) == high


@pytest.mark.parametrize("latex", [r"\int x dx", r"\int_X x dx", r"\int_0^1 x", r"\int_\infty^0 x dx"])
def test_an_integral_without_a_range_is_left_alone(latex):
    (node,) = parse(latex).statements
    assert isinstance(node, Big)
    assert between(node) is None


@pytest.mark.parametrize(
    ("left", "right"),
    [(r"p(1-p)", r"p - p^2"), (r"p^x (1-p)^{1-x} \cdot p", r"p^{x+1} (1-p)^{1-x}"), (r"h(h+1)", r"h^2 + h")],
)
def test_a_name_before_a_bracket_that_holds_it_is_a_factor(left, right):
    assert isinstance(judged(f"{left} = {right}").verdict, Proved | Supported)
    wrong = judged(f"{left} = 2 {right}").verdict
    assert not isinstance(wrong, Supported)


@pytest.mark.parametrize("latex", [r"f(f(x)) = f \cdot f(x)", r"p(x) = p \cdot x", r"p(p, x) = p^2 x"])
def test_a_function_of_something_else_is_no_factor(latex):
    assert not isinstance(judged(latex).verdict, Proved | Supported)


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{\delta y}{\delta x} = \frac{\delta y}{\delta z} \times \frac{\delta z}{\delta x}",
        r"\frac{\delta F}{\delta p(x)} = \frac{\delta F}{\delta p(x)} \cdot 1",
    ],
)
def test_a_quotient_of_deltas_is_no_fraction(latex):
    with pytest.raises(Unlowered):
        judged(latex)


def test_a_lone_delta_is_a_number():
    assert isinstance(judged(r"\frac{\delta}{1 - \delta} + 1 = \frac{1}{1 - \delta}").verdict, Proved | Supported)
    assert isinstance(judged(r"\frac{\delta a}{1 - \delta} = \frac{a}{1 - \delta}").verdict, Refuted)
