"""A repair says something else than what stands, in names that the page has; what it can't be is left out."""

import pytest

from claims.evidence import Counterexample
from claims.records import replace
from claims.verdict import Refuted, Repair
from errata.checking.context import State
from errata.checking.examine import examine, state_at_start
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.judging.sound_repairs import with_sound_repairs
from errata.reading.document import Document
from errata.reading.sources import read_document
from errata.reporting.diagnostic import diagnostics
from errata.reporting.selection import Selection

PAGE = r"The gain of the filter with noise $\tau_n^2$ is $$ g = (K + 3 \tau_n^2)^{-1} h $$"


def with_repair(latex: str) -> Repair | None:
    document = read_document("notes.md", PAGE)
    judged = examine(document, Options()).judged[-1]
    wrong = Refuted(Counterexample("points", (), "1", "2", "", True, True), repair=Repair(latex, "name"))
    state = state_at_start(document, Options())
    assert isinstance(state, State) and judged.left == "g"
    (one,) = with_sound_repairs(state, [replace(judged, verdict=wrong)])
    assert isinstance(one.verdict, Refuted)
    return one.verdict.repair


@pytest.mark.parametrize(
    ("latex", "sound"),
    [
        (r"\left(K + \tau_{n}^2\right)^{-1} h", True),
        (r"\left(K - 3 \tau_{n}^{2}\right)^{-1} h", True),
        (r"\sum_{j} h_j \tau_n", True),  # j is its own, and h_j is an entry of what the page has
        (r"\left(K + 3 \tau_{n}^{2}\right)^{-1} h", False),  # what stands
        (r"\left(3 \tau_{n}^{2} + K\right)^{-1} h", False),  # and the same in another order
        (r"\left(K + 2 \tau^{2}\right)^{-1} h", False),  # another name than the page's
        (r"\left(K + 2 \lambda\right)^{-1} h", False),
    ],
)
def test_a_repair_is_in_names_of_the_page_and_differs_from_what_stands(latex: str, sound: bool) -> None:
    assert (with_repair(latex) is not None) is sound


def helps(text: str) -> list[str]:
    document: Document = read_document("notes.md", text)
    examined = examine(document, Options())
    assert all(isinstance(j, Judged) for j in examined.judged)
    return [d.help or "" for d in diagnostics(examined, Selection())]


GAIN = "The Kalman gain, with process noise covariance $Q$ and measurement noise covariance $R$, is\n\n"


def test_a_known_result_mends_in_the_names_of_the_page() -> None:
    (said,) = helps(GAIN + r"$$ K_k = P_k H (H P_k H^\top + R)^{-1} $$")
    assert said.startswith(r"write P_k H^\top (H P_k H^\top + R)^{-1}")


JENSEN = "By Jensen's inequality, for a convex function $f$ and a random variable $X$,\n\n$$%s.$$\n"


@pytest.mark.parametrize(
    ("wrong", "sign"),
    [
        (r"f(\mathbb E[X]) \ge \mathbb E[f(X)]", r"\le"),
        (r"\mathbb E[f(X)] \le f(\mathbb E[X])", r"\ge"),
    ],
)
def test_an_inequality_the_wrong_way_round_is_mended_by_its_sign(wrong: str, sign: str) -> None:
    assert helps(JENSEN % wrong) == [f"write {sign} (slip: direction)"]
    found = examine(read_document("notes.md", JENSEN % wrong), Options()).judged[-1].verdict
    assert isinstance(found, Refuted)
    low, high = float(found.by.left), float(found.by.right)
    assert low < high if sign == r"\le" else high < low
    right = wrong.replace(r"\ge", "#").replace(r"\le", r"\ge").replace("#", r"\le")
    assert helps(JENSEN % right) == []


def test_a_half_of_a_number_is_a_number() -> None:
    page = r"Let $p(u) = \mathcal N(u; m, 1)$. Then $\mathrm{E}[u^2] = m^2 + 2$."
    assert helps(page)[0].startswith("write m^2 + 1 ")
