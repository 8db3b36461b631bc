"""Values, TD residuals and advantages, for any number of steps and any laws of actions and states.

Claim   residuals along a path telescope; the mixture of n-step advantages is the sum of residuals at rate γλ; how much
        better a policy is, is its advantage here and what is left of the difference there; Bellman's operators contract
Route   sums along a sequence; means under laws that are names; the triangle inequality.
"""

from __future__ import annotations

from sympy import Abs, Expr, Function, Max, Rational, Sum

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import Integer, NonNegative, OpenUnit, Real, Variable, named, symbols_of
from claims.grounds import Mean, Modulus, Times, Triangle
from claims.notation import Expectation, NamedLaw

WHERE = (
    Variable("n", Integer(1), "the number of steps"),
    Variable("i", Integer(0), "counts them"),
    Variable("j", Integer(0), "counts the steps of one advantage"),
    Variable("g", OpenUnit(), "the discount"),
    Variable("l", OpenUnit(), "λ: how much longer advantages weigh"),
    Variable("c", Real(), "the value of the state under the old policy"),
    Variable("a", Real(), "the action, averaged over"),
    Variable("s", Real(), "the next state, averaged over"),
    Variable("N", Real(), "the greatest value over the actions before, by the second values"),
    Variable("y", Real(), "the value of one more action, by the second values"),
    Variable("d", NonNegative(), "how far two values of an action are apart at most"),
    Variable("h", NonNegative(), "by how much the greatest values are nearer to each other than d"),
    Variable("k", NonNegative(), "by how much the values of the new action are"),
)
n, i, j, g, lam, c, a, s, N, y, d, h, k = symbols_of(WHERE)
R, V, W, D = (Function(name, real=True) for name in "RVWD")
BISHT = Source("bisht2026", "GAE and TD(λ) preview, GAE derivation")


def upto(f: Expr, low: Expr | int, high: Expr | int) -> Sum:
    """Σ f between two places."""
    return Sum(f, (i, low, high))


residual = R(i) + g * V(i + 1) - V(i)
discounted_residuals = upto(g**i * residual, 0, n - 1)

n_step_advantage_eq = Derivation(
    claim=Claim(
        "n_step_advantage_eq",
        discounted_residuals,
        upto(g**i * R(i), 0, n - 1) + g**n * V(n) - V(0),
        named(WHERE, "n i g"),
        convention=(
            "rewards r_0, …, r_{n−1} and any values V_0, …, V_n along a path, written R(i) and V(i)",
            "δ_i = r_i + γ V_{i+1} − V_i is the TD residual; the right side is the n-step advantage",
            "on average over the paths of a new policy, with the old policy's V: what it earns more, its advantages"
            " added",
        ),
        source=BISHT,
    ),
    steps=(
        Step("the TD residuals, discounted", discounted_residuals),
        Step(
            "term by term, the values of later steps counted one further",
            upto(g**i * R(i), 0, n - 1) + upto(g**i * V(i), 1, n) - upto(g**i * V(i), 0, n - 1),
        ),
        Step("neighbours cancel, but for the last and the first", upto(g**i * R(i), 0, n - 1) + g**n * V(n) - V(0)),
    ),
)


def advantage_after(steps: Expr) -> Sum:
    """The advantage of so many steps, as the sum of as many discounted residuals."""
    return Sum(g**j * D(j), (j, 0, steps - 1))


mixture = (1 - lam) * upto(lam ** (i - 1) * advantage_after(i), 1, n) + lam**n * advantage_after(n + 1)

gae_any_eq = Derivation(
    claim=Claim(
        "gae_any_eq",
        mixture,
        upto((g * lam) ** i * D(i), 0, n),
        named(WHERE, "n i j g l"),
        convention=(
            "δ_0, …, δ_n are the TD residuals, written D(i); the advantage of i steps is Σ γ^j δ_j, j < i"
            " (n_step_advantage_eq)",
            "weights (1 − λ)λ^(i − 1); the longest advantage, of n + 1 steps, takes all the weight that is left, λⁿ",
        ),
        source=BISHT,
    ),
    steps=(
        Step("the n-step advantages, weighed by (1 − λ)λⁱ⁻¹", mixture),
        Step(
            "term by term: the weights are differences",
            upto(lam ** (i - 1) * advantage_after(i), 1, n)
            - upto(lam**i * advantage_after(i), 1, n)
            + lam**n * advantage_after(n + 1),
        ),
        Step(
            "the order of the sums exchanged, term by term: a residual is in all longer advantages, of weight λʲ"
            " together",
            upto((g * lam) ** i * D(i), 0, n),
        ),
    ),
)

