"""What may make a relation true that fails as it stands: a reason to leave it undecided, which the text gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.records import replace
from claims.verdict import Refuted
from errata.checking.conjugates import may_be_conjugates
from errata.checking.context import At, State, bodies_of, root_of, roots_of
from errata.checking.coordinates.slopes import slope_of
from errata.checking.digits import digits_meant_otherwise
from errata.checking.expansions import expansion_of, has_order
from errata.checking.families.spoken import last_sentence
from errata.checking.imaginary import holds_with_unit, said_unit
from errata.checking.judgement import Judged
from errata.checking.kinds import is_law_of, is_number, is_power_of_name, speaks_of_names
from errata.checking.linear import holds_for_row_sums
from errata.checking.loose_notation import meant_otherwise
from errata.checking.meanings import left_out, of_many_meanings, projected, zero_here
from errata.checking.old_values import from_another_example
from errata.checking.parts import speaks_of_vectors
from errata.checking.remainders import leaves_a_remainder, takes_the_whole_part
from errata.checking.rounded_results import may_be_rounded
from errata.checking.said_alternatives import said_alternative
from errata.checking.sets_of_events import set_among
from errata.checking.solved_for import found_later, solved_for
from errata.checking.stochastic_calculus import begins_at_zero, of_products_of_differentials
from errata.checking.tacit_premises import rests_on_a_premise
from errata.checking.unit_matrices import holds_for_identities
from errata.checking.wide_sums import may_reach_further
from errata.checking.written_zeros import with_a_zero
from errata.page.premises import is_premised_in_words
from errata.reading.calculus import is_derivative
from errata.reading.gloss import glossed
from errata.reading.items import are_alternatives
from errata.reading.language import is_understood
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name, key, named_call, names_in
from errata.reading.relations import Pair, stated
from errata.reading.sentences.heads import operator
from errata.reading.tree import (
    Accent,
    Bar,
    Big,
    Call,
    Chain,
    Fence,
    Frac,
    Grid,
    Node,
    Num,
    Opaque,
    Phrase,
    Script,
    Sym,
    Terms,
    Text,
    children,
    opaque_parts,
    walk,
)
from errata.reading.unparse import to_latex
from errata.reading.words import words

BEFORE = 400
AFTER = 250
"""Characters around a formula in which a proof by contradiction says that it is one."""
_CONDITION = re.compile(
    r"\b(?:for which|such that|provided(?: that)?|unless|whether|constraining|imposing|"
    r"(?:the|a|an)(?: [\w-]+)? (?:constraint|condition|criterion|requirement)(?: that)?|of the form|"
    r"(?:either|both|if|when|as long as)(?:\s*\$[^$]*\$\s*(?:and|or))?)"
    r"\s*(?:\$+|\\\()?\s*\Z",
    re.I,
)
"""Words right before a relation in the line that is a condition."""
_COMPARES = frozenset({"<", ">", "≤", "≥"})
"""Signs of a relation that a display after "if" has as its condition; what equates may be what follows from it."""
_ALIKE = re.compile(
    r"\b(?:i\.?i\.?d|identical(?:ly)?|same (?:distribution|law)|exchangeab\w*|symmetr\w*|equally)\b", re.I
)
"""Words by which several variables may have one law."""
_SUBJECT_TO = re.compile(r"(?:\bs\.\s?t\.|\bst|\bsubject to|\bsuch that|\bunless|\bif|\bwhen(?:ever)?)\s*\Z", re.I)
"""Words in a formula before a relation that is a condition."""
_SYMMETRY = re.compile(
    r"symmetr|covarianc|\bkernels?\b|\bGram\b|\\mathbb\s*\{?S\}?|对称|對稱|симметр|positive[- ](?:semi-?)?definite",
    re.I,
)
"""Words of matrices that don't change when they are transposed."""
_SKEW = re.compile(
    r"\bskew[- ]?(?:symmetr|hermit)\w*|\banti-?\s?symmetr\w*|"
    r"(\b[A-Z])\s*\^\s*\{?\s*(?:\\top|\\intercal|(?:\\math(?:rm|sf)\s*)?\{?\s*T\b\s*\}?)\s*\}?\s*=\s*-\s*\1\b",
    re.I,
)
"""Words of matrices that are their own transposes but for the sign, and Aᵀ = −A itself."""
OF_LAWS = frozenset({"E313", "E314", "E315"})
"""Rules of what holds or fails by what is said of laws."""
LANGUAGE = 1500
"""Characters on either side of a formula that show the language of its text."""
REACH_PERCENT = 8000
"""Characters before a formula in which its numbers may be given in percent."""
REACH_VALUE = 8
"""Lines from where a name is given a value to a relation that may rest on it."""
SETS = frozenset("∈ ∉ ⊂ ⊆ ⊊".split())
"""Signs after which a set stands, so that what it equals is a set, too: x ∈ C = A × B."""
REACH_ITEMS = 12
NEIGHBOURS = 6
"""Formulas before and after one, in which its letters surely mean the same."""
"""Formulas back to another item of a list in which a name may be given, too."""
LOST = "\N{REPLACEMENT CHARACTER}"
PASTED = "\N{ZERO WIDTH SPACE}"
"""What formulas have in them that were copied from a page as it is shown: their fractions are lost."""
_SOLVES = re.compile(r"\b(?:solv(?:e|es|ed|ing)|unknowns?)\b", re.I)
_CONNECTS = re.compile(r"\b(?:of|out of|times|per|plus|minus|over)\s*\Z", re.I)
"""Words in a formula that connect what stands on their two sides: 1/2 of 1/3."""
_CUT = re.compile(r"(?:[\w)]\s*[/*^]\s*\$+.|[\w)]\$[*/^·×])\Z")
"""A formula that goes on with what stands before it as text: sd/$\\sqrt{n}$, sd$*\\sqrt{n}$."""
_DOTTED = re.compile(r"(?:\\end\{\w*matrix\}|\\end\{array\}|[)\]])\s*\.\s*\Z")
"""A dot between brackets, which may be a product or end a sentence."""
_PREMISE = re.compile(r"\b(?:if|when|for)\s*\Z", re.I)
_BRACES = frozenset({r"\{", r"\lbrace"})
_UNREAD = re.compile(r"\s*If (?!we\b|you\b|one\b)[^$.;]{8,160}?\bthen\b", re.I)
"""A sentence whose premise stands in words alone: "If both get the same answer, then"."""
_CONGRUENCES = re.compile(r"\\[bp]?mod\b|\bmod(?:ulo)?\b|\bcongruen|\bresidues?\b|\bdivisib|\bremainder", re.I)
"""Words and signs by which ≡ is a congruence."""
_CASE = re.compile(r"\b(?:for|if|when|whenever|where|once|at)\s*(?:\$+|\\\()\s*\Z", re.I)
"""Words right before an equation that opens a case."""
_ENDS = re.compile(r"[.;!?](?:\s|$)|\n[ \t>]*\n")
"""What ends a sentence."""
_FACTORIAL = re.compile(r"(?:\$|\\\))\s!")
"""The sign of a factorial behind a formula, after a blank: without one it is an exclamation."""
_THEN = re.compile(r"\bthen\W*\Z", re.I)
"""Words in a formula around its premise: "If A, then B"."""
_REDUCTIO = re.compile(
    r"\b(?:contradict\w*|absurd\w*|counter-?examples?|fallac\w+|(?:is|are) (?:false|wrong|incorrect|not true))\b", re.I
)
_DENIED = re.compile(
    r"\s*\$*[)\]]*\s*(?:fails\b|(?:is|are)\s+(?:false|wrong|violated|impossible|absurd|not\s+(?:true|possible))\b|"
    r"(?:does|can)\s*not\s+hold\b|cannot\s+be\b|is\s+a\s+contradiction\b)",
    re.I,
)
"""Words right after a relation that deny it."""
_MAY_BE = re.compile(
    r"\s*\$*\s*(?:(?:is|are|becomes)\s+(?:also\s+|still\s+|even\s+)?(?:possible|conceivable)\b|"
    r"(?:can|could|may|might)\s+(?:also\s+|still\s+|even\s+|well\s+)?(?:happen|occur|hold|be\s+true|be\s+the\s+case)\b|"
    r"(?:sometimes|occasionally)\b)",
    re.I,
)
_MAY_BE_THAT = re.compile(
    r"\b(?:it\s+(?:is|may\s+be|can\s+be)\s+possible\s+(?:that|to\s+have)|(?:can|could|may|might)\s+have|"
    r"it\s+(?:can|could|may|might)\s+(?:be|happen)\s+that|possible\s+that|possibly)\s*\$*\s*\Z",
    re.I,
)
"""Words right after or before a relation that say of it that there are cases of it."""
_FAILS = re.compile(
    r"\b(?:this|that|it|which)(?: also| still)? (?:does not|doesn't|do not|don't|is not|isn't)(?: also)?"
    r" (?:equal|work|equate to|satisfied|satisfy the equation|equal to)\b",
    re.I,
)
"""A sentence after a relation that was tried: "since this does not equal 1", "this does not work"."""
_NAMED_AFTER = re.compile(
    r"\s*\$*\s*(?:(?:and|or)\s*\$[^$]*\$\s*)?(?:the\s+)?(?:[\w-]+ )?"
    r"(?:condition|constraint|criteri(?:on|a)|requirement|guideline|rule)s?\b",
    re.I,
)
"""Words right after a relation in the line that call it a condition: "from the $a = b$ condition", "the $a < 5$ and
$b < 5$ rules"."""
_SETTING = re.compile(r"\b(?:set|sets|setting|put|putting|equat(?:e|es|ing))\s*(?:\$+|\\\()?\s*\Z", re.I)
_SET_SO = re.compile(r"\s*\$*\s*(?:and solve|setting)\b", re.I)
"""Words right before and right after a relation in the line that is made to hold by a choice of its names."""
CLOSE = 80
_MENTIONED = re.compile(r"\b(?:equations?|constraints?|conditions?|curve|line|circle)\W*(?:\$+|\\\(|\\\[)?\s*\Z", re.I)
"""Words right before an equation that is spoken of, and not claimed."""
_OF_A_CURVE = re.compile(
    r"\bequation (?:of|for) (?:the|a|an|this|that|our)\b[^.$]{0,60}\bis\W*(?:\\\[|\\\(|\$+)?\s*\Z", re.I
)
"""Words right before the equation of a curve, of which the letters are coordinates."""
_ASKED = re.compile(r"[^.?!\n]{0,100}\?")
"""The rest of a question."""
_AT = re.compile(r"\s*(?:at|where|when|with|for|evaluated at|under)\s*", re.I)
"""Words between an expression and the value that a name in it has."""


