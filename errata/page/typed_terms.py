"""The typed terms of one formula: what it computes, with what the page says of its symbols."""

from __future__ import annotations

from collections.abc import Mapping

from claims.records import Record
from errata.meaning.elaborate import elaborate, notations
from errata.meaning.outline import outline, tree
from errata.meaning.terms import Term
from errata.meaning.unelaborated import Unelaborated
from errata.page.symbols import Page
from errata.reading.tree import Node


class TypedTerm(Record):
    """One statement of a formula as a term, under the likeliest reading of its notation under which it has one."""

    outline: str
    """"" where it has none."""
    tree: Mapping[str, object] | None
    why: str
    """Why it has none; "" where it has one."""


def typed_terms(page: Page, number: int, kinds: Mapping[str, str]) -> tuple[TypedTerm, ...]:
    """The terms of the statements of a formula; ``kinds`` says what each symbol is, by its head."""
    return tuple(_typed(page, statement, kinds) for statement in page.root_of(number).statements)


def _typed(page: Page, statement: Node, kinds: Mapping[str, str]) -> TypedTerm:
    term = _term(page, statement)
    if isinstance(term, str):
        return TypedTerm("", None, term)
    return TypedTerm(outline(term, kinds), tree(term, kinds), "")


def _term(page: Page, statement: Node) -> Term | str:
    why = "it has no reading"
    applied = page.applied | page.defined
    for notation in notations(statement, applied=applied, defined=page.defined, numbers_number=False):
        try:
            return elaborate(statement, notation)
        except Unelaborated as error:
            why = str(error)
    return why
