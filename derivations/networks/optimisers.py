"""Momentum, Adam's moving averages and gradient descent on linear models, for any number of steps and of weights.

Claim   momentum is a sum of past gradients; a moving average from zero has the mean (1 − β^t) E g; a step on a linear
        model moves its outputs by the kernel; a residual decays as e^(−λt)
Route   geometric sums; a letter is added to one weight.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Function, Sum, exp

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.indicators import IsZero
from claims.notation import Expectation, NamedLaw

WHERE = (
    Variable("n", Integer(1), "the number of steps, or of weights"),
    Variable("k", Integer(1), "the weight whose slope is asked for"),
    Variable("m", Integer(0), "the weights after it"),
    Variable("i", Integer(1), "counts the steps, or the weights"),
    Variable("j", Integer(0), "counts the steps since a gradient"),
    Variable("d", OpenUnit(), "β, the momentum or the decay of a moving average"),
    Variable("x", Real(), "what a gradient depends on (a minibatch), averaged over"),
    Variable("c", Real(), "a gradient that does not change, or the target"),
    Variable("h", Positive(), "the learning rate"),
    Variable("u", Real(), "the output less its target, at the datum of features a"),
    Variable("w", Real(), "the output less its target, at the datum of features z"),
    Variable("v", Real(), "what is added to weight k"),
    Variable("f", Real(), "the output at the beginning"),
    Variable("e", Positive(), "λ, an eigenvalue of the kernel"),
    Variable("t", Positive(), "time"),
)
n, k, m, i, j, d, x, c, h, u, w, v, f, e, t = symbols_of(WHERE)
G, THETA, A, Z = (Function(name, real=True) for name in "gyaz")
batches = NamedLaw("p")
DWARAKNATH = Source("dwaraknath2019", "training the network")


def momentum(steps: Expr) -> Sum:
    """Σ β^(steps − i) g_i."""
    return Sum(d ** (steps - i) * G(i), (i, 1, steps))


momentum_step_eq = Derivation(
    claim=Claim(
        "momentum_step_eq",
        d * momentum(n) + G(n + 1),
        momentum(n + 1),
        named(WHERE, "n i d"),
        convention=("v_{t+1} = β v_t + g_{t+1} from v_0 = 0, gradients g_1, …, g_{n+1}, written g(i)",),
        source=Source("zhang2023", "momentum, leaky averages"),
    ),
    steps=(
        Step("a step of momentum", d * momentum(n) + G(n + 1)),
        Step("β goes into the sum, term by term", Sum(d ** (n + 1 - i) * G(i), (i, 1, n)) + G(n + 1)),
        Step("the new gradient is the last, of weight β⁰: what has no index stands before the sum", momentum(n + 1)),
    ),
)

momentum_constant_eq = Derivation(
    claim=Claim(
        "momentum_constant_eq",
        Sum(d ** (n - i) * c, (i, 1, n)),
        c * (1 - d**n) / (1 - d),
        named(WHERE, "n i j d c"),
        convention=("v_n = Σ β^(n − i) g for a gradient that does not change: in the end 1/(1 − β) times as large",),
        source=Source("zhang2023", "momentum, leaky averages"),
    ),
    steps=(
        Step("the gradients of n steps", Sum(d ** (n - i) * c, (i, 1, n))),
        Step("counted down, term by term: what has no index stands before the sum", c * Sum(d**j, (j, 0, n - 1))),
        Step("Σ βⁱ = (1 − βⁿ)/(1 − β)", c * (1 - d**n) / (1 - d)),
    ),
)


def mean(value: Expr) -> Expectation:
    """The mean over minibatches."""
    return Expectation(value, x, batches)


averaged = (1 - d) * Sum(d ** (n - i) * mean(G(x)), (i, 1, n))

adam_bias_eq = Derivation(
    claim=Claim(
        "adam_bias_eq",
        averaged,
        (1 - d**n) * mean(G(x)),
        named(WHERE, "n i j d x"),
        convention=(
            "m_n = (1 − β) Σ β^(n − i) g_i from m_0 = 0, whose mean is (1 − β) Σ β^(n − i) E g_i; each g_i has the"
            " law of"
            " g(x), any law",
            "g(x) is the gradient for m and its square for v: m/(1 − β_1ⁿ) and v/(1 − β_2ⁿ) have no bias",
        ),
        source=Source("nadavb2026", "equation 13"),
    ),
    steps=(
        Step("the mean of the moving average", averaged),
        Step(
            "what has no index stands before the sum: counted down, term by term",
            (1 - d) * mean(G(x)) * Sum(d**j, (j, 0, n - 1)),
        ),
        Step("Σ βⁱ = (1 − βⁿ)/(1 − β)", (1 - d**n) * mean(G(x))),
    ),
)


def over(value: Expr, last: Expr = n) -> Sum:
    """Σ over all weights."""
    return Sum(value, (i, 1, last))


WEIGHTS = "the model is linear in its weights y_i: its output at a datum of features a_i is Σ a_i y_i"
loss = (over(A(i) * (THETA(i) + v * IsZero(i - k)), k + m) - c) ** 2 / 2
error = over(A(i) * THETA(i), k + m) + v * A(k) - c

linear_slope_any_eq = Derivation(
    claim=Claim(
        "linear_slope_any_eq",
        Derivative(loss, v),
        A(k) * error,
        named(WHERE, "k m i v c"),
        convention=(
            WEIGHTS,
            "k + m weights; v is added to weight k alone, so that the slope in v is that in the weight",
        ),
        source=DWARAKNATH,
    ),
    steps=(
        Step("half the squared error, as weight k moves", Derivative(loss, v)),
        Step("term by term: weight k alone moves the output", Derivative(error**2 / 2, v)),
        Step("the derivative of a square", A(k) * error),
    ),
)

moved = over(A(i) * (THETA(i) - h * (u * A(i) + w * Z(i))))

ntk_step_eq = Derivation(
    claim=Claim(
        "ntk_step_eq",
        moved,
        over(A(i) * THETA(i)) - h * (u * over(A(i) ** 2) + w * over(A(i) * Z(i))),
        named(WHERE, "n i h u w"),
        convention=(
            WEIGHTS,
            "a step of gradient descent on half the squared errors u and w at two data moves weight i by"
            " −h (u a_i + w z_i) (linear_slope_any_eq); each further datum adds such a term",
            "K(a, a) = Σ a_i², K(a, z) = Σ a_i z_i: the output moves by −h Σ K(a, ·) times the residuals, and in small"
            " steps df/dt = −K (f − y)",
        ),
        source=DWARAKNATH,
    ),
    steps=(
        Step("the output at a after the step", moved),
        Step(
            "term by term: what the step adds",
            over(A(i) * THETA(i)) - over(h * A(i) * (u * A(i) + w * Z(i))),
        ),
        Step(
            "what has no index stands before the sum: the kernel at a and a, and at a and z",
            over(A(i) * THETA(i)) - h * (u * over(A(i) ** 2) + w * over(A(i) * Z(i))),
        ),
    ),
)

output = c + (f - c) * exp(-e * t)

residual_decay_eq = Derivation(
    claim=Claim(
        "residual_decay_eq",
        Derivative((output - c) ** 2 / 2, t),
        -e * (f - c) ** 2 * exp(-2 * e * t),
        named(WHERE, "c f e t"),
        convention=(
            "f_t = y + (f_0 − y) e^(−λt), along an eigenvector of the kernel, solves df/dt = −λ(f − y)",
            "the loss falls as e^(−2λt)",
        ),
        source=DWARAKNATH,
    ),
    steps=(
        Step("how the loss falls along the flow", Derivative((output - c) ** 2 / 2, t)),
        Step("the chain rule: the error times how fast the output moves", (output - c) * Derivative(output, t)),
        Step("the derivative of the output is −λ (f_0 − y) e^(−λt)", -e * (f - c) ** 2 * exp(-2 * e * t)),
    ),
)

DERIVATIONS = (
    momentum_step_eq,
    momentum_constant_eq,
    adam_bias_eq,
    linear_slope_any_eq,
    ntk_step_eq,
    residual_decay_eq,
)
