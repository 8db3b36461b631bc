"""What is said of a relation under named laws."""

from __future__ import annotations

import re

from claims.records import Record, replace
from claims.verdict import Verdict
from errata.checking.context import At
from errata.checking.families.spoken import last_sentence
from errata.checking.kinds import speaks_of_solving, without_setting_to_zero
from errata.reading.document import Span
from errata.reading.names import key


class Ruling(Record):
    """A verdict, with what was assumed, and for a refutation its rule, its particulars and its place."""

    verdict: Verdict
    where: tuple[str, ...]
    rule: str | None = None
    message: str | None = None
    focus: Span | None = None
    label: str | None = None
    derived: str | None = None
    """The derivation of the catalogue that is behind it."""


_COMMAND = re.compile(r"\\(?:label|ref|eqref)\{[^{}]*\}|\\[A-Za-z]+")
"""A command of a formula in the text before, and the name of one: \\choose is no word."""
_GIVEN_LAW = re.compile(r"\b(?:if|suppos\w*|assum\w*)(?:\s+that)?\s+\$[^$]*\\sim[^$]*\$", re.I)
"""If $X \\sim …$: the law under which a relation is claimed, and no other condition."""
_IN_A_DOMAIN = re.compile(
    r"\bif\s+\$[^$=]*\$\s+(?:belongs\s+to|lies\s+(?:with)?in|is\s+in(?:side)?)\s+(?:of\s+)?"
    r"(?:the\s+(?:support|range|domain|interior)\b[^$,.]*)?(?:\$[^$=]*\$)?",
    re.I,
)
"""If $y$ belongs to the support of $Y$: where an argument lies, and no condition on what is said of it."""
_BASE = re.compile(r"\bset(?:ting)?\s+\$\w\s*=\s*e\$", re.I)
"""We set $b = e$: the base of logarithms, and no special case."""
_ROUGHLY = (
    r"approximat\w*|asymptotic\w*|large|setting|(?<!\ba )(?<!the )(?<!his )(?<!ata )set(?!\s+of|[ -]theor)|choose|want|"
    r"require\w*(?! (?:us )?to (?:recogni[sz]e|reali[sz]e|note|notice|see|know|observe|remember)\b)"
    r"(?! (?:us )?(?:to )?(?:comput|evaluat|calculat|integrat)\w*\b)|match\w*|"
    r"moment estimat\w*"
)
_SUPPOSES = re.compile(
    rf"\b(?:special case|suppos\w*|assum\w*|conditionally|(?<!only )if(?! and only if)|{_ROUGHLY})\b[^.]*$", re.I
)
"""Words after which a relation may be a wish or hold in a special case only."""
_WANTS = re.compile(rf"\b(?:{_ROUGHLY})\b[^.]*$", re.I)
"""Those after which a relation of laws that it writes out itself may be no claim: no case can save it."""
_ALIKE = re.compile(
    r"\b(?:same|shared?|tied|pooled|identical\w*|common|coincid\w*|i\.?i\.?d|symmetr\w*|homosced\w*|exchangeab\w*|"
    r"equal (?:variance|mean|covariance|weight|size|prior|length|rate|probabilit)\w*)",
    re.I,
)
"""Words by which a text may say that two names have one value."""
_OTHER_LAW = re.compile(r"\b(?:posterior|(?<!law of )conditional\w*|truncated|standardi[sz]ed)\b[^.]*$", re.I)
"""Words after which a variable may follow another law than the one that was stated for it."""


def wishes(at: At) -> bool:
    """Whether the text around a relation supposes it, solves for it, or makes it the premise of another."""
    return at.chain.implies or says_so(at)


def says_so(at: At) -> bool:
    """Whether it does in words."""
    if speaks_of_solving(last_sentence(at.prose)[-80:]) or speaks_of_solving(at.chain.before):
        return True
    return _found(_SUPPOSES, at)


def wants(at: At) -> bool:
    """The same of a relation in which all the laws it speaks of are written out, with the names of both sides: what is
    assumed, or a special case, stands in it."""
    if at.chain.implies or speaks_of_solving(last_sentence(at.prose)[-80:]) or speaks_of_solving(at.chain.before):
        return True
    return _found(_WANTS, at)


def supposes(at: At) -> bool:
    """The same, or the text may speak of another law than the one that is known."""
    return wishes(at) or _found(_OTHER_LAW, at)


def supposes_a_link_before_zero(at: At, position: int) -> bool:
    """The same of a link of a chain that ends in zero, f'(x) = 2x − a = 0. That the text sets it to zero, or goes on
    from there, is about the last member; the links before it are worked out."""
    items = at.chain.chain.items
    if key(items[-1]) != "0" or position >= len(items) - 2:
        return supposes(at)
    plain = replace(at, prose=without_setting_to_zero(at.prose))
    return says_so(plain) or _found(_OTHER_LAW, plain)


def says_alike(at: At) -> bool:
    """Whether the text before a relation says that some things are the same, so that a name may stand for another."""
    return any(_ALIKE.search(text) is not None for text in (at.prose, at.chain.before, at.chain.remark))


def _found(words: re.Pattern[str], at: At) -> bool:
    prose = _COMMAND.sub(" ", _BASE.sub(" ", _IN_A_DOMAIN.sub(" ", _GIVEN_LAW.sub(" ", at.prose))))
    return any(words.search(text) is not None for text in (prose, at.chain.before, at.chain.remark))
