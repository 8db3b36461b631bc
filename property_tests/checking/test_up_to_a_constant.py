"""log p(θ) = … + const, by what a document says of p(θ)."""

from __future__ import annotations

import pytest

from claims.verdict import Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document

GAUSSIAN = r"We choose $p(\theta_j) = \mathcal{N}(0, \sigma^2)$."
LAPLACE = r"We choose $p(\theta_j) = \text{Laplace}(0, b)$."


def judged(text: str) -> tuple[Judged, ...]:
    return examine(read_document("page.md", text.encode()), Options()).judged


@pytest.mark.parametrize(
    ("prior", "right", "wrong"),
    [
        (GAUSSIAN, r"-\frac{\theta_j^2}{2 \sigma^2}", r"-\frac{\theta_j^2}{\sigma^2}"),
        (LAPLACE, r"-\frac{|\theta_j|}{b}", r"-\frac{\theta_j^2}{b}"),
    ],
)
def test_a_prior_gives_its_penalty_up_to_a_constant(prior: str, right: str, wrong: str) -> None:
    held = judged(rf"{prior} $$\log p(\theta_j) = {right} + \text{{const}}$$")[-1]
    assert isinstance(held.verdict, Supported) and held.verdict.holds_if == "with what line 1 established"
    assert not isinstance(judged(rf"{prior} $$\log p(\theta_j) = {wrong} + \text{{const}}$$")[-1].verdict, Supported)


def test_a_vector_has_the_penalties_of_its_members() -> None:
    display = (
        r"$$\log p(\boldsymbol{\theta}) = \sum_j \log p(\theta_j) = -\frac{1}{2\sigma^2} \sum_j \theta_j^2"
        r" + \text{const} = -\frac{1}{2\sigma^2} \|\boldsymbol{\theta}\|_2^2 + \text{const}$$"
    )
    loss = (
        r"$$M(\boldsymbol{\theta}) = L(\boldsymbol{\theta}) - \log p(\boldsymbol{\theta}) = L(\boldsymbol{\theta})"
        r" + \frac{1}{2\sigma^2} \|\boldsymbol{\theta}\|_2^2 + \text{const}$$"
    )
    found = judged(f"{GAUSSIAN}\n\n{display}\n\n{loss}")
    assert all(isinstance(found[n].verdict, Supported) for n in (-4, -3, -1))
    doubled = judged(f"{GAUSSIAN}\n\n{display}\n\n{loss.replace('2 sigma', 'sigma').replace('{1}{2', '{2}{')}")
    assert not isinstance(doubled[-1].verdict, Supported)


def test_the_law_is_put_in_at_its_point() -> None:
    written = r"$$p(\theta_j) = \frac{1}{2 b} \exp\left(-\frac{|\theta_j|}{b}\right)$$"
    assert isinstance(judged(f"{LAPLACE} {written}")[-1].verdict, Supported)
    assert not isinstance(judged(f"{LAPLACE} {written.replace('2 b', 'b')}")[-1].verdict, Supported)
