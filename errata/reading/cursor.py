"""A place in the tokens of a formula, with the brackets that are open there."""

from __future__ import annotations

from collections.abc import Sequence

from errata.reading.differentials import equates_differentials
from errata.reading.lexer import Token, TooLarge

MAX_DEPTH = 50
END = Token("end-of-formula", "", 0, 0, False)


class Cursor:
    """Reads tokens forward only: what has been taken once can't be taken again."""

    __slots__ = (
        "applied", "at", "at_names", "bound", "called", "calls", "closers", "depth", "functions", "integrals",
        "last_end", "matrices", "multiplied", "numbers", "of_differentials", "probabilities", "size", "slashed",
        "tight_bars", "tokens", "values",
    )  # fmt: skip

    def __init__(
        self, tokens: Sequence[Token], called: frozenset[str] = frozenset(), functions: frozenset[str] = frozenset()
    ) -> None:
        """``called`` holds names that are functions in this formula, whatever their bracket looks like; ``functions``
        those that are functions of a lone number in brackets.
        """
        self.tokens = list(tokens)
        self.size = len(self.tokens)
        self.at = 0
        self.last_end = 0
        self.depth = 0
        self.closers: list[str] = []
        self.integrals = 0
        self.of_differentials = equates_differentials(self.tokens)
        """Whether the formula equates differentials, as dx = f(x) dt."""
        self.tight_bars = True
        self.bound: list[str] = []
        """The index of each sum and product whose body is being read."""
        letters = [i for i, t in enumerate(self.tokens) if t.kind == "letter"]
        texts = [*(t.text for t in self.tokens), "", "", "", ""]
        self.slashed = "/" in texts
        """Whether a slash stands anywhere in the formula."""
        self.applied = _applied(texts, letters)
        self.matrices = _matrices(self.tokens, texts, letters, self.applied)
        """Capitals that are transposed, inverted or have a determinant somewhere in the formula."""
        self.probabilities = _probabilities(self.tokens, texts, letters)
        """Letters that a number is added to or taken from somewhere in the formula: 1 − p."""
        self.values = _values(self.tokens, texts, letters)
        """Letters, with their index, that stand somewhere in the formula without a bracket after them."""
        self.at_names = _at_names(texts, letters) - self.values
        """Letters that are applied to a name wherever they stand, somewhere without a power: c(x) c(y)^2."""
        self.called = called
        self.functions = functions
        self.calls: set[str] = set()
        """Ordinary letters that were taken for functions, by what stands in their bracket."""
        self.multiplied: set[str] = set()
        """Ordinary letters that were taken for factors before a bracket, by what stands in it."""
        self.numbers: set[str] = set()
        """Letters of laws that were taken for the numbers p_1, …, p_K."""

    def peek(self) -> Token:
        try:  # this is asked more often than anything else
            return self.tokens[self.at]
        except IndexError:
            return END

    def ahead(self, n: int = 1) -> Token:
        return self.tokens[self.at + n] if self.at + n < self.size else END

    def take(self) -> Token:
        if self.at >= self.size:
            return END
        token = self.tokens[self.at]
        self.at += 1
        self.last_end = token.end
        return token

    def accept(self, text: str) -> Token | None:
        return self.take() if self.peek().text == text and self.at < self.size else None

    def done(self) -> bool:
        return self.at >= self.size

    def split_number(self) -> Token:
        """Takes the first digit of a number: a TeX argument without braces is one token."""
        token = self.tokens[self.at]
        if len(token.text) == 1:
            return self.take()
        first = Token("number", token.text[0], token.start, token.start + 1, token.spaced)
        rest = token.text[1:]
        start = token.start + 1 if token.end - token.start == len(token.text) else token.start
        self.tokens[self.at] = Token(
            "number" if rest[0] != "." or len(rest) > 1 else "sign", rest, start, token.end, False
        )
        self.last_end = first.end
        return first

    def deeper(self) -> None:
        """Goes one level down. Raises TooLarge beyond the bound."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise TooLarge(f"more than {MAX_DEPTH} levels of nesting")

    def enter(self, closer: str) -> tuple[int, bool, list[str]]:
        """Opens a bracket; what it returns is for ``leave``."""
        saved = (self.integrals, self.tight_bars, self.bound)
        self.closers.append(closer)
        self.integrals, self.tight_bars, self.bound = 0, False, []
        return saved

    def leave(self, saved: tuple[int, bool, list[str]]) -> None:
        self.closers.pop()
        self.integrals, self.tight_bars, self.bound = saved


def _matrices(
    tokens: Sequence[Token], texts: Sequence[str], letters: Sequence[int], functions: frozenset[str]
) -> frozenset[str]:
    """The capitals in A^T, A^{-1}, x^T A y and |A|, with their index in C_1^T: none of them is a function of what
    stands in a bracket after it. ``functions`` are letters that are none."""
    out = set()
    for i in letters:
        text = texts[i]
        if not text.isupper() or text in functions:
            continue
        after = after_index(tokens, i + 1) if texts[i + 1] == "_" else i + 1
        raised = texts[after] == "^"
        inverted = raised and inverts(tokens, after) and text not in "FGQH"
        between = after < len(tokens) and tokens[after].kind == "letter" and _was_transposed(texts, i)
        if inverted or between or (raised and transposes(tokens, after)):
            out.add(bare("".join(texts[i:after])))
        elif texts[i - 1 : i] in _BARS and texts[i + 1 : i + 2] in _BARS:
            out.add(text)
    return frozenset(out)


def _applied(texts: Sequence[str], letters: Sequence[int]) -> frozenset[str]:
    """The letters with a bracket after them that holds one sign: none of them is a matrix where it is inverted."""
    return frozenset([texts[i] for i in letters if texts[i + 1] == "(" and texts[i + 3] == ")"])


def _at_names(texts: Sequence[str], letters: Sequence[int]) -> frozenset[str]:
    """The letters with a bracket after them that holds one sign and has no power: no factor is written so."""
    plain = {texts[i] for i in letters if texts[i + 1] == "(" and texts[i + 3] == ")" and texts[i + 4] != "^"}
    sized = {
        texts[i]
        for i in letters
        if texts[i + 1 : i + 3] == [r"\left", "("] and texts[i + 4 : i + 6] == [r"\right", ")"] and texts[i + 6] != "^"
    }
    return frozenset(plain | sized)


def bare(latex: str) -> str:
    """A name without spaces and braces, so that C_{1} and C_1 are one."""
    return latex.translate({ord(sign): None for sign in " {}"})


def after_index(tokens: Sequence[Token], at: int) -> int:
    """Where the tokens after an index go on, if one begins at ``at``: of one sign, or of one in braces."""
    texts = [t.text for t in tokens[at : at + 4]]
    if texts[:1] != ["_"] or len(texts) < 2:
        return at
    if texts[1] != "{":
        return at + 2
    return at + 4 if texts[3:] == ["}"] else at


def after_script(tokens: Sequence[Token], at: int) -> int:
    """Where the tokens after the script that stands at ``at`` go on."""
    depth = 0
    while at < len(tokens):
        depth += (tokens[at].text == "{") - (tokens[at].text == "}")
        at += 1
        if depth == 0:
            break
    return at


def transposes(tokens: Sequence[Token], at: int) -> bool:
    """Whether a superscript that transposes begins here."""
    after = [t.text for t in tokens[at : at + 6]]
    return after[:1] == ["^"] and (
        after[1:2] in ([r"\top"], [r"\intercal"]) or r"\top" in after[1:4] or "".join(after[1:5]) in _TRANSPOSED
    )


def _was_transposed(texts: Sequence[str], at: int) -> bool:
    """Whether a superscript that transposes ends right before ``at``."""
    return any(texts[at - len(sup) : at] == list(sup) for sup in _TRANSPOSING if at >= len(sup))


def inverts(tokens: Sequence[Token], at: int) -> bool:
    """Whether the superscript −1 begins here."""
    return "".join(t.text for t in tokens[at : at + 5]).startswith(("^{-1}", "^{−1}"))


def _probabilities(tokens: Sequence[Token], texts: Sequence[str], letters: Sequence[int]) -> frozenset[str]:
    """The letters in 1 − p and 1 + t: none of them is a function of a sum in a bracket after it."""
    added = [i for i in letters if i > 1 and texts[i - 1] in _ADDS]
    return frozenset([texts[i] for i in added if tokens[i - 2].kind == "number"])


def _values(tokens: Sequence[Token], texts: Sequence[str], letters: Sequence[int]) -> frozenset[str]:
    """The letters, each with a one-sign index or without one, that no bracket follows somewhere: d_1 in d_1 − x."""
    out = set()
    for i in letters:
        if i and texts[i - 1] == "_":
            continue
        after = i + 3 if texts[i + 1] == "_" and texts[i + 2] not in ("", "{") else i + 1
        follows = texts[after]
        if follows in _APPLIES:
            continue
        if follows != "^" or texts[after_script(tokens, after + 1)] not in ("(", "[", r"\left"):
            out.add("".join(texts[i:after]))
    return frozenset(out)


_ADDS = frozenset({"+", "-", "−"})
_APPLIES = frozenset({"(", "[", "_", r"\left"})
_TRANSPOSED = (r"\mathrm{T}", r"{\mathrm{T}", "T", "{T}")
_TRANSPOSING = tuple(
    tuple(superscript.split())
    for superscript in (
        r"^ \top", r"^ { \top }", r"^ \intercal", "^ T", "^ { T }", r"^ \mathrm { T }", r"^ { \mathrm { T } }",
    )
)  # fmt: skip
"""The superscripts that transpose, as tokens."""
_BARS = (["|"], [r"\lvert"], [r"\rvert"], [r"\vert"])
