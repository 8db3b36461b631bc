"""The ELBO is put in as log p(x) − KL(q(z | x) ‖ p(z | x)), for one datum, under the law that stands nearby."""

from __future__ import annotations

import pytest

from claims.verdict import Proved, Supported
from errata.checking.examine import examine
from errata.checking.judgement import Judged
from errata.checking.options import Options
from errata.reading.sources import read_document


def last(page: str) -> Judged:
    return examine(read_document("page.md", page.encode()), Options()).judged[-1]


def held(relation: str, before: str = "") -> bool:
    return isinstance(
        last(f"{before}\n\nLet $\\text{{ELBO}}$ be the bound.\n\n$${relation}$$").verdict, Supported | Proved
    )


@pytest.mark.parametrize(
    "relation",
    [
        r"\log p(x) = \text{ELBO} + \mathrm{KL}(q(z|x) \| p(z|x))",
        r"\text{ELBO} + \mathrm{KL}(q(z|x) \| p(z)) = \mathbb{E}_{q(z|x)}[\log p(x|z)]",
        r"\log p_\theta(x) - \mathrm{ELBO}(x) = \mathrm{KL}(q_\phi(z|x) \| p_\theta(z|x))",
        r"2 \text{ELBO} = 2 \mathbb{E}_q \left[ \log \frac{p(x, z)}{q(z|x)} \right]",
        r"\mathbb{E}_{q(z|x)}[\log p(x, z)] - \mathbb{E}_{q(z|x)}[\log q(z|x)] = \text{ELBO}",
    ],
)
def test_the_bound_is_put_in(relation: str) -> None:
    assert held(relation)


@pytest.mark.parametrize(
    "slip",
    [
        r"\log p(x) = \text{ELBO} - \mathrm{KL}(q(z|x) \| p(z|x))",
        r"\log p(x) = \text{ELBO} + \mathrm{KL}(p(z|x) \| q(z|x))",
        r"\log p(x) = \text{ELBO} + \mathrm{KL}(q(z|x) \| p(z))",
        r"\text{ELBO} - \mathrm{KL}(q(z|x) \| p(z)) = \mathbb{E}_{q(z|x)}[\log p(x|z)]",
        r"2 \text{ELBO} = 2 \mathbb{E}_q \left[ \log \frac{q(z|x)}{p(x, z)} \right]",
        r"\mathbb{E}_{q(z|x)}[\log p(x, z)] + \mathbb{E}_{q(z|x)}[\log q(z|x)] = \text{ELBO}",
        r"\log p_\theta(x) - \mathrm{ELBO}(y) = \mathrm{KL}(q_\phi(z|x) \| p_\theta(z|x))",
        r"\log p(z) = \text{ELBO} + \mathrm{KL}(q(z|x) \| p(z|x))",
        r"\log p(u) = \text{ELBO} + \mathrm{KL}(q(z|x) \| p(z|x))",
    ],
)
def test_a_slip_is_not_supported(slip: str) -> None:
    assert not held(slip)


def test_it_is_a_lower_bound() -> None:
    before = "The encoder is $q(z|x)$."
    assert held(r"\text{ELBO} \leq \log p(x)", before)
    assert not held(r"\text{ELBO} \geq \log p(x)", before)
    assert not held(r"\text{ELBO} \leq \log p(x)")
    assert not held(r"\text{ELBO} \leq \log p(y)", before)


DECODERS = "The decoder is $p(x|z)$, written $p(u|z)$ for an image $u$."


def test_two_letters_of_the_data_are_one_where_the_document_uses_both() -> None:
    verdict = last(f"{DECODERS}\n\n$$\\log p(u) = \\text{{ELBO}} + \\mathrm{{KL}}(q(z|x) \\| p(z|x))$$").verdict
    assert isinstance(verdict, Supported)
    assert verdict.holds_if == "u is x"
    assert not held(r"\log p(u) = \text{ELBO} - \mathrm{KL}(q(z|x) \| p(z|x))", DECODERS)
    assert not held(r"\log p(u) = \text{ELBO} + \mathrm{KL}(q(z|x) \| p(z|u))", DECODERS)
