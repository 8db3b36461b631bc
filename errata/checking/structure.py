"""The form of a formula: what can mean nothing, however it is read. Each rule says when it stays silent."""

from __future__ import annotations

from collections.abc import Container, Iterator

from claims.records import Record
from errata.checking.kinds import INDEX_LETTERS
from errata.checking.structure_words import outside_words
from errata.checking.values import has_no_value
from errata.reading.calculus import is_derivative
from errata.reading.generic import free_names
from errata.reading.names import is_name, key, unraised
from errata.reading.sentences.heads import is_random, letter, operator
from errata.reading.tree import (
    Accent,
    Bar,
    Big,
    Call,
    Chain,
    Differential,
    Dots,
    Factors,
    Fence,
    Frac,
    Function,
    Grid,
    Group,
    Lines,
    Node,
    Num,
    Opaque,
    Phrase,
    Script,
    Styled,
    Sym,
    Terms,
    Text,
    children,
    walk,
)
from errata.reading.unparse import to_latex
from errata.reading.words import words

_BETWEEN = frozenset("→ ← ↔ ⟶ ⟵ ⟷ ⇒ ∼".split())
"""Signs between two things of which either may be the one that a sum runs over: ∑_{i → j}."""
TIMES = frozenset({"s", "t"})
"""Letters of times, of which one may be given by another."""


class Malformed(Record):
    """A part of a formula that can't be meant as it stands; offsets into its LaTeX."""

    rule: str
    detail: str
    start: int
    end: int
    label: str


def malformed(root: Lines) -> tuple[Malformed, ...]:
    """What is wrong with the form of a formula, in the order of the text."""
    found = [
        *_idle_indices(root),
        *_bound_twice(root),
        *_renamed_indices(root),
        *_defined_twice(root),
        *_same_ends(root),
        *_undefined_cases(root),
    ]
    return tuple(sorted(found, key=lambda m: m.start))


def index_of(node: Node) -> tuple[str, Node] | None:
    """The variable that a sum or product binds, with its node; under an arrow, ∑_{i → j}, nothing says which it is."""
    if not isinstance(node, Big) or not isinstance(node.head, Script) or not isinstance(node.head.base, Sym):
        return None
    if node.head.base.name not in ("∑", "∏") or node.head.sub is None:
        return None
    sub = node.head.sub.body if isinstance(node.head.sub, Group) else node.head.sub
    if isinstance(sub, Chain) and sub.relations[0].sign in _BETWEEN:
        return None
    variable = sub.items[0] if isinstance(sub, Chain) else sub
    return (key(variable), variable) if is_name(variable) else None


def _idle_indices(root: Lines) -> Iterator[Malformed]:
    """A sum over i whose summand has no i, where the summand plainly lacks it."""
    for big in walk(root):
        bound = index_of(big)
        if bound is None or not isinstance(big, Big) or big.body is None or _is_vague(big.body):
            continue
        if any(_leaves_out(n) for n in walk(big)):
            continue
        index, variable = bound
        if index in free_names(big.body) or index not in INDEX_LETTERS | {"n"}:
            continue
        lost = _lost_index(root, big, index) or _other_index(root, big, index)
        if lost is not None:
            node, why = lost
            yield Malformed("E401", f"the sum runs over {words(variable)}, {why}", node.start, node.end, why)


def _lost_index(root: Lines, big: Big, index: str) -> tuple[Node, str] | None:
    """A bare y under a sum over i, where y_i stands elsewhere in the formula."""
    assert big.body is not None
    indexed = {
        key(n.base)
        for n in walk(root)
        if isinstance(n, Script) and n.sub is not None and key(n.sub) == index and isinstance(n.base, Sym)
    }
    averaged = {id(n) for call in walk(big.body) if isinstance(call, Call) and _is_of_a_law(call) for n in walk(call)}
    for node in _bare_symbols(big.body):
        if key(node) in indexed and id(node) not in averaged:  # E[f(z)] is the same for every z_i of one law
            return node, f"but {words(node)} has no index"
    return None


def _is_of_a_law(call: Call) -> bool:
    """Whether a call is a mean, a variance or the like, also as D(X)."""
    argument = call.fence.body if isinstance(call.fence, Fence) else None
    is_dispersion = letter(call.head)[0] == "D" and argument is not None and is_random(argument)
    return operator(call.head) != "" or is_dispersion


