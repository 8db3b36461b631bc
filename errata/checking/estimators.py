"""Estimators that the text calls unbiased: "the unbiased sample covariance is 1/(n−1) ∑ (x_i − x̄)(y_i − ȳ)".

Their expectation is taken over all samples of two and of three values from a law of two outcomes, exactly, and held
against the mean, the variance or the covariance of that law. An estimator that misses it there is biased.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from itertools import product

import sympy as sp

from claims.evidence import Agreement, Counterexample
from claims.verdict import LEAST_POINTS, Tried, Verdict, decide
from errata.checking.algebra import Found
from errata.reading.generic import Generic, lower_generic, whole_numbers
from errata.reading.names import is_name
from errata.reading.relations import Pair
from errata.reading.tree import Call, Node, Num, Script, Sym, walk
from errata.reading.vectors import Unlowered

SIZES = (2, 3)
DEVIATIONS = frozenset("sSσ")
"""Letters of standard deviations."""
_UNBIASED = re.compile(r"\bunbiased\b[^.;:]{0,60}?\b(co-?variance|variance|mean)\b", re.I)
_MATRIX = re.compile(r"\bmatri(?:x|ces)\b", re.I)
NEAR = 120
"""Characters before a formula in which the kind of its quantity is named."""
_OPENING = re.compile(r"(?:\$+|\\\[|\\\(|\\begin\{\w+\*?\})\s*$")
_QUANTITIES = re.compile(r"\b(?:(?:co-?)?variance|mean|deviation|covariance|skewness|kurtosis)", re.I)
_DENIED = re.compile(r"\b(?:biased|not|n't|never|neither|asymptotically|known mean|weighted|without)\b", re.I)
_PAIRS = ((Fraction(0), Fraction(0)), (Fraction(2), Fraction(3)))
"""The two outcomes of the law, equally likely: the value of the first family, and that of the second. No value but zero
is its own square."""


def judge_unbiased(pair: Pair, prose: str) -> Found | None:
    """The verdict on an estimator that the sentence before it calls unbiased; None where it isn't one."""
    said = _said(prose)
    if said is None or pair.position or pair.relation.sign not in ("=", ":=", "≡"):
        return None
    if not (is_name(pair.left) or isinstance(pair.left, Call | Script)) or not _may_name(pair.left, said, prose):
        return None
    try:
        found = {size: _expected(pair.right, size) for size in SIZES}
    except (Unlowered, TypeError, ValueError):
        return None
    tried = 0
    for size, (value, families) in found.items():
        wanted = _wanted(said, families)
        if wanted is None:
            return None
        if value is not None and value != wanted:
            return _biased(said, families, size, value, wanted)
        tried += 2**size
    if any(value is None for value, _ in found.values()):
        return None
    by = Agreement("samples", max(tried, LEAST_POINTS), 30, f"its mean over all samples of {SIZES[0]} and {SIZES[-1]}")
    return Found(decide([Tried(None, (by,))]), ("the sample is drawn independently",), True)


def _may_name(left: Node, said: str, prose: str) -> bool:
    """Whether a name may stand for an estimator: a number above it is the square of a variance, s² and no s³, and an s
    without one is a deviation, unless the sentence speaks of a matrix."""
    power = left.sup if isinstance(left, Script) else None
    if said == "variance" and power is None and is_name(left) and _letter(left) in DEVIATIONS:
        return _MATRIX.search(prose[-NEAR:]) is not None
    return not isinstance(power, Num) or (power.text == "2" and said == "variance")


def _letter(name: Node) -> str:
    return next((n.name for n in walk(name) if isinstance(n, Sym)), "")


def _said(prose: str) -> str | None:
    """The quantity that the last sentence says is estimated without bias, if it speaks of no other."""
    sentence = re.split(r"(?<=[.!?])\s|\n\s*\n", _OPENING.sub("", prose).rstrip())[-1]
    found = list(_UNBIASED.finditer(sentence))
    named: set[str] = {word.lower().replace("-", "") for word in _QUANTITIES.findall(sentence)}
    if not found or len(named) != 1 or _DENIED.search(sentence):
        return None
    return next(iter(named))


def _wanted(said: str, families: int) -> Fraction | None:
    """What is estimated, of the law of two outcomes: its mean, its variance or its covariance."""
    (x, y), (u, v) = _PAIRS
    if said == "mean":
        return (x + u) / 2 if families == 1 else None
    if families == 1:
        return (u - x) ** 2 / 4
    return (u - x) * (v - y) / 4 if families == 2 else None


def _expected(node: Node, size: int) -> tuple[Fraction | None, int]:
    """The mean of an expression over all samples of a size, and how many families of values are in it; None where it
    has no value, as 1/(n − 2) has none for two. Raises Unlowered."""
    counted = whole_numbers(node, node)[0]
    if len(counted) != 1:
        raise Unlowered("no one sample size")
    generic = Generic(dict.fromkeys(counted, size))
    e = lower_generic(node, generic)
    if not isinstance(e, sp.Expr) or generic.uninterpreted or generic.marked:
        raise Unlowered("not an expression of samples alone")
    named = {str(s).partition("[")[0] for s in e.free_symbols if "[" in str(s)}
    families = sorted(named | set(generic.means.values()))
    bars = {sp.Symbol(bar, real=True): base for bar, base in generic.means.items()}
    members = {f"{f}[{i}]" for f in families for i in range(1, size + 1)}
    if not 1 <= len(families) <= 2 or {str(s) for s in e.free_symbols - set(bars)} - members:
        raise Unlowered("other names stand in it")
    if any(base not in families for base in bars.values()):
        raise Unlowered("a mean of something else")
    total = sp.Integer(0)
    for sample in product(_PAIRS, repeat=size):
        total += e.xreplace(_at(sample, families, bars))
    mean = sp.nsimplify(total / 2**size)
    if mean.has(sp.zoo, sp.nan, sp.oo):
        return None, len(families)
    if not mean.is_Rational:
        raise Unlowered("no rational value")
    return Fraction(int(mean.p), int(mean.q)), len(families)


def _at(
    sample: tuple[tuple[Fraction, Fraction], ...], families: list[str], bars: Mapping[sp.Symbol, str]
) -> dict[sp.Basic, sp.Basic]:
    """The values of the members of each family, and of their means."""
    columns = {f: [_rational(values[k]) for values in sample] for k, f in enumerate(families)}
    out: dict[sp.Basic, sp.Basic] = {bar: sum(columns[f]) / len(sample) for bar, f in bars.items()}
    for f, column in columns.items():
        out |= {sp.Symbol(f"{f}[{i}]", real=True): value for i, value in enumerate(column, 1)}
    return out


def _rational(value: Fraction) -> sp.Expr:
    return sp.Rational(value.numerator, value.denominator)


def _biased(said: str, families: int, size: int, value: Fraction, wanted: Fraction) -> Found:
    outcomes = "(0, 0) and (2, 3), equally likely" if families > 1 else "0 and 2, equally likely"
    message = f"over all samples of {size} from {outcomes} its mean is {value}, and the law has {wanted}"
    by = Counterexample("samples", (("n", str(size)),), str(value), str(wanted), message, True, True)
    verdict: Verdict = decide([Tried(None, (by,))])
    return Found(verdict, (), True, message)
