"""A slip in a step of linear algebra is found where undoing it makes the step hold, and nowhere else."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted
from errata.checking.examine import examine
from errata.checking.linear_repairs import repaired_linear, repaired_shapes
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.sources import read_document

T = r"^\mathrm{T}"


def pair(latex: str) -> Pair:
    return next(iter(stated(parse(latex.replace("'", T)))[0].pairs()))


SLIPS = [
    (r"\mathrm{tr}(A B C) = \mathrm{tr}(C A A)", "name"),
    (r"c' A d + 2 d' d = d' A' c + d' d", "factor-2"),
    (r"\mathrm{tr}(A B) + c' D c = \mathrm{tr}(B A) - c' D c", "sign"),
    (r"-2 (-r - \frac{n}{2} \log s - \frac{1}{2} \log |V|) = 2 r + 2 \cdot n \cdot \log s + \log |V|", "factor-2"),
]


@pytest.mark.parametrize(("latex", "slip"), SLIPS)
def test_the_slip_is_named(latex: str, slip: str) -> None:
    found = repaired_linear(pair(latex), 0)
    assert found is not None and found.repair.slip == slip


@pytest.mark.parametrize(
    "latex",
    [
        "X (X' X)^{-1} X' X b = X b",
        "(y - X b)' (y - X b) = y' y + b' X' X b",
        "P y = P P y",
        "A B c = B A c",
        "a + b = c + d",
        r"\hat{y}' y = y' X \hat{b}",
    ],
)
def test_nothing_is_mended_that_may_hold(latex: str) -> None:
    assert repaired_linear(pair(latex), 0) is None


def test_a_step_is_refuted_and_mended_in_place() -> None:
    chain = f"Q &= (X{T} V^{{-1}} X)^{{-1}} X{T} V^{{-1}} X b \\\\ &= X b"
    notes = f"We find\n\n$$ \\begin{{split}} {chain} \\end{{split}} $$\n"
    found = examine(read_document("a.md", notes), Options()).judged[-1]
    assert isinstance(found.verdict, Refuted) and found.rule == "E311" and found.verdict.repair is not None


def _last(given: str, chain: str) -> object:
    notes = f"The matrix $P$ is\n\n$$ P = {given} $$\n\nWe find\n\n$$ \\begin{{split}} {chain} \\end{{split}} $$\n"
    return examine(read_document("a.md", notes.replace("'", T)), Options()).judged[-1].verdict


@pytest.mark.parametrize(
    ("given", "wrong"),
    [("V X (X' V X)^{-1} X' V", False), ("X (X' X)^{-1} X'", True), ("V y y' V", True)],
)
def test_what_the_document_says_of_a_matrix_can_save_a_step(given: str, wrong: bool) -> None:
    # without P b, the left side is the right one for any P; with the first P given, so it is as it stands
    right = "b' X' V X b - b' X' V X c - b' X' P X b + b' X' V X (X' V X)^{-1} X' V X c"
    verdict = _last(given, f"Q &= (b' X' V - b' X' P) (X b - X c) \\\\ &= {right}")
    assert isinstance(verdict, Refuted) is wrong


@pytest.mark.parametrize(("slip", "wrong"), [("y' P y^2", True), ("y' P y", False)])
def test_a_step_that_fits_no_shapes_is_found_where_a_slip_undone_makes_it_hold(slip: str, wrong: bool) -> None:
    chain = f"Q &= b + y' P y - 2 m' L m + m' L m \\\\ &= b + {slip} - m' L m".replace("'", T)
    found = examine(read_document("a.md", f"We find\n\n$$ \\begin{{split}} {chain} \\end{{split}} $$\n"), Options())
    assert (found.judged[-1].rule == "E411") is wrong
    if wrong:
        assert found.judged[-1].message is not None and "no shapes" in found.judged[-1].message


def test_an_edit_whose_shapes_do_not_fit_is_no_repair() -> None:
    first = r"\log \frac{|(k A)^{-1}|}{|(k B)^{-1}|} + (m - c)' (k B) (m - c)"
    chain = rf"Q &= {first} \\ &= \log \frac{{|B|}}{{|A|}} + k (m - c)' B (-c)"
    notes = f"We find\n\n$$ \\begin{{split}} {chain} \\end{{split}} $$\n".replace("'", T)
    verdict = examine(read_document("a.md", notes), Options()).judged[-1].verdict
    assert isinstance(verdict, Refuted) and verdict.repair is None  # k is no dimension by which it could hold


@pytest.mark.parametrize(
    ("latex", "wrong"),
    [
        ("(A + B)' = A' + B'", False),
        ("(A + B)' = 2 A' + B'", True),
        ("(A + B)' = A' - B'", True),
        ("A B = B A", False),  # a condition, not a slip
        ("P P = P", False),
        ("A' A = A A'", False),
        (r"\mathrm{tr}(A + B) = \mathrm{tr}(A) + \mathrm{tr}(A)", False),  # a name may be meant
    ],
)
def test_a_law_of_matrices_that_stands_alone_is_wrong_one_slip_away(latex: str, wrong: bool) -> None:
    notes = f"For all matrices it holds that\n\n$$ {latex} $$\n".replace("'", T)
    found = examine(read_document("a.md", notes), Options()).judged[-1].verdict
    assert isinstance(found, Refuted) is wrong
    supposed = notes.replace("For all matrices it holds that", "Suppose that")
    assert not isinstance(examine(read_document("a.md", supposed), Options()).judged[-1].verdict, Refuted)


LONG = r"\frac{1}{2} (r - m)' S^{-1} (r - m) + \frac{1}{2} (t - k)' R^{-1} (t - k) + \log |S| + (n - p) \log (2 \pi)"
WIDE = r"- \log (\frac{1}{\sqrt{|S|}} \exp[-\frac{1}{2} (r - m)' S^{-1} (r - m)]) + \frac{1}{2} \log |S|"


@pytest.mark.parametrize(
    "slip",
    [
        ("(t - k) +", "(t - m) +"),
        ("(t - k)'", "(t - t)'"),
        (r"2 \pi", r"2 p"),
        (r"|S| +", r"|R| +"),
        ("1}{2} (t", "1}{3} (t"),
    ],
)
def test_a_slip_is_found_wherever_in_a_long_formula_it_stands(slip: tuple[str, str]) -> None:
    left = WIDE + r" + (n - p) \log (2 \pi) - \log (\exp[-\frac{1}{2} (t - k)' R^{-1} (t - k)])"
    right = LONG
    assert repaired_linear(pair(f"{left} = {right}"), 0) is None
    assert slip[0] in right
    wrong = right.replace(*slip, 1)
    found = repaired_linear(pair(f"{left} = {wrong}"), 0) or repaired_shapes(pair(f"{left} = {wrong}"), 0)
    assert found is not None


@pytest.mark.parametrize(
    ("latex", "slip"),
    [
        (r"|2 A| = 3^n |A|", "off-by-one"),
        (r"|2 A| = 2^n |A|^2", "square"),
        (r"|2 A| = 2^n |A|", None),
        (r"|2 A| = 2^n |B|", None),
    ],
)
def test_a_number_may_be_the_dimension(latex: str, slip: str | None) -> None:
    found = repaired_linear(pair(latex), 0)
    assert (found and found.repair.slip) == slip


@pytest.mark.parametrize(
    ("right", "fits"),
    [
        (r"(y - X b)' P (y - X b) + c \log a", True),
        (r"(y - X b)' P (c - X b) + c \log a", False),
        (r"(y - X b)' P (y^2 - X b) + c \log a", False),
        (r"(y - X b)' P (y - X b) + y \log a", False),
    ],
)
def test_the_side_without_the_slip_says_what_the_names_are(right: str, fits: bool) -> None:
    left = r"y' P y - 2 b' X' P' y + b' X' P X b + c \log a"
    relation = pair(f"{left} = {right}".replace("P'", "P"))
    found = repaired_shapes(relation, 0) or repaired_linear(relation, 0)
    assert (found is None) is fits


@pytest.mark.parametrize(
    ("text", "step", "wrong"),
    [
        ("", "c' A B^2 d + c' d", True),
        ("The matrix $B$ is idempotent. ", "c' A B^2 d + c' d", False),
        ("The matrix $B$ is idempotent. ", "c' A B d - c' d", True),
        ("", "d' B' A' c + d' c", False),
    ],
)
def test_special_matrices_save_a_step_where_the_text_speaks_of_any(text: str, step: str, wrong: bool) -> None:
    chain = f"Q &= (A' c + c)' B d + c' d \\\\ &= {step} + c' B d".replace("'", T)
    notes = f"{text}We find\n\n$$ \\begin{{split}} {chain} \\end{{split}} $$\n"
    found = examine(read_document("a.md", notes), Options()).judged[-1]
    assert isinstance(found.verdict, Refuted) is wrong


@pytest.mark.parametrize(
    ("chain", "wrong"),
    [
        (r"Q = (x + y)' A (x + y) = x' A x + x' A y + y' A x - y' A y \Rightarrow Q > 0", True),
        (r"Q = (x + y)' A (x + y) = x' A x + x' A y + y' A x + y' A x \Rightarrow Q > 0", True),
        (r"Q = (x + y)' A (x + y) = x' A x + x' A y + y' A x + y' A y \Rightarrow Q > 0", False),
        (r"Q = (x + y)' A (x + y) = x' A x + x' A y + y' A y \Rightarrow y' A x = 0", False),
        (r"(x + y)' A (x + y) = x' A x + x' A y + y' A x - y' A y \Rightarrow Q > 0", False),
    ],
)
def test_a_later_step_before_an_arrow_counts_but_for_lost_terms(chain: str, wrong: bool) -> None:
    notes = f"We find\n\n$$ {chain} $$\n".replace("'", T)
    judged = examine(read_document("a.md", notes), Options()).judged
    assert any(isinstance(j.verdict, Refuted) for j in judged) is wrong


@pytest.mark.parametrize(("before", "wrong"), [("This requires to note that", True), ("This requires that", False)])
def test_what_has_to_be_noticed_is_claimed_and_what_is_required_is_not(before: str, wrong: bool) -> None:
    latex = r"\mathrm{tr}(A B) + \mathrm{tr}(C B) = \mathrm{tr}((A - C) B)"
    found = examine(read_document("notes.md", f"{before}\n\n$$ {latex} $$\n"), Options()).judged[-1]
    assert isinstance(found.verdict, Refuted) is wrong


def test_a_function_of_a_side_alone_is_no_failure_of_our_own():
    chain = r"f = d \operatorname{tr}(B(x)^{-1}) = \operatorname{tr}\left[-B(x)^{-1} dB B(x)^{-1}\right]"
    judged = examine(read_document("a.md", f"$${chain}$$"), Options()).judged
    assert not any(isinstance(j.verdict, Refuted) for j in judged)


def test_a_slip_tells_more_that_leaves_both_sides_their_own_text() -> None:
    """−ln(|A|/|B|) for ln(|A|/|B|) has lost a sign, or turned its fraction: only the second shows a calculation."""
    wrong = pair(r"\frac{n}{2} \ln \frac{|A|}{|B|} = - \frac{n}{2} \ln \frac{|A|}{|B|}")
    first, telling = repaired_linear(wrong, 0), repaired_linear(wrong, 0, telling=True)
    assert first is not None and first.repair.slip == "sign"
    assert telling is not None and telling.repair.slip == "inverse"


def test_a_name_that_can_have_no_shape_is_no_failure_of_our_own() -> None:
    chain = r"M = \sum_{l=1}^k u_l \foo_l \foo_l^\top = \frob{\mathbf{E} \mathbf{D}} \frob{\mathbf{E} \mathbf{D}}^\top"
    judged = examine(read_document("a.md", f"$${chain}$$ and $1 + 1 = 3$"), Options()).judged
    assert [j.rule for j in judged if j.rule] == ["E301"]
