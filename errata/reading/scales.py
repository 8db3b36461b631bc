"""Powers of ten that words and units beside a number stand for: 2.1 billion, 185.6 GFLOPS, the 100th percentile."""

from __future__ import annotations

import re

from sympy import Integer, Rational

_WORDS = {"thousand": 3, "lakh": 5, "million": 6, "crore": 7, "billion": 9, "trillion": 12}
_WORD = re.compile(r"\s*(?P<word>thousand|lakh|million|crore|billion|trillion)s?\b", re.I)
_CHARACTERS = {"万": 4, "億": 8, "亿": 8, "兆": 12}
_LETTERS = {"k": 3, "K": 3, "M": 6, "B": 9, "G": 9, "T": 12}
_LETTER = re.compile(r"(?P<letter>[kKMBGT])(?![\w^({\\$])|(?P<character>[万億亿兆])", re.A)
"""A letter that stands for a power of ten right behind a number, and a character that is a word for one."""
_PREFIXES = {"n": -9, "µ": -6, "μ": -6, "u": -6, "m": -3, "k": 3, "K": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_UNIT = re.compile(
    r"\s*(?P<prefix>[nµμumkKMGTPE])(?P<binary>i?)"
    r"(?:FLOP[Ss]?(?:/s)?|flops?|Hz|W|Wh|V|A|eV|J|Pa|m|g|s|sec|(?P<memory>B|[Bb]ytes?|[Bb]its?|b|bps))(?![A-Za-z])"
)
_LONG = re.compile(
    r"\s*(?P<prefix>kilo|mega|giga|tera|peta|milli|micro|nano)(?P<memory>bytes?|bits?)?"
    r"(?:flops?|hertz|watts?|volts?|meters?|metres?|grams?|seconds?)?\b",
    re.I,
)
_OF_ITS_OWN = re.compile(r"(?:Hz|W|Wh|V|A|eV|J|Pa|m|g|s|sec|min|h|seconds?|minutes?|hours?|days?)(?![A-Za-z])")
"""A unit that nothing counts in without it, as a number of samples is none of seconds."""
_HUNDREDTHS = re.compile(r"\s*(?:%|per\s?cent\b|(?:th|st|nd|rd)[- ]percentiles?\b)", re.I)
_LONG_PREFIXES = {"kilo": 3, "mega": 6, "giga": 9, "tera": 12, "peta": 15, "milli": -3, "micro": -6, "nano": -9}


def scales_named(text: str) -> tuple[Rational, ...]:
    """What a number may have to be multiplied by for the words or the unit with which the text after it begins.

    Empty where it begins with neither. Of memory, 1 MB is a million bytes, or 1024² of them.
    """
    if word := _WORD.match(text):
        return (Integer(10) ** _WORDS[word["word"].lower()],)
    if _HUNDREDTHS.match(text):
        return (Rational(1, 100),)
    if unit := _UNIT.match(text):
        return _of_prefix(_PREFIXES[unit["prefix"]], unit["memory"] is not None)
    if unit := _LONG.match(text):
        return _of_prefix(_LONG_PREFIXES[unit["prefix"].lower()], unit["memory"] is not None)
    if letter := _LETTER.match(text.lstrip()):
        return (Integer(10) ** {**_LETTERS, **_CHARACTERS}[letter.group()],)
    return ()


def smaller_prefixes(text: str) -> tuple[Rational, ...]:
    """How many of a unit with a smaller prefix make one of the unit with which a text begins: 1000 MB, or 1024 of them,
    are a GB. Empty where it begins with no such unit."""
    unit = _UNIT.match(text)
    if unit is None:
        return ()
    power, memory = _PREFIXES[unit["prefix"]], unit["memory"] is not None
    return tuple(scale for less in range(3, power, 3) for scale in _of_prefix(less, memory))


def measures(text: str) -> bool:
    """Whether a text begins with a unit of time, length, mass, power …: 64 ms, 3 W."""
    bare = text.lstrip()
    unit = _UNIT.match(bare)
    return _OF_ITS_OWN.match(bare if unit is None else bare[unit.start("binary") :]) is not None


def _of_prefix(power: int, memory: bool) -> tuple[Rational, ...]:
    decimal = Integer(10) ** power
    return (decimal, Integer(1024) ** (power // 3)) if memory and power > 0 else (decimal,)
