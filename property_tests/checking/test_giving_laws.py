"""What only says which law something has, beside what claims something of it."""

from __future__ import annotations

import pytest

from errata.checking.giving_laws import gives_a_law, is_mixture
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated


def pair(latex: str) -> Pair:
    return stated(parse(latex))[0].pairs()[0]


@pytest.mark.parametrize(
    "latex",
    [
        r"p(z) = \mathcal{N}(z; 0, 1)",
        r"p(\theta) = \frac{7}{10} \mathcal{N}(\theta; -2, 1) + \frac{3}{10} \mathcal{N}(\theta; 2, 1)",
        r"p(y | \theta) = \prod_{i=1}^n p(y_i | \theta)",
    ],
)
def test_a_law_is_given(latex: str) -> None:
    assert gives_a_law(pair(latex))


@pytest.mark.parametrize(
    "latex",
    [
        r"p(z) = \frac{1}{2} e^{-z}",
        r"p(\theta | y) = 0.7 \mathcal{N}(\theta; -2, 1) + 0.3 \mathcal{N}(\theta; 2, 1) + 1",
        r"p(y_1, y_2) = \prod_{i=1}^2 p(y_i | y_{i-1})",
    ],
)
def test_other_relations_claim_something(latex: str) -> None:
    assert not gives_a_law(pair(latex))


@pytest.mark.parametrize(
    ("latex", "mixture"),
    [
        (r"0.7 \mathcal{N}(x; -2, 1) + 0.3 \mathcal{N}(x; 2, 1)", True),
        (r"a \mathcal{N}(x; -2, 1) + 0.3 \mathcal{N}(x; 2, 1)", False),
        (r"\mathcal{N}(x; -2, 1) + 1", False),
    ],
)
def test_mixtures_have_numbers_for_weights(latex: str, mixture: bool) -> None:
    assert is_mixture(parse(latex).statements[0]) is mixture