def excuse(state: State, at: At, pair: Pair, judged: Judged, mended: bool = False) -> str | None:
    """Why a relation that fails may be meant all the same; None where nothing says so. ``mended`` says that it holds
    once a slip is undone, with the names it has.
    """
    where, rule = judged.where, judged.rule
    if LOST in at.formula.latex or PASTED in at.formula.latex:
        return "a part of the formula may be lost where it was pasted"
    if any("(line " in taken for taken in where):
        if _SOLVES.search(at.prose) and not _puts_in_data(pair):
            return "its names may be unknowns that are solved for"
        if (unknown := solved_for(state, at, pair)) is not None:
            return f"it is solved for {unknown}"
        if (unknown := found_later(state, at, pair, where)) is not None:
            return f"it is solved for {unknown}"
        if _OF_A_CURVE.search(at.prose) or (_MENTIONED.search(at.prose) and _is_said_before(state, at, pair)):
            return "the words before it speak of an equation"
    if rule in OF_LAWS and not is_understood(_prose_around(state, at, LANGUAGE), state.document.text):
        return "the words around it are in a language that is not read"
    return (
        meant_otherwise(pair, judged.verdict.by.route if isinstance(judged.verdict, Refuted) else "", mended)
        or rests_on_a_premise(at.chain, pair, judged, state.scope)
        or ("its I may be an identity matrix" if holds_for_identities(pair, state.options.seed) else None)
        or _at_a_value(state, pair)
        or _row_sums(pair, rule, state.options.seed)
        or ("a sum may reach beyond the next sign" if may_reach_further(pair, state.options.seed) else None)
        or _condition(state, at, pair, rule)
        or _cut(state, at, pair, rule)
        or _given(state, at, pair, judged, mended)
        or ("its decimals may be rounded" if rule == "E311" and may_be_rounded(pair, state.options.seed) else None)
    )


