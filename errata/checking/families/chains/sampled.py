"""A draw from a normal chain: with ε standard normal, x_t = a x_0 + b ε has the law q(x_t | x_0) where a is the factor
of its mean and b² its variance; solved for x_0 it has the factors 1/a and −b/a.
"""

from __future__ import annotations

import re

from errata.checking.context import At, State, roots_of
from errata.checking.families.chains.defined_families import bare, filled, unfolded
from errata.checking.families.chains.equality import holds, judged
from errata.checking.families.chains.forward import ZERO, Forward, forward_of, is_equation
from errata.checking.families.chains.holding import Part, factors_in, names_in, ruled
from errata.checking.families.chains.kernels import index_of, is_first
from errata.checking.families.chains.noise import is_noise, may_be_noise, noises
from errata.checking.families.ruling import Ruling, supposes
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, stated
from errata.reading.tree import Call, Node, Script, walk
from errata.reading.unparse import to_latex


def judge_sampled(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on a member of a chain as a sum of an earlier one and noise; None where nothing is settled."""
    head = head_of(at, pair)
    if head is None:
        return None
    others = members_in(pair.right, head)
    if len(others) != 1 or key(others[0]) == key(head):
        return None
    chain = forward_of(state, key(head.base))
    if chain is None:
        return None
    letters = noises(state)
    noise = names_in(pair.right, lambda n: may_be_noise(n, letters))
    if not noise:
        return None
    if is_first(head):
        return _solved(state, at, pair, chain, others[0], noise)
    return _drawn(state, at, pair, chain, head, others[0], noise)


def head_of(at: At, pair: Pair) -> Script | None:
    """The member of a chain that a relation says something of: the x_t of x_t = … = …, of x_t(x_0, ε) = …."""
    relations = at.chain.chain.relations[: pair.position + 1]
    if not is_equation(pair) or any(r.sign not in ("=", "≡") for r in relations):
        return None
    head = bare(pair.left if pair.position == 0 else at.chain.chain.items[0])
    if isinstance(head, Call):
        head = bare(head.head)
    return head if isinstance(head, Script) and head.sub is not None and head.sup is None and is_name(head) else None


def members_in(side: Node, head: Script) -> list[Script]:
    """The members of the same chain in an expression, each once."""
    found = {
        key(n): n for n in walk(side) if isinstance(n, Script) and n.sub is not None and key(n.base) == key(head.base)
    }
    return list(found.values())


def _drawn(
    state: State, at: At, pair: Pair, chain: Forward, head: Script, given: Script, noise: list[Node]
) -> Ruling | None:
    """The ruling on a draw of a member given an earlier one; several draws of noise are independent."""
    start, end = index_of(given), index_of(head)
    if key(start) != "0" and re.fullmatch(rf"{re.escape(key(end))}-\d", key(start).replace(" ", "")) is None:
        return None
    factor, variance = chain.factor(start, end), chain.variance(start, end)
    said = factors_in(state, pair.right, [given, *noise])
    if factor is None or variance is None or said is None:
        return None
    slope, *spreads = (unfolded(n, chain.bodies) for n in said)
    squares = " + ".join(f"{chr(ord('A') + i)}^2" for i in range(len(spreads)))
    total = filled(squares, **{chr(ord("A") + i): spread for i, spread in enumerate(spreads)})
    parts = (Part("factor of the mean", factor, slope), Part("variance", variance, total))
    letters = noises(state)
    sure = all(is_noise(name, letters) for name in noise)
    told = _told(noise, letters)
    condition = f"given what line {chain.line} says" + as_noise(noise, letters)
    may_refute = sure and len(noise) == 1 and not supposes(at)
    return ruled(state, at, pair, parts, chain, condition, may_refute, told)


def _solved(state: State, at: At, pair: Pair, chain: Forward, last: Script, noise: list[Node]) -> Ruling | None:
    """The ruling on the first member by a later one and the noise in it, which has the sign that a draw gives it."""
    end = index_of(last)
    factor, variance = chain.factor(ZERO, end), chain.variance(ZERO, end)
    said = factors_in(state, pair.right, [last, *noise])
    if factor is None or variance is None or said is None or len(noise) != 1:
        return None
    line = draw_line(state, chain, last)
    one, other = (unfolded(n, chain.bodies) for n in said)
    parts = (
        Part(f"factor of {to_latex(last)}", filled(r"\frac{1}{A}", A=factor), one),
        Part("factor of the noise", filled(r"-\frac{\sqrt{B}}{A}", A=factor, B=variance), other),
    )
    told = _told(noise, noises(state))
    given = f"given what line {chain.line} says" + ("" if line is None else f" and the draw of line {line}")
    given += as_noise(noise, noises(state))
    return ruled(state, at, pair, parts, chain, given, line is not None and not supposes(at), told)


def draw_line(state: State, chain: Forward, last: Script) -> int | None:
    """The line where a member is written as the first one and noise, as the chain has it, with a plus sign."""
    letters = noises(state)
    for number, root in enumerate(roots_of(state)):
        for first, pair in ((c.chain.items[0], p) for c in stated(root) for p in c.pairs() if is_equation(p)):
            left = bare(first)
            left = bare(left.head) if isinstance(left, Call) else left
            if not isinstance(left, Script) or key(left) != key(last):
                continue
            members = members_in(pair.right, last)
            noise = names_in(pair.right, lambda n: may_be_noise(n, letters))
            if len(members) != 1 or not is_first(members[0]) or len(noise) != 1:
                continue
            said = factors_in(state, pair.right, [members[0], *noise])
            factor, variance = (f(ZERO, index_of(last)) for f in (chain.factor, chain.variance))
            if said is None or factor is None or variance is None:
                continue
            made = (factor, filled(r"\sqrt{A}", A=variance))
            if all(holds(judged(state, m, unfolded(s, chain.bodies))) for m, s in zip(made, said, strict=True)):
                return state.document.place(state.document.formulas[number].span.start).line
    return None


def _told(noise: list[Node], letters: dict[str, int]) -> tuple[str, ...]:
    return tuple(f"{to_latex(name)} is standard normal" for name in noise if is_noise(name, letters))


def as_noise(noise: list[Node], letters: dict[str, int]) -> str:
    """The condition under which names are noise that the document doesn't say to be."""
    open_ = [to_latex(name) for name in noise if not is_noise(name, letters)]
    several = ", drawn independently" if len(noise) > 1 else ""
    return (f", with {', '.join(open_)} standard normal" if open_ else "") + several
