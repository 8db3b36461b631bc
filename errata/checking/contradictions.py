"""Two statements of one quantity that can't both hold: a theorem and the end of its proof, a name defined twice.

The same left side stands in two places of a section, before two expressions in the same names, and these differ at
every point that is tried. Which of the two is wrong isn't known, so both are quoted; where the first one was worked out
and the second one is a slip away from it, it is the second. Nothing is said where notes may
mean two different things by one left side: under conditions, in another section, after words that announce something
new.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claims.records import replace
from claims.verdict import IllFormed, Proved, Refuted, Supported, Undecided, Verdict
from errata.checking.algebra import Found, judge_identity, plainly_differs
from errata.checking.context import State, Statement, definitions_of, span_of
from errata.checking.families.spoken import spoken
from errata.checking.judgement import Judged, Kind
from errata.checking.kinds import is_number, speaks_of_solving
from errata.checking.repairs import SLIPS, Repaired, is_slip, repaired
from errata.checking.said_alternatives import announces_several
from errata.reading.document import Formula
from errata.reading.gloss import glossed
from errata.reading.items import are_alternatives
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, Stated, stated
from errata.reading.tree import (
    Accent,
    Call,
    Chain,
    Dots,
    Fence,
    Gap,
    Lines,
    Node,
    Opaque,
    Phrase,
    Relation,
    Script,
    Sym,
    Text,
    walk,
)
from errata.reading.vectors import Unlowered
from errata.reading.words import words

BETWEEN_DISPLAYS, IN_ONE_DISPLAY, STEP = "W321", "E321", "E311"
REACH = 300
"""Characters of prose before a statement that may say that something new begins."""
REACH_SEVERAL = 160
"""Characters before a display whose words may say that it has several of a kind."""
MOST_EARLIER = 6
"""Earlier statements of a left side that a new one is held against."""
_ANEW = re.compile(
    r"\b(?:instead|alternative\w*|redefin\w*|suppose|another|other|if|when|whenever|case|cases|otherwise|update\w*|"
    r"replac\w*|new|old|initial\w*|iterat\w*|step|approximat\w*|special|assum\w*|example|choos\w*|either|or|now|"
    r"unless|whereas|respectively|different\w*|wrong\w*|mistake\w*|not|naive\w*|incorrect\w*|unlike|biased|unbiased|"
    r"let|consider|take|find|define\w*|exercise\w*|planes|constraints|meet|"
    r"system|equations|solution\w*|intersect\w*|simultaneous\w*|two|both|roots?|lines|curves)\b",
    re.I,
)
_DERIVES = re.compile(
    r"\b(?:rearrang\w*|reorder\w*|simplif\w*|expand\w*|collect\w*|becomes?|gives?|yields?|re-?writ\w*|follows|hence|thus|"
    r"therefore|equivalent\w*|completing|we (?:then |thus |finally )?(?:have|get|obtain|arrive))\b",
    re.I,
)
"""Words by which a text derives a statement from what stands before it."""
_PARTS = re.compile(
    r"^\W{0,12}(?:Exercise|Problem|Question|Example|Task|Case|Scenario|Variant|Version|Part|Model|Method)\b", re.M
)
_SAMPLED = re.compile(r"\b(\w{1,20})[ \t]{0,5}&?[ \t]{0,5}\\sim\b[ \t]{0,5}([^$\n,;.]{0,60})")
ANY_FUNCTION = frozenset("f g h u v F G φ ϕ L ℓ J Q R K k C".split())
"""Letters that stand for one example of a function after another: of any function, a loss, an objective, a kernel."""
_NEXT = re.compile(r"\\item\b|^[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t]+\S", re.M)
"""Where the next item of a list begins, which may be of another case than the text before."""
_STOP = re.compile(r"[.;!?](?:\s|$)|\n\s*\n|\\begin|\\end")
_UNKNOWNS = frozenset("x y z".split())
"""Names that two rows of one display may ask for, as equations of a system."""
_EQUATES = frozenset({"=", ":=", "≡", "≜"})


def statements(state: State, index: int, formula: Formula, root: Lines) -> tuple[Statement, ...]:
    """What a formula says of quantities that may be spoken of elsewhere."""
    displays = (f.span.end for f in state.document.formulas[:index] if f.display)
    before = max(displays, default=0)
    prose = glossed(state.document.text[max(before, formula.span.start - REACH) : formula.span.start])
    section = tuple(sorted(state.titles.items()))
    anew = _begins_anew(prose)
    laws = frozenset(spoken(prose))
    return tuple(
        Statement(
            index, chain.chain.items[0], _members(chain), section, anew, laws, formula.display,
            formula.offset(chain.chain.start), formula.offset(chain.chain.end),
        )
        for chain in _unconditional(root)
        if _is_quantity(chain)
    )  # fmt: skip


def _begins_anew(prose: str) -> bool:
    return _ANEW.search(prose) is not None or speaks_of_solving(prose)


def _unconditional(root: Lines) -> Iterator[Stated]:
    """The chains of a formula, where nothing beside them in it is a condition."""
    if any(isinstance(n, Dots | Opaque) for n in walk(root)):
        return
    found = stated(root)
    said = " ".join(f"{s.before} {s.remark}" for s in found)
    if re.search(r"\w{2,}", said) or any(s.implies or s.concluded for s in found):
        return
    rows: dict[int, list[Stated]] = {}
    for one in found:
        rows.setdefault(one.statement, []).append(one)
    texts = (n for s in root.statements if isinstance(s, Phrase) for n in s.items if isinstance(n, Text))
    if any(re.search(r"\w{2,}", t.text) for t in texts):
        return
    for row in rows.values():
        if len(row) == 1:
            yield row[0]


def _is_quantity(chain: Stated) -> bool:
    """Whether the left side is a name, or a function of names: h(X), Var(X), f(x)."""
    left, relation = chain.chain.items[0], chain.chain.relations[0]
    if relation.sign not in _EQUATES or isinstance(left, Gap) or is_number(left):
        return False
    if any(isinstance(n, Chain) for n in walk(left)):
        return False
    named = is_name(left) or _is_labelled(left) or isinstance(left, Call)
    return named and key(left) not in {n for m in _members(chain) for n in bare_names(m)}


def _is_labelled(node: Node) -> bool:
    """B^{(2)}: a name with a label in brackets."""
    return isinstance(node, Script) and isinstance(node.sup, Fence) and is_name(node.base)


def _members(chain: Stated) -> tuple[Node, ...]:
    items, relations = chain.chain.items, chain.chain.relations
    end = next((i for i, r in enumerate(relations) if r.sign not in _EQUATES), len(relations))
    return items[1 : end + 1]


def contradicted(state: State, judged: Sequence[Judged], index: int, formula: Formula, root: Lines) -> list[Judged]:
    """The relations of a formula, one that contradicts an earlier statement marked so; its statements are noted.

    A formula with a finding is no ground to stand on: its statements are neither compared nor noted.
    """
    out = list(judged)
    if any(isinstance(j.verdict, Refuted | IllFormed) for j in judged):
        return out
    for statement in statements(state, index, formula, root):
        earlier = state.statements.setdefault(key(statement.left), [])
        clash = _clash(state, earlier[-MOST_EARLIER:], statement)
        if clash is not None:
            _mark(state, out, statement, *clash)
        else:
            earlier.append(replace(statement, derived=_is_derived(statement, out)))
    return out


def _is_derived(statement: Statement, judged: Sequence[Judged]) -> bool:
    """Whether what a statement gives was worked out there: each of its relations, two at least, was judged to hold."""
    own = [j for j in judged if j.formula == statement.formula and statement.start <= j.span.start < statement.end]
    return len(own) > 1 and all(isinstance(j.verdict, Proved | Supported) and j.rule is None for j in own)


def _clash(state: State, earlier: Sequence[Statement], later: Statement) -> tuple[Statement, Node, Node, Found] | None:
    """The earlier statement that can't hold beside a later one, and the two members that are apart."""
    for one in reversed(earlier):
        if not _comparable(state.document.text, one, later) or _subject_changes(state.document.text, one, later):
            continue
        apart = _apart(state, one, later)
        if apart is not None:
            return (one, *apart)
    return None


