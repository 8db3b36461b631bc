"""The score of planted slips counts what it says: by meaning, by outcome, repairs, and a judge that holds anything."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
NOTES = r"""
One has $f = (a + b)^2 - b^2 = a^2 + 2ab$ here, and $2 \cdot 3 + 1 = 7$.

A wrong one, $g = (a + b)^2 = a^2 + b^2$, and one that is no equation, $2 \cdot 3 < 7$, are no ground to plant in.
"""
TINY = r"""
import contextlib, io, json, sys
from pathlib import Path
from unittest import mock
from sympy.core.facts import InconsistentAssumptions
from benchmarks import mutations, planting
from benchmarks.meaning import bernoulli, changed, in_zero_and_one
from errata.checking import examine
from errata.checking.options import Options
from errata.checking.pool.limits import OutOfTime
from errata.reading.parser import parse
from errata.reading.scope import Scope

def node(latex):
    return parse(latex).statements[0]

def printed(*arguments):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        status = mutations.main(arguments)
    return status, out.getvalue()

pairs = [
    (r"a^2 + 2ab", r"a^2 + ab", []), (r"a(b + c)", r"ac + ab", []), (r"|a|", r"a", []), (r"\mathrm{E}[X]", r"p(X)", []),
    (r"0.2 + 0.3", r"0.2 + 0.34", ["0.5"]), (r"0.2 + 0.3", r"0.2 + 0.5", ["0.5"]),
    (r"\sum_{i=1}^n x_i", r"\sum_{i=1}^n x_i^2", []),
    (r"\frac{1}{0}", r"\frac{0}{0}", []),
    (r"p(\Omega) - p(A)", r"p(\Omega)^2 - p(A)", []), (r"p(\Omega) - p(A)", r"p(\Omega) - p(A)^2", []),
    (r"b + \mathrm{tr}(I_n)", r"b + \mathrm{tr}(I_n^2)", []), (r"b + \mathrm{tr}(I_n)", r"b^2 + \mathrm{tr}(I_n)", []),
    (r"\sum_{i=1}^n y_i a_i", r"\sum_{i=1}^n y_i^2 a_i", []), (r"\sum_{i=1}^n y_i a_i", r"\sum_{i=1}^n y_i a_i^2", []),
]
events = [(rf"p(A \cup \overline{{{b}}})", rf"p(A \cup \overline{{{b}}})^2") for b in "AB"]
part = r"\int_{-\infty}^{0} @(z; a) \, dz + \int_0^x @(z; a) \, dz"
laws = [part.replace("@", law) for law in (r"\mathrm{Exp}", r"\mathrm{Laplace}")]
below = [(law, "-" + law) for law in laws] + [(laws[0], laws[0].replace(r"\int_0^x", r"2 \int_0^x"))]
boundary = r"[x e^{-b x}]_0^{\infty} + \frac{1}{b}"
limits = [(boundary, "2 " + boundary), (boundary, boundary.replace("1", "2"))]
quantile = (r"s \cdot \mathrm{erf}^{-1}(0) + m", r"s^2 \cdot \mathrm{erf}^{-1}(0) + m")
mean = r"\log s + \mathrm{E}[(\frac{x - @}{\sigma})^2]"
standard = [(m := mean.replace("@", letter), m + "^2") for letter in (r"\mu", "a")]
tending = r"\lim_{x \to \infty} [\frac{b}{t - b} e^{x (t - b)}] - \frac{b}{t - b}"
unbounded = [(tending, tending.replace(r"t - b} e", r"-t - b} e")), (tending, tending + r" - b")]
centred = (r"s + \sum_{i=1}^n c_i", r"s + 2 \sum_{i=1}^n c_i")
put_in = {"c_i": node(r"\frac{x_i - \bar{x}}{2}")}
chances = [
    r"P(y_i | p) = p^{y_i} (1 - p)^{1 - y_i}", r"\prod_j \hat{p}^{w} (1 - \hat{p})^{1 - w}", r"p^{x} (1 - p)^{n - x}",
]
binary = in_zero_and_one([parse(r"\mathbf{y}_n \in \{0, 1\}^K"), parse(r"a \in [0, 1]")])
between = {"names": "$p$ $q$ $r$ $s$ $t$ $u$ $v$", "statements": "$p = 1$ $q = 2$ $r = 3$ $s = 4$ $t = 5$ $u = 6$"}
said = {}
for what, formulas in between.items():
    page = Path(sys.argv[1]).with_name(f"{what}.md")
    page.write_text(rf"Here $y \in \{{0, 1\}}$. {formulas} $f = (a + b)^2 - b^2 = a^2 + 2ab$")
    (last,) = planting.claims([str(page)], Options(), lambda path: None)
    said[what] = sorted(in_zero_and_one(planting._before(last)))
    page.unlink()
