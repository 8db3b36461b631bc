"""Two variables: chain rules, mutual information in its forms, and what processing does to it.

Claim   H(X, Y) = H(X) + H(Y | X); KL splits the same way; I(X; Y) in three forms, never negative, lost by processing
Route   the log of a product is a sum; log t ≤ t − 1 for the ratio of what is thought independent to what is so.
"""

from __future__ import annotations

from sympy import Expr, Integer, log, pi

from claims.claim import Claim, Derivation, Lemma, Relation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Tangent
from claims.notation import Density, Entropy, Expectation, Normal

NATS = "log is natural, so the value is in nats"
COINS = "X and Y are 0 or 1, with any joint law of positive probabilities"

WHERE = (
    Variable("a", OpenUnit(), "P(X = 1)"),
    Variable("b", OpenUnit(), "P(Y = 1 | X = 1)"),
    Variable("c", OpenUnit(), "P(Y = 1 | X = 0)"),
)
a, b, c = symbols_of(WHERE)
JOINT = ((a * b, a, b), (a * (1 - b), a, 1 - b), ((1 - a) * c, 1 - a, c), ((1 - a) * (1 - c), 1 - a, 1 - c))
"""For each pair of values: its probability, that of X, and that of Y given X."""
y = a * b + (1 - a) * c
OF_Y = (y, 1 - y, y, 1 - y)


def summed(terms: tuple[Expr, ...]) -> Expr:
    """The sum over the four pairs of values."""
    return terms[0] + terms[1] + terms[2] + terms[3]


def coin(p: Expr) -> Expr:
    """−p log p − (1 − p) log(1 − p)."""
    return -p * log(p) - (1 - p) * log(1 - p)


joint_entropy = -summed(tuple(j * log(j) for j, _, _ in JOINT))
conditional = a * coin(b) + (1 - a) * coin(c)

entropy_chain_eq = Derivation(
    claim=Claim(
        "entropy_chain_eq",
        joint_entropy,
        coin(a) + conditional,
        WHERE,
        convention=(NATS, COINS, "H(Y | X) is the mean over X of the entropy of Y given X"),
        source=Source("cover2006", "section 2.2"),
    ),
    steps=(
        Step("−Σ p(x, y) log p(x, y)", joint_entropy),
        Step("p(x, y) = p(x) p(y | x), and logs add", -summed(tuple(j * (log(px) + log(k)) for j, px, k in JOINT))),
        Step("H(X) + H(Y | X)", coin(a) + conditional),
    ),
)

information = summed(tuple(j * log(j / (px * py)) for (j, px, _), py in zip(JOINT, OF_Y, strict=True)))

mi_entropies_eq = Derivation(
    claim=Claim(
        "mi_entropies_eq",
        information,
        coin(a) + coin(y) - joint_entropy,
        WHERE,
        convention=(NATS, COINS, "I(X; Y) = KL(p(x, y) ‖ p(x) p(y)), P(Y = 1) = ab + (1 − a)c"),
        source=Source("cover2006", "section 2.4"),
    ),
    steps=(
        Step("Σ p(x, y) log p(x, y)/(p(x) p(y))", information),
        Step(
            "the log in three",
            summed(tuple(j * (log(j) - log(px) - log(py)) for (j, px, _), py in zip(JOINT, OF_Y, strict=True))),
        ),
        Step("H(X) + H(Y) − H(X, Y)", coin(a) + coin(y) - joint_entropy),
    ),
)

mi_conditional_eq = Derivation(
    claim=Claim(
        "mi_conditional_eq",
        information,
        coin(y) - conditional,
        WHERE,
        convention=(NATS, COINS, "how much knowing X lowers the entropy of Y, on average"),
        source=Source("cover2006", "section 2.4"),
    ),
    steps=(
        Step("Σ p(x, y) log p(x, y)/(p(x) p(y))", information),
        Step(
            "p(x, y)/p(x) = p(y | x), and the log in two",
            summed(tuple(j * (log(k) - log(py)) for (j, _, k), py in zip(JOINT, OF_Y, strict=True))),
        ),
        Step("H(Y) − H(Y | X)", coin(y) - conditional),
    ),
)

mean_kl_written = a * (b * log(b / y) + (1 - b) * log((1 - b) / (1 - y))) + (1 - a) * (
    c * log(c / y) + (1 - c) * log((1 - c) / (1 - y))
)

mi_mean_kl_eq = Derivation(
    claim=Claim(
        "mi_mean_kl_eq",
        information,
        mean_kl_written,
        WHERE,
        convention=(NATS, COINS, "the mean over X of the divergence of p(y | x) from p(y)"),
        source=Source("cover2006", "section 2.5"),
    ),
    steps=(
        Step("Σ p(x, y) log p(x, y)/(p(x) p(y))", information),
        Step("p(x) taken out: Σ_x p(x) Σ_y p(y | x) log p(y | x)/p(y)", mean_kl_written),
    ),
)

