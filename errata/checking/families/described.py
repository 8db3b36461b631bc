"""Expressions that stand alone and are said to be something: "The variance of the gamma distribution is $a b^2$".

The text names the law, and the letters of its parameters are left open: an expression is refuted only where no way of
giving its letters to the parameters, under no parameterisation, makes it what it is said to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations, product

from claims.evidence import Agreement, Counterexample
from claims.records import replace
from claims.verdict import Refuted, Repair, Supported, Tried, decide
from errata.checking.context import State, root_of, span_of
from errata.checking.families.ruling import Ruling
from errata.checking.families.spoken import last_sentence, named_alone, named_in
from errata.checking.families.told_of_variables import told_of_variable
from errata.checking.families.trials import Environment, Outcome, outcome
from errata.checking.judgement import Judged, Kind
from errata.checking.repairs import SLIPS
from errata.checking.slips import slips
from errata.reading.document import Cell, Formula, Table
from errata.reading.families.notation import LawNode, Option, law_node, options_of
from errata.reading.families.subjects import (
    heading_quantity,
    introduces,
    quantities,
    takes_a_place,
    without_asides,
    written,
)
from errata.reading.families.terms import free_names, names_of_law
from errata.reading.names import is_name
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.special import named_functions
from errata.reading.tree import Call, Chain, Factors, Fence, Gap, Lines, Node, Num, Phrase, Relation, Sym, Text
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from errata.reading.words import words

REACH = 300
MOST_READINGS = 24
NEAR = frozenset({"sign", "factor-2", "factor-1/2", "square", "bracket"})
"""Slips that show that the law which is named is meant, in the letters that stand there."""
Told = tuple[str, str | LawNode]
"""A quantity, and the law of which it is one: by its name, or with its parameters."""
_GAP = re.compile(r"\\[;:, ]|\\q?quad|~")
_QUALIFIED = re.compile(r"\b(?:with|whose|where|when|for)\b")
_SPECIAL = re.compile(r"=\s*\\?[-−]?\.?\d")
"""A value of a parameter: "with $\\alpha = 1$", which leaves a letter less."""
_RELATIVE = re.compile(
    r"\bwhose(?:(?!\bwhose\b|\b(?:is|are|has|have|equals?)\b).)*\b(?:is|are|equals?)\s*:?\s*$", re.I | re.S
)
"""A clause about something else, of which the expression is the end: "by a Gaussian, whose variance is"."""
_LINK = re.compile(r"\blinks?\b", re.I)
"""The heading of a column of links: a table of generalised linear models, whose variances are functions of the mean."""
_FORMULA = re.compile(r"\$[^$]*\$")
_PLACES = ("x", "k", "y", "t", "s", "z")
_PLACES_OF = {"M": ("t", "s"), "Q": ("p", "u", "q", "t", "y")}
"""Letters of the arguments of functions that are not taken at a value of the variable."""


def judge_described(state: State, index: int, formula: Formula, root: Lines) -> Iterator[Judged]:
    """The judgement of an expression that the sentence before it says to be a quantity of a named law."""
    node = _alone(root, formula.latex) or _number(root)
    if node is None:
        return
    told = _told(state, index, formula)
    if told is not None and isinstance(node, Num) and not _is_of_numbers(told[1]):
        return
    ruling = None if told is None else ruled(state, formula, *told, node)
    if told is None or ruling is None:
        return
    yield Judged(
        index, span_of(formula, node.start, node.end), "", "", to_latex(node), Kind.CLAIM, ruling.verdict,
        f"{told[0]} = {words(node)}", where=ruling.where, rule=ruling.rule, message=ruling.message, focus=ruling.focus,
    )  # fmt: skip


def misdescribed(state: State, index: int, formula: Formula, root: Lines) -> Ruling | None:
    """The refutation of f_X(x) = …, of which the sentence before it says that it is a quantity of a named law, where no
    way of giving its letters to the parameters makes it that, and a single slip does once it is undone.

    Where it is the distribution function or the quantile function of a variable whose law is known, the ruling on it,
    whatever that is.
    """
    chain = root.statements[0] if len(root.statements) == 1 else None
    parts = chain.items if isinstance(chain, Phrase) else (chain,)
    first = parts[0]
    if not isinstance(first, Chain) or len(first.items) != 2 or first.relations[0].sign != "=":
        return None
    left, node = first.items
    told = _told(state, index, formula)
    if told is None or told[0] not in ("f", "F", "Q") or not isinstance(left, Call) or not _takes(left, node, told[0]):
        return None
    ruling = ruled(state, formula, *told, node)
    if isinstance(told[1], LawNode) and told[0] != "f":
        return ruling
    if ruling is None or not isinstance(ruling.verdict, Refuted):
        return None
    for slip in (s for s in slips(node) if s.kind in NEAR):
        found = ruled(state, formula, *told, slip.node)
        if found is not None and isinstance(found.verdict, Supported):
            repair = Repair(to_latex(slip.node), slip.kind)
            focus = span_of(formula, slip.start, slip.end)
            verdict = replace(ruling.verdict, repair=repair)
            return replace(ruling, verdict=verdict, focus=focus, label=f"{SLIPS[slip.kind]} (right side)")
    return None


def _takes(left: Call, node: Node, quantity: str) -> bool:
    """Whether a function is taken at a name that stands on the other side."""
    inner = left.fence.body if isinstance(left.fence, Fence) else None
    places = _PLACES_OF.get(quantity, _PLACES)
    return isinstance(inner, Sym) and inner.name in places and inner.name in free_names(node)


def _told(state: State, index: int, formula: Formula) -> Told | None:
    """The quantity and the law that the words before an expression name, or its column and its row; or the law of the
    variable that they speak of."""
    if index in state.tables.cells:
        return _of_cell(state, state.tables.cells[index].table, formula)
    return _told_by_name(state, formula) or told_of_variable(state, formula)


def _told_by_name(state: State, formula: Formula) -> Told | None:
    prose = state.document.text[max(0, formula.span.start - REACH) : formula.span.start]
    sentence = without_asides(last_sentence(prose))
    subject = _QUALIFIED.split(sentence)[0]
    if _RELATIVE.search(_FORMULA.sub(" ", sentence)):
        return None
    asked, laws = quantities(subject), named_in(subject)
    if len(asked) != 1 or len(laws) != 1 or not introduces(sentence, formula.display):
        return None
    if _SPECIAL.search(sentence[len(subject) :]):
        return None
    return asked[0], next(iter(laws))


def _of_cell(state: State, table: Table, formula: Formula) -> Told | None:
    if any(_LINK.search(head.text) for head in table.header):
        return None
    for row in table.rows:
        for cell, head in zip(row, table.header, strict=False):
            if cell.span.start <= formula.span.start and formula.span.end <= cell.span.end:
                laws, quantity = named_alone(row[0].text), heading_quantity(head.text)
                if not quantity or cell.text.strip().strip("$").strip() != formula.latex.strip():
                    return None
                law = _law_of_row(state, row, cell) or (next(iter(laws)) if len(laws) == 1 else None)
                return None if law is None else (quantity, law)
    return None


def _law_of_row(state: State, row: Sequence[Cell], asked: Cell) -> LawNode | None:
    """The one law that a row of a table writes with its parameters, N(m, s), as the author's conventions mean it."""
    found: list[LawNode] = []
    for cell in row:
        for index, formula in enumerate(state.document.formulas):
            if cell is asked or not (cell.span.start <= formula.span.start and formula.span.end <= cell.span.end):
                continue
            statements = root_of(state, index).statements
            node = statements[0] if len(statements) == 1 else None
            if isinstance(node, Chain) and [r.sign for r in node.relations] == ["∼"]:
                node = node.items[1]  # X ∼ N(m, s)
            law = None if node is None else law_node(node)
            found.extend([law] if law is not None else [])
    return found[0] if len(found) == 1 else None