def _at_a_value(state: State, pair: Pair) -> str | None:
    """A slope that is said to be a number where the text has given what it is derived by a value: ∇_a q = 1, after
    a = 1.5."""
    slopes = (found for n in walk(pair.left) if (found := slope_of(n)) is not None)
    if not is_number(pair.right) or all(state.scope.value(key(variable)) is None for _, variable in slopes):
        return None
    return "the slope may be taken at a value that was given"


def _row_sums(pair: Pair, rule: str | None, seed: int) -> str | None:
    said = holds_for_row_sums(pair, seed) if rule == "E311" else None
    return None if said is None else f"it holds {said}"


def _condition(state: State, at: At, pair: Pair, rule: str | None) -> str | None:
    """Whether the words around a relation make it a condition, a question, or what is to be shown absurd."""
    if any(r.sign in SETS for r in at.chain.chain.relations[: pair.position]):
        return "what something is an element of is a set"
    inline = not at.formula.display
    may_be_one = inline or pair.relation.sign in _COMPARES
    if (may_be_one and _CONDITION.search(at.prose)) or _SUBJECT_TO.search(at.chain.before):
        return "it is a condition"
    lead = glossed(state.document.text[max(0, at.formula.span.start - BEFORE) : at.formula.span.start])
    if rule == "E311" and _UNREAD.match(last_sentence(lead)):
        return "the words before it say under which premise it holds"
    if rule in OF_LAWS and is_premised_in_words(last_sentence(lead)):
        return "the words before it say under which premise it holds"
    if rule in OF_LAWS and _is_of_a_case(state, at, pair):
        return "its sentence says of which case it is"
    if _THEN.search(at.chain.before) and _has_premise(root_of(state, at.index), at.chain.chain):
        return "the formula says under which premise it holds"
    if (congruent := _may_be_congruent(state, at, pair)) is not None:
        return congruent
    after = glossed(state.document.text[at.formula.span.end :][:CLOSE])
    if inline and _NAMED_AFTER.match(after):
        return "it is a condition"
    named = not (is_number(pair.left) or is_number(pair.right)) or len(at.chain.chain.relations) > 1
    if inline and named and (_SETTING.search(at.prose) or _SET_SO.match(after)):
        return "its names may be chosen so that it holds"
    if inline and _ASKED.match(state.document.text, at.formula.span.end):
        return "it is part of a question"
    if inline and (_MAY_BE.match(after) or _MAY_BE_THAT.search(last_sentence(lead))):
        return "the words around it say that it may hold, not that it does"
    if inline and _DENIED.match(state.document.text, at.formula.span.end):
        return "the words after it deny it"
    if _FAILS.search(state.document.text[at.formula.span.end :][:AFTER]):
        return "the words after it deny it"
    if _may_have_one_law(state, at, pair):
        return "its variables may have one law"
    if pair.relation.sign in ("<", ">") and all(map(_is_of_law, (pair.left, pair.right))):
        return "an inequality of probabilities or means may be a condition"
    if pair.relation.sign in ("<", ">", "≠") and _is_of_moment(pair.left) and is_number(pair.right):
        return f"{words(pair.left)} may be of either sign, and the text may say which"
    if _is_absurd(state, at, pair):
        return "it may be what an assumption is contradicted by"
    return None


