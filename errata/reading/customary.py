r"""Commands that notes of the field use and often define elsewhere: \E, \Var, \KL, \given, \iid, \RR, \cN, \vx.

A page may take its macros from a style file or a site that isn't at hand. What nearly every author means by such a
command is put in where the document itself doesn't define it; each use is said with the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from errata.reading.document import Macro

_COMMAND = re.compile(r"\\([A-Za-z]+|1)[ \t]*([{\[(_]?)")
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
    "independent": r"\perp\!\!\!\perp",
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
    "set": r"\left\{ #1 \right\}",
}
"""What a command with an argument in braces stands for."""
_SQUARE = frozenset({_MEANS})
_FONTS = (
    (re.compile(r"c[A-Z]"), "mathcal"),
    (re.compile(r"b[A-Zac-dg-hj-ln-z]"), "mathbf"),
    (re.compile(r"v[a-z]"), "mathbf"),
    (re.compile(r"m[A-Z]"), "mathbf"),
)
r"""\cL, \bx, \vx, \mX: a letter in a font, by the font's initial."""


def customary_macros(formulas: Iterable[str], defined: Mapping[str, Macro]) -> dict[str, Macro]:
    r"""Macros for the customary commands in the LaTeX of formulas that ``defined`` lacks.

    A command that takes its argument in braces at one place and not at another is left unread, and so is \V, which may
    be a vector, where no \E stands beside it.
    """
    uses: dict[str, set[bool]] = {}
    for latex in formulas:
        for use in _COMMAND.finditer(latex):
            uses.setdefault(use[1], set()).add(use[2] == "{")
    found: dict[str, Macro] = {}
    for name, braces in uses.items():
        known = len(braces) == 1 and name not in defined and (name != "V" or "E" in uses)
        macro = _macro(name, braces == {True}) if known else None
        if macro is not None:
            found[name] = macro
    return found


def _macro(name: str, braced: bool) -> Macro | None:
    if name in _AROUND:
        return Macro(name, 1, _AROUND[name]) if braced else None
    body = _PLAIN.get(name)
    if body is not None and braced and body.startswith((r"\mathbb{E", r"\mathbb{P", r"\operatorname", r"\mathrm{H")):
        opening, closing = ("[", "]") if body in _SQUARE else ("(", ")")
        return Macro(name, 1, rf"{body}\left{opening} #1 \right{closing}")
    if body is not None:
        return None if braced else Macro(name, 0, body)
    font = next((font for shape, font in _FONTS if shape.fullmatch(name)), None)
    return None if font is None or braced else Macro(name, 0, rf"\{font}{{{name[1]}}}")


def said_of(latex: str, macros: Mapping[str, Macro]) -> tuple[str, ...]:
    """One sentence for each customary command in a formula, ``macros`` being those that were put in."""
    used = dict.fromkeys(use[1] for use in _COMMAND.finditer(latex) if use[1] in macros)
    return tuple(f"\\{name} is defined nowhere; it is read as {macros[name].body.replace('#1', '…')}" for name in used)
