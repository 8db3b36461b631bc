"""Whether values that names were given before still stand where a relation speaks of the names or gives new ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from errata.checking.context import At, State, root_of
from errata.checking.families.spoken import last_sentence
from errata.checking.kinds import has_names, is_number, is_power_of_name
from errata.checking.put_in import numbers_put_in
from errata.page.cases import is_given_in_a_case
from errata.reading.examples import is_of_another_example
from errata.reading.items import are_alternatives
from errata.reading.names import is_name, key, named_call, parameters
from errata.reading.relations import Pair, stated
from errata.reading.scope import Scope, Value
from errata.reading.tree import walk

_CASE = re.compile(r"\b(?:when|if|for|under|setting|taking|instead|whereas|while|once)\b[^$]*\$", re.I)
"""Words that a sentence puts before a value which holds in its case only."""
_PARTED = re.compile(r"\n[ \t>]*\n|\n[ \t>]*(?:[*+-]|\d+\\?[.)]|\\item)[ \t]")
"""What parts paragraphs, and items of a list."""
_SENTENCE = re.compile(r"[.;!?]\$*\s|。|\n[ \t>]*\n")
"""What ends a sentence."""
_EXERCISE = re.compile(r"\n[ \t>]*\d+\\?[.)][ \t]")
"""What begins a new item of a numbered list, as exercises are."""
_THAT_IS = re.compile(r"\(\s*(?:i\.\s?e\.|e\.\s?g\.|that is)?,?\s*\$*\s*\Z", re.I)
"""A value in brackets, with what may stand before it there: "one observation (i.e., n = 1)"."""
_WITH = re.compile(r"\bwith\s+(?:\$[^$=]*=[\s\d.-]*\$[\s,]*(?:and\s+)?)*\$?\s*\Z", re.I)
"""The word before a value, or a list of them, that is given: "the Beta law with α = 3 and β = 2"."""
_EXAMPLE = re.compile(r"(?:\be\.\s?g\.|\bfor (?:example|instance)|\bsuch as|\bsay)[,:]?\s*\$*\s*\Z", re.I)
"""Words right before a value that is an example of its own."""
_OPENS_A_CASE = re.compile(r"\b(?:if|when|whenever|suppose|case)\b[^.;$]{0,30}[$(\\]*\Z", re.I)
"""Words before a value that make a case of it: "if $x = 2$"."""
_JOINED = re.compile(r"[\s,$()\\]*(?:and|or|and/or)[\s$()\\]*", re.I)
"""What joins two solutions of one equation."""
REACH_CASE = 60
_PARAGRAPH = re.compile(r"\n[ \t>]*\n")
_LINE = re.compile(r"\bline (\d+)\)?\Z")
"""The line from which something was taken."""
REACH_VALUES = 80
"""Lines from where a name is given a value to where a computation with it is refuted."""
REACH_REPEATED = 30
"""Lines from a computed value to where it is repeated, beyond which it counts as another example's."""


def repeats_what_is_given(pair: Pair, scope: Scope) -> bool:
    """Whether a number is named that was simply given before: it says nothing new."""
    value = scope.value(key(pair.left)) if is_name(pair.left) or named_call(pair.left) else None
    return value is not None and value.stated and is_number(pair.right)


def known_result(pair: Pair, state: State, index: int) -> bool:
    """Whether a name that gets a number here was computed before, nearby, from values that still stand."""
    value = state.scope.value(key(pair.left)) if is_name(pair.left) or named_call(pair.left) else None
    if value is None or value.stated or value.formula == index or _lines_since(state, value, index) > REACH_REPEATED:
        return False
    formulas = state.document.formulas
    if value.formula >= 0 and _EXERCISE.search(
        state.document.text, formulas[value.formula].span.end, formulas[index].span.start
    ):
        return False
    if _is_listed(pair, state, index) or _is_of_a_new_case(value, state, index):
        return False
    return all(state.scope.value(k) == v for k, v in value.sources)


def _is_listed(pair: Pair, state: State, index: int) -> bool:
    """Whether the paragraph has given a name several numbers already, one after the other: a = 0.2, a = 0.5, a = 1."""
    text, formulas, here = state.document.text, state.document.formulas, state.document.formulas[index].span.start
    found: set[str] = set()
    for number in range(index - 1, -1, -1):
        if "\n\n" in text[formulas[number].span.end : here]:
            break
        for chain in stated(root_of(state, number)):
            first, second = chain.chain.items[0], chain.chain.items[1]
            if key(first) == key(pair.left) and is_number(second) and chain.chain.relations[0].sign == "=":
                found.add(key(second))
    return len(found) > 1


def _is_of_a_new_case(value: Value, state: State, index: int) -> bool:
    """Whether a name that was given beside a value, in its sentence, has been given anew since: p = (¼, ¼, ¼, ¼) and
    H = log 4, then p = (0.4, 0.3, 0.2, 0.1) and H = 1.28."""
    text, formulas = state.document.text, state.document.formulas
    if value.formula < 0:
        return False
    here, beside = formulas[value.formula].span.start, set[str]()
    for number in range(value.formula, -1, -1):
        if _SENTENCE.search(text, formulas[number].span.end, here):
            break
        beside |= set(_named(state, number))
    since = {name for number in range(value.formula + 1, index) for name in _named(state, number)}
    return bool((beside - set(_named(state, value.formula))) & since)


