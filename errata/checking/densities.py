"""Whether a density has total mass one: integrated, or summed, over its stated support at random parameters.

A parameter that only scales the density may be its normaliser, so then no other total is held against it. Nothing is
said where the support is neither stated nor that of the one law which the text names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from flint import arb

from claims.evidence import Agreement, Counterexample
from claims.records import Record, replace
from errata.checking.density_slips import Mended, decorated, mended
from errata.checking.kinds import is_law_of
from errata.checking.masses import Closed, total_mass, totals_of
from errata.reading.calculus import mentions
from errata.reading.densities import SPEAKS_OF_DENSITIES, is_density, statements_of, variable_of
from errata.reading.names import key
from errata.reading.supports import ONE, ZERO, Support, in_cases, in_pieces, named_law, names_no_law, stated_support
from errata.reading.tree import Call, Chain, Fence, Lines, Node, Num, Phrase, Script, Sym, Terms, Text
from errata.reading.vectors import Unlowered

_IS = r"(?:is|reads|is\s+given\s+by)\W*$"
_SUBJECT = re.compile(
    r"\W*(?:Proof:\W*)?(?:(?!(?:we|using|with|from|by|for|of|to|as)\b)\w+,?\s+){0,2}(?:the\s+)?\[?(?:"
    r"(?:probability\s+)?(?:density|mass)(?:\s+function)?\]?\s+of\b(?:(?!\b(?:because|since|and|so|we)\b)[^.;])*\b"
    rf"{_IS}|[\w-]+\s+(?:density|mass\s+function|pdf|pmf)\]?\s*(?:\b{_IS}|[·:—–]\s*$))",
    re.I,
)
"""Words of which the density is the subject: Then, the probability density function of X is; the Laplace density:"""
_UP_TO_A_FACTOR = re.compile(
    r"unnormali[sz]ed|proportional|kernel|up to|normali[sz](?:er|ing|ation)|logarithm|improper", re.I
)
"""Words by which what is given may not be a density itself."""
_REAL = frozenset("xyztuvw")
"""Letters of real values."""
_ELSEWHERE = re.compile(r"mass function|pmf|\bdiscrete|\bconditional|\bjoint|\btruncated|\bhalf|\bpositive", re.I)
"""Words of densities that don't live on the whole line."""
_LINE = Support(None, None, False, "the real line")
_NARROWER = (Support(ZERO, None, False, "x > 0"), Support(ZERO, ONE, False, "0 < x < 1"))
_MATRICES = frozenset("Σ Λ Ω S".split())
_SIZE = re.compile(r"([a-zA-Z]) *\\times *1\b|\\mathbb\{R\}\^\{?([a-zA-Z])")
_LINK = re.compile(r"\]\([^)\s]*\)")


class Density(Record):
    """A density or mass function in a formula, where its closed form stands, and what its total mass came to."""

    start: int
    end: int
    name: str
    support: str
    evidence: Agreement | Counterexample
    mended: Mended | None = None
    """The slip whose undoing makes it a density, where it is none."""

    @property
    def message(self) -> str:
        if isinstance(self.evidence, Agreement):
            return f"{self.name} has total mass 1 over {self.support}"
        return f"{self.name} has total mass {self.evidence.left} over {self.support}, not 1"


class _Written(Record):
    """A closed form of a density; ``firm`` where its support is beyond doubt, ``meant`` where the text surely speaks of
    a density, and of nothing that is one up to a factor only."""

    name: str
    closed: Closed
    firm: bool
    meant: bool = False
    open: bool = False
    """Whether it isn't said where it lives: then it is looked at on the whole line, and may live elsewhere."""
    head: Node | None = None
    """−f(x) or f(x)², which is said to be the closed form, where that should be f(x)."""