mi_nonneg = Derivation(
    claim=Claim(
        "mi_nonneg",
        information,
        Integer(0),
        WHERE,
        Relation.GE,
        convention=(NATS, COINS, "zero where b = c: X and Y independent"),
        source=Source("cover2006", "section 2.6"),
    ),
    steps=(
        Step("Σ p(x, y) log p(x, y)/(p(x) p(y))", information),
        Step(
            "log t ≤ t − 1 for t = p(x) p(y)/p(x, y), whose mean is 1",
            Integer(0),
            Relation.GE,
            tuple(Tangent(px * py / j, j) for (j, px, _), py in zip(JOINT, OF_Y, strict=True)),
        ),
    ),
)

conditioning_entropy_le = Derivation(
    claim=Claim(
        "conditioning_entropy_le",
        conditional,
        coin(y),
        WHERE,
        Relation.LE,
        convention=(NATS, COINS, "on average: given one value of X, Y may well have more entropy than before"),
        source=Source("cover2006", "section 2.6"),
    ),
    steps=(
        Step("H(Y | X)", conditional),
        Step("−E log p(y | x)", -summed(tuple(j * log(k) for j, _, k in JOINT))),
        Step(
            "Gibbs, with p(y) for p(y | x) at each x",
            -summed(tuple(j * log(py) for (j, _, _), py in zip(JOINT, OF_Y, strict=True))),
            Relation.LE,
            tuple(Tangent(py / k, j) for (j, _, k), py in zip(JOINT, OF_Y, strict=True)),
        ),
        Step("H(Y)", coin(y)),
    ),
)

WHERE_BOTH = (
    *WHERE,
    Variable("d", OpenUnit(), "P(X = 1) under the second law"),
    Variable("e", OpenUnit(), "P(Y = 1 | X = 1) under the second law"),
    Variable("f", OpenUnit(), "P(Y = 1 | X = 0) under the second law"),
)
d, e, f = symbols_of(WHERE_BOTH)[3:]
OTHER = (d * e, d * (1 - e), (1 - d) * f, (1 - d) * (1 - f))
joint_kl = summed(tuple(j * log(j / o) for (j, _, _), o in zip(JOINT, OTHER, strict=True)))


def between(p: Expr, q: Expr) -> Expr:
    """KL of two coins, written out."""
    return p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))


kl_chain_eq = Derivation(
    claim=Claim(
        "kl_chain_eq",
        joint_kl,
        between(a, d) + a * between(b, e) + (1 - a) * between(c, f),
        WHERE_BOTH,
        convention=(NATS, COINS, "the divergence given X is averaged under the first law"),
        source=Source("cover2006", "section 2.5"),
    ),
    steps=(
        Step("Σ p(x, y) log p(x, y)/q(x, y)", joint_kl),
        Step(
            "the ratio of joints is a product of ratios",
            a * b * (log(a / d) + log(b / e))
            + a * (1 - b) * (log(a / d) + log((1 - b) / (1 - e)))
            + (1 - a) * c * (log((1 - a) / (1 - d)) + log(c / f))
            + (1 - a) * (1 - c) * (log((1 - a) / (1 - d)) + log((1 - c) / (1 - f))),
        ),
        Step("of X, and of Y given X", between(a, d) + a * between(b, e) + (1 - a) * between(c, f)),
    ),
)

WHERE_CHANNEL = (
    Variable("p", OpenUnit(), "P(Y = 1) under the first law"),
    Variable("q", OpenUnit(), "P(Y = 1) under the second law"),
    Variable("g", OpenUnit(), "P(Z = 1 | Y = 1)"),
    Variable("h", OpenUnit(), "P(Z = 1 | Y = 0)"),
)
p, q, g, h = symbols_of(WHERE_CHANNEL)
z_p, z_q = p * g + (1 - p) * h, q * g + (1 - q) * h
PAIRS = (
    (p * g, q / p, z_p / z_q),
    (p * (1 - g), q / p, (1 - z_p) / (1 - z_q)),
    ((1 - p) * h, (1 - q) / (1 - p), z_p / z_q),
    ((1 - p) * (1 - h), (1 - q) / (1 - p), (1 - z_p) / (1 - z_q)),
)

