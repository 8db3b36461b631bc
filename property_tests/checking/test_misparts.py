"""A step that is wrong in one part of it, whatever stands around that."""

from __future__ import annotations

import pytest

from claims.verdict import IllFormed, Refuted
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(first: str, second: str, before: str = "") -> Judged:
    notes = f"{before}We find\n\n$$ \\begin{{split}} Q &= {first} \\\\ &= {second} \\end{{split}} $$\n"
    return examine(read_document("a.md", notes.replace("'", r"^\mathrm{T}")), Options()).judged[-1]


@pytest.mark.parametrize(
    ("first", "second", "slip"),
    [
        (r"\langle (m - k)' (2 L) (m - k) \rangle_{q(z)}", r"\langle (m - k)' L (m - k) \rangle_{q(z)}", "factor"),
        (r"\mathrm{W}[k (a + b)^2]", r"\mathrm{W}[k a^2 + k a b + k b^2]", "factor"),
        (
            r"\mathrm{W} [\sum_{x=0}^z \mathrm{Bin}(x; n, p)]",
            r"\mathrm{W} [\sum_{x=0}^z {n \choose x} p^x \frac{1}{2} (1 - p)^{n-x}]",
            "factor",
        ),
    ],
)
def test_the_slip_is_found_in_its_part(first: str, second: str, slip: str) -> None:
    found = last(first, second)
    assert isinstance(found.verdict, Refuted) and found.rule == "E311"
    assert found.verdict.repair is not None and slip in found.verdict.repair.slip


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            r"(x_1 - y_1)^2 + (x_2 - y_2)^2 + \ldots + (x_n - y_n)^2",
            r"x_1^2 + y_1^2 - 2 x_1 y_1 + \ldots + x_n^2 + y_n^2 - 2 x_n y_n",
        ),
        (
            r"\langle f(z) + (a + b)^2 \rangle_{q(a)}",
            r"\langle f(z) + a^2 + b^2 \rangle_{q(a)}",
        ),  # the mean of a b is 0
        (r"f(a - b) + c", r"f(b - a) + c"),  # f may be even
        (r"\langle g(z) + a - b \rangle_{q(z)}", r"\langle g(z) + a + b \rangle_{q(z)}"),  # the mean of b is 0
        (r"\langle f(z) + 2 k m \rangle_{q(z)}", r"\langle f(z) + k n \rangle_{q(z)}"),  # no slip
        (r"\mathrm{tr}(A B) k", r"\mathrm{tr}(B A) k"),
    ],
)
def test_nothing_is_refuted_that_what_surrounds_it_may_save(first: str, second: str) -> None:
    assert not isinstance(last(first, second).verdict, Refuted)


def test_what_the_document_gives_may_save_a_part() -> None:
    wrong = (r"\mathrm{W} [k (a + b)^2]", r"\mathrm{W} [k a^2 + k a b + k b^2]")
    assert isinstance(last(*wrong).verdict, Refuted)
    assert not isinstance(last(*wrong, "It is $b = a - a$ here. ").verdict, Refuted)


CHAIN = (
    r"\frac{k}{\sqrt{2 \pi}} \cdot e^{-k t + k m} \int_{-\infty}^{s} g(y) \, dy",
    r"\frac{k}{\sqrt{2 \pi}} \cdot e^{-k (t - m)} \int_{-\infty}^{s} g(y) \, dy",
)


@pytest.mark.parametrize(("old", "new"), [(r"2 \pi", r"3 \pi"), (r"\frac{k}", r"\frac{t}"), (r"\pi}", "m}")])
def test_a_copy_that_went_wrong_beside_a_calculation(old: str, new: str) -> None:
    assert not isinstance(last(*CHAIN).verdict, Refuted)
    assert isinstance(last(CHAIN[0], CHAIN[1].replace(old, new)).verdict, Refuted)


def test_a_name_that_is_new_or_that_is_all_that_changes_says_nothing() -> None:
    assert not isinstance(last(CHAIN[0], CHAIN[1].replace(r"\frac{k}", r"\frac{u}")).verdict, Refuted)
    assert not isinstance(last(CHAIN[0], CHAIN[0].replace(r"\frac{k}", r"\frac{t}")).verdict, Refuted)


def test_a_text_that_calls_two_things_the_same_saves_a_name() -> None:
    step = (r"\frac{1}{s_1 s_2} (a + b)^2", r"\frac{1}{s_1^2} (a^2 + 2 a b + b^2)")
    assert isinstance(last(*step, "It is a square. ").verdict, Refuted)
    assert not isinstance(last(*step, "Both have the same variance, and so ").verdict, Refuted)


SHAPED = r"\langle \mathrm{tr}(L (m - k)@ (m - k)') \rangle_{q(z)}"


def test_a_part_whose_names_no_shapes_fit_is_ill_formed() -> None:
    first = r"\langle (m - k)' L (m - k) \rangle_{q(z)}"
    assert last(first, SHAPED.replace("@", "")).rule is None
    found = last(first, SHAPED.replace("@", "^2"))
    assert isinstance(found.verdict, IllFormed) and found.rule == "E411"
    assert found.verdict.repair is not None and found.verdict.repair.slip == "square"
