"""Where a density lives, as notes state it: 0 ≤ x ≤ 1, x ∈ [a, b], x ∈ {0, 1, …, n}, x = 0, 1, 2, …, cases."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.records import Record
from errata.reading.calculus import infinite
from errata.reading.families.deciding import plain_cases
from errata.reading.names import key
from errata.reading.tree import Chain, Dots, Fence, Grid, Group, Node, Num, Phrase, Script, Sym, Text
from errata.reading.words import words

ZERO, ONE = Num(0, 0, "0"), Num(0, 0, "1")
_BELOW, _ABOVE = ("<", "≤"), (">", "≥")


class Support(Record):
    """A range of real or whole numbers; a limit is None where it is infinite. ``said`` is how it was stated."""

    low: Node | None
    high: Node | None
    whole: bool
    said: str


class Law(Record):
    """What text calls a law, and where every law of that name lives."""

    name: str
    support: Support


def stated_support(conditions: Sequence[Node], variable: str) -> Support | None:
    """The range of a variable that the parts of a statement beside the density give; None where none or several do."""
    found = [s for i, c in enumerate(conditions) if (s := _of_condition(c, conditions[i + 1 :], variable)) is not None]
    return found[0] if len(found) == 1 else None


def set_support(node: Node) -> Support | None:
    """The range that a set names by itself: [0, 1], (0, ∞), {0, 1, …, n}, ℝ."""
    return _of_set(node, words(node))


def in_cases(node: Node, variable: str) -> tuple[Node, Support] | None:
    """The one case of a density that is not zero, with its range; None where a density is written otherwise."""
    grid = node.body if isinstance(node, Fence) and node.open in (r"\{", r"\lbrace") else node
    if not isinstance(grid, Grid) or not ("cases" in grid.environment or isinstance(node, Fence)):
        return None
    rows = [(_bare(row[0]), [n for cell in row[1:] for n in _parts(cell)]) for row in grid.rows if len(row) > 1]
    if len(rows) != len(grid.rows):
        return None
    positive = [(value, conditions) for value, conditions in rows if not _is_zero(value)]
    if len(positive) != 1:
        return None
    value, conditions = positive[0]
    support = stated_support(conditions, variable)
    return None if support is None else (value, support)


def in_pieces(node: Node, variable: str) -> tuple[tuple[Node, Support], ...]:
    """The cases of a density that are not zero, each with its range; empty where one can't be told, or where some are
    ranges of real numbers and others of whole ones."""
    rows = plain_cases(node)
    positive = [case for case in rows if not _is_zero(case.value)]
    ranges = [_of_piece(case.conditions, variable) for case in positive]
    known = [(case.value, r) for case, r in zip(positive, ranges, strict=True) if r is not None]
    if len(known) != len(positive) or len({r.whole for _, r in known}) != 1:
        return ()
    return tuple(known)


def _of_piece(conditions: Sequence[Chain], variable: str) -> Support | None:
    """The range of one of several rows: also all below a bound, and a single value."""
    if len(conditions) != 1:
        return None
    (chain,) = conditions
    if len(chain.relations) == 1 and key(chain.items[0]) == variable:
        other, sign = chain.items[1], chain.relations[0].sign
        if sign in _BELOW:
            return Support(None, _finite(other), False, words(chain))
        if sign == "=":
            whole = isinstance(other, Num) and other.text.isdigit()
            return Support(other, other, True, words(chain)) if whole else None
    return _of_condition(chain, (), variable)


def named_law(prose: str) -> Law | None:
    """The one law with a known support that a text names; None where it names none, several, or a variant."""
    if _VARIANTS.search(prose):
        return None
    found = {name: law for name, pattern, law in _LAWS if pattern.search(prose)}
    if "beta-binomial" in found:
        found.pop("beta", None)
        found.pop("binomial", None)
    if "log-normal" in found:
        found.pop("normal", None)
    if "inverse gamma" in found:
        found.pop("gamma", None)
    if len(found) != 1:
        return None
    ((name, support),) = found.items()
    return Law(name, support)


def names_no_law(prose: str) -> bool:
    """Whether a text names no law, no variant of one either."""
    return _VARIANTS.search(prose) is None and not any(pattern.search(prose) for _, pattern, _ in _LAWS)


def _of_condition(node: Node, after: Sequence[Node], variable: str) -> Support | None:
    if not isinstance(node, Chain):
        return None
    signs = [r.sign for r in node.relations]
    names = [key(i) for i in node.items]
    said = words(node)
    if len(signs) == 2 and names[1] == variable:
        low, _, high = node.items
        if all(s in _BELOW for s in signs):
            return Support(_finite(low), _finite(high), False, said)
        return Support(_finite(high), _finite(low), False, said) if all(s in _ABOVE for s in signs) else None
    if len(signs) != 1 or variable not in names:
        return None
    first = names[0] == variable
    other, sign = node.items[1 if first else 0], signs[0]
    if sign == "∈" and first:
        return _of_set(other, said)
    if sign == "=" and first:
        return _listed([other, *after], said)
    if sign in (*_BELOW, *_ABOVE):
        upwards = (sign in _ABOVE) is first
        return Support(other, None, False, said) if upwards else None
    return None


def _of_set(node: Node, said: str) -> Support | None:
    base = node.base if isinstance(node, Script) else node
    if isinstance(base, Sym) and (base.font == "double" or base.name in "ℝℕ"):
        return _of_numbers(node, base.name, said)
    if not isinstance(node, Fence) or not isinstance(node.body, Phrase):
        return None
    inner = node.body
    if node.open in (r"\{", r"\lbrace"):
        return _listed(inner.items, said)
    if node.open in ("[", "(") and node.close in ("]", ")") and len(inner.items) == 2:
        low, high = inner.items
        return Support(_finite(low), _finite(high), False, said)
    return None


def _of_numbers(node: Node, name: str, said: str) -> Support | None:
    sub = key(node.sub) if isinstance(node, Script) and node.sub is not None else ""
    sup = key(node.sup) if isinstance(node, Script) and node.sup is not None else ""
    if name in "Rℝ" and not sub:
        return {"": Support(None, None, False, said), "+": Support(ZERO, None, False, said)}.get(sup)
    if name in "Nℕ" and not sup and sub in ("0", "+"):
        return Support(ZERO if sub == "0" else ONE, None, True, said)
    return None


def _listed(items: Sequence[Node], said: str) -> Support | None:
    """0, 1 and 0, 1, …, n and 1, 2, … and 1, 2, …, 6 as a range of whole numbers."""
    dots = [i for i, item in enumerate(items) if isinstance(item, Dots)]
    if len(dots) > 1:
        return None
    first, rest = (items[: dots[0]], items[dots[0] + 1 :]) if dots else (items, ())
    numbers = [int(i.text) for i in first if isinstance(i, Num) and i.text.isdigit()]
    if not numbers or len(numbers) < len(first) or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return None
    low = Num(0, 0, str(numbers[0]))
    if not dots:
        return Support(low, Num(0, 0, str(numbers[-1])), True, said) if len(numbers) > 1 else None
    return Support(low, rest[0] if rest else None, True, said) if len(rest) < 2 else None


def _parts(cell: Node) -> list[Node]:
    return [i for i in cell.items if not isinstance(i, Text)] if isinstance(cell, Phrase) else [cell]


def _bare(cell: Node) -> Node:
    """A cell without the comma after it."""
    parts = [i for i in _parts(cell) if not isinstance(i, Text)]
    return parts[0] if len(parts) == 1 else cell


def _is_zero(node: Node) -> bool:
    return isinstance(node, Num) and node.text == "0"


def _finite(node: Node) -> Node | None:
    inner = node.body if isinstance(node, Group) else node
    return None if infinite(inner) else inner


_LINE, _HALF = Support(None, None, False, "the real line"), Support(ZERO, None, False, "x > 0")
_UNIT, _COUNT = Support(ZERO, ONE, False, "0 < x < 1"), Support(ZERO, None, True, "x = 0, 1, 2, …")
_PAIR = Support(ZERO, ONE, True, "x = 0, 1")
_UP_TO_N = Support(ZERO, Sym(0, 0, "n", "", "n"), True, "x = 0, 1, …, n")


def _law(name: str, support: Support) -> tuple[str, re.Pattern[str], Support]:
    spelled = name.replace(" ", r"[\s-]+").replace("-", r"[\s-]*")
    return name, re.compile(rf"\b{spelled}(?:\s+|-)(?:\w+\s+)?(?:distribut|law|densit)", re.I), support


_LAWS = (
    _law("normal", _LINE), _law("Gaussian", _LINE), _law("t", _LINE), _law("Laplace", _LINE), _law("logistic", _LINE),
    _law("Cauchy", _LINE), _law("Gumbel", _LINE), _law("exponential", _HALF), _law("gamma", _HALF),
    _law("chi-squared?", _HALF), _law("F", _HALF), _law("inverse gamma", _HALF), _law("log-normal", _HALF),
    _law("Weibull", _HALF), _law("Rayleigh", _HALF), _law("beta", _UNIT), _law("Poisson", _COUNT),
    _law("binomial", _UP_TO_N), _law("beta-binomial", _UP_TO_N), _law("Bernoulli", _PAIR),
)  # fmt: skip
_VARIANTS = re.compile(
    r"multivariate|bivariate|matrix|truncated|non-?central|\bnegative[\s-]+binomial|shifted|generali[sz]ed|folded|half|wrapped|"
    r"zero-inflated|conway|cumulative|logarithm of|modified|normal-gamma|normal-Wishart|Dirichlet|multinomial",
    re.I,
)
