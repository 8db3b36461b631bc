"""``errata refute``: the list, a page, and a name that does not exist."""

from __future__ import annotations

from click.testing import CliRunner

from errata.cli import main
from numerics.counterexamples.catalogue import REFUTATIONS


def run(*arguments: str):
    return CliRunner().invoke(main, ["refute", *arguments])


def test_the_list_names_all():
    assert [line.split()[0] for line in run().output.splitlines()] == [case.name for case in REFUTATIONS]


def test_a_page_shows_both_values_and_the_condition():
    ran = run("likelihood_is_unbiased")
    assert ran.exit_code == 0
    assert "computed   1/8 = 1/4  [refuted]" in ran.output
    assert "computed   1/4 = 1/4  [holds]" in ran.output
    assert "errata derive var_mle_mean_eq" in ran.output


def test_long_values_are_given_by_their_digits():
    assert "9.332636" in run("half_to_the_thousand_is_zero").output


def test_an_unknown_name_is_wrong_usage():
    ran = run("no_such_thing")
    assert ran.exit_code == 2
    assert "`errata refute` lists all" in ran.output


def test_its_help_tells_the_exit_status():
    ran = run("--help")
    assert ran.exit_code == 0
    assert "Exit status:" in ran.output
