"""Normal vectors with full covariances in any dimension: one coordinate more in the block that is conditioned on.

Claim   an affine map has the covariance A S Aᵀ and stays normal; given the block A, y has the mean
        m + S_yA S_AA⁻¹ (x − m_A) and the covariance S_yy − S_yA S_AA⁻¹ S_Ay; log-densities of blocks add
Route   by induction on the size of A. Whatever that is, a product such as S_iA S_AA⁻¹ S_Aj is a number: the step is
        algebra of numbers, and no matrix of unknown size has to be written out.
"""

from __future__ import annotations

from sympy import Determinant, Expr, Matrix, exp, log, pi, sqrt
from sympy import Integer as Whole

from claims.claim import Claim, Derivation, Lemma, Source, Step
from claims.domains import Integer, Positive, Real, Variable, named, symbols_of
from claims.laws import density_of
from claims.notation import Density, Expectation, Normal
from derivations.gaussian.closure import WHERE_MGF, generating_normal_eq

BORDER = "A is the block so far, of any size, and k the coordinate that comes in; S is symmetric, S_AA invertible"
OWN = "s = S_kk − S_kA S_AA⁻¹ S_Ak is the variance of x_k given the block: positive where S is positive definite"
START = "the block of one coordinate is conditional_normal_eq; so, by induction, any block, of any S"
SOLVED = "t is the last entry of the solution of the bordered system (bordered_solution_eq); the others are u − t v"

WHERE = (
    Variable("n", Integer(1), "the size of the block so far"),
    Variable("c", Real(), "S_ij, the covariance of two coordinates outside"),
    Variable("r", Real(), "S_iA S_AA⁻¹ S_Aj; of a mean, S_iA S_AA⁻¹ (x_A − m_A)"),
    Variable("w", Real(), "S_iA S_AA⁻¹ S_Ak"),
    Variable("f", Real(), "S_ik"),
    Variable("b", Real(), "the last entry of the right side: S_kj, or x_k − m_k"),
    Variable("p", Real(), "S_kA S_AA⁻¹ times the rest of the right side: S_Aj, or x_A − m_A"),
    Variable("q", Positive(), "S_kA S_AA⁻¹ S_Ak"),
    Variable("s", Positive(), "the VARIANCE of x_k given the block, S_kk − q"),
    Variable("m", Real(), "the mean of x_i"),
    Variable("g", Positive(), "(x_A − m_A)ᵀ S_AA⁻¹ (x_A − m_A)"),
    Variable("D", Positive(), "det S_AA"),
)
n, c, r, w, f, b, p, q, s, m, g, D = symbols_of(WHERE)
t = (b - p) / s
ONE = Whole(1)

bordered_solution_eq = Derivation(
    claim=Claim(
        "bordered_solution_eq",
        (p - t * q) + (s + q) * t,
        b,
        named(WHERE, "b p q s"),
        convention=(
            BORDER,
            OWN,
            "S_AA y + S_Ak t = z and S_kA y + S_kk t = b: y = S_AA⁻¹ z − t S_AA⁻¹ S_Ak solves the first for any t",
        ),
        source=Source("soch2020", "proof P88"),
    ),
    steps=(
        Step("S_kA y + S_kk t, with S_kA y = p − tq and S_kk = s + q", (p - t * q) + (s + q) * t),
        Step("tq cancels, and st = b − p", b),
    ),
)

larger = c - (r - w * t) - f * t
pivot = Determinant(Matrix([[s, b - p], [f - w, c - r]]))

conditional_cov_any_step_eq = Derivation(
    claim=Claim(
        "conditional_cov_any_step_eq",
        larger,
        (c - r) - (f - w) * (b - p) / s,
        named(WHERE, "c r w f b p s"),
        convention=(
            BORDER,
            OWN,
            SOLVED,
            "left: S_ij less S_iB S_BB⁻¹ S_Bj for the block B of A and k; right: what conditioning on x_k makes of the "
            "covariances given A, by the rule for one coordinate",
            START,
        ),
        source=Source("soch2020", "proof P88"),
    ),
    steps=(
        Step("S_ij − S_iA (u − t v) − S_ik t", larger),
        Step("a determinant of covariances given A, over one of them: s·(c − r) − (b − p)(f − w), over s", pivot / s),
        Step("cov(i, j | A) − cov(i, k | A) cov(k, j | A)/var(k | A)", (c - r) - (f - w) * (b - p) / s),
    ),
)

larger_mean = m + (r - w * t) + f * t

conditional_mean_any_step_eq = Derivation(
    claim=Claim(
        "conditional_mean_any_step_eq",
        larger_mean,
        (m + r) + (f - w) / s * (b - p),
        named(WHERE, "m r w f b p s"),
        convention=(
            BORDER,
            OWN,
            SOLVED,
            "left: m_i + S_iB S_BB⁻¹ (x_B − m_B) for the block B of A and k; right: the mean given A, moved by x_k",
            START,
        ),
        source=Source("soch2020", "proof P88"),
    ),
    steps=(
        Step("m_i + S_iA (u − t v) + S_ik t, the right side of the system being x − m", larger_mean),
        Step(
            "the mean given A, and cov(i, k | A)/var(k | A) times what is new in x_k", (m + r) + (f - w) / s * (b - p)
        ),
    ),
)