found = list(planting.claims([sys.argv[1]], Options(), lambda path: None))
real = planting.judged_afresh
whole = printed(sys.argv[1], "-v")
some = [printed(sys.argv[1], "--limit", "5", "--seed", seed)[1] for seed in "112"]
calls = []

def credulous(state, index, root):
    calls.append(index)
    return real(state, index, parse(state.document.formulas[index].latex))

in_turn, asked = examine.judge_in_turn, []

def confused(state, index, root):
    asked.append(index)
    if len(asked) % 3 == 2:
        raise InconsistentAssumptions(None, None, None)
    return in_turn(state, index, root)

examine.judge_in_turn = confused
left_over = printed(sys.argv[1], "--limit", "5", "--seed", "1")[1]
examine.judge_in_turn, planting.judged_afresh = in_turn, credulous
turned_off = []

def ringing_late(seconds):
    if seconds == 0:
        turned_off.append(seconds)
        raise OutOfTime

with mock.patch.object(planting, "set_alarm", ringing_late):
    late = planting._timed(lambda: "done", 1), len(turned_off)
print(json.dumps({
    "changed": [changed(node(a), node(b), [node(n) for n in beside], Scope(), 0, binary) for a, b, beside in pairs],
    "events": [changed(*map(node, pair), [], Scope(), 0) for pair in events],
    "below": [changed(*map(node, pair), [], Scope(), 0) for pair in below],
    "limits": [changed(*map(node, pair), [node(r"\int_0^\infty x e^{-b x} dx")], Scope(), 0) for pair in limits],
    "quantile": changed(*map(node, quantile), [], Scope(), 0),
    "standard": [changed(*map(node, pair), [], Scope(), 0) for pair in standard],
    "unbounded": [changed(*map(node, pair), [], Scope(), 0) for pair in unbounded],
    "unit": [changed(node("0.5 + 0.25"), node(b), [node("1.8")], Scope(), 0) for b in ("0.25 + 0.5", "0.5 + 1.25")],
    "given": [changed(*map(node, centred), [], Scope(), 0, frozenset(), given) for given in ({}, put_in)],
    "bernoulli": sorted(bernoulli(map(parse, chances))),
    "said": said,
    "real": changed(*map(node, pairs[-2][:2]), [], Scope(), 0),
    "claims": [planting.to_latex(c.pair.right) for c in found],
    "whole": whole, "some": some, "credulous": printed(sys.argv[1], "-v"),
    "left_over": left_over, "late": late,
}))
"""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Slips planted in a page, in a process of its own: tests don't import benchmarks."""
    notes = tmp_path_factory.mktemp("notes") / "notes.md"
    notes.write_text(NOTES)
    command = [sys.executable, "-c", TINY, str(notes)]
    ran = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_meaning_is_told_by_values(tiny: dict[str, Any]) -> None:
    """A lost factor; the same expanded; the same at positive points; laws; within the rounding, and beyond it; sums."""
    assert tiny["changed"][:8] == [True, False, False, None, False, True, True, None]


def test_what_is_certain_and_what_is_zero_or_one_are_their_own_squares(tiny: dict[str, Any]) -> None:
    assert tiny["changed"][8:] == [False, True, False, True, False, True]
    assert tiny["real"] is True  # of other names nothing is known


