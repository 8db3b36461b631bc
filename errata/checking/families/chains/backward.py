"""The law of a member of a normal chain between the one after it and the first one, by Bayes: with the step's slope a
and spread b, and the mean A x_0 and the variance V of the member, its precision is a²/b + 1/V.

So the mean is (a V x_t + b A x_0)/(a² V + b), the variance b V/(a² V + b). The mean may also be written in the noise of
x_t, in which x_0 = (x_t − √W ε)/B with the mean B x_0 and the variance W of x_t.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import Record
from errata.checking.context import At, State, roots_of
from errata.checking.families.chains.defined_families import bare, filled, unfolded
from errata.checking.families.chains.forward import ZERO, Forward, forward_of, is_equation
from errata.checking.families.chains.holding import Part, factors_in, names_in, ruled
from errata.checking.families.chains.kernels import Between, between_of, index_of, laws_in
from errata.checking.families.chains.noise import may_be_noise, noises
from errata.checking.families.chains.sampled import as_noise, draw_line
from errata.checking.families.ruling import Ruling, wishes
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.tree import Call, Node, Script
from errata.reading.unparse import to_latex

MEAN, SPREAD = "mean", "variance"


class Bayes(Record):
    """What the chain makes the factors of both members in the mean, and the variance."""

    of_last: Node
    of_first: Node
    variance: Node
    chain: Forward

    @property
    def given(self) -> str:
        """What it rests on."""
        return f"given what line {self.chain.line} says"


def judge_backward(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on the law between two members, or on its mean or its variance; None where nothing is settled."""
    if not is_equation(pair):
        return None
    if pair.position == 0 and (law := between_of(pair.left, pair.right)) is not None:
        return _of_law(state, at, pair, law)
    relations = at.chain.chain.relations[: pair.position + 1]
    head = bare(pair.left if pair.position == 0 else at.chain.chain.items[0])
    if any(r.sign not in ("=", "≡") for r in relations) or _name_of(head) is None:
        return None
    for part, law in _laws_with(state, head):
        bayes = _bayes(state, law)
        if bayes is None:
            continue
        if part == SPREAD:
            parts = [Part(SPREAD, bayes.variance, unfolded(pair.right, bayes.chain.bodies))]
            return ruled(state, at, pair, parts, bayes.chain, bayes.given, not wishes(at))
        return _of_mean(state, at, pair, law, bayes)
    return None


def _name_of(node: Node) -> str | None:
    """The name in a name or a call: μ̃_t in μ̃_t(x_t, x_0)."""
    node = bare(node)
    if isinstance(node, Call):
        node = bare(node.head)
    squared = isinstance(node, Script) and node.sub is not None and is_name(node.base)
    return key(node) if is_name(node) or squared else None


def _unindexed(head: Node) -> Node:
    """A name without its index: a law may leave out the t of μ̃_t."""
    head = bare(head)
    head = bare(head.head) if isinstance(head, Call) else head
    return head.base if isinstance(head, Script) and head.sup is None else head


def _laws_with(state: State, head: Node) -> Iterator[tuple[str, Between]]:
    """The laws between two members whose mean or variance has a name, and which of both that is."""
    names = {_name_of(head), _name_of(_unindexed(head))} - {None}
    for law, _ in laws_in(roots_of(state)):
        if isinstance(law, Between) and _name_of(law.mean) in names:
            yield MEAN, law
        elif isinstance(law, Between) and _name_of(law.spread) in names:
            yield SPREAD, law


def _bayes(state: State, law: Between) -> Bayes | None:
    """What the chain makes of a law between two members; None where its steps aren't known."""
    chain = forward_of(state, key(law.to.base), law.law)
    step = None if chain is None else chain.step(index_of(law.last))
    if chain is None or step is None:
        return None
    factor, variance = (f(ZERO, index_of(law.to)) for f in (chain.factor, chain.variance))
    if factor is None or variance is None:
        return None
    parts = {"A": step[0], "B": step[1], "F": factor, "V": variance}
    return Bayes(
        filled(r"\frac{A V}{A^2 V + B}", **parts), filled(r"\frac{F B}{A^2 V + B}", **parts),
        filled(r"\frac{B V}{A^2 V + B}", **parts), chain,
    )  # fmt: skip


def _of_law(state: State, at: At, pair: Pair, law: Between) -> Ruling | None:
    """The ruling on a law whose mean or variance is written out."""
    bayes = _bayes(state, law)
    if bayes is None:
        return None
    named = _name_of(law.mean) is not None
    if named and _name_of(law.spread) is not None:
        return None
    said = [] if named else factors_in(state, law.mean, [law.last, law.first])
    if said is None:
        return None
    parts = _of_members(law, bayes, said) if said else []
    parts.append(Part(SPREAD, bayes.variance, unfolded(law.spread, bayes.chain.bodies)))
    ruling = ruled(state, at, pair, parts, bayes.chain, bayes.given, not wishes(at))
    return None if named and ruling is not None and ruling.rule is None else ruling


def _of_members(law: Between, bayes: Bayes, said: list[Node]) -> list[Part]:
    one, other = (unfolded(n, bayes.chain.bodies) for n in said)
    return [
        Part(f"factor of {to_latex(law.last)} in the mean", bayes.of_last, one),
        Part(f"factor of {to_latex(law.first)} in the mean", bayes.of_first, other),
    ]


def _of_mean(state: State, at: At, pair: Pair, law: Between, bayes: Bayes) -> Ruling | None:
    """The ruling on the mean, in both members, or in the last one and its noise."""
    letters = noises(state)
    noise = names_in(pair.right, lambda n: may_be_noise(n, letters))
    members = [law.last, law.first]
    if not noise:
        said = factors_in(state, pair.right, members)
        if said is None:
            return None
        parts = _of_members(law, bayes, said)
        return ruled(state, at, pair, parts, bayes.chain, bayes.given, not wishes(at))
    present = names_in(pair.right, lambda n: key(n) in map(key, members))
    said = factors_in(state, pair.right, [law.last, *noise])
    factor, variance = (f(ZERO, index_of(law.last)) for f in (bayes.chain.factor, bayes.chain.variance))
    if said is None or len(noise) != 1 or [*map(key, present)] != [key(law.last)] or factor is None or variance is None:
        return None
    line = draw_line(state, bayes.chain, law.last)
    made = {"L": bayes.of_last, "F": bayes.of_first, "B": factor, "W": variance}
    one, other = (unfolded(n, bayes.chain.bodies) for n in said)
    parts = [
        Part(f"factor of {to_latex(law.last)} in the mean", filled(r"L + \frac{F}{B}", **made), one),
        Part("factor of the noise in the mean", filled(r"-\frac{F \sqrt{W}}{B}", **made), other),
    ]
    given = bayes.given + ("" if line is None else f" and the draw of line {line}") + as_noise(noise, letters)
    return ruled(state, at, pair, parts, bayes.chain, given, line is not None and not wishes(at))
