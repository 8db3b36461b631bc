"""What takes a law, a random variable or an event, and gives a number: E, Var, KL, H, I, P."""

from __future__ import annotations

from errata.meaning.terms import Bind, Const, Op, Term
from errata.reading.tree import Group, Node, Sym, Text

_NAMES = {
    "E": "E", "Var": "Var", "var": "Var", "V": "Var", "Cov": "Cov", "cov": "Cov", "KL": "KL", "H": "H", "I": "I",
    "Pr": "P", "P": "P", "Corr": "Corr", "corr": "Corr", "JS": "JS", "JSD": "JS",
}  # fmt: skip
_PLAIN = frozenset({"E", "P", "H", "I"})
"""Letters that stand for a functional also in italics."""
FUNCTIONALS = frozenset({"E", "Var", "Cov", "KL", "H", "I", "P", "Corr", "JS"})
CONDITIONED = frozenset({"Cov", "H", "I", "P", "Corr"})
"""Those whose bar stands before conditions: H(X | Y) is not H(X, Y)."""


def functional(head: Node, sub: Node | None) -> str | None:
    """The functional that a letter with its subscript names; None where it is none."""
    if not isinstance(head, Sym):
        return None
    if head.name == "D" and sub is not None:
        inner = sub.body if isinstance(sub, Group) else sub
        word = inner.name if isinstance(inner, Sym) else inner.text.strip() if isinstance(inner, Text) else ""
        return {"KL": "KL", "JS": "JS"}.get(word)
    name = _NAMES.get(head.name)
    if name is None or (len(head.name) == 1 and head.font == "" and head.name not in _PLAIN):
        return None
    return None if head.font in ("cal", "script", "bold") and head.name not in ("KL",) else name


def expectation(
    variables: tuple[str, ...], laws: tuple[Term, ...], body: Term, conditions: tuple[Term, ...], kind: str = "E"
) -> Term:
    """E or Var of a body: over the variables that it binds, under laws, given conditions."""
    return Bind(kind, variables, "law", (*(laws or (Const("any"),)), *(given(c) for c in conditions)), body)


def given(condition: Term) -> Term:
    """A condition, as it stands among the parts of what is conditioned."""
    return Op("given", (condition,))
