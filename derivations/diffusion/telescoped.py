"""The bound of a diffusion from its laws: logs of the steps telescope for any number of them; their means are KLs.

Claim   log p(x_{0:T}) − log q(x_{1:T} | x_0) = log p(x_0 | x_1) − Σ log of steps back − log of the end, any T; under
        the law of the path the mean is a reconstruction less one KL for each step and one for the end
Route   Bayes' rule turns forward steps into steps back, whose jumps cancel but for the last; logs of products.
"""

from __future__ import annotations

from sympy import Expr, Function, Sum, log

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, Positive, Real, Variable, named, symbols_of
from claims.notation import KL, Density, Expectation, NamedLaw

NATS = "log is natural, so the value is in nats"
ANY = "any laws with densities or masses, positive at the same points, for which the expectations are finite"
BAYES = "Bayes' rule given the start: q(x_t | x_{t−1}) = q(x_{t−1} | x_t, x_0) q(x_t | x_0)/q(x_{t−1} | x_0)"
SOURCE = Source("ho2020", "section 2, equation 5, and appendix A")

WHERE = (
    Variable("n", Integer(1), "the number of steps, T"),
    Variable("t", Integer(1), "counts them"),
    Variable("b", Positive(), "p(x_T), the model's prior at the end"),
    Variable("x", Real(), "x_1, averaged over"),
    Variable("y", Real(), "x_2, averaged over"),
    Variable("z", Real(), "x_3, averaged over"),
    Variable("e", Positive(), "with the law b, the likelihood: p(x_0 | x_1) = e b(x_1)"),
)
n, t, b, x, y, z, e = symbols_of(WHERE)
back, jump, reverse = (Function(name, positive=True) for name in ("w", "k", "a"))


def over(f: Expr, low: int = 1) -> Sum:
    """Σ f from step ``low`` to the last."""
    return Sum(f, (t, low, n))


forward = reverse(t) * jump(t) / jump(t - 1)
along_the_path = log(b) + over(log(back(t))) - log(jump(1)) - over(log(forward), 2)
sorted_by_step = log(back(1)) - over(log(reverse(t) / back(t)), 2) - log(jump(n) / b)

elbo_telescoped_any_eq = Derivation(
    claim=Claim(
        "elbo_telescoped_any_eq",
        along_the_path,
        sorted_by_step,
        named(WHERE, "n t b"),
        convention=(
            "log p(x_0, …, x_T) − log q(x_1, …, x_T | x_0) at one path, before the mean over q; log is natural",
            BAYES,
            "w(t) = p(x_{t−1} | x_t) of the model, k(t) = q(x_t | x_0), a(t) = q(x_{t−1} | x_t, x_0); any T ≥ 1",
        ),
        source=SOURCE,
    ),
    steps=(
        Step("the model's joint over the forward steps, those after the first by Bayes' rule", along_the_path),
        Step(
            "logs of products, term by term",
            log(b)
            + over(log(back(t)))
            - log(jump(1))
            - over(log(reverse(t)), 2)
            - over(log(jump(t)), 2)
            + Sum(log(jump(t)), (t, 1, n - 1)),
        ),
        Step(
            "neighbours cancel, but for the last jump",
            log(b) + over(log(back(t))) - over(log(reverse(t)), 2) - log(jump(n)),
        ),
        Step("sorted by step, the first of the model apart", sorted_by_step),
    ),
)

end, prior, seen = (NamedLaw(name) for name in "qpb")
second, second_of_model = NamedLaw("r", z), NamedLaw("m", z)
first, first_of_model = NamedLaw("s", y), NamedLaw("t", y)
PATH = "given x_0: z = x_3 ~ q, then y = x_2 ~ r(· | z), then x = x_1 ~ s(· | y): the forward path, by Bayes' rule"
MODEL = "the model draws z ~ p, y ~ m(· | z), x ~ t(· | y); any positive p(x_0 | x_1) is e b(x_1) for a law b"


def over_path(f: Expr) -> Expectation:
    """The mean over x_3, then x_2, then x_1."""
    return Expectation(Expectation(Expectation(f, x, first), y, second), z, end)


model = e * Density(seen, x) * Density(first_of_model, x) * Density(second_of_model, y) * Density(prior, z)
path = Density(end, z) * Density(second, y) * Density(first, x)
steps_back = Expectation(KL(second, second_of_model), z, end) + Expectation(
    Expectation(KL(first, first_of_model), y, second), z, end
)

diffusion_elbo_any_laws_eq = Derivation(
    claim=Claim(
        "diffusion_elbo_any_laws_eq",
        over_path(log(model) - log(path)),
        over_path(log(e * Density(seen, x))) - KL(end, prior) - steps_back,
        named(WHERE, "x y z e"),
        convention=(
            NATS,
            ANY,
            PATH,
            MODEL,
            "three steps: E log p(x_0 | x_1) − KL(q(x_3 | x_0) ‖ p(x_3)), less a mean KL for each step back",
        ),
        source=SOURCE,
    ),
    steps=(
        Step("E[log p(x_{0:3}) − log q(x_{1:3} | x_0)]", over_path(log(model) - log(path))),
        Step(
            "the log of a product is a sum: one ratio for each draw",
            over_path(
                log(e * Density(seen, x))
                - log(Density(end, z) / Density(prior, z))
                - log(Density(second, y) / Density(second_of_model, y))
                - log(Density(first, x) / Density(first_of_model, x))
            ),
        ),
        Step(
            "a ratio does not depend on what is drawn later: the definition of KL, three times",
            over_path(log(e * Density(seen, x))) - KL(end, prior) - steps_back,
        ),
    ),
)

DERIVATIONS = (elbo_telescoped_any_eq, diffusion_elbo_any_laws_eq)
