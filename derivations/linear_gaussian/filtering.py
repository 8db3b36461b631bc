"""Filtering: the Kalman recursion in one dimension, and the forward and backward recursions of a hidden Markov model.

Claim   predict adds noise, update weights by precisions; sums over paths are products of matrices, from either end
Route   moments; a parabola's peak; the distributive law.
"""

from __future__ import annotations

from sympy import Expr, Function, Sum, Symbol, log

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, Positive, Real, Variable, named, symbols_of
from claims.notation import Argmax, Argmin, Density, Expectation, Normal

WHERE = (
    Variable("x", Real(), "the state, or what is averaged over"),
    Variable("e", Real(), "noise of the state, averaged over"),
    Variable("m", Real(), "mean of the state before"),
    Variable("P", Positive(), "VARIANCE of the state before"),
    Variable("a", Real(), "factor of the state in a step"),
    Variable("Q", Positive(), "VARIANCE of the state's noise"),
    Variable("R", Positive(), "VARIANCE of the observation's noise"),
    Variable("y", Real(), "the observation"),
    Variable("K", Real(), "a gain"),
)
x, e, m, P, a, Q, R, y, K = symbols_of(WHERE)
moved = Expectation(Expectation((a * x + e - a * m) ** 2, e, Normal(0, Q)), x, Normal(m, P))

kalman_predict_eq = Derivation(
    claim=Claim(
        "kalman_predict_eq",
        moved,
        a**2 * P + Q,
        named(WHERE, "x e m P a Q"),
        convention=("x′ = a x + e; P, Q and R are variances",),
        source=Source("bishop2006", "section 13.3.1, equation 13.88"),
    ),
    steps=(
        Step("the mean squared deviation of the next state from a m", moved),
        Step("the noise is independent", a**2 * Expectation((x - m) ** 2, x, Normal(m, P)) + Q),
        Step("E(x − m)² = P", a**2 * P + Q),
    ),
)

error = (1 - K) ** 2 * P + K**2 * R

kalman_gain_eq = Derivation(
    claim=Claim(
        "kalman_gain_eq",
        Argmin(error, K),
        P / (P + R),
        named(WHERE, "P R K"),
        convention=("the variance of x − m − K(y − m) for any gain: Joseph's form", "y = x + noise of variance R"),
        source=Source("bishop2006", "section 13.3.1, equation 13.92"),
    ),
    steps=(
        Step("where the error's variance (1 − K)²P + K²R is least", Argmin(error, K)),
        Step("the slope 2K(P + R) − 2P rises through zero once", P / (P + R)),
    ),
)

posterior = log(Density(Normal(m, P), x)) + log(Density(Normal(x, R), y))

kalman_update_mean_eq = Derivation(
    claim=Claim(
        "kalman_update_mean_eq",
        Argmax(posterior, x),
        m + P / (P + R) * (y - m),
        named(WHERE, "x m P R y"),
        convention=("the posterior is normal, so its peak is its mean", "gain times innovation"),
        source=Source("bishop2006", "section 13.3.1, equation 13.89"),
    ),
    steps=(
        Step("where prior times likelihood is greatest", Argmax(posterior, x)),
        Step("means weighted by precisions", (m / P + y / R) / (1 / P + 1 / R)),
        Step("as a correction of m", m + P / (P + R) * (y - m)),
    ),
)

kalman_update_variance_eq = Derivation(
    claim=Claim(
        "kalman_update_variance_eq",
        error.subs(K, P / (P + R)),
        1 / (1 / P + 1 / R),
        named(WHERE, "P R"),
        convention=("P, Q and R are variances", "(1 − K)P at the best gain: precisions add"),
        source=Source("bishop2006", "section 13.3.1, equation 13.90"),
    ),
    steps=(
        Step("the error's variance at the gain P/(P + R)", error.subs(K, P / (P + R))),
        Step("Joseph's form at the best gain", (1 - P / (P + R)) * P),
        Step("precisions add", 1 / (1 / P + 1 / R)),
    ),
)

