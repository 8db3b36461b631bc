"""An equation that follows from the one before it is supported; one with a slip isn't, nor one that repeats it."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.options import Options
from errata.checking.rearranged import Equation, judge_rearranged, refute_rearranged
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.sources import read_document


def pair(latex: str) -> Pair:
    return stated(parse(latex))[0].pairs()[0]


def follows(later: str, earlier: str) -> bool:
    found = judge_rearranged(pair(later), [Equation(pair(earlier), 3)], 0)
    return found is not None and isinstance(found.verdict, Supported)


STEPS = [
    (r"p = \frac{x-a}{b-a}", r"x = b p + a (1-p)", r"x = b p - a (1-p)"),
    (r"d x = y (c + d x)", r"d x - d x y = c y", r"d x - d x y = d y"),
    (r"a = \log \frac{p}{1-p}", r"p = \frac{e^a}{1+e^a}", r"p = \frac{e^a}{1-e^a}"),
    (r"(x-m)^2 = 2 s^2 \ln 2", r"x = m + s \sqrt{2 \ln 2}", r"x = m + s \sqrt{\ln 2}"),
    (r"0 = \frac{a}{p} - \frac{n-a}{1-p}", r"a (1-p) = p (n-a)", r"a (1-p) = p (n+a)"),
    (r"\sum_{i=1}^n (y_i - b) = 0", r"n b = \sum_{i=1}^n y_i", r"n b = \sum_{i=1}^n y_i^2"),
]


@pytest.mark.parametrize(("earlier", "right", "wrong"), STEPS)
def test_what_follows_is_supported_and_a_slip_is_not(earlier: str, right: str, wrong: str) -> None:
    assert follows(right, earlier)
    assert not follows(wrong, earlier)
    assert not follows(earlier, earlier)


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("a = b", "c = d"),  # nothing in common
        ("a = b", "(a + b)^2 = a^2 + 2ab + b^2"),  # it holds anyway
        (r"x \frac{\Gamma(a-b)}{\Gamma(b)} = c + \Gamma(0) x", r"c = \frac{\Gamma(0) x}{\Gamma(a-b)}"),  # poles
        (r"0_p = \Sigma^{-1} y", r"0_p = 2 \Sigma^{-1} y"),  # not of numbers
    ],
)
def test_nothing_follows(later: str, earlier: str) -> None:
    assert not follows(later, earlier)


def test_the_line_is_named_and_a_heading_ends_the_reach() -> None:
    notes = "# A\n\n$d x = y (c + d x)$ where all is known.\n\n# B\n\nHence\n\n$$d x - d x y = c y$$\n"
    judged = examine(read_document("notes.md", notes.replace("# B\n", "")), Options()).judged[-1]
    assert judged.where == ("given what line 3 says",)
    assert not isinstance(examine(read_document("notes.md", notes), Options()).judged[-1].verdict, Supported)


@pytest.mark.parametrize(("earlier", "right", "wrong"), [STEPS[n] for n in (0, 2, 4, 5)])
def test_what_follows_but_for_a_slip_is_refuted_and_mended(earlier: str, right: str, wrong: str) -> None:
    found = refute_rearranged(pair(wrong), Equation(pair(earlier), 3), 0)
    assert found is not None and isinstance(found[0].verdict, Refuted)
    assert follows(
        found[1].repair.latex if found[1].left else wrong.split("=")[0] + "=" + found[1].repair.latex, earlier
    )
    assert refute_rearranged(pair(right), Equation(pair(earlier), 3), 0) is None


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("a = b - c", "a = b + c"),  # the same but for a sign: another model, or the same one again
        ("b = a c - d", "a = b + c"),  # a name that the one before lacks
        ("b = a + c", "a = b^2 + 3 c"),  # no single slip
        ("x = 2 y", "u = 2 v"),
        (r"f(y) = 2 a y", r"f(x) = a x"),
    ],
)
def test_what_may_be_another_equation_is_left_alone(later: str, earlier: str) -> None:
    assert refute_rearranged(pair(later), Equation(pair(earlier), 3), 0) is None


@pytest.mark.parametrize("rows", [True, False])
def test_only_the_row_before_in_the_same_display_tells(rows: bool) -> None:
    between = r" \\" if rows else "\n$$\n\nAlso\n\n$$"
    notes = f"Thus\n\n$$\na (c + d x) = d x{between}\na c + a d x = 2 d x\n$$\n"
    last = examine(read_document("notes.md", notes), Options()).judged[-1]
    assert isinstance(last.verdict, Refuted) is rows and (last.rule == "E311") is rows


def test_an_index_that_is_a_number_too_takes_several_values() -> None:
    earlier = r"a_n - x = \frac{n}{2} c"
    assert follows(r"x = a_n - \frac{n}{2} c", earlier)
    assert not follows(r"x = a_n - \frac{2}{n} c", earlier)


@pytest.mark.parametrize("wrong", [r"\frac{s_y^2}{s_x} r", r"\frac{s_y}{s_y} r", "- \\frac{s_y}{s_x} r"])
def test_another_expression_of_the_same_quantity_is_told_whatever_follows_from_it(wrong: str) -> None:
    def third(right: str) -> object:
        rows = (r"b &= \frac{s_x r s_y}{s_x^2}", f"b &= {right}", r"\Leftrightarrow \quad r &= \frac{s_x}{s_y} b")
        notes = "Thus\n\n$$\n\\begin{split}\n" + " \\\\\n".join(rows) + "\n\\end{split}\n$$\n"
        return examine(read_document("notes.md", notes), Options()).judged[1].verdict

    assert isinstance(third(wrong), Refuted)
    assert not isinstance(third(r"\frac{s_y}{s_x} r"), Refuted)
    assert not isinstance(third("m + c"), Refuted)


@pytest.mark.parametrize(
    ("earlier", "right", "wrong"),
    [
        (
            r"f(x) = \frac{1}{g} x^k e^{-x}",
            r"f(x) u = \frac{u}{g} x^k e^{-x}",
            r"f(x) u = \frac{2 u}{g} x^k e^{-x}",
        ),  # both sides times u
        (r"w = (1 - w) b^{a + c}", r"(1 + b^{a + c}) w = b^{a + c}", r"(1 + b^{a + c}) w = b^a"),
    ],
)
def test_both_sides_may_be_multiplied_and_a_term_may_be_lost(earlier: str, right: str, wrong: str) -> None:
    assert refute_rearranged(pair(wrong), Equation(pair(earlier), 3), 0) is not None
    assert refute_rearranged(pair(right), Equation(pair(earlier), 3), 0) is None


@pytest.mark.parametrize(
    ("later", "earlier", "holds"),
    [
        (r"w = \frac{a + b}{c}", r"w = \frac{a}{c} + \frac{b}{c}", True),
        (r"w = \frac{a - b}{c}", r"w = \frac{a}{c} + \frac{b}{c}", False),
        (r"\frac{a + b}{c} = w", r"w = \frac{a}{c} + \frac{b}{c}", True),
        (r"w = \frac{a + b}{c - c}", r"w = \frac{a}{c} + \frac{b}{c}", False),  # no value
        (r"w = \frac{a}{1 + b}", r"w = a - b w", True),  # the name stands on both sides of one
        (r"w = \frac{a}{1 - b}", r"w = a - b w", False),
    ],
)
def test_two_values_of_one_name_are_held_beside_each_other(later: str, earlier: str, holds: bool) -> None:
    assert follows(later, earlier) is holds


@pytest.mark.parametrize(
    ("wrong", "mended"),
    [(r"\frac{s_y}{s_x^2} r", r"\frac{s_y}{s_x} r"), (r"-\frac{s_y}{s_x} r", r"\frac{s_y}{s_x} r"), ("c^2 + m", None)],
)
def test_a_slip_in_one_of_two_values_is_found(wrong: str, mended: str | None) -> None:
    found = refute_rearranged(pair(f"b = {wrong}"), Equation(pair(r"b = \frac{s_x r s_y}{s_x^2}"), 3), 0)
    assert (None if found is None else found[1].repair.latex.replace(" ", "")) == (mended and mended.replace(" ", ""))


@pytest.mark.parametrize("right", [r"c s - 2 c", "3 c s", r"5 c - 2 c s"])
def test_where_only_a_factor_vanishes_nothing_follows(right: str) -> None:
    """c s = c says that s is one. At c = 0, where it holds as well, anything in c would."""
    assert not follows(f"c s + 4 c = {right}", "c s = c")
    assert follows("c s + 4 c = 5 c", "c s = c")
