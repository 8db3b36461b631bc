"""Scores of generators: Fréchet distance, inception score, perplexity, and BLEU's brevity penalty.

Claim   Fréchet distance is W2² of two normals; the log inception score is an information; perplexity is a mean of odds
Route   moments of coupled normals; entropies of two outcomes; logs of products; cases.
"""

from __future__ import annotations

from sympy import Determinant, Expr, Matrix, Max, Min, Rational, exp, eye, log, sqrt

from claims.claim import Claim, Derivation, Lemma, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.laws import Bernoulli
from claims.notation import KL, CrossEntropy, Entropy, Expectation, Normal
from derivations.information.identities import entropy_bernoulli_eq
from derivations.information.identities import p as p_of_lemma

NATS = "log is natural, so values are in nats"
HALF = Rational(1, 2)

WHERE = (
    Variable("z", Real(), "a standard normal draw, averaged over"),
    Variable("e", Real(), "another, independent"),
    *(Variable(f"m_{i}", Real(), f"mean of law {i}") for i in (1, 2)),
    *(Variable(f"s_{i}", Positive(), f"standard deviation of law {i}") for i in (1, 2)),
    Variable("r", OpenUnit(), "correlation of the two draws"),
)
z, e, m1, m2, s1, s2, r = symbols_of(WHERE)


def over_both(f: Expr) -> Expr:
    """E over two independent standard normal draws."""
    return Expectation(Expectation(f, e, Normal(0, 1)), z, Normal(0, 1))


first, second = m1 + s1 * z, m2 + s2 * (r * z + sqrt(1 - r**2) * e)
cost = (m1 - m2) ** 2 + s1**2 + s2**2 - 2 * r * s1 * s2

coupling_cost_eq = Derivation(
    claim=Claim(
        "coupling_cost_eq",
        over_both((first - second) ** 2),
        cost,
        WHERE,
        convention=("N(m₁, s₁²) and N(m₂, s₂²) drawn with correlation r: least as r goes to 1", "squared distance"),
        source=Source("flamary2021", "gaussian.bures_wasserstein_distance"),
    ),
    steps=(
        Step("the mean squared distance of two correlated draws", over_both((first - second) ** 2)),
        Step(
            "means and deviations apart",
            (m1 - m2) ** 2 + over_both(((s1 - r * s2) * z - sqrt(1 - r**2) * s2 * e) ** 2),
        ),
        Step("the two noises are independent", (m1 - m2) ** 2 + (s1 - r * s2) ** 2 + (1 - r**2) * s2**2),
        Step("squares collected", cost),
    ),
)

coupled = (m1 + s1 * z - m2 - s2 * z) ** 2

frechet_is_w2_eq = Derivation(
    claim=Claim(
        "frechet_is_w2_eq",
        Expectation(coupled, z, Normal(0, 1)),
        (m1 - m2) ** 2 + s1**2 + s2**2 - 2 * s1 * s2,
        named(WHERE, "z m_1 m_2 s_1 s_2"),
        convention=(
            "equal quantiles go together, which is best on a line: the value is W2², a square",
            "one feature; tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½) is s₁² + s₂² − 2 s₁ s₂",
        ),
        source=Source("heusel2017", "the experiments, definition of FID"),
    ),
    steps=(
        Step("the mean squared distance where both have the same z", Expectation(coupled, z, Normal(0, 1))),
        Step("means and deviations apart", (m1 - m2) ** 2 + (s1 - s2) ** 2 * Expectation(z**2, z, Normal(0, 1))),
        Step("the Fréchet distance", (m1 - m2) ** 2 + s1**2 + s2**2 - 2 * s1 * s2),
    ),
)

WHERE_PLANE = (
    *(Variable(f"l_{i}", Positive(), f"diagonal entry {i} of L, Σ₁ = L Lᵀ") for i in (1, 2)),
    Variable("l", Real(), "the entry of L below it"),
    *(Variable(f"k_{i}", Positive(), f"diagonal entry {i} of K, T = K Kᵀ") for i in (1, 2)),
    Variable("k", Real(), "the entry of K below it"),
)
l1, l2, low, k1, k2, k = symbols_of(WHERE_PLANE)
FIRST = Matrix([[l1**2, l1 * low], [l1 * low, low**2 + l2**2]])
MAP = Matrix([[k1**2, k1 * k], [k1 * k, k**2 + k2**2]])
SECOND = MAP * FIRST * MAP
root_trace = k1**2 * l1**2 + 2 * k * k1 * low * l1 + (k**2 + k2**2) * (low**2 + l2**2)
PLANE = "two features; any positive definite Σ₁, and Σ₂ = T Σ₁ T: x → T x takes N(0, Σ₁) to N(0, Σ₂), T being symmetric"

frechet_map_cost_eq = Derivation(
    claim=Claim(
        "frechet_map_cost_eq",
        ((eye(2) - MAP) * FIRST * (eye(2) - MAP)).trace(),
        FIRST.trace() + SECOND.trace() - 2 * root_trace,
        WHERE_PLANE,
        convention=(
            PLANE,
            "E|x − T x|²; means add their squared distance",
            "that no coupling costs less is Brenier's theorem",
        ),
        source=Source("flamary2021", "gaussian.bures_wasserstein_distance"),
    ),
    steps=(
        Step("the mean squared distance of x and T x", ((eye(2) - MAP) * FIRST * (eye(2) - MAP)).trace()),
        Step("the square opened: tr Σ₁ + tr Σ₂ − 2 tr T Σ₁", FIRST.trace() + SECOND.trace() - 2 * root_trace),
    ),
)

