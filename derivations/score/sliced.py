"""Sliced score matching, in any dimension, a coordinate at a time.

Claim   over standard normal directions, vᵀ(∇s)v + ½ (v · s)² has the mean tr ∇s + ½ |s|²
Route   one coordinate is added: its cross terms have the mean zero.
"""

from __future__ import annotations

from sympy import Expr, Function

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Real, Variable, symbols_of
from claims.notation import Expectation, NamedLaw, Normal

WHERE = (
    Variable("u", Real(), "the coordinates of the direction before, averaged over"),
    Variable("v", Real(), "the new coordinate of the direction, averaged over"),
    Variable("s", Real(), "the new coordinate of the score"),
    Variable("h", Real(), "its slope in that coordinate"),
)
u, v, s, h = symbols_of(WHERE)
G, A, B = (Function(name, real=True) for name in "gay")
before = NamedLaw("p")


def over(f: Expr) -> Expectation:
    """The mean over the directions before."""
    return Expectation(f, u, before)


def sliced(f: Expr) -> Expectation:
    """The mean over all coordinates of the direction."""
    return over(Expectation(f, v, Normal(0, 1)))


objective = sliced(G(u) + A(u) * v + h * v**2 + (B(u) + s * v) ** 2 / 2)

sliced_score_step_eq = Derivation(
    claim=Claim(
        "sliced_score_step_eq",
        objective,
        over(G(u) + B(u) ** 2 / 2) + h + s**2 / 2,
        WHERE,
        convention=(
            "of the coordinates before, g is vᵀ(∇s)v, y is v · s, and a holds the slopes that couple them to the new"
            " one:"
            " any functions of them, which follow any law p independent of the new coordinate",
            "with all d coordinates it is tr ∇s + ½ |s|², the objective of Hyvärinen",
        ),
        source=Source("song2019a", "sliced score matching"),
    ),
    steps=(
        Step("the sliced objective with one coordinate more", objective),
        Step(
            "E v = 0 and E v² = 1",
            over(G(u) + B(u) ** 2 / 2 + h + s**2 / 2),
        ),
        Step("E is linear", over(G(u) + B(u) ** 2 / 2) + h + s**2 / 2),
    ),
)

DERIVATIONS = (sliced_score_step_eq,)