policy, there = NamedLaw("p"), NamedLaw("q", a)


def next_mean(f: Expr) -> Expectation:
    """The mean over the next state."""
    return Expectation(f, s, there)


def acted(f: Expr) -> Expectation:
    """The mean over the new policy's actions."""
    return Expectation(f, a, policy)


gain = acted(R(a) + g * next_mean(W(s))) - c
advantage = acted(R(a) + g * next_mean(V(s)) - c)

performance_difference_step_eq = Derivation(
    claim=Claim(
        "performance_difference_step_eq",
        gain,
        advantage + g * acted(next_mean(W(s) - V(s))),
        named(WHERE, "g c a s"),
        convention=(
            "p is the law of the new policy's actions and q(· | a) that of the next state: any laws",
            "W is what a state is worth under the new policy, V under the old one, which gives c to the state itself",
            "W(s) − V(s) = E[A(s, a)] + γ E[W(s′) − V(s′)]: applied over and over, Σ γ^t E[A(s_t, a_t)]",
        ),
        source=Source("freeenergy2026", "the performance difference lemma"),
    ),
    steps=(
        Step("what the new policy is worth, less what the old one is", gain),
        Step(
            "E is linear: the old values are added and taken off",
            acted(R(a) + g * next_mean(V(s))) + g * acted(next_mean(W(s))) - g * acted(next_mean(V(s))) - c,
        ),
        Step(
            "E is linear: the old policy's advantage, and the difference one step later",
            advantage + g * acted(next_mean(W(s) - V(s))),
        ),
    ),
)

evaluated = g * Expectation(V(s), s, policy) - g * Expectation(W(s), s, policy)

bellman_mean_le = Derivation(
    claim=Claim(
        "bellman_mean_le",
        evaluated,
        g * Expectation(Abs(V(s) - W(s)), s, policy),
        named(WHERE, "g s"),
        Relation.LE,
        convention=(
            "p is the law of the next state under a policy, any law; V and W are any values of states",
            "rewards cancel: this is r + γ E V less r + γ E W; the right side is at most γ max |V − W|",
        ),
        source=Source("whatandwhy2026", "the Bellman operator is a contraction"),
    ),
    steps=(
        Step("what Bellman's operator makes of two values, one less the other", evaluated),
        Step("E is linear", g * Expectation(V(s) - W(s), s, policy)),
        Step(
            "a number is at most its size, on average",
            g * Expectation(Abs(V(s) - W(s)), s, policy),
            Relation.LE,
            (Times(g, Mean(Modulus(V(s) - W(s)), s, policy)),),
        ),
    ),
)

nearer = Max(N + d - h, y + d - k)

bellman_max_step_le = Derivation(
    claim=Claim(
        "bellman_max_step_le",
        nearer,
        d + Max(N, y),
        named(WHERE, "N y d h k"),
        Relation.LE,
        convention=(
            "N + d − h is the greatest of some actions' values, by other values that exceed these by d at most; y +"
            " d − k"
            " is one more action's",
            "with one action more at a time: max over any number of actions moves by d at most, where each value does",
        ),
        source=Source("whatandwhy2026", "the Bellman operator is a contraction"),
    ),
    steps=(
        Step("the greater of two, by the first values", nearer),
        Step("max(a, b) = (a + b + |a − b|)/2", (N + y + 2 * d - h - k + Abs(N - y - h + k)) / 2),
        Step(
            "the triangle inequality, twice: by what the sizes are nearer, too",
            d + Max(N, y),
            Relation.LE,
            (Times(Rational(1, 2), Triangle(N - y, k - h)), Times(Rational(1, 2), Triangle(k, -h))),
        ),
    ),
)

DERIVATIONS = (n_step_advantage_eq, gae_any_eq, performance_difference_step_eq, bellman_mean_le, bellman_max_step_le)
