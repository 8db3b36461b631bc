"""The Indian buffet process: row 53."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import permutations

import torch
from torch import Tensor

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, mean_is, worst
from reference_models.structured import buffet

ROWS = ({0, 1, 2}, {0, 2, 3}, {1, 2}, {4, 5})


def _renumbered(rows: Sequence[set[int]]) -> list[set[int]]:
    """Dishes numbered in the order of their first customer."""
    names: dict[int, int] = {}
    for row in rows:
        for dish in sorted(row):
            names.setdefault(dish, len(names))
    return [{names[d] for d in row} for row in rows]


def _classes(rows: Sequence[set[int]]) -> float:
    """How many sequences of choices are the same matrix up to the order of dishes, as a log."""
    total, seen = 0.0, set[int]()
    for row in rows:
        total += math.lgamma(len(row - seen) + 1)
        seen |= row
    histories = [tuple(d in row for row in rows) for d in sorted(seen)]
    return total - sum(math.lgamma(histories.count(h) + 1) for h in set(histories))


def _exchangeable(model: Model, draw: Draw) -> Outcome:
    alpha = float(draw.uniform(0.5, 3))
    found = [model.class_log_prob([ROWS[i] for i in order], alpha) for order in permutations(range(4))]
    return equal(draw.tensor(found), found[0])


def _same_law(model: Model, draw: Draw) -> Outcome:
    alpha = float(draw.uniform(0.5, 3))
    order = draw.permutation(4).tolist()
    rows = _renumbered([ROWS[i] for i in order])
    return equal(
        draw.tensor(model.sequential_log_prob(rows, alpha) + _classes(rows)), buffet.class_log_prob(rows, alpha), 1e-9
    )


def _masses(model: Model, draw: Draw) -> Outcome:
    alpha, total, most = float(draw.uniform(0.3, 1)), 0.0, 11
    for first in range(most):  # dishes of customer 1; then old ones kept and new ones of customer 2
        for kept in range(first + 1):
            for new in range(most):
                rows = [set(range(first)), set(range(kept)) | set(range(first, first + new))]
                total += math.comb(first, kept) * math.exp(model.sequential_log_prob(rows, alpha))
    return equal(total, 1.0, 1e-8)


def _counts(model: Model, draw: Draw) -> Outcome:
    alpha, n, generator = 2.0, 3, draw.generator()
    draws = [model.sample(alpha, n, generator) for _ in range(900)]
    dishes = draw.tensor([len(set().union(*rows)) for rows in draws])
    last = draw.tensor([len(rows[-1]) for rows in draws])
    shared = draw.tensor([len(rows[1] & rows[2]) for rows in draws])
    return worst(
        mean_is(dishes, alpha * (1 + 1 / 2 + 1 / 3)),
        mean_is(last, alpha),
        mean_is((last - alpha) ** 2, alpha),
        mean_is(shared, alpha / 2),  # as any pair shares α/2 dishes
    )


def _many(model: Model, draw: Draw) -> Outcome:
    """Two customers, 3000 tables at once: some matrices come as often as their choices are probable."""
    alpha, most, n = 1.2, 20, 3000
    found = model.sample_masked(alpha, 2, most, draw.uniform(0, 1, n, 2, most + 1))
    shared = (found[:, 0] & found[:, 1]).sum(-1)
    outcomes = [mean_is(shared.double(), alpha / 2)]
    some: list[list[set[int]]] = [[set(), set()], [{0}, {0}], [{0}, {0, 1}], [{0, 1}, {2}]]
    for rows in some:
        matrix = torch.zeros(2, most, dtype=torch.bool, device=draw.device)
        for i, row in enumerate(rows):
            matrix[i, list(row)] = True
        hits = (found == matrix).all(-1).all(-1).double()
        outcomes.append(mean_is(hits, math.exp(buffet.sequential_log_prob(rows, alpha))))
    return worst(*outcomes)


def _all_at_half(alpha: float, n: int, most: int, u: Tensor) -> Tensor:
    """Every customer takes an old dish with chance 1/2 times m_k/i, and as many new ones as the first."""
    return buffet.sample_masked(
        alpha, n, most, torch.cat([(2 * u[..., :most]).clamp(max=1), u[:, :1, most:].expand(-1, n, -1)], -1)
    )


def _old_by_next(rows: Sequence[set[int]], alpha: float) -> float:
    total, taken = 0.0, dict[int, int]()
    for i, row in enumerate(rows, 1):
        for dish, m in taken.items():
            chance = m / (i + 1)
            total += math.log(chance if dish in row else 1 - chance)
        new = len(row - set(taken))
        total += new * math.log(alpha / i) - alpha / i - math.lgamma(new + 1)
        taken = {k: taken.get(k, 0) + (k in row) for k in set(taken) | row}
    return total


def _unordered_news(rows: Sequence[set[int]], alpha: float) -> float:
    seen, extra = set[int](), 0.0
    for row in rows:
        extra += math.lgamma(len(row - seen) + 1)
        seen |= row
    return buffet.sequential_log_prob(rows, alpha) + extra


def _first_customer_weighs(rows: Sequence[set[int]], alpha: float) -> float:
    return buffet.class_log_prob(rows, alpha) - math.lgamma(len(rows[0]) + 1)


def _constant_rate(alpha: float, n: int, generator: torch.Generator) -> list[set[int]]:
    first = buffet.sample(alpha, n, generator)
    more = buffet.sample(alpha / 2, n, generator)
    top = len(set().union(*first))
    return [a | {top + d for d in b} for a, b in zip(first, more, strict=True)]


BUFFET = Specification(
    name="indian_buffet",
    family="structured",
    systems=(53,),
    title="Indian buffet process",
    statement="customer i takes old dish k with chance m_k/i and Poisson(α/i) new dishes",
    page="reference_models.structured.buffet",
    functions={
        "sample": buffet.sample,
        "sample_masked": buffet.sample_masked,
        "sequential_log_prob": buffet.sequential_log_prob,
        "class_log_prob": buffet.class_log_prob,
    },
    properties=(
        Property(
            "the order of customers doesn't matter",
            _exchangeable,
            Mutant("K_1! counts", {"class_log_prob": _first_customer_weighs}),
        ),
        Property(
            "choices make the law of classes", _same_law, Mutant("m_k/(i + 1)", {"sequential_log_prob": _old_by_next})
        ),
        Property("masses sum to 1", _masses, Mutant("1/K_i! is missing", {"sequential_log_prob": _unordered_news})),
        Property(
            "α H_n dishes; each takes Poisson(α)", _counts, Mutant("half as much again", {"sample": _constant_rate})
        ),
        Property(
            "many tables at once: matrices are as frequent as their choices are probable",
            _many,
            Mutant("old dishes at half their chance, one uniform for all new ones", {"sample_masked": _all_at_half}),
        ),
    ),
    source="Griffiths and Ghahramani 2011, section 4",
)

SPECIFICATIONS = (BUFFET,)
