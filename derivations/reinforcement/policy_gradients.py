"""Gradients of what a policy earns, for any number of actions, and for any law of actions that is tilted.

Claim   ∂ E[Q]/∂z_k = π_k (Q_k − E Q); the mean score is zero, so that a baseline changes the variance alone, least
        at E[g²Q]/E[g²]; one step of the policy-gradient theorem; dynamics drop out of the score of a path
Route   a letter is added to one logit; a tilted law is written by the means of e^(θa) under its base law.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Function, Product, Sum, exp, log

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, Real, Variable, named, symbols_of
from claims.indicators import IsZero
from claims.notation import Expectation, NamedLaw

WHERE = (
    Variable("k", Integer(1), "the action whose logit moves"),
    Variable("m", Integer(0), "the actions after it"),
    Variable("n", Integer(1), "the number of steps of a path"),
    Variable("i", Integer(1), "counts the actions, or the steps"),
    Variable("j", Integer(1), "counts the actions inside of a probability"),
    Variable("v", Real(), "what is added to logit k"),
    Variable("b", Real(), "the baseline, which does not depend on the action"),
    Variable("g", Real(), "the discount"),
    Variable("e", Real(), "θ, the parameter of the policy"),
    Variable("a", Real(), "the action, averaged over"),
)
k, m, n, i, j, v, b, g, e, a = symbols_of(WHERE)
Z, Q, R, V, D, X, Y = (Function(name, real=True) for name in "zQRVDxy")
P = Function("P", positive=True)

ACTIONS = "k + m actions, of which k is any; π = softmax(z), and v is added to logit k alone: the slope in v is ∂/∂z_k"
total = Sum(exp(Z(j) + v * IsZero(j - k)), (j, 1, k + m))
chance = exp(Z(i) + v * IsZero(i - k)) / total
own = exp(Z(k) + v) / total


def over(f: Expr) -> Sum:
    """Σ f over all actions."""
    return Sum(f, (i, 1, k + m))


score = IsZero(i - k) - own
earned = over(chance * Q(i))

policy_gradient_any_eq = Derivation(
    claim=Claim(
        "policy_gradient_any_eq",
        Derivative(earned, v),
        own * (Q(k) - earned),
        named(WHERE, "k m i j v"),
        convention=(ACTIONS, "Q_i are the values of the actions, which do not depend on z; E Q = Σ π_i Q_i"),
        source=Source("sutton2018", "section 2.8"),
    ),
    steps=(
        Step("the slope of the mean value in a logit", Derivative(earned, v)),
        Step("the derivative of a quotient: π_i times the score 1[i = k] − π_k", over(chance * score * Q(i))),
        Step(
            "term by term: only action k is asked for in the first, the second is E Q",
            own * (Q(k) - earned),
        ),
    ),
)
with_baseline = over(chance * score * (Q(i) - b))
without = over(chance * score * Q(i))

baseline_any_eq = Derivation(
    claim=Claim(
        "baseline_any_eq",
        with_baseline,
        without,
        named(WHERE, "k m i j v b"),
        convention=(
            ACTIONS,
            "1[i = k] − π_k is the score ∂ log π_i/∂z_k; b may depend on the state, not on the action",
        ),
        source=Source("sutton2018", "section 2.8"),
    ),
    steps=(
        Step("the gradient with a baseline", with_baseline),
        Step(
            "term by term: the baseline stands before the mean score, Σ π_i 1[i = k] − π_k Σ π_i",
            without - b * (own - own * over(chance)),
        ),
        Step("the probabilities: Σ π = 1", without),
    ),
)

returned = over(chance * (R(i) + g * (V(i) + v * D(i))))

policy_gradient_step_eq = Derivation(
    claim=Claim(
        "policy_gradient_step_eq",
        Derivative(returned, v),
        over(chance * score * (R(i) + g * (V(i) + v * D(i)))) + g * over(chance * D(i)),
        named(WHERE, "k m i j v g"),
        convention=(
            ACTIONS,
            "action i earns R_i at once; what the state after it is worth on average is V_i, and its slope in z_k is"
            " D_i:"
            " V_i + v D_i agrees with it in value and slope, which is all that the slope at v = 0 asks for",
            "∇v(s) = Σ_a Q ∇π + γ Σ_a π E ∇v(s′): applied over and over, ∇v(s) = Σ_t γ^t E Σ_a Q(s_t, a) ∇π(a | s_t)",
        ),
        source=Source("whatandwhy2026", "the policy gradient theorem"),
    ),
    steps=(
        Step("the slope of what a state is worth", Derivative(returned, v)),
        Step(
            "the product rule: the policy moves, and so does what is worth later",
            over((R(i) + g * (V(i) + v * D(i))) * Derivative(chance, v)) + g * over(chance * D(i)),
        ),
        Step(
            "the derivative of a quotient: π_i times its score",
            over(chance * score * (R(i) + g * (V(i) + v * D(i)))) + g * over(chance * D(i)),
        ),
    ),
)

base = NamedLaw("p")


def tilted(f: Expr) -> Expr:
    """E f(a) under the policy p(a) e^(θa)/Z(θ)."""
    return Expectation(f * exp(e * a), a, base) / Expectation(exp(e * a), a, base)


TILTED = "the policy is π_θ(a) ∝ p(a) e^(θa) for any law p, so that its score ∂ log π_θ(a)/∂θ is a − E a"
reinforce_eq = Derivation(
    claim=Claim(
        "reinforce_eq",
        Derivative(tilted(Q(a)), e),
        tilted(Q(a) * (a - tilted(a))),
        named(WHERE, "a e"),
        convention=(TILTED, "Q is any function of the action for which the means are finite"),
        source=Source("goodfellow2016", "section 20.9.1"),
    ),
    steps=(
        Step("the slope of the mean of Q", Derivative(tilted(Q(a)), e)),
        Step(
            "the derivative of a quotient, E and the slope exchanged",
            tilted(Q(a) * a) - tilted(Q(a)) * tilted(a),
        ),
        Step("E is linear: Q times the score a − E a", tilted(Q(a) * (a - tilted(a)))),
    ),
)

draws = Expectation(X(a) ** 2 * (Q(a) - b) ** 2, a, base)
squared, crossed = Expectation(X(a) ** 2, a, base), Expectation(X(a) ** 2 * Q(a), a, base)

optimal_baseline_eq = Derivation(
    claim=Claim(
        "optimal_baseline_eq",
        squared * draws,
        (b * squared - crossed) ** 2 + squared * Expectation(X(a) ** 2 * Q(a) ** 2, a, base) - crossed**2,
        named(WHERE, "a b"),
        convention=(
            "x(a) is the score; the mean of x(a)(Q − b) does not depend on b, so that its variance is least where its"
            " mean square is: at b = E[x²Q]/E[x²], where the first square is zero",
            "any law p of actions, and any functions for which the means are finite",
        ),
        source=Source("handa2026", "baseline that minimises the variance"),
    ),
    steps=(
        Step("the mean square of a term of the gradient, times E x²", squared * draws),
        Step(
            "E is linear",
            squared * (Expectation(X(a) ** 2 * Q(a) ** 2, a, base) - 2 * b * crossed + b**2 * squared),
        ),
        Step(
            "the square completed in b",
            (b * squared - crossed) ** 2 + squared * Expectation(X(a) ** 2 * Q(a) ** 2, a, base) - crossed**2,
        ),
    ),
)

path = Product(P(i) * exp(e * X(i) * Y(i)) / (1 + exp(e * X(i))), (i, 1, n))
parts = Sum(log(P(i)), (i, 1, n)) + Sum(e * X(i) * Y(i) - log(1 + exp(e * X(i))), (i, 1, n))

path_score_eq = Derivation(
    claim=Claim(
        "path_score_eq",
        Derivative(log(path), e),
        Sum(X(i) * (Y(i) - exp(e * X(i)) / (1 + exp(e * X(i)))), (i, 1, n)),
        named(WHERE, "n i e"),
        convention=(
            "n steps; at step i the policy does the first of two actions with probability e^(θ x_i)/(1 + e^(θ x_i)),"
            " x_i being"
            " what it sees there; y_i is 1 where it did and 0 where it did the other; P_i > 0 is the probability of"
            " where"
            " the environment went, which does not depend on θ",
            "the score of a path is the sum of the scores of its actions",
        ),
        source=Source("whatandwhy2026", "the policy gradient theorem"),
    ),
    steps=(
        Step("the slope of the log of the probability of a path", Derivative(log(path), e)),
        Step("the log of a product", Derivative(parts, e)),
        Step(
            "the derivative: the environment has none",
            Sum(X(i) * (Y(i) - exp(e * X(i)) / (1 + exp(e * X(i)))), (i, 1, n)),
        ),
    ),
)

DERIVATIONS = (
    policy_gradient_any_eq,
    baseline_any_eq,
    policy_gradient_step_eq,
    reinforce_eq,
    optimal_baseline_eq,
    path_score_eq,
)