def test_an_event_or_its_complement_is_certain(tiny: dict[str, Any]) -> None:
    assert tiny["events"] == [False, True]


def test_a_positive_law_has_nothing_below_zero(tiny: dict[str, Any]) -> None:
    """What is changed there is not told for the law of positive numbers; for another one, and above zero, it is."""
    assert tiny["below"] == [False, True, True]


def test_a_boundary_term_that_vanishes_is_not_told_from_its_double(tiny: dict[str, Any]) -> None:
    """A limit is known near its place only, where a difference shows and agreement doesn't."""
    assert tiny["limits"] == [None, True]


def test_the_inverse_error_function_is_zero_at_zero(tiny: dict[str, Any]) -> None:
    assert tiny["quantile"] is False


def test_a_neighbour_in_another_unit_tells_nothing(tiny: dict[str, Any]) -> None:
    assert tiny["unit"] == [False, True]


def test_a_standardised_square_has_the_mean_one(tiny: dict[str, Any]) -> None:
    assert tiny["standard"] == [False, True]


def test_limits_that_are_infinite_are_not_compared(tiny: dict[str, Any]) -> None:
    """Where the limit is finite it is 0 and hides the factor before it; what is beside it doesn't."""
    assert tiny["unbounded"] == [None, True]


def test_what_the_notes_define_may_leave_the_meaning_as_it_is(tiny: dict[str, Any]) -> None:
    """Twice a sum of centred values is that sum, which is zero; of unknown ones it isn't."""
    assert tiny["given"] == [True, False]


def test_what_has_the_probabilities_of_bernoulli_is_zero_or_one(tiny: dict[str, Any]) -> None:
    assert tiny["bernoulli"] == ["w", "y"]


def test_what_is_zero_or_one_is_said_a_few_statements_before(tiny: dict[str, Any]) -> None:
    """A formula that only names something is no statement."""
    assert tiny["said"] == {"names": ["y"], "statements": []}


def test_slips_are_planted_in_equations_that_hold(tiny: dict[str, Any]) -> None:
    assert tiny["claims"] == ["a^2 + 2 a b", "7"]


def test_the_judge_refutes_what_changes_the_meaning(tiny: dict[str, Any]) -> None:
    status, printed = tiny["whole"]
    assert status == 0 and printed.startswith("2 claims, ")
    (score,) = [line for line in printed.splitlines() if "that change the meaning" in line]
    counts = dict(re.findall(r"(held if|\w+) +(\d+)", score.split(":")[1]))
    assert int(counts["refuted"]) >= 20 and counts["held"] == counts["held if"] == counts["failed"] == "0"
    assert "  sign " in printed and "of these repaired" in printed


def test_a_sample_is_drawn_by_its_seed(tiny: dict[str, Any]) -> None:
    first, again, other = tiny["some"]
    assert first == again and "5 are" in first and "5 are" in other


def test_a_judge_that_holds_anything_is_told(tiny: dict[str, Any]) -> None:
    """It looks at the formula as it was, so every slip that changes the meaning is held."""
    status, printed = tiny["credulous"]
    assert status == 1 and "  refuted 0 of" in printed and "held, changes the meaning: " in printed


def test_each_line_says_whether_its_slip_changes_the_meaning(tiny: dict[str, Any]) -> None:
    """As many lines say so of what is held as the score counts among those that do."""
    printed = tiny["credulous"][1]
    (score,) = [line for line in printed.splitlines() if "that change the meaning" in line]
    held = int(re.findall(r"held +(\d+)", score)[0])
    assert printed.count("\nheld, changes the meaning: ") == held > 0


def test_what_was_cut_off_in_one_slip_confuses_no_other(tiny: dict[str, Any]) -> None:
    """A deduction that was left half done, on which SymPy contradicts itself later, is looked at afresh."""
    assert tiny["left_over"] == tiny["some"][0]


def test_an_alarm_that_rings_while_it_is_turned_off_costs_its_slip_alone(tiny: dict[str, Any]) -> None:
    assert tiny["late"] == [None, 1]
