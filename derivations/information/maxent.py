"""Maximum entropy: which law is the least committed one under a constraint.

Claim   no coin beats 1/2, no density on [0, 1] the uniform, none on [0, ∞) of a mean the exponential, none of a
        variance the normal
Route   H(p) ≤ H(p, q) by Gibbs, where q has a log-density that the constraint alone settles; then the best q.
"""

from __future__ import annotations

from sympy import E, exp, log, pi
from sympy import Integer as Whole

from claims.claim import Claim, Derivation, Lemma, Relation, Source, Step
from claims.domains import Integer, OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Gibbs, LeastAt, Tangent
from claims.laws import Bernoulli, DiscreteUniform, Exponential, Uniform
from claims.notation import Argmax, Argmin, Density, Entropy, Expectation, NamedLaw, Normal
from derivations.information.identities import entropy_bernoulli_eq

NATS = "log is natural, so the value is in nats"
DENSITY = "p has a density; a law without one has entropy −∞"
law = NamedLaw("p")

WHERE_COIN = (Variable("p", OpenUnit(), "the probability of 1"),)
(p,) = symbols_of(WHERE_COIN)
coin = -p * log(p) - (1 - p) * log(1 - p)

maxent_bernoulli_le = Derivation(
    claim=Claim(
        "maxent_bernoulli_le",
        Entropy(Bernoulli(p)),
        log(2),
        WHERE_COIN,
        Relation.LE,
        convention=(NATS, "equal at p = 1/2"),
        source=Source("soch2020", "proof P411"),
    ),
    steps=(
        Step("the entropy of a coin", Entropy(Bernoulli(p))),
        Step("entropy_bernoulli_eq", coin, lemmas=(Lemma(entropy_bernoulli_eq),)),
        Step(
            "log t ≤ t − 1 for t = 1/(2p) and 1/(2 − 2p): the divergence from the even coin is not negative",
            log(2),
            Relation.LE,
            (Tangent(1 / (2 * p), p), Tangent(1 / (2 * (1 - p)), 1 - p)),
        ),
    ),
)

maxent_uniform_le = Derivation(
    claim=Claim(
        "maxent_uniform_le",
        Entropy(law),
        Whole(0),
        (),
        Relation.LE,
        convention=(NATS, DENSITY, "p lies between 0 and 1; on an interval of width w the bound is log w"),
        source=Source("soch2020", "proof P412"),
    ),
    steps=(
        Step("the entropy of any density on [0, 1]", Entropy(law)),
        Step(
            "Gibbs, with the uniform law for q, whose log-density is 0",
            Whole(0),
            Relation.LE,
            (Gibbs(law, Uniform(0, 1)),),
        ),
    ),
)

WHERE_VALUES = (
    Variable("x", Real(), "the value averaged over"),
    Variable("n", Integer(2), "the number of values"),
)
value, n = symbols_of(WHERE_VALUES)

maxent_discrete_uniform_le = Derivation(
    claim=Claim(
        "maxent_discrete_uniform_le",
        Entropy(law),
        log(n),
        WHERE_VALUES,
        Relation.LE,
        convention=(NATS, "p is any law on n values, here 1 to n", "equal where all are as likely"),
        source=Source("soch2020", "proof P411"),
    ),
    steps=(
        Step("the entropy of any law on n values", Entropy(law)),
        Step("the definition: −E log p(x)", -Expectation(log(Density(law, value)), value, law)),
        Step(
            "Gibbs: no less than minus the mean log of 1/n",
            -Expectation(log(1 / n), value, law),
            Relation.LE,
            (Gibbs(law, DiscreteUniform(1, n)),),
        ),
        Step("the log of a quotient, and the mean of a constant", log(n)),
    ),
)

WHERE_RATE = (
    Variable("x", Real(), "the point integrated over"),
    Variable("r", Positive(), "any rate"),
)
x, r = symbols_of(WHERE_RATE)

maxent_exponential_le = Derivation(
    claim=Claim(
        "maxent_exponential_le",
        Entropy(law),
        r * Expectation(x, x, law) - log(r),
        WHERE_RATE,
        Relation.LE,
        convention=(NATS, DENSITY, "p has no mass below 0, and a mean", "for every r; best at r = 1/E x"),
        source=Source("smith2011", "exponential distribution, equation D.40"),
    ),
    steps=(
        Step("the entropy of any density on the half-line", Entropy(law)),
        Step("the definition: −E log p(x)", -Expectation(log(Density(law, x)), x, law)),
        Step(
            "Gibbs: no less than minus the mean log of the density of Exp(r)",
            -Expectation(log(Exponential(r).density(x)), x, law),
            Relation.LE,
            (Gibbs(law, Exponential(r)),),
        ),
        Step("the log of a product", -Expectation(log(r) - r * x, x, law)),
        Step("E is linear: only the mean of p is left", r * Expectation(x, x, law) - log(r)),
    ),
)