def said_otherwise(state: State, at: At, pair: Pair) -> str | None:
    """Whether the words around a relation make it a condition, a question, a case, or deny it, whatever it says."""
    return (
        "its sentence says of which case it is" if _is_of_a_case(state, at, pair) else _condition(state, at, pair, None)
    )


def _is_of_a_case(state: State, at: At, pair: Pair) -> bool:
    """Whether the sentence of a relation opens a case by an equation of its names: "for $P(x) = Q(x)$ we have"."""
    names = names_in(pair.left) | names_in(pair.right)
    start = at.formula.span.start - len(last_sentence(state.document.text[: at.formula.span.start][-BEFORE:])) - CLOSE
    for index in range(at.index - 1, -1, -1):
        span = state.document.formulas[index].span
        if span.start < start or _ENDS.search(state.document.text[span.end : at.formula.span.start]):
            return False
        equates = any(r.sign == "=" for one in stated(root_of(state, index)) for r in one.chain.relations)
        if equates and _CASE.search(state.document.text[max(0, span.start - CLOSE) : span.start]):
            sides = (n for one in stated(root_of(state, index)) for n in one.chain.items)
            if any(names_in(side) & names for side in sides):
                return True
    return False


def _may_be_congruent(state: State, at: At, pair: Pair) -> str | None:
    """Whether a relation may hold up to multiples of a number, or for whole numbers of a kind that the text names."""
    if at.chain.chain.modulus is not None and speaks_of_names(pair):
        return "it stands among congruences, and its names are whole numbers of which more may be said"
    around = state.document.text[max(0, at.formula.span.start - LANGUAGE) : at.formula.span.end + CLOSE]
    if pair.relation.sign == "≡" and _CONGRUENCES.search(around):
        return "the text speaks of congruences, and does not say the modulus here"
    return None


