"""Slips: each changes the term, and the usual mistakes are among them."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.judging.slips import slips
from errata.meaning.elaborate import elaborate, notations, spelled
from errata.meaning.terms import Ref, Term, add, inverse, mul, negative, number, power
from errata.reading.parser import parse
from errata.reading.sources import read_document


def term(latex: str) -> Term:
    root = parse(latex)
    return elaborate(root.statements[0], next(notations(root)))


PLANTED = (
    ("a + b", "a - b", "sign"),
    (r"\frac{1}{2} x^2", r"x^2", "lost factor"),
    (r"x^2", r"x", "power"),
    (r"\sqrt{x} y", r"x y", "power"),
    (r"A^{-1} b", r"A b", "inverse"),
    (r"A^\top b", r"A b", "transpose"),
    (r"A B c", r"B A c", "order"),
    (r"\frac{a}{b}", r"\frac{b}{a}", "inverse"),
    (r"y \log x", r"y x", "lost log"),
    (r"\sum_{i=1}^n x_i", r"\sum_{i=0}^n x_i", "range"),
    (r"\max_k x_k", r"\min_k x_k", "extremum"),
    (r"x_{t-1} + y", r"x_{t} + y", "index"),
    (r"p(x \mid z) q", r"p(z \mid x) q", "conditional"),
    (r"1 + f'(x)", r"1 + f(x)", "prime"),
    (r"\sqrt{a b} + c", r"\sqrt{a} b + c", "scope"),
    (r"\frac{p(x) q(y)}{p(y) r}", r"\frac{p(y) q(y)}{p(x) r}", "exchanged"),
    (r"p(x \mid y) p(y)", r"p(x \mid y) p(y \mid x)", "conditional"),
)


@pytest.mark.parametrize(("right", "wrong", "kind"), PLANTED)
def test_the_usual_mistakes_are_made(right: str, wrong: str, kind: str) -> None:
    found = {spelled(s.term): s.kind for s in slips(term(right))}
    assert found.get(spelled(term(wrong))) == kind


@pytest.mark.parametrize("latex", [right for right, _, _ in PLANTED])
def test_a_slip_changes_the_term_and_is_made_once(latex: str) -> None:
    made = [spelled(s.term) for s in slips(term(latex))]
    assert spelled(term(latex)) not in made
    assert len(made) == len(set(made))


def test_symbols_are_put_in_for_one_another_only_where_they_are_given() -> None:
    assert not any(s.put_in for s in slips(term("a b")))
    assert any(s.put_in == "c" for s in slips(term("a b"), ["c"]))


def test_what_should_be_there_is_said_in_the_names_of_the_page() -> None:
    made = {s.kind: s for s in slips(mul(add(Ref("a"), number(3)), inverse(Ref("b"))))}
    assert made["swapped"].said({"a": "x", "b": "y"}) == "$x$ and $y$ have changed places"
    assert made["swapped"].term == mul(add(Ref("b"), number(3)), inverse(Ref("a")))


def test_one_minus_a_share_may_have_lost_its_one() -> None:
    other = add(number(1), negative(Ref("p")))
    (found,) = [s for s in slips(power(other, Ref("g"))) if s.kind == "complement"]
    assert found.term == power(Ref("p"), Ref("g"))
    assert not [s for s in slips(add(number(2), negative(Ref("p")))) if s.kind == "complement"]


PAIR = (
    "Write $p_r$ for the density of real images and $p_g$ for that of generated ones. The optimal discriminator is\n\n"
    "$$D^*(x) = \\frac{%s}{p_r(x) + p_g(x)}$$\n"
)


def test_roles_of_symbols_with_labels_tell_them_apart() -> None:
    pages = (read_document("a.md", (PAIR % top).encode()) for top in ("p_r(x)", "p_g(x)"))
    right, wrong = (examine(page, Options()).judged[-1] for page in pages)
    assert isinstance(right.verdict, Supported)
    assert isinstance(wrong.verdict, Refuted)
    assert wrong.label is not None and "p_{r}" in wrong.label
