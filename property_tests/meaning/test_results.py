"""Known results: each can be read, has values, is met by itself, and tells its own slips."""

from __future__ import annotations

import pytest

from claims.records import replace
from derivations.catalogue import derivation
from errata.judging.assertion import Assertion
from errata.judging.known_results import match
from errata.judging.result_forms import LEAST_SIZE, is_convention
from errata.judging.slips import slips
from errata.meaning.elaborate import spelled
from errata.meaning.indices import idle_heads, without_indices
from errata.meaning.results.catalogue import RESULTS
from errata.meaning.results.forms import Form, forms
from errata.meaning.results.naming import Naming
from errata.meaning.results.result import Result, Slot
from errata.meaning.terms import Term, size
from errata.worlds.operations import NoValue
from errata.worlds.world import world

NAMED = Naming(near=True, specific=True)
ALL = pytest.mark.parametrize("result", RESULTS, ids=lambda r: r.name)


def has_value(term: Term, form: Form, seed: int) -> bool:
    try:
        world(seed, form.sorts).value(term)
    except NoValue:
        return False
    return True


def test_names_are_those_of_one_result() -> None:
    names = [r.name for r in RESULTS]
    assert len(names) == len(set(names))
    assert len(names) > 400


@ALL
def test_every_form_has_values_in_enough_worlds(result: Result) -> None:
    for form in forms(result):
        sides = [form.right] if form.names_its_left else [form.left, form.right]
        fit = [s for s in range(1, 40) if all(has_value(side, form, s) for side in sides)]
        assert len(fit) >= 9, spelled(form.right)


@ALL
def test_a_result_is_met_by_itself(result: Result) -> None:
    form = forms(result)[0]
    found = match([Assertion(form.left, form.sign, form.right, {})], {result: NAMED})
    if found is None:
        conventions = [n for n in range(len(forms(result))) if is_convention(result, n)]
        assert conventions, "only where the page must say which convention is meant, nothing is said"
        return
    assert found.slip is None


@ALL
def test_what_it_rests_on_is_there(result: Result) -> None:
    kind, *name = result.rests_on.split()
    if kind == "derivation":
        assert derivation(name[0]).claim.name == name[0]
    assert result.source


@ALL
def test_some_of_its_slips_are_told_and_none_passes_for_the_result(result: Result) -> None:
    form = forms(result)[0]
    told = 0
    text = "".join(result.needs)
    made = list(slips(form.right))
    idle = idle_heads(form.left, form.right)
    for slip in made[:: max(1, len(made) // 6)]:
        if without_indices(slip.term, idle) == without_indices(form.right, idle):
            continue  # another number for μ_0 is another name for it
        found = match([Assertion(form.left, form.sign, slip.term, {}, text)], {result: NAMED})
        if found is not None and found.slip is None and found.form.is_main:
            assert is_other_form(slip.term, result), f"{slip.kind}: {spelled(slip.term)}"
        told += found is not None and found.slip is not None
    assert told or len(made) < 8 or size(form.right) < LEAST_SIZE or is_convention(result, 0)


def is_other_form(term: Term, result: Result) -> bool:
    """Whether a slip of the statement is equal to it, or is another form of the result."""
    for form in forms(result):
        same = 0
        for seed in range(1, 6):
            here = world(seed, form.sorts)
            try:
                same += abs(complex(here.value(term)) - complex(here.value(form.right))) < 1e-6  # type: ignore[arg-type]
            except (NoValue, TypeError, ValueError):
                return True
        if same == 5:
            return True
    return False


def test_a_result_with_a_wrong_sort_is_refused() -> None:
    with pytest.raises(ValueError, match="no sort"):
        replace(RESULTS[0], slots=(Slot("x", "length"),))
    with pytest.raises(ValueError, match="rests on"):
        replace(RESULTS[0], rests_on="belief")


BESIDE = [r for r in RESULTS if r.beside]


@pytest.mark.parametrize("result", BESIDE, ids=lambda r: r.name)
def test_another_thing_of_the_same_words_supports_nothing_and_is_not_refuted(result: Result) -> None:
    for number, other in enumerate(forms(result)):
        if result.is_beside(number):
            found = match([Assertion(other.left, other.sign, other.right, {})], {result: NAMED})
            assert found is None
            assert is_convention(result, number)


def test_the_divisor_of_the_likeliest_variance_is_n() -> None:
    result = next(r for r in RESULTS if r.name == "normal_variance_mle")
    form = forms(result)[0]
    assert not is_convention(result, 0)
    found = match([Assertion(form.left, form.sign, form.right, {})], {result: NAMED})
    assert found is not None and found.slip is None


def test_what_stands_beside_a_result_is_one_of_its_forms() -> None:
    with pytest.raises(ValueError, match="no form"):
        replace(RESULTS[0], beside=("n + 1",))
