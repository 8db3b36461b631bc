"""What a document has established of a quantity, put in for it: LL(α), log ȳ_j, E(X), M_X(t), SS_tot.

A chain LL(α) = A = B establishes A and B for LL(α), as far as it defines, and as far as each of its steps was judged to
hold. A later relation that speaks of LL(α) is judged with one of these in its place. It may be supported by this, and
never refuted: the quantity may stand for something else there.

Where a derivation goes on in another display, LL(α) = C follows from the last LL(α) = B before it, whether that was
judged to hold or not; the support says on which line it depends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from claims.records import Record, replace
from claims.verdict import Proved, Refuted, Supported
from errata.checking.algebra import BY_DEFINITIONS, Found, judge_unfolded
from errata.checking.families.spelled import pointed, spelled_out
from errata.checking.judgement import Judged, Kind
from errata.checking.kinds import INDEX_LETTERS, is_law_of, is_number, is_power_of_name
from errata.checking.linear import judge_linear, supported_linear
from errata.checking.linear_relation import fails_as_numbers, speaks_of_matrices
from errata.checking.numbered_names import pattern, renumbered, said_of_all
from errata.checking.own_names import each_has_its_own
from errata.reading.families.notation import law_call
from errata.reading.lowering import operator_parts
from errata.reading.names import is_name, key, names_in
from errata.reading.notation import FUNCTIONS
from errata.reading.relations import Pair, Stated
from errata.reading.substitution import instance, replaceable, replaced, without_power
from errata.reading.tree import Call, Dots, Fence, Function, Gap, Node, Opaque, Phrase, Script, Sym, walk
from errata.reading.vectors import Unlowered
from numerics.identity import Bounds

MOST_TRIED = 8
"""Ways to put in what is known that are tried for one relation."""
MOST_THOROUGH = 2
"""Of these, those for which it is tried whether a name may be a dimension, and a matrix symmetric."""
MOST_EACH = 3
"""Expressions of one quantity that are tried."""
MOST_DEEP = 3
"""Facts within facts that are put in."""
MOST_CALLS = 12
"""Calls in a relation that are looked up by their function."""
MOST_PARTS = 1200
"""Parts of a relation beyond which nothing is put in."""
_OPERATORS = frozenset("p q P Q Pr Prob E H I h KL D Var Cov Corr 𝔼".split())
"""Heads that are no functions of their arguments' values."""
_EQUATES = frozenset({"=", "≡", ":=", "≜"})


class Fact(Record):
    """Expressions that a quantity equals, and the line that says so; ``said`` where that is all that speaks for it."""

    members: tuple[Node, ...]
    line: int
    said: bool = False
    head: Node | None = None
    """The quantity as it is written there."""
    supposed: bool = False
    """Whether a hypothesis says so, H_0: μ = 0: what a step may rest on, but not what a name is."""


Facts = Mapping[str, tuple[Fact, ...]]
"""The facts about each quantity by its key, the latest first."""


def learnt(
    chain: Stated, judged: Sequence[Judged], line: int, display: bool, facts: Facts, supposed: bool = False
) -> Facts:
    """The facts after a chain, which a hypothesis may be; ``judged`` holds its pairs in order.

    What is given, and what something else follows from, counts in a display only: k = 1 in the text may be a case that
    the next sentence leaves. The law of a variable, p(x) = N(m, v), counts in the text, too.
    """
    head = chain.chain.items[0]
    if not _is_quantity(head) or (chain.implies and not display):
        return facts
    pairs = tuple(chain.pairs())
    if any(p.relation.sign not in _EQUATES for p in pairs) or any(isinstance(j.verdict, Refuted) for j in judged):
        return facts
    doubtful = [
        n for n, (pair, found) in enumerate(zip(pairs, judged, strict=False))
        if not _holds(found, display or pointed(pair.right, head) is not None)
    ]  # fmt: skip
    sure = pairs[: doubtful[0]] if doubtful else pairs
    new = [
        Fact(members, line, said, head, supposed)
        for part, said in ((pairs[doubtful[-1] :] if doubtful else (), True), (sure, False))
        if (members := _at_the_point(tuple(p.right for p in part if _may_be_put_in(p.right, key(head))), head))
    ]
    if not new:
        return facts
    if any(pointed(p.right, head) is not None for p in sure):
        facts = _without_the_old(facts, key(head))
    names = [key(head), *([of_any] if (of_any := _pattern(head)) is not None else [])]
    every = tuple(fact for fact in new if said_of_all(head, fact.members))
    if every and (numbered := pattern(head)) is not None:
        facts = {**facts, numbered: every}
    return {
        **facts,
        **{n: (*new, *(fact for fact in facts.get(n, ()) if not fact.said))[:MOST_EACH] for n in names},
    }


