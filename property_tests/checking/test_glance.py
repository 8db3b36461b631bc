"""A quick look at an edited relation: it sees what a full look sees, and lets nothing pass for apart that may hold."""

import pytest

from claims.records import replace
from errata.checking.algebra import plainly_differs
from errata.checking.glance import Glance
from errata.checking.slips import slips
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.vectors import Unlowered

RIGHT = (
    r"(a + b)^2 = a^2 + 2 a b + b^2",
    r"\sum_{i=1}^n (x_i - c)^2 = \sum_{i=1}^n x_i^2 - 2 c \sum_{i=1}^n x_i + n c^2",
    r"\log \frac{a}{b} = \log a - \log b",
    r"\binom{n}{k} = \frac{n!}{k! (n-k)!}",
    r"\int_0^1 c x \, dx = \frac{c}{2}",
    r"\int_0^\infty x e^{-a x} \, dx = \frac{1}{a^2}",
    r"\frac{d}{da} a^2 b = 2 a b",
    r"\sum_{i=1}^n \log (a_i - b_i) + \log (c - d) = \log (c - d) + \sum_{i=1}^n \log (a_i - b_i)",
)


def pair_of(latex):
    (chain,) = stated(parse(latex))
    return chain.pairs()[0]


def edits(pair):
    yield from ((replace(pair, right=s.node), False) for s in slips(pair.right, pair.left))
    yield from ((replace(pair, left=s.node), True) for s in slips(pair.left, pair.right))


@pytest.mark.parametrize("latex", RIGHT)
def test_a_glance_tells_planted_slips_from_the_relation(latex):
    pair = pair_of(latex)
    glance = Glance(pair, 0)
    assert not glance.differs(pair, on_left=False)
    seen = [glance.differs(edited, on_left) for edited, on_left in edits(pair) if _is_read(edited)]
    assert sum(seen) > len(seen) / 2
    assert not glance.differs(pair, on_left=True), "a glance at an edit changes nothing about the relation"


@pytest.mark.parametrize("latex", RIGHT)
def test_undoing_a_slip_is_not_taken_for_one(latex):
    """From each planted slip, the way back is an edit whose sides agree."""
    pair = pair_of(latex)
    wrong = [edited for edited, on_left in edits(pair) if not on_left and _is_read(edited)][:12]
    assert wrong
    assert not any(Glance(edited, 0).differs(pair, on_left=False) for edited in wrong)


def _is_read(pair):
    try:
        plainly_differs(pair, 0)
    except Unlowered:
        return False
    return True


NEEDED = (
    (r"g(x) = a + b", r"g(x) = a - b", True),
    (r"A + b = a + c", r"A + b = a + b", True),
    (r"a + b = a + c", r"a + b = a + b", False),
    (r"g(x) + c = d + c", r"g(x) + c = g(x) + c", False),
    (r"\int_0^\infty f(x, w) \, dw = a b", r"\int_0^\infty f(x, w) \, dw = 2 a b", True),
    (r"b - b + a = c + c", r"b - b + a = a", False),
)


@pytest.mark.parametrize(("wrong", "edited", "apart"), NEEDED)
def test_what_only_one_side_depends_on_must_be_brought_in_by_an_edit(wrong, edited, apart):
    assert Glance(pair_of(wrong), 0).differs(pair_of(edited), on_left=False) is apart


def test_an_edit_that_lacks_what_the_other_side_depends_on_is_not_even_read(monkeypatch):
    glance = Glance(pair_of(r"\int_0^\infty f(x, w) \, dw = a b"), 0)
    monkeypatch.setattr(Glance, "_lowered", lambda *_: pytest.fail("it was read"))
    assert glance.differs(pair_of(r"\int_0^\infty f(x, w) \, dw = 2 a b"), on_left=False)


def test_a_slip_is_told_where_few_points_have_a_value():
    """The sides are real for a > b only, which neither of the two points of a glance need satisfy."""
    pair = pair_of(r"\log(a - b) + \log c = \log((a - b) c)")
    read = [(edited, on_left) for edited, on_left in edits(pair) if _is_read(edited)]
    glances = [Glance(pair, seed) for seed in range(8)]
    assert not any(glance.differs(pair, on_left=False) for glance in glances)
    telling = [g for g in glances if sum(g.differs(*one) for one in read) > len(read) / 2]
    assert len(telling) > 6
