"""Steps with what they are said to rest on: held with it where they follow, refuted or open where they don't."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def step(page: str) -> Judged:
    """The step of the one chain of a page."""
    judged = examine(read_document("page.md", page.encode()), Options()).judged
    head = next(n for n, j in enumerate(judged) if j.left == "S")
    return judged[head + 1]


def holds(page: str) -> bool:
    return isinstance(step(page).verdict, Proved | Supported)


def fails(page: str) -> bool:
    return isinstance(step(page).verdict, Refuted)


@pytest.mark.parametrize(
    ("page", "right", "wrong"),
    [
        (r"$$ S = c(a + k) = %s \quad \text{since } a = 0 $$", "c k", "2 c k"),
        (r"$$ S = a + b c + d c = %s \qquad \text{since } b = d = 0 $$", "a", "2 a"),
        (r"$$ S = a_1 c + a_2 c + k = %s \qquad \text{since } a_1 = \dots = a_m = 0 $$", "k", "2 k"),
        ("Because $1 - p = q$, the mean is\n\n$$ S = p^2 q + p q^2 = %s $$", "p q", "2 p q"),
        ("Since $|u| = \\|y\\|_\\infty$, we get\n\n$$ S = 2 |u| + a = 2 \\|y\\|_\\infty + %s $$", "a", "2 a"),
    ],
)
def test_a_step_is_held_with_what_it_is_said_to_rest_on(page: str, right: str, wrong: str) -> None:
    assert holds(page % right)
    assert not holds(page % wrong)


def test_what_another_section_says_saves_nothing() -> None:
    far = "Because $1 - p = q$, it is short.\n\nA sentence. Another one. And a third.\n\n"
    step = "$$ S = p^2 q + p q^2 = p q $$"
    assert holds(far + step)
    assert fails("# One\n\n" + far + "# Two\n\n" + step)


def test_a_number_is_no_premise_of_a_step_that_keeps_the_name() -> None:
    assert fails("Let $a = 1$. Then in general\n\n$$ S = (a + b)^2 = a + 2 a b + b^2 $$")


@pytest.mark.parametrize("prose", ["Setting the derivative to zero is left to the reader.", "It is zero at the root."])
def test_words_of_solving_save_no_step_within_a_calculation(prose: str) -> None:
    assert fails(prose + " We compute $$ S = (a + b)^2 = a^2 + b^2 + a b. $$")
    assert holds(prose + " We compute $$ S = (a + b)^2 = a^2 + b^2 + 2 a b. $$")
    assert not fails(prose + " So it is $$ S = 2 (a + b) = a + b. $$")  # scaled on the way
    assert not fails(prose + " So it is $$ S = a^2 - b^2 = 0. $$")
