"""``errata derive`` with questions: answers with evidence, values where there is none, errors with their place."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from claims.verdict import Proved
from errata.cli import main
from errata.commands.ask import Asked, ask, is_question
from errata.commands.evidence import side_by_side
from numerics.sampling.route import Sampling


def derive(*arguments: str):
    return CliRunner().invoke(main, ["derive", *arguments])


def test_an_answer_has_steps_evidence_and_the_parameters_in_words():
    ran = derive("KL(Exponential(a) || Exponential(b))")
    assert ran.exit_code == 0, ran.output
    lines = ran.output.splitlines()
    assert sum("[proved]" in line for line in lines) >= 2
    assert sum("agrees at 8 points" in line for line in lines) >= 2
    assert "  given   Exp(a) has rate a" in lines
    assert any(line.startswith("  proved") for line in lines)


def test_without_a_closed_form_there_are_values_and_no_success():
    ran = derive("H(Poisson(r))", "--format", "json")
    (tree,) = json.loads(ran.output)
    assert ran.exit_code == 1
    assert tree["verdict"] == "undecided" and not tree["answered"] and "no closed form" in tree["why"]
    written = next(r for r in tree["routes"] if r["route"] == "as written")
    assert all(float(at["error"]) < 1e-9 < float(at["value"]) for at in written["values"])
    assert "no closed form found" in derive("H(Poisson(2))").output


@pytest.mark.parametrize("question", ["KL(Normal(0, 1) || Exponential(1))", "E[X], X ~ Cauchy(0, 1)"])
def test_what_is_infinite_or_does_not_exist_gets_no_value(question):
    ran = derive(question, "--format", "json")
    (tree,) = json.loads(ran.output)
    assert ran.exit_code == 1 and tree["verdict"] == "undecided"
    assert not [at for route in tree["routes"] for at in route["values"] if "value" in at]


def test_an_answer_that_a_route_refutes_or_that_one_route_alone_confirms_does_not_count():
    (right,) = ask("E[X], X ~ Exponential(a)", Sampling())
    assert right.is_answered and isinstance(right.checked.verdict, Proved)
    from claims.records import replace
    from errata.commands.ask import _routes

    slip = replace(right.checked.claim, right=2 * right.checked.claim.right)
    wrong = Asked(right.text, right.question, right.checked, "", side_by_side(slip, Sampling(), _routes(Sampling())))
    assert not wrong.is_answered
    alone = replace(right, beside=replace(right.beside, routes=right.beside.routes[:1]))
    assert not alone.is_answered


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("H(Gama(a))",), "no law is called Gama; there is Gamma"),
        (("H(Gamma(a, b)",), f"\n  {' ' * 13}^"),
        (("E[X]",), "H(Gamma(a, b))"),
        (("H(Gamma(a, b))", "kl_normal_eq"), "questions stand alone"),
        (("H(Gamma(a, b))", "--all"), "questions stand alone"),
    ],
    ids=str,
)
def test_a_bad_question_is_answered_with_its_place_and_examples(arguments, said):
    ran = derive(*arguments)
    assert ran.exit_code == 2 and said in ran.output


def test_names_are_no_questions():
    assert not is_question("kl_normal_eq") and is_question("H(p)") and is_question("E[X]")
    assert is_question("MLE of Poisson") and not is_question("law of total variance")


def test_words_of_notes_show_the_derivation_that_they_name():
    ran = derive("law of total variance", "--format", "json")
    assert ran.exit_code == 0 and "is total_variance_eq; also total_variance_any_eq" in ran.stderr
    assert json.loads(ran.stdout)[0]["name"] == "total_variance_eq"


def test_words_that_name_several_list_them_and_show_none():
    ran = derive("policy gradient theorem")
    assert ran.exit_code == 2 and ran.stdout == ""
    assert all(name in ran.stderr for name in ("policy_gradient_any_eq", "policy_gradient_step_eq"))


def test_what_is_known_and_not_derived_is_told_with_its_source():
    ran = derive("pooled variance")
    assert ran.exit_code == 2 and "n_1 + n_2 - 2" in ran.stderr and "Casella" in ran.stderr


def test_half_a_question_is_told_what_it_lacks():
    ran = derive("posterior of Beta after")
    assert ran.exit_code == 2 and "the name of a law is expected here" in ran.stderr


def test_each_letter_of_a_law_is_answered_and_confirmed_by_two_routes():
    ran = derive("MLE of Normal(m, s^2)", "score of Poisson", "--format", "json")
    trees = json.loads(ran.output)
    assert ran.exit_code == 0
    names = ["MLE of N(m, s**2) in m", "MLE of N(m, s**2) in s", "score of Poisson(r) in r, at k"]
    assert [tree["name"] for tree in trees] == names
    for tree in trees:
        assert tree["answered"] and tree["verdict"] == "proved"
        assert [r["route"] for r in tree["routes"] if r["verdict"] == "agrees"] == ["as written", "scipy"]


def test_a_posterior_is_named_with_its_parameters():
    ran = derive("posterior of Gamma(a, b) after Poisson(r)")
    assert ran.exit_code == 0, ran.output
    assert "given   the posterior: Gamma(a + k, b + 1) has shape a + k, rate b + 1" in ran.output


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("posterior of Beta(a, b) after Poisson(r)", "Beta is not conjugate to it"),
        ("MLE of Uniform(0, w)", "the support of U(0, w) depends on w"),
    ],
)
def test_what_a_family_does_not_allow_is_no_success(question, why):
    ran = derive(question)
    assert ran.exit_code == 1 and "no closed form found" in ran.output and why in ran.output


def test_a_bad_question_about_inference_shows_its_place():
    ran = derive("MLE of Poisson(r) in q")
    assert ran.exit_code == 2 and "q is no letter of Poisson(r)" in ran.output and f"\n  {' ' * 21}^" in ran.output
