"""A relation is supported by the parts in which its sides differ, and by these alone."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.algebra import Found
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.checking.parts import judge_parts, speaks_of_vectors
from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.sources import read_document

T = r"^\mathrm{T}"


def pair(latex: str) -> Pair:
    return next(iter(stated(parse(latex.replace("'", T)))[0].pairs()))


def judged(notes: str) -> list[Judged]:
    return list(examine(read_document("a.md", notes.replace("'", T)), Options()).judged)


def asked(latex: str) -> list[tuple[str, str]]:
    """The parts that an engine is asked about which knows nothing."""
    out: list[tuple[str, str]] = []

    def ask(part: Pair) -> Found | None:
        out.append((key(part.left), key(part.right)))
        return None

    assert judge_parts(pair(latex), {}, ask) is None
    return out


@pytest.mark.parametrize(
    ("latex", "part"),
    [
        (r"\langle \log (a b) \rangle_{q(z)} = \langle \log (c + d) \rangle_{q(z)}", ("ab", "c+d")),
        (r"f(x) + g(x) = f(x) + h(x)", ("g(x)", "h(x)")),
        (r"\frac{A}{h} = \frac{B}{h}", ("A", "B")),
        (r"\int_M k(u) A(u) \, du = \int_M k(u) B(u) \, du", ("A(u)", "B(u)")),
        (r"\Sigma_n^{-1} v = \Lambda_n^{-1} v", (r"\Sigma_n", r"\Lambda_n")),
        (r"e_y' Q = (y - m)' Q", ("e_y", "y-m")),
    ],
)
def test_the_smallest_parts_are_asked_about_first(latex: str, part: tuple[str, str]) -> None:
    assert tuple(side.replace(" ", "") for side in asked(latex)[0]) == part


def test_a_sum_or_an_integral_over_something_else_is_not_alike() -> None:
    assert asked(r"\int_M A(u) \, du = \int_N A(u) \, du") == []
    assert asked(r"\sum_{i=1}^n x_i = \sum_{i=0}^n x_i") == []


def test_names_with_other_indices_are_not_taken_apart() -> None:
    assert asked("x_1 = x_2") == []


HELD = [
    r"\langle f(x) + (a + b)^2 \rangle_{q(x)} = \langle f(x) + a^2 + 2 a b + b^2 \rangle_{q(x)}",
    r"\mathrm{W}[\log (a b) \| k] = \mathrm{W}[\log a + \log b \| k]",
]
BROKEN = [
    r"\langle f(x) + (a + b)^2 \rangle_{q(x)} = \langle f(x) + a^2 + a b + b^2 \rangle_{q(x)}",
    r"\mathrm{W}[\log (a b) \| k] = \mathrm{W}[\log a - \log b \| k]",
]


@pytest.mark.parametrize(("latex", "holds"), [(latex, True) for latex in HELD] + [(latex, False) for latex in BROKEN])
def test_what_surrounds_the_parts_may_be_anything(latex: str, holds: bool) -> None:
    found = judged(f"We find\n\n$$ Q = {latex} $$\n")[-1]
    assert isinstance(found.verdict, Supported) is holds, found


def test_factors_of_matrices_do_not_change_places_inside_of_something() -> None:
    assert speaks_of_vectors(pair("g(x' A B x) = 0").left)
    wrong, right = (
        judged(f"We find\n\n$$ Q = h(x' A B x) = h({side}) $$\n")[-1] for side in ("x' B A x", "x' B' A' x")
    )
    assert not isinstance(wrong.verdict, Supported)
    assert isinstance(right.verdict, Supported)


def test_an_equation_of_the_document_may_be_used_and_is_named() -> None:
    second = "$$ Q = \\mathrm{W}[G(a) + c] = \\mathrm{W}[H(b) + {c}] $$"
    notes = f"It is known that\n\n$$ G(a) = H(b) $$\n\nand so\n\n{second}\n"
    right, wrong = (judged(notes.replace("{c}", c))[-1].verdict for c in ("c", "2 c"))
    assert isinstance(right, Supported) and right.holds_if == "with what line 3 established"
    assert isinstance(wrong, Refuted) and wrong.repair is not None and wrong.repair.latex == "c"


def test_a_refuted_equation_is_no_ground() -> None:
    first = "$$ Q = a^2 - b^2 = (a + b)(a + b) $$"
    notes = f"We find\n\n{first}\n\nand so\n\n$$ R = \\mathrm{{W}}[a^2 - b^2] = \\mathrm{{W}}[(a + b)(a + b)] $$\n"
    assert not isinstance(judged(notes)[-1].verdict, Supported)


@pytest.mark.parametrize(("said", "used"), [("t = t + 1", False), ("t = s + 1", True)])
def test_a_count_that_goes_on_equates_nothing(said: str, used: bool) -> None:
    new = said.partition("= ")[2]
    notes = f"Then\n\n$$ {said} $$\n\nand we find\n\n$$ Q = \\mathrm{{W}}[G(a) + t] = \\mathrm{{W}}[G(a) + {new}] $$\n"
    assert isinstance(judged(notes)[-1].verdict, Supported) is used


def test_a_value_ends_with_its_section() -> None:
    notes = "# One\n\nLet $p = 0.5$.\n\n{}We find\n\n$$ Q = \\mathrm{W}[p] = \\mathrm{W}[0.5] $$\n"
    here, there = (judged(notes.replace("{}", between))[-1].verdict for between in ("", "# Two\n\n"))
    assert isinstance(here, Supported) and not isinstance(there, Supported)


def test_a_mean_is_not_that_of_the_members_that_happen_to_stand_there() -> None:
    deviation = r"b (x_i - \bar{x})"
    first = rf"2 \sum_{{i=1}}^n ((y_i - \bar{{y}}) - {deviation}) {deviation}"
    step = rf"Q &= {first} \\ &= 2 \sum_{{i=1}}^n (() {deviation} - {deviation} {deviation})"
    notes = f"We find\n\n$$ \\begin{{split}} {step} \\end{{split}} $$\n"
    right, wrong = (judged(notes.replace("()", d))[-1].verdict for d in (r"(y_i - \bar{y})", r"(y_i - \hat{y}_i)"))
    assert isinstance(right, Supported) and not isinstance(wrong, Supported)


def test_what_a_symmetric_matrix_is_says_nothing_of_a_later_one() -> None:
    says = "Of a symmetric matrix we say that\n\n$$ A = A' $$\n\n"
    notes = says + "An orthogonal one has\n\n$$ A' A = A A' = I $$\n"
    assert not isinstance(judged(notes)[1].verdict, Supported)
    other = says.replace("A = A'", "A = B'") + "Then\n\n$$ A' A = A' B' = C $$\n"
    assert isinstance(judged(other)[1].verdict, Supported)
