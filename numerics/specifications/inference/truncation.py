"""Temperature (91), top-k (93), top-p (94)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Answers,
    Model,
    Mutant,
    Oracle,
    Outcome,
    Property,
    Specification,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, equal, true, worst
from reference_models.inference import decoding

PAGE = "reference_models.inference.decoding"


Tables = tuple[Tensor, Tensor, Tensor]


def _entropy(log_law: Tensor) -> Tensor:
    return -(torch.exp(log_law) * torch.nan_to_num(log_law, neginf=0.0)).sum(-1)


def _tables(draw: Draw, v: int = 3) -> Tables:
    """Probabilities of the first token, of the second given the first, of the third given both."""
    return draw.simplex(v), draw.simplex(v, v), draw.simplex(v, v, v)


def _joint(tables: Tables) -> Tensor:
    return tables[0][:, None, None] * tables[1][:, :, None] * tables[2]


def _power(model: Model, draw: Draw) -> Outcome:
    logits, t = draw.normal(4, 6), float(draw.uniform(0.3, 3))
    law = torch.softmax(logits, -1) ** (1 / t)
    return worst(
        equal(torch.exp(model.tempered(logits, t)), law / law.sum(-1, keepdim=True)),
        equal(model.tempered(logits, 1.0), torch.log_softmax(logits, -1)),
    )


def _entropy_rises(model: Model, draw: Draw) -> Outcome:
    logits = draw.permutation(6) / 2 + draw.uniform(0, 0.2, 6)
    rows = torch.stack([_entropy(model.tempered(logits, t)) for t in (0.01, 0.3, 0.7, 1.0, 1.5, 4.0, 1e4)])
    ends = worst(equal(rows[0], 0.0, 1e-9), equal(rows[-1], torch.log(logits.new_tensor(6.0)), 1e-6))
    return worst(at_most(rows[:-1], rows[1:]), ends)


def _token_by_token(model: Model, draw: Draw) -> Outcome:
    """Tempering each token isn't tempering the sequence, unless T = 1 or the tokens are independent."""
    tables, t = _tables(draw), 0.5
    apart = []
    for given in (tables, (tables[0], tables[1][:1].expand(3, 3), tables[2][:1, :1].expand(3, 3, 3))):
        whole = _joint(given) ** (1 / t)
        first, second, third = (torch.exp(model.tempered(torch.log(table), t)) for table in given)
        own = _joint((first, second, third))
        apart.append((own - whole / whole.sum()).abs().sum())
    return worst(true(apart[0] > 1e-4, "different"), equal(apart[1], 0.0))


def _hf(inputs: Mapping[str, Any], kind: str) -> Answers:
    from transformers.generation import logits_process

    made = {
        "temperature": logits_process.TemperatureLogitsWarper,
        "top_k": logits_process.TopKLogitsWarper,
        "top_p": logits_process.TopPLogitsWarper,
    }[kind]
    scores = torch.tensor(inputs["logits"], dtype=torch.float64)
    ids = torch.zeros(len(scores), 1, dtype=torch.int64)
    return {f"at {value}": torch.log_softmax(made(value)(ids, scores), -1) for value in inputs["values"]}


def _ours(model: Model, inputs: Mapping[str, Any], name: str) -> Answers:
    logits = torch.tensor(inputs["logits"], dtype=torch.float64)
    return {f"at {value}": getattr(model, name)(logits, value) for value in inputs["values"]}


LOGITS = [[2.0, 1.0, 0.5, 0.1, -1.0], [0.3, -0.2, 1.7, 0.9, 0.4], [-1.0, 3.0, 0.0, -2.0, 1.0]]


TEMPERATURE = Specification(
    name="temperature_sampling",
    family="inference",
    systems=(91,),
    title="Temperature",
    statement="p_T = softmax(logits/T) ∝ p^(1/T)",
    page=PAGE,
    functions={"tempered": decoding.tempered},
    properties=(
        Property(
            "it is p^(1/T), renormalised",
            _power,
            Mutant("logits are multiplied by T", {"tempered": lambda x, t: decoding.tempered(x, 1 / t)}),
        ),
        Property(
            "entropy rises with T, from 0 to log v",
            _entropy_rises,
            Mutant("logits are multiplied by T", {"tempered": lambda x, t: decoding.tempered(x, 1 / t)}),
        ),
        Property(
            "tempering tokens is tempering the sequence where they are independent, else not",
            _token_by_token,
            Mutant(
                "mixed with the untempered law",
                {"tempered": lambda x, t: torch.log(torch.softmax(x / t, -1) / 2 + torch.softmax(x, -1) / 2)},
            ),
        ),
    ),
    source="Ackley et al. 1985",
    oracles=(
        Oracle(
            package="transformers",
            inputs={"logits": LOGITS, "values": [0.5, 1.0, 2.0]},
            ask=lambda inputs: _hf(inputs, "temperature"),
            tell=lambda model, inputs: _ours(model, inputs, "tempered"),
            tolerance=1e-12,
            conversion="TemperatureLogitsWarper leaves scores, which are normalised here",
        ),
    ),
    conventions=("T divides logits",),
)


def _kept_k(model: Model, draw: Draw) -> Outcome:
    logits, k = draw.normal(3, 7), draw.whole(2, 5)
    law, found = torch.softmax(logits, -1), torch.exp(model.top_k(logits, k))
    largest = law.sort(-1, descending=True).values
    kept = found > 0
    return worst(
        equal(kept.sum(-1), k),
        equal(torch.where(kept, found * largest[:, :k].sum(-1, keepdim=True), law), law),
        equal(found.sum(-1), 1.0),
    )


