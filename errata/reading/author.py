"""What an author says to errata in a comment: ``<!-- errata: let sigma > 0; skip because … -->``, ``% errata: …``.

Statements are separated by ``;``. Names are written as in a formula, or without the backslash (``sigma``). Nothing here
judges: a comment becomes data, and what can't be understood becomes ``Misunderstood``, with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from claims.records import Record
from errata.reading.document import Document, Span
from errata.reading.families.spread import Spread
from errata.reading.lowering import LogBase
from errata.reading.names import is_name
from errata.reading.notation import NAMED_WORDS
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.tree import Call, Chain, Fence, Gap, Lines, Node, Num, Opaque, Phrase, Relation, Script, Sym, walk

ALLOWED = (
    "say let σ > 0, let 0 < p < 1, let n in N, let x in [0, 1], let μ = 1, p = Normal(μ, σ²), X ~ Normal(μ, σ²), "
    "log is base 2, N takes a variance, N takes a standard deviation, skip because …, skip section because …, "
    "expect E311"
)
"""The statements there are, one example of each."""


class Domain(Record):
    """A name and a set of numbers: pairs that bound it, ``name sign number`` or the other way round."""

    name: Node
    pairs: tuple[Pair, ...]
    whole: bool = False


class Binds(Record):
    """A name and the value that it has from here on."""

    name: Node
    value: Node


class HasLaw(Record):
    """A random variable, or a density, and its law by name: X ∼ Normal(μ, σ²), p = Normal(μ, σ²)."""

    name: Node
    family: str
    law: Node
    """The law with its parameters, as in a formula."""
    density: bool


class LogIs(Record):
    """What a logarithm without a base means from here on."""

    base: LogBase


class NormalTakes(Record):
    """What the second parameter of N(μ, ·) is from here on."""

    spread: Spread


class Skip(Record):
    """A waiver, of the next formula or of the rest of the section, with its reason."""

    reason: str
    section: bool


class Expect(Record):
    """The code that the next formula must raise."""

    code: str


class Misunderstood(Record):
    """What could not be understood, and why."""

    why: str


Instruction = Domain | Binds | HasLaw | LogIs | NormalTakes | Skip | Expect | Misunderstood


class Said(Record):
    """One instruction with its place in the document."""

    instruction: Instruction
    span: Span


_ADDRESSED = re.compile(r"\s*errata\s*:", re.I)
_COLON_LOST = re.compile(r"\s*errata\s+(?:let|domain|skip|expect|log\s+is)\b", re.I)
_SKIP = re.compile(r"skip\b(?P<section>\s+section\b)?(?P<because>\s+because\b)?(?P<reason>.*)", re.I | re.S)
_EXPECT = re.compile(r"expect\b\s*(?P<code>.*)", re.I | re.S)
_LOG = re.compile(r"log(?:arithm)?s?\s+(?:is|are)\s+(?P<base>.*)", re.I | re.S)
_BASE = re.compile(r"(?:to\s+)?(?:the\s+)?(?:base[ -]?)?(?P<base>2|10|e|two|ten|natural)", re.I)
_BASES = {"2": LogBase.TWO, "two": LogBase.TWO, "10": LogBase.TEN, "ten": LogBase.TEN}
_NORMAL = re.compile(
    r"(?:let\s+)?(?:N|normal|\\mathcal\s*\{?\s*N\s*\}?|𝒩)(?:\s*\([^()]*\))?\s+takes?\b\s*(?:an?\b|the\b|its\b)?(?P<what>.*)",
    re.I | re.S,
)
_SPREADS = {"variance": Spread.VARIANCE} | dict.fromkeys(("standard deviation", "deviation"), Spread.DEVIATION)
_LET = re.compile(r"(?P<let>let|domain)\b", re.I)
_CODE = re.compile(r"[EW]\d{3}", re.I)
_RELATION = re.compile(r"[=<>~]|\\(?:le|ge|in|sim)\b|\bin\b")
_LAW = re.compile(r"[A-Z][A-Za-z-]+")


MOST_STATEMENTS = 1_000
"""Statements in a document, and characters in a comment divided by ten, that are taken in."""


def said_in(document: Document) -> tuple[Said, ...]:
    """What an author says to errata in a document, in the order of place."""
    every = (one for span in document.comments for one in _in_comment(document.text, span))
    said = tuple(islice(every, MOST_STATEMENTS + 1))
    if len(said) <= MOST_STATEMENTS:
        return said
    why = Misunderstood(f"only {MOST_STATEMENTS:,} statements are heard in a document, and this is the next one")
    return (*said[:MOST_STATEMENTS], Said(why, said[-1].span))


BEFORE = Span(-1, -1)
"""The place of what is said of a whole course: before each of its documents."""


def said_of_course(statements: Sequence[str]) -> tuple[Said, ...]:
    """What an author says of all documents of a course, outside of any."""
    return tuple(Said(i, BEFORE) for statement in statements for i in instructions(statement.strip()))


def _in_comment(text: str, span: Span) -> Iterator[Said]:
    comment = text[span.start : min(span.end, span.start + 10 * MOST_STATEMENTS)]
    addressed = _ADDRESSED.match(comment)
    if addressed is None:
        if _COLON_LOST.match(comment):
            yield Said(Misunderstood("a colon is missing after “errata”"), span)
        return
    start, empty = span.start + addressed.end(), True
    for part in comment[addressed.end() :].split(";"):
        if part.strip():
            inside = Span(start + len(part) - len(part.lstrip()), start + len(part.rstrip()))
            yield from (Said(i, inside) for i in instructions(part.strip()))
            empty = False
        start += len(part) + 1
    if empty:
        yield Said(Misunderstood("nothing is said"), span)
    if span.end - span.start > len(comment):
        yield Said(Misunderstood(f"only {len(comment):,} characters of a comment are heard"), span)


def instructions(text: str) -> Iterator[Instruction]:
    """What one statement says; ``let a > 0, b = 1`` says several things."""
    if found := _SKIP.match(text):
        yield _skip(found)
    elif found := _EXPECT.match(text):
        code = found["code"].strip()
        yield Expect(code.upper()) if _CODE.fullmatch(code) else Misunderstood("“expect” takes a code such as E311")
    elif found := _LOG.fullmatch(text):
        yield _log(found["base"].strip())
    elif found := _NORMAL.fullmatch(text):
        yield _normal(found["what"])
    elif let := _LET.match(text):
        yield from _relations(text[let.end() :])
    elif _RELATION.search(text):
        yield from _relations(text)
    else:
        yield Misunderstood(f"“{text}” is no statement that is known")


def _skip(found: re.Match[str]) -> Instruction:
    reason = " ".join(found["reason"].split())
    if found["because"] is None or not re.search(r"\w", reason):
        return Misunderstood("“skip” needs a reason: skip because …")
    return Skip(reason, found["section"] is not None)


def _log(text: str) -> Instruction:
    base = _BASE.fullmatch(text)
    if base is None:
        return Misunderstood(f"“{text}” is no base of the logarithm; 2, 10 and e are known")
    return LogIs(_BASES.get(base["base"].lower(), LogBase.NATURAL))


def _normal(text: str) -> Instruction:
    spread = _SPREADS.get(" ".join(text.lower().split()))
    if spread is None:
        return Misunderstood(f"N can't take “{text.strip()}”: it takes a variance or a standard deviation")
    return NormalTakes(spread)


def _relations(text: str) -> Iterator[Instruction]:
    if not text.strip():
        yield Misunderstood("“let” needs a relation after it")
        return
    word = next((w for w in _words(text) if not _is_known(w)), None)
    if word is not None:
        yield Misunderstood(f"“{word}” is neither a letter nor the name of one; a longer name is written \\mathrm{{…}}")
        return
    root = parse(as_latex(text))
    if any(isinstance(n, Opaque) for n in walk(root)):
        yield Misunderstood(f"“{text.strip()}” can't be read")
        return
    for part in _parts(root):
        yield from _of_part(part) if isinstance(part, Chain) else [Misunderstood("each part must be a relation")]


def _parts(root: Lines) -> Iterator[Node]:
    for statement in root.statements:
        if isinstance(statement, Phrase):
            yield from statement.items
        else:
            yield statement


def _of_part(chain: Chain) -> Iterator[Instruction]:
    if any(isinstance(item, Gap) for item in chain.items):
        yield Misunderstood("one side of the relation is missing")
        return
    signs = {r.sign for r in chain.relations}
    first, second = chain.items[0], chain.items[1]
    if len(chain.relations) == 1 and signs <= {"=", "∼", ":="} and (law := _law(first, second, "∼" not in signs)):
        yield law
    elif len(chain.relations) == 1 and signs <= {"=", ":="}:
        yield Binds(first, second) if is_name(first) else Misunderstood("the left side of “=” must be a name")
    elif signs == {"∈"} and len(chain.relations) == 1:
        yield _member(first, second)
    elif signs <= {"<", "≤", ">", "≥"}:
        yield _bounded(chain)
    else:
        yield Misunderstood(f"nothing can be said with {' and '.join(sorted(signs))} yet")


def _law(name: Node, right: Node, density: bool) -> HasLaw | None:
    """X ∼ Normal(μ, σ²); after = a single capital letter before a bracket is a function."""
    if not is_name(name) or not isinstance(right, Call) or not isinstance(right.head, Sym):
        return None
    family = right.head.name
    if not isinstance(right.fence, Fence) or not (_LAW.fullmatch(family) or (family == "N" and not density)):
        return None
    return HasLaw(name, family, right, density)


def _bounded(chain: Chain) -> Instruction:
    names = [item for item in chain.items if is_name(item)]
    if len(names) != 1 or len(chain.items) > 3:
        return Misunderstood("a bound is put to one name by numbers: σ > 0, 0 < p < 1")
    pairs = tuple(Pair(chain.items[i], r, chain.items[i + 1], i) for i, r in enumerate(chain.relations))
    if any(is_name(p.left) is is_name(p.right) for p in pairs):
        return Misunderstood("a bound is put to one name by numbers: σ > 0, 0 < p < 1")
    return Domain(names[0], pairs)


def _member(name: Node, of: Node) -> Instruction:
    if not is_name(name):
        return Misunderstood("the left side of “in” must be a name")
    base = of.base if isinstance(of, Script) else of
    if isinstance(base, Sym) and base.name in ("N", "Z", "R", "ℕ", "ℤ", "ℝ"):
        return _in_numbers(name, base.name, _mark(of))
    if isinstance(of, Fence) and isinstance(of.body, Phrase) and len(of.body.items) == 2 and of.open in ("[", "("):
        low, high = of.body.items
        above = _pair(name, "≥" if of.open == "[" else ">", low)
        below = _pair(name, "≤" if of.close == "]" else "<", high)
        return Domain(name, tuple(p for p in (above, below) if not _is_infinite(p.right)))
    return Misunderstood("a set is N, Z, R, R+ or an interval such as [0, 1]")


def _mark(node: Node) -> str:
    marks = (node.sup, node.sub) if isinstance(node, Script) else ()
    return "+" if any(isinstance(m, Sym) and m.name == "+" for m in marks) else ""


def _in_numbers(name: Node, letter: str, mark: str) -> Domain:
    whole = letter not in "Rℝ"
    positive = letter in "Nℕ" or mark == "+"
    bounds = (_pair(name, "≥" if letter in "Nℕ" and not mark else ">", Num(0, 0, "0")),) if positive else ()
    return Domain(name, bounds, whole)


def _pair(name: Node, sign: str, bound: Node) -> Pair:
    return Pair(name, Relation(0, 0, sign, sign), bound, 0)


def _is_infinite(node: Node) -> bool:
    return any(isinstance(n, Sym) and n.name == "∞" for n in walk(node))


_GREEK = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho "
    "sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi "
    "Omega".split()
)
_WORDED = {
    "in": r"\in ", "inf": r"\infty ", "infinity": r"\infty ", "oo": r"\infty ",
    "log": r"\log ", "ln": r"\ln ", "exp": r"\exp ",
}  # fmt: skip
_BARE = re.compile(r"\\?[A-Za-z]{2,}")
_WORD = re.compile(r"\\(?:mathrm|operatorname|text|mathbf)\{[^{}]*\}|\\?[A-Za-z]{2,}")
_SIGNS = (("<=", r"\le "), (">=", r"\ge "), ("**", "^"), ("*", r"\cdot "), ("~", r"\sim "), ("R+", "R_+"))
_SCRIPT = re.compile(r"([_^])(\\[A-Za-z]+|[A-Za-z0-9]{2,})")
_AS_LAW = re.compile(r"(?<![\\\w{])(Gamma|Beta)\(")
_ROOT = re.compile(r"(?<!\\)sqrt\(([^()]*)\)")
_SET = re.compile(r"(?<=\\in )\s*([NZR])\b")


def as_latex(text: str) -> str:
    """A statement as LaTeX: ``sigma`` is σ, ``<=`` is ≤, ``x_12`` has the index 12."""
    for sign, latex in _SIGNS:
        text = text.replace(sign, latex)
    text = _AS_LAW.sub(r"\\mathrm{\1}(", text)
    text = _ROOT.sub(r"\\sqrt{\1}", text)
    text = _SCRIPT.sub(r"\1{\2}", text)
    text = _WORD.sub(lambda m: _worded(m[0]), text)
    return _SET.sub(r"\\mathbb{\1}", text)


def _worded(word: str) -> str:
    if word in _WORDED:
        return _WORDED[word]
    if word in _GREEK:
        return f"\\{word} "
    return f"\\mathrm{{{word}}}" if not word.startswith("\\") and _LAW.fullmatch(word) else word


def _words(text: str) -> Iterator[str]:
    """The bare words of a statement: those without a backslash that aren't inside the braces of a command."""
    plain = re.sub(r"\\[A-Za-z]+\s*(?:\{[^{}]*\})?", " ", text)
    return (m[0] for m in _BARE.finditer(re.sub(r"[_^][A-Za-z0-9]+|sqrt(?=\()", " ", plain)))


def _is_known(word: str) -> bool:
    return word in _GREEK or word in _WORDED or word in NAMED_WORDS or _LAW.fullmatch(word) is not None