def _has_premise(root: Node, chain: Chain) -> bool:
    """Whether words of the formula before a chain open its premise."""
    return any(isinstance(n, Text) and n.end <= chain.start and _PREMISE.search(n.text) for n in walk(root))


def _may_have_one_law(state: State, at: At, pair: Pair) -> bool:
    """Whether a relation is about P(X = Y) or P(X > Y), and the text says that its variables are alike."""
    events = (n.fence.body for side in (pair.left, pair.right) for n in walk(side)
              if isinstance(n, Call) and isinstance(n.fence, Fence) and _is_of_law(n))  # fmt: skip
    both = any(isinstance(e, Chain) and sum(map(_is_variable, e.items)) > 1 for e in events)
    return both and _ALIKE.search(_prose_around(state, at, LANGUAGE)) is not None


def _is_variable(node: Node) -> bool:
    return is_name(node) and key(node)[:1].isupper()


def _cut(state: State, at: At, pair: Pair, rule: str | None) -> str | None:
    """Whether more belongs to a relation than what is read of it."""
    if pair.position == 0 and isinstance(pair.left, Terms) and pair.left.signs[0] == "+":
        return "it may go on from the formula before it"
    signed = pair.position == 0 and isinstance(pair.left, Terms) and pair.left.signs[0] in ("-", "−")
    if signed and any(c.isalpha() for c in at.chain.before):
        return "the words before it may be what something is taken from"
    if pair.position == 0 and _CONNECTS.search(at.chain.before):
        return "it begins with a part of an expression in words"
    if pair.position == 0 and _CUT.search(at.prose + at.formula.latex[:1]) is not None:
        return "an expression begins in the text before it"
    if (
        pair.position == 0
        and isinstance(pair.left, Grid | Fence)
        and _DOTTED.search(at.formula.latex[: pair.left.start])
    ):
        return "the dot before it may be a product"
    if not at.formula.display and _FACTORIAL.match(state.document.text, at.formula.span.end):
        return "a factorial sign stands behind the formula"
    if any(part.end == pair.left.start or part.start == pair.right.end for part in _stray(state, at)):
        return "a bracket that nothing opens stands beside it"
    before = state.document.text[max(0, at.formula.span.start - REACH_PERCENT) : at.formula.span.end]
    return digits_meant_otherwise(pair, at.formula.latex, before, _near(state, at), rule)


def _stray(state: State, at: At) -> Iterator[Opaque]:
    """What in a formula cuts its relations off, with the blanks around it."""
    latex = at.formula.latex
    for part in opaque_parts(root_of(state, at.index)):
        start, end = len(latex[: part.start].rstrip()), len(latex) - len(latex[part.end :].lstrip())
        yield replace(part, start=start, end=end)