def _other_index(root: Lines, big: Big, index: str) -> tuple[Node, str] | None:
    """x_j under a sum over i, where nothing binds j and j occurs nowhere but under such sums."""
    assert big.body is not None
    outer = {b[0] for n in walk(root) if (b := index_of(n)) is not None}
    letters = {key(n): n for n in walk(big.body) if isinstance(n, Sym) and key(n) in INDEX_LETTERS}
    limits = {id(n.head) for n in walk(big.body) if isinstance(n, Big)}
    inside = {k for k in letters if k in _subscripts(big.body, limits) and k not in outer}
    if len(inside) != 1:
        return None
    (letter,) = inside
    elsewhere = sum(1 for n in walk(root) if isinstance(n, Sym) and key(n) == letter)
    here = {id(n) for b in _idle(root, index) for n in walk(b) if isinstance(n, Sym) and key(n) == letter}
    if elsewhere != len(here):
        return None
    return letters[letter], f"but its summand has {letter} instead"


def _idle(root: Lines, index: str) -> Iterator[Big]:
    """The sums over an index that their summands don't have."""
    for node in walk(root):
        bound = index_of(node)
        over = bound is not None and bound[0] == index and isinstance(node, Big)
        if over and isinstance(node, Big) and node.body is not None and index not in free_names(node.body):
            yield node


def _subscripts(node: Node, but: Container[int] = ()) -> set[str]:
    """The letters below others, but for those below some nodes, by their ids: where a sum begins is no index."""
    return {
        key(s)
        for n in walk(node)
        if isinstance(n, Script) and n.sub is not None and id(n) not in but
        for s in outside_words(n.sub)
        if isinstance(s, Sym)
    }


def _bare_symbols(node: Node) -> Iterator[Sym]:
    """Symbols that carry no index, in the order of the text."""
    if isinstance(node, Sym):
        yield node
    elif isinstance(node, Differential) or (isinstance(node, Script) and (node.sub is not None or _is_worded(node))):
        return
    elif isinstance(node, Call | Accent | Styled):
        if isinstance(node, Call):
            yield from _bare_symbols(node.fence)
    else:
        for child in children(node):
            yield from _bare_symbols(child)


def _is_worded(node: Script) -> bool:
    """Whether a word over a name makes another name of it: t^{cens}."""
    sup = node.sup.body if isinstance(node.sup, Group) else node.sup
    return isinstance(sup, Sym) and len(sup.name) > 1


def _is_vague(node: Node) -> bool:
    return any(isinstance(n, Dots | Text | Opaque | Grid) for n in walk(node))


def _bound_twice(root: Lines) -> Iterator[Malformed]:
    """A sum right under a sum over the same variable."""
    for big in walk(root):
        outer = index_of(big)
        if outer is None or not isinstance(big, Big) or big.body is None:
            continue
        inner = None if _leaves_out(big.body) else index_of(big.body)
        if inner is not None and inner[0] == outer[0] and not _are_quoted(big, big.body) and not _conditions(big.body):
            yield _rebound(*inner)
        elif (again := _captured(big, outer[0])) is not None:
            yield _rebound(*again)


def _rebound(name: str, node: Node) -> Malformed:
    detail = f"{words(node)} is already the variable of the sum around it"
    return Malformed("E402", detail, node.start, node.end, f"{name} is bound twice")


def _captured(big: Big, index: str) -> tuple[str, Node] | None:
    """The variable of a sum further inside that has all there is of the index of this one: ∑_i ∫ ∏_i q_i log q_i."""
    if big.body is None or index in free_names(big.body) or any(isinstance(n, Dots | Opaque) for n in walk(big.body)):
        return None
    for inner in walk(big.body):
        bound = index_of(inner)
        if bound is not None and bound[0] == index and isinstance(inner, Big) and inner.body is not None:
            return None if _leaves_out(inner) or index not in free_names(inner.body) else bound
    return None


def _are_quoted(outer: Big, inner: Node) -> bool:
    """Whether two signs of sums stand side by side with nothing to sum, and run over different values: the text speaks
    of the signs."""
    if not isinstance(inner, Big) or inner.body is not None:
        return False
    return to_latex(outer.head) != to_latex(inner.head)


def _conditions(node: Node) -> bool:
    """Whether a sum runs over all that meets a condition on what is there already: ∑_u ∑_{u = s(i) = t(j)}."""
    sub = node.head.sub if isinstance(node, Big) and isinstance(node.head, Script) else None
    sub = sub.body if isinstance(sub, Group) else sub
    return isinstance(sub, Chain) and len(sub.relations) > 1 and all(r.sign == "=" for r in sub.relations)


