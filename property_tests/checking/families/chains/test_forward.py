"""What a document says of a chain, and the law after some steps by it."""

from __future__ import annotations

import pytest

from errata.checking.context import State
from errata.checking.families.chains.forward import Forward, forward_of
from errata.checking.options import Options
from errata.reading.parser import parse
from errata.reading.sources import read_document
from property_tests.checking.families.chains.pages import ALPHAS, BETAS, IN_ALPHA, STEP

JUMP = r"$q(x_t \mid x_0) = \mathcal{N}(x_t; a_t x_0, b_t I)$"


def known(text: str, law: str | None = None) -> Forward | None:
    return forward_of(State(read_document("a.md", text.encode()), Options()), "x", law)


def test_a_step_is_taken_before_the_law_after_many():
    found = known(f"{JUMP}\n\n{STEP}")
    assert found is not None and found.by_steps and found.line == 3
    found = known(JUMP)
    assert found is not None and not found.by_steps
    assert found.step(parse("t").statements[0]) is None
    assert found.factor(parse("r").statements[0], parse("t").statements[0]) is None


@pytest.mark.parametrize("text", ["$a = b$", STEP + " or " + STEP.replace("1 -", "2 -"), JUMP.replace("x_", "y_")])
def test_what_is_not_known(text):
    assert known(text) is None


def test_the_same_step_twice():
    assert known(f"{STEP} and {IN_ALPHA} with {ALPHAS}") is not None
    assert known(f"{STEP} and {IN_ALPHA.replace('t', 's')} with {ALPHAS}".replace("\\sqrs", "\\sqrt")) is not None
    assert known(f"{IN_ALPHA} with {BETAS}", "q") is not None
    assert known(f"{IN_ALPHA} with {BETAS}", "p") is None
