"""Messages on trees: links, routes, planted slips, and messages that forget a factor or come from the wrong side."""

from __future__ import annotations

import pytest

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.graphs.messages import (
    AFTER,
    BEFORE,
    CHILD,
    DERIVATIONS,
    ROOT,
    edge,
    edge_messages_any_eq,
    from_child,
    from_leaf,
    from_other,
    i,
    j,
    over,
    to_child,
    tree_marginal_any_eq,
    tree_messages_any_eq,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (tree_messages_any_eq, over(from_child * from_other, i)),
    (tree_messages_any_eq, over(ROOT(i) * over(edge(1, i, j) * CHILD(j), j) * from_other, i)),
    (tree_messages_any_eq, over(ROOT(i) * (from_child + from_other), i)),
    (tree_marginal_any_eq, over(CHILD(j) * from_leaf, j)),
    (tree_marginal_any_eq, over(CHILD(j) * to_child, j)),
    (edge_messages_any_eq, over(AFTER(j) * over(edge(1, j, i) * BEFORE(i), i), j)),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_message_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))