def _named(state: State, index: int) -> Iterator[str]:
    """The names that the chains of a formula give something."""
    for chain in stated(root_of(state, index)):
        if is_name(chain.chain.items[0]) and chain.chain.relations[0].sign == "=":
            yield key(chain.chain.items[0])


def puts_in_anew(pair: Pair, state: State, index: int) -> bool:
    """Whether a step puts numbers in for names that have others from another paragraph, item of a list or cell."""
    here, text = state.document.formulas[index].span.start, state.document.text
    values = [v for name in numbers_put_in(pair) if (v := state.scope.value(name)) is not None]
    places = [state.document.formulas[v.formula].span.end for v in values if v.formula >= 0]
    return bool(places) and any(_PARTED.search(text, place, here) for place in places)


def is_another_solution(state: State, at: At, pair: Pair) -> bool:
    """Whether a name gets a number right after another one, joined by "and" or "or": r = √2 and r = −√2 are two
    solutions of one equation, and no statements against each other. A value that names follow from is none."""
    if not is_name(pair.left) or pair.position or pair.relation.sign != "=" or has_names(pair.right):
        return False
    text, formulas = state.document.text, state.document.formulas
    chains = [c for c in stated(root_of(state, at.index)) if c.chain.start < pair.left.start]
    joined = _JOINED.fullmatch(at.chain.before) is not None
    if not chains and at.index:
        chains = list(stated(root_of(state, at.index - 1)))
        joined = _JOINED.fullmatch(text, formulas[at.index - 1].span.end, at.formula.span.start) is not None
    if not joined or not chains:
        return False
    first, *others = chains[-1].chain.items
    equates = all(r.sign == "=" for r in chains[-1].chain.relations)
    return equates and key(first) == key(pair.left) and not any(map(has_names, others))


def _lines_since(state: State, value: Value, index: int) -> int:
    """Lines from where a name was given its value to a formula, the cells of a notebook taken together."""
    document = state.document
    here = document.formulas[index].span.start
    if value.formula < 0:
        return document.place(here).line - value.line
    return document.text.count("\n", document.formulas[value.formula].span.start, here)


def rests_on_old_values(pair: Pair, state: State, index: int) -> bool:
    """Whether a name has its value from so far back that it may have another one by now."""
    named = (n for side in (pair.left, pair.right) for n in walk(side) if is_name(n) or is_power_of_name(n))
    values = map(state.scope.value, {key(n) for n in named})
    return any(v is not None and _lines_since(state, v, index) > REACH_VALUES for v in values)


def from_another_example(state: State, at: At, where: Sequence[str]) -> str | None:
    """A name that was given within one numbered example and stands in a later one, which gives it anew; ``where`` says
    what was taken from which line."""
    document, here = state.document, at.formula.span.start
    if document.cells:
        return None
    for taken in where:
        if (line := _LINE.search(taken)) is not None:
            name = re.split(r" [=≈] | as defined ", taken)[0]
            given = document.offset_of_line(int(line.group(1)))
            if is_of_another_example(document.text, given, here) or _ends_before(state, name, here, int(line.group(1))):
                return name
            if (source := _of_another_example(state, name, here)) is not None:
                return source
    return None


def _of_another_example(state: State, name: str, here: int) -> str | None:
    """What was given within another example, or in a case that is over, of a name and of that from which it has its
    value."""
    text, formulas = state.document.text, state.document.formulas
    open_values = [v for _, v in state.scope.starting("") if v.latex == name]
    seen: set[tuple[str, int]] = set()
    while open_values:
        value = open_values.pop()
        if value.formula >= 0:
            place = formulas[value.formula].span
            if is_of_another_example(text, place.start, here):
                return value.latex
            if is_given_in_a_case(text, place.start, place.end, here, value.latex):
                return value.latex
        fresh = [source for _, source in value.sources if (source.key, source.formula) not in seen]
        seen |= {(source.key, source.formula) for source in fresh}
        open_values += fresh
    return None


def _ends_before(state: State, name: str, here: int, line: int) -> bool:
    """Whether a name was given its value in another item of the list, or in a case that is over."""
    found = (value for _, value in state.scope.starting("") if value.latex == name)
    value = next((v for v in found if v.formula >= 0), None)
    text, formulas = state.document.text, state.document.formulas
    if value is None:  # a function, with the line of its body
        on_line = (f.span for f in formulas if state.document.place(f.span.start).line == line)
        place = next((span for span in on_line if text[span.start : span.end].lstrip("$").startswith(name)), None)
        return place is not None and is_given_in_a_case(text, place.start, place.end, here, name)
    place = formulas[value.formula].span
    if value.stated and are_alternatives(text, place.start, here):
        return True
    before = text[max(0, place.start - REACH_CASE) : place.start]
    opens = value.stated and _OPENS_A_CASE.search(before) is not None
    return opens and _PARAGRAPH.search(text, place.end, here) is not None


def in_another_case(at: At) -> bool:
    """Whether the sentence says of which case it speaks: "When λ = 0.5, M = −0.55", "a constant, e.g. f′ = 2"."""
    cased = _CASE.search(last_sentence(at.prose)) is not None
    return cased or any(words.search(at.prose) for words in (_WITH, _THAT_IS, _EXAMPLE))


def is_another_example(at: At, pair: Pair) -> bool:
    """Whether a function of names is given a value as an example: "it may be constant, e.g. f′(x) = 2"."""
    return parameters(pair.left) is not None and _EXAMPLE.search(at.prose) is not None
