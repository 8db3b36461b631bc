"""A bare formula right before a computation says what is computed: "denominator $X^\\top X$: $$1^2 + 2^2 = 5$$"."""

from __future__ import annotations

import re

from errata.checking.kinds import is_power_of_name
from errata.checking.learning import bound_to
from errata.reading.document import Document
from errata.reading.lowering import Convention
from errata.reading.names import is_name, named_call
from errata.reading.parser import parse
from errata.reading.relations import Stated, stated
from errata.reading.scope import Scope
from errata.reading.tree import Factors, Node

_BETWEEN = re.compile(r"(?:\s|\$|\\[)\]])*[·:=—–](?:[\s·:=—–$]|\\[(\[])*")
"""Nothing but space and a sign that says that something follows."""


def label_before(document: Document, index: int) -> Node | None:
    """The product that stands alone before a display, with only a colon or its like between them."""
    formula = document.formulas[index]
    if not index or not formula.display:
        return None
    before = document.formulas[index - 1]
    if before.display or not _BETWEEN.fullmatch(document.text[before.span.end : formula.span.start]):
        return None
    root = parse(before.latex, document.macros)
    alone = root.statements[0] if len(root.statements) == 1 and not stated(root) else None
    return alone if isinstance(alone, Factors) else None


def learn_label(label: Node, chain: Stated, scope: Scope, convention: Convention, line: int, formula: int) -> Scope:
    """The scope in which a label has the value of the computation after it."""
    first = chain.chain.items[0]
    named = is_name(first) or is_power_of_name(first) or named_call(first)  # R² = 1 − a/b says what R² is
    return scope if named else bound_to(label, chain, scope, convention, line, formula)