def _comparable(text: str, one: Statement, later: Statement) -> bool:
    """Whether two statements of one left side must mean the same thing by it."""
    if one.section != later.section[: len(one.section)]:
        return False
    if later.anew and (one.display or _begins_anew(glossed(text[max(one.end, later.start - REACH) : later.start]))):
        return False
    if _is_example(one) and _is_example(later):
        return False
    if isinstance(later.left, Call):
        return one.formula != later.formula
    shown = one.display or later.display
    return shown and not (one.formula == later.formula and key(later.left) in _UNKNOWNS)


def _is_example(statement: Statement) -> bool:
    """Whether a function with a letter for any function is given in its arguments alone: f(x) = e^x."""
    left = statement.left
    head = left.head if isinstance(left, Call) else None
    letter = head.body if isinstance(head, Accent) else head
    if not isinstance(left, Call) or letter is None or key(letter).rstrip("'") not in ANY_FUNCTION:
        return False
    letters = _letters_of(left.fence)
    return all(_letters_of(m) <= letters for m in statement.members)


def _letters_of(node: Node) -> set[str]:
    """The letters of the names in a tree, whatever their fonts and indices; max and exp are none."""
    return {n.name for n in walk(node) if isinstance(n, Sym) and n.name.isalpha() and len(n.name) == 1} - {"e"}


