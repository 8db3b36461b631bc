"""The catalogue finds what there is, and helps where it doesn't."""

from __future__ import annotations

import pytest

from derivations.catalogue import derivation, derivations, topic
from derivations.sources import REFERENCES


def test_names_are_unique():
    names = [d.claim.name for d in derivations()]
    assert len(names) == len(set(names)) >= 2


def test_a_derivation_is_found_by_name_with_its_topic():
    assert derivation("kl_normal_eq").claim.name == "kl_normal_eq"
    assert topic("kl_normal_eq") == "gaussian"


@pytest.mark.parametrize("find", [derivation, topic])
def test_a_name_nearly_right_is_helped(find):
    with pytest.raises(KeyError, match="did you mean kl_normal_eq"):
        find("kl_norml_eq")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("posterior of Beta-Bernoulli", "posterior_beta_eq"),
        ("MLE of the Poisson rate", "mle_poisson_eq"),
        ("entropy binomial", "entropy_binomial_eq"),
    ],
)
def test_words_find_the_names_that_share_them(said, meant):
    with pytest.raises(KeyError, match=meant):
        derivation(said)
    with pytest.raises(KeyError) as nothing:
        derivation("xylophone")
    assert "did you mean" not in nothing.value.args[0]


@pytest.mark.parametrize("found", derivations(), ids=lambda d: d.claim.name)
def test_every_claim_is_sourced_and_every_key_is_in_the_bibliography(found):
    assert found.claim.source is not None
    assert found.claim.source.key in REFERENCES
    assert found.claim.convention
    assert all(v.meaning for v in found.claim.where)
