"""An author's word on N(μ, ·) decides every kind of relation about normal laws, and each of them says so."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document

STD, VAR = "<!-- errata: N takes a standard deviation -->\n\n", "<!-- errata: N takes a variance -->\n\n"
GIVEN = r"Let $X \sim \mathcal{N}(\mu, s)$. "
WITH_VARIANCE = [
    GIVEN + r"Then $\mathrm{Var}(X) = s$.",
    r"Let $X \sim \mathcal{N}(0, 2)$. Then $E[X^2] = 2$.",
    r"$\mathcal{N}(1 \mid 0, 4) = 0.176$",
    r"$\mathcal{N}(x; m, s) = \frac{1}{\sqrt{2\pi s}} e^{-(x-m)^2/(2 s)}$",
    r"$KL(\mathcal{N}(0, a) \| \mathcal{N}(0, b)) = \frac12 (a/b - 1 - \log(a/b))$",
    r"$H(\mathcal{N}(m, s)) = \frac12 \log (2 \pi e s)$",
    r"Let $p(x) = \mathcal{N}(x; m, s)$. Then $\nabla_x \log p(x) = -\frac{x-m}{s}$.",
    r"Let $X \sim N(m, s)$. Then $2X \sim N(2m, 4s)$.",
    r"Let $p(y \mid x) = \mathcal{N}(y; w x, s)$. "
    r"Then $\log p(y \mid x) = -\frac{(y - w x)^2}{2 s} - \frac12\log s - \frac12 \log 2\pi$.",
    r"Let $X \sim \mathcal{N}(1, 4)$. Then $P(X > 3) = 0.159$.",
    r"Let $X \sim \mathcal{N}(1, 2)$ and $Y \sim \mathcal{N}(0, 3)$ be independent. "
    r"Then $X + Y \sim \mathcal{N}(1, 5)$.",
]
"""Each true where the second parameter is a variance, and false where it is a standard deviation."""
WITH_DEVIATION = [
    GIVEN + r"Then $\mathrm{Var}(X) = s^2$.",
    r"Let $X \sim \mathcal{N}(0, 2)$. Then $E[X^2] = 4$.",
    r"$\mathcal{N}(1 \mid 0, 2) = 0.176$",
    r"$\mathcal{N}(x; m, s) = \frac{1}{\sqrt{2\pi} s} e^{-(x-m)^2/(2 s^2)}$",
    r"$KL(\mathcal{N}(0, a) \| \mathcal{N}(0, b)) = \frac12 (a^2/b^2 - 1 - \log(a^2/b^2))$",
    r"$H(\mathcal{N}(m, s)) = \frac12 \log (2 \pi e s^2)$",
    r"Let $p(x) = \mathcal{N}(x; m, s)$. Then $\nabla_x \log p(x) = -\frac{x-m}{s^2}$.",
    r"Let $X \sim N(m, s)$. Then $2X \sim N(2m, 2s)$.",
    r"Let $p(y \mid x) = \mathcal{N}(y; w x, s)$. "
    r"Then $\log p(y \mid x) = -\frac{(y - w x)^2}{2 s^2} - \log s - \frac12 \log 2\pi$.",
    r"Let $X \sim \mathcal{N}(1, 2)$. Then $P(X > 3) = 0.159$.",
    r"Let $X \sim \mathcal{N}(1, 3)$ and $Y \sim \mathcal{N}(0, 4)$ be independent. "
    r"Then $X + Y \sim \mathcal{N}(1, 5)$.",
]
"""The same the other way round."""


def last(notes: str, *course: str) -> Judged:
    return examine(read_document("notes.md", notes), Options(course=course)).judged[-1]


def holds(judged: Judged) -> bool:
    return isinstance(judged.verdict, Proved | Supported)


@pytest.mark.parametrize(
    ("true", "here", "there"), [*((n, VAR, STD) for n in WITH_VARIANCE), *((n, STD, VAR) for n in WITH_DEVIATION)]
)
def test_a_convention_decides_between_both_readings(true: str, here: str, there: str) -> None:
    assert holds(last(true))  # without a word both are admissible
    right, wrong = last(here + true), last(there + true)
    assert holds(right) and not getattr(right.verdict, "holds_if", None)
    assert isinstance(wrong.verdict, Refuted), wrong
    for judged, said in ((right, here), (wrong, there)):
        kind = "a variance" if said is VAR else "a standard deviation"
        assert f"the second parameter of N(·, ·) is {kind} (line 1)" in judged.where


@pytest.mark.parametrize("said", [STD, VAR])
def test_what_is_visibly_a_variance_is_one_under_both(said: str) -> None:
    assert holds(last(said + r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$. Then $\mathrm{Var}(X) = \sigma^2$."))
    assert holds(last(said + r"Let $X \sim \mathcal{N}(0, 2^2)$. Then $E[X^2] = 4$."))
    wrong = last(said + r"Let $X \sim \mathcal{N}(0, 2^2)$. Then $E[X^2] = 16$.")
    assert isinstance(wrong.verdict, Refuted)
    assert holds(last(said + r"Let $X \sim \mathcal{N}(0, 1)$. Then $E[X^2] = 1$."))


def test_words_beside_a_law_win() -> None:
    variance = GIVEN.replace("$. ", "$ with variance $s$. ")
    deviation = GIVEN.replace("$. ", "$ with standard deviation $s$. ")
    assert holds(last(VAR + deviation + r"Then $\mathrm{Var}(X) = s^2$."))
    assert isinstance(last(VAR + deviation + r"Then $\mathrm{Var}(X) = s$.").verdict, Refuted)
    told = last(STD + variance + r"Then $\mathrm{Var}(X) = s$.")
    assert holds(told) and "the second parameter of N(·, ·) is a variance, as the text calls it" in told.where
    assert isinstance(last(STD + variance + r"Then $\mathrm{Var}(X) = s^2$.").verdict, Refuted)


def test_a_law_in_a_comment_follows_the_convention() -> None:
    claim = r"$\mathrm{Var}(X) = s^2$"
    comment = "<!-- errata: X ~ Normal(m, s) -->\n\n"
    assert holds(last(STD + comment + claim))
    assert isinstance(last(VAR + comment + claim).verdict, Refuted)


def test_a_course_says_it_and_the_page_wins() -> None:
    claim = GIVEN + r"Then $\mathrm{Var}(X) = s^2$."
    of_course = last(claim, "N takes a standard deviation")
    assert holds(of_course)
    assert of_course.where == ("the second parameter of N(·, ·) is a standard deviation (from the configuration)",)
    assert isinstance(last(claim, "N takes a variance").verdict, Refuted)
    assert holds(last(STD + claim, "N takes a variance"))


def test_a_known_result_tells_nothing_of_a_letter_that_is_a_variance_here() -> None:
    """KL(N(μ, σ²) ‖ N(0, 1)) is a known result in σ; under N(μ, σ) with a variance its σ is none of the page's."""
    claim = (
        r"Let $q(z) = N(z; \mu, \sigma)$ and $p(z) = N(z; 0, 1)$. "
        r"Then $\mathrm{KL}(q \| p) = \frac12 (\mu^2 + \sigma^2 - \log \sigma^2 - 1)$."
    )
    assert holds(last(claim)) and holds(last(STD + claim))
    found = last(VAR + claim)
    assert isinstance(found.verdict, Refuted) and found.rule == "E314"  # by the laws, as the author says they are
    assert found.verdict.holds_if == r"\sigma = 1"