def _at_the_point(members: tuple[Node, ...], head: Node) -> tuple[Node, ...]:
    """What is put in for a quantity: also the density of a law, N(x; m, v), where p(x) = N(m, v) is what is said."""
    densities = (found for m in members if (found := pointed(m, head)) is not None)
    return (*members, *densities)


def _without_the_old(facts: Facts, name: str) -> Facts:
    """What is still known once a variable is given another law: neither its old law nor what followed from it."""
    return {
        known: kept
        for known, found in facts.items()
        if known != name and (kept := tuple(f for f in found if f.head is None or not _speaks_of(f.head, name)))
    }


def _speaks_of(head: Node, name: str) -> bool:
    return any(key(n) == name for n in walk(head))


def beyond_a_section(facts: Facts) -> Facts:
    """What is still known in the next section: p = 0.5 is a value of the example before, and no fact about p."""
    kept = {name: tuple(f for f in found if not all(map(is_number, f.members))) for name, found in facts.items()}
    return {name: found for name, found in kept.items() if found}


def without_suppositions(facts: Facts) -> Facts:
    """What is known whether a hypothesis holds or not."""
    kept = {name: tuple(f for f in found if not f.supposed) for name, found in facts.items()}
    return {name: found for name, found in kept.items() if found}


def facts_about(node: Node, facts: Facts) -> tuple[Fact, ...]:
    """What is established of a quantity, also of f(a, b) by what is of f(x, y), and of z_j by what is of z_k."""
    found = facts.get(key(node), ())
    if found:
        return found
    if (numbered := pattern(node)) is not None:
        return tuple(known for fact in facts.get(numbered, ()) if (known := _renumbered(fact, node)) is not None)
    of_any = _pattern(node, named=False)
    if of_any is None or not isinstance(node, Call):
        return ()
    return tuple(known for fact in facts.get(of_any, ()) if (known := _instance(fact, node)) is not None)


def _renumbered(fact: Fact, name: Node) -> Fact | None:
    if fact.head is None:
        return None
    members = tuple(found for m in fact.members if (found := renumbered(m, fact.head, name)) is not None)
    return Fact(members, fact.line, fact.said, name, fact.supposed) if members else None


def _instance(fact: Fact, call: Call) -> Fact | None:
    if not isinstance(fact.head, Call):
        return None
    values = dict(zip(map(key, _arguments(fact.head)), _arguments(call), strict=True))
    if len(values) != len(_arguments(call)):
        return None
    members = tuple(found for m in fact.members if (found := instance(m, values)) is not None)
    return Fact(members, fact.line, fact.said, call) if members else None


def _arguments(call: Call) -> tuple[Node, ...]:
    body = call.fence.body if isinstance(call.fence, Fence) else None
    return body.items if isinstance(body, Phrase) else () if body is None else (body,)


def _pattern(node: Node, named: bool = True) -> str | None:
    """LL/3 for LL(a, b, c), a function of names if it is to be ``named``; None for what is no function."""
    if not isinstance(node, Call) or not is_name(node.head) or not isinstance(node.fence, Fence):
        return None
    arguments = _arguments(node)
    if not arguments or (named and not all(is_name(a) or is_power_of_name(a) for a in arguments)):
        return None
    known = is_law_of(node.head, _OPERATORS) or operator_parts(node.head)[0] in FUNCTIONS
    return None if known else f"{key(node.head)}/{len(arguments)}"


