"""A density is of its variable and of what it is given: p(x | z) is not p(x), which total probability gives."""

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.families.given import held_fixed, random_names
from errata.reading.parser import parse
from errata.reading.sources import read_document

MODEL = r"The source has $p(v) = \mathcal N(v; 1, 4)$ and the reading $p(y \mid v) = \mathcal N(y; 3v, t^2)$."
RATES = r"Let $p(r) = \mathrm{Gam}(r; 2, 3)$ and $p(k \mid r) = \mathrm{Poisson}(k; r)$."
SHORT = r"Here $p(v) = N(1, 4)$ and $p(y | v) = N(3v, t^2)$."


def last(model: str, relation: str) -> Judged:
    return examine(read_document("notes.md", f"{model} So we have\n\n$$ {relation} $$\n"), Options()).judged[-1]


@pytest.mark.parametrize(
    ("model", "right", "wrong"),
    [
        (MODEL, r"p(y) = \mathcal N(y; 3, 36 + t^2)", r"p(y) = \mathcal N(y; 3, 12 + t^2)"),
        (MODEL, r"p(y) = \int p(y \mid v) p(v) dv", r"p(y) = \int p(y \mid v)^2 p(v) dv"),
        (SHORT, r"p(y) = N(y; 3, 36 + t^2)", r"p(y) = N(y; 3, 4 + t^2)"),
        (RATES, r"p(k) = \mathrm{NB}(k; 2, 3/4)", r"p(k) = \mathrm{Poisson}(k; 2/3)"),
        (MODEL, r"\mathbb E_{p(y \mid v)}[y^2] = 9 v^2 + t^2", r"\mathbb E_{p(y \mid v)}[y^2] = 3 v^2 + t^2"),
        (MODEL, r"\mathrm{E}[y^2] = 9 v^2 + t^2", r"\mathrm{E}[y^2] = 9 v^2 + 2 t^2"),
    ],
)
def test_the_law_of_a_variable_is_not_the_one_given_another(model: str, right: str, wrong: str) -> None:
    assert isinstance(last(model, right).verdict, Supported)
    assert isinstance(last(model, wrong).verdict, Refuted)


def test_a_bound_variable_goes_by_its_name_in_the_notes() -> None:
    found = last(MODEL, r"p(y) = \mathcal N(y; 3, 12 + t^2)")
    assert isinstance(found.verdict, Refuted) and found.message is not None
    assert "3*v" in found.message and "_u_0" not in found.message
    assert {name for name, _ in found.verdict.by.witness} == {"t", "y"}


def test_a_moment_without_what_its_variable_is_given_is_not_that_of_the_conditional_law() -> None:
    """Var(y) is that of the marginal where v does not stand beside it: t² + 36, not t²."""
    assert not isinstance(last(MODEL, r"\mathrm{Var}(y) = t^2").verdict, Supported)
    alone = MODEL.replace(r"$p(v) = \mathcal N(v; 1, 4)$", "no density")
    assert isinstance(last(alone, r"\mathrm{Var}(y) = t^2").verdict, Supported)


def test_a_density_by_its_formula_is_of_what_it_is_given_too() -> None:
    written = r"Let $Y$ have the density $p(y \mid \lambda) = \lambda e^{-\lambda y}, \quad y > 0$."
    drawn = written + r" The prior is $p(\lambda) = e^{-\lambda}$."
    assert isinstance(last(written, r"\mathrm{E}[Y] = \frac{2}{\lambda}").verdict, Refuted)
    assert isinstance(last(drawn, r"\mathrm{E}[Y] = \frac{2}{\lambda}").verdict, Refuted)
    assert isinstance(last(drawn, r"\mathrm{E}[Y] = \frac{1}{\lambda}").verdict, Supported)


def test_random_is_what_has_a_density_or_is_drawn() -> None:
    def names(latex: str) -> set[str]:
        return set(random_names(parse(latex)))

    assert names(r"p(u, v \mid w) q(z; a)") == {"u", "v", "z"}
    assert names(r"x \sim p") == {"x"} and names("g(s) + a") == set()


def test_fixed_is_what_stands_free_outside_of_brackets() -> None:
    def fixed(latex: str) -> frozenset[str]:
        return held_fixed(parse(latex).statements)

    assert "v" in fixed("E[y] = 3v") and "v" not in fixed("E[y] = 3 E[v]")
    assert "v" not in fixed(r"p(y) = \int p(y) v dv")
