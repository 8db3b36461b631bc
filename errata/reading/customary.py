r"""Commands that notes of the field use and often define elsewhere: \E, \Var, \KL, \given, \iid, \RR, \cN, \vx.

A page may take its macros from a style file or a site that isn't at hand. What nearly every author means by such a
command is put in where the document itself doesn't define it; each use is said with the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from errata.reading.document import Macro
from errata.reading.notation import ACCENTS, GREEK, LETTERS, OPERATORS, PREFIXES

_COMMAND = re.compile(r"\\([A-Za-z]+|1)[ \t]*(\*?(?:\[\\[bB]igg?[lr]?\])?\{|[\[(_]?)")
_BLANK = re.compile(r"#\d")
_MEANS = r"\mathbb{E}"
_PLAIN: Mapping[str, str] = {
    **dict.fromkeys(("E", "EE", "Ex", "expect", "Expect"), _MEANS),
    **dict.fromkeys(("V", "Var", "var"), r"\operatorname{Var}"),
    **dict.fromkeys(("Cov", "cov"), r"\operatorname{Cov}"),
    **dict.fromkeys(("Corr", "corr"), r"\operatorname{Corr}"),
    **dict.fromkeys(("KL", "kl"), r"\operatorname{KL}"),
    **dict.fromkeys(("Prob", "prob", "PP"), r"\mathbb{P}"),
    **dict.fromkeys(("imp", "impl"), r"\implies"),
    **{f"{letter}{letter}": rf"\mathbb{{{letter}}}" for letter in "RZNQC"},
    "H": r"\mathrm{H}",
    "Normal": r"\mathcal{N}",
    "given": r"\mid",
    "eqv": r"\iff",
    "dist": r"\sim",
    "iid": r"\overset{\text{iid}}{\sim}",
    **dict.fromkeys(("independent", "indep", "indy", "ci", "CI", "bigCI", "dsep"), r"\perp\!\!\!\perp"),
    **dict.fromkeys(("dif", "diff", "ud"), r"\mathrm{d}"),
    **dict.fromkeys(("tran", "trans", "transpose", "tp"), r"\top"),
    "eps": r"\epsilon",
    "dd": r"\mathrm{d}",
    "T": r"\top",
    "ELBO": r"\text{ELBO}",
    "MSE": r"\text{MSE}",
}
"""What a command stands for that is followed by no brace."""
_AROUND: Mapping[str, str] = {
    "abs": r"\left| #1 \right|",
    "norm": r"\left\| #1 \right\|",
    "floor": r"\left\lfloor #1 \right\rfloor",
    "ceil": r"\left\lceil #1 \right\rceil",
    **dict.fromkeys(("set", "sets", "braces", "brace"), r"\left\{ #1 \right\}"),
    **dict.fromkeys(("parens", "paren", "prn"), r"\left( #1 \right)"),
    **dict.fromkeys(("bracks", "brackets", "bracket", "brac"), r"\left[ #1 \right]"),
}
"""What a command with an argument in braces stands for, of whatever size its brackets are."""
_SQUARE = frozenset({_MEANS})
_LETTER = "|".join(("[A-Z]", "[a-z]", *sorted(GREEK)))
_FONTS = (
    (re.compile(r"c[A-Z]"), "mathcal"),
    (re.compile(rf"b(?!m$|e$|f$|ig$)(?:{_LETTER})"), "mathbf"),
    (re.compile(rf"v(?:{_LETTER})"), "mathbf"),
    (re.compile(rf"m(?:[A-Z]|{'|'.join(sorted(GREEK))})"), "mathbf"),
)
r"""\cL, \bx, \vx, \mX: a letter in a font, by the font's initial."""


_INITIAL = re.compile(rf"V(?:[a-z]|{'|'.join(sorted(GREEK))})|M[A-Z]")
SEVERAL = 3
"""Names of one make that show a habit."""
_TAKEN = frozenset(GREEK) | frozenset(LETTERS) | frozenset(OPERATORS) | frozenset(PREFIXES) | frozenset(ACCENTS)
"""Commands that stand for something of their own: \\beta is no bold eta."""


def customary_macros(formulas: Iterable[str], defined: Mapping[str, Macro]) -> dict[str, Macro]:
    r"""Macros for the customary commands in the LaTeX of formulas that ``defined`` lacks.

    A command that takes its argument in braces at one place and not at another is left unread, and so is \V, which may
    be a vector, where no \E stands beside it.
    """
    uses: dict[str, set[bool]] = {}
    for latex in formulas:
        for use in _COMMAND.finditer(latex):
            uses.setdefault(use[1], set()).add(use[2].endswith("{"))
    open_ = [name for name, braces in uses.items() if name not in defined and braces == {False}]
    found: dict[str, Macro] = _by_initials(open_)
    for name, braces in uses.items():
        known = len(braces) == 1 and name not in defined and (name != "V" or "E" in uses)
        macro = _macro(name, braces == {True}) if known else None
        if macro is not None:
            found[name] = macro
    return found


def _macro(name: str, braced: bool) -> Macro | None:
    if name in _AROUND:
        return Macro(name, 2, _AROUND[name].replace("#1", "#2"), "", starred=True) if braced else None
    body = _PLAIN.get(name)
    if body is not None and braced and body.startswith((r"\mathbb{E", r"\mathbb{P", r"\operatorname", r"\mathrm{H")):
        opening, closing = ("[", "]") if body in _SQUARE else ("(", ")")
        return Macro(name, 1, rf"{body}\left{opening} #1 \right{closing}")
    if body is not None:
        return None if braced else Macro(name, 0, body)
    font = None if braced or name in _TAKEN else next((f for shape, f in _FONTS if shape.fullmatch(name)), None)
    return None if font is None else _in_font(name, font)


def _in_font(name: str, font: str) -> Macro:
    letter = name[1:]
    if letter in GREEK:
        return Macro(name, 0, rf"\boldsymbol{{\{letter}}}")
    return Macro(name, 0, rf"\{font}{{{letter}}}")


def _by_initials(names: Iterable[str]) -> dict[str, Macro]:
    r"""\Vx, \Vy, \MA: a letter in bold by the capital initial of vectors and matrices, where a page has several."""
    found = [name for name in names if _INITIAL.fullmatch(name)]
    return {name: _in_font(name, "mathbf") for name in found} if len(found) >= SEVERAL else {}


def said_of(latex: str, macros: Mapping[str, Macro]) -> tuple[str, ...]:
    """One sentence for each customary command in a formula, ``macros`` being those that were put in."""
    used = dict.fromkeys(use[1] for use in _COMMAND.finditer(latex) if use[1] in macros)
    read = {name: _BLANK.sub("…", macros[name].body) for name in used}
    return tuple(f"\\{name} is defined nowhere; it is read as {body}" for name, body in read.items())
