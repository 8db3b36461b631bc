"""Relations that state nothing to be checked, since they bring in one of their sides: asked once nothing decides them.

Each kind has its own sign of this. What is brought in is spoken of nowhere before, or is given no other way before; a
relation that could be wrong where it stands is none of them, and one that anything decides never comes here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from errata.checking.abstract import unfoldings
from errata.checking.context import At, State, bodies_of, root_of, roots_of
from errata.checking.facts import facts_about
from errata.checking.families.likelihoods import models_of
from errata.checking.families.reach import section_start
from errata.checking.families.trial_masses import product_of_trials
from errata.checking.giving_laws import draws_a_sample, point_of
from errata.checking.judgement import Kind
from errata.checking.kinds import is_law_of, is_number
from errata.checking.spelled_samples import spells_out_a_sample
from errata.checking.steps import laws_of
from errata.reading.calculus import is_derivative
from errata.reading.families.notation import law_call
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name, key, named_call, names_in, parameters
from errata.reading.relations import Pair, stated
from errata.reading.sentences.heads import argument_of, bare, letter, operator, speaks_of_laws
from errata.reading.tree import (
    Accent,
    Bar,
    Big,
    Call,
    Chain,
    Dots,
    Factors,
    Fence,
    Frac,
    Gap,
    Node,
    Num,
    Prefix,
    Script,
    Sym,
    walk,
)

_LAWS = frozenset("p P Pr Prob q Q ℙ".split())
_EQUATES = ("=", "≡", ":=", "≜")
_EXCLUDES = {"≠": ("=",), "=": ("≠", "<", ">"), "<": ("=", ">", "≥"), ">": ("=", "<", "≤")}
"""Signs of cases that can't be together with a case of another sign."""
_CLAIMING = re.compile(
    r"\b(?:show|prove|claim|verify|check|theorem|lemma|proposition|result|therefore|thus|hence)\b", re.I
)
"""Words before a relation that is stated as true."""
_ITEM = re.compile(r"(?:\A|\n)[ \t>]*(?:[*+-]|\d+[.)]|\\item)[ \t]+\$*\s*\Z")
"""The beginning of an item of a list, right before a formula."""
NEAR = 3
"""Formulas before and after a case in which the other cases stand."""
NEAR_NOISE = 25
"""Characters between a draw and the law of its noise in the formula beside it: "where", the start of an item."""
NEAR_LAW = 2_500
"""Characters before a draw in which the law of what is drawn may be given."""


def introduces(state: State, at: At, pair: Pair) -> Kind | None:
    """What a relation is for that brings something in; None for one that states something."""
    if pair.relation.sign in ("≠", "<", ">") or is_number(pair.right):
        if _sets_to_zero(at, pair):
            return Kind.EQUATION_TO_SOLVE
        return Kind.CONSTRAINT if _is_case(state, at, pair) else None
    if pair.relation.sign not in _EQUATES or _CLAIMING.search(at.prose[-120:]):
        return None
    defines = (_names_at_the_end, _gives_a_new_law, _defines_in_passing)
    if any(one(state, at, pair) for one in defines):
        return Kind.DEFINITION
    if _tells_the_law(state, at, pair):
        return Kind.GIVEN
    if pair.position or at.chain.implies or at.chain.concluded:
        return None
    given = (_is_drawn, _names_a_chance, _gives_a_sample, _gives_entries)
    return Kind.GIVEN if _mixes(pair) or any(gives(state, at, pair) for gives in given) else None


def _sets_to_zero(at: At, pair: Pair) -> bool:
    """Whether a chain works out a derivative in what then stands in the equation, and sets it to zero."""
    first = at.chain.chain.items[0]
    if not pair.position or pair.relation.sign != "=" or not isinstance(pair.right, Num) or pair.right.text != "0":
        return False
    return bool(_derived_by(first) & names_in(pair.left))


def _derived_by(node: Node) -> frozenset[str]:
    """The names that a derivative is taken in: θ of ∇_θ f and ∂f/∂θ."""
    first = node.items[0] if isinstance(node, Factors) else node.sign if isinstance(node, Prefix) else node
    if isinstance(first, Script) and isinstance(first.base, Sym) and first.base.name == "∇" and first.sub is not None:
        return names_in(first.sub)
    if isinstance(first, Frac) and is_derivative(first):
        return frozenset(name.removeprefix("∂").removeprefix(r"\partial") for name in names_in(first.bottom))
    return frozenset()


def _is_case(state: State, at: At, pair: Pair) -> bool:
    """Whether another formula nearby says of the same sides what excludes this: ρ ≠ 0 in one item of a list, ρ = 0 in
    the next. They are the cases that are told apart."""
    if len(at.chain.chain.items) != 2 or not _ITEM.search(at.prose):
        return False
    roots = roots_of(state)
    for number in range(max(0, at.index - NEAR), min(len(roots), at.index + NEAR + 1)):
        for other in (c.chain for c in stated(roots[number])) if number != at.index else ():
            alike = len(other.items) == 2 and [key(i) for i in other.items] == [key(pair.left), key(pair.right)]
            if alike and other.relations[0].sign in _EXCLUDES.get(pair.relation.sign, ()):
                return True
    return False


