"""LaTeX to tokens: macros expanded, every token with its place in the source.

A token made by a macro carries the place of the macro's name; a token of an argument keeps its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from string import ascii_letters
from typing import NamedTuple

from errata.reading.blank_lines import BLANK_LINE, breaks
from errata.reading.document import Macro
from errata.reading.notation import NAMED_WORDS, NAMES, TAGS, TEXTS
from errata.reading.numbers import has_decimal_comma
from errata.reading.typed_functions import is_function, token_of
from errata.reading.typed_words import is_condition_word

MAX_TOKENS = 5_000
MAX_EXPANSIONS = 1_000
MAX_CHARACTERS = 100_000


class TooLarge(Exception):
    """The formula goes beyond what the reader takes on; the message says which bound and where it stands."""


class Token(NamedTuple):
    """One token. ``kind``: command, number, letter, word, text, name, tag, prime, or sign."""

    kind: str
    text: str
    start: int
    end: int
    spaced: bool
    """Whether blanks stand before it."""


_token: Callable[[tuple[str, str, int, int, bool]], Token] = partial(tuple.__new__, Token)
"""``Token`` from its fields as one tuple: tokens are made by the ten thousand."""
_BLANKS = " \t\r\n\u00a0\u2009\u200b"
_ALONE = (
    dict.fromkeys("{}()[]_^&+-,<>/;", "sign") | dict.fromkeys(_BLANKS, "space") | dict.fromkeys(ascii_letters, "letter")
)
"""Characters that are a token by themselves, or none, whatever follows; ``_TOKEN`` says the same of them. Only letters
may begin a named word."""

_TOKEN = re.compile(
    rf"(?P<space>[{_BLANKS}]+)"
    r"|(?P<command>\\(?:operatorname\*|[A-Za-z]+|[^A-Za-z]))"
    r"|(?P<number>\d+(?:\.\d+)?e-\d{1,2}(?![\w^_.])|\d+(?:(?:,(?:\\!)?|\{,\}(?:\\!)?|\\,)\d{3})+(?!\d)(?:\.\d+)?|\d+\.\d+|\.\d+"
    r"|\d+\.(?=[ ]*(?:[*/]|\\(?:cdot|times|div)\b))"
    r"|(?<![.] )\d+\.[ ]\d+(?![ ]*(?:[.,][ ]*\d|[\dA-Za-z\\(]))"
    r"|\d+(?:,|\{,\})\d+(?![,.]?\d)|\d+)"
    r"|(?P<letter>[A-Za-z\u0370-\u03ff])"
    r"|(?P<prime>['′’]+)"
    r"|(?P<code>`\{?(?:r|python|julia)\}? [^`\n]*`)"
    r"|(?P<sign>:=|=:|\|\||(?<!\d)\.\.\.|\.\.\.(?=\s*\\(?:times|cdot)\b)|.)",
    re.DOTALL,
)
"""Three full stops are an ellipsis; right after a digit only where a product goes on after them: 1/3 = 0.333... is as
good as 0.333, but 0.333... × 10 is no 0.333."""
_WORD = re.compile(r"[A-Za-z]{2,}")
_ROUNDED = re.compile(r"(?:\\approx|\\simeq|\\thickapprox|≈)\s*\d+,\d+(?![\d,])")
"""A number with a decimal comma that something is rounded to."""
_ROUGHLY = frozenset({r"\approx", r"\simeq", r"\thickapprox", "≈"})
_CALLS = re.compile(r"\s*(?:\\left\s*)?\(")
_DOLLARS = re.compile(r"(?<!\\)\$")
_COMMENT = re.compile(r"%[^\n]*\n")
_WITH_A_GROUP = {
    f"\\{name}": kind for names, kind in ((TAGS, "tag"), (NAMES, "name"), (TEXTS, "text")) for name in names
}
"""The commands that become one token with the group after them, and its kind."""


def tokenize(latex: str, macros: Mapping[str, Macro] | None = None) -> tuple[Token, ...]:
    """The tokens of a formula, blanks left out. Raises TooLarge."""
    if len(latex) > MAX_CHARACTERS:
        raise TooLarge(f"a formula of {len(latex):,} characters; at most {MAX_CHARACTERS:,} are read")
    tokens = _scan(latex)
    if "\n" in latex and BLANK_LINE.search(latex):
        for i in reversed(breaks(latex, [(t.text, t.start, t.end) for t in tokens])):
            tokens.insert(i, Token("command", "\\\\", tokens[i].start, tokens[i].start, False))
    if macros and any(t.kind == "command" and t.text[1:] in macros for t in tokens):
        tokens = _expand(tokens, macros)
    if len(tokens) > MAX_TOKENS:
        raise TooLarge(f"a formula of {len(tokens):,} tokens; at most {MAX_TOKENS:,} are read")
    return tuple(tokens)


def _scan(latex: str) -> list[Token]:
    out: list[Token] = []
    at, size, spaced = 0, len(latex), False
    match_at, alone, append = _TOKEN.match, _ALONE.get, out.append
    while at < size:
        text = latex[at]
        kind = alone(text)
        if kind == "space":
            at, spaced = at + 1, True
            continue
        if kind is not None:
            end = at + 1
            if kind == "letter" and end < size and "A" <= latex[end] <= "z" and (word := _named_word(latex, at)):
                (kind, text), end = token_of(word), at + len(word)
            append(_token((kind, text, at, end, spaced)))
            at, spaced = end, False
            continue
        m = match_at(latex, at)
        if m is None:  # pragma: no cover - the last alternative takes any character
            break
        kind, start, at = m.lastgroup or "sign", at, m.end()
        text = m.group()
        if kind == "letter":
            if at < size and "A" <= latex[at] <= "z" and (word := _named_word(latex, start)):
                (kind, text), at = token_of(word), start + len(word)
            append(_token((kind, text, start, at, spaced)))
        elif kind == "command" and text in _WITH_A_GROUP:
            token, at = _command(latex, text, start, at, spaced)
            if token.kind == "text" and token.text.count("$") > 1:
                out += _with_formulas(latex, token)
            else:
                append(token)
        elif kind == "code":
            append(_token(("name", f"texttt\0{text[1:-1]}", start, at, spaced)))
        elif kind == "number":
            token, at = _number(out, text, start, at, spaced, latex)
            append(token)
        elif text == "%" and (c := _COMMENT.match(latex, start)):
            at, spaced = c.end(), True
            continue
        else:
            append(_token((kind, text, start, at, spaced)))
        spaced = False
    if len(out) > MAX_TOKENS:
        raise TooLarge(f"a formula of more than {MAX_TOKENS:,} tokens")
    return out


def _named_word(latex: str, start: int) -> str | None:
    """A name that is typed as bare letters: MSE, the function of sign(x), and a doubled capital before a bracket,
    LL(θ), since a square would be written as one; and the word of a condition."""
    m = _WORD.match(latex, start)
    if m is None:
        return None
    word = m.group()
    named = word in NAMED_WORDS or is_function(latex, start, m.end()) or _is_doubled(latex, start, word)
    return word if named or is_condition_word(latex, start, m.end()) else None


def _is_doubled(latex: str, start: int, word: str) -> bool:
    doubled = len(word) == 2 and word.isupper() and word[0] == word[1] and not latex[start - 1 : start].isalpha()
    return doubled and _CALLS.match(latex, start + len(word)) is not None


def _command(latex: str, text: str, start: int, at: int, spaced: bool) -> tuple[Token, int]:
    """A command that takes the group after it along, where one stands there."""
    group = _group(latex, at)
    if group is not None:
        content, end = group
        return Token(_WITH_A_GROUP[text], f"{text[1:]}\0{content}", start, end, spaced), end
    return _token(("command", text, start, at, spaced)), at


_CALL_OF_A_FORMULA = re.compile(r"\s*([A-Za-z]+)\s*\($")


def _with_formulas(latex: str, token: Token) -> list[Token]:
    """Prose with formulas in it, \\text{if $x > 0$}, as its words and the tokens of its formulas.

    A word right before a bracket, \\text{SE($x$)}, is a name that is applied to its formula. Where the dollar signs
    aren't paired, the prose is kept as it is.
    """
    command, _, content = token.text.partition("\0")
    parts = _DOLLARS.split(content)
    start = latex.find(content, token.start, token.end)
    if len(parts) % 2 == 0 or start < 0:
        return [token]
    closed = len(parts) > 2 and parts[2].lstrip().startswith(")")
    call = _CALL_OF_A_FORMULA.match(parts[0]) if closed else None
    out: list[Token] = []
    for number, part in enumerate(parts):
        at = start + sum(map(len, parts[:number])) + number
        if number % 2:
            out += [_token((t.kind, t.text, t.start + at, t.end + at, t.spaced)) for t in _scan(part)]
        elif number == 0 and call:
            out.append(_token(("name", f"{command}\0{call[1]}", at, at + call.end(1), token.spaced)))
            out.append(_token(("sign", "(", at + call.end(1), at + len(part), False)))
        elif number == 2 and call:
            close = at + part.index(")")
            out.append(_token(("sign", ")", close, close + 1, False)))
            if rest := part[part.index(")") + 1 :]:
                out.append(_token(("text", f"{command}\0{rest}", close + 1, at + len(part), False)))
        elif part.strip():
            out.append(_token(("text", f"{command}\0{part}", at, at + len(part), token.spaced)))
    return out


def _group(latex: str, at: int) -> tuple[str, int] | None:
    """The raw text of a braced group that starts at or after ``at``, and its end."""
    while at < len(latex) and latex[at] in " \t\n*":
        at += 1
    if at >= len(latex) or latex[at] != "{":
        return None
    depth, i = 0, at
    while i < len(latex):
        c = latex[i]
        if c == "\\":
            i += 1
        elif c == "{":
            depth += 1
        elif c == "}":
            depth -= 1
            if depth == 0:
                return latex[at + 1 : i], i + 1
        i += 1
    return None


def _number(before: list[Token], text: str, start: int, at: int, spaced: bool, latex: str) -> tuple[Token, int]:
    """A number. A blank after its point isn't printed: 6. 2. Commas group thousands, unless the number stands in a
    bracketed list: (1,200) is a pair; or decimals follow them, where this is sure: 0,96, 12{,}5, and 12,46 ≈ 12,5, but
    not i = 0,1."""
    text = text.replace(" ", "")
    if "," in text and not _is_one_number(before, text, latex):
        text = text[: text.index(",")].rstrip("{\\")
        at = start + len(text)
    return _token(("number", text, start, at, spaced)), at


def _is_one_number(before: list[Token], text: str, latex: str) -> bool:
    """Whether a number with a comma is no list of several."""
    if r"\!" in text:
        return True  # what draws the groups together
    if not has_decimal_comma(text):
        return re.search(r",\}?0", text) is not None or not _in_brackets(before)
    if "{" in text:
        return True
    sure = re.match(r"0,\d{2}", text) is not None or (before and before[-1].text in _ROUGHLY) or _ROUNDED.search(latex)
    return bool(sure) and not _in_brackets(before)


def _in_brackets(before: list[Token]) -> bool:
    depth = 0
    for t in reversed(before):
        if t.text in (")", "]", r"\}"):
            depth += 1
        elif t.text in ("(", "[", r"\{"):
            depth -= 1
            if depth < 0:
                return True
    return False


def _expand(tokens: list[Token], macros: Mapping[str, Macro]) -> list[Token]:
    stack = list(reversed(tokens))
    out: list[Token] = []
    expansions = 0
    while stack:
        token = stack.pop()
        macro = macros.get(token.text[1:]) if token.kind == "command" else None
        if macro is None:
            out.append(token)
            if len(out) > MAX_TOKENS:
                raise TooLarge(f"macros expand to more than {MAX_TOKENS:,} tokens")
            continue
        expansions += 1
        if expansions > MAX_EXPANSIONS or len(stack) > 4 * MAX_TOKENS:
            raise TooLarge(f"{token.text} expands without end")
        stack.extend(reversed(_body(token, macro, stack)))
    return out


def _body(call: Token, macro: Macro, stack: list[Token]) -> list[Token]:
    """The tokens that a call of a macro stands for; takes its arguments off the stack."""
    arguments: list[list[Token]] = []
    if macro.starred and stack and stack[-1].text == "*":
        stack.pop()
    if macro.optional is not None:
        arguments.append(_optional_argument(stack) or [_moved(t, call) for t in _scan(macro.optional)])
    while len(arguments) < macro.arity and stack:
        arguments.append(_argument(stack))
    out: list[Token] = []
    body = _scan(macro.body)
    i = 0
    while i < len(body):
        t = body[i]
        if t.text == "#" and i + 1 < len(body) and body[i + 1].kind == "number":
            digit = int(body[i + 1].text[0])
            out.append(Token("sign", "{", call.start, call.end, call.spaced))
            out.extend(arguments[digit - 1] if 0 < digit <= len(arguments) else [])
            out.append(Token("sign", "}", call.start, call.end, False))
            i += 2
            continue
        out.append(_filled(_moved(t, call), arguments))
        i += 1
    return out


def _filled(token: Token, arguments: list[list[Token]]) -> Token:
    """Arguments inside a text token are put in as text."""
    if token.kind not in ("text", "name", "tag") or "#" not in token.text:
        return token
    text = token.text
    for i, argument in enumerate(arguments, 1):
        text = text.replace(f"#{i}", "".join(t.text for t in argument))
    return token._replace(text=text)


def _moved(token: Token, call: Token) -> Token:
    return Token(token.kind, token.text, call.start, call.end, token.spaced)


def _argument(stack: list[Token]) -> list[Token]:
    first = stack.pop()
    if first.text != "{":
        return [first]
    depth, out = 1, []
    while stack:
        t = stack.pop()
        depth += (t.text == "{") - (t.text == "}")
        if depth == 0:
            break
        out.append(t)
    return out


def _optional_argument(stack: list[Token]) -> list[Token] | None:
    if not stack or stack[-1].text != "[":
        return None
    stack.pop()
    out = []
    while stack and stack[-1].text != "]":
        out.append(stack.pop())
    if stack:
        stack.pop()
    return out