def _subject_changes(text: str, one: Statement, later: Statement) -> bool:
    """Whether the second place is about another law, or in another exercise, than the first one."""
    if one.laws and later.laws and not one.laws & later.laws:
        return True
    if one.formula == later.formula and announces_several(text[max(0, one.start - REACH_SEVERAL) : one.start]):
        return True
    between = glossed(text[one.start : later.start])
    if _PARTS.search(between) or _NEXT.search(between) or are_alternatives(text, one.start, later.start):
        return True
    if not one.display and not later.display and _STOP.search(text[one.end : later.start]) is None:
        return True  # one sentence has both: p(b) = 2 − 2b of the one class, p(b) = 2b of the other
    about = key(later.left)
    known = {law for _, law in _SAMPLED.findall(text[: one.start])}
    return any(law not in known for name, law in _SAMPLED.findall(between) if name in about)


def _apart(state: State, one: Statement, later: Statement) -> tuple[Node, Node, Found] | None:
    """Two members in the same names that differ everywhere; None where any two of them agree."""
    ends = [(a, b) for a in _ends(one.members) for b in _ends(later.members) if _same_names(a, b)]
    for a, b in ends:
        pair = Pair(a, Relation(0, 0, "=", "="), b, 1)
        if key(a) == key(b):
            return None
        try:
            if not plainly_differs(pair, state.options.seed):
                return None
            found = judge_identity(pair, definitions_of(state), state.options.seed, bounds=state.bounds)
        except Unlowered:
            continue
        if isinstance(found.verdict, Refuted) and found.sound:
            return a, b, found
        return None
    return None


def _ends(members: tuple[Node, ...]) -> tuple[Node, ...]:
    """The last member, and the first where it is another; integrals say nothing in the names of what they are."""
    ends = members[-1:] if len(members) == 1 else (members[-1], members[0])
    return tuple(m for m in ends if not any(isinstance(n, Sym) and n.name in "∫∬∮" for n in walk(m)))


def _same_names(a: Node, b: Node) -> bool:
    names = set(bare_names(a))
    return bool(names) and names == set(bare_names(b)) and not is_number(a) and not is_number(b)


def _mark(state: State, out: list[Judged], later: Statement, one: Statement, a: Node, b: Node, found: Found) -> None:
    """Says so at the relation that starts the later statement, or its first one that isn't a finding already."""
    assert isinstance(found.verdict, Refuted)
    number = next(
        (n for n, j in enumerate(out) if j.formula == later.formula and j.span.start >= later.start and not j.rule),
        None,
    )
    if number is None:
        return
    place = state.document.place(one.start)
    there = f"line {place.line}" if place.cell is None else f"cell {place.cell}, line {place.line}"
    by = found.verdict.by
    quoted = f"{words(one.left)} = {words(a)}"
    message = f"{there} says {quoted}, and here it is {words(b)}; at a random point these are {by.left} and {by.right}"
    in_one = one.formula == later.formula
    relation = out[number]
    mended = _slip_in_the_later(state, one, later, relation, a, b)
    if mended is not None:
        out[number] = replace(
            relation, verdict=replace(found.verdict, repair=mended.repair), rule=STEP, message=message,
            where=(*relation.where, f"{quoted} ({there})"), label=SLIPS[mended.repair.slip],
            focus=span_of(state.document.formulas[later.formula], mended.start, mended.end),
        )  # fmt: skip
        return
    verdict = found.verdict if in_one else _open(relation, f"it contradicts {there}")
    out[number] = replace(
        relation, verdict=verdict, rule=IN_ONE_DISPLAY if in_one else BETWEEN_DISPLAYS, message=message,
        where=(*relation.where, f"{quoted} ({there})"), label=f"contradicts {there}",
    )  # fmt: skip


def _slip_in_the_later(
    state: State, one: Statement, later: Statement, relation: Judged, a: Node, b: Node
) -> Repaired | None:
    """The slip without which the later expression is the earlier one, that was worked out or that the text derives it
    from; None where either may be the wrong one."""
    worked_out = one.derived and not isinstance(relation.verdict, Proved | Supported) and relation.kind is Kind.CLAIM
    if not worked_out and not _derives(state, later):
        return None
    mended = repaired(Pair(a, Relation(0, 0, "=", "="), b, 1), state.options.seed)
    return None if mended is None or mended.left or not is_slip(mended, step=True) else mended


def _derives(state: State, later: Statement) -> bool:
    """Whether the text right before a statement says that it comes from what was said."""
    formula = state.document.formulas[later.formula]
    before = state.document.formulas[later.formula - 1].span.end if later.formula else 0
    prose = glossed(state.document.text[max(before, formula.span.start - REACH) : formula.span.start])
    return _DERIVES.search(prose) is not None


def _open(judged: Judged, why: str) -> Verdict:
    return judged.verdict if isinstance(judged.verdict, Proved | Supported) else Undecided((), why)
