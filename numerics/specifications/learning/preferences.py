"""Bradley-Terry (71), reward modelling and RLHF (72), Constitutional AI (74)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

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
from numerics.specifications.outcomes import at_most, close, equal, gradient, repeated, true, worst
from numerics.specifications.training import read
from reference_models.learning import preferences

PAGE = "reference_models.learning.preferences"


def _complements(model: Model, draw: Draw) -> Outcome:
    a, b, c = draw.normal(3, 6)
    odds = model.win_prob(a, b) / model.win_prob(b, a)
    chain = odds * model.win_prob(b, c) / model.win_prob(c, b)
    return worst(
        equal(model.win_prob(a, b) + model.win_prob(b, a), 1.0),
        close(chain, torch.exp(a - c)),
    )


def _matches(draw: Draw, k: int) -> Tensor:
    wins = draw.integers(1, 6, k, k).to(torch.float64)
    return wins - torch.diag(wins.diagonal())


def _score_equations(model: Model, draw: Draw) -> Outcome:
    wins = _matches(draw, 4)
    r = model.strengths(wins, 200)
    expected = ((wins + wins.mT) * torch.sigmoid(r[:, None] - r)).sum(1)
    return worst(equal(wins.sum(1), expected, 1e-8), equal(r.sum(), 0.0, 1e-8))


def _gauge(model: Model, draw: Draw) -> Outcome:
    wins, r, c = _matches(draw, 4), draw.normal(4), draw.normal()
    at = model.log_likelihood(wins, r)
    by_hand = sum(
        (wins[i, j] * (r[i] - torch.logaddexp(r[i], r[j])) for i in range(4) for j in range(4)), torch.zeros_like(at)
    )
    return worst(close(model.log_likelihood(wins, r + c), at), close(at, by_hand))


def _exists(model: Model, draw: Draw) -> Outcome:
    """A maximum exists unless some group has never lost to the rest: every split of 4 players."""
    wrong = []
    for _ in range(12):
        wins = (draw.uniform(0, 1, 4, 4) < 0.35).to(torch.float64)
        splits = [s for n in (1, 2, 3) for s in itertools.combinations(range(4), n)]
        unbeaten = False
        for group in splits:
            rest = [i for i in range(4) if i not in group]
            unbeaten = unbeaten or not bool((wins[rest][:, list(group)] > 0).any())
        wrong.append(bool(model.estimable(wins)) is unbeaten)
    return true(not any(wrong))


def _weakly(wins: Tensor) -> Tensor:
    return preferences.estimable(wins + wins.mT)


def _choix(inputs: Mapping[str, Any]) -> Answers:
    import choix
    import numpy as np

    return {"r": choix.ilsr_pairwise_dense(np.array(inputs["wins"]), tol=1e-12)}


def _our_strengths(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"r": model.strengths(torch.tensor(inputs["wins"], dtype=torch.float64))}


def _tournament(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """8 players of known strength, 500 matches each pair: errors against the Fisher information's standard errors."""
    k, each = 8, 500
    r = torch.linspace(-1, 1, k, dtype=torch.float64, device=draw.device)
    chance = model.win_prob(r[:, None], r)
    upper = torch.triu((draw.uniform(0, 1, each, k, k) < chance).double().sum(0), 1)
    wins = upper + (torch.triu(torch.full_like(upper, each), 1) - upper).mT
    found = model.strengths(wins)
    progress(0.8)
    weight = each * chance * chance.mT
    weight = weight - torch.diag(weight.diagonal())
    information = torch.diag(weight.sum(1)) - weight
    cov = torch.linalg.pinv(information)
    square = (found - r) @ information @ (found - r)
    ratio = torch.sqrt(square / (k - 1))
    progress(1.0)
    return Result(
        (
            Figure("error over its standard error, root mean square", float(ratio), 1.0, 1.6),
            Figure("largest standard error", float(cov.diagonal().max().sqrt())),
        ),
        (Panel("strengths found against true", "points", {"players": (r.tolist(), found.tolist())}),),
    )


