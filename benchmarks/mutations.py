"""How many planted slips the judge refutes: `python -m benchmarks.mutations PATH…`.

Every claim that is supported or proved has each known slip planted in its right side, one at a time. A slip that leaves
the value as it was (the right side before and after it agree at all points) is set aside; of the others, the share that
is refuted is the score, and none may be supported or proved.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from claims.verdict import Proved, Refuted, Supported
from errata.checking.algebra import judge_identity
from errata.checking.repairs import repaired
from errata.checking.slips import Slip, slips
from errata.reading.discover import discover
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.sources import read_document
from errata.reading.vectors import Unlowered

MOST_SLIPS = 12
"""Slips that are planted in one claim."""
HOLDS = (Supported, Proved)


def claims(paths: Sequence[str]) -> Iterator[Pair]:
    """The steps of calculations in these files that the judge supports."""
    for path in discover(tuple(paths)).files:
        document = read_document(path)
        for formula in document.formulas:
            for chain in stated(parse(formula.latex, document.macros)):
                for pair in chain.pairs():
                    if pair.relation.sign == "=" and _holds(pair):
                        yield pair


def _holds(pair: Pair) -> bool:
    try:
        return isinstance(judge_identity(pair, {}, 0).verdict, HOLDS)
    except Unlowered:
        return False


def outcome(pair: Pair, slip: Slip) -> str:
    """What becomes of a claim with a slip in it: refuted, undecided, held, the same in meaning, or unread."""
    wrong = replace(pair, right=slip.node)
    try:
        same = judge_identity(replace(pair, left=pair.right, right=slip.node), {}, 3).verdict
        if isinstance(same, HOLDS):
            return "same"
        verdict = judge_identity(wrong, {}, 1).verdict
    except Unlowered:
        return "unread"
    if isinstance(verdict, HOLDS):
        return "held"
    return "refuted" if isinstance(verdict, Refuted) else "undecided"


def main(paths: Sequence[str]) -> None:
    """Prints the score, by kind of slip, and the share of planted slips that a repair undoes."""
    by_kind: dict[str, Counter[str]] = {}
    total: Counter[str] = Counter()
    mended: Counter[bool] = Counter()
    count = 0
    for pair in claims(paths):
        count += 1
        for n, slip in enumerate(islice(slips(pair.right), MOST_SLIPS)):
            found = outcome(pair, slip)
            total[found] += 1
            by_kind.setdefault(slip.kind, Counter())[found] += 1
            if found == "refuted" and n % 4 == 0:
                mended[repaired(replace(pair, right=slip.node), 2) is not None] += 1
    changed = total["refuted"] + total["undecided"] + total["held"]
    print(f"{count} claims, {total.total()} slips planted, {total['same']} without effect, {total['unread']} unread")
    for kind, counts in by_kind.items():
        shares = "   ".join(f"{what} {counts[what]:5d}" for what in ("refuted", "undecided", "held"))
        print(f"  {kind:12s} {shares}")
    share = 100 * total["refuted"] / max(1, changed)
    print(f"refuted {total['refuted']} of {changed} ({share:.1f} %), held {total['held']}")
    tried = mended.total()
    print(f"repaired {mended[True]} of {tried} that were tried ({100 * mended[True] / max(1, tried):.1f} %)")


if __name__ == "__main__":
    main(sys.argv[1:] or ["docs/sample"])