STATES = (1, 2)
WHERE_HMM = (
    *(Variable(f"p_{i}", Positive(), f"probability of starting in state {i}") for i in STATES),
    *(Variable(f"t_{i}{j}", Positive(), f"probability of going from state {i} to {j}") for i in STATES for j in STATES),
    *(
        Variable(f"o_{k}{i}", Positive(), f"probability of observation {k} in state {i}")
        for k in (1, 2, 3)
        for i in STATES
    ),
)
symbols = {v.name: s for v, s in zip(WHERE_HMM, symbols_of(WHERE_HMM), strict=True)}


def start(i: int) -> Expr:
    """P(first state is i)."""
    return symbols[f"p_{i}"]


def turn(i: int, j: int) -> Expr:
    """P(j follows i)."""
    return symbols[f"t_{i}{j}"]


def seen(k: int, i: int) -> Expr:
    """P(observation k | state i)."""
    return symbols[f"o_{k}{i}"]


def add(terms: list[Expr]) -> Expr:
    """The sum of two terms or more."""
    return sum(terms[1:], terms[0])


paths = add(
    [
        start(i) * seen(1, i) * turn(i, j) * seen(2, j) * turn(j, k) * seen(3, k)
        for i in STATES
        for j in STATES
        for k in STATES
    ]
)
alpha1 = {i: start(i) * seen(1, i) for i in STATES}
alpha2 = {j: seen(2, j) * add([alpha1[i] * turn(i, j) for i in STATES]) for j in STATES}
alpha3 = {k: seen(3, k) * add([alpha2[j] * turn(j, k) for j in STATES]) for k in STATES}
beta2 = {j: add([turn(j, k) * seen(3, k) for k in STATES]) for j in STATES}
beta1 = {i: add([turn(i, j) * seen(2, j) * beta2[j] for j in STATES]) for i in STATES}
HMM = "two states, three observations; nothing needs to sum to one"

hmm_forward_eq = Derivation(
    claim=Claim(
        "hmm_forward_eq",
        paths,
        alpha3[1] + alpha3[2],
        WHERE_HMM,
        convention=(HMM, "α_1(i) = p_i o_1i and α_k(j) = o_kj Σ_i α_(k−1)(i) t_ij"),
        source=Source("bishop2006", "section 13.2.2, equation 13.36"),
    ),
    steps=(
        Step("the sum over all eight paths", paths),
        Step(
            "the first state summed out: α₂",
            add([alpha2[j] * turn(j, k) * seen(3, k) for j in STATES for k in STATES]),
        ),
        Step("the second summed out: α₃", alpha3[1] + alpha3[2]),
    ),
)

hmm_smoothing_eq = Derivation(
    claim=Claim(
        "hmm_smoothing_eq",
        paths,
        alpha2[1] * beta2[1] + alpha2[2] * beta2[2],
        WHERE_HMM,
        convention=(HMM, "β_2(j) = Σ_k t_jk o_3k; α β over its sum is the smoothed law of the second state"),
        source=Source("silva2016", "forward-backward algorithm"),
    ),
    steps=(
        Step("the sum over all eight paths", paths),
        Step("from the end: β₁ and β₂", alpha1[1] * beta1[1] + alpha1[2] * beta1[2]),
        Step("or from both ends, meeting in the middle", alpha2[1] * beta2[1] + alpha2[2] * beta2[2]),
    ),
)

WHERE_ANY = (
    Variable("n", Integer(1), "the number of hidden states"),
    Variable("i", Integer(1), "counts the states before"),
    Variable("j", Integer(1), "counts the states after, or in the middle"),
    Variable("k", Integer(1), "counts the last states"),
)
n, i, j, k = symbols_of(WHERE_ANY)
A, B, SEEN, P1, T, U, V = (Function(name, positive=True) for name in ("a", "w", "o", "P", "W", "u", "v"))
ANY_STATES = (
    "any number n of states; t_ij, written W(nj + i), is the probability of going from state i to j: any matrix of"
    " positive entries, column by column; nothing needs to sum to one"
)


