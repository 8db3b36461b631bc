"""Relations with indicators: supported where each condition was met and was not, refuted with the conditions named."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Refuted, Supported, Undecided
from errata.checking.examine import examine
from errata.checking.indicators import AWAY
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def judged(text: str) -> Judged:
    return examine(read_document("a.md", text), Options()).judged[-1]


RIGHT = [
    r"\max(x, 0) = x \mathbb{1}[x > 0]",
    r"|x| = x \mathbb 1\{x > 0\} - x \mathbb{1}_{x < 0}",
    r"\max(x, a) - a = (x - a) \mathbf{1}(x \ge a)",
    r"\mathbb{I}(a \le x \le b) = \mathbb{I}(x \ge a) \mathbb{I}(x \le b)",
    r"\sum_{k=1}^K \mathbb{1}\{y = k\} \log p_k = \log p_y",
    r"\prod_{k=1}^K p_k^{\mathbb{1}[y = k]} = p_y",
    r"p^{\mathbb 1[y=1]} (1-p)^{\mathbb 1[y=0]} = p^y (1-p)^{1-y}",
    r"\sum_{i=1}^N \mathbb 1[y_i \ne z_i] = N - \sum_{i=1}^N \mathbb 1[y_i = z_i]",
    r"\frac{d}{dx} \max(0, x) = \mathbf 1(x > 0)",
    r"\int_{-\infty}^{\infty} e^{-x} \mathbb{1}_{x > a} \, dx = \int_a^\infty e^{-x} \, dx",
    r"\mathbb{1}_{A \cup B} = \mathbb{1}_A + \mathbb{1}_B - \mathbb{1}_A \mathbb{1}_B",
    r"\mathbb{1}_{A^c}(x) = 1 - \mathbb{1}_A(x)",
    r"[x > a] = 1 - [x \le a]",
]
WRONG = [
    (r"\max(x, 0) = x \mathbb{1}[x < 0]", None),
    (r"|x| = x \mathbb 1\{x > 0\} + x \mathbb{1}\{x < 0\}", "x < 0, x ≤ 0"),
    (r"\max(x, a) - a = (x + a) \mathbf{1}(x \ge a)", "x ≥ a"),
    (r"I(x > 2) = I(x > 1)", "x > 1"),
    (r"\sum_{k=1}^K \mathbb{1}\{y = k\} \log p_k = - \log p_y", None),
    (r"\frac{d}{dx} \max(0, x) = \mathbf 1(x < 0)", None),
    (r"\mathbb{1}_{A \cup B} = \mathbb{1}_A + \mathbb{1}_B", "[A] is 1, [B] is 1"),
    (r"[x > a] = [x \le a]", None),
]
OPEN = [
    r"\mathbb 1[y = 1] = \frac{1 + y}{2}",
    r"2 x = 2 x \mathbb{1}_{x > 0}",
    r"\lambda e^{-\lambda x} = \lambda e^{-\lambda x} \mathbb{1}[x \ge 0]",
    r"f(x) = x \mathbb{1}[x > 0] + 1",
    r"y_i^k = [y_i = k]",
    r"\hat{x} \mathbb{1}[x > 0] = x",
    r"\mathbb{1}[x^2 \ge 0] = \mathbb{1}[x^2 \ge -1]",
]


@pytest.mark.parametrize("latex", RIGHT)
def test_what_holds_everywhere_is_supported(latex: str) -> None:
    found = judged(f"One has ${latex}$.")
    assert isinstance(found.verdict, Supported) and found.verdict.holds_if is None


@pytest.mark.parametrize("latex", [r"[x > 0] = 1 - [x < 0]", r"\max(x, y) = x [x \ge y] + y [y \ge x]"])
def test_what_fails_at_an_edge_alone_holds_away_from_it(latex: str) -> None:
    found = judged(f"One has ${latex}$.")
    assert isinstance(found.verdict, Supported) and found.verdict.holds_if == AWAY


@pytest.mark.parametrize(("latex", "where"), WRONG)
def test_what_fails_is_refuted_with_what_holds_there(latex: str, where: str | None) -> None:
    found = judged(f"One has ${latex}$.")
    assert isinstance(found.verdict, Refuted) and found.verdict.by.witness and found.rule == "E311"
    assert found.message is not None and (where is None or where in found.message)


@pytest.mark.parametrize("latex", OPEN)
def test_what_may_be_meant_is_left_open(latex: str) -> None:
    assert not isinstance(judged(f"One has ${latex}$.").verdict, Refuted | Supported | Proved)


def test_sets_that_may_depend_on_each_other_refute_nothing() -> None:
    found = judged(r"For disjoint sets, $\mathbb{1}_{A \cup B} = \mathbb{1}_A + \mathbb{1}_B$.")
    assert isinstance(found.verdict, Undecided)


@pytest.mark.parametrize(
    ("latex", "slip", "mended"),
    [
        (r"\max(x, y) = x \mathbb{1}[x \ge y] + y \mathbb{1}[x \ge y]", "direction", r"x < y"),
        (r"\max(x, 0) = - x \mathbb{1}[x > 0]", "sign", r"x \mathbb{1}"),
    ],
)
def test_the_slip_is_named(latex: str, slip: str, mended: str) -> None:
    found = judged(f"One has ${latex}$.").verdict
    assert isinstance(found, Refuted) and found.repair is not None
    assert found.repair.slip == slip and mended.replace(" ", "") in found.repair.latex.replace(" ", "")


def test_data_are_counted() -> None:
    data = "Let $y_1 = 1$, $y_2 = 0$, $y_3 = 1$.\n\n"
    right = judged(data + r"$$\frac13 \sum_{i=1}^3 \mathbb{1}[y_i = 1] = 2/3$$")
    wrong = judged(data + r"$$\frac13 \sum_{i=1}^3 \mathbb{1}[y_i = 0] = 2/3$$")
    assert isinstance(right.verdict, Proved | Supported)
    assert isinstance(wrong.verdict, Refuted) and wrong.rule == "E301"


def test_an_order_statistic_is_not_the_member_of_its_number() -> None:
    page = r"$$L(t) = t^{-n} \prod_{i=1}^n I_{\{X_i < t\}} = t^{-n} I_{\{X_%s < t\}}$$"
    assert isinstance(judged(page % "{(n)}").verdict, Supported | Undecided)
    assert isinstance(judged(page % "n").verdict, Refuted)