def _given(state: State, at: At, pair: Pair, judged: Judged, mended: bool) -> str | None:
    """Whether the text says of a name in a relation what may make it hold."""
    where = judged.where
    if (function := of_many_meanings(state, where)) is not None:
        return f"{function} is another function in each place"
    if (other := from_another_example(state, at, where)) is not None:
        return f"{other} was given in another example"
    if (one := set_among(pair, (root_of(state, i) for i in _formulas_near(state, at)))) is not None:
        return f"{one} is a set or an event"
    if judged.rule == "E313" and (zeroed := with_a_zero(pair)) is not None:
        return f"what 0 stands for in {words(zeroed)} is said elsewhere"
    if (name_of_zero := zero_here(pair, at.prose)) is not None:
        return f"{name_of_zero} is 0 here"
    if (unit := said_unit(roots_of(state), (pair.left, pair.right))) is not None:
        return f"{unit} is the root of −1, and complex numbers are not judged"
    if (unit := holds_with_unit(roots_of(state), pair, state.document.text)) is not None:
        return f"{unit} may be the root of −1"
    if may_be_conjugates(pair, state.document.text, state.options.seed):
        return "a bar may stand for the conjugate of a complex number"
    if any(isinstance(side, Fence) and side.open in _BRACES for side in (pair.left, pair.right)):
        return "braces may hold a set, or take the fractional part"
    if of_products_of_differentials(pair):
        return "products of differentials may be those of a calculus in which most of them vanish"
    if (start := begins_at_zero(pair, state.document.text, state.options.seed)) is not None:
        return f"{words(start)} may be where a process begins, at zero"
    if takes_the_whole_part(pair):
        return "a square bracket may take the whole part"
    if leaves_a_remainder(pair, state.scope, f"{_sentence(state, at)} {at.formula.latex}"):
        return "the text names the remainder of the division"
    if expansion_of(pair) is None and has_order(pair):
        return "o(…) stands for anything so small"
    if expansion_of(pair) is None and (small := left_out(pair, _near(state, at))) is not None:
        return f"the square of {small} is left out"
    if not _fails_for_matrices(judged) and (matrix := projected(pair, state.document.text)) is not None:
        return f"{matrix} may be a projection, and its own square"
    if (name := _vanishing(state, pair)) is not None:
        return f"a power of {words(name)} is nothing, says the text"
    if pair.position == 0 and named_call(pair.left) and any(key(n) == r"\pi" for n in walk(pair.left)):
        return "π stands for an argument, and may be no number"
    if (name := _symmetric(state, at, pair)) is not None:
        return f"{words(name)} may be symmetric"
    if speaks_of_vectors(pair.left, pair.right) and _SKEW.search(state.document.text) is not None:
        return "a matrix may be skew-symmetric"
    marked = None if mended else next(_marked_on_one_side(pair), None)
    if marked is not None and bodies_of(state).get(key(marked)) and not _is_of_a_law(marked, where):
        return f"{words(marked)} is given elsewhere"
    if (name := _valued_on_one_side(state, at, pair)) is not None:
        return f"{words(name)} has a value here, and stands on one side only"
    taken = any(said.endswith(" gives it") for said in where)
    if taken and (name := _function_derived_by(state, pair)) is not None:
        return f"{words(name)} is a function, and derived by"
    if pair.position == 0 and is_name(pair.left) and _is_given_in_another_item(state, at, pair.left):
        return f"{words(pair.left)} may be another one in each item"
    if (announced := said_alternative(state, at, pair)) is not None:
        return announced
    beside = next(_put_in(root_of(state, at.index), pair), None)
    return None if beside is None else f"{beside} has a value beside one of the sides"


def _formulas_near(state: State, at: At) -> range:
    return range(max(0, at.index - NEIGHBOURS), min(len(state.document.formulas), at.index + NEIGHBOURS + 1))


