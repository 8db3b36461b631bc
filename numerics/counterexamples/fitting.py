"""Estimators, losses and penalties: where maximum likelihood, squares and priors are not what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from flint import arb, fmpq

from numerics.counterexamples.refutation import Refutation, Sides

THREE = ((fmpq(1), fmpq(11, 10)), (fmpq(2), fmpq(19, 10)), (fmpq(3), fmpq(32, 10)))
"""Points (x, y)."""


def _descended(rate: fmpq, steps: int) -> Sides:
    """How far gradient descent on the mean of (y − θx)² is from the best slope, after and before."""
    best, slope = fmpq(29, 28), fmpq(0)
    for _ in range(steps):
        slope -= rate * sum((-2 * x * (y - slope * x) for x, y in THREE), fmpq(0)) / 3
    return abs(slope - best), abs(best)


def _squares(weights: tuple[fmpq, fmpq], second: tuple[int, int]) -> fmpq:
    """Σ (y − w·x)² of the points (1, s₁), (2, s₂) with y = x₁ + x₂."""
    rows = ((1, second[0]), (2, second[1]))
    return sum(((a + b - weights[0] * a - weights[1] * b) ** 2 for a, b in rows), fmpq(0))


def _perpendicular_slope() -> arb:
    """The slope through 0 that is nearest to THREE, measured at right angles."""
    difference = fmpq(1506, 100) - 14
    return (difference + arb(difference**2 + 4 * fmpq(145, 10) ** 2).sqrt()) / 29


def _hinge_mass(score: fmpq) -> arb:
    """Σ over y = ±1 of exp(−max(0, 1 − y·score))."""
    return sum(((-arb(max(fmpq(0), 1 - y * score))).exp() for y in (1, -1)), arb(0))


def _logistic_mass(score: fmpq) -> arb:
    return sum((1 / (1 + (-arb(y * score)).exp()) for y in (1, -1)), arb(0))


def _least_squares_with_l1(best: fmpq, penalty: fmpq) -> fmpq:
    """argmin of (v − best)²/2 + penalty |v| for best ≥ 0."""
    return max(fmpq(0), best - penalty)


MARGINS = (1, 1, -1)
"""How far a classifier is right on each of three points."""


def _two_scores(scale: int) -> arb:
    """Mean logistic loss of a classifier that is right by 1 twice and wrong by 1 once, all scores times ``scale``."""
    return sum(((1 + (-arb(scale * m)).exp()).log() for m in MARGINS), arb(0)) / len(MARGINS)


def _mistakes(scale: int) -> fmpq:
    """The share of mistakes of the same classifier."""
    return _frequency(tuple(scale * m < 0 for m in MARGINS))


def _frequency(data: Sequence[int]) -> fmpq:
    """The chance of heads that makes data likeliest: their mean (mle_bernoulli_eq)."""
    return fmpq(sum(data), len(data))


def _mean_estimate(divisor: int) -> fmpq:
    """The mean over all pairs of flips of a fair coin of the squared deviations from their mean over ``divisor``."""
    pairs = tuple(product((0, 1), repeat=2))
    squares = (sum((x - fmpq(sum(pair), 2)) ** 2 for x in pair) for pair in pairs)
    return sum(squares, fmpq(0)) / (divisor * len(pairs))


normal_equations_have_one_solution = Refutation(
    name="normal_equations_have_one_solution",
    says="the closed form of least squares and gradient descent lead to the same weights",
    left="the least Σ(y − w·x)² at w = (2, 0)",
    relation=">",
    right="that at w = (1, 1)",
    witness="both columns of X equal: XᵀX has no inverse, every w with w₁ + w₂ = 2 is best, and the start decides",
    sides=lambda: (_squares((fmpq(2), fmpq(0)), (1, 2)), _squares((fmpq(1), fmpq(1)), (1, 2))),
    holds_if="the columns of X are linearly independent",
    saved_at="second column (2, 1)",
    saved=lambda: (_squares((fmpq(2), fmpq(0)), (2, 1)), _squares((fmpq(1), fmpq(1)), (2, 1))),
    derived=("ols_normal_equations_eq",),
)

descent_reaches_least_squares = Refutation(
    name="descent_reaches_least_squares",
    says="gradient descent on squared error gives the answer of the normal equations",
    left="the distance from it after 20 steps",
    relation="<",
    right="the distance at the start",
    witness="rate 1 with the points (1, 1.1), (2, 1.9), (3, 3.2): every step multiplies the error by −25/3",
    sides=lambda: _descended(fmpq(1), 20),
    holds_if="the rate is below 2 over the largest curvature, here 3/14, and for single draws it falls to 0",
    saved_at="rate 1/10",
    saved=lambda: _descended(fmpq(1, 10), 20),
    derived=("ols_normal_equations_eq",),
)

least_squares_is_distance_to_the_line = Refutation(
    name="least_squares_is_distance_to_the_line",
    says="ordinary least squares minimises the squared distances of the points from the line",
    left="the least-squares slope",
    relation="=",
    right="the slope with the least squared distances",
    witness="(1, 1.1), (2, 1.9), (3, 3.2) through 0: 1.0357… against 1.0372…",
    sides=lambda: (arb(fmpq(29, 28)), _perpendicular_slope()),
    holds_if="distance is measured along y",
    saved_at="the same points, along y: Σxy/Σx²",
    saved=lambda: (fmpq(29, 28), fmpq(145, 10) / 14),
    derived=("ols_normal_equations_eq", "nll_normal_mse_eq"),
)

likelihood_is_proportional_to_squares = Refutation(
    name="likelihood_is_proportional_to_squares",
    says="the negative log-likelihood of a normal is a multiple of the squared error",
    left="−log N(y; m, 1) at y = m",
    relation="=",
    right="any multiple of (y − m)² there",
    witness="y = m: log(2π)/2 against 0",
    sides=lambda: ((2 * arb.pi()).log() / 2, fmpq(0)),
    holds_if="the variance is fixed and a constant may be added: differences between two means are multiples",
    saved_at="y = 0, means 1 and 2: the difference is (2² − 1²)/2",
    saved=lambda: (
        ((2 * arb.pi()).log() / 2 + 2) - ((2 * arb.pi()).log() / 2 + fmpq(1, 2)),
        fmpq(3, 2),
    ),
    derived=("nll_normal_eq", "nll_isotropic_eq"),
)

every_loss_is_a_likelihood = Refutation(
    name="every_loss_is_a_likelihood",
    says="a loss is the negative logarithm of a law of y given the prediction",
    left="Σ over y = ±1 of exp(−loss) at score 0",
    relation="=",
    right="the same at score 1",
    witness="the hinge loss max(0, 1 − y·score): 0.736 against 1.135, so no constant makes it a law",
    sides=lambda: (_hinge_mass(fmpq(0)), _hinge_mass(fmpq(1))),
    holds_if="exp(−loss) has the same total over y for each prediction",
    saved_at="the logistic loss: 1 at both scores",
    saved=lambda: (_logistic_mass(fmpq(0)), _logistic_mass(fmpq(1))),
    derived=("bce_logits_eq",),
)

sum_over_an_idle_index = Refutation(
    name="sum_over_an_idle_index",
    says="a sum over k of terms in xᵢ is the log-likelihood of the data",
    left="the best chance of heads by that sum",
    relation="=",
    right="the frequency of heads",
    witness="1, 0, 1 with i = 1: three copies of the first term are largest at 1, not at 2/3",
    sides=lambda: (_frequency((1, 1, 1)), _frequency((1, 0, 1))),
    holds_if="the sum runs over the index that the terms have (or all data are equal)",
    saved_at="1, 1, 1",
    saved=lambda: (_frequency((1,) * 3), _frequency((1, 1, 1))),
    derived=("mle_bernoulli_eq",),
)

likelihood_fits_the_source = Refutation(
    name="likelihood_fits_the_source",
    says="maximum likelihood on n data minimises the divergence from the law that made them",
    left="the maximum-likelihood chance of heads",
    relation="=",
    right="the chance with the least divergence from the source",
    witness="chance 1/3 and the data 1, 0, 1: 2/3 against 1/3",
    sides=lambda: (_frequency((1, 0, 1)), fmpq(1, 3)),
    holds_if="the law is the empirical one, or n → ∞",
    saved_at="the empirical law of 1, 0, 1",
    saved=lambda: (fmpq(2, 3), _frequency((1, 0, 1))),
    derived=("mle_forward_kl_eq", "mle_forward_kl_argmin_eq"),
)

likelihood_is_unbiased = Refutation(
    name="likelihood_is_unbiased",
    says="maximum likelihood gives unbiased estimators",
    left="the mean of the estimated variance, over pairs",
    relation="=",
    right="the variance",
    witness="two draws of a fair coin: (0 + 1/4 + 1/4 + 0)/4 = 1/8 against 1/4",
    sides=lambda: (_mean_estimate(2), fmpq(1, 4)),
    holds_if="the sum of squares is divided by n − 1, or n → ∞",
    saved_at="the same draws, divided by 1",
    saved=lambda: (_mean_estimate(1), fmpq(1, 4)),
    derived=("var_mle_mean_eq", "var_mle_of_two_eq"),
)

penalty_is_decay_in_adam = Refutation(
    name="penalty_is_decay_in_adam",
    says="a penalty λw² shrinks the weight by 1 − 2ηλ at every step",
    left="the first step of Adam on the penalised loss",
    relation="=",
    right="shrinking, then the first step of Adam on the loss",
    witness="w = 3, slope 1, η = 1/10, λ = 1/100: Adam's first step is η times a sign, 2.9 against 2.894",
    sides=lambda: (fmpq(3) - fmpq(1, 10), fmpq(3) * (1 - 2 * fmpq(1, 1000)) - fmpq(1, 10)),
    holds_if="the step is plain gradient descent",
    saved_at="the same numbers in plain descent",
    saved=lambda: (
        fmpq(3) - fmpq(1, 10) * (1 + 2 * fmpq(1, 100) * 3),
        fmpq(3) * (1 - 2 * fmpq(1, 1000)) - fmpq(1, 10),
    ),
    derived=("weight_decay_eq",),
)

lasso_hits_the_corner = Refutation(
    name="lasso_hits_the_corner",
    says="with an L1 penalty the best weights lie at a corner: some are exactly 0",
    left="the smaller weight",
    relation="=",
    right="0",
    witness="least squares at (2, 3/2) and λ = 1/2: the best weights are (3/2, 1)",
    sides=lambda: (_least_squares_with_l1(fmpq(3, 2), fmpq(1, 2)), fmpq(0)),
    holds_if="λ is at least the slope of the loss at 0 in that coordinate",
    saved_at="λ = 3/2",
    saved=lambda: (_least_squares_with_l1(fmpq(3, 2), fmpq(3, 2)), fmpq(0)),
    derived=("soft_threshold_above_eq", "lasso_zero_ge"),
)

plates_are_independent = Refutation(
    name="plates_are_independent",
    says="what a plate repeats is independent",
    left="the chance of two heads",
    relation="=",
    right="the square of the chance of one",
    witness="a node p ~ Beta(2, 2) outside the plate: E p² = 3/10 against 1/4",
    sides=lambda: (fmpq(2 * 3, 4 * 5), fmpq(1, 4)),
    holds_if="it is meant given the nodes outside the plate",
    saved_at="p = 1/2",
    saved=lambda: (fmpq(1, 2) * fmpq(1, 2), fmpq(1, 2) ** 2),
    derived=("predictive_coin_eq",),
)

classifiers_learn_the_boundary = Refutation(
    name="classifiers_learn_the_boundary",
    says="training a classifier by cross-entropy finds its boundary and nothing else",
    left="the loss of a classifier",
    relation="=",
    right="the loss with all scores doubled, which has the same boundary",
    witness="right by 1 twice and wrong by 1 once",
    sides=lambda: (_two_scores(1), _two_scores(2)),
    holds_if="the loss counts mistakes: one of three in either case",
    saved_at="the share of mistakes",
    saved=lambda: (_mistakes(1), _mistakes(2)),
    derived=("bce_logits_eq", "kl_nonneg"),
)

CASES = (
    normal_equations_have_one_solution,
    descent_reaches_least_squares,
    least_squares_is_distance_to_the_line,
    likelihood_is_proportional_to_squares,
    every_loss_is_a_likelihood,
    sum_over_an_idle_index,
    likelihood_fits_the_source,
    likelihood_is_unbiased,
    penalty_is_decay_in_adam,
    lasso_hits_the_corner,
    plates_are_independent,
    classifiers_learn_the_boundary,
)