def _may_be_put_in(node: Node, head: str) -> bool:
    inside = tuple(walk(node))
    listed = node.body if isinstance(node, Fence) else node
    if isinstance(listed, Phrase) or any(isinstance(n, Dots | Opaque | Gap) or _is_set(n) for n in inside):
        return False
    return not any(_is_quantity(n) and key(n) == head for n in inside)


def judge_with_facts(pair: Pair, facts: Facts, seed: int, bounds: Bounds | None, vectors: bool = False) -> Found | None:
    """The support of a relation once what is established is put in; None where it gets none.

    ``vectors`` says that factors don't change places, so that numbers show nothing.
    """
    if not facts or pair.relation.sign not in ("=", "≡"):
        return None
    facts = {**facts, **_instances(pair, facts)}
    tried: set[tuple[str, str]] = set()
    for n, (put_in, lines) in enumerate(islice(_put_in(pair, facts, pair), MOST_TRIED)):
        sides = key(put_in.left), key(put_in.right)
        if (sides[0] == sides[1] and _is_one(pair, facts)) or sides in tried:
            continue
        tried.add(sides)
        condition, thoroughly = _condition(pair, lines, facts), n < MOST_THOROUGH
        found = _support(put_in, pair, seed, bounds, condition, thoroughly, vectors)
        if found is not None:
            return found
    return None


def _is_one(pair: Pair, facts: Facts) -> bool:
    """Whether a side is itself what something is established of, so that what is put in only repeats the relation."""
    return any(key(side) in facts for side in (pair.left, pair.right))


def ways_to_put_in(pair: Pair, facts: Facts) -> Iterator[tuple[Pair, str]]:
    """A relation with what is established put in, densities written out, each with the condition that this makes."""
    if not facts:
        return
    facts = {**facts, **_instances(pair, facts)}
    for put_in, lines in islice(_put_in(pair, facts, pair), MOST_TRIED):
        if key(put_in.left) != key(put_in.right):
            written = replace(put_in, left=spelled_out(put_in.left), right=spelled_out(put_in.right))
            yield written, _condition(pair, lines, facts)


def _condition(pair: Pair, lines: frozenset[int], facts: Facts) -> str:
    said = {fact.line for fact in facts.get(key(pair.left), ()) if fact.said}
    listed = f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, sorted(lines)))}"
    return f"given what {listed} says" if said & lines else f"with what {listed} established"


def _put_in(pair: Pair, facts: Facts, asked: Pair, deep: int = 1) -> Iterator[tuple[Pair, frozenset[int]]]:
    """The relation with what is established put in, what that speaks of put in, too; with the lines that say it."""
    met = _met(pair, facts)
    standing = {name for name in met if _stands_in(pair, name)}
    groups = _groups(met, key(pair.left)) if deep == 1 else [met]
    for choice in (c for group in groups for c in islice(_choices(asked, group, facts), MOST_EACH)):
        bodies = {name: body for name, (body, _) in choice.items() if name in standing}
        lines = frozenset(choice[name][1] for name in bodies)
        if not bodies:
            continue
        put_in = replace(pair, left=replaced(pair.left, bodies), right=replaced(pair.right, bodies))
        yield put_in, lines
        if deep < MOST_DEEP:
            for deeper, more in islice(_put_in(put_in, facts, asked, deep + 1), 1):
                yield deeper, lines | more


def _stands_in(pair: Pair, name: str) -> bool:
    """Whether something can be put in for a name, and it isn't only a part of others there, as the z of z_k."""
    return any(name in replaceable(side) for side in (pair.left, pair.right))


def _instances(pair: Pair, facts: Facts) -> dict[str, tuple[Fact, ...]]:
    """The facts about the calls in a relation that follow from what is established of their functions, and about its
    numbered names that follow from what is of their families."""
    calls = [n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Call) or pattern(n) in facts]
    calls = calls[:MOST_CALLS]
    return {key(c): found for c in calls if key(c) not in facts and (found := facts_about(c, facts))}


def _groups(met: tuple[str, ...], head: str) -> list[tuple[str, ...]]:
    """What is put in together: for the left side alone, for everything, for each quantity alone."""
    alone = [(name,) for name in met]
    first = [(head,)] if head in met else []
    return [*first, *([met] if len(met) > 1 else []), *(one for one in alone if one not in first)]


