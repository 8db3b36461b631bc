"""Known results that rest on a check: each agrees with what definitions give, and a slip in it does not."""

from __future__ import annotations

import numpy as np
import pytest

from errata.judging.admissible import to_base_two
from errata.judging.slips import slips
from errata.meaning.results.catalogue import RESULTS
from errata.meaning.results.forms import forms
from errata.meaning.results.result import Result
from errata.meaning.terms import Term, add, heads, mul, number
from errata.worlds.operations import NoValue, Token, Value, close
from errata.worlds.world import World, world
from property_tests.meaning.checks.catalogue import CHECKS, OTHER_FORMS
from property_tests.meaning.checks.stated import Pairs, Stated

TOLERANCE = 1e-6
CHECKED = [r for r in RESULTS if r.rests_on == "check"]
EACH = pytest.mark.parametrize("result", CHECKED, ids=lambda r: r.name)


def agree(pairs: Pairs) -> bool:
    """Whether each value from definitions is that of the statement, but for rounding."""
    return bool(pairs) and all(_same(*pair) for pair in pairs)


def _same(truth: object, stated: object) -> bool:
    if isinstance(truth, str | bool | Token):
        return truth == stated
    x, y = np.asarray(truth, dtype=complex), np.asarray(stated, dtype=complex)
    scale = max(float(np.abs(x).max(initial=0)), float(np.abs(y).max(initial=0)), 1e-9)
    return x.shape == y.shape and bool(np.abs(x - y).max(initial=0) <= TOLERANCE * scale)


def test_what_rests_on_a_check_has_one_and_no_check_is_idle() -> None:
    assert {r.name for r in CHECKED} == set(CHECKS)


@EACH
def test_the_statement_is_what_definitions_give(result: Result) -> None:
    form = forms(result)[0]
    pairs = CHECKS[result.name](Stated(form, form.right))
    assert agree(pairs), pairs


@EACH
def test_a_slip_in_the_statement_is_not(result: Result) -> None:
    form = forms(result)[0]
    made = [s.term for s in slips(form.right, sorted(heads(form.right)))]
    made = made or [add(form.right, number(1)), mul(number(2), form.right)]
    told = 0
    for slipped in made[:: max(1, len(made) // 8)]:
        try:
            told += not agree(CHECKS[result.name](Stated(form, slipped)))
        except (NoValue, TypeError, ValueError, KeyError, IndexError):
            continue
    assert told


@EACH
def test_each_other_form_is_the_same_claim_or_is_accounted_for(result: Result) -> None:
    reasons = OTHER_FORMS.get(result.name, {})
    written = len(result.variants) + 1  # behind them stand those with logarithms to any base
    for n, form in enumerate(forms(result)[1:written], 1):
        check = reasons.get(n, CHECKS[result.name])
        if isinstance(check, str):
            assert len(check) > 9
            continue
        pairs = check(Stated(form, form.right))
        assert agree(pairs), f"{n}: {result.variants[n - 1]}"
    assert all(1 <= n <= len(result.variants) for n in reasons)


@pytest.mark.parametrize("result", [r for r in RESULTS if any(r"\\log_2" in f for f in r.forms)], ids=lambda r: r.name)
def test_a_form_in_bits_has_one_with_any_base(result: Result) -> None:
    written = (result.statement, *result.variants)
    in_bits = [f for f in written if r"\\log_2" in f]
    assert result.forms[len(written) :] == tuple(f.replace(r"\\log_2", r"\\log") for f in in_bits)
    made = forms(result)
    for n, form in enumerate(in_bits, len(written)):
        bits = made[written.index(form)]
        worlds = [world(seed, bits.sorts) for seed in range(1, 7)]
        values = [
            (_value(w, to_base_two(made[n].right)), _value(w, bits.right), _value(w, made[n].right)) for w in worlds
        ]
        valued = [v for v in values if None not in v]
        for two, other, plain in valued:
            assert two is not None and other is not None and plain is not None
            assert close(two, other) and not close(plain, other)


def _value(here: World, term: Term) -> Value | None:
    try:
        return here.value(term)
    except NoValue:
        return None