WHERE_MEAN = (
    Variable("r", Positive(), "any rate"),
    Variable("m", Positive(), "the mean E x of p"),
)
m = symbols_of(WHERE_MEAN)[1]

maxent_exponential_rate_eq = Derivation(
    claim=Claim(
        "maxent_exponential_rate_eq",
        Argmin(r * m - log(r), r),
        1 / m,
        WHERE_MEAN,
        convention=("there the bound is 1 + log m, the entropy of the exponential law of mean m",),
        source=Source("smith2011", "exponential distribution, equation D.40"),
    ),
    steps=(
        Step("the rate of the tightest bound", Argmin(r * m - log(r), r)),
        Step("the slope m − 1/r rises through zero at 1/m", 1 / m),
    ),
)

WHERE_SPREAD = (
    Variable("x", Real(), "the point integrated over"),
    Variable("c", Real(), "any centre"),
    Variable("v", Positive(), "any variance"),
)
c, v = symbols_of(WHERE_SPREAD)[1:]

maxent_normal_le = Derivation(
    claim=Claim(
        "maxent_normal_le",
        Entropy(law),
        log(2 * pi * v) / 2 + Expectation((x - c) ** 2, x, law) / (2 * v),
        WHERE_SPREAD,
        Relation.LE,
        convention=(NATS, DENSITY, "p has a variance", "for every c and v; best at p's own mean and variance"),
        source=Source("soch2020", "proof P250"),
    ),
    steps=(
        Step("the entropy of any density on the line", Entropy(law)),
        Step("the definition: −E log p(x)", -Expectation(log(Density(law, x)), x, law)),
        Step(
            "Gibbs: no less than minus the mean log of the density of N(c, v)",
            -Expectation(log(Density(Normal(c, v), x)), x, law),
            Relation.LE,
            (Gibbs(law, Normal(c, v)),),
        ),
        Step(
            "the log of a product",
            Expectation(log(2 * pi * v) / 2 + (x - c) ** 2 / (2 * v), x, law),
        ),
        Step(
            "E is linear: only a mean square is left of p",
            log(2 * pi * v) / 2 + Expectation((x - c) ** 2, x, law) / (2 * v),
        ),
    ),
)

WHERE_VARIANCE = (
    Variable("v", Positive(), "any variance"),
    Variable("w", Positive(), "the variance E(x − c)² of p, where c is its mean"),
)
w = symbols_of(WHERE_VARIANCE)[1]
bound = log(2 * pi * v) / 2 + w / (2 * v)

maxent_normal_var_le = Derivation(
    claim=Claim(
        "maxent_normal_var_le",
        log(2 * pi * E * w) / 2,
        bound,
        WHERE_VARIANCE,
        Relation.LE,
        convention=(NATS, "the bound is least at v = w, where it is the entropy of the normal law of p's variance"),
        source=Source("soch2020", "proof P250"),
    ),
    steps=(
        Step("the entropy of N(c, w)", log(2 * pi * E * w) / 2),
        Step(
            "the slope (v − w)/(2v²) of the bound is zero at v = w alone and rises through it",
            bound,
            Relation.LE,
            (LeastAt(bound, v, w),),
        ),
    ),
)

WHERE_ENERGY = (*WHERE_COIN, Variable("u", Real(), "minus the energy of outcome 1 over the temperature"))
u = symbols_of(WHERE_ENERGY)[1]

boltzmann_bernoulli_eq = Derivation(
    claim=Claim(
        "boltzmann_bernoulli_eq",
        Argmax(coin + u * p, p),
        1 / (1 + exp(-u)),
        WHERE_ENERGY,
        convention=(NATS, "entropy less mean energy over temperature; at u = 0 the even coin, of the greatest entropy"),
        source=Source("linglib2026", "Softmax, gibbs_variational"),
    ),
    steps=(
        Step("the coin of the greatest entropy at a price for outcome 1", Argmax(coin + u * p, p)),
        Step("the slope log(1 − p) − log p + u falls, and is zero where the logit is u", 1 / (1 + exp(-u))),
    ),
)

DERIVATIONS = (
    maxent_bernoulli_le,
    boltzmann_bernoulli_eq,
    maxent_uniform_le,
    maxent_discrete_uniform_le,
    maxent_exponential_le,
    maxent_exponential_rate_eq,
    maxent_normal_le,
    maxent_normal_var_le,
)