def _leaves_out(node: Node) -> bool:
    """Whether a sum says which values its index does not have: ∑_i ∑_{i≠j} runs over the j other than i."""
    sub = node.head.sub if isinstance(node, Big) and isinstance(node.head, Script) else None
    sub = sub.body if isinstance(sub, Group) else sub
    return isinstance(sub, Chain) and sub.relations[0].sign == "≠"


def _renamed_indices(root: Lines) -> Iterator[Malformed]:
    """Two sides of an equation with different free indices: each has one that the other lacks."""
    for chain in _chains(root):
        for i, relation in enumerate(chain.relations):
            left, right = chain.items[i], chain.items[i + 1]
            if relation.sign not in ("=", "≡", ":=") or _is_vague(left) or _is_vague(right):
                continue
            if (is_name(left) and is_name(right)) or _names_a_member(left):
                continue  # s_t = s̄_i says which state it is, and so does μ_{k^⋆} = x_i
            if isinstance(chain.items[-1], Num) and not is_name(left):
                continue  # ∑_i b_ij = ∑_j b_ij = 0 says so of each column and of each row
            whole = right.base if isinstance(right, Script) else right
            if isinstance(whole, Fence) and (isinstance(whole.body, Phrase | Bar | Fence) or whole.open in _BRACES):
                continue  # e_k = (v_i, v_j) and D_h = {(x_i, y_i)}_i say what they are made of
            a, b = _free_indices(left) - _letters(right), _free_indices(right) - _letters(left) - _integrated(right)
            if isinstance(whole, Fence) and whole.open in ("[", "(") and len(b) > 1 and is_name(left):
                continue  # K_mn = [k(x_i, z_j)] says what its entries are
            if (a | b) - (a & b) <= TIMES:
                continue  # μ_s = μ_t Q relates two times
            if (a | b) - (a & b) <= _given_beside(root, chain):
                continue  # f_k = t(x, i), i = 2, k = 1
            if len(a - b) == len(b - a) == 1 and _bases(left, a - b) & _bases(right, b - a):
                continue  # h_l = W h_t: one of the two may be no index but a label
            if is_name(left) and not _binds(chain, b - a) and _are_labels(left, a - b, right, b - a):
                continue  # w_k = w_i ∪ w_j makes one of two
            if a - b and b - a and (_binds(chain, b - a) or (i == 0 and is_name(left))):
                node = next(n for n in walk(right) if isinstance(n, Sym) and key(n) in b - a)
                lacks, has = ", ".join(sorted(a - b)), ", ".join(sorted(b - a))
                detail = f"the left side depends on {lacks}, the right side on {has}"
                yield Malformed("E403", detail, node.start, node.end, f"{has} is bound by nothing here")


def _are_labels(left: Node, lost: set[str], right: Node, new: set[str]) -> bool:
    """Whether each index that one side lacks stands below the letter of the other side, and marks a member of it."""
    bases = _bases(left, lost)
    return len(bases) == 1 and all(_bases(right, {index}) == bases for index in new)


def _bases(node: Node, indices: set[str]) -> set[str]:
    """The letters with one of some indices alone below them: h of h_t."""
    named = (n for n in walk(node) if isinstance(n, Script) and isinstance(n.sub, Sym) and isinstance(n.base, Sym))
    return {key(n.base) for n in named if n.sub is not None and key(n.sub) in indices}


_BRACES = (r"\{", r"\lbrace")


def _given_beside(root: Lines, chain: Chain) -> set[str]:
    """The letters that the same row gives a number: i = 2, k = 1."""
    rows = (n for n in walk(root) if isinstance(n, Phrase) and any(item is chain for item in n.items))
    values = (i for row in rows for i in row.items if isinstance(i, Chain) and isinstance(i.items[-1], Num))
    return {key(name) for value in values for name in value.items[:-1] if isinstance(name, Sym)}


def _names_a_member(node: Node) -> bool:
    """Whether an index is marked as a certain one: μ_{k^⋆}."""
    subs = [n.sub for n in walk(node) if isinstance(n, Script) and n.sub is not None]
    return any(isinstance(n, Accent) or (isinstance(n, Script) and n.sup is not None) for s in subs for n in walk(s))


