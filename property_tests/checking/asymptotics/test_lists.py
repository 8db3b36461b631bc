"""Limits over lists and finite laws: those that hold, the slips in them, and what no list is told of."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim, Refuted, Supported, Undecided
from errata.checking.asymptotics.lists import lists_in
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered


def last(text):
    return examine(read_document("a.md", text), Options()).judged[-1].verdict


OF_LISTS = [
    (r"\frac1\beta \log \sum_{i=1}^n e^{\beta x_i}", r"\beta \to \infty", r"\max_i x_i", r"\min_i x_i"),
    (r"-\frac1\beta \log \sum_{i=1}^n e^{-\beta x_i}", r"\beta \to \infty", r"\min_i x_i", r"\max_i x_i"),
    (r"T \log \sum_i \exp(x_i / T)", r"T \to 0", r"\max(x_1, \dots, x_n)", r"\min(x_1, \dots, x_n)"),
    (r"\|x\|_p", r"p \to \infty", r"\max_i |x_i|", r"2 \max_i |x_i|"),
    (r"\left( \sum_i |x_i|^p \right)^{1/p}", r"p \to \infty", r"\|x\|_\infty", r"\sum_i |x_i|"),
    (r"\frac{e^{z_i / T}}{\sum_{j=1}^K e^{z_j / T}}", r"T \to \infty", r"\frac1K", "0"),
    (r"\mathrm{softmax}(z / T)_i", r"T \to 0", r"\mathbb 1[i = \arg\max_j z_j]", r"\frac1K"),
    (r"\mathrm{softmax}(\beta z)_i", r"\beta \to 0", r"\frac1K", r"\frac{2}{K}"),
]


@pytest.mark.parametrize(("left", "place", "right", "wrong"), OF_LISTS)
def test_limits_over_lists_and_slips_in_them(left, place, right, wrong):
    for form in (r"$$ \lim_{{{1}}} {0} = {2} $$", "As ${1}$,\n\n$$ {0} \\to {2} $$"):
        assert isinstance(last(form.format(left, place, right)), Supported), form
        assert isinstance(last(form.format(left, place, wrong)), Refuted), form


def test_the_least_of_a_list_is_not_its_greatest():
    claim = r"$$ \lim_{T \to 0} \mathrm{softmax}(z / T)_i = \mathbb 1[i = \arg\min_j z_j] $$"
    assert not isinstance(last(claim), Supported)


RENYI = r"The Rényi divergence is $D_\alpha(p \| q) = \frac{1}{\alpha - 1} \log \sum_x p(x)^\alpha q(x)^{1 - \alpha}$."
ENTROPY = r"The Rényi entropy of $p$ is $H_\alpha(p)$."
TSALLIS = r"Let $S_r(p) = \frac{1}{r - 1} \left(1 - \sum_i p_i^r\right)$ be the entropy of a distribution."
ALPHA = r"The divergence is $D_a(p \| q) = \frac{1}{a (a - 1)} \left(\sum_x p(x)^a q(x)^{1 - a} - 1\right)$."
OF_LAWS = [
    (RENYI, r"D_\alpha(p \| q)", r"\alpha \to 1", r"D_{\mathrm{KL}}(p \| q)", r"D_{\mathrm{KL}}(q \| p)"),
    (RENYI, r"D_\alpha(p \| q)", r"\alpha \to \infty", r"\log \max_x \frac{p(x)}{q(x)}", r"\max_x \frac{p(x)}{q(x)}"),
    (ENTROPY, r"H_\alpha(p)", r"\alpha \to 1", r"-\sum_x p(x) \log p(x)", r"\sum_x p(x) \log p(x)"),
    (ENTROPY, r"H_\alpha(p)", r"\alpha \to \infty", r"-\log \max_x p(x)", r"\log \max_x p(x)"),
    (TSALLIS, r"S_r(p)", r"r \to 1", r"-\sum_i p_i \log p_i", r"-\frac12 \sum_i p_i \log p_i"),
    (ALPHA, r"D_a(p \| q)", r"a \to 1", r"\mathrm{KL}(p \| q)", r"\mathrm{KL}(q \| p)"),
    (ALPHA, r"D_a(p \| q)", r"a \to 0", r"\mathrm{KL}(q \| p)", r"\mathrm{KL}(p \| q)"),
]


@pytest.mark.parametrize(("said", "left", "place", "right", "wrong"), OF_LAWS)
def test_limits_of_divergences_and_entropies(said, left, place, right, wrong):
    assert isinstance(last(rf"{said} $$ \lim_{{{place}}} {left} = {right} $$"), Supported)
    assert isinstance(last(rf"{said} $$ \lim_{{{place}}} {left} = {wrong} $$"), Refuted)


def test_a_divergence_that_nothing_is_said_of_may_be_any():
    for claim in (r"\mathrm{KL}(p \| q)", r"\mathrm{KL}(q \| p)"):
        found = last(rf"$$ \lim_{{\alpha \to 1}} D_\alpha(p \| q) = {claim} $$")
        assert isinstance(found, Undecided | NotAClaim)


@pytest.mark.parametrize(
    "latex", [r"\sum_{i=2}^n x_i", r"\sum_{i=1}^{n-1} x_i", r"\max_{i \ne j} x_i", r"\|a + b\|_p", r"\int_0^1 p(x) dx"]
)
def test_parts_of_lists_are_not_written_out(latex):
    node = parse(latex).statements[0]
    lists = lists_in(node, parse("n").statements[0], frozenset(), {})
    assert lists is not None
    with pytest.raises(Unlowered):
        lists.of(node)


def test_members_and_masses_are_written_out():
    def written(latex, laws=frozenset()):
        node = parse(latex).statements[0]
        lists = lists_in(node, node, laws, {})
        assert lists is not None
        return to_latex(lists.of(node))

    assert written(r"\max_i a_i") == r"\max(a_1 , a_2 , a_3)"
    assert written(r"\frac1n \sum_{i=1}^n a_i") == r"\frac{1}{3} ((a_1) + (a_2) + (a_3))"
    assert "mass" in written(r"\sum_i p_i", frozenset({"p"})) and "mass" not in written(r"\sum_i p_i")
    assert (
        lists_in(parse(r"\sum_{i=1}^n \sum_{j=1}^m a_{ij}").statements[0], parse("0").statements[0], frozenset(), {})
        is None
    )
