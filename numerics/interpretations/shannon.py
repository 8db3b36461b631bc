"""Relations between entropies and informations that follow from the basic ones, with the combination that proves them.

An entropy H(A | B) is H(A ∪ B) − H(B), an information a combination of four. An equation holds for all laws exactly if
both sides are the same combination of joint entropies. An inequality is of Shannon's type if the difference of its
sides is a combination with non-negative weights of the informations I(i; j | K): a linear program looks for them, and
fractions confirm them. That entropies are non-negative is not used, since those of densities need not be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations

from claims.sentences import Entropy, MutualInformation, Number, Product, Quotient, Sentence, Sum

Joint = frozenset[str]
Combination = Mapping[Joint, Fraction]
"""Weights of joint entropies."""
MOST_VARIABLES = 4
DENOMINATOR = 64
"""The greatest denominator of a weight that is looked for."""


def combination_of(sentence: Sentence) -> dict[Joint, Fraction] | None:
    """A sentence as a combination of joint entropies of one law; None where it is anything else."""
    laws: set[str] = set()
    found: dict[Joint, Fraction] = {}
    if not _collect(sentence, Fraction(1), found, laws) or len(laws) > 1:
        return None
    return {joint: weight for joint, weight in found.items() if weight and joint}


def proof(left: Sentence, sign: str, right: Sentence) -> tuple[str, ...] | None:
    """The steps that prove a relation for all laws; None where it isn't of this kind, or doesn't follow."""
    one, other = combination_of(left), combination_of(right)
    if one is None or other is None or not (one or other):
        return None
    difference = _less(one, other) if sign != "≤" else _less(other, one)
    greater = "left − right" if sign != "≤" else "right − left"
    if sign == "=":
        return ("both sides are the same combination of joint entropies", _shown(one)) if not difference else None
    if sign not in ("≤", "≥"):
        return None
    variables = sorted(frozenset().union(*difference)) if difference else []
    if not difference or len(variables) > MOST_VARIABLES:
        return None
    basic = list(_elemental(variables))
    weights = _weights(difference, basic)
    if weights is None:
        return None
    terms = " + ".join(f"{_times(w)}{said}" for w, (said, _) in zip(weights, basic, strict=True) if w)
    return (f"{greater} = {terms}", "informations are non-negative")


def _collect(sentence: Sentence, weight: Fraction, found: dict[Joint, Fraction], laws: set[str]) -> bool:
    match sentence:
        case Number(value=value) if value == 0:
            return True
        case Sum(terms=terms):
            return all(_collect(term, weight, found, laws) for term in terms)
        case Product(factors=factors):
            numbers = [f for f in factors if isinstance(f, Number)]
            rest = [f for f in factors if not isinstance(f, Number)]
            if len(rest) != 1:
                return False
            for number in numbers:
                weight *= Fraction(str(number.value))
            return _collect(rest[0], weight, found, laws)
        case Quotient(top=top, bottom=Number(value=value)) if value != 0:
            return _collect(top, weight / Fraction(str(value)), found, laws)
        case Entropy(law=law, of=of, given=given, at=()):
            laws.add(law)
            _add(found, frozenset((*of, *given)), weight)
            _add(found, frozenset(given), -weight)
            return True
        case MutualInformation(law=law, left=left, right=right, given=given):
            laws.add(law)
            for joint, sign in (
                ((*left, *given), 1),
                ((*right, *given), 1),
                ((*left, *right, *given), -1),
                (given, -1),
            ):
                _add(found, frozenset(joint), sign * weight)
            return True
        case _:
            return False


def _add(found: dict[Joint, Fraction], joint: Joint, weight: Fraction) -> None:
    found[joint] = found.get(joint, Fraction(0)) + weight


def _less(one: Combination, other: Combination) -> dict[Joint, Fraction]:
    out = dict(one)
    for joint, weight in other.items():
        _add(out, joint, -weight)
    return {joint: weight for joint, weight in out.items() if weight}


def _elemental(variables: Sequence[str]) -> Iterator[tuple[str, dict[Joint, Fraction]]]:
    """The basic non-negative quantities over some variables, each in words and as a combination."""
    for i, j in combinations(variables, 2):
        others = [v for v in variables if v not in (i, j)]
        for given in chain.from_iterable(combinations(others, size) for size in range(len(others) + 1)):
            found: dict[Joint, Fraction] = {}
            _collect(MutualInformation("", (i,), (j,), given), Fraction(1), found, set())
            yield f"I({i}; {j}{_given(given)})", {k: w for k, w in found.items() if k and w}


def _given(names: Sequence[str]) -> str:
    return f" | {', '.join(names)}" if names else ""


def _weights(target: Combination, basic: Sequence[tuple[str, Mapping[Joint, Fraction]]]) -> tuple[Fraction, ...] | None:
    """Non-negative weights of the basic quantities that sum to the target, confirmed in fractions."""
    if not basic:
        return None
    from scipy.optimize import linprog

    joints = sorted({*target, *(joint for _, one in basic for joint in one)}, key=lambda j: (len(j), sorted(j)))
    matrix = [[float(one.get(joint, 0)) for _, one in basic] for joint in joints]
    wanted = [float(target.get(joint, 0)) for joint in joints]
    found = linprog([1.0] * len(basic), A_eq=matrix, b_eq=wanted, bounds=(0, None), method="highs")
    if found.status != 0:
        return None
    weights = tuple(Fraction(float(w)).limit_denominator(DENOMINATOR) for w in found.x)
    total: dict[Joint, Fraction] = {}
    for weight, (_, one) in zip(weights, basic, strict=True):
        for joint, part in one.items():
            _add(total, joint, weight * part)
    exact = not _less(total, target) and all(weight >= 0 for weight in weights)
    return weights if exact else None


def _times(weight: Fraction) -> str:
    return "" if weight == 1 else f"{weight}·"


def _shown(combination: Combination) -> str:
    terms = [
        f"{_times(w)}H({', '.join(sorted(joint))})"
        for joint, w in sorted(combination.items(), key=lambda i: sorted(i[0]))
    ]
    return " + ".join(terms) or "0"
