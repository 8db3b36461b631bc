"""How large signals are in a network: scores of attention, layers at their initialisation, ReLU and dropout.

Claim   a dot product's mean square grows by one product at a time, under any laws; that of normal vectors is d v²; a
        ReLU keeps half of the second moment of anything symmetric; inverted dropout keeps the mean and adds a ridge
Route   means under laws that are names, a term at a time; |k|² ~ χ²(d); a fair sign; a coin.
"""

from __future__ import annotations

from sympy import Expr, Max, Min, Rational, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.laws import Bernoulli, ChiSquared, Uniform
from claims.notation import Expectation, NamedLaw, Normal

WHERE = (
    Variable("s", Real(), "the sum of the terms before, averaged over"),
    Variable("a", Real(), "a coordinate, or a weight, averaged over"),
    Variable("x", Real(), "a coordinate, or an input, averaged over"),
    Variable("z", Real(), "standard normal, averaged over"),
    Variable("u", Real(), "the squared length of the key, averaged over"),
    Variable("d", Integer(1), "the dimension of queries and keys"),
    Variable("v", Positive(), "the VARIANCE of a weight"),
    Variable("b", Real(), "1 for a positive sign or a unit that is kept, else 0, averaged over"),
    Variable("c", Real(), "the slope below zero of a leaky ReLU: 0 for a ReLU"),
    Variable("k", Positive(), "the number of inputs of a layer, fan-in"),
    Variable("l", Positive(), "the number of its outputs, fan-out"),
    Variable("p", OpenUnit(), "the probability of KEEPING a unit"),
    Variable("w", Real(), "what the unit contributes: its weight times its activation"),
    Variable("y", Real(), "the target less what the other units contribute, averaged over"),
)
s, a, x, z, u, d, v, b, c, k, outs, p, w, y = symbols_of(WHERE)
before, first, second = NamedLaw("p"), NamedLaw("q"), NamedLaw("r")
HALF = Rational(1, 2)


def on(law: NamedLaw | Normal | Bernoulli | Uniform | ChiSquared, letter: Expr, f: Expr) -> Expectation:
    """E_{letter ~ law}[f]."""
    return Expectation(f, letter, law)


def all_of(f: Expr) -> Expectation:
    """The mean over the sum before, and over both factors of the new term, which are independent."""
    return on(before, s, on(first, a, on(second, x, f)))


squares = on(first, a, a**2) * on(second, x, x**2)
means = on(first, a, a) * on(second, x, x)

dot_product_step_eq = Derivation(
    claim=Claim(
        "dot_product_step_eq",
        all_of((s + a * x) ** 2) - all_of(s + a * x) ** 2,
        on(before, s, s**2) - on(before, s, s) ** 2 + squares - means**2,
        named(WHERE, "s a x"),
        convention=(
            "s is the sum of the products before, a x one product more; s, a and x are independent and of any laws"
            " p, q, r",
            "with means of 0 and variances of 1 each product adds 1: Var(q · k) = d for d coordinates, and"
            " Var(q · k/√d) = 1; weights of variance v and mean 0 add v E x²: a layer of n inputs has n v E x²",
        ),
        source=Source("stackexchange", "artificial intelligence 21237, the question and its first answer"),
    ),
    steps=(
        Step("the variance of the sum", all_of((s + a * x) ** 2) - all_of(s + a * x) ** 2),
        Step(
            "E is linear, and of independent factors the product of means",
            on(before, s, s**2) + 2 * on(before, s, s) * means + squares - (on(before, s, s) + means) ** 2,
        ),
        Step(
            "a square multiplied out: the cross terms cancel",
            on(before, s, s**2) - on(before, s, s) ** 2 + squares - means**2,
        ),
    ),
)

length = on(ChiSquared(d), u, v**2 * u / d)

attention_variance_eq = Derivation(
    claim=Claim(
        "attention_variance_eq",
        on(ChiSquared(d), u, on(Normal(0, 1), z, (v * sqrt(u) * z / sqrt(d)) ** 2)),
        v**2,
        named(WHERE, "u z d v"),
        convention=(
            "the coordinates of query and key are N(0, v), independent: |k|² = v u with u ~ χ²(d), and given the key"
            " q · k ~ N(0, v |k|²), which is v √u z with z ~ N(0, 1)",
            "the mean of q · k is 0, so that this is the variance of q · k/√d, in any dimension; without √d it is d v²",
        ),
        source=Source("monogioudis2026", "attention scaling explained"),
    ),
    steps=(
        Step(
            "the mean square of a score, given the key and over keys",
            on(ChiSquared(d), u, on(Normal(0, 1), z, (v * sqrt(u) * z / sqrt(d)) ** 2)),
        ),
        Step("E z² = 1", length),
        Step("E u = d", v**2),
    ),
)

relu = Max(0, (2 * b - 1) * x)
leak = Min(0, (2 * b - 1) * x)


def signed(f: Expr) -> Expectation:
    """The mean over a fair sign and a size."""
    return on(Bernoulli(HALF), b, on(before, x, f))


relu_half_eq = Derivation(
    claim=Claim(
        "relu_half_eq",
        signed((relu + c * leak) ** 2),
        (1 + c**2) / 2 * on(before, x, x**2),
        named(WHERE, "x b c"),
        convention=(
            "the activation before is symmetric: a fair sign 2b − 1 times x, for any law of x",
            "max(0, h) + c min(0, h): a leaky ReLU, for c = 0 a ReLU, which keeps half",
        ),
        source=Source("stackexchange", "cross validated 138035, the question"),
    ),
    steps=(
        Step("the mean square after the activation", signed((relu + c * leak) ** 2)),
        Step(
            "both outcomes of the sign",
            HALF * on(before, x, (Max(0, x) + c * Min(0, x)) ** 2)
            + HALF * on(before, x, (Max(0, -x) + c * Min(0, -x)) ** 2),
        ),
        Step(
            "of x and −x one is above zero and one below: x² and c²x²",
            (1 + c**2) / 2 * on(before, x, x**2),
        ),
    ),
)


