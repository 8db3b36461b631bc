"""Expectations of vectors, for all laws on three outcomes."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.expected import judge_expected
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.sources import read_document


def pair(latex: str) -> Pair:
    latex = latex.replace("'", r"^\mathrm{T}").replace("E[", r"\mathrm{E}[").replace("E(", r"\mathrm{E}(")
    return next(iter(stated(parse(latex))[0].pairs()))


HELD = [
    "E[(X + a - E[X] - a)(X + a - E[X] - a)'] = E[(X - E[X])(X - E[X])']",
    "E[A (X - E[X]) (X - E[X])' A'] = A E[(X - E[X])(X - E[X])'] A'",
    "E[(X - E[X])(Y - E[Y])'] = E[X Y'] - E(X) E(Y)'",
    r"E[X' A X] = \mathrm{tr}(A E[X X'])",
    r"E[(x - \mu)' A (x - \mu)] = \mathrm{tr}(A E[(x - \mu)(x - \mu)'])",
    "E[X_1 Y' + X_2 Y'] = E[X_1 Y'] + E[X_2 Y']",
]
BROKEN = [
    "E[(X + a - E[X] - b)(X + a - E[X] - b)'] = E[(X - E[X])(X - E[X])']",
    "E[A (X - E[X]) (X - E[X])' A'] = A E[(X - E[X])(X - E[X])'] A",
    "E[(X - E[X])(Y - E[Y])'] = E[X Y'] + E(X) E(Y)'",
    "E[X Y'] = E(X) E(Y)'",
    "E[X' A X] = E[X]' A E[X]",
    "E[x x'] = E[x] E[x]'",
    "E[X_1 Y' + X_2 Y'] = E[X_1 Y'] + E[X_1 Y']",
]


@pytest.mark.parametrize(("latex", "holds"), [(latex, True) for latex in HELD] + [(latex, False) for latex in BROKEN])
def test_a_relation_holds_for_every_law(latex: str, holds: bool) -> None:
    found = judge_expected(pair(latex), 0)
    assert (found is not None and isinstance(found.verdict, Supported)) is holds


@pytest.mark.parametrize("latex", ["E[X X'] = X X'", "E[a a'] = a E[a]'", "E[X] = E[Y]"])
def test_it_says_nothing_of_what_is_random_outside_or_never(latex: str) -> None:
    assert judge_expected(pair(latex), 0) is None


ROWS = r"""For a random vector,
$$\begin{align}
C &= E[\mathbf{Y} \mathbf{Y}^{T} - \mathbf{Y} E[\mathbf{Y}]^{T} - E[\mathbf{Y}] \mathbf{Y}^{T}] \\
&= E[\mathbf{Y} \mathbf{Y}^{T}] %s 2 E[\mathbf{Y}] E[\mathbf{Y}]^{T}
\end{align}$$
"""


@pytest.mark.parametrize(("sign", "verdict"), [("-", Supported), ("+", Refuted)])
def test_a_plain_e_that_its_own_bracket_holds_is_an_expectation(sign: str, verdict: type) -> None:
    judged = examine(read_document("notes.md", ROWS % sign), Options()).judged
    assert isinstance(judged[-1].verdict, verdict)
    assert judged[-1].read_as.startswith("E[bold Y")