data_processing_le = Derivation(
    claim=Claim(
        "data_processing_le",
        between(z_p, z_q),
        between(p, q),
        WHERE_CHANNEL,
        Relation.LE,
        convention=(
            NATS,
            "Y is 0 or 1, and Z is made of Y by one channel under both laws",
            "with p(y | x) for the first law and p(y) for the second, averaged over X: I(X; Z) ≤ I(X; Y)",
        ),
        source=Source("soch2020", "proof P165"),
    ),
    steps=(
        Step("the divergence between the two laws of Z", between(z_p, z_q)),
        Step(
            "log t ≤ t − 1 for t = q(y) p(z)/(p(y) q(z)), whose mean under p(y) p(z | y) is 1",
            between(p, q),
            Relation.LE,
            tuple(Tangent(back * forth, weight) for weight, back, forth in PAIRS),
        ),
    ),
)

WHERE_CHAIN = (*WHERE, Variable("m", OpenUnit(), "P(Y = 1), which is ab + (1 − a)c"), *WHERE_CHANNEL[2:])
mixed = symbols_of(WHERE_CHAIN)[3]
passed, passed_b, passed_c = (v * g + (1 - v) * h for v in (mixed, b, c))


def processed(weight: Expr, before: Expr) -> tuple[Lemma, ...]:
    """Where Y is 1 with probability ``before``: its divergence from the law of all Y is lessened."""
    return (Lemma(data_processing_le, ((p, before), (q, mixed)), weight),)


mi_data_processing_le = Derivation(
    claim=Claim(
        "mi_data_processing_le",
        a * between(passed_b, passed) + (1 - a) * between(passed_c, passed),
        a * between(b, mixed) + (1 - a) * between(c, mixed),
        WHERE_CHAIN,
        Relation.LE,
        convention=(
            NATS,
            "X, Y and Z are 0 or 1, and Z is made of Y alone: X → Y → Z, so I(X; Z) ≤ I(X; Y) (mi_mean_kl_eq)",
            "processing Y makes no information about X; it holds whatever m stands for P(Y = 1) on both sides",
        ),
        source=Source("cover2006", "section 2.8"),
    ),
    steps=(
        Step(
            "I(X; Z), the mean divergence of p(z | x) from p(z)",
            a * between(passed_b, passed) + (1 - a) * between(passed_c, passed),
        ),
        Step(
            "where X = 1, processing brings p(y | x) and p(y) together (data_processing_le)",
            a * between(b, mixed) + (1 - a) * between(passed_c, passed),
            Relation.LE,
            lemmas=processed(a, b),
        ),
        Step(
            "and where X = 0 (data_processing_le)",
            a * between(b, mixed) + (1 - a) * between(c, mixed),
            Relation.LE,
            lemmas=processed(1 - a, c),
        ),
    ),
)

WHERE_NORMAL = (
    Variable("x", Real(), "a value of Y, averaged over"),
    Variable("m", Real(), "the mean of Y"),
    Variable("s", Positive(), "the standard deviation of Y"),
    Variable("n", Real(), "the mean of Y given X"),
    Variable("r", OpenUnit(), "the absolute value of the correlation"),
)
x, m, s, n, r = symbols_of(WHERE_NORMAL)
plain, given = Normal(m, s**2), Normal(n, s**2 * (1 - r**2))
lowered = Entropy(plain) - Entropy(given)

mi_normal_eq = Derivation(
    claim=Claim(
        "mi_normal_eq",
        lowered,
        -log(1 - r**2) / 2,
        WHERE_NORMAL,
        convention=(NATS, "X and Y jointly normal: given X, Y is normal with the variance s²(1 − r²), whatever X"),
        source=Source("soch2020", "proof P476"),
    ),
    steps=(
        Step("I(X; Y) = H(Y) − H(Y | X)", lowered),
        Step(
            "the definition: −E log p(y) and −E log p(y | x)",
            Expectation(log(Density(given, x)), x, given) - Expectation(log(Density(plain, x)), x, plain),
        ),
        Step(
            "the log of a product: a square over twice the variance, and half the log of 2π times it",
            Expectation((x - m) ** 2, x, plain) / (2 * s**2)
            - Expectation((x - n) ** 2, x, given) / (2 * s**2 * (1 - r**2))
            + log(2 * pi * s**2) / 2
            - log(2 * pi * s**2 * (1 - r**2)) / 2,
        ),
        Step(
            "E of either square is its variance: 1/2 each", log(2 * pi * s**2) / 2 - log(2 * pi * s**2 * (1 - r**2)) / 2
        ),
        Step("the log of a quotient: 2π s² cancels", -log(1 - r**2) / 2),
    ),
)

DERIVATIONS = (
    entropy_chain_eq,
    mi_entropies_eq,
    mi_conditional_eq,
    mi_mean_kl_eq,
    mi_nonneg,
    conditioning_entropy_le,
    kl_chain_eq,
    data_processing_le,
    mi_data_processing_le,
    mi_normal_eq,
)