squared_distance_any_step_eq = Derivation(
    claim=Claim(
        "squared_distance_any_step_eq",
        (g - t * p) + b * t,
        g + (b - p) ** 2 / s,
        named(WHERE, "g b p s"),
        convention=(BORDER, OWN, SOLVED, "(x − m)ᵀ S⁻¹ (x − m) of the larger block; the square in x_k is completed"),
        source=Source("soch2020", "proof P88"),
    ),
    steps=(
        Step("(x_A − m_A)ᵀ(u − t v) + (x_k − m_k) t", (g - t * p) + b * t),
        Step("t = (b − p)/s: the square of x_k given the block, over its variance", g + (b - p) ** 2 / s),
    ),
)


def log_density(size: Expr, determinant: Expr, distance: Expr) -> Expr:
    """log N(x; m, S) in ``size`` dimensions, with det S and (x − m)ᵀ S⁻¹ (x − m)."""
    return -(size * log(2 * pi) + log(determinant) + distance) / 2


normal_density_any_step_eq = Derivation(
    claim=Claim(
        "normal_density_any_step_eq",
        log_density(n, D, g) + log(Density(Normal(p, s), b)),
        log_density(n + 1, D * s, g + (b - p) ** 2 / s),
        named(WHERE, "n D g b p s"),
        convention=(
            BORDER,
            OWN,
            "b = x_k − m_k: given the block, x_k is normal about m_k + p with the variance s",
            "det S of the larger block is det S_AA · s, and its squared distance is squared_distance_any_step_eq's",
            "so the conditional of a normal vector is normal: p(x_A, x_k)/p(x_A) is that density",
        ),
        source=Source("soch2020", "proof P88"),
    ),
    steps=(
        Step("log p(x_A) + log p(x_k | x_A)", log_density(n, D, g) + log(Density(Normal(p, s), b))),
        Step("the log of a normal density", log_density(n, D, g) + log(density_of(Normal(p, s), b))),
        Step("dimension, determinant and distance each gain a term", log_density(n + 1, D * s, g + (b - p) ** 2 / s)),
    ),
)

WHERE_THREE = (
    *(Variable(f"x_{i}", Real(), f"coordinate {i} less its mean") for i in (1, 2, 3)),
    *(Variable(f"h_{i}", Positive(), f"entry {i} of L, on its diagonal") for i in (1, 3, 6)),
    *(Variable(f"h_{i}", Real(), f"entry {i} of L, below its diagonal") for i in (2, 4, 5)),
)
x1, x2, x3, l11, l22, l33, l21, l31, l32 = symbols_of(WHERE_THREE)
factor = Matrix([[l11, 0, 0], [l21, l22, 0], [l31, l32, l33]])
full = factor * factor.T
given, last = full[:2, :2], full[2, :2]
before, after = Matrix([x1, x2]), Matrix([x1, x2, x3])


def log_joint(at: Matrix, covariance: Matrix, determinant: Expr) -> Expr:
    """log N(at; 0, covariance), the inverse by Cramer's rule; the determinant is the square of the factor's."""
    return log_density(at.rows, determinant, (at.T * covariance.adjugate() * at)[0] / determinant)


joint_ratio = log_joint(after, full, (l11 * l22 * l33) ** 2) - log_joint(before, given, (l11 * l22) ** 2)
regressed = (last * given.adjugate() * before)[0] / (l11 * l22) ** 2
left_over = full[2, 2] - (last * given.adjugate() * last.T)[0] / (l11 * l22) ** 2
whitened = (x1 / l11) ** 2 + ((x2 - l21 * x1 / l11) / l22) ** 2
pushed = l31 * x1 / l11 + l32 * (x2 - l21 * x1 / l11) / l22

conditional_normal_of_three_eq = Derivation(
    claim=Claim(
        "conditional_normal_of_three_eq",
        joint_ratio,
        log_density(ONE, left_over, (x3 - regressed) ** 2 / left_over),
        WHERE_THREE,
        convention=(
            "S = LLᵀ of three coordinates, L lower triangular: every covariance matrix is of this form",
            "given two of them: mean S_zA S_AA⁻¹ x_A and variance S_zz − S_zA S_AA⁻¹ S_Az, inverses by Cramer's rule",
        ),
        source=Source("soch2020", "proof P88"),
    ),
    steps=(
        Step("log p(x₁, x₂, x₃) − log p(x₁, x₂), by the matrices", joint_ratio),
        Step(
            "with Lz = x either squared distance is that of its own z",
            log_density(3 * ONE, (l11 * l22 * l33) ** 2, whitened + (x3 - pushed) ** 2 / l33**2)
            - log_density(2 * ONE, (l11 * l22) ** 2, whitened),
        ),
        Step(
            "the log of a quotient of determinants: only z₃ is new",
            log_density(ONE, l33**2, (x3 - pushed) ** 2 / l33**2),
        ),
        Step(
            "L's last row by the block: the mean is S_zA S_AA⁻¹ x_A",
            log_density(ONE, l33**2, (x3 - regressed) ** 2 / l33**2),
        ),
        Step(
            "and l₃₃² is what the block leaves of S_zz",
            log_density(ONE, left_over, (x3 - regressed) ** 2 / left_over),
        ),
    ),
)