def ruled(state: State, formula: Formula, quantity: str, law: str | LawNode, node: Node) -> Ruling | None:
    """The ruling on an expression as a quantity of a law; None where no reading can be computed."""
    failed: list[Outcome] = []
    told = named_functions(state.document.text)
    for left, candidate in _readings(quantity, law, node):
        pair = Pair(left, Relation(0, 0, "=", "="), node, 0)
        try:
            found = outcome(pair, Environment({"X": candidate}, {}, {}, told=told), {}, state.options.seed)
        except (Unlowered, TypeError, ValueError, RecursionError):
            return None
        if found is None or not (found.agrees or found.differs) or (found.differs and not found.sound):
            return None
        if found.agrees:
            by = Agreement("law", found.agree, 7, f"{found.agree} random choices of the parameters")
            return Ruling(decide([Tried(None, (by,))]), (found.law,))
        failed.append(found)
    if not failed:
        return None
    first = failed[0]
    where = f" at {', '.join(f'{n} = {v}' for n, v in first.witness)}" if first.witness else ""
    message = f"under {first.law}{where} it is {first.left}, and the expression is {first.right}"
    if len(failed) > 1:
        message += f"; {len(failed) - 1} other ways to give its letters to the parameters fail too"
    by_witness = Counterexample("law", first.witness, first.left, first.right, message, True, True)
    rule = "E315" if first.kind == "distribution" else "E314"
    return Ruling(decide([Tried(None, (by_witness,))]), (), rule, message, span_of(formula, node.start, node.end))


