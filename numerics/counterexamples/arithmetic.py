"""Worked numbers and indices of notes that come out differently."""

from __future__ import annotations

from math import comb

from flint import arb, fmpq

from numerics.counterexamples.refutation import Refutation, Sides

LOGITS = (fmpq(2), fmpq(1), fmpq(1, 10))


def _rounded_to_double(halves: int) -> Sides:
    value = 1.0
    for _ in range(halves):
        value *= 0.5
    numerator, denominator = value.as_integer_ratio()
    return fmpq(numerator, denominator), fmpq(0)


def _loss_of_logits() -> Sides:
    total = sum((arb(z).exp() for z in LOGITS), arb(0))
    return abs(total.log() - LOGITS[0] - fmpq(418, 1000)), arb(fmpq(1, 2000))


def _loss_printed_right() -> Sides:
    total = sum((arb(z).exp() for z in LOGITS), arb(0))
    return abs(total.log() - LOGITS[0] - fmpq(417, 1000)), arb(fmpq(1, 2000))


def _residuals(slope: fmpq, decimals: fmpq) -> Sides:
    data = ((1, fmpq(11, 10)), (2, fmpq(19, 10)), (3, fmpq(32, 10)))
    squares = sum(((y - slope * x) ** 2 for x, y in data), fmpq(0))
    return abs(squares - decimals), fmpq(1, 2000)


half_to_the_thousand_is_zero = Refutation(
    name="half_to_the_thousand_is_zero",
    says="a product of 1000 factors 1/2 is below the smallest double and becomes 0",
    left="the product of N halves, multiplied in double precision",
    relation="=",
    right="0",
    witness="N = 1000: the double is 2^−1000 exactly, far above the smallest one, 2^−1074",
    sides=lambda: _rounded_to_double(1000),
    holds_if="N is 1075 or more",
    saved_at="N = 1075",
    saved=lambda: _rounded_to_double(1075),
)

DIGITS = tuple(fmpq(n, 100) for n in (5, 70, 10, 3, 2, 2, 2, 2, 2, 2))
"""A law on the digits 0 to 9."""


def _mass_at(place: int) -> fmpq:
    """The sum of the probabilities times a one-hot vector with its 1 at a place, counted from 0."""
    return sum((p * (k == place) for k, p in enumerate(DIGITS)), fmpq(0))


def _parameters(before: int) -> fmpq:
    """A bias, and a weight for each variable before."""
    return fmpq(1 + before)


digit_two_is_the_second_entry = Refutation(
    name="digit_two_is_the_second_entry",
    says="the probability of the digit 2 stands second where the digits 0, 1, 2, … are the classes",
    left="the sum of probabilities times the one-hot vector of the digit 2",
    relation="=",
    right="the second probability",
    witness="probabilities (5, 70, 10, …)/100, one-hot (0, 0, 1, 0, …)",
    sides=lambda: (_mass_at(2), DIGITS[1]),
    holds_if="the one-hot vector has its 1 at the second place (classes counted from 1, or the digit 1)",
    saved_at="the same probabilities, one-hot (0, 1, 0, …)",
    saved=lambda: (_mass_at(1), DIGITS[1]),
)

twenty_flips_make_thirty = Refutation(
    name="twenty_flips_make_thirty",
    says="6 heads in 10 flips and 10 more flips at the same rate make 16 heads and 14 tails",
    left="heads after both batches",
    relation="=",
    right="16",
    witness="6 + 6 heads in 20 flips",
    sides=lambda: (fmpq(6 + 6), fmpq(16)),
    holds_if="20 flips follow, 10 of them heads, which is another rate",
    saved_at="6 heads, then 10 in 20",
    saved=lambda: (fmpq(6 + 10), fmpq(16)),
    derived=("posterior_beta_eq", "sequential_beta_eq", "map_beta_eq"),
)

loss_of_three_logits = Refutation(
    name="loss_of_three_logits",
    says="the cross-entropy of the logits (2, 1, 0.1) at the first class is printed as 0.418",
    left="the distance of the loss from 0.418",
    relation="≤",
    right="half a unit of the last digit, 1/2000",
    witness="log(e² + e + e^0.1) − 2 = 0.41703…",
    sides=_loss_of_logits,
    holds_if="0.417 is printed",
    saved_at="0.417",
    saved=_loss_printed_right,
    derived=("ce_logits_eq",),
)

squared_residuals_of_three = Refutation(
    name="squared_residuals_of_three",
    says="the squared residuals of the fit through (1, 1.1), (2, 1.9), (3, 3.2) sum to 0.043",
    left="the distance of their sum from 0.043",
    relation="≤",
    right="half a unit of the last digit, 1/2000",
    witness="slope 29/28: the sum is 59/1400 = 0.04214…",
    sides=lambda: _residuals(fmpq(29, 28), fmpq(43, 1000)),
    holds_if="0.042 is printed",
    saved_at="0.042",
    saved=lambda: _residuals(fmpq(29, 28), fmpq(42, 1000)),
    derived=("ols_normal_equations_eq",),
)

slope_of_squares_is_falling = Refutation(
    name="slope_of_squares_is_falling",
    says="the derivative of the sum of (y − θx)² is −2 Σx² (θ − θ̂)",
    left="the derivative at θ",
    relation="=",
    right="−28 (θ − 29/28)",
    witness="θ = 0 with the points (1, 1.1), (2, 1.9), (3, 3.2): −29 against +29",
    sides=lambda: (fmpq(-2) * fmpq(145, 10), fmpq(-28) * (fmpq(0) - fmpq(29, 28))),
    holds_if="θ = θ̂, where both are 0; elsewhere the sign is plus, and a mean has 1/N besides",
    saved_at="θ = 29/28",
    saved=lambda: (fmpq(-2) * (fmpq(145, 10) - 14 * fmpq(29, 28)), fmpq(0)),
    derived=("ols_normal_equations_eq",),
)

same_edges_same_probability = Refutation(
    name="same_edges_same_probability",
    says="in G(n, p) all structures with the same number of edges are equally likely",
    left="how often two edges on four nodes meet",
    relation="=",
    right="how often they do not",
    witness="of the 15 labelled graphs 12 are a path and 3 a pair of separate edges",
    sides=lambda: (fmpq(12, comb(6, 2)), fmpq(3, comb(6, 2))),
    holds_if="graphs are labelled: each one of the 15 has the same probability",
    saved_at="a single labelled path against a single labelled pair",
    saved=lambda: (fmpq(1, comb(6, 2)), fmpq(1, comb(6, 2))),
)

fully_visible_is_linear = Refutation(
    name="fully_visible_is_linear",
    says="a fully visible sigmoid belief network on d variables has O(d) parameters, by sharing weights",
    left="one bias and one weight for each variable before, over all d conditionals",
    relation="≤",
    right="two for each variable",
    witness="d = 100: 5050 against 200; each conditional has weights of its own",
    sides=lambda: (sum(map(_parameters, range(100)), fmpq(0)), 2 * fmpq(100)),
    holds_if="one conditional is meant: it is linear in d, all of them together d(d + 1)/2",
    saved_at="the last conditional at d = 100",
    saved=lambda: (_parameters(99), 2 * fmpq(100)),
)

CASES = (
    half_to_the_thousand_is_zero,
    digit_two_is_the_second_entry,
    twenty_flips_make_thirty,
    loss_of_three_logits,
    squared_residuals_of_three,
    slope_of_squares_is_falling,
    same_edges_same_probability,
    fully_visible_is_linear,
)