def densities(
    root: Lines, prose: str, seed: int, after: Callable[[Call], Support | None] = lambda head: None
) -> tuple[Density, ...]:
    """The densities of a formula whose total mass could be told.

    ``prose`` is the text before the formula; ``after`` says where the words after it say that a density lives.
    """
    out: list[Density] = []
    for written in _written(root, prose, after):
        closed = written.closed
        try:
            evidence, slip = _evidence(written, seed)
        except Unlowered:
            continue
        if evidence is not None:
            said = closed.support.said
            out.append(Density(closed.body.start, closed.body.end, written.name, said, evidence, slip))
    return tuple(out)


def _evidence(written: _Written, seed: int) -> tuple[Agreement | Counterexample | None, Mended | None]:
    """What the total mass says, and the slip where there is one. Raises Unlowered."""
    found = total_mass(written.closed, written.firm, seed)
    slip: Mended | None = None
    if written.head is not None:
        slip = decorated(written.closed, written.head, seed) if isinstance(found, Agreement) else None
        return (None, None) if slip is None else (slip.evidence, slip)
    if written.meant and not isinstance(found, Agreement):
        slip = mended(written.closed, found, seed)
        if written.open and (slip is None or any(_is_one_on(s, written.closed, seed) for s in _NARROWER)):
            return None, None
    return (found if slip is None else slip.evidence), slip


def _is_one_on(support: Support, closed: Closed, seed: int) -> bool:
    """Whether a closed form has total mass one on another support, or may have. Raises Unlowered."""
    totals = totals_of(replace(closed, support=support), seed)
    return not totals or all(total.overlaps(arb(1)) for _, total in totals)


def _written(root: Lines, prose: str, after: Callable[[Call], Support | None]) -> Iterator[_Written]:
    """The closed forms that a formula gives for densities, each with its support."""
    statements = tuple(statements_of(root))
    for statement in statements:
        parts = statement.items if isinstance(statement, Phrase) else (statement,)
        for i, part in enumerate(parts):
            whole = part.items[0] if isinstance(part, Chain) else None
            head = _within(whole)
            if isinstance(part, Chain) and isinstance(head, Call) and (variable := variable_of(head)) is not None:
                if head is whole and (dimension := _of_vectors(head, prose)) is not None:
                    yield from _vector_forms(part, key(head), variable, dimension)
                if not is_density(head, prose):
                    continue
                beside = [p for p in parts[i + 1 :] if not isinstance(p, Text)]
                if any(map(_gives_an_atom, beside)):
                    continue
                told = after(head) if statement is statements[-1] and not beside else None
                found = _forms(part, key(head), variable, beside, prose, told)
                yield from found if head is whole else (replace(w, head=whole) for w in found if w.meant)


def _gives_an_atom(part: Node) -> bool:
    """P(Z = 2) = 1/4 beside a density, which is then that of a part of the law only."""
    chance = part.items[0] if isinstance(part, Chain) else None
    event = chance.fence.body if isinstance(chance, Call) and isinstance(chance.fence, Fence) else None
    is_chance = isinstance(chance, Call) and is_law_of(chance.head, frozenset({"P", "Pr"}))
    return is_chance and isinstance(event, Chain) and event.relations[0].sign == "="


def _within(head: Node | None) -> Node | None:
    """f(x) of −f(x) and of f(x)²; any other node as it is."""
    if isinstance(head, Terms) and head.signs in (("-",), ("−",)):
        return head.items[0]
    if isinstance(head, Script) and isinstance(head.base, Call) and isinstance(head.sup, Num) and head.sup.text == "2":
        return head.base
    return head