def _names_at_the_end(state: State, at: At, pair: Pair) -> bool:
    """Whether a chain ends in a function of names that stand before the sign, of which nothing was said: E_q[f] = L(q);
    or, past its first step, in such a name."""
    plain = (
        is_name(pair.left)
        or isinstance(pair.left, Dots | Gap)
        or (named_call(pair.left) and not speaks_of_laws(pair.left))
    )
    if pair.right is not at.chain.chain.items[-1] or plain:
        return False
    if named_call(pair.right) and isinstance(pair.right, Call):
        if parameters(pair.right) is None or is_law_of(pair.right.head, _LAWS) or law_call(pair.right) is not None:
            return False
        if _is_of_another(pair.right.head):
            return False
        inside = frozenset(parameters(pair.right) or ())
        return inside <= _letters_in(pair.left) and _is_new(state, at, pair, pair.right.head)
    return pair.position > 0 and is_name(pair.right) and _is_new(state, at, pair, pair.right)


def _is_of_another(head: Node) -> bool:
    """Whether a function is made of another one, as g⁻¹ and g′ are, or is an operator: a mean, an entropy."""
    made = isinstance(head, Script) and (head.sup is not None or bool(head.primes))
    return made or operator(head) != ""


def _letters_in(node: Node) -> frozenset[str]:
    """The names in a node, those in its subscripts too."""
    return frozenset(key(n) for n in walk(node) if is_name(n))


def _is_new(state: State, at: At, pair: Pair, head: Node) -> bool:
    """Whether a name stands in no formula before, nor before itself in its own one."""
    name = key(head)
    before = (n for number in range(at.index) for n in walk(root_of(state, number)))
    here = (n for n in walk(root_of(state, at.index)) if n.end <= pair.relation.start or n.start > pair.right.end)
    return all(not is_name(n) or key(n) != name for nodes in (before, here) for n in nodes)


def _gives_a_new_law(state: State, at: At, pair: Pair) -> bool:
    """Whether the law of a model, with a mark of its own, is first spoken of where it gets an expression without laws:
    p̂_θ(x) = σ(θᵀ x)."""
    head = pair.left.head if isinstance(pair.left, Call) else None
    if pair.position or head is None or parameters(pair.left) is None or not is_law_of(head, _LAWS):
        return False
    marked = any(isinstance(n, Accent) for n in walk(head))
    if not marked or speaks_of_laws(pair.right) or key(head) in names_in(pair.right):
        return False
    before = (n for number in range(at.index) for n in walk(root_of(state, number)))
    return all(not is_name(n) or key(n) != key(head) for n in before)


def _tells_the_law(state: State, at: At, pair: Pair) -> bool:
    """Whether a draw tells what its law is, of which nothing was said: z ∼ p(z) = N(0, 1)."""
    drawn = pair.position == 1 and at.chain.chain.relations[0].sign == "∼"
    law = pair.left.head if isinstance(pair.left, Call) else pair.left
    if not drawn or not is_law_of(law, _LAWS) or law_call(pair.right) is None:
        return False
    return not facts_about(pair.left, state.facts)


def _is_drawn(state: State, at: At, pair: Pair) -> bool:
    """Whether a name is given by noise that this formula, or one right beside it, draws from a law: y = f(x) + ε,
    ε ∼ N(0, s²). Where its own law is given before, there is something to be checked."""
    if not is_name(pair.left):
        return False
    noise = {
        key(c.chain.items[0]) for number in _beside(state, at) for c in stated(root_of(state, number))
        if c.chain.relations[0].sign == "∼" and is_name(c.chain.items[0])
    }  # fmt: skip
    inside = set(bare_names(pair.right))
    place = at.formula.offset(at.chain.chain.start)
    known = any(
        key(m.point).lower() == key(pair.left).lower() and not m.noise and place - NEAR_LAW < m.place < place
        for m in models_of(state)
    )
    return bool(noise & inside) and key(pair.left) not in inside | noise and not known


def _beside(state: State, at: At) -> Iterator[int]:
    """The formula of a relation, and the next ones on either side that hardly any text parts from it."""
    formulas = state.document.formulas
    yield at.index
    if at.index and at.formula.span.start - formulas[at.index - 1].span.end <= NEAR_NOISE:
        yield at.index - 1
    if at.index + 1 < len(formulas) and formulas[at.index + 1].span.start - at.formula.span.end <= NEAR_NOISE:
        yield at.index + 1


