"""Members of a sequence in one notation, however they are written."""

from __future__ import annotations

import pytest

from errata.meaning.elaborate import elaborate, notations
from errata.meaning.terms import Ref, Term
from errata.reading.parser import parse


def term(latex: str) -> Term:
    root = parse(latex)
    return elaborate(root.statements[0], next(notations(root)))


@pytest.mark.parametrize(
    "latex", [r"p(w_t \mid w_1, \dots, w_{t-1})", r"p(w_t \mid w_{1:t-1})", r"p(w_t \mid w_1, w_2, \ldots, w_{t-1})"]
)
def test_what_came_before_is_one_thing(latex: str) -> None:
    assert term(latex) == term(r"p(w_t \mid w_{<t})")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"p(w_t \mid w_1, \dots, w_t)", r"p(w_t \mid w_{<t})"),  # up to t, not below it
        (r"p(w_t \mid w_2, \dots, w_{t-1})", r"p(w_t \mid w_{<t})"),  # from the second one on
        (r"p(w_t \mid w_1, \dots, v_{t-1})", r"p(w_t \mid w_{<t})"),  # of another letter
    ],
)
def test_what_is_something_else_stays_so(one: str, other: str) -> None:
    assert term(one) != term(other)


def test_a_whole_sequence_is_one_argument() -> None:
    whole = term(r"p(w_1, \dots, w_T)")
    assert isinstance(whole, Ref) and whole.arguments is not None and len(whole.arguments) == 1
    assert whole == term(r"p(w_{1:T})") == term(r"p(w_{\le T})")
