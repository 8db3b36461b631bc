"""How many planted slips the judge refutes: `python -m benchmarks.mutations PATH…`.

Every equation that is supported or proved, whatever proved it, has each known slip planted in its right side, one at a
time, and its formula is judged again in its place. Whether a slip changes the meaning is told by a route of its own
(`benchmarks.meaning`); slips that don't are set aside, and those of which it can't be told are counted apart. Of those
that do, the share that is refuted is the score, and none may be held.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from benchmarks.planting import OUTCOMES, Fate, claims, fate, mutants
from errata.checking.options import Options
from errata.checking.pool.limits import install_alarm
from errata.checking.slips import KINDS

_TOLD = {True: "changes the meaning", None: "can't be compared"}
"""What the verbose report says of a slip that was not refuted."""


def fates(paths: Sequence[str], seed: int, limit: int | None, undecided: bool = False) -> Iterator[Fate]:
    """The fate of every mutant of these files, or of ``limit`` of them drawn at random."""
    install_alarm()
    found = list(claims(paths, Options(seed=seed), lambda path: _progress(f"looking for claims: {path}"), undecided))
    every = [mutant for claim in found for mutant in mutants(claim)]
    chosen = every if limit is None or limit >= len(every) else Random(seed).sample(every, limit)
    print(f"{len(found)} claims, {len(every)} slips can be planted, {len(chosen)} are")
    for n, mutant in enumerate(chosen):
        _progress(f"planting: {n} of {len(chosen)}")
        yield fate(mutant, seed)
    _progress("")


def _progress(text: str) -> None:
    """A line that is written over, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text[-78:]}", end="", file=sys.stderr, flush=True)


def report(found: Sequence[Fate], verbose: bool) -> Iterator[str]:
    """The lines of the score: by what the slips do to the meaning, then by kind, then what survived."""
    same = [f for f in found if f.meant is False]
    yield f"{len(same)} that change nothing that can be told: {_counts(same)}"
    for title, meant in (("that change the meaning", True), ("that can't be compared", None)):
        some = [f for f in found if f.meant is meant]
        yield f"{len(some)} {title}: {_counts(some)}"
        for kind in KINDS:
            if of_kind := [f for f in some if f.mutant.slip.kind == kind]:
                yield f"  {kind:12s} {_counts(of_kind)}"
        yield _score(some)
    opened = [f for f in found if not f.mutant.claim.holds and f.meant is not False]
    if opened:
        held = [f for f in found if f.mutant.claim.holds and f.meant is not False]
        yield f"on claims that held before: {_counts(held)}"
        yield f"on claims that were undecided before: {_counts(opened)}"
        refuted = sum(f.outcome == "refuted" for f in (*held, *opened))
        yield f"on all claims: {refuted} of {len(held) + len(opened)} are refuted"
    if verbose:
        kept = (f for f in found if f.meant is not False and f.outcome != "refuted")
        yield from sorted(f"{f.outcome}, {_TOLD[f.meant]}: {f.told()}" for f in kept)


def _counts(some: Sequence[Fate]) -> str:
    counts = Counter(f.outcome for f in some)
    return "   ".join(f"{what} {counts[what]:5d}" for what in OUTCOMES)


def _score(some: Sequence[Fate]) -> str:
    refuted = [f for f in some if f.outcome == "refuted"]
    repaired, undone = sum(f.repaired for f in refuted), sum(f.undone for f in refuted)
    return (
        f"  refuted {_share(len(refuted), len(some))}; of these repaired {_share(repaired, len(refuted))}, "
        f"by one of the value that was there {_share(undone, len(refuted))}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / max(1, whole):.1f} %)"


def main(arguments: Sequence[str]) -> int:
    """Prints the score; 1 where a slip that changes the meaning was held, or the judge itself failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutations", description="Plant slips in what holds.")
    parser.add_argument("paths", nargs="*", default=["docs/sample"], metavar="PATH")
    parser.add_argument("--seed", type=int, default=0, help="seed of the draws")
    parser.add_argument("--limit", type=int, help="plant so many slips, drawn at random, instead of all")
    parser.add_argument("--undecided", action="store_true", help="plant slips in claims that are left undecided, too")
    parser.add_argument("-v", "--verbose", action="store_true", help="list what was not refuted")
    asked = parser.parse_args(arguments)
    found: list[Fate] = []
    try:
        for one in fates(asked.paths, asked.seed, asked.limit, asked.undecided):
            found.append(one)
    except KeyboardInterrupt:
        _progress("")
        print(f"interrupted after {len(found)}")
    print("\n".join(report(found, asked.verbose)))
    return int(any((f.meant and f.mutant.claim.holds and f.outcome == "held") or f.outcome == "failed" for f in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
