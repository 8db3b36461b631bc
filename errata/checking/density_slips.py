"""Densities whose total mass is not one, and is once a single slip is undone.

A total other than one says little where the support is only that of the law which the text names, or where a parameter
may be the normaliser; that one slip away stands a density says that it was meant.
"""

from __future__ import annotations

from itertools import islice

from flint import arb

from claims.evidence import Agreement, Counterexample
from claims.records import Record, replace
from claims.verdict import Repair
from errata.checking.masses import LEAST, Closed, Totals, apart, points_of, total_mass, totals_of
from errata.checking.repairs import SLIPS
from errata.checking.slips import slips
from errata.reading.tree import Fence, Frac, Node, Num, Script, Terms, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined

MOST_SLIPS = 80
"""Edits that are tried."""
MOST_NODES = 120
"""Nodes of a closed form beyond which no slip is looked for."""
UNSCALED = frozenset({"sign", "factor-2", "factor-1/2", "square", "bracket", "inverse", "off-by-one"})
"""Slips that tell a density from a shape whose normaliser is left open: an edit of another kind may lose that."""


class Mended(Record):
    """A wrong density's witness, the slip whose undoing mends it, and where that stands."""

    evidence: Counterexample
    repair: Repair
    start: int
    end: int
    side: str = "right"

    @property
    def label(self) -> str:
        """What the slip is, for the author."""
        return f"{SLIPS[self.repair.slip]} ({self.side} side)"


def decorated(closed: Closed, head: Node, seed: int) -> Mended | None:
    """The evidence that −f(x) or f(x)² is no density's closed form, which is f(x): f is its negative, or its root."""
    body = closed.body
    fence = Fence(body.start, body.end, "(", body, ")")
    if isinstance(head, Terms):
        slip, what, form = "sign", head.items[0], replace(closed, body=Terms(body.start, body.end, ("-",), (fence,)))
    elif isinstance(head, Script):
        half = Frac(body.end, body.end, Num(body.end, body.end, "1"), Num(body.end, body.end, "2"))
        slip, what, form = "square", head.base, replace(closed, body=Script(body.start, body.end, fence, None, half))
    else:
        return None
    evidence = _evidence(totals_of(form, seed))
    return None if evidence is None else Mended(evidence, Repair(to_latex(what), slip), head.start, head.end, "left")


def mended(closed: Closed, known: Counterexample | None, seed: int) -> Mended | None:
    """The slip that makes a closed form a density, with the evidence that it is none as it stands; None where it may be
    one, or no slip mends it. ``known`` is that evidence where it is at hand. Raises Unlowered."""
    if sum(1 for _ in walk(closed.body)) > MOST_NODES:
        return None
    totals = totals_of(closed, seed) if known is None else []
    evidence = known or _evidence(totals)
    if evidence is None:
        return None
    scaled = bool(totals) and any(totals[0][0].only_scales(s) for s in totals[0][0].parameters)
    for slip in islice(slips(closed.body), MOST_SLIPS):
        edited = replace(closed, body=slip.node)
        if (not scaled or slip.kind in UNSCALED) and _is_density(edited, seed):
            return Mended(evidence, Repair(to_latex(slip.node), slip.kind), slip.start, slip.end)
    return None


def _evidence(totals: Totals) -> Counterexample | None:
    if not totals or totals[0][0].doubtful or any(t.overlaps(arb(1)) for _, t in totals):
        return None
    alone = not totals[0][0].parameters and not totals[0][0].sizes
    return apart(totals) if alone or len(totals) >= LEAST else None


def _is_density(closed: Closed, seed: int) -> bool:
    """Whether a closed form has total mass one: at the first choice of its parameters, then at all."""
    try:
        first = next(points_of(closed, seed))
        if not first.total().overlaps(arb(1)):
            return False
        found = total_mass(closed, False, seed)
    except (Unlowered, Undetermined, TypeError, ValueError):
        return False
    return isinstance(found, Agreement)