def _letters(node: Node) -> set[str]:
    """Every letter in a tree that no sum in it binds, wherever it stands.

    An index may be an upper one, or a time, or that of what is derived by, which no sum binds: ∂(∑_i w_i x_i)/∂w_i.
    """
    bound = {b[0] for n in walk(node) if (b := index_of(n)) is not None}
    below = {key(s) for n in walk(node) if is_derivative(n) and isinstance(n, Frac) for s in walk(n.bottom)}
    return {key(n) for n in walk(node) if isinstance(n, Sym)} - (bound - below)


def _integrated(node: Node) -> set[str]:
    """Letters under an integral, which may be integrated over in a way that is not read here: dW_s; and under a sum
    over what meets a condition on members: ∑_{y^{(i)} ≠ 0}."""
    open_ = (n for n in walk(node) if isinstance(n, Big) and not _binds_a_letter(n))
    return {letter for n in open_ for letter in _letters(n)}


def _binds_a_letter(node: Big) -> bool:
    found = index_of(node)
    return found is not None and isinstance(found[1], Sym)


def _binds(chain: Chain, letters: set[str]) -> bool:
    """Whether one of the letters is bound inside the chain: outside of that sum it means nothing."""
    bound = {b[0] for item in chain.items for n in walk(item) if (b := index_of(n)) is not None}
    return bool(letters & bound)


def _free_indices(node: Node) -> set[str]:
    indices = _subscripts(node) - _versions(node) - _in_labels(node)
    return free_names(node) & INDEX_LETTERS & (indices | _compared(node))


def _in_labels(node: Node) -> set[str]:
    """The letters below names that only stand there beside letters that are no indices: P_cr may be a critical one."""
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for sub in (n.sub for n in walk(node) if isinstance(n, Script) and n.sub is not None):
        body = sub.body if isinstance(sub, Group) else sub
        parts = body.items if isinstance(body, Factors) and not any(body.signs) else ()
        letters = {key(s) for s in walk(sub) if isinstance(s, Sym)}
        is_word = len(parts) > 1 and all(isinstance(p, Sym) for p in parts) and not letters <= INDEX_LETTERS | {"n"}
        found[is_word] |= letters
    return found[True] - found[False]


def _versions(node: Node) -> set[str]:
    """The letters below a name that only stand above a Greek parameter there, which they say the version of: θ^k in
    p_{θ^k}."""
    subs = [n.sub for n in walk(node) if isinstance(n, Script) and n.sub is not None]
    letters = [s for sub in subs for s in walk(sub) if isinstance(s, Sym) and key(s) in INDEX_LETTERS]
    powers = [n for sub in subs for n in walk(sub) if isinstance(n, Script) and n.sub is None and n.sup is not None]
    above = {id(s) for n in powers if _is_greek(n.base) for s in walk(n) if isinstance(s, Sym)}
    return {key(s) for s in letters if id(s) in above} - {key(s) for s in letters if id(s) not in above}


def _is_greek(node: Node) -> bool:
    return isinstance(node, Sym) and len(node.name) == 1 and "α" <= node.name <= "ω"


def _compared(node: Node) -> set[str]:
    """Letters in conditions such as Y = j."""
    return {key(i) for n in walk(node) if isinstance(n, Chain) for i in n.items if isinstance(i, Sym)}


def _chains(root: Lines) -> Iterator[Chain]:
    for node in walk(root):
        if isinstance(node, Lines | Phrase):
            for part in children(node):
                if isinstance(part, Chain):
                    yield part


def _defined_twice(root: Lines) -> Iterator[Malformed]:
    """Two rows that give one name two values which differ in a single symbol."""
    rows: dict[str, Chain] = {}
    remarks = _remarks(root)
    named = {id(n) for bracket in walk(root) if isinstance(bracket, Fence) for n in walk(bracket)}
    named |= {id(n) for grid in walk(root) if isinstance(grid, Grid) for row in grid.rows
              for cell in row[1:] for n in walk(cell)}  # fmt: skip
    for chain in _chains(root):
        if id(chain) in named:  # Attention(Q = …, K = …) names its arguments, and x_1 = (size = 3; colour = red) what
            continue  # it has; what stands behind the first cell of a case is its condition
        first, relation = chain.items[0], chain.relations[0]
        if relation.sign not in ("=", ":=") or not (is_name(first) or _labelled(first)):
            continue
        name = key(first)
        if any(name in free_names(item) for item in chain.items[1:]):
            continue  # c = b - c is an equation for c
        before = rows.setdefault(name, chain)
        if before is chain or len(before.relations) != 1 or len(chain.relations) != 1:
            continue
        if remarks.get(id(before)) != remarks.get(id(chain)):
            continue  # each row says of which case it is
        if is_name(before.items[1]) and is_name(chain.items[1]):
            continue  # θ = μ, θ = p: examples of what it may be
        changed = _changed(before.items[1], chain.items[1])
        if changed == 1:
            detail = f"{words(first)} was given another value in this display, with one symbol changed"
            yield Malformed("E404", detail, first.start, first.end, f"{words(first)} is defined twice")