def over(f: Expr, index: Symbol) -> Sum:
    """Σ f over all states."""
    return Sum(f, (index, 1, n))


def go(before: Symbol, after: Symbol) -> Expr:
    """P(``after`` follows ``before``)."""
    return T(n * after + before)


every_path = over(over(over(P1(i) * U(i) * go(i, j) * V(j) * go(j, k) * SEEN(k), i), j), k)
from_start = V(j) * over(P1(i) * U(i) * go(i, j), i)
to_end = over(go(j, k) * SEEN(k), k)
THREE = "P is the start; u, v and o are the probabilities of the three observations in each state"

hmm_forward_any_eq = Derivation(
    claim=Claim(
        "hmm_forward_any_eq",
        every_path,
        over(SEEN(k) * over(from_start * go(j, k), j), k),
        WHERE_ANY,
        convention=(ANY_STATES, THREE, "α_1 = P u, α_2(j) = v(j) Σ_i α_1(i) t_ij, and so on: the evidence is Σ α_3"),
        source=Source("bishop2006", "section 13.2.2, equation 13.36"),
    ),
    steps=(
        Step("the sum over all n³ paths", every_path),
        Step(
            "term by term, the first state summed out: α₂",
            over(over(from_start * go(j, k) * SEEN(k), j), k),
        ),
        Step("term by term, the second: α₃", over(SEEN(k) * over(from_start * go(j, k), j), k)),
    ),
)

hmm_smoothing_any_eq = Derivation(
    claim=Claim(
        "hmm_smoothing_any_eq",
        every_path,
        over(from_start * to_end, j),
        WHERE_ANY,
        convention=(
            ANY_STATES,
            THREE,
            "a term is α_2(j) β_2(j), β_2(j) = Σ_k t_jk o(k): over the sum it is γ(j), the smoothed law of the second",
        ),
        source=Source("silva2016", "forward-backward algorithm"),
    ),
    steps=(
        Step("the sum over all n³ paths", every_path),
        Step(
            "term by term, by their middle states",
            over(over(over(P1(i) * U(i) * go(i, j), i) * V(j) * go(j, k) * SEEN(k), k), j),
        ),
        Step("term by term: what comes before is α₂, what comes after β₂", over(from_start * to_end, j)),
    ),
)

met = over(B(j) * SEEN(j) * over(A(i) * go(i, j), i), j)
pairs = over(over(A(i) * go(i, j) * SEEN(j) * B(j), j), i)

hmm_meeting_any_step_eq = Derivation(
    claim=Claim(
        "hmm_meeting_any_step_eq",
        met,
        over(A(i) * over(go(i, j) * SEEN(j) * B(j), j), i),
        named(WHERE_ANY, "n i j"),
        convention=(
            ANY_STATES,
            "a is α before a step and w is β after it; o is the probability of the observation there",
            "Σ α β is the same after a step and before it, and so, by induction, at every place of any sequence",
            "a term of the second step over its sum is ξ(i, j), the smoothed law of a pair; Σ_j ξ(i, j) = γ(i)",
        ),
        source=Source("silva2016", "forward-backward algorithm"),
    ),
    steps=(
        Step("Σ α β after the step, α taken forward", met),
        Step("term by term, over all pairs of states, in the other order", pairs),
        Step("term by term: β taken back", over(A(i) * over(go(i, j) * SEEN(j) * B(j), j), i)),
    ),
)

DERIVATIONS = (
    kalman_predict_eq,
    kalman_gain_eq,
    kalman_update_mean_eq,
    kalman_update_variance_eq,
    hmm_forward_eq,
    hmm_smoothing_eq,
    hmm_forward_any_eq,
    hmm_smoothing_any_eq,
    hmm_meeting_any_step_eq,
)
