"""Steps that hold where a sum has the number that an equation near them gives it."""

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document

STEP = r"$$F = \sum_{i=1}^n a_i z_i (u_i + c) - c = \sum_{i=1}^n a_i z_i u_i - c$$"


def last(text: str) -> Judged:
    return examine(read_document("notes.md", text), Options()).judged[-1]


@pytest.mark.parametrize(
    "said",
    [
        r"$$\sum_{i=1}^n a_i z_i = 0$$",
        r"$$\partial_c F = -\sum_{i=1}^n a_i z_i = 0$$",
        r"$$\sum_{i=1}^n a_i z_i = 0 \Rightarrow a \perp z$$",
        "$$\\begin{aligned} v &= \\sum_{i=1}^n a_i u_i \\\\ & \\sum_{i=1}^n a_i z_i = 0 \\end{aligned}$$",
    ],
)
def test_a_sum_that_is_said_to_vanish_takes_its_terms_away(said):
    verdict = last(f"We have\n\n{said}\n\nso that\n\n{STEP}").verdict
    assert isinstance(verdict, Supported) and (verdict.holds_if or "").startswith("given what line 3 says")


def test_any_number_may_be_given():
    text = "Let $2 s + t = 3$.\n\n$$H = r (2 s + t)^{r} (s + t) = 3^r r (s + t)$$"
    verdict = last(text).verdict
    assert isinstance(verdict, Supported) and verdict.holds_if == "given what line 1 says"


@pytest.mark.parametrize(
    "text",
    [
        f"We have\n\n{STEP}",
        f"We have $$\\sum_{{i=1}}^n a_i z_i = 1$$ so that\n\n{STEP}",
        f"We have $$\\sum_{{i=1}}^n a_i = 0$$ so that\n\n{STEP}",
        f"We have $$\\sum_{{i=1}}^n a_i z_i = 0$$ so that\n\n{STEP.replace('z_i u_i - c', 'z_i u_i + c')}",
        f"We have $$\\sum_{{i=1}}^n a_i z_i = 0$$ so that\n\n{STEP.replace('z_i u_i - c', 'z_i u_i^2 - c')}",
        "Let $2 s + t = 3$.\n\n$$H = r (2 s + t)^{r} (s + t) = 3 r (s + t)$$",
    ],
)
def test_a_step_that_fails_under_it_too_is_found(text):
    assert isinstance(last(text).verdict, Refuted)


def test_a_number_is_not_put_in_where_the_step_says_one():
    """Two wrong steps that say the same don't bear each other out."""
    text = "$$A = (s + t)^2 - s^2 - t^2 + s = s + t$$ and $s + t = 0$; $$B = (s + t)^2 - s^2 - t^2 + s = 0$$"
    assert not isinstance(last(text).verdict, Supported)


FAR = "Of this more is said elsewhere. " * 60
FOLLOWS = [
    (r"$x y = 1$", r"(x + y)^2 = x^2 + 2 x y + y^2 = x^2 + y^2 + 2", "+ 2", "+ 1"),
    (r"$u^2 + v^2 = 1$", r"(u - v)^2 = u^2 - 2 u v + v^2 = 1 - 2 u v", "1 - 2", "2 - 2"),
    (r"$r^3 - r - 1 = 0$", r"r^5 - r^3 = r^2 (r^3 - r) = r^2", " = r^2", " = 2 r^2"),
    (r"$a k = b m$ and $k + m = 1$", r"F = b + a k - b m + b k = 2 b - b m", "2 b", "3 b"),
]


@pytest.mark.parametrize(("said", "step", "right", "wrong"), FOLLOWS)
@pytest.mark.parametrize("between", ["", FAR])
def test_a_step_may_follow_from_any_equations_of_its_section(said, step, right, wrong, between):
    page = f"# One\n\nIt is known that {said}.\n\n{between}\n\nSo $$ @ $$"
    found = last(page.replace("@", step)).verdict
    assert isinstance(found, Supported) and (found.holds_if or "").startswith("given what line")
    *start, end = step.rpartition(right)[0], step.rpartition(right)[2]
    assert not isinstance(last(page.replace("@", "".join((*start, wrong, end)))).verdict, Supported)


@pytest.mark.parametrize("said", [r"$x y = 1$", r"$x^2 + y^2 = 1$", r"$x^3 - x - 1 = 0$ and $x y = 2$"])
def test_a_step_that_fails_where_the_equations_hold_is_refuted(said):
    page = f"It is known that {said}, so that $$ F = (x + y)^2 + x = x^2 + x y + y^2 + x $$"
    assert isinstance(last(page).verdict, Refuted)


def test_what_another_section_says_is_no_condition():
    said, step, *_ = FOLLOWS[0]
    assert isinstance(last(f"# One\n\nIt is known that {said}.\n\n# Two\n\nSo $$ {step} $$").verdict, Refuted)
    under = f"# One\n\nIt is known that {said}.\n\n## Part\n\nSo $$ {step} $$"
    assert isinstance(last(under).verdict, Supported)


def test_what_is_refuted_itself_bears_nothing_out():
    wrong = r"$$ (x + y)^2 = x^2 + x y + y^2 $$"
    assert isinstance(last(f"{wrong} and so $$ F = x^2 + 2 x y = x^2 + x y $$").verdict, Refuted)


def test_matrices_are_not_told_by_numbers():
    found = last(r"We have $P^2 = P$, and $$ Q = (I - P)^2 = I - 2 P + P^2 = I - P $$").verdict
    assert not isinstance(found, Refuted)


def test_two_values_of_one_name_bear_nothing_out():
    said = "Let $u = (x + y)^2$, or rather $u = x^2 + y^2 + x$."
    assert isinstance(last(said + r" Then $$ F = (x + y)^2 + y = x^2 + y^2 + x + y $$").verdict, Refuted)