def test_what_the_notes_say_is_told_as_they_write_it() -> None:
    judged = last(STD + r"Let $X \sim N(m, s)$. Then $3 X \sim N(3 m, s)$.")
    assert isinstance(judged.verdict, Refuted)
    assert judged.right == "N(3 m , s)" and judged.read_as == "3·X ∼ N(3·m, s^2)"
    wrong = last(STD + r"$\frac{1}{\sqrt{2\pi} (s/2)} e^{x^2/(2 (s/2)^2)} = \mathcal{N}(x; 0, s/2)$")
    assert isinstance(wrong.verdict, Refuted) and "relax" not in repr(wrong)
    assert wrong.right == r"\mathcal{N}(x ; 0 , s / 2)"


TABLE = """| law | mean | variance |
|---|---|---|
| $N(m, s)$ | $m$ | $%s$ |
| $Y \\sim \\mathcal N(a, c)$ | $a$ | $%s$ |
"""


@pytest.mark.parametrize(
    ("said", "right", "wrong"), [(VAR, ("s", "c"), ("s^2", "c^2")), (STD, ("s^2", "c^2"), ("s", "c"))]
)
def test_what_the_author_says_reaches_the_cells_of_a_table(
    said: str, right: tuple[str, str], wrong: tuple[str, str]
) -> None:
    def variances(cells: tuple[str, str]) -> list[Judged]:
        found = examine(read_document("notes.md", said + TABLE % cells), Options()).judged
        return [j for j in found if j.read_as.startswith("Var")]

    assert [holds(j) for j in variances(right)] == [True, True]
    assert [isinstance(j.verdict, Refuted) for j in variances(wrong)] == [True, True]
    either = examine(read_document("notes.md", TABLE % ("s", "c^2")), Options()).judged
    assert not any(isinstance(j.verdict, Refuted) for j in either)  # nobody says which it is


def test_a_row_of_a_table_tells_the_law_of_its_cells() -> None:
    table = "| law | mean | variance |\n|---|---|---|\n| $X \\sim \\mathrm{Exp}(r)$ | $1/r$ | $%s$ |\n"
    for cell, wrong in (("1/r^2", False), ("1/r", True)):
        found = examine(read_document("notes.md", table % cell), Options()).judged[-1]
        assert isinstance(found.verdict, Refuted) is wrong and holds(found) is not wrong
