"""What the links of the catalogue rest on: ``python -m benchmarks.reasons [NAME…]``.

A rule is needed where the link is not proved without it. The table counts links; ``one end to the other`` counts the
derivations whose last step is proved from the first at once. Links whose text names a rule that they don't need, or
that are not proved, are listed one by one, and the exit status is 1.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from claims.claim import Derivation
from claims.records import Record
from derivations.ablation import How, Rests, all_rest
from derivations.catalogue import derivation, derivations
from derivations.check import derive
from derivations.rules import Rule, named_in


class Link(Record):
    """A link by the name of its derivation and its reason, and what it rests on."""

    name: str
    reason: str
    rests: Rests


def links(wanted: Sequence[Derivation]) -> Iterator[Link]:
    """Every link, with what it rests on."""
    for one in wanted:
        for step, found in zip(one.steps[1:], all_rest(one), strict=True):
            yield Link(one.claim.name, step.reason, found)


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


def main(names: Sequence[str]) -> int:
    """Counts and prints; the exit status."""
    wanted = [derivation(name) for name in names] or list(derivations())
    found = list(links(wanted))
    print(table(found, sum(derive(one).in_one for one in wanted), len(wanted)))
    wrong = [link for link in found if link.rests.unneeded]
    for link in wrong:
        print(f"{link.name}: '{link.reason}' names {', '.join(link.rests.unneeded)}; it rests on {link.rests.said}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
