"""Variables whose law is given by the formula of its density: "Let $X$ have the density $f(x) = 2x$ on $[0, 1]$"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from claims.records import Record
from errata.reading.densities import (
    called_a_density,
    is_asked_for,
    is_density,
    sentence_before,
    statements_of,
    subject_of_density,
    support_after,
    variable_of,
)
from errata.reading.document import Document
from errata.reading.families.given import behind_bar, random_names
from errata.reading.names import is_name, key
from errata.reading.supports import Support, in_cases, in_pieces, stated_support
from errata.reading.tree import Bar, Call, Chain, Fence, Lines, Node, Phrase, Sym, Text, walk

_RANDOM = r"(?:(?:the|a)\s+)?(?:(?:continuous|discrete|random|real|scalar)\s+)*(?:variable\s+)?"
_OF = rf"(?:of|for)\s+{_RANDOM}\$\s*(?P<of>[A-Z])\s*\$"
_NAMED = re.compile(
    rf"\$\s*(?P<has>[A-Z])\s*\$(?:\s+(?!and\b|or\b)[\w-]+,?){{0,9}}?\s+(?:densit\w+|pdf|pmf|mass)\b|"
    rf"\b(?:density|pdf|pmf|mass)(?:\s+function)?\s+{_OF}",
    re.I,
)
"""The variable of which a density is given: "$X$ has the density", "the density of $X$"."""
_GIVES = re.compile(
    r"\b(?:density|pdf|pmf|mass)(?:\s+function)?(?:\s*\([\w.]+\))?(?:\s+(?:of|for)\b[^.;]*)?"
    r"(?:\s+(?:is|be|are|given|by|equal|to|as|equals|reads|defined|that|which|then|therefore|the|function))*\s*[:,]?\s*$",
    re.I,
)
"""The words right before a formula that gives a density."""
_OTHERS = re.compile(
    r"\b(?:joint|conditional|posterior|prior|likelihood|log|predictive|given|proposal|target|estimat\w+|approximat\w+|"
    r"empirical|transition|spectral|bivariate|multivariate|if|suppose that)\b",
    re.I,
)
"""Words of densities that are not that of the variable alone, or may not be."""
_FORMULA = re.compile(r"\$[^$]*\$")
_HEAD = re.compile(r"(?<![A-Za-z\\])[fp](?:\s*_\s*(?:\{\s*[A-Z]\s*\}|[A-Z]))?\s*(?:\\left\s*)?\(")


class WrittenDensity(Record):
    """A density that a document gives a variable by its formula, as pieces with the range of each."""

    of: str
    """The name of the random variable."""
    variable: Node
    pieces: tuple[tuple[Node, Support], ...]
    formula: int
    place: int
    given: frozenset[str] = frozenset()
    """The random names of which it is the conditional density."""


def written_densities(document: Document, root_of: Callable[[int], Lines]) -> Iterator[WrittenDensity]:
    """Every density of a variable that a document gives by a formula with its support, in order."""
    for index, formula in enumerate(document.formulas):
        if "=" not in formula.latex or not _HEAD.search(formula.latex):
            continue
        root = root_of(index)
        statements = tuple(statements_of(root))
        for statement in statements:
            parts = statement.items if isinstance(statement, Phrase) else (statement,)
            chain = parts[0]
            if not isinstance(chain, Chain) or len(chain.items) != 2 or chain.relations[0].sign not in ("=", ":=", "≡"):
                continue
            head, body = chain.items
            of = _of(document, index, head)
            if of is None or not isinstance(head, Call) or (variable := variable_of(head)) is None:
                continue
            beside = [p for p in parts[1:] if not isinstance(p, Text)]
            pieces = _pieces(body, beside, key(variable))
            if not pieces and not beside and statement is statements[-1]:
                told = support_after(document, index, root_of, head)
                pieces = () if told is None else ((body, told),)
            if pieces:
                behind = behind_bar(head.fence.body if isinstance(head.fence, Fence) else None)
                roots = map(root_of, range(len(document.formulas) if behind else 0))
                given = behind & {name for one in roots for name in random_names(one)}
                yield WrittenDensity(of, variable, pieces, index, formula.offset(chain.start), given)


def _pieces(body: Node, beside: Sequence[Node], variable: str) -> tuple[tuple[Node, Support], ...]:
    case = in_cases(body, variable)
    if case is not None:
        return (case,)
    if pieces := in_pieces(body, variable):
        return pieces
    support = stated_support(beside, variable)
    return () if support is None else ((body, support),)


def _of(document: Document, index: int, head: Node) -> str | None:
    """The variable whose density a formula gives; None where it may be another function."""
    if not isinstance(head, Call) or (variable := variable_of(head)) is None or not _is_of_one(head):
        return None
    before = sentence_before(document, index)
    if is_asked_for(before) or _OTHERS.search(_FORMULA.sub(" ", before)) is not None:
        return None
    sub = subject_of_density(head)
    if sub is not None:
        plain = isinstance(sub, Sym) and sub.name.isupper() and len(sub.name) == 1
        return key(sub) if plain and is_density(head, before) else None
    if _GIVES.search(before) is not None:
        named = _NAMED.search(before)
        if named is not None:
            return named["has"] or named["of"]
    elif not called_a_density(document, index):
        return None
    letter = key(variable)
    return letter.upper() if len(letter) == 1 and letter.isascii() else None


def _is_of_one(head: Call) -> bool:
    """Whether all that stands behind the variable are parameters, as Greek letters are."""
    body = head.fence.body if isinstance(head.fence, Fence) else None
    if isinstance(body, Bar):
        return all(key(n).startswith("\\") or not key(n).isascii() for n in walk(body.right) if is_name(n))
    return body is not None