def _sentence(state: State, at: At) -> str:
    """The sentence around a formula."""
    after = re.split(r"[.;!?](?:\s|$)", state.document.text[at.formula.span.end :][:CLOSE], maxsplit=1)[0]
    return f"{last_sentence(at.prose)} {after}"


def _is_said_before(state: State, at: At, pair: Pair) -> bool:
    """Whether the document has stated an equation before, in another formula."""
    noted = state.stock.get((key(pair.left), key(pair.right)))
    return noted is not None and noted.line < state.document.place(at.formula.span.start).line


def _puts_in_data(pair: Pair) -> bool:
    """Whether a sum over members is worked out with several numbers, ∑ x_i y_i = 1 · 1.1 + 2 · 1.9: data are known."""
    for side, other in ((pair.left, pair.right), (pair.right, pair.left)):
        sums = any(isinstance(n, Big) for n in walk(side))
        if sums and not any(is_name(n) for n in walk(other)) and sum(isinstance(n, Num) for n in walk(other)) > 1:
            return True
    return False


def _is_of_a_law(marked: Node, where: tuple[str, ...]) -> bool:
    """Whether a name with a hat is said to be a parameter of the law that a relation was held against."""
    return any(" follows " in said and to_latex(marked) in said.partition(" follows ")[2] for said in where)


def _fails_for_matrices(judged: Judged) -> bool:
    """Whether a relation was tried with matrices, and with such as the text speaks of."""
    return isinstance(judged.verdict, Refuted) and judged.verdict.by.route == "matrices"


def _vanishing(state: State, pair: Pair) -> Node | None:
    """A name of which the document says that a power of it is 0, as dual numbers and infinitesimals have it."""
    names = {*bare_names(pair.left), *bare_names(pair.right)}
    for root in roots_of(state):
        for chain in (n for n in walk(root) if isinstance(n, Chain) and len(n.items) == 2):
            left, right = chain.items
            if (
                isinstance(right, Num) and right.text == "0" and chain.relations[0].sign == "="
                and is_power_of_name(left) and isinstance(left, Script) and key(left.base) in names
            ):  # fmt: skip
                return left.base
    return None


def _symmetric(state: State, at: At, pair: Pair) -> Node | None:
    """A name whose members stand in the two sides with their indices swapped, A_{ij} and A_{ji}, where the text before
    speaks of symmetry."""
    if _SYMMETRY.search(state.document.text, 0, at.formula.span.end + AFTER) is None:
        return None
    sides = [{(key(n.base), _letters(n.sub)): n.base for n in walk(side) if isinstance(n, Script) and n.sub is not None}
             for side in (pair.left, pair.right)]  # fmt: skip
    swapped = (base for (name, sub), base in sides[0].items() if sub != sub[::-1] and (name, sub[::-1]) in sides[1])
    return next(swapped, None)


def _letters(sub: Node) -> tuple[str, ...]:
    return tuple(key(n) for n in walk(sub) if isinstance(n, Sym | Num))


def _valued_on_one_side(state: State, at: At, pair: Pair) -> Node | None:
    """A name of one side, among others, that the text just before gives a value: N(x; μ, σ²) = …, with μ = 0 said
    before."""
    sides = [{key(n): n for n in walk(side) if is_name(n)} for side in (pair.left, pair.right)]
    line = state.document.place(at.formula.span.start).line
    if not sides[0].keys() & sides[1].keys():
        return None  # 2x = 4 is about the value of x
    for name in sides[0].keys() ^ sides[1].keys():
        value = state.scope.value(name)
        if value is not None and value.stated and 0 <= line - value.line <= REACH_VALUE:
            return sides[0].get(name) or sides[1][name]
    return None


def _is_given_in_another_item(state: State, at: At, name: Node) -> bool:
    """Whether another item of the list, or another row of the table, says what a name is."""
    formulas, here = state.document.formulas, at.formula.span.start
    for index in range(max(0, at.index - REACH_ITEMS), at.index):
        if are_alternatives(state.document.text, formulas[index].span.start, here):
            firsts = (s.chain.items[0] for s in stated(root_of(state, index)))
            if any(key(first) == key(name) for first in firsts):
                return True
    return False