def _support(
    pair: Pair, asked: Pair, seed: int, bounds: Bounds | None, condition: str, thoroughly: bool, vectors: bool
) -> Found | None:
    """The support of a relation in numbers, or of one of matrices that holds in dimension one; ``asked`` is what it was
    before anything was put in."""
    if each_has_its_own(pair):
        return None
    if any(isinstance(n, Call) and law_call(n) is not None for side in (pair.left, pair.right) for n in walk(side)):
        pair = replace(pair, left=spelled_out(pair.left), right=spelled_out(pair.right))
    try:
        found = None if vectors or fails_as_numbers(pair) else judge_unfolded(pair, {}, seed, bounds, asked)
        if found is None and not vectors and not speaks_of_matrices(pair):
            return None
    except (Unlowered, RecursionError):
        found = None
    if found is None or not isinstance(found.verdict, Supported | Proved):
        found = judge_linear(pair, seed, plainly=True)
        if thoroughly and (found is None or not isinstance(found.verdict, Supported | Proved)):
            found = supported_linear(pair, seed)
    if found is None or not isinstance(found.verdict, Supported | Proved):
        return None
    needed = found.verdict.holds_if if isinstance(found.verdict, Supported) else None
    told = needed if needed is not None and needed != BY_DEFINITIONS else None
    return replace(found, verdict=Supported(tuple(found.verdict.by), "; ".join(c for c in (condition, told) if c)))


def _holds(judged: Judged, display: bool) -> bool:
    if judged.kind is Kind.DEFINITION or (display and judged.kind is Kind.GIVEN):
        return True
    condition = judged.verdict.holds_if if isinstance(judged.verdict, Supported) else None
    return isinstance(judged.verdict, Proved | Supported) and (condition is None or condition.startswith("with "))


def _is_quantity(node: Node) -> bool:
    """A name, or a function of something: what a document may establish the value of."""
    bare = node.base if isinstance(node, Script) else node
    if not (is_name(node) or isinstance(bare, Call | Function)):
        return False
    return not is_number(node) and not (isinstance(node, Sym) and node.name in INDEX_LETTERS)


def _is_set(node: Node) -> bool:
    return isinstance(node, Fence) and node.open in (r"\{", r"\lbrace")


def _met(pair: Pair, facts: Facts) -> tuple[str, ...]:
    """The quantities in a relation of which something is established."""
    met: dict[str, None] = {}
    for n, node in enumerate(n for side in (pair.left, pair.right) for n in walk(side)):
        if n > MOST_PARTS:
            return ()
        if isinstance(node, Dots | Opaque):
            return ()
        named = without_power(node) or node
        if _is_quantity(named) and (name := key(named)) in facts:
            met[name] = None
    return tuple(met)


def _says_the_same(pair: Pair, name: str, member: Node) -> bool:
    """Whether name = member is the relation itself, or gives the name in terms of what the relation is about."""
    sides = (key(pair.left), key(pair.right))
    if name in sides:
        return key(member) in sides
    return (
        pair.position == 0
        and (is_name(pair.left) or _is_quantity(pair.left))
        and any(key(n) == sides[0] for n in walk(member))
    )


def _choices(pair: Pair, met: Sequence[str], facts: Facts) -> Iterator[dict[str, tuple[Node, int]]]:
    """What is put in for each quantity: the last expressions first. A step after which a quantity is still there didn't
    use its number: nobody keeps a term times μ who takes μ for 0."""
    sides = (key(pair.left), key(pair.right))
    kept = names_in(pair.left) & names_in(pair.right) if pair.position else frozenset[str]()
    options = []
    for name in met:
        known = [fact for fact in facts[name] if not fact.said or name == sides[0]]
        found = [(member, fact.line) for fact in known for member in reversed(fact.members)]
        if name in kept:
            found = [f for f in found if not is_number(f[0])]
        options.append([f for f in found if not _says_the_same(pair, name, f[0])][:MOST_EACH])
    for bodies in product(*(o for o in options if o)):
        yield dict(zip((n for n, o in zip(met, options, strict=True) if o), bodies, strict=True))