squared_root_trace = (FIRST * SECOND).trace() + 2 * sqrt(Determinant(FIRST) * Determinant(SECOND))

frechet_root_trace_eq = Derivation(
    claim=Claim(
        "frechet_root_trace_eq",
        squared_root_trace,
        root_trace**2,
        WHERE_PLANE,
        convention=(
            PLANE,
            "the square of tr (Σ₁Σ₂)^½ in the plane: (√μ₁ + √μ₂)² = μ₁ + μ₂ + 2√(μ₁μ₂), so it is tr T Σ₁",
        ),
        source=Source("heusel2017", "the experiments, definition of FID"),
    ),
    steps=(
        Step("from trace and determinant of Σ₁Σ₂", squared_root_trace),
        Step(
            "Σ₁Σ₂ = (Σ₁T)²: its trace, and twice its determinant's root",
            (FIRST * MAP * FIRST * MAP).trace() + 2 * Determinant(FIRST) * Determinant(MAP),
        ),
        Step("(tr M)² = tr M² + 2 det M", root_trace**2),
    ),
)

WHERE_IMAGES = (
    Variable("a", OpenUnit(), "probability of class 1 for image 1"),
    Variable("b", OpenUnit(), "probability of class 1 for image 2"),
)
a, b = symbols_of(WHERE_IMAGES)
middle = (a + b) / 2
first, second, mixed = Bernoulli(a), Bernoulli(b), Bernoulli(middle)
log_score = HALF * KL(first, mixed) + HALF * KL(second, mixed)
own = HALF * Entropy(first) + HALF * Entropy(second)
ENTROPIES = tuple(
    Lemma(entropy_bernoulli_eq, ((p_of_lemma, place),), weight)
    for place, weight in ((middle, HALF + HALF), (a, -HALF), (b, -HALF))
)


def binary(p: Expr) -> Expr:
    """The entropy of two outcomes."""
    return -p * log(p) - (1 - p) * log(1 - p)


inception_information_eq = Derivation(
    claim=Claim(
        "inception_information_eq",
        log_score,
        binary(middle) - HALF * binary(a) - HALF * binary(b),
        WHERE_IMAGES,
        convention=(
            NATS,
            "two images, as likely, and two classes; the score is e to this",
            "I(image; class) = H(y) − H(y | x)",
        ),
        source=Source("sargent2026", "divergence measures, Jensen-Shannon divergence"),
    ),
    steps=(
        Step("the mean divergence of an image's classes from all images' classes", log_score),
        Step(
            "KL(p ‖ m) = H(p, m) − H(p), by the definitions",
            HALF * CrossEntropy(first, mixed) + HALF * CrossEntropy(second, mixed) - own,
        ),
        Step("E y is (a + b)/2 on average: entropy of the mean less mean of the entropies", Entropy(mixed) - own),
        Step(
            "entropy_bernoulli_eq, three times",
            binary(middle) - HALF * binary(a) - HALF * binary(b),
            lemmas=ENTROPIES,
        ),
    ),
)

WHERE_TEXT = (
    *(Variable(f"p_{i}", Positive(), f"probability that the model gives word {i}") for i in (1, 2, 3)),
    Variable("c", Positive(), "length of the candidate"),
    Variable("d", Real(), "length of the reference less that of the candidate"),
)
p1, p2, p3, c, d = symbols_of(WHERE_TEXT)
perplexity = (p1 * p2 * p3) ** Rational(-1, 3)

perplexity_eq = Derivation(
    claim=Claim(
        "perplexity_eq",
        log(perplexity),
        -(log(p1) + log(p2) + log(p3)) / 3,
        named(WHERE_TEXT, "p_1 p_2 p_3"),
        convention=(NATS, "three words; perplexity is the geometric mean of 1/p, and its log the cross-entropy a word"),
        source=Source("jurafsky2025", "section 3.3"),
    ),
    steps=(
        Step("the log of (p₁p₂p₃)^(−1/3)", log(perplexity)),
        Step("the log of a power", -log(p1 * p2 * p3) / 3),
        Step("the mean of −log p", -(log(p1) + log(p2) + log(p3)) / 3),
    ),
)

brevity_penalty_eq = Derivation(
    claim=Claim(
        "brevity_penalty_eq",
        Min(1, exp(-d / c)),
        exp(-Max(0, d) / c),
        named(WHERE_TEXT, "c d"),
        convention=("e^(1 − r/c) with r = c + d: no penalty for a candidate at least as long as its reference",),
        source=Source("papineni2002", "section 2.3"),
    ),
    steps=(
        Step("1 for a longer candidate, e^(1 − r/c) for a shorter one", Min(1, exp(-d / c))),
        Step("the exponential rises: the lesser exponent", exp(Min(0, -d / c))),
        Step("only what is missing counts", exp(-Max(0, d) / c)),
    ),
)

DERIVATIONS = (
    coupling_cost_eq,
    frechet_is_w2_eq,
    frechet_map_cost_eq,
    frechet_root_trace_eq,
    inception_information_eq,
    perplexity_eq,
    brevity_penalty_eq,
)
