"""Mean opinion score (180), BLEU (182), accuracy (183), LLM as a judge (184)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from math import exp
from typing import Any

import torch

from numerics.specifications.contract import (
    Answers,
    Figure,
    Model,
    Mutant,
    Oracle,
    Outcome,
    Panel,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, equal, true, worst
from reference_models.evaluation import judgements as jd
from reference_models.learning import preferences

PAGE = "reference_models.evaluation.judgements"


def _balanced(model: Model, draw: Draw) -> Outcome:
    ratings = draw.uniform(1, 5, 6, 4)
    mask = torch.ones_like(ratings)
    found = model.mean_opinion_score(ratings, mask)
    return worst(equal(found, ratings.sum() / 24), at_most(found, 5.0), at_most(1.0, found))


def _unbalanced(model: Model, draw: Draw) -> Outcome:
    """An item that twice as many people rated counts as much as any other; repeating its ratings changes nothing."""
    ratings = draw.uniform(1, 5, 5, 3)
    ones = torch.ones_like(ratings)
    wide = torch.cat([ratings, ratings], 1)
    mask = torch.cat([ones, torch.zeros_like(ones)], 1)
    mask[0] = 1
    return equal(model.mean_opinion_score(wide, mask), ratings.mean())


MOS = Specification(
    name="mean_opinion_score",
    family="evaluation",
    systems=(180,),
    title="Mean opinion score",
    statement="MOS = (1/N) Σ_i (1/M_i) Σ_j r_ij",
    page=PAGE,
    functions={"mean_opinion_score": jd.mean_opinion_score},
    properties=(
        Property(
            "the mean of all ratings in a balanced design, within the scale",
            _balanced,
            Mutant(
                "the mean of the items' medians",
                {"mean_opinion_score": lambda r, m: r.median(1).values.mean()},
            ),
        ),
        Property(
            "items count alike, however many rate them",
            _unbalanced,
            Mutant("ratings count alike", {"mean_opinion_score": lambda r, m: (r * m).sum() / m.sum()}),
        ),
    ),
    source="ITU-T P.800",
    conventions=("first over raters, then over items",),
)


def _sentence(draw: Draw, n: int) -> jd.Tokens:
    return tuple(draw.choice("abcd") for _ in range(n))


def _identity(model: Model, draw: Draw) -> Outcome:
    """A reference itself scores 1, whatever the other references; a text without a common word 0."""
    text, other = _sentence(draw, 9), _sentence(draw, 7)
    none = tuple("z" for _ in range(9))
    return worst(
        equal(model.bleu(text, [other, text]), 1.0),
        equal(model.bleu(none, [text]), 0.0),
        at_most(model.bleu(other, [text]), 1.0),
    )


def _clipped(model: Model, draw: Draw) -> Outcome:
    """A word said n times matches as often as the reference that says it most."""
    n, k = draw.whole(5, 9), draw.whole(1, 3)
    candidate = ("the",) * n
    references = [("the",) * k + ("cat", "sat", "there"), ("the",) * (k + 1) + ("cat",)]
    found, total = model.clipped_matches(candidate, references, 1)
    pairs, runs = model.clipped_matches(candidate, references, 2)
    return worst(
        equal(float(found), k + 1.0),
        equal(float(total), float(n)),
        equal(float(pairs), float(k)),
        equal(float(runs), n - 1.0),
    )


def _brevity(model: Model, draw: Draw) -> Outcome:
    """The first c words of a reference of r have precision 1 in every order: the score is e^(1 − r/c)."""
    r = draw.whole(9, 14)
    c = draw.whole(5, r - 1)
    text = tuple(str(i) for i in range(r))
    longer = (*text, "more")
    return worst(
        equal(model.bleu(text[:c], [text]), exp(1 - r / c), 1e-12),
        equal(model.brevity_penalty(c, c), 1.0),
        equal(model.brevity_penalty(r, c), 1.0),
        true(model.bleu(longer, [text]) > 0.5),
    )


def _by_hand(model: Model, draw: Draw) -> Outcome:
    """Two words, so that matches are counted on paper: a a b against a b b, orders 1 and 2."""
    found = model.bleu(("a", "a", "b"), [("a", "b", "b")], 2)
    several = [model.bleu(_sentence(draw, 8), [_sentence(draw, 8)], 2) for _ in range(3)]
    return worst(equal(found, (2 / 3 * 1 / 2) ** 0.5, 1e-12), at_most(draw.tensor(several), 1.0))


def _sacrebleu(inputs: Mapping[str, Any]) -> Answers:
    from sacrebleu.metrics import BLEU

    made = BLEU(smooth_method="none", tokenize="none", effective_order=False)
    scores = [
        made.corpus_score([" ".join(c)], [[" ".join(r)] for r in refs]).score / 100
        for c, refs in zip(inputs["candidates"], inputs["references"], strict=True)
    ]
    return {"bleu": scores}


def _nltk(inputs: Mapping[str, Any]) -> Answers:
    from nltk.translate.bleu_score import sentence_bleu

    pairs = zip(inputs["candidates"], inputs["references"], strict=True)
    return {"bleu": [sentence_bleu(refs, c) for c, refs in pairs]}


def _our_bleu(model: Model, inputs: Mapping[str, Any]) -> Answers:
    pairs = zip(inputs["candidates"], inputs["references"], strict=True)
    scores = [model.bleu(tuple(c), [tuple(r) for r in refs]) for c, refs in pairs]
    return {"bleu": torch.tensor(scores, dtype=torch.float64)}


TEXTS = {
    "candidates": [
        "the small cat sat on the mat".split(),
        "a b c d e f a b c".split(),
        "it is a guide to action".split(),
    ],
    "references": [
        ["the cat sat on the mat today".split(), "a small cat sat on the mat".split()],
        ["a b c d e x a b c d".split()],
        ["it is the guide to action here".split(), "it is a guide to action for all".split()],
    ],
}


def _precision_of_largest(candidate: jd.Tokens, references: Sequence[jd.Tokens], n: int) -> tuple[int, int]:
    """Every n-gram of the candidate that some reference has is a match."""
    known = set().union(*[set(jd.ngrams(r, n)) for r in references])
    grams = jd.ngrams(candidate, n)
    return sum(c for g, c in grams.items() if g in known), sum(grams.values())


def _no_brevity(candidate: jd.Tokens, references: Sequence[jd.Tokens], order: int = 4) -> float:
    parts = [jd.clipped_matches(candidate, references, n) for n in range(1, order + 1)]
    if min(found for found, _ in parts) == 0:
        return 0.0
    product = 1.0
    for found, total in parts:
        product *= (found / total) ** (1 / order)
    return product


def _arithmetic(candidate: jd.Tokens, references: Sequence[jd.Tokens], order: int = 4) -> float:
    closest = min((abs(len(r) - len(candidate)), len(r)) for r in references)[1]
    parts = [jd.clipped_matches(candidate, references, n) for n in range(1, order + 1)]
    return jd.brevity_penalty(len(candidate), closest) * sum(f / t for f, t in parts) / order


def _first_reference(candidate: jd.Tokens, references: Sequence[jd.Tokens], order: int = 4) -> float:
    return jd.bleu(candidate, references[:1], order)


BLEU = Specification(
    name="bleu",
    family="evaluation",
    systems=(182,),
    title="BLEU",
    statement="BLEU = BP exp(¼ Σ_n log p_n), BP = min(1, e^(1 − r/c))",
    page=PAGE,
    functions={"bleu": jd.bleu, "clipped_matches": jd.clipped_matches, "brevity_penalty": jd.brevity_penalty},
    properties=(
        Property(
            "a reference itself scores 1, nothing in common 0",
            _identity,
            Mutant("only the first reference counts", {"bleu": _first_reference}),
        ),
        Property(
            "matches are clipped at the largest count in one reference",
            _clipped,
            Mutant("they aren't clipped", {"clipped_matches": _precision_of_largest}),
        ),
        Property(
            "a text cut short at c of r words scores e^(1 − r/c)",
            _brevity,
            Mutant("without the brevity penalty", {"bleu": _no_brevity}),
        ),
        Property(
            "a geometric mean of the orders' precisions",
            _by_hand,
            Mutant("an arithmetic mean", {"bleu": _arithmetic}),
        ),
    ),
    source="Papineni et al. 2002, section 2",
    oracles=(
        Oracle("sacrebleu", TEXTS, _sacrebleu, _our_bleu, 1e-12, "from 0 to 100 there; no smoothing, no tokenisation"),
        Oracle("nltk", TEXTS, _nltk, _our_bleu, 1e-12, "sentence_bleu with its defaults, from 0 to 1"),
    ),
    conventions=("sentence level", "not smoothed", "from 0 to 1"),
)


def _trace(model: Model, draw: Draw) -> Outcome:
    a, b = draw.integers(0, 3, 30), draw.integers(0, 3, 30)
    table = model.confusion(a, b, 4)
    return worst(
        equal(model.accuracy(a, b), table.diagonal().double().sum() / 30),
        equal(table.sum(1), torch.bincount(b, minlength=4)),
        equal(table.sum(0), torch.bincount(a, minlength=4)),
    )


def _renamed(model: Model, draw: Draw) -> Outcome:
    """New names for the classes change nothing; right labels in any new order give the share of fixed names."""
    a, b, names = draw.integers(0, 3, 40), draw.integers(0, 3, 40), draw.permutation(4)
    every = torch.stack(
        [model.accuracy(torch.tensor(p, device=a.device)[b], b) for p in itertools.permutations(range(4))]
    )
    return worst(
        equal(model.accuracy(names[a], names[b]), model.accuracy(a, b)),
        equal(every.mean(), 0.25),
        equal(model.accuracy(b, b), 1.0),
    )


def _sklearn(inputs: Mapping[str, Any]) -> Answers:
    from sklearn.metrics import accuracy_score, confusion_matrix

    labels, predicted = inputs["labels"], inputs["predicted"]
    return {"accuracy": accuracy_score(labels, predicted), "confusion": confusion_matrix(labels, predicted)}


def _our_accuracy(model: Model, inputs: Mapping[str, Any]) -> Answers:
    labels, predicted = (torch.tensor(inputs[k]) for k in ("labels", "predicted"))
    return {"accuracy": model.accuracy(predicted, labels), "confusion": model.confusion(predicted, labels, 3)}


ACCURACY = Specification(
    name="downstream_accuracy",
    family="evaluation",
    systems=(183,),
    title="Downstream accuracy",
    statement="(1/n) Σ 1[ŷ_i = y_i]",
    page=PAGE,
    functions={"accuracy": jd.accuracy, "confusion": jd.confusion},
    properties=(
        Property(
            "the trace of the confusion table over n, with labels in rows",
            _trace,
            Mutant("predictions in rows", {"confusion": lambda a, b, k: jd.confusion(b, a, k)}),
        ),
        Property(
            "the same under new names, 1/k over all permutations of right labels",
            _renamed,
            Mutant("off by one counts too", {"accuracy": lambda a, b: ((a - b).abs() <= 1).double().mean()}),
        ),
    ),
    source="Hastie et al. 2009, section 7.2",
    oracles=(
        Oracle(
            "scikit-learn",
            {"labels": [0, 1, 2, 2, 1, 0, 2], "predicted": [0, 2, 2, 1, 1, 0, 2]},
            _sklearn,
            _our_accuracy,
            1e-15,
            "confusion_matrix has labels in rows",
        ),
    ),
    conventions=("rows are labels",),
)


def _both_orders(model: Model, draw: Draw) -> Outcome:
    """P(A) + P(B) = 1 whatever the judge; a judge that likes the first place by a constant loses it."""
    a, b = draw.uniform(0, 1, 8), draw.uniform(0, 1, 8)
    merit, bias = draw.uniform(0.3, 0.7, 8), draw.uniform(0, 0.2)
    found = model.symmetrised_preference(merit + bias, 1 - merit + bias)
    return worst(
        equal(model.symmetrised_preference(a, b) + model.symmetrised_preference(b, a), 1.0), equal(found, merit)
    )


def _expected_rating(model: Model, draw: Draw) -> Outcome:
    probs, scale = draw.simplex(6, 5), draw.tensor([1, 2, 3, 4, 5])
    found = model.absolute_score(scale, probs)
    sure = torch.eye(5, dtype=scale.dtype, device=scale.device)
    tails = sum(probs[:, j:].sum(1) for j in range(5))  # E r = Σ P(r ≥ j)
    return worst(equal(model.absolute_score(scale, sure), scale), equal(found, torch.as_tensor(tails)))


def _aggregated(model: Model, draw: Draw) -> Outcome:
    """Preferences that are Bradley-Terry give back their strengths, and win rates in the same order."""
    r = draw.normal(5)
    r = r - r.mean()
    p = torch.sigmoid(r[:, None] - r)
    rates = model.win_rates(p)
    return worst(equal(model.strengths(p), r, 1e-8), equal(rates.argsort(), r.argsort()), equal(rates.sum(), 2.5))


def _score_equations(model: Model, draw: Draw) -> Outcome:
    p = draw.uniform(0.1, 0.9, 4, 4)
    p = torch.triu(p, 1)
    p = p + torch.tril(1 - p.mT, -1)
    r = model.strengths(p)
    expected = torch.sigmoid(r[:, None] - r)
    return equal(p.sum(1), (expected - torch.diag(expected.diagonal())).sum(1), 1e-8)


def _choix(inputs: Mapping[str, Any]) -> Answers:
    import choix
    import numpy as np

    return {"strengths": choix.ilsr_pairwise_dense(np.array(inputs["preference"]), tol=1e-12)}


def _our_strengths(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"strengths": model.strengths(torch.tensor(inputs["preference"], dtype=torch.float64))}


def _partial_judge(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """A judge that likes the first place compares 6 systems 400 times a pair: both orders together find their merit."""
    k, times = 6, 400
    merit = torch.linspace(-1, 1, k, dtype=torch.float64, device=draw.device)
    unbiased = torch.sigmoid(merit[:, None] - merit)
    biased = torch.sigmoid(merit[:, None] - merit + 1)  # the row is shown first
    wins = (draw.uniform(0, 1, times, k, k) < biased).double().mean(0)
    progress(0.5)
    both = model.symmetrised_preference(wins, wins.mT)
    expected = (biased + 1 - biased.mT) / 2
    off = 1 - torch.eye(k, dtype=torch.float64, device=draw.device)
    order = model.win_rates(both).argsort()
    found, shrunk = model.strengths(both), model.strengths(expected)
    first, wanted = float((off * wins).sum() / off.sum()), float((off * biased).sum() / off.sum())
    points = {
        "both orders": (merit.tolist(), found.tolist()),
        "an unbiased judge": (merit.tolist(), model.strengths(unbiased).tolist()),
    }
    progress(1.0)
    return Result(
        (
            Figure("largest error of a preference", float((off * (both - expected)).abs().max()), 0.0, 0.11),
            Figure("mean preference for the first place", first, wanted, 0.03),
            Figure("systems in their true order", float((order == merit.argsort()).sum()), k, 0),
            Figure("largest strength, less than the merit 1", float(found[-1]), float(shrunk[-1]), 0.2),
        ),
        (Panel("strengths against merit", "points", points),),
    )


JUDGE = Specification(
    name="llm_judge",
    family="evaluation",
    systems=(184,),
    title="LLM as a judge, absolute and pairwise",
    statement="P(A) = ½ (P(A | A first) + 1 − P(B | B first))",
    page=PAGE,
    functions={
        "symmetrised_preference": jd.symmetrised_preference,
        "absolute_score": jd.absolute_score,
        "win_rates": jd.win_rates,
        "strengths": preferences.strengths,
    },
    properties=(
        Property(
            "both orders together: P(A) + P(B) = 1, a constant liking for the first place cancels",
            _both_orders,
            Mutant("one order alone", {"symmetrised_preference": lambda a, b: a}),
        ),
        Property(
            "an absolute score is the mean rating of the judge's law",
            _expected_rating,
            Mutant("the likeliest rating", {"absolute_score": lambda s, p: s[p.argmax(-1)]}),
        ),
        Property(
            "Bradley-Terry preferences give back their strengths; win rates share k/2",
            _aggregated,
            Mutant("strengths are log-odds of win rates", {"strengths": lambda p: torch.logit(jd.win_rates(p))}),
        ),
        Property(
            "at the strengths, expected wins are the wins",
            _score_equations,
            Mutant("the log of wins over losses", {"strengths": lambda p: torch.log(p.sum(1) / p.sum(0))}),
        ),
    ),
    source="Zheng et al. 2023, section 3",
    oracles=(
        Oracle(
            "choix",
            {"preference": [[0.0, 0.7, 0.8], [0.3, 0.0, 0.55], [0.2, 0.45, 0.0]]},
            _choix,
            _our_strengths,
            1e-8,
            "fractional wins, the same gauge Σ r = 0",
        ),
    ),
    task=Task("simulated comparisons by a judge with a liking for the first place", _partial_judge),
    conventions=("preferences are averaged over both orders",),
)

SPECIFICATIONS = (MOS, BLEU, ACCURACY, JUDGE)