def _k_limits(model: Model, draw: Draw) -> Outcome:
    logits = draw.normal(3, 7)
    one = torch.exp(model.top_k(logits, 1)).gather(-1, logits.argmax(-1, keepdim=True))
    return worst(equal(model.top_k(logits, 7), torch.log_softmax(logits, -1)), equal(one, 1.0))


TOP_K = Specification(
    name="top_k_sampling",
    family="inference",
    systems=(93,),
    title="Top-k sampling",
    statement="p(x) 1[x among the k most probable], renormalised",
    page=PAGE,
    functions={"top_k": decoding.top_k},
    properties=(
        Property(
            "k outcomes stay, in their proportions",
            _kept_k,
            Mutant(
                "what is cut leaves its mass behind",
                {
                    "top_k": lambda x, k: torch.where(
                        decoding.top_k(x, k).isfinite(), torch.log_softmax(x, -1), -torch.inf
                    )
                },
            ),
        ),
        Property(
            "k = v changes nothing, k = 1 is certain",
            _k_limits,
            Mutant("k + 1 stay", {"top_k": lambda x, k: decoding.top_k(x, min(k + 1, x.shape[-1]))}),
        ),
    ),
    source="Fan et al. 2018",
    oracles=(
        Oracle(
            package="transformers",
            inputs={"logits": [*LOGITS, [1.0, 1.0, 0.0, 1.0, -1.0]], "values": [1, 2, 4]},
            ask=lambda inputs: _hf(inputs, "top_k"),
            tell=lambda model, inputs: _ours(model, inputs, "top_k"),
            tolerance=1e-12,
            conversion="TopKLogitsWarper keeps ties too; scores are normalised here",
        ),
    ),
    conventions=("ties with the k-th stay",),
)


def _nucleus(model: Model, draw: Draw) -> Outcome:
    """Of all sets with mass p or more the kept one is smallest, and of that size the heaviest."""
    gaps = []
    for _ in range(10):
        logits, p = draw.normal(5), float(draw.uniform(0.6, 0.95))
        law = torch.softmax(logits, -1)
        sets = [list(s) for n in range(1, 6) for s in itertools.combinations(range(5), n)]
        masses = [float(law[s].sum()) for s in sets]
        least = min(len(s) for s, mass in zip(sets, masses, strict=True) if mass >= p)
        _, best = max((mass, s) for s, mass in zip(sets, masses, strict=True) if mass >= p and len(s) == least)
        wanted = torch.zeros_like(law)
        wanted[best] = law[best] / law[best].sum()
        gaps.append(torch.exp(model.top_p(logits, p)) - wanted)
    return equal(torch.stack(gaps), 0.0)


def _p_limits(model: Model, draw: Draw) -> Outcome:
    logits = draw.normal(3, 6)
    sizes = torch.stack([(model.top_p(logits, p) > -torch.inf).sum(-1) for p in (0.2, 0.5, 0.8, 0.95)])
    first = torch.exp(model.top_p(logits, 1e-6)).gather(-1, logits.argmax(-1, keepdim=True))
    return worst(
        equal(model.top_p(logits, 1.0), torch.log_softmax(logits, -1)),
        at_most(sizes[:-1], sizes[1:]),
        equal(first, 1.0),
    )


def _stops_early(logits: Tensor, p: float) -> Tensor:
    """The outcome that crosses p is cut too, unless it is the first."""
    order = logits.argsort(-1, descending=True)
    mass = torch.softmax(logits.gather(-1, order), -1).cumsum(-1)
    keep = (mass <= p) | (torch.arange(logits.shape[-1], device=logits.device) == 0)
    kept = torch.zeros_like(logits, dtype=torch.bool).scatter(-1, order, keep)
    return torch.log_softmax(torch.where(kept, logits, -torch.inf), -1)


def _tail(logits: Tensor, p: float) -> Tensor:
    """The smallest outcomes whose mass reaches p."""
    order = torch.argsort(logits, dim=-1)
    mass = torch.softmax(logits.gather(-1, order), -1)
    keep = torch.zeros_like(logits, dtype=torch.bool).scatter(-1, order, mass.cumsum(-1) - mass < p)
    return torch.log_softmax(torch.where(keep, logits, -torch.inf), -1)


TOP_P = Specification(
    name="nucleus_sampling",
    family="inference",
    systems=(94,),
    title="Nucleus (top-p) sampling",
    statement="p(x) on the smallest set of mass ≥ p, renormalised",
    page=PAGE,
    functions={"top_p": decoding.top_p},
    properties=(
        Property(
            "the smallest set with mass p, the heaviest of its size: every set tried",
            _nucleus,
            Mutant("the outcome that crosses p is cut", {"top_p": _stops_early}),
        ),
        Property(
            "p = 1 changes nothing, sets are nested in p, small p is certain",
            _p_limits,
            Mutant("the least probable come first", {"top_p": _tail}),
        ),
    ),
    source="Holtzman et al. 2020, section 3",
    oracles=(
        Oracle(
            package="transformers",
            inputs={"logits": LOGITS, "values": [0.3, 0.6, 0.9]},
            ask=lambda inputs: _hf(inputs, "top_p"),
            tell=lambda model, inputs: _ours(model, inputs, "top_p"),
            tolerance=1e-12,
            conversion="TopPLogitsWarper keeps the token that crosses p too; scores are normalised here",
        ),
    ),
    conventions=("the outcome that crosses p stays",),
)

SPECIFICATIONS = (TEMPERATURE, TOP_K, TOP_P)
