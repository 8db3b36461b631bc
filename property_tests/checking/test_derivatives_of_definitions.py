"""Derivatives of functions and names that the document defines: held, refuted, and left alone."""

from __future__ import annotations

import pytest

from errata.checking.derivatives_of_definitions import derivative_of
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.sources import read_document

SIGMOID = r"The sigmoid is $f(x) = \frac{1}{1+e^{-x}}$. "
POWER = r"Let $g(k) = s A k^{\alpha} + (1-\delta) k$. "
PRODUCT = r"The substitution is $X = T \sqrt{W/\nu}$. "


MATRIX = (
    r"$$\begin{bmatrix} \frac{\mathrm{d}X}{\mathrm{d}T} & \frac{\mathrm{d}X}{\mathrm{d}W} \end{bmatrix} ="
    r" \begin{bmatrix} \sqrt{W/\nu} & %s \end{bmatrix}$$"
)


def last(text: str):
    document = read_document("page.md", text.encode())
    return examine(document, Options(), lambda *_: None, {}).judged[-1]


def verdict(text: str) -> str:
    return type(last(text).verdict).__name__


@pytest.mark.parametrize(
    "text",
    [
        SIGMOID + r"Its derivative is $f'(x) = f(x)(1-f(x))$.",
        POWER + r"Then $g'(k) = \alpha s A k^{\alpha-1} + (1-\delta)$.",
        POWER + r"Then $g''(k) = \alpha(\alpha-1) s A k^{\alpha-2}$.",
        POWER + r"Then $\frac{d}{dk} g(k) = \alpha s A k^{\alpha-1} + 1 - \delta$.",
        PRODUCT + r"So $\frac{\mathrm{d}X}{\mathrm{d}W} = \frac{T}{2\nu\sqrt{W/\nu}}$.",
        PRODUCT + MATRIX % r"\frac{T}{2\nu\sqrt{W/\nu}}",
    ],
)
def test_a_right_derivative_is_not_refuted_and_is_a_claim(text):
    found = last(text)
    assert found.kind == "claim"
    assert type(found.verdict).__name__ in ("Supported", "Proved")


@pytest.mark.parametrize(
    "text",
    [
        SIGMOID + r"Its derivative is $f'(x) = f(x)(1+f(x))$.",
        POWER + r"Then $g'(k) = \alpha s A k^{1-\alpha} + (1-\delta)$.",
        POWER + r"Then $\frac{d}{dk} g(k) = s A k^{\alpha-1} + 1 - \delta$.",
        PRODUCT + r"So $\frac{\mathrm{d}X}{\mathrm{d}W} = \frac{T}{2\sqrt{W/\nu}}$.",
        PRODUCT + MATRIX % r"\frac{T}{2\sqrt{W/\nu}}",
        # a factor is lost, which shows that no other definition of T is meant
        PRODUCT + r"Also $T = X^2$. So $\frac{\mathrm{d}X}{\mathrm{d}W} = \frac{T}{2\sqrt{W/\nu}}$.",
    ],
)
def test_a_wrong_derivative_is_refuted_with_the_definition_named(text):
    found = last(text)
    assert type(found.verdict).__name__ == "Refuted"
    assert any("line 1" in said for said in found.where)


@pytest.mark.parametrize(
    "text",
    [
        r"Let $f(x) = x^2$. Another function is $f'(x) = 3 x + 1$.",  # a prime is a mark, too
        r"Let $g(k) = k^2$. Suppose that $\frac{d}{dk} g(k) = k$.",
        r"Let $g(k) = a k^2$ and $a = 1/2$. Then $\frac{d}{dk} g(k) = k$.",
        r"Let $g(k) = k^2$. Later $g(k) = k^3$. Then $\frac{d}{dk} g(k) = 2 k$.",
        r"Then $\frac{d}{dk} g(k) = k$, where $g(k) = k^2$.",
        r"Let $L(w) = c w$. Then $L'(w) = c + \lambda$.",
        r"Let $y = x^2 / 2$. At this point $\frac{dy}{dx} = 1$.",
        r"Let $y = x^2 / 2$. A differential equation: $\frac{dy}{dx} = x + y$.",
        r"Let $y = x^2 / 2$. Now $y = x^3$. In (3), where $y$ is left out, $\frac{dy}{dx} = 5 x$.",
        r"Let $y = x^2 / 2$. A different example: $\frac{dy}{dx} = 3x$.",
    ],
)
def test_where_something_may_save_it_nothing_is_refuted(text):
    assert verdict(text) != "Refuted"


@pytest.mark.parametrize(
    "text",
    [
        r"Let $z = 2 x + 1$. Then $\frac{dz}{dx} = 3$.",
        r"Let $y = x^2 / 2$. Then $\frac{dy}{dx} = x + 1$.",
    ],
)
def test_a_wrong_derivative_is_no_value_at_a_point(text):
    assert verdict(text) == "Refuted"


@pytest.mark.parametrize(
    ("latex", "found"),
    [
        (r"g'(k)", ("g", "k", 1)),
        (r"f''(x)", ("f", "x", 2)),
        (r"\frac{\partial L}{\partial w}", ("L", "w", 1)),
        (r"\frac{\mathrm{d} X}{\mathrm{d} W}", ("X", "W", 1)),
        (r"\frac{d}{dx} f(x)", ("f", "x", 1)),
    ],
)
def test_derivatives_are_recognised(latex, found):
    derivative = derivative_of(parse(latex).statements[0])
    assert derivative is not None
    assert (derivative.name, key(derivative.variable), derivative.times) == found


@pytest.mark.parametrize("latex", ["g(k)", r"\frac{a}{b}", "x'", r"\frac{d}{dx} f(y)"])
def test_other_notation_is_none(latex):
    assert derivative_of(parse(latex).statements[0]) is None


CUBE = "Let $g(u) = u^3 - 2 u$. "


@pytest.mark.parametrize("before", ["Setting the derivative to zero,", "We set the slope equal to zero:"])
@pytest.mark.parametrize(("sign", "expected"), [("-", ("Proved", "Supported")), ("+", ("Refuted",))])
def test_what_is_set_to_zero_is_the_last_member_and_the_links_before_are_derived(before, sign, expected):
    document = read_document("page.md", (CUBE + before + rf" $$g'(u) = 3 u^2 {sign} 2 = 0.$$").encode())
    link, zero = examine(document, Options(), lambda *_: None, {}).judged[-2:]
    assert link.kind == "claim" and type(link.verdict).__name__ in expected
    assert zero.kind == "equation-to-solve"


def test_what_is_supposed_in_another_way_saves_a_link_before_zero():
    text = CUBE + r"Suppose that $$g'(u) = 3 u^2 + 2 = 0.$$"
    judged = examine(read_document("page.md", text.encode()), Options(), lambda *_: None, {}).judged
    assert not any(type(j.verdict).__name__ == "Refuted" for j in judged)


def test_a_derivative_of_what_is_defined_is_a_claim_where_a_doubt_keeps_it_open():
    found = last(CUBE + r"Suppose that $\frac{d}{du} g(u) = 3 u^2 + 2$.")
    assert found.kind == "claim" and type(found.verdict).__name__ == "Undecided"
