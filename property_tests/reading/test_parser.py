"""The reader owns every token once: what goes in comes out again, in order, or is an opaque node."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errata.reading.layout import prepare
from errata.reading.lexer import TooLarge, tokenize
from errata.reading.notation import ALIGNED
from errata.reading.parser import parse
from errata.reading.tree import Factors, Gap, Lines, Node, Num, Opaque, Sym, children, opaque_parts, walk
from errata.reading.unparse import WRITERS, to_latex
from property_tests.reading.formulas import FORMULAS, NOTATIONS, SOUP
from property_tests.reading.shared import shared_formulas

_LOOK = frozenset({",", ";", ".", ":", r"\quad", r"\qquad", r"\left", r"\right", "&"})
"""Tokens that a tree need not give back: punctuation, wide spaces, the growth of brackets."""


def substance(latex: str) -> str:
    """What a formula says, token by token: spaces, punctuation, braces and the look of brackets left out."""
    out: list[str] = []
    for t in prepare(tokenize(latex)):
        if t.kind in ("begin", "end") and t.text.partition("\0")[0].rstrip("*") in ALIGNED | {"eqnarray", "array"}:
            continue
        if t.kind == "break" or t.text in _LOOK or t.text in "{}":
            continue
        text = t.text.partition("\0")[2] if t.kind in ("text", "name") else t.text
        out.append(text.replace("||", "|"))
    text = re.sub(r"\s|\\\\", "", "".join(out))
    return re.sub(r"('+)(_[A-Za-z0-9]|\^[A-Za-z0-9])", r"\2\1", text)  # primes may stand before or after an index


@pytest.mark.parametrize("latex", NOTATIONS)
def test_each_notation_is_read_whole_and_given_back(latex: str) -> None:
    tree = parse(latex)
    assert opaque_parts(tree) == ()
    assert substance(to_latex(tree)) == substance(latex)


@given(FORMULAS)
def test_generated_formulas_are_read_whole_and_given_back(latex: str) -> None:
    tree = parse(latex)
    assert opaque_parts(tree) == ()
    assert substance(to_latex(tree)) == substance(latex)
    assert parse(to_latex(tree)) is not tree and substance(to_latex(parse(to_latex(tree)))) == substance(latex)


def test_no_formula_of_the_courses_loses_a_token() -> None:
    lost = []
    for path, line, latex, macros in shared_formulas():
        if any(t.kind == "command" and t.text[1:] in macros for t in tokenize(latex)):
            continue
        tree = parse(latex, macros)
        primes_moved = re.sub(r"'|\\prime|′", "", substance(to_latex(tree)))
        undotted = re.sub(r"\\cdot\s*(?=d[a-z]\b)", "", latex)  # before a differential a dot multiplies nothing
        if not opaque_parts(tree) and primes_moved != re.sub(r"'|\\prime|′", "", substance(undotted)):
            lost.append((path, line, latex))
    assert lost == []


def test_the_check_of_lost_tokens_sees_a_lost_token() -> None:
    tree = parse(r"a + b c = d")
    chain = tree.statements[0]
    terms = chain.items[0]  # type: ignore[union-attr]
    without = Factors(terms.start, terms.end, ("",), (terms.items[1].items[0],))
    assert substance(to_latex(without)) != substance("a + b c")


@settings(max_examples=300)
@given(SOUP)
def test_token_soup_is_read_without_a_crash_and_inside_its_bounds(latex: str) -> None:
    tree = parse(latex)
    assert isinstance(tree, Lines)
    for node in walk(tree):
        assert 0 <= node.start <= node.end <= len(latex)


@settings(max_examples=200)
@given(st.sampled_from(NOTATIONS), st.data())
def test_truncated_and_mutated_formulas_are_read_without_a_crash(latex: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(latex)))
    insert = data.draw(SOUP)
    for mutant in (latex[:cut], latex[cut:], latex[:cut] + insert + latex[cut:]):
        assert isinstance(parse(mutant), Lines)


@pytest.mark.parametrize("latex", [r"\text{KL}(\pi_\theta \pi_0)", "D_{KL}(p q)", r"q_\phi(z x)"])
def test_two_names_without_the_sign_between_them_are_no_product(latex: str) -> None:
    [lost] = opaque_parts(parse(latex))
    assert "missing" in lost.why
    assert substance(to_latex(parse(latex))) == substance(latex)


@pytest.mark.parametrize("latex", NOTATIONS)
def test_children_lie_inside_their_parent_and_in_order(latex: str) -> None:
    def check(node: Node) -> None:
        for child in children(node):
            if not isinstance(child, Gap):
                assert node.start <= child.start <= child.end <= node.end, (node, child)
            check(child)

    check(parse(latex))


def test_every_kind_of_node_can_be_written_back() -> None:
    assert set(WRITERS) == set(get_args(Node))


def test_the_span_of_a_leaf_is_its_text() -> None:
    latex = r"\alpha_{1} + \beta = 0.25 \cdot \mathbf{x}"
    for node in walk(parse(latex)):
        if isinstance(node, Num | Sym) and node.end > node.start:
            written = latex[node.start : node.end]
            assert written == (node.text if isinstance(node, Num) else node.latex)


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"p(x|z) p(z)", "p(x | z)·p(z)"),
        (r"0.5 |z|^2", "0.5·|z|^2"),
        (r"Y | x \sim p", "Y | x ∼ p"),
        (r"\mathrm{KL}(p \| q)", "KL(p ‖ q)"),
        (r"|x||y|", "|x|·|y|"),
        (r"\log 2 \pi \sigma^2 - 1", "log(2·π·σ^2) - 1"),
        (r"\log a \cdot b", "log(a)·b"),
        (r"\int f(x) + g(x) \, dx = 1", "integral(f(x) + g(x) dx) = 1"),
        (r"\sum_i a_i + b", "sum[i](a_i) + b"),
        (r"n(n-1)", "n·(n - 1)"),
        (r"p(1-p)", "p·(1 - p)"),
        (r"p^{y_i} (1-p)^{n-k}", "p^y_i·(1 - p)^(n - k)"),
        (r"p_i(1-p_j)", "p_i·(1 - p_j)"),
        (r"p_\theta(x_1)", "p_θ(x_1)"),
        (r"T (Y-X)^\mathrm{T} P (Y-X) + |T| |P|", "T·(Y - X)^T·P·(Y - X) + |T|·|P|"),
        (r"C \left( \frac{a}{b} Q \right) C^\top", "C·(a/b·Q)·C^⊤"),
        (r"P(A+B) + F^{-1}(p)", "P(A + B) + F^(-1)(p)"),
        (r"b C_1 (s V)^{-1} C_{1}^\mathrm{T}", "b·C_1·(s·V)^(-1)·C_1^T"),
        (r"S (X + Y)^{-1} + E(X)^{-1}", "S·(X + Y)^(-1) + E(X)^(-1)"),
        (r"(y-x)^\mathrm{T} P (y-x) + y^\mathrm{T} P y", "(y - x)^T·P·(y - x) + y^T·P·y"),
        (r"\eta_\theta(\cdot)", "η_θ(·)"),
        (r"J_{g^{-1}}(y) + x_{i_j}", "J_(g^(-1))(y) + x_(i_j)"),
        (r"|J_g^{-1}(x)| |J_g(x)|", "|J_g^(-1)(x)|·|J_g(x)|"),
        (r"dx = f(x, t) dt + \log g(t) dW", "dx = f(x, t)·dt + log(g(t))·dW"),
        (r"d = dx + y", "d = d·x + y"),
        (r"f(dp/dq) + d p x", "f(dp/dq) + d·p·x"),
        (r"n (y_{\bullet})^2 + f(x)^2", "n·(y_•)^2 + f(x)^2"),
        (r"\mu_\phi(\mathbf{x}_i) + \sigma_\phi^2(X, A)", "μ_ϕ(bold x_i) + σ_ϕ^2(X, A)"),
        (r"p_1(2q_1 - 1) + p_K(2q_K - 1)", "p_1·(2·q_1 - 1) + p_K·(2·q_K - 1)"),
        (r"q_i^2 (\sum_k r_k) + p_X(1-x)", "q_i^2·(sum[k](r_k)) + p_X(1 - x)"),
        (r"a I_n [X Y] + I_n(X; Y) + I_0(\kappa)", "a·I_n·[X·Y] + I_n(X; Y) + I_0(κ)"),
        (r"p\left( \left. y \right| x = 1 \right)", "p(y | x = 1)"),
        (r"\left. f(x) \right|_{x=1} + 2", "f(x)|_(x = 1) + 2"),
        (r"p(p) \propto p^{a}(1-p)", "p(p) ∝ p^a·(1 - p)"),
        (r"f_F(f) + f_X(u f w)", "f_F(f) + f_X(u·f·w)"),
        (r"\Phi^{-1}(1-x) + \psi^{-1}[a + b]", "Φ^(-1)(1 - x) + ψ^(-1)[a + b]"),
        (r"k = A^{-1}(x + y), A(\kappa) = 1", "k = A^(-1)(x + y), A(κ) = 1"),
        (r"\lambda ( \log |X| - h )", "λ·(log|X| - h)"),
        (r"(2n-1)!! + n! !", "(2·n - 1)!! + n!!"),
        (r"\ln (n-1)! + \log_2(n)!", "ln((n - 1)!) + log_2((n)!)"),
        (r"\sin (n)! + f(n)!", "sin(n)! + f(n)!"),
        (r"\left[ \left( 2 + \right. \right. \\ & \left. \left. y \right) \right]", "[(2 + y)]"),
        (r"\Delta x", "Δx"),
        (r"f(f(x))", "f(f(x))"),
        (r"r^2 + r_0^2 - 2 r r_0 (\cos x + 1)", "r^2 + r_0^2 - 2·r·r_0·(cos(x) + 1)"),
        (r"\varphi(0) + \sigma(1-\sigma) + \sigma(x)", "φ(0) + σ·(1 - σ) + σ(x)"),
        (r"\mathrm{d}\mathrm{Var}(p)/\mathrm{d}p", "dVar(p)/dp"),
        (r"a(1-p) = p(n-a)", "a·(1 - p) = p·(n - a)"),
        (r"p(x+h) = 1 - q", "p(x + h) = 1 - q"),
        (r"d_1 - d_1 y + f = d_1(1 - y) + f(1 - y)", "d_1 - d_1·y + f = d_1·(1 - y) + f(1 - y)"),
        (r"\mu_\theta(\mathbf{x})", "μ_θ(bold x)"),
        (r"W \sim \chi^2(n)", "W ∼ χ^2(n)"),
        (r"\Sigma(X+a) = \Sigma(X)", "Σ(X + a) = Σ(X)"),
        (r"a(2-y) + a(x)", "a·(2 - y) + a(x)"),
        (r"{}_1 F_1(a,b,t)", "_1F_1(a, b, t)"),
        (r"p^{\#H}", "p^(#H)"),
        (r"P(\text{class } k)", "P(“class” k)"),
        (r"(a-x) f(x) \Big|_{x=a} + b", "(a - x)·f(x) |_(x = a) + b"),
        (r"c e^{-t} \Big|_{x = 0}^{x = \infty}", "c·e^(-t) |_(x = 0)^(x = ∞)"),
        (r"\frac{\mathrm{d}^n}{\mathrm{d}z_1 \ldots \mathrm{d}z_n} F(z)", "d^n/(dz_1 … dz_n)·F(z)"),
        (r"\frac{d}{dx} (x+1)", "d/dx (x + 1)"),
        (r"\mathrm{d}y = |J| \, \mathrm{d}x", "dy = |J|·dx"),
        (r"\sum_{\substack{t \in A \\ t \le x}} f(t)", "sum[[t ∈ A; t ≤ x]](f(t))"),
        (r"\prod_{i=1}^n a_i \cdot \prod_{i=1}^n b_i", "product[(i = 1)..n](a_i)·product[(i = 1)..n](b_i)"),
        (r"\prod_{i=1}^n a_i \cdot c", "product[(i = 1)..n](a_i·c)"),
        (r"f_\mathrm{max}", "f_max"),
        (r"\prod_{i=1}^n c \cdot a_i", "product[(i = 1)..n](c·a_i)"),
        (r"\sum_{i=1}^n a_i \cdot \sum_j b_j", "sum[(i = 1)..n](a_i·sum[j](b_j))"),
        (r"f(n-1)", "f(n - 1)"),
        (r"\frac12", "1/2"),
        (r"x^12", "x^1·2"),
        (r"\arg\max_\theta f(\theta) + \lambda = 1", "argmax[θ](f(θ) + λ) = 1"),
        (r"(1,200)", "(1, 200)"),
        (r"(200,000)^3", "(200,000)^3"),
        (r"200,000", "200,000"),
        (r"a = b \quad \text{(by Bayes)}", "a = b “(by Bayes)”"),
        (r"\text{SE($x$)} + 1", "SE(x) + 1"),
        (r"\text{$\operatorname{sd}$ is large}", "sd “is large”"),
        (r"a \text{ if $x > 0$}", "a “if” x > 0"),
        (r"J[i, j]", "J[i, j]"),
        (r"U_{ij}", "U_ij"),
        (r"a &= b + \\ & c", "a = b + c"),
    ],
)
def test_notation_is_read_as_meant(latex: str, words: str) -> None:
    from errata.reading.words import words as said

    assert said(parse(latex)) == words


@pytest.mark.parametrize(
    "latex",
    [
        "x_{" * 200 + "}" * 200,
        "(" * 800 + ")" * 800,
        "+".join(["x"] * 3_000),
        "a" * 200_000,
        "{" * 5_000,
        r"\left(" * 300,
        "|" * 999,
        r"\frac" * 500,
        r"\log" + "-" * 4_000,
        r"\log " * 900,
        "-" * 4_000,
        "x" + "'" * 900,
        "^" * 900,
        "9^{9^{9^9}}",
        "\x00\x1b[31m",
    ],
    ids=lambda s: s[:12],
)
def test_hostile_formulas_are_read_or_refused(latex: str) -> None:
    tree = parse(latex)
    assert isinstance(tree, Lines)


def test_a_formula_beyond_the_bounds_says_which_bound() -> None:
    (statement,) = parse("x_{" * 200 + "}" * 200).statements
    assert isinstance(statement, Opaque) and "levels of nesting" in statement.why


def test_a_sum_of_many_terms_is_one_node() -> None:
    (statement,) = parse("+".join(["x"] * 2_000)).statements
    assert len(statement.items) == 2_000  # type: ignore[union-attr]


def test_a_command_that_sets_type_is_opaque_with_its_place() -> None:
    (part,) = opaque_parts(parse(r"a + \setbox b"))
    assert (part.text, part.start) == (r"\setbox", 4)


def test_too_many_tokens_are_refused() -> None:
    with pytest.raises(TooLarge, match="tokens"):
        tokenize("x " * 6_000)


@pytest.mark.parametrize(
    ("latex", "signs"),
    [(r"t \% s", ("", r"\%")), (r"(t + 1) \% t", ("", r"\%")), (r"7 \% 4", ("", r"\%")), (r"5 \% x", ("", ""))],
)
def test_a_percent_sign_before_a_factor_leaves_a_remainder_but_after_a_number(latex: str, signs: tuple[str]) -> None:
    (product,) = parse(latex).statements
    assert isinstance(product, Factors) and product.signs == signs
