"""An entropy H where the text speaks of densities: what holds for masses alone is not supported, what fails for masses
alone is not refuted.
"""

from __future__ import annotations

import pytest

from errata.checking.examine import examine
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(text: str):
    document = read_document("page.md", text.encode())
    return examine(document, Options(), lambda *_: None, {}).judged[-1]


def verdict(text: str) -> str:
    return type(last(text).verdict).__name__


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("For a discrete variable,", "Supported"),
        ("For any law,", "Supported"),
        ("For a variable with a density,", "Undecided"),
        ("The differential entropy is never negative:", "Undecided"),
        ("For a continuous variable,", "Undecided"),
    ],
)
def test_it_is_never_negative_where_outcomes_are_counted(words, found):
    assert verdict(f"{words}\n\n$$ H(X) \\ge 0 $$") == found


@pytest.mark.parametrize(
    "words", ["Let $p$ be a density on $[0, 1]$. Then", "For a density $p$ with support in the unit interval,"]
)
def test_a_density_on_a_bounded_set_is_not_refuted_by_masses(words):
    assert verdict(f"{words}\n\n$$ H(p) \\le 0 $$") == "Undecided"


def test_without_a_bound_it_is_refuted_by_a_density_and_of_masses_by_masses():
    of_densities, of_masses = (last(f"Let $p$ be a {law}.\n\n$$ H(p) \\le 0 $$") for law in ("density", "law"))
    assert type(of_densities.verdict).__name__ == type(of_masses.verdict).__name__ == "Refuted"
    assert "on a length of" in of_densities.message and "on a length of" not in of_masses.message


@pytest.mark.parametrize(
    "latex",
    [
        r"H(X) + H(Y \mid X) = H(X, Y)",
        r"H(X \mid Y) \le H(X)",
        r"H(p) \le H(p, q)",
        r"H(X) = - \int p(x) \log p(x) \, dx",
    ],
)
def test_what_holds_of_both_is_supported_of_both(latex):
    assert verdict(f"Let the variables have densities. Then\n\n$$ {latex} $$") in ("Supported", "Proved")
    if "int" not in latex:
        assert verdict(f"Let the variables be discrete. Then\n\n$$ {latex} $$") in ("Supported", "Proved")


@pytest.mark.parametrize("latex", [r"H(X) - H(Y \mid X) = H(X, Y)", r"H(p) \ge H(p, q)"])
def test_what_fails_of_both_is_refuted_of_both(latex):
    assert verdict(f"Let the variables have densities. Then\n\n$$ {latex} $$") == "Refuted"
    assert verdict(f"Let the variables be discrete. Then\n\n$$ {latex} $$") == "Refuted"
