"""Means over samples: (1/L) ∑ f(z_l) ≈ E_q[f(z)] for draws z_l ∼ q, and (1/N) ∑ g(x_i) = E_p̂[g(x)] for the empirical
law p̂ of the x_i.

The mean of a summand is put in its place. What is left is a sentence about abstract laws, which is judged in random
worlds. It supports, and refutes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from claims.records import Record, replace
from claims.verdict import Supported
from errata.checking.abstract import judge_abstract
from errata.checking.algebra import Found
from errata.checking.context import State, roots_of
from errata.checking.page_laws import PageLaws
from errata.checking.sample_sums import SampleSum, member_base, sample_sums
from errata.reading.indicators import condition
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.sentences.heads import argument_of, bare, canonical, law_of, letter, listed, operator, subscript
from errata.reading.substitution import rebuilt
from errata.reading.tree import Bar, Big, Call, Chain, Lines, Node, Script, Terms, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from errata.reading.words import words

REACH = 3
"""Formulas before and after a relation in which the text may say from what its sample is drawn."""
_NEARLY = frozenset({"≈", "≃"})
_EQUATES = frozenset({"=", "≡"})


class _Drawn(Record):
    """What a sample may be drawn from. ``mean`` is the sign of the mean over it, in LaTeX."""

    mean: str
    variable: Node
    """The variable as it is written in that mean."""
    law: Node | None
    """The name of the law; None for a mean that names none."""
    head: Node | None = None
    """The sign of the mean as it is written, E_q of E_q[f(z)]; None where there is none."""


def judge_sampled(state: State, page: PageLaws, pair: Pair, formula: int, seed: int) -> Found | None:
    """The support of a relation between a mean over a sample and the mean of a law; None where it gets none."""
    sides = tuple(sample_sums(pair.left)), tuple(sample_sums(pair.right))
    if pair.relation.sign not in _NEARLY | _EQUATES or bool(sides[0]) == bool(sides[1]):
        return None
    side, other = (pair.left, pair.right) if sides[0] else (pair.right, pair.left)
    sums = sides[0] or sides[1]
    if any(key(one.base) != key(sums[0].base) for one in sums):
        return None
    inside = _inside_of_mean(side)
    if pair.relation.sign in _EQUATES and inside is None:
        drawn, said = _from_data(roots_of(state)[: formula + 1], sums, other, page.letters), None
    elif all(one.divided for one in sums):
        drawn = _from_laws(pair, other, sums[0].base, _told_near(roots_of(state), formula, sums[0].base), page.letters)
        said = "many independent draws" if inside is None else "draws"
    else:
        return None
    for one in drawn:
        averaged = _averaged(side if inside is None else inside, sums, one)
        found = _supported(replace(pair, left=averaged, right=_with_variable(other, one)), page, seed)
        if found is not None:
            return _under(found, _condition(sums[0], one, said))
    return None


def _supported(pair: Pair, page: PageLaws, seed: int) -> Found | None:
    """What random worlds say of an equation of two sides, where they support it."""
    equation = replace(pair, relation=replace(pair.relation, sign="=", latex="=", over=None), position=0)
    try:
        found = judge_abstract(equation, page, seed)
    except Unlowered:
        return None
    return found if found is not None and isinstance(found.verdict, Supported) else None


def _under(found: Found, condition: str) -> Found:
    assert isinstance(found.verdict, Supported)
    both = "; ".join(filter(None, (condition, found.verdict.holds_if)))
    return replace(found, verdict=replace(found.verdict, holds_if=both))


def _condition(one: SampleSum, drawn: _Drawn, said: str | None) -> str:
    law = "the law of the mean" if drawn.law is None else words(drawn.law)
    if said is None:
        return f"{law} is the empirical distribution of the {words(one.member)}"
    return f"the {words(one.member)} are {said} from {law}"


def _averaged(side: Node, sums: Sequence[SampleSum], drawn: _Drawn) -> Node:
    """A side with the mean of each summand in its place, and what a sum runs to where that is left out."""
    known = {id(one.sum): one for one in sums}

    def put_in(node: Node) -> Node | None:
        one = known.get(id(node)) if isinstance(node, Big) else None
        if one is None:
            return None
        summand = rf"{drawn.mean} \left[ {to_latex(one.summand_at(drawn.variable))} \right]"
        text = rf"\sum_{{{to_latex(one.index)} = 1}}^{{{to_latex(one.size)}}} {summand}"
        return parse(text).statements[0]

    return rebuilt(side, put_in)


def _with_variable(other: Node, drawn: _Drawn) -> Node:
    """A side with its mean over the variable, as the other one has it: E_{z∼q}[f(z)] for E_q[f(z)]."""
    if drawn.head is None:
        return other
    wanted = key(drawn.head)

    def named(node: Node) -> Node | None:
        if not isinstance(node, Call) or key(node.head) != wanted:
            return None
        return parse(rf"{drawn.mean} \left[ {to_latex(argument_of(node) or node.fence)} \right]").statements[0]

    return rebuilt(other, named)


def _inside_of_mean(side: Node) -> Node | None:
    """What an expectation that names no law is taken of: E[(1/N) ∑ f(y_i)], a mean over all samples."""
    if not isinstance(side, Call) or operator(side.head) != "E" or subscript(side.head) is not None:
        return None
    inside = argument_of(side)
    found = tuple(sample_sums(inside)) if inside is not None else ()
    return inside if inside is not None and len(found) == 1 and bare(inside) is found[0].whole else None


def _from_laws(
    pair: Pair, other: Node, base: Node, told: Sequence[Node], letters: frozenset[str]
) -> Iterator[_Drawn]:  # fmt: skip
    """What a sample may be drawn from: the law of a mean in the other side, or one that stands in the relation. None
    of which the text says that it is another."""
    variable = _as_random(other, base)
    if variable is None or not any(key(n) == key(variable) for n in walk(other)):
        return
    found = [*_means(other, variable, letters), *_densities(pair, base, variable, letters)]
    for one in found:
        if one.law is None or all(key(law).lower() == key(one.law).lower() for law in told):
            yield one


def _means(other: Node, variable: Node, letters: frozenset[str]) -> Iterator[_Drawn]:
    for node in walk(other):
        if isinstance(node, Call) and operator(node.head) == "E" and any(key(n) == key(variable) for n in walk(node)):
            sub, law, name = subscript(node.head), _law_of_mean(node.head, letters), to_latex(variable)
            if sub is None:
                yield _Drawn(rf"\mathbb{{E}}_{{{name}}}", variable, None, node.head)
            elif law is not None and key(law) == key(sub):
                yield _Drawn(rf"\mathbb{{E}}_{{{name} \sim {to_latex(law)}}}", variable, law, node.head)
            else:
                yield _Drawn(to_latex(node.head), variable, law)


def _densities(pair: Pair, base: Node, variable: Node, letters: frozenset[str]) -> Iterator[_Drawn]:
    """The laws of the variable alone, given what there may be: q(z) beside q(z_l), p(z | θ)."""
    seen: set[str] = set()
    for node in (n for side in (pair.left, pair.right) for n in walk(side)):
        if not isinstance(node, Call) or law_of(node.head, letters) is None:
            continue
        call = rebuilt(node, lambda n: variable if _is_member(n, base) else None)
        assert isinstance(call, Call)
        body = argument_of(call)
        of = listed(body.left if isinstance(body, Bar) else body)
        if [key(n) for n in of] == [key(variable)] and key(call) not in seen:
            seen.add(key(call))
            yield _Drawn(rf"\mathbb{{E}}_{{{to_latex(variable)} \sim {to_latex(call)}}}", variable, call.head)


def _is_member(node: Node, base: Node) -> bool:
    found = member_base(node)
    return found is not None and canonical(found) == canonical(base)


def _as_random(other: Node, base: Node) -> Node | None:
    """The variable that a member is a value of, as the other side writes it: Y for y_i beside E[f(Y)]; the plain name
    where that side names none. None where an index stands at it there, or it is written in two ways."""
    if any(_is_member(n, base) for n in walk(other)):
        return None
    names = {key(n): n for n in walk(other) if is_name(n) and canonical(n) == canonical(base)}
    return None if len(names) > 1 else next(iter(names.values()), base)


def _law_of_mean(head: Node, letters: frozenset[str]) -> Node | None:
    """The name of the law in the subscript of an expectation."""
    sub = subscript(head)
    last = bare(sub.items[-1]) if isinstance(sub, Chain) else sub
    name = last.head if isinstance(last, Call) else last
    return name if name is not None and law_of(name, letters) is not None else None


def _told_near(roots: Sequence[Lines], formula: int, base: Node) -> tuple[Node, ...]:
    """The laws that the members of a sample follow: by a formula itself, or else by those around it."""
    near = roots[max(0, formula - REACH) : formula + 1 + REACH]
    return tuple(_told(roots[formula : formula + 1], base)) or tuple(_told(near, base))


def _told(roots: Sequence[Lines], base: Node) -> Iterator[Node]:
    """The laws that members of a sample are said to follow: q of z_l ∼ q(z)."""
    for chain in (n for root in roots for n in walk(root) if isinstance(n, Chain)):
        if chain.relations[0].sign == "∼" and any(_is_member(n, base) for n in listed(chain.items[0])):
            law = bare(chain.items[1])
            yield law.head if isinstance(law, Call) else law


def _from_data(
    roots: Sequence[Lines], sums: Sequence[SampleSum], other: Node, letters: frozenset[str]
) -> Iterator[_Drawn]:
    """The law that is given as (1/N) ∑ 1[x_i = x], or (1/N) ∑ δ(x − x_i), of the sample that is summed over; none
    where several are."""
    variable = _as_random(other, sums[0].base)
    found = {key(law): law for law in _empirical(roots, sums, letters)}
    if variable is not None and len(found) == 1:
        ((_, law),) = found.items()
        name = to_latex(variable)
        yield _Drawn(rf"\mathbb{{E}}_{{{name} \sim {to_latex(law)}({name})}}", variable, law)


def _empirical(roots: Sequence[Lines], sums: Sequence[SampleSum], letters: frozenset[str]) -> Iterator[Node]:
    """The empirical laws of the sample that is summed over."""
    for law, one in empirical_laws(roots, letters):
        if all(canonical(one.base) == canonical(s.base) and key(one.size) == key(s.size) for s in sums):
            yield law


def empirical_laws(roots: Iterable[Lines], letters: Iterable[str]) -> Iterator[tuple[Node, SampleSum]]:
    """The names of laws that are given as (1/N) ∑ 1[x_i = x], or (1/N) ∑ δ(x − x_i), each with that mean."""
    known = frozenset(letters)
    for chain in (c.chain for root in roots for c in stated(root)):
        head, body = chain.items[:2]
        if not isinstance(head, Call) or chain.relations[0].sign not in ("=", ":=", "≡", "≜"):
            continue
        at, found = listed(argument_of(head)), tuple(sample_sums(body))
        if law_of(head.head, known) is None or len(at) != 1 or len(found) != 1:
            continue
        (one,) = found
        if one.divided and one.whole is bare(body) and _marks(one, at[0]):
            yield head.head, one


def _marks(one: SampleSum, value: Node) -> bool:
    """Whether a summand marks where a member has a value: 1[x_i = x], δ(x − x_i), δ_{x_i}(x)."""
    body = bare(one.body)
    wanted = {key(one.member), key(value)}
    asked = condition(body)
    asked = bare(asked) if asked is not None else None
    if isinstance(asked, Chain):
        return [r.sign for r in asked.relations] == ["="] and {key(n) for n in asked.items} == wanted
    if not isinstance(body, Call) or letter(body.head)[0] != "δ":
        return False
    inside = argument_of(body)
    if isinstance(body.head, Script):
        sub = subscript(body.head)
        return sub is not None and inside is not None and {key(sub), key(inside)} == wanted
    return isinstance(inside, Terms) and sorted(inside.signs) == ["", "-"] and {key(n) for n in inside.items} == wanted
