"""The critics that reach the bounds of a divergence.

Claim   at T = log p/q + c, E_p[T] − log E_q[e^T] = KL(p ‖ q) for every c; E_p[T] − E_q[e^(T − 1)] = KL(p ‖ q) at c = 1
        alone, and is (c − 1) − (e^(c − 1) − 1) more elsewhere
Route   the log of a product, and E_q[p/q] = 1.
"""

from __future__ import annotations

from sympy import Expr, exp, log

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import Real, Variable, symbols_of
from claims.grounds import Tangent
from claims.notation import KL, Density, Expectation, NamedLaw

NATS = "log is natural, so the value is in nats"
ANY = "any laws with densities or masses, positive at the same points, for which the expectations are finite"
CRITIC = "T = log p/q + c, so that e^T = e^c p/q"
WHERE = (
    Variable("x", Real(), "the point averaged over"),
    Variable("c", Real(), "what is added to the critic"),
)
x, c = symbols_of(WHERE)
p, q = NamedLaw("p"), NamedLaw("q")
odds = Density(p, x) / Density(q, x)


def under(law: NamedLaw, f: Expr) -> Expectation:
    """E_{x ~ law}[f]."""
    return Expectation(f, x, law)


donsker = under(p, log(odds) + c) - log(under(q, exp(c) * odds))

donsker_varadhan_reached_eq = Derivation(
    claim=Claim(
        "donsker_varadhan_reached_eq",
        donsker,
        KL(p, q),
        WHERE,
        convention=(NATS, ANY, CRITIC, "E_p[T] − log E_q[e^T], the bound donsker_varadhan_le, reached whatever c is"),
        source=Source("burklight2026", "the statements of both"),
    ),
    steps=(
        Step("E_p[T] − log E_q[e^T]", donsker),
        Step("E_q[p/q] = ∫ p = 1", under(p, log(odds) + c) - c),
        Step("E is linear: c cancels", under(p, log(odds))),
        Step("the definition of KL(p ‖ q)", KL(p, q)),
    ),
)

tangent = under(p, log(odds) + c) - under(q, exp(c - 1) * odds)

nwj_any_constant_eq = Derivation(
    claim=Claim(
        "nwj_any_constant_eq",
        tangent,
        KL(p, q) + c - exp(c - 1),
        WHERE,
        convention=(NATS, ANY, CRITIC, "E_p[T] − E_q[e^(T − 1)], the bound nwj_le: at c = 1 it is KL(p ‖ q)"),
        source=Source("dillon2017", "vi.mutual_information.lower_bound_nguyen_wainwright_jordan"),
    ),
    steps=(
        Step("E_p[T] − E_q[e^(T − 1)]", tangent),
        Step("E_q[p/q] = ∫ p = 1", under(p, log(odds) + c) - exp(c - 1)),
        Step("the definition of KL(p ‖ q), and E is linear", KL(p, q) + c - exp(c - 1)),
    ),
)

nwj_best_constant_le = Derivation(
    claim=Claim(
        "nwj_best_constant_le",
        tangent,
        KL(p, q),
        WHERE,
        Relation.LE,
        convention=(
            NATS,
            ANY,
            CRITIC,
            "reached at c = 1 alone, where T = 1 + log p/q",
        ),
        source=Source("dillon2017", "vi.mutual_information.lower_bound_nguyen_wainwright_jordan"),
    ),
    steps=(
        Step("E_p[T] − E_q[e^(T − 1)]", tangent),
        Step(
            "the definition of KL(p ‖ q), and E is linear",
            KL(p, q) + c - exp(c - 1) * Expectation(Density(p, x) / Density(q, x), x, q),
        ),
        Step("E_q[p/q] = ∫ p = 1", KL(p, q) + c - exp(c - 1)),
        Step("log t ≤ t − 1 at t = e^(c − 1)", KL(p, q), Relation.LE, (Tangent(exp(c - 1)),)),
    ),
)

DERIVATIONS = (donsker_varadhan_reached_eq, nwj_any_constant_eq, nwj_best_constant_le)