def _defines_in_passing(state: State, at: At, pair: Pair) -> bool:
    """Whether a function of names, of which nothing was said, is set equal to an expression right after a name is set
    equal to it: z = g(e, x) = m(x) + s(x) e."""
    if pair.position != 1 or not is_name(at.chain.chain.items[0]) or not isinstance(pair.left, Call):
        return False
    head, inside = pair.left.head, parameters(pair.left)
    if (
        inside is None
        or _is_of_another(head)
        or is_law_of(head, _LAWS)
        or law_call(pair.left) is not None
        or key(head) in names_in(pair.right)
    ):
        return False
    before = (n for number in range(at.index) for n in walk(root_of(state, number)))
    return set(inside) <= _letters_in(pair.right) and all(not is_name(n) or key(n) != key(head) for n in before)


def _names_a_chance(state: State, at: At, pair: Pair) -> bool:
    """Whether the chance that a variable has a value gets a name with the index of that value: P(z = k) = α_k, where
    neither was given before."""
    call = pair.left
    if not isinstance(call, Call) or not is_law_of(call.head, _LAWS) or not isinstance(pair.right, Script):
        return False
    asked = bare(argument_of(call) or call.fence)
    event = bare(asked.left) if isinstance(asked, Bar) else asked
    if not isinstance(event, Chain) or [r.sign for r in event.relations] != ["="] or not is_name(event.items[0]):
        return False
    if not is_name(pair.right) or pair.right.sub is None or pair.right.sup is not None:
        return False
    indices = {key(n) for n in walk(pair.right.sub) if isinstance(n, Sym)}
    if not indices or not indices <= _letters_in(call.fence):
        return False
    computed = any(not isinstance(body, Call) for body in bodies_of(state).get(key(pair.right), ()))
    return not computed and all(key(chain.items[0]) != key(call) for chain in _chains_before(state, at))


def _gives_a_sample(state: State, at: At, pair: Pair) -> bool:
    """Whether a function that is defined as the law of a sample is given by its members: L(θ) = ∏_i p(x_i | θ)
    for L(θ) = p(D | θ). That they are independent is what it says."""
    if spells_out_a_sample(pair, roots_of(state)[: at.index]):
        return True
    put_in = next(unfoldings(pair, laws_of(state)), pair)
    member = put_in.right.body if isinstance(put_in.right, Big) else None
    if put_in is pair or put_in.right is not pair.right or not draws_a_sample(put_in.left, put_in.right):
        return False
    whole = put_in.left
    while isinstance(whole, Fence) and whole.body is not None:
        whole = whole.body
    return isinstance(whole, Call) and isinstance(member, Call) and _conditions(whole) == _conditions(member)


def _gives_entries(_state: State, _at: At, pair: Pair) -> bool:
    """Whether the law of a matrix or a vector of zeros and ones is given by the masses of its entries:
    p(A) = ∏_{i<j} r^{a_ij} (1 − r)^{1 − a_ij}. What is no mass of a trial gives none."""
    trials = product_of_trials(pair.right)
    if trials is None or not isinstance(pair.left, Call) or not is_law_of(pair.left.head, _LAWS):
        return False
    whole = argument_of(pair.left)
    return whole is not None and is_name(whole) and letter(whole)[0].lower() == trials.outcome.lower()


def _conditions(call: Call) -> str:
    inside = argument_of(call)
    return key(inside.right) if isinstance(inside, Bar) else ""


def _chains_before(state: State, at: At) -> Iterator[Chain]:
    """The chains that stand before a relation in its section."""
    start = section_start(state, at.formula.span.start)
    for number in range(at.index - 1, -1, -1):
        if state.document.formulas[number].span.start < start:
            return
        yield from (c.chain for c in stated(root_of(state, number)))


def _mixes(pair: Pair) -> bool:
    """Whether a law that is conditioned on nothing is made of weighted laws of the same point, with one index:
    p(x) = ∑_i w_i p_i(x)."""
    body = pair.right.body if isinstance(pair.right, Big) else None
    if not isinstance(pair.left, Call) or not isinstance(body, Factors) or len(body.items) != 2:
        return False
    if not is_law_of(pair.left.head, _LAWS) or any(isinstance(n, Bar) for n in walk(pair.left)):
        return False
    weight, part = body.items
    index = _index_of(pair.right)
    if index is None or not isinstance(weight, Script) or not is_name(weight) or not isinstance(part, Call):
        return False
    own = law_call(part) is not None or (is_law_of(part.head, _LAWS) and isinstance(part.head, Script))
    parameters_ = [n for n in walk(part) if isinstance(n, Script) and n.sub is not None]
    numbered = [key(n.sub) for n in (weight, *parameters_) if n.sub is not None]
    points = [point_of(part), point_of(pair.left)]
    alike = points[0] is not None and points[1] is not None and key(points[0]) == key(points[1])
    return own and alike and len(numbered) > 1 and set(numbered) == {index}


def _index_of(node: Node) -> str | None:
    sub = node.head.sub if isinstance(node, Big) and isinstance(node.head, Script) else None
    sub = bare(sub) if sub is not None else None
    first = sub.items[0] if isinstance(sub, Chain) else sub
    return key(first) if isinstance(first, Sym) else None
