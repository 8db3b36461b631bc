"""Nothing is refuted under the law of an earlier section where the words have gone on to another one."""

from __future__ import annotations

import pytest

from claims.verdict import Refuted, Supported
from errata.checking.examine import examine
from errata.checking.families.spoken import last_named
from errata.checking.options import Options
from errata.reading.sources import read_document

GAUSSIAN = r"""# Losses

## Gaussian noise

The target is $y \sim \mathcal{N}(\mu, \sigma^2)$. Then

$$ - \log p(y \mid \mu) \propto (y - \mu)^2 + \text{const} $$

"""
ABSOLUTE = r"$$ - \log p(y \mid \mu) \propto |y - \mu| + \text{const} $$"


def verdicts(text: str) -> list[object]:
    return [j.verdict for j in examine(read_document("a.md", text), Options()).judged]


@pytest.mark.parametrize(
    "words",
    [
        "## Laplace noise\n\nNow the penalty is linear:\n\n",
        "The target is now drawn from a **Laplace** distribution, with heavier tails.\n\n",
        "Under a Laplace likelihood\n\n",
    ],
)
def test_another_law_in_words_takes_the_place_of_the_old_one(words: str) -> None:
    _first, second, third = verdicts(GAUSSIAN + words + ABSOLUTE)
    assert isinstance(second, Supported)
    assert not isinstance(third, Refuted)


@pytest.mark.parametrize("words", ["", "In the same way\n\n", "For the normal distribution we also have\n\n"])
def test_what_goes_on_under_the_law_is_held_against_it(words: str) -> None:
    assert isinstance(verdicts(GAUSSIAN + words + ABSOLUTE)[-1], Refuted)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It follows a Poisson distribution. We count.", {"Poisson"}),
        ("Unlike the Laplace distribution, this is a normal distribution.", {"Laplace", "N"}),
        ("A normal distribution. Then *Laplace* noise is added", {"Laplace"}),
        ("A multivariate normal distribution", {"N"}),
        ("Half of them are drawn", set()),
    ],
)
def test_the_laws_that_were_named_last(text: str, names: set[str]) -> None:
    assert last_named(text) == names


@pytest.mark.parametrize(("power", "found"), [("2", Supported), ("3", Refuted)])
def test_a_density_that_is_written_out_is_of_no_other_law(power: str, found: type) -> None:
    """Whatever the words have gone on to, N(y; μ, σ²) is what it is."""
    words = "## Laplace noise\n\nThe target is drawn from a Laplace distribution. Beside it stands\n\n"
    density = (
        r"\frac{1}{\sqrt{2 \pi} \sigma} \exp\left[ -\frac{1}{2} \left( \frac{y_i - \mu}{\sigma} \right)^%s \right]"
    )
    product = r"$$ L = \prod_{i=1}^n \mathcal{N}(y_i; \mu, \sigma^2) = \prod_{i=1}^n %s $$" % (density % power)
    assert isinstance(verdicts(GAUSSIAN.replace("y ", "y_i ") + words + product)[-1], found)
