"""The table of contents names every derivation that there is, and none that there isn't; words find what they name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derivations.catalogue import derivations
from errata.commands.in_words import said_best_by
from errata.meaning.contents.catalogue import PAGE, described, entries, with_tables
from errata.meaning.contents.entry import Entry

NAMES = {d.claim.name for d in derivations()}
ENTRIES = entries()


def gaps(table: tuple[Entry, ...], names: set[str]) -> list[str]:
    """What is wrong with a table: strangers, and derivations that it leaves out."""
    told = {name for entry in table for name in entry.derivations}
    return [*(f"{name} is no derivation" for name in sorted(told - names)), *sorted(names - told)]


def unfound(table: tuple[Entry, ...]) -> list[str]:
    """The names in words that don't lead to their results."""
    texts = described()
    said = [(entry, words) for entry in table for words in (entry.called, *entry.also)]
    return [words for entry, words in said if {*said_best_by(words, texts)}.isdisjoint(entry.derivations)]


def test_every_result_has_its_derivations_and_every_derivation_its_place():
    assert gaps(ENTRIES, NAMES) == []
    assert len(ENTRIES) >= 171


def test_the_page_says_what_the_table_says():
    page = PAGE.read_text("utf-8")
    assert page == with_tables(page), "python -m errata.meaning.contents.catalogue writes it anew"


@pytest.mark.parametrize("name", ["kl_normal_eq", "mle_family_ge", "brevity_penalty_eq"])
def test_a_derivation_that_vanishes_is_missed(name):
    assert gaps(ENTRIES, NAMES - {name}) == [f"{name} is no derivation"]
    assert name in gaps(tuple(e for e in ENTRIES if name not in e.derivations), NAMES)


def test_a_result_without_derivations_or_scope_is_refused():
    for gap in ({"derivations": ()}, {"proved_for": ""}):
        with pytest.raises(ValueError, match="no derivation, or nothing"):
            replace(ENTRIES[0], **gap)


def test_every_name_in_words_leads_to_its_result():
    assert unfound(ENTRIES) == []


def test_a_name_that_leads_elsewhere_is_noticed():
    astray = replace(ENTRIES[0], also=("Woodbury", "a name that nothing has"))
    assert unfound((astray,)) == [*astray.also]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("law of total variance", "total_variance_eq"),
        ("entropy of the Laplace law", "entropy_laplace_eq"),
        ("Hyvarinen", "hyvarinen_normal_eq"),
        ("generalized advantage estimation", "gae_any_eq"),
        ("reparametrization trick", "reparameterised_eq"),
        ("evidence lower bound", "elbo_entropy_eq"),
        ("Kalman's gain", "kalman_gain_eq"),
        ("Cramer-Rao lower bounds", "cramer_rao_le"),
    ],
)
def test_words_of_notes_find_it(words, name):
    assert name in said_best_by(words, described())


@pytest.mark.parametrize("words", ["banana bread", "pooled variance of two samples", "the", ""])
def test_words_of_something_else_find_nothing(words):
    assert said_best_by(words, described()) == ()
