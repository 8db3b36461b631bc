"""Where the letter d is no factor: dx under an integral, dy/dx, and dx = f(x) dt."""

from __future__ import annotations

from collections.abc import Sequence

from errata.reading.lexer import Token
from errata.reading.notation import ACCENTS, GREEK, STYLES

_LEFT_SIDE = 9
"""Tokens that the dx before an equals sign may take: d, a style, braces, a letter, an index."""


def differential_at(tokens: Sequence[Token], at: int) -> bool:
    """Whether dx stands at a place: d, roman or not, right before a symbol."""
    if at >= len(tokens):
        return False
    t, i = tokens[at], at + 1
    if (t.kind == "letter" and t.text == "d") or (t.kind in ("text", "name") and t.text.endswith("\0d")):
        pass
    elif _is_upright(tokens[at : at + 4]):
        i += 3
    else:
        return False
    if i >= len(tokens):
        return False
    u = tokens[i]
    return (
        _is_letter(u)
        or u.text[1:] in STYLES
        or u.text[1:] in ACCENTS
        or (u.text == "^" and i + 1 < len(tokens) and tokens[i + 1].kind in ("letter", "number"))
    )


def _is_upright(tokens: Sequence[Token]) -> bool:
    """\\mathrm{d} and {\\rm d}."""
    return [t.text for t in tokens] in (
        [r"\mathrm", "{", "d", "}"], [r"\rm", "{", "d", "}"], ["{", r"\rm", "d", "}"]
    )  # fmt: skip


def in_quotient(tokens: Sequence[Token], at: int) -> bool:
    """Whether the d at a place is one of the two in dy/dx."""
    above = _is_plain(tokens, at) and [t.text for t in tokens[at + 2 : at + 3]] == ["/"] and _is_plain(tokens, at + 3)
    below = at >= 3 and tokens[at - 1].text == "/" and _is_plain(tokens, at) and _is_plain(tokens, at - 3)
    return above or below


def equates_differentials(tokens: Sequence[Token]) -> bool:
    """Whether a formula equates differentials: dx stands alone before its first equals sign, and another follows."""
    if not differential_at(tokens, 0):
        return False
    relation = next((i for i, t in enumerate(tokens) if t.text == "="), len(tokens))
    if relation > _LEFT_SIDE or any(t.text in "(/+-" for t in tokens[:relation]):
        return False
    return any(differential_at(tokens, i) for i in range(relation, len(tokens)))


def _is_plain(tokens: Sequence[Token], at: int) -> bool:
    """Whether a letter d and one letter after it stand at a place."""
    return at + 1 < len(tokens) and tokens[at].text == "d" and _is_letter(tokens[at + 1])


def _is_letter(t: Token) -> bool:
    return t.kind in ("letter", "word") or t.text[1:] in GREEK
