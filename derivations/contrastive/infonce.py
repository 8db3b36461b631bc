"""InfoNCE: a softmax cross-entropy, its slope and optimum, the bound on the information, and CLIP's two directions.

Claim   the loss is −log softmax of the positive; its best critic is a density ratio; log N less the loss is a bound
Route   logs of quotients; Bayes' rule over which of N candidates was drawn together.
"""

from __future__ import annotations

from sympy import Derivative, Expr, exp, log

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.grounds import Tangent

NATS = "log is natural, so values are in nats"

WHERE = (
    *(Variable(f"s_{i}", Real(), f"similarity with candidate {i}; the first is the positive") for i in (1, 2, 3)),
    Variable("T", Positive(), "temperature"),
)
s1, s2, s3, T = symbols_of(WHERE)


def total(*scores: Expr) -> Expr:
    """Σ e^(score/T)."""
    return sum((exp(s / T) for s in scores[1:]), exp(scores[0] / T))


loss = -log(exp(s1 / T) / total(s1, s2, s3))
softplus = log(1 + exp((s2 - s1) / T) + exp((s3 - s1) / T))

infonce_is_cross_entropy_eq = Derivation(
    claim=Claim(
        "infonce_is_cross_entropy_eq",
        loss,
        softplus,
        WHERE,
        convention=(NATS, "two negatives; only differences of similarities matter"),
        source=Source("weng2021", "contrastive representation learning, InfoNCE"),
    ),
    steps=(
        Step("minus the log-softmax of the positive", loss),
        Step("the log of a quotient", log(total(s1, s2, s3)) - s1 / T),
        Step("e^(−s₁/T) taken into the sum", softplus),
    ),
)

infonce_slope_positive_eq = Derivation(
    claim=Claim(
        "infonce_slope_positive_eq",
        Derivative(loss, s1),
        -(exp(s2 / T) + exp(s3 / T)) / (T * total(s1, s2, s3)),
        WHERE,
        convention=("(softmax − 1)/T for the positive",),
        source=Source("zhang2023", "softmax and cross-entropy loss"),
    ),
    steps=(
        Step("the slope of the loss in the positive's similarity", Derivative(loss, s1)),
        Step("softmax less one, over T", (exp(s1 / T) / total(s1, s2, s3) - 1) / T),
        Step("what the negatives have", -(exp(s2 / T) + exp(s3 / T)) / (T * total(s1, s2, s3))),
    ),
)

infonce_slope_negative_eq = Derivation(
    claim=Claim(
        "infonce_slope_negative_eq",
        Derivative(loss, s2),
        exp(s2 / T) / (T * total(s1, s2, s3)),
        WHERE,
        convention=("softmax/T for a negative: the most similar are pushed hardest, the more so at small T",),
        source=Source("zhang2023", "softmax and cross-entropy loss"),
    ),
    steps=(
        Step("the slope of the loss in a negative's similarity", Derivative(loss, s2)),
        Step("only the log of the sum depends on it", Derivative(log(total(s1, s2, s3)), s2)),
        Step("its softmax over T", exp(s2 / T) / (T * total(s1, s2, s3))),
    ),
)

WHERE_DRAWS = (
    *(Variable(f"j_{i}", Positive(), f"p(x_{i} | context)") for i in (1, 2, 3)),
    *(Variable(f"b_{i}", Positive(), f"p(x_{i}), the law of the negatives") for i in (1, 2, 3)),
)
j1, j2, j3, b1, b2, b3 = symbols_of(WHERE_DRAWS)
drawn_first = j1 * b2 * b3 / (j1 * b2 * b3 + b1 * j2 * b3 + b1 * b2 * j3)
ratios = (j1 / b1) / (j1 / b1 + j2 / b2 + j3 / b3)

infonce_optimum_eq = Derivation(
    claim=Claim(
        "infonce_optimum_eq",
        drawn_first,
        ratios,
        WHERE_DRAWS,
        convention=(
            "three candidates, each as likely to be the one drawn with the context, the others from p(x)",
            "softmax of log p(x | c)/p(x): a cross-entropy is least at the true probabilities, so this critic is best",
        ),
        source=Source("weng2021", "contrastive representation learning, InfoNCE"),
    ),
    steps=(
        Step("the probability that the first is the positive, by Bayes' rule", drawn_first),
        Step("divided by the first case", 1 / (1 + (j2 / b2) / (j1 / b1) + (j3 / b3) / (j1 / b1))),
        Step("density ratios over their sum", ratios),
    ),
)

WHERE_RATIOS = tuple(Variable(f"r_{i}", Positive(), f"density ratio p(x_{i} | context)/p(x_{i})") for i in (1, 2, 3))
r1, r2, r3 = symbols_of(WHERE_RATIOS)
bound = log(3) + log(r1 / (r1 + r2 + r3))

