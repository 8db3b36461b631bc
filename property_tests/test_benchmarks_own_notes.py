"""``python -m benchmarks.own_notes``: what it counts, and that a false alarm and a false support are noticed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
RUN = r"""
import io
import json
from contextlib import redirect_stdout

import sympy as sp
from benchmarks import own_notes
from benchmarks.written_otherwise import WAYS
from claims.claim import Relation
from claims.domains import Positive, Variable, symbols_of
from claims.evidence import Agreement, Counterexample
from claims.records import replace
from claims.verdict import Refuted, Supported
from derivations.catalogue import PAGES, derivation
from errata.commands.derivation_notes import notes_of

WHERE = (Variable("a", Positive(), "a rate"), Variable("b", Positive(), "another"))
a, b = symbols_of(WHERE)
own_notes.PAGES = [page for page in PAGES if (page.topic, page.stem) == ("flows", "layers")]
real = own_notes.examine


def said(*arguments, verdict=None):
    def examine(*given):
        found = real(*given)
        return replace(found, judged=tuple(replace(one, verdict=verdict, rule=None) for one in found.judged))

    own_notes.examine = real if verdict is None else examine
    out = io.StringIO()
    with redirect_stdout(out):
        status = own_notes.main(arguments)
    return status, out.getvalue()


def false(relation, right):
    return own_notes.is_false(a**2 + 2 * a * b + b**2, relation, right, WHERE)


EQ, LE, GE = Relation.EQ, Relation.LE, Relation.GE
SLIPS = ("flows", "--slips", "4", "--seed", "1")
refuted = Refuted(Counterexample("planted", (), "0", "1", "planted", confirmed=True))
supported = Supported((Agreement("planted", 9, 1, "planted"),))
one, f = derivation("entropy_normal_eq"), sp.Function("f")
notes = notes_of(one.claim, one.steps)
print(json.dumps({
    "derivations": len(own_notes.PAGES[0].derivations),
    "plain": said("flows"),
    "alarmed": said("flows", verdict=refuted),
    "slips": said(*SLIPS),
    "believed": said(*SLIPS, verdict=supported),
    "true": [false(EQ, (a + b) ** 2), false(LE, a**2 + b**2 + 3 * a * b), false(GE, a**2 + b**2)],
    "false": [false(EQ, a**2 + b**2), false(LE, a**2 + b**2 + a * b), false(GE, (a + b) ** 2 + 1)],
    "unknown": own_notes.is_false(f(a), Relation.EQ, 2 * f(a), WHERE),
    "notes": notes,
    "ways": {way: change(notes) for way, change in WAYS.items()},
}))
"""


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What the command says of one page, and what it takes for false, in a process of its own."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", RUN]
    ran = subprocess.run(command, check=False, cwd=ROOT, env=environ, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_no_claim_of_a_page_is_refuted(told: dict[str, Any]) -> None:
    status, out = told["plain"]
    topic, every = (line.split() for line in out.splitlines())
    assert status == 0 and topic[0] == "flows" and every[0] == "all" and topic[1:] == every[1:]
    counts = [int(word) for word in every[1:] if word.isdigit()]
    assert counts[0] == sum(counts[1:]) > 2 * told["derivations"]


def test_a_false_alarm_is_noticed(told: dict[str, Any]) -> None:
    status, out = told["alarmed"]
    assert status == 1 and "REFUTED flows/layers.md:" in out


def test_a_false_support_is_noticed_and_a_refutation_is_none(told: dict[str, Any]) -> None:
    assert told["slips"][0] == 0 and "FALSE SUPPORT" not in told["slips"][1]
    assert told["believed"][0] == 1 and "FALSE SUPPORT" in told["believed"][1]


def test_what_is_false_is_told_by_values_and_what_has_none_is_not_told(told: dict[str, Any]) -> None:
    assert told["true"] == [False] * 3
    assert told["false"] == [True] * 3
    assert told["unknown"] is None


@pytest.mark.parametrize(
    ("way", "before", "after"),
    [
        ("slashes", r"\frac{1}{2}", r"\left(1\right)/\left(2\right)"),
        ("brackets", r"\left(x - m\right)", r"\Bigl(x - m\Bigr)"),
        ("inline", "$$\nH(", "holds."),
        ("texts between", r" && \text{E(x", r"\intertext{E(x"),
        ("lawless", r"\mathbb{E}_{", r"Let $x \sim \mathcal{N}(m, s^{2})$."),
        ("letters", r"\left(x - m\right)", r"\left(z - l\right)"),
    ],
)
def test_notes_are_written_otherwise(told: dict[str, Any], way: str, before: str, after: str) -> None:
    notes, changed = told["notes"], told["ways"][way]
    assert before in notes and after not in notes
    assert after in changed and (before not in changed or way == "inline")
