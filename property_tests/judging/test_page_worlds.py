"""Relations in worlds of their page: what the page says makes them hold, or makes their wrong twins fail."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(page: str) -> Judged:
    return examine(read_document("a.md", page.encode()), Options()).judged[-1]


TWINS = (
    # what is defined is put in, functions that words name as well
    ("Let $g(u) = \\log(1 + e^{-u})$ and $D(x) = \\sigma(h(x))$, where $\\sigma$ is the sigmoid. Then\n\n$$%s$$\n",
     r"\mathbb E_{x \sim p}[\log D(x)] = -\mathbb E_{x \sim p}[g(h(x))]",
     r"\mathbb E_{x \sim p}[\log D(x)] = -\mathbb E_{x \sim p}[g(-h(x))]"),
    # an entry of a vector that is defined as a whole
    ("With $q = \\operatorname{softmax}(u)$, $u \\in \\mathbb R^n$, the derivative is\n\n$$%s$$\n",
     r"\frac{\partial q_a}{\partial u_b} = q_a (\delta_{ab} - q_b)",
     r"\frac{\partial q_a}{\partial u_b} = q_a (1 - q_b)"),
    # dots are a list, and indices shift
    ("The return is\n\n"
     "$$R_{t:t+m} = r_t + \\gamma r_{t+1} + \\cdots + \\gamma^{m-1} r_{t+m-1} + \\gamma^m W(s_{t+m}).$$\n\n"
     "So we get\n\n$$%s$$\n",
     r"R_{t:t+m} = r_t + \gamma R_{t+1:t+m}", r"R_{t:t+m} = r_t + \gamma R_{t+1:t+m+1}"),
    # a loss depends on what its derivative is taken in
    ("Let $a_j = \\sum_i v_{ji} x_i$ and let $e_j = \\partial L / \\partial a_j$. By the chain rule\n\n$$%s$$\n",
     r"\frac{\partial L}{\partial v_{ji}} = e_j x_i", r"\frac{\partial L}{\partial v_{ji}} = -e_j x_i"),
    # a sample with the moments that words tell
    ("For i.i.d. observations with variance $\\tau^2$ and $\\bar Y = \\frac1n \\sum_{i=1}^n Y_i$,\n\n$$%s$$\n",
     r"\mathbb E\left[\sum_{i=1}^n (Y_i - \bar Y)^2\right] = (n - 1) \tau^2",
     r"\mathbb E\left[\sum_{i=1}^n (Y_i - \bar Y)^2\right] = n \tau^2"),
    # no independence is needed
    ("Whatever the $X_i$ are, as their second moments are finite,\n\n$$%s$$\n",
     r"\operatorname{Var}\Big(\sum_{i=1}^n X_i\Big) = \sum_{i=1}^n \operatorname{Var}(X_i) "
     r"+ 2 \sum_{i<j} \operatorname{Cov}(X_i, X_j)",
     r"\operatorname{Var}\Big(\sum_{i=1}^n X_i\Big) = \sum_{i=1}^n \operatorname{Var}(X_i) "
     r"+ \sum_{i<j} \operatorname{Cov}(X_i, X_j)"),
    # where a function is largest
    ("The log-likelihood is $\\ell(\\theta) = -n \\log \\theta - \\frac1\\theta \\sum_{i=1}^n x_i$ "
     "with $x_i > 0$, hence\n\n$$%s$$\n",
     r"\operatorname*{arg\,max}_{\theta > 0} \ell(\theta) = \frac1n \sum_{i=1}^n x_i",
     r"\operatorname*{arg\,max}_{\theta > 0} \ell(\theta) = \frac{n}{\sum_{i=1}^n x_i}"),
    # second derivatives
    ("Let $g(v) = \\frac13 \\|C v - d\\|^2$ with $C \\in \\mathbb R^{p \\times m}$. The matrix of second derivatives is"
     "\n\n$$%s$$\n",
     r"\nabla^2 g(v) = \frac23 C^\top C", r"\nabla^2 g(v) = \frac23 C C^\top"),
    # a set of data is nothing to be solved for
    ("Over the training set $T$ the loss is $h(v) = \\sum_{(a, b) \\in T} e^{-b v^\\top a}$, and differentiating gives"
     "\n\n$$%s$$\n",
     r"\nabla_v h(v) = -\sum_{(a, b) \in T} e^{-b v^\top a} b a",
     r"\nabla_v h(v) = -\sum_{(a, b) \in T} e^{b v^\top a} b a"),
    # what is left out changes a factor or a summand, nothing within
    ("Dropping constants, $h(v) = \\sum_{(z, b) \\in T} (e^{v^\\top z} - b v^\\top z)$ and\n\n$$%s$$\n",
     r"\nabla_v h(v) = \sum_{(z, b) \in T} (e^{v^\top z} - b) z",
     r"\nabla_v h(v) = \sum_{(z, b) \in T} (v^\top z - b) z"),
    # an example in which a name is one saves nothing that fails there as well
    ("Let $B_k = \\sum_{n=0}^{N-1} a_n (k + 2)^n$. For example, $B_k = 1$ for $a = (1, 0, 0)$. In general\n\n$$%s$$\n",
     r"\sum_{k=0}^1 B_k = \sum_{n=0}^{N-1} a_n (2^n + 3^n)", r"\sum_{k=0}^1 B_k = \sum_{n=0}^{N-1} a_n (2^n - 3^n)"),
    # shapes that fit in no reading
    ("Let $z = W x$ with $W \\in \\mathbb R^{m \\times n}$ and $g = \\partial L / \\partial z$. Then\n\n$$%s$$\n",
     r"\frac{\partial L}{\partial W} = g x^\top", r"\frac{\partial L}{\partial W} = x g^\top"),
)  # fmt: skip


@pytest.mark.parametrize(("page", "right", "wrong"), TWINS)
def test_what_the_page_says_tells_right_from_wrong(page: str, right: str, wrong: str) -> None:
    assert isinstance(last(page % right).verdict, Supported)
    found = last(page % wrong)
    assert isinstance(found.verdict, Refuted)
    assert found.rule == "E311" and found.verdict.repair is not None


SILENT = (
    ("From the square we get $w = z (1 - s)$ or\n\n$$w = z (1 + s).$$\n", "a second solution"),
    ("For $n = 1$ it gives $A = B - n$. In the next case it gives\n\n$$A = B + n.$$\n", "another case"),
    ("The loss is $L(a, b) = (a - b)^2$. For the median the loss is\n\n$$L(a, b) = |a - b|$$\n", "another body"),
    ("The map $f(x) = x$ is continuous. So is the next one on $[0, 1]$.\n\n$$f(x) = \\sqrt{x}$$\n", "another body"),
    (
        "The chain is reversible where\n\n$$\\pi(x) T(y \\mid x) = \\pi(y) T(y \\mid x)$$\n",
        "a condition, not a consequence",
    ),
    ("Up to terms that don't depend on $x$, with $f(x) = x^2 + c$,\n\n$$f(x) + 1 = x^2$$\n", "up to a constant"),
    (
        "Dropping constant factors, let $f(x) = 2 \\log x + x^2$. Then, as wanted before,\n\n$$f'(x) = 1/x + x$$\n",
        "a factor of the whole that is left out",
    ),
    ("With $S = x^2 + y^2$, in polar coordinates\n\n$$S + 1 = r^2 + 1$$\n", "r is not explained"),
)


@pytest.mark.parametrize(("page", "why"), SILENT)
def test_nothing_is_said_where_something_else_may_be_meant(page: str, why: str) -> None:
    assert isinstance(last(page).verdict, NotAClaim | Undecided), why


def test_a_moment_that_is_only_restated_supports_nothing() -> None:
    page = "Let $X \\sim \\mathcal{MN}(M, U, V)$. Then $\\mathrm{E}[X] = M$.\n\nIn the end\n\n$$\\mathrm{E}[X] = M.$$\n"
    assert not isinstance(last(page).verdict, Supported)


def test_support_says_where_independence_was_used() -> None:
    page, right, _ = next(t for t in TWINS if "i.i.d." in t[0])
    assert any("independent" in said for said in last(page % right).where)
    page, right, _ = TWINS[0]
    assert not any("independent" in said for said in last(page % right).where)


def test_independence_that_is_denied_is_not_used() -> None:
    sum_rule = "\\operatorname{Var}(X_1 + X_2) = \\operatorname{Var}(X_1) + \\operatorname{Var}(X_2)"
    page = f"The $X_i$ are %s. Then\n\n$${sum_rule}.$$\n"
    assert isinstance(last(page % "independent").verdict, Supported)
    assert not isinstance(last(page % "not independent").verdict, Supported)


def test_a_refutation_shows_plain_values_where_it_can() -> None:
    page = "Let $f(x) = x^2 + 1$ and $g(x) = 2 f(x)$. It follows that\n\n$$g(x) - f(x) = 1 - x^2.$$\n"
    found = last(page).verdict
    assert isinstance(found, Refuted)
    assert found.by.witness


POLICY = "For every $s$,\n\n$$w(s) = \\sum_a g(s, a) q(s, a).$$\n\nAt the next state it is\n\n"


def test_a_law_with_its_arguments_told_apart_by_name_is_not_confused_by_what_is_put_in() -> None:
    """q(s, a) is one law of its names in any order, but not where S_{t+1} is put in, which comes before a."""
    right = "$$w(S_{t+1}) = \\sum_a g(S_{t+1}, a) q(S_{t+1}, a)$$"
    assert not isinstance(last(POLICY + right).verdict, Refuted)
    assert isinstance(last(POLICY + right.replace("S_{t+1}", "z")).verdict, Supported)
    assert isinstance(last(POLICY + "$$w(z) = \\sum_a g(z, a) q(z, a)^2$$").verdict, Refuted)


def test_sets_meet_in_any_order() -> None:
    page = "Let $m = |A \\cap B|$ and $n = |A|$.\n\n$$ F = n - m + 1 = |A| - |B \\cap A| %s $$"
    assert not isinstance(last(page % "+ 1").verdict, Refuted)
    assert not isinstance(last(page % "- 1").verdict, Supported)


def test_what_is_said_again_is_not_refuted_by_what_was_said_first() -> None:
    first = "The fixed point is $w^* = A^{-1} b$, where $A$ is a matrix.\n\n$$ M = A (A^T A)^{-1} A^T $$\n\n"
    assert not isinstance(last(first + "So it is $w^* = A^{-1} b$.").verdict, Refuted)
