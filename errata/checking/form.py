"""All that is asked of the form of a formula, in the order of the text."""

from __future__ import annotations

import re

from errata.checking.context import State, root_of, roots_of
from errata.checking.structure import Malformed, malformed
from errata.checking.structure_calls import changing_arguments, unknown_arguments
from errata.checking.structure_cases import overlapping_cases
from errata.checking.structure_chances import impossible_chances
from errata.checking.structure_escapes import escaped_variables
from errata.checking.structure_integrals import wrong_integrals
from errata.checking.structure_labels import skipped_labels
from errata.checking.structure_laws import wrong_laws
from errata.checking.structure_lists import stray_indices
from errata.checking.structure_means import stray_mean_indices
from errata.checking.structure_parameters import impossible_parameters
from errata.checking.structure_shapes import stated_shapes, wrong_eigenvectors, wrong_shapes
from errata.checking.structure_sides import starts_a_row, tells_apart
from errata.checking.structure_unbound import own_parameters, stray_components
from errata.checking.structure_values import impossible_values, is_denied_after
from errata.reading.document import Document
from errata.reading.gloss import glossed
from errata.reading.names import key
from errata.reading.tree import Call, Chain, Dots, Grid, Lines, Sym, walk

NEAR = 2
"""Formulas on either side that may say that two indices are the same."""
REACH = 160
"""Characters of prose before a formula that may say that it is wrong on purpose."""
_EXISTENCE = re.compile(r"\bthere (?:exists?|is|are|must be)\b|\bfor some\b|\bwe (?:can )?find\b", re.I)

BESIDE = 60
_REPLACES = re.compile(r"\b(?:replac|substitut|identif[iy]|correspond|translat|renam)\w*", re.I)


def faults_of_form(root: Lines, prose: str) -> tuple[Malformed, ...]:
    """What is wrong with the form of a formula by itself; ``prose`` is the text just before it."""
    nodes = tuple(walk(root))
    signs = {n.name for n in nodes if isinstance(n, Sym)}
    found = list(malformed(root))
    if "∫" in signs or {"∑", "d"} <= signs or {"∏", "d"} <= signs:
        found += wrong_integrals(root)
    if signs & {"∫", "∑", "∏"}:
        found += escaped_variables(root)
    if any(isinstance(n, Chain) for n in nodes):
        found += impossible_values(root, prose)
    if any(isinstance(n, Call) for n in nodes):
        found += [*wrong_laws(root), *changing_arguments(root), *impossible_parameters(root, prose)]
        found += [*own_parameters(root), *stray_components(root)]
    if any(isinstance(n, Dots) for n in nodes):
        found += stray_indices(root)
    if any(isinstance(n, Grid) for n in nodes):
        found += overlapping_cases(root)
    return tuple(sorted(found, key=lambda m: m.start))


def faults_in_place(state: State, index: int, root: Lines) -> tuple[Malformed, ...]:
    """What is wrong with the form of a formula, also beside the shapes that its document states."""
    document = state.document
    start = document.formulas[index].span.start
    if state.shapes is None:
        state.shapes = stated_shapes(document)
    shapes = state.shapes.here(tuple(sorted(state.titles.items())))
    found = [
        *faults_of_form(root, glossed(document.text[max(0, start - REACH) : start])),
        *wrong_shapes(root, shapes),
        *wrong_eigenvectors(document, index, root, shapes),
        *impossible_chances(document, index, root, roots_of(state)),
        *skipped_labels(document, root),
        *stray_mean_indices(root, _around(state, index)),
    ]
    end = document.formulas[index].span.end
    if any(m.rule == "E409" for m in found) and is_denied_after(glossed(document.text[end : end + REACH])):
        found = [m for m in found if m.rule != "E409"]
    latex = document.formulas[index].latex
    found = [m for m in found if m.rule != "E403" or not starts_a_row(latex, m.start)]
    found = [m for m in found if m.rule != "E403" or not _is_a_number_nearby(state, index, latex[m.start : m.end])]
    free = any(m.rule == "E403" for m in found)
    if free and (
        _equates_indices(state, index, root)
        or tells_apart(root, roots_of(state), document.text)
        or _finds(document, start)
        or _replaces(document, start, document.formulas[index].span.end)
    ):
        found = [m for m in found if m.rule != "E403"]
    if any(m.rule == "W402" for m in found):
        others = [r for n, r in enumerate(roots_of(state)) if n != index]
        found = _louder(found, list(unknown_arguments(root, others)))
    return tuple(sorted(found, key=lambda m: m.start))


def _around(state: State, index: int) -> list[Lines]:
    """The formulas in the sentences right before and after one."""
    formulas = state.document.formulas
    places = range(max(0, index - NEAR), min(len(formulas), index + NEAR + 1))
    return [root_of(state, n) for n in places if n != index and not formulas[n].display]


def _is_a_number_nearby(state: State, index: int, letter: str) -> bool:
    """Whether a formula of the sentences around compares a letter with others, "$i \\ge m$": it has a value there."""
    return any(
        isinstance(item, Sym) and item.latex == letter
        for root in _around(state, index)
        for chain in walk(root)
        if isinstance(chain, Chain) and all(r.sign in ("≤", "≥", "<", ">") for r in chain.relations)
        for item in chain.items[1:]
    )


def _equates_indices(state: State, index: int, root: Lines) -> bool:
    """Whether a formula nearby says that two letters of this one are the same: "setting $i = t$"."""
    letters = {key(n) for n in walk(root) if isinstance(n, Sym)}
    for n in range(max(0, index - NEAR), min(len(state.document.formulas), index + NEAR + 1)):
        for chain in (n for n in walk(root_of(state, n)) if isinstance(n, Chain)):
            names = {key(item) for item in chain.items}
            if n != index and len(names) == 2 and names <= letters and all(r.sign == "=" for r in chain.relations):
                return True
    return False


def _finds(document: Document, start: int) -> bool:
    """Whether the sentence up to a formula says that there are such indices as it has: "there is a $j$ such that"."""
    sentence = re.split(r"[.:;]\s", glossed(document.text[max(0, start - REACH) : start]))[-1]
    return _EXISTENCE.search(sentence) is not None


def _replaces(document: Document, start: int, end: int) -> bool:
    """Whether the words beside a formula say that one notation is put for another, each with its own index."""
    beside = document.text[max(0, start - BESIDE) : start], document.text[end : end + BESIDE]
    return any(_REPLACES.search(glossed(part)) is not None for part in beside)


def _louder(found: list[Malformed], errors: list[Malformed]) -> list[Malformed]:
    """The faults, with the errors among them in place of the warnings about the same part."""
    places = {(m.start, m.end) for m in errors}
    return [*(m for m in found if not (m.rule.startswith("W") and (m.start, m.end) in places)), *errors]
