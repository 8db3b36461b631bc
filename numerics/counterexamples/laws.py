"""Operations on laws and limits: images, products, mixtures, means of many draws, degrees of random graphs."""

from __future__ import annotations

from flint import arb, fmpq

from numerics.counterexamples.refutation import Refutation, Sides

HALF = fmpq(1, 2)


def _logistic_normal(at: fmpq, std: int) -> arb:
    """The density of 1/(1 + e^−z), z ~ N(0, std²)."""
    z = (arb(at) / (1 - at)).log()
    return (-((z / std) ** 2) / 2).exp() / ((2 * arb.pi()).sqrt() * std * at * (1 - at))


def _middle_and_side(std: int) -> Sides:
    return _logistic_normal(HALF, std), _logistic_normal(fmpq(1, 20), std)


def _variance(*weights: fmpq) -> fmpq:
    """Of −1, 0, 1 with these weights."""
    total = sum(weights, fmpq(0))
    return (weights[0] + weights[2]) / total - ((weights[2] - weights[0]) / total) ** 2


def _dip(half_distance: fmpq) -> Sides:
    """Log densities in the middle and at a mean of an even mixture of unit normals, the middle being 0."""
    return arb(0), arb(half_distance**2).cosh().log() - half_distance**2 / 2


draws_halve_the_error = Refutation(
    name="draws_halve_the_error",
    says="four times as many draws halve the error of a mean",
    left="the characteristic function of the mean of four draws at 1",
    relation="=",
    right="that of half a draw",
    witness="Cauchy draws: e^−1 against e^−1/2; their mean is as wide as one draw",
    sides=lambda: ((-arb(fmpq(1, 4))).exp() ** 4, (-arb(HALF)).exp()),
    holds_if="the draws have a finite variance (and a finite mean, to be estimated at all)",
    saved_at="standard normal draws",
    saved=lambda: ((-arb(fmpq(1, 32))).exp() ** 4, (-arb(fmpq(1, 8))).exp()),
    derived=("importance_square_scale_eq",),
)

sums_tend_to_the_normal = Refutation(
    name="sums_tend_to_the_normal",
    says="sums of independent draws from any law, over √N, tend to a normal",
    left="the distance of the characteristic function at 1 from e^−1/2, N = 10⁶",
    relation="≤",
    right="1/100",
    witness="Cauchy draws: e^−1000 against e^−1/2",
    sides=lambda: (abs((-arb(1000)).exp() - (-arb(HALF)).exp()), arb(fmpq(1, 100))),
    holds_if="the draws have a finite variance",
    saved_at="draws of ±1: cos(1/1000)^(10⁶)",
    saved=lambda: (abs(arb(fmpq(1, 1000)).cos() ** (10**6) - (-arb(HALF)).exp()), arb(fmpq(1, 100))),
    derived=("generating_normal_eq",),
)

maps_keep_the_modes = Refutation(
    name="maps_keep_the_modes",
    says="a smooth invertible map of a variable adds no modes to its density",
    left="the density of 1/(1 + e^−z) in the middle",
    relation="≥",
    right="that at 1/20",
    witness="z ~ N(0, 9): 0.53 against 1.73, so one mode became two",
    sides=lambda: _middle_and_side(3),
    holds_if="the map is affine, or bends little at the width of the law",
    saved_at="z ~ N(0, 1)",
    saved=lambda: _middle_and_side(1),
    derived=("density_of_image_eq",),
)

products_are_narrower = Refutation(
    name="products_are_narrower",
    says="a normalised product of laws has less variance than its factors",
    left="the variance of the product of a law with itself",
    relation="≤",
    right="its own variance",
    witness="(2, 1, 2)/5 on −1, 0, 1: 8/9 against 4/5",
    sides=lambda: (_variance(fmpq(4), fmpq(1), fmpq(4)), _variance(fmpq(2), fmpq(1), fmpq(2))),
    holds_if="the factors are normal: precisions add",
    saved_at="variances 1 and 4: 4/5",
    saved=lambda: (1 / (fmpq(1) + fmpq(1, 4)), fmpq(1)),
    derived=("product_normal_eq",),
)

mixtures_add_modes = Refutation(
    name="mixtures_add_modes",
    says="a mixture of two laws has two modes",
    left="the log density in the middle",
    relation="<",
    right="that at a mean",
    witness="unit normals at ±1/2: the middle is the only mode",
    sides=lambda: _dip(HALF),
    holds_if="the means of even normals are more than two standard deviations apart",
    saved_at="unit normals at ±2",
    saved=lambda: _dip(fmpq(2)),
    derived=("mixture_bend_eq", "one_mode_le", "total_variance_eq"),
)


def _mass(height: fmpq, low: int, high: int) -> fmpq:
    """The integral of a constant."""
    return height * (high - low)


uncountable_ranges_need_decay = Refutation(
    name="uncountable_ranges_need_decay",
    says="over infinitely many values a density must decay, or it has too much mass",
    left="the mass of a density that is constant",
    relation=">",
    right="1",
    witness="1 on [0, 1]: a chance p itself is such a value",
    sides=lambda: (_mass(fmpq(1), 0, 1), fmpq(1)),
    holds_if="the range is unbounded",
    saved_at="1/100 on [0, 1000], and so on for any constant",
    saved=lambda: (_mass(fmpq(1, 100), 0, 1000), fmpq(1)),
    derived=("maxent_uniform_le",),
)

degrees_are_poisson = Refutation(
    name="degrees_are_poisson",
    says="degrees in G(n, p) have a Poisson law",
    left="how far their variance is below their mean, as a share of it",
    relation="≤",
    right="1/100",
    witness="p = 1/2: variance (n − 1)/4, mean (n − 1)/2; the law is binomial",
    sides=lambda: (1 - fmpq(3, 4) / fmpq(3, 2), fmpq(1, 100)),
    holds_if="n is large and p small, with np fixed",
    saved_at="n = 1001, p = 1/200",
    saved=lambda: (1 - (1000 * fmpq(1, 200) * fmpq(199, 200)) / (1000 * fmpq(1, 200)), fmpq(1, 100)),
    derived=("poisson_limit_eq", "degree_variance_eq", "degree_generating_eq"),
)

covariance_of_deviations = Refutation(
    name="covariance_of_deviations",
    says="μ + σ ε has the law N(μ, diag σ) where the second place holds a covariance",
    left="the variance of μ + σ ε",
    relation="=",
    right="σ",
    witness="σ = 2: 4 against 2",
    sides=lambda: (fmpq(2) ** 2, fmpq(2)),
    holds_if="the covariance is diag σ², or σ = 1",
    saved_at="σ = 1",
    saved=lambda: (fmpq(1) ** 2, fmpq(1)),
    derived=("affine_normal_eq", "reparameterised_eq"),
)

CASES = (
    draws_halve_the_error,
    sums_tend_to_the_normal,
    maps_keep_the_modes,
    products_are_narrower,
    mixtures_add_modes,
    uncountable_ranges_need_decay,
    degrees_are_poisson,
    covariance_of_deviations,
)
