"""What the links of the catalogue rest on: ``python -m benchmarks.reasons [NAME…]``.

A rule is needed where the link is not proved without it. The table counts links; ``one end to the other`` counts the
derivations whose last step is proved from the first at once. Links whose text names a rule that they don't need, or
that are not proved, are listed one by one, and the exit status is 1.

The whole takes minutes. ``--jobs`` shares the derivations among processes; with ``--kept FILE`` each is written down as
soon as it is counted, and a run that is stopped goes on from there. What is kept holds for the code that it was counted
with: remove the file when a derivation or the engine has changed. ``--only TOPIC`` counts the pages of a topic.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from claims.claim import Derivation
from claims.records import Record
from derivations.ablation import How, Rests, all_rest
from derivations.catalogue import PAGES, derivation
from derivations.check import derive
from derivations.rules import Rule, named_in


class Link(Record):
    """A link by the name of its derivation and its reason, and what it rests on."""

    name: str
    reason: str
    rests: Rests


class Counted(Record):
    """A derivation by its name, its links, and whether it is proved from one end to the other."""

    name: str
    links: tuple[Link, ...]
    at_once: bool


def counted(name: str) -> Counted:
    """A derivation's links, each with what it rests on."""
    one = derivation(name)
    found = (Link(name, step.reason, rests) for step, rests in zip(one.steps[1:], all_rest(one), strict=True))
    return Counted(name, tuple(found), derive(one).in_one)


def every(wanted: Sequence[Derivation], jobs: int, kept: Path | None) -> Iterator[Counted]:
    """Each derivation, first those that a file keeps; the rest are added to it as they are counted."""
    there = kept.read_bytes().splitlines() if kept and kept.exists() else []
    before = {one.name: one for one in (msgspec.json.decode(line, type=Counted) for line in there)}
    names = [one.claim.name for one in wanted]
    yield from (before[name] for name in names if name in before)
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        for one in pool.imap_unordered(counted, [name for name in names if name not in before]):
            if kept:
                with kept.open("ab") as file:
                    file.write(msgspec.json.encode(one) + b"\n")
            yield one


def table(found: Sequence[Link], at_once: int, of: int) -> str:
    """The counts as Markdown."""
    how = Counter(link.rests.how for link in found)
    named = [link for link in found if named_in(link.reason)]
    rules = Counter(rule for link in found for rule in link.rests.needed)
    lines = [
        "| links | count |",
        "|---|---|",
        f"| all | {len(found)} |",
        f"| that need a rule beside algebra | {how[How.RULES]} |",
        f"| by algebra | {how[How.ALGEBRA]} |",
        f"| by canonical form, where one rule stands in for another | {how[How.CANONICAL]} |",
        f"| whose text names a rule | {len(named)} |",
        f"| of these, the rule is needed | {sum(not link.rests.unneeded for link in named)} |",
        f"| of these, it is not | {sum(bool(link.rests.unneeded) for link in named)} |",
        "",
        "| rule | links that need it |",
        "|---|---|",
        *(f"| {rule.value} | {rules[rule]} |" for rule in Rule if rules[rule]),
        "",
        f"{at_once} of {of} derivations are proved from one end to the other by canonical form.",
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Counts and prints; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reasons", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="derivations; without any, the catalogue")
    parser.add_argument("--only", action="append", metavar="TOPIC", help="the pages of a topic: diffusion, flows")
    parser.add_argument("-j", "--jobs", type=int, default=1, help="processes that share the work")
    parser.add_argument("--kept", type=Path, metavar="FILE", help="go on from what this file keeps, and add to it")
    asked = parser.parse_args(arguments)
    pages = [page for page in PAGES if not asked.only or page.topic in asked.only]
    wanted = [derivation(name) for name in asked.names] or [one for page in pages for one in page.derivations]
    found: list[Counted] = []
    began = time.monotonic()
    for one in every(wanted, asked.jobs, asked.kept):
        found.append(one)
        _tell(f"{len(found)} of {len(wanted)}, {time.monotonic() - began:.0f} s: {one.name}")
    links = [link for one in found for link in one.links]
    print(table(links, sum(one.at_once for one in found), len(found)))
    wrong = [link for link in links if link.rests.unneeded]
    for link in wrong:
        print(f"{link.name}: '{link.reason}' names {', '.join(link.rests.unneeded)}; it rests on {link.rests.said}")
    return 1 if wrong else 0


def _tell(text: str) -> None:
    """On a terminal a line that is written over, else a line."""
    print(f"\r\x1b[K{text}" if sys.stderr.isatty() else text, end="" if sys.stderr.isatty() else "\n", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
