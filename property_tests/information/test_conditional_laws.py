"""Chain rules for any laws: links, routes, planted slips, and what does not follow."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import float64, tensor
from torch.distributions import Bernoulli

from claims.claim import Derivation, Relation, Step
from claims.notation import KL, Density, Expectation, NamedLaw
from claims.records import replace
from claims.verdict import Refuted, Tried, decide
from derivations.check import Holds, linked
from derivations.information.conditional_laws import (
    DERIVATIONS,
    WHERE,
    b,
    barber_agakov_ge,
    kl_chain_any_eq,
    kl_part_le,
    kl_same_channel_eq,
    mean_kl_any_eq,
    mi_mean_kl_any_eq,
    mi_nonneg_any,
    off,
    over_first,
    over_pair,
    p,
    q,
    r,
    s,
    t,
    x,
    y,
)
from numerics.catalogue import evidence
from numerics.information.conditional_laws import Channel, kl_of_first, kl_of_one_channel, kl_of_pairs
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1

    def least_of(self, derivation: Derivation) -> int:
        return 0 if derivation.claim.right == 0 else self.least


WRONG = [
    replace(kl_chain_any_eq.claim, right=KL(p, q) + over_first(KL(t, s))),
    replace(kl_chain_any_eq.claim, right=KL(p, q) + Expectation(KL(s, t), x, q)),
    replace(kl_part_le.claim, relation=Relation.GE),
    replace(kl_same_channel_eq.claim, right=KL(q, p)),
    replace(mi_mean_kl_any_eq.claim, right=KL(p, r)),
    replace(mi_nonneg_any.claim, relation=Relation.LE),
    replace(barber_agakov_ge.claim, relation=Relation.LE),
    replace(mean_kl_any_eq.claim, right=over_first(KL(s, r)) - off),
    replace(mean_kl_any_eq.claim, right=over_first(KL(s, r))),
]


@pytest.mark.parametrize("claim", WRONG, ids=lambda c: f"{c.name}: {c.relation} {c.right}"[:70])
def test_what_is_not_so_is_refuted(claim):
    assert isinstance(decide([Tried(None, evidence(claim))]), Refuted)


UNPROVED = [
    (over_pair(Density(b, y) / Density(r, y)), 1),
    (over_pair(Density(q, y) / Density(p, y)), 1),
    (Expectation(Density(NamedLaw("t", y), y) / Density(s, y), y, s), 1),
    (over_pair(y), Expectation(y, y, s)),
    (KL(s, t), over_first(KL(s, t))),
    (KL(s, t), KL(NamedLaw("s", y), NamedLaw("t", y))),
    (KL(s, t), KL(NamedLaw("s"), NamedLaw("t"))),
    (over_pair(y), Expectation(Expectation(x, x, s), y, p)),
]


@pytest.mark.parametrize(("left", "right"), UNPROVED, ids=str)
def test_a_law_at_one_value_is_not_the_law_at_another(left, right):
    assert linked(left, Step("asked", left - left + right), WHERE) != Holds()


chance = st.floats(0.05, 0.95)


@settings(max_examples=30, deadline=None)
@given(chance, chance, chance, chance)
def test_a_channel_brings_two_laws_nearer(first, second, low, high):
    """KL of the outputs, which are listed first here, is at most KL of the pairs, and that is KL of the inputs."""

    def coin(value: float) -> Bernoulli:
        return Bernoulli(tensor(value, dtype=float64))

    def channel(x: float) -> Bernoulli:
        return coin(high if x else low)

    def turned(input_chance: float) -> tuple[Bernoulli, Channel]:
        out = input_chance * high + (1 - input_chance) * low

        def back(value: float) -> Bernoulli:
            like = (high, low) if value else (1 - high, 1 - low)
            return coin(input_chance * like[0] / (input_chance * like[0] + (1 - input_chance) * like[1]))

        return coin(out), back

    (p_out, p_back), (q_out, q_back) = turned(first), turned(second)
    pairs = kl_of_one_channel(coin(first), coin(second), channel).item()
    assert kl_of_pairs(p_out, q_out, p_back, q_back).item() == pytest.approx(pairs, abs=1e-9)
    assert kl_of_first(p_out, q_out, p_back, q_back).item() <= pairs + 1e-12
