"""Which symbol of a formula is which of a known result: the assignments that roles, letters and use allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from claims.records import Record, replace
from errata.meaning.indices import constant_indices
from errata.meaning.terms import PARAMETERS, Bind, Ref, Term, heads, mapped, walk

MOST = 24
"""How many assignments are tried, the likeliest first."""
STEPS = 4000
"""How many partial assignments are looked at while these are sought."""


class Use(Record, frozen=True):
    """How a symbol is used: with how many indices, applied or not, bound or free, on which side alone."""

    head: str
    indices: int
    applied: bool
    bound: bool
    constant: bool = False
    """Whether its indices are always the same, and nothing binds them."""
    is_of_a_model: bool = False
    """Whether its index is the letter of a model's parameters: ε_θ is no noise."""
    may_gain: bool = True
    """Whether a page may give it indices where the result has none."""


def uses(*sides: Term) -> dict[str, Use]:
    """The use of each symbol of some terms that stand together."""
    bound = {v for side in sides for t in walk(side) if isinstance(t, Bind) for v in t.variables}
    found: dict[str, Use] = {head: Use(head, 0, False, True) for head in bound}
    for side in sides:
        for term in walk(side):
            if isinstance(term, Ref):
                before = found.get(term.head, Use(term.head, 0, False, term.head in bound))
                applied = before.applied or term.arguments is not None
                found[term.head] = replace(before, indices=max(before.indices, len(term.indices)), applied=applied)
    constant = constant_indices(*sides)
    return {
        head: replace(
            use, constant=head in constant, is_of_a_model=any(heads(i) & PARAMETERS for i in constant.get(head, ()))
        )
        for head, use in found.items()
    }


@lru_cache(maxsize=4096)
def letter(head: str) -> str:
    """The letter of a head without its font, accents and labels."""
    core = head.split("(")[-1].split(")")[0] if "(" in head else head
    return core.split(":")[-1].split("_")[0].split("^")[0]


@lru_cache(maxsize=4096)
def letter_and_accent(head: str) -> tuple[str, bool]:
    """The letter of a head, and whether it has an accent: the mean X̄ of a sample is none of its Xᵢ."""
    return letter(head), "(" in head


@lru_cache(maxsize=4096)
def _letters_and_accents(heads: frozenset[str]) -> frozenset[tuple[str, bool]]:
    return frozenset(map(letter_and_accent, heads))


def assignments(
    page: Mapping[str, Use],
    result: Mapping[str, Use],
    fixed: Mapping[str, str],
    letters: Mapping[str, frozenset[str]],
    roles: Mapping[str, tuple[str, ...]],
    said: Mapping[str, str],
) -> Iterator[dict[str, str]]:
    """Assignments of the symbols of a page to those of a result, each to another one, the likeliest first.

    ``said`` is what the page says of a symbol in words: a symbol that is said to have the role of another is not taken
    for this one.
    """
    free = {other: its for other, its in result.items() if other not in fixed.values()}
    alike = {
        head: [other for other, its in free.items() if _alike(use, its)]
        for head, use in page.items()
        if head not in fixed
    }
    if not all(alike.values()):
        return
    candidates: list[tuple[str, list[tuple[int, str]]]] = []
    for head, others in alike.items():
        scored = ((_score(head, other, letters, roles, said), other) for other in others)
        options = sorted((o for o in scored if o[0] > -100), key=lambda o: (-o[0], o[1]))
        if not options:
            return
        candidates.append((head, options))
    candidates.sort(key=lambda c: (len(c[1]), -c[1][0][0]))
    found = _complete(candidates, dict(fixed))
    ranked = sorted(found, key=lambda f: -f[0])
    for _, assignment in ranked[:MOST]:
        yield assignment


def _complete(
    candidates: list[tuple[str, list[tuple[int, str]]]], fixed: dict[str, str]
) -> list[tuple[int, dict[str, str]]]:
    done: list[tuple[int, dict[str, str]]] = []
    stack: list[tuple[int, int, dict[str, str]]] = [(0, 0, fixed)]
    steps = 0
    while stack and steps < STEPS and len(done) < 8 * MOST:
        steps += 1
        at, score, taken = stack.pop()
        if at == len(candidates):
            done.append((score, taken))
            continue
        head, options = candidates[at]
        for points, other in reversed(options):
            if other not in taken.values():
                stack.append((at + 1, score + points, {**taken, head: other}))
    return done


def _alike(page: Use, ours: Use) -> bool:
    """Whether a symbol of a page is used as one of a result; indices that never change may be part of its name."""
    if page.bound != ours.bound or page.applied != ours.applied:
        return False
    may_drop = page.constant and ours.may_gain and not page.is_of_a_model
    return page.indices == ours.indices or (ours.indices == 0 and may_drop)


def _score(
    head: str, other: str, letters: Mapping[str, frozenset[str]], roles: Mapping[str, tuple[str, ...]],
    said: Mapping[str, str],
) -> int:  # fmt: skip
    usual = letters.get(other, frozenset({other}))
    score = 6 if head in usual else 4 if letter_and_accent(head) in _letters_and_accents(usual) else 0
    words = said.get(head, "")
    if words and any(role in words for role in roles.get(other, ())):
        return score + 8
    if head in usual:
        # p, the letter of the chance to be dropped, is that of a unit that is kept only where words say so
        return score if head == other or not roles.get(head) else -100
    if any(head in its for slot, its in letters.items() if slot != other):
        return -100  # the usual letter of another symbol of the result
    if words and any(role in words for slot, their in roles.items() if slot != other for role in their):
        return -100  # what the words call another symbol of the result
    return score


def is_told(head: str, other: str, letters: Mapping[str, frozenset[str]], roles: Mapping[str, tuple[str, ...]],
            said: Mapping[str, str]) -> bool:  # fmt: skip
    """Whether words or a usual letter tell that a symbol is that of a result."""
    return _score(head, other, letters, roles, said) > 0


def renamed(term: Term, names: Mapping[str, str]) -> Term:
    """The term in the names of the result; no two symbols get the same one."""

    def change(t: Term) -> Term:
        if isinstance(t, Ref):
            return replace(t, head=names.get(t.head, t.head))
        if isinstance(t, Bind):
            return replace(t, variables=tuple(names.get(v, v) for v in t.variables))
        return t

    return mapped(term, change)