WHERE_FORMS = (
    *(Variable(f"z_{i}", Real(), f"standard normal noise {i}, averaged over") for i in (1, 2, 3)),
    Variable("a", Real(), "the coefficient of the coordinate that comes in, in the first row of A"),
    Variable("b", Real(), "its coefficient in the second row"),
    *(
        Variable(f"h_{i}", Real(), f"entry {i} of the lower triangular factor of the three covariances")
        for i in range(1, 7)
    ),
)
z1, z2, z3, first, second, h1, h2, h3, h4, h5, h6 = symbols_of(WHERE_FORMS)
u, v, x = h1 * z1, h2 * z1 + h3 * z2, h4 * z1 + h5 * z2 + h6 * z3
NOISE = Normal(0, 1)


def mean_of(value: Expr) -> Expectation:
    """E over three independent standard normal noises."""
    return Expectation(Expectation(Expectation(value, z1, NOISE), z2, NOISE), z3, NOISE)


so_far, with_first, with_second, own = h1 * h2, h2 * h4 + h3 * h5, h1 * h4, h4**2 + h5**2 + h6**2
grown = so_far + first * with_first + second * with_second + first * second * own

linear_map_any_step_eq = Derivation(
    claim=Claim(
        "linear_map_any_step_eq",
        mean_of((u + first * x) * (v + second * x)),
        grown,
        WHERE_FORMS,
        convention=(
            "u and v are two rows of A(x − m) so far, of any length; x is the coordinate that comes in, less its mean",
            "any covariances of the three are those of a lower triangular factor times standard noise",
            "so an entry of A S Aᵀ, row by column, in any dimension; A stands on the left",
        ),
        source=Source("soch2020", "proof P348"),
    ),
    steps=(
        Step("the mean product of the two rows, one entry longer", mean_of((u + first * x) * (v + second * x))),
        Step(
            "multiplied out, E is linear",
            mean_of(u * v) + first * mean_of(x * v) + second * mean_of(u * x) + first * second * mean_of(x**2),
        ),
        Step("E zzᵀ = I: the entry so far, two mixed terms, and the variance of x", grown),
    ),
)

WHERE_GENERATING = (
    Variable("x", Real(), "(Aᵀt)·x, averaged over"),
    Variable("c", Real(), "t·b"),
    Variable("m", Real(), "(Aᵀt)·m = t·(Am)"),
    Variable("s", Positive(), "the VARIANCE (Aᵀt)ᵀ S (Aᵀt) = tᵀ (A S Aᵀ) t"),
)
form, shift, centre, spread = symbols_of(WHERE_GENERATING)
OF_LEMMA = dict(zip(symbols_of(WHERE_MGF)[1:], (Whole(1), centre, sqrt(spread)), strict=True))
"""The slope, the mean and the standard deviation of generating_normal_eq."""
generated = Expectation(exp(shift + form), form, Normal(centre, spread))

affine_generating_any_eq = Derivation(
    claim=Claim(
        "affine_generating_any_eq",
        generated,
        exp(shift + centre + spread / 2),
        WHERE_GENERATING,
        convention=(
            "E e^{t·(Ax + b)} for x ~ N(m, S), any t and any dimension: linear forms of a normal vector are normal",
            "it is e^{t·(Am + b) + ½ tᵀ(A S Aᵀ)t}, that of N(Am + b, A S Aᵀ), which determines the law",
        ),
        source=Source("soch2020", "proof P1"),
    ),
    steps=(
        Step("the mean of an exponential of a linear form", generated),
        Step("the shift is a constant factor", exp(shift) * Expectation(exp(form), form, Normal(centre, spread))),
        Step(
            "generating_normal_eq at u = 1",
            exp(shift + centre + spread / 2),
            lemmas=(Lemma(generating_normal_eq, tuple(OF_LEMMA.items()), exp(shift)),),
        ),
    ),
)

DERIVATIONS = (
    bordered_solution_eq,
    conditional_cov_any_step_eq,
    conditional_mean_any_step_eq,
    squared_distance_any_step_eq,
    normal_density_any_step_eq,
    conditional_normal_of_three_eq,
    linear_map_any_step_eq,
    affine_generating_any_eq,
)