def _function_derived_by(state: State, pair: Pair) -> Node | None:
    """A letter that the document applies, φ(x), and that a derivative is taken by."""
    bottoms = (
        n.bottom for side in (pair.left, pair.right) for n in walk(side) if is_derivative(n) and isinstance(n, Frac)
    )
    names = (n for bottom in bottoms for n in walk(bottom) if isinstance(n, Sym))
    return next((n for n in names if n.name in (state.functions or ())), None)


def _is_absurd(state: State, at: At, pair: Pair) -> bool:
    """Whether a wrong relation of numbers is the end of a proof by contradiction."""
    inferred = at.chain.implies or at.chain.concluded or (is_number(pair.left) and is_number(pair.right))
    return inferred and _REDUCTIO.search(_near(state, at)) is not None


def _near(state: State, at: At) -> str:
    span, text = at.formula.span, state.document.text
    return glossed(text[max(0, span.start - BEFORE) : span.start] + " " + text[span.end : span.end + AFTER])


def _prose_around(state: State, at: At, reach: int) -> str:
    """The text around a formula without the formulas in it."""
    text, start, end = state.document.text, at.formula.span.start - reach, at.formula.span.end + reach
    words, place = [], max(0, start)
    for formula in state.document.formulas:
        if place <= formula.span.start < end:
            words.append(text[place : formula.span.start])
            place = formula.span.end
    return " ".join([*words, text[place:end]])


def _is_of_law(side: Node) -> bool:
    """Whether a probability is in a side, or a conditional mean is the side."""
    if isinstance(side, Call) and isinstance(side.fence, Fence) and isinstance(side.fence.body, Bar):
        return is_law_of(side.head, frozenset("E𝔼pPq") | {"Pr"})
    return any(isinstance(n, Call) and is_law_of(n.head, frozenset("pPq") | {"Pr"}) for n in walk(side))


def _is_of_moment(side: Node) -> bool:
    """Whether a side is a mean, a variance, a covariance or a correlation, and no more."""
    return isinstance(side, Call) and operator(side.head) in ("E", "Var", "Cov", "Corr")


def _marked_on_one_side(pair: Pair) -> Iterator[Node]:
    """Names with a hat that stand in one side only, beside the plain name: Ŷ and Y, f̂(x) and f(x).

    The letter under the hat itself is no plain name, nor is the p of p(y | x) one beside a number p̂.
    """
    if is_name(pair.left) or is_name(pair.right):
        return
    sides = [dict(_uncovered(side)) for side in (pair.left, pair.right)]
    for name, applied in sides[0].keys() ^ sides[1].keys():
        node = sides[0].get((name, applied)) or sides[1][name, applied]
        if isinstance(node, Accent) and "hat" in node.kind and any((key(node.body), applied) in side for side in sides):
            yield node


def _uncovered(node: Node) -> Iterator[tuple[tuple[str, bool], Node]]:
    """The names in a tree that are under no accent, parts of indexed ones among them, each by its key and whether it is
    applied to something."""
    stack = [(node, False)]
    while stack:
        n, applied = stack.pop()
        if is_name(n):
            yield (key(n), applied), n
        if isinstance(n, Call):
            stack += [(n.head, True), (n.fence, False)]
        elif not isinstance(n, Accent):
            stack += ((child, applied and isinstance(n, Script) and child is n.base) for child in children(n))


def _put_in(root: Node, pair: Pair) -> Iterator[str]:
    """The names that have a value, by words beside an expression of the formula, and stand on one side only:
    f(x) at x = g(y)."""
    free = [{key(n) for n in walk(side) if is_name(n)} for side in (pair.left, pair.right)]
    for phrase in (n for n in walk(root) if isinstance(n, Phrase)):
        for word, value in zip(phrase.items, phrase.items[1:], strict=False):
            if not isinstance(word, Text) or not _AT.fullmatch(word.text) or not isinstance(value, Chain):
                continue
            name = value.items[0]
            if (
                value.relations[0].sign == "="
                and isinstance(name, Sym)
                and (key(name) in free[0]) != (key(name) in free[1])
            ):
                yield key(name)
