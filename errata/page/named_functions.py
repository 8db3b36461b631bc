"""Functions that a page only names: "where σ is the sigmoid", Kronecker's symbol, a loss by what it is derived in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claims.records import replace
from errata.meaning.terms import Bind, Op, Ref, Term, walk
from errata.meaning.unfolding import Schema

_FUNCTIONS = (
    ("sigmoid", "sigmoid"),
    ("logistic", "sigmoid"),
    ("softplus", "softplus"),
    ("softmax", "softmax"),
    ("relu", "relu"),
    ("rectif", "relu"),
)
"""Words for functions."""


def said_functions(
    both: Term, schemas: Mapping[str, tuple[Schema, ...]], said: Mapping[str, str], text: str = ""
) -> dict[str, tuple[Schema, ...]]:
    """The functions that words name: "where σ is the sigmoid"; and Kronecker's symbol."""
    found: dict[str, tuple[Schema, ...]] = {}
    bodies = [both, *(s.body for kept in schemas.values() for s in kept)]
    if "δ" not in schemas:
        symbol = Ref("δ", (Ref("·a"), Ref("·b")))
        found["δ"] = (Schema(symbol, Op("indicator", (Op("is=", symbol.indices),)), -1),)
    found |= _graph(bodies, schemas)
    for part in (p for body in bodies for p in walk(body)):
        if not isinstance(part, Ref) or part.head in schemas:
            continue
        words = said.get(part.head, "") or (text if part.head == "σ" else "")
        kind = next((kind for word, kind in _FUNCTIONS if word in words), None)
        if kind is not None and part.arguments is not None and len(part.arguments) == 1 and not part.indices:
            symbol = Ref(part.head, (), (Ref("·a"),))
            found[part.head] = (Schema(symbol, Op(kind, (Ref("·a"),)), -1),)
    return found


def _graph(bodies: Sequence[Term], schemas: Mapping[str, tuple[Schema, ...]]) -> dict[str, tuple[Schema, ...]]:
    """What a loss without a body depends on: the symbols with bodies in which the page takes its derivative."""
    found: dict[str, tuple[Schema, ...]] = {}
    for part in (p for body in bodies for p in walk(body)):
        if not isinstance(part, Op) or part.kind != "derivative" or len(part.arguments) != 2:
            continue
        of, by = part.arguments
        if not isinstance(of, Ref) or of.indices or of.arguments is not None or of.head in schemas:
            continue
        if isinstance(by, Ref) and by.arguments is None and by.head in schemas and len(by.indices) < 2:
            place = Ref("·j")
            on = Ref(
                f"{of.head}·", (place,) if by.indices else (), (replace(by, indices=(place,) if by.indices else ()),)
            )
            body = Bind("sum", ("·j",), "all", (), on) if by.indices else on
            found[of.head] = (Schema(of, body, schemas[by.head][0].formula),)
    return found
