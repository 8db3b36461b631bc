"""What is found by words: rare words count most, spelling does not, and a title that is what is asked stands alone."""

from __future__ import annotations

import pytest

from errata.commands.in_words import MOST_SHOWN, beside, is_meant, said_best_by, several, words_of
from errata.commands.run import _described
from numerics.specifications.catalogue import SPECIFICATIONS
from numerics.specifications.other_names import OTHER_NAMES

MODELS = {one.name: _described(one) for one in SPECIFICATIONS}
FRUIT = {
    "apple_tart": ("apple tart", "pastry with fruit"),
    "apple": ("apple", "a fruit"),
    "pear": ("pear", "a fruit, autoregressive"),
}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("reparametrisation", "Reparameterization"),
        ("optimised losses", "optimized loss"),
        ("Barabási–Albert", "barabasi-albert"),
        ("Bayes' rule of the prior", "bayes rule prior"),
        ("Pinsker’s", "pinsker"),
    ],
)
def test_spellings_of_one_thing_are_one(one, other):
    assert words_of(one) == words_of(other)


def test_different_words_stay_different():
    assert not words_of("bias") & words_of("variance basis")
    assert words_of("class") == {"class"}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("apple", ("apple", "apple_tart")),
        ("the tart of apples", ("apple_tart",)),
        ("pastry", ("apple_tart",)),
        ("fruit", ("apple", "pear", "apple_tart")),
        ("autoregression", ("pear",)),
        ("plum", ()),
        ("plum cake with an apple", ()),
    ],
)
def test_what_says_most_of_it_is_found(asked, found):
    assert said_best_by(asked, FRUIT) == found


def test_titles_come_before_descriptions_and_short_ones_before_long():
    names = {"one": ("a heap", "of sand"), "two": ("sand", "a heap"), "three": ("sand castle", "a heap")}
    assert said_best_by("sand heap", names) == ("one", "two", "three")
    assert said_best_by("sand castle or heap", names) == ("three",)
    assert said_best_by("sand", names) == ("two", "three", "one")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("apple", True), ("the apple", True), ("fruit", False), ("pastry", True), ("plum", False)],
)
def test_one_is_meant_where_it_alone_fits_or_alone_is_called_so(asked, meant):
    found = said_best_by(asked, FRUIT)
    assert (bool(found) and is_meant(asked, found, FRUIT)) == meant


def test_the_others_that_fit_are_told_beside_it():
    assert beside(["one"]) == ""
    assert beside(["one", "two", "three"]) == "; also two, three"
    assert beside(list("abcdefgh")) == "; also b, c, d, e, f and 2 more"


def test_a_long_list_is_cut():
    names = [f"name_{k}" for k in range(MOST_SHOWN + 3)]
    said = several("fruit", names, dict.fromkeys(names, "x" * 200), "`errata run`")
    assert said.splitlines()[-1] == "  and 3 more"
    assert max(map(len, said.splitlines())) <= 120


def test_every_other_name_of_a_model_leads_to_it():
    assert set(OTHER_NAMES) <= set(MODELS)
    astray = [(n, w) for n, names in OTHER_NAMES.items() for w in names if n not in said_best_by(w, MODELS)]
    assert astray == []
    assert [one.name for one in SPECIFICATIONS if one.name not in said_best_by(one.title, MODELS)] == []


def test_a_name_of_another_model_is_noticed():
    assert "gmm" not in said_best_by("Kalman filter", MODELS)