def _remarks(root: Lines) -> dict[int, str]:
    """What is remarked beside each chain, "(known σ)", by the identity of the chain."""
    found: dict[int, str] = {}
    for row in (n for n in walk(root) if isinstance(n, Phrase)):
        beside = " ".join(words(part) for part in row.items if not isinstance(part, Chain))
        found |= {id(part): beside for part in row.items if isinstance(part, Chain)}
    return found


def _is_raised_in(root: Lines, name: Node) -> bool:
    """Whether a power of a name stands somewhere, which a_1 × … × a_1 is: a_1^n."""
    raised = (n for n in walk(root) if isinstance(n, Script) and n.sub is not None and n.sup is not None)
    return any(key(unraised(n)) == key(name) for n in raised)


def _same_ends(root: Lines) -> Iterator[Malformed]:
    """a_1 + … + a_1: dots between two terms that carry the same number."""
    for node in walk(root):
        if not isinstance(node, Terms | Factors):
            continue
        for i in range(1, len(node.items) - 1):
            first, last = node.items[i - 1], node.items[i + 1]
            repeats = i > 1 and to_latex(node.items[i - 2]) == to_latex(first)  # x_1 + x_1 + … + x_1 is n x_1
            same = isinstance(node.items[i], Dots) and to_latex(first) == to_latex(last)
            if same and not repeats and _is_numbered(first) and not _is_raised_in(root, first):
                detail = f"the dots lead from {words(first)} to itself"
                yield Malformed("E406", detail, last.start, last.end, "the first term again")


def _is_numbered(node: Node) -> bool:
    """Whether a term carries a number that tells it from the others: x_1, p(X = 0)."""
    bases = {id(n.head) for n in walk(node) if isinstance(n, Function | Call) and _is_logarithm(n.head)}
    for n in walk(node):
        if isinstance(n, Script) and isinstance(n.sub, Num) and id(n) not in bases:
            return True
        if isinstance(n, Call) and any(isinstance(c, Chain) and isinstance(c.items[-1], Num) for c in walk(n.fence)):
            return True
    return False


def _is_logarithm(head: Node) -> bool:
    """Whether a head is that of a logarithm, of which an index is the base: log_2."""
    return isinstance(head, Script) and isinstance(head.base, Sym) and head.base.name in ("log", "ln", "lg")


def _undefined_cases(root: Lines) -> Iterator[Malformed]:
    """A case whose formula has no value anywhere where its condition holds, though it has elsewhere."""
    for grid in walk(root):
        if not isinstance(grid, Grid) or len(grid.rows) < 2:
            continue
        for row in grid.rows:
            condition = _condition(row[-1]) if len(row) == 2 else None
            if condition is not None and has_no_value(row[0], *condition):
                name, sign, bound = condition
                shown = f"{words(name)} {sign} {words(bound)}"
                yield Malformed(
                    "E405", f"it has no value where {shown}", row[0].start, row[0].end, f"undefined for {shown}"
                )


def _condition(node: Node) -> tuple[Node, str, Num] | None:
    """The condition of a case, where it is a name beside a number."""
    for part in walk(node):
        if isinstance(part, Chain) and len(part.relations) == 1 and part.relations[0].sign in ("<", ">", "≤", "≥"):
            name, bound = part.items
            return (name, part.relations[0].sign, bound) if is_name(name) and isinstance(bound, Num) else None
    return None


def _labelled(node: Node) -> bool:
    """B^{(2)}: a name with a label in brackets."""
    return isinstance(node, Script) and isinstance(node.sup, Fence) and is_name(node.base)


def _changed(a: Node, b: Node) -> int:
    """How many symbols differ between two trees of the same shape; a large number where the shapes differ."""
    if type(a) is not type(b):
        return 1000
    if isinstance(a, Sym) and isinstance(b, Sym):
        return int(key(a) != key(b))
    below_a, below_b = list(children(a)), list(children(b))
    if not below_a and not below_b:
        return 0 if to_latex(a) == to_latex(b) else 1000
    if len(below_a) != len(below_b):
        return 1000
    return sum(_changed(x, y) for x, y in zip(below_a, below_b, strict=True))
