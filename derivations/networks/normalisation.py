"""The Jacobian of a normalisation over any number of coordinates, and what it does not see.

Claim   for y = (x − mean)/σ, ∂y_k/∂x_k = (1 − 1/n − y_k²/n)/σ and ∂y_l/∂x_k = −(1 + y_k y_l)/(nσ); for y = x/rms,
        ∂y_l/∂x_k = −y_k y_l/(n rms); a shift and a scale of all coordinates change nothing
Route   a letter is added to one coordinate, which stands apart in the sums over all of them.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Function, Sum, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, Positive, Real, Variable, named, symbols_of
from claims.indicators import IsZero

WHERE = (
    Variable("k", Integer(1), "the coordinate that moves"),
    Variable("d", Integer(1), "how far the other coordinate is from it"),
    Variable("m", Integer(0), "the coordinates after that"),
    Variable("j", Integer(1), "counts the coordinates"),
    Variable("v", Real(), "what is added to coordinate k"),
    Variable("e", Positive(), "what is added to the variance, or to the mean square: ε"),
    Variable("c", Real(), "a shift of all coordinates"),
)
k, d, m, j, v, e, c = symbols_of(WHERE)
X = Function("x", real=True)
size = k + d + m


def over(f: Expr) -> Sum:
    """Σ f over all coordinates."""
    return Sum(f, (j, 1, size))


place = X(j) + v * IsZero(j - k)
mean = over(place) / size
variance = over((place - mean) ** 2) / size
scale = sqrt(variance + e)
here, there = (X(k) + v - mean) / scale, (X(k + d) - mean) / scale
COORDINATES = (
    "n = k + d + m coordinates, of which k is any and k + d another; v is added to x_k: the slope in v is ∂/∂x_k"
)
SOURCE = Source("schaeffer2026", "layer normalization")
LAYER = "σ² is the variance over the coordinates, divided by n, and ε"

layer_norm_own_eq = Derivation(
    claim=Claim(
        "layer_norm_own_eq",
        Derivative(here, v),
        (1 - 1 / size - here**2 / size) / scale,
        named(WHERE, "k d m j v e"),
        convention=(COORDINATES, LAYER),
        source=SOURCE,
    ),
    steps=(
        Step("a coordinate of the output, as the same of the input moves", Derivative(here, v)),
        Step(
            "the quotient rule",
            ((1 - Derivative(mean, v)) * scale - (X(k) + v - mean) * Derivative(scale, v)) / scale**2,
        ),
        Step(
            "slopes of sums, term by term: the mean moves by 1/n, σ by the deviation of x_k over nσ",
            (1 - 1 / size) / scale - (X(k) + v - mean) ** 2 / (size * scale**3),
        ),
        Step("a common factor", (1 - 1 / size - here**2 / size) / scale),
    ),
)
layer_norm_other_eq = Derivation(
    claim=Claim(
        "layer_norm_other_eq",
        Derivative(there, v),
        -(1 + here * there) / (size * scale),
        named(WHERE, "k d m j v e"),
        convention=(COORDINATES, LAYER),
        source=SOURCE,
    ),
    steps=(
        Step("a coordinate of the output, as another of the input moves", Derivative(there, v)),
        Step("the quotient rule", -(Derivative(mean, v) * scale + (X(k + d) - mean) * Derivative(scale, v)) / scale**2),
        Step(
            "slopes of sums, term by term: the mean moves by 1/n, σ by the deviation of x_k over nσ",
            -1 / (size * scale) - (X(k + d) - mean) * (X(k) + v - mean) / (size * scale**3),
        ),
        Step("a common factor", -(1 + here * there) / (size * scale)),
    ),
)

rms = sqrt(over(place**2) / size + e)
own, other = (X(k) + v) / rms, X(k + d) / rms
RMS = "rms² is the mean square over the coordinates, and ε; the mean is not taken off"

rms_norm_own_eq = Derivation(
    claim=Claim(
        "rms_norm_own_eq",
        Derivative(own, v),
        (1 - own**2 / size) / rms,
        named(WHERE, "k d m j v e"),
        convention=(COORDINATES, RMS),
        source=Source("schaeffer2026", "root mean square layer normalization"),
    ),
    steps=(
        Step("a coordinate of the output, as the same of the input moves", Derivative(own, v)),
        Step(
            "the derivative of a quotient: of the sum only coordinate k moves",
            1 / rms - (X(k) + v) ** 2 / (size * rms**3),
        ),
        Step("a common factor", (1 - own**2 / size) / rms),
    ),
)

rms_norm_other_eq = Derivation(
    claim=Claim(
        "rms_norm_other_eq",
        Derivative(other, v),
        -own * other / (size * rms),
        named(WHERE, "k d m j v e"),
        convention=(COORDINATES, RMS),
        source=Source("schaeffer2026", "root mean square layer normalization"),
    ),
    steps=(
        Step("a coordinate of the output, as another of the input moves", Derivative(other, v)),
        Step("it is divided by what moves alone", X(k + d) * Derivative(1 / rms, v)),
        Step("the derivative of a power: of the sum only coordinate k moves", -own * other / (size * rms)),
    ),
)

still, shifted = over(X(j)) / size, over(X(j) + c) / size
spread = over((X(j) - still) ** 2) / size
moved = over((X(j) + c - shifted) ** 2) / size

layer_norm_shift_eq = Derivation(
    claim=Claim(
        "layer_norm_shift_eq",
        (X(k) + c - shifted) / sqrt(moved + e),
        (X(k) - still) / sqrt(spread + e),
        named(WHERE, "k d m j e c"),
        convention=("c is added to each of n = k + d + m coordinates, of which k is any", LAYER),
        source=SOURCE,
    ),
    steps=(
        Step(
            "a normalised coordinate after a shift of all",
            (X(k) + c - shifted) / sqrt(moved + e),
        ),
        Step(
            "term by term: the mean moves by c",
            (X(k) - still) / sqrt(moved + e),
        ),
        Step(
            "term by term: the variance does not move",
            (X(k) - still) / sqrt(spread + e),
        ),
    ),
)

DERIVATIONS = (layer_norm_own_eq, layer_norm_other_eq, layer_norm_shift_eq, rms_norm_own_eq, rms_norm_other_eq)
