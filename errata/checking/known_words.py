"""Words that mean the same quantity everywhere: the ELBO of x under q is log p(x) − KL(q(z | x) ‖ p(z | x)).

The word is put in for a relation that nothing else decides, with the letters of the law q(z | x) in it, or of the
nearest one before it. It supports, and refutes nothing. Where p(u) stands beside q(z | x), the document may call the
same data x and u: it does where it has both p(x | z) and p(u | z), and the support says that they are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.records import Record, replace
from claims.verdict import Proved, Supported
from errata.checking.abstract import judge_abstract
from errata.checking.algebra import Found
from errata.checking.context import State, root_of
from errata.checking.page_laws import PageLaws
from errata.reading.names import is_name, key, parameters
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.sentences.heads import argument_of, bare, law_of, letter, listed, operator
from errata.reading.substitution import rebuilt
from errata.reading.tree import Bar, Call, Node, Script, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

BOUNDS = frozenset({"ELBO"})
"""What notes call the evidence lower bound."""
REACH = 60
"""Formulas before a relation in which the law of the latent variables is looked for."""


class _Recognition(Record):
    """q(z | x) as it is written: its head, z and x in LaTeX, and the key of x."""

    head: str
    latent: str
    data: str
    name: str


def judge_known_words(state: State, page: PageLaws, pair: Pair, formula: int, seed: int) -> Found | None:
    """The support of a relation once its words are put in; None where it has none, or gets no support."""
    if pair.relation.sign not in ("=", "≡", "≤", "≥") or not any(map(_has_word, (pair.left, pair.right))):
        return None
    here = (pair.left, pair.right)
    found = next(_recognitions(here), None) or next(_before(state, formula, here), None)
    if found is None:
        return None
    for one, condition in _in_one_letter(state, pair, found, page):
        head = _model_of((one.left, one.right), found)
        body = rf"\left( \log {head}({found.data}) - \mathrm{{KL}}({found.head}({found.latent} \mid {found.data}) \| "
        body += rf"{head}({found.latent} \mid {found.data})) \right)"
        put_in = replace(one, left=_put_in(one.left, body, found), right=_put_in(one.right, body, found))
        if any(map(_has_word, (put_in.left, put_in.right))):
            return None
        try:
            judged = judge_abstract(put_in, page, seed)
        except Unlowered:
            continue
        if judged is not None and isinstance(judged.verdict, Supported | Proved):
            said = rf"the ELBO is that of {found.data} under {found.head}({found.latent} | {found.data})"
            more = judged.verdict.holds_if if isinstance(judged.verdict, Supported) else None
            holds_if = "; ".join(filter(None, (condition, more)))
            verdict = Supported(tuple(judged.verdict.by), holds_if or None)
            return replace(judged, verdict=verdict, where=(*judged.where, said))
    return None


def _has_word(side: Node) -> bool:
    return any(_is_word(n) for n in walk(side))


def _is_word(node: Node) -> bool:
    return is_name(node) and letter(node)[0] in BOUNDS


def _put_in(side: Node, body: str, found: _Recognition) -> Node:
    """A side with the bound written out, and E_q as the mean under q(z | x); a bound of other data is left."""

    def change(node: Node) -> Node | None:
        if isinstance(node, Script) and operator(node) == "E" and node.sub is not None:
            alone = to_latex(bare(node.sub)) == found.head
            under = parse(rf"{{{found.head}({found.latent} \mid {found.data})}}").statements[0]
            return replace(node, sub=under) if alone else None
        word = node.head if isinstance(node, Call) else node
        if not _is_word(word):
            return None
        given = parameters(node) if isinstance(node, Call) else ()
        return None if given is None or not _may_be_of(given, found) else parse(body).statements[0]

    return rebuilt(side, change)


def _may_be_of(given: Sequence[str], found: _Recognition) -> bool:
    """Whether a bound of something is that of the data: ELBO(x), ELBO(θ, φ), ELBO(q); no other Latin letter."""
    own = {found.name, key(parse(found.head).statements[0]), "q"}
    return all(name in own or (name.startswith("\\") and "math" not in name) for name in given)


def _recognitions(sides: Sequence[Node]) -> Iterator[_Recognition]:
    """The laws q(z | x) of a latent variable given one datum."""
    for call in (n for side in sides for n in walk(side) if isinstance(n, Call)):
        inside = argument_of(call)
        if letter(call.head)[0] not in ("q", "Q") or not isinstance(inside, Bar) or isinstance(inside.left, Bar):
            continue
        given = listed(inside.right)
        if len(given) == 1 and is_name(given[0]):
            name = to_latex(given[0])
            yield _Recognition(to_latex(call.head), to_latex(bare(inside.left)), name, key(given[0]))


def _before(state: State, formula: int, sides: Sequence[Node]) -> Iterator[_Recognition]:
    """The laws of latent variables in the formulas before a place, the nearest first, of data that it speaks of."""
    names = {key(n) for side in sides for n in walk(side) if is_name(n)}
    for number in range(formula - 1, max(-1, formula - 1 - REACH), -1):
        yield from (one for one in _recognitions((root_of(state, number),)) if one.name in names)


def _model_of(sides: Sequence[Node], found: _Recognition) -> str:
    """The head of the law of the data: p_θ where it stands in the relation, else p."""
    calls = [n for side in sides for n in walk(side) if isinstance(n, Call) and letter(n.head)[0] in ("p", "P")]
    of_data = [c for c in calls if any(key(n) == found.name for n in walk(c))]
    heads = sorted({to_latex(c.head) for c in of_data or calls}, key=len)
    return heads[-1] if heads else "p"


def _in_one_letter(state: State, pair: Pair, found: _Recognition, page: PageLaws) -> Iterator[tuple[Pair, str | None]]:
    """A relation as it stands; or with its other letter for the data replaced, where the document uses both."""
    yield pair, None
    others = {
        key(at[0]): at[0] for side in (pair.left, pair.right) for call in walk(side)
        if isinstance(call, Call) and law_of(call.head, page.letters) is not None
        and len(at := listed(argument_of(call))) == 1 and is_name(at[0]) and key(at[0]) != found.name
    }  # fmt: skip
    latent = key(parse(found.latent).statements[0])
    if len(others) != 1 or latent in others:
        return
    ((other, node),) = others.items()
    heads = _decoders(state, latent)
    if any(_is_elsewhere(n, other) for side in (pair.left, pair.right) for n in walk(side)):
        return
    if heads.get(other, set()) & heads.get(found.name, set()):
        datum = parse(found.data).statements[0]
        left, right = (
            rebuilt(s, lambda n: datum if is_name(n) and key(n) == other else None) for s in (pair.left, pair.right)
        )
        yield replace(pair, left=left, right=right), f"{to_latex(node)} is {found.data}"


def _is_elsewhere(node: Node, name: str) -> bool:
    """Whether a name stands in a law given or of something else, too."""
    return isinstance(node, Bar) and any(key(n) == name for n in walk(node))


def _decoders(state: State, latent: str) -> dict[str, set[str]]:
    """The heads of the laws p(x | z) of one name given the latent variable, by that name."""
    out: dict[str, set[str]] = {}
    for number in range(len(state.document.formulas)):
        for call in (n for n in walk(root_of(state, number)) if isinstance(n, Call)):
            inside = argument_of(call)
            if isinstance(inside, Bar) and key(inside.right) == latent and is_name(inside.left):
                out.setdefault(key(inside.left), set()).add(letter(call.head)[0])
    return out