def _forms(
    chain: Chain, name: str, variable: Node, beside: Sequence[Node], prose: str, told: Support | None
) -> Iterator[_Written]:
    """Each member of the chain after its head, as far as the signs are =."""
    meant = _UP_TO_A_FACTOR.search(prose) is None
    firm = meant or _UP_TO_A_FACTOR.search(_lead(prose)) is None
    for relation, member in zip(chain.relations, chain.items[1:], strict=True):
        if relation.sign != "=" or (isinstance(member, Call) and variable_of(member) is not None):
            return
        case = in_cases(member, key(variable))
        if case is not None:
            yield _Written(name, Closed(variable, *case), firm, meant)
        elif pieces := in_pieces(member, key(variable)):
            yield _Written(name, _of_pieces(variable, pieces), firm, meant)
        elif (support := stated_support(beside, key(variable)) or told) is not None:
            yield _Written(name, Closed(variable, member, support), firm, meant)
        elif beside:
            continue
        elif (law := named_law(prose)) is None:
            if meant and _lives_on_the_line(variable, prose):
                yield _Written(name, Closed(variable, member, _LINE), False, True, True)
        elif _names_its_limits(member, law.support):
            surely = meant and any(map(_is_of_a_law, _paragraphs(prose)))
            closed = Closed(variable, member, law.support, varies=surely)
            yield _Written(name, closed, _says_so(prose, name), surely)


def _lives_on_the_line(variable: Node, prose: str) -> bool:
    """Whether the words before a formula say that it is the density of a real variable, and of nothing more special."""
    lead = _lead(prose)
    real = isinstance(variable, Sym) and variable.name in _REAL
    return real and _is_subject(lead) and names_no_law(prose) and _ELSEWHERE.search(lead) is None


def _of_pieces(variable: Node, pieces: Sequence[tuple[Node, Support]]) -> Closed:
    """A density of several pieces, which says of all of them where it lives."""
    (body, support), *others = pieces
    said = ", ".join(s.said for _, s in pieces)
    return Closed(variable, body, replace(support, said=said), others=tuple(others))


def _vector_forms(chain: Chain, name: str, variable: Node, dimension: str) -> Iterator[_Written]:
    """Each closed form of a density on ℝⁿ, which has to have total mass one for n = 1 too."""
    line = Support(None, None, False, "the real line, in dimension one")
    for relation, member in zip(chain.relations, chain.items[1:], strict=True):
        if relation.sign != "=" or (isinstance(member, Call) and variable_of(member) is not None):
            return
        yield _Written(name, Closed(variable, member, line, dimension), True)


def _of_vectors(head: Call, prose: str) -> str | None:
    """The dimension n of a density L(x; μ, Σ) of an n × 1 vector, with a matrix among its parameters."""
    body = head.fence.body if isinstance(head.fence, Fence) else None
    if not isinstance(body, Phrase) or ";" not in body.separators[0] or SPEAKS_OF_DENSITIES.search(prose) is None:
        return None
    matrices = [i for i in body.items[1:] if isinstance(i, Sym) and i.name in _MATRICES]
    said = _SIZE.search(prose)
    return next(filter(None, said.groups()), None) if matrices and said is not None else None


def _names_its_limits(body: Node, support: Support) -> bool:
    """Whether the n up to which a law counts stands in the density too."""
    return not isinstance(support.high, Sym) or mentions(body, key(support.high))


def _says_so(prose: str, name: str) -> bool:
    """Whether the words right before the formula say that the density of the named law is: the law stands in them, or
    the name of a variable that follows it."""
    lead = _lead(prose)
    if not _is_subject(lead):
        return False
    subject = re.match(r"f_([A-Z])\(", name)
    if named_law(lead) is not None:
        return True
    follows = subject is not None and re.search(rf"\b{subject[1]}\s*\\sim", prose) is not None
    return subject is not None and follows and f"${subject[1]}$" in lead


def _is_subject(lead: str) -> bool:
    """Whether a density, and no multiple of one, is what a paragraph says something to be."""
    return _SUBJECT.match(lead) is not None and _UP_TO_A_FACTOR.search(lead) is None


def _is_of_a_law(lead: str) -> bool:
    """Whether that is the density of a law that the paragraph names, of which others may go on."""
    return _is_subject(lead) and named_law(lead) is not None


def _lead(prose: str) -> str:
    """The paragraph right before a formula, without the targets of its links."""
    return _paragraphs(prose)[-1]


def _paragraphs(prose: str) -> list[str]:
    """The paragraphs before a formula, those of displays among them."""
    return re.split(r"\$\$|\n\s*\n|\\\]", _LINK.sub("]", prose.rstrip().rstrip("$").rstrip()))