BRADLEY_TERRY = Specification(
    name="bradley_terry",
    family="learning",
    systems=(71,),
    title="Bradley-Terry preference model",
    statement="P(1 beats 2) = σ(r₁ − r₂)",
    page=PAGE,
    functions={
        "win_prob": preferences.win_prob,
        "log_likelihood": preferences.log_likelihood,
        "strengths": preferences.strengths,
        "estimable": preferences.estimable,
    },
    properties=(
        Property(
            "either wins, and odds multiply along a chain",
            _complements,
            Mutant(
                "the normal cdf stands for the logistic one (Thurstone)",
                {"win_prob": lambda a, b: torch.special.ndtr(a - b)},
            ),
        ),
        Property(
            "at the MLE every player's expected wins are the wins",
            _score_equations,
            Mutant(
                "strengths are shares of games won",
                {
                    "strengths": lambda w, n: (
                        torch.logit(w.sum(1) / (w + w.mT).sum(1)) - torch.logit(w.sum(1) / (w + w.mT).sum(1)).mean()
                    )
                },
            ),
        ),
        Property(
            "the likelihood is a product of e^r_i/(e^r_i + e^r_j), free of a shift",
            repeated(_gauge, 5),
            Mutant(
                "winner and loser are swapped", {"log_likelihood": lambda w, r: preferences.log_likelihood(w.mT, r)}
            ),
        ),
        Property(
            "the MLE exists unless a group of players never lost to the rest",
            _exists,
            Mutant("wins are taken for edges both ways", {"estimable": _weakly}),
        ),
    ),
    source="Bradley and Terry 1952; Hunter 2004, section 2",
    oracles=(
        Oracle(
            package="choix",
            inputs={"wins": [[0.0, 3.0, 5.0, 2.0], [2.0, 0.0, 1.0, 4.0], [1.0, 4.0, 0.0, 3.0], [2.0, 1.0, 2.0, 0.0]]},
            ask=_choix,
            tell=_our_strengths,
            tolerance=1e-8,
            conversion="the same matrix, comp_mat[i, j] = i beats j, and the same gauge Σ r = 0; alpha = 0",
        ),
    ),
    task=Task("500 simulated matches for each pair of 8 players", _tournament),
    conventions=("strengths are logarithmic and sum to 0",),
)


def _optimal(model: Model, draw: Draw) -> Outcome:
    ref, r, beta = draw.simplex(5), draw.normal(5), draw.uniform(0.3, 2)
    best = model.best_policy(ref, r, beta)
    value = beta * torch.log((ref * torch.exp(r / beta)).sum())
    others = draw.simplex(6, 5)
    apart = beta * (others * torch.log(others / best)).sum(-1)
    return worst(
        close(model.regularised_value(best, ref, r, beta), value),
        close(model.regularised_value(others, ref, r, beta), value - apart),
    )


def _reward_slope(model: Model, draw: Draw) -> Outcome:
    a, b = draw.normal(6), draw.normal(6)
    return worst(
        equal(gradient(lambda t: model.reward_loss(t, b), a), torch.sigmoid(a - b) - 1),
        equal(torch.exp(-model.reward_loss(a, b)) + torch.exp(-model.reward_loss(b, a)), 1.0),
    )


def _clip(model: Model, draw: Draw) -> Outcome:
    """Nothing is gained beyond 1 ± ε in the direction of the advantage, and the way back is never cut off."""
    ratio, a, e = draw.uniform(0.3, 1.7, 40), draw.normal(40), 0.2
    slope = gradient(lambda t: model.clipped_objective(t, a, e), ratio)
    beyond = ((a > 0) & (ratio > 1 + e)) | ((a < 0) & (ratio < 1 - e))
    return worst(
        equal(slope, torch.where(beyond, 0.0, a)),
        at_most(model.clipped_objective(ratio, a, e), ratio * a),
        at_most(model.clipped_objective(ratio, a, e), a + e * a.abs()),
    )