def _before_condition(chain: Chain, latex: str) -> Node | None:
    """The expression in "… \\; α > 2", where a gap sets off the name that a bound is put on."""
    first = chain.items[0]
    if not isinstance(first, Factors) or first.signs[-1] or not is_name(first.items[-1]):
        return None
    before, name = first.items[:-1], first.items[-1]
    if chain.relations[0].sign not in ("<", ">", "≤", "≥") or not _GAP.search(latex[before[-1].end : name.start]):
        return None
    return before[0] if len(before) == 1 else replace(first, end=before[-1].end, signs=first.signs[:-1], items=before)


def _alone(root: Lines, latex: str) -> Node | None:
    """The expression of a formula without a relation; conditions may stand beside it."""
    if len(root.statements) != 1:
        return None
    statement = root.statements[0]
    parts: list[Node] = list(statement.items) if isinstance(statement, Phrase) else [statement]
    parts = [p for p in parts if not isinstance(p, Text) and not isinstance(p, Gap)]
    if len(parts) == 1 and isinstance(parts[0], Chain):
        return _before_condition(parts[0], latex)
    if not parts or isinstance(parts[0], Chain | Lines | Num) or not all(isinstance(p, Chain) for p in parts[1:]):
        return None
    return parts[0]


def _number(root: Lines) -> Num | None:
    """The number that a formula is."""
    return root.statements[0] if len(root.statements) == 1 and isinstance(root.statements[0], Num) else None


def _is_of_numbers(law: str | LawNode) -> bool:
    """Whether a law has no parameter that is left open."""
    return isinstance(law, LawNode) and not names_of_law(law)


def _readings(quantity: str, law: str | LawNode, node: Node) -> Iterator[tuple[Node, LawNode]]:
    """Each way to give the letters of an expression to the parameters of a law, under each of its options; a law whose
    parameters are known is taken as it is."""
    letters = sorted(free_names(node))
    place = ""
    if takes_a_place(quantity):
        place = next((p for p in _PLACES_OF.get(quantity, _PLACES) if p in letters), "")
        if not place:
            return
        letters.remove(place)
    left = parse(written(quantity, place)).statements[0]
    if isinstance(law, LawNode):
        yield from ((left, replace(law, options=(option,))) for option in law.options)
        return
    count = 0
    for arity, options in options_of(law):
        if len(letters) > arity or "X" in letters:
            continue
        if place and len(letters) < arity:
            continue  # a function of fewer letters than the law has parameters is one of its special cases
        for option, arguments in product(options, _arguments(letters, arity)):
            count += 1
            if count > MOST_READINGS:
                return
            yield left, LawNode(law, arguments, (Option(option.build),))


def _arguments(letters: Sequence[str], arity: int) -> Iterator[tuple[Node, ...]]:
    """The letters in every order on the parameters; parameters that get none have letters of their own."""
    spare = [f"ω_{n}" for n in range(arity - len(letters))]
    for order in permutations((*letters, *spare)):
        yield tuple(_name(letter) for letter in order)


def _name(letter: str) -> Node:
    return Sym(0, 0, letter, "", letter) if letter.startswith("ω") else parse(letter).statements[0]
