"""``python -m benchmarks.own_notes``: what it counts, and that a false alarm and a false support are noticed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sympy as sp

from benchmarks import own_notes
from benchmarks.written_otherwise import WAYS
from claims.claim import Relation
from claims.domains import Positive, Variable, symbols_of
from claims.evidence import Agreement, Counterexample
from claims.records import replace
from claims.verdict import Refuted, Supported, Verdict
from derivations.catalogue import PAGES, derivation
from errata.commands.derivation_notes import notes_of

WHERE = (Variable("a", Positive(), "a rate"), Variable("b", Positive(), "another"))
a, b = symbols_of(WHERE)
PAGE = next(page for page in PAGES if (page.topic, page.stem) == ("flows", "layers"))


@pytest.fixture
def one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_notes, "PAGES", [PAGE])


def saying(verdict: Verdict, monkeypatch: pytest.MonkeyPatch) -> None:
    """A judge that says this of everything."""
    real = own_notes.examine

    def examine(*arguments: object) -> object:
        found = real(*arguments)  # type: ignore[arg-type]
        return replace(found, judged=tuple(replace(one, verdict=verdict, rule=None) for one in found.judged))

    monkeypatch.setattr(own_notes, "examine", examine)


def test_no_claim_of_a_page_is_refuted(one_page: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert own_notes.main(["flows"]) == 0
    topic, every = (line.split() for line in capsys.readouterr().out.splitlines())
    assert topic[0] == "flows" and every[0] == "all" and topic[1:] == every[1:]
    counts = [int(word) for word in every[1:] if word.isdigit()]
    assert counts[0] == sum(counts[1:]) > 2 * len(PAGE.derivations)


def test_a_false_alarm_is_noticed(
    one_page: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    saying(Refuted(Counterexample("planted", (), "0", "1", "planted", confirmed=True)), monkeypatch)
    assert own_notes.main(["flows"]) == 1
    assert "REFUTED flows/layers.md:" in capsys.readouterr().out


def test_a_false_support_is_noticed_and_a_refutation_is_none(
    one_page: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert own_notes.main(["flows", "--slips", "4", "--seed", "1"]) == 0
    assert "FALSE SUPPORT" not in capsys.readouterr().out
    saying(Supported((Agreement("planted", 9, 1, "planted"),)), monkeypatch)
    assert own_notes.main(["flows", "--slips", "4", "--seed", "1"]) == 1
    assert "FALSE SUPPORT" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("relation", "right", "wrong"),
    [
        (Relation.EQ, (a + b) ** 2, a**2 + b**2),
        (Relation.LE, a**2 + b**2 + 3 * a * b, a**2 + b**2 + a * b),
        (Relation.GE, a**2 + b**2, (a + b) ** 2 + 1),
    ],
)
def test_what_is_false_is_told_by_values(relation: Relation, right: sp.Expr, wrong: sp.Expr) -> None:
    left = a**2 + 2 * a * b + b**2
    assert own_notes.is_false(left, relation, right, WHERE) is False
    assert own_notes.is_false(left, relation, wrong, WHERE) is True


def test_what_has_no_value_is_not_told() -> None:
    f = sp.Function("f")
    assert own_notes.is_false(f(a), Relation.EQ, 2 * f(a), WHERE) is None


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
def test_notes_are_written_otherwise(way: str, before: str, after: str) -> None:
    one = derivation("entropy_normal_eq")
    notes = notes_of(one.claim, one.steps)
    change: Callable[[str], str] = WAYS[way]
    assert before in notes and after not in notes
    assert after in change(notes) and (before not in change(notes) or way == "inline")