def _regularised_ascent(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """Gradient ascent on E r − β KL over 8 answers: it ends at β log Z and at π_ref e^(r/β)/Z."""
    ref, r, beta = draw.simplex(8), draw.normal(8), draw.tensor(0.5)
    logits = torch.log(ref).clone().requires_grad_(True)
    made, kept = torch.optim.Adam([logits], lr=0.05), []
    for step in range(3000):
        value = model.regularised_value(torch.softmax(logits, -1), ref, r, beta)
        made.zero_grad()
        (-value).backward()
        made.step()
        kept.append(value.detach())
        progress((step + 1) / 3000)
    curve = read(kept)
    best = model.best_policy(ref, r, beta)
    top = float(beta * torch.log((ref * torch.exp(r / beta)).sum()))
    apart = float((torch.softmax(logits.detach(), -1) - best).abs().sum() / 2)
    return Result(
        (
            Figure("E r − β KL", curve[-1], top, 1e-4),
            Figure("total variation from π*", apart, 0.0, 1e-2),
        ),
        (Panel("value", "lines", {"ascent": (list(range(3000)), curve)}),),
    )


RLHF = Specification(
    name="rlhf",
    family="learning",
    systems=(72,),
    title="Reward modelling and RLHF with PPO",
    statement="max_π E_π r − β KL(π ‖ π_ref) at π* ∝ π_ref e^(r/β)",
    page=PAGE,
    functions={
        "reward_loss": preferences.reward_loss,
        "regularised_value": preferences.regularised_value,
        "best_policy": preferences.best_policy,
        "clipped_objective": preferences.clipped_objective,
    },
    properties=(
        Property(
            "π* attains β log Z; any other policy falls short by β KL(π ‖ π*)",
            _optimal,
            Mutant(
                "the penalty is KL(π_ref ‖ π)",
                {
                    "regularised_value": lambda p, q, r, b: (
                        (p * r).sum(-1) - b * (q * (torch.log(q) - torch.log(p))).sum(-1)
                    )
                },
            ),
        ),
        Property(
            "r is divided by β in π*",
            _optimal,
            Mutant("r is multiplied by β", {"best_policy": lambda q, r, b: preferences.best_policy(q, r, 1 / b)}),
        ),
        Property(
            "the reward loss is −log of a probability, its slope σ(r_w − r_l) − 1",
            _reward_slope,
            Mutant("the hinge max(0, 1 − margin)", {"reward_loss": lambda a, b: torch.clamp(1 - (a - b), min=0)}),
        ),
        Property(
            "clipping bounds what an update can gain, and nothing else",
            _clip,
            Mutant(
                "the smaller of the two isn't taken",
                {"clipped_objective": lambda r, a, e: torch.clamp(r, 1 - e, 1 + e) * a},
            ),
        ),
    ),
    source="Ouyang et al. 2022, section 3; Schulman et al. 2017, section 3",
    task=Task("eight answers with random rewards", _regularised_ascent, training=True),
    conventions=("KL(π ‖ π_ref)", "ε is the clip's half-width"),
)


def _loop(model: Model, draw: Draw) -> Outcome:
    """Each critique must see the answer as revised so far: two rules, the second applying to the first's result."""
    rules = ("a", "b")
    seen: list[str] = []

    def critique(answer: str, rule: str) -> str:
        seen.append(answer)
        return rule if rule in answer else ""

    def revise(answer: str, found: str) -> str:
        return answer.replace(found, chr(ord(found) + 1)) if found else answer

    text = "".join(draw.choice("abz") for _ in range(8)) + "a"
    after = model.revised(text, rules, critique, revise)
    clean = not set(rules) & set(after)
    return true(clean and seen == [text, text.replace("a", "b")] and len(after) == len(text))


def _unchained(answer: str, principles: Any, critique: Any, revise: Any) -> str:
    notes = [critique(answer, p) for p in principles]
    for note in notes:
        answer = revise(answer, note)
    return answer


def _label(model: Model, draw: Draw) -> Outcome:
    a, b, c = draw.normal(6), draw.normal(6), draw.normal()
    return worst(
        equal(model.judged_preference(a, b), torch.sigmoid(a - b)),
        equal(model.judged_preference(a + c, b + c), model.judged_preference(a, b)),
        equal(model.judged_preference(a, b) + model.judged_preference(b, a), 1.0),
    )


CONSTITUTIONAL = Specification(
    name="constitutional_ai",
    family="learning",
    systems=(74,),
    title="Constitutional AI: critique and revision, preferences of a judge",
    statement="answer ← revise(answer, critique(answer, principle)); P(A) = σ(log p(A) − log p(B))",
    page=PAGE,
    functions={"revised": preferences.revised, "judged_preference": preferences.judged_preference},
    properties=(
        Property(
            "every critique sees the answer as revised so far",
            _loop,
            Mutant("all critiques are of the first answer", {"revised": _unchained}),
        ),
        Property(
            "the judge's preference is Bradley-Terry in its log-probabilities",
            _label,
            Mutant("log-probabilities are taken for probabilities", {"judged_preference": lambda a, b: a / (a + b)}),
        ),
    ),
    source="Bai et al. 2022",
    conventions=("principles in their order",),
)

SPECIFICATIONS = (BRADLEY_TERRY, RLHF, CONSTITUTIONAL)
