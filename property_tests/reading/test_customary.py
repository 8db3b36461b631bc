r"""Commands that nearly every author means the same by are read where nothing defines them: \E, \Var, \given, \cN."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.customary import customary_macros
from errata.reading.document import Macro
from errata.reading.explain import read_latex
from errata.reading.sources import read_document


def last(latex: str) -> Judged:
    document = read_document("page.md", f"For random variables $X$ and $Y$\n\n$$ {latex} $$\n".encode())
    return examine(document, Options()).judged[-1]


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"\E{X} = \E{Y}", "E[X] = E[Y]"),
        (r"\E[X] = \EE[Y]", "E[X] = E[Y]"),
        (r"p(x \given y)", "p(x | y)"),
        (r"x \dist \cN(0, 1)", "x ∼ N(0, 1)"),
        (r"\abs{x} \le \norm{\vx}", "|x| ≤ ‖bold x‖"),
        (r"\KL(p \| q)", "KL(p ‖ q)"),
        (r"f \parens[\big]{x} = \bracks*{a - b} + \braces{c}", "f(x) = [(a - b)] + {c}"),
        (r"\norm[\Big]{\vx} = \abs{y}", "‖bold x‖ = |y|"),
    ],
)
def test_customary_commands_are_read_and_said(latex: str, said: str) -> None:
    reading = read_latex(latex)
    assert reading.opaque == ()
    assert reading.words == said
    assert any("is defined nowhere" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"\vx + \btheta = \mSigma \vmu", "bold x + bold θ = bold Σ·bold μ"),
        (r"\Vx^\top \MA \Vx = \Vy", "bold x^⊤·bold A·bold x = bold y"),
        (r"\beta + \bar{x}", "β + x̄"),
        (r"\MA", "MA"),
    ],
)
def test_a_letter_in_bold_by_the_initial_of_its_font(latex: str, said: str) -> None:
    assert read_latex(latex).words == said


def test_the_document_wins() -> None:
    own = {"E": Macro("E", 0, r"\mathcal{E}")}
    assert customary_macros([r"\E + \KL(p \| q)"], own).keys() == {"KL"}
    assert read_latex(r"\E", own).notes == ()


@pytest.mark.parametrize("latex", [r"\E{X} + \E[Y]", r"\V{v} + w", r"\foo{x}", r"\norm[0, 1]"])
def test_what_may_mean_two_things_is_given_no_meaning(latex: str) -> None:
    reading = read_latex(latex)
    assert reading.opaque == ()
    assert any("is read as a name" in note for note in reading.notes)


def test_what_is_read_so_is_judged_and_says_so() -> None:
    wrong = last(r"\Pr{X \ge Y} = 0 \imp \E{X} \ge \E{Y}")
    assert isinstance(wrong.verdict, Refuted)
    assert any(r"\imp is defined nowhere" in said for said in wrong.where)
    assert isinstance(last(r"\Pr{X \ge Y} = 1 \imp \E{X} \ge \E{Y}").verdict, Supported)