def summed(weights: Normal | Uniform, f: Expr) -> Expectation:
    """The mean over the sum before, a weight, and the input that it is the weight of."""
    return on(before, s, on(weights, a, f))


rectified = summed(Normal(0, v), on(Bernoulli(HALF), b, on(second, x, (s + a * relu) ** 2)))
LAYER = (
    "s is the sum of the terms before, of any law; the new term is a weight times an input, independent of it and of"
    " each"
    " other"
)

he_layer_step_eq = Derivation(
    claim=Claim(
        "he_layer_step_eq",
        rectified,
        on(before, s, s**2) + v / 2 * on(second, x, x**2),
        named(WHERE, "s a x b v"),
        convention=(
            LAYER,
            "the input is the ReLU of something symmetric, a fair sign times x of any law: n inputs add n v/2 E x²,"
            " which"
            " is E x² for v = 2/n",
        ),
        source=Source("pitie2026", "appendix E, He initialisation"),
    ),
    steps=(
        Step("the mean square with one input more", rectified),
        Step(
            "E a = 0 and E a² = v",
            on(before, s, s**2) + v * on(Bernoulli(HALF), b, on(second, x, relu**2)),
        ),
        Step(
            "both outcomes of the sign: of x and −x one is above zero",
            on(before, s, s**2) + v / 2 * on(second, x, x**2),
        ),
    ),
)

ends = sqrt(6) / sqrt(k + outs)
even = summed(Uniform(-ends, ends), on(second, x, (s + a * x) ** 2))

xavier_layer_step_eq = Derivation(
    claim=Claim(
        "xavier_layer_step_eq",
        even,
        on(before, s, s**2) + 2 / (k + outs) * on(second, x, x**2),
        named(WHERE, "s a x k l"),
        convention=(
            LAYER,
            "weights are uniform between ±√6/√(n_in + n_out), of variance 2/(n_in + n_out), between 1/n_in, which keeps"
            " the mean square forwards, and 1/n_out, which keeps that of gradients",
        ),
        source=Source("paszke2019", "nn.init.xavier_uniform_"),
    ),
    steps=(
        Step("the mean square with one input more", even),
        Step(
            "E is linear",
            on(before, s, s**2)
            + 2 * on(before, s, s) * on(Uniform(-ends, ends), a, a) * on(second, x, x)
            + on(Uniform(-ends, ends), a, a**2) * on(second, x, x**2),
        ),
        Step(
            "the moments of the uniform law, 0 and a third of the square of its end",
            on(before, s, s**2) + 2 / (k + outs) * on(second, x, x**2),
        ),
    ),
)

coin = Bernoulli(p)
kept = on(coin, b, (b * w / p) ** 2) - on(coin, b, b * w / p) ** 2
KEPT = "inverted dropout: a unit is kept with probability p and then divided by p; where p is that of dropping, 1 − p"

dropout_mean_eq = Derivation(
    claim=Claim(
        "dropout_mean_eq",
        on(before, y, on(coin, b, y + b * w / p)),
        on(before, y, y) + w,
        named(WHERE, "b w p y"),
        convention=(KEPT, "y is here what the other units contribute, of any law: with every unit the mean is kept"),
        source=Source("paszke2019", "nn.Dropout"),
    ),
    steps=(
        Step("the mean with dropout", on(before, y, on(coin, b, y + b * w / p))),
        Step("E is linear", on(before, y, y) + on(coin, b, b) * w / p),
        Step("E b = p", on(before, y, y) + w),
    ),
)

dropout_variance_eq = Derivation(
    claim=Claim(
        "dropout_variance_eq",
        kept,
        w**2 * (1 - p) / p,
        named(WHERE, "b w p"),
        convention=(KEPT, "independent units add their variances"),
        source=Source("stackexchange", "cross validated 395859, the question and its answer"),
    ),
    steps=(
        Step("E square, less the square of E", kept),
        Step("E b² = E b = p", w**2 / p - w**2),
        Step("a common factor", w**2 * (1 - p) / p),
    ),
)

lost = on(before, y, on(coin, b, (y - b * w / p) ** 2))

dropout_ridge_step_eq = Derivation(
    claim=Claim(
        "dropout_ridge_step_eq",
        lost,
        on(before, y, (y - w) ** 2) + w**2 * (1 - p) / p,
        named(WHERE, "b w p y"),
        convention=(
            KEPT,
            "y is the target less what the other units contribute, of any law: one unit at a time, the squared error"
            " with"
            " dropout is that without it and (1 − p)/p Σ w_i² x_i², a ridge weighed by the inputs",
        ),
        source=Source("stackexchange", "cross validated 395859, the question and its answer"),
    ),
    steps=(
        Step("the squared error with dropout", lost),
        Step("E b² = E b = p", on(before, y, y**2) - 2 * w * on(before, y, y) + w**2 / p),
        Step("E is linear: the square without dropout, completed", on(before, y, (y - w) ** 2) + w**2 * (1 - p) / p),
    ),
)

DERIVATIONS = (
    dot_product_step_eq,
    attention_variance_eq,
    relu_half_eq,
    he_layer_step_eq,
    xavier_layer_step_eq,
    dropout_mean_eq,
    dropout_variance_eq,
    dropout_ridge_step_eq,
)