infonce_gap_eq = Derivation(
    claim=Claim(
        "infonce_gap_eq",
        log(r1) - bound,
        log((r1 + r2 + r3) / 3),
        WHERE_RATIOS,
        convention=(
            NATS,
            "three candidates; the mean of log r₁ is the information I, that of the bound is log N − loss",
            "the gap is the log of a mean ratio: the negatives' ratios have mean 1",
        ),
        source=Source("dillon2017", "vi.mutual_information.lower_bound_info_nce"),
    ),
    steps=(
        Step("log density ratio less log N − loss, before the mean", log(r1) - bound),
        Step("log r₁ cancels", log(r1 + r2 + r3) - log(3)),
        Step("the log of the mean ratio", log((r1 + r2 + r3) / 3)),
    ),
)

WHERE_CONTEXT = (
    Variable("a", OpenUnit(), "probability of outcome 1 with the context"),
    Variable("b", OpenUnit(), "probability of outcome 1 without"),
)
a, b = symbols_of(WHERE_CONTEXT)
high, low = a / b, (1 - a) / (1 - b)
information = a * log(a / b) + (1 - a) * log((1 - a) / (1 - b))
estimate = a * (1 - b) * (log(2) + log(high / (high + low))) + (1 - a) * b * (log(2) + log(low / (high + low)))
orders = a * b * log(high) + (1 - a) * (1 - b) * log(low) + (a * (1 - b) + (1 - a) * b) * log((high + low) / 2)

infonce_bound_le = Derivation(
    claim=Claim(
        "infonce_bound_le",
        estimate,
        information,
        WHERE_CONTEXT,
        Relation.LE,
        convention=(
            NATS,
            "two outcomes, one negative, the best critic; where both candidates are alike, log N − loss is 0",
            "the information of one context; the mean over contexts is I",
        ),
        source=Source("dillon2017", "vi.mutual_information.lower_bound_info_nce"),
    ),
    steps=(
        Step("log 2 − loss, over positive and negative", estimate),
        Step("log r of the positive, less the log of the mean ratio", information - orders),
        Step(
            "what is taken off is a divergence: of the pair in either order from two independent draws",
            information,
            Relation.LE,
            (
                Tangent(1 / high, a * b),
                Tangent(1 / low, (1 - a) * (1 - b)),
                Tangent(2 / (high + low), a * (1 - b) + (1 - a) * b),
            ),
        ),
    ),
)

infonce_ceiling_le = Derivation(
    claim=Claim(
        "infonce_ceiling_le",
        bound,
        log(3),
        WHERE_RATIOS,
        Relation.LE,
        convention=(NATS, "three candidates: however much there is to know, log N is all that the bound can show"),
        source=Source("dillon2017", "vi.mutual_information.lower_bound_info_nce"),
    ),
    steps=(
        Step("log N − loss, before the mean", bound),
        Step("the loss is a softplus", log(3) - log(1 + (r2 + r3) / r1)),
        Step("which is never negative", log(3), Relation.LE),
    ),
)

WHERE_PAIRS = (
    *(Variable(f"s_{i}{j}", Real(), f"similarity of image {i} and text {j}, over T") for i in (1, 2) for j in (1, 2)),
)
s11, s12, s21, s22 = symbols_of(WHERE_PAIRS)


def direction(*rows: tuple[Expr, Expr]) -> Expr:
    """The mean loss over two softmaxes, each given as (right, wrong)."""
    (a, b), (c, d) = rows
    return -(log(exp(a) / (exp(a) + exp(b))) + log(exp(c) / (exp(c) + exp(d)))) / 2


by_image, by_text = direction((s11, s12), (s22, s21)), direction((s11, s21), (s22, s12))
margins = (log(1 + exp(s12 - s11)) + log(1 + exp(s21 - s22)) + log(1 + exp(s21 - s11)) + log(1 + exp(s12 - s22))) / 4

clip_loss_eq = Derivation(
    claim=Claim(
        "clip_loss_eq",
        (by_image + by_text) / 2,
        margins,
        WHERE_PAIRS,
        convention=(
            NATS,
            "two pairs; softmax over texts for each image and over images for each text, averaged",
        ),
        source=Source("radford2021", "section 2.3, figure 3"),
    ),
    steps=(
        Step("the mean of both directions", (by_image + by_text) / 2),
        Step(
            "logs of quotients",
            (
                log(exp(s11) + exp(s12))
                + log(exp(s22) + exp(s21))
                + log(exp(s11) + exp(s21))
                + log(exp(s22) + exp(s12))
                - 2 * s11
                - 2 * s22
            )
            / 4,
        ),
        Step("a softplus for each wrong pair in each direction", margins),
    ),
)

DERIVATIONS = (
    infonce_is_cross_entropy_eq,
    infonce_slope_positive_eq,
    infonce_slope_negative_eq,
    infonce_optimum_eq,
    infonce_gap_eq,
    infonce_bound_le,
    infonce_ceiling_le,
    clip_loss_eq,
)
