"""The chain rule of mutual information, and information given a third variable.

Claim   I(X; Y, Z) = I(X; Y) + I(X; Z | Y), and I(X; Z | Y) ≥ 0: more variables never tell less
Route   the log-ratio of the whole table is the sum of two; log t ≤ t − 1 for what independence given Y would be.
"""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Expr, Integer, log

from claims.claim import Claim, Derivation, Lemma, Relation, Source, Step
from claims.domains import Positive, Variable, symbols_of
from claims.grounds import Tangent

NATS = "log is natural, so the value is in nats"
TABLE = "X, Y and Z are 0 or 1; p = j/Σj for any weights j: every table of positive probabilities is of this form"
BITS = (0, 1)

WHERE = tuple(
    Variable(f"j_{i}{k}{m}", Positive(), f"weight of X = {i}, Y = {k}, Z = {m}; divided by their sum")
    for i in BITS
    for k in BITS
    for m in BITS
)
CELLS = {(int(v.name[2]), int(v.name[3]), int(v.name[4])): s for v, s in zip(WHERE, symbols_of(WHERE), strict=True)}


def summed(terms: Iterable[Expr]) -> Expr:
    """The sum."""
    return sum(terms, start=Integer(0))


def weight(x: int | None = None, y: int | None = None, z: int | None = None) -> Expr:
    """The weight of all cells with the values that are given."""
    wanted = (x, y, z)
    return summed(j for cell, j in CELLS.items() if all(w in (None, c) for w, c in zip(wanted, cell, strict=True)))


everything = weight()
both = summed(j * log(j * everything / (weight(x) * weight(None, y, z))) for (x, y, z), j in CELLS.items())
of_y = summed(j * log(weight(x, y) * everything / (weight(x) * weight(None, y))) for (x, y, _), j in CELLS.items())
given_y = summed(j * log(j * weight(None, y) / (weight(x, y) * weight(None, y, z))) for (x, y, z), j in CELLS.items())

mi_chain_eq = Derivation(
    claim=Claim(
        "mi_chain_eq",
        both / everything,
        of_y / everything + given_y / everything,
        WHERE,
        convention=(NATS, TABLE, "I(X; Y, Z) = I(X; Y) + I(X; Z | Y), the last a mean over Y"),
        source=Source("cover2006", "section 2.5"),
    ),
    steps=(
        Step("Σ p(x, y, z) log p(x, y, z)/(p(x) p(y, z))", both / everything),
        Step(
            "the ratio is p(x, y)/(p(x) p(y)) times p(x, y, z) p(y)/(p(x, y) p(y, z)), and logs add",
            of_y / everything + given_y / everything,
        ),
    ),
)

mi_given_nonneg = Derivation(
    claim=Claim(
        "mi_given_nonneg",
        given_y / everything,
        Integer(0),
        WHERE,
        Relation.GE,
        convention=(NATS, TABLE, "I(X; Z | Y) ≥ 0, zero only where X and Z are independent given Y"),
        source=Source("cover2006", "section 2.6"),
    ),
    steps=(
        Step("Σ p(x, y, z) log p(x, y, z) p(y)/(p(x, y) p(y, z))", given_y / everything),
        Step(
            "log t ≤ t − 1 for t = p(x, y) p(y, z)/(p(y) p(x, y, z)), whose mean is 1",
            Integer(0),
            Relation.GE,
            tuple(
                Tangent(weight(x, y) * weight(None, y, z) / (weight(None, y) * j), j / everything)
                for (x, y, z), j in CELLS.items()
            ),
        ),
    ),
)

mi_grows_ge = Derivation(
    claim=Claim(
        "mi_grows_ge",
        both / everything,
        of_y / everything,
        WHERE,
        Relation.GE,
        convention=(NATS, TABLE, "I(X; Y, Z) ≥ I(X; Y): what else is known takes nothing away"),
        source=Source("cover2006", "section 2.8"),
    ),
    steps=(
        Step("Σ p(x, y, z) log p(x, y, z)/(p(x) p(y, z))", both / everything),
        Step("the chain rule (mi_chain_eq)", of_y / everything + given_y / everything, lemmas=(Lemma(mi_chain_eq),)),
        Step(
            "information given Y is not negative (mi_given_nonneg)",
            of_y / everything,
            Relation.GE,
            lemmas=(Lemma(mi_given_nonneg),),
        ),
    ),
)

DERIVATIONS = (mi_chain_eq, mi_given_nonneg, mi_grows_ge)
